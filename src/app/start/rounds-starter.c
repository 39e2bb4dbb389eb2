/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-starter.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-profile.h"
#include "rounds-trouble-page.h"
#include "rounds-unlock-page.h"
#include "rounds-welcome-page.h"

/* How long the keyring may take before the user is told that Rounds is waiting for it, in ms. */
#define PATIENCE 400

struct _RoundsStarter
{
  GObject parent_instance;

  RoundsProfile *profile;    /* (owned) */
  char *recovery_file;       /* (owned) (nullable) */
  GtkWidget *page;           /* (owned) (nullable) the page in front of the user */
  GCancellable *cancellable; /* (owned) cancelled when the starter goes */
  guint patience;            /* source id; 0: not waiting */
};

enum
{
  SIGNAL_SHOW,
  SIGNAL_OPENED,
  SIGNAL_NOTICE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoundsStarter, rounds_starter, G_TYPE_OBJECT)

/* The database key, wiped from memory when it is dropped. */
typedef struct
{
  guint8 bytes[ROUNDS_KEY_LENGTH];
} Key;

static void
key_free (Key *key)
{
  explicit_bzero (key, sizeof *key);
  g_free (key);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Key, key_free)

/* What deriving a key in a worker thread needs. */
typedef struct
{
  char *directory;   /* (owned) */
  char *code;        /* (owned) */
  gboolean create;   /* makes the profile instead of opening it */
  gboolean remember; /* then puts the key into the keyring */
} Derivation;

static void
derivation_free (gpointer pointer)
{
  Derivation *self = pointer;

  g_free (self->directory);
  explicit_bzero (self->code, strlen (self->code));
  g_free (self->code);
  g_free (self);
}

static void
stop_waiting (RoundsStarter *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
}

static void
show_page (RoundsStarter *self, GtkWidget *page)
{
  stop_waiting (self);
  g_clear_object (&self->page);
  self->page = g_object_ref_sink (page);
  g_signal_emit (self, signals[SIGNAL_SHOW], 0, page);
}

static void show_unlock (RoundsStarter *self, const char *reason, gboolean can_remember);

static void
retry_cb (RoundsStarter *self)
{
  rounds_starter_begin (self);
}

static void
recover_cb (RoundsStarter *self)
{
  show_unlock (self, NULL, TRUE);
}

static void
choose_cb (RoundsStarter *self, const char *directory)
{
  g_clear_object (&self->profile);
  self->profile = rounds_profile_new (directory);
  rounds_starter_begin (self);
}

static void show_trouble (RoundsStarter *self, const GError *error);

static void
move_aside_cb (RoundsStarter *self)
{
  g_autoptr (GError) error = NULL;

  if (rounds_profile_move_aside (self->profile, NULL, &error))
    rounds_starter_begin (self);
  else
    show_trouble (self, error);
}

static void
show_trouble (RoundsStarter *self, const GError *error)
{
  gboolean can_recover = rounds_profile_get_state (self->profile, NULL) == ROUNDS_PROFILE_EXISTS;
  GtkWidget *page = rounds_trouble_page_new (error, rounds_profile_get_directory (self->profile), can_recover);

  g_signal_connect_object (page, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "recover", G_CALLBACK (recover_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "choose", G_CALLBACK (choose_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "move-aside", G_CALLBACK (move_aside_cb), self, G_CONNECT_SWAPPED);
  show_page (self, page);
}

/* The last step of every way in. */
static gboolean
open_store (RoundsStarter *self, const Key *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsStore) store =
    rounds_store_open (rounds_profile_get_database_path (self->profile), key->bytes, ROUNDS_OPEN_READ_WRITE, &error);

  if (store == NULL)
    {
      show_trouble (self, error);
      return FALSE;
    }

  stop_waiting (self);
  g_signal_emit (self, signals[SIGNAL_OPENED], 0, store);
  g_clear_object (&self->page);
  return TRUE;
}

static void
remembered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsStarter) self = data;
  g_autoptr (GError) error = NULL;

  if (rounds_profile_remember_finish (ROUNDS_PROFILE (source), result, &error))
    return;
  /* Nothing is lost without it, but the next start will ask. */
  g_signal_emit (self, signals[SIGNAL_NOTICE], 0,
                 _ ("This computer has no keyring: Rounds will ask for the recovery code each time it starts"));
}

static void
derive_key (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Derivation *derivation = task_data;
  /* A profile belongs to one thread: this thread has its own. */
  g_autoptr (RoundsProfile) profile = rounds_profile_new (derivation->directory);
  g_autoptr (Key) key = g_new0 (Key, 1);
  g_autoptr (GError) error = NULL;
  gboolean done;

  if (derivation->create)
    done = rounds_profile_create (profile, derivation->code, key->bytes, &error);
  else
    done = rounds_profile_unlock (profile, derivation->code, key->bytes, &error);

  if (done)
    g_task_return_pointer (task, g_steal_pointer (&key), (GDestroyNotify) key_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
set_page_busy (RoundsStarter *self, gboolean busy)
{
  if (ROUNDS_IS_WELCOME_PAGE (self->page))
    rounds_welcome_page_set_busy (ROUNDS_WELCOME_PAGE (self->page), busy);
  else if (ROUNDS_IS_UNLOCK_PAGE (self->page))
    rounds_unlock_page_set_busy (ROUNDS_UNLOCK_PAGE (self->page), busy);
}

static void
tell_failure (RoundsStarter *self, const GError *error)
{
  set_page_busy (self, FALSE);
  if (ROUNDS_IS_UNLOCK_PAGE (self->page)
      && (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_WRONG_KEY)
          || g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID)))
    rounds_unlock_page_set_message (ROUNDS_UNLOCK_PAGE (self->page), error->message);
  else if (ROUNDS_IS_WELCOME_PAGE (self->page) && !g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS))
    rounds_welcome_page_set_message (ROUNDS_WELCOME_PAGE (self->page), error->message);
  else
    show_trouble (self, error);
}

static void
derived_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RoundsStarter *self = ROUNDS_STARTER (source);
  const Derivation *derivation = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autoptr (Key) key = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (key == NULL)
    {
      tell_failure (self, error);
      return;
    }

  if (open_store (self, key) && derivation->remember)
    rounds_profile_remember_async (self->profile, key->bytes, NULL, remembered_cb, g_object_ref (self));
}

static void
derive_async (RoundsStarter *self, const char *code, gboolean create, gboolean remember)
{
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, derived_cb, NULL);
  Derivation *derivation = g_new0 (Derivation, 1);

  derivation->directory = g_strdup (rounds_profile_get_directory (self->profile));
  derivation->code = g_strdup (code);
  derivation->create = create;
  derivation->remember = remember;
  g_task_set_source_tag (task, derive_async);
  g_task_set_task_data (task, derivation, derivation_free);
  set_page_busy (self, TRUE);
  g_task_run_in_thread (task, derive_key);
}

static void
create_cb (RoundsStarter *self, const char *code)
{
  derive_async (self, code, TRUE, TRUE);
}

static void
unlock_cb (RoundsStarter *self, const char *code, gboolean remember)
{
  derive_async (self, code, FALSE, remember);
}

static void
show_welcome (RoundsStarter *self)
{
  g_autofree char *code = rounds_recovery_code_new ();
  GtkWidget *page = rounds_welcome_page_new (code);

  explicit_bzero (code, strlen (code));
  g_signal_connect_object (page, "create", G_CALLBACK (create_cb), self, G_CONNECT_SWAPPED);
  show_page (self, page);
}

static void
show_unlock (RoundsStarter *self, const char *reason, gboolean can_remember)
{
  GtkWidget *page = rounds_unlock_page_new (reason, can_remember);

  g_signal_connect_object (page, "unlock", G_CALLBACK (unlock_cb), self, G_CONNECT_SWAPPED);
  show_page (self, page);
}

static void
unlocked_with_keyring_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsStarter) self = data;
  g_autoptr (Key) key = g_new0 (Key, 1);
  g_autoptr (GError) error = NULL;

  if (rounds_profile_unlock_with_keyring_finish (ROUNDS_PROFILE (source), result, key->bytes, &error))
    {
      if (!g_cancellable_is_cancelled (self->cancellable))
        open_store (self, key);
      return;
    }

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE))
    show_unlock (self, _ ("There is no keyring here that could unlock your data."), FALSE);
  else if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND)
           || g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_WRONG_KEY))
    show_unlock (self,
                 _ ("This computer’s keyring does not hold the key to your data. Nothing is lost: the recovery "
                    "code opens it."),
                 TRUE);
  else
    show_trouble (self, error);
}

static gboolean
patience_over_cb (gpointer data)
{
  RoundsStarter *self = data;
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCE_BASE "/ui/start/opening-page.ui");

  self->patience = 0;
  show_page (self, GTK_WIDGET (gtk_builder_get_object (builder, "page")));

  return G_SOURCE_REMOVE;
}

static void
begin_with_keyring (RoundsStarter *self)
{
  self->patience = g_timeout_add (PATIENCE, patience_over_cb, self);
  rounds_profile_unlock_with_keyring_async (self->profile, self->cancellable, unlocked_with_keyring_cb,
                                            g_object_ref (self));
}

/* At once, before there is a window: the first frame then shows the content. */
static void
begin_with_file (RoundsStarter *self, gboolean create)
{
  g_autofree char *code = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (Key) key = g_new0 (Key, 1);
  gboolean done;

  if (!g_file_get_contents (self->recovery_file, &code, NULL, &error))
    {
      show_trouble (self, error);
      return;
    }

  g_strstrip (code);
  if (create)
    done = rounds_profile_create (self->profile, code, key->bytes, &error);
  else
    done = rounds_profile_unlock (self->profile, code, key->bytes, &error);
  explicit_bzero (code, strlen (code));

  if (done)
    open_store (self, key);
  else if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_WRONG_KEY))
    show_unlock (self, error->message, FALSE);
  else
    show_trouble (self, error);
}

static void
rounds_starter_dispose (GObject *object)
{
  RoundsStarter *self = ROUNDS_STARTER (object);

  stop_waiting (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->page);
  g_clear_object (&self->profile);

  G_OBJECT_CLASS (rounds_starter_parent_class)->dispose (object);
}

static void
rounds_starter_finalize (GObject *object)
{
  RoundsStarter *self = ROUNDS_STARTER (object);

  g_free (self->recovery_file);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (rounds_starter_parent_class)->finalize (object);
}

static void
rounds_starter_class_init (RoundsStarterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_starter_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_starter_finalize;

  signals[SIGNAL_SHOW] = g_signal_new ("show", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, GTK_TYPE_WIDGET);
  signals[SIGNAL_OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, ROUNDS_TYPE_STORE);
  signals[SIGNAL_NOTICE] = g_signal_new ("notice", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rounds_starter_init (RoundsStarter *self)
{
  self->cancellable = g_cancellable_new ();
}

RoundsStarter *
rounds_starter_new (const char *directory, const char *recovery_file)
{
  RoundsStarter *self = g_object_new (ROUNDS_TYPE_STARTER, NULL);

  self->profile = rounds_profile_new (directory);
  self->recovery_file = g_strdup (recovery_file);

  return self;
}

void
rounds_starter_begin (RoundsStarter *self)
{
  g_autoptr (GError) error = NULL;
  RoundsProfileState state;

  g_return_if_fail (ROUNDS_IS_STARTER (self));

  state = rounds_profile_get_state (self->profile, &error);
  if (state == ROUNDS_PROFILE_DAMAGED)
    show_trouble (self, error);
  else if (self->recovery_file != NULL)
    begin_with_file (self, state == ROUNDS_PROFILE_EMPTY);
  else if (state == ROUNDS_PROFILE_EMPTY)
    show_welcome (self);
  else
    begin_with_keyring (self);
}

GtkWidget *
rounds_starter_get_page (RoundsStarter *self)
{
  g_return_val_if_fail (ROUNDS_IS_STARTER (self), NULL);

  return self->page;
}
