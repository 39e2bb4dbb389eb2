/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-calendar-model.h"

#include "rounds-record-list.h"
#include "rounds-time.h"
#include "rounds-wall-time.h"

struct _RoundsCalendarModel
{
  GObject parent_instance;

  RoundsAppContext *context; /* (owned) */
  RoundsRecordList *list;    /* (owned) (nullable) until there is a range */
  GPtrArray *events;         /* (owned) (element-type RoundsCalendarEvent): in the order of a day's list */
  RoundsDayRange range;
  char *zone;         /* (owned) */
  guint rebuild_idle; /* 0: none waiting */
  gboolean held;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoundsCalendarModel, rounds_calendar_model, G_TYPE_OBJECT)

static int
compare_events (gconstpointer a, gconstpointer b)
{
  return rounds_calendar_event_compare (*(RoundsCalendarEvent *const *) a, *(RoundsCalendarEvent *const *) b);
}

/* A rep's calendar holds what is theirs and what nobody's name is on. */
static gboolean
is_own (RoundsCalendarModel *self, RoundsRecord *appointment)
{
  const RoundsUuid *staff = rounds_app_context_get_staff (self->context);
  const RoundsUuid *owner = rounds_record_get_uuid (appointment, ROUNDS_APPOINTMENT_STAFF);

  return staff == NULL || owner == NULL || rounds_uuid_equal (staff, owner);
}

/* An appointment that has not changed stays the same event, by which views know what to leave alone. */
static RoundsCalendarEvent *
make_event (RoundsCalendarModel *self, GHashTable *before, RoundsRecord *record)
{
  RoundsCalendarEvent *event = g_hash_table_lookup (before, rounds_record_get_id (record));

  if (event != NULL && rounds_calendar_event_shows (event, record))
    return g_object_ref (event);
  return rounds_calendar_event_new (record, self->zone);
}

static gboolean
rebuild_cb (gpointer data)
{
  RoundsCalendarModel *self = data;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  g_autoptr (GPtrArray) events = g_steal_pointer (&self->events);
  g_autoptr (GHashTable) before = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);

  self->rebuild_idle = 0;
  for (guint i = 0; i < events->len; i++)
    g_hash_table_insert (before, (gpointer) rounds_record_get_id (rounds_calendar_event_get_record (events->pdata[i])),
                         events->pdata[i]);
  self->events = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (RoundsRecord) record = g_list_model_get_item (G_LIST_MODEL (self->list), i);

      if (record != NULL && is_own (self, record))
        g_ptr_array_add (self->events, make_event (self, before, record));
    }
  g_ptr_array_sort (self->events, compare_events);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* One rebuild for all the changes of one turn of the main loop, before the next frame is drawn. */
static void
queue_rebuild (RoundsCalendarModel *self)
{
  if (self->rebuild_idle == 0)
    self->rebuild_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, rebuild_cb, self, NULL);
}

static void
rounds_calendar_model_dispose (GObject *object)
{
  RoundsCalendarModel *self = ROUNDS_CALENDAR_MODEL (object);

  g_clear_handle_id (&self->rebuild_idle, g_source_remove);
  g_clear_object (&self->list);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_calendar_model_parent_class)->dispose (object);
}

static void
rounds_calendar_model_finalize (GObject *object)
{
  RoundsCalendarModel *self = ROUNDS_CALENDAR_MODEL (object);

  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->zone, g_free);

  G_OBJECT_CLASS (rounds_calendar_model_parent_class)->finalize (object);
}

static void
rounds_calendar_model_class_init (RoundsCalendarModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rounds_calendar_model_dispose;
  object_class->finalize = rounds_calendar_model_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", ROUNDS_TYPE_CALENDAR_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rounds_calendar_model_init (RoundsCalendarModel *self)
{
  self->events = g_ptr_array_new_with_free_func (g_object_unref);
  self->zone = rounds_zone_get_local ();
}

/**
 * rounds_calendar_model_new:
 * @context: the context
 *
 * Returns: (transfer full): a model without days
 */
RoundsCalendarModel *
rounds_calendar_model_new (RoundsAppContext *context)
{
  RoundsCalendarModel *self = g_object_new (ROUNDS_TYPE_CALENDAR_MODEL, NULL);

  self->context = g_object_ref (context);
  return self;
}

/**
 * rounds_calendar_model_get_context:
 * @self: a model
 *
 * Returns: (transfer none): the context
 */
RoundsAppContext *
rounds_calendar_model_get_context (RoundsCalendarModel *self)
{
  return self->context;
}

/**
 * rounds_calendar_model_get_zone:
 * @self: a model
 *
 * Returns: the user's IANA zone, in which days are counted
 */
const char *
rounds_calendar_model_get_zone (RoundsCalendarModel *self)
{
  return self->zone;
}

/**
 * rounds_calendar_query_new:
 * @interval: from when to before when
 *
 * Returns: (transfer full): the appointments that may have something in common with @interval, by start. The lower
 * bound on the start keeps the index range short; without it every appointment of the past would be looked at.
 */
RoundsQuery *
rounds_calendar_query_new (const RoundsInterval *interval)
{
  RoundsQuery *query = rounds_query_new (ROUNDS_ENTITY_APPOINTMENT);

  rounds_query_where_integer (query, ROUNDS_APPOINTMENT_START_AT, ROUNDS_GREATER,
                              interval->start - ROUNDS_APPOINTMENT_MOST_DAYS * ROUNDS_DAY);
  rounds_query_where_integer (query, ROUNDS_APPOINTMENT_START_AT, ROUNDS_LESS, interval->end);
  rounds_query_where_integer (query, ROUNDS_APPOINTMENT_END_AT, ROUNDS_GREATER, interval->start);
  rounds_query_order_by (query, ROUNDS_APPOINTMENT_START_AT, FALSE);
  return query;
}

/**
 * rounds_calendar_model_set_range:
 * @self: a model
 * @range: the visible days
 *
 * Loads the appointments of these days. Until they are there, events of the days before stay.
 */
void
rounds_calendar_model_set_range (RoundsCalendarModel *self, const RoundsDayRange *range)
{
  g_autoptr (RoundsQuery) query = NULL;
  RoundsInterval interval;

  g_return_if_fail (ROUNDS_IS_CALENDAR_MODEL (self));

  if (self->list != NULL && rounds_day_range_equal (range, &self->range))
    return;

  self->range = *range;
  rounds_day_range_get_interval (range, self->zone, &interval);
  /* Whole days of another zone begin up to a day earlier or later. */
  interval.start -= ROUNDS_DAY;
  interval.end += ROUNDS_DAY;
  query = rounds_calendar_query_new (&interval);
  if (self->list != NULL)
    {
      rounds_record_list_set_query (self->list, query);
      return;
    }
  self->list = rounds_record_list_new (rounds_app_context_get_store (self->context), query);
  rounds_record_list_set_held (self->list, self->held);
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (queue_rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (queue_rebuild), self, G_CONNECT_SWAPPED);
  queue_rebuild (self);
}

/**
 * rounds_calendar_model_list_day:
 * @self: a model
 * @day: one of its days
 *
 * Returns: (transfer container) (element-type RoundsCalendarEvent): what touches @day, whole days first, then by start
 */
GPtrArray *
rounds_calendar_model_list_day (RoundsCalendarModel *self, const GDate *day)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->events->len; i++)
    {
      RoundsCalendarEvent *event = g_ptr_array_index (self->events, i);

      if (rounds_day_range_contains (rounds_calendar_event_get_days (event), day))
        g_ptr_array_add (events, g_object_ref (event));
    }
  return events;
}

/**
 * rounds_calendar_model_is_loading:
 * @self: a model
 *
 * Returns: %TRUE while it is not known yet what there is
 */
gboolean
rounds_calendar_model_is_loading (RoundsCalendarModel *self)
{
  return self->list == NULL || rounds_record_list_is_loading (self->list);
}

/**
 * rounds_calendar_model_set_held:
 * @self: a model
 * @held: whether nobody sees the events: what changes in the meantime is read when they are seen again
 */
void
rounds_calendar_model_set_held (RoundsCalendarModel *self, gboolean held)
{
  g_return_if_fail (ROUNDS_IS_CALENDAR_MODEL (self));

  self->held = held;
  if (self->list != NULL)
    rounds_record_list_set_held (self->list, held);
}
