/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-lazy-rows.h"

struct _RoundsLazyRows
{
  GObject parent_instance;

  RoundsLazyFunc show;
  GObject *list;    /* (weak) (nullable) once it has gone */
  int height;       /* of what has not been in sight; -1: none has been made yet */
  GPtrArray *items; /* (owned) of GtkListItem or GtkListHeader (not owned): those that are set up */
};

G_DEFINE_FINAL_TYPE (RoundsLazyRows, rounds_lazy_rows, G_TYPE_OBJECT)

/* (nullable) when the row has been destroyed. */
static RoundsLazyBin *
get_bin (gpointer item)
{
  GtkWidget *bin =
    GTK_IS_LIST_HEADER (item) ? gtk_list_header_get_child (item) : gtk_list_item_get_child (GTK_LIST_ITEM (item));

  return bin != NULL ? ROUNDS_LAZY_BIN (bin) : NULL;
}

static gboolean
is_bound (gpointer item)
{
  return (GTK_IS_LIST_HEADER (item) ? gtk_list_header_get_item (item) : gtk_list_item_get_item (item)) != NULL;
}

static void
show_cb (RoundsLazyBin *bin, gpointer item, gpointer data)
{
  RoundsLazyRows *self = data;

  if (self->list != NULL && is_bound (item))
    self->show (bin, item, self->list);
}

/* A heading stays bound while what is below it changes. */
static void
extent_changed_cb (GtkListHeader *header)
{
  RoundsLazyBin *bin = get_bin (header);

  if (bin != NULL && is_bound (header))
    rounds_lazy_bin_invalidate (bin);
}

static void
setup_cb (RoundsLazyRows *self, GObject *item)
{
  GtkWidget *bin = rounds_lazy_bin_new (show_cb, item, self);

  gtk_widget_set_size_request (bin, -1, self->height);
  g_object_set (item, "child", bin, NULL);
  g_ptr_array_add (self->items, item);
  if (GTK_IS_LIST_HEADER (item))
    g_signal_connect (item, "notify::end", G_CALLBACK (extent_changed_cb), NULL);
}

/* Whom the row was about before, it is not known by any more. */
static void
forget_label (GObject *item)
{
  const char *label = GTK_IS_LIST_ITEM (item) ? gtk_list_item_get_accessible_label (GTK_LIST_ITEM (item)) : NULL;

  if (label != NULL && *label != '\0')
    gtk_list_item_set_accessible_label (GTK_LIST_ITEM (item), "");
}

/* The first one is made at once, so that the others know how much room they will take. */
static void
bind_cb (RoundsLazyRows *self, GObject *item)
{
  RoundsLazyBin *bin = get_bin (item);

  if (self->height >= 0)
    {
      forget_label (item);
      rounds_lazy_bin_invalidate (bin);
      return;
    }
  rounds_lazy_bin_show_now (bin);
  gtk_widget_measure (GTK_WIDGET (bin), GTK_ORIENTATION_VERTICAL, -1, NULL, &self->height, NULL, NULL);
}

static void
teardown_cb (RoundsLazyRows *self, GObject *item)
{
  RoundsLazyBin *bin = get_bin (item);

  if (bin != NULL)
    rounds_lazy_bin_forget (bin);
  g_ptr_array_remove_fast (self->items, item);
}

static void
rounds_lazy_rows_finalize (GObject *object)
{
  RoundsLazyRows *self = ROUNDS_LAZY_ROWS (object);

  g_clear_weak_pointer (&self->list);
  g_ptr_array_unref (self->items);

  G_OBJECT_CLASS (rounds_lazy_rows_parent_class)->finalize (object);
}

static void
rounds_lazy_rows_class_init (RoundsLazyRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_lazy_rows_finalize;
}

static void
rounds_lazy_rows_init (RoundsLazyRows *self)
{
  self->height = -1;
  self->items = g_ptr_array_new ();
}

/**
 * rounds_lazy_rows_new:
 * @show: makes the child of a bin if it has none yet, and shows in it what its GtkListItem or GtkListHeader, which is
 *   bound, is about
 * @list: (transfer none): for @show, which is not called any more once it has gone
 *
 * Returns: (transfer full): what makes the rows of one list
 */
RoundsLazyRows *
rounds_lazy_rows_new (RoundsLazyFunc show, GObject *list)
{
  RoundsLazyRows *self = g_object_new (ROUNDS_TYPE_LAZY_ROWS, NULL);

  self->show = show;
  g_set_weak_pointer (&self->list, list);
  return self;
}

static void
add_handler (RoundsLazyRows *self, GtkListItemFactory *factory, const char *signal, GCallback callback)
{
  g_signal_connect_data (factory, signal, callback, g_object_ref (self), (GClosureNotify) (void *) g_object_unref,
                         G_CONNECT_SWAPPED);
}

/**
 * rounds_lazy_rows_make_factory:
 *
 * Returns: (transfer full): a factory for rows or headings. It is a GtkSignalListItemFactory, to which "setup" and
 *   "bind" may be connected for what does not wait.
 */
GtkListItemFactory *
rounds_lazy_rows_make_factory (RoundsLazyRows *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  add_handler (self, factory, "setup", G_CALLBACK (setup_cb));
  add_handler (self, factory, "bind", G_CALLBACK (bind_cb));
  add_handler (self, factory, "teardown", G_CALLBACK (teardown_cb));
  return factory;
}

/** rounds_lazy_rows_show_again: what the rows tell has changed: shown at once in those in sight, later in others. */
void
rounds_lazy_rows_show_again (RoundsLazyRows *self)
{
  for (guint i = 0; i < self->items->len; i++)
    if (is_bound (self->items->pdata[i]))
      rounds_lazy_bin_invalidate (get_bin (self->items->pdata[i]));
}
