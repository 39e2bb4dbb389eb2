/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What several people have alike is kept once when they are merged. If the one that was kept goes back to whose it was,
 * the others' is needed again: the address that two clinics' lists gave for one contact must not vanish from them when
 * one of both lists turns out to be about somebody else. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-json.h"
#include "rounds-merge-double-private.h"
#include "rounds-merge-forward-private.h"
#include "rounds-record-store-private.h"

/* The reference by which records of @entity are a person's: the one that @record (nullable) has; -1: none */
static int
find_person_field (RoundsEntity entity, RoundsRecord *record)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (info->fields[f].type == ROUNDS_TYPE_REFERENCE && info->fields[f].target == ROUNDS_ENTITY_PERSON
        && (record == NULL || !rounds_record_is_null (record, f)))
      return (int) f;
  return -1;
}

static int
find_owner_field (RoundsRecord *record)
{
  return find_person_field (rounds_record_get_entity (record), record);
}

/* The same where two people can have records that say the same. */
static int
find_double_field (RoundsRecord *record)
{
  return rounds_merge_double_may_be (rounds_record_get_entity (record)) ? find_owner_field (record) : -1;
}

/* (transfer full) (nullable): the living records of @entity whose @field is @person */
static GPtrArray *
list_living (RoundsRecordStore *store, RoundsEntity entity, guint field, const RoundsUuid *person, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  rounds_query_where_uuid (query, field, ROUNDS_IS, person);
  return rounds_record_store_list (store, query, error);
}

/* rounds_merge_spare_list_gone_back: (transfer full) (nullable): of what @snapshot moved and may be had twice, what is
 * back with whose it was */
GPtrArray *
rounds_merge_spare_list_gone_back (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, GError **error)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < snapshot->moved->len; i++)
    {
      const RoundsMergeMove *move = &g_array_index (snapshot->moved, RoundsMergeMove, i);
      g_autoptr (RoundsRecord) record = NULL;
      const RoundsUuid *now;

      if (!rounds_merge_double_may_be (move->entity))
        continue;
      if (!rounds_record_store_look_up (store, move->entity, &move->record, &record, error))
        return NULL;
      now = record != NULL ? rounds_record_get_uuid (record, move->field) : NULL;
      if (now != NULL && rounds_uuid_equal (now, &move->from))
        g_ptr_array_add (gone, g_steal_pointer (&record));
    }
  return g_steal_pointer (&gone);
}

/* @all: of any entities, living or not */
static gboolean
has_double (GPtrArray *all, RoundsRecord *record, guint field)
{
  g_autoptr (GPtrArray) siblings = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (!rounds_record_is_deleted (all->pdata[i])
        && rounds_record_get_entity (all->pdata[i]) == rounds_record_get_entity (record))
      g_ptr_array_add (siblings, all->pdata[i]);
  return rounds_merge_double_find (siblings, record, field) != NULL;
}

/* Where a rule is against it, such as one role at a time, it stays as it is. */
static gboolean
restore (RoundsRecordStore *store, RoundsRecord *record, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (rounds_record_store_restore_along (store, rounds_record_get_entity (record), rounds_record_get_id (record),
                                         &local_error)
      || g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS)
      || g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Makes @record @person's. */
static gboolean
give (RoundsRecordStore *store, RoundsRecord *record, guint field, const RoundsUuid *person, GError **error)
{
  int primary = rounds_entity_find_field (rounds_record_get_entity (record), "is_primary");

  rounds_record_set_uuid (record, field, person);
  if (primary >= 0)
    rounds_record_set_integer (record, (guint) primary, FALSE);
  return rounds_record_store_rewrite (store, record, error);
}

/* Whose it was (@said) the merges say that led them to whom it was given: later ones do not know of it. A device leaves
 * that to the server. */
static gboolean
note_given (RoundsRecordStore *store, RoundsRecord *record, guint field, const RoundsUuid *said, GError **error)
{
  return store->role != ROUNDS_ROLE_SERVER || rounds_person_merge_note_arrival (store, record, field, said, error);
}

static gboolean
bring_back (RoundsRecordStore *store, RoundsRecord *record, guint field, const RoundsUuid *person, GError **error)
{
  const RoundsUuid said = *rounds_record_get_uuid (record, field);

  return give (store, record, field, person, error) && restore (store, record, error)
         && note_given (store, record, field, &said, error);
}

/* What a merge that stands has dissolved. */
typedef struct
{
  RoundsRecord *merge;  /* (owned) */
  RoundsRecord *record; /* (owned) as it was */
} Dissolved;

static void
free_dissolved (Dissolved *self)
{
  g_clear_object (&self->merge);
  g_clear_object (&self->record);
  g_free (self);
}

/* (transfer full) (nullable) (element-type Dissolved): what the merges have dissolved of which @person is made */
static GPtrArray *
list_dissolved (RoundsRecordStore *store, const RoundsUuid *person, GError **error)
{
  g_autoptr (GPtrArray) dissolved = g_ptr_array_new_with_free_func ((GDestroyNotify) free_dissolved);
  g_autoptr (GPtrArray) merges = rounds_person_merge_list (store, person, error);

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    {
      g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merges->pdata[i], error);

      if (snapshot == NULL)
        return NULL;
      for (guint k = 0; k < snapshot->dissolved->len; k++)
        {
          Dissolved one = { g_object_ref (merges->pdata[i]), g_object_ref (snapshot->dissolved->pdata[k]) };

          g_ptr_array_add (dissolved, g_memdup2 (&one, sizeof one));
        }
    }
  return merges != NULL ? g_steal_pointer (&dissolved) : NULL;
}

/* Whether @dissolved is another one than @record and says the same of the same person. */
static gboolean
is_alike (RoundsRecord *dissolved, RoundsRecord *record)
{
  g_autoptr (GPtrArray) siblings = g_ptr_array_new ();
  int field = find_owner_field (dissolved);

  g_ptr_array_add (siblings, record);
  return field >= 0 && has_double (siblings, dissolved, (guint) field)
         && !rounds_uuid_equal (rounds_record_get_id (dissolved), rounds_record_get_id (record));
}

/* 1 if @record is in the trash here, 0 if not, -1 on error. What a merge has dissolved on the server lives on a device
 * until the device hears of it. */
static int
is_gone (RoundsRecordStore *store, RoundsRecord *record, GError **error)
{
  g_autoptr (RoundsRecord) here = NULL;

  if (!rounds_record_store_look_up (store, rounds_record_get_entity (record), rounds_record_get_id (record), &here,
                                    error))
    return -1;
  return here != NULL && rounds_record_is_deleted (here);
}

/* @merge, which has dissolved the record @id, does not bring it back any more when it is undone. */
static gboolean
forget (RoundsRecordStore *store, RoundsRecord *merge, const RoundsUuid *id, GError **error)
{
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merge, error);
  RoundsRecord *dissolved = snapshot != NULL ? rounds_merge_snapshot_find_dissolved (snapshot, id) : NULL;

  if (dissolved == NULL)
    return snapshot != NULL;
  rounds_merge_snapshot_forget_dissolved (snapshot, dissolved);
  return rounds_merge_snapshot_save (snapshot, store, merge, error);
}

/* What @dissolved's person is to have in its place once its merge is undone: the like of others who were merged into
 * them, which was kept once for it. @snapshot: the merge's */
static gboolean
hand_on (RoundsRecordStore *store, const Dissolved *dissolved, RoundsMergeSnapshot *snapshot, GError **error)
{
  guint field = (guint) find_owner_field (dissolved->record);
  const RoundsUuid *person = rounds_record_get_uuid (dissolved->record, field);
  g_autoptr (GPtrArray) theirs = NULL;

  if (has_double (snapshot->dissolved, dissolved->record, field))
    return TRUE;
  theirs = list_dissolved (store, person, error);
  for (guint i = 0; theirs != NULL && i < theirs->len; i++)
    {
      RoundsRecord *other = ((Dissolved *) theirs->pdata[i])->record;
      int gone = is_alike (other, dissolved->record) ? is_gone (store, other, error) : 0;

      if (gone < 0)
        return FALSE;
      if (gone == 0)
        continue;
      rounds_record_set_uuid (other, field, person);
      rounds_merge_snapshot_add_dissolved (snapshot, other);
      return TRUE;
    }
  return theirs != NULL;
}

/* The merge of @dissolved, which is with whose it was again, brings back what others had like it instead. */
static gboolean
replace (RoundsRecordStore *store, const Dissolved *dissolved, GError **error)
{
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (dissolved->merge, error);
  RoundsRecord *record =
    snapshot != NULL ? rounds_merge_snapshot_find_dissolved (snapshot, rounds_record_get_id (dissolved->record)) : NULL;

  if (record == NULL)
    return snapshot != NULL;
  rounds_merge_snapshot_forget_dissolved (snapshot, record);
  return hand_on (store, dissolved, snapshot, error)
         && rounds_merge_snapshot_save (snapshot, store, dissolved->merge, error);
}

/* What has gone back (@gone) is in the trash if the person who had it was merged into one who had the like: whose it
 * was needs it again. From then on it is theirs: if they delete it, no merge has. A device leaves it to the server to
 * note that. */
static gboolean
bring_back_gone (RoundsRecordStore *store, const Dissolved *dissolved, GPtrArray *gone, GError **error)
{
  for (guint i = 0; i < gone->len; i++)
    {
      RoundsRecord *record = gone->pdata[i];
      const RoundsUuid *id = rounds_record_get_id (record);

      if (!rounds_record_is_deleted (record) || !rounds_uuid_equal (id, rounds_record_get_id (dissolved->record)))
        continue;
      if (!restore (store, record, error) || (store->role == ROUNDS_ROLE_SERVER && !replace (store, dissolved, error)))
        return FALSE;
      rounds_record_clear_field (record, ROUNDS_FIELD_DELETED_AT);
    }
  return TRUE;
}

/* @dissolved: what a merge into @person that stands has dissolved, as it was */
static gboolean
bring_back_spare (RoundsRecordStore *store, RoundsRecord *dissolved, GPtrArray *gone, const RoundsUuid *person,
                  GError **error)
{
  int field = find_owner_field (dissolved);
  g_autoptr (RoundsRecord) record = NULL;
  g_autoptr (GPtrArray) siblings = NULL;

  if (field < 0 || !rounds_merge_double_may_be (rounds_record_get_entity (dissolved))
      || !has_double (gone, dissolved, (guint) field))
    return TRUE;
  if (!rounds_record_store_look_up (store, rounds_record_get_entity (dissolved), rounds_record_get_id (dissolved),
                                    &record, error))
    return FALSE;
  if (record == NULL || !rounds_record_is_deleted (record))
    return TRUE;
  siblings = list_living (store, rounds_record_get_entity (record), (guint) field, person, error);
  if (siblings == NULL)
    return FALSE;
  return has_double (siblings, record, (guint) field) || bring_back (store, record, (guint) field, person, error);
}

/*
 * rounds_merge_spare_bring_back:
 * @store: a store, in a transaction in which a merge into @kept has been undone
 * @kept: who kept what several people had alike
 * @gone: (element-type RoundsRecord): what is with the merged person again, or was given to them
 * @error: (out) (optional): what the disk says
 *
 * Gives @kept, or whom they are a part of now, what others of whom they are made had like what has gone back; and
 * whoever that has gone back to what was kept once for them.
 */
gboolean
rounds_merge_spare_bring_back (RoundsRecordStore *store, const RoundsUuid *kept, GPtrArray *gone, GError **error)
{
  RoundsUuid person = *kept;
  gboolean forwarded;
  g_autoptr (GPtrArray) dissolved = NULL;

  if (gone->len == 0)
    return TRUE;
  if (!rounds_person_merge_forward (store, ROUNDS_ENTITY_PERSON, &person, &forwarded, error))
    return FALSE;
  dissolved = list_dissolved (store, &person, error);
  for (guint i = 0; dissolved != NULL && i < dissolved->len; i++)
    if (!bring_back_gone (store, dissolved->pdata[i], gone, error))
      return FALSE;
  for (guint i = 0; dissolved != NULL && i < dissolved->len; i++)
    if (!bring_back_spare (store, ((Dissolved *) dissolved->pdata[i])->record, gone, &person, error))
      return FALSE;
  return dissolved != NULL;
}

/*
 * rounds_merge_spare_format_alike:
 * @record: what is about to be deleted, as it is before
 * @text: (out) (nullable): what else it is kept for, as far as is known here, as JSON: {"alike": [ID, …]}; %NULL for
 *   nothing
 *
 * Whoever deletes what is kept once for several people deletes all of that, and nothing of which they do not know, or
 * which they still see beside it.
 */
gboolean
rounds_merge_spare_format_alike (RoundsRecordStore *store, RoundsRecord *record, char **text, GError **error)
{
  int field = find_double_field (record);
  g_autoptr (GPtrArray) dissolved = NULL;
  g_autoptr (yyjson_mut_doc) doc = NULL;
  yyjson_mut_val *root, *ids;

  *text = NULL;
  if (field < 0)
    return TRUE;
  dissolved = list_dissolved (store, rounds_record_get_uuid (record, (guint) field), error);
  if (dissolved == NULL || dissolved->len == 0)
    return dissolved != NULL;
  doc = yyjson_mut_doc_new (NULL);
  root = yyjson_mut_obj (doc);
  yyjson_mut_doc_set_root (doc, root);
  ids = yyjson_mut_obj_add_arr (doc, root, "alike");
  for (guint i = 0; i < dissolved->len; i++)
    {
      RoundsRecord *other = ((Dissolved *) dissolved->pdata[i])->record;
      int gone = is_alike (other, record) ? is_gone (store, other, error) : 0;
      char id[ROUNDS_UUID_STRING_LENGTH + 1];

      if (gone < 0)
        return FALSE;
      rounds_uuid_format (rounds_record_get_id (other), id);
      if (gone > 0)
        yyjson_mut_arr_add_strcpy (doc, ids, id);
    }
  if (yyjson_mut_arr_size (ids) > 0)
    *text = rounds_json_write (doc, FALSE);
  return TRUE;
}

static gboolean
is_among (yyjson_val *ids, const RoundsUuid *id)
{
  yyjson_val *value;
  gsize i, n;

  yyjson_arr_foreach (ids, i, n, value)
  {
    RoundsUuid one;

    if (yyjson_is_str (value) && rounds_uuid_parse (yyjson_get_str (value), &one) && rounds_uuid_equal (&one, id))
      return TRUE;
  }
  return FALSE;
}

/**
 * rounds_person_merge_leave_unseen:
 * @store: the server's store, in a transaction
 * @record: what a device has deleted, as it was before
 * @known: (nullable): what the deletion says it was kept for
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID if @known is no JSON, and what the disk says
 *
 * If @record was kept for others as well, of whom the device did not know, the person whose it is gets theirs back. If
 * it was brought back so itself, no merge does it again.
 */
gboolean
rounds_person_merge_leave_unseen (RoundsRecordStore *store, RoundsRecord *record, const char *known, GError **error)
{
  int field = find_double_field (record);
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  g_autoptr (GPtrArray) dissolved = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  const RoundsUuid *person;

  if (field < 0)
    return TRUE;
  if (known != NULL && !rounds_json_read (known, -1, &doc, error))
    return FALSE;
  person = rounds_record_get_uuid (record, (guint) field);
  g_ptr_array_add (gone, record);
  dissolved = list_dissolved (store, person, error);
  for (guint i = 0; dissolved != NULL && i < dissolved->len; i++)
    {
      const Dissolved *one = dissolved->pdata[i];
      RoundsRecord *other = one->record;

      if (rounds_uuid_equal (rounds_record_get_id (other), rounds_record_get_id (record))
          && !forget (store, one->merge, rounds_record_get_id (other), error))
        return FALSE;
      if (is_alike (other, record)
          && !is_among (yyjson_obj_get (yyjson_doc_get_root (doc), "alike"), rounds_record_get_id (other))
          && !bring_back_spare (store, other, gone, person, error))
        return FALSE;
    }
  return dissolved != NULL;
}

/**
 * rounds_person_unmerge_is_spare:
 * @change: one of the group by which a device has undone a merge
 * @merged: who was taken out
 *
 * Returns: whether it brings back what was kept once for several people, or gives it to another one than @merged: that
 *   follows from who is made of whom, which the server knows better; whose something newer is, a person has said
 */
gboolean
rounds_person_unmerge_is_spare (const RoundsChange *change, const RoundsUuid *merged)
{
  int field = rounds_merge_double_may_be (change->entity) ? find_person_field (change->entity, NULL) : -1;
  g_autoptr (yyjson_doc) doc = NULL;
  const char *text;
  RoundsUuid person;

  if (field < 0 || change->operation == ROUNDS_OPERATION_RESTORE)
    return field >= 0;
  if (change->operation != ROUNDS_OPERATION_UPDATE || change->fields == NULL
      || !rounds_json_read (change->fields, -1, &doc, NULL))
    return FALSE;
  text = yyjson_get_str (
    yyjson_obj_get (yyjson_doc_get_root (doc), rounds_entity_get_field (change->entity, (guint) field)->name));
  return text != NULL && rounds_uuid_parse (text, &person) && !rounds_uuid_equal (&person, merged);
}

/**
 * rounds_person_merge_keeps_once:
 * @store: a store
 * @record: a tombstone
 * @kept: (out): whether it is one because a merge that stands keeps it once with what another person had alike
 * @error: (out) (optional): what the disk says
 */
gboolean
rounds_person_merge_keeps_once (RoundsRecordStore *store, RoundsRecord *record, gboolean *kept, GError **error)
{
  int field = find_double_field (record);
  g_autoptr (GPtrArray) dissolved = NULL;
  RoundsUuid person;
  gboolean forwarded;

  *kept = FALSE;
  if (field < 0)
    return TRUE;
  person = *rounds_record_get_uuid (record, (guint) field);
  if (!rounds_person_merge_forward (store, ROUNDS_ENTITY_PERSON, &person, &forwarded, error))
    return FALSE;
  dissolved = list_dissolved (store, &person, error);
  for (guint i = 0; dissolved != NULL && i < dissolved->len; i++)
    *kept |= rounds_uuid_equal (rounds_record_get_id (((Dissolved *) dissolved->pdata[i])->record),
                                rounds_record_get_id (record));
  return dissolved != NULL;
}

static gboolean
set_kept_once (GError **error)
{
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CONFLICT,
               _ ("This is kept once since two contacts were merged. Undo that merge to bring it back."));
  return FALSE;
}

/* The same of what two people can have alike, and have by @field. */
static gboolean
lead_spare (RoundsRecordStore *store, RoundsRecord *record, guint field, GError **error)
{
  const RoundsUuid said = *rounds_record_get_uuid (record, field);
  g_autoptr (GPtrArray) siblings = NULL;
  RoundsUuid person = said;
  gboolean forwarded;
  gboolean kept;

  if (!rounds_person_merge_keeps_once (store, record, &kept, error)
      || !rounds_person_merge_forward (store, ROUNDS_ENTITY_PERSON, &person, &forwarded, error))
    return FALSE;
  siblings = list_living (store, rounds_record_get_entity (record), field, &person, error);
  if (siblings == NULL)
    return FALSE;
  if (kept && has_double (siblings, record, field))
    return set_kept_once (error);
  return !forwarded || (give (store, record, field, &person, error) && note_given (store, record, field, &said, error));
}

/**
 * rounds_person_merge_lead_back:
 * @store: a store, in a transaction
 * @record: (inout): a tombstone that somebody takes out of the trash
 * @error: (out) (optional): %ROUNDS_ERROR_CONFLICT if the kept person has what a merge keeps once in place of it; what
 *   the disk says
 *
 * What was somebody's who is a part of another now comes back as that one's. Undone, the merges give it back.
 */
gboolean
rounds_person_merge_lead_back (RoundsRecordStore *store, RoundsRecord *record, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  RoundsUuid id = *rounds_record_get_id (record);
  int field = find_double_field (record);
  gboolean dissolved;
  gboolean forwarded;

  if (field >= 0)
    return lead_spare (store, record, (guint) field, error);
  if (!rounds_person_merge_has_dissolved (store, record, &dissolved, error)
      || !rounds_person_merge_forward (store, entity, &id, &forwarded, error))
    return FALSE;
  if (dissolved && forwarded)
    return set_kept_once (error);
  return store->role != ROUNDS_ROLE_SERVER || rounds_person_merge_bring_back (store, entity, &id, error);
}

/**
 * rounds_person_merge_forget:
 * @store: the server's store, in a transaction
 * @record: a tombstone
 * @wanted: (element-type RoundsUuid): the ids of the people who were deleted with it
 * @error: (out) (optional): what the disk says
 *
 * Somebody has deleted @record, who did not know that a merge had dissolved it in what the kept person has: undone, the
 * merge does not bring it back; unless it was deleted with the person, with whom it comes back.
 */
gboolean
rounds_person_merge_forget (RoundsRecordStore *store, RoundsRecord *record, GHashTable *wanted, GError **error)
{
  int field = find_owner_field (record);
  const RoundsUuid *person = field >= 0 ? rounds_record_get_uuid (record, (guint) field) : NULL;
  g_autoptr (RoundsRecord) merge = NULL;
  gboolean forwarded;
  RoundsUuid whole;

  if (person == NULL || g_hash_table_contains (wanted, person))
    return TRUE;
  whole = *person;
  if (!rounds_person_merge_forward (store, ROUNDS_ENTITY_PERSON, &whole, &forwarded, error))
    return FALSE;
  if (g_hash_table_contains (wanted, &whole))
    return TRUE;
  return rounds_person_merge_find (store, person, &merge, error)
         && (merge == NULL || forget (store, merge, rounds_record_get_id (record), error));
}
