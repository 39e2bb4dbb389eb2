/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

/**
 * RoundsRecordNames:
 *
 * What the records are called that others refer to, for files that people read: names of people instead of ids. Keeps
 * what it has looked up. For the thread of its store.
 */
typedef struct _RoundsRecordNames RoundsRecordNames;

RoundsRecordNames *rounds_record_names_new (void);
void rounds_record_names_free (RoundsRecordNames *self);
const char *rounds_record_names_get (RoundsRecordNames *self, RoundsRecordStore *store, RoundsEntity entity,
                                     const RoundsUuid *id, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsRecordNames, rounds_record_names_free)

G_END_DECLS
