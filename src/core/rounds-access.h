/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-schema.h"

G_BEGIN_DECLS

/** RoundsRole: what an account is; in the order of the enum of `user.role`. */
typedef enum
{
  ROUNDS_ROLE_NOBODY = 0,
  ROUNDS_ROLE_REP = 1 << 0,
  ROUNDS_ROLE_MANAGER = 1 << 1,
  ROUNDS_ROLE_ADMIN = 1 << 2,
  ROUNDS_ROLE_PHYSICIAN = 1 << 3,
  ROUNDS_ROLE_PATIENT = 1 << 4,
  ROUNDS_ROLE_TEAM = ROUNDS_ROLE_REP | ROUNDS_ROLE_MANAGER | ROUNDS_ROLE_ADMIN,
  ROUNDS_ROLE_ANYBODY = ROUNDS_ROLE_TEAM | ROUNDS_ROLE_PHYSICIAN | ROUNDS_ROLE_PATIENT,
} RoundsRole;

typedef enum
{
  ROUNDS_ACTION_READ,
  ROUNDS_ACTION_WRITE, /* create, change, delete, restore */
} RoundsAction;

RoundsRole rounds_role_from_string (const char *text);
guint rounds_access_get_roles (RoundsEntity entity, RoundsAction action);
gboolean rounds_access_is_allowed (RoundsRole role, RoundsEntity entity, RoundsAction action);

G_END_DECLS
