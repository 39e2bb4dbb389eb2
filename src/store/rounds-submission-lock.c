/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lock on what was submitted. It is here because devices, rounds-cli and the server all write through the record
 * store; what is pulled was checked by the server and is not looked at again.
 *
 * A submitted interaction and its attendees can be changed in a group that holds an amendment of it, saved before the
 * change, and in the group that submits it. An amendment is never changed. Where two contacts are found to be one (the
 * group begins with that merge), references follow as they do for all other records. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-amendment.h"
#include "rounds-error.h"
#include "rounds-record-store-private.h"

static gboolean
refuse (GError **error)
{
  rounds_set_field_error (error, "submitted_at", "%s",
                          _ ("This interaction was submitted. It can only be amended, with a reason."));
  return FALSE;
}

static gboolean
is_open (RoundsRecordStore *self, const RoundsUuid *interaction)
{
  return g_hash_table_contains (self->unlocked, interaction);
}

/* What a merge of contacts changes. */
static gboolean
is_merged_field (guint field)
{
  return field == ROUNDS_INTERACTION_PERSON || field == ROUNDS_INTERACTION_PATIENT || field == ROUNDS_INTERACTION_STAFF
         || field == ROUNDS_INTERACTION_HCP_NAME;
}

static gboolean
is_locked_change (RoundsRecordStore *self, guint64 changed)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (ROUNDS_ENTITY_INTERACTION);

  for (guint f = 0; f < info->n_fields; f++)
    if ((changed & ROUNDS_FIELD_BIT (f)) && rounds_interaction_field_is_locked (f)
        && !(self->is_merging && is_merged_field (f)))
      return TRUE;
  return FALSE;
}

static gboolean
is_locked_in_amendment (RoundsRecordStore *self, guint64 changed)
{
  guint64 open = ROUNDS_FIELD_BIT (ROUNDS_FIELD_TERRITORY);

  if (self->is_merging)
    open |= ROUNDS_FIELD_BIT (ROUNDS_AMENDMENT_STAFF);
  return (changed & ~open) != 0;
}

/* @attendee: as it is stored, or new. A server that was restored from a backup is told again by its devices who was
 * there, each in a group of its own, so that it takes new ones. */
static gboolean
check_attendee (RoundsRecordStore *self, RoundsRecord *attendee, gboolean is_new, guint64 changed, GError **error)
{
  const RoundsUuid *id = rounds_record_get_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_INTERACTION);
  g_autoptr (RoundsRecord) interaction = NULL;

  if (id == NULL || is_open (self, id) || (changed & ~ROUNDS_FIELD_BIT (ROUNDS_FIELD_TERRITORY)) == 0)
    return TRUE;
  if (self->is_merging || (is_new && self->role == ROUNDS_ROLE_SERVER))
    return TRUE;
  if (!rounds_record_store_look_up (self, ROUNDS_ENTITY_INTERACTION, id, &interaction, error))
    return FALSE;
  return interaction == NULL || !rounds_interaction_is_submitted (interaction) || refuse (error);
}

/*
 * rounds_record_store_check_lock:
 * @before: (nullable): the record as it is stored; %NULL for a new one
 * @record: the record as it is to be stored; the same as @before where it is to be deleted
 * @changed: what differs; all for a deletion or a new record
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID for `submitted_at`, or what the disk says
 *
 * Returns: whether the change may be made
 */
gboolean
rounds_record_store_check_lock (RoundsRecordStore *self, RoundsRecord *before, RoundsRecord *record, guint64 changed,
                                GError **error)
{
  switch (rounds_record_get_entity (record))
    {
    case ROUNDS_ENTITY_INTERACTION:
      return before == NULL || !rounds_interaction_is_submitted (before)
             || is_open (self, rounds_record_get_id (record)) || !is_locked_change (self, changed) || refuse (error);
    case ROUNDS_ENTITY_INTERACTION_ATTENDEE:
      return check_attendee (self, before != NULL ? before : record, before == NULL, changed, error);
    case ROUNDS_ENTITY_AMENDMENT:
      if (before == NULL || !is_locked_in_amendment (self, changed))
        return TRUE;
      rounds_set_field_error (error, "reason", "%s", _ ("An amendment cannot be changed."));
      return FALSE;
    default:
      return TRUE;
    }
}

static void
unlock (RoundsRecordStore *self, const RoundsUuid *interaction)
{
  rounds_uuid_set_add (self->unlocked, interaction);
}

/*
 * rounds_record_store_note_lock:
 * @before: (nullable): as in rounds_record_store_check_lock()
 * @record: what was written
 *
 * Notes what the rest of the group may change.
 */
void
rounds_record_store_note_lock (RoundsRecordStore *self, RoundsRecord *before, RoundsRecord *record)
{
  switch (rounds_record_get_entity (record))
    {
    case ROUNDS_ENTITY_INTERACTION:
      if (rounds_interaction_is_submitted (record) && (before == NULL || !rounds_interaction_is_submitted (before)))
        unlock (self, rounds_record_get_id (record));
      break;
    case ROUNDS_ENTITY_AMENDMENT:
      if (before == NULL)
        unlock (self, rounds_record_get_uuid (record, ROUNDS_AMENDMENT_INTERACTION));
      break;
    case ROUNDS_ENTITY_MERGE:
      self->is_merging = TRUE;
      break;
    default:
      break;
    }
}

/* rounds_record_store_forget_locks: a group ends, and with it what it could change. */
void
rounds_record_store_forget_locks (RoundsRecordStore *self)
{
  g_hash_table_remove_all (self->unlocked);
  self->is_merging = FALSE;
}
