/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody enters into a form takes a while, and the record may change under it: a page is pulled, another window
 * or program saves. The form is then as a device that was offline, and is merged in the same way. */

#include "rounds-merge-entered.h"

#include "rounds-merge.h"
#include "rounds-sync-conflicts.h"

/* The first field that is a user's. */
#define FIRST_FIELD ROUNDS_FIELD_TERRITORY

static gboolean
differ (RoundsRecord *a, RoundsRecord *b, guint field)
{
  return !rounds_value_equal (rounds_record_get_value (a, field), rounds_record_get_value (b, field));
}

static gboolean
have_differences (RoundsRecord *a, RoundsRecord *b)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (a));

  for (guint f = FIRST_FIELD; f < info->n_fields; f++)
    if (differ (a, b, f))
      return TRUE;
  return FALSE;
}

static void
add_conflict (RoundsMergeOutcome *outcome, RoundsRecord *before, RoundsRecord *entered, RoundsRecord *now, guint field)
{
  rounds_merge_outcome_add (outcome, rounds_merge_conflict_new (field, rounds_record_get_value (before, field),
                                                                rounds_record_get_value (entered, field),
                                                                rounds_record_get_value (now, field)));
}

/* Field by field into @merged, which begins as @now. */
static void
merge_each (RoundsRecord *before, RoundsRecord *entered, RoundsRecord *merged, RoundsMergeOutcome *outcome)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (merged));

  for (guint f = FIRST_FIELD; f < info->n_fields; f++)
    if (differ (before, entered, f))
      rounds_merge_field (merged, f, rounds_record_get_value (before, f), rounds_record_get_value (entered, f),
                          ROUNDS_MERGE_ON_SERVER, outcome);
}

static void
take_entered (RoundsRecord *before, RoundsRecord *entered, RoundsRecord *now, RoundsRecord *merged,
              RoundsMergeOutcome *outcome, guint field)
{
  add_conflict (outcome, before, entered, now, field);
  rounds_record_set_value (merged, field, rounds_record_get_value (entered, field));
}

static gboolean
is_cure (RoundsRecord *merged, RoundsRecord *entered, guint field)
{
  g_autoptr (RoundsRecord) candidate = rounds_record_dup (merged);

  rounds_record_set_value (candidate, field, rounds_record_get_value (entered, field));
  return rounds_record_validate (candidate, NULL);
}

/* Fields that are right each may be wrong together, such as one's start and the other's end. Then what the form shows
 * counts, of one field if that is enough, and what the others wrote there is kept as a conflict. */
static void
mend (RoundsRecord *before, RoundsRecord *entered, RoundsRecord *now, RoundsRecord *merged, RoundsMergeOutcome *outcome)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (merged));

  for (guint f = FIRST_FIELD; f < info->n_fields; f++)
    if (!differ (before, entered, f) && differ (before, now, f) && is_cure (merged, entered, f))
      {
        take_entered (before, entered, now, merged, outcome, f);
        return;
      }

  rounds_merge_outcome_clear (outcome);
  for (guint f = FIRST_FIELD; f < info->n_fields; f++)
    if (differ (entered, now, f) && differ (before, now, f))
      take_entered (before, entered, now, merged, outcome, f);
    else if (differ (entered, now, f))
      rounds_record_set_value (merged, f, rounds_record_get_value (entered, f));
}

static gboolean
keep_conflicts (RoundsRecordStore *store, RoundsRecord *record, const RoundsMergeOutcome *outcome, GError **error)
{
  g_autoptr (RoundsChange) change = rounds_change_new ();

  change->entity = rounds_record_get_entity (record);
  change->record = *rounds_record_get_id (record);
  for (guint i = 0; outcome->conflicts != NULL && i < outcome->conflicts->len; i++)
    if (!rounds_sync_conflicts_keep (store, change, g_ptr_array_index (outcome->conflicts, i), error))
      return FALSE;
  return TRUE;
}

/* An edit wins over a deletion, and a person is told. */
static gboolean
revive (RoundsRecordStore *store, RoundsRecord *before, RoundsRecord *entered, RoundsRecord *now,
        RoundsMergeOutcome *outcome, GError **error)
{
  add_conflict (outcome, before, entered, now, ROUNDS_FIELD_DELETED_AT);
  return rounds_record_store_restore (store, rounds_record_get_entity (now), rounds_record_get_id (now), error);
}

/**
 * rounds_merge_entered:
 * @store: a device's store, in a transaction, on its thread
 * @before: (nullable): the record as the form began with it; %NULL for a new one
 * @entered: (inout): the same record with what was entered; takes what is to be saved in its place
 * @error: (out) (optional): what the disk says
 *
 * Merges what was entered into the record as it is now, three-way by field and by word. Where both sides gave a field
 * another value, the other side's stays and the entered one is kept as a conflict to choose from: neither is lost. The
 * caller saves @entered in the same transaction.
 */
gboolean
rounds_merge_entered (RoundsRecordStore *store, RoundsRecord *before, RoundsRecord *entered, GError **error)
{
  g_auto (RoundsMergeOutcome) outcome = ROUNDS_MERGE_OUTCOME_INIT;
  g_autoptr (RoundsRecord) now = NULL;
  g_autoptr (RoundsRecord) merged = NULL;

  if (before == NULL)
    return TRUE;
  if (!rounds_record_store_look_up (store, rounds_record_get_entity (entered), rounds_record_get_id (entered), &now,
                                    error))
    return FALSE;
  if (now == NULL)
    return TRUE;
  if (!have_differences (before, entered))
    {
      rounds_record_assign (entered, now);
      return TRUE;
    }

  merged = rounds_record_dup (now);
  merge_each (before, entered, merged, &outcome);
  if (!rounds_record_validate (merged, NULL))
    mend (before, entered, now, merged, &outcome);
  if (rounds_record_is_deleted (now) && !rounds_record_is_deleted (before)
      && !revive (store, before, entered, now, &outcome, error))
    return FALSE;
  rounds_record_assign (entered, merged);
  return keep_conflicts (store, entered, &outcome, error);
}
