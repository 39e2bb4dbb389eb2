/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that come in. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "rounds-cli.h"
#include "rounds-importer.h"

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

const RoundsCliCommand rounds_cli_exchange_commands[] = {
  { "import", "FILE", N_ ("Import contacts from a CSV file"), 1, 1, import_entries, run_import },
  { 0 },
};
