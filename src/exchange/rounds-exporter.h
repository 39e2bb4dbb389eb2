/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-export-columns.h"
#include "rounds-progress.h"

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
 * Writes records into a file (table row 25): those that a query finds, or some of them, in this order. Which
 * they are is settled at the first step; from then on each step takes some hundredths of a second, so that other
 * readers of the same connection come in between and no snapshot keeps the database's log from being cleared. The file
 * takes its place at the last step; before that it is as if there had been nothing. Used by one thread at a time.
 */
#define ROUNDS_TYPE_EXPORTER (rounds_exporter_get_type ())
G_DECLARE_FINAL_TYPE (RoundsExporter, rounds_exporter, ROUNDS, EXPORTER, GObject)

RoundsExporter *rounds_exporter_new (RoundsQuery *query, RoundsExportFormat format, RoundsExportAudience audience);
void rounds_exporter_set_keys (RoundsExporter *self, GArray *keys);
void rounds_exporter_set_file (RoundsExporter *self, GFile *file);
void rounds_exporter_set_stream (RoundsExporter *self, GOutputStream *stream);

gboolean rounds_exporter_step (RoundsExporter *self, RoundsRecordStore *store, gboolean *done,
                               GCancellable *cancellable, GError **error);
gboolean rounds_exporter_run (RoundsExporter *self, RoundsRecordStore *store, RoundsProgressFunc progress,
                              gpointer progress_data, GCancellable *cancellable, GError **error);
guint64 rounds_exporter_get_n_written (RoundsExporter *self);
double rounds_exporter_get_fraction (RoundsExporter *self);

G_END_DECLS
