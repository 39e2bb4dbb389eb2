/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-contact-filter.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/* The parts of a filter that can be taken away one by one. */
typedef enum
{
  ROUNDS_FILTER_ROLE,
  ROUNDS_FILTER_SPECIALTY,
  ROUNDS_FILTER_ORGANISATION,
  ROUNDS_FILTER_PLACE,
  ROUNDS_FILTER_TERRITORY,
  ROUNDS_FILTER_SEEN,
  ROUNDS_FILTER_CONSENT,
  ROUNDS_N_FILTER_PARTS,
} RoundsFilterPart;

char *rounds_contact_filter_describe_part (const RoundsContactFilter *filter, RoundsFilterPart part,
                                           RoundsStore *store);
char *rounds_contact_filter_describe (const RoundsContactFilter *filter, RoundsStore *store);
void rounds_contact_filter_clear_part (RoundsContactFilter *filter, RoundsFilterPart part);
char *rounds_contact_filter_describe_seen (RoundsSeen seen, guint days);

G_END_DECLS
