/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is lost if this fails: somebody who listens to a list hears of a contact who is not in that row. */

#include "app-fixture.h"
#include "forms/rounds-lazy-rows.h"

#define N_ROWS 2000

typedef struct
{
  GtkWidget *window;
  GtkListView *view;
  GtkStringList *model; /* (owned) */
  RoundsLazyRows *rows; /* (owned) */
  GPtrArray *items;     /* (owned) of GtkListItem (not owned): each that was shown */
  guint n_shown;        /* how often one was */
  guint n_used_again;   /* rows that were shown once and are to be about another one */
} Fixture;

static void
show_row (RoundsLazyBin *bin, gpointer item, gpointer data)
{
  Fixture *fixture = g_object_get_data (data, "fixture");
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));

  if (adw_bin_get_child (ADW_BIN (bin)) == NULL)
    adw_bin_set_child (ADW_BIN (bin), gtk_label_new (NULL));
  gtk_label_set_text (GTK_LABEL (adw_bin_get_child (ADW_BIN (bin))), text);
  gtk_list_item_set_accessible_label (item, text);
  if (!g_ptr_array_find (fixture->items, item, NULL))
    g_ptr_array_add (fixture->items, item);
  fixture->n_shown++;
}

/* Behind what the rows do themselves. */
static void
bound_cb (Fixture *fixture, GtkListItem *item)
{
  const char *label = gtk_list_item_get_accessible_label (item);
  const char *text = gtk_string_object_get_string (gtk_list_item_get_item (item));

  if (g_ptr_array_find (fixture->items, item, NULL) && fixture->n_shown > 1)
    fixture->n_used_again++;
  if (label != NULL && *label != '\0')
    g_assert_cmpstr (label, ==, text);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GtkListItemFactory) factory = NULL;
  GtkWidget *scroller = gtk_scrolled_window_new ();

  fixture->items = g_ptr_array_new ();
  fixture->model = gtk_string_list_new (NULL);
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *text = g_strdup_printf ("Contact %u", i);

      gtk_string_list_append (fixture->model, text);
    }
  fixture->view = GTK_LIST_VIEW (gtk_list_view_new (NULL, NULL));
  g_object_set_data (G_OBJECT (fixture->view), "fixture", fixture);
  fixture->rows = rounds_lazy_rows_new (show_row, G_OBJECT (fixture->view));
  factory = rounds_lazy_rows_make_factory (fixture->rows);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bound_cb), fixture);
  gtk_list_view_set_factory (fixture->view, factory);
  gtk_list_view_set_model (fixture->view,
                           GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (fixture->model)))));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (fixture->view));
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 300, 400);
  gtk_window_set_child (GTK_WINDOW (fixture->window), scroller);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_pointer (&fixture->items, g_ptr_array_unref);
  g_clear_object (&fixture->rows);
  g_clear_object (&fixture->model);
}

/* Of the rows that the view makes, those in sight are shown. */
static void
test_in_sight (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (fixture->n_shown, >, 1);
  g_assert_cmpuint (fixture->n_shown, <, 100);
}

static gboolean
is_in_sight (gpointer data)
{
  Fixture *fixture = data;

  for (guint i = 0; i < fixture->items->len; i++)
    if (gtk_list_item_get_position (fixture->items->pdata[i]) == N_ROWS - 1)
      return TRUE;
  return FALSE;
}

/* Until a row that is used again is shown, it is nobody's: the label of whom it was about would be told for another. */
static void
test_used_again (Fixture *fixture, gconstpointer data)
{
  gtk_list_view_scroll_to (fixture->view, N_ROWS - 1, GTK_LIST_SCROLL_NONE, NULL);
  app_wait_until (is_in_sight, fixture);
  g_assert_cmpuint (fixture->n_used_again, >, 0);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add ("/app/lazy-rows/in-sight", Fixture, NULL, set_up, test_in_sight, tear_down);
  g_test_add ("/app/lazy-rows/used-again", Fixture, NULL, set_up, test_used_again, tear_down);

  return g_test_run ();
}
