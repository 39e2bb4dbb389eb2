/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-unlock-page.h"

struct _RoundsUnlockPage
{
  AdwBin parent_instance;

  gboolean busy;

  /* Template widgets */
  AdwStatusPage *status;
  GtkWidget *code;
  AdwSwitchRow *remember;
  GtkLabel *message;
  GtkWidget *unlock;
  GtkStack *unlock_stack;
};

enum
{
  SIGNAL_UNLOCK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoundsUnlockPage, rounds_unlock_page, ADW_TYPE_BIN)

static const char *
get_code (RoundsUnlockPage *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->code));
}

static void
update_sensitivity (RoundsUnlockPage *self)
{
  gtk_widget_set_sensitive (self->unlock, *get_code (self) != '\0' && !self->busy);
}

static void
code_changed_cb (RoundsUnlockPage *self)
{
  rounds_unlock_page_set_message (self, NULL);
  update_sensitivity (self);
}

static void
unlock_clicked_cb (RoundsUnlockPage *self)
{
  if (self->busy || *get_code (self) == '\0')
    return;

  rounds_unlock_page_set_message (self, NULL);
  g_signal_emit (self, signals[SIGNAL_UNLOCK], 0, get_code (self),
                 gtk_widget_get_visible (GTK_WIDGET (self->remember)) && adw_switch_row_get_active (self->remember));
}

static void
rounds_unlock_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rounds_unlock_page_parent_class)->map (widget);

  gtk_widget_grab_focus (ROUNDS_UNLOCK_PAGE (widget)->code);
}

static void
rounds_unlock_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_UNLOCK_PAGE);

  G_OBJECT_CLASS (rounds_unlock_page_parent_class)->dispose (object);
}

static void
rounds_unlock_page_class_init (RoundsUnlockPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_unlock_page_dispose;
  widget_class->map = rounds_unlock_page_map;

  signals[SIGNAL_UNLOCK] = g_signal_new ("unlock", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/start/unlock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsUnlockPage, status);
  gtk_widget_class_bind_template_child (widget_class, RoundsUnlockPage, code);
  gtk_widget_class_bind_template_child (widget_class, RoundsUnlockPage, remember);
  gtk_widget_class_bind_template_child (widget_class, RoundsUnlockPage, message);
  gtk_widget_class_bind_template_child (widget_class, RoundsUnlockPage, unlock);
  gtk_widget_class_bind_template_child (widget_class, RoundsUnlockPage, unlock_stack);
  gtk_widget_class_bind_template_callback (widget_class, code_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, unlock_clicked_cb);
}

static void
rounds_unlock_page_init (RoundsUnlockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rounds_unlock_page_new (const char *reason, gboolean can_remember)
{
  RoundsUnlockPage *self = g_object_new (ROUNDS_TYPE_UNLOCK_PAGE, NULL);
  g_autofree char *escaped = reason != NULL ? g_markup_escape_text (reason, -1) : NULL;

  /* A status page's description is markup. */
  adw_status_page_set_description (self->status, escaped);
  gtk_widget_set_visible (GTK_WIDGET (self->remember), can_remember);

  return GTK_WIDGET (self);
}

void
rounds_unlock_page_set_busy (RoundsUnlockPage *self, gboolean busy)
{
  g_return_if_fail (ROUNDS_IS_UNLOCK_PAGE (self));

  self->busy = busy;
  gtk_stack_set_visible_child_name (self->unlock_stack, busy ? "busy" : "label");
  update_sensitivity (self);
}

void
rounds_unlock_page_set_message (RoundsUnlockPage *self, const char *message)
{
  g_return_if_fail (ROUNDS_IS_UNLOCK_PAGE (self));

  gtk_label_set_text (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
  if (message != NULL)
    {
      gtk_widget_add_css_class (self->code, "error");
      gtk_widget_grab_focus (self->code);
    }
  else
    {
      gtk_widget_remove_css_class (self->code, "error");
    }
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->code), GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}
