/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of a person's archive, and what may be told of a mention. */

#include "rounds-csv-writer.h"
#include "rounds-export-columns.h"
#include "rounds-json.h"
#include "rounds-person-report-private.h"
#include "rounds-time.h"

static gboolean
read_meeting (RoundsMention *self, RoundsPersonReport *report, RoundsRecord *record, GError **error)
{
  gboolean is_interaction = rounds_record_get_entity (record) == ROUNDS_ENTITY_INTERACTION;
  guint person = is_interaction ? ROUNDS_INTERACTION_PERSON : ROUNDS_APPOINTMENT_PERSON;
  const char *name = "";

  self->at =
    rounds_record_get_integer (record, is_interaction ? ROUNDS_INTERACTION_OCCURRED_AT : ROUNDS_APPOINTMENT_START_AT);
  if (is_interaction)
    self->type = g_strdup (rounds_record_get_text (record, ROUNDS_INTERACTION_INTERACTION_TYPE));
  if (!rounds_record_is_null (record, person))
    name = rounds_record_names_get (report->names, report->store, ROUNDS_ENTITY_PERSON,
                                    rounds_record_get_uuid (record, person), error);
  else if (is_interaction)
    name = rounds_record_get_text (record, ROUNDS_INTERACTION_HCP_NAME);
  if (name == NULL)
    return FALSE;
  if (*name != '\0')
    self->with = g_strdup (name);
  return TRUE;
}

/*
 * rounds_mention_read:
 * @self: takes what may be told
 * @record: a record that belongs to somebody else
 */
gboolean
rounds_mention_read (RoundsMention *self, RoundsPersonReport *report, RoundsRecord *record, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);

  self->at = G_MININT64;
  if (entity == ROUNDS_ENTITY_INTERACTION || entity == ROUNDS_ENTITY_APPOINTMENT)
    return read_meeting (self, report, record, error);
  return TRUE;
}

void
rounds_mention_clear (RoundsMention *self)
{
  g_clear_pointer (&self->type, g_free);
  g_clear_pointer (&self->with, g_free);
}

/* Ends a table that was written into memory. */
static GBytes *
finish (RoundsCsvWriter *writer, GOutputStream *memory, GError **error)
{
  if (!rounds_csv_writer_flush (writer, NULL, error) || !g_output_stream_close (memory, NULL, error))
    return NULL;
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

GBytes *
rounds_person_report_make_table (RoundsPersonReport *self, RoundsEntity entity, gboolean deleted, GError **error)
{
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (RoundsCsvWriter) csv = rounds_csv_writer_new (memory);
  g_autoptr (RoundsExportColumns) columns = rounds_export_columns_new (ROUNDS_EXPORT_FOR_PROGRAMS);
  const RoundsTableColumn *info;
  gboolean started = FALSE;
  guint n_columns;

  rounds_export_columns_add (columns, entity);
  info = rounds_export_columns_get (columns, &n_columns);
  for (guint i = 0; i < self->walk->own->len; i++)
    {
      const RoundsPersonItem *item = &g_array_index (self->walk->own, RoundsPersonItem, i);
      g_autoptr (RoundsRecord) record = NULL;
      const RoundsValue *cells;

      if (item->entity != entity)
        continue;
      record = rounds_record_store_get (self->store, entity, &item->id, error);
      if (record == NULL)
        return NULL;
      if (rounds_record_is_deleted (record) != deleted)
        continue;
      if (!started && !rounds_table_writer_begin (ROUNDS_TABLE_WRITER (csv), info, n_columns, NULL, error))
        return NULL;
      started = TRUE;
      cells = rounds_export_columns_read (columns, self->store, record, error);
      if (cells == NULL || !rounds_table_writer_write (ROUNDS_TABLE_WRITER (csv), info, cells, n_columns, NULL, error))
        return NULL;
    }
  return finish (csv, memory, error);
}

GBytes *
rounds_person_report_make_mentions (RoundsPersonReport *self, GError **error)
{
  static const char *const header[] = { "entity", "id", "at", "type", "with" };
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (RoundsCsvWriter) csv = rounds_csv_writer_new (memory);

  if (!rounds_csv_writer_write_row (csv, header, G_N_ELEMENTS (header), NULL, error))
    return NULL;
  for (guint i = 0; i < self->walk->mentions->len; i++)
    {
      const RoundsPersonItem *item = &g_array_index (self->walk->mentions, RoundsPersonItem, i);
      g_autoptr (RoundsRecord) record = rounds_record_store_get (self->store, item->entity, &item->id, error);
      g_auto (RoundsMention) mention = { 0 };
      g_autofree char *id = rounds_uuid_to_string (&item->id);
      g_autofree char *at = NULL;

      if (record == NULL || !rounds_mention_read (&mention, self, record, error))
        return NULL;
      if (mention.at != G_MININT64)
        at = rounds_instant_to_string (mention.at);
      {
        const char *row[] = { rounds_entity_get_info (item->entity)->name, id, at, mention.type, mention.with };

        if (!rounds_csv_writer_write_row (csv, row, G_N_ELEMENTS (row), NULL, error))
          return NULL;
      }
    }
  return finish (csv, memory, error);
}

/* A value of a change as text: what is no text as JSON. */
static char *
describe_value (yyjson_val *value)
{
  if (value == NULL || yyjson_is_null (value))
    return g_strdup ("");
  if (yyjson_is_str (value))
    return g_strdup (yyjson_get_str (value));
  {
    char *json = yyjson_val_write (value, 0, NULL);
    char *text = g_strdup (json);

    free (json);
    return text;
  }
}

static gboolean
write_change (const RoundsChange *change, gpointer csv, GError **error)
{
  g_autoptr (yyjson_doc) fields = NULL;
  g_autoptr (yyjson_doc) base = NULL;
  g_autofree char *at = rounds_instant_to_string (change->at);
  g_autofree char *record = rounds_uuid_to_string (&change->record);
  const char *row[7] = { at, rounds_entity_get_info (change->entity)->name, record,
                         rounds_operation_to_string (change->operation) };
  yyjson_val *key, *value;
  size_t i, n;

  if (!rounds_change_read (change, &fields, &base, NULL) || fields == NULL)
    return rounds_csv_writer_write_row (csv, row, G_N_ELEMENTS (row), NULL, error);
  yyjson_obj_foreach (yyjson_doc_get_root (fields), i, n, key, value)
  {
    g_autofree char *before = describe_value (yyjson_obj_get (yyjson_doc_get_root (base), yyjson_get_str (key)));
    g_autofree char *after = describe_value (value);

    row[4] = yyjson_get_str (key);
    row[5] = before;
    row[6] = after;
    if (!rounds_csv_writer_write_row (csv, row, G_N_ELEMENTS (row), NULL, error))
      return FALSE;
  }
  return TRUE;
}

GBytes *
rounds_person_report_make_changes (RoundsPersonReport *self, GError **error)
{
  static const char *const header[] = { "at", "entity", "record", "operation", "field", "before", "after" };
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (RoundsCsvWriter) csv = rounds_csv_writer_new (memory);

  if (!rounds_csv_writer_write_row (csv, header, G_N_ELEMENTS (header), NULL, error))
    return NULL;
  if (!rounds_person_walk_each_change (self->walk, self->store, write_change, csv, error))
    return NULL;
  return finish (csv, memory, error);
}
