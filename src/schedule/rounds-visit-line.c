/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-visit-line.h"

#include <string.h>

/* Words that are offered as a name at once. */
#define MOST_NAME_WORDS 5

/* Words of a name that nobody has, where a comma or a colon ends it. */
#define MOST_UNKNOWN_WORDS 4

/* One half of the line while it is read. */
typedef struct
{
  RoundsVisitLine *line;
  const RoundsLineContext *context;
  const char *text; /* the whole line */
  const RoundsLineWords *words;
  RoundsNameFunc match_name; /* (nullable) */
  gpointer data;
  GError *error; /* (owned) (nullable) that of match_name, which is not asked again then */
} Reader;

static void
follow_up_free (gpointer data)
{
  RoundsLineFollowUp *self = data;

  g_free (self->text);
  g_free (self);
}

static const RoundsLineWord *
get_word (const Reader *self, guint i)
{
  return rounds_line_words_get (self->words, i);
}

static guint
get_n_words (const Reader *self)
{
  return rounds_line_words_get_n (self->words);
}

static guint
match (const Reader *self, RoundsPhraseKind kind, guint i, RoundsPhraseValue *value)
{
  return rounds_line_words_match (self->words, self->context->phrases, kind, i, value);
}

/* The words from @i on, @n of them, are a part of the line. */
static void
add_part (const Reader *self, RoundsLinePartKind kind, guint i, guint n)
{
  RoundsLinePart part = { kind, get_word (self, i)->start, get_word (self, i + n - 1)->end };

  g_array_append_val (self->line->parts, part);
}

/* Returns: (transfer full): the words as they are written, the blanks between them too */
static char *
dup_words (const Reader *self, guint i, guint n)
{
  gsize start = get_word (self, i)->start;

  return g_strndup (self->text + start, get_word (self, i + n - 1)->end - start);
}

/* --- What stands before the notes --- */

static guint
read_duration (Reader *self, guint i)
{
  int minutes;
  guint n = self->line->duration < 0 ? rounds_line_match_duration (self->context, self->words, i, &minutes) : 0;

  if (n == 0)
    return 0;
  self->line->duration = minutes;
  add_part (self, ROUNDS_LINE_DURATION, i, n);
  return n;
}

static guint
read_date (Reader *self, guint i)
{
  GDate date;
  guint n =
    !self->line->when.has_date ? rounds_line_match_date (self->context, self->words, i, ROUNDS_TENSE_PAST, &date) : 0;

  if (n == 0)
    return 0;
  self->line->when.has_date = TRUE;
  self->line->when.date = date;
  add_part (self, ROUNDS_LINE_DATE, i, n);
  return n;
}

static guint
read_time (Reader *self, guint i)
{
  int minute;
  guint n = self->line->when.minute < 0 ? rounds_line_match_time (self->context, self->words, i, &minute) : 0;

  if (n == 0)
    return 0;
  self->line->when.minute = minute;
  add_part (self, ROUNDS_LINE_TIME, i, n);
  return n;
}

static guint
read_outcome (Reader *self, guint i)
{
  RoundsPhraseValue value;
  guint n = self->line->outcome == NULL && !self->line->no_show ? match (self, ROUNDS_PHRASE_OUTCOME, i, &value) : 0;

  if (n == 0)
    return 0;
  if (g_str_equal (value.text, "no_show"))
    self->line->no_show = TRUE;
  else
    self->line->outcome = value.text;
  add_part (self, ROUNDS_LINE_OUTCOME, i, n);
  return n;
}

/* Durations before times, as "1h" is one, and times before days, as "15:00" is none. */
static guint
read_fact (Reader *self, guint i)
{
  guint n = read_duration (self, i);

  if (n == 0)
    n = read_time (self, i);
  if (n == 0)
    n = read_date (self, i);
  return n > 0 ? n : read_outcome (self, i);
}

/* Whether a fact could be read at @i, or the words end there. */
static gboolean
is_border (const Reader *self, guint i)
{
  int number;
  GDate date;

  return i >= get_n_words (self) || rounds_line_match_duration (self->context, self->words, i, &number) > 0
         || rounds_line_match_time (self->context, self->words, i, &number) > 0
         || rounds_line_match_date (self->context, self->words, i, ROUNDS_TENSE_PAST, &date) > 0
         || match (self, ROUNDS_PHRASE_OUTCOME, i, NULL) > 0;
}

static gboolean
is_parted_after (const Reader *self, guint i)
{
  char after = get_word (self, i)->after;

  return after == ',' || after == ':';
}

/* "visit johnson 20m" and "johnson visit 20m", but "johnson call back" has a note that begins with "call". */
static guint
read_type (Reader *self, guint i)
{
  RoundsPhraseValue value;
  guint n = self->line->type == NULL ? match (self, ROUNDS_PHRASE_TYPE, i, &value) : 0;

  if (n == 0 || (self->line->names->len > 0 && !is_parted_after (self, i + n - 1) && !is_border (self, i + n)))
    return 0;
  self->line->type = value.text;
  add_part (self, ROUNDS_LINE_TYPE, i, n);
  return n;
}

/* --- Names --- */

static gboolean
has_letter (const char *word)
{
  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalpha (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/* How many words from @i on may be a name, at most; a comma or a fact ends it. */
static guint
measure_name (const Reader *self, guint i)
{
  guint n = 0;

  while (n < MOST_NAME_WORDS && !is_border (self, i + n) && has_letter (get_word (self, i + n)->core)
         && match (self, ROUNDS_PHRASE_AND, i + n, NULL) == 0)
    if (is_parted_after (self, i + n++))
      break;
  return n;
}

/* A name that nobody has is one word; more where a comma ends it, or where capital letters tell. */
static guint
guess_name (const Reader *self, guint i, guint most)
{
  guint n = 1;

  if (most > 1 && most <= MOST_UNKNOWN_WORDS && is_parted_after (self, i + most - 1))
    return most;
  while (n < most && rounds_phrases_has_capital_names (self->context->phrases) && get_word (self, i)->is_capital
         && get_word (self, i + n)->is_capital)
    n++;
  return n;
}

static guint
ask_for_name (Reader *self, guint i, guint most)
{
  const char *words[MOST_NAME_WORDS + 1] = { NULL };
  guint n_known = 0;

  if (self->match_name == NULL || self->error != NULL)
    return 0;
  for (guint k = 0; k < most; k++)
    words[k] = get_word (self, i + k)->core;
  if (!self->match_name (words, most, &n_known, self->data, &self->error))
    return 0;
  return MIN (n_known, most);
}

/* @known_only: whether a name that nobody has is none */
static guint
read_one_name (Reader *self, guint i, gboolean known_only)
{
  guint titles = 0, most, n;

  while (match (self, ROUNDS_PHRASE_TITLE, i + titles, NULL) == 1)
    titles++;
  most = measure_name (self, i + titles);
  if (most == 0)
    return 0;
  n = ask_for_name (self, i + titles, most);
  if (n == 0 && known_only && titles == 0)
    return 0;
  if (n == 0)
    n = guess_name (self, i + titles, most);
  if (titles > 0)
    add_part (self, ROUNDS_LINE_GLUE, i, titles);
  g_ptr_array_add (self->line->names, dup_words (self, i + titles, n));
  add_part (self, ROUNDS_LINE_NAME, i + titles, n);
  return titles + n;
}

/* The names' punctuation is not theirs. */
static void
trim_names (RoundsVisitLine *line)
{
  for (guint i = 0; i < line->names->len; i++)
    {
      char *name = line->names->pdata[i];
      gsize length = strlen (name);

      while (length > 0 && strchr (",:;!?", name[length - 1]) != NULL)
        name[--length] = '\0';
    }
}

/* "johnson", "with Dr. Johnson and Miller". */
static guint
read_names (Reader *self, guint i)
{
  guint lead = match (self, ROUNDS_PHRASE_WITH, i, NULL);
  guint first_part = self->line->parts->len;
  guint n, total;

  if (self->line->names->len > 0)
    return 0;
  n = read_one_name (self, i + lead, FALSE);
  if (n == 0)
    return 0;
  if (lead > 0)
    {
      RoundsLinePart part = { ROUNDS_LINE_GLUE, get_word (self, i)->start, get_word (self, i + lead - 1)->end };

      g_array_insert_val (self->line->parts, first_part, part);
    }

  for (total = lead + n;; total += lead + n)
    {
      guint before = self->line->parts->len;
      RoundsLinePart part;

      lead = match (self, ROUNDS_PHRASE_AND, i + total, NULL);
      if (lead == 0)
        return total;
      part = (RoundsLinePart) { ROUNDS_LINE_GLUE, get_word (self, i + total)->start,
                                get_word (self, i + total + lead - 1)->end };
      /* "+" is nothing but a sign for one more; "and" may begin a note. */
      n = read_one_name (self, i + total + lead, !g_str_equal (get_word (self, i + total)->core, "+"));
      if (n == 0)
        return total;
      g_array_insert_val (self->line->parts, before, part);
    }
}

/* --- The report --- */

/* Returns: where the notes begin */
static guint
read_head (Reader *self)
{
  guint i = 0;

  while (i < get_n_words (self))
    {
      guint n = read_type (self, i);

      if (n == 0)
        n = read_fact (self, i);
      if (n == 0)
        n = read_names (self, i);
      if (n == 0)
        break;
      i += n;
    }
  return i;
}

/* Whether all words from @i on are facts that the line has not said yet; if so they are read. */
static gboolean
read_tail (Reader *self, guint i)
{
  g_autoptr (GArray) parts = g_array_copy (self->line->parts);
  RoundsVisitLine before = *self->line;

  while (i < get_n_words (self))
    {
      guint n = read_fact (self, i);

      if (n == 0)
        {
          g_array_set_size (self->line->parts, 0);
          g_array_append_vals (self->line->parts, parts->data, parts->len);
          *self->line = before;
          return FALSE;
        }
      i += n;
    }
  return TRUE;
}

/* Returns: behind which comma after @i there are facts alone, which are read; 0: there is none */
static guint
read_last_facts (Reader *self, guint i)
{
  for (guint k = i; k + 1 < get_n_words (self); k++)
    if (get_word (self, k)->after == ',' && read_tail (self, k + 1))
      return k + 1;
  return 0;
}

static void
read_report (Reader *self)
{
  guint first = read_head (self);
  guint n = get_n_words (self);
  guint tail, end;

  if (first >= n)
    return;
  tail = read_last_facts (self, first);
  end = tail > 0 ? tail : n;
  self->line->notes = dup_words (self, first, end - first);
  if (tail > 0 && g_str_has_suffix (self->line->notes, ","))
    self->line->notes[strlen (self->line->notes) - 1] = '\0';
  add_part (self, ROUNDS_LINE_NOTES, first, end - first);
}

/* --- Follow-ups --- */

/* Finds the day at the start or the end. Returns: how many words it takes; 0: there is none */
static guint
find_due (const Reader *self, guint *at, GDate *due)
{
  guint n_words = get_n_words (self);
  guint n = rounds_line_match_date (self->context, self->words, 0, ROUNDS_TENSE_FUTURE, due);

  *at = 0;
  if (n > 0)
    return n;
  for (guint i = 1; i < n_words; i++)
    {
      n = rounds_line_match_date (self->context, self->words, i, ROUNDS_TENSE_FUTURE, due);
      if (n > 0 && i + n == n_words)
        {
          *at = i;
          return n;
        }
    }
  return 0;
}

static void
read_follow_up (Reader *self)
{
  RoundsLineFollowUp *follow_up;
  guint n_words = get_n_words (self);
  guint at, n, first, n_text;
  GDate due;

  if (n_words == 0)
    return;
  follow_up = g_new0 (RoundsLineFollowUp, 1);
  n = find_due (self, &at, &due);
  follow_up->has_due = n > 0;
  if (n > 0)
    follow_up->due = due;
  first = n > 0 && at == 0 ? n : 0;
  n_text = n_words - n;
  if (n > 0 && at == 0)
    add_part (self, ROUNDS_LINE_DUE, 0, n);
  if (n_text > 0)
    {
      follow_up->text = dup_words (self, first, n_text);
      add_part (self, ROUNDS_LINE_FOLLOW_UP, first, n_text);
    }
  if (n > 0 && at > 0)
    add_part (self, ROUNDS_LINE_DUE, at, n);
  g_ptr_array_add (self->line->follow_ups, follow_up);
}

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  gsize first = ((const RoundsLinePart *) a)->start;
  gsize second = ((const RoundsLinePart *) b)->start;

  return (first > second) - (first < second);
}

/**
 * rounds_visit_line_parse:
 * @line: what was typed, UTF-8
 * @context: what its meaning depends on
 * @match_name: (nullable) (scope call): who is there; without it the first word that may be a name is one
 * @data: for @match_name
 * @error: (out) (optional): that of @match_name
 *
 * Reads a line by the grammar above. Whatever is typed, nothing of it is dropped, and nothing fails but @match_name.
 * But for that a pure function.
 *
 * Returns: (transfer full): what it says; %NULL on error, of which there is none without @match_name
 */
RoundsVisitLine *
rounds_visit_line_parse (const char *line, const RoundsLineContext *context, RoundsNameFunc match_name, gpointer data,
                         GError **error)
{
  g_autoptr (RoundsVisitLine) self = g_new0 (RoundsVisitLine, 1);
  gsize length = strlen (line);

  self->duration = -1;
  self->when.minute = -1;
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->follow_ups = g_ptr_array_new_with_free_func (follow_up_free);
  self->parts = g_array_new (FALSE, FALSE, sizeof (RoundsLinePart));
  for (gsize start = 0; start <= length;)
    {
      const char *semicolon = strchr (line + start, ';');
      gsize end = semicolon != NULL ? (gsize) (semicolon - line) : length;
      g_auto (RoundsLineWords) words = { NULL, NULL };
      Reader reader = { self, context, line, &words, match_name, data, NULL };

      rounds_line_words_init (&words, line, start, end);
      if (start == 0)
        read_report (&reader);
      else
        read_follow_up (&reader);
      if (reader.error != NULL)
        {
          g_propagate_error (error, reader.error);
          return NULL;
        }
      start = end + 1;
    }
  trim_names (self);
  g_array_sort (self->parts, compare_parts);
  return g_steal_pointer (&self);
}

/** rounds_visit_line_free: frees @self. */
void
rounds_visit_line_free (RoundsVisitLine *self)
{
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->follow_ups);
  g_array_unref (self->parts);
  g_free (self->notes);
  g_free (self);
}
