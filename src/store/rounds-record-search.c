/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Searches in an order that an index has: the newest notes with a word, the first names that begin so.
 *
 * The full-text index gives matches by row key, the list wants them by time or by name. To read all matches and sort
 * them takes a second where half of a million notes match. So two readers go side by side:
 *
 *      index in the wanted order:  7 3 9 4 …   each row: is it a match?
 *      full-text index, by key:    9 8 7 …     every key behind the last one read is known to be a match or not
 *
 * A row that the second reader has passed costs a look into a set. One that it has not passed is asked for by its text,
 * and the reader goes on some steps meanwhile, so that whichever of the two is quicker for this word has done most of
 * the work: a frequent word is found in the first rows, a rare one in a short list. Where what is recorded last also
 * happened last, as in real life, the two go hand in hand, and a page costs as much as the full-text index alone would
 * take.
 *
 * Of a rare word (few matches, and the first rows do not have them) the matches are sorted after all. */

#include "config.h"

#include <string.h>

#include "rounds-key-set-private.h"
#include "rounds-query-private.h"
#include "rounds-record-store-private.h"
#include "rounds-store-schema.h"

#define ADVANCE 64     /* matches read ahead for a row that is not known: about what reading its text takes */
#define SAMPLE 64      /* rows whose text is read before the full-text index is asked, where asking takes long */
#define FREQUENT 16    /* one match in so many rows: frequent enough to go on by their texts alone */
#define SORT_FACTOR 32 /* sorting a match takes as long as passing so many rows in order */

typedef struct
{
  RoundsRecordStore *store; /* (not owned) */
  RoundsQuery *query;       /* (not owned) */
  GStrv words;              /* (owned): folded; each must begin a word of the text */

  RoundsStatement *matches; /* (owned) (nullable): keys from the full-text index, in the query's direction */
  gboolean exhausted;       /* it has given all of them */
  gint64 frontier;          /* the key that it gave last */
  guint n_found;
  RoundsKeySet *found; /* (owned): the keys that it gave */

  guint n_walked;   /* rows of the index in order */
  gint64 n_rows;    /* about how many there are; 0: not asked yet */
  GArray *keys;     /* (not owned): the answer */
  GArray *sections; /* (not owned): of a query in sections, the letters of the names */
} Search;

static void
search_clear (Search *self)
{
  g_strfreev (self->words);
  g_clear_pointer (&self->matches, rounds_statement_reset);
  rounds_key_set_free (self->found);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* An expression is made of quoted prefixes: "word"* "other"*. */
static GStrv
split_expression (const char *expression)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_auto (GStrv) parts = g_strsplit (expression, "\"", -1);

  for (guint i = 1; parts[i] != NULL; i += 2)
    g_strv_builder_add (words, parts[i]);
  return g_strv_builder_end (words);
}

/* Whether the full-text index has a list for each of these prefixes; otherwise it first merges those of all words that
 * begin so, which of one letter are most of what was ever written. */
static gboolean
is_quick_to_open (Search *self)
{
  for (guint i = 0; self->words[i] != NULL; i++)
    {
      glong length = g_utf8_strlen (self->words[i], -1);

      if (!rounds_store_schema_has_prefix (self->query->entity, (guint) length))
        return FALSE;
    }
  return TRUE;
}

static gboolean
open_matches (Search *self, GError **error)
{
  const char *table = rounds_entity_get_info (self->query->entity)->name;
  g_autofree char *sql =
    g_strdup_printf ("SELECT rowid FROM \"%s_search\" WHERE \"%s_search\" MATCH $1 ORDER BY rowid%s", table, table,
                     self->query->descending ? " DESC" : "");

  self->matches = rounds_database_prepare (self->store->database, sql, error);
  if (self->matches == NULL)
    return FALSE;
  rounds_statement_bind_text (self->matches, 1, self->query->search);
  return TRUE;
}

/* Whether the full-text index has given everything up to @key. */
static gboolean
is_known (Search *self, gint64 key)
{
  if (self->exhausted)
    return TRUE;
  if (self->n_found == 0)
    return FALSE;
  return self->query->descending ? key >= self->frontier : key <= self->frontier;
}

/* Reads on until @key is known, but not more than @most matches. */
static gboolean
advance (Search *self, gint64 key, guint most, GError **error)
{
  while (most-- > 0 && !is_known (self, key))
    switch (rounds_statement_step (self->matches, error))
      {
      case ROUNDS_STEP_ROW:
        self->frontier = rounds_statement_get_integer (self->matches, 0);
        self->n_found++;
        rounds_key_set_add (self->found, self->frontier);
        break;
      case ROUNDS_STEP_DONE:
        self->exhausted = TRUE;
        break;
      case ROUNDS_STEP_ERROR:
      default:
        return FALSE;
      }
  return TRUE;
}

/* Whether a word of @text, which is folded, begins with @prefix. Words are parted as the index's tokenizer parts them:
 * by ASCII characters that are neither letters nor digits. */
static gboolean
has_prefix (const char *text, const char *prefix)
{
  gsize length = strlen (prefix);

  for (const char *found = strstr (text, prefix); found != NULL; found = strstr (found + length, prefix))
    if (found == text || ((guchar) found[-1] < 0x80 && !g_ascii_isalnum (found[-1])))
      return TRUE;
  return FALSE;
}

/* The words of a row's searchable fields, one after the other; "" for a row that is gone. */
static char *
read_words (Search *self, gint64 key, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (self->query->entity);
  g_autoptr (RoundsStatement) statement = rounds_database_prepare (
    self->store->database, rounds_record_store_get_text_sql (self->store, self->query->entity), error);
  g_autoptr (GString) words = g_string_new (NULL);
  int column = 0;

  if (statement == NULL)
    return NULL;
  rounds_statement_bind_integer (statement, 1, key);
  switch (rounds_statement_step (statement, error))
    {
    case ROUNDS_STEP_ROW:
      for (guint f = 0; f < info->n_fields; f++)
        if (info->fields[f].flags & ROUNDS_FIELD_SEARCH)
          {
            g_autofree char *text = rounds_statement_dup_text (statement, column++);
            g_autofree char *folded = rounds_search_text (text);

            g_string_append_printf (words, "%s\n", folded);
          }
      return g_string_free_and_steal (g_steal_pointer (&words));
    case ROUNDS_STEP_DONE:
      return g_strdup ("");
    case ROUNDS_STEP_ERROR:
    default:
      return NULL;
    }
}

static gboolean
check_text (Search *self, gint64 key, gboolean *is_match, GError **error)
{
  g_autofree char *words = read_words (self, key, error);

  *is_match = words != NULL;
  for (guint i = 0; *is_match && self->words[i] != NULL; i++)
    *is_match = has_prefix (words, self->words[i]);
  return words != NULL;
}

static gboolean
is_frequent (Search *self)
{
  return self->n_walked < SAMPLE || self->keys->len * FREQUENT >= self->n_walked;
}

static gboolean
check_row (Search *self, gint64 key, gboolean *is_match, GError **error)
{
  if (self->matches == NULL && !is_quick_to_open (self) && is_frequent (self))
    return check_text (self, key, is_match, error);
  if ((self->matches == NULL && !open_matches (self, error)) || !advance (self, key, ADVANCE, error))
    return FALSE;
  if (!is_known (self, key))
    return check_text (self, key, is_match, error);
  *is_match = rounds_key_set_contains (self->found, key);
  return TRUE;
}

/* About how many rows the table has: the greatest key, as keys ascend. */
static gint64
estimate_rows (Search *self)
{
  g_autofree char *sql =
    g_strdup_printf ("SELECT max(row_key) FROM \"%s\"", rounds_entity_get_info (self->query->entity)->name);
  g_autoptr (RoundsStatement) statement = rounds_database_prepare (self->store->database, sql, NULL);

  if (statement == NULL || rounds_statement_step (statement, NULL) != ROUNDS_STEP_ROW)
    return 0;
  return rounds_statement_get_integer (statement, 0);
}

/* Whether it is quicker to sort the matches than to go on until the wanted number has been passed: by what is to be
 * expected where they are spread evenly, or because the walk has taken that long already. */
static gboolean
should_sort (Search *self)
{
  guint64 cost = (guint64) self->n_found * SORT_FACTOR;

  if (!self->exhausted)
    return FALSE;
  if (self->n_rows == 0)
    self->n_rows = estimate_rows (self);
  return cost <= self->n_walked || self->n_found <= self->query->limit
         || cost <= (guint64) self->n_rows / self->n_found * self->query->limit;
}

/* Walks in order until there are as many as are wanted. %FALSE with @sort: better begin anew and sort. */
static gboolean
walk (Search *self, gboolean *sort, GError **error)
{
  g_autoptr (RoundsQuery) everything =
    rounds_query_limit (rounds_query_search (rounds_query_copy (self->query), NULL), 0);
  g_autoptr (RoundsStatement) statement = rounds_query_prepare_keys (everything, self->store->database, "", error);
  RoundsStep step = ROUNDS_STEP_ROW;

  if (statement == NULL)
    return FALSE;
  while ((self->query->limit == 0 || self->keys->len < self->query->limit)
         && (step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
    {
      gint64 key = rounds_statement_get_integer (statement, 0);
      gboolean is_match;

      if (!check_row (self, key, &is_match, error))
        return FALSE;
      self->n_walked++;
      if (is_match && self->query->in_sections)
        rounds_record_store_add_letter (self->sections, self->keys->len, rounds_statement_get_integer (statement, 1));
      if (is_match)
        g_array_append_val (self->keys, key);
      if (self->query->limit > 0 && should_sort (self))
        {
          *sort = TRUE;
          return FALSE;
        }
    }
  return step != ROUNDS_STEP_ERROR;
}

/* All matches are wanted: the full-text index is read to its end first. */
static gboolean
read_all_matches (Search *self, GError **error)
{
  if (!open_matches (self, error))
    return FALSE;
  while (!self->exhausted)
    if (!advance (self, self->query->descending ? G_MININT64 : G_MAXINT64, G_MAXUINT, error))
      return FALSE;
  return TRUE;
}

/*
 * rounds_record_store_can_walk:
 *
 * Returns: whether @query is a search whose order an index has, so that rounds_record_store_search_keys() pays; in the
 *   order in which records were made, the full-text index itself is quicker
 */
gboolean
rounds_record_store_can_walk (RoundsQuery *query)
{
  return query->search != NULL && *query->search != '\0' && query->beside == NULL && query->order_sql == NULL
         && query->order != ROUNDS_ORDER_NONE && query->deleted == ROUNDS_DELETED_EXCLUDED
         && rounds_store_schema_has_order (query->entity, query->order);
}

/*
 * rounds_record_store_search_keys:
 * @query: for which rounds_record_store_can_walk()
 * @keys: (element-type gint64): gets the keys in @query's order
 * @sections: (element-type RoundsKeySection): gets the letters of a query in sections
 * @sort: (out): %TRUE with %FALSE: nothing failed, but sorting all matches is the quicker way
 *
 * Returns: whether @keys holds the answer
 */
gboolean
rounds_record_store_search_keys (RoundsRecordStore *self, RoundsQuery *query, GArray *keys, GArray *sections,
                                 gboolean *sort, GError **error)
{
  g_auto (Search) search = { 0 };

  *sort = FALSE;
  search.store = self;
  search.query = query;
  search.words = split_expression (query->search);
  search.found = rounds_key_set_new ();
  search.keys = keys;
  search.sections = sections;

  if (query->limit == 0)
    {
      if (!read_all_matches (&search, error))
        return FALSE;
      *sort = (gint64) search.n_found * SORT_FACTOR <= estimate_rows (&search);
      if (*sort)
        return FALSE;
    }
  return walk (&search, sort, error);
}
