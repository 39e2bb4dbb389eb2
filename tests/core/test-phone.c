/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a user would lose: the same telephone written in two ways is not found to be the same, or two telephones are. */

#include "rounds-phone.h"

static const struct
{
  const char *written;
  const char *normalised; /* NULL: no telephone number */
} numbers[] = {
  { "+1 (310) 820-7129", "+13108207129" },
  { "310.820.7129", "3108207129" },
  { "0612345678", "0612345678" },
  { "0031 6 12345678", "+31612345678" },
  { "011 44 20 7946 0018", "+442079460018" },
  { "+49 (0)30 / 901820", "+4930901820" },
  { "tel. 030-901820", "030901820" },
  { "310-820-7129 x12", "3108207129x12" },
  { "310-820-7129 ext. 12", "3108207129x12" },
  { "(310) 820 7129 (mobile)", "3108207129" },
  { "٠٣٠١٢٣٤٥٦", "030123456" },
  { "", NULL },
  { "none", NULL },
  { "12", NULL },
  { "000-000-0000", NULL },
  { "030901820 030901821 030901822", NULL },
};

static void
test_normalise (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *normalised = rounds_phone_normalise (numbers[i].written);

      g_assert_cmpstr (normalised, ==, numbers[i].normalised);
    }
  g_assert_null (rounds_phone_normalise (NULL));
}

static void
assert_same (const char *one, const char *other, gboolean same)
{
  g_autofree char *first = rounds_phone_normalise (one);
  g_autofree char *second = rounds_phone_normalise (other);
  guint first_country, second_country;
  const char *first_part = rounds_phone_get_national (first, &first_country);
  const char *second_part = rounds_phone_get_national (second, &second_country);

  g_assert_cmpint (g_strcmp0 (first_part, second_part) == 0
                     && (first_country == 0 || second_country == 0 || first_country == second_country),
                   ==, same);
}

static void
test_from_home_and_abroad (void)
{
  assert_same ("+1 310 820 7129", "(310) 820-7129", TRUE);
  assert_same ("+1 310 820 7129", "1-310-820-7129", TRUE);
  assert_same ("+31 6 12345678", "06 1234 5678", TRUE);
  assert_same ("+39 06 698 12345", "06 69812345", TRUE);
  assert_same ("+353 1 234 5678", "01 234 5678", TRUE);
  assert_same ("+49 30 901820", "+43 30 901820", FALSE);
  assert_same ("310-820-7129 x12", "310-820-7129 x13", FALSE);
  assert_same ("310-820-7129", "410-820-7129", FALSE);
}

static void
assert_uri (const char *written, const char *expected)
{
  g_autofree char *uri = rounds_phone_make_uri (written);

  g_assert_cmpstr (uri, ==, expected);
}

/* As RFC 3966 writes it, section 3; what is no number of a public network is left to the program that calls. */
static void
test_uri (void)
{
  assert_uri ("+1 (310) 820-7129", "tel:+13108207129");
  assert_uri ("+49 (0)30 901820", "tel:+4930901820");
  assert_uri ("310.820.7129 ext. 12", "tel:3108207129;ext=12");
  assert_uri ("112", "tel:112");
  assert_uri ("ward 7", "tel:ward%207");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/phone/normalise", test_normalise);
  g_test_add_func ("/core/phone/from-home-and-abroad", test_from_home_and_abroad);
  g_test_add_func ("/core/phone/uri", test_uri);
  return g_test_run ();
}
