/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-line-words.h"

G_BEGIN_DECLS

/** RoundsPromise: a sentence of a note in which its writer promises something. */
typedef struct
{
  gsize start; /* of the sentence in the note, in bytes */
  gsize end;
  char *text;       /* (owned): what was promised, in the note's words */
  gboolean has_due; /* the sentence names a day */
  GDate due;
} RoundsPromise;

GPtrArray *rounds_promise_find (const char *notes, const RoundsLineContext *context);

G_END_DECLS
