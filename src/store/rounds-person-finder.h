/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

/** RoundsPersonCandidate: somebody whom a name may mean. */
typedef struct
{
  RoundsRecord *person; /* (owned) */
  gboolean is_exact;    /* each word of the name is a word of theirs, not only the beginning of one */
  gint64 last_seen;     /* the newest interaction; 0: none */
} RoundsPersonCandidate;

gboolean rounds_person_finder_match (RoundsRecordStore *store, const char *const *words, guint n_words, guint *n_known,
                                     GError **error);
GPtrArray *rounds_person_finder_list (RoundsRecordStore *store, const char *name, guint limit, GError **error);
RoundsPersonCandidate *rounds_person_finder_get_only (GPtrArray *candidates);

G_END_DECLS
