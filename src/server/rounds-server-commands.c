/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-server-commands.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <stdlib.h>

#include "rounds-server-store.h"
#include "rounds-store-schema.h"

static void
print_help (void)
{
  g_print ("%s",
           _ ("Usage: rounds-server COMMAND [OPTION…]\n"
              "\n"
              "  serve               answer requests; usually at 127.0.0.1:8080\n"
              "  user add NAME       make a user account\n"
              "  user password NAME  give a user another password; ends what they are signed in to\n"
              "  migrate             bring the database to this version of the server\n"
              "  demo                fill the database with invented people and visits\n"
              "  help                this text; --help behind a command tells its options\n"
              "  --version           the version\n"
              "\n"
              "The database is the file that --database or the variable DATABASE_URL names; otherwise\n"
              "rounds-server/rounds.db in the user's data folder. Other variables: CORS_ORIGINS, the origins,\n"
              "comma-separated, whose web pages may use the server; LOG_LEVEL: error, warning, info or debug.\n"));
}

/**
 * rounds_server_parse:
 * @arguments: (inout): the arguments, without the program's name; afterwards those that are no options
 * @synopsis: (nullable): what the command takes beside options
 * @entries: the options
 * @status: (out): the exit code if the command is not to go on
 *
 * Returns: whether the command goes on
 */
gboolean
rounds_server_parse (char ***arguments, const char *synopsis, const GOptionEntry *entries, int *status)
{
  g_autoptr (GOptionContext) context = g_option_context_new (synopsis);
  g_autoptr (GError) error = NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  /* GOption takes the first for the program's name. */
  g_strv_builder_add (builder, "rounds-server");
  g_strv_builder_addv (builder, (const char **) *arguments);
  g_strfreev (*arguments);
  *arguments = g_strv_builder_end (builder);

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, arguments, &error))
    {
      g_printerr ("rounds-server: %s\n", error->message);
      *status = ROUNDS_EXIT_USAGE;
      return FALSE;
    }
  return TRUE;
}

/** rounds_server_fail: tells @error on stderr, in one line. Returns: the exit code */
int
rounds_server_fail (const GError *error)
{
  g_printerr ("rounds-server: %s\n", error->message);
  return EXIT_FAILURE;
}

static int
migrate (char **arguments)
{
  g_autofree char *database = NULL;
  g_autofree char *path = NULL;
  g_autoptr (RoundsRecordStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) rest = g_strdupv (arguments);
  int status;
  const GOptionEntry entries[] = {
    { "database", 0, 0, G_OPTION_ARG_STRING, &database, N_ ("The SQLite file"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };

  if (!rounds_server_parse (&rest, NULL, entries, &status))
    return status;
  path = rounds_server_store_get_path (database != NULL ? database : g_getenv ("DATABASE_URL"), &error);
  store = path != NULL ? rounds_server_store_open (path, &error) : NULL;
  if (store == NULL)
    return rounds_server_fail (error);

  g_print (_ ("The database has version %d, which is this server's.\n"), ROUNDS_SCHEMA_VERSION);
  return EXIT_SUCCESS;
}

/**
 * rounds_server_run:
 *
 * Runs the command that @argv names.
 *
 * Returns: the exit code: 0, 1 if the command failed, 2 if it was called wrongly
 */
int
rounds_server_run (int argc, char *argv[])
{
  static const struct
  {
    const char *name;
    int (*run) (char **arguments);
  } commands[] = {
    { "serve", rounds_server_serve },
    { "user", rounds_server_user },
    { "migrate", migrate },
    { "demo", rounds_server_demo },
  };
  const char *name = argc > 1 ? argv[1] : "help";

  if (g_str_equal (name, "--version"))
    {
      g_print ("rounds-server %s\n", PACKAGE_VERSION);
      return EXIT_SUCCESS;
    }
  if (g_str_equal (name, "help") || g_str_equal (name, "--help") || g_str_equal (name, "-h"))
    {
      print_help ();
      return EXIT_SUCCESS;
    }
  if (sodium_init () < 0)
    {
      g_printerr ("rounds-server: %s\n", _ ("The system has no randomness."));
      return EXIT_FAILURE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (name, commands[i].name))
      return commands[i].run (argv + 2);

  g_printerr (_ ("rounds-server: there is no command “%s”; “rounds-server help” lists them\n"), name);
  return ROUNDS_EXIT_USAGE;
}
