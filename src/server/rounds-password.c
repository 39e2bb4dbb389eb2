/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-password.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "rounds-error.h"

/* As NIST SP 800-63B, 5.1.1.2 has it: a least length, no rules about kinds of characters. */
#define SHORTEST 8
#define LONGEST 1024

/* argon2id with libsodium's INTERACTIVE limits (64 MiB, 2 passes): above what OWASP asks for (19 MiB, 2 passes), and
 * little enough that one thread checks some ten passwords a second. MODERATE takes 256 MiB and most of a second each,
 * which anybody who can reach the server could make it spend without knowing any password. */
#define OPERATIONS crypto_pwhash_OPSLIMIT_INTERACTIVE
#define MEMORY crypto_pwhash_MEMLIMIT_INTERACTIVE

/** rounds_password_check: whether @password may be one; %ROUNDS_ERROR_INVALID for the field "password". */
gboolean
rounds_password_check (const char *password, GError **error)
{
  if (g_utf8_strlen (password, -1) < SHORTEST)
    {
      rounds_set_field_error (error, "password", _ ("A password has at least %d characters."), SHORTEST);
      return FALSE;
    }
  if (strlen (password) > LONGEST)
    {
      rounds_set_field_error (error, "password", _ ("This password is too long."));
      return FALSE;
    }
  return TRUE;
}

/**
 * rounds_password_hash:
 * @password: a password
 * @error: (out) (optional): %ROUNDS_ERROR_FAILED where memory is short
 *
 * Takes some 100 ms and 64 MiB: never on the thread that serves HTTP.
 *
 * Returns: (transfer full): what to keep instead of it
 */
char *
rounds_password_hash (const char *password, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];

  if (crypto_pwhash_str (hash, password, strlen (password), OPERATIONS, MEMORY) != 0)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, _ ("There is not enough memory to hash a password."));
      return NULL;
    }
  return g_strdup (hash);
}

/** rounds_password_verify: whether @hash was made from @password; takes as long as making it. */
gboolean
rounds_password_verify (const char *password, const char *hash)
{
  return strlen (password) <= LONGEST && crypto_pwhash_str_verify (hash, password, strlen (password)) == 0;
}

/** rounds_password_generate: (transfer full): a new password of 100 random bits, without letters that look alike. */
char *
rounds_password_generate (void)
{
  static const char alphabet[] = "abcdefghijkmnpqrstuvwxyz23456789";
  GString *password = g_string_new (NULL);

  G_STATIC_ASSERT (sizeof alphabet - 1 == 32);
  for (guint i = 0; i < 20; i++)
    {
      if (i > 0 && i % 5 == 0)
        g_string_append_c (password, '-');
      g_string_append_c (password, alphabet[randombytes_uniform (32)]);
    }
  return g_string_free (password, FALSE);
}
