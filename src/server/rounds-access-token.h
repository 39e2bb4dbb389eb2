/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-uuid.h"

G_BEGIN_DECLS

#define ROUNDS_TOKEN_KEY_LENGTH 32

/** RoundsAccessToken: what an access token says. */
typedef struct
{
  RoundsUuid user;
  RoundsUuid device;  /* nil if the client named none */
  RoundsUuid session; /* the family of the refresh token that it came with */
  gint64 expires_at;  /* ms UTC */
} RoundsAccessToken;

char *rounds_access_token_sign (const RoundsAccessToken *self, const guint8 key[ROUNDS_TOKEN_KEY_LENGTH]);
gboolean rounds_access_token_verify (const char *text, const guint8 key[ROUNDS_TOKEN_KEY_LENGTH], gint64 now,
                                     RoundsAccessToken *token);

char *rounds_token_seal (const char *text, const guint8 key[ROUNDS_TOKEN_KEY_LENGTH]);
char *rounds_token_open (const char *sealed, const guint8 key[ROUNDS_TOKEN_KEY_LENGTH]);

G_END_DECLS
