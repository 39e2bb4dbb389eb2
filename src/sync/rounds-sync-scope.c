/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-sync-scope.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-person-merge.h"
#include "rounds-sync-protocol.h"
#include "rounds-time.h"

/* In a cursor; otherwise it is territories by their row keys, which are shorter than ids: "3,17". */
#define SEPARATOR ","

static gboolean
sees_everything (RoundsRecord *user)
{
  const char *role = rounds_record_get_text (user, ROUNDS_USER_ROLE);

  return g_strcmp0 (role, "admin") == 0 || g_strcmp0 (role, "manager") == 0;
}

/* @staff: (out) (transfer full) (nullable): the record that names @user's account; where its person was merged into one
 *   who has an account as well, theirs */
static gboolean
find_staff_by_account (RoundsRecordStore *store, RoundsRecord *user, RoundsRecord **staff, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_STAFF);
  g_autoptr (GPtrArray) found = NULL;
  gboolean forwarded = FALSE;
  RoundsUuid id = { { 0 } };

  rounds_query_where_uuid (query, ROUNDS_STAFF_USER, ROUNDS_IS, rounds_record_get_id (user));
  rounds_query_include_deleted (query);
  found = rounds_record_store_list (store, query, error);
  *staff = NULL;
  if (found == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    if (!rounds_record_is_deleted (found->pdata[i]))
      {
        *staff = g_object_ref (found->pdata[i]);
        return TRUE;
      }
  for (guint i = 0; i < found->len && !forwarded; i++)
    {
      id = *rounds_record_get_id (found->pdata[i]);
      if (!rounds_person_merge_forward (store, ROUNDS_ENTITY_STAFF, &id, &forwarded, error))
        return FALSE;
    }
  return !forwarded || rounds_record_store_look_up (store, ROUNDS_ENTITY_STAFF, &id, staff, error);
}

/* @staff: (out) (transfer full) (nullable): the user's record: by the person, who may have been merged, or by the
 *   account that it names */
static gboolean
find_staff (RoundsRecordStore *store, RoundsRecord *user, RoundsRecord **staff, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_STAFF);
  gboolean forwarded;
  RoundsUuid person;

  if (rounds_record_is_null (user, ROUNDS_USER_PERSON))
    return find_staff_by_account (store, user, staff, error);
  person = *rounds_record_get_uuid (user, ROUNDS_USER_PERSON);
  if (!rounds_person_merge_forward (store, ROUNDS_ENTITY_PERSON, &person, &forwarded, error))
    return FALSE;
  rounds_query_where_uuid (query, ROUNDS_STAFF_PERSON, ROUNDS_IS, &person);
  return rounds_record_store_find (store, query, staff, error);
}

/* Dates compare as texts. Both ends belong to the time of membership. */
static gboolean
is_member_on (RoundsRecord *member, const char *day)
{
  const char *from = rounds_record_get_text (member, ROUNDS_TERRITORY_MEMBER_VALID_FROM);
  const char *to = rounds_record_get_text (member, ROUNDS_TERRITORY_MEMBER_VALID_TO);

  return (from == NULL || strcmp (from, day) <= 0) && (to == NULL || strcmp (day, to) <= 0);
}

static gboolean
add_memberships (RoundsTerritoryScope *scope, RoundsRecordStore *store, RoundsRecord *staff, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_TERRITORY_MEMBER);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (rounds_time_now () / 1000);
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autoptr (GPtrArray) members = NULL;

  rounds_query_where_uuid (query, ROUNDS_TERRITORY_MEMBER_STAFF, ROUNDS_IS, rounds_record_get_id (staff));
  members = rounds_record_store_list (store, query, error);
  if (members == NULL)
    return FALSE;
  for (guint i = 0; i < members->len; i++)
    {
      RoundsRecord *member = g_ptr_array_index (members, i);
      const RoundsUuid *territory = rounds_record_get_uuid (member, ROUNDS_FIELD_TERRITORY);

      if (territory != NULL && is_member_on (member, day))
        rounds_territory_scope_add (scope, territory);
    }
  return TRUE;
}

/**
 * rounds_sync_scope_of_user:
 * @store: the server's store
 * @user: an account
 * @error: (out) (optional): what the disk says
 *
 * A rep sees what belongs to the territories of which they are a member today (UTC), and what belongs to none; managers
 * and administrators see everything.
 *
 * Returns: (transfer full) (nullable): what @user gets to see
 */
RoundsTerritoryScope *
rounds_sync_scope_of_user (RoundsRecordStore *store, RoundsRecord *user, GError **error)
{
  g_autoptr (RoundsTerritoryScope) scope = rounds_territory_scope_new ();
  g_autoptr (RoundsRecord) staff = NULL;

  scope->everything = sees_everything (user);
  if (!scope->everything && !find_staff (store, user, &staff, error))
    return NULL;
  return staff == NULL || add_memberships (scope, store, staff, error) ? g_steal_pointer (&scope) : NULL;
}

/* 1 if there is a record of @entity with @id that is out of sight, 0 if not, -1 on error. */
static int
is_out_of_sight (const RoundsTerritoryScope *scope, RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *id,
                 GError **error)
{
  RoundsUuid territory;
  int is_here = rounds_record_store_find_territory (store, entity, id, &territory, error);

  if (is_here <= 0)
    return is_here;
  return !rounds_territory_scope_holds (scope, rounds_uuid_is_nil (&territory) ? NULL : &territory);
}

/**
 * rounds_sync_scope_check_references:
 * @scope: (nullable): what its writer gets to see
 * @store: the server's store, in a transaction
 * @record: a record that is about to be saved, or was
 * @before: (nullable): as it was before
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID with the field, in the words of a reference that leads nowhere: what
 * is out of sight is not there
 */
gboolean
rounds_sync_scope_check_references (const RoundsTerritoryScope *scope, RoundsRecordStore *store, RoundsRecord *record,
                                    RoundsRecord *before, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));

  for (guint f = 0; scope != NULL && !scope->everything && f < info->n_fields; f++)
    {
      const RoundsFieldInfo *field = &info->fields[f];
      const RoundsUuid *id = field->type == ROUNDS_TYPE_REFERENCE ? rounds_record_get_uuid (record, f) : NULL;
      int hidden;

      if (id == NULL
          || (before != NULL
              && rounds_value_equal (rounds_record_get_value (record, f), rounds_record_get_value (before, f))))
        continue;
      hidden = is_out_of_sight (scope, store, field->target, id, error);
      if (hidden > 0)
        rounds_set_field_error (error, field->name, _ ("%s: the record that this refers to does not exist."),
                                rounds_field_get_label (field));
      if (hidden != 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * rounds_sync_scope_check_place:
 * @scope: (nullable): what its writer gets to see
 * @record: a record as it was saved
 * @error: (out) (optional): %ROUNDS_ERROR_FORBIDDEN: nobody puts a record where they cannot see it
 */
gboolean
rounds_sync_scope_check_place (const RoundsTerritoryScope *scope, RoundsRecord *record, GError **error)
{
  if (rounds_territory_scope_shows (scope, record))
    return TRUE;
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FORBIDDEN, _ ("You are not a member of this territory."));
  return FALSE;
}

/**
 * rounds_sync_scope_to_text:
 * @scope: (nullable): %NULL is everything
 * @store: the server's store
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer full) (nullable): @scope for a cursor of @store's
 */
char *
rounds_sync_scope_to_text (const RoundsTerritoryScope *scope, RoundsRecordStore *store, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (scope == NULL || scope->everything)
    return g_strdup (ROUNDS_SYNC_EVERYTHING);
  for (guint i = 0; i < scope->territories->len; i++)
    {
      gint64 key = rounds_record_store_get_row_key (store, ROUNDS_ENTITY_TERRITORY,
                                                    &g_array_index (scope->territories, RoundsUuid, i), error);

      if (key < 0)
        return NULL;
      g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? SEPARATOR : "", key);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/**
 * rounds_sync_scope_compare:
 * @scope: (nullable): what can be seen now
 * @store: the server's store
 * @before: what could be seen, from a cursor
 * @kept: (out) (transfer full): the part of @before that can still be seen, for a cursor
 * @gained: (out) (transfer full): what else can be seen now
 * @error: (out) (optional): what the disk says
 */
gboolean
rounds_sync_scope_compare (const RoundsTerritoryScope *scope, RoundsRecordStore *store, const char *before, char **kept,
                           RoundsTerritoryScope **gained, GError **error)
{
  g_auto (GStrv) keys = g_strsplit (before, SEPARATOR, -1);
  g_autoptr (RoundsTerritoryScope) new = rounds_territory_scope_new ();
  g_autoptr (GString) old = g_string_new (NULL);
  gboolean had_everything = g_str_equal (before, ROUNDS_SYNC_EVERYTHING);

  new->teams = FALSE;
  new->everything = !had_everything && (scope == NULL || scope->everything);
  for (guint i = 0; scope != NULL && !scope->everything && i < scope->territories->len; i++)
    {
      const RoundsUuid *territory = &g_array_index (scope->territories, RoundsUuid, i);
      gint64 key = rounds_record_store_get_row_key (store, ROUNDS_ENTITY_TERRITORY, territory, error);
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, key);

      if (key < 0)
        return FALSE;
      if (had_everything || g_strv_contains ((const char *const *) keys, text))
        g_string_append_printf (old, "%s%s", old->len > 0 ? SEPARATOR : "", text);
      else
        rounds_territory_scope_add (new, territory);
    }
  *kept = had_everything && (scope == NULL || scope->everything) ? g_strdup (ROUNDS_SYNC_EVERYTHING)
                                                                 : g_string_free_and_steal (g_steal_pointer (&old));
  *gained = g_steal_pointer (&new);
  return TRUE;
}
