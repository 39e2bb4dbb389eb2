/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, what a rep promised in a note is not offered to be remembered, or they are asked about promises that
 * nobody made.
 */
#include "rounds-promise.h"

typedef struct
{
  const char *note;
  const char *promised; /* (nullable): %NULL: nothing */
  const char *due;      /* (nullable) */
} Example;

static void
check (const char *language, const Example *examples, guint n)
{
  g_autoptr (RoundsPhrases) phrases = rounds_phrases_new (language);
  RoundsLineContext context = { phrases, { 0 }, FALSE };

  g_date_clear (&context.today, 1);
  g_date_set_dmy (&context.today, 21, G_DATE_NOVEMBER, 2026);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) promises = rounds_promise_find (examples[i].note, &context);
      RoundsPromise *promise = promises->len > 0 ? promises->pdata[0] : NULL;
      char due[16] = "";

      g_test_message ("%s", examples[i].note);
      g_assert_cmpstr (promise != NULL ? promise->text : NULL, ==, examples[i].promised);
      if (promise != NULL && promise->has_due)
        g_date_strftime (due, sizeof due, "%Y-%m-%d", &promise->due);
      g_assert_cmpstr (due, ==, examples[i].due != NULL ? examples[i].due : "");
    }
}

static void
test_english (void)
{
  static const Example examples[] = {
    { "I will send the dosing paper by Friday.", "send the dosing paper by Friday", "2026-11-27" },
    { "Good talk. I'll bring samples next time", "bring samples next time", NULL },
    { "I\342\200\231ll get back to her in 3 days; she was busy", "get back to her in 3 days", "2026-11-24" },
    { "we will also email the slides", "email the slides", NULL },
    { "I promised to call the pharmacist tomorrow!", "call the pharmacist tomorrow", "2026-11-22" },
    /* Nobody promised anything. */
    { "He will send the chart.", NULL, NULL },
    { "They'll call us.", NULL, NULL },
    { "I will not send anything.", NULL, NULL },
    { "I will never call before nine.", NULL, NULL },
    { "I will see her at the congress", NULL, NULL },
    { "Will sender of the fax be known?", NULL, NULL },
    { "Mentioned a goodwill sending of samples", NULL, NULL },
    { "She asked whether they will bring the form", NULL, NULL },
    { "I will think about whether the clinic should ever send it", NULL, NULL },
    { "", NULL, NULL },
  };

  check ("en", examples, G_N_ELEMENTS (examples));
}

static void
test_german (void)
{
  static const Example examples[] = {
    { "Werde ihm den Artikel bis Freitag schicken.", "ihm den Artikel bis Freitag schicken", "2026-11-27" },
    { "Ich werde morgen die Apotheke anrufen", "morgen die Apotheke anrufen", "2026-11-22" },
    { "Ich schicke ihr die Unterlagen.", "schicke ihr die Unterlagen", NULL },
    { "Wir werden Muster vorbeibringen", "Muster vorbeibringen", NULL },
    { "Er werde sich melden, sagt er.", NULL, NULL },
    { "Sie werden den Befund schicken.", NULL, NULL },
    { "Werde den Artikel nicht schicken.", NULL, NULL },
    { "Werde dort k\303\274nftig Mittwoch sein", NULL, NULL },
    { "Werdegang geschickt", NULL, NULL },
    { "Der Patient wird anrufen", NULL, NULL },
  };

  check ("de", examples, G_N_ELEMENTS (examples));
}

static void
test_several (void)
{
  g_autoptr (RoundsPhrases) phrases = rounds_phrases_new ("en");
  RoundsLineContext context = { phrases, { 0 }, FALSE };
  g_autoptr (GPtrArray) promises = NULL;
  RoundsPromise *second;

  g_date_clear (&context.today, 1);
  g_date_set_dmy (&context.today, 21, G_DATE_NOVEMBER, 2026);
  promises = rounds_promise_find ("I will send A. He is well\nI will call B", &context);
  g_assert_cmpuint (promises->len, ==, 2);
  second = promises->pdata[1];
  g_assert_cmpstr (second->text, ==, "call B");
  g_assert_cmpuint (second->start, ==, 26);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schedule/promise/english", test_english);
  g_test_add_func ("/schedule/promise/german", test_german);
  g_test_add_func ("/schedule/promise/several", test_several);

  return g_test_run ();
}
