/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files: import, export. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "rounds-cli.h"
#include "rounds-csv-writer.h"
#include "rounds-error.h"
#include "rounds-importer.h"
#include "rounds-json.h"

#define PAGE 500

static struct
{
  gboolean dry_run;
  char *encoding;
  char *delimiter;
  char *sheet;
  char *role;
} import_options;

static const GOptionEntry import_entries[] = {
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &import_options.dry_run, N_ ("Say what would happen, change nothing"), NULL },
  { "encoding", 0, 0, G_OPTION_ARG_FILENAME, &import_options.encoding, N_ ("The file’s encoding (usual: found out)"),
    N_ ("NAME") },
  { "delimiter", 0, 0, G_OPTION_ARG_FILENAME, &import_options.delimiter,
    N_ ("What stands between cells (usual: found out); “tab” for a tab"), N_ ("CHARACTER") },
  { "sheet", 0, 0, G_OPTION_ARG_STRING, &import_options.sheet,
    N_ ("The sheet of a workbook (usual: the first that holds anything)"), N_ ("NAME") },
  { "role", 0, 0, G_OPTION_ARG_FILENAME, &import_options.role,
    N_ ("What the people are: physician, lead or none (usual: by the columns)"), N_ ("ROLE") },
  G_OPTION_ENTRY_NULL,
};

static struct
{
  char *format;
  char *output;
  char **conditions;
} export_options;

static const GOptionEntry export_entries[] = {
  { "format", 0, 0, G_OPTION_ARG_FILENAME, &export_options.format, N_ ("csv (usual) or json"), N_ ("FORMAT") },
  { "output", 0, 0, G_OPTION_ARG_FILENAME, &export_options.output, N_ ("Write to FILE, replacing it when done"),
    N_ ("FILE") },
  { "where", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &export_options.conditions,
    N_ ("Only where this holds; also !=, <, <=, >, >=; may be given several times"), N_ ("FIELD=VALUE") },
  G_OPTION_ENTRY_NULL,
};

/* Import */

static gboolean
parse_delimiter (char *delimiter, GError **error)
{
  const char *text = import_options.delimiter;

  *delimiter = 0;
  if (text == NULL)
    return TRUE;
  *delimiter = g_str_equal (text, "tab") ? '\t' : text[0];
  if (g_str_equal (text, "tab") || (strlen (text) == 1 && g_ascii_isprint (*text) && *text != '"'))
    return TRUE;
  return rounds_cli_set_usage_error (error, _ ("--delimiter needs one character"));
}

static gboolean
set_role (RoundsImportPlan *plan, GError **error)
{
  static const struct
  {
    const char *name;
    RoundsImportRole role;
  } roles[] = {
    { "physician", ROUNDS_IMPORT_ROLE_PHYSICIAN },
    { "lead", ROUNDS_IMPORT_ROLE_LEAD },
    { "none", ROUNDS_IMPORT_ROLE_NONE },
  };

  if (import_options.role == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_str_equal (roles[i].name, import_options.role))
      {
        plan->role = roles[i].role;
        return TRUE;
      }
  return rounds_cli_set_usage_error (error, _ ("--role is physician, lead or none"));
}

static void
progress_cb (guint64 done, guint64 total, gpointer data)
{
  g_printerr ("\r%" G_GUINT64_FORMAT " / %" G_GUINT64_FORMAT, done, total);
}

static gboolean
print_result (RoundsCli *cli, RoundsImportResult *result, GError **error)
{
  if (cli->json)
    {
      g_autofree char *text = rounds_import_result_to_json (result);

      return rounds_cli_print (cli, error, "%s\n", text);
    }

  for (guint i = 0; i < result->rejects->len; i++)
    {
      const RoundsImportReject *reject = result->rejects->pdata[i];
      gboolean printed;

      if (reject->column != NULL)
        printed = rounds_cli_print (cli, error, _ ("row %" G_GUINT64_FORMAT ", column “%s”: %s\n"), reject->row,
                                    reject->column, reject->reason);
      else
        printed = rounds_cli_print (cli, error, _ ("row %" G_GUINT64_FORMAT ": %s\n"), reject->row, reject->reason);
      if (!printed)
        return FALSE;
    }
  return rounds_cli_print (
    cli, error,
    result->dry_run ? _ ("%" G_GUINT64_FORMAT " rows: %" G_GUINT64_FORMAT " would be created, %" G_GUINT64_FORMAT
                         " updated, %" G_GUINT64_FORMAT " duplicate, %" G_GUINT64_FORMAT " rejected\n")
                    : _ ("%" G_GUINT64_FORMAT " rows: %" G_GUINT64_FORMAT " created, %" G_GUINT64_FORMAT
                         " updated, %" G_GUINT64_FORMAT " duplicate, %" G_GUINT64_FORMAT " rejected\n"),
    result->rows, result->created, result->updated, result->duplicate, result->rejected);
}

static gboolean
run_import (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (arguments[0]);
  g_autoptr (RoundsImportPlan) plan = NULL;
  g_autoptr (RoundsImportResult) result = NULL;
  gboolean show_progress = !cli->json && isatty (STDERR_FILENO);
  RoundsRecordStore *store;
  RoundsTableOptions options = { import_options.encoding, 0, import_options.sheet };

  if (!parse_delimiter (&options.delimiter, error) || (store = rounds_cli_open_store (cli, error)) == NULL)
    return FALSE;
  plan = rounds_import_plan_new (file, &options, NULL, error);
  if (plan == NULL || !set_role (plan, error))
    return FALSE;

  result =
    rounds_importer_run (store, plan, import_options.dry_run, show_progress ? progress_cb : NULL, NULL, NULL, error);
  if (show_progress)
    g_printerr ("\r\033[K");
  if (result == NULL)
    return FALSE;
  if (result->rejected > 0)
    *code = ROUNDS_EXIT_REJECTED;
  return print_result (cli, result, error);
}

/* Export */

/* Takes a record; %FALSE ends the walk. */
typedef gboolean (*RecordFunc) (RoundsRecord *record, gpointer data, GError **error);

/* Page by page in the order of recording, so that a million records do not have to be held at once. */
static gboolean
walk (RoundsRecordStore *store, RoundsQuery *query, RecordFunc func, gpointer data, GError **error)
{
  g_autoptr (RoundsRecord) last = NULL;
  guint n;

  do
    {
      g_autoptr (RoundsQuery) page = rounds_query_limit (rounds_query_copy (query), PAGE);
      g_autoptr (GPtrArray) records = NULL;

      if (last != NULL)
        rounds_query_after (page, last);
      records = rounds_record_store_list (store, page, error);
      if (records == NULL)
        return FALSE;
      for (guint i = 0; i < records->len; i++)
        if (!func (records->pdata[i], data, error))
          return FALSE;
      n = records->len;
      if (n > 0)
        g_set_object (&last, records->pdata[n - 1]);
    }
  while (n == PAGE);
  return TRUE;
}

static gboolean
is_exported (const RoundsEntityInfo *info, guint field)
{
  return field == ROUNDS_FIELD_ID || field == ROUNDS_FIELD_CREATED_AT || field == ROUNDS_FIELD_UPDATED_AT
         || (field >= ROUNDS_FIELD_TERRITORY && !(info->fields[field].flags & ROUNDS_FIELD_HIDDEN));
}

static gboolean
write_csv_record (RoundsRecord *record, gpointer data, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint f = 0; f < info->n_fields; f++)
    if (is_exported (info, f))
      g_ptr_array_add (cells, rounds_field_format (&info->fields[f], rounds_record_get_value (record, f)));
  return rounds_csv_writer_write_row (data, (const char *const *) cells->pdata, cells->len, NULL, error);
}

static gboolean
export_csv (RoundsRecordStore *store, RoundsQuery *query, GOutputStream *stream, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_query_get_entity (query));
  g_autoptr (RoundsCsvWriter) writer = rounds_csv_writer_new (stream);
  g_autoptr (GPtrArray) header = g_ptr_array_new ();

  for (guint f = 0; f < info->n_fields; f++)
    if (is_exported (info, f))
      g_ptr_array_add (header, (char *) info->fields[f].name);
  return rounds_csv_writer_write_row (writer, (const char *const *) header->pdata, header->len, NULL, error)
         && walk (store, query, write_csv_record, writer, error) && rounds_csv_writer_flush (writer, NULL, error);
}

typedef struct
{
  GOutputStream *stream; /* (not owned) */
  gboolean started;
} JsonExport;

static gboolean
write_json_record (RoundsRecord *record, gpointer data, GError **error)
{
  JsonExport *export = data;
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  g_autofree char *text = NULL;

  yyjson_mut_doc_set_root (doc, rounds_record_to_json (record, doc));
  text = rounds_json_write (doc, FALSE);
  if (!g_output_stream_printf (export->stream, NULL, NULL, error, "%s\n%s", export->started ? "," : "", text))
    return FALSE;
  export->started = TRUE;
  return TRUE;
}

static gboolean
export_json (RoundsRecordStore *store, RoundsQuery *query, GOutputStream *stream, GError **error)
{
  JsonExport export = { stream, FALSE };

  return g_output_stream_printf (stream, NULL, NULL, error, "[")
         && walk (store, query, write_json_record, &export, error)
         && g_output_stream_printf (stream, NULL, NULL, error, "\n]\n");
}

/* The old file stays until the new one is whole; it holds names, and is for its owner alone. */
static gboolean
export_to_file (RoundsRecordStore *store, RoundsQuery *query, gboolean json, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (export_options.output);
  g_autoptr (GError) local = NULL;
  g_autoptr (GFileOutputStream) stream =
    g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, &local);
  g_autoptr (GOutputStream) buffered = NULL;
  g_autoptr (GCancellable) abandoned = g_cancellable_new ();

  if (stream == NULL)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, _ ("%s cannot be written: %s"), export_options.output,
                   local->message);
      return FALSE;
    }
  buffered = g_buffered_output_stream_new (G_OUTPUT_STREAM (stream));
  if ((json ? export_json : export_csv) (store, query, buffered, error))
    return g_output_stream_close (buffered, NULL, error);
  g_cancellable_cancel (abandoned); /* closing with this does not put the new file in the old one's place */
  g_output_stream_close (G_OUTPUT_STREAM (stream), abandoned, NULL);
  return FALSE;
}

static gboolean
run_export (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  const char *format = export_options.format != NULL ? export_options.format : cli->json ? "json" : "csv";
  gboolean json = g_str_equal (format, "json");
  RoundsEntity entity;
  RoundsRecordStore *store;
  g_autoptr (RoundsQuery) query = NULL;

  if (!json && !g_str_equal (format, "csv"))
    return rounds_cli_set_usage_error (error, _ ("--format is csv or json"));
  if (!rounds_cli_parse_entity (arguments[0], &entity, error))
    return FALSE;
  query = rounds_query_new (entity);
  if (!rounds_cli_add_conditions (query, export_options.conditions, error)
      || (store = rounds_cli_open_store (cli, error)) == NULL)
    return FALSE;
  if (export_options.output != NULL)
    return export_to_file (store, query, json, error);
  return (json ? export_json : export_csv) (store, query, cli->out, error);
}

const RoundsCliCommand rounds_cli_exchange_commands[] = {
  { "import", "FILE", N_ ("Import contacts from a CSV file"), 1, 1, import_entries, run_import },
  { "export", "ENTITY", N_ ("Export all records of an entity"), 1, 1, export_entries, run_export },
  { 0 },
};
