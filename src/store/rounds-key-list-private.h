/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-query.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

/*
 * RoundsKeyList:
 *
 * The rows of a list by their keys, in order, and the sections in which they stand. What a reading gives, and what a
 * list holds.
 */
typedef struct
{
  GArray *keys;     /* (owned) of gint64 */
  GArray *sections; /* (owned) of RoundsKeySection in order; none of a query that has no sections */
} RoundsKeyList;

/* Rows that another list has in place of these. */
typedef struct
{
  guint start;
  guint removed;
  guint added;
} RoundsKeyChange;

RoundsKeyList *rounds_key_list_new (void);
RoundsKeyList *rounds_key_list_read (RoundsRecordStore *store, RoundsQuery *query, GError **error);
void rounds_key_list_free (RoundsKeyList *self);
gint64 rounds_key_list_get (const RoundsKeyList *self, guint position);
guint rounds_key_list_find (const RoundsKeyList *self, gint64 key); /* G_MAXUINT: it is none of them */
GArray *rounds_key_list_find_all (const RoundsKeyList *self, GArray *wanted);
gunichar rounds_key_list_get_section (const RoundsKeyList *self, guint position, guint *start, guint *end);
gboolean rounds_key_list_compare (const RoundsKeyList *before, const RoundsKeyList *after, RoundsKeyChange *change);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsKeyList, rounds_key_list_free)

G_END_DECLS
