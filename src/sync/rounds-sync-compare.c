/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's side of finding out where a device differs. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-sync-comparison.h"
#include "rounds-sync-cursor.h"
#include "rounds-sync-protocol.h"
#include "rounds-sync-scope.h"

/* Lines that are no business of devices may lie between a device's cursor and the end of the log: at most so many. */
#define IDLE_LINES 1000

/* At most so many single records in one question. */
#define MOST_IDS 500

/* Whether a device at @cursor has all that there is. 1, 0, or -1 on error. */
static int
is_at_end (RoundsRecordStore *store, const RoundsSyncCursor *cursor, GError **error)
{
  g_autoptr (GArray) marks = rounds_record_store_list_marks (store, cursor->seq, IDLE_LINES + 1, error);

  if (marks == NULL)
    return -1;
  for (guint i = 0; i < marks->len; i++)
    if (rounds_entity_is_synced (g_array_index (marks, RoundsLogMark, i).entity))
      return 0;
  return marks->len <= IDLE_LINES;
}

static gboolean
add_totals (GArray *totals, RoundsRecordStore *store, const RoundsTerritoryScope *scope, GError **error)
{
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      RoundsDigest buckets[ROUNDS_DIGEST_BUCKETS];
      RoundsSyncTotal total = { .entity = e };

      if (!rounds_entity_is_synced (e))
        continue;
      if (!rounds_record_store_digest (store, e, scope, buckets, error))
        return FALSE;
      for (guint b = 0; b < ROUNDS_DIGEST_BUCKETS; b++)
        rounds_digest_add (&total.digest, &buckets[b]);
      g_array_append_val (totals, total);
    }
  return TRUE;
}

/* Others may write while the tables are read: what counts is that nothing has come until they all are. */
static GBytes *
compare_totals (RoundsRecordStore *store, const RoundsTerritoryScope *scope, const char *text, GError **error)
{
  g_autoptr (RoundsSyncComparison) comparison = g_new0 (RoundsSyncComparison, 1);
  g_auto (RoundsSyncCursor) cursor = ROUNDS_SYNC_CURSOR_INIT;
  g_autofree char *now = rounds_sync_scope_to_text (scope, store, error);
  int is_there = now != NULL ? rounds_sync_cursor_open (&cursor, store, text, error) : -1;

  if (is_there > 0)
    is_there = cursor.entity == ROUNDS_ENTITY_NONE && g_str_equal (cursor.scope, now);
  if (is_there > 0)
    is_there = is_at_end (store, &cursor, error);
  if (is_there > 0)
    {
      comparison->totals = g_array_new (FALSE, FALSE, sizeof (RoundsSyncTotal));
      is_there = add_totals (comparison->totals, store, scope, error) ? is_at_end (store, &cursor, error) : -1;
    }
  if (is_there < 0)
    return NULL;
  comparison->behind = !is_there;
  return rounds_sync_comparison_build (comparison);
}

static GBytes *
compare_buckets (RoundsRecordStore *store, const RoundsTerritoryScope *scope, RoundsEntity entity, GError **error)
{
  g_autoptr (RoundsSyncComparison) comparison = g_new0 (RoundsSyncComparison, 1);

  comparison->buckets = g_array_sized_new (FALSE, FALSE, sizeof (RoundsDigest), ROUNDS_DIGEST_BUCKETS);
  g_array_set_size (comparison->buckets, ROUNDS_DIGEST_BUCKETS);
  if (!rounds_record_store_digest (store, entity, scope, (RoundsDigest *) (gpointer) comparison->buckets->data, error))
    return NULL;
  return rounds_sync_comparison_build (comparison);
}

static gboolean
set_question_error (GError **error, const char *parameter)
{
  rounds_set_field_error (error, parameter, _ ("“%s” is missing or wrong."), parameter);
  return FALSE;
}

static GBytes *
compare_revisions (RoundsRecordStore *store, const RoundsTerritoryScope *scope, RoundsEntity entity, const char *text,
                   GError **error)
{
  g_autoptr (RoundsSyncComparison) comparison = g_new0 (RoundsSyncComparison, 1);
  g_auto (GStrv) numbers = g_strsplit (text, ",", ROUNDS_DIGEST_BUCKETS + 1);
  gboolean buckets[ROUNDS_DIGEST_BUCKETS] = { FALSE };

  for (guint i = 0; numbers[i] != NULL; i++)
    {
      guint64 bucket;

      if (!g_ascii_string_to_unsigned (numbers[i], 10, 0, ROUNDS_DIGEST_BUCKETS - 1, &bucket, NULL))
        return set_question_error (error, "buckets"), NULL;
      buckets[bucket] = TRUE;
    }
  comparison->revisions = rounds_record_store_list_revisions (store, entity, scope, buckets, error);
  return comparison->revisions != NULL ? rounds_sync_comparison_build (comparison) : NULL;
}

/* A page of the records asked for; what is not in it is not here. A device that asks has had the record: that it is out
 * of sight now is no secret. */
static GBytes *
fetch_records (RoundsRecordStore *store, const RoundsTerritoryScope *scope, RoundsEntity entity, const char *text,
               GError **error)
{
  g_auto (RoundsSyncCursor) cursor = ROUNDS_SYNC_CURSOR_INIT;
  g_auto (GStrv) ids = g_strsplit (text, ",", MOST_IDS + 1);
  g_autoptr (RoundsSyncPage) page = NULL;

  if (rounds_sync_cursor_open (&cursor, store, NULL, error) < 0)
    return NULL;
  page = rounds_sync_page_new (cursor.epoch);
  page->cursor = g_strdup ("");
  for (guint i = 0; ids[i] != NULL; i++)
    {
      RoundsTouched gone = { .entity = entity };
      g_autoptr (RoundsRecord) record = NULL;

      if (!rounds_uuid_parse (ids[i], &gone.record))
        return set_question_error (error, "ids"), NULL;
      if (!rounds_record_store_look_up (store, entity, &gone.record, &record, error))
        return NULL;
      if (record != NULL && rounds_territory_scope_shows (scope, record))
        g_ptr_array_add (page->records, g_steal_pointer (&record));
      else if (record != NULL)
        g_array_append_val (page->removed, gone);
    }
  return rounds_sync_page_build (page);
}

/**
 * rounds_sync_server_compare:
 * @store: the server's store; only read
 * @scope: (nullable): what the user gets to see; %NULL for everything
 * @question: a cursor: digests of all entities there; an entity: digests of its buckets; with buckets: the revisions of
 *   their records; with ids: a page of these records
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID with the parameter, and what the disk says
 *
 * Returns: (transfer full) (nullable): the answer
 */
GBytes *
rounds_sync_server_compare (RoundsRecordStore *store, const RoundsTerritoryScope *scope,
                            const RoundsSyncQuestion *question, GError **error)
{
  RoundsEntity entity;

  if (question->entity == NULL)
    return compare_totals (store, scope, question->cursor, error);
  entity = rounds_entity_from_name (question->entity);
  if (!rounds_entity_is_synced (entity))
    return set_question_error (error, "entity"), NULL;
  if (question->ids != NULL)
    return fetch_records (store, scope, entity, question->ids, error);
  if (question->buckets != NULL)
    return compare_revisions (store, scope, entity, question->buckets, error);
  return compare_buckets (store, scope, entity, error);
}
