/* SPDX-License-Identifier: GPL-3.0-or-later */

/* data.json of a person's archive. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-json.h"
#include "rounds-person-report-private.h"
#include "rounds-time.h"

/* Beside a record's fields: what those are called that it refers to. */
static gboolean
add_names (RoundsPersonReport *self, RoundsRecord *record, yyjson_mut_doc *doc, yyjson_mut_val *object, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  yyjson_mut_val *names = yyjson_mut_obj (doc);

  for (guint f = ROUNDS_FIELD_TERRITORY; f < info->n_fields; f++)
    {
      const char *name;

      if (info->fields[f].type != ROUNDS_TYPE_REFERENCE || rounds_record_is_null (record, f))
        continue;
      name = rounds_record_names_get (self->names, self->store, info->fields[f].target,
                                      rounds_record_get_uuid (record, f), error);
      if (name == NULL)
        return FALSE;
      yyjson_mut_obj_add_strcpy (doc, names, info->fields[f].name, name);
    }
  if (yyjson_mut_obj_size (names) > 0)
    yyjson_mut_obj_add_val (doc, object, "names", names);
  return TRUE;
}

/* The document borrows the records' texts: they are in @kept until it is written. */
static gboolean
add_own (RoundsPersonReport *self, yyjson_mut_doc *doc, yyjson_mut_val *records, GPtrArray *kept, GError **error)
{
  for (guint i = 0; i < self->walk->own->len; i++)
    {
      const RoundsPersonItem *item = &g_array_index (self->walk->own, RoundsPersonItem, i);
      const char *entity = rounds_entity_get_info (item->entity)->name;
      RoundsRecord *record = rounds_record_store_get (self->store, item->entity, &item->id, error);
      yyjson_mut_val *array = yyjson_mut_obj_get (records, entity);
      yyjson_mut_val *object;

      if (record == NULL)
        return FALSE;
      g_ptr_array_add (kept, record);
      if (array == NULL)
        array = yyjson_mut_obj_add_arr (doc, records, entity);
      object = rounds_record_to_json (record, doc);
      if (!add_names (self, record, doc, object, error))
        return FALSE;
      yyjson_mut_arr_append (array, object);
    }
  return TRUE;
}

static gboolean
add_mentions (RoundsPersonReport *self, yyjson_mut_doc *doc, yyjson_mut_val *mentions, GError **error)
{
  for (guint i = 0; i < self->walk->mentions->len; i++)
    {
      const RoundsPersonItem *item = &g_array_index (self->walk->mentions, RoundsPersonItem, i);
      const RoundsEntityInfo *info = rounds_entity_get_info (item->entity);
      g_autoptr (RoundsRecord) record = rounds_record_store_get (self->store, item->entity, &item->id, error);
      g_auto (RoundsMention) mention = { 0 };
      g_autofree char *id = rounds_uuid_to_string (&item->id);
      yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, mentions);
      yyjson_mut_val *fields;

      if (record == NULL || !rounds_mention_read (&mention, self, record, error))
        return FALSE;
      yyjson_mut_obj_add_str (doc, object, "entity", info->name);
      yyjson_mut_obj_add_strcpy (doc, object, "id", id);
      fields = yyjson_mut_obj_add_arr (doc, object, "named_in");
      for (guint f = 0; f < info->n_fields; f++)
        if (item->fields & ROUNDS_FIELD_BIT (f))
          yyjson_mut_arr_add_str (doc, fields, info->fields[f].name);
      if (mention.at != G_MININT64)
        {
          g_autofree char *at = rounds_instant_to_string (mention.at);

          yyjson_mut_obj_add_strcpy (doc, object, "at", at);
        }
      if (mention.type != NULL)
        yyjson_mut_obj_add_strcpy (doc, object, "type", mention.type);
      if (mention.with != NULL)
        yyjson_mut_obj_add_strcpy (doc, object, "with", mention.with);
    }
  return TRUE;
}

static void
add_document (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *name, const char *json)
{
  g_autoptr (yyjson_doc) parsed = NULL;

  if (json != NULL && rounds_json_read (json, -1, &parsed, NULL))
    yyjson_mut_obj_add_val (doc, object, name, yyjson_val_mut_copy (doc, yyjson_doc_get_root (parsed)));
}

static gboolean
add_change (const RoundsChange *change, gpointer data, GError **error)
{
  yyjson_mut_doc *doc = data;
  yyjson_mut_val *changes = yyjson_mut_obj_get (yyjson_mut_doc_get_root (doc), "changes");
  g_autofree char *record = rounds_uuid_to_string (&change->record);
  g_autofree char *at = rounds_instant_to_string (change->at);
  yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, changes);

  yyjson_mut_obj_add_strcpy (doc, object, "at", at);
  yyjson_mut_obj_add_str (doc, object, "entity", rounds_entity_get_info (change->entity)->name);
  yyjson_mut_obj_add_strcpy (doc, object, "record", record);
  yyjson_mut_obj_add_str (doc, object, "operation", rounds_operation_to_string (change->operation));
  add_document (doc, object, "fields", change->fields);
  add_document (doc, object, "before", change->base);
  return TRUE;
}

/*
 * rounds_person_report_make_json:
 *
 * Returns: (transfer full) (nullable): the document
 */
char *
rounds_person_report_make_json (RoundsPersonReport *self, GError **error)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  g_autofree char *text = NULL;
  g_autofree char *id = rounds_uuid_to_string (&g_array_index (self->walk->own, RoundsPersonItem, 0).id);
  g_autofree char *now = rounds_instant_to_string (rounds_time_now ());

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "format", "rounds-person");
  yyjson_mut_obj_add_int (doc, root, "version", 1);
  yyjson_mut_obj_add_str (doc, root, "person", id);
  yyjson_mut_obj_add_str (doc, root, "made_at", now);
  if (!add_own (self, doc, yyjson_mut_obj_add_obj (doc, root, "records"), kept, error)
      || !add_mentions (self, doc, yyjson_mut_obj_add_arr (doc, root, "mentions"), error))
    return NULL;
  yyjson_mut_obj_add_arr (doc, root, "changes");
  if (!rounds_person_walk_each_change (self->walk, self->store, add_change, doc, error))
    return NULL;
  text = rounds_json_write (doc, TRUE);
  if (text == NULL)
    g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CORRUPT, _ ("A record holds a text that cannot be written."));
  return g_steal_pointer (&text);
}
