/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-merge.h"
#include "rounds-record-feed.h"
#include "rounds-sync-lines.h"
#include "rounds-sync-problem.h"

G_BEGIN_DECLS

/* What device and server say to each other about changes: JSON, built and read in rounds-sync-protocol.c (pushes) and
 * rounds-sync-page.c (pulls) alone. */

#define ROUNDS_SYNC_PUSH_PATH "/api/v1/sync/push"
#define ROUNDS_SYNC_PULL_PATH "/api/v1/sync/pull"

#define ROUNDS_SYNC_PUSH_LIMIT 1000          /* mutations in a request, unless one group alone has more */
#define ROUNDS_SYNC_PUSH_BYTES (2048 * 1024) /* about as many bytes, with the same exception */
#define ROUNDS_SYNC_GROUP_LIMIT 20000        /* mutations in one group */
#define ROUNDS_SYNC_EVERYTHING "*"           /* a scope of all territories */
#define ROUNDS_SYNC_PULL_LIMIT 32000         /* records in a page */
#define ROUNDS_SYNC_SMALL_PAGE 4000          /* and in one for a slow device */

typedef enum
{
  ROUNDS_SYNC_APPLIED,  /* as it was sent */
  ROUNDS_SYNC_MERGED,   /* together with what somebody else changed */
  ROUNDS_SYNC_CONFLICT, /* applied, but for what the conflicts say */
  ROUNDS_SYNC_REJECTED, /* not at all, nor was the rest of its group */
} RoundsSyncStatus;

/** RoundsSyncResult: what became of one mutation. */
typedef struct
{
  gint64 n;
  RoundsSyncStatus status;
  RoundsEntity entity;
  RoundsUuid group;
  RoundsRecord *record; /* (owned) (nullable): the record on the server afterwards */
  guint64 present;      /* the fields of record that the answer holds, a bit each; the device has the others already */
  GPtrArray *conflicts; /* (owned) (nullable) of RoundsMergeConflict */
  GStrv unknown;        /* (owned) (nullable): fields that the server does not know and has passed over */
  char *reason;         /* (owned) (nullable): for the user, why it was rejected */
  char *field;          /* (owned) (nullable): which field it was rejected for */
} RoundsSyncResult;

RoundsSyncResult *rounds_sync_result_new (const RoundsChange *mutation, RoundsSyncStatus status);
void rounds_sync_result_free (RoundsSyncResult *self);
char *rounds_sync_result_to_text (RoundsSyncResult *self);
RoundsSyncResult *rounds_sync_result_from_text (const char *text, const RoundsChange *mutation, GError **error);

/** RoundsSyncPush: what a device sends. */
typedef struct
{
  RoundsUuid device;
  char *cursor;         /* (owned) (nullable): how far the device has come */
  char *epoch;          /* (owned) (nullable): of the server's data as the device knows it */
  GPtrArray *mutations; /* (owned) of RoundsChange; seq is the number n */
} RoundsSyncPush;

void rounds_sync_push_free (RoundsSyncPush *self);

/** RoundsSyncReply: the answer to a push. */
typedef struct
{
  GPtrArray *results; /* (owned) of RoundsSyncResult */
  char *epoch;        /* (owned) (nullable): of the server's data, as in RoundsSyncPage; older servers do not tell it */
  gboolean reset;     /* as in RoundsSyncPage: nothing was looked at, as the device knows another epoch */
  char *cursor;       /* (owned) (nullable): with these results the device has everything up to here */
} RoundsSyncReply;

RoundsSyncReply *rounds_sync_reply_new (void);
void rounds_sync_reply_free (RoundsSyncReply *self);

/** RoundsSyncPage: the answer to a pull. */
typedef struct
{
  char *epoch;  /* (owned) changes when the server was restored from a backup */
  char *cursor; /* (owned) what to ask with for the next page; the server alone knows what it means */
  gboolean has_more;
  gboolean reset; /* the cursor that was asked for is of another epoch: everything is to be said and told again */
  guint32 schema; /* which entities and fields the server knows, where the cursor was made by one that knew others; 0 */
  gboolean compare; /* the device may have what it should not; it is to compare checksums when it has all pages */
  RoundsTerritoryScope
    *scope;               /* (owned) (nullable): what the user gets to see from now on; the device keeps nothing else */
  GArray *removed;        /* (owned) of RoundsTouched: what has moved out of the user's sight */
  GPtrArray *records;     /* (owned) of RoundsRecord: what the server tells */
  RoundsSyncLines *lines; /* (owned) (nullable): the same as a device gets it: see RoundsSyncRows */
} RoundsSyncPage;

/** RoundsSyncRows: the rows of a page that was parsed. They can be read once. */
typedef struct
{
  RoundsSyncLines *lines;        /* (not owned) (nullable): the page's */
  RoundsEntity entity;           /* of the rows that follow; NONE: this version has no use for them */
  int fields[ROUNDS_MAX_FIELDS]; /* what their members are; -1: not known here */
  guint n_fields;
  guint64 present; /* which fields they tell, a bit each */
} RoundsSyncRows;

RoundsSyncPage *rounds_sync_page_new (const char *epoch);
void rounds_sync_page_free (RoundsSyncPage *self);

char *rounds_sync_push_build_mutations (GPtrArray *mutations, gsize *size);
char *rounds_sync_push_build_place (const RoundsUuid *device, const char *cursor, const char *epoch, gsize *size);
RoundsSyncPush *rounds_sync_push_parse (GBytes *body, GError **error);
GBytes *rounds_sync_reply_build (RoundsSyncReply *reply);
RoundsSyncReply *rounds_sync_reply_parse (GBytes *body, GPtrArray *mutations, GError **error);

char *rounds_sync_pull_path (const char *cursor, guint limit);
GBytes *rounds_sync_page_build (RoundsSyncPage *page);
RoundsSyncPage *rounds_sync_page_parse (GBytes *body, GError **error);
char *rounds_sync_page_peek (GBytes *body);
void rounds_sync_rows_init (RoundsSyncRows *self, const RoundsSyncPage *page);
gboolean rounds_sync_rows_next (RoundsSyncRows *self, RoundsRecord **record, guint64 *present, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSyncResult, rounds_sync_result_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSyncPush, rounds_sync_push_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSyncReply, rounds_sync_reply_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSyncPage, rounds_sync_page_free)

G_END_DECLS
