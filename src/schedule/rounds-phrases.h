/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RoundsPhrases:
 *
 * The words of one language that a short text about a visit may hold: kinds of interaction, days, months, durations,
 * what begins a promise. Data, one file a language (phrases/). Not changed once it is made, so that threads may share
 * it.
 */
typedef struct _RoundsPhrases RoundsPhrases;

/* What a phrase is; beside it, what its value says. */
typedef enum
{
  ROUNDS_PHRASE_TYPE,            /* text: the wire value of interaction_type */
  ROUNDS_PHRASE_OUTCOME,         /* text: the wire value of outcome, or "no_show" */
  ROUNDS_PHRASE_WEEKDAY,         /* 1 to 7, Monday is 1 */
  ROUNDS_PHRASE_WEEKDAY_CAPITAL, /* the same, with a capital letter alone */
  ROUNDS_PHRASE_MONTH,           /* 1 to 12 */
  ROUNDS_PHRASE_DAY,             /* days from today */
  ROUNDS_PHRASE_UNIT,            /* days; 30: a month */
  ROUNDS_PHRASE_DURATION,        /* minutes */
  ROUNDS_PHRASE_NUMBER,
  ROUNDS_PHRASE_NEXT,
  ROUNDS_PHRASE_LAST,
  ROUNDS_PHRASE_IN,
  ROUNDS_PHRASE_AGO,    /* behind: "3 days ago" */
  ROUNDS_PHRASE_BEFORE, /* in front: "vor 3 Tagen" */
  ROUNDS_PHRASE_AT,
  ROUNDS_PHRASE_ON,
  ROUNDS_PHRASE_CLOCK,
  ROUNDS_PHRASE_AM,
  ROUNDS_PHRASE_PM,
  ROUNDS_PHRASE_AND,
  ROUNDS_PHRASE_WITH,
  ROUNDS_PHRASE_TITLE,
  ROUNDS_PHRASE_ORDINAL,
  ROUNDS_PHRASE_PROMISE_START,
  ROUNDS_PHRASE_PROMISE_VERB,
  ROUNDS_PHRASE_NOT,
  ROUNDS_PHRASE_OTHERS, /* beside the start of a promise: it is not the writer's */
  ROUNDS_N_PHRASES,
} RoundsPhraseKind;

typedef struct
{
  const char *text; /* what the phrase stands for, as its file says it */
  int number;       /* the same as a number; 0 if it is none */
} RoundsPhraseValue;

RoundsPhrases *rounds_phrases_new (const char *language);
RoundsPhrases *rounds_phrases_new_for_locale (void);
void rounds_phrases_free (RoundsPhrases *self);
const char *rounds_phrases_get_language (const RoundsPhrases *self);
gboolean rounds_phrases_has_capital_names (const RoundsPhrases *self);
guint rounds_phrases_get_promise_reach (const RoundsPhrases *self);
guint rounds_phrases_match (const RoundsPhrases *self, RoundsPhraseKind kind, const char *const *words, guint n_words,
                            RoundsPhraseValue *value);
gboolean rounds_locale_is_month_first (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsPhrases, rounds_phrases_free)

G_END_DECLS
