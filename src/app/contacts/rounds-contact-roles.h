/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

/* What a person is: lead, patient, physician, staff, caregiver; each with the days on which it began and ended. */

GPtrArray *rounds_contact_roles_list_all (RoundsStore *store, const RoundsUuid *person, GError **error);
GPtrArray *rounds_contact_roles_list (RoundsStore *store, const RoundsUuid *person, GError **error);
RoundsRecord *rounds_contact_roles_find (GPtrArray *roles, const char *type);
char *rounds_contact_roles_describe (GPtrArray *roles);
char *rounds_contact_roles_describe_on (GPtrArray *roles, const char *day);
void rounds_contact_roles_begin (GPtrArray *changes, const RoundsUuid *person, const char *type);
void rounds_contact_roles_end (GPtrArray *changes, RoundsRecord *role);

G_END_DECLS
