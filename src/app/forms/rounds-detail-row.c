/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-detail-row.h"

#include <glib/gi18n-lib.h>

/* What a widget keeps with it: a name that is the same when it is made anew. */
#define KEY "rounds-key"

struct _RoundsDetailRow
{
  AdwActionRow parent_instance;

  GMenu *menu; /* (owned): what a secondary click offers */
};

G_DEFINE_FINAL_TYPE (RoundsDetailRow, rounds_detail_row, ADW_TYPE_ACTION_ROW)

enum
{
  SIGNAL_EDIT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
copy_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *subtitle = adw_action_row_get_subtitle (ADW_ACTION_ROW (widget));
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), subtitle != NULL && *subtitle != '\0' ? subtitle : title);
}

static void
edit_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_EDIT], 0);
}

static gboolean
unparent_cb (gpointer popover)
{
  gtk_widget_unparent (GTK_WIDGET (popover));
  return G_SOURCE_REMOVE;
}

/* Not at once, as the item that was chosen acts when the menu has gone. */
static void
closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

static void
show_menu (RoundsDetailRow *self, const GdkRectangle *place)
{
  GtkWidget *popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (self->menu));

  gtk_popover_set_has_arrow (GTK_POPOVER (popover), place == NULL);
  if (place != NULL)
    gtk_popover_set_pointing_to (GTK_POPOVER (popover), place);
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  g_signal_connect (popover, "closed", G_CALLBACK (closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
menu_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_menu (ROUNDS_DETAIL_ROW (widget), NULL);
}

static void
pressed_cb (GtkGesture *gesture, int n_press, double x, double y, RoundsDetailRow *self)
{
  const GdkRectangle place = { (int) x, (int) y, 1, 1 };

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, &place);
}

static void
add_item (RoundsDetailRow *self, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target_value (item, action, target);
  g_menu_append_item (self->menu, item);
}

static void
rounds_detail_row_dispose (GObject *object)
{
  g_clear_object (&ROUNDS_DETAIL_ROW (object)->menu);

  G_OBJECT_CLASS (rounds_detail_row_parent_class)->dispose (object);
}

static void
rounds_detail_row_class_init (RoundsDetailRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_detail_row_dispose;

  signals[SIGNAL_EDIT] =
    g_signal_new ("edit", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "row.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "row.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "row.menu", NULL, menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "row.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "row.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "row.menu", NULL);
}

static void
rounds_detail_row_init (RoundsDetailRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->menu = g_menu_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/**
 * rounds_detail_row_new:
 * @title: what it is, plain text
 * @value: (nullable): plain text
 * @action: (nullable): what a click does: edits it
 * @target: (nullable) (transfer floating): for @action
 *
 * Returns: (transfer floating): a row for a preferences group
 */
GtkWidget *
rounds_detail_row_new (const char *title, const char *value, const char *action, GVariant *target)
{
  g_autoptr (GVariant) held = target != NULL ? g_variant_ref_sink (target) : NULL;
  g_autofree char *name = held != NULL ? g_variant_print (held, FALSE) : g_strdup ("");
  g_autofree char *key = g_strconcat (title, name, NULL);
  RoundsDetailRow *self = g_object_new (ROUNDS_TYPE_DETAIL_ROW, "use-markup", FALSE, "title", title, "subtitle-lines",
                                        0, "title-lines", 0, NULL);

  rounds_detail_row_set_value (self, value);
  rounds_detail_row_set_key (GTK_WIDGET (self), key);
  if (action != NULL)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
      gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self), held);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self), action);
      add_item (self, _ ("_Edit"), action, held);
      rounds_detail_row_add_keys (GTK_WIDGET (self));
    }
  add_item (self, _ ("_Copy"), "row.copy", NULL);
  return GTK_WIDGET (self);
}

/** rounds_detail_row_set_value: shows @value (nullable), plain text. */
void
rounds_detail_row_set_value (RoundsDetailRow *self, const char *value)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), value != NULL ? value : "");
}

/** rounds_detail_row_set_editable: whether a click on a row that has "row.edit" edits it; it can be copied anyway. */
void
rounds_detail_row_set_editable (RoundsDetailRow *self, gboolean editable)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "row.edit", editable);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), editable);
}

/**
 * rounds_detail_row_add_button:
 * @self: a row
 * @icon: its icon
 * @label: what it does, for the tooltip, the menu and screen readers
 * @action: what it does
 * @target: (nullable) (transfer floating): for @action
 */
void
rounds_detail_row_add_button (RoundsDetailRow *self, const char *icon, const char *label, const char *action,
                              GVariant *target)
{
  g_autoptr (GVariant) held = target != NULL ? g_variant_ref_sink (target) : NULL;
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), held);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
  add_item (self, label, action, held);
}

/**
 * rounds_detail_row_add_keys:
 * @row: a row of a list box
 *
 * Lets Return and F2 do what the space bar and a click do: a window without a default button does not pass Return on to
 * rows.
 */
void
rounds_detail_row_add_keys (GtkWidget *row)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (shortcuts),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Return|KP_Enter|ISO_Enter|F2"),
                      g_object_ref (gtk_activate_action_get ())));
  gtk_widget_add_controller (row, shortcuts);
}

/**
 * rounds_detail_row_set_key:
 * @widget: a row or a button that is made anew when the page is
 * @key: what tells it from others of its page
 */
void
rounds_detail_row_set_key (GtkWidget *widget, const char *key)
{
  g_object_set_data_full (G_OBJECT (widget), KEY, g_strdup (key), g_free);
}

/**
 * rounds_detail_row_get_key:
 * @widget: any widget
 *
 * Returns: (transfer none) (nullable): what tells it from others of its page, the same when it is made anew
 */
const char *
rounds_detail_row_get_key (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), KEY);
}
