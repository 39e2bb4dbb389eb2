/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-row-message.h"

struct _RoundsRowMessage
{
  AdwPreferencesRow parent_instance;

  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (RoundsRowMessage, rounds_row_message, ADW_TYPE_PREFERENCES_ROW)

static void
rounds_row_message_class_init (RoundsRowMessageClass *klass)
{
}

static void
rounds_row_message_init (RoundsRowMessage *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  g_object_set (self, "child", self->label, "visible", FALSE, "activatable", FALSE, "focusable", FALSE, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "rounds-message");
}

/** rounds_row_message_new: Returns: (transfer floating): a message that is hidden */
GtkWidget *
rounds_row_message_new (void)
{
  return g_object_new (ROUNDS_TYPE_ROW_MESSAGE, NULL);
}

static void
show (RoundsRowMessage *self, const char *text)
{
  gtk_label_set_text (self->label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}

/* An entry is what has the focus, so the screen reader speaks of it, not of the row. */
static GtkAccessible *
get_focused (GtkWidget *row)
{
  return GTK_IS_EDITABLE (row) ? GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))) : GTK_ACCESSIBLE (row);
}

/**
 * rounds_row_message_show_error:
 * @self: the message
 * @row: the row above
 * @text: (nullable): what is wrong with it, plain text; %NULL: nothing
 */
void
rounds_row_message_show_error (RoundsRowMessage *self, GtkWidget *row, const char *text)
{
  GtkAccessible *focused = get_focused (row);

  if (text == NULL && !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  show (self, text);
  if (text != NULL)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->label), "dimmed");
      gtk_widget_add_css_class (GTK_WIDGET (self->label), "error");
      gtk_widget_add_css_class (row, "error");
      gtk_accessible_update_state (focused, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE, -1);
      gtk_accessible_update_property (focused, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
      gtk_accessible_update_relation (focused, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE, self->label, NULL, -1);
    }
  else
    {
      gtk_widget_remove_css_class (row, "error");
      gtk_accessible_update_state (focused, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_FALSE, -1);
      gtk_accessible_reset_property (focused, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
      gtk_accessible_reset_relation (focused, GTK_ACCESSIBLE_RELATION_ERROR_MESSAGE);
    }
}

/** rounds_row_message_show_note: tells @text (nullable), plain text, which is no fault. */
void
rounds_row_message_show_note (RoundsRowMessage *self, const char *text)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->label), "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "dimmed");
  show (self, text);
}
