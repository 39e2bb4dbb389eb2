/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-export-columns.h"
#include "rounds-export.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_EXPORT_XLSX,
  ROUNDS_EXPORT_CSV,
  ROUNDS_EXPORT_VCARD_3,
  ROUNDS_EXPORT_VCARD_4,
  ROUNDS_EXPORT_JSON,
  ROUNDS_EXPORT_N_FORMATS,
} RoundsExportFormat;

const char *rounds_export_format_get_suffix (RoundsExportFormat format);
gboolean rounds_export_format_can (RoundsExportFormat format, RoundsQuery *query);

/**
 * RoundsExporter:
 *
 * A #RoundsExport of records (table row 25): those that a query finds, or some of them, in this order. Which they are
 * is settled at the first step.
 */
#define ROUNDS_TYPE_EXPORTER (rounds_exporter_get_type ())
G_DECLARE_FINAL_TYPE (RoundsExporter, rounds_exporter, ROUNDS, EXPORTER, GObject)

RoundsExporter *rounds_exporter_new (RoundsQuery *query, RoundsExportFormat format, RoundsExportAudience audience);
void rounds_exporter_set_keys (RoundsExporter *self, GArray *keys);
void rounds_exporter_set_file (RoundsExporter *self, GFile *file);
void rounds_exporter_set_stream (RoundsExporter *self, GOutputStream *stream);

guint64 rounds_exporter_get_n_written (RoundsExporter *self);

G_END_DECLS
