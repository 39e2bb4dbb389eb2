/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Telephone numbers as people write them, brought to one form, so that "+1 (310) 820-7129" and "310.820.7129" are found
 * to be the same. Without a table of every country's numbering plan: only the lengths of country codes are known (ITU-T
 * E.164, list of assigned codes). */

#include "rounds-phone.h"

#include <string.h>

/* Fewer digits than this are an extension or a slip, more than this are two numbers. */
#define FEWEST_DIGITS 6
#define MOST_DIGITS 15

/* A country code begins with one of these, or has one digit (1 and 7), or three. */
static const char two_digit_codes[] = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 "
                                      "60 61 62 63 64 65 66 81 82 84 86 90 91 "
                                      "92 93 94 95 98";

static gsize
get_code_length (const char *digits)
{
  const char begin[] = { digits[0], digits[0] != '\0' ? digits[1] : '\0', '\0' };

  if (digits[0] == '1' || digits[0] == '7')
    return 1;
  return strlen (begin) == 2 && strstr (two_digit_codes, begin) != NULL ? 2 : 3;
}

/* Whether what is at @p leads to the number of an extension: "x12", "ext. 12", "#12". */
static gboolean
is_extension (const char *p)
{
  if (*p != 'x' && *p != 'X' && *p != '#' && g_ascii_strncasecmp (p, "ext", 3) != 0)
    return FALSE;
  while (*p != '\0' && strchr ("xXeEtT.#:= ", *p) != NULL)
    p++;
  return g_ascii_isdigit (*p);
}

static void
append_digits (GString *digits, const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      int digit = g_unichar_digit_value (g_utf8_get_char (p));

      if (digit >= 0)
        g_string_append_c (digits, (char) ('0' + digit));
    }
}

/* All digits the same, as "0000000000" is written where a form wants something. */
static gboolean
is_filler (const char *digits)
{
  return strspn (digits, (const char[]) { digits[0], '\0' }) == strlen (digits);
}

/* Turns the ways to say "abroad" into a plus: "00", and "011" from North America. */
static void
find_plus (GString *digits, gboolean *has_plus)
{
  gsize prefix = g_str_has_prefix (digits->str, "00") ? 2 : g_str_has_prefix (digits->str, "011") ? 3 : 0;

  if (*has_plus || prefix == 0 || digits->len < prefix + 9)
    return;
  g_string_erase (digits, 0, (gssize) prefix);
  *has_plus = TRUE;
}

/**
 * rounds_phone_normalise:
 * @phone: (nullable): as somebody wrote it
 *
 * Returns: (transfer full) (nullable): its digits alone, with a plus in front if it says its country, and `x` with an
 *   extension behind; %NULL if it is no telephone number
 */
char *
rounds_phone_normalise (const char *phone)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  g_autoptr (GString) extension = g_string_new (NULL);
  gboolean has_plus = FALSE;

  for (const char *p = phone; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    {
      int digit = g_unichar_digit_value (g_utf8_get_char (p));

      if (digit >= 0)
        g_string_append_c (digits, (char) ('0' + digit));
      else if (digits->len >= FEWEST_DIGITS && is_extension (p))
        {
          append_digits (extension, p);
          break;
        }
      else if (*p == '+' && digits->len == 0)
        has_plus = TRUE;
      else if (has_plus && g_str_has_prefix (p, "(0)"))
        p += 2; /* "+49 (0)30": the zero is for those who call from within */
    }
  find_plus (digits, &has_plus);
  if (digits->len < FEWEST_DIGITS || digits->len > MOST_DIGITS || is_filler (digits->str))
    return NULL;
  return g_strconcat (has_plus ? "+" : "", digits->str, extension->len > 0 ? "x" : NULL, extension->str, NULL);
}

/**
 * rounds_phone_make_uri:
 * @phone: as somebody wrote it
 *
 * Returns: (transfer full): what a program that calls is given (RFC 3966), with an extension as `;ext=`; what is no
 *   telephone number, such as the three digits of a switchboard, goes as it is written
 */
char *
rounds_phone_make_uri (const char *phone)
{
  g_autofree char *normalised = rounds_phone_normalise (phone);
  g_autofree char *escaped = NULL;
  char *extension;

  if (normalised == NULL)
    {
      escaped = g_uri_escape_string (phone, NULL, FALSE);
      return g_strconcat ("tel:", escaped, NULL);
    }
  extension = strchr (normalised, 'x');
  if (extension == NULL)
    return g_strconcat ("tel:", normalised, NULL);
  *extension = '\0';
  return g_strconcat ("tel:", normalised, ";ext=", extension + 1, NULL);
}

/**
 * rounds_phone_get_national:
 * @normalised: what rounds_phone_normalise() gave
 * @country: (out): the country's calling code, 0 where the number does not say it
 *
 * Returns: (transfer none): the part that is the same from within the country and from abroad
 */
const char *
rounds_phone_get_national (const char *normalised, guint *country)
{
  const char *national = normalised;

  *country = 0;
  if (*national == '+')
    {
      gsize length = get_code_length (++national);

      for (gsize i = 0; i < length; i++)
        *country = *country * 10 + (guint) (*national++ - '0');
    }
  else if (strspn (national, "0123456789") == 11 && national[0] == '1' && national[1] > '1')
    {
      *country = 1; /* North America's trunk prefix is its country code */
      national++;
    }
  while (*national == '0')
    national++;
  return national;
}
