/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two contacts on a device who may be one, for tests. */

#pragma once

#include "rounds-person-merge.h"
#include "store-fixture.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;
  RoundsRecordStore *store;
  RoundsRecord *kept;   /* (owned): Anna Bauer */
  RoundsRecord *merged; /* (owned): A. Bauer, with a number */
} MergeFixture;

void merge_fixture_set_up (MergeFixture *fixture, gconstpointer data);
void merge_fixture_tear_down (MergeFixture *fixture, gconstpointer data);

#define MERGE_FIXTURE_ADD(path, data, func) \
  g_test_add (path, MergeFixture, data, merge_fixture_set_up, func, merge_fixture_tear_down)

/* One more person, and a call with one. Returns: (transfer full) */
RoundsRecord *merge_fixture_save_person (MergeFixture *fixture, const char *given, const char *phone);
RoundsRecord *merge_fixture_save_call (MergeFixture *fixture, RoundsRecord *person);

/* Returns: (transfer full): @record as it is now */
RoundsRecord *merge_fixture_get (MergeFixture *fixture, RoundsRecord *record);

/* Each must succeed. Returns: (transfer full): the merge, or what stays with the kept person */
RoundsRecord *merge_fixture_merge_with (MergeFixture *fixture, RoundsRecord *kept, RoundsRecord *merged,
                                        GPtrArray *choices);
RoundsRecord *merge_fixture_merge_both (MergeFixture *fixture);
GPtrArray *merge_fixture_unmerge (MergeFixture *fixture, RoundsRecord *merge, GHashTable *go_back);

/* What @record says now. */
void merge_fixture_assert_refers (MergeFixture *fixture, RoundsRecord *record, guint field, RoundsRecord *target);
void merge_fixture_assert_deleted (MergeFixture *fixture, RoundsRecord *record, gboolean deleted);
void merge_fixture_assert_text (MergeFixture *fixture, RoundsRecord *record, guint field, const char *text);

/* Returns: (transfer full): all that is not deleted, as text, without what each write changes */
char *merge_fixture_dump (MergeFixture *fixture);

/* All is as it was in @expected, a dump. */
void merge_fixture_assert_dump (MergeFixture *fixture, const char *expected);

G_END_DECLS
