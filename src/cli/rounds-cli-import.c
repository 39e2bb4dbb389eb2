/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that come in. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "rounds-cli.h"
#include "rounds-error.h"
#include "rounds-import-memory.h"
#include "rounds-import-rejects.h"
#include "rounds-import-revert.h"
#include "rounds-importer.h"
#include "rounds-json.h"
#include "rounds-time.h"

static struct
{
  gboolean dry_run;
  gboolean no_header;
  char *encoding;
  char *delimiter;
  char *sheet;
  char *role;
  char *mapping;
  char *date_order;
  char *on_duplicate;
  char *rejects;
  char *revert;
  char *undo_revert;
} import_options;

static const GOptionEntry import_entries[] = {
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &import_options.dry_run, N_ ("Say what would happen, change nothing"), NULL },
  { "encoding", 0, 0, G_OPTION_ARG_FILENAME, &import_options.encoding, N_ ("The file’s encoding (usual: found out)"),
    N_ ("NAME") },
  { "delimiter", 0, 0, G_OPTION_ARG_FILENAME, &import_options.delimiter,
    N_ ("What stands between cells (usual: found out); “tab” for a tab"), N_ ("CHARACTER") },
  { "sheet", 0, 0, G_OPTION_ARG_FILENAME, &import_options.sheet,
    N_ ("The sheet of a workbook to read (usual: the first that holds anything)"), N_ ("NAME") },
  { "no-header", 0, 0, G_OPTION_ARG_NONE, &import_options.no_header,
    N_ ("The first row does not name the columns (usual: found out)"), NULL },
  { "role", 0, 0, G_OPTION_ARG_FILENAME, &import_options.role,
    N_ ("What the people are: physician, lead or none (usual: physician)"), N_ ("ROLE") },
  { "mapping", 0, 0, G_OPTION_ARG_FILENAME, &import_options.mapping,
    N_ ("What the columns are, as JSON: {\"columns\": {\"Surname\": \"person.family_name\"}} (usual: as the last time, "
        "or "
        "guessed)"),
    N_ ("FILE") },
  { "date-order", 0, 0, G_OPTION_ARG_FILENAME, &import_options.date_order,
    N_ ("How dates are written where the file does not tell: dmy, mdy or ymd"), N_ ("ORDER") },
  { "on-duplicate", 0, 0, G_OPTION_ARG_FILENAME, &import_options.on_duplicate,
    N_ ("With people who are known: skip, update or create (usual: update where it is sure, else skip)"), N_ ("WHAT") },
  { "rejects", 0, 0, G_OPTION_ARG_FILENAME, &import_options.rejects,
    N_ ("Write the rejected rows to FILE, to be mended and imported again"), N_ ("FILE") },
  { "revert", 0, 0, G_OPTION_ARG_FILENAME, &import_options.revert,
    N_ ("Undo an import (see “rounds-cli imports”) instead of importing a file"), N_ ("BATCH") },
  { "undo-revert", 0, 0, G_OPTION_ARG_FILENAME, &import_options.undo_revert, N_ ("Redo an import that was undone"),
    N_ ("BATCH") },
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
parse_on_duplicate (RoundsImportDecision *decision, GError **error)
{
  static const char *const names[] = { NULL, "skip", "update", "create" };

  *decision = ROUNDS_IMPORT_DECIDE_BY_STRENGTH;
  if (import_options.on_duplicate == NULL)
    return TRUE;
  for (guint i = ROUNDS_IMPORT_DECIDE_SKIP; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], import_options.on_duplicate))
      {
        *decision = i;
        return TRUE;
      }
  return rounds_cli_set_usage_error (error, _ ("--on-duplicate is skip, update or create"));
}

static gboolean
parse_date_order (RoundsDateOrder *order, GError **error)
{
  *order = rounds_date_order_from_string (import_options.date_order);
  if (import_options.date_order == NULL || *order != ROUNDS_DATE_ORDER_UNKNOWN)
    return TRUE;
  return rounds_cli_set_usage_error (error, _ ("--date-order is dmy, mdy or ymd"));
}

static gboolean
read_mapping (RoundsImportPlan *plan, RoundsRecordStore *store, GError **error)
{
  g_autofree char *json = NULL;
  g_autoptr (GError) local = NULL;

  if (import_options.mapping == NULL)
    return rounds_import_plan_recall (plan, store, error);
  if (g_file_get_contents (import_options.mapping, &json, NULL, &local))
    return rounds_import_mapping_apply_json (plan, json, TRUE, error);
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("%s cannot be read: %s"), import_options.mapping,
               local->message);
  return FALSE;
}

/* Dates that can be read in two ways are never read without somebody saying so. */
static gboolean
set_date_order (RoundsImportPlan *plan, RoundsDateOrder order, GError **error)
{
  g_autofree char *note = NULL;
  int unclear;

  for (guint i = 0; order != ROUNDS_DATE_ORDER_UNKNOWN && i < plan->n_columns; i++)
    if (rounds_date_evidence_needs_order (rounds_import_plan_get_dates (plan, i)))
      plan->mapping->columns[i].date_order = order;
  unclear = rounds_import_plan_find_unclear_dates (plan);
  if (unclear < 0)
    return TRUE;
  note = rounds_date_evidence_describe (rounds_import_plan_get_dates (plan, (guint) unclear), order);
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("column “%s”: %s Use --date-order."),
               plan->headers[unclear], note);
  return FALSE;
}

static RoundsImportPlan *
make_plan (const char *path, RoundsRecordStore *store, const RoundsTableOptions *options, RoundsDateOrder order,
           GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  g_autoptr (RoundsImportPlan) plan = rounds_import_plan_new (file, options, NULL, error);

  if (plan == NULL || !read_mapping (plan, store, error))
    return NULL;
  if (import_options.role != NULL && !rounds_import_role_from_string (import_options.role, &plan->role))
    {
      rounds_cli_set_usage_error (error, _ ("--role is physician, lead or none"));
      return NULL;
    }
  return set_date_order (plan, order, error) ? g_steal_pointer (&plan) : NULL;
}

static void
progress_cb (guint64 done, guint64 total, gpointer data)
{
  g_printerr ("\r%" G_GUINT64_FORMAT " / %" G_GUINT64_FORMAT, done, total);
}

static gboolean
print_findings (RoundsCli *cli, RoundsImportPlan *plan, GError **error)
{
  g_autofree char *errors = rounds_table_file_describe_errors (plan->file);

  if (errors != NULL && !rounds_cli_print (cli, error, "%s\n", errors))
    return FALSE;
  for (guint i = 0; i < plan->repairs->len; i++)
    {
      const RoundsImportRepair *repair = plan->repairs->pdata[i];

      if (!rounds_cli_print (cli, error, _ ("repaired: “%s” is “%s”\n"), repair->before, repair->after))
        return FALSE;
    }
  for (guint i = 0; i < plan->n_columns; i++)
    {
      const RoundsImportColumn *column = &plan->mapping->columns[i];
      g_autofree char *note = NULL;

      if (!rounds_import_target_is_date (column->target))
        continue;
      note = rounds_date_evidence_describe (rounds_import_plan_get_dates (plan, i), column->date_order);
      if (!rounds_cli_print (cli, error, _ ("column “%s”: %s\n"), plan->headers[i], note))
        return FALSE;
    }
  return TRUE;
}

static gboolean
print_reject (RoundsCli *cli, const RoundsImportOutcome *outcome, GError **error)
{
  if (outcome->column == NULL)
    return rounds_cli_print (cli, error, _ ("row %" G_GUINT64_FORMAT ": %s\n"), outcome->row, outcome->reason);
  return rounds_cli_print (cli, error, _ ("row %" G_GUINT64_FORMAT ", column “%s”: %s\n"), outcome->row,
                           outcome->column, outcome->reason);
}

/* What stands in front of the id, or the row, of whom @outcome is about. */
static const char *
describe_match (const RoundsImportOutcome *outcome)
{
  if (outcome->verdict == ROUNDS_IMPORT_UPDATED)
    return outcome->in_trash ? _ ("takes out of the trash") : _ ("updates");
  if (outcome->in_trash)
    return _ ("leaves in the trash");
  return outcome->strength == ROUNDS_MATCH_STRONG ? _ ("duplicate of") : _ ("possible duplicate of");
}

static gboolean
print_match (RoundsCli *cli, const RoundsImportOutcome *outcome, GError **error)
{
  const char *verdict = describe_match (outcome);
  g_autofree char *id = rounds_uuid_to_string (&outcome->match);
  const char *name = outcome->name != NULL ? outcome->name : "";

  if (outcome->match_row > 0)
    return rounds_cli_print (cli, error, _ ("row %" G_GUINT64_FORMAT ", %s: %s row %" G_GUINT64_FORMAT "\n"),
                             outcome->row, name, verdict, outcome->match_row);
  return rounds_cli_print (cli, error, _ ("row %" G_GUINT64_FORMAT ", %s: %s %s\n"), outcome->row, name, verdict, id);
}

/* A rehearsal tells of each row that is not simply new, an import of those that were rejected. */
static gboolean
print_rows (RoundsCli *cli, const RoundsImportResult *result, GError **error)
{
  for (guint i = 0; i < result->outcomes->len; i++)
    {
      const RoundsImportOutcome *outcome = rounds_import_result_get (result, i);

      if (outcome->verdict == ROUNDS_IMPORT_REJECTED && !print_reject (cli, outcome, error))
        return FALSE;
      if (result->dry_run && (outcome->verdict == ROUNDS_IMPORT_UPDATED || outcome->verdict == ROUNDS_IMPORT_DUPLICATE)
          && !print_match (cli, outcome, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
print_result (RoundsCli *cli, RoundsImportPlan *plan, const RoundsImportResult *result, GError **error)
{
  if (cli->json)
    {
      g_autofree char *text = rounds_import_result_to_json (result, plan, result->dry_run);

      return rounds_cli_print (cli, error, "%s\n", text);
    }
  return print_findings (cli, plan, error) && print_rows (cli, result, error)
         && rounds_cli_print (
           cli, error,
           result->dry_run ? _ ("%" G_GUINT64_FORMAT " rows: %" G_GUINT64_FORMAT " would be created, %" G_GUINT64_FORMAT
                                " updated, %" G_GUINT64_FORMAT " duplicate, %" G_GUINT64_FORMAT " rejected\n")
                           : _ ("%" G_GUINT64_FORMAT " rows: %" G_GUINT64_FORMAT " created, %" G_GUINT64_FORMAT
                                " updated, %" G_GUINT64_FORMAT " duplicate, %" G_GUINT64_FORMAT " rejected\n"),
           result->rows, result->counts[ROUNDS_IMPORT_CREATED], result->counts[ROUNDS_IMPORT_UPDATED],
           result->counts[ROUNDS_IMPORT_DUPLICATE], result->counts[ROUNDS_IMPORT_REJECTED]);
}

static gboolean
write_rejects (RoundsImportPlan *plan, const RoundsImportResult *result, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (import_options.rejects == NULL)
    return TRUE;
  file = g_file_new_for_commandline_arg (import_options.rejects);
  return rounds_import_rejects_write (plan, result, file, NULL, error);
}

static gboolean
import_file (RoundsCli *cli, const char *path, RoundsExit *code, GError **error)
{
  g_autoptr (RoundsImportPlan) plan = NULL;
  g_autoptr (RoundsImportResult) result = NULL;
  gboolean show_progress = !cli->json && isatty (STDERR_FILENO);
  RoundsRecordStore *store;
  RoundsImportDecision decision;
  RoundsDateOrder order;
  RoundsTableOptions options = { import_options.encoding, 0, import_options.sheet,
                                 import_options.no_header ? ROUNDS_TABLE_HEADER_MISSING
                                                          : ROUNDS_TABLE_HEADER_FIND_OUT };

  if (!parse_delimiter (&options.delimiter, error) || !parse_on_duplicate (&decision, error)
      || !parse_date_order (&order, error) || (store = rounds_cli_open_store (cli, error)) == NULL)
    return FALSE;
  plan = make_plan (path, store, &options, order, error);
  if (plan == NULL)
    return FALSE;

  plan->on_duplicate = decision;
  result =
    rounds_importer_run (store, plan, import_options.dry_run, show_progress ? progress_cb : NULL, NULL, NULL, error);
  if (show_progress)
    g_printerr ("\r\033[K");
  if (result == NULL)
    return FALSE;
  if (result->counts[ROUNDS_IMPORT_REJECTED] > 0)
    *code = ROUNDS_EXIT_REJECTED;
  return print_result (cli, plan, result, error) && write_rejects (plan, result, error);
}

/* Taking back */

static gboolean
print_kept (RoundsCli *cli, const RoundsImportReversal *reversal, GError **error)
{
  for (guint i = 0; i < reversal->kept->len; i++)
    {
      const RoundsImportKept *kept = reversal->kept->pdata[i];
      const char *why = kept->is_used ? _ ("something refers to it") : _ ("it was changed since");

      if (!rounds_cli_print (cli, error, _ ("left as it is: %s (%s)\n"), kept->title, why))
        return FALSE;
    }
  return TRUE;
}

static gboolean
print_reversal_json (RoundsCli *cli, const RoundsImportReversal *reversal, GError **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *kept;

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_uint (doc, root, "trashed", reversal->trashed);
  yyjson_mut_obj_add_uint (doc, root, "restored", reversal->restored);
  yyjson_mut_obj_add_uint (doc, root, "put_back", reversal->put_back);
  kept = yyjson_mut_obj_add_arr (doc, root, "kept");
  for (guint i = 0; i < reversal->kept->len; i++)
    {
      const RoundsImportKept *item = reversal->kept->pdata[i];
      yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, kept);
      char id[ROUNDS_UUID_STRING_LENGTH + 1];

      rounds_uuid_format (&item->id, id);
      yyjson_mut_obj_add_str (doc, object, "entity", rounds_entity_get_info (item->entity)->name);
      yyjson_mut_obj_add_strcpy (doc, object, "id", id);
      yyjson_mut_obj_add_str (doc, object, "title", item->title);
      yyjson_mut_obj_add_str (doc, object, "why", item->is_used ? "used" : "changed");
    }
  return rounds_cli_print_json (cli, doc, error);
}

static gboolean
reverse_batch (RoundsCli *cli, GError **error)
{
  gboolean undo = import_options.undo_revert != NULL;
  gboolean show_progress = !cli->json && isatty (STDERR_FILENO);
  g_autoptr (RoundsImportReversal) reversal = NULL;
  RoundsRecordStore *store;
  RoundsUuid batch;

  if (!rounds_cli_parse_id (undo ? import_options.undo_revert : import_options.revert, &batch, error)
      || (store = rounds_cli_open_store (cli, error)) == NULL)
    return FALSE;
  reversal = (undo ? rounds_import_revert_undo
                   : rounds_import_revert) (store, &batch, show_progress ? progress_cb : NULL, NULL, NULL, error);
  if (show_progress)
    g_printerr ("\r\033[K");
  if (reversal == NULL)
    return FALSE;
  if (cli->json)
    return print_reversal_json (cli, reversal, error);
  return print_kept (cli, reversal, error)
         && rounds_cli_print (cli, error,
                              _ ("%" G_GUINT64_FORMAT " put in the trash, %" G_GUINT64_FORMAT
                                 " restored, %" G_GUINT64_FORMAT " put back as they were, %u left\n"),
                              reversal->trashed, reversal->restored, reversal->put_back, reversal->kept->len);
}

static gboolean
run_import (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  if (import_options.revert != NULL || import_options.undo_revert != NULL)
    {
      if (arguments[0] != NULL)
        return rounds_cli_set_usage_error (error, _ ("--revert takes no file"));
      return reverse_batch (cli, error);
    }
  if (arguments[0] == NULL)
    return rounds_cli_set_usage_error (error, _ ("“%s” needs: %s"), "import", "FILE");
  return import_file (cli, arguments[0], code, error);
}

static gboolean
print_batch (RoundsCli *cli, RoundsRecord *batch, GError **error)
{
  g_autofree char *id = rounds_uuid_to_string (rounds_record_get_id (batch));
  g_autofree char *when = rounds_instant_to_string (rounds_record_get_integer (batch, ROUNDS_FIELD_CREATED_AT));
  gboolean reverted = !rounds_record_is_null (batch, ROUNDS_IMPORT_BATCH_REVERTED_AT);

  return rounds_cli_print (cli, error,
                           _ ("%s  %s  %s: %" G_GINT64_FORMAT " rows, %" G_GINT64_FORMAT " created, %" G_GINT64_FORMAT
                              " updated, %" G_GINT64_FORMAT " duplicate, %" G_GINT64_FORMAT " rejected%s\n"),
                           id, when, rounds_record_get_text (batch, ROUNDS_IMPORT_BATCH_FILE_NAME),
                           rounds_record_get_integer (batch, ROUNDS_IMPORT_BATCH_ROWS),
                           rounds_record_get_integer (batch, ROUNDS_IMPORT_BATCH_CREATED),
                           rounds_record_get_integer (batch, ROUNDS_IMPORT_BATCH_UPDATED),
                           rounds_record_get_integer (batch, ROUNDS_IMPORT_BATCH_DUPLICATE),
                           rounds_record_get_integer (batch, ROUNDS_IMPORT_BATCH_REJECTED),
                           reverted ? _ (", undone") : "");
}

static gboolean
run_imports (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_IMPORT_BATCH);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *list = yyjson_mut_arr (doc);
  RoundsRecordStore *store = rounds_cli_open_store (cli, error);
  g_autoptr (GPtrArray) batches = NULL;

  if (store == NULL)
    return FALSE;
  rounds_query_order_by (query, ROUNDS_FIELD_CREATED_AT, TRUE);
  batches = rounds_record_store_list (store, query, error);
  if (batches == NULL)
    return FALSE;
  yyjson_mut_doc_set_root (doc, list);
  for (guint i = 0; i < batches->len; i++)
    {
      if (cli->json)
        yyjson_mut_arr_append (list, rounds_record_to_json (batches->pdata[i], doc));
      else if (!print_batch (cli, batches->pdata[i], error))
        return FALSE;
    }
  return !cli->json || rounds_cli_print_json (cli, doc, error);
}

const RoundsCliCommand rounds_cli_import_commands[] = {
  { "import", "FILE", N_ ("Import contacts from a file, or take an import back"), 0, 1, import_entries, run_import },
  { "imports", "", N_ ("List what was imported, newest first"), 0, 0, NULL, run_imports },
  { 0 },
};
