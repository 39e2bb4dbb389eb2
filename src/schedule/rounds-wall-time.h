/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** RoundsWallTime: what a clock on the wall shows, to the minute, with no zone of its own. */
typedef struct
{
  int year;   /* 1 to 9999 */
  int month;  /* 1 to 12 */
  int day;    /* 1 to 31 */
  int hour;   /* 0 to 23 */
  int minute; /* 0 to 59 */
} RoundsWallTime;

/**
 * RoundsWallTimeKind:
 * @ROUNDS_WALL_TIME_ORDINARY: happens once
 * @ROUNDS_WALL_TIME_SKIPPED: never happens: the clocks jump over it
 * @ROUNDS_WALL_TIME_DOUBLED: happens twice: the clocks are put back over it
 */
typedef enum
{
  ROUNDS_WALL_TIME_ORDINARY,
  ROUNDS_WALL_TIME_SKIPPED,
  ROUNDS_WALL_TIME_DOUBLED,
} RoundsWallTimeKind;

/** RoundsResolvedTime: the instants that a wall time stands for in one zone. */
typedef struct
{
  RoundsWallTimeKind kind;
  gint64 instant; /* ms UTC; the earlier one if doubled; the time shifted by the gap if skipped */
  gint64 later;   /* ms UTC; the later one if doubled, otherwise equal to instant */
} RoundsResolvedTime;

gboolean rounds_wall_time_is_valid (const RoundsWallTime *self);
int rounds_wall_time_compare (const RoundsWallTime *a, const RoundsWallTime *b);
gboolean rounds_wall_time_resolve (const RoundsWallTime *self, const char *zone, RoundsResolvedTime *resolved,
                                   GError **error);
gboolean rounds_wall_time_from_instant (gint64 instant, const char *zone, RoundsWallTime *wall, GError **error);
void rounds_wall_time_set_date (RoundsWallTime *self, const GDate *date);
void rounds_wall_time_get_date (const RoundsWallTime *self, GDate *date);
gint64 rounds_day_start (const GDate *date, const char *zone);
gboolean rounds_zone_is_known (const char *zone);
char *rounds_zone_get_local (void);

G_END_DECLS
