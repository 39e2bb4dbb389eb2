/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ROUNDS_SECOND G_GINT64_CONSTANT (1000)
#define ROUNDS_MINUTE (60 * ROUNDS_SECOND)
#define ROUNDS_HOUR (60 * ROUNDS_MINUTE)
#define ROUNDS_DAY (24 * ROUNDS_HOUR)

gint64 rounds_time_now (void);
gboolean rounds_instant_parse (const char *text, gint64 *instant);
char *rounds_instant_to_string (gint64 instant);
GDateTime *rounds_instant_to_local (gint64 instant, GTimeZone *zone);
gboolean rounds_date_is_valid (const char *text);
gboolean rounds_local_time_is_valid (const char *text);

G_END_DECLS
