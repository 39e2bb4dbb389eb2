/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-record-names.h"

/* As many as a team refers to; with more the first ones are forgotten with the rest, and looked up again. */
#define MOST_NAMES 20000

struct _RoundsRecordNames
{
  GHashTable *names; /* (owned) RoundsUuid -> char * */
};

/** rounds_record_names_new: Returns: (transfer full): none is known yet. */
RoundsRecordNames *
rounds_record_names_new (void)
{
  RoundsRecordNames *self = g_new0 (RoundsRecordNames, 1);

  self->names = g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, g_free, g_free);
  return self;
}

/** rounds_record_names_free: frees @self. */
void
rounds_record_names_free (RoundsRecordNames *self)
{
  g_hash_table_unref (self->names);
  g_free (self);
}

/* The reference to the person whom the record is about: a physician, a patient and a staff member are known by theirs.
 * G_MAXUINT: it has a name of its own. */
static guint
find_person_field (RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (info->fields[f].type == ROUNDS_TYPE_REFERENCE && info->fields[f].target == ROUNDS_ENTITY_PERSON
        && (info->fields[f].flags & ROUNDS_FIELD_REQUIRED))
      return f;
  return G_MAXUINT;
}

/**
 * rounds_record_names_get:
 * @entity: what @id is
 * @id: (nullable): a record's id
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer none) (nullable): the record's name until the next call; "" if there is no such record; %NULL on
 *   error
 */
const char *
rounds_record_names_get (RoundsRecordNames *self, RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *id,
                         GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;
  const char *name = id != NULL ? g_hash_table_lookup (self->names, id) : "";
  guint person = find_person_field (entity);
  g_autofree char *made = NULL;

  if (name != NULL)
    return name;

  if (!rounds_record_store_look_up (store, entity, id, &record, error))
    return NULL;
  if (record == NULL)
    made = g_strdup ("");
  else if (person != G_MAXUINT)
    {
      name =
        rounds_record_names_get (self, store, ROUNDS_ENTITY_PERSON, rounds_record_get_uuid (record, person), error);
      if (name == NULL)
        return NULL;
      made = g_strdup (name);
    }
  else
    made = rounds_record_get_title (record);

  if (g_hash_table_size (self->names) >= MOST_NAMES)
    g_hash_table_remove_all (self->names);
  name = made;
  g_hash_table_insert (self->names, g_memdup2 (id, sizeof *id), g_steal_pointer (&made));
  return name;
}
