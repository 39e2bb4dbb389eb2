/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** RoundsDateOrder: what the numbers of a date mean, from left to right. */
typedef enum
{
  ROUNDS_DATE_ORDER_UNKNOWN, /* somebody has to say */
  ROUNDS_DATE_ORDER_DMY,
  ROUNDS_DATE_ORDER_MDY,
  ROUNDS_DATE_ORDER_YMD,
} RoundsDateOrder;

#define ROUNDS_DATE_EXAMPLE_SIZE 24

/** RoundsDateEvidence: what a column's cells tell about the order of its dates (N19): how many … */
typedef struct
{
  guint64 n_day_first;                      /* can only begin with the day: 25/03/2021 */
  guint64 n_month_first;                    /* can only begin with the month: 03/25/2021 */
  guint64 n_either;                         /* can begin with either: 12/03/2021 */
  guint64 n_plain;                          /* mean one day whatever the order: 2021-03-12, 12 March 2021 */
  guint64 n_serials;                        /* are the days since 1899-12-30 that a spreadsheet counts */
  char day_first[ROUNDS_DATE_EXAMPLE_SIZE]; /* the first of each, to be shown */
  char month_first[ROUNDS_DATE_EXAMPLE_SIZE];
  char either[ROUNDS_DATE_EXAMPLE_SIZE];
} RoundsDateEvidence;

void rounds_date_evidence_add (RoundsDateEvidence *self, const char *text);
gboolean rounds_date_evidence_is_mixed (const RoundsDateEvidence *self);
gboolean rounds_date_evidence_needs_order (const RoundsDateEvidence *self);
RoundsDateOrder rounds_date_evidence_get_order (const RoundsDateEvidence *self, RoundsDateOrder locale);
char *rounds_date_evidence_describe (const RoundsDateEvidence *self, RoundsDateOrder order);

RoundsDateOrder rounds_date_order_of_locale (void);
const char *rounds_date_order_to_string (RoundsDateOrder order);
RoundsDateOrder rounds_date_order_from_string (const char *text);
char *rounds_import_date_parse (const char *text, RoundsDateOrder order);

G_END_DECLS
