/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-journey-kind.h"

#include "forms/rounds-field-labels.h"
#include "rounds-time.h"

static const RoundsJourneyKind kinds[] = {
  {
    .entity = ROUNDS_ENTITY_CT_JOURNEY,
    .type = "ct",
    .subject = ROUNDS_ENTITY_TRIAL,
    .subject_title = ROUNDS_TRIAL_TITLE,
    .patient_field = ROUNDS_CT_JOURNEY_PATIENT,
    .physician_field = ROUNDS_CT_JOURNEY_PHYSICIAN,
    .subject_field = ROUNDS_CT_JOURNEY_TRIAL,
    .stage_field = ROUNDS_CT_JOURNEY_STAGE,
    .enrollment_field = ROUNDS_CT_JOURNEY_ENROLLMENT_DATE,
    .completion_field = ROUNDS_CT_JOURNEY_COMPLETION_DATE,
  },
  {
    .entity = ROUNDS_ENTITY_EAP_JOURNEY,
    .type = "eap",
    .subject = ROUNDS_ENTITY_EAP_PROGRAM,
    .subject_title = ROUNDS_EAP_PROGRAM_PRODUCT,
    .patient_field = ROUNDS_EAP_JOURNEY_PATIENT,
    .physician_field = ROUNDS_EAP_JOURNEY_PHYSICIAN,
    .subject_field = ROUNDS_EAP_JOURNEY_PROGRAM,
    .stage_field = ROUNDS_EAP_JOURNEY_STAGE,
    .enrollment_field = ROUNDS_EAP_JOURNEY_ENROLLMENT_DATE,
    .completion_field = ROUNDS_EAP_JOURNEY_COMPLETION_DATE,
  },
};

/**
 * rounds_journey_kind_get:
 * @entity: CT_JOURNEY or EAP_JOURNEY
 *
 * Returns: (transfer none): the kind of journey
 */
const RoundsJourneyKind *
rounds_journey_kind_get (RoundsEntity entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].entity == entity)
      return &kinds[i];
  g_return_val_if_reached (NULL);
}

/**
 * rounds_journey_kind_get_stages:
 * @self: a kind
 *
 * Returns: (transfer none): the stages' wire values in the order in which they follow each other
 */
const char *const *
rounds_journey_kind_get_stages (const RoundsJourneyKind *self)
{
  return rounds_entity_get_field (self->entity, self->stage_field)->values;
}

/**
 * rounds_journey_kind_get_stage_label:
 * @self: a kind
 * @stage: (nullable): a wire value
 *
 * Returns: the stage in words; @stage itself if a newer version has made it
 */
const char *
rounds_journey_kind_get_stage_label (const RoundsJourneyKind *self, const char *stage)
{
  const char *label;

  if (stage == NULL)
    return "";
  label = rounds_field_get_value_label (rounds_entity_get_field (self->entity, self->stage_field), stage);
  return label != NULL ? label : stage;
}

/**
 * rounds_journey_find_open_step:
 * @steps: (element-type RoundsRecord): the steps of one journey
 *
 * Returns: (transfer none) (nullable): the stage that the journey is in: of those not left, the one entered last
 */
RoundsRecord *
rounds_journey_find_open_step (GPtrArray *steps)
{
  RoundsRecord *found = NULL;

  for (guint i = 0; i < steps->len; i++)
    {
      RoundsRecord *step = g_ptr_array_index (steps, i);

      if (rounds_record_is_deleted (step) || !rounds_record_is_null (step, ROUNDS_JOURNEY_STEP_LEFT_AT))
        continue;
      if (found == NULL
          || rounds_record_get_integer (step, ROUNDS_JOURNEY_STEP_ENTERED_AT)
               > rounds_record_get_integer (found, ROUNDS_JOURNEY_STEP_ENTERED_AT))
        found = step;
    }
  return found;
}

/**
 * rounds_journey_count_days:
 * @from: ms UTC
 * @to: ms UTC
 *
 * Returns: how many days @to is after @from on the user's calendar, at least 0: yesterday evening is one day ago
 */
int
rounds_journey_count_days (gint64 from, gint64 to)
{
  g_autoptr (GDateTime) first = rounds_instant_to_local (from, NULL);
  g_autoptr (GDateTime) last = rounds_instant_to_local (to, NULL);
  GDate start, end;

  if (first == NULL || last == NULL)
    return 0;
  g_date_clear (&start, 1);
  g_date_clear (&end, 1);
  g_date_set_dmy (&start, (GDateDay) g_date_time_get_day_of_month (first), (GDateMonth) g_date_time_get_month (first),
                  (GDateYear) g_date_time_get_year (first));
  g_date_set_dmy (&end, (GDateDay) g_date_time_get_day_of_month (last), (GDateMonth) g_date_time_get_month (last),
                  (GDateYear) g_date_time_get_year (last));
  return MAX (0, g_date_days_between (&start, &end));
}

static RoundsRecord *
enter_stage (RoundsRecord *journey, const RoundsJourneyKind *kind, gint64 now)
{
  RoundsRecord *step = rounds_record_new (ROUNDS_ENTITY_JOURNEY_STEP);

  rounds_record_set_text (step, ROUNDS_JOURNEY_STEP_JOURNEY_TYPE, kind->type);
  rounds_record_set_uuid (step, ROUNDS_JOURNEY_STEP_JOURNEY, rounds_record_get_id (journey));
  rounds_record_set_text (step, ROUNDS_JOURNEY_STEP_STAGE, rounds_record_get_text (journey, kind->stage_field));
  rounds_record_set_integer (step, ROUNDS_JOURNEY_STEP_ENTERED_AT, now);
  return step;
}

/**
 * rounds_journey_plan_steps:
 * @journey: a journey as it is about to be saved
 * @steps: (element-type RoundsRecord): its steps as they are stored
 * @note: (nullable): what there is to say about the step; kept with the stage that the journey is in afterwards
 * @by: (nullable): the staff member who does it
 * @now: ms UTC
 *
 * Says which steps have to be saved in the same group as the journey, so that its history tells every stage with the
 * times at which it was entered and left (S1-10, S1-11): nothing is overwritten. Each journey has its own (S1-15).
 *
 * Returns: (transfer full) (element-type RoundsRecord): the steps to save; none if stage and note are as they were
 */
GPtrArray *
rounds_journey_plan_steps (RoundsRecord *journey, GPtrArray *steps, const char *note, const RoundsUuid *by, gint64 now)
{
  const RoundsJourneyKind *kind = rounds_journey_kind_get (rounds_record_get_entity (journey));
  const char *stage = rounds_record_get_text (journey, kind->stage_field);
  RoundsRecord *open = rounds_journey_find_open_step (steps);
  gboolean has_note = note != NULL && *note != '\0';
  gboolean same = open != NULL && g_strcmp0 (rounds_record_get_text (open, ROUNDS_JOURNEY_STEP_STAGE), stage) == 0;
  GPtrArray *planned = g_ptr_array_new_with_free_func (g_object_unref);
  RoundsRecord *current = NULL;

  for (guint i = 0; i < steps->len; i++)
    {
      RoundsRecord *step = g_ptr_array_index (steps, i);
      RoundsRecord *left;

      if (rounds_record_is_deleted (step) || !rounds_record_is_null (step, ROUNDS_JOURNEY_STEP_LEFT_AT)
          || (same && step == open))
        continue;
      left = rounds_record_dup (step);
      /* The writer's clock may be behind the one that wrote the step. */
      rounds_record_set_integer (left, ROUNDS_JOURNEY_STEP_LEFT_AT,
                                 MAX (now, rounds_record_get_integer (step, ROUNDS_JOURNEY_STEP_ENTERED_AT)));
      g_ptr_array_add (planned, left);
    }

  if (same && !has_note)
    return planned;
  current = same ? rounds_record_dup (open) : enter_stage (journey, kind, now);
  if (!same && by != NULL)
    rounds_record_set_uuid (current, ROUNDS_JOURNEY_STEP_BY, by);
  if (has_note)
    {
      const char *before = rounds_record_get_text (current, ROUNDS_JOURNEY_STEP_NOTE);
      g_autofree char *text = before != NULL ? g_strconcat (before, "\n", note, NULL) : g_strdup (note);

      rounds_record_set_text (current, ROUNDS_JOURNEY_STEP_NOTE, text);
    }
  g_ptr_array_add (planned, current);
  return planned;
}

/**
 * rounds_journey_fill_dates:
 * @journey: a journey whose stage has just changed
 * @today: `YYYY-MM-DD`
 *
 * Sets the dates of enrolment and completion when their stages are reached, unless somebody has set them.
 */
void
rounds_journey_fill_dates (RoundsRecord *journey, const char *today)
{
  const RoundsJourneyKind *kind = rounds_journey_kind_get (rounds_record_get_entity (journey));
  const char *stage = rounds_record_get_text (journey, kind->stage_field);

  if ((g_strcmp0 (stage, "enrolled") == 0 || g_strcmp0 (stage, "treatment") == 0)
      && rounds_record_is_null (journey, kind->enrollment_field))
    rounds_record_set_text (journey, kind->enrollment_field, today);
  if (g_strcmp0 (stage, "completed") == 0 && rounds_record_is_null (journey, kind->completion_field))
    rounds_record_set_text (journey, kind->completion_field, today);
}
