/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-registry.h"

#include <glib/gi18n-lib.h>

#include "calendar/rounds-appointment-dialog.h"
#include "calendar/rounds-calendar-page.h"
#include "contacts/rounds-contact-dialog.h"
#include "contacts/rounds-contacts-page.h"
#include "contacts/rounds-organisation-dialog.h"
#include "contacts/rounds-part-dialog.h"
#include "interactions/rounds-interaction-dialog.h"
#include "interactions/rounds-interactions-page.h"
#include "journeys/rounds-journey-dialog.h"
#include "journeys/rounds-journeys-page.h"
#include "today/rounds-today-page.h"

/* The one place where the shell names the pages. A page is one line here, in the sidebar's order, with its header
 * included above as "today/rounds-today-page.h". */
static const RoundsPageInfo pages[] = {
  { "today", N_ ("Today"), "rounds-today-symbolic", rounds_today_page_new },
  { "contacts", N_ ("Contacts"), "system-users-symbolic", rounds_contacts_page_new },
  { "interactions", N_ ("Interactions"), "rounds-interactions-symbolic", rounds_interactions_page_new },
  { "calendar", N_ ("Calendar"), "x-office-calendar-symbolic", rounds_calendar_page_new },
  { "journeys", N_ ("Journeys"), "rounds-journeys-symbolic", rounds_journeys_page_new },
  { NULL },
};

/* What shows and makes the records of an entity, one line each. Every …_dialog_present() is a RoundsDialogFunc: the
 * record is a stored one to edit or a new one to begin with
 * (rounds_record_get_value (record, ROUNDS_FIELD_REV) does not tell them apart offline; rounds_store_get() does). */
static const RoundsOpener openers[] = {
  { ROUNDS_ENTITY_APPOINTMENT, rounds_appointment_dialog_present },
  { ROUNDS_ENTITY_PERSON, rounds_contact_dialog_present, "contacts", rounds_contacts_page_open },
  { ROUNDS_ENTITY_ORGANISATION, rounds_organisation_dialog_present, "contacts", rounds_contacts_page_open },
  { ROUNDS_ENTITY_INTERACTION, rounds_interaction_dialog_present },
  { ROUNDS_ENTITY_CT_JOURNEY, rounds_journey_dialog_present },
  { ROUNDS_ENTITY_EAP_JOURNEY, rounds_journey_dialog_present },
  { ROUNDS_ENTITY_PERSON_ROLE, rounds_part_dialog_present },
  { ROUNDS_ENTITY_PHYSICIAN, NULL, "contacts", rounds_contacts_page_open },
  { ROUNDS_ENTITY_PATIENT, NULL, "contacts", rounds_contacts_page_open },
  { ROUNDS_ENTITY_PATIENT_LEAD, NULL, "contacts", rounds_contacts_page_open },
  { ROUNDS_ENTITY_PATIENT_PHYSICIAN, rounds_part_dialog_present },
  { ROUNDS_ENTITY_STAFF, NULL, "contacts", rounds_contacts_page_open },
  { ROUNDS_ENTITY_AFFILIATION, rounds_part_dialog_present },
  { ROUNDS_ENTITY_ADDRESS, rounds_part_dialog_present },
  { ROUNDS_ENTITY_CONSENT, rounds_part_dialog_present },
  { ROUNDS_ENTITY_FOLLOW_UP, rounds_part_dialog_present },
  { ROUNDS_ENTITY_NONE },
};

const RoundsPageInfo *
rounds_registry_get_pages (void)
{
  return pages;
}

const RoundsPageInfo *
rounds_registry_find_page (const char *id)
{
  for (const RoundsPageInfo *page = pages; page->id != NULL; page++)
    if (g_str_equal (page->id, id))
      return page;
  return NULL;
}

const RoundsOpener *
rounds_registry_find_opener (RoundsEntity entity)
{
  for (const RoundsOpener *opener = openers; opener->entity != ROUNDS_ENTITY_NONE; opener++)
    if (opener->entity == entity)
      return opener;
  return NULL;
}
