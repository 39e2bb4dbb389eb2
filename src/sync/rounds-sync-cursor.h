/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-feed.h"

G_BEGIN_DECLS

/**
 * RoundsSyncCursor: how far a device has come, as the server reads it. A device keeps the text and looks for nothing
 * in it.
 *
 * There are two phases. A *snapshot* reads the tables in the order of their rows; what changes meanwhile is in the log
 * behind @seq, the end of the log when the snapshot began. The *log* phase goes on from there.
 */
typedef struct
{
  char *epoch;         /* (owned): of the server's data; changes when a backup is put back */
  gint64 seq;          /* behind which line the log goes on */
  guint32 mark;        /* of that line, by which another log of the same epoch is told apart */
  guint32 schema;      /* what the server knew when it made the cursor; see rounds_schema_get_fingerprint() */
  char *scope;         /* (owned): what the device may see; see rounds_sync_scope_to_text() */
  RoundsEntity entity; /* which table a snapshot has reached; %ROUNDS_ENTITY_NONE in the log phase */
  gint64 row_key;      /* and behind which row */
  char *had; /* (owned) (nullable): the part of the scope that the snapshot leaves out, as the device has it */
} RoundsSyncCursor;

#define ROUNDS_SYNC_CURSOR_INIT { .entity = ROUNDS_ENTITY_NONE }

int rounds_sync_cursor_open (RoundsSyncCursor *self, RoundsRecordStore *store, const char *text, GError **error);
gboolean rounds_sync_cursor_move (RoundsSyncCursor *self, RoundsRecordStore *store, gint64 seq, GError **error);
char *rounds_sync_cursor_format (const RoundsSyncCursor *self);
void rounds_sync_cursor_clear (RoundsSyncCursor *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsSyncCursor, rounds_sync_cursor_clear)

G_END_DECLS
