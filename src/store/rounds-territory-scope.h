/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-database.h"
#include "rounds-record.h"

G_BEGIN_DECLS

/**
 * RoundsTerritoryScope:
 *
 * What somebody gets to see: everything, or what belongs to some territories and, mostly, what belongs to none, as that
 * is the whole team's. Not changed once it is in use.
 */
typedef struct
{
  gboolean everything;
  gboolean teams;      /* what has no territory too */
  GArray *territories; /* (owned) of RoundsUuid, in order */
} RoundsTerritoryScope;

RoundsTerritoryScope *rounds_territory_scope_new (void);
RoundsTerritoryScope *rounds_territory_scope_copy (const RoundsTerritoryScope *self);
void rounds_territory_scope_free (RoundsTerritoryScope *self);
void rounds_territory_scope_add (RoundsTerritoryScope *self, const RoundsUuid *territory);
gboolean rounds_territory_scope_holds (const RoundsTerritoryScope *self, const RoundsUuid *territory);
gboolean rounds_territory_scope_shows (const RoundsTerritoryScope *self, RoundsRecord *record);
gboolean rounds_territory_scope_meets (const RoundsTerritoryScope *self, const RoundsTerritoryScope *other);
void rounds_territory_scope_append_sql (const RoundsTerritoryScope *self, GString *sql, int *parameter);
void rounds_territory_scope_bind (const RoundsTerritoryScope *self, RoundsStatement *statement, int *parameter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsTerritoryScope, rounds_territory_scope_free)

G_END_DECLS
