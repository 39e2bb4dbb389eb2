/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"
#include "rounds-territory-scope.h"

G_BEGIN_DECLS

/* What the server's side of sync reads, cheaply for millions: tables in the order of their rows, and the log without
 * its values. */

/**
 * RoundsRecordFunc:
 * @record: (transfer full): a record
 *
 * Returns: whether to go on behind it
 */
typedef gboolean (*RoundsRecordFunc) (RoundsRecord *record, gpointer data);

gboolean rounds_record_store_scan (RoundsRecordStore *self, RoundsEntity entity, const RoundsTerritoryScope *scope,
                                   gint64 *row_key, gboolean *ended, RoundsRecordFunc func, gpointer data,
                                   GError **error);
gint64 rounds_record_store_get_row_key (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id,
                                        GError **error); /* 0: none, -1 on error */
int rounds_record_store_find_territory (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id,
                                        RoundsUuid *territory, GError **error);
int rounds_record_store_is_deleted (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error);
gint64 rounds_record_store_estimate_size (RoundsRecordStore *self, GError **error); /* -1 on error */

/** RoundsLogMark: that something happened to a record; the log's line without its values. */
typedef struct
{
  gint64 seq;
  RoundsEntity entity; /* %ROUNDS_ENTITY_NONE: one that this version does not know */
  RoundsUuid record;
  gint64 rev;         /* as it was then */
  gboolean has_moved; /* from one territory to another, or to or from none */
  RoundsUuid from;    /* if it has: which territory it was in, nil for none */
} RoundsLogMark;

GArray *rounds_record_store_list_marks (RoundsRecordStore *self, gint64 after_seq, guint limit, GError **error);
gboolean rounds_record_store_get_line_group (RoundsRecordStore *self, gint64 seq, RoundsUuid *group, GError **error);
gint64 rounds_record_store_get_log_floor (RoundsRecordStore *self, GError **error); /* -1 on error */

/* Takes what a device may no longer have out of its database: rows and words, and what the log and the conflicts say of
 * the record. Inside a transaction of rounds_record_store_begin_remote(). */
GArray *rounds_record_store_list_outside (RoundsRecordStore *self, RoundsEntity entity,
                                          const RoundsTerritoryScope *scope, GError **error); /* of RoundsUuid */
int rounds_record_store_has_open_changes (RoundsRecordStore *self, const RoundsUuid *record, GError **error);
gboolean rounds_record_store_purge (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error);
gboolean rounds_record_store_say_again (RoundsRecordStore *self, RoundsRecord *record, GError **error);
gboolean rounds_record_store_say_field (RoundsRecordStore *self, RoundsRecord *record, guint field, GError **error);

/* On the server, when it starts. */
gboolean rounds_record_store_settle_territories (RoundsRecordStore *self, GError **error);

G_END_DECLS
