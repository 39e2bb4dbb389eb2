/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-sync-cursor.h"

#include "rounds-sync-server.h"

/* "EPOCH:SEQ:MARK:SCHEMA:SCOPE" in the log phase; in a snapshot ":ENTITY:ROW" follows, and ":HAD" if it is not of
 * everything.
 */
enum
{
  PART_EPOCH,
  PART_SEQ,
  PART_MARK,
  PART_SCHEMA,
  PART_SCOPE,
  N_LOG_PARTS,
  PART_ENTITY = N_LOG_PARTS,
  PART_ROW,
  N_SNAPSHOT_PARTS,
  PART_HAD = N_SNAPSHOT_PARTS,
  N_PARTS,
};

static gboolean
parse_parts (RoundsSyncCursor *self, char **parts)
{
  guint n = g_strv_length (parts);
  guint64 mark, schema;

  if ((n != N_LOG_PARTS && n != N_SNAPSHOT_PARTS && n != N_PARTS)
      || !g_ascii_string_to_signed (parts[PART_SEQ], 10, 0, G_MAXINT64, &self->seq, NULL)
      || !g_ascii_string_to_unsigned (parts[PART_MARK], 16, 0, G_MAXUINT32, &mark, NULL)
      || !g_ascii_string_to_unsigned (parts[PART_SCHEMA], 16, 0, G_MAXUINT32, &schema, NULL))
    return FALSE;
  self->mark = (guint32) mark;
  self->schema = (guint32) schema;
  if (n >= N_SNAPSHOT_PARTS)
    {
      self->entity = rounds_entity_from_name (parts[PART_ENTITY]);
      if (self->entity == ROUNDS_ENTITY_NONE
          || !g_ascii_string_to_signed (parts[PART_ROW], 10, 0, G_MAXINT64, &self->row_key, NULL))
        return FALSE;
    }
  self->epoch = g_strdup (parts[PART_EPOCH]);
  self->scope = g_strdup (parts[PART_SCOPE]);
  self->had = n == N_PARTS ? g_strdup (parts[PART_HAD]) : NULL;
  return TRUE;
}

/* So many last characters of a new UUID, which are random, make an epoch. It goes with each request, and has to be told
 * from those of a few restores alone. */
#define EPOCH_LENGTH 12

/* The epoch is made when it is first needed. */
static char *
get_epoch (RoundsRecordStore *store, GError **error)
{
  g_autofree char *epoch = NULL;
  RoundsUuid id = rounds_uuid_new ();

  if (!rounds_record_store_get_state (store, ROUNDS_STATE_EPOCH, &epoch, error))
    return NULL;
  if (epoch == NULL)
    {
      g_autofree char *text = rounds_uuid_to_string (&id);

      epoch = g_strdup (text + ROUNDS_UUID_STRING_LENGTH - EPOCH_LENGTH);
      if (!rounds_record_store_set_state (store, ROUNDS_STATE_EPOCH, epoch, error))
        return NULL;
    }
  return g_steal_pointer (&epoch);
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

/* Whether the place is one in @store's log. It is not if the server went back to a backup and nobody gave it a new
 * epoch: then its log ends before that place, or has another line there. 1, 0, or -1 on error. */
static int
check_place (const RoundsSyncCursor *self, RoundsRecordStore *store, GError **error)
{
  gint64 last = rounds_record_store_get_last_seq (store, error);
  guint32 mark;

  if (last < 0 || !read_mark (store, self->seq, &mark, error))
    return -1;
  return self->seq <= last && (mark == self->mark || mark == 0);
}

/**
 * rounds_sync_cursor_open:
 * @self: (out): the cursor, or the beginning of the log without a scope if @text is not a place in it; cleared by the
 *   caller
 * @store: the server's store
 * @text: (nullable): what a device sent
 * @error: (out) (optional): what the disk says
 *
 * Returns: 1 if @text is a place in @store's log, 0 if it is not, -1 on error
 */
int
rounds_sync_cursor_open (RoundsSyncCursor *self, RoundsRecordStore *store, const char *text, GError **error)
{
  g_autofree char *epoch = get_epoch (store, error);
  g_auto (GStrv) parts = text != NULL ? g_strsplit (text, ":", N_PARTS + 1) : NULL;
  int is_place = 0;

  *self = (RoundsSyncCursor) ROUNDS_SYNC_CURSOR_INIT;
  if (epoch == NULL)
    return -1;
  if (parts != NULL && parse_parts (self, parts) && g_str_equal (self->epoch, epoch))
    is_place = check_place (self, store, error);
  if (is_place == 0)
    {
      rounds_sync_cursor_clear (self);
      *self = (RoundsSyncCursor) ROUNDS_SYNC_CURSOR_INIT;
      self->epoch = g_steal_pointer (&epoch);
    }
  return is_place;
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

/** rounds_sync_cursor_format: (transfer full): @self as a text for devices, without blanks. */
char *
rounds_sync_cursor_format (const RoundsSyncCursor *self)
{
  g_autofree char *text =
    g_strdup_printf ("%s:%" G_GINT64_FORMAT ":%x:%x:%s", self->epoch, self->seq, self->mark, self->schema, self->scope);

  if (self->entity == ROUNDS_ENTITY_NONE)
    return g_steal_pointer (&text);
  return g_strdup_printf ("%s:%s:%" G_GINT64_FORMAT "%s%s", text, rounds_entity_get_info (self->entity)->name,
                          self->row_key, self->had != NULL ? ":" : "", self->had != NULL ? self->had : "");
}

/** rounds_sync_cursor_clear: frees what @self owns; it can be used again. */
void
rounds_sync_cursor_clear (RoundsSyncCursor *self)
{
  g_clear_pointer (&self->epoch, g_free);
  g_clear_pointer (&self->scope, g_free);
  g_clear_pointer (&self->had, g_free);
}
