/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-contact-filter.h"

G_BEGIN_DECLS

/* "When somebody was last seen" as SQL that ends in the newest such moment: what came to nothing was no meeting. */
#define ROUNDS_WAS_SEEN \
  "i.deleted_at IS NULL AND i.no_show IS NOT 1 AND i.outcome IS NOT 'no_access' AND i.outcome IS NOT 'not_reached'"

/* Every word in any place that tells of a contact: rounds-contact-search.c */
void rounds_contact_search_everywhere (RoundsQuery *query, const char *text);

G_END_DECLS
