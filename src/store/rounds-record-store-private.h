/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-insert.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

typedef struct _RoundsHeldWords RoundsHeldWords;

struct _RoundsRecordStore
{
  GObject parent_instance;

  RoundsDatabase *database; /* (owned) */
  RoundsStoreRole role;
  RoundsUuid actor;
  RoundsUuid device;
  gint64 last_deletion; /* the time of the last group that deleted something; 0: none yet */

  /* The open transaction. */
  gboolean in_transaction;
  gboolean is_remote; /* foreign keys are off until it ends, … */
  gboolean is_bulk;   /* … and in this one the store checks references itself */
  RoundsUuid group;
  GHashTable *unlocked; /* (owned): RoundsUuid of submitted interactions that the open group may change */
  gboolean is_merging;  /* the open group makes two contacts one, or takes that back */
  gint64 deletion_time; /* of what is deleted in the group, one for all; 0: nothing yet */
  gboolean comes_along; /* what is being brought back comes with something else */
  GPtrArray *log;       /* (owned): RoundsChange that are not written yet */
  gboolean holds_log;   /* however many they are: they are not in their order yet */
  GPtrArray *replies;   /* (owned) (nullable): answers to mutations that are not written yet */
  RoundsHeldWords *words[ROUNDS_N_ENTITIES]; /* (owned) (nullable): what the full-text indexes do not have yet … */
  gsize words_size;                          /* … and about how many bytes it is */
  GArray *touched;                           /* (owned): RoundsTouched */
  gboolean touched_many[ROUNDS_N_ENTITIES];
  RoundsUuid highest[ROUNDS_N_ENTITIES]; /* the last id in each table; nil: not asked for */
  GHashTable *places;                    /* (owned): what the transaction knows of the owners whose records it saves */

  /* (owned) (nullable): statements by entity, made when they are first needed */
  char *select_sql[ROUNDS_N_ENTITIES]; /* "SELECT fields FROM table" */
  char *get_sql[ROUNDS_N_ENTITIES];
  char *get_by_key_sql[ROUNDS_N_ENTITIES];
  char *text_sql[ROUNDS_N_ENTITIES]; /* "SELECT searchable fields FROM table WHERE row_key" */
  char *find_sql[ROUNDS_N_ENTITIES]; /* "SELECT row_key FROM table WHERE id" */
  char *place_sql[ROUNDS_N_ENTITIES];
  char *words_sql[ROUNDS_N_ENTITIES];
  RoundsInsert inserts[ROUNDS_N_ENTITIES];
  RoundsInsert log_insert;
  RoundsInsert reply_insert;
};

/* Transactions, and what a commit tells of: rounds-record-store.c */
typedef gboolean (*RoundsWriteFunc) (RoundsRecordStore *self, gpointer data, GError **error);
gboolean rounds_record_store_run (RoundsRecordStore *self, RoundsWriteFunc write, gpointer data, GError **error);
gboolean rounds_record_store_run_sql (RoundsRecordStore *self, const char *sql, const RoundsUuid *id, GError **error);
void rounds_record_store_touch (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id);

/* Writing: rounds-record-writer.c */
gboolean rounds_record_store_create (RoundsRecordStore *self, RoundsRecord *record, GError **error);
gboolean rounds_record_store_begin_creation (RoundsRecordStore *self, RoundsRecord *record, guint64 *filled,
                                             GError **error);
gboolean rounds_record_store_end_creation (RoundsRecordStore *self, RoundsRecord *record, guint64 filled,
                                           GError **error);
gboolean rounds_record_store_check_unique (RoundsRecordStore *self, RoundsRecord *record, guint64 changed,
                                           GError **error);
void rounds_record_store_stamp (RoundsRecordStore *self, RoundsRecord *record, RoundsRecord *before);
gboolean rounds_record_store_finish_write (RoundsRecordStore *self, RoundsRecord *record, RoundsRecord *before,
                                           RoundsOperation operation, guint64 changed, GError **error);
gboolean rounds_record_store_rewrite (RoundsRecordStore *self, RoundsRecord *record, GError **error);
gboolean rounds_record_store_move_row (RoundsRecordStore *self, RoundsEntity entity, gint64 row_key, GError **error);

/* Rows: rounds-record-row.c */
gboolean rounds_record_store_is_above_all (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id);
gint64 rounds_record_store_find_row (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id,
                                     GError **error);
gboolean rounds_record_store_check_references (RoundsRecordStore *self, RoundsRecord *record, guint64 changed,
                                               GError **error);
gboolean rounds_record_store_insert_rows (RoundsRecordStore *self, RoundsRecord *const *records, guint n,
                                          GError **error);
gboolean rounds_record_store_update_row (RoundsRecordStore *self, RoundsRecord *record, RoundsRecord *before,
                                         gint64 row_key, guint64 changed, GError **error);

/* Deleting: rounds-record-deletion.c */
gboolean rounds_record_store_move_deletion (RoundsRecordStore *self, RoundsRecord *record, gint64 at, GError **error);

/* Their words: rounds-record-words.c */
gboolean rounds_record_store_add_words (RoundsRecordStore *self, RoundsRecord *record, gint64 row_key, GError **error);
gboolean rounds_record_store_forget_words (RoundsRecordStore *self, RoundsEntity entity, gint64 row_key,
                                           GError **error);
gboolean rounds_record_store_flush_words (RoundsRecordStore *self, GError **error);
void rounds_record_store_drop_words (RoundsRecordStore *self);

/* What attendees' rows hold of their interactions: rounds-record-attendance.c. Nothing while one of the two rows is
 * deleted, or the interaction is not here. Whoever writes these rows adds a condition. */
#define ROUNDS_DATE_ATTENDANCE \
  "UPDATE interaction_attendee SET (attended_at, attended_key) =" \
  " (SELECT i.occurred_at, i.row_key FROM interaction AS i WHERE i.id = interaction_attendee.interaction" \
  " AND i.deleted_at IS NULL AND interaction_attendee.deleted_at IS NULL)"
gboolean rounds_record_store_date_attendance (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id,
                                              guint64 changed, GError **error);

/* Rules between records: rounds-record-rules.c */
gboolean rounds_record_store_check_rules (RoundsRecordStore *self, RoundsRecord *record, guint64 changed,
                                          GError **error);

/* What was submitted: rounds-submission-lock.c */
gboolean rounds_record_store_check_lock (RoundsRecordStore *self, RoundsRecord *before, RoundsRecord *record,
                                         guint64 changed, GError **error);
void rounds_record_store_note_lock (RoundsRecordStore *self, RoundsRecord *before, RoundsRecord *record);
void rounds_record_store_forget_locks (RoundsRecordStore *self);

/* Territories: rounds-record-territory.c */
void rounds_record_store_forget_places (RoundsRecordStore *self);
void rounds_record_store_note_place (RoundsRecordStore *self, RoundsRecord *record);
gboolean rounds_record_store_is_first (RoundsRecordStore *self, RoundsRecord *record, guint field);
gboolean rounds_record_store_inherit_territory (RoundsRecordStore *self, RoundsRecord *record, GError **error);
RoundsEntity rounds_record_store_get_owner (RoundsRecord *record, RoundsUuid *id);
gboolean rounds_record_store_pass_on_territory (RoundsRecordStore *self, RoundsRecord *owner, gboolean is_new,
                                                GError **error);
char *rounds_record_store_get_owned_sql (RoundsEntity entity, guint field, gboolean deleted);
GArray *rounds_record_store_list_owned (RoundsRecordStore *self, RoundsEntity entity, guint field, const RoundsUuid *id,
                                        GError **error);

/* Reading: rounds-record-reader.c */
const char *rounds_record_store_get_select_sql (RoundsRecordStore *self, RoundsEntity entity);
RoundsRecord *rounds_record_store_read_row (RoundsStatement *statement, RoundsEntity entity);
void rounds_record_store_add_letter (GArray *sections, guint position, gint64 code);
char *rounds_record_store_get_referrers_sql (RoundsEntity entity, guint field, guint n);
const char *rounds_record_store_get_text_sql (RoundsRecordStore *self, RoundsEntity entity);

/* Where the names of another letter begin in a list by name; or, of a query that is followed by another, what each
 * finds. */
typedef struct
{
  guint start;
  gunichar letter; /* '#' for what is none */
} RoundsKeySection;

GArray *rounds_record_store_list_keys_in_sections (RoundsRecordStore *self, RoundsQuery *query, GArray *sections,
                                                   GError **error);

/* How the database goes about @query, a step a line: for tests that hold hot paths to their indexes. (transfer full) */
char *rounds_record_store_explain (RoundsRecordStore *self, RoundsQuery *query, GError **error);

/* Searches in the order of an index: rounds-record-search.c */
gboolean rounds_record_store_can_walk (RoundsQuery *query);
gboolean rounds_record_store_search_keys (RoundsRecordStore *self, RoundsQuery *query, GArray *keys, GArray *sections,
                                          gboolean *sort, GError **error);

/* The log: rounds-change-log.c; read in rounds-change-list.c */
#define ROUNDS_LOG_COLUMNS \
  "seq, entity, record, operation, base_rev, rev, group_id, actor, device, at, state, fields, base, reply," \
  " acknowledged_at"
gboolean rounds_record_store_add_to_log (RoundsRecordStore *self, RoundsRecord *record, RoundsRecord *before,
                                         RoundsOperation operation, guint64 changed, GError **error);
guint64 rounds_record_store_find_filled (RoundsRecord *record);
char *rounds_record_store_describe_creation (RoundsRecord *record);
gboolean rounds_record_store_keep_creation (RoundsRecordStore *self, RoundsRecord *before, GError **error);
gboolean rounds_record_store_flush_log (RoundsRecordStore *self, GError **error);

/* Answers to mutations: rounds-stored-replies.c */
gboolean rounds_record_store_flush_replies (RoundsRecordStore *self, GError **error);
void rounds_record_store_drop_replies (RoundsRecordStore *self);

G_END_DECLS
