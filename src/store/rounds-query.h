/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record.h"
#include "rounds-territory-scope.h"

G_BEGIN_DECLS

/**
 * RoundsQuery:
 *
 * What to read of one entity: conditions that must all hold, words to find, an order, a page. Knows no SQL; the
 * record store turns it into one indexed statement. Boxed, with a reference count; not changed once it is in use.
 */
typedef struct _RoundsQuery RoundsQuery;

typedef enum
{
  ROUNDS_IS, /* also null is null */
  ROUNDS_IS_NOT,
  ROUNDS_LESS,
  ROUNDS_LESS_OR_EQUAL,
  ROUNDS_GREATER,
  ROUNDS_GREATER_OR_EQUAL,
} RoundsComparison;

#define ROUNDS_TYPE_QUERY (rounds_query_get_type ())
GType rounds_query_get_type (void);
RoundsQuery *rounds_query_new (RoundsEntity entity);
RoundsQuery *rounds_query_ref (RoundsQuery *self);
void rounds_query_unref (RoundsQuery *self);
RoundsQuery *rounds_query_copy (RoundsQuery *self);
RoundsEntity rounds_query_get_entity (RoundsQuery *self);
gboolean rounds_query_reads (RoundsQuery *self, RoundsEntity entity); /* also of what is beside it */

/* Each returns its first argument, so that calls chain. */
RoundsQuery *rounds_query_where (RoundsQuery *self, guint field, RoundsComparison comparison, const RoundsValue *value);
RoundsQuery *rounds_query_where_text (RoundsQuery *self, guint field, RoundsComparison comparison, const char *text);
RoundsQuery *rounds_query_where_integer (RoundsQuery *self, guint field, RoundsComparison comparison, gint64 integer);
RoundsQuery *rounds_query_where_uuid (RoundsQuery *self, guint field, RoundsComparison comparison,
                                      const RoundsUuid *uuid);
/* Records of the entity whose own records of `entity` (through its reference field `through`) hold the value: people
 * who are physicians: rounds_query_having (q, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON,
 * ROUNDS_PERSON_ROLE_TYPE, "physician"). */
RoundsQuery *rounds_query_having (RoundsQuery *self, RoundsEntity entity, guint through, guint field, const char *text);
RoundsQuery *rounds_query_within (RoundsQuery *self, const RoundsTerritoryScope *scope); /* what somebody gets to see */
RoundsQuery *rounds_query_search (RoundsQuery *self, const char *text); /* words by prefix, accents folded */
RoundsQuery *rounds_query_order_by (RoundsQuery *self, guint field, gboolean descending);
RoundsQuery *rounds_query_order_by_name (RoundsQuery *self);             /* by sort key, ascending */
RoundsQuery *rounds_query_after (RoundsQuery *self, RoundsRecord *last); /* keyset page behind this record */
RoundsQuery *rounds_query_limit (RoundsQuery *self, guint limit);        /* 0: no limit */
RoundsQuery *rounds_query_include_deleted (RoundsQuery *self);           /* tombstones too */
RoundsQuery *rounds_query_only_deleted (RoundsQuery *self);              /* the trash */
RoundsQuery *rounds_query_in_sections (RoundsQuery *self);               /* by name, with the letters: for lists */
/* Records of several entities in one order, which is the first one's. For lists, counting and keys. */
RoundsQuery *rounds_query_beside (RoundsQuery *self, RoundsQuery *other);
/* What another, slower query finds as well comes after what this one finds; a list shows this one's meanwhile. */
RoundsQuery *rounds_query_then (RoundsQuery *self, RoundsQuery *slower);
#define ROUNDS_SECTION_FIRST 1 /* in place of a letter: what the one finds, and what the other */
#define ROUNDS_SECTION_THEN 2
char **rounds_search_words (const char *text); /* folded, as a search looks for them */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsQuery, rounds_query_unref)

G_END_DECLS
