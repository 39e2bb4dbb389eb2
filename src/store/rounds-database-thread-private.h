/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

/**
 * RoundsDatabaseThread:
 *
 * A thread with a connection of its own and a queue of jobs for it, ordered by priority, then arrival. What jobs return
 * and what they change is handed over to the thread that started it (its main context), in this order: first what a
 * job changed, then the job's answer.
 */
typedef struct _RoundsDatabaseThread RoundsDatabaseThread;

/* On the starting thread, after commits here: ids is a GPtrArray of RoundsUuid*, or NULL for anything of the entity. */
typedef void (*RoundsTouchedFunc) (RoundsEntity entity, GPtrArray *ids, gpointer data);

RoundsDatabaseThread *rounds_database_thread_start (const char *path, const guint8 *key, RoundsOpenFlags flags,
                                                    RoundsTouchedFunc touched, gpointer data);
gboolean rounds_database_thread_wait (RoundsDatabaseThread *self, GError **error);

/* What becomes of a job that has not begun when the thread is told to stop. */
typedef enum
{
  ROUNDS_JOB_READ,  /* dropped: ROUNDS_ERROR_CANCELLED */
  ROUNDS_JOB_WRITE, /* done: somebody has entered something */
} RoundsJobKind;

/* task: (transfer full): returns func's pointer, or its error. */
void rounds_database_thread_push (RoundsDatabaseThread *self, GTask *task, RoundsJobKind kind, int priority,
                                  RoundsStoreFunc func, gpointer data, GDestroyNotify data_free,
                                  GDestroyNotify result_free);

/* Finishes the writes, drops the reads, closes the connection, waits for all that. Answers still arrive through the
 * main context; touched is not called any more. */
void rounds_database_thread_stop (RoundsDatabaseThread *self);
void rounds_database_thread_unref (RoundsDatabaseThread *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsDatabaseThread, rounds_database_thread_unref)

G_END_DECLS
