/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-database.h"

G_BEGIN_DECLS

/* Rows that one statement inserts where there are many: it opens the table and its indexes once for all of them, which
 * takes a quarter off each row. More rows take off no more. */
#define ROUNDS_ROWS_AT_ONCE 25

/** RoundsInsert: how rows get into one table, a single one or many at once. Filled with zeros it is for none yet. */
typedef struct
{
  char *table;   /* (owned) (nullable) */
  char *columns; /* (owned) (nullable) */
  guint n_columns;
  char *sql[2]; /* (owned) (nullable): for one row and for ROUNDS_ROWS_AT_ONCE, made when they are first needed */
} RoundsInsert;

void rounds_insert_init (RoundsInsert *self, const char *table, const char *columns, guint n_columns);
void rounds_insert_clear (RoundsInsert *self);
guint rounds_insert_count_rows (guint n_left);
RoundsStatement *rounds_insert_prepare (RoundsInsert *self, RoundsDatabase *database, guint n_rows, GError **error);

G_END_DECLS
