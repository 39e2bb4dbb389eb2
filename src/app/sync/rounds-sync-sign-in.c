/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in to a server and out: the sync service's other half. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-sync-service-private.h"

typedef struct
{
  RoundsRemote *remote;       /* (owned) */
  RoundsSyncAccount *account; /* (owned) what is to be stored */
} SignIn;

static void
sign_in_free (gpointer pointer)
{
  SignIn *self = pointer;

  g_clear_object (&self->remote);
  g_clear_pointer (&self->account, rounds_sync_account_free);
  g_free (self);
}

static void
account_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  RoundsSyncService *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  RoundsSyncAccount *account = rounds_store_run_finish (ROUNDS_STORE (source), result, &error);

  if (account == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  rounds_sync_service_halt (self);
  self->remote = g_steal_pointer (&sign_in->remote);
  rounds_sync_service_take_account (self, account);
  rounds_sync_service_set_state (self, ROUNDS_SYNC_IDLE, NULL);
  rounds_sync_service_begin_run (self);
  g_task_return_boolean (task, TRUE);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  RoundsSyncService *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  RoundsSyncAccount *account = sign_in->account;
  g_autoptr (GError) error = NULL;

  if (!rounds_remote_sign_in_finish (sign_in->remote, result, &account->user, &account->staff, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_set_str (&account->token, rounds_remote_get_refresh_token (sign_in->remote));
  rounds_store_run_async (self->store, rounds_sync_account_save, g_steal_pointer (&sign_in->account),
                          rounds_sync_account_free, rounds_sync_account_free, G_PRIORITY_DEFAULT, NULL,
                          account_saved_cb, g_steal_pointer (&task));
}

/* What a store holds belongs to one server: another one would get all of it, patients included. */
static gboolean
check_server (RoundsSyncService *self, const char *address, GError **error)
{
  if (self->account->server == NULL || self->account->last_sync == 0 || g_str_equal (self->account->server, address))
    return TRUE;

  rounds_set_field_error (error, "server",
                          _ ("The data here belongs to %s. Use another data folder for another server."),
                          self->account->server);
  return FALSE;
}

/* The changes that wait were made by somebody else: they would reach the server under the wrong name. */
static gboolean
check_user (RoundsSyncService *self, const char *username, GError **error)
{
  if (self->counts.pending == 0 || self->account->username == NULL || g_str_equal (self->account->username, username))
    return TRUE;

  rounds_set_field_error (error, "username",
                          ngettext ("%u change by %s is not on the server yet. Sign in as %s first.",
                                    "%u changes by %s are not on the server yet. Sign in as %s first.",
                                    self->counts.pending),
                          self->counts.pending, self->account->username, self->account->username);
  return FALSE;
}

static char *
complete_address (const char *server)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (server));

  while (g_str_has_suffix (trimmed, "/"))
    trimmed[strlen (trimmed) - 1] = '\0';
  if (*trimmed == '\0' || strstr (trimmed, "://") != NULL)
    return g_steal_pointer (&trimmed);
  return g_strconcat ("https://", trimmed, NULL);
}

void
rounds_sync_service_sign_in_async (RoundsSyncService *self, const char *server, const char *username,
                                   const char *password, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  SignIn *sign_in;

  g_return_if_fail (ROUNDS_IS_SYNC_SERVICE (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, rounds_sync_service_sign_in_async);
  if (self->account == NULL)
    {
      g_task_return_new_error_literal (task, ROUNDS_ERROR, ROUNDS_ERROR_FAILED,
                                       _ ("The data is still being opened. Try again in a moment."));
      return;
    }
  sign_in = g_new0 (SignIn, 1);
  g_task_set_task_data (task, sign_in, sign_in_free);

  address = complete_address (server);
  sign_in->remote = rounds_remote_new (address, &error);
  if (sign_in->remote == NULL)
    {
      g_autoptr (GError) at_field = NULL;

      rounds_set_field_error (&at_field, "server", "%s", error->message);
      g_task_return_error (task, g_steal_pointer (&at_field));
      return;
    }
  if (!check_server (self, address, &error) || !check_user (self, username, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  sign_in->account = g_new0 (RoundsSyncAccount, 1);
  sign_in->account->server = g_steal_pointer (&address);
  sign_in->account->username = g_strdup (username);
  rounds_remote_sign_in_async (sign_in->remote, username, password, self->account->device, cancellable, signed_in_cb,
                               g_steal_pointer (&task));
}

gboolean
rounds_sync_service_sign_in_finish (RoundsSyncService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsSyncService) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsSyncAccount) account = rounds_store_run_finish (ROUNDS_STORE (source), result, &error);

  if (account == NULL)
    rounds_sync_service_set_state (self, ROUNDS_SYNC_ERROR, error->message);
}

void
rounds_sync_service_sign_out (RoundsSyncService *self)
{
  RoundsSyncAccount *account;

  g_return_if_fail (ROUNDS_IS_SYNC_SERVICE (self));

  if (!rounds_sync_service_is_signed_in (self))
    return;
  rounds_sync_service_halt (self);

  g_clear_pointer (&self->account->token, g_free);
  account = g_new0 (RoundsSyncAccount, 1);
  account->server = g_strdup (self->account->server);
  account->username = g_strdup (self->account->username);
  account->user = g_strdup (self->account->user);
  account->staff = g_strdup (self->account->staff);
  rounds_sync_service_set_state (self, ROUNDS_SYNC_NEVER_SIGNED_IN, NULL);
  rounds_store_run_async (self->store, rounds_sync_account_save, account, rounds_sync_account_free,
                          rounds_sync_account_free, G_PRIORITY_DEFAULT, NULL, signed_out_cb, g_object_ref (self));
}
