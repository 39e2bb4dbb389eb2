/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** RoundsCellFormatKind: what a cell's number is, by the format that it is shown in. */
typedef enum
{
  ROUNDS_CELL_NUMBER,
  ROUNDS_CELL_DATE,
  ROUNDS_CELL_DATE_TIME,
  ROUNDS_CELL_TIME,
  ROUNDS_CELL_DURATION, /* goes on after 24 hours */
  ROUNDS_CELL_DIGITS,   /* a number of digits, as in postal codes and telephone numbers: leading zeros are part of it */
} RoundsCellFormatKind;

/** RoundsCellFormat: plain data; zeroes are the general format. */
typedef struct
{
  RoundsCellFormatKind kind;
  char pattern[32]; /* of digits: a 0 for each one, all else stands for itself */
} RoundsCellFormat;

void rounds_cell_format_parse (RoundsCellFormat *self, const char *code);
void rounds_cell_format_built_in (RoundsCellFormat *self, guint id);
gboolean rounds_cell_format_print (const RoundsCellFormat *self, double value, gboolean from_1904, GString *text);

G_END_DECLS
