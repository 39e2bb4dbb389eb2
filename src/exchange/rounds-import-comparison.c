/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-import-comparison.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-import-trash.h"

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

/* Takes both texts; a line that says nothing is left out.
 * @field: (nullable) */
static void
add_line (Comparison *self, const char *label, const RoundsFieldInfo *field, char *in_file, char *known)
{
  RoundsImportComparisonLine *line = g_new (RoundsImportComparisonLine, 1);

  *line = (RoundsImportComparisonLine) { label, field, in_file, known };
  if (in_file != NULL || known != NULL)
    g_ptr_array_add (self->lines, line);
  else
    line_free (line);
}

/* Takes @known: (nullable): what is known of @target. */
static void
add_target (Comparison *self, RoundsImportTarget target, char *known)
{
  const RoundsImportTargetInfo *info = rounds_import_target_get_info (target);

  add_line (self, rounds_import_target_get_label (target), rounds_entity_get_field (info->entity, info->field),
            g_strdup (self->row.values[target]), known);
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

      add_target (self, targets[i],
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

/* @record: (nullable): what refers to something in @field
 * @name: (out) (transfer full) (nullable): what that is called */
static gboolean
name_reference (Comparison *self, RoundsRecord *record, guint field, char **name, GError **error)
{
  const RoundsUuid *id = record != NULL ? rounds_record_get_uuid (record, field) : NULL;
  g_autoptr (RoundsRecord) named = NULL;

  *name = NULL;
  if (id == NULL)
    return TRUE;
  if (!rounds_record_store_look_up (
        self->store, rounds_entity_get_field (rounds_record_get_entity (record), field)->target, id, &named, error))
    return FALSE;
  if (named != NULL)
    *name = rounds_record_get_title (named);
  return TRUE;
}

/* What is known of one kind: the records of @entity that belong to @owner by @field, one a line.
 * @known: (out) (transfer full) (nullable): them */
static gboolean
list_known (Comparison *self, RoundsEntity entity, guint field, RoundsRecord *owner, char **known, GError **error)
{
  g_autoptr (GPtrArray) records = rounds_import_list_parts (self->store, entity, field, owner, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < MIN (records->len, MAX_PLACES); i++)
    {
      g_autofree char *line = NULL;

      if (entity == ROUNDS_ENTITY_ADDRESS)
        line = join_address_record (records->pdata[i]);
      else if (!name_reference (self, records->pdata[i], ROUNDS_AFFILIATION_ORGANISATION, &line, error))
        return FALSE;
      if (line != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
  *known = text->len > 0 ? g_string_free_and_steal (g_steal_pointer (&text)) : NULL;
  return TRUE;
}

static void
compare_rows (Comparison *self)
{
  add_targets (self, ROUNDS_ENTITY_PERSON, NULL);
  add_targets (self, ROUNDS_ENTITY_PHYSICIAN, NULL);
  add_target (self, ROUNDS_IMPORT_SPECIALIZATION, g_strdup (self->other.values[ROUNDS_IMPORT_SPECIALIZATION]));
  add_line (self, _ ("Address"), NULL, join_address (&self->row), join_address (&self->other));
  add_target (self, ROUNDS_IMPORT_ORGANISATION, g_strdup (self->other.values[ROUNDS_IMPORT_ORGANISATION]));
}

static gboolean
compare_person (Comparison *self, GError **error)
{
  g_autoptr (RoundsRecord) person =
    rounds_record_store_get (self->store, ROUNDS_ENTITY_PERSON, &self->outcome->match, error);
  g_autoptr (GPtrArray) physicians = NULL;
  RoundsRecord *physician;
  g_autofree char *specialization = NULL;
  g_autofree char *addresses = NULL;
  g_autofree char *organisations = NULL;

  if (person == NULL)
    return FALSE;
  physicians = rounds_import_list_parts (self->store, ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON, person, error);
  if (physicians == NULL)
    return FALSE;
  physician = physicians->len > 0 ? physicians->pdata[0] : NULL;
  if (!name_reference (self, physician, ROUNDS_PHYSICIAN_SPECIALIZATION, &specialization, error)
      || !list_known (self, ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON, person, &addresses, error)
      || !list_known (self, ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON, person, &organisations, error))
    return FALSE;
  add_targets (self, ROUNDS_ENTITY_PERSON, person);
  add_targets (self, ROUNDS_ENTITY_PHYSICIAN, physician);
  add_target (self, ROUNDS_IMPORT_SPECIALIZATION, g_steal_pointer (&specialization));
  add_line (self, _ ("Address"), NULL, join_address (&self->row), g_steal_pointer (&addresses));
  add_target (self, ROUNDS_IMPORT_ORGANISATION, g_steal_pointer (&organisations));
  return TRUE;
}

static gboolean
compare_organisation (Comparison *self, GError **error)
{
  g_autoptr (RoundsRecord) organisation =
    rounds_record_store_get (self->store, ROUNDS_ENTITY_ORGANISATION, &self->outcome->match, error);
  g_autofree char *addresses = NULL;

  if (organisation == NULL
      || !list_known (self, ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_ORGANISATION, organisation, &addresses, error))
    return FALSE;
  add_target (self, ROUNDS_IMPORT_ORGANISATION, format_field (organisation, ROUNDS_ORGANISATION_NAME));
  add_target (self, ROUNDS_IMPORT_PHONE, format_field (organisation, ROUNDS_ORGANISATION_PHONE));
  add_line (self, _ ("Address"), NULL, join_address (&self->row), g_steal_pointer (&addresses));
  return TRUE;
}

static gboolean
compare (Comparison *self, GError **error)
{
  if (self->outcome->entity == ROUNDS_ENTITY_ORGANISATION)
    return compare_organisation (self, error);
  if (self->outcome->match_row == 0)
    return compare_person (self, error);
  compare_rows (self);
  return TRUE;
}

/**
 * rounds_import_comparison_new:
 * @store: where the known people are
 * @plan: the file
 * @outcome: a row of it about somebody who is known
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND if the file has changed, or who is known is gone;
 * %ROUNDS_ERROR_INVALID for a row that cannot be read; what the file or the disk says
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
  return read_rows (&self, plan, cancellable, error) && compare (&self, error) ? g_steal_pointer (&self.lines) : NULL;
}
