/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A lead becomes a patient (S1-5). The person stays who they are, so that all that happened with them as a
 * lead stays on their timeline; the lead stays as well and tells what became of it. */

#include "config.h"

#include "rounds-lead-conversion.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-time.h"

/* What is going to be saved, and the same as it was. */
typedef struct
{
  RoundsRecordStore *store; /* (not owned) */
  const RoundsUuid *person; /* (not owned) */
  GPtrArray *after;         /* (owned) of RoundsRecord */
  GPtrArray *before;        /* (owned) of RoundsRecord or NULL */
  char *today;              /* (owned) */
} Plan;

static void
plan_clear (Plan *self)
{
  g_clear_pointer (&self->after, g_ptr_array_unref);
  g_clear_pointer (&self->before, g_ptr_array_unref);
  g_clear_pointer (&self->today, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

static void
clear_record_cb (gpointer record)
{
  g_clear_object (&record);
}

/* Returns: (transfer none): a record to be changed further, which @before (nullable) is now */
static RoundsRecord *
plan_add (Plan *self, RoundsRecord *before, RoundsEntity entity)
{
  RoundsRecord *after = before != NULL ? rounds_record_dup (before) : rounds_record_new (entity);

  g_ptr_array_add (self->after, after);
  g_ptr_array_add (self->before, before != NULL ? g_object_ref (before) : NULL);
  return after;
}

static char *
format_day (gint64 instant)
{
  g_autoptr (GDateTime) moment = rounds_instant_to_local (instant, NULL);

  return g_date_time_format (moment, "%Y-%m-%d");
}

static GPtrArray *
list_of_person (Plan *self, RoundsEntity entity, guint field, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  rounds_query_where_uuid (query, field, ROUNDS_IS, self->person);
  return rounds_record_store_list (self->store, query, error);
}

static gboolean
check_is_no_patient (Plan *self, GError **error)
{
  g_autoptr (GPtrArray) patients = list_of_person (self, ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON, error);

  if (patients == NULL)
    return FALSE;
  if (patients->len > 0)
    {
      g_autoptr (RoundsRecord) person =
        rounds_record_store_get (self->store, ROUNDS_ENTITY_PERSON, self->person, error);
      g_autofree char *name = person != NULL ? rounds_record_get_title (person) : NULL;

      if (name != NULL)
        /* Translators: %s is a person's name. */
        g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS, _ ("%s is a patient already."), name);
      return FALSE;
    }
  return TRUE;
}

/* (transfer full) (nullable) on error: the day of the first visit or call, or the one on which the lead came in,
 * whichever was first. */
static char *
find_first_contact (Plan *self, RoundsRecord *lead, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsRecord) first = NULL;
  gint64 at = rounds_record_get_integer (lead, ROUNDS_FIELD_CREATED_AT);

  rounds_query_where_uuid (query, ROUNDS_INTERACTION_PERSON, ROUNDS_IS, self->person);
  rounds_query_order_by (query, ROUNDS_INTERACTION_OCCURRED_AT, FALSE);
  if (!rounds_record_store_find (self->store, query, &first, error))
    return NULL;
  if (first != NULL)
    at = MIN (at, rounds_record_get_integer (first, ROUNDS_INTERACTION_OCCURRED_AT));
  return format_day (at);
}

static RoundsRecord *
plan_patient (Plan *self, RoundsRecord *lead, GError **error)
{
  g_autofree char *first_contact = find_first_contact (self, lead, error);
  RoundsRecord *patient;

  if (first_contact == NULL)
    return NULL;
  patient = plan_add (self, NULL, ROUNDS_ENTITY_PATIENT);
  rounds_record_set_uuid (patient, ROUNDS_PATIENT_PERSON, self->person);
  rounds_record_set_text (patient, ROUNDS_PATIENT_FIRST_CONTACT_DATE, first_contact);
  rounds_record_set_value (patient, ROUNDS_PATIENT_CONDITION,
                           rounds_record_get_value (lead, ROUNDS_PATIENT_LEAD_CONDITION));
  return patient;
}

static gboolean
is_over (Plan *self, RoundsRecord *role)
{
  const char *until = rounds_record_get_text (role, ROUNDS_PERSON_ROLE_VALID_TO);

  return until != NULL && g_strcmp0 (until, self->today) <= 0;
}

/* From today on the person is a patient and no lead. */
static gboolean
plan_roles (Plan *self, GError **error)
{
  g_autoptr (GPtrArray) roles = list_of_person (self, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON, error);
  gboolean is_patient = FALSE;
  RoundsRecord *begun;

  if (roles == NULL)
    return FALSE;
  for (guint i = 0; i < roles->len; i++)
    {
      RoundsRecord *role = roles->pdata[i];
      const char *type = rounds_record_get_text (role, ROUNDS_PERSON_ROLE_TYPE);
      const char *from = rounds_record_get_text (role, ROUNDS_PERSON_ROLE_VALID_FROM);

      if (is_over (self, role))
        continue;
      is_patient |= g_strcmp0 (type, "patient") == 0;
      if (g_strcmp0 (type, "lead") == 0)
        rounds_record_set_text (plan_add (self, role, ROUNDS_ENTITY_PERSON_ROLE), ROUNDS_PERSON_ROLE_VALID_TO,
                                g_strcmp0 (from, self->today) > 0 ? from : self->today);
    }
  if (is_patient)
    return TRUE;
  begun = plan_add (self, NULL, ROUNDS_ENTITY_PERSON_ROLE);
  rounds_record_set_uuid (begun, ROUNDS_PERSON_ROLE_PERSON, self->person);
  rounds_record_set_text (begun, ROUNDS_PERSON_ROLE_TYPE, "patient");
  rounds_record_set_text (begun, ROUNDS_PERSON_ROLE_VALID_FROM, self->today);
  return TRUE;
}

/* The lead, and others of the same person that are still open: somebody may have come in twice. */
static gboolean
plan_leads (Plan *self, const RoundsUuid *lead, RoundsRecord *patient, GError **error)
{
  g_autoptr (GPtrArray) leads = list_of_person (self, ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_PATIENT_LEAD_PERSON, error);

  for (guint i = 0; leads != NULL && i < leads->len; i++)
    {
      const char *status = rounds_record_get_text (leads->pdata[i], ROUNDS_PATIENT_LEAD_STATUS);
      RoundsRecord *converted;

      if (!rounds_uuid_equal (rounds_record_get_id (leads->pdata[i]), lead) && g_strcmp0 (status, "new") != 0
          && g_strcmp0 (status, "contacted") != 0)
        continue;
      converted = plan_add (self, leads->pdata[i], ROUNDS_ENTITY_PATIENT_LEAD);
      rounds_record_set_text (converted, ROUNDS_PATIENT_LEAD_STATUS, "converted");
      rounds_record_set_uuid (converted, ROUNDS_PATIENT_LEAD_CONVERTED_PATIENT, rounds_record_get_id (patient));
      rounds_record_set_integer (converted, ROUNDS_PATIENT_LEAD_CONVERTED_AT, rounds_time_now ());
    }
  return leads != NULL;
}

/**
 * rounds_lead_conversion_plan:
 * @store: the store; only read
 * @lead: a patient lead's id
 * @before: (out) (optional) (transfer full) (element-type RoundsRecord): for each record how it is now, %NULL for what
 *   is new
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND; %ROUNDS_ERROR_EXISTS if the person is a patient already
 *
 * What makes a patient of a lead: the patient with what the lead knew, the roles from today on, and the lead, which
 * says what became of it. To be saved as one group; a second patient of the same person is refused then as well.
 *
 * Returns: (transfer full) (nullable) (element-type RoundsRecord): what to save, the patient first
 */
GPtrArray *
rounds_lead_conversion_plan (RoundsRecordStore *store, const RoundsUuid *lead, GPtrArray **before, GError **error)
{
  g_autoptr (RoundsRecord) begun = rounds_record_store_get (store, ROUNDS_ENTITY_PATIENT_LEAD, lead, error);
  g_auto (Plan) plan = { store, NULL, NULL, NULL, NULL };
  RoundsRecord *patient;

  if (begun == NULL)
    return NULL;
  if (rounds_record_is_deleted (begun))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("This lead is in the trash."));
      return NULL;
    }
  plan.person = rounds_record_get_uuid (begun, ROUNDS_PATIENT_LEAD_PERSON);
  plan.after = g_ptr_array_new_with_free_func (g_object_unref);
  plan.before = g_ptr_array_new_with_free_func (clear_record_cb);
  plan.today = format_day (rounds_time_now ());
  if (!check_is_no_patient (&plan, error))
    return NULL;
  patient = plan_patient (&plan, begun, error);
  if (patient == NULL || !plan_roles (&plan, error) || !plan_leads (&plan, lead, patient, error))
    return NULL;
  if (before != NULL)
    *before = g_steal_pointer (&plan.before);
  return g_steal_pointer (&plan.after);
}
