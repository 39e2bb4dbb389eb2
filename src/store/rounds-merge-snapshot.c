/* SPDX-License-Identifier: GPL-3.0-or-later */

/* As JSON:
 *
 *   {"joined": [{"entity": "person", "from": ID, "to": ID}, …],
 *    "dissolved": [{"entity": "person", "fields": {…}}, …],
 *    "moved": [{"entity": "interaction", "field": "person", "from": ID, "to": ID, "records": [ID, …]}, …],
 *    "edited": [{"entity": "person", "record": ID, "before": {"phone": …}, "after": {"phone": …}}, …], perhaps with
 *              "chosen_with": ID,
 *    "said": ID,
 *    "own": [ID, …],
 *    "left": [ID, …]}
 *
 * It may come from a newer version or have gone through other hands: what it says of unknown entities and fields is
 * left out. */

#include "rounds-merge-snapshot-private.h"

#include "rounds-json.h"
#include "rounds-record-store-private.h"

static void
clear_edit (gpointer data)
{
  RoundsMergeEdit *edit = data;

  rounds_value_clear (&edit->before);
  rounds_value_clear (&edit->after);
}

/* rounds_merge_snapshot_new: Returns: (transfer full): of a merge that has done nothing yet. */
RoundsMergeSnapshot *
rounds_merge_snapshot_new (void)
{
  RoundsMergeSnapshot *self = g_new0 (RoundsMergeSnapshot, 1);

  self->joined = g_array_new (FALSE, FALSE, sizeof (RoundsMergeJoin));
  self->dissolved = g_ptr_array_new_with_free_func (g_object_unref);
  self->moved = g_array_new (FALSE, FALSE, sizeof (RoundsMergeMove));
  self->edited = g_array_new (FALSE, FALSE, sizeof (RoundsMergeEdit));
  g_array_set_clear_func (self->edited, clear_edit);
  self->own = rounds_uuid_set_new ();
  self->left = rounds_uuid_set_new ();
  self->known = rounds_uuid_set_new ();
  return self;
}

/* rounds_merge_snapshot_free: frees @self. */
void
rounds_merge_snapshot_free (RoundsMergeSnapshot *self)
{
  g_array_unref (self->joined);
  g_ptr_array_unref (self->dissolved);
  g_array_unref (self->moved);
  g_array_unref (self->edited);
  g_hash_table_unref (self->own);
  g_hash_table_unref (self->left);
  g_hash_table_unref (self->known);
  g_free (self);
}

/* rounds_merge_snapshot_find_join: Returns: (transfer none) (nullable): how the merge has made @from a part of another.
 */
const RoundsMergeJoin *
rounds_merge_snapshot_find_join (RoundsMergeSnapshot *self, const RoundsUuid *from)
{
  for (guint i = 0; i < self->joined->len; i++)
    {
      const RoundsMergeJoin *join = &g_array_index (self->joined, RoundsMergeJoin, i);

      if (rounds_uuid_equal (&join->from, from))
        return join;
    }
  return NULL;
}

/* rounds_merge_snapshot_add_join: @from became a part of @to; said twice it is kept once. */
void
rounds_merge_snapshot_add_join (RoundsMergeSnapshot *self, RoundsEntity entity, const RoundsUuid *from,
                                const RoundsUuid *to)
{
  RoundsMergeJoin join = { entity, *from, *to };

  if (rounds_merge_snapshot_find_join (self, from) == NULL)
    g_array_append_val (self->joined, join);
}

/* rounds_merge_snapshot_add_dissolved: @record, as it was, is deleted by the merge. */
void
rounds_merge_snapshot_add_dissolved (RoundsMergeSnapshot *self, RoundsRecord *record)
{
  if (rounds_merge_snapshot_find_dissolved (self, rounds_record_get_id (record)) != NULL)
    return;
  g_ptr_array_add (self->dissolved, rounds_record_dup (record));
  rounds_uuid_set_add (self->known, rounds_record_get_id (record));
}

/* rounds_merge_snapshot_add_move: the first that is said of a reference stays. A record with two references to the
 * merged person is moved twice. */
void
rounds_merge_snapshot_add_move (RoundsMergeSnapshot *self, const RoundsMergeMove *move)
{
  if (g_hash_table_contains (self->known, &move->record))
    for (guint i = 0; i < self->moved->len; i++)
      {
        const RoundsMergeMove *known = &g_array_index (self->moved, RoundsMergeMove, i);

        if (known->field == move->field && rounds_uuid_equal (&known->record, &move->record))
          return;
      }
  g_array_append_vals (self->moved, move, 1);
  rounds_uuid_set_add (self->known, &move->record);
}

/* rounds_merge_snapshot_remove_move: takes back the @index-th of the moves. */
void
rounds_merge_snapshot_remove_move (RoundsMergeSnapshot *self, guint index)
{
  g_hash_table_remove (self->known, &g_array_index (self->moved, RoundsMergeMove, index).record);
  g_array_remove_index (self->moved, index);
}

/* rounds_merge_snapshot_add_edit: @field of @after is not what it was. */
void
rounds_merge_snapshot_add_edit (RoundsMergeSnapshot *self, RoundsRecord *before, RoundsRecord *after, guint field)
{
  RoundsMergeEdit edit = { rounds_record_get_entity (after), *rounds_record_get_id (after), field };

  rounds_value_copy (rounds_record_get_value (before, field), &edit.before);
  rounds_value_copy (rounds_record_get_value (after, field), &edit.after);
  g_array_append_val (self->edited, edit);
}

/* rounds_merge_snapshot_add_choice: the same as it was chosen with @merge, which came second. */
void
rounds_merge_snapshot_add_choice (RoundsMergeSnapshot *self, const RoundsUuid *merge, RoundsRecord *before,
                                  RoundsRecord *after, guint field)
{
  rounds_merge_snapshot_add_edit (self, before, after, field);
  g_array_index (self->edited, RoundsMergeEdit, self->edited->len - 1).chosen_with = *merge;
}

/* rounds_merge_snapshot_lead_edit: @field of @after is not what it was, as what it was taken from is not. */
void
rounds_merge_snapshot_lead_edit (RoundsMergeSnapshot *self, RoundsRecord *before, RoundsRecord *after, guint field)
{
  for (guint i = 0; i < self->edited->len; i++)
    {
      RoundsMergeEdit *edit = &g_array_index (self->edited, RoundsMergeEdit, i);

      if (edit->field != field || !rounds_uuid_equal (&edit->record, rounds_record_get_id (after))
          || !rounds_value_equal (&edit->after, rounds_record_get_value (before, field)))
        continue;
      rounds_value_clear (&edit->after);
      rounds_value_copy (rounds_record_get_value (after, field), &edit->after);
      return;
    }
  rounds_merge_snapshot_add_edit (self, before, after, field);
}

/* rounds_merge_snapshot_pass_over: what was put in the place of @edit's value counts as put in the place of what was
 * there before. Returns: whether there is such a thing */
gboolean
rounds_merge_snapshot_pass_over (RoundsMergeSnapshot *self, const RoundsMergeEdit *edit)
{
  gboolean found = FALSE;

  for (guint i = 0; i < self->edited->len; i++)
    {
      RoundsMergeEdit *above = &g_array_index (self->edited, RoundsMergeEdit, i);

      if (above->field != edit->field || !rounds_uuid_equal (&above->record, &edit->record)
          || !rounds_value_equal (&above->before, &edit->after))
        continue;
      rounds_value_clear (&above->before);
      rounds_value_copy (&edit->before, &above->before);
      found = TRUE;
    }
  return found;
}

/* rounds_merge_snapshot_covers: Returns: whether the same value was put in the place of @edit's */
gboolean
rounds_merge_snapshot_covers (RoundsMergeSnapshot *self, const RoundsMergeEdit *edit)
{
  for (guint i = 0; i < self->edited->len; i++)
    {
      const RoundsMergeEdit *above = &g_array_index (self->edited, RoundsMergeEdit, i);

      if (above->field == edit->field && rounds_uuid_equal (&above->record, &edit->record)
          && !rounds_value_is_null (&above->after) && rounds_value_equal (&above->before, &edit->after)
          && rounds_value_equal (&above->after, &edit->after))
        return TRUE;
    }
  return FALSE;
}

/* rounds_merge_snapshot_add_own: @record was the kept person's before. */
void
rounds_merge_snapshot_add_own (RoundsMergeSnapshot *self, const RoundsUuid *record)
{
  rounds_uuid_set_add (self->own, record);
}

/* rounds_merge_snapshot_add_left: what was done to @record on the device that made the merge was not to be done. */
void
rounds_merge_snapshot_add_left (RoundsMergeSnapshot *self, const RoundsUuid *record)
{
  rounds_uuid_set_add (self->left, record);
}

/* rounds_merge_snapshot_get_said: Returns: (transfer none) (nullable): into whom the merge was made on the device that
 * made it, whomever it has been led to since. */
const RoundsUuid *
rounds_merge_snapshot_get_said (RoundsMergeSnapshot *self)
{
  if (!rounds_uuid_is_nil (&self->said))
    return &self->said;
  for (guint i = 0; i < self->joined->len; i++)
    if (g_array_index (self->joined, RoundsMergeJoin, i).entity == ROUNDS_ENTITY_PERSON)
      return &g_array_index (self->joined, RoundsMergeJoin, i).to;
  return NULL;
}

/* rounds_merge_snapshot_take_fields: begins with the fields that @told edited, which has none any more, and with what
 * it says was the kept person's, or was not to be done; and into whom the merge was made. */
void
rounds_merge_snapshot_take_fields (RoundsMergeSnapshot *self, RoundsMergeSnapshot *told)
{
  GArray *edited = g_steal_pointer (&told->edited);

  told->edited = g_steal_pointer (&self->edited);
  self->edited = edited;
  rounds_uuid_set_add_all (self->own, told->own);
  rounds_uuid_set_add_all (self->left, told->left);
  if (rounds_merge_snapshot_get_said (told) != NULL)
    self->said = *rounds_merge_snapshot_get_said (told);
}

/* rounds_merge_snapshot_find_dissolved: Returns: (transfer none) (nullable): the record with the id @record, as it was
 * when the merge dissolved it. */
RoundsRecord *
rounds_merge_snapshot_find_dissolved (RoundsMergeSnapshot *self, const RoundsUuid *record)
{
  for (guint i = 0; i < self->dissolved->len; i++)
    if (rounds_uuid_equal (rounds_record_get_id (self->dissolved->pdata[i]), record))
      return self->dissolved->pdata[i];
  return NULL;
}

/* rounds_merge_snapshot_forget_dissolved: @record, which is one of those, is nobody's any more. */
void
rounds_merge_snapshot_forget_dissolved (RoundsMergeSnapshot *self, RoundsRecord *record)
{
  rounds_uuid_set_add (self->left, rounds_record_get_id (record));
  g_hash_table_remove (self->known, rounds_record_get_id (record));
  g_ptr_array_remove (self->dissolved, record);
}

/* Writing */

static void
put_id (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *name, const RoundsUuid *id)
{
  char text[ROUNDS_UUID_STRING_LENGTH + 1];

  rounds_uuid_format (id, text);
  yyjson_mut_obj_add_strcpy (doc, object, name, text);
}

static void
append_id (yyjson_mut_doc *doc, yyjson_mut_val *array, const RoundsUuid *id)
{
  char text[ROUNDS_UUID_STRING_LENGTH + 1];

  rounds_uuid_format (id, text);
  yyjson_mut_arr_add_strcpy (doc, array, text);
}

static yyjson_mut_val *
append_object (yyjson_mut_doc *doc, yyjson_mut_val *array, RoundsEntity entity)
{
  yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, array);

  yyjson_mut_obj_add_str (doc, object, "entity", rounds_entity_get_info (entity)->name);
  return object;
}

static gboolean
is_same_way (const RoundsMergeMove *a, const RoundsMergeMove *b)
{
  return a->entity == b->entity && a->field == b->field && rounds_uuid_equal (&a->from, &b->from)
         && rounds_uuid_equal (&a->to, &b->to);
}

static void
put_moved (RoundsMergeSnapshot *self, yyjson_mut_doc *doc, yyjson_mut_val *root)
{
  yyjson_mut_val *moved = yyjson_mut_obj_add_arr (doc, root, "moved");
  const RoundsMergeMove *before = NULL;
  yyjson_mut_val *records = NULL;

  for (guint i = 0; i < self->moved->len; i++)
    {
      const RoundsMergeMove *move = &g_array_index (self->moved, RoundsMergeMove, i);

      if (before == NULL || !is_same_way (before, move))
        {
          yyjson_mut_val *object = append_object (doc, moved, move->entity);

          yyjson_mut_obj_add_str (doc, object, "field", rounds_entity_get_field (move->entity, move->field)->name);
          put_id (doc, object, "from", &move->from);
          put_id (doc, object, "to", &move->to);
          records = yyjson_mut_obj_add_arr (doc, object, "records");
        }
      append_id (doc, records, &move->record);
      before = move;
    }
}

static void
put_edited (RoundsMergeSnapshot *self, yyjson_mut_doc *doc, yyjson_mut_val *root)
{
  yyjson_mut_val *edited = yyjson_mut_obj_add_arr (doc, root, "edited");

  for (guint i = 0; i < self->edited->len; i++)
    {
      const RoundsMergeEdit *edit = &g_array_index (self->edited, RoundsMergeEdit, i);
      const RoundsFieldInfo *field = rounds_entity_get_field (edit->entity, edit->field);
      yyjson_mut_val *object = append_object (doc, edited, edit->entity);

      put_id (doc, object, "record", &edit->record);
      if (!rounds_uuid_is_nil (&edit->chosen_with))
        put_id (doc, object, "chosen_with", &edit->chosen_with);
      yyjson_mut_obj_add_val (doc, yyjson_mut_obj_add_obj (doc, object, "before"), field->name,
                              rounds_value_to_json (&edit->before, field, doc));
      yyjson_mut_obj_add_val (doc, yyjson_mut_obj_add_obj (doc, object, "after"), field->name,
                              rounds_value_to_json (&edit->after, field, doc));
    }
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return memcmp (*(const RoundsUuid *const *) a, *(const RoundsUuid *const *) b, sizeof (RoundsUuid));
}

/* In order, so that the same snapshot is the same text. */
static void
put_ids (GHashTable *set, yyjson_mut_doc *doc, yyjson_mut_val *array)
{
  g_autoptr (GPtrArray) ids = g_hash_table_get_keys_as_ptr_array (set);

  g_ptr_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    append_id (doc, array, ids->pdata[i]);
}

/* rounds_merge_snapshot_write: makes @self the snapshot of @merge, which is not saved by that. */
void
rounds_merge_snapshot_write (RoundsMergeSnapshot *self, RoundsRecord *merge)
{
  g_autofree char *text = NULL;
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *joined = yyjson_mut_obj_add_arr (doc, root, "joined");
  yyjson_mut_val *dissolved = yyjson_mut_obj_add_arr (doc, root, "dissolved");

  yyjson_mut_doc_set_root (doc, root);
  for (guint i = 0; i < self->joined->len; i++)
    {
      const RoundsMergeJoin *join = &g_array_index (self->joined, RoundsMergeJoin, i);
      yyjson_mut_val *object = append_object (doc, joined, join->entity);

      put_id (doc, object, "from", &join->from);
      put_id (doc, object, "to", &join->to);
    }
  for (guint i = 0; i < self->dissolved->len; i++)
    {
      RoundsRecord *record = self->dissolved->pdata[i];

      yyjson_mut_obj_add_val (doc, append_object (doc, dissolved, rounds_record_get_entity (record)), "fields",
                              rounds_record_to_json (record, doc));
    }
  put_moved (self, doc, root);
  put_edited (self, doc, root);
  if (!rounds_uuid_is_nil (&self->said))
    put_id (doc, root, "said", &self->said);
  put_ids (self->own, doc, yyjson_mut_obj_add_arr (doc, root, "own"));
  if (g_hash_table_size (self->left) > 0)
    put_ids (self->left, doc, yyjson_mut_obj_add_arr (doc, root, "left"));
  text = rounds_json_write (doc, FALSE);
  rounds_record_set_text (merge, ROUNDS_MERGE_SNAPSHOT, text);
}

/* rounds_merge_snapshot_save: makes @self the snapshot of @merge, which is in @store, and saves that. */
gboolean
rounds_merge_snapshot_save (RoundsMergeSnapshot *self, RoundsRecordStore *store, RoundsRecord *merge, GError **error)
{
  rounds_merge_snapshot_write (self, merge);
  return rounds_record_store_rewrite (store, merge, error);
}

/* Reading */

static gboolean
get_id (yyjson_val *value, RoundsUuid *id)
{
  return yyjson_is_str (value) && rounds_uuid_parse (yyjson_get_str (value), id);
}

static RoundsEntity
get_entity (yyjson_val *object)
{
  const char *name = yyjson_get_str (yyjson_obj_get (object, "entity"));
  RoundsEntity entity = name != NULL ? rounds_entity_from_name (name) : ROUNDS_ENTITY_NONE;

  return rounds_entity_is_synced (entity) ? entity : ROUNDS_ENTITY_NONE;
}

static void
read_join (RoundsMergeSnapshot *self, RoundsEntity entity, yyjson_val *object)
{
  RoundsUuid from, to;

  if (get_id (yyjson_obj_get (object, "from"), &from) && get_id (yyjson_obj_get (object, "to"), &to))
    rounds_merge_snapshot_add_join (self, entity, &from, &to);
}

static void
read_dissolved (RoundsMergeSnapshot *self, RoundsEntity entity, yyjson_val *object)
{
  g_autoptr (RoundsRecord) record = rounds_record_new_empty (entity);

  if (rounds_record_set_from_json (record, yyjson_obj_get (object, "fields"), TRUE, NULL)
      && !rounds_record_is_null (record, ROUNDS_FIELD_ID))
    rounds_merge_snapshot_add_dissolved (self, record);
}

static void
read_moved (RoundsMergeSnapshot *self, RoundsEntity entity, yyjson_val *object)
{
  const char *name = yyjson_get_str (yyjson_obj_get (object, "field"));
  int field = name != NULL ? rounds_entity_find_field (entity, name) : -1;
  RoundsMergeMove move = { .entity = entity, .field = (guint) MAX (field, 0) };
  yyjson_val *record;
  gsize i, n;

  if (field < 0 || rounds_entity_get_field (entity, (guint) field)->type != ROUNDS_TYPE_REFERENCE
      || !get_id (yyjson_obj_get (object, "from"), &move.from) || !get_id (yyjson_obj_get (object, "to"), &move.to))
    return;
  yyjson_arr_foreach (yyjson_obj_get (object, "records"), i, n, record)
  {
    if (get_id (record, &move.record))
      rounds_merge_snapshot_add_move (self, &move);
  }
}

static void
read_edited (RoundsMergeSnapshot *self, RoundsEntity entity, yyjson_val *object)
{
  yyjson_val *before = yyjson_obj_get (object, "before");
  yyjson_val *key, *value;
  gsize i, n;

  yyjson_obj_foreach (yyjson_obj_get (object, "after"), i, n, key, value)
  {
    int field = rounds_entity_find_field (entity, yyjson_get_str (key));
    yyjson_val *old = yyjson_obj_get (before, yyjson_get_str (key));
    RoundsMergeEdit edit = { .entity = entity, .field = (guint) MAX (field, 0) };
    RoundsUuid chosen_with;

    if (field < ROUNDS_N_COMMON_FIELDS || old == NULL || !get_id (yyjson_obj_get (object, "record"), &edit.record))
      continue;
    if (get_id (yyjson_obj_get (object, "chosen_with"), &chosen_with))
      edit.chosen_with = chosen_with;
    if (rounds_value_from_json (&edit.before, rounds_entity_get_field (entity, edit.field), old, NULL)
        && rounds_value_from_json (&edit.after, rounds_entity_get_field (entity, edit.field), value, NULL))
      g_array_append_val (self->edited, edit);
    else
      clear_edit (&edit);
  }
}

typedef void (*ReadFunc) (RoundsMergeSnapshot *self, RoundsEntity entity, yyjson_val *object);

static void
read_all (RoundsMergeSnapshot *self, yyjson_val *array, ReadFunc read)
{
  yyjson_val *object;
  gsize i, n;

  yyjson_arr_foreach (array, i, n, object)
  {
    RoundsEntity entity = get_entity (object);

    if (entity != ROUNDS_ENTITY_NONE)
      read (self, entity, object);
  }
}

static void
read_ids (GHashTable *set, yyjson_val *array)
{
  yyjson_val *value;
  gsize i, n;

  yyjson_arr_foreach (array, i, n, value)
  {
    RoundsUuid id;

    if (get_id (value, &id))
      rounds_uuid_set_add (set, &id);
  }
}

/*
 * rounds_merge_snapshot_read:
 * @merge: a merge record
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): its snapshot, an empty one if it has none
 */
RoundsMergeSnapshot *
rounds_merge_snapshot_read (RoundsRecord *merge, GError **error)
{
  const char *text = rounds_record_get_text (merge, ROUNDS_MERGE_SNAPSHOT);
  g_autoptr (RoundsMergeSnapshot) self = rounds_merge_snapshot_new ();
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *root;
  RoundsUuid said;

  if (!rounds_json_read (text != NULL ? text : "{}", -1, &doc, error))
    return NULL;
  root = yyjson_doc_get_root (doc);
  read_all (self, yyjson_obj_get (root, "joined"), read_join);
  read_all (self, yyjson_obj_get (root, "dissolved"), read_dissolved);
  read_all (self, yyjson_obj_get (root, "moved"), read_moved);
  read_all (self, yyjson_obj_get (root, "edited"), read_edited);
  if (get_id (yyjson_obj_get (root, "said"), &said))
    self->said = said;
  read_ids (self->own, yyjson_obj_get (root, "own"));
  read_ids (self->left, yyjson_obj_get (root, "left"));
  return g_steal_pointer (&self);
}
