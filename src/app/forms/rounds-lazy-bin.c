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
show_now (RoundsLazyBin *self)
{
  if (!self->is_stale || self->show == NULL)
    return;
  self->is_stale = FALSE;
  self->show (self, self->item, self->data);
}

static void
rounds_lazy_bin_map (GtkWidget *widget)
{
  show_now (ROUNDS_LAZY_BIN (widget));

  GTK_WIDGET_CLASS (rounds_lazy_bin_parent_class)->map (widget);
}

static void
rounds_lazy_bin_class_init (RoundsLazyBinClass *klass)
{
  GTK_WIDGET_CLASS (klass)->map = rounds_lazy_bin_map;
}

static void
rounds_lazy_bin_init (RoundsLazyBin *self)
{
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

/** rounds_lazy_bin_invalidate: the row is about something else: shown at once if it is in sight, otherwise then. */
void
rounds_lazy_bin_invalidate (RoundsLazyBin *self)
{
  self->is_stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_now (self);
}

/** rounds_lazy_bin_forget: the row goes; nothing will be shown any more. */
void
rounds_lazy_bin_forget (RoundsLazyBin *self)
{
  self->show = NULL;
}
