/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was said of somebody who is a part of another now: that one has it, or another value that somebody wanted. */

#include "sim-account-private.h"

/* @seen: those from whom was looked already: merges that were undone may go round in circles. */
static gboolean
leads_to (SimAccount *self, const RoundsUuid *person, const RoundsUuid *whole, GHashTable *seen)
{
  if (rounds_uuid_equal (person, whole))
    return TRUE;
  if (!g_hash_table_add (seen, (gpointer) person))
    return FALSE;
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (deed->kind == SIM_DEED_MERGE
          && rounds_uuid_equal (rounds_record_get_uuid (deed->row, ROUNDS_MERGE_MERGED), person)
          && leads_to (self, rounds_record_get_uuid (deed->row, ROUNDS_MERGE_KEPT), whole, seen))
        return TRUE;
    }
  return FALSE;
}

/* Whether @person is @whole, or somebody ever merged them into that, be it by way of others. */
static gboolean
was_part (SimAccount *self, const RoundsUuid *person, const RoundsUuid *whole)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);

  return leads_to (self, person, whole, seen);
}

/* Whether somebody was taken out of @kept again, or out of whom @kept has taken in: they may have taken along the value
 * for which another was declined. */
static gboolean
was_taken_apart (SimAccount *self, RoundsRecord *kept)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (deed->kind == SIM_DEED_UNMERGE
          && was_part (self, rounds_record_get_uuid (deed->row, ROUNDS_MERGE_KEPT), rounds_record_get_id (kept)))
        return TRUE;
    }
  return FALSE;
}

/* Whether somebody took the value of @kept away, or of whom @kept has taken in: for which another may have been
 * declined. */
static gboolean
was_emptied (SimAccount *self, RoundsRecord *kept, guint field)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (deed->kind == SIM_DEED_VALUE && deed->field == field && deed->value == NULL
          && was_part (self, &deed->record, rounds_record_get_id (kept)))
        return TRUE;
    }
  return FALSE;
}

/* Whether @merged may have had the value @now from whomever it was written of, and not by way of @value's person, who
 * has had it by a merge with them. */
static gboolean
is_of_others (SimAccount *self, const SimDeed *value, const char *now, const RoundsUuid *merged)
{
  for (guint i = 0; !rounds_uuid_equal (merged, &value->record) && i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);
      g_autoptr (GHashTable) seen = NULL;

      if (deed->kind != SIM_DEED_VALUE || deed->is_merging || deed->entity != value->entity
          || deed->field != value->field || g_strcmp0 (deed->value, now) != 0
          || rounds_uuid_equal (&deed->record, &value->record))
        continue;
      seen = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);
      g_hash_table_add (seen, (gpointer) &value->record);
      if (leads_to (self, &deed->record, merged, seen))
        return TRUE;
    }
  return FALSE;
}

/* Whether what was done in @event may have given somebody the value @now of @value's person: it was no merge of
 * somebody else, nor was a merge undone, which gives back what somebody had of their own or by another merge. */
static gboolean
may_give (SimAccount *self, guint event, const SimDeed *value, const char *now)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);
      const RoundsUuid *merged;

      if (deed->kind != SIM_DEED_MERGE || deed->event != event)
        continue;
      merged = rounds_record_get_uuid (deed->row, ROUNDS_MERGE_MERGED);
      return was_part (self, &value->record, merged) && !is_of_others (self, value, now, merged);
    }
  return FALSE;
}

/* Whether @kept got the value @now by the merge of @value's person: otherwise it is the kept one's own, and whoever
 * merged the two chose it; or it is that of a third one, which somebody chose. */
static gboolean
was_taken (SimAccount *self, RoundsRecord *kept, const SimDeed *value, const char *now)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (deed->kind == SIM_DEED_VALUE && deed->is_merging && deed->field == value->field
          && rounds_uuid_equal (&deed->record, rounds_record_get_id (kept)) && g_strcmp0 (deed->value, now) == 0
          && may_give (self, deed->event, value, now))
        return TRUE;
    }
  return FALSE;
}

/* Whether somebody has entered the value @now at @kept, or decided on it there, after @value was: nobody's part has it
 * from there then. */
static gboolean
was_entered (SimAccount *self, RoundsRecord *kept, const SimDeed *value, const char *now)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (deed->kind == SIM_DEED_VALUE && !deed->is_merging && deed->event > value->event && deed->field == value->field
          && rounds_uuid_equal (&deed->record, rounds_record_get_id (kept)) && g_strcmp0 (deed->value, now) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether somebody is asked what the value of @kept is, of which @value may have become a part. */
static gboolean
is_asked (SimAccount *self, RoundsRecord *kept, const SimDeed *value)
{
  SimDeed deed = *value;

  deed.record = *rounds_record_get_id (kept);
  return sim_account_is_in_conflict (self, &deed, NULL);
}

/* Whether @deed's person has the value no more, which was chosen with a merge from somebody whose it still is, and who
 * is not one with them any more: it is not theirs. */
static gboolean
is_gone (SimAccount *self, const SimDeed *deed)
{
  g_autofree char *theirs = sim_account_get_value (g_hash_table_lookup (self->rows, &deed->record), deed);

  return g_strcmp0 (theirs, deed->value) != 0 && sim_account_has_followed (self, deed, theirs);
}

/* A value of somebody who is a part of another now: that one has it, or another one. */
void
sim_account_check_led (SimAccount *self, const SimDeed *deed, RoundsRecord *kept)
{
  g_autofree char *now = sim_account_get_value (kept, deed);

  if (deed->kind != SIM_DEED_VALUE || deed->value == NULL || g_strcmp0 (now, deed->value) == 0)
    return;
  if (now != NULL && (g_strcmp0 (now, deed->seen) != 0 || !was_taken (self, kept, deed, now)))
    return;
  if (now != NULL && (sim_account_is_declined (self, deed, 0) || was_entered (self, kept, deed, now)))
    return;
  if (now == NULL
      && (was_taken_apart (self, kept) || was_emptied (self, kept, deed->field) || is_asked (self, kept, deed)))
    return;
  if (sim_account_is_in_conflict (self, deed, deed->value) || sim_account_is_disputed (self, deed)
      || sim_account_is_refused (self, deed) || is_gone (self, deed))
    return;
  sim_account_fail (self, "led", deed, "what was said of somebody who was merged was not led to the kept one");
}
