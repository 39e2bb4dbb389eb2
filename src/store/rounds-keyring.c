/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-keyring.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>
#include <sodium.h>

#include "rounds-error.h"

/* Keyrings hang: a locked one whose prompt nobody answers, a portal without a backend. Then the recovery code is asked
 * for rather than showing an empty window for libsecret's own 25 seconds and more. */
#define LIMIT_SECONDS 10

/* libsecret's choice of a backend makes a blocking D-Bus call inside a Flatpak, so that everything runs on a thread
 * which is left behind if it does not answer in time. */
typedef enum
{
  OPERATION_STORE,
  OPERATION_LOOKUP,
  OPERATION_CLEAR,
} Operation;

typedef struct
{
  Operation operation;
  char *id;     /* (owned) the key file's id */
  char *label;  /* (owned) what a keyring manager shows */
  char *secret; /* (owned) (nullable) */
} Request;

/* One call as its caller sees it, around the thread's task. */
typedef struct
{
  GCancellable *inner; /* (owned) cancelled by the caller's or by the limit */
  guint limit;         /* source id, 0 when it has fired */
  gulong cancelled;    /* handler on the caller's cancellable */
  gboolean timed_out;
} Call;

static const SecretSchema schema = {
  "io.github.rounds_crm.Rounds.Key",
  SECRET_SCHEMA_NONE,
  { { "key-file", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

static GMutex memory_lock;
static GHashTable *memory; /* (owned) (nullable) secrets by id, for ROUNDS_KEYRING=memory; under memory_lock */

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->id);
  g_free (request->label);
  rounds_secret_free (request->secret);
  g_free (request);
}

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_handle_id (&call->limit, g_source_remove);
  g_clear_object (&call->inner);
  g_free (call);
}

static gboolean
run_in_memory (Request *request, char **secret)
{
  G_MUTEX_AUTO_LOCK (&memory_lock, locker);

  if (memory == NULL)
    memory = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rounds_secret_free);
  if (request->operation == OPERATION_STORE)
    g_hash_table_replace (memory, g_strdup (request->id), g_strdup (request->secret));
  else if (request->operation == OPERATION_CLEAR)
    g_hash_table_remove (memory, request->id);
  else
    *secret = g_strdup (g_hash_table_lookup (memory, request->id));
  return TRUE;
}

static gboolean
run_in_keyring (Request *request, char **secret, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (request->operation == OPERATION_STORE)
    secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, request->label, request->secret, cancellable,
                                &local, "key-file", request->id, NULL);
  else if (request->operation == OPERATION_CLEAR)
    secret_password_clear_sync (&schema, cancellable, &local, "key-file", request->id, NULL);
  else
    {
      char *found = secret_password_lookup_sync (&schema, cancellable, &local, "key-file", request->id, NULL);

      *secret = g_strdup (found);
      secret_password_free (found);
    }

  if (local == NULL)
    return TRUE;
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE, _ ("The keyring does not answer: %s"), local->message);
  return FALSE;
}

static void
run_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  const char *kind = g_getenv ("ROUNDS_KEYRING");
  GError *error = NULL;
  char *secret = NULL;
  gboolean done;

  if (g_strcmp0 (kind, "memory") == 0)
    done = run_in_memory (request, &secret);
  else if (g_strcmp0 (kind, "none") == 0)
    {
      g_set_error_literal (&error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE, _ ("There is no keyring."));
      done = FALSE;
    }
  else
    done = run_in_keyring (request, &secret, cancellable, &error);

  if (!done)
    g_task_return_error (task, error);
  else if (request->operation == OPERATION_LOOKUP && secret == NULL)
    g_task_return_new_error_literal (task, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND,
                                     _ ("The keyring has no entry for this database."));
  else
    g_task_return_pointer (task, secret, (GDestroyNotify) rounds_secret_free);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  g_cancellable_cancel (data);
}

static gboolean
limit_cb (gpointer data)
{
  Call *call = data;

  call->limit = 0;
  call->timed_out = TRUE;
  g_cancellable_cancel (call->inner);
  return G_SOURCE_REMOVE;
}

static void
thread_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  char *secret = g_task_propagate_pointer (G_TASK (result), &error);

  g_clear_handle_id (&call->limit, g_source_remove);
  g_cancellable_disconnect (g_task_get_cancellable (task), call->cancelled);

  if (error == NULL)
    g_task_return_pointer (task, secret, (GDestroyNotify) rounds_secret_free);
  else if (call->timed_out)
    {
      g_clear_error (&error);
      g_task_return_new_error_literal (task, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE,
                                       _ ("The keyring did not answer in time."));
    }
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&error);
      g_task_return_new_error_literal (task, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED, _ ("Stopped."));
    }
  else
    g_task_return_error (task, error);
}

static void
start (Request *request, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data, gpointer tag)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  Call *call = g_new0 (Call, 1);
  g_autoptr (GTask) inner = NULL;

  call->inner = g_cancellable_new ();
  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, call, call_free);

  inner = g_task_new (NULL, call->inner, thread_done_cb, task);
  g_task_set_task_data (inner, request, request_free);
  g_task_set_return_on_cancel (inner, TRUE);
  call->limit = g_timeout_add_seconds (LIMIT_SECONDS, limit_cb, call);
  call->cancelled = cancellable != NULL ? g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb),
                                                                 g_object_ref (call->inner), g_object_unref)
                                        : 0;
  /* A thread that is cancelled before it starts leaves an error behind. */
  if (!g_task_return_error_if_cancelled (inner))
    g_task_run_in_thread (inner, run_thread);
}

static Request *
request_new (Operation operation, RoundsKeyFile *file)
{
  Request *request = g_new0 (Request, 1);

  request->operation = operation;
  request->id = g_strdup (rounds_key_file_get_id (file));
  request->label = g_strdup (_ ("Rounds: key of the local database"));
  return request;
}

/**
 * rounds_keyring_secret_new:
 *
 * Returns: (transfer full): 32 random bytes in hex for the keyring slot; free with rounds_secret_free()
 */
char *
rounds_keyring_secret_new (void)
{
  guint8 bytes[crypto_secretbox_KEYBYTES];
  char *secret = g_malloc0 (2 * sizeof bytes + 1);

  if (sodium_init () < 0)
    g_error ("libsodium has no source of random numbers");
  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2hex (secret, 2 * sizeof bytes + 1, bytes, sizeof bytes);
  sodium_memzero (bytes, sizeof bytes);
  return secret;
}

/** rounds_keyring_store_async: puts @secret into the keyring under @file's id; @callback within 10 seconds. */
void
rounds_keyring_store_async (RoundsKeyFile *file, const char *secret, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  Request *request = request_new (OPERATION_STORE, file);

  request->secret = g_strdup (secret);
  start (request, cancellable, callback, data, rounds_keyring_store_async);
}

/** rounds_keyring_store_finish: %ROUNDS_ERROR_UNREACHABLE if there is no keyring, %ROUNDS_ERROR_CANCELLED. */
gboolean
rounds_keyring_store_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rounds_keyring_store_async), FALSE);
  g_task_propagate_pointer (G_TASK (result), error);
  return !g_task_had_error (G_TASK (result));
}

/** rounds_keyring_lookup_async: asks for the secret that is kept for @file; @callback within 10 seconds. */
void
rounds_keyring_lookup_async (RoundsKeyFile *file, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data)
{
  start (request_new (OPERATION_LOOKUP, file), cancellable, callback, data, rounds_keyring_lookup_async);
}

/**
 * rounds_keyring_lookup_finish:
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND, %ROUNDS_ERROR_UNREACHABLE, %ROUNDS_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the secret; free with rounds_secret_free()
 */
char *
rounds_keyring_lookup_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rounds_keyring_lookup_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/** rounds_keyring_clear_async: forgets the secret that is kept for @file. */
void
rounds_keyring_clear_async (RoundsKeyFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  start (request_new (OPERATION_CLEAR, file), cancellable, callback, data, rounds_keyring_clear_async);
}

/** rounds_keyring_clear_finish: also %TRUE if there was none. */
gboolean
rounds_keyring_clear_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rounds_keyring_clear_async), FALSE);
  g_task_propagate_pointer (G_TASK (result), error);
  return !g_task_had_error (G_TASK (result));
}
