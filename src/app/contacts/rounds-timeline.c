/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-timeline.h"

#include <gio/gio.h>

#define PAGE 50

/* One entity's records of the person, read page by page. */
typedef struct
{
  RoundsEntity entity;
  guint person_field;
  guint time_field;

  GPtrArray *page;    /* (owned) (nullable) the last page that was read */
  guint next;         /* its first record that is not in the timeline yet */
  gboolean exhausted; /* there is no page behind it */
} Source;

#define N_SOURCES 2

struct _RoundsTimeline
{
  GObject parent_instance;

  RoundsStore *store; /* (owned) */
  RoundsUuid person;
  Source sources[N_SOURCES];
  GPtrArray *items; /* (owned) of RoundsRecord */
  guint idle;       /* 0: no change waits to be read */
};

static void model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsTimeline, rounds_timeline, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, model_iface_init))

static void
read_page (RoundsTimeline *self, Source *source)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (source->entity);
  GPtrArray *page;

  rounds_query_where_uuid (query, source->person_field, ROUNDS_IS, &self->person);
  rounds_query_order_by (query, source->time_field, TRUE);
  if (source->page != NULL && source->page->len > 0)
    rounds_query_after (query, g_ptr_array_index (source->page, source->page->len - 1));
  rounds_query_limit (query, PAGE);

  page = rounds_store_list (self->store, query, NULL);
  if (page == NULL)
    page = g_ptr_array_new_with_free_func (g_object_unref);
  g_clear_pointer (&source->page, g_ptr_array_unref);
  source->page = page;
  source->next = 0;
  source->exhausted = page->len < PAGE;
}

/* (nullable): the source's next record, read if need be. */
static RoundsRecord *
peek (RoundsTimeline *self, Source *source)
{
  if ((source->page == NULL || source->next == source->page->len) && !source->exhausted)
    read_page (self, source);
  return source->next < source->page->len ? g_ptr_array_index (source->page, source->next) : NULL;
}

/* Appends up to @n records to @items. */
static void
read_items (RoundsTimeline *self, GPtrArray *items, guint n)
{
  for (; n > 0; n--)
    {
      Source *newest = NULL;
      gint64 newest_at = 0;

      for (guint i = 0; i < N_SOURCES; i++)
        {
          Source *source = &self->sources[i];
          RoundsRecord *record = peek (self, source);
          gint64 at = record != NULL ? rounds_record_get_integer (record, source->time_field) : 0;

          if (record != NULL && (newest == NULL || at > newest_at))
            {
              newest = source;
              newest_at = at;
            }
        }
      if (newest == NULL)
        return;
      g_ptr_array_add (items, g_object_ref (g_ptr_array_index (newest->page, newest->next++)));
    }
}

static gboolean
is_same (RoundsRecord *a, RoundsRecord *b)
{
  return rounds_uuid_equal (rounds_record_get_id (a), rounds_record_get_id (b))
         && rounds_record_get_integer (a, ROUNDS_FIELD_UPDATED_AT)
              == rounds_record_get_integer (b, ROUNDS_FIELD_UPDATED_AT);
}

/* Takes @items in place of the old ones and tells what lies between the equal ends. */
static void
replace_items (RoundsTimeline *self, GPtrArray *items)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->items);
  guint head = 0, tail = 0, least = MIN (old->len, items->len);

  while (head < least && is_same (old->pdata[head], items->pdata[head]))
    head++;
  while (tail < least - head && is_same (old->pdata[old->len - 1 - tail], items->pdata[items->len - 1 - tail]))
    tail++;

  self->items = items;
  if (old->len != items->len || head < items->len)
    g_list_model_items_changed (G_LIST_MODEL (self), head, old->len - head - tail, items->len - head - tail);
}

static gboolean
read_again_cb (gpointer data)
{
  RoundsTimeline *self = data;
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  self->idle = 0;
  for (guint i = 0; i < N_SOURCES; i++)
    {
      g_clear_pointer (&self->sources[i].page, g_ptr_array_unref);
      self->sources[i].next = 0;
      self->sources[i].exhausted = FALSE;
    }
  read_items (self, items, MAX (self->items->len, PAGE));
  replace_items (self, items);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (RoundsTimeline *self, int entity)
{
  for (guint i = 0; i < N_SOURCES; i++)
    if ((int) self->sources[i].entity == entity && self->idle == 0)
      self->idle = g_idle_add (read_again_cb, self);
}

static GType
rounds_timeline_get_item_type (GListModel *model)
{
  return ROUNDS_TYPE_RECORD;
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

static void
rounds_timeline_dispose (GObject *object)
{
  RoundsTimeline *self = ROUNDS_TIMELINE (object);

  g_clear_handle_id (&self->idle, g_source_remove);
  for (guint i = 0; i < N_SOURCES; i++)
    g_clear_pointer (&self->sources[i].page, g_ptr_array_unref);
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
  G_OBJECT_CLASS (klass)->dispose = rounds_timeline_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_timeline_finalize;
}

static void
rounds_timeline_init (RoundsTimeline *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->sources[0] = (Source) {
    .entity = ROUNDS_ENTITY_INTERACTION,
    .person_field = ROUNDS_INTERACTION_PERSON,
    .time_field = ROUNDS_INTERACTION_OCCURRED_AT,
  };
  self->sources[1] = (Source) {
    .entity = ROUNDS_ENTITY_APPOINTMENT,
    .person_field = ROUNDS_APPOINTMENT_PERSON,
    .time_field = ROUNDS_APPOINTMENT_START_AT,
  };
}

/**
 * rounds_timeline_new:
 * @store: the store
 * @person: a person's id
 *
 * Returns: (transfer full): the first page of the person's timeline
 */
RoundsTimeline *
rounds_timeline_new (RoundsStore *store, const RoundsUuid *person)
{
  RoundsTimeline *self = g_object_new (ROUNDS_TYPE_TIMELINE, NULL);

  self->store = g_object_ref (store);
  self->person = *person;
  read_items (self, self->items, PAGE);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * rounds_timeline_load_more:
 * @self: a timeline
 *
 * Appends the next page.
 *
 * Returns: %FALSE if there was nothing more
 */
gboolean
rounds_timeline_load_more (RoundsTimeline *self)
{
  guint before;

  g_return_val_if_fail (ROUNDS_IS_TIMELINE (self), FALSE);

  before = self->items->len;
  read_items (self, self->items, PAGE);
  if (self->items->len == before)
    return FALSE;
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->items->len - before);
  return TRUE;
}
