/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each entity of the table over REST: what was written comes back, is changed, deleted and restored. */

#include "api-fixture.h"

/* Something valid for each field, where one value alone can be. */
static void
add_value (yyjson_mut_doc *doc, yyjson_mut_val *object, RoundsEntity entity, guint f, GHashTable *ids)
{
  const RoundsFieldInfo *field = rounds_entity_get_field (entity, f);
  const char *text = NULL;

  switch (field->type)
    {
    case ROUNDS_TYPE_TEXT:
    case ROUNDS_TYPE_LONG_TEXT:
      text = g_str_equal (field->name, "time_zone") ? "Europe/Amsterdam"
             : g_str_equal (field->name, "email")   ? "zoe@example.org"
             : g_str_equal (field->name, "npi")     ? "1234567893"
                                                    : "Ærøskøbing";
      break;
    case ROUNDS_TYPE_DATE:
      text = "2026-01-31";
      break;
    case ROUNDS_TYPE_LOCAL_TIME:
      text = "09:30";
      break;
    case ROUNDS_TYPE_INSTANT:
      text = g_str_equal (field->name, "end_at") ? "2026-01-31T10:30:00Z" : "2026-01-31T09:30:00Z";
      break;
    case ROUNDS_TYPE_ENUM:
      text = field->values[0];
      break;
    case ROUNDS_TYPE_UUID:
      text = "01890a5d-ac96-774b-bcce-b302099a8057";
      break;
    case ROUNDS_TYPE_REFERENCE:
      text = g_hash_table_lookup (ids, GINT_TO_POINTER (field->target));
      break;
    case ROUNDS_TYPE_INTEGER:
      yyjson_mut_obj_add_sint (doc, object, field->name, (gint64) field->min);
      return;
    case ROUNDS_TYPE_REAL:
      yyjson_mut_obj_add_real (doc, object, field->name, 0.5);
      return;
    case ROUNDS_TYPE_BOOLEAN:
      yyjson_mut_obj_add_true (doc, object, field->name);
      return;
    case ROUNDS_TYPE_JSON:
      yyjson_mut_obj_add_val (doc, object, field->name, yyjson_mut_obj (doc));
      return;
    default:
      g_assert_not_reached ();
    }
  if (text != NULL)
    yyjson_mut_obj_add_str (doc, object, field->name, text);
}

static char *
create_body (RoundsEntity entity, GHashTable *ids)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < rounds_entity_get_info (entity)->n_fields; f++)
    if (!(entity == ROUNDS_ENTITY_ADDRESS && f == ROUNDS_ADDRESS_ORGANISATION))
      add_value (doc, root, entity, f, ids);
  return rounds_json_write (doc, FALSE);
}

/* Every field that was sent comes back as it was sent. */
static void
assert_holds (ApiFixture *fixture, const char *body)
{
  g_autoptr (yyjson_doc) sent = NULL;
  yyjson_obj_iter iter;
  yyjson_val *key;

  g_assert_true (rounds_json_read (body, -1, &sent, NULL));
  iter = yyjson_obj_iter_with (yyjson_doc_get_root (sent));
  while ((key = yyjson_obj_iter_next (&iter)) != NULL)
    {
      yyjson_val *got = yyjson_obj_get (api_root (fixture), yyjson_get_str (key));

      if (!yyjson_equals (yyjson_obj_iter_get_val (key), got))
        g_error ("%s came back changed", yyjson_get_str (key));
    }
}

static gboolean
is_locked (RoundsEntity entity)
{
  return entity == ROUNDS_ENTITY_INTERACTION || entity == ROUNDS_ENTITY_INTERACTION_ATTENDEE;
}

/* What is made by an operation of its own: test-api-groups.c */
static gboolean
is_made (RoundsEntity entity)
{
  return entity == ROUNDS_ENTITY_AMENDMENT || entity == ROUNDS_ENTITY_MERGE;
}

/* What was submitted, and who was there, stays. */
static void
check_locked (ApiFixture *fixture, RoundsEntity entity, const char *item)
{
  g_assert_cmpuint (api_send (fixture, "DELETE", item, NULL), ==, 422);
  if (entity == ROUNDS_ENTITY_INTERACTION)
    g_assert_cmpuint (api_send (fixture, "PATCH", item, "{\"notes\":\"Changed\"}"), ==, 422);
}

static void
check_entity (ApiFixture *fixture, RoundsEntity entity, GHashTable *ids)
{
  const char *path = rounds_entity_get_info (entity)->path;
  g_autofree char *collection = g_strconcat ("/api/v1/", path, NULL);
  g_autofree char *body = create_body (entity, ids);
  g_autofree char *id = api_post_id (fixture, collection, body);
  g_autofree char *item = g_strconcat (collection, "/", id, NULL);
  g_autofree char *restore = g_strconcat (item, "/restore", NULL);

  assert_holds (fixture, body);
  g_assert_cmpstr (api_header (fixture, "Location"), ==, item);
  g_assert_cmpstr (api_header (fixture, "ETag"), ==, "\"1\"");

  g_assert_cmpuint (api_get (fixture, item), ==, 200);
  assert_holds (fixture, body);
  g_assert_true (g_str_has_suffix (api_text (fixture, "created_at"), "Z"));

  g_assert_cmpuint (api_get (fixture, collection), ==, 200);
  g_assert_cmpuint (yyjson_arr_size (yyjson_obj_get (api_root (fixture), "items")), >=, 1);

  g_assert_cmpuint (api_send (fixture, "PUT", item, body), ==, 200);
  assert_holds (fixture, body);
  g_assert_cmpstr (api_header (fixture, "ETag"), ==, "\"1\""); /* nothing was changed, so nothing was written */
  g_assert_cmpuint (api_send (fixture, "PATCH", item, "{}"), ==, 200);

  if (is_locked (entity))
    {
      check_locked (fixture, entity, item);
      g_hash_table_insert (ids, GINT_TO_POINTER (entity), g_steal_pointer (&id));
      return;
    }
  g_assert_cmpuint (api_send (fixture, "DELETE", item, NULL), ==, 204);
  g_assert_cmpuint (api_get (fixture, item), ==, 404);
  g_assert_cmpuint (api_send (fixture, "PATCH", item, "{}"), ==, 404);
  g_assert_cmpuint (api_send (fixture, "DELETE", item, NULL), ==, 404);
  g_assert_cmpuint (api_send (fixture, "POST", restore, NULL), ==, 200);
  assert_holds (fixture, body);
  g_assert_cmpuint (api_get (fixture, item), ==, 200);
  assert_holds (fixture, body);

  g_hash_table_insert (ids, GINT_TO_POINTER (entity), g_steal_pointer (&id));
}

/* Entities refer to others: whoever refers to nothing that is missing goes first. */
static gboolean
has_its_targets (RoundsEntity entity, GHashTable *ids)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (info->fields[f].type == ROUNDS_TYPE_REFERENCE && info->fields[f].target != entity
        && !g_hash_table_contains (ids, GINT_TO_POINTER (info->fields[f].target)))
      return FALSE;
  return TRUE;
}

static void
test_every_entity (ApiFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  guint n_synced = 0;
  gboolean moves = TRUE;

  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    if (rounds_entity_get_info (e)->scope == ROUNDS_SCOPE_SYNCED && !is_made (e))
      n_synced++;

  while (moves)
    {
      moves = FALSE;
      for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
        if (rounds_entity_get_info (e)->scope == ROUNDS_SCOPE_SYNCED && !is_made (e)
            && !g_hash_table_contains (ids, GINT_TO_POINTER (e)) && has_its_targets (e, ids))
          {
            check_entity (fixture, e, ids);
            moves = TRUE;
          }
    }
  g_assert_cmpuint (g_hash_table_size (ids), ==, n_synced);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/api/every-entity", ApiFixture, NULL, api_fixture_set_up_signed_in, test_every_entity,
              api_fixture_tear_down);
  return g_test_run ();
}
