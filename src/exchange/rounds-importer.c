/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-importer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-import-index.h"
#include "rounds-import-records.h"

/* A rehearsal and the import itself are the same work; the rehearsal is rolled back at the end, so that its verdicts
 * are those of the import. */

#define ROWS_BETWEEN_PROGRESS 50

typedef struct
{
  RoundsRecordStore *store;   /* (not owned) */
  RoundsImportPlan *plan;     /* (not owned) */
  RoundsImportIndex *index;   /* (owned) */
  RoundsImportResult *result; /* (owned) */
  GHashTable *npis;           /* (owned): those of the rows so far */
} Import;

static void
import_clear (Import *self)
{
  g_clear_pointer (&self->index, rounds_import_index_free);
  g_clear_pointer (&self->result, rounds_import_result_free);
  g_clear_pointer (&self->npis, g_hash_table_unref);
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
reject (Import *self, const RoundsTableRow *row, RoundsEntity entity, const GError *why)
{
  rounds_import_result_add_reject (self->result, row->number, find_column (self, entity, rounds_error_get_field (why)),
                                   why->message);
}

/* Everything a row would write must be valid before any of it is written: half a row is worse than none. */
static gboolean
are_valid (Import *self, GPtrArray *records, const RoundsTableRow *row)
{
  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (GError) why = NULL;

      if (!rounds_record_validate (records->pdata[i], &why))
        {
          reject (self, row, rounds_record_get_entity (records->pdata[i]), why);
          return FALSE;
        }
    }
  return TRUE;
}

/* Whether the row's NPI has been in this file before. */
static gboolean
is_repeated (Import *self, const RoundsImportRow *row)
{
  const char *npi = row->values[ROUNDS_IMPORT_NPI];

  return npi != NULL && g_hash_table_contains (self->npis, npi);
}

/* Gives one row its verdict. Returns FALSE only if the import as a whole cannot go on. */
static gboolean
import_row (Import *self, const RoundsTableRow *row, GError **error)
{
  g_auto (RoundsImportRow) values = { 0 };
  g_auto (RoundsImportRecords) records = { 0 };
  g_autoptr (GError) why = NULL;

  self->result->rows++;
  if (!rounds_import_row_read (&values, self->plan, row, &why))
    {
      reject (self, row, ROUNDS_ENTITY_NONE, why);
      return TRUE;
    }
  if (is_repeated (self, &values))
    {
      self->result->duplicate++;
      return TRUE;
    }

  if (!rounds_import_records_prepare (&records, self->store, self->index, self->plan, &values, error))
    return FALSE;
  if (!are_valid (self, records.changed, row))
    return TRUE;

  if (records.changed->len == 0 && !records.restores)
    self->result->duplicate++;
  else
    {
      rounds_record_store_begin_group (self->store);
      if (records.restores
          && !rounds_record_store_restore (self->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (records.person),
                                           error))
        return FALSE;
      if (!rounds_record_store_save_all (self->store, records.changed, error))
        return FALSE;
      rounds_import_records_remember (&records, self->index, &values);
      if (records.is_new)
        self->result->created++;
      else
        self->result->updated++;
    }
  if (values.values[ROUNDS_IMPORT_NPI] != NULL)
    g_hash_table_add (self->npis, g_strdup (values.values[ROUNDS_IMPORT_NPI]));
  return TRUE;
}

static gboolean
import_rows (Import *self, RoundsProgressFunc progress, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsTableReader) reader = rounds_import_plan_open (self->plan, cancellable, error);
  g_autoptr (GError) local = NULL;
  gboolean at_header = self->plan->has_header;
  RoundsTableRow row;

  if (reader == NULL)
    return FALSE;

  while (rounds_table_reader_read (reader, &row, cancellable, &local))
    {
      if (rounds_table_row_is_blank (&row))
        continue;
      if (at_header)
        {
          at_header = FALSE;
          continue;
        }
      if (!import_row (self, &row, error))
        return FALSE;
      if (self->result->rows % ROWS_BETWEEN_PROGRESS != 0)
        continue;
      if (progress != NULL)
        progress (self->result->rows, self->plan->n_rows, data);
      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED,
                               _ ("The import was stopped. Nothing was imported."));
          return FALSE;
        }
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The import's own record: all changes of the log from `first_change` to `last_change` are the import's, which is what
 * taking the import back goes by (S2-31). */
static gboolean
write_batch (Import *self, gint64 first_change, GError **error)
{
  g_autoptr (RoundsRecord) batch = rounds_record_new (ROUNDS_ENTITY_IMPORT_BATCH);
  g_autofree char *name = g_utf8_substring (self->result->file, 0, MIN (g_utf8_strlen (self->result->file, -1), 255));

  gint64 last_change;

  if (rounds_record_store_get_role (self->store) != ROUNDS_ROLE_DEVICE)
    return TRUE;
  rounds_record_set_text (batch, ROUNDS_IMPORT_BATCH_FILE_NAME, name);
  rounds_record_set_integer (batch, ROUNDS_IMPORT_BATCH_ROWS, self->result->rows);
  rounds_record_set_integer (batch, ROUNDS_IMPORT_BATCH_CREATED, self->result->created);
  rounds_record_set_integer (batch, ROUNDS_IMPORT_BATCH_UPDATED, self->result->updated);
  rounds_record_set_integer (batch, ROUNDS_IMPORT_BATCH_DUPLICATE, self->result->duplicate);
  rounds_record_set_integer (batch, ROUNDS_IMPORT_BATCH_REJECTED, self->result->rejected);
  rounds_record_set_integer (batch, ROUNDS_IMPORT_BATCH_FIRST_CHANGE, first_change);
  last_change = rounds_record_store_get_last_seq (self->store, error);
  if (last_change < 0)
    return FALSE;
  rounds_record_set_integer (batch, ROUNDS_IMPORT_BATCH_LAST_CHANGE, last_change);
  return rounds_record_store_save (self->store, batch, error);
}

/**
 * rounds_importer_run:
 * @store: where to; no transaction is open
 * @plan: the file and what its columns are
 * @dry_run: rehearse: the same verdicts, nothing written
 * @progress: (nullable): told how many rows of the plan's rows are done
 * @error: (out) (optional): %ROUNDS_ERROR_CANCELLED; %ROUNDS_ERROR_INVALID if no column names anybody; what the file or
 *   the store says. Nothing was imported then.
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
  g_auto (Import) self = { store, plan, NULL, NULL, NULL };
  g_autofree char *basename = g_file_get_basename (rounds_table_file_get_file (plan->file));
  g_autofree char *name = g_filename_display_name (basename);
  gint64 last_seq;

  if (!rounds_import_plan_names_people (plan))
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                           _ ("No column is a name. Choose at least one that says whom the rows are about."));
      return NULL;
    }

  self.index = rounds_import_index_new (store);
  self.result = rounds_import_result_new (name);
  self.result->dry_run = dry_run;
  self.npis = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (!rounds_record_store_begin (store, error))
    return NULL;
  last_seq = rounds_record_store_get_last_seq (store, error);
  if (last_seq < 0 || !import_rows (&self, progress, progress_data, cancellable, error)
      || (!dry_run && !write_batch (&self, last_seq + 1, error)))
    {
      rounds_record_store_rollback (store);
      return NULL;
    }
  if (dry_run)
    rounds_record_store_rollback (store);
  else if (!rounds_record_store_commit (store, error))
    return NULL;

  if (progress != NULL)
    progress (self.result->rows, self.result->rows, progress_data);
  return g_steal_pointer (&self.result);
}
