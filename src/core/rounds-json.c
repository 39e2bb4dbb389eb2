/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-time.h"

#define MAX_DEPTH 64

/**
 * rounds_value_to_json:
 * @value: a value; its text must outlive @doc
 * @field: the field it belongs to
 * @doc: the document that is being made
 *
 * Returns: (transfer none): @value as JSON, owned by @doc
 */
yyjson_mut_val *
rounds_value_to_json (const RoundsValue *value, const RoundsFieldInfo *field, yyjson_mut_doc *doc)
{
  char text[ROUNDS_UUID_STRING_LENGTH + 1];

  switch (value->kind)
    {
    case ROUNDS_VALUE_NULL:
      return yyjson_mut_null (doc);

    case ROUNDS_VALUE_INTEGER:
      if (field->type == ROUNDS_TYPE_BOOLEAN)
        return yyjson_mut_bool (doc, value->as.integer != 0);
      if (field->type == ROUNDS_TYPE_INSTANT)
        {
          g_autofree char *instant = rounds_instant_to_string (value->as.integer);

          return yyjson_mut_strcpy (doc, instant);
        }
      return yyjson_mut_sint (doc, value->as.integer);

    case ROUNDS_VALUE_REAL:
      return yyjson_mut_real (doc, value->as.real);

    case ROUNDS_VALUE_TEXT:
      return field->type == ROUNDS_TYPE_JSON ? yyjson_mut_raw (doc, value->as.text)
                                             : yyjson_mut_str (doc, value->as.text);

    case ROUNDS_VALUE_UUID:
      rounds_uuid_format (&value->as.uuid, text);
      return yyjson_mut_strncpy (doc, text, ROUNDS_UUID_STRING_LENGTH);

    default:
      g_assert_not_reached ();
    }
}

/**
 * rounds_value_from_json:
 * @value: (inout): an initialised value that takes the result
 * @field: the field it is for
 * @json: a JSON value
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID with the field's name
 *
 * Reads the JSON type that fits @field's type; a number in a string is refused. Bounds are not checked here.
 */
gboolean
rounds_value_from_json (RoundsValue *value, const RoundsFieldInfo *field, yyjson_val *json, GError **error)
{
  RoundsValueKind kind = rounds_field_get_kind (field);

  rounds_value_clear (value);
  if (yyjson_is_null (json))
    return TRUE;

  if (field->type == ROUNDS_TYPE_JSON)
    {
      char *text = yyjson_val_write (json, 0, NULL);

      rounds_value_set_text (value, text);
      free (text); /* by the C library's allocator, as yyjson took it */
      return TRUE;
    }
  if (field->type == ROUNDS_TYPE_BOOLEAN && yyjson_is_bool (json))
    {
      rounds_value_set_integer (value, yyjson_get_bool (json));
      return TRUE;
    }
  if (field->type == ROUNDS_TYPE_INTEGER && yyjson_is_sint (json))
    {
      rounds_value_set_integer (value, yyjson_get_sint (json));
      return TRUE;
    }
  if (field->type == ROUNDS_TYPE_INTEGER && yyjson_is_uint (json) && yyjson_get_uint (json) <= G_MAXINT64)
    {
      rounds_value_set_integer (value, (gint64) yyjson_get_uint (json));
      return TRUE;
    }
  if (kind == ROUNDS_VALUE_REAL && yyjson_is_num (json))
    {
      rounds_value_set_real (value, yyjson_get_num (json));
      return TRUE;
    }
  if (yyjson_is_str (json) && strlen (yyjson_get_str (json)) != yyjson_get_len (json))
    {
      rounds_set_field_error (error, field->name, _ ("%s: the text holds a NUL character."),
                              rounds_field_get_label (field));
      return FALSE;
    }
  if (kind == ROUNDS_VALUE_TEXT && yyjson_is_str (json))
    {
      if (yyjson_get_len (json) > 0)
        rounds_value_set_text (value, yyjson_get_str (json));
      return TRUE;
    }
  if (yyjson_is_str (json) && (kind == ROUNDS_VALUE_UUID || field->type == ROUNDS_TYPE_INSTANT))
    return rounds_field_parse (field, yyjson_get_str (json), value, error);

  rounds_set_field_error (error, field->name, _ ("%s: the value is of the wrong kind."),
                          rounds_field_get_label (field));
  return FALSE;
}

/**
 * rounds_record_to_json:
 * @self: a record, which must outlive @doc
 * @doc: the document that is being made
 *
 * Returns: (transfer none): an object with every field that is not hidden by its scope, nulls included, in the table's
 * order
 */
yyjson_mut_val *
rounds_record_to_json (RoundsRecord *self, yyjson_mut_doc *doc)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (self));
  yyjson_mut_val *object = yyjson_mut_obj (doc);

  for (guint f = 0; f < info->n_fields; f++)
    {
      yyjson_mut_val *key = yyjson_mut_str (doc, info->fields[f].name);

      yyjson_mut_obj_add (object, key, rounds_value_to_json (rounds_record_get_value (self, f), &info->fields[f], doc));
    }
  return object;
}

/**
 * rounds_record_set_from_json:
 * @self: a record
 * @json: an object
 * @trusted: %TRUE for the other side of a sync: read-only fields are taken too, and unknown members are skipped, as
 *   a newer version may send them; %FALSE for a client's request: unknown members are errors and read-only ones are
 * skipped
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID, with the field's name where there is one
 *
 * Sets the fields that @json has; the others stay. On failure @self may be partly set and is to be dropped.
 */
gboolean
rounds_record_set_from_json (RoundsRecord *self, yyjson_val *json, gboolean trusted, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (self);
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  yyjson_obj_iter iter;
  yyjson_val *key;

  if (!yyjson_is_obj (json))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("A JSON object is expected."));
      return FALSE;
    }

  yyjson_obj_iter_init (json, &iter);
  while ((key = yyjson_obj_iter_next (&iter)) != NULL)
    {
      g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;
      int field = rounds_entity_find_field (entity, yyjson_get_str (key));

      if (field < 0)
        {
          if (trusted)
            continue;
          rounds_set_field_error (error, yyjson_get_str (key), _ ("This field does not exist."));
          return FALSE;
        }
      if (!trusted && (info->fields[field].flags & ROUNDS_FIELD_READ_ONLY))
        continue;
      if (!rounds_value_from_json (&value, &info->fields[field], yyjson_obj_iter_get_val (key), error))
        return FALSE;
      rounds_record_take_value (self, (guint) field, &value);
    }
  return TRUE;
}

static void *
json_malloc (void *data, gsize size)
{
  return g_malloc (size);
}

static void *
json_realloc (void *data, void *memory, gsize old_size, gsize size)
{
  return g_realloc (memory, size);
}

static void
json_free (void *data, void *memory)
{
  g_free (memory);
}

/**
 * rounds_json_write:
 * @doc: a document
 * @pretty: %TRUE for people
 *
 * Returns: (transfer full): @doc as UTF-8, to be freed by g_free()
 */
char *
rounds_json_write (yyjson_mut_doc *doc, gboolean pretty)
{
  static const yyjson_alc allocator = { json_malloc, json_realloc, json_free, NULL };

  return yyjson_mut_write_opts (doc, pretty ? YYJSON_WRITE_PRETTY : 0, &allocator, NULL, NULL);
}

static gboolean
is_too_deep (yyjson_val *value, int depth)
{
  gsize i, n;
  yyjson_val *key, *child;

  if (depth > MAX_DEPTH)
    return TRUE;
  if (yyjson_is_arr (value))
    {
      yyjson_arr_foreach (value, i, n, child) if (is_too_deep (child, depth + 1)) return TRUE;
    }
  else if (yyjson_is_obj (value))
    {
      yyjson_obj_foreach (value, i, n, key, child) if (is_too_deep (child, depth + 1)) return TRUE;
    }
  return FALSE;
}

/**
 * rounds_json_read:
 * @text: JSON, strict RFC 8259
 * @length: bytes, or -1 if @text ends with a nul
 * @doc: (out) (transfer full): the document
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID with the place of the fault; never part of the text
 *
 * Returns: %TRUE if @text is JSON that is at most 64 levels deep
 */
gboolean
rounds_json_read (const char *text, gssize length, yyjson_doc **doc, GError **error)
{
  yyjson_read_err fault = { 0 };
  g_autoptr (yyjson_doc) result = NULL;

  result = yyjson_read_opts ((char *) text, length < 0 ? strlen (text) : (gsize) length, 0, NULL, &fault);
  if (result == NULL)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("This is not JSON (at byte %" G_GSIZE_FORMAT ": %s)."),
                   (gsize) fault.pos, fault.msg);
      return FALSE;
    }
  if (is_too_deep (yyjson_doc_get_root (result), 0))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("This JSON is nested too deeply."));
      return FALSE;
    }
  *doc = g_steal_pointer (&result);
  return TRUE;
}
