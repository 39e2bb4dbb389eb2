/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A word or one punctuation mark with the blanks before it, so that text added at the end leaves what was there as it
 * was. */
typedef struct
{
  const char *text; /* into the text itself */
  gsize length;
  gsize blanks; /* so many bytes of it */
  guint id;     /* equal for what counts as equal */
} RoundsToken;

/* What tokens are compared by. */
typedef enum
{
  ROUNDS_WORDS_ALONE,
  ROUNDS_WORDS_WITH_BLANKS, /* and by the blanks before them */
} RoundsWordsComparison;

typedef struct
{
  guint begin;
  guint end;
} RoundsTokenRange;

typedef struct
{
  RoundsTokenRange base;
  RoundsTokenRange side;
} RoundsTokenHunk;

#define ROUNDS_TOKEN(tokens, i) (&g_array_index ((tokens), RoundsToken, (i)))

gboolean rounds_words_is_letter (gunichar c);
GHashTable *rounds_words_ids_new (void);
GArray *rounds_words_split (const char *text, RoundsWordsComparison comparison, GHashTable *ids);
gboolean rounds_words_same (GArray *a, guint i, GArray *b, guint j);
char *rounds_words_dup_range (GArray *tokens, RoundsTokenRange range);
GArray *rounds_words_find_hunks (GArray *base, GArray *side);

G_END_DECLS
