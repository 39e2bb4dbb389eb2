/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One mutation of a device, applied to the server's record: whether that may be, and what the device is told. */

#include "config.h"

#include "rounds-sync-apply.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-person-merge.h"
#include "rounds-sync-alias.h"
#include "rounds-sync-operation.h"
#include "rounds-sync-scope.h"
#include "rounds-time.h"

/** rounds_sync_applier_tell_all: from here on each answer about @record holds all of it, as the last one counts. */
void
rounds_sync_applier_tell_all (RoundsSyncApplier *self, const RoundsUuid *record)
{
  static const RoundsSyncKnown nothing = { -1, 0 };

  g_hash_table_replace (self->known, g_memdup2 (record, sizeof *record), g_memdup2 (&nothing, sizeof nothing));
}

/* What the device must be told of the record after @mutation: all of it, unless it has the rest already. It has if
 * nothing but its own changes, of which it has the answers or gets them with this one, lies between the revision that
 * it started from and this one. That the device made the changes in between is not enough: it may have gone back to a
 * copy of its database and have forgotten them. The last answer about a record holds the news of those before. */
static guint64
find_news (RoundsSyncApplier *self, const RoundsChange *mutation, gint64 rev_before, RoundsRecord *record,
           gboolean as_sent)
{
  const RoundsSyncKnown *known = g_hash_table_lookup (self->known, &mutation->record);
  RoundsSyncKnown now = { rounds_record_get_integer (record, ROUNDS_FIELD_REV), known != NULL ? known->news : 0 };

  if (!as_sent || rev_before != (known != NULL ? known->rev : mutation->base_rev))
    {
      rounds_sync_applier_tell_all (self, &mutation->record);
      return G_MAXUINT64;
    }

  now.news |= ROUNDS_FIELD_BIT (ROUNDS_FIELD_REV) | ROUNDS_FIELD_BIT (ROUNDS_FIELD_UPDATED_AT);
  if (mutation->operation == ROUNDS_OPERATION_CREATE)
    now.news |= ROUNDS_FIELD_BIT (ROUNDS_FIELD_CREATED_AT);
  if (mutation->operation == ROUNDS_OPERATION_DELETE || mutation->operation == ROUNDS_OPERATION_RESTORE)
    now.news |= ROUNDS_FIELD_BIT (ROUNDS_FIELD_DELETED_AT);
  g_hash_table_replace (self->known, g_memdup2 (&mutation->record, sizeof mutation->record),
                        g_memdup2 (&now, sizeof now));
  return now.news;
}

/* What @mutation asks for may not be in this version's table, or not be for devices. */
static gboolean
check_entity (const RoundsChange *mutation, GError **error)
{
  if (rounds_entity_is_synced (mutation->entity))
    return TRUE;
  rounds_set_field_error (error, "entity",
                          _ ("The server does not keep this kind of record. It may be older than this application."));
  return FALSE;
}

/* Whether the user may do it: what they cannot see is not there for them, and they put nothing where they cannot see
 * it.
 * @before: (nullable) */
static gboolean
check_scope (RoundsSyncApplier *self, RoundsRecord *before, RoundsRecord *after, GError **error)
{
  return after == NULL
         || (rounds_sync_scope_check_references (self->scope, self->store, after, before, error)
             && rounds_sync_scope_check_place (self->scope, after, error));
}

/* Whether @after is in the territory where the device has it: a record goes where its owner is, whatever was sent. */
static gboolean
is_where_sent (const RoundsChange *mutation, RoundsRecord *before, RoundsRecord *after)
{
  const RoundsFieldInfo *field = rounds_entity_get_field (mutation->entity, ROUNDS_FIELD_TERRITORY);
  g_autoptr (yyjson_doc) doc = NULL;
  g_auto (RoundsValue) sent = ROUNDS_VALUE_INIT;
  yyjson_val *value = NULL;

  if (mutation->fields != NULL && strstr (mutation->fields, field->name) != NULL
      && rounds_json_read (mutation->fields, -1, &doc, NULL))
    value = yyjson_obj_get (yyjson_doc_get_root (doc), field->name);
  if (value != NULL)
    rounds_value_from_json (&sent, field, value, NULL);
  else if (before != NULL)
    rounds_value_copy (rounds_record_get_value (before, ROUNDS_FIELD_TERRITORY), &sent);
  return rounds_value_equal (&sent, rounds_record_get_value (after, ROUNDS_FIELD_TERRITORY));
}

/* @record: (out) (transfer full) (nullable): what @mutation is about; %NULL if there is none */
static gboolean
find_visible (RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **record, GError **error)
{
  if (!rounds_record_store_look_up (self->store, mutation->entity, &mutation->record, record, error))
    return FALSE;
  if (*record == NULL || rounds_territory_scope_shows (self->scope, *record))
    return TRUE;
  rounds_sync_operation_set_gone (error);
  return FALSE;
}

/* @merge: (nullable): as it is here */
static gboolean
note_merge (RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord *merge, GError **error)
{
  self->merge = mutation->record;
  g_clear_pointer (&self->changed, g_hash_table_unref);
  if (self->people != ROUNDS_SYNC_PEOPLE_UNDO || merge == NULL)
    return TRUE;
  self->merged = *rounds_record_get_uuid (merge, ROUNDS_MERGE_MERGED);
  self->changed = rounds_person_unmerge_list_changed (merge, error);
  return self->changed != NULL;
}

/* What a merge has dissolved on the device, and is not here, as it was refused, is kept as what the server has
 * dissolved: it is needed again when the one that was kept goes back to somebody else.
 * @record: (out) (transfer full) (nullable): that, if there is any, and it may be here */
static gboolean
keep_dissolved (RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **record, GError **error)
{
  g_autoptr (RoundsRecord) dissolved = NULL;
  g_autoptr (GError) local_error = NULL;

  if (self->people != ROUNDS_SYNC_PEOPLE_MERGE || mutation->operation != ROUNDS_OPERATION_DELETE)
    return TRUE;
  if (!rounds_person_merge_find_dissolved (self->store, &self->merge, &mutation->record, &dissolved, error))
    return FALSE;
  if (dissolved == NULL || rounds_record_get_entity (dissolved) != mutation->entity)
    return TRUE;
  rounds_record_set_integer (dissolved, ROUNDS_FIELD_REV, 0);
  rounds_record_set_integer (dissolved, ROUNDS_FIELD_DELETED_AT, rounds_time_now ());
  if (check_scope (self, NULL, dissolved, &local_error)
      && rounds_record_store_save (self->store, dissolved, &local_error))
    *record = g_steal_pointer (&dissolved);
  else if (local_error->domain != ROUNDS_ERROR)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

/* Finds the record and does what @mutation asks for. @before, @after: (out) (nullable) */
static gboolean
run_mutation (RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **before, RoundsRecord **after,
              gboolean *changed_by_others, RoundsMergeOutcome *outcome, GError **error)
{
  if (!find_visible (self, mutation, after, error))
    return FALSE;
  if (self->allow != NULL && !self->allow (self->store, mutation, *after, self->allow_data, error))
    return FALSE;
  if (rounds_sync_people_begins (mutation)
      && (!rounds_sync_people_begin (self->store, *after, mutation, &self->people, error)
          || !note_merge (self, mutation, *after, error)))
    return FALSE;
  if (*after != NULL)
    *before = rounds_record_dup (*after);
  if (rounds_sync_people_skips (self->people, self->sent, self->changed, &self->merged))
    {
      outcome->merged = TRUE;
      return *after == NULL ? keep_dissolved (self, mutation, after, error)
                            : rounds_sync_people_take_back (self->store, self->people, mutation, *after, error);
    }
  return rounds_sync_operation_run (self, mutation, after, changed_by_others, outcome, error)
         && check_scope (self, *before, *after, error);
}

/* Whether somebody has said whose the record of @mutation is: a merge only leads it along, and says itself into whom it
 * was made. */
static gboolean
is_somebodys_word (RoundsSyncApplier *self, const RoundsChange *mutation)
{
  return mutation->entity != ROUNDS_ENTITY_MERGE
         && (self->people == ROUNDS_SYNC_PEOPLE_STAY || self->people == ROUNDS_SYNC_PEOPLE_UNDO)
         && !rounds_sync_people_skips (self->people, mutation, self->changed, &self->merged);
}

/**
 * rounds_sync_apply:
 * @self: the push; its store is in a transaction
 * @mutation: the mutation; it may be applied again, where a transaction was rolled back for another one
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID, EXISTS, NOT_FOUND or FORBIDDEN: refused; others: what the disk says
 *
 * Returns: (transfer full) (nullable): what became of it; on an error the transaction is to be rolled back
 */
RoundsSyncResult *
rounds_sync_apply (RoundsSyncApplier *self, const RoundsChange *mutation, GError **error)
{
  RoundsChange led = *mutation; /* with references to those who are there */
  g_autofree char *fields = NULL;
  g_autofree char *base = NULL;
  g_autoptr (RoundsRecord) before = NULL;
  g_autoptr (RoundsRecord) after = NULL;
  g_auto (RoundsMergeOutcome) outcome = ROUNDS_MERGE_OUTCOME_INIT;
  RoundsSyncResult *result;
  gboolean changed_by_others = FALSE;

  if (!check_entity (mutation, error) || !rounds_sync_alias_resolve (self->store, mutation, &fields, &base, error))
    return NULL;
  self->led = fields != NULL || base != NULL;
  self->sent = mutation;
  if (fields != NULL)
    led.fields = fields;
  if (base != NULL)
    led.base = base;
  if (!run_mutation (self, &led, &before, &after, &changed_by_others, &outcome, error)
      || (fields != NULL && after != NULL && is_somebodys_word (self, mutation)
          && !rounds_sync_alias_note (self->store, mutation, after, error)))
    return NULL;

  result = rounds_sync_result_new (mutation, outcome.conflicts != NULL             ? ROUNDS_SYNC_CONFLICT
                                             : outcome.merged || changed_by_others ? ROUNDS_SYNC_MERGED
                                                                                   : ROUNDS_SYNC_APPLIED);
  if (after != NULL)
    result->present =
      find_news (self, mutation, before != NULL ? rounds_record_get_integer (before, ROUNDS_FIELD_REV) : 0, after,
                 result->status == ROUNDS_SYNC_APPLIED && !self->led && is_where_sent (mutation, before, after));
  result->record = g_steal_pointer (&after);
  result->conflicts = g_steal_pointer (&outcome.conflicts);
  if (outcome.unknown != NULL)
    result->unknown = g_strdupv ((char **) outcome.unknown->pdata);
  return result;
}
