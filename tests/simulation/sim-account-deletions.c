/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deletions: of what was seen only, and for good. */

#include "sim-account-private.h"

#include <string.h>

#include "rounds-person-merge.h"

/* Whether whoever deleted the record had seen what @deed did to it, or had done it, whatever others have made of that
 * since; or the other way round: whoever takes a merge apart gives back values in the trash as well, which does not
 * take anything out of it. */
static gboolean
has_seen (SimAccount *self, const SimDeed *deletion, const SimDeed *deed)
{
  g_autofree char *value = NULL;

  if (deed->is_in_trash && deletion->event < deed->event)
    return TRUE;
  if (deed->actor == deletion->actor && deed->event < deletion->event && !self->world->ledger->device_returned)
    return TRUE;
  if (deed->kind == SIM_DEED_WORD)
    return sim_text_has_word (rounds_record_get_text (deletion->row, deed->field), deed->value)
           || sim_account_is_struck (self, deed);
  value = sim_account_get_value (deletion->row, deed);
  /* What a merge had given, and was seen, its undoing takes back where there was nothing before: nobody wrote that. */
  if (deed->is_merging && deed->value == NULL && g_strcmp0 (deed->seen, value) == 0)
    return TRUE;
  return sim_account_leads_to (self, deed, deed->value, value, 0);
}

/* Whoever merges a person into another does not delete them. */
static gboolean
is_deletion (const SimDeed *deed)
{
  return deed->kind == SIM_DEED_DELETE_PART
         || (deed->kind == SIM_DEED_DELETE && !(deed->is_merging && deed->entity == ROUNDS_ENTITY_PERSON));
}

/* @by_itself: whether only deletions count that were no part of a merge, which leads what it deletes to the kept one */
static gboolean
is_deleted_knowingly (SimAccount *self, const SimDeed *deed, gboolean by_itself)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = sim_account_get_deed (self, i);

      if (is_deletion (other) && !(by_itself && other->is_merging) && rounds_uuid_equal (&other->record, &deed->record)
          && has_seen (self, other, deed))
        return TRUE;
    }
  return FALSE;
}

/* An edit wins over a deletion that did not know of it. */
void
sim_account_check_not_deleted (SimAccount *self, const SimDeed *deed)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);
  RoundsRecord *kept;

  if (deed->kind == SIM_DEED_VALUE && sim_account_is_replaced (self, deed))
    return; /* what took its place is looked at itself */
  kept = row != NULL && !is_deleted_knowingly (self, deed, TRUE) ? sim_account_find_kept (self, row) : NULL;
  if (kept != NULL)
    {
      sim_account_check_led (self, deed, kept);
      return;
    }
  if (row == NULL || !rounds_record_is_deleted (row) || is_deleted_knowingly (self, deed, FALSE)
      || sim_account_has_double (self, row, deed) || sim_account_is_deletion_flagged (self, deed)
      || sim_account_is_refused (self, deed) || sim_account_is_in_conflict (self, deed, deed->value)
      || rounds_entity_has_flag (deed->entity, ROUNDS_FIELD_UNIQUE))
    return;
  sim_account_fail (self, "deleted", deed, "what somebody changed was deleted by somebody who had not seen it");
}

/* Somebody else's merge into a deleted person brings them back, as an edit does; undoing it brings the merged one back.
 */
static gboolean
is_part_of_merge (const SimDeed *deed, const RoundsUuid *person)
{
  return (deed->kind == SIM_DEED_MERGE || deed->kind == SIM_DEED_UNMERGE)
         && (rounds_uuid_equal (rounds_record_get_uuid (deed->row, ROUNDS_MERGE_KEPT), person)
             || rounds_uuid_equal (rounds_record_get_uuid (deed->row, ROUNDS_MERGE_MERGED), person));
}

/* Whether a merge that was undone had kept another record in place of this one, which it brought back: whoever deleted
 * it meanwhile did so while it was one of two. */
static gboolean
was_double (SimAccount *self, const RoundsUuid *record)
{
  g_autofree char *id = rounds_uuid_to_string (record);
  g_autofree char *dissolved = g_strdup_printf ("\"id\":\"%s\"", id);
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (rounds_record_get_entity (row) == ROUNDS_ENTITY_MERGE && !sim_account_merge_stands (row)
        && strstr (rounds_record_get_text (row, ROUNDS_MERGE_SNAPSHOT), dissolved) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean may_live (SimAccount *self, const SimDeed *deletion);

static gboolean
belongs_to (RoundsRecord *part, const RoundsUuid *owner)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (part));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if ((info->fields[f].flags & ROUNDS_FIELD_OWNER) && !rounds_record_is_null (part, f)
        && rounds_uuid_equal (rounds_record_get_uuid (part, f), owner))
      return TRUE;
  return FALSE;
}

/* Whether the record was deleted with what it belongs to, which may live. */
static gboolean
may_live_along (SimAccount *self, const SimDeed *deletion)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (deed->kind == SIM_DEED_DELETE && deed != deletion && deed->event == deletion->event
          && belongs_to (deletion->row, &deed->record) && may_live (self, deed))
        return TRUE;
    }
  return FALSE;
}

/* Whether @deed is no edit that would win over a deletion: it left its record in the trash; or it made the record,
 * which who deletes that has seen, unless it is known by its name, and made by several. */
static gboolean
is_no_edit (SimAccount *self, const SimDeed *deed)
{
  if (deed->is_in_trash)
    return TRUE;
  for (guint i = 0; !rounds_entity_is_named (deed->entity) && i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = sim_account_get_deed (self, i);

      if (other->kind == SIM_DEED_CREATE && other->event == deed->event
          && rounds_uuid_equal (&other->record, &deed->record))
        return TRUE;
    }
  return FALSE;
}

/* Whether somebody has changed what belongs to the record, of which there is one for a person: for whom its person has
 * become a part of it comes back. */
static gboolean
is_needed (SimAccount *self, const SimDeed *deletion)
{
  int field = rounds_person_merge_find_field (deletion->entity);
  const RoundsUuid *person = field >= 0 ? rounds_record_get_uuid (deletion->row, (guint) field) : NULL;
  RoundsUuid now;

  if (person == NULL)
    return FALSE;
  now = sim_account_lead (self, person);
  for (guint i = 0; !rounds_uuid_equal (&now, person) && i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);
      RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);

      if (deed->kind == SIM_DEED_SAVE && row != NULL && belongs_to (row, &deletion->record) && !is_no_edit (self, deed))
        return TRUE;
    }
  return FALSE;
}

/* Whether something that belongs to the record, of which there is one for a person, was not deleted with it, and goes
 * back to it as its person was taken out of another one. */
static gboolean
is_needed_again (SimAccount *self, const SimDeed *deletion)
{
  int field = rounds_person_merge_find_field (deletion->entity);
  const RoundsUuid *person = field >= 0 ? rounds_record_get_uuid (deletion->row, (guint) field) : NULL;
  gboolean is_taken_out = FALSE;
  GHashTableIter iter;
  gpointer row;

  for (guint i = 0; person != NULL && i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      is_taken_out |= deed->kind == SIM_DEED_UNMERGE
                      && rounds_uuid_equal (rounds_record_get_uuid (deed->row, ROUNDS_MERGE_MERGED), person);
    }
  g_hash_table_iter_init (&iter, self->rows);
  while (is_taken_out && g_hash_table_iter_next (&iter, NULL, &row))
    if (!rounds_record_is_deleted (row) && belongs_to (row, &deletion->record))
      return TRUE;
  return FALSE;
}

/* Whether there is a reason for the record to live: it was brought back, or changed by somebody else unseen, or what it
 * was deleted with was; or it is needed. */
static gboolean
may_live (SimAccount *self, const SimDeed *deletion)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (is_part_of_merge (deed, &deletion->record))
        return TRUE;
      if (deed == deletion || !rounds_uuid_equal (&deed->record, &deletion->record))
        continue;
      if (deed->kind == SIM_DEED_RESTORE)
        return TRUE;
      if (deed->actor != deletion->actor && deed->kind == SIM_DEED_SAVE && !is_no_edit (self, deed))
        return TRUE;
    }
  return was_double (self, &deletion->record) || may_live_along (self, deletion) || is_needed (self, deletion)
         || is_needed_again (self, deletion);
}

void
sim_account_check_stays_deleted (SimAccount *self, const SimDeed *deed)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);

  if (deed->is_merging)
    return; /* see sim_account_check_merge() */
  if (row == NULL || rounds_record_is_deleted (row) || may_live (self, deed) || sim_account_is_refused (self, deed)
      || (self->world->ledger->device_returned && sim_account_is_deletion_flagged (self, deed))
      || self->world->ledger->server_returned) /* others may say again what a server lost together with its deletion */
    return;
  sim_account_fail (self, "tombstone", deed, "what was deleted is back");
}

/* Whether anybody has deleted the record of @deletion another time too, or has merged @owner or brought them back by
 * themselves. */
static gboolean
has_other_reason (SimAccount *self, const SimDeed *deletion, const RoundsUuid *owner)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (is_part_of_merge (deed, owner) || (deed->kind == SIM_DEED_RESTORE && rounds_uuid_equal (&deed->record, owner))
          || (deed->kind == SIM_DEED_DELETE && deed != deletion
              && rounds_uuid_equal (&deed->record, &deletion->record)))
        return TRUE;
    }
  return FALSE;
}

/* What was deleted with a record that is there all the same, as somebody's edit won, is there as well. */
void
sim_account_check_kept_whole (SimAccount *self, const SimDeed *deed)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);

  if (row == NULL || !rounds_record_is_deleted (row) || sim_account_is_refused (self, deed)
      || rounds_entity_has_flag (deed->entity, ROUNDS_FIELD_UNIQUE) || self->world->ledger->server_returned
      || self->world->ledger->device_returned)
    return;
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = sim_account_get_deed (self, i);
      RoundsRecord *owner = g_hash_table_lookup (self->rows, &other->record);

      if (other->kind == SIM_DEED_DELETE && other->event == deed->event && belongs_to (row, &other->record)
          && owner != NULL && !rounds_record_is_deleted (owner) && !has_other_reason (self, deed, &other->record))
        sim_account_fail (self, "half", deed, "what belongs to what was kept is gone");
    }
}

/* Whether anybody has brought @person back since @event. */
static gboolean
is_back_since (SimAccount *self, const RoundsUuid *person, guint event)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (deed->kind == SIM_DEED_RESTORE && deed->event > event && rounds_uuid_equal (&deed->record, person))
        return TRUE;
    }
  return FALSE;
}

/* Whether @deletion went to the trash with whom the merge of @unmerge had made its person a part of, who is still
 * there. Whoever was brought back from there, and deleted once more, has left behind what did not come back too. */
static gboolean
took_along (SimAccount *self, const SimDeed *deletion, const SimDeed *unmerge)
{
  RoundsUuid kept = sim_account_lead (self, rounds_record_get_uuid (unmerge->row, ROUNDS_MERGE_KEPT));

  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);
      RoundsRecord *whole;
      RoundsUuid id;

      if (deed->kind != SIM_DEED_DELETE || deed->entity != ROUNDS_ENTITY_PERSON || deed->event != deletion->event)
        continue;
      id = sim_account_lead (self, &deed->record);
      whole = g_hash_table_lookup (self->rows, &id);
      return rounds_uuid_equal (&id, &kept) && (whole == NULL || rounds_record_is_deleted (whole))
             && !is_back_since (self, &deed->record, deed->event);
    }
  return FALSE;
}

/* Whether whoever did @unmerge saw the record of @creation come back with it, or had deleted it with the whole; and
 * nobody has deleted it otherwise, or said that it is somebody else's. */
static gboolean
came_along (SimAccount *self, const SimDeed *creation, const SimDeed *unmerge)
{
  gboolean came = FALSE;

  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (!rounds_uuid_equal (&deed->record, &creation->record))
        continue;
      if (deed->kind == SIM_DEED_DELETE
          && (deed->is_merging || deed->actor != unmerge->actor || deed->event > unmerge->event
              || !took_along (self, deed, unmerge)))
        return FALSE;
      if (deed->kind == SIM_DEED_OWNER && !rounds_uuid_equal (&deed->person, &creation->person))
        return FALSE;
      came |= deed->kind == SIM_DEED_RESTORE ? deed->event == unmerge->event : deed->kind == SIM_DEED_DELETE;
    }
  return came;
}

/* Whether @deed took @person out of somebody, and was the first to do so: nothing came of others, nor of what they did
 * with it. */
static gboolean
takes_out (SimAccount *self, const SimDeed *deed, const RoundsUuid *person)
{
  RoundsRecord *merge = deed->kind == SIM_DEED_UNMERGE ? g_hash_table_lookup (self->rows, &deed->record) : NULL;

  return merge != NULL && !rounds_record_is_deleted (merge)
         && rounds_value_equal (rounds_record_get_value (merge, ROUNDS_MERGE_UNDONE_AT),
                                rounds_record_get_value (deed->row, ROUNDS_MERGE_UNDONE_AT))
         && rounds_uuid_equal (rounds_record_get_uuid (merge, ROUNDS_MERGE_MERGED), person);
}

/* Who is taken out of somebody in the trash comes back with what was made for them and went there with both; unless
 * that is something that there is one of for a person, and another one came first. */
void
sim_account_check_brought_along (SimAccount *self, const SimDeed *deed)
{
  int field = rounds_person_merge_find_field (deed->entity);
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);
  RoundsRecord *person = g_hash_table_lookup (self->rows, &deed->person);

  if (row == NULL || !rounds_record_is_deleted (row) || person == NULL || rounds_record_is_deleted (person)
      || (field >= 0 && sim_account_find_only (self, deed->entity, (guint) field, &deed->person) != NULL)
      || sim_account_is_refused (self, deed) || self->world->ledger->server_returned
      || self->world->ledger->device_returned)
    return;
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = sim_account_get_deed (self, i);

      if (takes_out (self, other, &deed->person) && came_along (self, deed, other))
        sim_account_fail (self, "along", deed, "somebody came back from the trash without what was theirs");
    }
}
