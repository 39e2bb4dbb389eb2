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
 * A search may find half of a million rows: its first rows are read by themselves (rounds-record-search.c), also on the
 * reading thread, and the rest when nobody has typed for a moment.
 *
 * Only one reading runs at a time: what changes meanwhile starts the next one. A new query makes a new generation; the
 * answer of an older one is dropped. The keys are read on the reading thread, not on the database thread, so that a
 * list fills while an import writes. A record that changed where it is becomes a new object with an items-changed of
 * (i, 1, 1), as rows are bound to objects. */

#include "config.h"

#include "rounds-record-list.h"

#include <string.h>

#include "rounds-error.h"
#include "rounds-key-set-private.h"
#include "rounds-query-private.h"
#include "rounds-record-cache-private.h"
#include "rounds-record-store-private.h"

#define FIRST_PAGE 200
#define SEARCH_PAGE 40 /* more than a window shows */
#define SETTLE_MS 200  /* nobody has typed for so long: the rest of a search may be read */
#define CACHE_SIZE 500
#define RETRY_SECONDS 2     /* after a reading that failed */
#define NOT_FOUND G_MAXUINT /* GTK_INVALID_LIST_POSITION */

/* One reading of the keys: what is asked, then what came. */
typedef struct
{
  guint generation;
  RoundsQuery *query; /* (owned) */
  gboolean is_page;   /* only the first rows of a search */
  gboolean is_quick;  /* what is found by the slower query comes with the next reading */
  GArray *keys;       /* (owned) (nullable) answer: gint64 */
  GArray *sections;   /* (owned) answer: RoundsKeySection */
  GHashTable *stale;  /* (owned) gint64* -> whether to replace it even if it is equal */
  GHashTable *fresh;  /* (owned) answer: gint64* -> RoundsRecord */
} Reading;

struct _RoundsRecordList
{
  GObject parent_instance;

  RoundsStore *store; /* (owned) */
  RoundsQuery *query; /* (owned) */
  gboolean watched[ROUNDS_N_ENTITIES];

  GArray *keys;             /* (owned) gint64 in order */
  GArray *sections;         /* (owned) RoundsKeySection in order; none of a query that has no sections */
  RoundsRecordCache *cache; /* (owned) what has been asked for */
  GHashTable *stale;        /* (owned) as in Reading, for the next one */

  guint generation;          /* of the query */
  guint begun;               /* the generation of which the quicker part has been read */
  GCancellable *cancellable; /* (owned) (nullable) of the reading under way */
  Reading *reading;          /* (not owned) (nullable) the same; lives until its answer has been taken */
  gboolean again;            /* read once more after it */
  guint retry;               /* source id: read once more, as it failed */
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

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsRecordList, rounds_record_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void refresh (RoundsRecordList *self);

static gint64
get_key (GArray *keys, guint position)
{
  return g_array_index (keys, gint64, position);
}

static RoundsRecord *
read_record (RoundsRecordList *self, gint64 key)
{
  RoundsRecordStore *reader = rounds_store_get_reader (self->store);
  g_autoptr (GError) error = NULL;
  RoundsRecord *record = NULL;

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
  return ROUNDS_RECORD_LIST (list)->keys->len;
}

static gpointer
list_get_item (GListModel *list, guint position)
{
  RoundsRecordList *self = ROUNDS_RECORD_LIST (list);
  RoundsRecord *record;

  if (position >= self->keys->len)
    return NULL;
  record = rounds_record_cache_look_up (self->cache, get_key (self->keys, position));
  return record != NULL ? g_object_ref (record) : read_record (self, get_key (self->keys, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = list_get_item_type;
  iface->get_n_items = list_get_n_items;
  iface->get_item = list_get_item;
}

/* Telling what changed */

static void
notify_empty (RoundsRecordList *self)
{
  gboolean is_empty = !self->loading && self->keys->len == 0;

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

static GArray *
new_sections (void)
{
  return g_array_new (FALSE, FALSE, sizeof (RoundsKeySection));
}

/* Takes over @keys and @sections (transfer full); tells the one range in which the keys differ from what was there, as
 * start and length. */
static void
replace_keys (RoundsRecordList *self, GArray *keys, GArray *sections, guint *start, guint *length)
{
  g_autoptr (GArray) before = g_steal_pointer (&self->keys);
  guint shorter = MIN (before->len, keys->len);
  guint head = 0, tail = 0;

  while (head < shorter && get_key (before, head) == get_key (keys, head))
    head++;
  while (tail < shorter - head && get_key (before, before->len - 1 - tail) == get_key (keys, keys->len - 1 - tail))
    tail++;

  self->keys = keys;
  g_array_unref (self->sections);
  self->sections = sections;
  *start = head;
  *length = keys->len - head - tail;
  if (before->len == head + tail && *length == 0)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), head, before->len - head - tail, *length);
  if (before->len != self->keys->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static gboolean
records_equal (RoundsRecord *a, RoundsRecord *b)
{
  guint n_fields = rounds_entity_get_info (rounds_record_get_entity (a))->n_fields;

  for (guint f = 0; f < n_fields; f++)
    if (!rounds_value_equal (rounds_record_get_value (a, f), rounds_record_get_value (b, f)))
      return FALSE;
  return TRUE;
}

/* Puts the records that were read again into the cache. Returns: (transfer full): the keys of those that are shown
 * anew. */
static GArray *
replace_records (RoundsRecordList *self, Reading *reading)
{
  GArray *replaced = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer key, record;

  g_hash_table_iter_init (&iter, reading->fresh);
  while (g_hash_table_iter_next (&iter, &key, &record))
    {
      RoundsRecord *before = rounds_record_cache_look_up (self->cache, *(gint64 *) key);
      gboolean always = GPOINTER_TO_INT (g_hash_table_lookup (reading->stale, key));

      if (before == NULL || (!always && records_equal (before, record)))
        continue;
      rounds_record_cache_put (self->cache, *(gint64 *) key, record);
      g_array_append_val (replaced, *(gint64 *) key);
    }
  return replaced;
}

static void
apply (RoundsRecordList *self, Reading *reading)
{
  g_autoptr (GArray) replaced = replace_records (self, reading);
  g_autoptr (GArray) positions = NULL;
  guint start, length;

  replace_keys (self, g_steal_pointer (&reading->keys), g_steal_pointer (&reading->sections), &start, &length);

  positions = rounds_keys_find_all (self->keys, replaced);
  for (guint i = 0; i < positions->len; i++)
    {
      guint position = g_array_index (positions, guint, i);

      /* A handler of the signal above may have set another query. */
      if (reading->generation != self->generation)
        return;
      if (position < start || position >= start + length)
        g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
    }
}

/* Reading */

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  rounds_query_unref (reading->query);
  g_clear_pointer (&reading->keys, g_array_unref);
  g_clear_pointer (&reading->sections, g_array_unref);
  g_hash_table_unref (reading->stale);
  g_hash_table_unref (reading->fresh);
  g_free (reading);
}

/* On the reading thread. */
static gpointer
read_keys (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Reading *reading = data;
  GHashTableIter iter;
  gpointer key;

  reading->sections = new_sections ();
  reading->keys = rounds_record_store_list_keys_in_sections (store, reading->query, reading->sections, error);
  if (reading->keys == NULL)
    return NULL;
  if (reading->is_quick && reading->keys->len > 0)
    {
      RoundsKeySection first = { 0, ROUNDS_SECTION_FIRST };

      g_array_append_val (reading->sections, first);
    }

  g_hash_table_iter_init (&iter, reading->stale);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autoptr (GError) local_error = NULL;
      RoundsRecord *record =
        rounds_record_store_get_by_key (store, reading->query->entity, *(gint64 *) key, &local_error);

      if (record != NULL)
        g_hash_table_insert (reading->fresh, g_memdup2 (key, sizeof (gint64)), record);
      else if (!g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }
  return reading;
}

/* What a reading that came to nothing was to read again is still to be read again. */
static void
take_stale_back (RoundsRecordList *self, Reading *reading)
{
  GHashTableIter iter;
  gpointer key, always;

  g_hash_table_iter_init (&iter, reading->stale);
  while (g_hash_table_iter_next (&iter, &key, &always))
    if (rounds_record_cache_contains (self->cache, *(gint64 *) key)
        && (GPOINTER_TO_INT (always) || !g_hash_table_contains (self->stale, key)))
      g_hash_table_replace (self->stale, g_memdup2 (key, sizeof (gint64)), always);
  if (g_hash_table_size (self->stale) > 0)
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
retry_later (RoundsRecordList *self, Reading *reading, const GError *error)
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

/* Whether @reading was about the first rows and there are probably more. */
static gboolean
has_rest (const Reading *reading)
{
  return reading->is_page && reading->keys->len == reading->query->limit;
}

static void
read_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsRecordList) self = data;
  g_autoptr (GError) error = NULL;
  Reading *reading = g_steal_pointer (&self->reading);
  gboolean read = rounds_store_run_finish (ROUNDS_STORE (source), result, &error) != NULL;
  gboolean more = read && has_rest (reading);
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

  if (self->again && self->cancellable == NULL)
    refresh (self);
  else if (self->cancellable == NULL && more && generation == self->generation)
    self->rest = g_timeout_add (SETTLE_MS, rest_cb, self);
  else if (self->cancellable == NULL)
    set_loading (self, FALSE);
}

static GHashTable *
new_key_set (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/* Reads the keys on the reading thread, now or after the reading that is under way. */
static void
refresh (RoundsRecordList *self)
{
  gboolean quick = self->query->then != NULL && self->begun != self->generation;
  Reading *reading;

  if (self->cancellable != NULL)
    {
      self->again = TRUE;
      return;
    }

  self->again = quick;
  self->begun = self->generation;
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_handle_id (&self->rest, g_source_remove);
  self->cancellable = g_cancellable_new ();
  reading = g_new0 (Reading, 1);
  reading->generation = self->generation;
  reading->is_page = self->page_first;
  reading->query = quick || reading->is_page ? rounds_query_copy (self->query) : rounds_query_ref (self->query);
  reading->is_quick = quick;
  if (quick)
    rounds_query_then (reading->query, NULL);
  if (reading->is_page)
    rounds_query_limit (reading->query, SEARCH_PAGE);
  self->page_first = FALSE;
  reading->stale = g_steal_pointer (&self->stale);
  reading->fresh = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->stale = new_key_set ();
  self->reading = reading;
  rounds_store_read_async (self->store, read_keys, reading, reading_free, NULL, G_PRIORITY_DEFAULT, self->cancellable,
                           read_done_cb, g_object_ref (self));
}

/* Shows the start of the query at once, so that the first frame has content. A search is left to the reading thread, as
 * many words have thousands of matches that must be sorted first; until it answers, the old rows stay. Returns: whether
 * that was all. */
static gboolean
load_first_page (RoundsRecordList *self)
{
  RoundsRecordStore *reader = rounds_store_get_reader (self->store);
  g_autoptr (RoundsQuery) page = NULL;
  g_autoptr (GArray) sections = new_sections ();
  g_autoptr (GError) error = NULL;
  guint limit = self->query->limit > 0 ? MIN (self->query->limit, FIRST_PAGE) : FIRST_PAGE;
  guint start, length;
  gboolean is_all;
  GArray *keys;

  if (reader == NULL || !rounds_query_is_instant (self->query))
    return FALSE;

  page = rounds_query_limit (rounds_query_copy (self->query), limit);
  keys = rounds_record_store_list_keys_in_sections (reader, page, sections, &error);
  if (keys == NULL)
    {
      g_warning ("A list cannot be read: %s", error->message);
      return FALSE;
    }
  is_all = keys->len < limit || limit == self->query->limit;
  replace_keys (self, keys, g_steal_pointer (&sections), &start, &length);
  return is_all;
}

static gboolean
contains_id (GPtrArray *ids, const RoundsUuid *id)
{
  for (guint i = 0; i < ids->len; i++)
    if (rounds_uuid_equal (ids->pdata[i], id))
      return TRUE;
  return FALSE;
}

/* A change in the store, as it is put to each cached record. */
typedef struct
{
  RoundsRecordList *list;
  GPtrArray *ids;  /* (nullable): those that changed; NULL: any */
  gboolean always; /* shown anew even if it is equal */
} Change;

/* Marks the record to be read again if the change is about it. */
static void
mark_stale_cb (gint64 key, RoundsRecord *record, gpointer data)
{
  Change *change = data;
  GHashTable *stale = change->list->stale;

  if (change->ids != NULL && !contains_id (change->ids, rounds_record_get_id (record)))
    return;
  if (change->always || !g_hash_table_contains (stale, &key))
    g_hash_table_replace (stale, g_memdup2 (&key, sizeof key), GINT_TO_POINTER (change->always));
}

static void
store_changed_cb (RoundsStore *store, int entity, GPtrArray *ids, RoundsRecordList *self)
{
  gboolean own = rounds_query_reads (self->query, (RoundsEntity) entity);
  /* A row shows a watched entity's values beside the record's own, which are the same: it is shown anew always. */
  Change change = { self, own ? ids : NULL, self->watched[entity] };

  if (!own && !self->watched[entity])
    return;

  rounds_record_cache_foreach (self->cache, mark_stale_cb, &change);
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
  g_hash_table_unref (self->stale);
  g_array_unref (self->keys);
  g_array_unref (self->sections);
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
      g_value_set_uint (value, self->keys->len);
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
}

static void
rounds_record_list_init (RoundsRecordList *self)
{
  self->keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->sections = new_sections ();
  self->cache = rounds_record_cache_new (CACHE_SIZE);
  self->stale = new_key_set ();
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
      guint start, length;

      rounds_record_cache_clear (self->cache);
      g_hash_table_remove_all (self->stale);
      g_clear_pointer (&self->query, rounds_query_unref);
      self->query = query;
      replace_keys (self, g_array_new (FALSE, FALSE, sizeof (gint64)), new_sections (), &start, &length);
    }
  else
    {
      g_clear_pointer (&self->query, rounds_query_unref);
      self->query = query;
    }
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);

  g_clear_handle_id (&self->rest, g_source_remove);
  self->page_first =
    rounds_record_store_can_walk (query) && query->then == NULL && (query->limit == 0 || query->limit > SEARCH_PAGE);
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
        return rounds_keys_find (self->keys,
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
  g_return_val_if_fail (position < self->keys->len, 0);

  return get_key (self->keys, position);
}

/**
 * rounds_record_list_get_section:
 * @position: a row
 * @start: (out): the first row of its section
 * @end: (out): the row after its last one
 *
 * Returns: the letter with which the names of the section begin, '#' for what is none; of a query that is followed by
 *   another %ROUNDS_SECTION_FIRST or %ROUNDS_SECTION_THEN; 0 if the list has no sections, which is one that is all of
 * it
 */
gunichar
rounds_record_list_get_section (RoundsRecordList *self, guint position, guint *start, guint *end)
{
  guint low = 0, high = self->sections->len;

  *start = 0;
  *end = self->keys->len;
  if (high == 0)
    return 0;
  while (low + 1 < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (self->sections, RoundsKeySection, middle).start <= position)
        low = middle;
      else
        high = middle;
    }
  *start = g_array_index (self->sections, RoundsKeySection, low).start;
  if (low + 1 < self->sections->len)
    *end = g_array_index (self->sections, RoundsKeySection, low + 1).start;
  return g_array_index (self->sections, RoundsKeySection, low).letter;
}
