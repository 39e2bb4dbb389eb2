/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dates in files of contacts (N19, acceptance 15). If this fails, somebody born on 12 March is congratulated on
 * 3 December, and nobody was asked. */

#include <locale.h>
#include <string.h>

#include "rounds-import-date.h"

static void
test_parse (void)
{
  static const struct
  {
    const char *text;
    RoundsDateOrder order;
    const char *date; /* NULL: none */
  } dates[] = {
    { "12/03/2021", ROUNDS_DATE_ORDER_DMY, "2021-03-12" },
    { "12/03/2021", ROUNDS_DATE_ORDER_MDY, "2021-12-03" },
    { "12/03/2021", ROUNDS_DATE_ORDER_UNKNOWN, NULL },
    { "12.03.2021", ROUNDS_DATE_ORDER_DMY, "2021-03-12" },
    { "12-3-2021", ROUNDS_DATE_ORDER_DMY, "2021-03-12" },
    { "12. 3. 2021", ROUNDS_DATE_ORDER_DMY, "2021-03-12" },
    { "03/25/2021", ROUNDS_DATE_ORDER_DMY, NULL },
    { "31/02/2021", ROUNDS_DATE_ORDER_DMY, NULL },
    { "29/02/2020", ROUNDS_DATE_ORDER_DMY, "2020-02-29" },
    { "05/05/2021", ROUNDS_DATE_ORDER_UNKNOWN, "2021-05-05" },
    { "2021-03-12", ROUNDS_DATE_ORDER_DMY, "2021-03-12" },
    { "2021/3/12", ROUNDS_DATE_ORDER_MDY, "2021-03-12" },
    { "2021-03-12T00:00:00Z", ROUNDS_DATE_ORDER_MDY, "2021-03-12" },
    { "2021-03-12 00:00:00", ROUNDS_DATE_ORDER_MDY, "2021-03-12" },
    { "20210312", ROUNDS_DATE_ORDER_MDY, "2021-03-12" },
    { "12 March 2021", ROUNDS_DATE_ORDER_MDY, "2021-03-12" },
    { "March 12, 2021", ROUNDS_DATE_ORDER_DMY, "2021-03-12" },
    { "12-Mar-2021", ROUNDS_DATE_ORDER_UNKNOWN, "2021-03-12" },
    { "12/03/61", ROUNDS_DATE_ORDER_DMY, "1961-03-12" }, /* nobody is born in 2061 */
    { "61/03/12", ROUNDS_DATE_ORDER_YMD, "1961-03-12" },
    /* What a spreadsheet shows as 12 March 2021 and 1 January 2000 (its own count, by hand). */
    { "44267", ROUNDS_DATE_ORDER_DMY, "2021-03-12" },
    { "36526", ROUNDS_DATE_ORDER_MDY, "2000-01-01" },
    { "44267.5", ROUNDS_DATE_ORDER_DMY, "2021-03-12" },
    { "1985", ROUNDS_DATE_ORDER_DMY, NULL }, /* a year, and no count of days */
    { "0612345678", ROUNDS_DATE_ORDER_DMY, NULL },
    { "555-01-02", ROUNDS_DATE_ORDER_DMY, NULL },
    { "1 May St", ROUNDS_DATE_ORDER_DMY, NULL },
    { "soon", ROUNDS_DATE_ORDER_DMY, NULL },
    { "", ROUNDS_DATE_ORDER_DMY, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *date = rounds_import_date_parse (dates[i].text, dates[i].order);

      g_test_message ("%s", dates[i].text);
      g_assert_cmpstr (date, ==, dates[i].date);
    }
}

static RoundsDateEvidence
collect (const char *const *cells)
{
  RoundsDateEvidence evidence = { 0 };

  for (guint i = 0; cells[i] != NULL; i++)
    rounds_date_evidence_add (&evidence, cells[i]);
  return evidence;
}

static void
test_evidence (void)
{
  static const char *const proven[] = { "01/02/2021", "12/03/2021", "25/03/2021", NULL };
  static const char *const american[] = { "01/02/2021", "03/25/2021", NULL };
  static const char *const open[] = { "01/02/2021", "12/03/2021", NULL };
  static const char *const mixed[] = { "25/03/2021", "03/25/2021", "01/02/2021", NULL };
  static const char *const plain[] = { "2021-03-12", "5 May 2021", "05/05/2021", "44267", NULL };
  RoundsDateEvidence evidence = collect (proven);

  /* One date tells for all, whatever the user's own habit. */
  g_assert_cmpint (rounds_date_evidence_get_order (&evidence, ROUNDS_DATE_ORDER_MDY), ==, ROUNDS_DATE_ORDER_DMY);
  g_assert_false (rounds_date_evidence_needs_order (&evidence));
  evidence = collect (american);
  g_assert_cmpint (rounds_date_evidence_get_order (&evidence, ROUNDS_DATE_ORDER_DMY), ==, ROUNDS_DATE_ORDER_MDY);

  /* Where none tells it is the user's habit, and said to be no more than that. */
  evidence = collect (open);
  g_assert_cmpint (rounds_date_evidence_get_order (&evidence, ROUNDS_DATE_ORDER_DMY), ==, ROUNDS_DATE_ORDER_DMY);
  g_assert_cmpint (rounds_date_evidence_get_order (&evidence, ROUNDS_DATE_ORDER_YMD), ==, ROUNDS_DATE_ORDER_UNKNOWN);
  g_assert_true (rounds_date_evidence_needs_order (&evidence));

  /* Where they contradict each other nobody but the person can say. */
  evidence = collect (mixed);
  g_assert_true (rounds_date_evidence_is_mixed (&evidence));
  g_assert_cmpint (rounds_date_evidence_get_order (&evidence, ROUNDS_DATE_ORDER_DMY), ==, ROUNDS_DATE_ORDER_UNKNOWN);

  evidence = collect (plain);
  g_assert_false (rounds_date_evidence_needs_order (&evidence));
  g_assert_cmpint (rounds_date_evidence_get_order (&evidence, ROUNDS_DATE_ORDER_UNKNOWN), !=,
                   ROUNDS_DATE_ORDER_UNKNOWN);
}

static void
test_describe (void)
{
  static const char *const open[] = { "12/03/2021", NULL };
  static const char *const mixed[] = { "25/03/2021", "03/25/2021", NULL };
  RoundsDateEvidence evidence = collect (open);
  g_autofree char *as_day = rounds_date_evidence_describe (&evidence, ROUNDS_DATE_ORDER_DMY);
  g_autofree char *asking = NULL;

  g_assert_nonnull (strstr (as_day, "12/03/2021"));
  /* The day in front of the month, or behind it, as the rest of the interface writes it there. */
  g_assert_nonnull (strstr (as_day, rounds_date_order_of_locale () == ROUNDS_DATE_ORDER_MDY ? " 12, 2021" : "12 "));
  evidence = collect (mixed);
  asking = rounds_date_evidence_describe (&evidence, ROUNDS_DATE_ORDER_UNKNOWN);
  g_assert_nonnull (strstr (asking, "25/03/2021"));
  g_assert_nonnull (strstr (asking, "03/25/2021"));
}

/* The habit comes from the locale: the same file means 12 March in Amsterdam and 3 December in New York. */
static void
test_locale (void)
{
  g_autofree char *before = g_strdup (setlocale (LC_TIME, NULL));

  if (setlocale (LC_TIME, "de_DE.UTF-8") != NULL)
    g_assert_cmpint (rounds_date_order_of_locale (), ==, ROUNDS_DATE_ORDER_DMY);
  if (setlocale (LC_TIME, "en_US.UTF-8") != NULL)
    g_assert_cmpint (rounds_date_order_of_locale (), ==, ROUNDS_DATE_ORDER_MDY);
  setlocale (LC_TIME, before);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import-date/parse", test_parse);
  g_test_add_func ("/import-date/evidence", test_evidence);
  g_test_add_func ("/import-date/describe", test_describe);
  g_test_add_func ("/import-date/locale", test_locale);
  return g_test_run ();
}
