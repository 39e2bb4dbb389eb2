/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-access.h"

#define ADMIN ROUNDS_ROLE_ADMIN
#define LEADS (ROUNDS_ROLE_MANAGER | ROUNDS_ROLE_ADMIN)

/* Who may do what: the one place. Entities that are not named here follow their scope. */
static const struct
{
  RoundsEntity entity;
  guint read;
  guint write;
} rules[] = {
  { ROUNDS_ENTITY_TERRITORY, ROUNDS_ROLE_TEAM, LEADS },
  { ROUNDS_ENTITY_TERRITORY_MEMBER, ROUNDS_ROLE_TEAM, LEADS },
  { ROUNDS_ENTITY_STAFF, ROUNDS_ROLE_TEAM, LEADS },
  { ROUNDS_ENTITY_USER, ADMIN, ADMIN },
};

/** rounds_role_from_string: the role that @text (nullable) names, %ROUNDS_ROLE_NOBODY if none. */
RoundsRole
rounds_role_from_string (const char *text)
{
  const char *const *names = rounds_entity_get_field (ROUNDS_ENTITY_USER, ROUNDS_USER_ROLE)->values;

  for (guint i = 0; text != NULL && names[i] != NULL; i++)
    if (g_str_equal (names[i], text))
      return (RoundsRole) (1u << i);
  return ROUNDS_ROLE_NOBODY;
}

/**
 * rounds_access_get_roles:
 *
 * Returns: the set of #RoundsRole that may do @action with records of @entity
 */
guint
rounds_access_get_roles (RoundsEntity entity, RoundsAction action)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].entity == entity)
      return action == ROUNDS_ACTION_READ ? rules[i].read : rules[i].write;

  /* What a team shares is the team's; what only the server or only a device keeps is nobody's. */
  return rounds_entity_get_info (entity)->scope == ROUNDS_SCOPE_SYNCED ? ROUNDS_ROLE_TEAM : ROUNDS_ROLE_NOBODY;
}

/** rounds_access_is_allowed: whether @role may do @action with records of @entity. */
gboolean
rounds_access_is_allowed (RoundsRole role, RoundsEntity entity, RoundsAction action)
{
  return (rounds_access_get_roles (entity, action) & role) != 0;
}
