/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-progress.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

/** RoundsImportKept: a record that taking an import back left as it is. */
typedef struct
{
  RoundsEntity entity;
  RoundsUuid id;
  char *title;       /* (owned): for a list */
  gboolean is_used;  /* something else refers to it, a visit for instance; otherwise it was changed since */
  gboolean is_whole; /* a record of the import; otherwise some fields of one that was known before */
} RoundsImportKept;

/** RoundsImportReversal: what taking an import back (or bringing it back) has done. */
typedef struct
{
  guint64 trashed;  /* records that the import had created, now in the trash */
  guint64 restored; /* records that are back from the trash */
  guint64 put_back; /* records whose fields say again what they said before */
  GPtrArray *kept;  /* (owned) of RoundsImportKept: people and organisations first of all, not what belongs to them */
} RoundsImportReversal;

RoundsImportReversal *rounds_import_revert (RoundsRecordStore *store, const RoundsUuid *batch,
                                            RoundsProgressFunc progress, gpointer data, GCancellable *cancellable,
                                            GError **error);
RoundsImportReversal *rounds_import_revert_undo (RoundsRecordStore *store, const RoundsUuid *batch,
                                                 RoundsProgressFunc progress, gpointer data, GCancellable *cancellable,
                                                 GError **error);
gboolean rounds_import_revert_has_removed (RoundsRecordStore *store, const RoundsUuid *record, gboolean *removed,
                                           GError **error);
void rounds_import_reversal_free (RoundsImportReversal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsImportReversal, rounds_import_reversal_free)

G_END_DECLS
