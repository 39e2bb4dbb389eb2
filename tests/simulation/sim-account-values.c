/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values and words: current, replaced by somebody who saw them, or listed. */

#include "sim-account-private.h"

#include "rounds-merge-snapshot-private.h"

/* Whether what somebody wanted when they merged two people, or took them apart, came to nothing, as somebody else was
 * first or has undone it since. Whoever wrote the value is asked about it anyway. */
gboolean
sim_account_is_moot (SimAccount *self, const SimDeed *deed)
{
  for (guint i = 0; deed->is_merging && i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *merge = sim_account_get_deed (self, i);
      RoundsRecord *row = g_hash_table_lookup (self->rows, &merge->record);

      if (merge->event == deed->event && merge->kind == SIM_DEED_MERGE)
        return row == NULL || !sim_account_merge_stands (row);
      if (merge->event == deed->event && merge->kind == SIM_DEED_UNMERGE)
        return row == NULL
               || !rounds_value_equal (rounds_record_get_value (row, ROUNDS_MERGE_UNDONE_AT),
                                       rounds_record_get_value (merge->row, ROUNDS_MERGE_UNDONE_AT));
    }
  return FALSE;
}

/* Whether @person was kept by the merge of @event. */
static gboolean
was_kept (SimAccount *self, guint event, const RoundsUuid *person)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (deed->kind == SIM_DEED_MERGE && deed->event == event)
        return rounds_uuid_equal (rounds_record_get_uuid (deed->row, ROUNDS_MERGE_KEPT), person);
    }
  return FALSE;
}

/* Whether @deed was chosen in particulars that whom it was chosen for had from another one, and somebody was taken out
 * of them since: it is not chosen for whose those are. */
static gboolean
has_lost_place (SimAccount *self, const SimDeed *deed)
{
  const RoundsUuid *person =
    deed->entity != ROUNDS_ENTITY_PERSON ? sim_account_find_first_person (self, &deed->record) : NULL;

  for (guint i = 0; person != NULL && i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = sim_account_get_deed (self, i);

      if (other->kind == SIM_DEED_UNMERGE && other->event > deed->event && !was_kept (self, deed->event, person)
          && was_kept (self, deed->event, rounds_record_get_uuid (other->row, ROUNDS_MERGE_KEPT)))
        return TRUE;
    }
  return FALSE;
}

/* Whether @deed's record has become a part of one that has its value. */
static gboolean
has_become_part (SimAccount *self, const SimDeed *deed)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);
  RoundsRecord *kept = row != NULL ? sim_account_find_kept (self, row) : NULL;
  g_autofree char *theirs = kept != NULL ? sim_account_get_value (kept, deed) : NULL;

  return g_strcmp0 (theirs, deed->value) == 0;
}

/* Whether whoever merged the person whose @value is, after the event @since, saw it: what they wanted of both is what
 * there is. */
gboolean
sim_account_is_declined (SimAccount *self, const SimDeed *value, guint since)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (deed->kind == SIM_DEED_MERGE && deed->event > since
          && rounds_uuid_equal (rounds_record_get_uuid (deed->row, ROUNDS_MERGE_MERGED), &value->record)
          && sim_text_has_word (rounds_record_get_text (deed->row, ROUNDS_MERGE_SNAPSHOT), value->value))
        return TRUE;
    }
  return FALSE;
}

/* Whether @deed took the value of somebody who has @now (nullable) instead, as there is, or who has it still and is not
 * one with the other any more, or is again and it was declined, or both are a part of one who has it, or no more where
 * it was chosen: theirs is asked for by itself. */
gboolean
sim_account_has_followed (SimAccount *self, const SimDeed *deed, const char *now)
{
  for (guint i = 0; deed->is_merging && deed->value != NULL && i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = sim_account_get_deed (self, i);
      g_autofree char *theirs = NULL;

      if (other->kind != SIM_DEED_VALUE || other->event >= deed->event || other->entity != deed->entity
          || other->field != deed->field || g_strcmp0 (other->value, deed->value) != 0
          || rounds_uuid_equal (&other->record, &deed->record)
          || !sim_account_were_one (self, &other->record, &deed->record))
        continue;
      theirs = sim_account_get_value (g_hash_table_lookup (self->rows, &other->record), deed);
      if (g_strcmp0 (theirs, now) == 0
          || (g_strcmp0 (theirs, deed->value) == 0
              && (!sim_account_are_one (self, &other->record, &deed->record)
                  || sim_account_is_declined (self, other, deed->event) || has_lost_place (self, deed)
                  || has_become_part (self, deed))))
        return TRUE;
    }
  return FALSE;
}

/* Whether somebody who is one with @deed's person has @now: what one of them has alone both have. */
static gboolean
is_of_one (SimAccount *self, const SimDeed *deed, const char *now)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = sim_account_get_deed (self, i);
      g_autofree char *theirs = NULL;

      if (other->kind != SIM_DEED_VALUE || other->entity != deed->entity || other->field != deed->field
          || rounds_uuid_equal (&other->record, &deed->record)
          || !sim_account_are_one (self, &other->record, &deed->record))
        continue;
      theirs = sim_account_get_value (g_hash_table_lookup (self->rows, &other->record), deed);
      if (g_strcmp0 (theirs, now) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether @deed left nothing, taking two people apart, and whoever has @now is one with that person all the same, as
 * somebody merges them who has not heard of it. */
static gboolean
is_filled (SimAccount *self, const SimDeed *deed, const char *now)
{
  return deed->is_merging && deed->value == NULL && is_of_one (self, deed, now);
}

/* Whether @deed was chosen in particulars that have gone from whom it was chosen for, back to whose they were; and
 * whoever both are a part of now has it. */
static gboolean
has_whole (SimAccount *self, const SimDeed *deed)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);
  const RoundsUuid *person = row != NULL ? sim_ledger_get_person (row) : NULL;

  return deed->is_merging && deed->value != NULL && person != NULL && has_become_part (self, deed)
         && !was_kept (self, deed->event, person);
}

/* Whether @deed undid a merge, and somebody had put something else in the place of what that takes away, which has led
 * to @now: it stays. */
static gboolean
has_given_way (SimAccount *self, const SimDeed *deed, const char *now)
{
  if (!deed->is_merging || deed->seen == NULL || !sim_account_is_unmerge (self, deed->event))
    return FALSE;
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = sim_account_get_deed (self, i);

      if (other->kind == SIM_DEED_VALUE && other->event != deed->event && sim_account_same_place (other, deed)
          && g_strcmp0 (other->seen, deed->seen) == 0 && sim_account_leads_to (self, deed, other->value, now, 0))
        return TRUE;
    }
  return FALSE;
}

void
sim_account_check_value (SimAccount *self, const SimDeed *deed)
{
  g_autofree char *now = sim_account_get_value (g_hash_table_lookup (self->rows, &deed->record), deed);

  if (deed->is_settled || g_strcmp0 (now, deed->value) == 0 || sim_account_is_replaced (self, deed)
      || sim_account_is_refused (self, deed) || sim_account_is_withdrawn (self, deed)
      || (deed->value != NULL && sim_account_is_in_conflict (self, deed, deed->value))
      || (deed->is_merging && deed->value != NULL && sim_account_is_disputed (self, deed))
      || (deed->value == NULL && sim_account_is_in_conflict (self, deed, NULL))
      || sim_account_has_followed (self, deed, now) || is_filled (self, deed, now) || has_given_way (self, deed, now)
      || has_whole (self, deed))
    return;
  sim_account_fail (self, "value", deed, "a value is lost");
}

/* Whether @deed's old value may have come there by something else than what was taken back: another merge has given the
 * place a value, or somebody has since. */
static gboolean
may_be_wanted (SimAccount *self, const SimDeed *deed)
{
  guint n_merged = 0;

  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = sim_account_get_deed (self, i);

      if (other->kind != SIM_DEED_VALUE || !sim_account_same_place (other, deed))
        continue;
      if (other->event > deed->event)
        return TRUE;
      n_merged += other->is_merging;
    }
  return n_merged > 2;
}

/* Whether two were made one in @event, nobody has undone that, and they are one, be it by other merges. */
static gboolean
has_merged (SimAccount *self, guint event)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (deed->kind == SIM_DEED_MERGE && deed->event == event)
        return !sim_account_has_deed (self, SIM_DEED_UNMERGE, &deed->record)
               && sim_account_are_one (self, rounds_record_get_uuid (deed->row, ROUNDS_MERGE_KEPT),
                                       rounds_record_get_uuid (deed->row, ROUNDS_MERGE_MERGED));
    }
  return FALSE;
}

/* Whether @deed's old value has come there again by another merge, with which it was chosen there, or for somebody who
 * is one with that person now. */
static gboolean
is_led_again (SimAccount *self, const SimDeed *deed)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = sim_account_get_deed (self, i);

      if (other->kind == SIM_DEED_VALUE && other->is_merging && other->entity == deed->entity
          && other->field == deed->field && g_strcmp0 (other->value, deed->seen) == 0
          && sim_account_are_one (self, &other->record, &deed->record) && has_merged (self, other->event))
        return TRUE;
    }
  return FALSE;
}

/* Whether nobody sees @deed's place, as its person is a part of somebody else, and the merge by which they are gives
 * back something else than @now, with which that was chosen too late. */
static gboolean
is_laid_aside (SimAccount *self, const SimDeed *deed, const char *now)
{
  const RoundsFieldInfo *field = rounds_entity_get_field (deed->entity, deed->field);
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);
  const RoundsUuid *person = deed->entity == ROUNDS_ENTITY_PERSON ? &deed->record : sim_ledger_get_person (row);
  RoundsRecord *merge = person != NULL ? sim_account_find_merge (self, person) : NULL;
  g_autoptr (RoundsMergeSnapshot) snapshot = NULL;

  if (merge == NULL || !rounds_record_is_deleted (row))
    return FALSE;
  snapshot = rounds_merge_snapshot_read (merge, NULL);
  for (guint i = 0; snapshot != NULL && i < snapshot->edited->len; i++)
    {
      const RoundsMergeEdit *edit = &g_array_index (snapshot->edited, RoundsMergeEdit, i);
      g_autofree char *after = rounds_field_format (field, &edit->after);

      if (edit->field == deed->field && rounds_uuid_equal (&edit->record, &deed->record)
          && !rounds_uuid_is_nil (&edit->chosen_with) && g_strcmp0 (after, now) == 0
          && !rounds_value_equal (&edit->before, &edit->after))
        return TRUE;
    }
  return FALSE;
}

/* What somebody chose with a merge and took back with it does not stay. */
void
sim_account_check_taken_back (SimAccount *self, const SimDeed *deed)
{
  g_autofree char *now = sim_account_get_value (g_hash_table_lookup (self->rows, &deed->record), deed);

  if (!deed->is_merging || deed->value == NULL || now == NULL || g_strcmp0 (now, deed->seen) != 0
      || may_be_wanted (self, deed) || is_led_again (self, deed) || is_laid_aside (self, deed, now)
      || sim_account_is_in_conflict (self, deed, NULL) || sim_account_is_refused (self, deed)
      || self->world->ledger->server_returned || self->world->ledger->device_returned)
    return;
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = sim_account_get_deed (self, i);

      if (other->kind == SIM_DEED_UNMERGE && other->event == deed->event)
        sim_account_fail (self, "choice", deed, "a value that was chosen with a merge and taken back with it stays");
    }
}

/* Whether something else than what @deed's event did gave the place its value, and no merge that was undone. */
static gboolean
is_given_again (SimAccount *self, const SimDeed *deed)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = sim_account_get_deed (self, i);

      if (other->kind == SIM_DEED_VALUE && other->event != deed->event && sim_account_same_place (other, deed)
          && g_strcmp0 (other->value, deed->value) == 0
          && !(other->is_merging && sim_account_is_unmerge (self, other->event)))
        return TRUE;
    }
  return FALSE;
}

/* Whether the merge of @event stood and was undone, and the two are two. */
static gboolean
is_undone (SimAccount *self, guint event)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);
      RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);
      RoundsUuid kept, merged;

      if (deed->kind != SIM_DEED_MERGE || deed->event != event)
        continue;
      if (row == NULL || rounds_record_is_deleted (row) || sim_account_merge_stands (row))
        return FALSE;
      kept = sim_account_lead (self, rounds_record_get_uuid (row, ROUNDS_MERGE_KEPT));
      merged = sim_account_lead (self, rounds_record_get_uuid (row, ROUNDS_MERGE_MERGED));
      return !rounds_uuid_equal (&kept, &merged);
    }
  return FALSE;
}

/* What somebody chose with a merge does not come back by undoing another one, once the first is undone; unless whoever
 * is one with that person by another merge has the same. */
void
sim_account_check_given_up (SimAccount *self, const SimDeed *deed)
{
  g_autofree char *now = sim_account_get_value (g_hash_table_lookup (self->rows, &deed->record), deed);

  if (!deed->is_merging || deed->value == NULL || g_strcmp0 (now, deed->value) != 0 || !is_undone (self, deed->event)
      || is_given_again (self, deed) || is_of_one (self, deed, now) || sim_account_is_in_conflict (self, deed, NULL)
      || sim_account_is_refused (self, deed) || self->world->ledger->server_returned
      || self->world->ledger->device_returned)
    return;
  sim_account_fail (self, "given-up", deed, "a value stays that was chosen with a merge which was undone");
}

static gboolean
is_in_log (GPtrArray *log, const SimDeed *deed)
{
  for (guint i = 0; i < log->len; i++)
    {
      const RoundsChange *change = g_ptr_array_index (log, i);

      if (rounds_uuid_equal (&change->record, &deed->record)
          && (sim_text_has_word (change->fields, deed->value) || sim_text_has_word (change->base, deed->value)))
        return TRUE;
    }
  return FALSE;
}

/* Whether what was struck out can be found in what the server remembers, or whoever wrote it. */
static gboolean
is_in_history (SimAccount *self, const SimDeed *deed)
{
  const SimPeer *author = &self->world->peers[deed->actor];
  g_autoptr (GPtrArray) log = rounds_record_store_list_record_changes (author->store, &deed->record, MOST_LINES, NULL);

  return is_in_log (self->log, deed) || is_in_log (log, deed);
}

void
sim_account_check_word (SimAccount *self, const SimDeed *deed)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);
  gboolean is_visible = row != NULL && sim_text_has_word (rounds_record_get_text (row, deed->field), deed->value);

  if (is_visible || sim_account_is_in_conflict (self, deed, deed->value) || sim_account_is_refused (self, deed)
      || sim_account_is_withdrawn (self, deed))
    return;
  if (!sim_account_is_struck (self, deed))
    sim_account_fail (self, "word", deed, "a word is lost");
  else if (!is_in_history (self, deed) && !self->world->ledger->server_returned && !self->world->ledger->scope_changed)
    sim_account_fail (self, "history", deed, "a word that was struck out is nowhere");
}

/* Whether somebody else changed the same text at the same time: then what was struck out may have to stay. */
static gboolean
is_disputed (SimAccount *self, const SimDeed *strike)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = sim_account_get_deed (self, i);

      if (!sim_account_same_place (other, strike))
        continue;
      if (other->kind == SIM_DEED_WORD && other->event > strike->event && g_str_equal (other->value, strike->value))
        return TRUE; /* somebody took the striking back */
      if (other->actor == strike->actor)
        continue;
      if (other->kind == SIM_DEED_WORD && !sim_text_has_word (strike->seen, other->value))
        return TRUE;
      if (other->kind == SIM_DEED_STRIKE
          && (sim_text_has_word (strike->seen, other->value) || sim_text_has_word (other->seen, strike->value)))
        return TRUE;
    }
  return FALSE;
}

/* What somebody struck out does not come back by itself. */
void
sim_account_check_strike (SimAccount *self, const SimDeed *deed)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);

  if (row == NULL || !sim_text_has_word (rounds_record_get_text (row, deed->field), deed->value)
      || is_disputed (self, deed) || sim_account_is_in_conflict (self, deed, NULL)
      || sim_account_is_refused (self, deed) || self->world->ledger->server_returned
      || self->world->ledger->device_returned)
    return;
  sim_account_fail (self, "strike", deed, "a word that was struck out is back");
}
