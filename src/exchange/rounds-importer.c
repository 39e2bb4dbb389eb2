/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-importer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-import-index.h"
#include "rounds-import-memory.h"
#include "rounds-import-reader.h"
#include "rounds-import-trash.h"

/* A rehearsal and the import itself are the same work; the rehearsal is rolled back at the end, so that its verdicts
 * are those of the import.
 *
 * Rows come from a #RoundsImportReader, which is ahead of this. Here, on the store's thread, is done what depends on
 * the store and on the rows before: finding out whom a row is about, deciding, and writing. */

typedef struct
{
  RoundsRecordStore *store;   /* (not owned) */
  RoundsImportPlan *plan;     /* (not owned) */
  RoundsImportPeople *people; /* (owned) */
  RoundsImportIndex *index;   /* (owned) */
  RoundsImportResult *result; /* (owned) */
  GPtrArray *waiting;         /* (owned) of GPtrArray of RoundsRecord: what rows create and is not written yet */
} Import;

static void
import_clear (Import *self)
{
  g_clear_pointer (&self->people, rounds_import_people_free);
  g_clear_pointer (&self->index, rounds_import_index_free);
  g_clear_pointer (&self->result, rounds_import_result_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

/* The header of the column from which @field of @entity comes. */
static const char *
find_column (Import *self, RoundsEntity entity, const char *field_name)
{
  int field = field_name != NULL ? rounds_entity_find_field (entity, field_name) : -1;

  for (guint i = 0; field >= 0 && i < self->plan->n_columns; i++)
    {
      RoundsImportTarget target = self->plan->mapping->columns[i].target;
      const RoundsImportTargetInfo *info = rounds_import_target_get_info (target);

      if (target != ROUNDS_IMPORT_IGNORED && info->entity == entity && info->field == (guint) field)
        return self->plan->headers[i];
    }
  return NULL;
}

static void
give_verdict (Import *self, RoundsImportOutcome *outcome, RoundsImportVerdict verdict)
{
  outcome->verdict = verdict;
  rounds_import_result_add (self->result, outcome);
}

/* "ten digits are expected" of "NPI: ten digits are expected": the column is said already. */
static const char *
skip_label (const char *reason, RoundsEntity entity, const char *field_name)
{
  int field = field_name != NULL ? rounds_entity_find_field (entity, field_name) : -1;
  const char *label = field >= 0 ? rounds_field_get_label (rounds_entity_get_field (entity, (guint) field)) : NULL;
  gsize length = label != NULL ? strlen (label) : 0;

  if (length == 0 || !g_str_has_prefix (reason, label) || !g_str_has_prefix (reason + length, ": "))
    return reason;
  return reason + length + 2;
}

static void
reject (Import *self, RoundsImportOutcome *outcome, const char *column, const char *reason)
{
  outcome->column = column;
  outcome->reason = reason;
  give_verdict (self, outcome, ROUNDS_IMPORT_REJECTED);
}

/* Everything a row would write must be valid before any of it is written: half a row is worse than none. */
static gboolean
are_valid (Import *self, GPtrArray *records, RoundsImportOutcome *outcome)
{
  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (GError) why = NULL;

      if (!rounds_record_validate (records->pdata[i], &why))
        {
          RoundsEntity entity = rounds_record_get_entity (records->pdata[i]);
          const char *column = find_column (self, entity, rounds_error_get_field (why));

          reject (self, outcome, column,
                  column != NULL ? skip_label (why->message, entity, rounds_error_get_field (why)) : why->message);
          return FALSE;
        }
    }
  return TRUE;
}

/* Finds out whom the row is about, if anybody who is known. */
static gboolean
find_match (Import *self, const RoundsImportDraft *draft, RoundsImportOutcome *outcome, GError **error)
{
  RoundsImportMatch match;
  gboolean found;

  outcome->entity = ROUNDS_ENTITY_PERSON;
  if (!rounds_import_row_is_of_organisation (&draft->row))
    {
      if (!rounds_import_people_match (self->people, &draft->row, &draft->probe, &match, error))
        return FALSE;
      outcome->strength = match.strength;
      outcome->match = match.person;
      outcome->by_npi = match.by_npi;
      outcome->in_trash = match.in_trash;
      outcome->match_row = match.row;
      return TRUE;
    }

  outcome->entity = ROUNDS_ENTITY_ORGANISATION;
  if (!rounds_import_index_find_organisation (self->index, &draft->row, TRUE, &outcome->match, &found, error))
    return FALSE;
  if (found)
    outcome->strength = ROUNDS_MATCH_STRONG;
  return TRUE;
}

static RoundsImportDecision
decide (Import *self, const RoundsImportOutcome *outcome)
{
  RoundsImportDecision decision = rounds_import_plan_get_decision (self->plan, outcome->row);

  if (outcome->strength == ROUNDS_MATCH_NONE)
    return ROUNDS_IMPORT_DECIDE_CREATE;
  if (decision != ROUNDS_IMPORT_DECIDE_BY_STRENGTH)
    return decision;
  return outcome->strength == ROUNDS_MATCH_STRONG ? ROUNDS_IMPORT_DECIDE_UPDATE : ROUNDS_IMPORT_DECIDE_SKIP;
}

static gboolean
write_waiting (Import *self, GError **error)
{
  gboolean done = rounds_record_store_create_groups (self->store, self->waiting, error);

  g_ptr_array_set_size (self->waiting, 0);
  return done;
}

/* Writes what the row says, as a group of its own; what is new altogether waits for the rest of its batch. */
static gboolean
save (Import *self, RoundsImportRecords *records, GError **error)
{
  if (records->is_new)
    {
      g_ptr_array_add (self->waiting, g_ptr_array_ref (records->changed));
      return TRUE;
    }
  rounds_record_store_begin_group (self->store);
  for (guint i = 0; i < records->brought_back->len; i++)
    if (!rounds_record_store_bring_back (self->store, records->brought_back->pdata[i], error))
      return FALSE;
  return rounds_record_store_save_all (self->store, records->changed, error);
}

/* Gives a row its verdict whose @records it would create or change, and saves them. */
static gboolean
import_records (Import *self, RoundsImportDraft *draft, RoundsImportRecords *records, RoundsImportOutcome *outcome,
                GError **error)
{
  if (!are_valid (self, records->changed, outcome))
    return TRUE;
  if (records->changed->len > 0 || (records->brought_back != NULL && records->brought_back->len > 0))
    {
      if (!save (self, records, error))
        return FALSE;
      rounds_import_records_remember (records, self->index, &draft->row);
      give_verdict (self, outcome, records->is_new ? ROUNDS_IMPORT_CREATED : ROUNDS_IMPORT_UPDATED);
    }
  else
    give_verdict (self, outcome, ROUNDS_IMPORT_DUPLICATE);
  if (records->person != NULL)
    rounds_import_people_add (self->people, rounds_record_get_id (records->person), &draft->probe, draft->number);
  return TRUE;
}

/* A row about somebody who is known: they may be waiting to be written. */
static gboolean
update (Import *self, RoundsImportDraft *draft, RoundsImportOutcome *outcome, GError **error)
{
  g_auto (RoundsImportRecords) records = { 0 };

  if (!write_waiting (self, error)
      || !rounds_import_records_prepare (&records, self->store, self->index, self->plan, &draft->row, &outcome->match,
                                         outcome->match_row > 0, error))
    return FALSE;
  outcome->in_trash = records.person != NULL && rounds_record_is_deleted (records.person);
  return import_records (self, draft, &records, outcome, error);
}

/* Gives a row its verdict. Returns FALSE only if the import as a whole cannot go on. */
static gboolean
import_row (Import *self, RoundsImportDraft *draft, GError **error)
{
  RoundsImportOutcome outcome = { .row = draft->number, .entity = ROUNDS_ENTITY_NONE, .name = draft->name };

  if (draft->why != NULL)
    {
      reject (self, &outcome, draft->row.wrong_column, draft->why->message);
      return TRUE;
    }
  if (!find_match (self, draft, &outcome, error))
    return FALSE;
  switch (decide (self, &outcome))
    {
    case ROUNDS_IMPORT_DECIDE_UPDATE:
      return update (self, draft, &outcome, error);
    case ROUNDS_IMPORT_DECIDE_SKIP:
      give_verdict (self, &outcome, ROUNDS_IMPORT_DUPLICATE);
      return TRUE;
    case ROUNDS_IMPORT_DECIDE_CREATE:
    case ROUNDS_IMPORT_DECIDE_BY_STRENGTH:
    default:
      if (!outcome.by_npi)
        return rounds_import_records_complete (&draft->records, self->store, self->index, &draft->row, error)
               && import_records (self, draft, &draft->records, &outcome, error);
      reject (self, &outcome, find_column (self, ROUNDS_ENTITY_PHYSICIAN, "npi"),
              _ ("Somebody else has this NPI already."));
      return TRUE;
    }
}

/* Nothing of the batch is needed afterwards. */
static gboolean
import_batch (Import *self, RoundsImportBatch *batch, GError **error)
{
  for (guint i = 0; i < batch->n_drafts; i++)
    if (!import_row (self, &batch->drafts[i], error))
      return FALSE;
  return write_waiting (self, error);
}

static gboolean
import_rows (Import *self, RoundsProgressFunc progress, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsImportReader) reader = rounds_import_reader_new (self->plan, cancellable, error);
  RoundsImportBatch *batch;

  if (reader == NULL)
    return FALSE;

  for (;;)
    {
      if (!rounds_import_reader_next (reader, &batch, error))
        return FALSE;
      if (batch == NULL)
        return TRUE;
      if (!import_batch (self, batch, error))
        return FALSE;
      if (progress != NULL)
        progress (self->result->rows, self->plan->n_rows, data);
      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED,
                               _ ("The import was stopped. Nothing was imported."));
          return FALSE;
        }
    }
}

/* The import's own record: all changes of the log from `first_change` to `last_change` are the import's, which is what
 * taking the import back goes by (S2-31). */
static gboolean
write_batch (Import *self, gint64 first_change, GError **error)
{
  static const guint fields[ROUNDS_IMPORT_N_VERDICTS] = {
    [ROUNDS_IMPORT_CREATED] = ROUNDS_IMPORT_BATCH_CREATED,
    [ROUNDS_IMPORT_UPDATED] = ROUNDS_IMPORT_BATCH_UPDATED,
    [ROUNDS_IMPORT_DUPLICATE] = ROUNDS_IMPORT_BATCH_DUPLICATE,
    [ROUNDS_IMPORT_REJECTED] = ROUNDS_IMPORT_BATCH_REJECTED,
  };
  g_autoptr (RoundsRecord) batch = rounds_record_new (ROUNDS_ENTITY_IMPORT_BATCH);
  g_autofree char *name = g_utf8_substring (self->result->file, 0, MIN (g_utf8_strlen (self->result->file, -1), 255));
  gint64 last_change;

  if (rounds_record_store_get_role (self->store) != ROUNDS_ROLE_DEVICE)
    return TRUE;
  rounds_record_set_text (batch, ROUNDS_IMPORT_BATCH_FILE_NAME, name);
  rounds_record_set_integer (batch, ROUNDS_IMPORT_BATCH_ROWS, self->result->rows);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    rounds_record_set_integer (batch, fields[i], (gint64) self->result->counts[i]);
  rounds_record_set_integer (batch, ROUNDS_IMPORT_BATCH_FIRST_CHANGE, first_change);
  last_change = rounds_record_store_get_last_seq (self->store, error);
  if (last_change < 0)
    return FALSE;
  rounds_record_set_integer (batch, ROUNDS_IMPORT_BATCH_LAST_CHANGE, last_change);
  self->result->batch = *rounds_record_get_id (batch);
  return rounds_record_store_save (self->store, batch, error)
         && rounds_import_plan_remember (self->plan, self->store, error);
}

/* Everything that goes into the transaction. */
static gboolean
import_all (Import *self, RoundsProgressFunc progress, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 last_seq = rounds_record_store_get_last_seq (self->store, error);

  return last_seq >= 0 && import_rows (self, progress, data, cancellable, error)
         && (self->result->dry_run || write_batch (self, last_seq + 1, error));
}

static gboolean
check_plan (RoundsImportPlan *plan, GError **error)
{
  int unclear = rounds_import_plan_find_unclear_dates (plan);

  if (!rounds_import_plan_names_people (plan))
    g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                         _ ("No column contains a name. Choose at least one that says who the rows are about."));
  else if (unclear >= 0)
    g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                 _ ("It is not clear whether the dates in the column “%s” begin with the day or with the month."),
                 plan->headers[unclear]);
  else
    return TRUE;
  return FALSE;
}

/**
 * rounds_importer_run:
 * @store: where to; no transaction is open
 * @plan: the file and what its columns are
 * @dry_run: rehearse: the same verdicts, nothing written
 * @progress: (nullable): told how many rows of the plan's rows are done
 * @error: (out) (optional): %ROUNDS_ERROR_CANCELLED; %ROUNDS_ERROR_INVALID if no column names anybody, or if dates
 *   can be read in two ways; what the file or the store says. Nothing was imported then.
 *
 * Imports a file (S2-27 to S2-31). Each row is created, updates what is known, brings nothing new, or is rejected with
 * its number, column and reason, without harm to the other rows. What a row writes is one group for the sync; the file
 * is one transaction. A blank cell never empties a field. Blocks; on the store's thread.
 *
 * Returns: (transfer full) (nullable): the verdicts
 */
RoundsImportResult *
rounds_importer_run (RoundsRecordStore *store, RoundsImportPlan *plan, gboolean dry_run, RoundsProgressFunc progress,
                     gpointer progress_data, GCancellable *cancellable, GError **error)
{
  g_auto (Import) self = { .store = store, .plan = plan };
  g_autofree char *basename = g_file_get_basename (rounds_table_file_get_file (plan->file));
  g_autofree char *name = g_filename_display_name (basename);
  gboolean done;

  if (!check_plan (plan, error))
    return NULL;

  self.people = rounds_import_people_new (store);
  self.index = rounds_import_index_new (store);
  self.waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self.result = rounds_import_result_new (name);
  self.result->dry_run = dry_run;

  if (!rounds_record_store_begin_bulk (store, error))
    return NULL;
  done = import_all (&self, progress, progress_data, cancellable, error);
  if (dry_run)
    rounds_record_store_rollback (store);
  else
    done = rounds_record_store_end (store, done, error);
  if (!done)
    return NULL;

  if (progress != NULL)
    progress (self.result->rows, self.result->rows, progress_data);
  return g_steal_pointer (&self.result);
}
