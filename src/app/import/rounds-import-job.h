/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-import-revert.h"
#include "rounds-importer.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/**
 * RoundsImportJob:
 *
 * An import or its rehearsal on the way, or the taking back of one: runs on the database thread, tells the main thread
 * how far it is. Shared by both by reference count.
 */
typedef struct _RoundsImportJob RoundsImportJob;

RoundsImportJob *rounds_import_job_new (RoundsImportPlan *plan, gboolean dry_run);
RoundsImportJob *rounds_import_job_new_reversal (const RoundsUuid *batch, gboolean undo);
RoundsImportJob *rounds_import_job_ref (RoundsImportJob *self);
void rounds_import_job_unref (RoundsImportJob *self);
double rounds_import_job_get_fraction (RoundsImportJob *self);
void rounds_import_job_run_async (RoundsImportJob *self, RoundsStore *store, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);
RoundsImportResult *rounds_import_job_run_finish (RoundsStore *store, GAsyncResult *result, GError **error);
void rounds_import_job_reverse_async (RoundsImportJob *self, RoundsStore *store, GCancellable *cancellable,
                                      GAsyncReadyCallback callback, gpointer data);
RoundsImportReversal *rounds_import_job_reverse_finish (RoundsStore *store, GAsyncResult *result, GError **error);

void rounds_import_plan_new_async (GFile *file, const RoundsTableOptions *options, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);
RoundsImportPlan *rounds_import_plan_new_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsImportJob, rounds_import_job_unref)

G_END_DECLS
