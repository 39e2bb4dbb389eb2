/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

/** RoundsNewAccount: what an account is made from. */
typedef struct
{
  const char *username;
  const char *role;          /* as in the entity table: "rep", "manager" … */
  const char *password_hash; /* from rounds_password_hash() */
  const char *email;         /* (nullable) */
  const char *given_name;    /* (nullable) */
  const char *family_name;   /* (nullable): the user name, if not given */
} RoundsNewAccount;

char *rounds_accounts_normalize (const char *username);
RoundsRecord *rounds_accounts_create (RoundsRecordStore *store, const RoundsNewAccount *account, GError **error);
gboolean rounds_accounts_find (RoundsRecordStore *store, const char *username, RoundsRecord **user, GError **error);
gboolean rounds_accounts_set_password (RoundsRecordStore *store, const char *username, const char *password_hash,
                                       GError **error);
gboolean rounds_accounts_find_staff (RoundsRecordStore *store, RoundsRecord *user, RoundsRecord **staff,
                                     GError **error);
gboolean rounds_accounts_see_device (RoundsRecordStore *store, const RoundsUuid *user, const RoundsUuid *device,
                                     const char *name, GError **error);

G_END_DECLS
