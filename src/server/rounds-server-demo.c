/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <unistd.h>

#include "rounds-accounts.h"
#include "rounds-demo-data.h"
#include "rounds-error.h"
#include "rounds-server-commands.h"
#include "rounds-server-store.h"
#include "rounds-time.h"

/* A rep's years. */
#define USUAL_CONTACTS 600
#define USUAL_INTERACTIONS 11000

/* On a terminal only: in a file it would be noise. */
static void
progress_cb (guint64 done, guint64 total, gpointer data)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r%" G_GUINT64_FORMAT " / %" G_GUINT64_FORMAT "%s", done, total, done == total ? "\n" : "");
}

/* Sets @id to the staff record of the user @username. */
static gboolean
find_staff (RoundsRecordStore *store, const char *username, RoundsUuid *id, GError **error)
{
  g_autoptr (RoundsRecord) user = NULL;
  g_autoptr (RoundsRecord) staff = NULL;

  if (!rounds_accounts_find (store, username, &user, error)
      || (user != NULL && !rounds_accounts_find_staff (store, user, &staff, error)))
    return FALSE;
  if (staff == NULL)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("There is no user “%s” who belongs to the team."),
                   username);
      return FALSE;
    }
  *id = *rounds_record_get_id (staff);
  return TRUE;
}

static int
write_demo (const char *path, RoundsDemoOptions *options, const char *username)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecordStore) store = rounds_server_store_open (path, &error);
  g_autofree char *interactions = NULL;
  RoundsUuid staff;

  if (store == NULL || (username != NULL && !find_staff (store, username, &staff, &error)))
    return rounds_server_fail (error);
  if (username != NULL)
    options->staff = &staff;
  if (!rounds_demo_data_write (store, options, progress_cb, NULL, NULL, &error))
    return rounds_server_fail (error);

  interactions = g_strdup_printf ("%" G_GUINT64_FORMAT, options->interactions);
  /* Translators: the second number comes as text. */
  g_print (_ ("Wrote %u contacts and %s interactions.\n"), options->contacts, interactions);
  return EXIT_SUCCESS;
}

static gboolean
read_now (const char *text, gint64 *now)
{
  if (text == NULL || rounds_instant_parse (text, now))
    return TRUE;
  g_printerr ("rounds-server: %s\n", _ ("--now takes an instant such as 2026-01-31T09:30:00Z"));
  return FALSE;
}

/** rounds_server_demo: the command `demo`. */
int
rounds_server_demo (char **arguments)
{
  g_autofree char *database = NULL;
  g_autofree char *username = NULL;
  g_autofree char *zone = NULL;
  g_autofree char *now = NULL;
  g_autofree char *path = NULL;
  gint contacts = USUAL_CONTACTS;
  gint64 interactions = USUAL_INTERACTIONS;
  gint64 seed = 1;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) rest = g_strdupv (arguments);
  RoundsDemoOptions options = { 0 };
  int status;
  const GOptionEntry entries[] = {
    { "database", 0, 0, G_OPTION_ARG_STRING, &database, N_ ("The SQLite file"), N_ ("FILE") },
    { "contacts", 0, 0, G_OPTION_ARG_INT, &contacts, N_ ("How many people; usually 600"), N_ ("NUMBER") },
    { "interactions", 0, 0, G_OPTION_ARG_INT64, &interactions, N_ ("How many interactions; usually 11000"),
      N_ ("NUMBER") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, N_ ("The same seed makes the same data; usually 1"), N_ ("NUMBER") },
    { "user", 0, 0, G_OPTION_ARG_STRING, &username, N_ ("Whose diary it is; without, a rep is invented"), N_ ("NAME") },
    { "time-zone", 0, 0, G_OPTION_ARG_STRING, &zone, N_ ("The zone of the appointments; usually this computer's"),
      N_ ("ZONE") },
    { "now", 0, 0, G_OPTION_ARG_STRING, &now, N_ ("What “today” is, for data that is the same on every day"),
      N_ ("INSTANT") },
    G_OPTION_ENTRY_NULL,
  };

  if (!rounds_server_parse (&rest, NULL, entries, &status))
    return status;
  if (contacts < 1 || interactions < 0)
    {
      g_printerr ("rounds-server: %s\n", _ ("at least one contact is needed, and no fewer than no interactions"));
      return ROUNDS_EXIT_USAGE;
    }
  if (!read_now (now, &options.now))
    return ROUNDS_EXIT_USAGE;

  path = rounds_server_store_get_path (database != NULL ? database : g_getenv ("DATABASE_URL"), &error);
  if (path == NULL)
    return rounds_server_fail (error);
  options.contacts = (guint) contacts;
  options.interactions = (guint64) interactions;
  options.seed = (guint64) seed;
  options.time_zone = zone;
  return write_demo (path, &options, username);
}
