/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "rounds-demo-private.h"

/* The ways that journeys go; each ends where the dice stop it, or at an exit. */
static const char *const ct_stages[] = { "inquiry",  "pre_screening", "screening_scheduled",
                                         "screened", "enrolled",      "completed" };
static const char *const eap_stages[] = {
  "physician_request", "manufacturer_agreement", "authority_approval", "ethics_approval", "supply", "treatment",
  "completed"
};
static const char *const ineligible[] = { "Other trial within 30 days", "Lung function below the limit",
                                          "Age outside of the range", "Travel is not possible" };
static const char *const step_notes[] = { "Papers complete.",         "Family asked for time to think.",
                                          "Site confirmed by phone.", "Waiting for the site.",
                                          "Records sent by courier.", "Consent signed." };

/* The days between steps. */
#define STAGE_DAYS_LEAST 6
#define STAGE_DAYS_MOST 40

typedef struct
{
  const char *type; /* "ct" or "eap" */
  RoundsUuid journey;
  int days;           /* before today, at which the next step is entered */
  RoundsRecord *open; /* (owned) (nullable): the step that was entered last */
} Walk;

static gboolean
enter_stage (Demo *demo, Walk *walk, const char *stage, GError **error)
{
  gint64 at = demo_local_instant (demo, -walk->days, demo_random_between (&demo->random, 9 * 60, 16 * 60));
  g_autoptr (RoundsRecord) step = demo_record_new (demo, ROUNDS_ENTITY_JOURNEY_STEP, at);

  if (walk->open != NULL)
    {
      rounds_record_set_integer (walk->open, ROUNDS_JOURNEY_STEP_LEFT_AT, at);
      if (!demo_save (demo, walk->open, error))
        return FALSE;
    }
  rounds_record_set_text (step, ROUNDS_JOURNEY_STEP_JOURNEY_TYPE, walk->type);
  rounds_record_set_uuid (step, ROUNDS_JOURNEY_STEP_JOURNEY, &walk->journey);
  rounds_record_set_text (step, ROUNDS_JOURNEY_STEP_STAGE, stage);
  rounds_record_set_integer (step, ROUNDS_JOURNEY_STEP_ENTERED_AT, at);
  if (demo->has_staff)
    rounds_record_set_uuid (step, ROUNDS_JOURNEY_STEP_BY, &demo->staff);
  if (demo_random_chance (&demo->random, 35))
    rounds_record_set_text (step, ROUNDS_JOURNEY_STEP_NOTE, demo_random_pick (&demo->random, step_notes));
  g_set_object (&walk->open, step);
  return TRUE;
}

/* Walks from stage to stage until the dice or today say stop. Returns the last stage, %NULL on an error. */
static const char *
walk_stages (Demo *demo, Walk *walk, const char *const *stages, guint n_stages, const char *exit_stage, GError **error)
{
  guint stop = demo_random_below (&demo->random, n_stages);
  const char *stage = stages[0];

  for (guint i = 0; i <= stop && walk->days >= 0; i++)
    {
      stage = stages[i];
      if (!enter_stage (demo, walk, stage, error))
        return NULL;
      walk->days -= demo_random_between (&demo->random, STAGE_DAYS_LEAST, STAGE_DAYS_MOST);
    }
  if (walk->days >= 0 && stop > 0 && stop < n_stages - 1 && demo_random_chance (&demo->random, 15))
    {
      stage = exit_stage;
      if (!enter_stage (demo, walk, stage, error))
        return NULL;
    }
  return demo_save (demo, walk->open, error) ? stage : NULL;
}

/* The treating physician is the one who asks; any will do here. */
static void
set_physician (Demo *demo, RoundsRecord *journey, guint field)
{
  const DemoPerson *person =
    &g_array_index (demo->people, DemoPerson, demo_random_below (&demo->random, demo->people->len));

  if (person->kind == DEMO_PHYSICIAN)
    rounds_record_set_uuid (journey, field, &person->role);
}

static gboolean
write_ct_journey (Demo *demo, const DemoPerson *patient, GError **error)
{
  int days = demo_random_between (&demo->random, 5, 220);
  g_autoptr (RoundsRecord) journey = demo_record_new (demo, ROUNDS_ENTITY_CT_JOURNEY, demo->now - days * ROUNDS_DAY);
  g_autofree char *referral = demo_local_date (demo, -days);
  Walk walk = { "ct", *rounds_record_get_id (journey), days, NULL };
  guint trial = demo_random_below (&demo->random, demo_n_trials);
  const char *stage;

  for (guint i = 0; i < demo_n_trials; i++)
    if (demo_trials[i].condition == patient->condition)
      trial = i;

  rounds_record_set_uuid (journey, ROUNDS_CT_JOURNEY_PATIENT, &patient->role);
  rounds_record_set_uuid (journey, ROUNDS_CT_JOURNEY_TRIAL, &g_array_index (demo->trials, RoundsUuid, trial));
  rounds_record_set_text (journey, ROUNDS_CT_JOURNEY_REFERRAL_DATE, referral);
  set_physician (demo, journey, ROUNDS_CT_JOURNEY_PHYSICIAN);
  if (!demo_save (demo, journey, error))
    return FALSE;
  stage = walk_stages (demo, &walk, ct_stages, G_N_ELEMENTS (ct_stages), "screen_failed", error);
  g_clear_object (&walk.open);
  if (stage == NULL)
    return FALSE;

  rounds_record_set_text (journey, ROUNDS_CT_JOURNEY_STAGE, stage);
  rounds_record_set_integer (journey, ROUNDS_CT_JOURNEY_ELIGIBLE,
                             g_str_equal (stage, "enrolled") || g_str_equal (stage, "completed"));
  if (g_str_equal (stage, "screen_failed"))
    rounds_record_set_text (journey, ROUNDS_CT_JOURNEY_INELIGIBLE_REASON, demo_random_pick (&demo->random, ineligible));
  return demo_save (demo, journey, error);
}

static gboolean
write_eap_journey (Demo *demo, const DemoPerson *patient, GError **error)
{
  int days = demo_random_between (&demo->random, 5, 260);
  g_autoptr (RoundsRecord) journey = demo_record_new (demo, ROUNDS_ENTITY_EAP_JOURNEY, demo->now - days * ROUNDS_DAY);
  g_autofree char *number = g_strdup_printf ("EAP-%05u", demo_random_below (&demo->random, 100000));
  Walk walk = { "eap", *rounds_record_get_id (journey), days, NULL };
  const char *stage;

  rounds_record_set_uuid (journey, ROUNDS_EAP_JOURNEY_PATIENT, &patient->role);
  rounds_record_set_uuid (
    journey, ROUNDS_EAP_JOURNEY_PROGRAM,
    &g_array_index (demo->programs, RoundsUuid, demo_random_below (&demo->random, demo->programs->len)));
  rounds_record_set_text (journey, ROUNDS_EAP_JOURNEY_EAP_NUMBER, number);
  set_physician (demo, journey, ROUNDS_EAP_JOURNEY_PHYSICIAN);
  if (!demo_save (demo, journey, error))
    return FALSE;
  stage = walk_stages (demo, &walk, eap_stages, G_N_ELEMENTS (eap_stages), "declined", error);
  g_clear_object (&walk.open);
  if (stage == NULL)
    return FALSE;

  rounds_record_set_text (journey, ROUNDS_EAP_JOURNEY_STAGE, stage);
  return demo_save (demo, journey, error);
}

gboolean
demo_write_journeys (Demo *demo, const DemoPerson *patient, GError **error)
{
  if (demo_random_chance (&demo->random, 60) && !write_ct_journey (demo, patient, error))
    return FALSE;
  return !demo_random_chance (&demo->random, 35) || write_eap_journey (demo, patient, error);
}
