/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contact-offers.h"

#include <glib/gi18n-lib.h>

/* The button names as many of what it offers. */
#define N_NAMED 2

struct _RoundsContactOffers
{
  AdwBin parent_instance;

  GtkMenuButton *button;
  AdwButtonContent *content;
  char *shown; /* (owned) (nullable): what the menu offers, to compare */

  /* While it is told what to offer, otherwise NULL: */
  GMenu *menu;      /* (owned) */
  GMenu *section;   /* (owned) */
  GString *told;    /* (owned) */
  GPtrArray *names; /* (owned) of char * (not owned) */
};

G_DEFINE_FINAL_TYPE (RoundsContactOffers, rounds_contact_offers, ADW_TYPE_BIN)

static gboolean
rounds_contact_offers_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ROUNDS_CONTACT_OFFERS (widget)->button));
}

static void
rounds_contact_offers_finalize (GObject *object)
{
  g_free (ROUNDS_CONTACT_OFFERS (object)->shown);

  G_OBJECT_CLASS (rounds_contact_offers_parent_class)->finalize (object);
}

static void
rounds_contact_offers_class_init (RoundsContactOffersClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_contact_offers_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = rounds_contact_offers_grab_focus;
}

static void
rounds_contact_offers_init (RoundsContactOffers *self)
{
  self->content = ADW_BUTTON_CONTENT (adw_button_content_new ());
  adw_button_content_set_icon_name (self->content, "list-add-symbolic");
  adw_button_content_set_can_shrink (self->content, TRUE);
  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_child (self->button, GTK_WIDGET (self->content));
  gtk_menu_button_set_can_shrink (self->button, TRUE);
  gtk_widget_set_halign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
}

/** rounds_contact_offers_new: Returns: (transfer floating): a button that offers nothing */
GtkWidget *
rounds_contact_offers_new (void)
{
  return g_object_new (ROUNDS_TYPE_CONTACT_OFFERS, "visible", FALSE, NULL);
}

/** rounds_contact_offers_begin: what is added from now until the end is all that is offered. */
void
rounds_contact_offers_begin (RoundsContactOffers *self)
{
  self->menu = g_menu_new ();
  self->told = g_string_new (NULL);
  self->names = g_ptr_array_new ();
}

/** rounds_contact_offers_begin_section: what is added from now on stands below @title (nullable), plain text. */
void
rounds_contact_offers_begin_section (RoundsContactOffers *self, const char *title)
{
  g_autoptr (GMenu) section = g_menu_new ();

  g_menu_append_section (self->menu, title, G_MENU_MODEL (section));
  g_set_object (&self->section, section);
}

/**
 * rounds_contact_offers_add:
 * @self: a button between begin and end, in a section
 * @label: what is added; a constant, plain text
 * @action: adds it
 * @target: (transfer floating): for @action
 */
void
rounds_contact_offers_add (RoundsContactOffers *self, const char *label, const char *action, GVariant *target)
{
  g_autoptr (GVariant) held = g_variant_ref_sink (target);
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
  g_autofree char *text = g_variant_print (held, FALSE);

  g_menu_item_set_action_and_target_value (item, action, held);
  g_menu_append_item (self->section, item);
  g_string_append_printf (self->told, "%s\t%s\t%s\n", label, action, text);
  g_ptr_array_add (self->names, (gpointer) label);
}

static void
show_label (RoundsContactOffers *self)
{
  g_autofree char *text = NULL;

  if (self->names->len == 0)
    return;
  if (self->names->len < N_NAMED)
    /* Translators: %s is a field or a section, such as Phone or Address. */
    text = g_strdup_printf (_ ("Add %s…"), (char *) self->names->pdata[0]);
  else
    /* Translators: the first two of a menu's fields and sections: "Add Phone, Email…". */
    text = g_strdup_printf (_ ("Add %s, %s…"), (char *) self->names->pdata[0], (char *) self->names->pdata[1]);
  adw_button_content_set_label (self->content, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/** rounds_contact_offers_end: shows what was added since the beginning. */
void
rounds_contact_offers_end (RoundsContactOffers *self)
{
  if (g_strcmp0 (self->told->str, self->shown) != 0)
    {
      g_set_str (&self->shown, self->told->str);
      gtk_menu_button_set_menu_model (self->button, G_MENU_MODEL (self->menu));
      show_label (self);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), self->names->len > 0);
  g_clear_object (&self->menu);
  g_clear_object (&self->section);
  g_string_free (g_steal_pointer (&self->told), TRUE);
  g_clear_pointer (&self->names, g_ptr_array_unref);
}
