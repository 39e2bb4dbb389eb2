/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server: sign-in, sync. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-cli.h"
#include "rounds-error.h"
#include "rounds-json.h"
#include "rounds-remote.h"
#include "rounds-sync-verifier.h"
#include "rounds-time.h"

/* How long `sync` waits, altogether, for a server that asks to be left alone. */
#define PATIENCE (2 * ROUNDS_MINUTE)

static struct
{
  char *server;
  char *username;
  char *password_file;
} sign_in_options;

static const GOptionEntry sign_in_entries[] = {
  { "server", 0, 0, G_OPTION_ARG_FILENAME, &sign_in_options.server,
    N_ ("Its address, such as https://rounds.example.org"), N_ ("URI") },
  { "username", 0, 0, G_OPTION_ARG_FILENAME, &sign_in_options.username, N_ ("The account"), N_ ("NAME") },
  { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &sign_in_options.password_file,
    N_ ("Where the password is; “-” is the standard input"), N_ ("FILE") },
  G_OPTION_ENTRY_NULL,
};

/* The id under which the server knows this device: it tells a repeated change from a new one. */
static char *
ensure_device (RoundsRecordStore *store, GError **error)
{
  g_autofree char *device = NULL;
  RoundsUuid id = rounds_uuid_new ();

  if (!rounds_record_store_get_state (store, ROUNDS_STATE_DEVICE, &device, error))
    return NULL;
  if (device != NULL)
    return g_steal_pointer (&device);
  device = rounds_uuid_to_string (&id);
  return rounds_record_store_set_state (store, ROUNDS_STATE_DEVICE, device, error) ? g_steal_pointer (&device) : NULL;
}

static gboolean
keep_session (RoundsRecordStore *store, RoundsRemote *remote, const char *user, const char *staff, GError **error)
{
  gboolean done;

  if (!rounds_record_store_begin (store, error))
    return FALSE;
  done = rounds_record_store_set_state (store, ROUNDS_STATE_SERVER, sign_in_options.server, error)
         && rounds_record_store_set_state (store, ROUNDS_STATE_USERNAME, sign_in_options.username, error)
         && rounds_record_store_set_state (store, ROUNDS_STATE_USER, user, error)
         && rounds_record_store_set_state (store, ROUNDS_STATE_STAFF, staff, error)
         && rounds_record_store_set_state (store, ROUNDS_STATE_REFRESH_TOKEN, rounds_remote_get_refresh_token (remote),
                                           error);
  return rounds_record_store_end (store, done, error);
}

/* "https://example.org/" is "https://example.org". */
static gboolean
is_same_address (const char *a, const char *b)
{
  gsize length_a = strlen (a), length_b = strlen (b);

  while (length_a > 0 && a[length_a - 1] == '/')
    length_a--;
  while (length_b > 0 && b[length_b - 1] == '/')
    length_b--;
  return length_a == length_b && g_ascii_strncasecmp (a, b, length_a) == 0;
}

/* Another team's server must not get this team's contacts: the changes that wait here were made for the first one. */
static gboolean
check_same_server (RoundsRecordStore *store, GError **error)
{
  g_autofree char *server = NULL;
  g_autofree char *cursor = NULL;

  if (!rounds_record_store_get_state (store, ROUNDS_STATE_SERVER, &server, error)
      || !rounds_record_store_get_state (store, ROUNDS_STATE_CURSOR, &cursor, error))
    return FALSE;
  if (server == NULL || cursor == NULL || is_same_address (server, sign_in_options.server))
    return TRUE;
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
               _ ("This store belongs to %s. Use another data folder for another server."), server);
  return FALSE;
}

static gboolean
run_sign_in (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  RoundsRecordStore *store;
  g_autoptr (RoundsRemote) remote = NULL;
  g_autofree char *device = NULL;
  g_autofree char *user = NULL;
  g_autofree char *staff = NULL;
  char *password;
  gboolean signed_in;

  if (sign_in_options.server == NULL || sign_in_options.username == NULL || sign_in_options.password_file == NULL)
    return rounds_cli_set_usage_error (error, _ ("“sign-in” needs --server, --username and --password-file"));

  remote = rounds_remote_new (sign_in_options.server, error);
  if (remote == NULL || (store = rounds_cli_open_store (cli, error)) == NULL || !check_same_server (store, error))
    return FALSE;
  device = ensure_device (store, error);
  password = device != NULL ? rounds_cli_read_secret_file (sign_in_options.password_file, error) : NULL;
  if (password == NULL)
    return FALSE;
  signed_in = rounds_remote_sign_in (remote, sign_in_options.username, password, device, &user, &staff, NULL, error);
  rounds_secret_free (password);
  if (!signed_in || !keep_session (store, remote, user, staff, error))
    return FALSE;

  if (cli->json)
    {
      g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
      yyjson_mut_val *root = yyjson_mut_obj (doc);

      yyjson_mut_doc_set_root (doc, root);
      yyjson_mut_obj_add_strcpy (doc, root, "server", sign_in_options.server);
      yyjson_mut_obj_add_strcpy (doc, root, "username", sign_in_options.username);
      return rounds_cli_print_json (cli, doc, error);
    }
  return rounds_cli_print (cli, error, _ ("Signed in to %s as %s.\n"), sign_in_options.server,
                           sign_in_options.username);
}

static void
add_summary (RoundsSyncSummary *sum, const RoundsSyncSummary *part)
{
  sum->pushed += part->pushed;
  sum->merged += part->merged;
  sum->conflicts += part->conflicts;
  sum->rejected += part->rejected;
  sum->pulled += part->pulled;
  sum->removed += part->removed;
  sum->repaired += part->repaired;
}

static void
set_busy_error (GError **error, gint64 wait)
{
  guint minutes = (guint) ((wait + ROUNDS_MINUTE - 1) / ROUNDS_MINUTE);

  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE,
               ngettext ("The server asks to be left alone for %u minute. Your changes are safe here.",
                         "The server asks to be left alone for %u minutes. Your changes are safe here.", minutes),
               minutes);
}

/* A whole sync, with the waits that the server asks for as long as they are bearable. */
static gboolean
sync_patiently (RoundsRecordStore *store, RoundsSyncSummary *summary, GError **error)
{
  gint64 waited = 0;

  for (;;)
    {
      g_autoptr (GError) failure = NULL;
      RoundsSyncSummary part = { 0 };
      gboolean done = rounds_remote_sync_store (store, &part, NULL, &failure);
      gint64 wait = rounds_error_get_retry_after (failure);
      guint seconds = (guint) ((wait + ROUNDS_SECOND - 1) / ROUNDS_SECOND);

      add_summary (summary, &part);
      if (done)
        return TRUE;
      if (wait == 0)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      waited += wait;
      if (waited > PATIENCE)
        {
          set_busy_error (error, wait);
          return FALSE;
        }
      g_printerr ("rounds-cli: ");
      g_printerr (ngettext ("the server asks to wait %u second", "the server asks to wait %u seconds", seconds),
                  seconds);
      g_printerr ("\n");
      /* With up to a quarter more, so that those who were told the same do not come back together. */
      g_usleep ((gulong) ((double) wait * 1000 * (1 + g_random_double () / 4)));
    }
}

static gboolean verify;

static const GOptionEntry sync_entries[] = {
  { "verify", 0, 0, G_OPTION_ARG_NONE, &verify,
    N_ ("Compare everything here with the server afterwards, and repair what differs"), NULL },
  { NULL },
};

static gboolean
run_sync (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  RoundsRecordStore *store = rounds_cli_open_store (cli, error);
  RoundsSyncSummary summary = { 0 };

  if (store == NULL || (verify && !rounds_sync_verifier_make_due (store, FALSE, error))
      || !sync_patiently (store, &summary, error))
    return FALSE;

  if (summary.rejected > 0)
    *code = ROUNDS_EXIT_REJECTED;
  if (cli->json)
    {
      g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
      yyjson_mut_val *root = yyjson_mut_obj (doc);

      yyjson_mut_doc_set_root (doc, root);
      yyjson_mut_obj_add_uint (doc, root, "pushed", summary.pushed);
      yyjson_mut_obj_add_uint (doc, root, "merged", summary.merged);
      yyjson_mut_obj_add_uint (doc, root, "conflicts", summary.conflicts);
      yyjson_mut_obj_add_uint (doc, root, "rejected", summary.rejected);
      yyjson_mut_obj_add_uint (doc, root, "pulled", summary.pulled);
      yyjson_mut_obj_add_uint (doc, root, "removed", summary.removed);
      yyjson_mut_obj_add_uint (doc, root, "repaired", summary.repaired);
      return rounds_cli_print_json (cli, doc, error);
    }
  if (summary.removed > 0
      && !rounds_cli_print (cli, error, _ ("Records that are not for this device any more, and are gone: %u\n"),
                            summary.removed))
    return FALSE;
  if ((verify || summary.repaired > 0)
      && !rounds_cli_print (cli, error, _ ("Records that differed from the server, and are repaired: %u\n"),
                            summary.repaired))
    return FALSE;
  return rounds_cli_print (
    cli, error, _ ("%u changes sent (%u merged, %u in conflict, %u rejected), %u records received\n"),
    summary.pushed + summary.rejected, summary.merged, summary.conflicts, summary.rejected, summary.pulled);
}

const RoundsCliCommand rounds_cli_sync_commands[] = {
  { "sign-in", "", N_ ("Sign in to a server"), 0, 0, sign_in_entries, run_sign_in },
  { "sync", "", N_ ("Send what is new here, receive what is new there"), 0, 0, sync_entries, run_sync },
  { 0 },
};
