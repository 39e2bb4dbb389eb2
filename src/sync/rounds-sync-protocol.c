/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-sync-protocol.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-time.h"

static const char *const status_names[] = { "applied", "merged", "conflict", "rejected" };

/**
 * rounds_sync_result_new:
 * @mutation: what was asked for
 * @status: what became of it
 *
 * Returns: (transfer full): a result for @mutation
 */
RoundsSyncResult *
rounds_sync_result_new (const RoundsChange *mutation, RoundsSyncStatus status)
{
  RoundsSyncResult *self = g_new0 (RoundsSyncResult, 1);

  self->n = mutation->seq;
  self->status = status;
  self->entity = mutation->entity;
  self->group = mutation->group;
  self->present = G_MAXUINT64;
  return self;
}

/** rounds_sync_result_free: frees @self and what it owns. */
void
rounds_sync_result_free (RoundsSyncResult *self)
{
  g_clear_object (&self->record);
  g_clear_pointer (&self->conflicts, g_ptr_array_unref);
  g_strfreev (self->unknown);
  g_free (self->reason);
  g_free (self->field);
  g_free (self);
}

/** rounds_sync_push_free: frees @self and what it owns. */
void
rounds_sync_push_free (RoundsSyncPush *self)
{
  g_free (self->cursor);
  g_free (self->epoch);
  g_ptr_array_unref (self->mutations);
  g_free (self);
}

/** rounds_sync_reply_new: (transfer full): an answer without results. */
RoundsSyncReply *
rounds_sync_reply_new (void)
{
  RoundsSyncReply *self = g_new0 (RoundsSyncReply, 1);

  self->results = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_sync_result_free);
  return self;
}

/** rounds_sync_reply_free: frees @self and what it owns. */
void
rounds_sync_reply_free (RoundsSyncReply *self)
{
  g_ptr_array_unref (self->results);
  g_free (self->epoch);
  g_free (self->cursor);
  g_free (self);
}

/* Writing. Texts that the document only points to belong to the caller's records and changes. */

static void
put (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *key, yyjson_mut_val *value)
{
  yyjson_mut_obj_add (object, yyjson_mut_str (doc, key), value);
}

static void
put_text (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *key, const char *text)
{
  if (text != NULL)
    put (doc, object, key, yyjson_mut_str (doc, text));
}

static void
put_uuid (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *key, const RoundsUuid *uuid)
{
  char text[ROUNDS_UUID_STRING_LENGTH + 1];

  rounds_uuid_format (uuid, text);
  put (doc, object, key, yyjson_mut_strncpy (doc, text, ROUNDS_UUID_STRING_LENGTH));
}

static void
put_instant (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *key, gint64 instant)
{
  g_autofree char *text = rounds_instant_to_string (instant);

  put (doc, object, key, yyjson_mut_strcpy (doc, text));
}

static yyjson_mut_val *
begin_object (yyjson_mut_doc *doc)
{
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  return root;
}

static GBytes *
finish (yyjson_mut_doc *doc)
{
  gsize length = 0;
  char *text = yyjson_mut_write (doc, 0, &length);

  return g_bytes_new_with_free_func (text, length, free, text);
}

static yyjson_mut_val *
mutation_to_json (yyjson_mut_doc *doc, const RoundsChange *mutation)
{
  yyjson_mut_val *object = yyjson_mut_obj (doc);

  put (doc, object, "n", yyjson_mut_sint (doc, mutation->seq));
  put_uuid (doc, object, "group", &mutation->group);
  put_text (doc, object, "entity", rounds_entity_get_info (mutation->entity)->name);
  put_uuid (doc, object, "id", &mutation->record);
  put_text (doc, object, "op", rounds_operation_to_string (mutation->operation));
  put (doc, object, "base_rev", yyjson_mut_sint (doc, mutation->base_rev));
  put_instant (doc, object, "at", mutation->at);
  if (mutation->fields != NULL)
    put (doc, object, "fields", yyjson_mut_raw (doc, mutation->fields));
  if (mutation->base != NULL)
    put (doc, object, "base", yyjson_mut_raw (doc, mutation->base));
  return object;
}

static yyjson_mut_val *
conflicts_to_json (yyjson_mut_doc *doc, RoundsEntity entity, GPtrArray *conflicts)
{
  yyjson_mut_val *array = yyjson_mut_arr (doc);

  for (guint i = 0; i < conflicts->len; i++)
    {
      const RoundsMergeConflict *conflict = g_ptr_array_index (conflicts, i);
      const RoundsFieldInfo *info = rounds_entity_get_field (entity, conflict->field);
      yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, array);

      put_text (doc, object, "field", info->name);
      put (doc, object, "original", rounds_value_to_json (&conflict->original, info, doc));
      put (doc, object, "mine", rounds_value_to_json (&conflict->mine, info, doc));
      put (doc, object, "theirs", rounds_value_to_json (&conflict->theirs, info, doc));
    }
  return array;
}

static void
put_result (yyjson_mut_doc *doc, yyjson_mut_val *object, RoundsSyncResult *result)
{
  put_text (doc, object, "status", status_names[result->status]);
  if (result->conflicts != NULL)
    put (doc, object, "conflicts", conflicts_to_json (doc, result->entity, result->conflicts));
  if (result->unknown != NULL)
    put (doc, object, "unknown",
         yyjson_mut_arr_with_str (doc, (const char **) result->unknown, g_strv_length (result->unknown)));
  put_text (doc, object, "reason", result->reason);
  put_text (doc, object, "field", result->field);
}

/**
 * rounds_sync_result_to_text:
 *
 * Returns: (transfer full): what a server keeps of @self for a repeat: all but the record, which is read again then
 */
char *
rounds_sync_result_to_text (RoundsSyncResult *self)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *object = begin_object (doc);

  put_result (doc, object, self);
  return rounds_json_write (doc, FALSE);
}

/**
 * rounds_sync_push_build_mutations:
 * @mutations: (element-type RoundsChange): what to send
 * @size: (out): bytes
 *
 * Returns: (transfer full): how the body of a push begins; rounds_sync_push_build_place() is how it ends
 */
char *
rounds_sync_push_build_mutations (GPtrArray *mutations, gsize *size)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *array = yyjson_mut_arr (doc);
  GString *text = g_string_new ("{\"mutations\":");
  g_autoptr (GBytes) written = NULL;

  yyjson_mut_doc_set_root (doc, array);
  for (guint i = 0; i < mutations->len; i++)
    yyjson_mut_arr_append (array, mutation_to_json (doc, g_ptr_array_index (mutations, i)));
  written = finish (doc);
  g_string_append_len (text, g_bytes_get_data (written, NULL), (gssize) g_bytes_get_size (written));
  *size = text->len;
  return g_string_free_and_steal (text);
}

/**
 * rounds_sync_push_build_place:
 * @cursor: (nullable): how far the device has come
 * @epoch: (nullable): of the server's data as the device knows it
 * @size: (out): bytes
 *
 * Returns: (transfer full): how the body of a push ends
 */
char *
rounds_sync_push_build_place (const RoundsUuid *device, const char *cursor, const char *epoch, gsize *size)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = begin_object (doc);
  char *text;

  put_uuid (doc, root, "device", device);
  put_text (doc, root, "cursor", cursor);
  put_text (doc, root, "epoch", epoch);
  text = rounds_json_write (doc, FALSE);
  *text = ','; /* it goes on with the object that has begun */
  *size = strlen (text);
  return text;
}

/* @record without the fields that are not in @present. */
static yyjson_mut_val *
record_to_json (yyjson_mut_doc *doc, RoundsRecord *record, guint64 present)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  yyjson_mut_val *object;

  if (present == G_MAXUINT64)
    return rounds_record_to_json (record, doc);
  object = yyjson_mut_obj (doc);
  for (guint f = 0; f < info->n_fields; f++)
    if (present & ROUNDS_FIELD_BIT (f))
      put (doc, object, info->fields[f].name,
           rounds_value_to_json (rounds_record_get_value (record, f), &info->fields[f], doc));
  return object;
}

/**
 * rounds_sync_reply_build:
 * @reply: what became of a push
 *
 * Returns: (transfer full): the answer to a push
 */
GBytes *
rounds_sync_reply_build (RoundsSyncReply *reply)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = begin_object (doc);
  yyjson_mut_val *array = yyjson_mut_arr (doc);

  if (reply->cursor == NULL)
    put_text (doc, root, "epoch", reply->epoch); /* a cursor is of the epoch that the device's one is of */
  if (reply->reset)
    put (doc, root, "reset", yyjson_mut_true (doc));
  put_text (doc, root, "cursor", reply->cursor);
  put (doc, root, "results", array);
  for (guint i = 0; i < reply->results->len; i++)
    {
      RoundsSyncResult *result = g_ptr_array_index (reply->results, i);
      yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, array);

      put (doc, object, "n", yyjson_mut_sint (doc, result->n));
      put_result (doc, object, result);
      if (result->record != NULL)
        put (doc, object, "record", record_to_json (doc, result->record, result->present));
    }
  return finish (doc);
}

/* Reading. Members that this version does not know are skipped everywhere. */

static gboolean
read_body (GBytes *body, yyjson_doc **doc, GError **error)
{
  gsize length = 0;
  const char *text = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  if (text == NULL || length == 0)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("A JSON object is expected."));
      return FALSE;
    }
  return rounds_json_read (text, (gssize) length, doc, error);
}

/* The same for what a server said: whatever is wrong with it, it does not speak our language. */
static gboolean
read_answer (GBytes *body, yyjson_doc **doc, GError **error)
{
  g_autoptr (GError) fault = NULL;

  if (read_body (body, doc, &fault) && yyjson_is_obj (yyjson_doc_get_root (*doc)))
    return TRUE;
  g_clear_pointer (doc, yyjson_doc_free);
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL,
               _ ("What answered is not a Rounds server. Check the address, and whether the network asks to sign in."));
  return FALSE;
}

static gboolean
set_request_error (GError **error, const char *member)
{
  rounds_set_field_error (error, member, _ ("“%s” is missing or wrong."), member);
  return FALSE;
}

static gboolean
get_uuid (yyjson_val *object, const char *key, RoundsUuid *uuid)
{
  const char *text = yyjson_get_str (yyjson_obj_get (object, key));

  return text != NULL && rounds_uuid_parse (text, uuid);
}

static char *
dup_member (yyjson_val *object, const char *key)
{
  yyjson_val *value = yyjson_obj_get (object, key);
  char *text;
  char *copy;

  if (!yyjson_is_obj (value))
    return NULL;
  text = yyjson_val_write (value, 0, NULL);
  copy = g_strdup (text);
  free (text); /* by the C library's allocator, as yyjson took it */
  return copy;
}

static RoundsChange *
mutation_from_json (yyjson_val *object, GError **error)
{
  g_autoptr (RoundsChange) mutation = rounds_change_new ();
  yyjson_val *n = yyjson_obj_get (object, "n");
  const char *at = yyjson_get_str (yyjson_obj_get (object, "at"));
  const char *op = yyjson_get_str (yyjson_obj_get (object, "op"));
  const char *entity = yyjson_get_str (yyjson_obj_get (object, "entity"));

  if (!yyjson_is_int (n) || yyjson_get_sint (n) <= 0)
    return set_request_error (error, "n"), NULL;
  if (!get_uuid (object, "group", &mutation->group))
    return set_request_error (error, "group"), NULL;
  if (!get_uuid (object, "id", &mutation->record) || rounds_uuid_is_nil (&mutation->record))
    return set_request_error (error, "id"), NULL;
  if (op == NULL || !rounds_operation_from_string (op, &mutation->operation))
    return set_request_error (error, "op"), NULL;
  if (entity == NULL)
    return set_request_error (error, "entity"), NULL;

  mutation->seq = yyjson_get_sint (n);
  mutation->entity = rounds_entity_from_name (entity);
  mutation->base_rev = yyjson_get_sint (yyjson_obj_get (object, "base_rev"));
  if (at != NULL)
    rounds_instant_parse (at, &mutation->at);
  mutation->fields = dup_member (object, "fields");
  mutation->base = dup_member (object, "base");
  return g_steal_pointer (&mutation);
}

/**
 * rounds_sync_push_parse:
 * @body: (nullable): what a device sent
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID with the member that is wrong
 *
 * Returns: (transfer full) (nullable): the push, its mutations in the order sent; the entity of one that this server
 * does not know is %ROUNDS_ENTITY_NONE
 */
RoundsSyncPush *
rounds_sync_push_parse (GBytes *body, GError **error)
{
  g_autoptr (GPtrArray) mutations = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_change_free);
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *root, *array, *object;
  RoundsUuid device;
  RoundsSyncPush *push;
  gsize i, n;

  if (!read_body (body, &doc, error))
    return NULL;
  root = yyjson_doc_get_root (doc);
  array = yyjson_obj_get (root, "mutations");
  if (!get_uuid (root, "device", &device) || rounds_uuid_is_nil (&device))
    return set_request_error (error, "device"), NULL;
  if (!yyjson_is_arr (array) || yyjson_arr_size (array) > ROUNDS_SYNC_GROUP_LIMIT)
    return set_request_error (error, "mutations"), NULL;

  yyjson_arr_foreach (array, i, n, object)
  {
    RoundsChange *mutation = mutation_from_json (object, error);

    if (mutation == NULL)
      return NULL;
    g_ptr_array_add (mutations, mutation);
  }
  push = g_new0 (RoundsSyncPush, 1);
  push->device = device;
  push->cursor = g_strdup (yyjson_get_str (yyjson_obj_get (root, "cursor")));
  push->epoch = g_strdup (yyjson_get_str (yyjson_obj_get (root, "epoch")));
  push->mutations = g_steal_pointer (&mutations);
  return push;
}

/* Record @id as the other side has it; @present: which fields it told. */
static RoundsRecord *
record_from_json (RoundsEntity entity, yyjson_val *json, const RoundsUuid *id, guint64 *present, GError **error)
{
  g_autoptr (RoundsRecord) record = rounds_record_new_empty (entity);
  yyjson_obj_iter iter;
  yyjson_val *key;

  rounds_record_set_uuid (record, ROUNDS_FIELD_ID, id);
  if (!yyjson_is_obj (json) || !rounds_record_set_from_json (record, json, TRUE, NULL)
      || !rounds_uuid_equal (rounds_record_get_id (record), id))
    return rounds_sync_problem_set_senseless (error), NULL;

  *present = 0;
  yyjson_obj_iter_init (json, &iter);
  while ((key = yyjson_obj_iter_next (&iter)) != NULL)
    {
      int field = rounds_entity_find_field (entity, yyjson_get_str (key));

      if (field >= 0)
        *present |= ROUNDS_FIELD_BIT (field);
    }
  return g_steal_pointer (&record);
}

static RoundsMergeConflict *
conflict_from_json (RoundsEntity entity, yyjson_val *json)
{
  int field = rounds_entity_find_field (entity, yyjson_get_str (yyjson_obj_get (json, "field")));
  const RoundsFieldInfo *info = field >= 0 ? rounds_entity_get_field (entity, (guint) field) : NULL;
  g_auto (RoundsValue) original = ROUNDS_VALUE_INIT;
  g_auto (RoundsValue) mine = ROUNDS_VALUE_INIT;
  g_auto (RoundsValue) theirs = ROUNDS_VALUE_INIT;

  if (info == NULL || !rounds_value_from_json (&original, info, yyjson_obj_get (json, "original"), NULL)
      || !rounds_value_from_json (&mine, info, yyjson_obj_get (json, "mine"), NULL)
      || !rounds_value_from_json (&theirs, info, yyjson_obj_get (json, "theirs"), NULL))
    return NULL;
  return rounds_merge_conflict_new ((guint) field, &original, &mine, &theirs);
}

static void
read_unknown (RoundsSyncResult *result, yyjson_val *names)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  yyjson_val *name;
  gsize i, n;

  if (yyjson_arr_size (names) == 0)
    return;
  yyjson_arr_foreach (names, i, n, name)
  {
    if (yyjson_is_str (name))
      g_strv_builder_add (builder, yyjson_get_str (name));
  }
  result->unknown = g_strv_builder_end (builder);
}

static gboolean
read_result (RoundsSyncResult *result, yyjson_val *json, GError **error)
{
  const char *status = yyjson_get_str (yyjson_obj_get (json, "status"));
  yyjson_val *conflicts = yyjson_obj_get (json, "conflicts");
  yyjson_val *object;
  gsize i, n;
  guint s = 0;

  while (s < G_N_ELEMENTS (status_names) && g_strcmp0 (status, status_names[s]) != 0)
    s++;
  if (s == G_N_ELEMENTS (status_names))
    return rounds_sync_problem_set_senseless (error);

  result->status = (RoundsSyncStatus) s;
  read_unknown (result, yyjson_obj_get (json, "unknown"));
  result->reason = g_strdup (yyjson_get_str (yyjson_obj_get (json, "reason")));
  result->field = g_strdup (yyjson_get_str (yyjson_obj_get (json, "field")));
  if (yyjson_arr_size (conflicts) == 0)
    return TRUE;

  result->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_merge_conflict_free);
  yyjson_arr_foreach (conflicts, i, n, object)
  {
    RoundsMergeConflict *conflict = conflict_from_json (result->entity, object);

    if (conflict != NULL)
      g_ptr_array_add (result->conflicts, conflict);
  }
  return TRUE;
}

/**
 * rounds_sync_result_from_text:
 * @text: as of rounds_sync_result_to_text()
 * @mutation: the mutation that is repeated
 * @error: (out) (optional): %ROUNDS_ERROR_PROTOCOL
 *
 * Returns: (transfer full) (nullable): the kept result without a record
 */
RoundsSyncResult *
rounds_sync_result_from_text (const char *text, const RoundsChange *mutation, GError **error)
{
  g_autoptr (RoundsSyncResult) result = rounds_sync_result_new (mutation, ROUNDS_SYNC_APPLIED);
  g_autoptr (yyjson_doc) doc = NULL;

  if (!rounds_json_read (text, -1, &doc, error) || !read_result (result, yyjson_doc_get_root (doc), error))
    return NULL;
  return g_steal_pointer (&result);
}

static RoundsSyncResult *
result_from_json (yyjson_val *json, GHashTable *sent, GError **error)
{
  g_autoptr (RoundsSyncResult) result = NULL;
  gint64 n = yyjson_get_sint (yyjson_obj_get (json, "n"));
  const RoundsChange *mutation = g_hash_table_lookup (sent, &n);
  yyjson_val *record = yyjson_obj_get (json, "record");

  if (mutation == NULL)
    return rounds_sync_problem_set_senseless (error), NULL;
  result = rounds_sync_result_new (mutation, ROUNDS_SYNC_APPLIED);
  if (!read_result (result, json, error))
    return NULL;
  if (yyjson_is_obj (record))
    {
      result->record = record_from_json (mutation->entity, record, &mutation->record, &result->present, error);
      if (result->record == NULL)
        return NULL;
    }
  return g_steal_pointer (&result);
}

/**
 * rounds_sync_reply_parse:
 * @body: (nullable): the server's answer
 * @mutations: (element-type RoundsChange): what was sent
 * @error: (out) (optional): %ROUNDS_ERROR_PROTOCOL if it is not an answer to that, or says nothing of any of it
 *
 * Returns: (transfer full) (nullable): the answer, its results in the server's order
 */
RoundsSyncReply *
rounds_sync_reply_parse (GBytes *body, GPtrArray *mutations, GError **error)
{
  g_autoptr (RoundsSyncReply) reply = rounds_sync_reply_new ();
  g_autoptr (GHashTable) sent = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *root, *object;
  gsize i, n;

  if (!read_answer (body, &doc, error))
    return NULL;
  root = yyjson_doc_get_root (doc);
  for (guint m = 0; m < mutations->len; m++)
    {
      RoundsChange *mutation = g_ptr_array_index (mutations, m);

      g_hash_table_insert (sent, &mutation->seq, mutation);
    }
  yyjson_arr_foreach (yyjson_obj_get (root, "results"), i, n, object)
  {
    RoundsSyncResult *result = result_from_json (object, sent, error);

    if (result == NULL)
      return NULL;
    g_ptr_array_add (reply->results, result);
  }
  reply->reset = yyjson_get_bool (yyjson_obj_get (root, "reset"));
  if (reply->results->len == 0 && !reply->reset)
    return rounds_sync_problem_set_senseless (error), NULL;
  reply->epoch = g_strdup (yyjson_get_str (yyjson_obj_get (root, "epoch")));
  reply->cursor = g_strdup (yyjson_get_str (yyjson_obj_get (root, "cursor")));
  return g_steal_pointer (&reply);
}

/**
 * rounds_sync_pull_path:
 * @cursor: (nullable): where the last page ended; %NULL for the beginning
 * @limit: the most records in a page, 0 for as many as the server likes
 *
 * Returns: (transfer full): path and query of a pull
 */
char *
rounds_sync_pull_path (const char *cursor, guint limit)
{
  g_autofree char *escaped = cursor != NULL ? g_uri_escape_string (cursor, ":,*", FALSE) : NULL;
  GString *path = g_string_new (ROUNDS_SYNC_PULL_PATH);

  if (escaped != NULL)
    g_string_append_printf (path, "?cursor=%s", escaped);
  if (limit > 0)
    g_string_append_printf (path, "%climit=%u", escaped != NULL ? '&' : '?', limit);
  return g_string_free_and_steal (path);
}
