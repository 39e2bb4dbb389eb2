/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Promises in notes (N14): "I will send the paper by Friday." What begins one and what is promised is data
 * of the language; a sentence that says that something will not be done, or that others do it, is none. */

#include "config.h"

#include "rounds-promise.h"

#include <string.h>

/* More than anybody promises at once; a pasted text is no list of promises. */
#define MOST_PROMISES 5

static void
promise_free (RoundsPromise *self)
{
  g_free (self->text);
  g_free (self);
}

static void
free_promise (gpointer promise)
{
  promise_free (promise);
}

/* Whether the sentence ends with this word. */
static gboolean
ends_sentence (const RoundsLineWord *word, const char *notes, gsize next)
{
  return word->after == '.' || word->after == '!' || word->after == '?' || word->after == ';'
         || memchr (notes + word->end, '\n', next - word->end) != NULL;
}

/* Returns: behind the last word of the sentence that the word at @i is in */
static guint
find_end (const RoundsLineWords *words, const char *notes, guint i)
{
  guint n = rounds_line_words_get_n (words);

  for (; i + 1 < n; i++)
    if (ends_sentence (rounds_line_words_get (words, i), notes, rounds_line_words_get (words, i + 1)->start))
      break;
  return i + 1;
}

/* Whether one of the words in [@i, @end) begins a phrase of this kind, and which. */
static gboolean
find_phrase (const RoundsLineContext *context, const RoundsLineWords *words, RoundsPhraseKind kind, guint i, guint end,
             guint *at)
{
  for (; i < end; i++)
    if (rounds_line_words_match (words, context->phrases, kind, i, NULL) > 0)
      {
        *at = i;
        return TRUE;
      }
  return FALSE;
}

/* Others' promises are theirs, as in reported speech: "er werde sich melden". */
static gboolean
is_of_others (const RoundsLineContext *context, const RoundsLineWords *words, guint i, guint start_length)
{
  return (i > 0 && rounds_line_words_match (words, context->phrases, ROUNDS_PHRASE_OTHERS, i - 1, NULL) == 1)
         || rounds_line_words_match (words, context->phrases, ROUNDS_PHRASE_OTHERS, i + start_length, NULL) == 1;
}

/* @i: the start */
static gboolean
is_promise (const RoundsLineContext *context, const RoundsLineWords *words, guint i, guint start_length, guint end,
            guint *verb)
{
  guint reach = rounds_phrases_get_promise_reach (context->phrases);
  guint first = i + start_length;
  guint last = reach == 0 ? end : MIN (end, first + reach);
  guint denial;

  /* The start may hold its verb, as "ich schicke" does. */
  if (reach == 0)
    first = i;
  return !is_of_others (context, words, i, start_length)
         && find_phrase (context, words, ROUNDS_PHRASE_PROMISE_VERB, first, last, verb)
         && !find_phrase (context, words, ROUNDS_PHRASE_NOT, i, reach == 0 ? end : *verb + 1, &denial);
}

static void
set_due (const RoundsLineContext *context, const RoundsLineWords *words, guint i, guint end, RoundsPromise *promise)
{
  for (; i < end && !promise->has_due; i++)
    promise->has_due = rounds_line_match_date (context, words, i, ROUNDS_TENSE_FUTURE, &promise->due) > 0;
}

/* From what is promised on, or all that follows the start where the verb comes last. */
static RoundsPromise *
make_promise (const char *notes, const RoundsLineContext *context, const RoundsLineWords *words, guint i,
              guint start_length, guint verb, guint end)
{
  RoundsPromise *promise = g_new0 (RoundsPromise, 1);
  gboolean verb_first = rounds_phrases_get_promise_reach (context->phrases) > 0;
  guint first = verb_first ? verb : verb < i + start_length ? verb : i + start_length;
  const RoundsLineWord *last = rounds_line_words_get (words, end - 1);
  gsize length;

  promise->start = rounds_line_words_get (words, i)->start;
  promise->end = last->end;
  promise->text = g_strndup (notes + rounds_line_words_get (words, first)->start,
                             last->end - rounds_line_words_get (words, first)->start);
  for (length = strlen (promise->text); length > 0 && strchr (".!?;,", promise->text[length - 1]) != NULL;)
    promise->text[--length] = '\0';
  set_due (context, words, first, end, promise);
  return promise;
}

/**
 * rounds_promise_find:
 * @notes: a note
 * @context: what its meaning depends on
 *
 * A pure function. One promise a sentence, and no more than a few.
 *
 * Returns: (transfer full) (element-type RoundsPromise): the promises in the note's order
 */
GPtrArray *
rounds_promise_find (const char *notes, const RoundsLineContext *context)
{
  GPtrArray *promises = g_ptr_array_new_with_free_func (free_promise);
  g_auto (RoundsLineWords) words = { NULL, NULL };
  guint i = 0;

  rounds_line_words_init (&words, notes, 0, strlen (notes));
  while (i < rounds_line_words_get_n (&words) && promises->len < MOST_PROMISES)
    {
      guint n = rounds_line_words_match (&words, context->phrases, ROUNDS_PHRASE_PROMISE_START, i, NULL);
      guint end, verb;

      if (n == 0)
        {
          i++;
          continue;
        }
      end = find_end (&words, notes, i + n - 1);
      if (is_promise (context, &words, i, n, end, &verb))
        {
          g_ptr_array_add (promises, make_promise (notes, context, &words, i, n, verb, end));
          i = end;
        }
      else
        i += n;
    }
  return promises;
}
