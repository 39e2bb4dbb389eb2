/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-table-writer.h"

G_BEGIN_DECLS

/**
 * RoundsXlsxWriter:
 *
 * Writes a workbook of Office Open XML (ECMA-376): headings that stay in sight, texts as text cells whatever they look
 * like (phone numbers, NPIs, "=1+1": never a number, never a formula), dates and times as real ones in the local zone.
 * A sheet that is full is followed by another. Takes the same memory for ten rows and for a million; what is not in the
 * stream yet is in files without a name in the user's cache folder. A #RoundsTableWriter.
 */
#define ROUNDS_TYPE_XLSX_WRITER (rounds_xlsx_writer_get_type ())
G_DECLARE_FINAL_TYPE (RoundsXlsxWriter, rounds_xlsx_writer, ROUNDS, XLSX_WRITER, GObject)

RoundsXlsxWriter *rounds_xlsx_writer_new (GOutputStream *stream);

G_END_DECLS
