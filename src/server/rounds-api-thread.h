/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-api.h"

G_BEGIN_DECLS

/**
 * RoundsApiThread:
 *
 * A thread with a database connection and an API of its own, which takes tasks from a queue. One writes; those that
 * only read share a queue, so that a read that scans a million rows holds up neither the writes nor the other reads.
 */
typedef struct _RoundsApiThread RoundsApiThread;

/** RoundsApiThreadOptions: what all threads of a server have in common. */
typedef struct
{
  const char *database;
  const char *cors_origins; /* (nullable) */
} RoundsApiThreadOptions;

/* Runs on the thread; task: from the queue. */
typedef void (*RoundsApiThreadFunc) (RoundsApi *api, gpointer task);

RoundsApiThread *rounds_api_thread_start (GAsyncQueue *tasks, gboolean read_only, const RoundsApiThreadOptions *options,
                                          RoundsApiThreadFunc func, GError **error);
void rounds_api_thread_watch (RoundsApiThread *self);
void rounds_api_thread_ask_to_end (RoundsApiThread *self);
void rounds_api_thread_join (RoundsApiThread *self);

G_END_DECLS
