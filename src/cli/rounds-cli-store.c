/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a command gets at its store. */

#include "config.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "rounds-cli.h"
#include "rounds-error.h"
#include "rounds-remote.h"

#define LONGEST_SECRET 4096

RoundsProfile *
rounds_cli_get_profile (RoundsCli *cli)
{
  if (cli->profile == NULL)
    cli->profile = rounds_profile_new (cli->data_dir);
  return cli->profile;
}

/**
 * rounds_cli_read_secret_file:
 * @path: a file, or "-" for the standard input
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND, %ROUNDS_ERROR_INVALID
 *
 * Reads a code or a password, which is never given on the command line, where every user of the machine can read it.
 *
 * Returns: (transfer full) (nullable): the first line, in UTF-8; free with rounds_secret_free()
 */
char *
rounds_cli_read_secret_file (const char *path, GError **error)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  char buffer[LONGEST_SECRET + 1] = { 0 };
  char *secret = NULL;
  gsize length = 0;
  gboolean read;

  if (g_str_equal (path, "-"))
    stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  else
    stream = G_INPUT_STREAM (g_file_read (file, NULL, NULL));
  if (stream == NULL)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("The file %s cannot be read."), path);
      return NULL;
    }

  read = g_input_stream_read_all (stream, buffer, sizeof buffer - 1, &length, NULL, error);
  if (read)
    {
      buffer[strcspn (buffer, "\r\n")] = '\0';
      if (*buffer != '\0' && length < LONGEST_SECRET && g_utf8_validate (buffer, -1, NULL))
        secret = g_strdup (buffer);
      else
        g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("There is no code or password in %s."), path);
    }
  sodium_memzero (buffer, sizeof buffer);
  return secret;
}

/**
 * rounds_cli_ask_secret:
 * @prompt: what to ask for
 *
 * Asks on the terminal for a line that is not shown while it is typed.
 *
 * Returns: (transfer full) (nullable): the line, %NULL if there is none; free with rounds_secret_free()
 */
char *
rounds_cli_ask_secret (const char *prompt)
{
  struct termios shown, hidden;
  char buffer[LONGEST_SECRET + 1];
  char *secret = NULL;

  if (tcgetattr (STDIN_FILENO, &shown) != 0)
    return NULL;
  hidden = shown;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  g_printerr ("%s", prompt);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &hidden);
  if (fgets (buffer, sizeof buffer, stdin) != NULL)
    {
      buffer[strcspn (buffer, "\r\n")] = '\0';
      secret = g_strdup (buffer);
    }
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
  g_printerr ("\n");
  sodium_memzero (buffer, sizeof buffer);
  return secret;
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
unlock_with_keyring (RoundsCli *cli, guint8 key[ROUNDS_KEY_LENGTH], GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local = NULL;

  rounds_profile_unlock_with_keyring_async (rounds_cli_get_profile (cli), NULL, keep_result_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (rounds_profile_unlock_with_keyring_finish (cli->profile, result, key, &local))
    return TRUE;
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_WRONG_KEY, _ ("%s Give the recovery code by --recovery-code-file."),
               local->message);
  return FALSE;
}

/**
 * rounds_cli_get_key:
 * @key: (out): the database key; wipe it after opening
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND if there is no store, %ROUNDS_ERROR_WRONG_KEY
 */
gboolean
rounds_cli_get_key (RoundsCli *cli, guint8 key[ROUNDS_KEY_LENGTH], GError **error)
{
  RoundsProfile *profile = rounds_cli_get_profile (cli);
  char *secret;
  gboolean unlocked;

  switch (rounds_profile_get_state (profile, error))
    {
    case ROUNDS_PROFILE_EXISTS:
      break;
    case ROUNDS_PROFILE_EMPTY:
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND,
                   _ ("There is no store in %s yet: “rounds-cli init” makes one."),
                   rounds_profile_get_directory (profile));
      return FALSE;
    case ROUNDS_PROFILE_DAMAGED:
    default:
      /* A file that is missing is a store that does not open, not a record that nobody made. */
      if (error != NULL && g_error_matches (*error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND))
        (*error)->code = ROUNDS_ERROR_CORRUPT;
      return FALSE;
    }

  if (cli->recovery_code_file == NULL)
    return unlock_with_keyring (cli, key, error);

  secret = rounds_cli_read_secret_file (cli->recovery_code_file, error);
  if (secret == NULL)
    return FALSE;
  unlocked = rounds_profile_unlock (profile, secret, key, error);
  rounds_secret_free (secret);
  return unlocked;
}

/* Whoever signed in last is the one who writes. */
static gboolean
set_actor (RoundsRecordStore *store, GError **error)
{
  g_autofree char *user = NULL;
  RoundsUuid id;

  if (!rounds_record_store_get_state (store, ROUNDS_STATE_USER, &user, error))
    return FALSE;
  if (user != NULL && rounds_uuid_parse (user, &id))
    rounds_record_store_set_actor (store, &id, NULL);
  return TRUE;
}

/**
 * rounds_cli_open_store:
 * @error: (out) (optional): as rounds_cli_get_key(), and what opening the database says
 *
 * Returns: (transfer none) (nullable): the store, opened at the first call
 */
RoundsRecordStore *
rounds_cli_open_store (RoundsCli *cli, GError **error)
{
  guint8 key[ROUNDS_KEY_LENGTH];
  g_autoptr (RoundsSqliteDatabase) database = NULL;

  if (cli->store != NULL)
    return cli->store;

  if (rounds_cli_get_key (cli, key, error))
    database =
      rounds_sqlite_database_open (rounds_profile_get_database_path (cli->profile), key, ROUNDS_OPEN_READ_WRITE, error);
  sodium_memzero (key, sizeof key);
  if (database == NULL)
    return NULL;
  cli->store = rounds_record_store_new (ROUNDS_DATABASE (database), ROUNDS_ROLE_DEVICE, error);
  if (cli->store != NULL && !set_actor (cli->store, error))
    g_clear_object (&cli->store);
  return cli->store;
}
