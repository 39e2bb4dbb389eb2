/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures a contact's page: how long one looks at nothing after choosing somebody with 2,000 entries, and what a page
 * of each kind of entry takes among many interactions.
 *
 *   bench-contact INTERACTIONS      JSON lines; needs a display
 */

#include "config.h"

#include <stdio.h>

#include "bench-app.h"
#include "bench-common.h"
#include "bench-database.h"
#include "contacts/rounds-contact-view.h"
#include "contacts/rounds-timeline-row.h"
#include "rounds-time.h"
#include "rounds-timeline-reader.h"
#include "test-folder.h"

#define PEOPLE 5000
#define PATIENTS 500
#define READS 2000
#define OPENINGS 30
#define PAGE 50
#define LEAST_ENTRIES 4
#define REST_MS 150 /* in which what is not urgent happens, which is not measured */

/* People who are met often, or are often at visits to others: the last ones, group by group. */
typedef struct
{
  guint n_people;
  guint n_visits; /* each */
  gboolean attend;
  const char *what;
} Regulars;

static const Regulars regulars[] = {
  { 20, 200, FALSE, "200 interactions" },
  { 20, 200, TRUE, "200 attended interactions" },
  { 4, 2000, FALSE, "2,000 interactions" },
  { 4, 2000, TRUE, "2,000 attended interactions" },
};

static RoundsRecord *
make_of (RoundsEntity entity, guint field, RoundsRecord *owner)
{
  RoundsRecord *record = rounds_record_new (entity);

  rounds_record_set_uuid (record, field, rounds_record_get_id (owner));
  return record;
}

static RoundsRecord *
add_visit (RoundsRecordStore *store, RoundsRecord *person, gint64 at)
{
  RoundsRecord *visit = make_of (ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_PERSON, person);

  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "Ada Example");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, at);
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES,
                          "Asked about dosing at night and what happens to patients who stop. Send the paper.");
  bench_save (store, visit);
  return visit;
}

static void
add_appointment (RoundsRecordStore *store, RoundsRecord *person, gint64 at)
{
  g_autoptr (RoundsRecord) record = make_of (ROUNDS_ENTITY_APPOINTMENT, ROUNDS_APPOINTMENT_PERSON, person);

  rounds_record_set_text (record, ROUNDS_APPOINTMENT_TITLE, "Visit");
  rounds_record_set_text (record, ROUNDS_APPOINTMENT_TIME_ZONE, "UTC");
  rounds_record_set_integer (record, ROUNDS_APPOINTMENT_START_AT, at);
  rounds_record_set_integer (record, ROUNDS_APPOINTMENT_END_AT, at + ROUNDS_HOUR);
  bench_save (store, record);
}

static void
add_follow_up (RoundsRecordStore *store, RoundsRecord *person, gint64 at)
{
  g_autoptr (RoundsRecord) record = make_of (ROUNDS_ENTITY_FOLLOW_UP, ROUNDS_FOLLOW_UP_PERSON, person);
  g_autoptr (GDateTime) moment = rounds_instant_to_local (at, NULL);
  g_autofree char *day = g_date_time_format (moment, "%Y-%m-%d");

  rounds_record_set_text (record, ROUNDS_FOLLOW_UP_DUE_ON, day);
  rounds_record_set_text (record, ROUNDS_FOLLOW_UP_TEXT, "Send the paper");
  bench_save (store, record);
}

static void
add_attendance (RoundsRecordStore *store, RoundsRecord *person, RoundsRecord *other, gint64 at)
{
  g_autoptr (RoundsRecord) visit = add_visit (store, other, at);
  g_autoptr (RoundsRecord) attendee =
    make_of (ROUNDS_ENTITY_INTERACTION_ATTENDEE, ROUNDS_INTERACTION_ATTENDEE_PERSON, person);

  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, rounds_record_get_id (visit));
  bench_save (store, attendee);
}

static void
add_journey (RoundsRecordStore *store, RoundsRecord *patient, gint64 at)
{
  g_autoptr (RoundsRecord) journey = make_of (ROUNDS_ENTITY_CT_JOURNEY, ROUNDS_CT_JOURNEY_PATIENT, patient);

  bench_save (store, journey);
  for (int i = 0; i < 6; i++)
    {
      g_autoptr (RoundsRecord) step = make_of (ROUNDS_ENTITY_JOURNEY_STEP, ROUNDS_JOURNEY_STEP_JOURNEY, journey);

      rounds_record_set_text (step, ROUNDS_JOURNEY_STEP_JOURNEY_TYPE, "ct");
      rounds_record_set_text (step, ROUNDS_JOURNEY_STEP_STAGE, "screened");
      rounds_record_set_integer (step, ROUNDS_JOURNEY_STEP_ENTERED_AT, at + i * ROUNDS_DAY);
      bench_save (store, step);
    }
}

/* 2,000 entries of all kinds. */
static RoundsRecord *
add_busy_person (RoundsRecordStore *store, RoundsRecord *other, gint64 now)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) patient = NULL;
  g_autoptr (RoundsRecord) role = NULL;

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Busy");
  bench_save (store, person);
  patient = make_of (ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON, person);
  bench_save (store, patient);
  role = make_of (ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON, person);
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, "patient");
  bench_save (store, role);
  for (int i = 0; i < 1400; i++)
    g_object_unref (add_visit (store, person, now - i * ROUNDS_DAY));
  for (int i = 0; i < 200; i++)
    {
      add_attendance (store, person, other, now - i * 7 * ROUNDS_DAY);
      add_appointment (store, person, now + (10 - i) * 5 * ROUNDS_DAY);
    }
  for (int i = 0; i < 120; i++)
    add_follow_up (store, person, now - i * 11 * ROUNDS_DAY);
  for (int i = 0; i < 5; i++)
    add_journey (store, patient, now - i * 90 * ROUNDS_DAY);
  for (int i = 0; i < 50; i++)
    {
      g_autofree char *phone = g_strdup_printf ("555-01%02d", i);

      rounds_record_set_text (person, ROUNDS_PERSON_PHONE, phone);
      bench_save (store, person);
      rounds_record_store_begin_group (store);
    }
  return person;
}

static guint
count_regulars (void)
{
  guint n = 0;

  for (guint r = 0; r < G_N_ELEMENTS (regulars); r++)
    n += regulars[r].n_people;
  return n;
}

/* Who the visits of regulars are with: numbers of @people, each as often as they have visits, in no order. */
static GArray *
shuffle_regulars (GPtrArray *people)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  GArray *visits = g_array_new (FALSE, FALSE, sizeof (guint));
  guint person = people->len - count_regulars ();

  for (guint r = 0; r < G_N_ELEMENTS (regulars); r++)
    for (guint end = person + regulars[r].n_people; person < end; person++)
      for (guint i = 0; i < regulars[r].n_visits; i++)
        {
          guint place = (guint) g_rand_int_range (random, 0, (gint32) visits->len + 1);

          g_array_insert_val (visits, place, person);
        }
  return visits;
}

static gboolean
is_attending (guint person)
{
  guint end = PEOPLE;

  for (guint r = G_N_ELEMENTS (regulars); r > 0; r--)
    {
      end -= regulars[r - 1].n_people;
      if (person >= end)
        return regulars[r - 1].attend;
    }
  return FALSE;
}

/* Visits to everybody, a minute apart; those of the regulars are spread among them. */
static void
add_visits (RoundsRecordStore *store, GPtrArray *people, guint interactions, gint64 now)
{
  g_autoptr (GArray) visits = shuffle_regulars (people);
  guint others = people->len - count_regulars ();
  guint n = 0;

  interactions = MAX (interactions, visits->len);
  for (guint i = 0; i < interactions; i++)
    {
      gint64 at = now - (gint64) i * ROUNDS_MINUTE;
      RoundsRecord *other = people->pdata[i * 7919 % others];

      if ((guint64) i * visits->len / interactions < n)
        {
          g_object_unref (add_visit (store, other, at));
          continue;
        }
      if (is_attending (g_array_index (visits, guint, n)))
        add_attendance (store, people->pdata[g_array_index (visits, guint, n)], other, at);
      else
        g_object_unref (add_visit (store, people->pdata[g_array_index (visits, guint, n)], at));
      n++;
    }
}

static GPtrArray *
fill (RoundsRecordStore *store, guint interactions, RoundsRecord **busy)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *people = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now = rounds_time_now ();

  rounds_record_store_begin (store, &error);
  bench_check (error);
  for (guint i = 0; i < PEOPLE; i++)
    {
      RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);
      g_autofree char *family = g_strdup_printf ("Example%05u", i);

      rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family);
      bench_save (store, person);
      g_ptr_array_add (people, person);
      if (i < PATIENTS)
        {
          g_autoptr (RoundsRecord) patient = make_of (ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON, person);

          bench_save (store, patient);
          add_journey (store, patient, now - i * ROUNDS_DAY);
        }
      add_appointment (store, person, now - i * ROUNDS_HOUR);
      add_follow_up (store, person, now - i * ROUNDS_HOUR);
    }
  add_visits (store, people, interactions, now);
  *busy = add_busy_person (store, people->pdata[0], now);
  rounds_record_store_commit (store, &error);
  bench_check (error);
  return people;
}

/* Pages of anybody's timeline, from the top and from anywhere on. */
static void
measure_pages (RoundsRecordStore *store, GPtrArray *people, guint from, guint to, RoundsTimelineKinds kinds,
               const char *what)
{
  BenchTimes times = BENCH_TIMES_INIT;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree char *title = g_strconcat ("timeline page of 50: ", what, NULL);
  gint64 now = rounds_time_now ();

  for (guint i = 0; i < READS; i++)
    {
      RoundsRecord *person = people->pdata[g_rand_int_range (random, (int) from, (int) to)];
      RoundsTimelineMark mark = { now - (gint64) (g_rand_double (random) * 365 * (double) ROUNDS_DAY), 0, 0 };
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) page = NULL;
      BenchStopwatch watch = { 0 };

      bench_start (&watch);
      page = rounds_record_store_list_timeline (store, rounds_record_get_id (person), kinds, i % 2 ? &mark : NULL, PAGE,
                                                &error);
      bench_stop (&watch);
      bench_check (error);
      bench_times_add (&times, &watch);
    }
  bench_times_print (&times, title, "");
}

static void
measure_regulars (RoundsRecordStore *store, GPtrArray *people)
{
  guint person = PEOPLE - count_regulars ();

  for (guint r = 0; r < G_N_ELEMENTS (regulars); r++)
    {
      measure_pages (store, people, person, person + regulars[r].n_people, ROUNDS_TIMELINE_INTERACTIONS,
                     regulars[r].what);
      person += regulars[r].n_people;
    }
}

/* --- Opening --- */

static guint
count_rows (GtkWidget *root)
{
  guint n = ROUNDS_IS_TIMELINE_ROW (root) && gtk_widget_get_mapped (root) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_rows (child);
  return n;
}

/* What happens in the window. */
typedef struct
{
  GtkWidget *view;
  gboolean painted; /* since it was looked at last */
} Watch;

static void
painted_cb (Watch *self)
{
  self->painted = TRUE;
}

static gboolean
has_entries (gpointer data)
{
  Watch *self = data;
  gboolean painted = self->painted;

  self->painted = FALSE;
  return painted && count_rows (self->view) >= LEAST_ENTRIES;
}

/* Until a frame is painted that has entries in it. */
static void
open_contact (Watch *watch, RoundsRecord *person)
{
  watch->painted = FALSE;
  rounds_contact_view_set_person (ROUNDS_CONTACT_VIEW (watch->view), person);
  bench_wait_until (has_entries, watch);
}

static void
measure_opening (const char *path, GPtrArray *people, RoundsRecord *busy)
{
  RoundsStore *store = bench_open_device (path);
  RoundsAppContext *context = rounds_app_context_new (store);
  g_autoptr (GArray) walls = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) cpus = g_array_new (FALSE, FALSE, sizeof (double));
  GtkWidget *window = adw_window_new ();
  Watch watch = { g_object_new (ROUNDS_TYPE_CONTACT_VIEW, NULL), FALSE };

  rounds_contact_view_set_context (ROUNDS_CONTACT_VIEW (watch.view), context);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 760);
  adw_window_set_content (ADW_WINDOW (window), watch.view);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb), &watch);
  for (guint i = 0; i < OPENINGS + 2; i++)
    {
      BenchStopwatch stopwatch = { 0 };

      open_contact (&watch, people->pdata[i]);
      bench_turn_for (REST_MS);
      bench_start (&stopwatch);
      open_contact (&watch, busy);
      bench_stop (&stopwatch);
      bench_turn_for (REST_MS);
      if (i < 2) /* what is done once, such as loading icons */
        continue;
      g_array_append_val (walls, stopwatch.wall);
      g_array_append_val (cpus, stopwatch.cpu);
    }
  printf ("{\"what\": \"open a contact with 2,000 entries\", \"wall_ms\": %.1f, \"worst_wall_ms\": %.1f, \"cpu_ms\": "
          "%.1f}\n",
          bench_get_quantile (walls, 0.5) / 1000, bench_get_quantile (walls, 1) / 1000,
          bench_get_quantile (cpus, 0.5) / 1000);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (context);
  bench_close_device (store);
}

int
main (int argc, char **argv)
{
  guint interactions = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 100000;
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "rounds.db", NULL);
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (RoundsRecord) busy = NULL;

  gtk_init ();
  adw_init ();
  {
    g_autoptr (RoundsRecordStore) store = bench_open_store (path, ROUNDS_ROLE_DEVICE);

    people = fill (store, interactions, &busy);
    measure_pages (store, people, 0, PEOPLE - count_regulars (), ROUNDS_TIMELINE_INTERACTIONS, "interactions");
    measure_regulars (store, people);
    measure_pages (store, people, 0, PEOPLE - count_regulars (), ROUNDS_TIMELINE_APPOINTMENTS, "appointments");
    measure_pages (store, people, 0, PEOPLE - count_regulars (), ROUNDS_TIMELINE_FOLLOW_UPS, "follow-ups");
    measure_pages (store, people, 0, PATIENTS, ROUNDS_TIMELINE_JOURNEYS, "journeys");
    measure_pages (store, people, 0, PEOPLE - count_regulars (), ROUNDS_TIMELINE_CHANGES, "changes");
    measure_pages (store, people, 0, PEOPLE - count_regulars (), ROUNDS_TIMELINE_EVERYTHING, "everything");
  }
  measure_opening (path, people, busy);
  test_folder_remove (folder);
  return 0;
}
