/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was refused and is worth another try: what a later change mends goes with it. */

#include "rounds-sync-mending.h"

#include "rounds-error.h"
#include "rounds-sync-people.h"

static gboolean
share_a_field (const char *a, const char *b)
{
  g_autoptr (yyjson_doc) first = NULL;
  g_autoptr (yyjson_doc) second = NULL;
  yyjson_val *key, *value;
  gsize i, n;

  if (a == NULL || b == NULL || !rounds_json_read (a, -1, &first, NULL) || !rounds_json_read (b, -1, &second, NULL))
    return FALSE;
  yyjson_obj_foreach (yyjson_doc_get_root (first), i, n, key, value)
  {
    if (yyjson_obj_get (yyjson_doc_get_root (second), yyjson_get_str (key)) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* Whether @change mends what @rejected did: the record is not on the server without it, or it gives the same field
 * another value. */
static gboolean
mends (const RoundsChange *change, const RoundsChange *rejected)
{
  if (!rounds_uuid_equal (&change->record, &rejected->record) || rejected->seq > change->seq
      || change->operation == ROUNDS_OPERATION_DELETE)
    return FALSE;
  return change->base_rev == 0
         || (rejected->operation == ROUNDS_OPERATION_UPDATE && share_a_field (change->fields, rejected->fields));
}

static gboolean
is_wanted (yyjson_doc *named, const RoundsFieldInfo *info, const RoundsValue *value, RoundsOperation operation)
{
  if (operation == ROUNDS_OPERATION_CREATE)
    return !rounds_value_is_null (value);
  return yyjson_obj_get (yyjson_doc_get_root (named), info->name) != NULL;
}

/**
 * rounds_sync_mending_refresh:
 * @change: (inout): one that goes again
 * @error: (out) (optional): what the disk says
 *
 * Gives @change the values that the record has now. What was refused about one that has come from the server since, as
 * what is known by its name does, stands in the refused change alone.
 */
gboolean
rounds_sync_mending_refresh (RoundsRecordStore *store, RoundsChange *change, GError **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  g_autoptr (yyjson_doc) named = NULL;
  g_autoptr (RoundsRecord) record = NULL;
  const RoundsEntityInfo *info = rounds_entity_get_info (change->entity);

  if (change->operation != ROUNDS_OPERATION_CREATE && change->fields == NULL)
    return TRUE;
  record = rounds_record_store_get (store, change->entity, &change->record, error);
  if (record == NULL || (change->fields != NULL && !rounds_json_read (change->fields, -1, &named, error)))
    return FALSE;
  if (change->operation == ROUNDS_OPERATION_CREATE && rounds_record_get_integer (record, ROUNDS_FIELD_REV) != 0)
    return TRUE;

  yyjson_mut_doc_set_root (doc, yyjson_mut_obj (doc));
  for (guint f = ROUNDS_FIELD_TERRITORY; f < info->n_fields; f++)
    {
      const RoundsValue *value = rounds_record_get_value (record, f);

      if (is_wanted (named, &info->fields[f], value, change->operation))
        yyjson_mut_obj_add (yyjson_mut_doc_get_root (doc), yyjson_mut_str (doc, info->fields[f].name),
                            rounds_value_to_json (value, &info->fields[f], doc));
    }
  g_free (change->fields);
  change->fields = rounds_json_write (doc, FALSE);
  return TRUE;
}

/* Leaves out of @groups, which were refused, the merges that have been taken back here since: the undoing tells of
 * both, and is taken where the merge would be refused once more. */
static gboolean
leave_out_undone (RoundsRecordStore *store, GPtrArray *rejected, GHashTable *groups, GError **error)
{
  for (guint r = 0; r < rejected->len; r++)
    {
      const RoundsChange *change = rounds_change_at (rejected, r);
      g_autoptr (RoundsRecord) merge = NULL;
      g_autoptr (GError) local_error = NULL;

      if (change->entity != ROUNDS_ENTITY_MERGE || change->operation != ROUNDS_OPERATION_CREATE
          || !g_hash_table_contains (groups, &change->group))
        continue;
      merge = rounds_record_store_get (store, ROUNDS_ENTITY_MERGE, &change->record, &local_error);
      if (merge == NULL && !g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (merge != NULL && !rounds_record_is_null (merge, ROUNDS_MERGE_UNDONE_AT))
        g_hash_table_remove (groups, &change->group);
    }
  return TRUE;
}

/* @taken: (inout) (element-type RoundsChange): gets the refused changes that one of @changes mends, and all that was
 * refused together with them */
static gboolean
take_mended (RoundsRecordStore *store, GPtrArray *changes, guint begin, guint end, GPtrArray *rejected,
             GPtrArray *taken, GError **error)
{
  g_autoptr (GHashTable) groups = rounds_uuid_set_new ();

  for (guint i = begin; i < end; i++)
    for (guint r = 0; r < rejected->len; r++)
      if (mends (rounds_change_at (changes, i), rounds_change_at (rejected, r)))
        rounds_uuid_set_add (groups, &rounds_change_at (rejected, r)->group);

  if (!leave_out_undone (store, rejected, groups, error))
    return FALSE;
  for (guint r = 0; r < rejected->len;)
    {
      if (g_hash_table_contains (groups, &rounds_change_at (rejected, r)->group))
        g_ptr_array_add (taken, g_ptr_array_steal_index (rejected, r));
      else
        r++;
    }
  return TRUE;
}

/* Gives the members of the object @text that are among @fields of @entity the values that the object @values has for
 * them. */
static gboolean
take_values (RoundsEntity entity, guint64 fields, char **text, const char *values, GError **error)
{
  g_autoptr (yyjson_doc) read = NULL;
  g_autoptr (yyjson_doc) source = NULL;
  g_autoptr (yyjson_mut_doc) doc = NULL;
  yyjson_val *key, *value;
  gsize i, n;

  if (!rounds_json_read (*text, -1, &read, error) || !rounds_json_read (values, -1, &source, error))
    return FALSE;
  doc = yyjson_doc_mut_copy (read, NULL);
  yyjson_obj_foreach (yyjson_doc_get_root (source), i, n, key, value)
  {
    int field = rounds_entity_find_field (entity, yyjson_get_str (key));

    if (field >= 0 && (fields & ROUNDS_FIELD_BIT (field)) != 0
        && yyjson_obj_get (yyjson_doc_get_root (read), yyjson_get_str (key)) != NULL)
      yyjson_mut_obj_put (yyjson_mut_doc_get_root (doc), yyjson_mut_strcpy (doc, yyjson_get_str (key)),
                          yyjson_val_mut_copy (doc, value));
  }
  g_free (*text);
  *text = rounds_json_write (doc, FALSE);
  return TRUE;
}

/* Whether @change edits what @mended has written. */
static gboolean
follows (const RoundsChange *change, const RoundsChange *mended)
{
  return mended->fields != NULL && change->fields != NULL && change->base != NULL
         && rounds_uuid_equal (&change->record, &mended->record);
}

/* Whether @change undoes a merge that is among @rejected: leave_out_undone() has left that out, and what it did is no
 * step between others. */
static gboolean
undoes_refused (const RoundsChange *change, GPtrArray *rejected)
{
  for (guint r = 0; rounds_sync_people_ends (change) && r < rejected->len; r++)
    if (rounds_change_at (rejected, r)->operation == ROUNDS_OPERATION_CREATE
        && rounds_uuid_equal (&rounds_change_at (rejected, r)->record, &change->record))
      return TRUE;
  return FALSE;
}

/* (transfer full): the groups of @changes in which people were merged, or taken apart; not those by which a merge
 * record goes along with the contact, or that undo one which is among @rejected */
static GHashTable *
find_merges (GPtrArray *changes, GPtrArray *rejected)
{
  GHashTable *groups = rounds_uuid_set_new ();

  for (guint i = 0; i < changes->len; i++)
    {
      const RoundsChange *change = rounds_change_at (changes, i);

      if (rounds_sync_people_begins (change) && !undoes_refused (change, rejected))
        rounds_uuid_set_add (groups, &change->group);
    }
  return groups;
}

/* Whether @field says for whom a record was made. What there is one of for a person was refused because that person had
 * it. */
static gboolean
says_whose (const RoundsFieldInfo *field)
{
  return field->type == ROUNDS_TYPE_REFERENCE && field->target == ROUNDS_ENTITY_PERSON
         && !(field->flags & ROUNDS_FIELD_UNIQUE);
}

/* @is_chosen: whether a merge, or its undoing, gave the field another value
 * @is_merging: the same, or one did what was refused */
static gboolean
goes_in_steps (const RoundsFieldInfo *field, gboolean is_new, gboolean is_chosen, gboolean is_merging)
{
  if (field->type == ROUNDS_TYPE_REFERENCE)
    return is_merging && (!is_new || says_whose (field));
  return is_chosen || (field->merge == ROUNDS_MERGE_WORDS && !is_new);
}

/* Which fields stay as they were written one after the other where @mended and @change, which follows it, become one. A
 * long text is edited step by step, as it was here: what came between the steps is in the later ones' bases alone, and
 * is struck out by them. So are references that a merge has led elsewhere, or led back: what it did is one step,
 * between others. So is what was chosen with a merge, which may come to nothing: nobody has entered that. */
static guint64
find_steps (const RoundsChange *mended, const RoundsChange *change, GHashTable *merges)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (mended->entity);
  gboolean is_chosen = g_hash_table_contains (merges, &change->group);
  gboolean is_merging = is_chosen || g_hash_table_contains (merges, &mended->group);
  guint64 steps = 0;

  for (guint f = 0; f < info->n_fields; f++)
    if (goes_in_steps (&info->fields[f], mended->operation == ROUNDS_OPERATION_CREATE, is_chosen, is_merging))
      steps |= ROUNDS_FIELD_BIT (f);
  return steps;
}

/* What was refused about a record that has been deleted since, and is edited in the trash now, leaves it there. */
static gboolean
follow_to_trash (RoundsChange *mended, const RoundsChange *change, GError **error)
{
  const char *name = rounds_entity_get_field (mended->entity, ROUNDS_FIELD_DELETED_AT)->name;
  g_autoptr (yyjson_doc) read = NULL;
  g_autoptr (yyjson_doc) source = NULL;
  g_autoptr (yyjson_mut_doc) doc = NULL;

  if (mended->base == NULL || !rounds_change_is_in_trash (change))
    return TRUE;
  if (!rounds_json_read (mended->base, -1, &read, error) || !rounds_json_read (change->base, -1, &source, error))
    return FALSE;
  doc = yyjson_doc_mut_copy (read, NULL);
  yyjson_mut_obj_put (yyjson_mut_doc_get_root (doc), yyjson_mut_str (doc, name),
                      yyjson_val_mut_copy (doc, yyjson_obj_get (yyjson_doc_get_root (source), name)));
  g_free (mended->base);
  mended->base = rounds_json_write (doc, FALSE);
  return TRUE;
}

/* From what an edit starts that follows @mended, which has got its values already: from those. A merge of people may
 * come to nothing, as somebody else was first; what was entered behind it starts from what was before it then. */
static const char *
get_start (const RoundsChange *mended, GHashTable *merges)
{
  return mended->base != NULL && g_hash_table_contains (merges, &mended->group) ? mended->base : mended->fields;
}

/* Adds to @fields those to which the edit @change gives values. */
static gboolean
add_fields (const RoundsChange *change, guint64 *fields, GError **error)
{
  g_autoptr (yyjson_doc) read = NULL;
  yyjson_val *key, *value;
  gsize i, n;

  if (!rounds_json_read (change->fields, -1, &read, error))
    return FALSE;
  yyjson_obj_foreach (yyjson_doc_get_root (read), i, n, key, value)
  {
    int field = rounds_entity_find_field (change->entity, yyjson_get_str (key));

    if (field >= 0)
      *fields |= ROUNDS_FIELD_BIT (field);
  }
  return TRUE;
}

/* Takes the members that are among @fields of @entity out of the object @text. */
static gboolean
drop_values (RoundsEntity entity, guint64 fields, char **text, GError **error)
{
  g_autoptr (yyjson_doc) read = NULL;
  g_autoptr (yyjson_mut_doc) doc = NULL;

  if (!rounds_json_read (*text, -1, &read, error))
    return FALSE;
  doc = yyjson_doc_mut_copy (read, NULL);
  for (guint f = 0; f < rounds_entity_get_info (entity)->n_fields; f++)
    if (fields & ROUNDS_FIELD_BIT (f))
      yyjson_mut_obj_remove_key (yyjson_mut_doc_get_root (doc), rounds_entity_get_field (entity, f)->name);
  g_free (*text);
  *text = rounds_json_write (doc, FALSE);
  return TRUE;
}

/* Takes out of the edit @refused what others of this device have replaced that the server has taken.
 * @merges: the groups of what was refused in which people were merged, or taken apart */
static gboolean
drop_replaced (RoundsRecordStore *store, RoundsChange *refused, GHashTable *merges, GError **error)
{
  g_autoptr (GPtrArray) history = rounds_record_store_list_record_changes (store, &refused->record, G_MAXUINT, error);
  guint64 replaced = 0;

  for (guint i = 0; history != NULL && i < history->len && rounds_change_at (history, i)->seq > refused->seq; i++)
    {
      const RoundsChange *change = rounds_change_at (history, i);
      guint64 fields = 0;

      if (change->state != ROUNDS_CHANGE_APPLIED || !follows (change, refused))
        continue;
      if (!add_fields (change, &fields, error))
        return FALSE;
      replaced |= fields & ~find_steps (refused, change, merges);
    }
  return history != NULL
         && (replaced == 0
             || (drop_values (refused->entity, replaced, &refused->fields, error)
                 && drop_values (refused->entity, replaced, &refused->base, error)));
}

/**
 * rounds_sync_mending_list:
 * @store: a device's store
 * @error: (out) (optional): what the disk says
 *
 * What the server refused goes again, and is on the screen until then; but not what was entered over since, where the
 * server has taken that: behind a merge that is refused, what was entered goes by itself.
 *
 * Returns: (transfer full) (element-type RoundsChange) (nullable): what was refused, oldest first
 */
GPtrArray *
rounds_sync_mending_list (RoundsRecordStore *store, GError **error)
{
  g_autoptr (GPtrArray) rejected = rounds_record_store_list_rejected (store, error);
  g_autoptr (GHashTable) merges = rejected != NULL ? find_merges (rejected, rejected) : NULL;

  for (guint i = 0; merges != NULL && i < rejected->len; i++)
    {
      RoundsChange *refused = g_ptr_array_index (rejected, i);

      if (refused->operation == ROUNDS_OPERATION_UPDATE && refused->base != NULL
          && !drop_replaced (store, refused, merges, error))
        return NULL;
    }
  return g_steal_pointer (&rejected);
}

/* Gives @mended the people of whom it was @made, except among @entered. */
static gboolean
take_whose (RoundsChange *mended, const char *made, guint64 entered, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (mended->entity);
  guint64 whose = 0;

  for (guint f = 0; f < info->n_fields; f++)
    if (says_whose (&info->fields[f]))
      whose |= ROUNDS_FIELD_BIT (f);
  return take_values (mended->entity, whose & ~entered, &mended->fields, made, error);
}

/* Gives the @place-th of @changes, which makes a record, the values that the record has now, up to those steps; unless
 * somebody has entered others behind them. It is theirs for whom it was made: where merges have led it, also those that
 * the server has taken meanwhile, the server leads it by itself, if they still stand there. */
static gboolean
take_as_it_is (RoundsRecordStore *store, GPtrArray *changes, guint place, GHashTable *merges, GError **error)
{
  RoundsChange *mended = g_ptr_array_index (changes, place);
  g_autofree char *made = g_strdup (mended->fields);
  guint64 entered = 0;

  if (!rounds_sync_mending_refresh (store, mended, error))
    return FALSE;
  for (guint i = changes->len; i > place + 1; i--)
    {
      const RoundsChange *change = rounds_change_at (changes, i - 1);

      if (!follows (change, mended))
        continue;
      if (!take_values (mended->entity, find_steps (mended, change, merges) & ~entered, &mended->fields, change->base,
                        error)
          || (!g_hash_table_contains (merges, &change->group) && !add_fields (change, &entered, error)))
        return FALSE;
    }
  return take_whose (mended, made, entered, error);
}

/* Gives the @place-th of @changes, which was refused, the values that they end with, and leaves the edits that follow
 * it there nothing to add: they must not stand against it. An edit gets its values as they were entered, since what
 * somebody else wrote meanwhile is the server's to merge, and later groups build upon this one. */
static gboolean
mend (RoundsRecordStore *store, GPtrArray *changes, guint place, GHashTable *merges, GError **error)
{
  RoundsChange *mended = g_ptr_array_index (changes, place);

  if (mended->entity == ROUNDS_ENTITY_MERGE)
    return TRUE; /* what the server does with it is of that time, whatever became of the merge since */
  if (mended->operation == ROUNDS_OPERATION_CREATE && !take_as_it_is (store, changes, place, merges, error))
    return FALSE;
  for (guint i = place + 1; i < changes->len && mended->operation == ROUNDS_OPERATION_UPDATE; i++)
    {
      const RoundsChange *change = rounds_change_at (changes, i);

      if (follows (change, mended)
          && (!take_values (mended->entity, ~find_steps (mended, change, merges), &mended->fields, change->fields,
                            error)
              || !follow_to_trash (mended, change, error)))
        return FALSE;
    }
  for (guint i = place + 1; i < changes->len; i++)
    {
      RoundsChange *change = g_ptr_array_index (changes, i);
      guint64 fields = ~find_steps (mended, change, merges);

      if (follows (change, mended)
          && (!take_values (mended->entity, fields, &change->base, get_start (mended, merges), error)
              || !take_values (mended->entity, fields, &change->fields, mended->fields, error)))
        return FALSE;
    }
  return TRUE;
}

/* Makes the @n_mended refused changes a part of the group behind them, so that both are applied or neither. A merge of
 * people stays a group by itself, and with it what was refused before: the server reads the whole group of a merge as
 * its doing. The other group makes it another question than the one that the server has answered under the same number;
 * asked again it is the same. */
static void
regroup (GPtrArray *changes, guint n_mended, GHashTable *merges)
{
  const RoundsUuid group = rounds_change_at (changes, n_mended)->group;
  guint n_apart = 0;

  for (guint i = 0; i < n_mended; i++)
    if (g_hash_table_contains (merges, &rounds_change_at (changes, i)->group))
      n_apart = i + 1;
  for (guint i = 0; i < n_mended; i++)
    {
      RoundsChange *change = g_ptr_array_index (changes, i);

      for (guint b = 0; b < sizeof group.bytes; b++)
        change->group.bytes[b] = group.bytes[b] ^ (i < n_apart ? change->group.bytes[b] : 0);
    }
}

/* @changes: a group behind the @n_mended refused changes that it mends; @rejected: what was refused beside these */
static gboolean
mend_all (RoundsRecordStore *store, GPtrArray *changes, guint n_mended, GPtrArray *rejected, GError **error)
{
  g_autoptr (GHashTable) merges = find_merges (changes, rejected);

  for (guint i = 0; i < n_mended; i++)
    if (!mend (store, changes, i, merges, error))
      return FALSE;
  regroup (changes, n_mended, merges);
  return TRUE;
}

/* Drops what @mended says of records that never came to the server and have been deleted here since: sent again they
 * would be back. The answer to their deletion settles what was refused about them. */
static gboolean
leave_out_deleted (RoundsRecordStore *store, GPtrArray *mended, GError **error)
{
  for (guint i = 0; i < mended->len;)
    {
      const RoundsChange *change = rounds_change_at (mended, i);
      g_autoptr (RoundsRecord) record = rounds_record_store_get (store, change->entity, &change->record, error);

      if (record == NULL)
        return FALSE;
      if (rounds_record_is_deleted (record) && rounds_record_get_integer (record, ROUNDS_FIELD_REV) == 0)
        g_ptr_array_remove_index (mended, i);
      else
        i++;
    }
  return TRUE;
}

/**
 * rounds_sync_mending_take:
 * @changes: (element-type RoundsChange): what waits
 * @begin: where a group of it begins
 * @end: … and ends
 * @rejected: (inout) (element-type RoundsChange): what the server refused; what goes along is taken out
 * @result: (inout) (element-type RoundsChange): what is sent: the group is moved there
 * @error: (out) (optional): what the disk says
 *
 * Puts in front of the group what it mends.
 */
gboolean
rounds_sync_mending_take (RoundsRecordStore *store, GPtrArray *changes, guint begin, guint end, GPtrArray *rejected,
                          GPtrArray *result, GError **error)
{
  g_autoptr (GPtrArray) mended = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_change_free);
  guint n_mended;

  if (!take_mended (store, changes, begin, end, rejected, mended, error) || !leave_out_deleted (store, mended, error))
    return FALSE;
  n_mended = mended->len;
  for (guint i = begin; i < end; i++)
    g_ptr_array_add (mended, g_steal_pointer (&g_ptr_array_index (changes, i)));
  if (!mend_all (store, mended, n_mended, rejected, error))
    return FALSE;
  g_ptr_array_extend_and_steal (result, g_steal_pointer (&mended));
  return TRUE;
}
