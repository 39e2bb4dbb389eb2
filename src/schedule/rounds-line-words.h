/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-phrases.h"

G_BEGIN_DECLS

/**
 * RoundsLineWord: a word of a text, whatever stands between blanks.
 * @start: where it begins in the text, in bytes
 * @end: where it ends, punctuation and all
 * @core: (owned): without the punctuation around it
 * @folded: (owned): @core in lower case without accents
 * @after: the punctuation behind it that parts what follows from it (",", ":", ";", ".", "!", "?"); 0: none
 * @is_capital: whether it begins with a capital letter
 */
typedef struct
{
  gsize start;
  gsize end;
  char *core;
  char *folded;
  char after;
  gboolean is_capital;
} RoundsLineWord;

/** RoundsLineWords: the words of a text in order. */
typedef struct
{
  GArray *words;       /* (owned) of RoundsLineWord */
  const char **folded; /* (owned): the folded words again, as phrases are matched against them */
} RoundsLineWords;

/** RoundsWhen: what a phrase such as "tomorrow", "14.3." or "fri 3pm" says. */
typedef struct
{
  gboolean has_date;
  GDate date;
  int minute; /* of the day; -1: it says no time */
} RoundsWhen;

/* Which year or week is meant where a phrase leaves that open. */
typedef enum
{
  ROUNDS_TENSE_PAST,
  ROUNDS_TENSE_FUTURE,
} RoundsTense;

/** RoundsLineContext: what the meaning of a text depends on beside its words. */
typedef struct
{
  const RoundsPhrases *phrases;
  GDate today;
  gboolean month_first;     /* 3/14 is in March */
  gboolean day_with_points; /* days are written with points and times are not, so that 10.11 is in November */
  gboolean is_entry;        /* it is a day or a time and nothing else, so that "930" is a time, and "so" a Sunday */
  char halves[2][24];       /* what the locale has for AM and PM, as rounds_line_squeeze() leaves it; "": nothing */
} RoundsLineContext;

void rounds_line_context_init_now (RoundsLineContext *self, const RoundsPhrases *phrases);
char *rounds_line_squeeze (const char *text);

void rounds_line_words_init (RoundsLineWords *self, const char *text, gsize start, gsize end);
void rounds_line_words_clear (RoundsLineWords *self);
guint rounds_line_words_get_n (const RoundsLineWords *self);
const RoundsLineWord *rounds_line_words_get (const RoundsLineWords *self, guint i);
guint rounds_line_words_match (const RoundsLineWords *self, const RoundsPhrases *phrases, RoundsPhraseKind kind,
                               guint i, RoundsPhraseValue *value);

guint rounds_line_match_date (const RoundsLineContext *context, const RoundsLineWords *words, guint i,
                              RoundsTense tense, GDate *date);
guint rounds_line_match_short_date (const RoundsLineContext *context, const RoundsLineWords *words, guint i,
                                    RoundsTense tense, GDate *date);
guint rounds_line_match_time (const RoundsLineContext *context, const RoundsLineWords *words, guint i, int *minute);
guint rounds_line_match_duration (const RoundsLineContext *context, const RoundsLineWords *words, guint i,
                                  int *minutes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsLineWords, rounds_line_words_clear)

G_END_DECLS
