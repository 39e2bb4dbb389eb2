/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rules about a record and its like, which no record can be asked for alone: a person has a role once at a time
 * (S1-17), one affiliation is the primary one, and so is one of a patient's physicians (S1-8).
 *
 * Periods are half-open: who stops being a patient on a day can become one again on the same day.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-record-store-private.h"

typedef struct
{
  RoundsEntity entity;
  guint owner_field;
  guint told_field; /* where the form tells it */
  guint from_field;
  guint to_field;
  const char *condition; /* what the others are like against whom the record stands; may use $3, a text */
  gboolean has_text;     /* whether it does: the record's own value of told_field */
  const char *message;   /* untranslated */
} Rule;

static const Rule rules[] = {
  { ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON, ROUNDS_PERSON_ROLE_TYPE, ROUNDS_PERSON_ROLE_VALID_FROM,
    ROUNDS_PERSON_ROLE_VALID_TO, "type = $3", TRUE, N_ ("This person has this role at that time already.") },
  { ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON, ROUNDS_AFFILIATION_IS_PRIMARY, ROUNDS_AFFILIATION_VALID_FROM,
    ROUNDS_AFFILIATION_VALID_TO, "is_primary = 1", FALSE,
    N_ ("Another organization is this person’s primary one at that time.") },
  { ROUNDS_ENTITY_PATIENT_PHYSICIAN, ROUNDS_PATIENT_PHYSICIAN_PATIENT, ROUNDS_PATIENT_PHYSICIAN_IS_PRIMARY,
    ROUNDS_PATIENT_PHYSICIAN_VALID_FROM, ROUNDS_PATIENT_PHYSICIAN_VALID_TO, "is_primary = 1", FALSE,
    N_ ("Another physician is this patient’s primary one at that time.") },
};

static const Rule *
find_rule (RoundsEntity entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].entity == entity)
      return &rules[i];
  return NULL;
}

static gboolean
applies (const Rule *rule, RoundsRecord *record, guint64 changed)
{
  const guint64 fields = ROUNDS_FIELD_BIT (rule->owner_field) | ROUNDS_FIELD_BIT (rule->told_field)
                         | ROUNDS_FIELD_BIT (rule->from_field) | ROUNDS_FIELD_BIT (rule->to_field)
                         | ROUNDS_FIELD_BIT (ROUNDS_FIELD_DELETED_AT);

  return (changed & fields) != 0 && !rounds_record_is_deleted (record)
         && (rule->has_text || rounds_record_get_boolean (record, rule->told_field));
}

/* Whether the times of @record and of the row that @statement is at (from, to) have a day in common. */
static gboolean
overlaps (const Rule *rule, RoundsRecord *record, RoundsStatement *statement)
{
  const char *from = rounds_record_get_text (record, rule->from_field);
  const char *to = rounds_record_get_text (record, rule->to_field);
  g_autofree char *other_from = rounds_statement_dup_text (statement, 0);
  g_autofree char *other_to = rounds_statement_dup_text (statement, 1);

  return (from == NULL || other_to == NULL || g_strcmp0 (from, other_to) < 0)
         && (other_from == NULL || to == NULL || g_strcmp0 (other_from, to) < 0);
}

static RoundsStatement *
prepare_others (RoundsRecordStore *self, const Rule *rule, RoundsRecord *record, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rule->entity);
  g_autofree char *sql =
    g_strconcat ("SELECT valid_from, valid_to FROM \"", info->name, "\" WHERE \"", info->fields[rule->owner_field].name,
                 "\" = $1 AND id <> $2 AND ", rule->condition, " AND deleted_at IS NULL", NULL);
  RoundsStatement *statement = rounds_database_prepare (self->database, sql, error);

  if (statement == NULL)
    return NULL;
  rounds_statement_bind_lasting (statement, 1, rounds_record_get_value (record, rule->owner_field));
  rounds_statement_bind_lasting (statement, 2, rounds_record_get_value (record, ROUNDS_FIELD_ID));
  if (rule->has_text)
    rounds_statement_bind_lasting (statement, 3, rounds_record_get_value (record, rule->told_field));
  return statement;
}

/*
 * rounds_record_store_check_rules:
 * @record: a valid record that is about to be saved or restored
 * @changed: the fields in which it differs from what is stored, one bit each
 * @error: (out) (optional): %ROUNDS_ERROR_EXISTS with the field
 *
 * Only what a change touches is checked: what came from elsewhere and stands against a rule can still be edited.
 */
gboolean
rounds_record_store_check_rules (RoundsRecordStore *self, RoundsRecord *record, guint64 changed, GError **error)
{
  const Rule *rule = find_rule (rounds_record_get_entity (record));
  g_autoptr (RoundsStatement) statement = NULL;
  RoundsStep step;

  if (rule == NULL || !applies (rule, record, changed)
      || rounds_record_store_is_first (self, record, rule->owner_field))
    return TRUE;
  statement = prepare_others (self, rule, record, error);
  if (statement == NULL)
    return FALSE;
  while ((step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
    if (overlaps (rule, record, statement))
      {
        rounds_set_field_error (error, rounds_entity_get_field (rule->entity, rule->told_field)->name, "%s",
                                _ (rule->message));
        if (error != NULL)
          (*error)->code = ROUNDS_ERROR_EXISTS;
        return FALSE;
      }
  return step == ROUNDS_STEP_DONE;
}
