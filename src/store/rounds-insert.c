/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-insert.h"

/**
 * rounds_insert_init:
 * @self: (out)
 * @columns: names, separated by commas
 * @n_columns: how many
 */
void
rounds_insert_init (RoundsInsert *self, const char *table, const char *columns, guint n_columns)
{
  *self = (RoundsInsert) { .table = g_strdup (table), .columns = g_strdup (columns), .n_columns = n_columns };
}

/** rounds_insert_clear: frees what @self owns. */
void
rounds_insert_clear (RoundsInsert *self)
{
  g_free (self->table);
  g_free (self->columns);
  g_free (self->sql[0]);
  g_free (self->sql[1]);
  *self = (RoundsInsert) { NULL };
}

/* OR FAIL: many rows that may be refused in the middle would otherwise have a copy kept of each page that they change,
 * and the full-text index would write out what it holds; whoever inserts them rolls back anyway. */
static char *
make_sql (const RoundsInsert *self, guint n_rows)
{
  GString *sql = g_string_new (NULL);

  g_string_append_printf (sql, "INSERT OR FAIL INTO \"%s\" (%s) VALUES ", self->table, self->columns);
  for (guint p = 0; p < n_rows * self->n_columns; p++)
    g_string_append_printf (sql, "%s$%u", p % self->n_columns > 0 ? "," : p > 0 ? "),(" : "(", p + 1);
  g_string_append_c (sql, ')');
  return g_string_free_and_steal (sql);
}

/** rounds_insert_count_rows: how many of the next @n_left rows go into one statement: %ROUNDS_ROWS_AT_ONCE, or one. */
guint
rounds_insert_count_rows (guint n_left)
{
  return n_left >= ROUNDS_ROWS_AT_ONCE ? ROUNDS_ROWS_AT_ONCE : 1;
}

/**
 * rounds_insert_prepare:
 * @n_rows: 1 or %ROUNDS_ROWS_AT_ONCE
 * @error: (out) (optional): in the Rounds domain
 *
 * Returns: (transfer none) (nullable): as rounds_database_prepare(): a statement whose parameters are the values, row
 * by row
 */
RoundsStatement *
rounds_insert_prepare (RoundsInsert *self, RoundsDatabase *database, guint n_rows, GError **error)
{
  char **sql = &self->sql[n_rows > 1];

  g_assert (n_rows == 1 || n_rows == ROUNDS_ROWS_AT_ONCE);
  if (*sql == NULL)
    *sql = make_sql (self, n_rows);
  return rounds_database_prepare (database, *sql, error);
}
