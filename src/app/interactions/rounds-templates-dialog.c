/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-templates-dialog.h"

#include "forms/rounds-display.h"
#include "interactions/rounds-template-dialog.h"
#include "rounds-record-list.h"

/* More than anybody tells apart. */
#define MOST_TEMPLATES 200

struct _RoundsTemplatesDialog
{
  AdwDialog parent_instance;

  GtkStack *stack;
  GtkListBox *list;

  RoundsAppContext *context;   /* (owned) */
  RoundsRecordList *templates; /* (owned) */
};

G_DEFINE_FINAL_TYPE (RoundsTemplatesDialog, rounds_templates_dialog, ADW_TYPE_DIALOG)

static void
show_state (RoundsTemplatesDialog *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->templates)) > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (!rounds_record_list_is_loading (self->templates))
    gtk_stack_set_visible_child_name (self->stack, "empty");
}

static GtkWidget *
make_row (gpointer item, gpointer data)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *text = rounds_display_first_line (rounds_record_get_text (item, ROUNDS_NOTE_TEMPLATE_TEXT));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rounds_record_get_text (item, ROUNDS_NOTE_TEMPLATE_NAME));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  return row;
}

static void
row_activated_cb (RoundsTemplatesDialog *self, GtkListBoxRow *row)
{
  g_autoptr (RoundsRecord) record =
    g_list_model_get_item (G_LIST_MODEL (self->templates), (guint) gtk_list_box_row_get_index (row));

  if (record != NULL)
    rounds_template_dialog_present (GTK_WIDGET (self), self->context, record);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (RoundsRecord) record = rounds_record_new (ROUNDS_ENTITY_NOTE_TEMPLATE);

  rounds_template_dialog_present (widget, ROUNDS_TEMPLATES_DIALOG (widget)->context, record);
}

static void
rounds_templates_dialog_dispose (GObject *object)
{
  RoundsTemplatesDialog *self = ROUNDS_TEMPLATES_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_TEMPLATES_DIALOG);
  g_clear_object (&self->templates);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_templates_dialog_parent_class)->dispose (object);
}

static void
rounds_templates_dialog_class_init (RoundsTemplatesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_templates_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/interactions/templates-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsTemplatesDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsTemplatesDialog, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "templates.new", NULL, new_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "templates.new", NULL);
}

static void
rounds_templates_dialog_init (RoundsTemplatesDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_templates_dialog_present:
 * @parent: the widget over which the dialog is presented
 * @context: the application
 */
void
rounds_templates_dialog_present (GtkWidget *parent, RoundsAppContext *context)
{
  RoundsTemplatesDialog *self = g_object_new (ROUNDS_TYPE_TEMPLATES_DIALOG, NULL);
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_NOTE_TEMPLATE);

  self->context = g_object_ref (context);
  rounds_query_order_by_name (query);
  rounds_query_limit (query, MOST_TEMPLATES);
  self->templates = rounds_record_list_new (rounds_app_context_get_store (context), query);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->templates), make_row, self, NULL);
  g_signal_connect_object (self->templates, "items-changed", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->templates, "notify::loading", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  show_state (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
