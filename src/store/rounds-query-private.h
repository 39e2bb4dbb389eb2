/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-database.h"
#include "rounds-query.h"

G_BEGIN_DECLS

typedef struct
{
  guint field;
  RoundsComparison comparison;
  RoundsValue value; /* (owned) */
} RoundsCondition;

/* Records that another entity's record refers to through its field `through`, that record's `field` being `text`. */
typedef struct
{
  RoundsEntity entity;
  guint through;
  guint field;
  char *text; /* (owned) */
} RoundsHaving;

/* A condition that other queries have no words for; the store's own, never a person's. */
typedef struct
{
  char *sql;      /* (owned): over the entity's table by its name; "?" stands for each value */
  GArray *values; /* (owned): of RoundsValue */
} RoundsSqlCondition;

typedef enum
{
  ROUNDS_DELETED_EXCLUDED,
  ROUNDS_DELETED_INCLUDED,
  ROUNDS_DELETED_ONLY,
} RoundsDeleted;

#define ROUNDS_ORDER_NONE (-1) /* as recorded */
#define ROUNDS_ORDER_NAME (-2)

struct _RoundsQuery
{
  gatomicrefcount ref_count;
  RoundsEntity entity;
  GArray *conditions;          /* (owned): of RoundsCondition */
  GArray *having;              /* (owned): of RoundsHaving */
  GArray *sql_conditions;      /* (owned): of RoundsSqlCondition */
  RoundsTerritoryScope *scope; /* (owned) (nullable): NULL is everything */
  char *search;                /* (owned) (nullable): an FTS5 expression; "" matches nothing */
  int order;                   /* a field, or one of ROUNDS_ORDER_ */
  const char *order_sql;       /* (nullable): an expression that goes before @order; what has none comes last */
  gboolean descending;
  RoundsRecord *after; /* (owned) (nullable) */
  guint limit;
  RoundsDeleted deleted;
  gboolean in_sections; /* ordered by name, and the letters are told with the keys */
  RoundsQuery
    *beside; /* (owned) (nullable): of another entity, in one order with this; its order and limit are this one's */
  RoundsQuery *then; /* (owned) (nullable): see rounds_query_then() */
};

/* Row keys of several entities in one list say whose they are. */
#define ROUNDS_KEY_TAG_SHIFT 48
#define ROUNDS_KEY_TAG(entity) ((gint64) ((entity) + 1) << ROUNDS_KEY_TAG_SHIFT)
#define ROUNDS_KEY_ROW(key) ((key) & ((G_GINT64_CONSTANT (1) << ROUNDS_KEY_TAG_SHIFT) - 1))

static inline RoundsEntity
rounds_key_get_entity (gint64 key, RoundsEntity untagged)
{
  return key >> ROUNDS_KEY_TAG_SHIFT != 0 ? (RoundsEntity) ((key >> ROUNDS_KEY_TAG_SHIFT) - 1) : untagged;
}

/* The values follow in the order of the "?" in @sql. */
RoundsQuery *rounds_query_where_sql (RoundsQuery *self, const char *sql);
void rounds_query_add_text (RoundsQuery *self, const char *text);
void rounds_query_add_integer (RoundsQuery *self, gint64 integer);
void rounds_query_add_uuid (RoundsQuery *self, const RoundsUuid *uuid);
RoundsQuery *rounds_query_order_by_sql (RoundsQuery *self, const char *sql, gboolean descending);

RoundsStatement *rounds_query_prepare (RoundsQuery *self, RoundsDatabase *database, const char *head, gboolean ordered,
                                       GError **error);
RoundsStatement *rounds_query_prepare_keys (RoundsQuery *self, RoundsDatabase *database, const char *prefix,
                                            GError **error);
gboolean rounds_query_reads_words (RoundsQuery *self);
gboolean rounds_query_is_instant (RoundsQuery *self);

char *rounds_search_text (const char *text);

G_END_DECLS
