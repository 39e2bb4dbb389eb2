/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a list over SQL stays small, true and quick:
 *
 *      query ──────► reading thread: row keys in order ──answer──► keys  [ 7 │ 3 │ 9 │ 4 │ … ]   8 bytes a row
 *        │                     ▲   and the stale records again       │     ▲
 *        │ first 200 keys,     │                                     │     │ compared: equal head and tail stay,
 *        └ at once ────────────┼────────────────────────────────────►│     │ the middle is one items-changed
 *                              │                                     │
 *      RoundsStore::changed ───┘ what is cached of it is stale       └─► get_item (2) ─► cache by key ─miss─► one read
 *                                                                                        (last used 500)    on the main
 *                                                                                                           connection
 *
 * A view of many rows makes ten times as many as it shows. rounds_record_list_get_row() gives it rows that read their
 * record when they are shown (rounds-list-row.h), one for each key as long as it shows the same.
 *
 * RoundsKeyReading is one reading, RoundsKeyList what it gives, RoundsRecordCache the records and which of them are
 * stale. A search may find half of a million rows: its first rows are read by themselves (rounds-record-search.c), also
 * on the reading thread, and the rest when nobody has typed for a moment.
 *
 * Only one reading runs at a time: what changes meanwhile starts the next one. A new query makes a new generation; the
 * answer of an older one is dropped. The keys are read on the reading thread, not on the database thread, so that a
 * list fills while an import writes. A record that changed where it is becomes a new object with an items-changed of
 * (i, 1, 1), as rows are bound to objects. */

#include "config.h"

#include "rounds-record-list.h"

#include "rounds-error.h"
#include "rounds-key-reading-private.h"
#include "rounds-list-row-private.h"
#include "rounds-query-private.h"
#include "rounds-record-cache-private.h"
#include "rounds-record-store-private.h"

#define FIRST_PAGE 200
#define SEARCH_PAGE 40 /* more than a window shows */
#define SETTLE_MS 200  /* nobody has typed for so long: the rest of a search may be read */
#define CACHE_SIZE 500
#define RETRY_SECONDS 2     /* after a reading that failed */
#define NOT_FOUND G_MAXUINT /* GTK_INVALID_LIST_POSITION */

struct _RoundsRecordList
{
  GObject parent_instance;

  RoundsStore *store; /* (owned) */
  RoundsQuery *query; /* (owned) */
  gboolean watched[ROUNDS_N_ENTITIES];

  RoundsKeyList *rows;      /* (owned) */
  RoundsRecordCache *cache; /* (owned) what has been asked for */
  GHashTable *given;        /* (owned) gint64* (of the row) -> RoundsListRow (not owned): those that somebody has */

  guint generation;          /* of the query */
  guint begun;               /* the generation of which the quicker part has been read */
  guint answered;            /* the generation of which rows have come */
  GCancellable *cancellable; /* (owned) (nullable) of the reading under way */
  RoundsKeyReading *reading; /* (not owned) (nullable) the same; lives until its answer has been taken */
  gboolean again;            /* read once more after it */
  guint retry;               /* source id: read once more, as it failed */
  gboolean is_outdated;      /* something has changed since the reading under way began */
  gboolean held;             /* nobody sees the rows: what changes is read later */
  gboolean page_first;       /* the next reading is that of a search's first rows */
  guint rest;                /* source id: the rest of a search is read later */
  gboolean loading;
  gboolean was_empty; /* as last notified */
};

enum
{
  PROP_0,
  PROP_ITEM_TYPE,
  PROP_N_ITEMS,
  PROP_LOADING,
  PROP_QUERY,
  PROP_IS_EMPTY,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

enum
{
  SIGNAL_ANSWERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsRecordList, rounds_record_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void refresh (RoundsRecordList *self);

/*
 * rounds_record_list_get_record:
 * @key: of one of its rows
 *
 * Returns: (transfer full): the record, read unless it is at hand
 */
RoundsRecord *
rounds_record_list_get_record (RoundsRecordList *self, gint64 key)
{
  RoundsRecordStore *reader = rounds_store_get_reader (self->store);
  RoundsRecord *record = rounds_record_cache_look_up (self->cache, key);
  g_autoptr (GError) error = NULL;

  if (record != NULL)
    return g_object_ref (record);
  if (reader != NULL)
    record = rounds_record_store_get_by_key (reader, self->query->entity, key, &error);
  if (record == NULL)
    {
      /* A list model must give something for each position. Rows are never taken out of the database while their keys
       * are listed, so that this is a disk that fails or a store that has just been closed. */
      if (error != NULL)
        g_warning ("A record of a list cannot be read: %s", error->message);
      return rounds_record_new (rounds_key_get_entity (key, self->query->entity));
    }

  rounds_record_cache_put (self->cache, key, record);
  return record;
}

/* GListModel */

static GType
list_get_item_type (GListModel *list)
{
  return ROUNDS_TYPE_RECORD;
}

static guint
list_get_n_items (GListModel *list)
{
  return ROUNDS_RECORD_LIST (list)->rows->keys->len;
}

static gpointer
list_get_item (GListModel *list, guint position)
{
  RoundsRecordList *self = ROUNDS_RECORD_LIST (list);

  if (position >= self->rows->keys->len)
    return NULL;
  return rounds_record_list_get_record (self, rounds_key_list_get (self->rows, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = list_get_item_type;
  iface->get_n_items = list_get_n_items;
  iface->get_item = list_get_item;
}

/* Rows that read later */

/* rounds_record_list_forget_row: nobody has @row any more. */
void
rounds_record_list_forget_row (RoundsRecordList *self, RoundsListRow *row)
{
  const gint64 *key = rounds_list_row_get_key (row);

  if (g_hash_table_lookup (self->given, key) == row)
    g_hash_table_remove (self->given, key);
}

/* The same keys will be those of other records. */
static void
let_rows_go (RoundsRecordList *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->given);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      g_hash_table_iter_remove (&iter);
      rounds_list_row_let_go (row);
    }
}

/**
 * rounds_record_list_get_row:
 * @position: a row
 *
 * What g_list_model_get_item() gives without reading it. A record that has changed is another row.
 *
 * Returns: (transfer full) (nullable): the row; %NULL if there is none
 */
RoundsListRow *
rounds_record_list_get_row (RoundsRecordList *self, guint position)
{
  RoundsListRow *row;
  gint64 key;

  if (position >= self->rows->keys->len)
    return NULL;
  key = rounds_key_list_get (self->rows, position);
  row = g_hash_table_lookup (self->given, &key);
  if (row != NULL && !rounds_list_row_shows_other (row, rounds_record_cache_look_up (self->cache, key)))
    return g_object_ref (row);

  row = rounds_list_row_new (self, key);
  g_hash_table_replace (self->given, (gpointer) rounds_list_row_get_key (row), row);
  return row;
}

/* Telling what changed */

static void
notify_empty (RoundsRecordList *self)
{
  gboolean is_empty = !self->loading && self->rows->keys->len == 0;

  if (is_empty == self->was_empty)
    return;
  self->was_empty = is_empty;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_EMPTY]);
}

static void
set_loading (RoundsRecordList *self, gboolean loading)
{
  if (self->loading != loading)
    {
      self->loading = loading;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
    }
  notify_empty (self);
}

/* Takes over @rows; tells the one range in which they differ from what was there. */
static void
replace_rows (RoundsRecordList *self, RoundsKeyList *rows, RoundsKeyChange *change)
{
  g_autoptr (RoundsKeyList) before = g_steal_pointer (&self->rows);

  self->rows = rows;
  if (!rounds_key_list_compare (before, rows, change))
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), change->start, change->removed, change->added);
  if (change->removed != change->added)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

/* The rows of the query that was set last, or the first of them, have come. */
static void
tell_answered (RoundsRecordList *self)
{
  if (self->answered == self->generation)
    return;
  self->answered = self->generation;
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0);
}

static void
apply (RoundsRecordList *self, RoundsKeyReading *reading)
{
  g_autoptr (GArray) renewed = rounds_record_cache_renew (self->cache, reading->stale, reading->fresh);
  g_autoptr (GArray) positions = NULL;
  RoundsKeyChange change;

  if (!self->is_outdated)
    rounds_record_cache_add_all (self->cache, reading->ahead);
  replace_rows (self, g_steal_pointer (&reading->rows), &change);

  positions = rounds_key_list_find_all (self->rows, renewed);
  for (guint i = 0; i < positions->len; i++)
    {
      guint position = g_array_index (positions, guint, i);

      /* A handler of the signal above may have set another query. */
      if (reading->generation != self->generation)
        return;
      if (position < change.start || position >= change.start + change.added)
        g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
    }
  if (reading->generation == self->generation)
    tell_answered (self);
}

/* Reading */

/* What a reading that came to nothing was to read again is still to be read again. */
static void
take_stale_back (RoundsRecordList *self, RoundsKeyReading *reading)
{
  rounds_record_cache_put_stale (self->cache, reading->stale);
  if (rounds_record_cache_is_stale (self->cache))
    self->again = TRUE;
}

static gboolean
retry_cb (gpointer data)
{
  RoundsRecordList *self = data;

  self->retry = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

/* A disk that failed once may work again. Until it does the list is loading: what it shows is old, and to call it empty
 * would be a lie. */
static void
retry_later (RoundsRecordList *self, RoundsKeyReading *reading, const GError *error)
{
  g_warning ("A list cannot be read: %s", error->message);
  take_stale_back (self, reading);
  self->again = FALSE;
  if (rounds_store_get_reader (self->store) != NULL)
    self->retry = g_timeout_add_seconds (RETRY_SECONDS, retry_cb, self);
}

static gboolean
rest_cb (gpointer data)
{
  RoundsRecordList *self = data;

  self->rest = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

static void
read_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsRecordList) self = data;
  g_autoptr (GError) error = NULL;
  RoundsKeyReading *reading = g_steal_pointer (&self->reading);
  gboolean read = rounds_store_run_finish (ROUNDS_STORE (source), result, &error) != NULL;
  gboolean more = read && rounds_key_reading_has_rest (reading);
  gboolean needs_slower = read && reading->is_quick && !more;
  guint generation = self->generation;

  g_clear_object (&self->cancellable);
  if (self->store == NULL)
    return;

  if (read && reading->generation == self->generation)
    apply (self, reading);
  else if (read || g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED))
    take_stale_back (self, reading);
  else
    retry_later (self, reading, error);

  if (rounds_store_get_reader (self->store) == NULL || self->retry != 0) /* closed, or later */
    return;

  if (((self->again && !self->held) || needs_slower) && self->cancellable == NULL)
    refresh (self);
  else if (self->cancellable == NULL && more && generation == self->generation)
    self->rest = g_timeout_add (SETTLE_MS, rest_cb, self);
  else if (self->cancellable == NULL)
    set_loading (self, FALSE);
}

/* Reads the keys on the reading thread, now or after the reading that is under way. */
static void
refresh (RoundsRecordList *self)
{
  gboolean quick = self->query->then != NULL && self->begun != self->generation;
  RoundsKeyReading *reading;

  if (self->cancellable != NULL)
    {
      self->again = TRUE;
      return;
    }

  self->again = FALSE;
  self->begun = self->generation;
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_handle_id (&self->rest, g_source_remove);
  self->cancellable = g_cancellable_new ();
  reading = rounds_key_reading_new (self->query, self->generation, self->cache);
  if (quick)
    rounds_key_reading_take_quick (reading);
  if (self->page_first)
    rounds_key_reading_take_page (reading, SEARCH_PAGE);
  self->page_first = FALSE;
  self->reading = reading;
  self->is_outdated = FALSE;
  rounds_store_read_async (self->store, rounds_key_reading_run, reading, rounds_key_reading_free, NULL,
                           G_PRIORITY_DEFAULT, self->cancellable, read_done_cb, g_object_ref (self));
}

/* Shows the start of the query at once, so that the first frame has content. A search is left to the reading thread, as
 * many words have thousands of matches that must be sorted first; until it answers, the old rows stay. Returns: whether
 * that was all. */
static gboolean
load_first_page (RoundsRecordList *self)
{
  RoundsRecordStore *reader = rounds_store_get_reader (self->store);
  g_autoptr (RoundsQuery) page = NULL;
  g_autoptr (GError) error = NULL;
  guint limit = self->query->limit > 0 ? MIN (self->query->limit, FIRST_PAGE) : FIRST_PAGE;
  guint generation = self->generation;
  RoundsKeyChange change;
  RoundsKeyList *rows;
  gboolean is_all;

  if (reader == NULL || !rounds_query_is_instant (self->query))
    return FALSE;

  page = rounds_query_limit (rounds_query_copy (self->query), limit);
  rows = rounds_key_list_read (reader, page, &error);
  if (rows == NULL)
    {
      g_warning ("A list cannot be read: %s", error->message);
      return FALSE;
    }
  is_all = rows->keys->len < limit || limit == self->query->limit;
  replace_rows (self, rows, &change);
  if (generation == self->generation)
    tell_answered (self);
  return is_all;
}

static void
store_changed_cb (RoundsStore *store, int entity, GPtrArray *ids, RoundsRecordList *self)
{
  gboolean own = rounds_query_reads (self->query, (RoundsEntity) entity);

  if (!own && !self->watched[entity])
    return;

  /* A row shows a watched entity's values beside the record's own, which are the same: it is shown anew always. */
  self->is_outdated = TRUE;
  rounds_record_cache_mark_stale (self->cache, own ? ids : NULL, self->watched[entity]);
  if (self->held)
    self->again = TRUE;
  else
    refresh (self);
}

/* GObject */

static void
rounds_record_list_dispose (GObject *object)
{
  RoundsRecordList *self = ROUNDS_RECORD_LIST (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_handle_id (&self->rest, g_source_remove);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (rounds_record_list_parent_class)->dispose (object);
}

static void
rounds_record_list_finalize (GObject *object)
{
  RoundsRecordList *self = ROUNDS_RECORD_LIST (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->query, rounds_query_unref);
  rounds_record_cache_free (self->cache);
  g_hash_table_unref (self->given);
  rounds_key_list_free (self->rows);
  G_OBJECT_CLASS (rounds_record_list_parent_class)->finalize (object);
}

static void
rounds_record_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoundsRecordList *self = ROUNDS_RECORD_LIST (object);

  switch (prop_id)
    {
    case PROP_ITEM_TYPE:
      g_value_set_gtype (value, ROUNDS_TYPE_RECORD);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->rows->keys->len);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_QUERY:
      g_value_set_boxed (value, self->query);
      break;
    case PROP_IS_EMPTY:
      g_value_set_boolean (value, self->was_empty);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rounds_record_list_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_QUERY:
      if (g_value_get_boxed (value) != NULL)
        rounds_record_list_set_query (ROUNDS_RECORD_LIST (object), g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rounds_record_list_class_init (RoundsRecordListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rounds_record_list_dispose;
  object_class->finalize = rounds_record_list_finalize;
  object_class->get_property = rounds_record_list_get_property;
  object_class->set_property = rounds_record_list_set_property;

  properties[PROP_ITEM_TYPE] =
    g_param_spec_gtype ("item-type", NULL, NULL, G_TYPE_OBJECT, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_QUERY] = g_param_spec_boxed ("query", NULL, NULL, ROUNDS_TYPE_QUERY,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_EMPTY] = g_param_spec_boolean (
    "is-empty", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SIGNAL_ANSWERED] =
    g_signal_new ("answered", ROUNDS_TYPE_RECORD_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rounds_record_list_init (RoundsRecordList *self)
{
  self->rows = rounds_key_list_new ();
  self->cache = rounds_record_cache_new (CACHE_SIZE);
  self->given = g_hash_table_new (g_int64_hash, g_int64_equal);
}

/**
 * rounds_record_list_new:
 * @store: where the records are
 * @query: what is listed; not changed any more by the caller
 *
 * Returns: (transfer full): the list, with its first 200 rows unless @query is a search. Main thread.
 */
RoundsRecordList *
rounds_record_list_new (RoundsStore *store, RoundsQuery *query)
{
  RoundsRecordList *self = g_object_new (ROUNDS_TYPE_RECORD_LIST, NULL);

  self->store = g_object_ref (store);
  g_signal_connect (store, "changed", G_CALLBACK (store_changed_cb), self);
  rounds_record_list_set_query (self, query);
  return self;
}

/**
 * rounds_record_list_set_query:
 * @query: what is listed from now on; not changed any more by the caller
 *
 * The rows that both queries have in front and at the end stay, so that a view keeps its place.
 */
void
rounds_record_list_set_query (RoundsRecordList *self, RoundsQuery *query)
{
  gboolean is_all = FALSE;
  guint generation;

  g_return_if_fail (self->store != NULL);

  generation = ++self->generation;
  rounds_query_ref (query);
  if (self->query == NULL || self->query->entity != query->entity)
    {
      RoundsKeyChange change;

      rounds_record_cache_clear (self->cache);
      let_rows_go (self);
      g_clear_pointer (&self->query, rounds_query_unref);
      self->query = query;
      replace_rows (self, rounds_key_list_new (), &change);
    }
  else
    {
      g_clear_pointer (&self->query, rounds_query_unref);
      self->query = query;
    }
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);

  g_clear_handle_id (&self->rest, g_source_remove);
  self->page_first = query->search != NULL && (query->limit == 0 || query->limit > SEARCH_PAGE);
  if (generation == self->generation)
    is_all = load_first_page (self);
  if (generation == self->generation)
    {
      set_loading (self, !is_all);
      if (!is_all)
        refresh (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUERY]);
    }
}

/** rounds_record_list_get_query: Returns: (transfer none): what is listed. */
RoundsQuery *
rounds_record_list_get_query (RoundsRecordList *self)
{
  return self->query;
}

/** rounds_record_list_is_loading: whether rows of the query are still missing. */
gboolean
rounds_record_list_is_loading (RoundsRecordList *self)
{
  return self->loading;
}

/**
 * rounds_record_list_set_held:
 * @held: whether nobody sees the rows
 *
 * What changes in the meantime is read once, when they are seen again. A new query is read all the same.
 */
void
rounds_record_list_set_held (RoundsRecordList *self, gboolean held)
{
  if (self->held == held)
    return;
  self->held = held;
  if (!held && self->again && self->cancellable == NULL)
    refresh (self);
}

/** rounds_record_list_refresh: reads the rows again, as something that the query depends on has changed. */
void
rounds_record_list_refresh (RoundsRecordList *self)
{
  refresh (self);
}

/** rounds_record_list_watch: shows every row anew when records of @entity change, whose values the rows show. */
void
rounds_record_list_watch (RoundsRecordList *self, RoundsEntity entity)
{
  self->watched[entity] = TRUE;
}

/**
 * rounds_record_list_find:
 * @id: a record's id
 *
 * Returns: its position; G_MAXUINT, which is GTK_INVALID_LIST_POSITION, if it is not among the rows that are loaded
 */
guint
rounds_record_list_find (RoundsRecordList *self, const RoundsUuid *id)
{
  RoundsRecordStore *reader = rounds_store_get_reader (self->store);

  if (reader == NULL)
    return NOT_FOUND;
  for (RoundsQuery *part = self->query; part != NULL; part = part->beside)
    {
      gint64 row_key = rounds_record_store_find_row (reader, part->entity, id, NULL);

      if (row_key > 0)
        return rounds_key_list_find (self->rows,
                                     self->query->beside != NULL ? row_key + ROUNDS_KEY_TAG (part->entity) : row_key);
    }
  return NOT_FOUND;
}

/**
 * rounds_record_list_get_key:
 * @position: a row
 *
 * Returns: its key, by which rounds_record_store_get_by_key() finds the record on any thread, without reading it here
 */
gint64
rounds_record_list_get_key (RoundsRecordList *self, guint position)
{
  g_return_val_if_fail (position < self->rows->keys->len, 0);

  return rounds_key_list_get (self->rows, position);
}

/**
 * rounds_record_list_get_section:
 * @position: a row
 * @start: (out): the first row of its section
 * @end: (out): the row after its last one
 *
 * Returns: the letter with which the names of the section begin, '#' for what is none; of a query that is followed by
 *   another %ROUNDS_SECTION_FIRST or %ROUNDS_SECTION_THEN; 0 if the list has no sections: then all of it is one
 */
gunichar
rounds_record_list_get_section (RoundsRecordList *self, guint position, guint *start, guint *end)
{
  return rounds_key_list_get_section (self->rows, position, start, end);
}
