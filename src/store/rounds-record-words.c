/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words by which records are found. What is written is held back and given to the full-text index many rows at
 * once: the index collects words in a table in memory that is larger than the processor's cache, and row by row it
 * would have to come back there after the pages of all other tables. */

#include "rounds-query-private.h"
#include "rounds-record-store-private.h"

/* Bytes of words held back at most: some thousands of records. */
#define WORDS_HELD (1024 * 1024)

struct _RoundsHeldWords
{
  GArray *row_keys; /* (owned): of gint64, as they were written */
  GString *texts;   /* (owned): each row's, one after the other, each with its null byte */
};

static void
held_words_free (RoundsHeldWords *self)
{
  g_array_unref (self->row_keys);
  g_string_free (self->texts, TRUE);
  g_free (self);
}

static RoundsHeldWords *
held_words_new (void)
{
  RoundsHeldWords *self = g_new0 (RoundsHeldWords, 1);

  self->row_keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->texts = g_string_new (NULL);
  return self;
}

static guint
count_columns (const RoundsEntityInfo *info)
{
  guint n = 0;

  for (guint f = 0; f < info->n_fields; f++)
    n += (info->fields[f].flags & ROUNDS_FIELD_SEARCH) != 0;
  return n;
}

/* "INSERT INTO … (rowid, columns…) VALUES ($1, …)" */
static const char *
get_words_sql (RoundsRecordStore *self, RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  GString *sql;

  if (self->words_sql[entity] != NULL)
    return self->words_sql[entity];
  sql = g_string_new (NULL);
  g_string_append_printf (sql, "INSERT INTO \"%s_search\" (rowid", info->name);
  for (guint f = 0; f < info->n_fields; f++)
    if (info->fields[f].flags & ROUNDS_FIELD_SEARCH)
      g_string_append_printf (sql, ", \"%s\"", info->fields[f].name);
  g_string_append (sql, ") VALUES ($1");
  for (guint i = 0; i < count_columns (info); i++)
    g_string_append_printf (sql, ", $%u", i + 2);
  g_string_append_c (sql, ')');
  return self->words_sql[entity] = g_string_free_and_steal (sql);
}

static gboolean
write_words (RoundsRecordStore *self, RoundsEntity entity, GError **error)
{
  const RoundsHeldWords *held = self->words[entity];
  guint n_columns = count_columns (rounds_entity_get_info (entity));
  g_autoptr (RoundsStatement) statement = rounds_database_prepare (self->database, get_words_sql (self, entity), error);
  char *text = held->texts->str;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < held->row_keys->len; i++)
    {
      rounds_statement_bind_integer (statement, 1, g_array_index (held->row_keys, gint64, i));
      for (guint column = 0; column < n_columns; column++, text += strlen (text) + 1)
        {
          RoundsValue value = { ROUNDS_VALUE_TEXT, { .text = text } };

          rounds_statement_bind_lasting (statement, (int) column + 2, &value);
        }
      if (!rounds_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}

/*
 * rounds_record_store_flush_words:
 *
 * Gives the full-text indexes what is held back: before each commit, and before they are read or changed otherwise.
 */
gboolean
rounds_record_store_flush_words (RoundsRecordStore *self, GError **error)
{
  if (self->words_size == 0)
    return TRUE;
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      if (self->words[e] == NULL)
        continue;
      if (!write_words (self, e, error))
        return FALSE;
      g_array_set_size (self->words[e]->row_keys, 0);
      g_string_truncate (self->words[e]->texts, 0);
    }
  self->words_size = 0;
  return TRUE;
}

/* rounds_record_store_drop_words: the transaction has ended. */
void
rounds_record_store_drop_words (RoundsRecordStore *self)
{
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    g_clear_pointer (&self->words[e], held_words_free);
  self->words_size = 0;
}

/*
 * rounds_record_store_add_words:
 * @record: a record of an entity that can be searched
 * @row_key: its row, of which the index has no words
 */
gboolean
rounds_record_store_add_words (RoundsRecordStore *self, RoundsRecord *record, gint64 row_key, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  RoundsHeldWords *held;
  gsize before;

  if (self->words[entity] == NULL)
    self->words[entity] = held_words_new ();
  held = self->words[entity];
  before = held->texts->len;
  for (guint f = 0; f < info->n_fields; f++)
    if (info->fields[f].flags & ROUNDS_FIELD_SEARCH)
      {
        g_autofree char *words = rounds_search_text (rounds_record_get_text (record, f));

        g_string_append_len (held->texts, words, (gssize) strlen (words) + 1);
      }
  g_array_append_val (held->row_keys, row_key);
  self->words_size += held->texts->len - before + sizeof row_key;
  return self->words_size < WORDS_HELD || rounds_record_store_flush_words (self, error);
}

/* rounds_record_store_forget_words: takes the words of the row out of the full-text index; the entity has one. */
gboolean
rounds_record_store_forget_words (RoundsRecordStore *self, RoundsEntity entity, gint64 row_key, GError **error)
{
  g_autofree char *sql =
    g_strdup_printf ("DELETE FROM \"%s_search\" WHERE rowid = $1", rounds_entity_get_info (entity)->name);
  g_autoptr (RoundsStatement) statement = NULL;

  if (!rounds_record_store_flush_words (self, error))
    return FALSE;
  statement = rounds_database_prepare (self->database, sql, error);
  if (statement == NULL)
    return FALSE;
  rounds_statement_bind_integer (statement, 1, row_key);
  return rounds_statement_run (statement, error);
}
