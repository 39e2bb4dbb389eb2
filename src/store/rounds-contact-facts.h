/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

/**
 * RoundsContactFacts:
 *
 * What a list tells of a person or an organisation beside the name: from other records, by their indexes, in one
 * statement. Every text is %NULL where there is nothing to tell.
 */
typedef struct
{
  char *specialty;    /* of a physician */
  char *role;         /* a person_role type; of an organisation its kind */
  char *organisation; /* where somebody works */
  char *city;
  char *region;
  char *npi;
  char *territory;  /* its name */
  gint64 last_seen; /* ms since the epoch; 0: never */
} RoundsContactFacts;

RoundsContactFacts *rounds_contact_facts_read (RoundsRecordStore *store, RoundsRecord *contact, GError **error);
void rounds_contact_facts_free (RoundsContactFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsContactFacts, rounds_contact_facts_free)

G_END_DECLS
