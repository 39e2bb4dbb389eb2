/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-import-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-text-decoder.h"

static void
clear_plan (gpointer data)
{
  RoundsImportPlan *self = data;

  g_clear_object (&self->file);
  g_strfreev (self->headers);
  g_clear_pointer (&self->samples, g_ptr_array_unref);
  g_clear_pointer (&self->statistics, g_array_unref);
  g_clear_pointer (&self->repairs, g_ptr_array_unref);
  g_clear_pointer (&self->mapping, rounds_import_mapping_free);
  g_clear_pointer (&self->decisions, g_hash_table_unref);
}

static void
repair_free (gpointer data)
{
  RoundsImportRepair *repair = data;

  g_free (repair->before);
  g_free (repair->after);
  g_free (repair);
}

/** rounds_import_plan_ref: any thread. */
RoundsImportPlan *
rounds_import_plan_ref (RoundsImportPlan *self)
{
  return g_atomic_rc_box_acquire (self);
}

/** rounds_import_plan_unref: any thread. */
void
rounds_import_plan_unref (RoundsImportPlan *self)
{
  g_atomic_rc_box_release_full (self, clear_plan);
}

/** rounds_table_row_is_blank: whether no cell of @row holds anything; spreadsheets leave many such rows at the end. */
gboolean
rounds_table_row_is_blank (const RoundsTableRow *row)
{
  if (row->problem != NULL)
    return FALSE;
  for (guint i = 0; i < row->n_cells; i++)
    if (row->cells[i][strspn (row->cells[i], " \t")] != '\0')
      return FALSE;
  return TRUE;
}

/* A first row with an NPI, an address of email, a telephone number or a date in it names nothing. */
static gboolean
is_header (char **cells)
{
  RoundsColumnStatistics statistics = { 0 };

  for (guint i = 0; cells[i] != NULL; i++)
    rounds_column_statistics_add (&statistics, cells[i]);
  return statistics.n_npis == 0 && statistics.n_emails == 0 && statistics.n_phones == 0
         && statistics.dates.n_day_first == 0 && statistics.dates.n_month_first == 0 && statistics.dates.n_either == 0
         && statistics.dates.n_plain == 0;
}

static char **
copy_cells (const RoundsTableRow *row, guint n_cells)
{
  char **cells = g_new0 (char *, n_cells + 1);

  for (guint i = 0; i < n_cells; i++)
    cells[i] = g_strdup (i < row->n_cells ? row->cells[i] : "");
  return cells;
}

static void
add_row (RoundsImportPlan *self, const RoundsTableRow *row)
{
  self->n_rows++;
  if (row->problem != NULL)
    return;
  for (guint i = 0; i < MIN (row->n_cells, self->n_columns); i++)
    rounds_column_statistics_add (&g_array_index (self->statistics, RoundsColumnStatistics, i), row->cells[i]);
  if (self->samples->len < ROUNDS_IMPORT_N_SAMPLES)
    g_ptr_array_add (self->samples, copy_cells (row, self->n_columns));
}

static void
take_first_row (RoundsImportPlan *self, RoundsTableHeader header, const RoundsTableRow *row)
{
  self->n_columns = row->n_cells;
  self->headers = copy_cells (row, row->n_cells);
  self->has_header =
    header == ROUNDS_TABLE_HEADER_FIND_OUT ? is_header (self->headers) : header == ROUNDS_TABLE_HEADER_THERE;
  g_array_set_size (self->statistics, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (self->has_header)
        g_strstrip (self->headers[i]);
      if (!self->has_header || *self->headers[i] == '\0')
        {
          g_free (self->headers[i]);
          self->headers[i] = g_strdup_printf (_ ("Column %u"), i + 1);
        }
    }
  if (!self->has_header)
    add_row (self, row);
}

static gboolean
read_rows (RoundsImportPlan *self, RoundsTableHeader header, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsTableReader) reader = rounds_table_file_read (self->file, cancellable, error);
  g_autoptr (GError) local = NULL;
  RoundsTableRow row;

  if (reader == NULL)
    return FALSE;
  while (rounds_table_reader_read (reader, &row, cancellable, &local))
    {
      if (rounds_table_row_is_blank (&row))
        continue;
      if (self->headers == NULL && row.problem == NULL)
        take_first_row (self, header, &row);
      else if (self->headers == NULL)
        break;
      else
        add_row (self, &row);
    }
  if (local == NULL && self->headers == NULL)
    g_set_error_literal (&local, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                         _ ("The file has no first row that can be read: it is empty or no table."));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static void
compare_cells (RoundsImportPlan *self, const RoundsTableRow *before, const RoundsTableRow *after)
{
  for (guint i = 0; i < MIN (before->n_cells, after->n_cells) && self->repairs->len < ROUNDS_IMPORT_N_REPAIRS; i++)
    {
      RoundsImportRepair *repair;

      if (g_str_equal (before->cells[i], after->cells[i]))
        continue;
      repair = g_new0 (RoundsImportRepair, 1);
      repair->before = g_strdup (before->cells[i]);
      repair->after = g_strdup (after->cells[i]);
      g_ptr_array_add (self->repairs, repair);
    }
}

/* Of a file that was encoded twice, the first cells before and after the repair: read side by side. */
static gboolean
find_repairs (RoundsImportPlan *self, GCancellable *cancellable, GError **error)
{
  const char *encoding = rounds_table_file_get_encoding (self->file);
  RoundsTableOptions plain = { .encoding = "UTF-8", .delimiter = rounds_table_file_get_delimiter (self->file) };
  const RoundsTableSheet *sheet = rounds_table_file_get_sheet (self->file);
  g_autoptr (RoundsTableFile) unmended = NULL;
  g_autoptr (RoundsTableReader) befores = NULL;
  g_autoptr (RoundsTableReader) afters = NULL;
  g_autoptr (GError) local = NULL;
  RoundsTableRow before, after;

  if (encoding == NULL || rounds_text_encoding_get_mojibake (encoding) == ROUNDS_MOJIBAKE_NONE)
    return TRUE;
  plain.sheet = sheet != NULL ? sheet->name : NULL;
  unmended = rounds_table_file_open (rounds_table_file_get_file (self->file), &plain, cancellable, error);
  if (unmended == NULL || (befores = rounds_table_file_read (unmended, cancellable, error)) == NULL
      || (afters = rounds_table_file_read (self->file, cancellable, error)) == NULL)
    return FALSE;
  while (self->repairs->len < ROUNDS_IMPORT_N_REPAIRS
         && rounds_table_reader_read (befores, &before, cancellable, &local)
         && rounds_table_reader_read (afters, &after, cancellable, &local))
    compare_cells (self, &before, &after);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * rounds_import_plan_new:
 * @file: a file of contacts
 * @options: (nullable): what the person says about it
 * @error: (out) (optional): as rounds_table_file_open(); %ROUNDS_ERROR_INVALID for a file without rows
 *
 * Reads the whole file once, keeping a few rows, and guesses what its columns are. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): what to show to the person and to give to rounds_importer_run()
 */
RoundsImportPlan *
rounds_import_plan_new (GFile *file, const RoundsTableOptions *options, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsImportPlan) self = g_atomic_rc_box_new0 (RoundsImportPlan);

  self->samples = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  self->repairs = g_ptr_array_new_with_free_func (repair_free);
  self->statistics = g_array_new (FALSE, TRUE, sizeof (RoundsColumnStatistics));
  self->decisions = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  self->file = rounds_table_file_open (file, options, cancellable, error);
  if (self->file == NULL
      || !read_rows (self, options != NULL ? options->header : ROUNDS_TABLE_HEADER_FIND_OUT, cancellable, error)
      || !find_repairs (self, cancellable, error))
    return NULL;
  self->mapping = rounds_import_mapping_guess (
    (const char *const *) self->headers, (const RoundsColumnStatistics *) self->statistics->data, self->n_columns);
  return g_steal_pointer (&self);
}

/**
 * rounds_import_plan_open:
 *
 * Returns: (transfer full) (nullable): a reader at the first row of the plan's file
 */
RoundsTableReader *
rounds_import_plan_open (RoundsImportPlan *self, GCancellable *cancellable, GError **error)
{
  return rounds_table_file_read (self->file, cancellable, error);
}

/** rounds_import_plan_names_people: whether some column says whom the rows are about; without one nothing can be
 * imported. */
gboolean
rounds_import_plan_names_people (RoundsImportPlan *self)
{
  static const RoundsImportTarget names[] = { ROUNDS_IMPORT_FAMILY_NAME, ROUNDS_IMPORT_GIVEN_NAME,
                                              ROUNDS_IMPORT_FULL_NAME, ROUNDS_IMPORT_ORGANISATION };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (rounds_import_mapping_find (self->mapping, names[i]) >= 0)
      return TRUE;
  return FALSE;
}

/** rounds_import_plan_get_dates: what the cells of a column tell about its dates. */
const RoundsDateEvidence *
rounds_import_plan_get_dates (RoundsImportPlan *self, guint column)
{
  return &g_array_index (self->statistics, RoundsColumnStatistics, column).dates;
}

/** rounds_import_plan_find_unclear_dates: a column of dates of which the person must say the order, or -1. */
int
rounds_import_plan_find_unclear_dates (RoundsImportPlan *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (rounds_import_target_is_date (self->mapping->columns[i].target)
        && self->mapping->columns[i].date_order == ROUNDS_DATE_ORDER_UNKNOWN)
      return (int) i;
  return -1;
}

/** rounds_import_plan_decide: what to do with one row about somebody who is known. */
void
rounds_import_plan_decide (RoundsImportPlan *self, guint64 row, RoundsImportDecision decision)
{
  gint64 key = (gint64) row;

  if (decision == ROUNDS_IMPORT_DECIDE_BY_STRENGTH)
    g_hash_table_remove (self->decisions, &key);
  else
    g_hash_table_insert (self->decisions, g_memdup2 (&key, sizeof key), GINT_TO_POINTER (decision));
}

/** rounds_import_plan_get_decision: the row's own, or that for all rows. */
RoundsImportDecision
rounds_import_plan_get_decision (RoundsImportPlan *self, guint64 row)
{
  gint64 key = (gint64) row;
  gpointer decision;

  if (g_hash_table_lookup_extended (self->decisions, &key, NULL, &decision))
    return GPOINTER_TO_INT (decision);
  return self->on_duplicate;
}

static const char *const role_names[] = { "physician", "lead", "none" };

/** rounds_import_role_to_string: for files and scripts. */
const char *
rounds_import_role_to_string (RoundsImportRole role)
{
  return role_names[role];
}

/** rounds_import_role_from_string: %FALSE for what is no role. */
gboolean
rounds_import_role_from_string (const char *text, RoundsImportRole *role)
{
  for (guint i = 0; i < G_N_ELEMENTS (role_names); i++)
    if (g_strcmp0 (role_names[i], text) == 0)
      {
        *role = i;
        return TRUE;
      }
  return FALSE;
}
