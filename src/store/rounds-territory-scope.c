/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-territory-scope.h"

/** rounds_territory_scope_new: (transfer full): what is the whole team's, and nothing else yet. */
RoundsTerritoryScope *
rounds_territory_scope_new (void)
{
  RoundsTerritoryScope *self = g_new0 (RoundsTerritoryScope, 1);

  self->teams = TRUE;
  self->territories = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  return self;
}

/** rounds_territory_scope_copy: (transfer full): the same once more. */
RoundsTerritoryScope *
rounds_territory_scope_copy (const RoundsTerritoryScope *self)
{
  RoundsTerritoryScope *copy = g_memdup2 (self, sizeof *self);

  copy->territories = g_array_copy (self->territories);
  return copy;
}

/** rounds_territory_scope_free: frees @self. */
void
rounds_territory_scope_free (RoundsTerritoryScope *self)
{
  g_array_unref (self->territories);
  g_free (self);
}

static int
compare_uuids (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (RoundsUuid));
}

/** rounds_territory_scope_add: shows what belongs to @territory too; adding it twice is no error. */
void
rounds_territory_scope_add (RoundsTerritoryScope *self, const RoundsUuid *territory)
{
  if (g_array_binary_search (self->territories, territory, compare_uuids, NULL))
    return;
  g_array_append_val (self->territories, *territory);
  g_array_sort (self->territories, compare_uuids);
}

/**
 * rounds_territory_scope_holds:
 * @self: (nullable): %NULL is everything
 * @territory: (nullable): a territory; %NULL is none
 *
 * Returns: whether what belongs to @territory can be seen
 */
gboolean
rounds_territory_scope_holds (const RoundsTerritoryScope *self, const RoundsUuid *territory)
{
  if (self == NULL || self->everything)
    return TRUE;
  return territory != NULL ? g_array_binary_search (self->territories, territory, compare_uuids, NULL) : self->teams;
}

/** rounds_territory_scope_shows: whether @record can be seen; @self may be %NULL, which is everything. */
gboolean
rounds_territory_scope_shows (const RoundsTerritoryScope *self, RoundsRecord *record)
{
  return rounds_territory_scope_holds (self, rounds_record_get_uuid (record, ROUNDS_FIELD_TERRITORY));
}

/** rounds_territory_scope_meets: whether something may be seen in both @self and @other. */
gboolean
rounds_territory_scope_meets (const RoundsTerritoryScope *self, const RoundsTerritoryScope *other)
{
  if (self->everything || other->everything || (self->teams && other->teams))
    return TRUE;
  for (guint i = 0; i < other->territories->len; i++)
    if (rounds_territory_scope_holds (self, &g_array_index (other->territories, RoundsUuid, i)))
      return TRUE;
  return FALSE;
}

/**
 * rounds_territory_scope_append_sql:
 * @self: (nullable): %NULL is everything
 * @sql: takes " AND …", the condition for a row
 * @parameter: (inout): the number of parameters so far; the territories are those that follow, in their order
 */
void
rounds_territory_scope_append_sql (const RoundsTerritoryScope *self, GString *sql, int *parameter)
{
  if (self == NULL || self->everything)
    return;
  if (self->territories->len == 0)
    {
      g_string_append (sql, self->teams ? " AND territory IS NULL" : " AND 1 = 0");
      return;
    }
  g_string_append (sql, self->teams ? " AND (territory IS NULL OR territory IN (" : " AND (territory IN (");
  for (guint i = 0; i < self->territories->len; i++)
    g_string_append_printf (sql, "%s$%d", i > 0 ? ", " : "", ++*parameter);
  g_string_append (sql, "))");
}

/**
 * rounds_territory_scope_bind:
 * @self: (nullable): as for rounds_territory_scope_append_sql()
 * @statement: one that was prepared with what that appended
 * @parameter: (inout): the number of parameters in front, as it was then
 */
void
rounds_territory_scope_bind (const RoundsTerritoryScope *self, RoundsStatement *statement, int *parameter)
{
  if (self == NULL || self->everything)
    return;
  for (guint i = 0; i < self->territories->len; i++)
    rounds_statement_bind_uuid (statement, ++*parameter, &g_array_index (self->territories, RoundsUuid, i));
}
