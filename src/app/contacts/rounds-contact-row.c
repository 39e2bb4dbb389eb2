/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contact-row.h"

#include "forms/rounds-display.h"

struct _RoundsContactRow
{
  AdwBin parent_instance;

  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *summary;
};

G_DEFINE_FINAL_TYPE (RoundsContactRow, rounds_contact_row, ADW_TYPE_BIN)

static void
rounds_contact_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_CONTACT_ROW);

  G_OBJECT_CLASS (rounds_contact_row_parent_class)->dispose (object);
}

static void
rounds_contact_row_class_init (RoundsContactRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_contact_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/contacts/contact-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsContactRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactRow, name);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactRow, summary);
}

static void
rounds_contact_row_init (RoundsContactRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "rounds-contact");
}

/** rounds_contact_row_new: Returns: (transfer floating): a row that shows nobody yet */
GtkWidget *
rounds_contact_row_new (void)
{
  return g_object_new (ROUNDS_TYPE_CONTACT_ROW, NULL);
}

/**
 * rounds_contact_row_show:
 * @self: a row
 * @store: the store, from which specialty and city are read
 * @person: (transfer none): a person, only read now
 */
void
rounds_contact_row_show (RoundsContactRow *self, RoundsStore *store, RoundsRecord *person)
{
  g_autofree char *name = rounds_record_get_title (person);
  g_autofree char *summary = rounds_display_summary (store, person);

  g_return_if_fail (ROUNDS_IS_CONTACT_ROW (self));

  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->summary, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), summary != NULL);
}
