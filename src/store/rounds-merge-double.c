/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-merge-double-private.h"

#include <string.h>

#define NONE 0

/* Which records say the same of one person: those that agree in these fields, and contradict each other in no other. */
static const struct
{
  RoundsEntity entity;
  guint fields[4]; /* ended by NONE */
} rules[] = {
  { ROUNDS_ENTITY_PERSON_ROLE, { ROUNDS_PERSON_ROLE_TYPE, NONE } },
  { ROUNDS_ENTITY_ADDRESS,
    { ROUNDS_ADDRESS_KIND, ROUNDS_ADDRESS_LINES, ROUNDS_ADDRESS_CITY, ROUNDS_ADDRESS_POSTAL_CODE } },
  { ROUNDS_ENTITY_AFFILIATION, { ROUNDS_AFFILIATION_ORGANISATION, NONE } },
  { ROUNDS_ENTITY_CONSENT, { ROUNDS_CONSENT_CHANNEL, ROUNDS_CONSENT_PURPOSE, NONE } },
  { ROUNDS_ENTITY_INTERACTION_ATTENDEE, { ROUNDS_INTERACTION_ATTENDEE_INTERACTION, NONE } },
  { ROUNDS_ENTITY_PATIENT_PHYSICIAN,
    { ROUNDS_PATIENT_PHYSICIAN_PATIENT, ROUNDS_PATIENT_PHYSICIAN_PHYSICIAN, ROUNDS_PATIENT_PHYSICIAN_TYPE, NONE } },
};

static gboolean
is_same_value (const RoundsValue *a, const RoundsValue *b)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  if (a->kind != ROUNDS_VALUE_TEXT || b->kind != ROUNDS_VALUE_TEXT)
    return rounds_value_equal (a, b);
  first = rounds_text_fold (a->as.text);
  second = rounds_text_fold (b->as.text);
  return g_str_equal (g_strstrip (first), g_strstrip (second));
}

/* Whether one of both ends before the other begins. */
static gboolean
is_before (RoundsRecord *a, RoundsRecord *b)
{
  const char *to = rounds_record_get_text (a, ROUNDS_PERSON_ROLE_VALID_TO);
  const char *from = rounds_record_get_text (b, ROUNDS_PERSON_ROLE_VALID_FROM);

  return to != NULL && from != NULL && strcmp (to, from) <= 0;
}

/* Of two periods one may be unknown; two that are known must be the same. A role is had once at a time. */
static gboolean
is_same_period (RoundsRecord *a, RoundsRecord *b)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (a));
  gboolean equal = TRUE, first = FALSE, second = FALSE;

  if (rounds_record_get_entity (a) == ROUNDS_ENTITY_PERSON_ROLE)
    return !is_before (a, b) && !is_before (b, a);
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      if (info->fields[f].type != ROUNDS_TYPE_DATE)
        continue;
      first |= !rounds_record_is_null (a, f);
      second |= !rounds_record_is_null (b, f);
      equal &= rounds_value_equal (rounds_record_get_value (a, f), rounds_record_get_value (b, f));
    }
  return equal || !first || !second;
}

/* @reference: how both hang on what is being merged */
static gboolean
contradict (RoundsRecord *a, RoundsRecord *b, guint reference)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (a));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (f != reference && info->fields[f].type != ROUNDS_TYPE_BOOLEAN && info->fields[f].type != ROUNDS_TYPE_DATE
        && !rounds_record_is_null (a, f) && !rounds_record_is_null (b, f)
        && !is_same_value (rounds_record_get_value (a, f), rounds_record_get_value (b, f)))
      return TRUE;
  return !is_same_period (a, b);
}

static gboolean
agree (RoundsRecord *a, RoundsRecord *b, const guint *fields, guint n_fields, guint reference)
{
  for (guint i = 0; i < n_fields && fields[i] != NONE; i++)
    if (fields[i] != reference
        && !is_same_value (rounds_record_get_value (a, fields[i]), rounds_record_get_value (b, fields[i])))
      return FALSE;
  return TRUE;
}

/* rounds_merge_double_may_be: Returns: whether two people can have records of @entity that say the same. */
gboolean
rounds_merge_double_may_be (RoundsEntity entity)
{
  for (guint r = 0; r < G_N_ELEMENTS (rules); r++)
    if (rules[r].entity == entity)
      return TRUE;
  return FALSE;
}

/*
 * rounds_merge_double_find:
 * @siblings: (element-type RoundsRecord): what the kept person has of the same entity
 * @record: what the merged person has
 * @reference: the field by which it is theirs
 *
 * Returns: (transfer none) (nullable): the one of @siblings that says the same as @record
 */
RoundsRecord *
rounds_merge_double_find (GPtrArray *siblings, RoundsRecord *record, guint reference)
{
  RoundsEntity entity = rounds_record_get_entity (record);

  for (guint r = 0; r < G_N_ELEMENTS (rules); r++)
    {
      if (rules[r].entity != entity)
        continue;
      for (guint i = 0; i < siblings->len; i++)
        if (agree (siblings->pdata[i], record, rules[r].fields, G_N_ELEMENTS (rules[r].fields), reference)
            && (entity == ROUNDS_ENTITY_CONSENT || !contradict (siblings->pdata[i], record, reference)))
          return siblings->pdata[i];
    }
  return NULL;
}

/*
 * rounds_merge_double_get_period_end:
 * @kept: a role
 * @merged: one of the same type and time
 * @field: its first or last day
 *
 * Returns: (transfer none): the value for a role that holds whenever one of them does, as far as that is known
 */
const RoundsValue *
rounds_merge_double_get_period_end (RoundsRecord *kept, RoundsRecord *merged, guint field)
{
  const RoundsValue *mine = rounds_record_get_value (kept, field);
  const RoundsValue *theirs = rounds_record_get_value (merged, field);
  gboolean is_begin = field == ROUNDS_PERSON_ROLE_VALID_FROM;

  if (rounds_value_is_null (mine) || rounds_value_is_null (theirs))
    return rounds_value_is_null (mine) == is_begin ? theirs : mine;
  return (strcmp (mine->as.text, theirs->as.text) < 0) == is_begin ? mine : theirs;
}

/* "withdrawn" before "pending" before "granted". */
static int
get_strictness (RoundsRecord *consent)
{
  const char *state = rounds_record_get_text (consent, ROUNDS_CONSENT_STATE);

  return g_strcmp0 (state, "withdrawn") == 0 ? 2 : g_strcmp0 (state, "pending") == 0 ? 1 : 0;
}

/* rounds_merge_double_is_stricter: Returns: whether consent @a allows less than consent @b. */
gboolean
rounds_merge_double_is_stricter (RoundsRecord *a, RoundsRecord *b)
{
  if (get_strictness (a) != get_strictness (b))
    return get_strictness (a) > get_strictness (b);
  if (rounds_record_is_null (a, ROUNDS_CONSENT_EXPIRES_AT))
    return FALSE;
  return rounds_record_is_null (b, ROUNDS_CONSENT_EXPIRES_AT)
         || rounds_record_get_integer (a, ROUNDS_CONSENT_EXPIRES_AT)
              < rounds_record_get_integer (b, ROUNDS_CONSENT_EXPIRES_AT);
}
