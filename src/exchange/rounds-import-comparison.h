/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-import-result.h"

G_BEGIN_DECLS

/** RoundsImportComparisonLine: one thing about somebody, as the file has it and as it is known. */
typedef struct
{
  const char *label;            /* translated */
  const RoundsFieldInfo *field; /* (nullable): whose values these are, as rounds_field_parse() reads them */
  char *in_file;                /* (owned) (nullable) */
  char *known;                  /* (owned) (nullable) */
} RoundsImportComparisonLine;

GPtrArray *rounds_import_comparison_new (RoundsRecordStore *store, RoundsImportPlan *plan,
                                         const RoundsImportOutcome *outcome, GCancellable *cancellable, GError **error);

G_END_DECLS
