/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-recovery-code.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "rounds-error.h"

#define N_DIGITS 25 /* five bits each */
#define GROUP 5
#define CHECK_MODULUS 37

/* https://www.crockford.com/base32.html: no I, L, O, U. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static int
digit_value (char c)
{
  const char *at = c != '\0' ? strchr (alphabet, c) : NULL;

  return at != NULL ? (int) (at - alphabet) : -1;
}

/* Crockford's check: the number modulo 37, which finds every wrong and every swapped character. */
static int
compute_check (const char *digits)
{
  int remainder = 0;

  for (guint i = 0; i < N_DIGITS; i++)
    remainder = (remainder * 32 + digit_value (digits[i])) % CHECK_MODULUS;
  return remainder;
}

/**
 * rounds_recovery_code_new:
 *
 * Makes a code for a person to print or write down. Codes whose check character would be one of Crockford's five extra
 * symbols, which are easily misread on paper, are thrown away; that costs a fifth of a bit of the 125.
 *
 * Returns: (transfer full): a new code; free it with rounds_secret_free()
 */
char *
rounds_recovery_code_new (void)
{
  char digits[N_DIGITS];
  char *code = g_malloc0 (N_DIGITS + 1 + N_DIGITS / GROUP + 1);
  guint length = 0;
  int check;

  if (sodium_init () < 0)
    g_error ("libsodium has no source of random numbers");

  do
    {
      for (guint i = 0; i < N_DIGITS; i++)
        digits[i] = alphabet[randombytes_uniform (32)];
      check = compute_check (digits);
    }
  while (check >= 32);

  for (guint i = 0; i < N_DIGITS; i++)
    {
      code[length++] = digits[i];
      if (i % GROUP == GROUP - 1)
        code[length++] = '-';
    }
  code[length] = alphabet[check];

  sodium_memzero (digits, sizeof digits);
  return code;
}

/**
 * rounds_recovery_code_normalize:
 * @code: what somebody typed
 *
 * Returns: (transfer full): @code in capitals without blanks and hyphens, with the digits that were meant by O, I and
 * L; free it with rounds_secret_free()
 */
char *
rounds_recovery_code_normalize (const char *code)
{
  char *normal = g_malloc0 (strlen (code) + 1);
  gsize length = 0;

  for (const char *c = code; *c != '\0'; c++)
    {
      char upper = g_ascii_toupper (*c);

      if (g_ascii_isspace (upper) || upper == '-')
        continue;
      if (upper == 'O')
        upper = '0';
      else if (upper == 'I' || upper == 'L')
        upper = '1';
      normal[length++] = upper;
    }
  return normal;
}

/**
 * rounds_recovery_code_check:
 * @code: what somebody typed
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID with what is wrong
 *
 * Tells a mistyped code from a wrong one before the key file is asked, which takes a moment.
 *
 * Returns: %TRUE if @code has the form of a recovery code
 */
gboolean
rounds_recovery_code_check (const char *code, GError **error)
{
  char *normal = rounds_recovery_code_normalize (code);
  gsize length = strlen (normal);
  gboolean known = TRUE;
  gboolean right;

  for (gsize i = 0; i < length; i++)
    known = known && digit_value (normal[i]) >= 0;
  right = known && length == N_DIGITS + 1 && compute_check (normal) == digit_value (normal[N_DIGITS]);
  rounds_secret_free (normal);

  if (right)
    return TRUE;
  if (!known)
    g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                         _ ("The recovery code has a character that no code has."));
  else if (length != N_DIGITS + 1)
    g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("A recovery code has %d characters, this one has %d."),
                 N_DIGITS + 1, (int) length);
  else
    g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                         _ ("The recovery code is mistyped: its check character does not fit."));
  return FALSE;
}

/** rounds_secret_free: overwrites @secret (nullable), then frees it. */
void
rounds_secret_free (char *secret)
{
  if (secret == NULL)
    return;
  sodium_memzero (secret, strlen (secret));
  g_free (secret);
}
