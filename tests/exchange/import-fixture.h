/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Imports into the store of a test. */

#pragma once

#include "rounds-importer.h"
#include "store-fixture.h"

G_BEGIN_DECLS

/* (transfer full): what the file is taken for: one of tests/data/import, or one that holds @text */
RoundsImportPlan *import_plan_file (GFile *file);
RoundsImportPlan *import_plan_data (const char *name);
RoundsImportPlan *import_plan_text (StoreFixture *fixture, const char *text);

/* Imports, which must succeed and account for each row. Returns: (transfer full) */
RoundsImportResult *import_run (StoreFixture *fixture, RoundsImportPlan *plan, gboolean dry_run);
void import_assert_counts (RoundsImportResult *result, guint64 created, guint64 updated, guint64 duplicate,
                           guint64 rejected);

/* The @n-th rejected row, from 0, is @row, for a @reason that has these words in it. @column: (nullable) */
void import_assert_reject (RoundsImportResult *result, guint n, guint64 row, const char *column, const char *reason);

gint64 import_count (StoreFixture *fixture, RoundsEntity entity);

/* (transfer full): the first record whose @field is @text (NULL if there is none), or names @owner (there is one) */
RoundsRecord *import_find_text (StoreFixture *fixture, RoundsEntity entity, guint field, const char *text);
RoundsRecord *import_find_owned (StoreFixture *fixture, RoundsEntity entity, guint field, RoundsRecord *owner);

G_END_DECLS
