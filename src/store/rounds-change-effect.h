/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

/** RoundsChangeEffect: what lines of the change log have done to one record, all taken together. */
typedef struct
{
  RoundsRecord *before; /* (owned): the fields as they were */
  RoundsRecord *after;  /* (owned): the fields as they became */
  guint64 based;        /* the fields whose value before is known, one bit each */
  guint64 fields;       /* those that they are about */
} RoundsChangeEffect;

void rounds_change_effect_init (RoundsChangeEffect *self, RoundsEntity entity);
gboolean rounds_change_effect_add (RoundsChangeEffect *self, const RoundsChange *change, GError **error);
gboolean rounds_change_effect_read (RoundsChangeEffect *self, RoundsRecordStore *store, RoundsEntity entity,
                                    const RoundsUuid *record, gint64 first, gint64 last, GError **error);
gboolean rounds_change_effect_holds (const RoundsChangeEffect *self, RoundsRecord *record);
gboolean rounds_change_effect_is_nothing (const RoundsChangeEffect *self, guint first);
gboolean rounds_change_effect_take_back (const RoundsChangeEffect *self, RoundsRecord *record);
void rounds_change_effect_clear (RoundsChangeEffect *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsChangeEffect, rounds_change_effect_clear)

G_END_DECLS
