/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-reminder-plan.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/* What is done with an appointment, always together with its reminders, in one group. Main thread; the work is done on
 * the database thread. */

void rounds_appointment_save_async (RoundsStore *store, RoundsRecord *appointment, RoundsRecord *before,
                                    int offset_minutes, GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer data);
gboolean rounds_appointment_save_finish (RoundsStore *store, GAsyncResult *result, GError **error);

void rounds_appointment_delete_async (RoundsStore *store, const RoundsUuid *id, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data);
GPtrArray *rounds_appointment_delete_finish (RoundsStore *store, GAsyncResult *result, GError **error);
void rounds_appointment_restore_async (RoundsStore *store, const RoundsUuid *id, GPtrArray *reminders,
                                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean rounds_appointment_restore_finish (RoundsStore *store, GAsyncResult *result, GError **error);

void rounds_appointment_find_clashes_async (RoundsStore *store, RoundsRecord *appointment, GCancellable *cancellable,
                                            GAsyncReadyCallback callback, gpointer data);
GPtrArray *rounds_appointment_find_clashes_finish (RoundsStore *store, GAsyncResult *result, GError **error);

RoundsQuery *rounds_appointment_reminders_query (const RoundsUuid *id);

G_END_DECLS
