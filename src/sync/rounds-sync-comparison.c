/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A comparison on the wire. Sums are hexadecimal texts, as JSON's numbers do not hold 64 bits everywhere. */

#include "config.h"

#include "rounds-sync-comparison.h"

#include "rounds-sync-problem.h"
#include "rounds-json.h"

/** rounds_sync_comparison_free: frees @self and what it owns. */
void
rounds_sync_comparison_free (RoundsSyncComparison *self)
{
  g_clear_pointer (&self->totals, g_array_unref);
  g_clear_pointer (&self->buckets, g_array_unref);
  g_clear_pointer (&self->revisions, g_array_unref);
  g_free (self);
}

static void
add_digest (yyjson_mut_doc *doc, yyjson_mut_val *array, const RoundsDigest *digest)
{
  g_autofree char *sum = g_strdup_printf ("%" G_GINT64_MODIFIER "x", digest->sum);

  yyjson_mut_arr_add_sint (doc, array, digest->count);
  yyjson_mut_arr_add_strcpy (doc, array, sum);
}

static void
put_totals (yyjson_mut_doc *doc, yyjson_mut_val *root, GArray *totals)
{
  yyjson_mut_val *array = yyjson_mut_obj_add_arr (doc, root, "totals");

  for (guint i = 0; i < totals->len; i++)
    {
      const RoundsSyncTotal *total = &g_array_index (totals, RoundsSyncTotal, i);
      yyjson_mut_val *entry = yyjson_mut_arr_add_arr (doc, array);

      yyjson_mut_arr_add_str (doc, entry, rounds_entity_get_info (total->entity)->name);
      add_digest (doc, entry, &total->digest);
    }
}

static void
put_buckets (yyjson_mut_doc *doc, yyjson_mut_val *root, GArray *buckets)
{
  yyjson_mut_val *array = yyjson_mut_obj_add_arr (doc, root, "buckets");

  for (guint i = 0; i < buckets->len; i++)
    add_digest (doc, yyjson_mut_arr_add_arr (doc, array), &g_array_index (buckets, RoundsDigest, i));
}

static void
put_revisions (yyjson_mut_doc *doc, yyjson_mut_val *root, GArray *revisions)
{
  yyjson_mut_val *array = yyjson_mut_obj_add_arr (doc, root, "revisions");

  for (guint i = 0; i < revisions->len; i++)
    {
      const RoundsRevision *revision = &g_array_index (revisions, RoundsRevision, i);
      yyjson_mut_val *entry = yyjson_mut_arr_add_arr (doc, array);
      char id[ROUNDS_UUID_STRING_LENGTH + 1];

      rounds_uuid_format (&revision->record, id);
      yyjson_mut_arr_add_strcpy (doc, entry, id);
      yyjson_mut_arr_add_sint (doc, entry, revision->rev);
    }
}

/** rounds_sync_comparison_build: (transfer full): the body of the answer. */
GBytes *
rounds_sync_comparison_build (const RoundsSyncComparison *comparison)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  g_autofree char *text = NULL;

  yyjson_mut_doc_set_root (doc, root);
  if (comparison->behind)
    yyjson_mut_obj_add_bool (doc, root, "behind", true);
  if (comparison->totals != NULL)
    put_totals (doc, root, comparison->totals);
  if (comparison->buckets != NULL)
    put_buckets (doc, root, comparison->buckets);
  if (comparison->revisions != NULL)
    put_revisions (doc, root, comparison->revisions);
  text = rounds_json_write (doc, FALSE);
  return g_bytes_new (text, strlen (text));
}

static gboolean
read_digest (yyjson_val *array, gsize place, RoundsDigest *digest)
{
  yyjson_val *count = yyjson_arr_get (array, place);
  const char *sum = yyjson_get_str (yyjson_arr_get (array, place + 1));

  digest->count = yyjson_get_sint (count);
  return yyjson_is_int (count) && sum != NULL
         && g_ascii_string_to_unsigned (sum, 16, 0, G_MAXUINT64, &digest->sum, NULL);
}

/* Entities that this version does not know are skipped. */
static gboolean
read_totals (RoundsSyncComparison *self, yyjson_val *array)
{
  yyjson_val *entry;
  gsize i, n;

  self->totals = g_array_new (FALSE, FALSE, sizeof (RoundsSyncTotal));
  yyjson_arr_foreach (array, i, n, entry)
  {
    RoundsSyncTotal total = { .entity = rounds_entity_from_name (yyjson_get_str (yyjson_arr_get (entry, 0))) };

    if (!read_digest (entry, 1, &total.digest))
      return FALSE;
    if (rounds_entity_is_synced (total.entity))
      g_array_append_val (self->totals, total);
  }
  return TRUE;
}

static gboolean
read_buckets (RoundsSyncComparison *self, yyjson_val *array)
{
  yyjson_val *entry;
  gsize i, n;

  self->buckets = g_array_new (FALSE, FALSE, sizeof (RoundsDigest));
  yyjson_arr_foreach (array, i, n, entry)
  {
    RoundsDigest digest;

    if (!read_digest (entry, 0, &digest))
      return FALSE;
    g_array_append_val (self->buckets, digest);
  }
  return self->buckets->len == ROUNDS_DIGEST_BUCKETS;
}

static gboolean
read_revisions (RoundsSyncComparison *self, yyjson_val *array)
{
  yyjson_val *entry;
  gsize i, n;

  self->revisions = g_array_new (FALSE, FALSE, sizeof (RoundsRevision));
  yyjson_arr_foreach (array, i, n, entry)
  {
    const char *id = yyjson_get_str (yyjson_arr_get (entry, 0));
    RoundsRevision revision = { .rev = yyjson_get_sint (yyjson_arr_get (entry, 1)) };

    if (id == NULL || !rounds_uuid_parse (id, &revision.record))
      return FALSE;
    g_array_append_val (self->revisions, revision);
  }
  return TRUE;
}

static gboolean
read_members (RoundsSyncComparison *self, yyjson_val *root)
{
  yyjson_val *totals = yyjson_obj_get (root, "totals");
  yyjson_val *buckets = yyjson_obj_get (root, "buckets");
  yyjson_val *revisions = yyjson_obj_get (root, "revisions");

  self->behind = yyjson_is_true (yyjson_obj_get (root, "behind"));
  return (totals == NULL || read_totals (self, totals)) && (buckets == NULL || read_buckets (self, buckets))
         && (revisions == NULL || read_revisions (self, revisions));
}

/**
 * rounds_sync_comparison_parse:
 * @body: (nullable): the server's answer
 * @error: (out) (optional): %ROUNDS_ERROR_PROTOCOL
 *
 * Returns: (transfer full) (nullable): the answer
 */
RoundsSyncComparison *
rounds_sync_comparison_parse (GBytes *body, GError **error)
{
  g_autoptr (RoundsSyncComparison) self = g_new0 (RoundsSyncComparison, 1);
  g_autoptr (yyjson_doc) doc = NULL;

  if (body != NULL && rounds_json_read (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), &doc, NULL)
      && read_members (self, yyjson_doc_get_root (doc)))
    return g_steal_pointer (&self);
  return rounds_sync_problem_set_senseless (error), NULL;
}

/* Questions: (transfer full) path and query. */

char *
rounds_sync_compare_totals_path (const char *cursor)
{
  g_autofree char *escaped = g_uri_escape_string (cursor, ":,*", FALSE);

  return g_strdup_printf (ROUNDS_SYNC_COMPARE_PATH "?cursor=%s", escaped);
}

char *
rounds_sync_compare_buckets_path (RoundsEntity entity)
{
  return g_strdup_printf (ROUNDS_SYNC_COMPARE_PATH "?entity=%s", rounds_entity_get_info (entity)->name);
}

char *
rounds_sync_compare_revisions_path (RoundsEntity entity, const gboolean buckets[ROUNDS_DIGEST_BUCKETS])
{
  GString *path = g_string_new (ROUNDS_SYNC_COMPARE_PATH);
  const char *separator = "";

  g_string_append_printf (path, "?entity=%s&buckets=", rounds_entity_get_info (entity)->name);
  for (guint b = 0; b < ROUNDS_DIGEST_BUCKETS; b++)
    if (buckets[b])
      {
        g_string_append_printf (path, "%s%u", separator, b);
        separator = ",";
      }
  return g_string_free_and_steal (path);
}

char *
rounds_sync_compare_records_path (RoundsEntity entity, const RoundsUuid *ids, guint n)
{
  GString *path = g_string_new (ROUNDS_SYNC_COMPARE_PATH);

  g_string_append_printf (path, "?entity=%s&ids=", rounds_entity_get_info (entity)->name);
  for (guint i = 0; i < n; i++)
    {
      char id[ROUNDS_UUID_STRING_LENGTH + 1];

      rounds_uuid_format (&ids[i], id);
      g_string_append_printf (path, "%s%s", i > 0 ? "," : "", id);
    }
  return g_string_free_and_steal (path);
}
