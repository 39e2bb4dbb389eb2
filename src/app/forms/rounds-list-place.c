/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-list-place.h"

/* A view knows the heights of its rows, and with them where it stands, some frames after they have come. */
#define FRAMES 3

struct _RoundsListPlace
{
  GObject parent_instance;

  GtkWidget *list;           /* (weak) (nullable) */
  RoundsRecordList *records; /* (owned): what it shows */
  double place;
  guint frames; /* for which it is still held there */
  guint tick;   /* id of the callback that does so */
};

G_DEFINE_FINAL_TYPE (RoundsListPlace, rounds_list_place, G_TYPE_OBJECT)

static GtkAdjustment *
get_adjustment (RoundsListPlace *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->list));
}

/* A list view makes widgets around the row by which it knows where it stands. That may be one that was the first before
 * others came above it: at the top the row is named. */
static void
go_to_place (RoundsListPlace *self)
{
  gboolean has_columns = GTK_IS_COLUMN_VIEW (self->list);
  GtkSelectionModel *rows = has_columns ? gtk_column_view_get_model (GTK_COLUMN_VIEW (self->list))
                                        : gtk_list_view_get_model (GTK_LIST_VIEW (self->list));
  gboolean names_first = self->place <= 0 && rows != NULL && g_list_model_get_n_items (G_LIST_MODEL (rows)) > 0;

  if (names_first && has_columns)
    gtk_column_view_scroll_to (GTK_COLUMN_VIEW (self->list), 0, NULL, GTK_LIST_SCROLL_NONE, NULL);
  else if (names_first)
    gtk_list_view_scroll_to (GTK_LIST_VIEW (self->list), 0, GTK_LIST_SCROLL_NONE, NULL);
  gtk_adjustment_set_value (get_adjustment (self), self->place);
}

static gboolean
hold_cb (GtkWidget *list, GdkFrameClock *clock, gpointer data)
{
  RoundsListPlace *self = data;

  if (self->frames == 0)
    {
      self->tick = 0;
      return G_SOURCE_REMOVE;
    }
  go_to_place (self);
  if (!rounds_record_list_is_loading (self->records))
    self->frames--;
  return G_SOURCE_CONTINUE;
}

/* Whoever scrolls meanwhile, or goes on with the keyboard, is let go. */
static gboolean
let_go_cb (RoundsListPlace *self)
{
  self->frames = 0;
  return GDK_EVENT_PROPAGATE;
}

static void
add_controller (RoundsListPlace *self, GtkEventController *controller, const char *signal)
{
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, signal, G_CALLBACK (let_go_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->list, controller);
}

static void
rounds_list_place_dispose (GObject *object)
{
  RoundsListPlace *self = ROUNDS_LIST_PLACE (object);

  g_clear_weak_pointer (&self->list);
  g_clear_object (&self->records);

  G_OBJECT_CLASS (rounds_list_place_parent_class)->dispose (object);
}

static void
rounds_list_place_class_init (RoundsListPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_list_place_dispose;
}

static void
rounds_list_place_init (RoundsListPlace *self)
{
}

/**
 * rounds_list_place_new:
 * @list: a GtkListView or a GtkColumnView
 * @records: what it shows
 *
 * Returns: (transfer full): the place of @list, which nobody holds yet
 */
RoundsListPlace *
rounds_list_place_new (GtkWidget *list, RoundsRecordList *records)
{
  RoundsListPlace *self = g_object_new (ROUNDS_TYPE_LIST_PLACE, NULL);

  g_set_weak_pointer (&self->list, list);
  self->records = g_object_ref (records);
  add_controller (self, gtk_event_controller_key_new (), "key-pressed");
  add_controller (self, gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL), "scroll");
  return self;
}

/** rounds_list_place_hold: the list stays at @place, in pixels, until its rows have come and have got their heights. */
void
rounds_list_place_hold (RoundsListPlace *self, double place)
{
  if (self->list == NULL)
    return;
  self->place = place;
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (self->list, hold_cb, g_object_ref (self), g_object_unref);
  self->frames = FRAMES;
}

/** rounds_list_place_hold_top: the same at the top, for rows that are others than before. */
void
rounds_list_place_hold_top (RoundsListPlace *self)
{
  rounds_list_place_hold (self, 0);
}

/** rounds_list_place_let_go: somebody scrolls. */
void
rounds_list_place_let_go (RoundsListPlace *self)
{
  self->frames = 0;
}

/** rounds_list_place_get: Returns: where the list stands, in pixels from its top */
double
rounds_list_place_get (RoundsListPlace *self)
{
  return self->list != NULL ? gtk_adjustment_get_value (get_adjustment (self)) : 0;
}
