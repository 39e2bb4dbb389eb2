/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-account.h"

G_BEGIN_DECLS

#define MOST_LINES 100000

/** SimAccount: what is there, to hold what was told against. */
typedef struct
{
  SimWorld *world;
  GHashTable *rows;                      /* (owned): id to the server's RoundsRecord */
  GPtrArray *conflicts;                  /* (owned): of all devices */
  GPtrArray *rejected[SIM_MOST_DEVICES]; /* (owned) (nullable) */
  GPtrArray *log;                        /* (owned): the server's */
} SimAccount;

SimDeed *sim_account_get_deed (SimAccount *self, guint i);
gboolean sim_account_same_place (const SimDeed *a, const SimDeed *b);
gboolean sim_account_is_deletion_flagged (SimAccount *self, const SimDeed *deed);
gboolean sim_account_is_in_conflict (SimAccount *self, const SimDeed *deed, const char *value);
gboolean sim_account_is_disputed (SimAccount *self, const SimDeed *deed);
gboolean sim_account_is_refused (SimAccount *self, const SimDeed *deed);
gboolean sim_account_is_withdrawn (SimAccount *self, const SimDeed *deed);
char *sim_account_get_value (RoundsRecord *row, const SimDeed *deed);
gboolean sim_account_leads_to (SimAccount *self, const SimDeed *place, const char *value, const char *last,
                               guint depth);
gboolean sim_account_is_replaced (SimAccount *self, const SimDeed *deed);
gboolean sim_account_is_struck (SimAccount *self, const SimDeed *deed);

/* People who were merged: sim-account-people.c */
RoundsRecord *sim_account_find_merge (SimAccount *self, const RoundsUuid *person);
gboolean sim_account_merge_stands (RoundsRecord *merge);
RoundsUuid sim_account_lead (SimAccount *self, const RoundsUuid *person);
gboolean sim_account_has_deed (SimAccount *self, SimDeedKind kind, const RoundsUuid *record);
RoundsRecord *sim_account_find_only (SimAccount *self, RoundsEntity entity, guint field, const RoundsUuid *person);
RoundsRecord *sim_account_find_kept (SimAccount *self, RoundsRecord *row);
gboolean sim_account_is_unmerge (SimAccount *self, guint event);
gboolean sim_account_has_double (SimAccount *self, RoundsRecord *row, const SimDeed *deed);
gboolean sim_account_are_one (SimAccount *self, const RoundsUuid *a, const RoundsUuid *b);
gboolean sim_account_were_one (SimAccount *self, const RoundsUuid *a, const RoundsUuid *b);
const RoundsUuid *sim_account_find_first_person (SimAccount *self, const RoundsUuid *record);
guint sim_account_count_led (SimAccount *self, const RoundsUuid *record, guint actor);

void sim_account_fail (SimAccount *self, const char *check, const SimDeed *deed, const char *what);

/* The checks, by file. */
gboolean sim_account_is_moot (SimAccount *self, const SimDeed *deed);
gboolean sim_account_is_declined (SimAccount *self, const SimDeed *value, guint since);
gboolean sim_account_has_followed (SimAccount *self, const SimDeed *deed, const char *now);
void sim_account_check_value (SimAccount *self, const SimDeed *deed);
void sim_account_check_taken_back (SimAccount *self, const SimDeed *deed);
void sim_account_check_given_up (SimAccount *self, const SimDeed *deed);
void sim_account_check_led (SimAccount *self, const SimDeed *deed, RoundsRecord *kept);
void sim_account_check_merge (SimAccount *self, const SimDeed *deed);
void sim_account_check_unmerge (SimAccount *self, const SimDeed *deed);
void sim_account_check_owner (SimAccount *self, const SimDeed *deed);
void sim_account_check_attendee (SimAccount *self, const SimDeed *deed);
void sim_account_check_double (SimAccount *self, const SimDeed *deed);
void sim_account_check_references (SimAccount *self);
void sim_account_check_word (SimAccount *self, const SimDeed *deed);
void sim_account_check_strike (SimAccount *self, const SimDeed *deed);
void sim_account_check_not_deleted (SimAccount *self, const SimDeed *deed);
void sim_account_check_stays_deleted (SimAccount *self, const SimDeed *deed);
void sim_account_check_kept_whole (SimAccount *self, const SimDeed *deed);
void sim_account_check_brought_along (SimAccount *self, const SimDeed *deed);

G_END_DECLS
