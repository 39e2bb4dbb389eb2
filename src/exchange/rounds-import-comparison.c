/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-import-comparison.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"

/* As many addresses or organisations of one person are shown. */
#define MAX_PLACES 20

typedef struct
{
  RoundsRecordStore *store;           /* (not owned) */
  const RoundsImportOutcome *outcome; /* (not owned) */
  RoundsImportRow row;                /* what the file says */
  RoundsImportRow other;              /* what an earlier row of it said, if the match is that */
  GPtrArray *lines;                   /* (owned) */
} Comparison;

static void
comparison_clear (Comparison *self)
{
  rounds_import_row_clear (&self->row);
  rounds_import_row_clear (&self->other);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Comparison, comparison_clear)

static void
line_free (gpointer data)
{
  RoundsImportComparisonLine *line = data;

  g_free (line->in_file);
  g_free (line->known);
  g_free (line);
}

/* Takes both texts; a line that says nothing is left out. */
static void
add_line (Comparison *self, const char *label, char *in_file, char *known)
{
  RoundsImportComparisonLine *line = g_new (RoundsImportComparisonLine, 1);

  *line = (RoundsImportComparisonLine) { label, in_file, known };
  if (in_file != NULL || known != NULL)
    g_ptr_array_add (self->lines, line);
  else
    line_free (line);
}

static gboolean
read_rows (Comparison *self, RoundsImportPlan *plan, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsTableReader) reader = rounds_import_plan_open (plan, cancellable, error);
  g_autoptr (GError) local = NULL;
  RoundsTableRow row;

  while (reader != NULL && rounds_table_reader_read (reader, &row, cancellable, &local)
         && row.number <= self->outcome->row)
    if (row.number == self->outcome->row)
      return rounds_import_row_read (&self->row, plan, &row, error);
    else if (row.number == self->outcome->match_row && !rounds_import_row_read (&self->other, plan, &row, error))
      return FALSE;
  if (local != NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (reader != NULL)
    g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("The file has changed: choose it again."));
  return FALSE;
}

static char *
format_field (RoundsRecord *record, guint field)
{
  if (record == NULL || rounds_record_is_null (record, field))
    return NULL;
  return rounds_field_format (rounds_entity_get_field (rounds_record_get_entity (record), field),
                              rounds_record_get_value (record, field));
}

/* @record: (nullable): what is known of @entity */
static void
add_targets (Comparison *self, RoundsEntity entity, RoundsRecord *record)
{
  const RoundsImportTarget *targets = rounds_import_row_list_targets (entity);

  for (guint i = 0; targets[i] != ROUNDS_IMPORT_IGNORED; i++)
    {
      const RoundsImportTargetInfo *info = rounds_import_target_get_info (targets[i]);

      add_line (self, rounds_import_target_get_label (targets[i]), g_strdup (self->row.values[targets[i]]),
                self->outcome->match_row > 0 ? g_strdup (self->other.values[targets[i]])
                                             : format_field (record, info->field));
    }
}

/* "1 High St, 19901, Dover" */
static char *
join_address (const RoundsImportRow *row)
{
  const RoundsImportTarget *targets = rounds_import_row_list_targets (ROUNDS_ENTITY_ADDRESS);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  for (guint i = 0; targets[i] != ROUNDS_IMPORT_IGNORED; i++)
    if (row->values[targets[i]] != NULL)
      g_ptr_array_add (parts, row->values[targets[i]]);
  g_ptr_array_add (parts, NULL);
  return parts->len > 1 ? g_strjoinv (", ", (char **) parts->pdata) : NULL;
}

static char *
join_address_record (RoundsRecord *record)
{
  const RoundsImportTarget *targets = rounds_import_row_list_targets (ROUNDS_ENTITY_ADDRESS);
  RoundsImportRow row = { { NULL } };

  for (guint i = 0; targets[i] != ROUNDS_IMPORT_IGNORED; i++)
    row.values[targets[i]] =
      (char *) rounds_record_get_text (record, rounds_import_target_get_info (targets[i])->field);
  return join_address (&row);
}

static char *
name_organisation (Comparison *self, RoundsRecord *affiliation)
{
  const RoundsUuid *id = rounds_record_get_uuid (affiliation, ROUNDS_AFFILIATION_ORGANISATION);
  g_autoptr (RoundsRecord) organisation = NULL;

  rounds_record_store_look_up (self->store, ROUNDS_ENTITY_ORGANISATION, id, &organisation, NULL);
  return organisation != NULL ? rounds_record_get_title (organisation) : NULL;
}

/* What is known of one kind: the owner's records of @entity, one a line. */
static char *
list_known (Comparison *self, RoundsEntity entity, guint owner)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  g_autoptr (GPtrArray) records = NULL;
  GString *text = g_string_new (NULL);

  rounds_query_limit (rounds_query_where_uuid (query, owner, ROUNDS_IS, &self->outcome->match), MAX_PLACES);
  records = rounds_record_store_list (self->store, query, NULL);
  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      g_autofree char *line = entity == ROUNDS_ENTITY_ADDRESS ? join_address_record (records->pdata[i])
                                                              : name_organisation (self, records->pdata[i]);

      if (line != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
  if (text->len > 0)
    return g_string_free_and_steal (text);
  g_string_free (text, TRUE);
  return NULL;
}

static char *
name_specialization (Comparison *self, RoundsRecord *physician)
{
  const RoundsUuid *id = physician != NULL ? rounds_record_get_uuid (physician, ROUNDS_PHYSICIAN_SPECIALIZATION) : NULL;
  g_autoptr (RoundsRecord) specialization = NULL;

  if (id != NULL)
    rounds_record_store_look_up (self->store, ROUNDS_ENTITY_SPECIALIZATION, id, &specialization, NULL);
  return specialization != NULL ? rounds_record_get_title (specialization) : NULL;
}

static void
compare_person (Comparison *self)
{
  gboolean in_file = self->outcome->match_row > 0;
  g_autoptr (RoundsRecord) person = NULL;
  g_autoptr (RoundsRecord) physician = NULL;

  if (!in_file)
    {
      g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PHYSICIAN);

      rounds_record_store_look_up (self->store, ROUNDS_ENTITY_PERSON, &self->outcome->match, &person, NULL);
      rounds_query_where_uuid (query, ROUNDS_PHYSICIAN_PERSON, ROUNDS_IS, &self->outcome->match);
      rounds_record_store_find (self->store, query, &physician, NULL);
    }
  add_targets (self, ROUNDS_ENTITY_PERSON, person);
  add_targets (self, ROUNDS_ENTITY_PHYSICIAN, physician);
  add_line (self, rounds_import_target_get_label (ROUNDS_IMPORT_SPECIALIZATION),
            g_strdup (self->row.values[ROUNDS_IMPORT_SPECIALIZATION]),
            in_file ? g_strdup (self->other.values[ROUNDS_IMPORT_SPECIALIZATION])
                    : name_specialization (self, physician));
  add_line (self, _ ("Address"), join_address (&self->row),
            in_file ? join_address (&self->other) : list_known (self, ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON));
  add_line (self, rounds_import_target_get_label (ROUNDS_IMPORT_ORGANISATION),
            g_strdup (self->row.values[ROUNDS_IMPORT_ORGANISATION]),
            in_file ? g_strdup (self->other.values[ROUNDS_IMPORT_ORGANISATION])
                    : list_known (self, ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON));
}

static void
compare_organisation (Comparison *self)
{
  g_autoptr (RoundsRecord) organisation = NULL;

  rounds_record_store_look_up (self->store, ROUNDS_ENTITY_ORGANISATION, &self->outcome->match, &organisation, NULL);
  add_line (self, rounds_import_target_get_label (ROUNDS_IMPORT_ORGANISATION),
            g_strdup (self->row.values[ROUNDS_IMPORT_ORGANISATION]),
            format_field (organisation, ROUNDS_ORGANISATION_NAME));
  add_line (self, rounds_import_target_get_label (ROUNDS_IMPORT_PHONE),
            g_strdup (self->row.values[ROUNDS_IMPORT_PHONE]), format_field (organisation, ROUNDS_ORGANISATION_PHONE));
  add_line (self, _ ("Address"), join_address (&self->row),
            list_known (self, ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_ORGANISATION));
}

/**
 * rounds_import_comparison_new:
 * @store: where the known people are
 * @plan: the file
 * @outcome: a row of it about somebody who is known
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND if the file has changed; %ROUNDS_ERROR_INVALID for a row that
 * cannot be read; what the file says
 *
 * Reads the file again up to the row. Blocks; not on the main thread.
 *
 * Returns: (transfer full) (element-type RoundsImportComparisonLine) (nullable): both sides, line by line
 */
GPtrArray *
rounds_import_comparison_new (RoundsRecordStore *store, RoundsImportPlan *plan, const RoundsImportOutcome *outcome,
                              GCancellable *cancellable, GError **error)
{
  g_auto (Comparison) self = { .store = store, .outcome = outcome };

  self.lines = g_ptr_array_new_with_free_func (line_free);
  if (!read_rows (&self, plan, cancellable, error))
    return NULL;
  if (outcome->entity == ROUNDS_ENTITY_ORGANISATION)
    compare_organisation (&self);
  else
    compare_person (&self);
  return g_steal_pointer (&self.lines);
}
