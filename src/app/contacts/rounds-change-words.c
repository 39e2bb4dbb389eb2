/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-change-words.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "rounds-json.h"

/* More lines than this nobody reads in a list. */
#define MOST_LINES 6

/* More staff than a team has; users are looked up rarely. */
#define MOST_STAFF 1000

static char *
describe_json (RoundsStore *store, const RoundsFieldInfo *field, yyjson_val *json)
{
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;

  if (json == NULL || !rounds_value_from_json (&value, field, json, NULL))
    return NULL;
  return rounds_display_value (store, field, &value);
}

/* "Phone: a → b", "Phone: b" for what was empty, "Phone: removed". */
static char *
describe_field (RoundsStore *store, const RoundsFieldInfo *field, yyjson_val *before, yyjson_val *after)
{
  g_autofree char *old = describe_json (store, field, before);
  g_autofree char *new = describe_json (store, field, after);
  const char *label = rounds_field_get_label (field);

  if (old != NULL && new != NULL)
    /* Translators: a field's name, its old and its new value. */
    return g_strdup_printf (_ ("%s: %s → %s"), label, old, new);
  if (new != NULL)
    /* Translators: a field's name and its value, which had none before. */
    return g_strdup_printf (_ ("%s: %s"), label, new);
  if (old != NULL)
    /* Translators: a field's name and the value that it had before. */
    return g_strdup_printf (_ ("%s: %s removed"), label, old);
  return NULL;
}

/* Whether people are told of the field. Whose the record is, is on the page anyway. */
static gboolean
is_told (const RoundsFieldInfo *field)
{
  return !(field->flags & (ROUNDS_FIELD_HIDDEN | ROUNDS_FIELD_OWNER));
}

static void
add_fields (RoundsStore *store, const RoundsChange *change, GPtrArray *lines)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (change->entity);
  g_autoptr (yyjson_doc) fields = NULL;
  g_autoptr (yyjson_doc) base = NULL;
  yyjson_val *before;

  if (!rounds_change_read (change, &fields, &base, NULL))
    return;
  before = yyjson_doc_get_root (base);
  for (guint f = ROUNDS_FIELD_TERRITORY; f < info->n_fields; f++)
    {
      yyjson_val *after = yyjson_obj_get (yyjson_doc_get_root (fields), info->fields[f].name);
      char *line;

      if (after == NULL || !is_told (&info->fields[f]))
        continue;
      line = describe_field (store, &info->fields[f], yyjson_obj_get (before, info->fields[f].name), after);
      if (line == NULL)
        continue;
      /* Of another record than the person themself it is told which kind it is. */
      if (change->entity != ROUNDS_ENTITY_PERSON && change->operation == ROUNDS_OPERATION_UPDATE)
        {
          g_autofree char *alone = line;

          line = g_strconcat (rounds_entity_get_label (change->entity), " · ", alone, NULL);
        }
      g_ptr_array_add (lines, line);
    }
}

static void
add_change (RoundsStore *store, const RoundsChange *change, GPtrArray *lines)
{
  const char *label = rounds_entity_get_label (change->entity);

  switch (change->operation)
    {
    case ROUNDS_OPERATION_DELETE:
      /* Translators: %s is a kind of record, such as Address. */
      g_ptr_array_add (lines, g_strdup_printf (_ ("%s removed"), label));
      break;
    case ROUNDS_OPERATION_RESTORE:
      /* Translators: %s is a kind of record, such as Address. */
      g_ptr_array_add (lines, g_strdup_printf (_ ("%s restored"), label));
      break;
    case ROUNDS_OPERATION_CREATE:
      if (change->entity != ROUNDS_ENTITY_PERSON)
        /* Translators: %s is a kind of record, such as Address. */
        g_ptr_array_add (lines, g_strdup_printf (_ ("%s added"), label));
      add_fields (store, change, lines);
      break;
    case ROUNDS_OPERATION_UPDATE:
    default:
      add_fields (store, change, lines);
      break;
    }
}

/**
 * rounds_changes_describe:
 * @store: the store
 * @changes: (element-type RoundsChange): what was saved together
 *
 * Returns: (transfer full): what was changed, a line each
 */
char *
rounds_changes_describe (RoundsStore *store, GPtrArray *changes)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  guint more = 0;

  for (guint i = 0; i < changes->len; i++)
    add_change (store, changes->pdata[i], lines);
  if (lines->len > MOST_LINES)
    {
      more = lines->len - (MOST_LINES - 1);
      g_ptr_array_set_size (lines, MOST_LINES - 1);
      g_ptr_array_add (lines, g_strdup_printf (ngettext ("and %u more", "and %u more", more), more));
    }
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/**
 * rounds_changes_name_writer:
 * @store: the store
 * @changes: (element-type RoundsChange): what was saved together
 *
 * Returns: (transfer full) (nullable): who did it; %NULL if that is not known, as for what was written before somebody
 *   signed in
 */
char *
rounds_changes_name_writer (RoundsStore *store, GPtrArray *changes)
{
  const RoundsChange *change = changes->pdata[0];
  g_autoptr (RoundsQuery) query = NULL;
  g_autoptr (GPtrArray) staff = NULL;

  if (rounds_uuid_is_nil (&change->actor))
    return NULL;
  query = rounds_query_new (ROUNDS_ENTITY_STAFF);
  rounds_query_limit (query, MOST_STAFF);
  staff = rounds_store_list (store, query, NULL);
  for (guint i = 0; staff != NULL && i < staff->len; i++)
    {
      const RoundsUuid *user = rounds_record_get_uuid (staff->pdata[i], ROUNDS_STAFF_USER);

      if (user != NULL && rounds_uuid_equal (user, &change->actor))
        return rounds_display_name (store, staff->pdata[i]);
    }
  return NULL;
}
