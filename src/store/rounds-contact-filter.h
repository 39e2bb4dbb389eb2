/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-query.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_CONTACTS_ALL,
  ROUNDS_CONTACTS_PEOPLE,
  ROUNDS_CONTACTS_ORGANISATIONS,
} RoundsContactKind;

typedef enum
{
  ROUNDS_CONTACTS_BY_NAME,
  ROUNDS_CONTACTS_BY_LAST_SEEN,
  ROUNDS_CONTACTS_BY_PLACE,
  ROUNDS_CONTACTS_BY_SPECIALTY,
  ROUNDS_CONTACTS_BY_ORGANISATION,
  ROUNDS_CONTACTS_BY_TERRITORY,
} RoundsContactOrder;

typedef enum
{
  ROUNDS_SEEN_ANY,
  ROUNDS_SEEN_NEVER,
  ROUNDS_SEEN_WITHIN,     /* in the last so many days */
  ROUNDS_SEEN_NOT_WITHIN, /* longer ago than so many days, or never */
} RoundsSeen;

/**
 * RoundsContactFilter:
 *
 * Which contacts a list shows, and in which order: data, which is written as JSON, kept under a name, and turned into a
 * query. All that is set must hold. What only people have leaves organisations out.
 */
typedef struct
{
  RoundsContactKind kind;
  char *words;             /* (owned) (nullable): what is typed: names, places, organisations, numbers */
  char *role;              /* (owned) (nullable): a person_role type, valid today */
  RoundsUuid specialty;    /* a specialization; nil: any */
  char *place;             /* (owned) (nullable): the beginning of a city, region or postal code */
  RoundsUuid territory;    /* nil: any */
  RoundsUuid organisation; /* where somebody works; nil: any */
  RoundsSeen seen;         /* when somebody was last visited, called or met */
  guint days;              /* for @seen */
  char *consent_channel;   /* (owned) (nullable): a consent channel */
  char *consent_state;     /* (owned) (nullable): "granted", "withdrawn" or "none" */
  RoundsContactOrder order;
  gboolean descending;
} RoundsContactFilter;

#define ROUNDS_TYPE_CONTACT_FILTER (rounds_contact_filter_get_type ())
GType rounds_contact_filter_get_type (void);
RoundsContactFilter *rounds_contact_filter_new (void);
RoundsContactFilter *rounds_contact_filter_copy (const RoundsContactFilter *self);
void rounds_contact_filter_free (RoundsContactFilter *self);
gboolean rounds_contact_filter_equal (const RoundsContactFilter *a, const RoundsContactFilter *b);
/* Whether anything but the kind, the words and the order is chosen. */
gboolean rounds_contact_filter_is_set (const RoundsContactFilter *self);

char *rounds_contact_filter_to_json (const RoundsContactFilter *self);
RoundsContactFilter *rounds_contact_filter_from_json (const char *json, GError **error);

/* (transfer full): as of @now, milliseconds since the epoch. */
RoundsQuery *rounds_contact_filter_to_query (const RoundsContactFilter *self, gint64 now);

/* (transfer full): what happened with the people who work there, newest first. */
RoundsQuery *rounds_organisation_interactions_query (const RoundsUuid *organisation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsContactFilter, rounds_contact_filter_free)

G_END_DECLS
