/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The actions of the page of contacts: on the page, on the contact that is shown, on those who are selected. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "contacts/rounds-contact-bulk.h"
#include "contacts/rounds-contact-dialog.h"
#include "contacts/rounds-contacts-page-private.h"
#include "contacts/rounds-organisation-dialog.h"
#include "duplicates/rounds-duplicates-dialog.h"
#include "export/rounds-export-dialog.h"
#include "rounds-time.h"

/* Returns: (transfer full): the keys of the rows that are selected */
static GArray *
get_selected (RoundsContactsPage *self)
{
  return rounds_row_selection_get_keys (rounds_contact_list_get_selection (self->list));
}

static RoundsRecord *
get_shown (RoundsContactsPage *self)
{
  return rounds_contact_pane_get_shown (self->pane);
}

static gboolean
is_person (RoundsRecord *contact)
{
  return contact != NULL && rounds_record_get_entity (contact) == ROUNDS_ENTITY_PERSON;
}

static void
end_selection_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_contact_list_set_selecting (ROUNDS_CONTACTS_PAGE (widget)->list, FALSE);
}

static void
select_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (widget);

  rounds_contact_list_set_selecting (self->list, !rounds_contact_list_get_selecting (self->list));
  rounds_contact_list_focus (self->list);
}

static void
delete_selected_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (widget);
  g_autoptr (GArray) keys = get_selected (self);

  rounds_contact_list_set_selecting (self->list, FALSE);
  rounds_contact_bulk_delete (self->context, keys);
}

static void
add_role_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (widget);
  g_autoptr (GArray) keys = get_selected (self);

  rounds_contact_bulk_add_role (widget, self->context, keys);
}

static void
set_territory_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (widget);
  g_autoptr (GArray) keys = get_selected (self);

  rounds_contact_bulk_set_territory (widget, self->context, keys);
}

static void
plan_follow_up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (widget);
  g_autoptr (GArray) keys = get_selected (self);

  rounds_contact_bulk_plan_follow_up (widget, self->context, keys);
}

static void
merge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (widget);
  g_autoptr (RoundsRecord) first = rounds_row_selection_get (rounds_contact_list_get_selection (self->list), 0);
  g_autoptr (RoundsRecord) second = rounds_row_selection_get (rounds_contact_list_get_selection (self->list), 1);

  if (first == NULL || second == NULL)
    return;
  if (!is_person (first) || !is_person (second))
    {
      rounds_app_context_toast (self->context, _ ("Only people can be merged."));
      return;
    }
  adw_dialog_present (ADW_DIALOG (rounds_duplicates_dialog_new_for (self->context, rounds_record_get_id (first),
                                                                    rounds_record_get_id (second))),
                      widget);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (widget);

  adw_navigation_split_view_set_show_content (self->split, FALSE);
  rounds_contact_filter_bar_focus (self->bar);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (widget);
  gboolean organisation = rounds_contact_filter_bar_get_filter (self->bar)->kind == ROUNDS_CONTACTS_ORGANISATIONS;
  g_autoptr (RoundsRecord) contact =
    rounds_record_new (organisation ? ROUNDS_ENTITY_ORGANISATION : ROUNDS_ENTITY_PERSON);

  rounds_app_context_create (self->context, contact);
}

/* About the contact that is before the user's eyes, else about anybody. */
static void
log_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (widget);
  g_autoptr (RoundsRecord) interaction = NULL;

  if (is_person (get_shown (self))
      && (!adw_navigation_split_view_get_collapsed (self->split)
          || adw_navigation_split_view_get_show_content (self->split)))
    {
      rounds_contact_pane_log (self->pane);
      return;
    }
  interaction = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  rounds_app_context_create (self->context, interaction);
}

static void
duplicates_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_duplicates_banner_review (ROUNDS_CONTACTS_PAGE (widget)->duplicates);
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (widget);

  if (is_person (get_shown (self)))
    rounds_contact_dialog_present (widget, self->context, get_shown (self));
  else if (get_shown (self) != NULL)
    rounds_organisation_dialog_present (widget, self->context, get_shown (self));
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (widget);

  if (get_shown (self) != NULL)
    rounds_app_context_delete (self->context, get_shown (self));
}

static void
archive_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (widget);

  if (get_shown (self) != NULL && is_person (get_shown (self)))
    rounds_export_present_person (widget, self->context, get_shown (self));
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsContactsPage *self = ROUNDS_CONTACTS_PAGE (widget);
  g_autoptr (RoundsContactFilter) nothing = rounds_contact_filter_new ();
  g_autoptr (RoundsQuery) all = rounds_contact_filter_to_query (nothing, rounds_time_now ());
  g_autoptr (GArray) keys = rounds_contact_list_get_selecting (self->list) ? get_selected (self) : NULL;

  rounds_export_present (widget, self->context, _ ("Contacts"), rounds_contact_list_get_query (self->list),
                         rounds_contact_filter_bar_is_filtering (self->bar) ? all : NULL, keys);
}

/* rounds_contacts_page_install_actions: for the class. */
void
rounds_contacts_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "page.log", NULL, log_action);
  gtk_widget_class_install_action (widget_class, "page.duplicates", NULL, duplicates_action);
  gtk_widget_class_install_action (widget_class, "page.select", NULL, select_action);
  gtk_widget_class_install_property_action (widget_class, "page.columns", "as-columns");
  gtk_widget_class_install_property_action (widget_class, "page.order", "order");
  gtk_widget_class_install_property_action (widget_class, "page.descending", "descending");
  gtk_widget_class_install_action (widget_class, "page.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "contact.archive", NULL, archive_action);
  gtk_widget_class_install_action (widget_class, "contact.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "contact.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "selection.end", NULL, end_selection_action);
  gtk_widget_class_install_action (widget_class, "selection.delete", NULL, delete_selected_action);
  gtk_widget_class_install_action (widget_class, "selection.role", NULL, add_role_action);
  gtk_widget_class_install_action (widget_class, "selection.territory", NULL, set_territory_action);
  gtk_widget_class_install_action (widget_class, "selection.follow-up", NULL, plan_follow_up_action);
  gtk_widget_class_install_action (widget_class, "selection.merge", NULL, merge_action);
}
