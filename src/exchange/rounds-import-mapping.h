/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-import-date.h"
#include "rounds-name-case.h"
#include "rounds-schema.h"

G_BEGIN_DECLS

/** RoundsImportTarget: what a column of a file of contacts can be. */
typedef enum
{
  ROUNDS_IMPORT_IGNORED,
  ROUNDS_IMPORT_FAMILY_NAME,
  ROUNDS_IMPORT_GIVEN_NAME,
  ROUNDS_IMPORT_MIDDLE_NAME, /* appended to the given name, as FHIR does */
  ROUNDS_IMPORT_FULL_NAME,   /* taken apart */
  ROUNDS_IMPORT_PREFIX,
  ROUNDS_IMPORT_SUFFIX,
  ROUNDS_IMPORT_CREDENTIALS,
  ROUNDS_IMPORT_SEX,
  ROUNDS_IMPORT_EMAIL,
  ROUNDS_IMPORT_PHONE,
  ROUNDS_IMPORT_BIRTH_DATE,
  ROUNDS_IMPORT_NPI,
  ROUNDS_IMPORT_LICENCE_NUMBER,
  ROUNDS_IMPORT_SPECIALIZATION,
  ROUNDS_IMPORT_TAXONOMY_CODE,
  ROUNDS_IMPORT_ORGANISATION,
  ROUNDS_IMPORT_JOB_TITLE,
  ROUNDS_IMPORT_ADDRESS_LINE,
  ROUNDS_IMPORT_ADDRESS_LINE_2,
  ROUNDS_IMPORT_CITY,
  ROUNDS_IMPORT_REGION,
  ROUNDS_IMPORT_POSTAL_CODE,
  ROUNDS_IMPORT_COUNTRY,
  ROUNDS_IMPORT_N_TARGETS,
} RoundsImportTarget;

typedef struct
{
  const char *name;  /* for files and scripts, e.g. "person.family_name" */
  const char *label; /* untranslated; rounds_import_target_get_label() translates */
  RoundsEntity entity;
  guint field;
  gboolean has_case; /* written in name case where the whole column is capitals */
  RoundsNameCase name_case;
  const char *headers; /* known headers, folded, best first, between bars */
} RoundsImportTargetInfo;

/** RoundsColumnStatistics: what the cells of a column look like: how many … */
typedef struct
{
  guint64 n_filled;     /* are neither blank nor "not available" */
  guint64 n_capitals;   /* have letters and only capitals */
  guint64 n_small;      /* have small letters */
  guint64 n_npis;       /* are ten digits with the NPI's check digit */
  guint64 n_emails;     /* look like an address of email */
  guint64 n_phones;     /* look like a telephone number and like no other */
  guint64 n_taxonomies; /* are a taxonomy code such as 207X00000X */
  guint64 n_prefixes;   /* are "Dr", "Mrs" … */
  RoundsDateEvidence dates;
} RoundsColumnStatistics;

typedef struct
{
  RoundsImportTarget target;
  gboolean from_capitals;     /* the whole column shouts */
  RoundsDateOrder date_order; /* of dates; %ROUNDS_DATE_ORDER_UNKNOWN: the person must say */
} RoundsImportColumn;

/** RoundsImportMapping: what each column is taken for; plain data, to be changed by the person. */
typedef struct
{
  guint n_columns;
  RoundsImportColumn *columns; /* (owned) */
} RoundsImportMapping;

const RoundsImportTargetInfo *rounds_import_target_get_info (RoundsImportTarget target);
const char *rounds_import_target_get_label (RoundsImportTarget target);
gboolean rounds_import_target_is_date (RoundsImportTarget target);
RoundsImportTarget rounds_import_target_from_name (const char *name);
char *rounds_import_header_fold (const char *header);

gboolean rounds_import_cell_is_blank (const char *text, RoundsImportTarget target);
void rounds_column_statistics_add (RoundsColumnStatistics *self, const char *text);

/* The header of the column that a file of rejected rows begins with: never a field, and no part of a signature. */
#define ROUNDS_IMPORT_REASON_HEADER "Rounds: why rejected"
gboolean rounds_import_header_is_reason (const char *header);

RoundsImportMapping *rounds_import_mapping_guess (const char *const *headers, const RoundsColumnStatistics *statistics,
                                                  guint n_columns);
void rounds_import_mapping_free (RoundsImportMapping *self);
int rounds_import_mapping_find (const RoundsImportMapping *self, RoundsImportTarget target);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsImportMapping, rounds_import_mapping_free)

G_END_DECLS
