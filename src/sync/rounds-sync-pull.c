/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's answer to a pull: a snapshot for who has nothing, the log for everybody else. */

#include "rounds-sync-apply.h"
#include "rounds-sync-cursor.h"
#include "rounds-sync-protocol.h"
#include "rounds-sync-scope.h"
#include "rounds-sync-server.h"

/* About as many bytes of text in a page, so that long notes do not make an answer too long for a device. */
#define PULL_BYTES (8 * 1024 * 1024)

/* A log that is at most so long is read, however few records there are. */
#define SHORT_LOG 10000

/* So many lines that are no business of devices are looked through again each time rather than make every device write
 * down a new cursor for them. */
#define IDLE_LINES 100

/* One pull while it is worked on. */
typedef struct
{
  RoundsRecordStore *store;
  const RoundsTerritoryScope *scope; /* (nullable): what the user gets to see, NULL for everything */
  RoundsSyncCursor cursor;
  RoundsTerritoryScope *gained; /* (owned) (nullable): what the snapshot is of, NULL for everything in scope */
  RoundsSyncPage *page;         /* (owned) */
  guint limit;
  gsize bytes;
} Pull;

static void
pull_clear (Pull *pull)
{
  rounds_sync_cursor_clear (&pull->cursor);
  g_clear_pointer (&pull->gained, rounds_territory_scope_free);
  g_clear_pointer (&pull->page, rounds_sync_page_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pull, pull_clear)

static gsize
get_text_size (RoundsRecord *record)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  gsize size = 0;

  for (guint f = 0; f < info->n_fields; f++)
    {
      const char *text = rounds_record_get_text (record, f);

      size += text != NULL ? strlen (text) : 0;
    }
  return size;
}

/* Returns: whether there is room for more. */
static gboolean
add_record (RoundsRecord *record, gpointer data)
{
  Pull *pull = data;

  pull->bytes += get_text_size (record);
  g_ptr_array_add (pull->page->records, record);
  return pull->bytes < PULL_BYTES && pull->page->records->len < pull->limit;
}

/* The log phase */

/* Whether the device may have the record of @mark from before it moved. */
static gboolean
has_left (const Pull *pull, const RoundsLogMark *mark)
{
  return mark->has_moved
         && rounds_territory_scope_holds (pull->scope, rounds_uuid_is_nil (&mark->from) ? NULL : &mark->from);
}

/* Adds the record of @mark as it is now, or that it is gone. Returns: whether there is room for more; -1 on error. */
static int
add_mark (Pull *pull, const RoundsLogMark *mark, GHashTable *seen, GError **error)
{
  RoundsTouched gone = { mark->entity, mark->record };
  gboolean is_new = g_hash_table_add (seen, (gpointer) &mark->record);
  g_autoptr (RoundsRecord) record = NULL;

  /* Seen already: either it is in the page, or this line may say that it was in sight. */
  if (!is_new && !mark->has_moved)
    return TRUE;
  if (!rounds_record_store_look_up (pull->store, mark->entity, &mark->record, &record, error))
    return -1;
  if (record == NULL)
    return TRUE;
  if (rounds_territory_scope_shows (pull->scope, record))
    return !is_new || add_record (g_steal_pointer (&record), pull);
  if (has_left (pull, mark))
    g_array_append_val (pull->page->removed, gone);
  return TRUE;
}

/* Each record of the slice, as it is now; the rest of the slice waits for the next page if this one gets too long.
 * Sets @seq to where that is. */
static gboolean
add_marked (Pull *pull, GArray *marks, gint64 *seq, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);

  for (guint i = 0; i < marks->len; i++)
    {
      const RoundsLogMark *mark = &g_array_index (marks, RoundsLogMark, i);
      int has_room = TRUE;

      *seq = mark->seq;
      if (rounds_entity_is_synced (mark->entity))
        has_room = add_mark (pull, mark, seen, error);
      if (has_room < 0)
        return FALSE;
      if (!has_room && i + 1 < marks->len)
        {
          pull->page->has_more = TRUE;
          return TRUE;
        }
    }
  return TRUE;
}

/* Whether all lines are no business of any device. What is out of this one's sight is no such thing: a device that
 * stayed in front of it would never be at the end of the log, where it can be compared. */
static gboolean
are_idle (GArray *marks)
{
  for (guint i = 0; i < marks->len; i++)
    if (rounds_entity_is_synced (g_array_index (marks, RoundsLogMark, i).entity))
      return FALSE;
  return marks->len < IDLE_LINES;
}

static gboolean
add_log (Pull *pull, GError **error)
{
  guint n_before = pull->page->records->len;
  guint limit = pull->limit - n_before;
  g_autoptr (GArray) marks = rounds_record_store_list_marks (pull->store, pull->cursor.seq, limit + 1, error);
  gint64 seq = pull->cursor.seq;

  if (marks == NULL)
    return FALSE;
  pull->page->has_more = marks->len > limit;
  g_array_set_size (marks, MIN (marks->len, limit));
  if (!add_marked (pull, marks, &seq, error))
    return FALSE;
  if (!pull->page->has_more && pull->page->records->len == n_before && pull->page->removed->len == 0
      && are_idle (marks))
    return TRUE;
  return rounds_sync_cursor_move (&pull->cursor, pull->store, seq, error);
}

/* The snapshot */

static gboolean
begin_snapshot (Pull *pull, GError **error)
{
  gint64 last = rounds_record_store_get_last_seq (pull->store, error);

  if (last < 0)
    return FALSE;
  pull->cursor.entity = 0;
  pull->cursor.row_key = 0;
  g_clear_pointer (&pull->cursor.had, g_free);
  return rounds_sync_cursor_move (&pull->cursor, pull->store, last, error);
}

/* Tables from where the cursor is, until the page is full or there are no more. */
static gboolean
add_snapshot (Pull *pull, GError **error)
{
  RoundsSyncCursor *cursor = &pull->cursor;

  for (; cursor->entity < ROUNDS_N_ENTITIES; cursor->entity++, cursor->row_key = 0)
    {
      gboolean ended;

      if (!rounds_entity_is_synced (cursor->entity))
        continue;
      if (!rounds_record_store_scan (pull->store, cursor->entity, pull->gained != NULL ? pull->gained : pull->scope,
                                     &cursor->row_key, &ended, add_record, pull, error))
        return FALSE;
      if (!ended)
        {
          pull->page->has_more = TRUE;
          return TRUE;
        }
    }
  G_STATIC_ASSERT ((int) ROUNDS_ENTITY_NONE == (int) ROUNDS_N_ENTITIES); /* so now it is in the log phase */
  return TRUE;
}

/* Whether the log behind the cursor does not tell all, or tells more than a snapshot would. -1 on error. */
static int
is_too_old (const Pull *pull, GError **error)
{
  gint64 floor = rounds_record_store_get_log_floor (pull->store, error);
  gint64 last = floor >= 0 ? rounds_record_store_get_last_seq (pull->store, error) : -1;
  gint64 size;

  if (last < 0)
    return -1;
  if (pull->cursor.seq < floor)
    return TRUE;
  if (last - pull->cursor.seq <= SHORT_LOG)
    return FALSE;
  size = rounds_record_store_estimate_size (pull->store, error);
  return size < 0 ? -1 : last - pull->cursor.seq > size;
}

/* The device sees another part of the world than when it got its cursor: it is told which, and gets what is new of it
 * before the log goes on. */
static gboolean
change_scope (Pull *pull, const char *now, GError **error)
{
  RoundsSyncCursor *cursor = &pull->cursor;
  g_autofree char *before = g_strdup (cursor->entity == ROUNDS_ENTITY_NONE ? cursor->scope : cursor->had);
  g_autoptr (RoundsTerritoryScope) gained = NULL;
  g_autofree char *kept = NULL;

  pull->page->scope = pull->scope != NULL ? rounds_territory_scope_copy (pull->scope) : rounds_territory_scope_new ();
  pull->page->scope->everything |= pull->scope == NULL;
  g_set_str (&cursor->scope, now);
  if (before == NULL)
    return begin_snapshot (pull, error);
  if (!rounds_sync_scope_compare (pull->scope, pull->store, before, &kept, &gained, error))
    return FALSE;
  if (gained->everything)
    return begin_snapshot (pull, error);
  if (gained->territories->len == 0 && cursor->entity == ROUNDS_ENTITY_NONE)
    return TRUE;
  cursor->entity = 0;
  cursor->row_key = 0;
  g_set_str (&cursor->had, kept);
  return TRUE;
}

/* A device that starts anew is told the scope; it may have records from before. */
static gboolean
follow_scope (Pull *pull, GError **error)
{
  g_autofree char *now = rounds_sync_scope_to_text (pull->scope, pull->store, error);
  g_autofree char *kept = NULL;

  if (now == NULL)
    return FALSE;
  if (g_strcmp0 (pull->cursor.scope, now) != 0 && !change_scope (pull, now, error))
    return FALSE;
  return pull->cursor.had == NULL
         || rounds_sync_scope_compare (pull->scope, pull->store, pull->cursor.had, &kept, &pull->gained, error);
}

/* Reads what the device sent and finds out where to go on. */
static gboolean
find_place (Pull *pull, const char *text, GError **error)
{
  int is_ours = rounds_sync_cursor_open (&pull->cursor, pull->store, text, error);
  int is_old;

  if (is_ours < 0)
    return FALSE;
  pull->page = rounds_sync_page_new (pull->cursor.epoch);
  pull->page->reset = !is_ours && text != NULL;
  is_old = is_ours ? is_too_old (pull, error) : 0;
  if (is_old < 0 || (is_old > 0 && !begin_snapshot (pull, error)))
    return FALSE;
  if (pull->cursor.schema != rounds_schema_get_fingerprint ())
    pull->page->schema = pull->cursor.schema = rounds_schema_get_fingerprint ();
  pull->page->compare = is_old > 0; /* what has moved out of sight since is not in a snapshot */
  return follow_scope (pull, error);
}

static gboolean
is_empty (const RoundsSyncPage *page)
{
  return page->records->len == 0 && page->removed->len == 0 && page->scope == NULL && !page->has_more && !page->reset
         && !page->compare;
}

/**
 * rounds_sync_server_pull:
 * @store: the server's store
 * @scope: (nullable): what the user gets to see; %NULL for everything
 * @cursor: (nullable): what the device's last page gave; %NULL for the beginning
 * @limit: the most records in a page, 0 for the usual number
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer full) (nullable): the answer: what changed behind @cursor, or everything from the beginning, page
 *   by page, where there is no cursor or it is too old; where it is of another epoch, from before a backup was put
 *   back, a page that says so
 *   Nothing at all where there is nothing new.
 */
GBytes *
rounds_sync_server_pull (RoundsRecordStore *store, const RoundsTerritoryScope *scope, const char *cursor, guint limit,
                         GError **error)
{
  g_auto (Pull) pull = { .store = store, .scope = scope, .cursor = ROUNDS_SYNC_CURSOR_INIT };

  pull.limit = limit == 0 ? ROUNDS_SYNC_PULL_LIMIT : MIN (limit, ROUNDS_SYNC_PULL_LIMIT);
  if (!find_place (&pull, cursor, error))
    return NULL;
  if (pull.page->reset)
    pull.page->has_more = TRUE; /* the device has something to say first */
  else
    {
      if (pull.cursor.entity != ROUNDS_ENTITY_NONE && !add_snapshot (&pull, error))
        return NULL;
      if (pull.cursor.entity == ROUNDS_ENTITY_NONE && !add_log (&pull, error))
        return NULL;
    }
  pull.page->cursor = rounds_sync_cursor_format (&pull.cursor);
  if (is_empty (pull.page) && g_strcmp0 (pull.page->cursor, cursor) == 0)
    return g_bytes_new_static ("", 0);
  return rounds_sync_page_build (pull.page);
}
