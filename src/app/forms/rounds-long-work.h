/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsLongWork:
 *
 * Work on many records, on the database thread. Where it takes longer than a moment, a toast tells how far it is and
 * offers to cancel it. Begun and ended on the main thread.
 */
typedef struct _RoundsLongWork RoundsLongWork;

/* What is done to each of many records, such as rounds_record_store_restore_whole(). */
typedef gboolean (*RoundsLongWorkFunc) (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *id,
                                        GError **error);

RoundsLongWork *rounds_long_work_begin (RoundsAppContext *context, guint n_steps);
RoundsLongWork *rounds_long_work_begin_undo (RoundsAppContext *context, guint n_steps);
GCancellable *rounds_long_work_get_cancellable (RoundsLongWork *self); /* (transfer none) */
gboolean rounds_long_work_step (RoundsLongWork *self, GError **error);
void rounds_long_work_end (RoundsLongWork *self, const GError *error);

void rounds_long_work_run (RoundsLongWork *self, GArray *records, RoundsLongWorkFunc func, RoundsUndoFunc done,
                           gpointer data, GDestroyNotify data_free);

G_END_DECLS
