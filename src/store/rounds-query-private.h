/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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
  RoundsTerritoryScope *scope; /* (owned) (nullable): NULL is everything */
  char *search;                /* (owned) (nullable): an FTS5 expression; "" matches nothing */
  int order;                   /* a field, or one of ROUNDS_ORDER_ */
  gboolean descending;
  RoundsRecord *after; /* (owned) (nullable) */
  guint limit;
  RoundsDeleted deleted;
};

char *rounds_search_expression (const char *text);

G_END_DECLS
