/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A recovery code: 25 random characters of Crockford's base 32 (125 bits) and a check character, in groups of five:
 * "K7Q2M-…". Reading forgives case, blanks, hyphens, O for 0, I and L for 1. */
char *rounds_recovery_code_new (void);
gboolean rounds_recovery_code_check (const char *code, GError **error);
char *rounds_recovery_code_normalize (const char *code);

/* Overwrites a secret's memory before freeing it; NULL is fine. For codes, passphrases and keyring secrets. */
void rounds_secret_free (char *secret);

G_END_DECLS
