/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-journey-column.h"

#include <glib/gi18n-lib.h>

#include "rounds-journey-factory.h"

struct _RoundsJourneyColumn
{
  GtkWidget parent_instance;

  GListModel *journeys; /* (owned) */
  char *name;           /* (owned) */

  /* Template widgets */
  GtkWidget *box;
  GtkLabel *title;
  GtkLabel *count;
  GtkListView *view;
};

G_DEFINE_FINAL_TYPE (RoundsJourneyColumn, rounds_journey_column, GTK_TYPE_WIDGET)

static void
update_count (RoundsJourneyColumn *self)
{
  guint n_journeys = g_list_model_get_n_items (self->journeys);
  g_autofree char *count = g_strdup_printf ("%u", n_journeys);
  g_autofree char *text = g_strdup_printf (ngettext ("%u journey", "%u journeys", n_journeys), n_journeys);
  /* Translators: a stage and how many journeys are in it, for a screen reader. */
  g_autofree char *name = g_strdup_printf (_ ("%s, %s"), self->name, text);

  gtk_label_set_text (self->count, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count), n_journeys > 0);
  if (n_journeys == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "empty");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "empty");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
rounds_journey_column_dispose (GObject *object)
{
  RoundsJourneyColumn *self = ROUNDS_JOURNEY_COLUMN (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_JOURNEY_COLUMN);
  g_clear_object (&self->journeys);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (rounds_journey_column_parent_class)->dispose (object);
}

static void
rounds_journey_column_class_init (RoundsJourneyColumnClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_journey_column_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/journeys/journey-column.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyColumn, box);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyColumn, title);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyColumn, count);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyColumn, view);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "journeycolumn");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rounds_journey_column_init (RoundsJourneyColumn *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_journey_column_new:
 * @context: the context
 * @title: the stage in words
 * @journeys: the journeys in that stage, a model of RoundsRecord
 *
 * Returns: (transfer floating): the column
 */
GtkWidget *
rounds_journey_column_new (RoundsAppContext *context, const char *title, GListModel *journeys)
{
  RoundsJourneyColumn *self = g_object_new (ROUNDS_TYPE_JOURNEY_COLUMN, NULL);
  GtkNoSelection *selection = gtk_no_selection_new (g_object_ref (journeys));
  GtkListItemFactory *factory = rounds_journey_factory_new (context);

  self->journeys = g_object_ref (journeys);
  self->name = g_strdup (title);
  gtk_label_set_text (self->title, title);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
  g_signal_connect_object (self->view, "activate", G_CALLBACK (rounds_journey_list_open), context, G_CONNECT_DEFAULT);
  g_signal_connect_object (journeys, "items-changed", G_CALLBACK (update_count), self, G_CONNECT_SWAPPED);
  update_count (self);
  g_object_unref (factory);
  g_object_unref (selection);
  return GTK_WIDGET (self);
}
