/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-named-id.h"

/* Made once for this purpose; never changes, or devices would no longer agree. */
static const RoundsUuid space = { { 0x01, 0xa1, 0xfa, 0xa4, 0x5c, 0x0e, 0x70, 0x9d, 0x8f, 0x1b, 0x62, 0xd7, 0x43, 0xe8,
                                    0x2a, 0x10 } };

/* The unique text by which records of @entity are known: a specialization's name. -1: there is none. */
static int
find_name_field (RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  if (info->scope != ROUNDS_SCOPE_SYNCED)
    return -1;
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (info->fields[f].type == ROUNDS_TYPE_TEXT && (info->fields[f].flags & ROUNDS_FIELD_UNIQUE))
      return (int) f;
  return -1;
}

/**
 * rounds_record_store_give_named_id:
 * @record: a new record
 * @error: (out) (optional): what the disk says
 *
 * Gives a record that is known by a unique name (a specialization, a medical condition, a territory) the id that every
 * device makes from that name. Two devices that each import the same register offline then mean the same
 * specialization; with ids of their own, the server would refuse the second one's, and with it everyone who has it.
 * Another entity's record keeps its id, and so does one whose derived id is taken here: by a deleted record, which a
 * new one does not bring back, or by one that has been renamed since.
 */
gboolean
rounds_record_store_give_named_id (RoundsRecordStore *self, RoundsRecord *record, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  int field = find_name_field (entity);
  g_autofree char *folded = NULL;
  g_autofree char *name = NULL;
  g_autoptr (RoundsRecord) taken = NULL;
  RoundsUuid id;

  if (field < 0 || rounds_record_is_null (record, (guint) field))
    return TRUE;
  folded = rounds_text_fold (rounds_record_get_text (record, (guint) field));
  name = g_strconcat (rounds_entity_get_info (entity)->name, ":", folded, NULL);
  id = rounds_uuid_new_from_name (&space, name);
  if (!rounds_record_store_look_up (self, entity, &id, &taken, error))
    return FALSE;
  if (taken == NULL)
    rounds_record_set_uuid (record, ROUNDS_FIELD_ID, &id);
  return TRUE;
}
