/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The columns of the list of contacts in a wide window: which there are, which are shown (remembered in the settings,
 * chosen by a click with the right button or the menu key on a title), and how a click on a title orders the list. The
 * database orders; the sorters only tell what was clicked. */

#include "config.h"

#include "contacts/rounds-contact-columns.h"

#include <glib/gi18n-lib.h>

#define SETTING "contact-columns"

/* How wide a column is, and what it orders by: -1 for nothing. */
static const struct
{
  int width; /* -1: what is left */
  int order;
} sizes[ROUNDS_N_COLUMNS] = {
  [ROUNDS_COLUMN_NAME] = { -1, ROUNDS_CONTACTS_BY_NAME },
  [ROUNDS_COLUMN_SPECIALTY] = { 170, ROUNDS_CONTACTS_BY_SPECIALTY },
  [ROUNDS_COLUMN_ORGANISATION] = { 210, ROUNDS_CONTACTS_BY_ORGANISATION },
  [ROUNDS_COLUMN_PLACE] = { 150, ROUNDS_CONTACTS_BY_PLACE },
  [ROUNDS_COLUMN_LAST_SEEN] = { 120, ROUNDS_CONTACTS_BY_LAST_SEEN },
  [ROUNDS_COLUMN_TERRITORY] = { 130, ROUNDS_CONTACTS_BY_TERRITORY },
  [ROUNDS_COLUMN_PHONE] = { 140, -1 },
  [ROUNDS_COLUMN_EMAIL] = { 190, -1 },
  [ROUNDS_COLUMN_NPI] = { 110, -1 },
};

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer column)
{
  g_object_set_data (G_OBJECT (cell), "column", column);
}

static GtkListItemFactory *
make_factory (RoundsLazyRows *cells, RoundsContactColumn column)
{
  GtkListItemFactory *factory = rounds_lazy_rows_make_factory (cells);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), GINT_TO_POINTER (column));
  return factory;
}

static int
never_differ (gconstpointer a, gconstpointer b, gpointer data)
{
  return GTK_ORDERING_EQUAL;
}

static gboolean
strv_to_visible (GValue *value, GVariant *variant, gpointer id)
{
  g_autofree const char **shown = g_variant_get_strv (variant, NULL);

  g_value_set_boolean (value, g_strv_contains (shown, id));
  return TRUE;
}

/* The setting with or without @id. */
static void
toggle_column (GSettings *settings, const char *id)
{
  g_auto (GStrv) before = g_settings_get_strv (settings, SETTING);
  g_autoptr (GStrvBuilder) after = g_strv_builder_new ();
  g_auto (GStrv) shown = NULL;
  gboolean was_there = g_strv_contains ((const char *const *) before, id);

  for (guint i = 0; before[i] != NULL; i++)
    if (!g_str_equal (before[i], id))
      g_strv_builder_add (after, before[i]);
  if (!was_there)
    g_strv_builder_add (after, id);
  shown = g_strv_builder_end (after);
  g_settings_set_strv (settings, SETTING, (const char *const *) shown);
}

static void
column_toggled_cb (GSimpleAction *action, GVariant *parameter, GSettings *settings)
{
  toggle_column (settings, g_action_get_name (G_ACTION (action)));
}

static void
show_states_cb (GSettings *settings, const char *key, GSimpleActionGroup *group)
{
  g_auto (GStrv) shown = g_settings_get_strv (settings, key);

  for (int i = ROUNDS_COLUMN_NAME + 1; i < ROUNDS_N_COLUMNS; i++)
    {
      const char *id = rounds_contact_column_get_id ((RoundsContactColumn) i);

      g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (group), id)),
                                 g_variant_new_boolean (g_strv_contains ((const char *const *) shown, id)));
    }
}

/* Actions "columns.…", one for each that can be hidden, and the menu of them. */
static GMenuModel *
add_actions (GtkColumnView *view, GSettings *settings)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GMenu *menu = g_menu_new ();

  for (int i = ROUNDS_COLUMN_NAME + 1; i < ROUNDS_N_COLUMNS; i++)
    {
      const char *id = rounds_contact_column_get_id ((RoundsContactColumn) i);
      g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (id, NULL, g_variant_new_boolean (FALSE));
      g_autofree char *name = g_strconcat ("columns.", id, NULL);

      g_signal_connect_object (action, "activate", G_CALLBACK (column_toggled_cb), settings, G_CONNECT_DEFAULT);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
      g_menu_append (menu, rounds_contact_column_get_title ((RoundsContactColumn) i), name);
    }
  g_signal_connect_object (settings, "changed::" SETTING, G_CALLBACK (show_states_cb), group, G_CONNECT_DEFAULT);
  show_states_cb (settings, SETTING, group);
  gtk_widget_insert_action_group (GTK_WIDGET (view), "columns", G_ACTION_GROUP (group));
  return G_MENU_MODEL (menu);
}

static GtkColumnViewColumn *
make_column (RoundsContactColumn which, RoundsLazyRows *cells, GSettings *settings, GMenuModel *menu)
{
  const char *id = rounds_contact_column_get_id (which);
  GtkColumnViewColumn *column =
    gtk_column_view_column_new (rounds_contact_column_get_title (which), make_factory (cells, which));

  gtk_column_view_column_set_id (column, id);
  gtk_column_view_column_set_resizable (column, TRUE);
  gtk_column_view_column_set_header_menu (column, menu);
  if (sizes[which].width < 0)
    gtk_column_view_column_set_expand (column, TRUE);
  else
    gtk_column_view_column_set_fixed_width (column, sizes[which].width);
  if (sizes[which].order >= 0)
    {
      g_autoptr (GtkCustomSorter) sorter = gtk_custom_sorter_new (never_differ, NULL, NULL);

      gtk_column_view_column_set_sorter (column, GTK_SORTER (sorter));
    }
  if (which != ROUNDS_COLUMN_NAME)
    g_settings_bind_with_mapping (settings, SETTING, column, "visible", G_SETTINGS_BIND_GET, strv_to_visible, NULL,
                                  (gpointer) id, NULL);
  return column;
}

/**
 * rounds_contact_columns_add:
 * @view: a view without columns
 * @context: the application, whose settings say which columns are shown
 * @cells: what makes the cells; of each rounds_contact_columns_get_column() tells the column
 */
void
rounds_contact_columns_add (GtkColumnView *view, RoundsAppContext *context, RoundsLazyRows *cells)
{
  GSettings *settings = rounds_app_context_get_settings (context);
  g_autoptr (GMenuModel) menu = add_actions (view, settings);

  for (int i = 0; i < ROUNDS_N_COLUMNS; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = make_column ((RoundsContactColumn) i, cells, settings, menu);

      gtk_column_view_append_column (view, column);
    }
}

/** rounds_contact_columns_get_column: Returns: the column of @cell */
RoundsContactColumn
rounds_contact_columns_get_column (GtkListItem *cell)
{
  return (RoundsContactColumn) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (cell), "column"));
}

/** rounds_contact_columns_set_order: has the titles tell the order of @filter. */
void
rounds_contact_columns_set_order (GtkColumnView *view, const RoundsContactFilter *filter)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  for (int i = 0; i < ROUNDS_N_COLUMNS; i++)
    if (sizes[i].order == (int) filter->order)
      {
        g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, (guint) i);

        /* The title of the order before would keep its arrow. */
        gtk_column_view_sort_by_column (view, NULL, GTK_SORT_ASCENDING);
        gtk_column_view_sort_by_column (view, column, filter->descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
      }
}

/**
 * rounds_contact_columns_get_order:
 * @order: (out): what was clicked
 * @descending: (out): and in which direction
 *
 * Returns: %FALSE if no title tells an order
 */
gboolean
rounds_contact_columns_get_order (GtkColumnView *view, RoundsContactOrder *order, gboolean *descending)
{
  GtkColumnViewSorter *sorter = GTK_COLUMN_VIEW_SORTER (gtk_column_view_get_sorter (view));
  GtkColumnViewColumn *column = gtk_column_view_sorter_get_primary_sort_column (sorter);

  for (int i = 0; column != NULL && i < ROUNDS_N_COLUMNS; i++)
    if (g_str_equal (gtk_column_view_column_get_id (column), rounds_contact_column_get_id ((RoundsContactColumn) i)))
      {
        *order = (RoundsContactOrder) sizes[i].order;
        *descending = gtk_column_view_sorter_get_primary_sort_order (sorter) == GTK_SORT_DESCENDING;
        return TRUE;
      }
  return FALSE;
}
