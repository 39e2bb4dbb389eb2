/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <yyjson.h>

#include "rounds-json.h"
#include "rounds-record.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_OPERATION_CREATE,
  ROUNDS_OPERATION_UPDATE,
  ROUNDS_OPERATION_DELETE,
  ROUNDS_OPERATION_RESTORE,
} RoundsOperation;

/* What became of a change that a device made; a server's own log holds APPLIED. */
typedef enum
{
  ROUNDS_CHANGE_PENDING,  /* saved here, not on the server yet */
  ROUNDS_CHANGE_APPLIED,  /* on the server (also where it merged or ended as a conflict) */
  ROUNDS_CHANGE_REJECTED, /* refused by the server; the user is told */
} RoundsChangeState;

/**
 * RoundsChange: one row of the change log, which on a device is the outbox too: what one save did to one record.
 *
 * `fields` is a JSON object of the new values by field name, also where the database leaves it to the record to tell
 * what it was created with; `base` the same fields' values before, for updates, and when the
 * record was deleted, for a device's update of one in the trash; for a deletion on a device it is who was known to be a
 * part of the person (rounds-merge-parts.c), or what else was kept once as this record (rounds-merge-spare.c); for what
 * came back on a server, with something else only, ROUNDS_CHANGE_ALONG.
 */
typedef struct
{
  gint64 seq; /* position in the log, ascending by commit; the mutation number n on a device */
  RoundsEntity entity;
  RoundsUuid record;
  RoundsOperation operation;
  gint64 base_rev;   /* the record's revision before; ROUNDS_REVISION_IN_DOUBT */
  gint64 rev;        /* the record's revision after (server) */
  RoundsUuid group;  /* equal for what was saved together */
  RoundsUuid actor;  /* the user; nil if unknown */
  RoundsUuid device; /* nil on the device itself */
  gint64 at;         /* ms UTC, the writer's clock; never used to decide */
  RoundsChangeState state;
  char *fields;           /* (owned) (nullable) JSON */
  char *base;             /* (owned) (nullable) JSON */
  char *reply;            /* (owned) (nullable) why it was rejected; for the user */
  gint64 acknowledged_at; /* ms UTC or 0 */
} RoundsChange;

#define ROUNDS_CHANGE_ALONG "{\"along\":true}"

RoundsChange *rounds_change_new (void);
void rounds_change_free (RoundsChange *self);
const char *rounds_operation_to_string (RoundsOperation operation);
gboolean rounds_operation_from_string (const char *text, RoundsOperation *operation);
gboolean rounds_change_is_told_by_record (const RoundsChange *change);
gboolean rounds_change_read (const RoundsChange *change, yyjson_doc **fields, yyjson_doc **base, GError **error);
gboolean rounds_change_sets_only (const RoundsChange *change, const char *name);
gboolean rounds_change_is_move (const RoundsChange *change);
gboolean rounds_change_is_in_trash (const RoundsChange *change);
gboolean rounds_change_is_along (const RoundsChange *change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsChange, rounds_change_free)

/** rounds_change_at: Returns: the change at @i in an array of them */
static inline const RoundsChange *
rounds_change_at (GPtrArray *changes, guint i)
{
  return g_ptr_array_index (changes, i);
}

G_END_DECLS
