/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When the interactions were that somebody attended, and which rows they are, kept in the attendees' rows, so that an
 * index has them in the order of time (rounds-timeline-reader.c). These columns are this database's own, as the words
 * of the full-text index are: they follow from both rows wherever one of them is written, are in no record, and so do
 * not travel. */

#include "rounds-record-store-private.h"

/*
 * rounds_record_store_date_attendance:
 * @id: a record of @entity, any one, that has just been written or removed
 * @changed: which of its fields
 *
 * Brings up to date what attendees' rows hold of their interactions, where it follows from that record.
 */
gboolean
rounds_record_store_date_attendance (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id,
                                     guint64 changed, GError **error)
{
  const guint64 of_interaction =
    ROUNDS_FIELD_BIT (ROUNDS_INTERACTION_OCCURRED_AT) | ROUNDS_FIELD_BIT (ROUNDS_FIELD_DELETED_AT);
  const guint64 of_attendee =
    ROUNDS_FIELD_BIT (ROUNDS_INTERACTION_ATTENDEE_INTERACTION) | ROUNDS_FIELD_BIT (ROUNDS_FIELD_DELETED_AT);

  if (entity == ROUNDS_ENTITY_INTERACTION && (changed & of_interaction))
    return rounds_record_store_run_sql (self, ROUNDS_DATE_ATTENDANCE " WHERE interaction = $1", id, error);
  if (entity == ROUNDS_ENTITY_INTERACTION_ATTENDEE && (changed & of_attendee))
    return rounds_record_store_run_sql (self, ROUNDS_DATE_ATTENDANCE " WHERE id = $1", id, error);
  return TRUE;
}
