/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-change.h"
#include "rounds-database.h"
#include "rounds-query.h"

G_BEGIN_DECLS

/**
 * RoundsRecordStore:
 *
 * The one way to the entity tables, on devices and on the server: reads by query; writes that validate, store the row,
 * its search text and its line in the change log in one transaction. Synchronous; belongs to its database's thread.
 */
#define ROUNDS_TYPE_RECORD_STORE (rounds_record_store_get_type ())
G_DECLARE_FINAL_TYPE (RoundsRecordStore, rounds_record_store, ROUNDS, RECORD_STORE, GObject)

typedef enum
{
  ROUNDS_ROLE_DEVICE, /* keeps local entities; its log is the outbox */
  ROUNDS_ROLE_SERVER, /* keeps server entities; gives revisions; its log is the feed */
} RoundsStoreRole;

/* That one record refers to another. */
typedef struct
{
  RoundsUuid record; /* which one */
  RoundsUuid to;     /* the other one */
} RoundsReferrer;

/* Opens the schema: creates it in an empty database, migrates an older one (a copy of the file is kept if a step
 * fails), refuses a newer one (ROUNDS_ERROR_TOO_NEW). With a read-only database nothing is migrated. */
RoundsRecordStore *rounds_record_store_new (RoundsDatabase *database, RoundsStoreRole role, GError **error);
RoundsDatabase *rounds_record_store_get_database (RoundsRecordStore *self);
RoundsStoreRole rounds_record_store_get_role (RoundsRecordStore *self);

/* Who is writing, from now on; written into the log. NULL: nobody known. */
void rounds_record_store_set_actor (RoundsRecordStore *self, const RoundsUuid *user, const RoundsUuid *device);

/* A transaction is a group: applied whole, here and later on the server. Writes outside of one get one each. */
gboolean rounds_record_store_begin (RoundsRecordStore *self, GError **error);
gboolean rounds_record_store_commit (RoundsRecordStore *self, GError **error);
void rounds_record_store_rollback (RoundsRecordStore *self);
gboolean rounds_record_store_end (RoundsRecordStore *self, gboolean done, GError **error);
/* From here until the next call (or the end of the transaction) changes belong to a new group: for imports. */
void rounds_record_store_begin_group (RoundsRecordStore *self);

/* Reading. For get() a record that is not there is ROUNDS_ERROR_NOT_FOUND; for look_up(), and for find(), which reads
 * the first of a query, it is one of the answers. Tombstones are found by get() and look_up(). */
RoundsRecord *rounds_record_store_get (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id,
                                       GError **error);
gboolean rounds_record_store_look_up (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id,
                                      RoundsRecord **record, GError **error);
gboolean rounds_record_store_find (RoundsRecordStore *self, RoundsQuery *query, RoundsRecord **record, GError **error);
GPtrArray *rounds_record_store_list (RoundsRecordStore *self, RoundsQuery *query, GError **error); /* of RoundsRecord */
gint64 rounds_record_store_count (RoundsRecordStore *self, RoundsQuery *query, GError **error); /* -1 on error; scans */
gboolean rounds_record_store_list_referrers (RoundsRecordStore *self, RoundsEntity entity, guint field,
                                             const RoundsUuid *ids, guint n, GArray *referrers, GError **error);
/* Row keys (device-local integers, gint64) in the query's order: what list models hold. */
GArray *rounds_record_store_list_keys (RoundsRecordStore *self, RoundsQuery *query, GError **error);
RoundsRecord *rounds_record_store_get_by_key (RoundsRecordStore *self, RoundsEntity entity, gint64 key, GError **error);

/* Writing. save() creates the record if its id is unknown, else updates what differs from the stored row; saving
 * an equal record writes nothing. On return the record holds rev, created_at and updated_at. Checks validity
 * (ROUNDS_ERROR_INVALID with field), references (same), unique values (ROUNDS_ERROR_EXISTS with field). */
gboolean rounds_record_store_save (RoundsRecordStore *self, RoundsRecord *record, GError **error);
gboolean rounds_record_store_save_all (RoundsRecordStore *self, GPtrArray *records, GError **error); /* one group */
/* For imports: a transaction, and groups (GPtrArray of new records) in it. */
gboolean rounds_record_store_begin_bulk (RoundsRecordStore *self, GError **error);
gboolean rounds_record_store_create_groups (RoundsRecordStore *self, GPtrArray *groups, GError **error);
gboolean rounds_record_store_delete (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id,
                                     GError **error);
gboolean rounds_record_store_restore (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id,
                                      GError **error);
gint64 rounds_record_store_delete_all (RoundsRecordStore *self, GArray *records,
                                       GError **error); /* of RoundsTouched; for taking an import back */
gint64 rounds_record_store_restore_all (RoundsRecordStore *self, GArray *records, GError **error);
/* The same with what belongs to it, as one group; see rounds-record-trash.c. */
gboolean rounds_record_store_delete_whole (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id,
                                           GError **error);
gboolean rounds_record_store_restore_whole (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id,
                                            GError **error);
gboolean rounds_record_store_restore_along (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id,
                                            GError **error);
gint64 rounds_record_store_get_deletion_time (RoundsRecordStore *self);
gboolean rounds_record_store_restore_parts (RoundsRecordStore *self, RoundsRecord *owner, gint64 deleted_at,
                                            GError **error);
gboolean rounds_record_store_bring_back (RoundsRecordStore *self, RoundsRecord *record, GError **error);
gboolean rounds_record_store_delete_apart (RoundsRecordStore *self, RoundsRecord *part, gboolean *apart,
                                           GError **error);
gboolean rounds_record_store_delete_along (RoundsRecordStore *self, RoundsRecord *owner, gint64 deleted_at,
                                           GError **error);
gboolean rounds_record_store_is_part (RoundsRecord *record, GHashTable *owners);

/* The log. */
GPtrArray *rounds_record_store_list_changes (RoundsRecordStore *self, gint64 after_seq, guint limit, GError **error);
GPtrArray *rounds_record_store_list_lines (RoundsRecordStore *self, gint64 after_seq, guint limit, GError **error);
GPtrArray *rounds_record_store_list_record_changes (RoundsRecordStore *self, const RoundsUuid *record, guint limit,
                                                    GError **error); /* newest first */
GPtrArray *rounds_record_store_list_changes_since (RoundsRecordStore *self, const RoundsUuid *record, gint64 rev,
                                                   GError **error); /* newest first */
int rounds_record_store_is_by_merge (RoundsRecordStore *self, const RoundsChange *change, GError **error);
GPtrArray *rounds_record_store_list_outbox (RoundsRecordStore *self, gint64 after_seq, guint limit,
                                            GError **error); /* pending, oldest first */
GPtrArray *rounds_record_store_list_rejected (RoundsRecordStore *self, GError **error);
GPtrArray *rounds_record_store_list_rejected_acts (RoundsRecordStore *self, GError **error);
gint64 rounds_record_store_count_rejected_acts (RoundsRecordStore *self, GError **error);
GPtrArray *rounds_record_store_list_pending_of (RoundsRecordStore *self, const RoundsUuid *record, GError **error);
gboolean rounds_record_store_set_change_state (RoundsRecordStore *self, gint64 seq, RoundsChangeState state,
                                               const char *reply, GError **error);
gboolean rounds_record_store_acknowledge_changes (RoundsRecordStore *self, GPtrArray *changes, GError **error);
gboolean rounds_record_store_forget_revisions (RoundsRecordStore *self, GError **error);
gboolean rounds_record_store_retry_rejected (RoundsRecordStore *self, gint64 seq, GError **error);
gint64 rounds_record_store_count_changes (RoundsRecordStore *self, RoundsChangeState state,
                                          GError **error); /* by index */
gint64 rounds_record_store_get_last_seq (RoundsRecordStore *self, GError **error);

/* For sync on a device, inside a transaction: writes the server's row as it is: no validation, no log line. Foreign
 * keys are not enforced while `rounds_record_store_begin_remote()`'s transaction is open, as a page may end between a
 * child and its parent. */
gboolean rounds_record_store_begin_remote (RoundsRecordStore *self, GError **error);
gboolean rounds_record_store_put_remote (RoundsRecordStore *self, RoundsRecord *record, RoundsRecord *before,
                                         GError **error);

/* For sync on the server: the answer that was given to mutation n of a device, so that a repeat gets the same one. */
gboolean rounds_record_store_get_reply (RoundsRecordStore *self, const RoundsUuid *device, gint64 n,
                                        const RoundsUuid *group, char **reply, GError **error);
gint64 rounds_record_store_get_last_reply (RoundsRecordStore *self, const RoundsUuid *device, GError **error);
void rounds_record_store_put_reply (RoundsRecordStore *self, const RoundsUuid *device, gint64 n,
                                    const RoundsUuid *group, const char *reply);

/* Small facts of the store itself (sync cursor, device id, server address, tokens): text by key. Not synced, not
 * logged. */
gboolean rounds_record_store_get_state (RoundsRecordStore *self, const char *key, char **value, GError **error);
gboolean rounds_record_store_set_state (RoundsRecordStore *self, const char *key, const char *value, GError **error);

/* "committed" (RoundsRecordStore *, GArray *of RoundsTouched): after each commit, on the store's own thread, what
 * changed. A nil record stands for many records of that entity. */
typedef struct
{
  RoundsEntity entity;
  RoundsUuid record;
} RoundsTouched;

G_END_DECLS
