/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contact-row.h"

#include <glib/gi18n-lib.h>

#include "contacts/rounds-contact-content.h"
#include "contacts/rounds-row-avatar.h"
#include "forms/rounds-hit-marks.h"

struct _RoundsContactRow
{
  GtkWidget parent_instance;

  gboolean selected;
  GtkWidget *check; /* (nullable) until somebody selects */
  RoundsRowAvatar *avatar;
  GtkWidget *texts;
  RoundsRowText *name;
  RoundsRowText *summary;
  GtkWidget *seen; /* (nullable) until there is a day to tell */
};

enum
{
  PROP_SELECTING = 1,
  PROP_SELECTED,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (RoundsContactRow, rounds_contact_row, GTK_TYPE_WIDGET)

/* A list makes many rows, of which few need these two. */

static void
set_selecting (RoundsContactRow *self, gboolean selecting)
{
  if (self->check == NULL && selecting)
    {
      self->check =
        g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "active",
                      self->selected, "can-target", FALSE, "can-focus", FALSE, "valign", GTK_ALIGN_CENTER, NULL);
      gtk_widget_insert_after (self->check, GTK_WIDGET (self), NULL);
    }
  if (self->check != NULL)
    gtk_widget_set_visible (self->check, selecting);
}

static void
set_selected (RoundsContactRow *self, gboolean selected)
{
  self->selected = selected;
  if (self->check != NULL)
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->check), selected);
}

static void
show_seen (RoundsContactRow *self, const char *day)
{
  if (self->seen == NULL && day != NULL)
    {
      self->seen = g_object_new (GTK_TYPE_LABEL, "valign", GTK_ALIGN_START, "margin-top", 2, NULL);
      gtk_widget_add_css_class (self->seen, "caption");
      gtk_widget_add_css_class (self->seen, "dimmed");
      gtk_widget_insert_before (self->seen, GTK_WIDGET (self), NULL);
    }
  if (self->seen == NULL)
    return;
  gtk_label_set_text (GTK_LABEL (self->seen), day != NULL ? day : "");
  gtk_widget_set_visible (self->seen, day != NULL);
}

/* Asked when the pointer rests: at a text that is set beforehand GTK asks where the pointer is. */
static gboolean
rounds_contact_row_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard_mode, GtkTooltip *tooltip)
{
  GtkWidget *seen = ROUNDS_CONTACT_ROW (widget)->seen;
  graphene_rect_t bounds;

  if (seen == NULL || !gtk_widget_get_visible (seen) || !gtk_widget_compute_bounds (seen, widget, &bounds)
      || !graphene_rect_contains_point (&bounds, &GRAPHENE_POINT_INIT ((float) x, (float) y)))
    return FALSE;
  /* Translators: beside the day on which a contact was met last */
  gtk_tooltip_set_text (tooltip, _ ("Last seen"));
  return TRUE;
}

static void
rounds_contact_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RoundsContactRow *self = ROUNDS_CONTACT_ROW (object);

  switch (id)
    {
    case PROP_SELECTING:
      g_value_set_boolean (value, self->check != NULL && gtk_widget_get_visible (self->check));
      break;
    case PROP_SELECTED:
      g_value_set_boolean (value, self->selected);
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
      set_selecting (self, g_value_get_boolean (value));
      break;
    case PROP_SELECTED:
      set_selected (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_contact_row_dispose (GObject *object)
{
  RoundsContactRow *self = ROUNDS_CONTACT_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_CONTACT_ROW);
  g_clear_pointer (&self->check, gtk_widget_unparent);
  g_clear_pointer (&self->seen, gtk_widget_unparent);

  G_OBJECT_CLASS (rounds_contact_row_parent_class)->dispose (object);
}

static void
rounds_contact_row_class_init (RoundsContactRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_contact_row_dispose;
  G_OBJECT_CLASS (klass)->get_property = rounds_contact_row_get_property;
  G_OBJECT_CLASS (klass)->set_property = rounds_contact_row_set_property;
  widget_class->query_tooltip = rounds_contact_row_query_tooltip;

  props[PROP_SELECTING] =
    g_param_spec_boolean ("selecting", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_SELECTED] =
    g_param_spec_boolean ("selected", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);

  g_type_ensure (ROUNDS_TYPE_ROW_AVATAR);
  g_type_ensure (ROUNDS_TYPE_ROW_TEXT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/contacts/contact-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsContactRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactRow, texts);
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

  rounds_hit_marks_show_in_row (self->name, name, words);
  rounds_row_avatar_show (self->avatar, name, is_person ? NULL : "rounds-organisation-symbolic");
  rounds_hit_marks_show_in_row (self->summary, summary, words);
  gtk_widget_set_visible (GTK_WIDGET (self->summary), *summary != '\0');
  show_seen (self, seen);
}

/** rounds_contact_row_get_name: Returns: (transfer none): whom it shows */
const char *
rounds_contact_row_get_name (RoundsContactRow *self)
{
  return rounds_row_text_get_text (self->name);
}
