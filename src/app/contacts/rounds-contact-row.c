/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contact-row.h"

#include "contacts/rounds-contact-content.h"
#include "contacts/rounds-row-avatar.h"
#include "forms/rounds-hit-marks.h"

struct _RoundsContactRow
{
  AdwBin parent_instance;

  GtkWidget *check;
  RoundsRowAvatar *avatar;
  GtkInscription *name;
  GtkInscription *summary;
  GtkLabel *seen;
};

enum
{
  PROP_SELECTING = 1,
  PROP_SELECTED,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (RoundsContactRow, rounds_contact_row, ADW_TYPE_BIN)

static void
rounds_contact_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RoundsContactRow *self = ROUNDS_CONTACT_ROW (object);

  switch (id)
    {
    case PROP_SELECTING:
      g_value_set_boolean (value, gtk_widget_get_visible (self->check));
      break;
    case PROP_SELECTED:
      g_value_set_boolean (value, gtk_check_button_get_active (GTK_CHECK_BUTTON (self->check)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_contact_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RoundsContactRow *self = ROUNDS_CONTACT_ROW (object);

  switch (id)
    {
    case PROP_SELECTING:
      gtk_widget_set_visible (self->check, g_value_get_boolean (value));
      break;
    case PROP_SELECTED:
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_contact_row_class_init (RoundsContactRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = rounds_contact_row_get_property;
  G_OBJECT_CLASS (klass)->set_property = rounds_contact_row_set_property;

  props[PROP_SELECTING] =
    g_param_spec_boolean ("selecting", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_SELECTED] =
    g_param_spec_boolean ("selected", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);

  g_type_ensure (ROUNDS_TYPE_ROW_AVATAR);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/contacts/contact-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsContactRow, check);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactRow, name);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactRow, summary);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactRow, seen);
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
 * @contact: (transfer none): a person or an organisation, only read
 * @words: (nullable): what was searched for, to be marked
 *
 * Reads, so for rows that are in sight.
 */
void
rounds_contact_row_show (RoundsContactRow *self, RoundsStore *store, RoundsRecord *contact, const char *const *words)
{
  gboolean is_person = rounds_record_get_entity (contact) == ROUNDS_ENTITY_PERSON;
  g_autofree char *name = rounds_record_get_title (contact);
  g_autofree char *summary = rounds_contact_content_summarize (store, contact, words);
  g_autofree char *seen = rounds_contact_content_get (store, contact, ROUNDS_COLUMN_LAST_SEEN);

  g_return_if_fail (ROUNDS_IS_CONTACT_ROW (self));

  rounds_hit_marks_inscribe (self->name, name, words);
  rounds_row_avatar_show (self->avatar, name, is_person ? NULL : "rounds-organisation-symbolic");
  rounds_hit_marks_inscribe (self->summary, summary, words);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), *summary != '\0');
  gtk_label_set_text (self->seen, seen != NULL ? seen : "");
  gtk_widget_set_visible (GTK_WIDGET (self->seen), seen != NULL);
}
