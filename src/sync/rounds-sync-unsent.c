/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-sync-unsent.h"

#include "rounds-record-feed.h"

/* One line for each value: the entity's name, the record's id, the field's name. */
#define STATE_UNSENT "unsent"

/* What the server knew when it was last heard of. */
#define STATE_SERVER_SCHEMA "server_schema"

/**
 * rounds_sync_unsent_note:
 * @result: an answer to a change of @record
 * @error: (out) (optional): what the disk says
 *
 * Remembers the fields that the server has passed over, if it has.
 */
gboolean
rounds_sync_unsent_note (RoundsRecordStore *store, const RoundsSyncResult *result, const RoundsUuid *record,
                         GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *id = rounds_uuid_to_string (record);
  g_autoptr (GString) lines = NULL;
  g_auto (GStrv) known = NULL;

  if (result->unknown == NULL)
    return TRUE;
  if (!rounds_record_store_get_state (store, STATE_UNSENT, &text, error))
    return FALSE;
  known = g_strsplit (text != NULL ? text : "", "\n", -1);
  lines = g_string_new (text);
  for (guint i = 0; result->unknown[i] != NULL; i++)
    {
      g_autofree char *line =
        g_strdup_printf ("%s %s %s", rounds_entity_get_info (result->entity)->name, id, result->unknown[i]);

      if (rounds_entity_find_field (result->entity, result->unknown[i]) >= 0
          && !g_strv_contains ((const char *const *) known, line))
        g_string_append_printf (lines, "%s\n", line);
    }
  return rounds_record_store_set_state (store, STATE_UNSENT, lines->len > 0 ? lines->str : NULL, error);
}

/* Puts the value that @line is about into the outbox, if it is still here. */
static gboolean
send_line (RoundsRecordStore *store, const char *line, gboolean *sent, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 3);
  RoundsEntity entity = rounds_entity_from_name (parts[0]);
  g_autoptr (RoundsRecord) record = NULL;
  RoundsUuid id;
  int field;

  if (!rounds_entity_is_synced (entity) || g_strv_length (parts) < 3 || !rounds_uuid_parse (parts[1], &id))
    return TRUE;
  field = rounds_entity_find_field (entity, parts[2]);
  if (!rounds_record_store_look_up (store, entity, &id, &record, error))
    return FALSE;
  if (field < 0 || record == NULL || rounds_record_is_null (record, (guint) field))
    return TRUE;
  *sent = TRUE;
  return rounds_record_store_say_field (store, record, (guint) field, error);
}

/* What was refused may have been so because the server did not know that kind of record. */
static gboolean
retry_rejected (RoundsRecordStore *store, gboolean *sent, GError **error)
{
  g_autoptr (GPtrArray) rejected = rounds_record_store_list_rejected (store, error);

  if (rejected == NULL)
    return FALSE;
  *sent |= rejected->len > 0;
  for (guint i = 0; i < rejected->len; i++)
    if (!rounds_record_store_set_change_state (store, ((RoundsChange *) g_ptr_array_index (rejected, i))->seq,
                                               ROUNDS_CHANGE_PENDING, NULL, error))
      return FALSE;
  return TRUE;
}

static gboolean
send_all (RoundsRecordStore *store, gboolean *sent, GError **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!rounds_record_store_get_state (store, STATE_UNSENT, &text, error) || !retry_rejected (store, sent, error))
    return FALSE;
  lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (!send_line (store, lines[i], sent, error))
      return FALSE;
  return text == NULL || rounds_record_store_set_state (store, STATE_UNSENT, NULL, error);
}

/**
 * rounds_sync_unsent_send:
 * @schema: which entities and fields the server knows
 * @sent: (inout): set to %TRUE if something is in the outbox now
 * @error: (out) (optional): what the disk says
 *
 * If the server knows something else than before, puts into the outbox what it did not know. What it still does not, it
 * says again.
 */
gboolean
rounds_sync_unsent_send (RoundsRecordStore *store, guint32 schema, gboolean *sent, GError **error)
{
  g_autofree char *now = g_strdup_printf ("%x", schema);
  g_autofree char *before = NULL;

  if (!rounds_record_store_get_state (store, STATE_SERVER_SCHEMA, &before, error))
    return FALSE;
  if (g_strcmp0 (before, now) == 0)
    return TRUE;
  return rounds_record_store_set_state (store, STATE_SERVER_SCHEMA, now, error)
         && (before == NULL || send_all (store, sent, error));
}

/* Makes @change start from the empty field, if it is about that. */
static gboolean
correct_change (RoundsChange *change, const char *field, GError **error)
{
  g_autoptr (yyjson_doc) read = NULL;
  g_autoptr (yyjson_mut_doc) doc = NULL;
  yyjson_mut_val *base;

  if (change->base == NULL || !rounds_json_read (change->base, -1, &read, error))
    return change->base == NULL;
  doc = yyjson_doc_mut_copy (read, NULL);
  base = yyjson_mut_doc_get_root (doc);
  if (yyjson_mut_obj_get (base, field) == NULL)
    return TRUE;
  yyjson_mut_obj_put (base, yyjson_mut_str (doc, field), yyjson_mut_null (doc));
  g_free (change->base);
  change->base = rounds_json_write (doc, FALSE);
  return TRUE;
}

/**
 * rounds_sync_unsent_correct:
 * @changes: (element-type RoundsChange): what is about to be sent
 * @error: (out) (optional): what the disk says
 *
 * An edit of a value that the server has never had starts, for the server, from an empty field.
 */
gboolean
rounds_sync_unsent_correct (RoundsRecordStore *store, GPtrArray *changes, GError **error)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!rounds_record_store_get_state (store, STATE_UNSENT, &text, error))
    return FALSE;
  lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  for (guint l = 0; lines[l] != NULL; l++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[l], " ", 3);
      RoundsUuid id;

      if (g_strv_length (parts) < 3 || !rounds_uuid_parse (parts[1], &id))
        continue;
      for (guint i = 0; i < changes->len; i++)
        {
          RoundsChange *change = g_ptr_array_index (changes, i);

          if (rounds_uuid_equal (&change->record, &id) && !correct_change (change, parts[2], error))
            return FALSE;
        }
    }
  return TRUE;
}
