/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-timeline-entry.h"

G_BEGIN_DECLS

/* The timeline of one person, page by page, the newest first, what is still to come before it. Each kind of entry is
 * read from its own index, from the mark on, so that a page costs the same wherever it is. */
GPtrArray *rounds_record_store_list_timeline (RoundsRecordStore *self, const RoundsUuid *person,
                                              RoundsTimelineKinds kinds, const RoundsTimelineMark *after, guint limit,
                                              GError **error);
gboolean rounds_timeline_depends_on (RoundsEntity entity);

G_END_DECLS
