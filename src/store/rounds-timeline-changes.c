/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was changed in what is written about a person.
 *
 * A device's log holds what was written on that device. What others wrote comes as rows, without lines: of those it is
 * known that a record was made and when, and, by its revision, that it was changed elsewhere since this device last
 * did, and when that was the last time. Nothing more is told than that.
 */

#include "config.h"

#include "rounds-timeline-private.h"

/* A record's lines that are looked at; nobody edits one more often. */
#define MOST_LINES 500

typedef struct
{
  RoundsEntity entity;
  guint owner_field;
  gboolean of_patient;    /* belongs to the patient, not to the person */
  gboolean has_own_entry; /* its making and its end are told by an entry of another kind */
} Part;

static const Part parts[] = {
  { ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON, FALSE, TRUE },
  { ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON, FALSE, FALSE },
  { ROUNDS_ENTITY_STAFF, ROUNDS_STAFF_PERSON, FALSE, FALSE },
  { ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON, FALSE, FALSE },
  { ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_PATIENT_LEAD_PERSON, FALSE, FALSE },
  { ROUNDS_ENTITY_PATIENT_PHYSICIAN, ROUNDS_PATIENT_PHYSICIAN_PATIENT, TRUE, FALSE },
  { ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON, FALSE, FALSE },
  { ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON, FALSE, TRUE },
  { ROUNDS_ENTITY_CONSENT, ROUNDS_CONSENT_PERSON, FALSE, TRUE },
};

/* What has an entry of its own tells there when it begins and ends. That a record went from one person to another is
 * told by their merge. */
static gboolean
is_told_elsewhere (const RoundsChange *change, const Part *part)
{
  if (part == NULL)
    return FALSE;
  if (part->has_own_entry
      && (change->operation == ROUNDS_OPERATION_CREATE || rounds_change_sets_only (change, "valid_to")))
    return TRUE;
  return rounds_change_sets_only (change, rounds_entity_get_field (part->entity, part->owner_field)->name);
}

/* The revision that the record would have if nobody else had changed it, as far as its lines (newest first) tell. */
static gint64
get_expected_rev (GPtrArray *lines)
{
  gint64 rev = 1;

  for (guint i = lines->len; i > 0; i--)
    {
      const RoundsChange *change = lines->pdata[i - 1];

      if (change->state == ROUNDS_CHANGE_APPLIED && change->operation != ROUNDS_OPERATION_CREATE)
        rev = MAX (rev, change->base_rev) + 1;
    }
  return rev;
}

static gboolean
was_made_here (GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    if (((const RoundsChange *) lines->pdata[i])->operation == ROUNDS_OPERATION_CREATE)
      return TRUE;
  return FALSE;
}

static void
add_from_elsewhere (RoundsTimelineSearch *self, RoundsRecord *record, GPtrArray *lines)
{
  gint64 rev = rounds_record_get_integer (record, ROUNDS_FIELD_REV);

  if (rev > 0 && rounds_record_get_entity (record) == ROUNDS_ENTITY_PERSON && !was_made_here (lines))
    rounds_timeline_search_add (self, ROUNDS_TIMELINE_CHANGES, ROUNDS_TIMELINE_ADDED_ELSEWHERE, record,
                                rounds_record_get_integer (record, ROUNDS_FIELD_CREATED_AT), SOURCE_ADDED_ELSEWHERE);
  if (!rounds_record_is_deleted (record) && rev > get_expected_rev (lines))
    rounds_timeline_search_add (self, ROUNDS_TIMELINE_CHANGES, ROUNDS_TIMELINE_CHANGED_ELSEWHERE, record,
                                rounds_record_get_integer (record, ROUNDS_FIELD_UPDATED_AT), SOURCE_CHANGED_ELSEWHERE);
}

/* What was saved together is one entry. */
static RoundsTimelineEntry *
need_group (GHashTable *groups, const RoundsChange *change, RoundsRecord *record)
{
  const RoundsTimelineMark mark = { change->at, SOURCE_CHANGE, change->seq };
  RoundsTimelineEntry *entry = g_hash_table_lookup (groups, &change->group);

  if (entry == NULL)
    {
      RoundsUuid *group = g_memdup2 (&change->group, sizeof change->group);

      entry = rounds_timeline_entry_new (ROUNDS_TIMELINE_CHANGES, ROUNDS_TIMELINE_CHANGED, record, &mark);
      entry->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_change_free);
      g_hash_table_insert (groups, group, entry);
    }
  entry->mark.at = MAX (entry->mark.at, change->at);
  entry->mark.key = MAX (entry->mark.key, change->seq);
  return entry;
}

static gboolean
read_lines (RoundsTimelineSearch *self, RoundsRecord *record, const Part *part, GHashTable *groups, GError **error)
{
  g_autoptr (GPtrArray) lines =
    rounds_record_store_list_record_changes (self->store, rounds_record_get_id (record), MOST_LINES, error);

  if (lines == NULL)
    return FALSE;
  add_from_elsewhere (self, record, lines);
  for (guint i = lines->len; i > 0; i--)
    {
      g_autoptr (RoundsChange) change = g_ptr_array_steal_index (lines, i - 1);

      if (!is_told_elsewhere (change, part))
        {
          GPtrArray *group = need_group (groups, change, record)->changes;

          g_ptr_array_add (group, g_steal_pointer (&change));
        }
    }
  return TRUE;
}

static gboolean
read_part (RoundsTimelineSearch *self, const Part *part, GHashTable *groups, GError **error)
{
  const RoundsUuid *owner = part->of_patient ? rounds_record_get_id (self->patient) : self->person;
  /* The index of what a person is once (a physician, a patient) leaves out what is deleted. */
  gboolean is_unique = (rounds_entity_get_field (part->entity, part->owner_field)->flags & ROUNDS_FIELD_UNIQUE) != 0;
  g_autoptr (GPtrArray) records =
    rounds_timeline_search_list (self, part->entity, part->owner_field, owner, !is_unique, error);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (!read_lines (self, records->pdata[i], part, groups, error))
      return FALSE;
  return TRUE;
}

/*
 * rounds_timeline_read_changes:
 *
 * Adds an entry for each save of this device that changed the person or a record that says something of them, and for
 * what is known of changes elsewhere.
 */
gboolean
rounds_timeline_read_changes (RoundsTimelineSearch *self, GError **error)
{
  g_autoptr (RoundsRecord) person = rounds_record_store_get (self->store, ROUNDS_ENTITY_PERSON, self->person, error);
  g_autoptr (GHashTable) groups = NULL;
  GHashTableIter iter;
  gpointer entry;

  if (person == NULL)
    return FALSE;
  groups = g_hash_table_new_full (rounds_uuid_hash, (GEqualFunc) rounds_uuid_equal, g_free, g_object_unref);
  if (!read_lines (self, person, NULL, groups, error))
    return FALSE;
  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    if ((!parts[p].of_patient || self->patient != NULL) && !read_part (self, &parts[p], groups, error))
      return FALSE;

  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &entry))
    {
      const RoundsTimelineMark *mark = &((RoundsTimelineEntry *) entry)->mark;

      if (rounds_timeline_search_wants (self, mark->at, mark->source, mark->key))
        g_ptr_array_add (self->found, g_object_ref (entry));
    }
  return TRUE;
}
