/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-api.h"

G_BEGIN_DECLS

/**
 * RoundsApiWorker:
 *
 * The threads behind the HTTP loop: one writes to the database, some read from it, and another hashes passwords, one at
 * a time, so that sign-ins hold up neither the loop nor the database and their memory is bounded. Made, used and
 * stopped on the thread of one main context, on which the answers arrive.
 */
typedef struct _RoundsApiWorker RoundsApiWorker;

/* response: (transfer full) */
typedef void (*RoundsApiWorkerFunc) (RoundsApiResponse *response, gpointer data);

RoundsApiWorker *rounds_api_worker_start (const char *database, const char *cors_origins, GError **error);
void rounds_api_worker_submit (RoundsApiWorker *self, RoundsApiRequest *request, RoundsApiWorkerFunc func,
                               gpointer data);
void rounds_api_worker_look (RoundsApiWorker *self, RoundsApiWorkerFunc func, gpointer data);
void rounds_api_worker_stop (RoundsApiWorker *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsApiWorker, rounds_api_worker_stop)

G_END_DECLS
