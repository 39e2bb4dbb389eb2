/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-sync-cursor.h"

/* "EPOCH:SEQ:MARK:SCOPE" in the log phase; in a snapshot ":ENTITY:ROW" follows. */
enum
{
  PART_EPOCH,
  PART_SEQ,
  PART_MARK,
  PART_SCOPE,
  N_LOG_PARTS,
  PART_ENTITY = N_LOG_PARTS,
  PART_ROW,
  N_SNAPSHOT_PARTS,
};

static gboolean
parse_parts (char **parts, RoundsSyncCursor *cursor)
{
  guint n = g_strv_length (parts);
  guint64 mark;

  if ((n != N_LOG_PARTS && n != N_SNAPSHOT_PARTS)
      || !g_ascii_string_to_signed (parts[PART_SEQ], 10, 0, G_MAXINT64, &cursor->seq, NULL)
      || !g_ascii_string_to_unsigned (parts[PART_MARK], 16, 0, G_MAXUINT32, &mark, NULL))
    return FALSE;
  cursor->mark = (guint32) mark;
  if (n == N_SNAPSHOT_PARTS)
    {
      cursor->entity = rounds_entity_from_name (parts[PART_ENTITY]);
      if (cursor->entity == ROUNDS_ENTITY_NONE
          || !g_ascii_string_to_signed (parts[PART_ROW], 10, 0, G_MAXINT64, &cursor->row_key, NULL))
        return FALSE;
    }
  cursor->epoch = g_strdup (parts[PART_EPOCH]);
  cursor->scope = g_strdup (parts[PART_SCOPE]);
  return TRUE;
}

/**
 * rounds_sync_cursor_parse:
 * @text: (nullable): what a device sent
 * @cursor: (out): cleared by the caller, whatever is returned
 *
 * Returns: %FALSE if @text is not a cursor that this version made
 */
gboolean
rounds_sync_cursor_parse (const char *text, RoundsSyncCursor *cursor)
{
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, ":", N_SNAPSHOT_PARTS + 1) : NULL;

  *cursor = (RoundsSyncCursor) ROUNDS_SYNC_CURSOR_INIT;
  return parts != NULL && parse_parts (parts, cursor);
}

/** rounds_sync_cursor_format: (transfer full): @self as a text for devices, without blanks. */
char *
rounds_sync_cursor_format (const RoundsSyncCursor *self)
{
  g_autofree char *text =
    g_strdup_printf ("%s:%" G_GINT64_FORMAT ":%x:%s", self->epoch, self->seq, self->mark, self->scope);

  if (self->entity == ROUNDS_ENTITY_NONE)
    return g_steal_pointer (&text);
  return g_strdup_printf ("%s:%s:%" G_GINT64_FORMAT, text, rounds_entity_get_info (self->entity)->name, self->row_key);
}

/* Groups are random ids: two logs that went different ways do not have the same at one place. 0: there is no line. */
static gboolean
read_mark (RoundsRecordStore *store, gint64 seq, guint32 *mark, GError **error)
{
  RoundsUuid group;

  if (!rounds_record_store_get_line_group (store, seq, &group, error))
    return FALSE;
  memcpy (mark, group.bytes + sizeof group.bytes - sizeof *mark, sizeof *mark);
  *mark = GUINT32_FROM_BE (*mark);
  return TRUE;
}

/**
 * rounds_sync_cursor_move:
 * @seq: a position in @store's log
 * @error: (out) (optional): what the disk says
 *
 * Makes the log phase go on behind @seq.
 */
gboolean
rounds_sync_cursor_move (RoundsSyncCursor *self, RoundsRecordStore *store, gint64 seq, GError **error)
{
  if (self->seq == seq && (self->mark != 0 || seq == 0))
    return TRUE;
  self->seq = seq;
  return read_mark (store, seq, &self->mark, error);
}

/**
 * rounds_sync_cursor_check:
 * @store: the server's store
 * @error: (out) (optional): what the disk says
 *
 * Whether @self, of the right epoch, is a place in @store's log. It is not if the server went back to a backup and
 * nobody gave it a new epoch: then its log ends before that place, or has another line there.
 *
 * Returns: 1 or 0, -1 on error
 */
int
rounds_sync_cursor_check (const RoundsSyncCursor *self, RoundsRecordStore *store, GError **error)
{
  gint64 last = rounds_record_store_get_last_seq (store, error);
  guint32 mark;

  if (last < 0 || !read_mark (store, self->seq, &mark, error))
    return -1;
  return self->seq <= last && (mark == self->mark || mark == 0);
}

/** rounds_sync_cursor_clear: frees what @self owns; it can be used again. */
void
rounds_sync_cursor_clear (RoundsSyncCursor *self)
{
  g_clear_pointer (&self->epoch, g_free);
  g_clear_pointer (&self->scope, g_free);
}
