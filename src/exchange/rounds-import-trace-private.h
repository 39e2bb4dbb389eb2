/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-progress.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

/* What becomes of a record that an import has touched when that is taken back. */
typedef enum
{
  ROUNDS_IMPORT_TOUCH_UPDATED,  /* known before the import */
  ROUNDS_IMPORT_TOUCH_RESTORED, /* in the trash before it, to be thrown away again */
  ROUNDS_IMPORT_TOUCH_STAYING,  /* in the trash before it, and stays out of it */
  ROUNDS_IMPORT_TOUCH_GOING,    /* created by it, to be thrown away */
  ROUNDS_IMPORT_TOUCH_KEPT,     /* created by it, and stays */
  ROUNDS_IMPORT_TOUCH_DELETED,  /* deleted by it (by a reversal), to be restored */
  ROUNDS_IMPORT_TOUCH_AWAY,     /* created by it, and in a territory since that is not shown here */
} RoundsImportTouchState;

typedef struct
{
  RoundsEntity entity;
  RoundsUuid id;
  RoundsImportTouchState state;
  gboolean is_used; /* kept or staying, as something else refers to it */
  gboolean
    has_fields; /* a line says what fields became: what was created is not as it was, or it was changed as well */
} RoundsImportTouch;

/* What the lines of the log that are an import's have touched. Only reads. */
typedef struct
{
  RoundsRecordStore *store;    /* (not owned) */
  gint64 first, last;          /* lines of the log */
  GPtrArray *touched;          /* (owned) of RoundsImportTouch, in the log's order */
  GHashTable *by_id;           /* (owned): of RoundsImportTouch (not owned) */
  GQueue kept;                 /* of RoundsImportTouch (not owned): whose neighbours have not been looked at */
  RoundsProgressFunc progress; /* (nullable) */
  gpointer data;               /* for progress */
  GCancellable *cancellable;   /* (not owned) (nullable) */
  guint64 done, total;         /* steps: one for looking at each record, and one for taking it back */
} RoundsImportTrace;

void rounds_import_trace_init (RoundsImportTrace *self, RoundsRecordStore *store, RoundsProgressFunc progress,
                               gpointer data, GCancellable *cancellable);
void rounds_import_trace_clear (RoundsImportTrace *self);
gboolean rounds_import_trace_read (RoundsImportTrace *self, gint64 first, gint64 last, GError **error);
gboolean rounds_import_trace_step (RoundsImportTrace *self, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsImportTrace, rounds_import_trace_clear)

G_END_DECLS
