/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-calendar-range.h"
#include "rounds-record.h"

G_BEGIN_DECLS

/** RoundsOverlapBlock: one event among those that are drawn side by side; columns are filled in by the layout. */
typedef struct
{
  RoundsInterval interval;
  guint column;    /* (out) from 0 */
  guint span;      /* (out) how many columns it may fill, at least 1 */
  guint n_columns; /* (out) into how many columns its neighbourhood is divided */
} RoundsOverlapBlock;

void rounds_appointment_get_interval (RoundsRecord *appointment, RoundsInterval *interval);
gboolean rounds_appointment_blocks_time (RoundsRecord *appointment);
GPtrArray *rounds_overlap_find (RoundsRecord *appointment, GPtrArray *others);
void rounds_overlap_layout (RoundsOverlapBlock *blocks, guint n_blocks);

G_END_DECLS
