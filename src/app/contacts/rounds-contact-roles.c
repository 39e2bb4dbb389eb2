/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contact-roles.h"

#include "forms/rounds-field-labels.h"

/* More roles than anybody has had. */
#define MOST_ROLES 50

static char *
today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%d");
}

/**
 * rounds_contact_roles_list_all:
 * @store: the store
 * @person: a person's id
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer container) (element-type RoundsRecord) (nullable): the roles that the person has, had and will
 *   have
 */
GPtrArray *
rounds_contact_roles_list_all (RoundsStore *store, const RoundsUuid *person, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PERSON_ROLE);

  rounds_query_where_uuid (query, ROUNDS_PERSON_ROLE_PERSON, ROUNDS_IS, person);
  rounds_query_limit (query, MOST_ROLES);
  return rounds_store_list (store, query, error);
}

/**
 * rounds_contact_roles_list:
 * @store: the store
 * @person: a person's id
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer container) (element-type RoundsRecord) (nullable): the roles that the person has today
 */
GPtrArray *
rounds_contact_roles_list (RoundsStore *store, const RoundsUuid *person, GError **error)
{
  GPtrArray *roles = rounds_contact_roles_list_all (store, person, error);
  g_autofree char *now = today ();

  for (guint i = roles != NULL ? roles->len : 0; i > 0; i--)
    {
      const char *until = rounds_record_get_text (roles->pdata[i - 1], ROUNDS_PERSON_ROLE_VALID_TO);

      if (until != NULL && g_strcmp0 (until, now) <= 0)
        g_ptr_array_remove_index (roles, i - 1);
    }
  return roles;
}

/**
 * rounds_contact_roles_find:
 * @roles: (element-type RoundsRecord): roles
 * @type: a wire value
 *
 * Returns: (transfer none) (nullable): the role of that type
 */
RoundsRecord *
rounds_contact_roles_find (GPtrArray *roles, const char *type)
{
  for (guint i = 0; i < roles->len; i++)
    if (g_strcmp0 (rounds_record_get_text (roles->pdata[i], ROUNDS_PERSON_ROLE_TYPE), type) == 0)
      return roles->pdata[i];
  return NULL;
}

/**
 * rounds_contact_roles_describe:
 * @roles: (element-type RoundsRecord): roles
 *
 * Returns: (transfer full): their names in the table's order: "Patient · Physician"
 */
char *
rounds_contact_roles_describe (GPtrArray *roles)
{
  const RoundsFieldInfo *field = rounds_entity_get_field (ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_TYPE);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = 0; field->values[i] != NULL; i++)
    if (rounds_contact_roles_find (roles, field->values[i]) != NULL)
      g_strv_builder_add (names, rounds_field_get_value_label (field, field->values[i]));
  all = g_strv_builder_end (names);
  return g_strjoinv (" · ", all);
}

/* Whether the role is one on @day; one without a first day always was. */
static gboolean
holds_on (RoundsRecord *role, const char *day)
{
  const char *from = rounds_record_get_text (role, ROUNDS_PERSON_ROLE_VALID_FROM);
  const char *until = rounds_record_get_text (role, ROUNDS_PERSON_ROLE_VALID_TO);

  return (from == NULL || g_strcmp0 (from, day) <= 0) && (until == NULL || g_strcmp0 (day, until) < 0);
}

/**
 * rounds_contact_roles_describe_on:
 * @roles: (element-type RoundsRecord): all roles that a person has had
 * @day: (nullable): `YYYY-MM-DD`; %NULL for today
 *
 * Returns: (transfer full): what they were on that day, as rounds_contact_roles_describe() says it
 */
char *
rounds_contact_roles_describe_on (GPtrArray *roles, const char *day)
{
  g_autoptr (GPtrArray) then = g_ptr_array_new ();
  g_autofree char *now = today ();

  for (guint i = 0; i < roles->len; i++)
    if (holds_on (roles->pdata[i], day != NULL ? day : now))
      g_ptr_array_add (then, roles->pdata[i]);
  return rounds_contact_roles_describe (then);
}

/**
 * rounds_contact_roles_begin:
 * @changes: (element-type RoundsRecord): what is going to be saved; takes the new role
 * @person: a person's id
 * @type: the role's wire value
 *
 * The person has the role from today on.
 */
void
rounds_contact_roles_begin (GPtrArray *changes, const RoundsUuid *person, const char *type)
{
  RoundsRecord *role = rounds_record_new (ROUNDS_ENTITY_PERSON_ROLE);
  g_autofree char *now = today ();

  rounds_record_set_uuid (role, ROUNDS_PERSON_ROLE_PERSON, person);
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, type);
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_VALID_FROM, now);
  g_ptr_array_add (changes, role);
}

/**
 * rounds_contact_roles_end:
 * @changes: (element-type RoundsRecord): what is going to be saved; takes the ended role
 * @role: (transfer none): a role that the person has
 *
 * The person does not have the role any more from today on; that they had it stays known.
 */
void
rounds_contact_roles_end (GPtrArray *changes, RoundsRecord *role)
{
  RoundsRecord *ended = rounds_record_dup (role);
  g_autofree char *now = today ();

  rounds_record_set_text (ended, ROUNDS_PERSON_ROLE_VALID_TO, now);
  g_ptr_array_add (changes, ended);
}
