/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-sidebar-row.h"

struct _RoundsSidebarRow
{
  GtkListBoxRow parent_instance;

  char *id; /* (owned) */

  /* Template widgets */
  GtkImage *icon;
  GtkLabel *title;
};

G_DEFINE_FINAL_TYPE (RoundsSidebarRow, rounds_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
rounds_sidebar_row_finalize (GObject *object)
{
  g_free (ROUNDS_SIDEBAR_ROW (object)->id);

  G_OBJECT_CLASS (rounds_sidebar_row_parent_class)->finalize (object);
}

static void
rounds_sidebar_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_SIDEBAR_ROW);

  G_OBJECT_CLASS (rounds_sidebar_row_parent_class)->dispose (object);
}

static void
rounds_sidebar_row_class_init (RoundsSidebarRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_sidebar_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_sidebar_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/shell/sidebar-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsSidebarRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RoundsSidebarRow, title);
}

static void
rounds_sidebar_row_init (RoundsSidebarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rounds_sidebar_row_new (const char *id, const char *title, const char *icon_name)
{
  RoundsSidebarRow *self = g_object_new (ROUNDS_TYPE_SIDEBAR_ROW, NULL);

  self->id = g_strdup (id);
  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_label_set_text (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return GTK_WIDGET (self);
}

const char *
rounds_sidebar_row_get_id (RoundsSidebarRow *self)
{
  g_return_val_if_fail (ROUNDS_IS_SIDEBAR_ROW (self), NULL);

  return self->id;
}
