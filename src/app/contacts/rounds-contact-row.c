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

  RoundsStore *store;   /* (owned) (nullable) while the rest waits to be shown */
  RoundsRecord *person; /* (owned) (nullable) whose */
};

G_DEFINE_FINAL_TYPE (RoundsContactRow, rounds_contact_row, ADW_TYPE_BIN)

/* What takes time: the picture's letters are laid out, the summary is read. */
static void
show_rest (RoundsContactRow *self)
{
  g_autoptr (RoundsStore) store = g_steal_pointer (&self->store);
  g_autoptr (RoundsRecord) person = g_steal_pointer (&self->person);
  g_autofree char *summary = NULL;

  if (person == NULL)
    return;
  summary = rounds_display_summary (store, person);
  adw_avatar_set_text (self->avatar, gtk_label_get_text (self->name));
  gtk_label_set_text (self->summary, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), summary != NULL);
}

static void
rounds_contact_row_map (GtkWidget *widget)
{
  show_rest (ROUNDS_CONTACT_ROW (widget));

  GTK_WIDGET_CLASS (rounds_contact_row_parent_class)->map (widget);
}

static void
rounds_contact_row_dispose (GObject *object)
{
  RoundsContactRow *self = ROUNDS_CONTACT_ROW (object);

  g_clear_object (&self->store);
  g_clear_object (&self->person);

  G_OBJECT_CLASS (rounds_contact_row_parent_class)->dispose (object);
}

static void
rounds_contact_row_class_init (RoundsContactRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_contact_row_dispose;
  widget_class->map = rounds_contact_row_map;

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
 * @person: (transfer none): a person, only read
 *
 * A list view keeps some 200 rows and shows a dozen: what takes time is done when the row comes into sight. The picture
 * is higher than the two lines, so that the row does not change its height then.
 */
void
rounds_contact_row_show (RoundsContactRow *self, RoundsStore *store, RoundsRecord *person)
{
  g_autofree char *name = rounds_record_get_title (person);

  g_return_if_fail (ROUNDS_IS_CONTACT_ROW (self));

  gtk_label_set_text (self->name, name);
  g_set_object (&self->store, store);
  g_set_object (&self->person, person);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_rest (self);
}
