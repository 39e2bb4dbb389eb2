/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contact-actions.h"

#include <glib/gi18n-lib.h>

#include "contacts/rounds-contact-parts.h"
#include "forms/rounds-display.h"
#include "forms/rounds-form-save.h"
#include "rounds-lead-conversion.h"
#include "rounds-phone.h"

/* Returns: (transfer full) (nullable): the contact, or what they are as a patient, where the part belongs to that */
static RoundsRecord *
find_owner (RoundsAppContext *context, RoundsRecord *contact, RoundsEntity entity)
{
  g_autoptr (GError) error = NULL;
  RoundsRecord *patient = NULL;

  if (entity != ROUNDS_ENTITY_PATIENT_PHYSICIAN)
    return g_object_ref (contact);
  if (!rounds_look_up_of_person (rounds_app_context_get_store (context), ROUNDS_ENTITY_PATIENT,
                                 rounds_record_get_id (contact), &patient, &error))
    rounds_app_context_report (context, error);
  return patient;
}

/**
 * rounds_contact_add_part:
 * @context: the application
 * @contact: a person or an organisation
 * @entity: a role, an affiliation, an address, a patient's physician or a consent
 *
 * Opens the dialog that adds one to @contact.
 */
void
rounds_contact_add_part (RoundsAppContext *context, RoundsRecord *contact, RoundsEntity entity)
{
  const RoundsContactPart *part = rounds_contact_part_find (entity, NULL);
  gboolean is_organisation = rounds_record_get_entity (contact) == ROUNDS_ENTITY_ORGANISATION;
  g_autoptr (RoundsRecord) owner = part != NULL ? find_owner (context, contact, entity) : NULL;
  g_autoptr (RoundsRecord) record = NULL;

  if (owner == NULL)
    return;
  record = rounds_record_new (entity);
  rounds_record_set_uuid (record, is_organisation ? (guint) ROUNDS_ADDRESS_ORGANISATION : part->owner_field,
                          rounds_record_get_id (owner));
  rounds_app_context_create (context, record);
}

static void
converted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsAppContext) context = data;
  g_autoptr (GError) error = NULL;
  RoundsFormUndo *undo = rounds_form_save_finish (ROUNDS_STORE (source), result, &error);

  if (undo != NULL)
    rounds_form_undo_offer (undo, context, _ ("Lead converted to patient"));
  else
    rounds_app_context_report (context, error);
}

/** rounds_contact_convert_lead: makes a patient of the person of whom @lead tells, with Undo. */
void
rounds_contact_convert_lead (RoundsAppContext *context, const RoundsUuid *lead)
{
  RoundsStore *store = rounds_app_context_get_store (context);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = rounds_lead_conversion_plan (rounds_store_get_reader (store), lead, &before, &error);

  if (changes == NULL)
    rounds_app_context_report (context, error);
  else
    rounds_form_save_async (store, changes, before, NULL, converted_cb, g_object_ref (context));
}

static void
launched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsAppContext) context = data;
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error)
      && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    rounds_app_context_report (context, error);
}

static void
launch (GtkWidget *widget, RoundsAppContext *context, const char *uri)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (uri);

  gtk_uri_launcher_launch (launcher, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, launched_cb,
                           g_object_ref (context));
}

/** rounds_contact_call: calls @contact, a person or an organisation, by the program that does so; over @widget. */
void
rounds_contact_call (GtkWidget *widget, RoundsAppContext *context, RoundsRecord *contact)
{
  gboolean is_person = rounds_record_get_entity (contact) == ROUNDS_ENTITY_PERSON;
  const char *phone =
    rounds_record_get_text (contact, is_person ? (guint) ROUNDS_PERSON_PHONE : (guint) ROUNDS_ORGANISATION_PHONE);
  g_autofree char *uri = phone != NULL ? rounds_phone_make_uri (phone) : NULL;

  if (uri != NULL)
    launch (widget, context, uri);
}

/** rounds_contact_write_to: begins an email to @contact, a person, in the program that does so; over @widget. */
void
rounds_contact_write_to (GtkWidget *widget, RoundsAppContext *context, RoundsRecord *contact)
{
  const char *email = rounds_record_get_text (contact, ROUNDS_PERSON_EMAIL);
  g_autofree char *escaped = email != NULL ? g_uri_escape_string (email, "@+", FALSE) : NULL;
  g_autofree char *uri = g_strconcat ("mailto:", escaped, NULL);

  if (email != NULL)
    launch (widget, context, uri);
}
