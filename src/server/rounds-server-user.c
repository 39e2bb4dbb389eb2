/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rounds-accounts.h"
#include "rounds-error.h"
#include "rounds-password.h"
#include "rounds-server-commands.h"
#include "rounds-server-store.h"

#define LONGEST_LINE 4096

/* The first line of @file, or of stdin for "-". Never from the command line, which others can see. */
static char *
read_password (const char *file, GError **error)
{
  char line[LONGEST_LINE];
  g_autofree char *text = NULL;

  if (g_str_equal (file, "-"))
    text = g_strdup (fgets (line, sizeof line, stdin) != NULL ? line : "");
  else if (!g_file_get_contents (file, &text, NULL, error))
    return NULL;

  text[strcspn (text, "\r\n")] = '\0';
  if (!g_utf8_validate (text, -1, NULL))
    {
      rounds_set_field_error (error, "password", _ ("The password is not UTF-8."));
      return NULL;
    }
  return g_steal_pointer (&text);
}

/* Runs `add`, or `password` on an account that is there. */
static int
change_user (const char *path, RoundsNewAccount *account, gboolean add, const char *password_file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *password = NULL;
  g_autofree char *hash = NULL;
  g_autoptr (RoundsRecordStore) store = NULL;
  g_autoptr (RoundsRecord) user = NULL;

  password = password_file != NULL ? read_password (password_file, &error) : rounds_password_generate ();
  if (password == NULL || !rounds_password_check (password, &error))
    return rounds_server_fail (error);
  hash = rounds_password_hash (password, &error);
  store = hash != NULL ? rounds_server_store_open (path, &error) : NULL;
  if (store == NULL)
    return rounds_server_fail (error);

  account->password_hash = hash;
  if (add)
    user = rounds_accounts_create (store, account, &error);
  else
    rounds_accounts_set_password (store, account->username, hash, &error);
  if (error != NULL)
    return rounds_server_fail (error);

  if (add)
    g_print (_ ("User %s (%s) has been made.\n"), rounds_record_get_text (user, ROUNDS_USER_USERNAME), account->role);
  else
    g_print (_ ("The password of %s has been changed.\n"), account->username);
  if (password_file == NULL)
    g_print (_ ("Password: %s\n"), password);
  sodium_memzero (password, strlen (password));
  return EXIT_SUCCESS;
}

/** rounds_server_user: the commands `user add` and `user password`. */
int
rounds_server_user (char **arguments)
{
  g_autofree char *database = NULL;
  g_autofree char *role = NULL;
  g_autofree char *password_file = NULL;
  g_autofree char *given_name = NULL;
  g_autofree char *family_name = NULL;
  g_autofree char *email = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) rest = g_strdupv (arguments);
  RoundsNewAccount account;
  gboolean add;
  int status;
  const GOptionEntry entries[] = {
    { "database", 0, 0, G_OPTION_ARG_STRING, &database, N_ ("The SQLite file"), N_ ("FILE") },
    { "role", 0, 0, G_OPTION_ARG_STRING, &role, N_ ("rep, manager, admin, physician or patient; usually rep"),
      N_ ("ROLE") },
    { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file,
      N_ ("Read the password from its first line; - is stdin. Without, one is made and printed"), N_ ("FILE") },
    { "given-name", 0, 0, G_OPTION_ARG_STRING, &given_name, N_ ("The person's given name"), N_ ("NAME") },
    { "family-name", 0, 0, G_OPTION_ARG_STRING, &family_name, N_ ("The person's family name"), N_ ("NAME") },
    { "email", 0, 0, G_OPTION_ARG_STRING, &email, N_ ("The person's email address"), N_ ("ADDRESS") },
    G_OPTION_ENTRY_NULL,
  };

  if (!rounds_server_parse (&rest, _ ("add|password NAME"), entries, &status))
    return status;
  add = g_strv_length (rest) == 3 && g_str_equal (rest[1], "add");
  if (!add && !(g_strv_length (rest) == 3 && g_str_equal (rest[1], "password")))
    {
      g_printerr ("rounds-server: %s\n",
                  _ ("“user add NAME” or “user password NAME” is expected; “user --help” tells the options"));
      return ROUNDS_EXIT_USAGE;
    }

  path = rounds_server_store_get_path (database != NULL ? database : g_getenv ("DATABASE_URL"), &error);
  if (path == NULL)
    return rounds_server_fail (error);
  account = (RoundsNewAccount) { .username = rest[2],
                                 .role = role != NULL ? role : "rep",
                                 .email = email,
                                 .given_name = given_name,
                                 .family_name = family_name };
  return change_user (path, &account, add, password_file);
}
