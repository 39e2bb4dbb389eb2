/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_WORDS_KEPT,
  ROUNDS_WORDS_REMOVED,
  ROUNDS_WORDS_ADDED,
} RoundsWordChange;

/** RoundsWordRun: a stretch of one of two texts that were compared. */
typedef struct
{
  RoundsWordChange change;
  const char *text; /* (not owned) into the older text where it was removed, else into the newer one; blanks that stand
                       before a word belong to it */
  gsize length;     /* in bytes, more than 0 */
} RoundsWordRun;

GArray *rounds_word_diff (const char *before, const char *after);

G_END_DECLS
