/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Larger files are not looked at; a file of contacts is far below. */
#define ROUNDS_WORKBOOK_MAX_FILE_SIZE (256 * 1024 * 1024)

/** RoundsWorkbookExit: how rounds-table-reader ends; what the program that started it makes its sentences of. */
typedef enum
{
  ROUNDS_WORKBOOK_OK = 0,
  ROUNDS_WORKBOOK_USAGE = 2,
  ROUNDS_WORKBOOK_UNCONFINED = 3, /* the limits cannot be set here, so that nothing was read */
  ROUNDS_WORKBOOK_UNWRITABLE = 4, /* nobody takes the rows */
  ROUNDS_WORKBOOK_NONE = 10,      /* no workbook at all, or one of a kind that is not read */
  ROUNDS_WORKBOOK_DAMAGED = 11,
  ROUNDS_WORKBOOK_PASSWORD = 12,
  ROUNDS_WORKBOOK_TOO_LARGE = 13, /* packed or unpacked */
  ROUNDS_WORKBOOK_TOO_OLD = 14,   /* before Excel 97 */
  ROUNDS_WORKBOOK_NO_SHEET = 15,
} RoundsWorkbookExit;
