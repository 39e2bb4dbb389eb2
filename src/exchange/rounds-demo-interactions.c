/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "rounds-demo-private.h"

#define DAYS_BACK 730

/* Some contacts are seen every week, most of them rarely: the square of an even number gives about that. */
static const DemoPerson *
choose_person (Demo *demo)
{
  guint n = demo->people->len;

  for (;;)
    {
      double u = demo_random_below (&demo->random, 1 << 20) / (double) (1 << 20);
      const DemoPerson *person = &g_array_index (demo->people, DemoPerson, (guint) (u * u * n));

      if (person->kind != DEMO_REP || n == 1)
        return person;
    }
}

static const char *
choose_outcome (Demo *demo, const char *type)
{
  guint dice = demo_random_below (&demo->random, 100);

  if (g_str_equal (type, "Visit"))
    return dice < 62 ? "met" : dice < 82 ? "left_material" : dice < 94 ? "no_access" : "rescheduled";
  return dice < 70 ? "met" : dice < 90 ? "not_reached" : dice < 97 ? "rescheduled" : "other";
}

static int
choose_duration (Demo *demo, const char *type, const char *outcome)
{
  if (!g_str_equal (outcome, "met"))
    return demo_random_between (&demo->random, 1, 5);
  return g_str_equal (type, "Virtual") ? 5 * demo_random_between (&demo->random, 3, 9)
                                       : 5 * demo_random_between (&demo->random, 1, 6);
}

static gboolean
write_interaction (Demo *demo, gint64 at, GError **error)
{
  const DemoPerson *person = choose_person (demo);
  gboolean patient = person->kind != DEMO_PHYSICIAN;
  guint dice = demo_random_below (&demo->random, 100);
  const char *type = patient ? (dice < 80 ? "Call" : "Virtual") : dice < 72 ? "Visit" : dice < 88 ? "Call" : "Virtual";
  const char *outcome = choose_outcome (demo, type);
  g_autofree char *notes = demo_note_new (&demo->random, type, outcome, patient);
  g_autoptr (RoundsRecord) record = demo_record_new (demo, ROUNDS_ENTITY_INTERACTION,
                                                     at + demo_random_between (&demo->random, 10, 300) * ROUNDS_MINUTE);

  rounds_record_set_uuid (record, ROUNDS_INTERACTION_PERSON, &person->id);
  rounds_record_set_text (record, ROUNDS_INTERACTION_HCP_NAME, person->name);
  rounds_record_set_text (record, ROUNDS_INTERACTION_INTERACTION_TYPE, type);
  rounds_record_set_integer (record, ROUNDS_INTERACTION_OCCURRED_AT, at);
  rounds_record_set_integer (record, ROUNDS_INTERACTION_DURATION, choose_duration (demo, type, outcome));
  rounds_record_set_text (record, ROUNDS_INTERACTION_NOTES, notes);
  rounds_record_set_text (record, ROUNDS_INTERACTION_OUTCOME, outcome);
  rounds_record_set_integer (record, ROUNDS_INTERACTION_NO_SHOW,
                             patient && g_str_equal (outcome, "not_reached") && demo_random_chance (&demo->random, 50));
  if (demo->has_staff)
    rounds_record_set_uuid (record, ROUNDS_INTERACTION_STAFF, &demo->staff);
  if (person->kind == DEMO_PATIENT)
    rounds_record_set_uuid (record, ROUNDS_INTERACTION_PATIENT, &person->role);
  rounds_record_store_begin_group (demo->store);
  return demo_save (demo, record, error);
}

/* The working days before today, the earliest first, as days from today. */
static GArray *
list_workdays (Demo *demo)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (int));

  for (int day = -DAYS_BACK; day < 0; day++)
    if (demo_is_workday (demo, day))
      g_array_append_val (days, day);
  return days;
}

gboolean
demo_write_interactions (Demo *demo, guint64 count, GError **error)
{
  g_autoptr (GArray) days = list_workdays (demo);

  if (demo->people->len == 0)
    return TRUE;
  for (guint64 i = 0; i < count; i++)
    {
      /* From the newest workday backwards, so that a handful is this week's. */
      guint nth = (guint) (i * days->len / count);
      int day = g_array_index (days, int, count < days->len ? days->len - 1 - (guint) i / 8 : nth);
      gint64 at =
        demo_local_instant (demo, day, 8 * 60) + demo_random_between (&demo->random, 0, 10 * 60 - 1) * ROUNDS_MINUTE;

      if (!write_interaction (demo, at, error) || !demo_step (demo, 1, error))
        return FALSE;
    }
  return TRUE;
}
