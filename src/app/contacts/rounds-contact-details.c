/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The groups of a contact's page that are there only where there is something to say: where they work, where that is,
 * what they are as a physician, a patient or a lead. */

#include "config.h"

#include "contacts/rounds-contact-details.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-field-labels.h"

/* As many as one page shows; nobody has more. */
#define MOST_ROWS 20

static void
add_row (AdwPreferencesGroup *group, const char *title, const char *value)
{
  if (value == NULL || *value == '\0')
    return;

  adw_preferences_group_add (group, g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle",
                                                  value, "subtitle-lines", 0, "subtitle-selectable", TRUE,
                                                  "css-classes", (const char *[]) { "property", NULL }, NULL));
}

static void
add_field (AdwPreferencesGroup *group, RoundsRecord *record, guint field)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (rounds_record_get_entity (record), field);
  g_autofree char *text = rounds_field_format (info, rounds_record_get_value (record, field));

  if (text != NULL && info->type == ROUNDS_TYPE_DATE)
    {
      g_autofree char *date = g_steal_pointer (&text);

      text = rounds_display_date (date);
    }
  add_row (group, rounds_field_get_label (info),
           info->type == ROUNDS_TYPE_ENUM ? rounds_field_get_value_label (info, text) : text);
}

static void
add_reference (AdwPreferencesGroup *group, RoundsStore *store, RoundsRecord *record, guint field)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (rounds_record_get_entity (record), field);
  g_autoptr (RoundsRecord) target = NULL;
  g_autofree char *name = NULL;

  if (rounds_record_is_null (record, field))
    return;
  target = rounds_store_get (store, info->target, rounds_record_get_uuid (record, field), NULL);
  if (target == NULL)
    return;
  name = rounds_display_name (store, target);
  add_row (group, rounds_field_get_label (info), name);
}

static AdwPreferencesGroup *
add_group (GtkBox *box, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (box, group);
  return ADW_PREFERENCES_GROUP (group);
}

/* Returns: (transfer container): the records of @entity about @person. */
static GPtrArray *
list_of_person (RoundsStore *store, RoundsEntity entity, guint field, RoundsRecord *person)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  GPtrArray *records;

  rounds_query_where_uuid (query, field, ROUNDS_IS, rounds_record_get_id (person));
  rounds_query_limit (query, MOST_ROWS);
  records = rounds_store_list (store, query, NULL);
  return records != NULL ? records : g_ptr_array_new_with_free_func (g_object_unref);
}

static void
add_places (GtkBox *box, RoundsStore *store, RoundsRecord *person)
{
  g_autoptr (GPtrArray) affiliations =
    list_of_person (store, ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON, person);
  g_autoptr (GPtrArray) addresses = list_of_person (store, ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON, person);
  const RoundsFieldInfo *kind = rounds_entity_get_field (ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_KIND);
  AdwPreferencesGroup *group;

  if (affiliations->len + addresses->len == 0)
    return;

  group = add_group (box, _ ("Places"));
  for (guint i = 0; i < affiliations->len; i++)
    {
      RoundsRecord *affiliation = affiliations->pdata[i];
      const char *job = rounds_record_get_text (affiliation, ROUNDS_AFFILIATION_JOB_TITLE);
      g_autoptr (RoundsRecord) organisation = rounds_store_get (
        store, ROUNDS_ENTITY_ORGANISATION, rounds_record_get_uuid (affiliation, ROUNDS_AFFILIATION_ORGANISATION), NULL);

      if (organisation != NULL)
        add_row (group, job != NULL ? job : rounds_entity_get_label (ROUNDS_ENTITY_AFFILIATION),
                 rounds_record_get_text (organisation, ROUNDS_ORGANISATION_NAME));
    }
  for (guint i = 0; i < addresses->len; i++)
    {
      g_autofree char *text = rounds_display_address (addresses->pdata[i]);

      add_row (group,
               rounds_field_get_value_label (kind, rounds_record_get_text (addresses->pdata[i], ROUNDS_ADDRESS_KIND)),
               text);
    }
}

static gboolean
has_any (RoundsRecord *record, const guint *fields, guint n_fields)
{
  for (guint i = 0; i < n_fields; i++)
    if (!rounds_record_is_null (record, fields[i]))
      return TRUE;
  return FALSE;
}

/* A group for @record with those of @fields that say something. */
static void
add_record (GtkBox *box, RoundsStore *store, const char *title, RoundsRecord *record, const guint *fields,
            guint n_fields)
{
  AdwPreferencesGroup *group;

  if (record == NULL || !has_any (record, fields, n_fields))
    return;

  group = add_group (box, title);
  for (guint i = 0; i < n_fields; i++)
    {
      if (rounds_entity_get_field (rounds_record_get_entity (record), fields[i])->type == ROUNDS_TYPE_REFERENCE)
        add_reference (group, store, record, fields[i]);
      else
        add_field (group, record, fields[i]);
    }
}

/**
 * rounds_contact_details_new:
 * @store: the store
 * @person: (transfer none): a person
 *
 * About ten indexed reads. Main thread.
 *
 * Returns: (transfer floating): the groups, one below the other; invisible if there is none
 */
GtkWidget *
rounds_contact_details_new (RoundsStore *store, RoundsRecord *person)
{
  static const guint of_physician[] = { ROUNDS_PHYSICIAN_SPECIALIZATION, ROUNDS_PHYSICIAN_NPI,
                                        ROUNDS_PHYSICIAN_LICENCE_NUMBER, ROUNDS_PHYSICIAN_QUALIFICATION,
                                        ROUNDS_PHYSICIAN_SEES_REPS };
  static const guint of_patient[] = { ROUNDS_PATIENT_CONDITION, ROUNDS_PATIENT_STATUS,
                                      ROUNDS_PATIENT_FIRST_CONTACT_DATE, ROUNDS_PATIENT_INITIAL_CONSULT_DATE };
  static const guint of_lead[] = { ROUNDS_PATIENT_LEAD_CONDITION, ROUNDS_PATIENT_LEAD_STATUS,
                                   ROUNDS_PATIENT_LEAD_SOURCE };
  static const guint of_person[] = { ROUNDS_PERSON_BIRTH_DATE, ROUNDS_PERSON_SEX, ROUNDS_PERSON_LANGUAGE,
                                     ROUNDS_PERSON_TIME_ZONE };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  const RoundsUuid *id = rounds_record_get_id (person);
  g_autoptr (RoundsRecord) physician = rounds_find_of_person (store, ROUNDS_ENTITY_PHYSICIAN, id);
  g_autoptr (RoundsRecord) patient = rounds_find_of_person (store, ROUNDS_ENTITY_PATIENT, id);
  g_autoptr (GPtrArray) leads = list_of_person (store, ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_PATIENT_LEAD_PERSON, person);

  add_record (GTK_BOX (box), store, _ ("Physician"), physician, of_physician, G_N_ELEMENTS (of_physician));
  add_places (GTK_BOX (box), store, person);
  add_record (GTK_BOX (box), store, _ ("Patient"), patient, of_patient, G_N_ELEMENTS (of_patient));
  for (guint i = 0; i < leads->len; i++)
    add_record (GTK_BOX (box), store, _ ("Lead"), leads->pdata[i], of_lead, G_N_ELEMENTS (of_lead));
  add_record (GTK_BOX (box), store, _ ("Personal"), person, of_person, G_N_ELEMENTS (of_person));

  gtk_widget_set_visible (box, gtk_widget_get_first_child (box) != NULL);
  return box;
}
