/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-app-context.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-toast.h"
#include "rounds-access.h"
#include "rounds-error.h"

struct _RoundsAppContext
{
  GObject parent_instance;

  RoundsStore *store;  /* (owned) */
  GSettings *settings; /* (owned) */
  RoundsUuid staff;    /* nil before the first sign-in */
};

enum
{
  PROP_0,
  PROP_STORE,
  N_PROPS,
};

enum
{
  SIGNAL_TOAST,
  SIGNAL_OPEN,
  SIGNAL_CREATE,
  SIGNAL_ABOUT_TO_SLEEP,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoundsAppContext, rounds_app_context, G_TYPE_OBJECT)

/* What a toast with Undo holds: the function runs once, and is dropped without running when the toast goes. */
typedef struct
{
  RoundsUndoFunc undo; /* (nullable) once it has run */
  gpointer data;
  GDestroyNotify data_free; /* (nullable) */
} Undo;

static void
undo_free (gpointer pointer, GClosure *closure)
{
  Undo *self = pointer;

  if (self->data_free != NULL)
    self->data_free (self->data);
  g_free (self);
}

static void
undo_clicked_cb (AdwToast *toast, Undo *self)
{
  RoundsUndoFunc undo = g_steal_pointer (&self->undo);

  if (undo != NULL)
    undo (self->data);
}

/* Takes over the toast. */
static void
emit_toast (RoundsAppContext *self, AdwToast *toast)
{
  g_autoptr (AdwToast) owned = toast;

  g_signal_emit (self, signals[SIGNAL_TOAST], 0, owned);
}

/* Deleting: what Undo needs to find the record again. */
typedef struct
{
  RoundsAppContext *context; /* (owned) */
  RoundsEntity entity;
  RoundsUuid id;
  char *title; /* (owned) */
} Deletion;

static void
deletion_free (gpointer pointer)
{
  Deletion *self = pointer;

  g_clear_object (&self->context);
  g_clear_pointer (&self->title, g_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deletion, deletion_free)

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsAppContext) self = data;
  g_autoptr (GError) error = NULL;

  if (!rounds_store_save_finish (ROUNDS_STORE (source), result, &error))
    rounds_app_context_report (self, error);
}

static void
undo_deletion (gpointer data)
{
  Deletion *deletion = data;

  rounds_store_restore_async (deletion->context->store, deletion->entity, &deletion->id, NULL, restored_cb,
                              g_object_ref (deletion->context));
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Deletion) deletion = data;
  g_autoptr (RoundsAppContext) self = g_object_ref (deletion->context);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!rounds_store_save_finish (ROUNDS_STORE (source), result, &error))
    {
      rounds_app_context_report (self, error);
      return;
    }

  if (deletion->title != NULL && *deletion->title != '\0')
    /* Translators: %s is the name or title of what was deleted. */
    text = g_strdup_printf (_ ("“%s” deleted"), deletion->title);
  else
    text = g_strdup (_ ("Deleted"));
  rounds_app_context_toast_undo (self, text, undo_deletion, g_steal_pointer (&deletion), deletion_free);
}

static void
rounds_app_context_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  RoundsAppContext *self = ROUNDS_APP_CONTEXT (object);

  switch (property_id)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
rounds_app_context_set_property (GObject *object, guint property_id, const GValue *value, GParamSpec *pspec)
{
  RoundsAppContext *self = ROUNDS_APP_CONTEXT (object);

  switch (property_id)
    {
    case PROP_STORE:
      self->store = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
rounds_app_context_dispose (GObject *object)
{
  RoundsAppContext *self = ROUNDS_APP_CONTEXT (object);

  g_clear_object (&self->store);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rounds_app_context_parent_class)->dispose (object);
}

static void
rounds_app_context_class_init (RoundsAppContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rounds_app_context_get_property;
  object_class->set_property = rounds_app_context_set_property;
  object_class->dispose = rounds_app_context_dispose;

  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, ROUNDS_TYPE_STORE,
                                                G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_TOAST] = g_signal_new ("toast", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, ADW_TYPE_TOAST);
  signals[SIGNAL_OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_POINTER);
  signals[SIGNAL_CREATE] = g_signal_new ("create", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, ROUNDS_TYPE_RECORD);
  signals[SIGNAL_ABOUT_TO_SLEEP] =
    g_signal_new ("about-to-sleep", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rounds_app_context_init (RoundsAppContext *self)
{
  self->settings = g_settings_new (APP_ID);
}

RoundsAppContext *
rounds_app_context_new (RoundsStore *store)
{
  return g_object_new (ROUNDS_TYPE_APP_CONTEXT, "store", store, NULL);
}

RoundsStore *
rounds_app_context_get_store (RoundsAppContext *self)
{
  g_return_val_if_fail (ROUNDS_IS_APP_CONTEXT (self), NULL);

  return self->store;
}

GSettings *
rounds_app_context_get_settings (RoundsAppContext *self)
{
  g_return_val_if_fail (ROUNDS_IS_APP_CONTEXT (self), NULL);

  return self->settings;
}

const RoundsUuid *
rounds_app_context_get_staff (RoundsAppContext *self)
{
  g_return_val_if_fail (ROUNDS_IS_APP_CONTEXT (self), NULL);

  return rounds_uuid_is_nil (&self->staff) ? NULL : &self->staff;
}

void
rounds_app_context_set_staff (RoundsAppContext *self, const RoundsUuid *staff)
{
  g_return_if_fail (ROUNDS_IS_APP_CONTEXT (self));

  self->staff = staff != NULL ? *staff : (RoundsUuid) { 0 };
}

/* The account's role is the staff record's, which came with it. Who is nothing special may do what a rep may. */
static RoundsRole
get_role (RoundsAppContext *self)
{
  g_autoptr (RoundsRecord) staff = rounds_store_get (self->store, ROUNDS_ENTITY_STAFF, &self->staff, NULL);
  RoundsRole role =
    staff != NULL ? rounds_role_from_string (rounds_record_get_text (staff, ROUNDS_STAFF_ROLE)) : ROUNDS_ROLE_NOBODY;

  return role != ROUNDS_ROLE_NOBODY ? role : ROUNDS_ROLE_REP;
}

gboolean
rounds_app_context_may_write (RoundsAppContext *self, RoundsEntity entity)
{
  g_return_val_if_fail (ROUNDS_IS_APP_CONTEXT (self), FALSE);

  return rounds_app_context_get_staff (self) == NULL
         || rounds_access_is_allowed (ROUNDS_ROLE_REP, entity, ROUNDS_ACTION_WRITE)
         || rounds_access_is_allowed (get_role (self), entity, ROUNDS_ACTION_WRITE);
}

void
rounds_app_context_show_toast (RoundsAppContext *self, AdwToast *toast)
{
  g_return_if_fail (ROUNDS_IS_APP_CONTEXT (self));

  emit_toast (self, g_object_ref (toast));
}

void
rounds_app_context_toast (RoundsAppContext *self, const char *text)
{
  g_return_if_fail (ROUNDS_IS_APP_CONTEXT (self));

  emit_toast (self, rounds_toast_new (text, NULL));
}

void
rounds_app_context_toast_button (RoundsAppContext *self, const char *text, const char *label, RoundsUndoFunc func,
                                 gpointer data, GDestroyNotify data_free)
{
  AdwToast *toast = rounds_toast_new (text, label);
  Undo *holder = g_new0 (Undo, 1);

  g_return_if_fail (ROUNDS_IS_APP_CONTEXT (self));

  holder->undo = func;
  holder->data = data;
  holder->data_free = data_free;
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_clicked_cb), holder, undo_free, 0);
  emit_toast (self, toast);
}

void
rounds_app_context_toast_undo (RoundsAppContext *self, const char *text, RoundsUndoFunc undo, gpointer data,
                               GDestroyNotify data_free)
{
  rounds_app_context_toast_button (self, text, _ ("_Undo"), undo, data, data_free);
}

void
rounds_app_context_report (RoundsAppContext *self, const GError *error)
{
  g_return_if_fail (ROUNDS_IS_APP_CONTEXT (self));
  g_return_if_fail (error != NULL);

  if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  rounds_app_context_toast (self, error->message);
}

void
rounds_app_context_delete (RoundsAppContext *self, RoundsRecord *record)
{
  Deletion *deletion;

  g_return_if_fail (ROUNDS_IS_APP_CONTEXT (self));
  g_return_if_fail (ROUNDS_IS_RECORD (record));

  deletion = g_new0 (Deletion, 1);
  deletion->context = g_object_ref (self);
  deletion->entity = rounds_record_get_entity (record);
  deletion->id = *rounds_record_get_id (record);
  deletion->title = rounds_record_get_title (record);
  rounds_store_delete_async (self->store, deletion->entity, &deletion->id, NULL, deleted_cb, deletion);
}

void
rounds_app_context_open (RoundsAppContext *self, RoundsEntity entity, const RoundsUuid *id)
{
  g_return_if_fail (ROUNDS_IS_APP_CONTEXT (self));
  g_return_if_fail (id != NULL);

  g_signal_emit (self, signals[SIGNAL_OPEN], 0, (int) entity, id);
}

void
rounds_app_context_create (RoundsAppContext *self, RoundsRecord *prefilled)
{
  g_return_if_fail (ROUNDS_IS_APP_CONTEXT (self));
  g_return_if_fail (ROUNDS_IS_RECORD (prefilled));

  g_signal_emit (self, signals[SIGNAL_CREATE], 0, prefilled);
}
