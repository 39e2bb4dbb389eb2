/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-lazy-bin.h"

struct _RoundsLazyBin
{
  AdwBin parent_instance;

  RoundsLazyFunc show; /* (nullable) once the row goes */
  gpointer item;       /* (not owned) */
  gpointer data;       /* (not owned) */
  gboolean is_stale;   /* something is to be shown when it comes into sight */
};

G_DEFINE_FINAL_TYPE (RoundsLazyBin, rounds_lazy_bin, ADW_TYPE_BIN)

static void
rounds_lazy_bin_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rounds_lazy_bin_parent_class)->map (widget);

  if (ROUNDS_LAZY_BIN (widget)->is_stale)
    gtk_widget_queue_allocate (widget);
}

static gboolean
grow_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  gtk_widget_queue_resize (widget);
  return G_SOURCE_REMOVE;
}

/* While sizes are given, nobody asks for them again: what needs more than it has got, gets it with the next frame. */
static void
check_height (RoundsLazyBin *self, int width, int height)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (self));
  int minimum = 0;

  if (child != NULL)
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  if (minimum > height)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), grow_cb, NULL, NULL);
}

/* Not when it is mapped: a list view maps each row that it makes, and only then sees which ones lie out of sight. */
static void
rounds_lazy_bin_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RoundsLazyBin *self = ROUNDS_LAZY_BIN (widget);

  if (self->is_stale && gtk_widget_get_mapped (widget))
    {
      rounds_lazy_bin_show_now (self);
      check_height (self, width, height);
    }
  if (adw_bin_get_child (ADW_BIN (self)) != NULL)
    gtk_widget_allocate (adw_bin_get_child (ADW_BIN (self)), width, height, baseline, NULL);
}

static void
rounds_lazy_bin_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child != NULL)
    gtk_widget_measure (child, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

static void
rounds_lazy_bin_class_init (RoundsLazyBinClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->map = rounds_lazy_bin_map;
  widget_class->measure = rounds_lazy_bin_measure;
  widget_class->size_allocate = rounds_lazy_bin_size_allocate;
}

static void
rounds_lazy_bin_init (RoundsLazyBin *self)
{
  /* A layout manager would be asked in place of the functions above. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
}

/**
 * rounds_lazy_bin_new:
 * @show: called when there is something to show and somebody sees it
 * @item: (transfer none): for @show: the row's list item
 * @data: for @show; both live until rounds_lazy_bin_forget() or the end of the bin
 *
 * Returns: (transfer floating): an empty one, about which nothing is to be shown yet
 */
GtkWidget *
rounds_lazy_bin_new (RoundsLazyFunc show, gpointer item, gpointer data)
{
  RoundsLazyBin *self = g_object_new (ROUNDS_TYPE_LAZY_BIN, NULL);

  self->show = show;
  self->item = item;
  self->data = data;
  return GTK_WIDGET (self);
}

/** rounds_lazy_bin_invalidate: the row is about something else: shown with the next frame in which it is in sight. */
void
rounds_lazy_bin_invalidate (RoundsLazyBin *self)
{
  self->is_stale = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/** rounds_lazy_bin_show_now: shows what the row is about, though it may be out of sight: to see how high it is. */
void
rounds_lazy_bin_show_now (RoundsLazyBin *self)
{
  self->is_stale = FALSE;
  if (self->show != NULL)
    self->show (self, self->item, self->data);
}

/** rounds_lazy_bin_forget: the row goes; nothing will be shown any more. */
void
rounds_lazy_bin_forget (RoundsLazyBin *self)
{
  self->show = NULL;
}
