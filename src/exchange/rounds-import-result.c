/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-import-result.h"

#include "rounds-json.h"

/** rounds_import_result_new: no rows yet. */
RoundsImportResult *
rounds_import_result_new (const char *file)
{
  RoundsImportResult *self = g_atomic_rc_box_new0 (RoundsImportResult);

  self->file = g_strdup (file);
  self->outcomes = g_array_new (FALSE, FALSE, sizeof (RoundsImportOutcome));
  self->texts = g_string_chunk_new (16 * 1024);
  return self;
}

static void
clear_result (gpointer data)
{
  RoundsImportResult *self = data;

  g_free (self->file);
  g_array_unref (self->outcomes);
  g_string_chunk_free (self->texts);
}

/** rounds_import_result_ref: any thread. */
RoundsImportResult *
rounds_import_result_ref (RoundsImportResult *self)
{
  return g_atomic_rc_box_acquire (self);
}

/** rounds_import_result_unref: any thread. */
void
rounds_import_result_unref (RoundsImportResult *self)
{
  g_atomic_rc_box_release_full (self, clear_result);
}

static const char *
keep (RoundsImportResult *self, const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->texts, text) : NULL;
}

/** rounds_import_result_add: counts a row; the texts are copied. */
void
rounds_import_result_add (RoundsImportResult *self, const RoundsImportOutcome *outcome)
{
  RoundsImportOutcome kept = *outcome;

  kept.name = outcome->name != NULL ? g_string_chunk_insert (self->texts, outcome->name) : NULL;
  kept.column = keep (self, outcome->column);
  kept.reason = keep (self, outcome->reason);
  g_array_append_val (self->outcomes, kept);
  self->rows++;
  self->counts[outcome->verdict]++;
}

/** rounds_import_result_get: the outcome of the @n-th row, from 0. */
const RoundsImportOutcome *
rounds_import_result_get (const RoundsImportResult *self, guint n)
{
  g_assert (n < self->outcomes->len);
  return &g_array_index (self->outcomes, RoundsImportOutcome, n);
}

/* For files and scripts. */
static const char *
get_verdict_name (RoundsImportVerdict verdict)
{
  static const char *const names[] = { "created", "updated", "duplicate", "rejected" };

  return names[verdict];
}

static void
add_text (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *name, const char *text)
{
  if (text != NULL)
    yyjson_mut_obj_add_str (doc, object, name, text);
  else
    yyjson_mut_obj_add_null (doc, object, name);
}

static void
add_match (yyjson_mut_doc *doc, yyjson_mut_val *object, const RoundsImportOutcome *outcome)
{
  char id[ROUNDS_UUID_STRING_LENGTH + 1];

  if (outcome->strength == ROUNDS_MATCH_NONE)
    return;
  yyjson_mut_obj_add_str (doc, object, "match", outcome->strength == ROUNDS_MATCH_STRONG ? "strong" : "possible");
  yyjson_mut_obj_add_bool (doc, object, "in_trash", outcome->in_trash);
  if (outcome->match_row > 0)
    {
      yyjson_mut_obj_add_uint (doc, object, "of_row", outcome->match_row);
      return;
    }
  rounds_uuid_format (&outcome->match, id);
  yyjson_mut_obj_add_strcpy (doc, object, "of", id);
}

static void
add_rejects (const RoundsImportResult *self, yyjson_mut_doc *doc, yyjson_mut_val *root)
{
  yyjson_mut_val *rejects = yyjson_mut_obj_add_arr (doc, root, "rejects");

  for (guint i = 0; i < self->outcomes->len; i++)
    {
      const RoundsImportOutcome *outcome = rounds_import_result_get (self, i);
      yyjson_mut_val *object;

      if (outcome->verdict != ROUNDS_IMPORT_REJECTED)
        continue;
      object = yyjson_mut_arr_add_obj (doc, rejects);
      yyjson_mut_obj_add_uint (doc, object, "row", outcome->row);
      add_text (doc, object, "column", outcome->column);
      add_text (doc, object, "reason", outcome->reason);
    }
}

static void
add_verdicts (const RoundsImportResult *self, yyjson_mut_doc *doc, yyjson_mut_val *root)
{
  yyjson_mut_val *verdicts = yyjson_mut_obj_add_arr (doc, root, "verdicts");

  for (guint i = 0; i < self->outcomes->len; i++)
    {
      const RoundsImportOutcome *outcome = rounds_import_result_get (self, i);
      yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, verdicts);

      yyjson_mut_obj_add_uint (doc, object, "row", outcome->row);
      yyjson_mut_obj_add_str (doc, object, "verdict", get_verdict_name (outcome->verdict));
      add_text (doc, object, "name", outcome->name);
      add_match (doc, object, outcome);
    }
}

/* What was found out about the file, and might be wrong (N19). */
static void
add_findings (RoundsImportPlan *plan, yyjson_mut_doc *doc, yyjson_mut_val *root)
{
  const RoundsTableSheet *sheet = rounds_table_file_get_sheet (plan->file);
  yyjson_mut_val *repairs, *dates;

  add_text (doc, root, "encoding", rounds_table_file_get_encoding (plan->file));
  add_text (doc, root, "sheet", sheet != NULL ? sheet->name : NULL);
  yyjson_mut_obj_add_uint (doc, root, "cell_errors", sheet != NULL ? sheet->n_errors : 0);
  yyjson_mut_obj_add_bool (doc, root, "remembered", plan->is_remembered);
  repairs = yyjson_mut_obj_add_arr (doc, root, "repairs");
  for (guint i = 0; i < plan->repairs->len; i++)
    {
      const RoundsImportRepair *repair = plan->repairs->pdata[i];
      yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, repairs);

      yyjson_mut_obj_add_str (doc, object, "before", repair->before);
      yyjson_mut_obj_add_str (doc, object, "after", repair->after);
    }
  dates = yyjson_mut_obj_add_arr (doc, root, "dates");
  for (guint i = 0; i < plan->n_columns; i++)
    {
      const RoundsImportColumn *column = &plan->mapping->columns[i];
      const RoundsDateEvidence *evidence = rounds_import_plan_get_dates (plan, i);
      g_autofree char *note = NULL;
      yyjson_mut_val *object;

      if (!rounds_import_target_is_date (column->target))
        continue;
      note = rounds_date_evidence_describe (evidence, column->date_order);
      object = yyjson_mut_arr_add_obj (doc, dates);
      yyjson_mut_obj_add_str (doc, object, "column", plan->headers[i]);
      yyjson_mut_obj_add_str (doc, object, "order", rounds_date_order_to_string (column->date_order));
      yyjson_mut_obj_add_bool (doc, object, "proven", !rounds_date_evidence_needs_order (evidence));
      yyjson_mut_obj_add_strcpy (doc, object, "note", note);
    }
}

/**
 * rounds_import_result_to_json:
 * @plan: (nullable): also what was found out about its file
 * @with_rows: also the verdict of each row
 *
 * Returns: (transfer full): {"file", "dry_run", "batch", "rows", "created", "updated", "duplicate", "rejected",
 * "rejects": [{"row", "column", "reason"}], "encoding", "sheet", "cell_errors", "remembered", "repairs": [{"before",
 * "after"}], "dates": [{"column", "order", "proven", "note"}], "verdicts": [{"row", "verdict", "name", "match",
 * "in_trash", "of" or "of_row"}]}
 */
char *
rounds_import_result_to_json (const RoundsImportResult *self, RoundsImportPlan *plan, gboolean with_rows)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  char id[ROUNDS_UUID_STRING_LENGTH + 1];

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "file", self->file);
  yyjson_mut_obj_add_bool (doc, root, "dry_run", self->dry_run);
  if (!rounds_uuid_is_nil (&self->batch))
    {
      rounds_uuid_format (&self->batch, id);
      yyjson_mut_obj_add_strcpy (doc, root, "batch", id);
    }
  else
    yyjson_mut_obj_add_null (doc, root, "batch");
  yyjson_mut_obj_add_uint (doc, root, "rows", self->rows);
  for (guint v = 0; v < ROUNDS_IMPORT_N_VERDICTS; v++)
    yyjson_mut_obj_add_uint (doc, root, get_verdict_name (v), self->counts[v]);
  add_rejects (self, doc, root);
  if (plan != NULL)
    add_findings (plan, doc, root);
  if (with_rows)
    add_verdicts (self, doc, root);
  return rounds_json_write (doc, TRUE);
}
