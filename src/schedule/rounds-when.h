/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-line-words.h"

G_BEGIN_DECLS

/* What may be said in an entry. */
typedef enum
{
  ROUNDS_WHEN_DAY,
  ROUNDS_WHEN_TIME,
  ROUNDS_WHEN_MOMENT, /* a day, a time, or both */
} RoundsWhenKind;

gboolean rounds_when_parse (RoundsWhen *self, const char *text, const RoundsLineContext *context, RoundsWhenKind kind,
                            RoundsTense tense);
gint64 rounds_when_resolve (const RoundsWhen *self, const RoundsLineContext *context, gint64 now, const char *zone);

char *rounds_when_format_day (const GDate *day);
char *rounds_when_format_time (int minute);
char *rounds_when_format_hour (int hour);

G_END_DECLS
