/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, what a rep types into one line is saved as something else than they meant, or a word of it is lost.
 * The expected days are those of a calendar on paper: 21 November 2026 is a Saturday.
 */
#include <gio/gio.h>
#include <locale.h>
#include <string.h>

#include "rounds-visit-line.h"

typedef struct
{
  const char *line;
  const char *said; /* as describe() tells it */
} Example;

static void
context_init (RoundsLineContext *context, const RoundsPhrases *phrases, gboolean month_first)
{
  *context = (RoundsLineContext) { .phrases = phrases, .month_first = month_first };
  g_date_clear (&context->today, 1);
  g_date_set_dmy (&context->today, 21, G_DATE_NOVEMBER, 2026);
}

/* Somebody is called Johnson, Anna Bell, Mueller, van der Berg. */
static gboolean
match_name (const char *const *words, guint n_words, guint *n_known, gpointer data, GError **error)
{
  static const char *const names[] = { "johnson", "anna bell", "bell", "miller", "m\303\274ller", "van der berg" };

  for (guint n = 1; n <= n_words; n++)
    {
      g_autofree char **first = g_new0 (char *, n + 1);
      g_autofree char *joined = NULL;
      g_autofree char *folded = NULL;

      for (guint i = 0; i < n; i++)
        first[i] = (char *) words[i];
      joined = g_strjoinv (" ", first);
      folded = g_utf8_strdown (joined, -1);
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        if (g_str_equal (folded, names[i]))
          *n_known = n;
    }
  return TRUE;
}

static void
append_date (GString *text, const char *name, const GDate *date)
{
  g_string_append_printf (text, " %s=%04u-%02u-%02u", name, g_date_get_year (date), g_date_get_month (date),
                          g_date_get_day (date));
}

/* All that the line says, in one order. */
static char *
describe (const RoundsVisitLine *line)
{
  GString *text = g_string_new (line->type != NULL ? line->type : "-");

  for (guint i = 0; i < line->names->len; i++)
    g_string_append_printf (text, " who=%s", (char *) line->names->pdata[i]);
  if (line->duration >= 0)
    g_string_append_printf (text, " min=%d", line->duration);
  if (line->when.has_date)
    append_date (text, "on", &line->when.date);
  if (line->when.minute >= 0)
    g_string_append_printf (text, " at=%02d:%02d", line->when.minute / 60, line->when.minute % 60);
  if (line->no_show)
    g_string_append (text, " no-show");
  if (line->outcome != NULL)
    g_string_append_printf (text, " outcome=%s", line->outcome);
  if (line->notes != NULL)
    g_string_append_printf (text, " notes=%s", line->notes);
  for (guint i = 0; i < line->follow_ups->len; i++)
    {
      const RoundsLineFollowUp *follow_up = line->follow_ups->pdata[i];

      g_string_append_printf (text, " then=%s", follow_up->text != NULL ? follow_up->text : "");
      if (follow_up->has_due)
        append_date (text, "due", &follow_up->due);
    }
  return g_string_free_and_steal (text);
}

static void
check_examples (const char *language, gboolean month_first, const Example *examples, guint n)
{
  g_autoptr (RoundsPhrases) phrases = rounds_phrases_new (language);
  RoundsLineContext context;

  g_assert_nonnull (phrases);
  context_init (&context, phrases, month_first);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RoundsVisitLine) line = rounds_visit_line_parse (examples[i].line, &context, match_name, NULL, NULL);
      g_autofree char *said = describe (line);

      if (!g_str_equal (said, examples[i].said))
        g_test_message ("%s: “%s”", language, examples[i].line);
      g_assert_cmpstr (said, ==, examples[i].said);
    }
}

static void
test_english (void)
{
  static const Example examples[] = {
    /* The example of N11. */
    { "visit johnson 20m dosing; send paper fri",
      "Visit who=johnson min=20 notes=dosing then=send paper due=2026-11-27" },
    { "", "-" },
    { ";", "-" },
    { "johnson", "- who=johnson" },
    { "Call Dr. Johnson", "Call who=Johnson" },
    { "call with anna bell 1h30 yesterday 3pm Reviewed the trial. He agreed.",
      "Call who=anna bell min=90 on=2026-11-20 at=15:00 notes=Reviewed the trial. He agreed." },
    { "johnson visit 20m", "Visit who=johnson min=20" },
    { "johnson call back about dosing", "- who=johnson notes=call back about dosing" },
    { "visit johnson + anna bell, lunch talk", "Visit who=johnson who=anna bell notes=lunch talk" },
    { "visit johnson and miller 45 min", "Visit who=johnson who=miller min=45" },
    { "visit johnson and his nurse", "Visit who=johnson notes=and his nurse" },
    { "visit van der berg dosing", "Visit who=van der berg notes=dosing" },
    { "visit Maria Gomez asked for samples", "Visit who=Maria Gomez notes=asked for samples" },
    { "visit maria gomez, asked for samples", "Visit who=maria gomez notes=asked for samples" },
    { "visit maria gomez asked", "Visit who=maria notes=gomez asked" },
    { "visit johnson no-show", "Visit who=johnson no-show" },
    { "visit johnson no show; rebook next week", "Visit who=johnson no-show then=rebook due=2026-11-23" },
    { "visit johnson left material", "Visit who=johnson outcome=left_material" },
    { "virtual johnson 1.5h", "Virtual who=johnson min=90" },
    { "video call johnson 1 hour 15 minutes", "Virtual who=johnson min=75" },
    { "visit johnson an hour dosing", "Visit who=johnson min=60 notes=dosing" },
    { "visit johnson, dosing question, 20m, yesterday",
      "Visit who=johnson min=20 on=2026-11-20 notes=dosing question" },
    { "visit johnson, dosing, then lunch", "Visit who=johnson notes=dosing, then lunch" },
    /* Nothing within the notes is taken for something else. */
    { "visit johnson dosing 20m yesterday", "Visit who=johnson notes=dosing 20m yesterday" },
    { "visit johnson monitor renal function", "Visit who=johnson notes=monitor renal function" },
    { "visit johnson sunny mood, may switch", "Visit who=johnson notes=sunny mood, may switch" },
    { "visit johnson 120/80 at rest", "Visit who=johnson notes=120/80 at rest" },
    { "visit johnson 14.3 is normal", "Visit who=johnson notes=14.3 is normal" },
    /* Days behind. */
    { "visit johnson fri", "Visit who=johnson on=2026-11-20" },
    { "visit johnson sat", "Visit who=johnson on=2026-11-21" },
    { "visit johnson last sat", "Visit who=johnson on=2026-11-14" },
    { "visit johnson 3 days ago at 9", "Visit who=johnson on=2026-11-18 at=09:00" },
    { "visit johnson 3/14", "Visit who=johnson on=2026-03-14" },
    { "visit johnson 12/24", "Visit who=johnson on=2025-12-24" },
    { "visit johnson 14/3", "Visit who=johnson notes=14/3" },
    { "visit johnson march 14th 2024", "Visit who=johnson on=2024-03-14" },
    { "visit johnson 2026-02-30", "Visit who=johnson notes=2026-02-30" },
    { "visit johnson feb 29", "Visit who=johnson on=2024-02-29" },
    { "yesterday 15:00 call johnson", "Call who=johnson on=2026-11-20 at=15:00" },
    { "visit johnson 12am", "Visit who=johnson at=00:00" },
    { "visit johnson 13pm", "Visit who=johnson notes=13pm" },
    /* Days ahead. */
    { "x; send sat", "- who=x then=send due=2026-11-28" },
    { "x; send next fri", "- who=x then=send due=2026-11-27" },
    { "x; send next sun", "- who=x then=send due=2026-11-29" },
    { "x; tomorrow call the ward", "- who=x then=call the ward due=2026-11-22" },
    { "x; send paper in 3 days", "- who=x then=send paper due=2026-11-24" },
    { "x; send paper in two weeks; ring by 3/14", "- who=x then=send paper due=2026-12-05 then=ring due=2027-03-14" },
    { "x; in a month", "- who=x then= due=2026-12-21" },
    { "x; watch the monitor", "- who=x then=watch the monitor" },
    { "x; call mon office", "- who=x then=call mon office" },
    { "x; next month", "- who=x then= due=2026-12-01" },
  };

  check_examples ("en", TRUE, examples, G_N_ELEMENTS (examples));
}

static void
test_day_first (void)
{
  static const Example examples[] = {
    { "visit johnson 12/3/2021", "Visit who=johnson on=2021-03-12" },
    { "visit johnson 14/3", "Visit who=johnson on=2026-03-14" },
    { "visit johnson 3/14", "Visit who=johnson notes=3/14" },
  };

  check_examples ("en", FALSE, examples, G_N_ELEMENTS (examples));
}

static void
test_german (void)
{
  static const Example examples[] = {
    { "Besuch M\303\274ller 20m Dosierung; Artikel schicken Fr",
      "Visit who=M\303\274ller min=20 notes=Dosierung then=Artikel schicken due=2026-11-27" },
    { "besuch bei Dr. M\303\274ller gestern um 15 Uhr Dosis besprochen",
      "Visit who=M\303\274ller on=2026-11-20 at=15:00 notes=Dosis besprochen" },
    { "Anruf miller 14.3. 1 Std.", "Call who=miller min=60 on=2026-03-14" },
    { "Anruf miller 14. M\303\244rz 2025", "Call who=miller on=2025-03-14" },
    { "Besuch miller vor drei Tagen", "Visit who=miller on=2026-11-18" },
    { "Besuch miller n\303\244chste", "Visit who=miller notes=n\303\244chste" },
    { "x; melden n\303\244chste Woche", "- who=x then=melden due=2026-11-23" },
    { "x; melden am n\303\244chsten Do", "- who=x then=melden due=2026-11-26" },
    { "x; \303\274bermorgen anrufen", "- who=x then=anrufen due=2026-11-23" },
    { "x; in 2 Wochen nachfragen", "- who=x then=nachfragen due=2026-12-05" },
    /* "so" is a word before it is a Sunday. */
    { "x; mach das so", "- who=x then=mach das so" },
    { "x; anrufen So", "- who=x then=anrufen due=2026-11-22" },
    { "Besuch miller nicht erschienen", "Visit who=miller no-show" },
    { "Besuch miller Montage der Pumpe", "Visit who=miller notes=Montage der Pumpe" },
    { "Besuch miller Muster abgegeben", "Visit who=miller outcome=left_material" },
    { "virtuell miller 1,5h", "Virtual who=miller min=90" },
  };

  check_examples ("de", FALSE, examples, G_N_ELEMENTS (examples));
}

/* --- Whatever is typed --- */

static const char *const pieces[] = {
  "visit",
  "call",
  "johnson",
  "Anna",
  "Bell",
  "+",
  "and",
  "20m",
  "1h30",
  "yesterday",
  "fri",
  "3pm",
  "15:00",
  "at",
  "on",
  "next",
  "week",
  "in",
  "3",
  "days",
  "ago",
  "14.3.",
  "3/14",
  "march",
  ",",
  "dosing,",
  ";",
  "a;b",
  "no",
  "show",
  "(well)",
  "\"so\"",
  "monitor",
  "\303\274ber",
  "\360\237\231\202",
  "Dr.",
  "with",
  "met",
  "left material",
  "...",
  ":",
  "12:99",
  "1e9",
  "0",
  "\n",
  "\t",
  "last",
};

static gboolean
is_separator (gunichar c)
{
  return g_unichar_isspace (c) || c == ';';
}

/* Each character that is no blank and no ";" is in one part, and what the parts hold as text is what they cover. */
static void
check_coverage (const char *text, const RoundsVisitLine *line)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gsize at = (gsize) (p - text);
      guint parts = 0;

      for (guint i = 0; i < line->parts->len; i++)
        {
          const RoundsLinePart *part = &g_array_index (line->parts, RoundsLinePart, i);

          g_assert_cmpuint (part->start, <, part->end);
          parts += part->start <= at && at < part->end;
        }
      if (is_separator (g_utf8_get_char (p)))
        g_assert_cmpuint (parts, <=, 1);
      else
        g_assert_cmpuint (parts, ==, 1);
    }
}

static const char *
get_text_of (const RoundsVisitLine *line, RoundsLinePartKind kind, guint nth)
{
  if (kind == ROUNDS_LINE_NOTES)
    return line->notes;
  for (guint i = 0; i < line->follow_ups->len; i++)
    {
      const RoundsLineFollowUp *follow_up = line->follow_ups->pdata[i];

      if (follow_up->text != NULL && nth-- == 0)
        return follow_up->text;
    }
  return NULL;
}

/* Notes and follow-ups are kept word for word; only the comma before a tail goes. */
static void
check_texts (const char *text, const RoundsVisitLine *line)
{
  guint n_follow_ups = 0;

  for (guint i = 0; i < line->parts->len; i++)
    {
      const RoundsLinePart *part = &g_array_index (line->parts, RoundsLinePart, i);
      g_autofree char *covered = g_strndup (text + part->start, part->end - part->start);
      const char *kept;

      if (part->kind != ROUNDS_LINE_NOTES && part->kind != ROUNDS_LINE_FOLLOW_UP)
        continue;
      kept = get_text_of (line, part->kind, part->kind == ROUNDS_LINE_FOLLOW_UP ? n_follow_ups++ : 0);
      g_assert_nonnull (kept);
      g_assert_true (g_str_has_prefix (covered, kept));
      g_assert_cmpuint (strlen (covered) - strlen (kept), <=, 1);
    }
}

static void
test_nothing_is_dropped (void)
{
  static const char *const languages[] = { "en", "de" };
  guint n_rounds = g_test_quick () ? 20000 : 200000;

  for (guint l = 0; l < G_N_ELEMENTS (languages); l++)
    {
      g_autoptr (RoundsPhrases) phrases = rounds_phrases_new (languages[l]);
      RoundsLineContext context;

      context_init (&context, phrases, TRUE);
      for (guint i = 0; i < n_rounds; i++)
        {
          g_autoptr (GString) text = g_string_new (NULL);
          g_autoptr (RoundsVisitLine) line = NULL;
          int n = g_test_rand_int_range (0, 14);

          for (int k = 0; k < n; k++)
            {
              g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
              if (g_test_rand_int_range (0, 8) > 0)
                g_string_append_c (text, ' ');
            }
          line = rounds_visit_line_parse (text->str, &context, g_test_rand_bit () ? match_name : NULL, NULL, NULL);
          check_coverage (text->str, line);
          check_texts (text->str, line);
          g_assert_cmpint (line->duration, <=, 1440);
          g_assert_cmpint (line->when.minute, <, 1440);
        }
    }
}

static gboolean
fail_to_match (const char *const *words, guint n_words, guint *n_known, gpointer data, GError **error)
{
  ++*(guint *) data;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The disk is broken.");
  return FALSE;
}

/* Not a visit to somebody whom nobody knows: whoever looks for the names is asked once, and heard. */
static void
test_matching_fails (void)
{
  g_autoptr (RoundsPhrases) phrases = rounds_phrases_new ("en");
  g_autoptr (RoundsVisitLine) line = NULL;
  g_autoptr (GError) error = NULL;
  RoundsLineContext context;
  guint n_asked = 0;

  context_init (&context, phrases, TRUE);
  line = rounds_visit_line_parse ("visit johnson and bell 20m; call miller", &context, fail_to_match, &n_asked, &error);
  g_assert_null (line);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpuint (n_asked, ==, 1);
}

/* Every language's file knows what the parser asks for. */
static void
test_languages (void)
{
  static const char *const languages[] = { "en", "de" };

  for (guint l = 0; l < G_N_ELEMENTS (languages); l++)
    {
      g_autoptr (RoundsPhrases) phrases = rounds_phrases_new (languages[l]);
      g_autoptr (RoundsPhrases) local = rounds_phrases_new_for_locale ();

      g_assert_cmpstr (rounds_phrases_get_language (phrases), ==, languages[l]);
      g_assert_nonnull (local);
    }
  g_assert_null (rounds_phrases_new ("xx"));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schedule/visit-line/english", test_english);
  g_test_add_func ("/schedule/visit-line/day-first", test_day_first);
  g_test_add_func ("/schedule/visit-line/german", test_german);
  g_test_add_func ("/schedule/visit-line/nothing-is-dropped", test_nothing_is_dropped);
  g_test_add_func ("/schedule/visit-line/matching-fails", test_matching_fails);
  g_test_add_func ("/schedule/visit-line/languages", test_languages);

  return g_test_run ();
}
