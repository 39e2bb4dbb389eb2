/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** RoundsInterval: the instants from start to before end (ms UTC); touching intervals have nothing in common. */
typedef struct
{
  gint64 start;
  gint64 end;
} RoundsInterval;

/** RoundsDayRange: days in a row. */
typedef struct
{
  GDate first;
  guint n_days;
} RoundsDayRange;

gboolean rounds_interval_overlaps (const RoundsInterval *a, const RoundsInterval *b);

void rounds_day_range_init_month (RoundsDayRange *self, const GDate *day, GDateWeekday first_weekday);
void rounds_day_range_init_week (RoundsDayRange *self, const GDate *day, GDateWeekday first_weekday);
void rounds_day_range_init_days (RoundsDayRange *self, const GDate *first, guint n_days);
gboolean rounds_day_range_equal (const RoundsDayRange *a, const RoundsDayRange *b);
gboolean rounds_day_range_contains (const RoundsDayRange *self, const GDate *day);
void rounds_day_range_get_day (const RoundsDayRange *self, guint index, GDate *day);
int rounds_day_range_get_index (const RoundsDayRange *self, const GDate *day);
void rounds_day_range_get_interval (const RoundsDayRange *self, const char *zone, RoundsInterval *interval);
void rounds_interval_get_days (const RoundsInterval *self, const char *zone, RoundsDayRange *days);

GDateWeekday rounds_locale_get_first_weekday (void);

G_END_DECLS
