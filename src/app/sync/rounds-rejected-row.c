/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-rejected-row.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "rounds-error.h"
#include "rounds-json.h"

struct _RoundsRejectedRow
{
  AdwActionRow parent_instance;

  RoundsAppContext *context; /* (owned) */
  RoundsEntity entity;
  RoundsUuid record;
  RoundsOperation operation;
  char *base; /* (owned) (nullable) JSON: the fields that it changed, as they were */
};

enum
{
  SIGNAL_OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoundsRejectedRow, rounds_rejected_row, ADW_TYPE_ACTION_ROW)

static void
open_clicked_cb (RoundsRejectedRow *self)
{
  g_autoptr (RoundsAppContext) context = g_object_ref (self->context);
  RoundsEntity entity = self->entity;
  RoundsUuid record = self->record;

  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
  rounds_app_context_open (context, entity, &record);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsRejectedRow) self = data;
  g_autoptr (GError) error = NULL;

  if (rounds_store_save_finish (ROUNDS_STORE (source), result, &error))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (self->context != NULL)
    rounds_app_context_report (self->context, error);
}

/* The record with the values that it had before the change. */
static RoundsRecord *
make_record_before (RoundsRejectedRow *self, RoundsRecord *record, GError **error)
{
  g_autoptr (RoundsRecord) before = rounds_record_dup (record);
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_obj_iter iter;
  yyjson_val *key;

  if (!rounds_json_read (self->base != NULL ? self->base : "{}", -1, &doc, error))
    return NULL;
  iter = yyjson_obj_iter_with (yyjson_doc_get_root (doc));
  while ((key = yyjson_obj_iter_next (&iter)) != NULL)
    {
      int field = rounds_entity_find_field (self->entity, yyjson_get_str (key));
      g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;

      if (field < ROUNDS_N_COMMON_FIELDS)
        continue;
      if (!rounds_value_from_json (&value, rounds_entity_get_field (self->entity, (guint) field),
                                   yyjson_obj_iter_get_val (key), error))
        return NULL;
      rounds_record_set_value (before, (guint) field, &value);
    }
  return g_steal_pointer (&before);
}

/* Undoing is a change as well: it is sent together with the refused one, and the server takes the two as one. */
static void
undo (RoundsRejectedRow *self, RoundsRecord *record)
{
  RoundsStore *store = rounds_app_context_get_store (self->context);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  RoundsRecord *before;

  switch (self->operation)
    {
    case ROUNDS_OPERATION_CREATE:
    case ROUNDS_OPERATION_RESTORE:
      rounds_store_delete_async (store, self->entity, &self->record, NULL, undone_cb, g_object_ref (self));
      break;
    case ROUNDS_OPERATION_DELETE:
      rounds_store_restore_async (store, self->entity, &self->record, NULL, undone_cb, g_object_ref (self));
      break;
    case ROUNDS_OPERATION_UPDATE:
    default:
      before = make_record_before (self, record, &error);
      if (before == NULL)
        {
          rounds_app_context_report (self->context, error);
          return;
        }
      g_ptr_array_add (records, before);
      rounds_store_save_async (store, records, NULL, undone_cb, g_object_ref (self));
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), _ ("Undone. It leaves this list with the next sync."));
}

static void
undo_clicked_cb (RoundsRejectedRow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecord) record =
    rounds_store_get (rounds_app_context_get_store (self->context), self->entity, &self->record, &error);

  if (record == NULL)
    rounds_app_context_report (self->context, error);
  else
    undo (self, record);
}

static void
rounds_rejected_row_dispose (GObject *object)
{
  RoundsRejectedRow *self = ROUNDS_REJECTED_ROW (object);

  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_REJECTED_ROW);

  G_OBJECT_CLASS (rounds_rejected_row_parent_class)->dispose (object);
}

static void
rounds_rejected_row_finalize (GObject *object)
{
  g_free (ROUNDS_REJECTED_ROW (object)->base);

  G_OBJECT_CLASS (rounds_rejected_row_parent_class)->finalize (object);
}

static void
rounds_rejected_row_class_init (RoundsRejectedRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_rejected_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_rejected_row_finalize;

  signals[SIGNAL_OPENED] =
    g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/sync/rejected-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, undo_clicked_cb);
}

static void
rounds_rejected_row_init (RoundsRejectedRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rounds_rejected_row_new (RoundsAppContext *context, const RoundsChange *change)
{
  RoundsRejectedRow *self = g_object_new (ROUNDS_TYPE_REJECTED_ROW, NULL);
  RoundsStore *store = rounds_app_context_get_store (context);
  g_autoptr (RoundsRecord) record = rounds_store_get (store, change->entity, &change->record, NULL);
  g_autofree char *name = record != NULL ? rounds_display_name (store, record) : NULL;

  self->context = g_object_ref (context);
  self->entity = change->entity;
  self->record = change->record;
  self->operation = change->operation;
  self->base = g_strdup (change->base);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 name != NULL && *name != '\0' ? name : rounds_entity_get_label (change->entity));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               change->reply != NULL ? change->reply : _ ("The server refused this change."));

  return GTK_WIDGET (self);
}
