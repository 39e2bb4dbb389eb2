/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that go out. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "rounds-cli.h"
#include "rounds-exporter.h"
#include "rounds-person-archive.h"
#include "rounds-recovery-code.h"

static struct
{
  char *format;
  char *search;
  char **conditions;
  char *archive;
  char *passphrase_file;
  gboolean encrypt;
} options;

static const GOptionEntry export_entries[] = {
  { "format", 0, 0, G_OPTION_ARG_FILENAME, &options.format,
    N_ ("csv, xlsx, vcard, vcard3 or json (usual: what FILE ends in, else csv)"), N_ ("FORMAT") },
  { "search", 0, 0, G_OPTION_ARG_FILENAME, &options.search, N_ ("Only what has words that begin so"), N_ ("TEXT") },
  { "where", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.conditions,
    N_ ("Only where this holds; also !=, <, <=, >, >=; may be given several times"), N_ ("FIELD=VALUE") },
  { "archive", 0, 0, G_OPTION_ARG_FILENAME, &options.archive,
    N_ ("Of one person, “export person ID”: everything that is kept about them, as a zip archive"), N_ ("FILE") },
  { "encrypt", 0, 0, G_OPTION_ARG_NONE, &options.encrypt,
    N_ ("Encrypt the archive with a passphrase, which is asked for"), NULL },
  { "passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &options.passphrase_file,
    N_ ("Encrypt the archive with the passphrase in this file; “-”: the standard input"), N_ ("FILE") },
  G_OPTION_ENTRY_NULL,
};

static const struct
{
  const char *name;
  RoundsExportFormat format;
} formats[] = {
  { "csv", ROUNDS_EXPORT_CSV },        { "xlsx", ROUNDS_EXPORT_XLSX },      { "vcard", ROUNDS_EXPORT_VCARD_4 },
  { "vcard3", ROUNDS_EXPORT_VCARD_3 }, { "vcard4", ROUNDS_EXPORT_VCARD_4 }, { "json", ROUNDS_EXPORT_JSON },
};

static RoundsExportFormat
guess_format (RoundsCli *cli, const char *path)
{
  for (guint i = 0; path != NULL && i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *end = g_strconcat (".", rounds_export_format_get_suffix (formats[i].format), NULL);

      if (g_str_has_suffix (path, end))
        return formats[i].format;
    }
  return cli->json ? ROUNDS_EXPORT_JSON : ROUNDS_EXPORT_CSV;
}

static gboolean
choose_format (RoundsCli *cli, RoundsQuery *query, const char *path, RoundsExportFormat *format, GError **error)
{
  gboolean is_known = options.format == NULL;

  *format = guess_format (cli, path);
  for (guint i = 0; options.format != NULL && i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].name, options.format))
      {
        *format = formats[i].format;
        is_known = TRUE;
      }
  if (!is_known)
    return rounds_cli_set_usage_error (error, _ ("--format is csv, xlsx, vcard, vcard3 or json"));
  if (!rounds_export_format_can (*format, query))
    return rounds_cli_set_usage_error (error, _ ("only people and organizations can be written as cards"));
  if (*format == ROUNDS_EXPORT_XLSX && path == NULL && isatty (STDOUT_FILENO))
    return rounds_cli_set_usage_error (error, _ ("a workbook is no text for a terminal: name a FILE"));
  return TRUE;
}

static RoundsQuery *
create_query (RoundsEntity entity, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  if (!rounds_cli_add_conditions (query, options.conditions, error))
    return NULL;
  if (options.search != NULL && !rounds_entity_has_flag (entity, ROUNDS_FIELD_SEARCH))
    {
      rounds_cli_set_usage_error (error, _ ("“%s” has nothing to search in"), rounds_entity_get_info (entity)->name);
      return NULL;
    }
  if (options.search != NULL)
    rounds_query_search (query, options.search);
  return g_steal_pointer (&query);
}

static void
progress_cb (guint64 done, guint64 total, gpointer data)
{
  g_printerr ("\r%" G_GUINT64_FORMAT " / %" G_GUINT64_FORMAT, done, total);
}

/* Typed twice without being seen; NULL with an error if there is nobody to type, or both are not the same. */
static char *
ask_for_passphrase (GError **error)
{
  char *first, *again;

  if (!isatty (STDIN_FILENO) || !isatty (STDERR_FILENO))
    {
      rounds_cli_set_usage_error (error, _ ("--encrypt asks on a terminal; use --passphrase-file elsewhere"));
      return NULL;
    }
  first = rounds_cli_ask_secret (_ ("Passphrase: "));
  again = rounds_cli_ask_secret (_ ("Again: "));
  if (first == NULL || *first == '\0' || g_strcmp0 (first, again) != 0)
    {
      rounds_cli_set_usage_error (error, _ ("the same passphrase is needed twice"));
      g_clear_pointer (&first, rounds_secret_free);
    }
  rounds_secret_free (again);
  return first;
}

static gboolean
write_archive (RoundsCli *cli, const char *id_text, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (options.archive);
  g_autoptr (RoundsPersonArchive) archive = NULL;
  RoundsRecordStore *store;
  char *passphrase = NULL;
  RoundsUuid id;

  if (id_text == NULL)
    return rounds_cli_set_usage_error (error, _ ("--archive needs a person’s id: export person ID --archive FILE"));
  if (!rounds_cli_parse_id (id_text, &id, error) || (store = rounds_cli_open_store (cli, error)) == NULL)
    return FALSE;
  if (options.passphrase_file != NULL)
    passphrase = rounds_cli_read_secret_file (options.passphrase_file, error);
  else if (options.encrypt)
    passphrase = ask_for_passphrase (error);
  if (passphrase == NULL && (options.passphrase_file != NULL || options.encrypt))
    return FALSE;

  archive = rounds_person_archive_new (&id, file, passphrase);
  rounds_secret_free (passphrase);
  return rounds_export_run (ROUNDS_EXPORT (archive), store, NULL, NULL, NULL, error);
}

/* What is meant for an archive must not become a readable table of everybody. */
static gboolean
check_table (const char *path, GError **error)
{
  RoundsUuid id;

  if (options.encrypt || options.passphrase_file != NULL)
    return rounds_cli_set_usage_error (error, _ ("only an archive is encrypted: name its file with --archive"));
  if (path != NULL && rounds_uuid_parse (path, &id))
    return rounds_cli_set_usage_error (error, _ ("one person is exported with --archive FILE"));
  return TRUE;
}

static gboolean
run_export (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  const char *path = arguments[1];
  gboolean show_progress = path != NULL && !cli->json && isatty (STDERR_FILENO);
  g_autoptr (RoundsQuery) query = NULL;
  g_autoptr (RoundsExporter) exporter = NULL;
  RoundsExportFormat format;
  RoundsEntity entity;
  RoundsRecordStore *store;
  gboolean is_written;

  if (!rounds_cli_parse_entity (arguments[0], &entity, error))
    return FALSE;
  if (options.archive != NULL && entity != ROUNDS_ENTITY_PERSON)
    return rounds_cli_set_usage_error (error, _ ("only a person has an archive"));
  if (options.archive != NULL)
    return write_archive (cli, path, error);
  if (!check_table (path, error) || (query = create_query (entity, error)) == NULL
      || !choose_format (cli, query, path, &format, error) || (store = rounds_cli_open_store (cli, error)) == NULL)
    return FALSE;

  exporter = rounds_exporter_new (query, format, ROUNDS_EXPORT_FOR_PROGRAMS);
  if (path != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);

      rounds_exporter_set_file (exporter, file);
    }
  else
    rounds_exporter_set_stream (exporter, cli->out);

  is_written =
    rounds_export_run (ROUNDS_EXPORT (exporter), store, show_progress ? progress_cb : NULL, NULL, NULL, error);
  if (show_progress)
    g_printerr ("\r\033[K");
  return is_written;
}

const RoundsCliCommand rounds_cli_export_commands[] = {
  { "export", "ENTITY [FILE | ID]", N_ ("Export records as a table, cards or JSON, or all about a person"), 1, 2,
    export_entries, run_export },
  { 0 },
};
