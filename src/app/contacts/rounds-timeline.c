/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-timeline.h"

#include "rounds-time.h"

/* What a window shows at first, and what comes as one scrolls: few enough that making their rows takes less than two
 * frames. */
#define FIRST_PAGE 20
#define NEXT_PAGE 40

/* On the way to a day that is far back; and how far that is at most. */
#define PAGE_ON_THE_WAY 500
#define FARTHEST 20000

struct _RoundsTimeline
{
  GObject parent_instance;

  RoundsStore *store; /* (owned) */
  RoundsUuid person;
  RoundsTimelineKinds kinds;
  GPtrArray *items; /* (owned) of RoundsTimelineEntry */
  gboolean is_complete;

  GCancellable *reading; /* (owned) (nullable): what is being read */
  gboolean is_stale;     /* something has changed since it was begun */
  gboolean wants_more;
  gint64 destination; /* ms UTC, where wants_destination */
  gboolean wants_destination;
  guint idle; /* 0: no change waits to be read */
};

enum
{
  PROP_LOADING = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

enum
{
  SIGNAL_ARRIVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void model_iface_init (GListModelInterface *iface);
static void section_iface_init (GtkSectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsTimeline, rounds_timeline, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, model_iface_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL, section_iface_init))

/* --- Reading --- */

/* What is read: from the top or behind a place, so many or down to a moment. */
typedef struct
{
  RoundsUuid person;
  RoundsTimelineKinds kinds;
  RoundsTimelineMark after;
  gboolean has_after;
  guint n;
  gboolean has_destination;
  gint64 destination;
} Job;

typedef struct
{
  GPtrArray *entries; /* (owned) */
  gboolean is_complete;
} Result;

static void
result_free (gpointer data)
{
  Result *result = data;

  g_ptr_array_unref (result->entries);
  g_free (result);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Result, result_free)

static gpointer
copy_reference (gconstpointer object, gpointer data)
{
  return g_object_ref ((gpointer) object);
}

static gpointer
read_entries (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  g_autoptr (Result) result = g_new0 (Result, 1);
  gboolean arrived;

  result->entries = g_ptr_array_new_with_free_func (g_object_unref);
  do
    {
      guint n = job->has_destination ? MAX (job->n, PAGE_ON_THE_WAY) : job->n;
      g_autoptr (GPtrArray) page = NULL;
      RoundsTimelineEntry *last;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      page = rounds_record_store_list_timeline (store, &job->person, job->kinds, job->has_after ? &job->after : NULL, n,
                                                error);
      if (page == NULL)
        return NULL;
      g_ptr_array_extend (result->entries, page, copy_reference, NULL);
      result->is_complete = page->len < n;
      last = page->len > 0 ? page->pdata[page->len - 1] : NULL;
      arrived = last == NULL || last->mark.at < job->destination;
      if (last != NULL)
        {
          job->after = last->mark;
          job->has_after = TRUE;
        }
    }
  while (job->has_destination && !arrived && !result->is_complete && result->entries->len < FARTHEST);
  return g_steal_pointer (&result);
}

static void read_next (RoundsTimeline *self);

/* Takes @items in place of the old ones and tells what lies between the equal ends. */
static void
replace_items (RoundsTimeline *self, GPtrArray *items)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->items);
  guint head = 0, tail = 0, least = MIN (old->len, items->len);

  while (head < least && rounds_timeline_entry_equal (old->pdata[head], items->pdata[head]))
    head++;
  while (tail < least - head
         && rounds_timeline_entry_equal (old->pdata[old->len - 1 - tail], items->pdata[items->len - 1 - tail]))
    tail++;

  self->items = g_ptr_array_ref (items);
  if (old->len != items->len || head < items->len)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail, items->len - head - tail);
}

static void
append_items (RoundsTimeline *self, GPtrArray *items)
{
  guint before = self->items->len;

  g_ptr_array_extend (self->items, items, copy_reference, NULL);
  if (items->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), before, 0, items->len);
}

/* The first entry that is not after the moment that somebody wants to see. */
static void
tell_arrival (RoundsTimeline *self)
{
  guint position = 0;

  self->wants_destination = FALSE;
  while (position + 1 < self->items->len
         && ((RoundsTimelineEntry *) self->items->pdata[position])->mark.at > self->destination)
    position++;
  if (self->items->len > 0)
    g_signal_emit (self, signals[SIGNAL_ARRIVED], 0, position);
}

/* What a callback is given: a timeline that may be gone, and which reading it is. */
typedef struct
{
  GWeakRef timeline;
  GCancellable *reading; /* (owned) */
  gboolean from_top;
} Reading;

static void
reading_free (Reading *reading)
{
  g_weak_ref_clear (&reading->timeline);
  g_clear_object (&reading->reading);
  g_free (reading);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reading, reading_free)

static void
read_cb (GObject *source, GAsyncResult *task, gpointer data)
{
  g_autoptr (Reading) reading = data;
  g_autoptr (RoundsTimeline) self = g_weak_ref_get (&reading->timeline);
  g_autoptr (GError) error = NULL;
  g_autoptr (Result) result = rounds_store_run_finish (ROUNDS_STORE (source), task, &error);

  if (self == NULL || self->reading != reading->reading)
    return;
  g_clear_object (&self->reading);
  if (result != NULL)
    {
      self->is_complete = result->is_complete;
      if (reading->from_top)
        replace_items (self, result->entries);
      else
        append_items (self, result->entries);
    }
  else
    {
      /* Closed, or the person is gone: the page around hears of both. */
      self->is_complete = TRUE;
      self->is_stale = FALSE;
    }
  if (!self->is_stale && self->wants_destination)
    tell_arrival (self);
  read_next (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
start_reading (RoundsTimeline *self, gboolean from_top)
{
  Job *job = g_new0 (Job, 1);
  Reading *reading = g_new0 (Reading, 1);

  self->reading = g_cancellable_new ();
  g_weak_ref_init (&reading->timeline, self);
  reading->reading = g_object_ref (self->reading);
  reading->from_top = from_top;

  job->person = self->person;
  job->kinds = self->kinds;
  job->n = !from_top ? NEXT_PAGE : MAX (self->items->len, FIRST_PAGE);
  job->has_destination = self->wants_destination;
  job->destination = self->destination;
  if (!from_top && self->items->len > 0)
    {
      job->after = ((RoundsTimelineEntry *) self->items->pdata[self->items->len - 1])->mark;
      job->has_after = TRUE;
    }
  rounds_store_read_async (self->store, read_entries, job, g_free, result_free, G_PRIORITY_DEFAULT, self->reading,
                           read_cb, reading);
}

static gboolean
is_behind_destination (RoundsTimeline *self)
{
  return self->is_complete
         || (self->items->len > 0
             && ((RoundsTimelineEntry *) self->items->pdata[self->items->len - 1])->mark.at < self->destination);
}

/* One at a time: what has changed first, then what is wanted beyond. */
static void
read_next (RoundsTimeline *self)
{
  if (self->reading != NULL)
    return;
  if (self->is_stale)
    {
      self->is_stale = FALSE;
      start_reading (self, TRUE);
    }
  else if (self->wants_destination && is_behind_destination (self))
    tell_arrival (self);
  else if ((self->wants_more || self->wants_destination) && !self->is_complete)
    {
      self->wants_more = FALSE;
      start_reading (self, FALSE);
    }
  else
    self->wants_more = FALSE;
}

static void
read_and_tell (RoundsTimeline *self)
{
  gboolean was_reading = self->reading != NULL;

  read_next (self);
  if (was_reading != (self->reading != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static gboolean
read_again_cb (gpointer data)
{
  RoundsTimeline *self = data;

  self->idle = 0;
  self->is_stale = TRUE;
  read_and_tell (self);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (RoundsTimeline *self, int entity)
{
  if (rounds_timeline_depends_on (entity) && self->idle == 0)
    self->idle = g_idle_add (read_again_cb, self);
}

/* --- List model --- */

static GType
rounds_timeline_get_item_type (GListModel *model)
{
  return ROUNDS_TYPE_TIMELINE_ENTRY;
}

static guint
rounds_timeline_get_n_items (GListModel *model)
{
  return ROUNDS_TIMELINE (model)->items->len;
}

static gpointer
rounds_timeline_get_item (GListModel *model, guint position)
{
  RoundsTimeline *self = ROUNDS_TIMELINE (model);

  return position < self->items->len ? g_object_ref (self->items->pdata[position]) : NULL;
}

static void
model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = rounds_timeline_get_item_type;
  iface->get_n_items = rounds_timeline_get_n_items;
  iface->get_item = rounds_timeline_get_item;
}

/* A number for each day of the user's zone. */
static int
get_day (RoundsTimeline *self, guint position)
{
  RoundsTimelineEntry *entry = self->items->pdata[position];
  g_autoptr (GDateTime) date = rounds_instant_to_local (entry->mark.at, NULL);

  return g_date_time_get_year (date) * 366 + g_date_time_get_day_of_year (date);
}

static void
rounds_timeline_get_section (GtkSectionModel *model, guint position, guint *start, guint *end)
{
  RoundsTimeline *self = ROUNDS_TIMELINE (model);
  int day;

  if (position >= self->items->len)
    {
      *start = self->items->len;
      *end = G_MAXUINT;
      return;
    }
  day = get_day (self, position);
  *start = position;
  *end = position + 1;
  while (*start > 0 && get_day (self, *start - 1) == day)
    *start -= 1;
  while (*end < self->items->len && get_day (self, *end) == day)
    *end += 1;
}

static void
section_iface_init (GtkSectionModelInterface *iface)
{
  iface->get_section = rounds_timeline_get_section;
}

/* --- Life --- */

static void
rounds_timeline_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, rounds_timeline_is_loading (ROUNDS_TIMELINE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_timeline_dispose (GObject *object)
{
  RoundsTimeline *self = ROUNDS_TIMELINE (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (rounds_timeline_parent_class)->dispose (object);
}

static void
rounds_timeline_finalize (GObject *object)
{
  g_clear_pointer (&ROUNDS_TIMELINE (object)->items, g_ptr_array_unref);

  G_OBJECT_CLASS (rounds_timeline_parent_class)->finalize (object);
}

static void
rounds_timeline_class_init (RoundsTimelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rounds_timeline_get_property;
  object_class->dispose = rounds_timeline_dispose;
  object_class->finalize = rounds_timeline_finalize;

  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  signals[SIGNAL_ARRIVED] =
    g_signal_new ("arrived", ROUNDS_TYPE_TIMELINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
rounds_timeline_init (RoundsTimeline *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * rounds_timeline_new:
 * @store: the store
 * @person: a person's id
 * @kinds: what to show
 *
 * Returns: (transfer full): the person's timeline, whose first page is being read
 */
RoundsTimeline *
rounds_timeline_new (RoundsStore *store, const RoundsUuid *person, RoundsTimelineKinds kinds)
{
  RoundsTimeline *self = g_object_new (ROUNDS_TYPE_TIMELINE, NULL);

  self->store = g_object_ref (store);
  self->person = *person;
  self->kinds = kinds;
  self->is_stale = TRUE;
  read_next (self);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * rounds_timeline_set_kinds:
 * @self: a timeline
 * @kinds: what to show from now on
 *
 * Begins at the top again; what is being read is dropped.
 */
void
rounds_timeline_set_kinds (RoundsTimeline *self, RoundsTimelineKinds kinds)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (ROUNDS_IS_TIMELINE (self));

  if (self->kinds == kinds)
    return;
  self->kinds = kinds;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->wants_destination = FALSE;
  self->is_complete = FALSE;
  replace_items (self, nothing);
  self->is_stale = TRUE;
  read_next (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/**
 * rounds_timeline_load_more:
 * @self: a timeline
 *
 * Has the next page read, if there is one.
 */
void
rounds_timeline_load_more (RoundsTimeline *self)
{
  g_return_if_fail (ROUNDS_IS_TIMELINE (self));

  self->wants_more = !self->is_complete;
  read_and_tell (self);
}

/**
 * rounds_timeline_go_to:
 * @self: a timeline
 * @instant: ms UTC
 *
 * Reads on until there is something before @instant, then says by "arrived" where the last thing at or before it is.
 */
void
rounds_timeline_go_to (RoundsTimeline *self, gint64 instant)
{
  g_return_if_fail (ROUNDS_IS_TIMELINE (self));

  self->destination = instant;
  self->wants_destination = TRUE;
  read_and_tell (self);
}

/** rounds_timeline_is_loading: Returns: whether something is being read */
gboolean
rounds_timeline_is_loading (RoundsTimeline *self)
{
  g_return_val_if_fail (ROUNDS_IS_TIMELINE (self), FALSE);

  return self->reading != NULL;
}

/** rounds_timeline_is_complete: Returns: whether the list ends where the history begins */
gboolean
rounds_timeline_is_complete (RoundsTimeline *self)
{
  g_return_val_if_fail (ROUNDS_IS_TIMELINE (self), FALSE);

  return self->is_complete;
}
