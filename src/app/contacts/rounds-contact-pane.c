/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contact-pane.h"

#include "contacts/rounds-contact-view.h"
#include "contacts/rounds-organisation-view.h"

struct _RoundsContactPane
{
  AdwBin parent_instance;

  RoundsRecord *shown; /* (owned) (nullable) */
  gboolean selecting;

  GtkWidget *edit_button;
  GtkWidget *delete_button;
  GtkWidget *menu_button;
  GtkStack *stack;
  RoundsContactView *view;
  RoundsOrganisationView *organisation;
  AdwStatusPage *selected_page;
};

G_DEFINE_FINAL_TYPE (RoundsContactPane, rounds_contact_pane, ADW_TYPE_BIN)

enum
{
  SIGNAL_SHOW_PEOPLE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_person (RoundsRecord *contact)
{
  return contact != NULL && rounds_record_get_entity (contact) == ROUNDS_ENTITY_PERSON;
}

static const char *
get_page (RoundsContactPane *self)
{
  if (self->selecting)
    return "selection";
  if (self->shown == NULL)
    return "none";
  return is_person (self->shown) ? "contact" : "organisation";
}

/* While several are selected nobody's record is read for each that is passed. */
static void
show (RoundsContactPane *self)
{
  gboolean any = self->shown != NULL && !self->selecting;

  gtk_widget_set_visible (self->edit_button, any);
  gtk_widget_set_visible (self->delete_button, any);
  gtk_widget_set_visible (self->menu_button, any && is_person (self->shown));
  if (any && is_person (self->shown))
    rounds_contact_view_set_person (self->view, self->shown);
  else if (any)
    rounds_organisation_view_set_organisation (self->organisation, self->shown);
  gtk_stack_set_visible_child_name (self->stack, get_page (self));
}

static void
show_people_cb (RoundsContactPane *self)
{
  g_signal_emit (self, signals[SIGNAL_SHOW_PEOPLE], 0);
}

static void
rounds_contact_pane_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_CONTACT_PANE);
  g_clear_object (&ROUNDS_CONTACT_PANE (object)->shown);

  G_OBJECT_CLASS (rounds_contact_pane_parent_class)->dispose (object);
}

static void
rounds_contact_pane_class_init (RoundsContactPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_contact_pane_dispose;

  signals[SIGNAL_SHOW_PEOPLE] =
    g_signal_new ("show-people", ROUNDS_TYPE_CONTACT_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ROUNDS_TYPE_CONTACT_VIEW);
  g_type_ensure (ROUNDS_TYPE_ORGANISATION_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/contacts/contact-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsContactPane, edit_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactPane, delete_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactPane, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactPane, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactPane, view);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactPane, organisation);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactPane, selected_page);
  gtk_widget_class_bind_template_callback (widget_class, show_people_cb);
}

static void
rounds_contact_pane_init (RoundsContactPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** rounds_contact_pane_set_context: @context: the application; once, before anything is shown */
void
rounds_contact_pane_set_context (RoundsContactPane *self, RoundsAppContext *context)
{
  rounds_contact_view_set_context (self->view, context);
  rounds_organisation_view_set_context (self->organisation, context);
}

/** rounds_contact_pane_show: @contact: (nullable): a person or an organisation */
void
rounds_contact_pane_show (RoundsContactPane *self, RoundsRecord *contact)
{
  g_set_object (&self->shown, contact);
  show (self);
}

/** rounds_contact_pane_get_shown: Returns: (transfer none) (nullable): who is shown when nobody selects */
RoundsRecord *
rounds_contact_pane_get_shown (RoundsContactPane *self)
{
  return self->shown;
}

/** rounds_contact_pane_show_selection: @text: (nullable): how many are selected; %NULL: nobody selects */
void
rounds_contact_pane_show_selection (RoundsContactPane *self, const char *text)
{
  gboolean selecting = text != NULL;

  if (selecting)
    adw_status_page_set_title (self->selected_page, text);
  if (self->selecting == selecting)
    return;
  self->selecting = selecting;
  show (self);
}

/** rounds_contact_pane_log: writes down an interaction with the person who is shown. */
void
rounds_contact_pane_log (RoundsContactPane *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->view), "contact.log", NULL);
}
