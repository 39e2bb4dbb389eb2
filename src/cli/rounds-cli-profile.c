/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making and opening a store: init, unlock. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "rounds-cli.h"
#include "rounds-error.h"
#include "rounds-json.h"

static gboolean without_keyring;

static const GOptionEntry keyring_options[] = {
  { "no-keyring", 0, 0, G_OPTION_ARG_NONE, &without_keyring, N_ ("Leave the keyring alone"), NULL },
  G_OPTION_ENTRY_NULL,
};

/* The code is on the disk, for its owner alone, before anything is encrypted with it. Never over another file. */
static gboolean
write_code (const char *path, const char *code, GError **error)
{
  g_autofree char *line = g_strconcat (code, "\n", NULL);
  gsize length = strlen (line);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean written;

  if (fd < 0)
    {
      g_set_error (error, ROUNDS_ERROR, errno == EEXIST ? ROUNDS_ERROR_EXISTS : ROUNDS_ERROR_FAILED,
                   _ ("The recovery code cannot be written to %s: %s"), path, g_strerror (errno));
      return FALSE;
    }
  written = write (fd, line, length) == (gssize) length && fsync (fd) == 0;
  if (!written)
    g_set_error (error, ROUNDS_ERROR, errno == ENOSPC ? ROUNDS_ERROR_NO_SPACE : ROUNDS_ERROR_FAILED,
                 _ ("The recovery code cannot be written to %s: %s"), path, g_strerror (errno));
  sodium_memzero (line, length);
  written = g_close (fd, written ? error : NULL) && written;
  if (!written)
    g_unlink (path); /* half a code is none, and would be in the way of the next try */
  return written;
}

static gboolean
answer_init (RoundsCli *cli, const char *code, GError **error)
{
  const char *directory = rounds_profile_get_directory (rounds_cli_get_profile (cli));

  if (cli->json)
    {
      g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
      yyjson_mut_val *root = yyjson_mut_obj (doc);

      yyjson_mut_doc_set_root (doc, root);
      yyjson_mut_obj_add_strcpy (doc, root, "directory", directory);
      if (cli->recovery_code_file != NULL)
        yyjson_mut_obj_add_strcpy (doc, root, "recovery_code_file", cli->recovery_code_file);
      else
        yyjson_mut_obj_add_strcpy (doc, root, "recovery_code", code);
      if (!rounds_cli_print_json (cli, doc, error))
        return FALSE;
    }
  else if (cli->recovery_code_file != NULL)
    {
      if (!rounds_cli_print (cli, error, _ ("The store is in %s, its recovery code in %s.\n"), directory,
                             cli->recovery_code_file))
        return FALSE;
    }
  else if (!rounds_cli_print (cli, error,
                              _ ("The store is in %s. Write down its recovery code: without it and without the keyring"
                                 " nobody can open the store.\n\n  %s\n"),
                              directory, code))
    return FALSE;
  return g_output_stream_flush (cli->out, NULL, error);
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
remember (RoundsCli *cli, const guint8 key[ROUNDS_KEY_LENGTH], GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rounds_profile_remember_async (rounds_cli_get_profile (cli), key, NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return rounds_profile_remember_finish (cli->profile, result, error);
}

static gboolean
check_is_empty (RoundsProfile *profile, GError **error)
{
  g_autoptr (GError) local = NULL;

  switch (rounds_profile_get_state (profile, &local))
    {
    case ROUNDS_PROFILE_EMPTY:
      return TRUE;
    case ROUNDS_PROFILE_EXISTS:
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS, _ ("There is a store in %s already."),
                   rounds_profile_get_directory (profile));
      return FALSE;
    case ROUNDS_PROFILE_DAMAGED:
    default:
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_CORRUPT, local->message);
      return FALSE;
    }
}

/* The code is written or printed first: stopped at any moment after that, what there is can be opened. */
static gboolean
run_init (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  RoundsProfile *profile = rounds_cli_get_profile (cli);
  guint8 key[ROUNDS_KEY_LENGTH];
  char *recovery;
  gboolean written;
  gboolean created;

  if (g_strcmp0 (cli->recovery_code_file, "-") == 0)
    return rounds_cli_set_usage_error (error, _ ("“init” writes --recovery-code-file: “-” cannot be written"));
  if (!check_is_empty (profile, error))
    return FALSE;

  recovery = rounds_recovery_code_new ();
  written = cli->recovery_code_file != NULL && write_code (cli->recovery_code_file, recovery, error);
  if (written)
    created = rounds_profile_create (profile, recovery, key, error) && answer_init (cli, recovery, error);
  else
    created = cli->recovery_code_file == NULL && answer_init (cli, recovery, error)
              && rounds_profile_create (profile, recovery, key, error);
  rounds_secret_free (recovery);
  if (written && !created && rounds_profile_get_state (profile, NULL) == ROUNDS_PROFILE_EMPTY)
    g_unlink (cli->recovery_code_file); /* it opens nothing, and would be in the way of the next try */

  if (created && !without_keyring && cli->recovery_code_file == NULL)
    {
      g_autoptr (GError) local = NULL;

      if (!remember (cli, key, &local))
        g_printerr (_ ("rounds-cli: %s The recovery code is needed each time, by --recovery-code-file.\n"),
                    local->message);
    }
  sodium_memzero (key, sizeof key);
  return created;
}

static gboolean
run_unlock (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  guint8 key[ROUNDS_KEY_LENGTH];
  g_autoptr (RoundsSqliteDatabase) database = NULL;
  g_autoptr (GError) local = NULL;
  gboolean remembered = TRUE;

  if (rounds_cli_get_key (cli, key, error))
    database =
      rounds_sqlite_database_open (rounds_profile_get_database_path (cli->profile), key, ROUNDS_OPEN_READ_WRITE, error);
  if (database != NULL && !without_keyring && cli->recovery_code_file != NULL)
    remembered = remember (cli, key, &local);
  sodium_memzero (key, sizeof key);
  if (database == NULL)
    return FALSE;

  if (!remembered)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_LOCKED, _ ("The store opens, but will ask again: %s"),
                   local->message);
      return FALSE;
    }
  if (cli->json)
    return rounds_cli_print (cli, error, "{\n  \"unlocked\": true\n}\n");
  return rounds_cli_print (cli, error,
                           without_keyring || cli->recovery_code_file == NULL
                             ? _ ("The store opens.\n")
                             : _ ("The store opens, from now on by the keyring.\n"));
}

const RoundsCliCommand rounds_cli_profile_commands[] = {
  { "init", "", N_ ("Make a new store; its recovery code goes to --recovery-code-file or is printed"), 0, 0,
    keyring_options, run_init },
  { "unlock", "", N_ ("Check that the store opens, and let the keyring open it from now on"), 0, 0, keyring_options,
    run_unlock },
  { 0 },
};
