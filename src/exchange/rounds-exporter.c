/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-exporter.h"

#include "rounds-csv-writer.h"
#include "rounds-error.h"
#include "rounds-json.h"
#include "rounds-new-file.h"
#include "rounds-vcard-writer.h"
#include "rounds-xlsx-writer.h"

#define STEP_USEC 30000
#define BLOCK_SIZE (64 * 1024) /* text is gathered up to this size before it goes to the stream */

struct _RoundsExporter
{
  GObject parent_instance;

  RoundsQuery *query; /* (owned) */
  RoundsExportFormat format;
  RoundsExportAudience audience;

  GFile *place;          /* (owned) (nullable): NULL if it goes to a stream of the caller's */
  RoundsNewFile *file;   /* (owned) (nullable): between the first step and the last */
  GOutputStream *stream; /* (owned) (nullable) */

  gboolean started;
  GArray *keys; /* (owned) (nullable) of gint64: what the query found, or what of it is wanted */
  guint64 n_written;
  /* Atomic: written by the thread of the steps, read by any. */
  guint next; /* among the keys */
  guint n_keys;

  RoundsTableWriter *table;     /* (owned) (nullable): of formats that are tables */
  RoundsExportColumns *columns; /* (owned) (nullable) */
  RoundsRecordNames *names;     /* (owned) */
  GString *text;                /* (owned): of other formats, what the stream has not been given yet */
};

static void export_iface_init (RoundsExportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsExporter, rounds_exporter, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROUNDS_TYPE_EXPORT, export_iface_init))

/** rounds_export_format_get_suffix: Returns: what the name of such a file ends in, without the dot. */
const char *
rounds_export_format_get_suffix (RoundsExportFormat format)
{
  static const char *const suffixes[ROUNDS_EXPORT_N_FORMATS] = {
    [ROUNDS_EXPORT_XLSX] = "xlsx",   [ROUNDS_EXPORT_CSV] = "csv",   [ROUNDS_EXPORT_VCARD_3] = "vcf",
    [ROUNDS_EXPORT_VCARD_4] = "vcf", [ROUNDS_EXPORT_JSON] = "json",
  };

  g_assert ((guint) format < ROUNDS_EXPORT_N_FORMATS);
  return suffixes[format];
}

/** rounds_export_format_can: whether what @query finds can be written so: cards are of people and organisations. */
gboolean
rounds_export_format_can (RoundsExportFormat format, RoundsQuery *query)
{
  return (format != ROUNDS_EXPORT_VCARD_3 && format != ROUNDS_EXPORT_VCARD_4)
         || rounds_query_reads (query, ROUNDS_ENTITY_PERSON) || rounds_query_reads (query, ROUNDS_ENTITY_ORGANISATION);
}

static gboolean
flush_text (RoundsExporter *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (!g_output_stream_write_all (self->stream, self->text->str, self->text->len, NULL, cancellable, &cause))
    {
      rounds_set_file_error (error, cause);
      return FALSE;
    }
  g_string_truncate (self->text, 0);
  return TRUE;
}

/* Beginning */

static gboolean
open_table (RoundsExporter *self, GCancellable *cancellable, GError **error)
{
  const RoundsTableColumn *columns;
  guint n_columns;

  if (self->format == ROUNDS_EXPORT_XLSX)
    self->table = ROUNDS_TABLE_WRITER (rounds_xlsx_writer_new (self->stream));
  else
    self->table = ROUNDS_TABLE_WRITER (rounds_csv_writer_new (self->stream));
  if (self->format == ROUNDS_EXPORT_CSV && self->audience == ROUNDS_EXPORT_FOR_PEOPLE)
    rounds_csv_writer_mark_encoding (ROUNDS_CSV_WRITER (self->table));

  self->columns = rounds_export_columns_new (self->audience);
  for (int entity = 0; entity < ROUNDS_N_ENTITIES; entity++)
    if (rounds_query_reads (self->query, entity))
      rounds_export_columns_add (self->columns, entity);
  columns = rounds_export_columns_get (self->columns, &n_columns);
  return rounds_table_writer_begin (self->table, columns, n_columns, cancellable, error);
}

static gboolean
start (RoundsExporter *self, RoundsRecordStore *store, GCancellable *cancellable, GError **error)
{
  if (self->keys == NULL && (self->keys = rounds_record_store_list_keys (store, self->query, error)) == NULL)
    return FALSE;
  g_atomic_int_set (&self->n_keys, self->keys->len);
  if (self->place != NULL)
    {
      self->file = rounds_new_file_create (self->place, cancellable, error);
      if (self->file == NULL)
        return FALSE;
      self->stream = g_object_ref (rounds_new_file_get_stream (self->file));
    }
  self->started = TRUE;
  if (self->format == ROUNDS_EXPORT_JSON)
    g_string_append_c (self->text, '[');
  return (self->format != ROUNDS_EXPORT_XLSX && self->format != ROUNDS_EXPORT_CSV)
         || open_table (self, cancellable, error);
}

/* Writing */

static void
append_json (RoundsExporter *self, RoundsRecord *record)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  g_autofree char *json = NULL;

  yyjson_mut_doc_set_root (doc, rounds_record_to_json (record, doc));
  json = rounds_json_write (doc, FALSE);
  g_string_append_printf (self->text, "%s\n%s", self->n_written > 0 ? "," : "", json);
}

static gboolean
write_record (RoundsExporter *self, RoundsRecordStore *store, RoundsRecord *record, GCancellable *cancellable,
              GError **error)
{
  if (self->table != NULL)
    {
      guint n_columns;
      const RoundsTableColumn *columns = rounds_export_columns_get (self->columns, &n_columns);
      const RoundsValue *cells = rounds_export_columns_read (self->columns, store, record, error);

      return cells != NULL && rounds_table_writer_write (self->table, columns, cells, n_columns, cancellable, error);
    }

  if (self->format == ROUNDS_EXPORT_JSON)
    append_json (self, record);
  else if (!rounds_vcard_append (self->text, self->format == ROUNDS_EXPORT_VCARD_3 ? ROUNDS_VCARD_3 : ROUNDS_VCARD_4,
                                 store, self->names, record, error))
    return FALSE;
  return self->text->len < BLOCK_SIZE || flush_text (self, cancellable, error);
}

/* Writes the next record; one that has been deleted since is passed over. */
static gboolean
write_next (RoundsExporter *self, RoundsRecordStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;
  g_autoptr (GError) local = NULL;

  record = rounds_record_store_get_by_key (store, rounds_query_get_entity (self->query),
                                           g_array_index (self->keys, gint64, self->next), &local);

  g_atomic_int_inc (&self->next);
  if (local != NULL && !g_error_matches (local, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (record == NULL || rounds_record_is_deleted (record))
    return TRUE;
  if (!write_record (self, store, record, cancellable, error))
    return FALSE;
  self->n_written++;
  return TRUE;
}

static gboolean
finish (RoundsExporter *self, GCancellable *cancellable, GError **error)
{
  if (self->format == ROUNDS_EXPORT_JSON)
    g_string_append (self->text, "\n]\n");
  if (!(self->table != NULL ? rounds_table_writer_end (self->table, cancellable, error)
                            : flush_text (self, cancellable, error)))
    return FALSE;
  return self->file == NULL || rounds_new_file_commit (self->file, cancellable, error);
}

static gboolean
step (RoundsExport *export, RoundsRecordStore *store, gboolean *done, GCancellable *cancellable, GError **error)
{
  RoundsExporter *self = ROUNDS_EXPORTER (export);
  gint64 until = g_get_monotonic_time () + STEP_USEC;

  g_return_val_if_fail (self->place != NULL || self->stream != NULL, FALSE);

  if (!self->started && !start (self, store, cancellable, error))
    return FALSE;
  while (self->next < self->n_keys && g_get_monotonic_time () < until)
    if (!write_next (self, store, cancellable, error))
      return FALSE;
  if (self->next < self->n_keys)
    return TRUE;
  *done = TRUE;
  return finish (self, cancellable, error);
}

static void
get_progress (RoundsExport *export, guint *done, guint *total)
{
  RoundsExporter *self = ROUNDS_EXPORTER (export);

  *done = g_atomic_int_get (&self->next);
  *total = g_atomic_int_get (&self->n_keys);
}

static void
export_iface_init (RoundsExportInterface *iface)
{
  iface->step = step;
  iface->get_progress = get_progress;
}

/** rounds_exporter_get_n_written: how many records are in the file; after the last step. */
guint64
rounds_exporter_get_n_written (RoundsExporter *self)
{
  return self->n_written;
}

/* GObject */

static void
rounds_exporter_finalize (GObject *object)
{
  RoundsExporter *self = ROUNDS_EXPORTER (object);

  g_clear_object (&self->table);
  g_clear_pointer (&self->columns, rounds_export_columns_free);
  g_clear_object (&self->stream);
  g_clear_pointer (&self->file, rounds_new_file_free);
  g_clear_object (&self->place);
  g_clear_pointer (&self->query, rounds_query_unref);
  g_clear_pointer (&self->keys, g_array_unref);
  rounds_record_names_free (self->names);
  g_string_free (self->text, TRUE);

  G_OBJECT_CLASS (rounds_exporter_parent_class)->finalize (object);
}

static void
rounds_exporter_class_init (RoundsExporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_exporter_finalize;
}

static void
rounds_exporter_init (RoundsExporter *self)
{
  self->names = rounds_record_names_new ();
  self->text = g_string_sized_new (BLOCK_SIZE);
}

/**
 * rounds_exporter_new:
 * @query: which records, in its order; not changed any more by the caller
 * @format: one that can hold them
 * @audience: for whom tables are
 *
 * Returns: (transfer full): an exporter that needs to be told where to
 */
RoundsExporter *
rounds_exporter_new (RoundsQuery *query, RoundsExportFormat format, RoundsExportAudience audience)
{
  RoundsExporter *self = g_object_new (ROUNDS_TYPE_EXPORTER, NULL);

  g_assert (rounds_export_format_can (format, query));
  self->query = rounds_query_ref (query);
  self->format = format;
  self->audience = audience;
  return self;
}

/**
 * rounds_exporter_set_keys:
 * @keys: (element-type gint64): row keys, as a list of the query has them; not changed any more by the caller
 *
 * Only the records with these keys are written, in this order; before the first step.
 */
void
rounds_exporter_set_keys (RoundsExporter *self, GArray *keys)
{
  g_clear_pointer (&self->keys, g_array_unref);
  self->keys = g_array_ref (keys);
}

/** rounds_exporter_set_file: the records go into @file; before the first step. */
void
rounds_exporter_set_file (RoundsExporter *self, GFile *file)
{
  g_set_object (&self->place, file);
}

/** rounds_exporter_set_stream: the records go to @stream, which is not closed; before the first step. */
void
rounds_exporter_set_stream (RoundsExporter *self, GOutputStream *stream)
{
  g_set_object (&self->stream, stream);
}
