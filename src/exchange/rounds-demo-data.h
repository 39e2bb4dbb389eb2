/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-progress.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

/** RoundsDemoOptions: what to invent. */
typedef struct
{
  guint contacts;          /* people, of whom the first is the rep */
  guint64 interactions;    /* over the past two years */
  guint64 seed;            /* the same seed and `now` make the same records */
  gint64 now;              /* ms UTC: what "this week" is; 0: the real now */
  const char *time_zone;   /* (nullable): IANA name of the zone of the appointments; NULL: this computer's */
  const RoundsUuid *staff; /* (nullable): whose diary it is; NULL: the first person is made the rep */
} RoundsDemoOptions;

gboolean rounds_demo_data_write (RoundsRecordStore *store, const RoundsDemoOptions *options,
                                 RoundsProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
