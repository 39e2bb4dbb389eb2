/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an answer means for those who listen at /live: whether there is something to pull, and for whom. Where that is
 * not clear it is for everybody: a hint too many costs a pull of nothing, one too few a wait until the next poll. */

#include "rounds-api-private.h"
#include "rounds-record-feed.h"

/* More changed records than this are an import, which is not looked through. */
#define MOST_RECORDS 200

static void
committed_cb (RoundsRecordStore *store, GArray *touched, RoundsApi *self)
{
  for (guint i = 0; i < touched->len && !self->changed; i++)
    {
      RoundsEntity entity = g_array_index (touched, RoundsTouched, i).entity;

      self->changed = entity != ROUNDS_ENTITY_NONE && rounds_entity_get_info (entity)->scope == ROUNDS_SCOPE_SYNCED;
    }
}

/** rounds_api_watch: begins to look at what is written. */
gboolean
rounds_api_watch (RoundsApi *self, GError **error)
{
  g_signal_connect (self->store, "committed", G_CALLBACK (committed_cb), self);
  self->told_seq = rounds_record_store_get_last_seq (self->store, error);
  return self->told_seq >= 0;
}

/** rounds_api_unwatch: no longer does. */
void
rounds_api_unwatch (RoundsApi *self)
{
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_func (self->store, committed_cb, self);
}

/* Who belongs where: when that changes, so does what somebody sees. */
static gboolean
is_about_membership (RoundsEntity entity)
{
  return entity == ROUNDS_ENTITY_TERRITORY_MEMBER || entity == ROUNDS_ENTITY_TERRITORY || entity == ROUNDS_ENTITY_STAFF;
}

/* Adds the place of what @mark tells of; FALSE: it may be anybody's. */
static gboolean
add_place (RoundsApi *self, const RoundsLogMark *mark, RoundsTerritoryScope *scope)
{
  g_autoptr (RoundsRecord) record = NULL;
  const RoundsUuid *territory;

  if (mark->entity == ROUNDS_ENTITY_NONE || mark->has_moved)
    return FALSE;
  if (rounds_entity_get_info (mark->entity)->scope != ROUNDS_SCOPE_SYNCED)
    return TRUE;
  record = rounds_record_store_get (self->store, mark->entity, &mark->record, NULL);
  if (record == NULL)
    return FALSE;
  territory = rounds_record_get_uuid (record, ROUNDS_FIELD_TERRITORY);
  if (territory != NULL)
    rounds_territory_scope_add (scope, territory);
  else
    scope->teams = TRUE;
  return TRUE;
}

/* (transfer full): where something has changed since the last answer; @memberships: (inout): set if among it is who
 * belongs where. */
static RoundsTerritoryScope *
find_places (RoundsApi *self, gboolean *memberships)
{
  RoundsTerritoryScope *scope = rounds_territory_scope_new ();
  g_autoptr (GArray) marks = rounds_record_store_list_marks (self->store, self->told_seq, MOST_RECORDS + 1, NULL);

  scope->teams = FALSE;
  scope->everything = marks == NULL || marks->len > MOST_RECORDS;
  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      const RoundsLogMark *mark = &g_array_index (marks, RoundsLogMark, i);

      if (is_about_membership (mark->entity))
        *memberships = scope->everything = TRUE;
      else if (!scope->everything && !add_place (self, mark, scope))
        scope->everything = TRUE;
    }
  self->told_seq = MAX (self->told_seq, rounds_record_store_get_last_seq (self->store, NULL));
  return scope;
}

/** rounds_api_add_news: fills in the news of @call's response; once for each call. */
void
rounds_api_add_news (RoundsApi *self, RoundsApiCall *call)
{
  RoundsApiNews *news = &call->response->news;

  if (call->user != NULL)
    news->user = *rounds_record_get_id (call->user);
  news->device = call->device;
  news->expires_at = call->expires_at;
  news->changed = self->changed;
  news->ended = call->ends_sessions;
  self->changed = FALSE;
  if (news->changed)
    news->scope = find_places (self, &news->ended); /* whoever listens may see other places now */
  else if (call->response->status == 101 && call->scope != NULL)
    news->scope = rounds_territory_scope_copy (call->scope);
}

/**
 * rounds_api_look:
 * @self: an API that writes
 *
 * Returns: (transfer full): an answer to nobody, for its news: what other programs have written to the database since
 * the last answer, an administrator's command say
 */
RoundsApiResponse *
rounds_api_look (RoundsApi *self)
{
  RoundsApiResponse *response = rounds_api_response_new (204);

  response->news.changed = rounds_record_store_get_last_seq (self->store, NULL) > self->told_seq;
  if (response->news.changed)
    response->news.scope = find_places (self, &response->news.ended);
  return response;
}
