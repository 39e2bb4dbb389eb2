/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures a contact's page: how long one looks at nothing after choosing somebody with 2,000 entries, and what a page
 * of each kind of entry takes among many interactions.
 *
 *   bench-contact INTERACTIONS      JSON lines; needs a display
 */

#include "config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "contacts/rounds-contact-view.h"
#include "contacts/rounds-timeline-row.h"
#include "rounds-sqlite-database.h"
#include "rounds-time.h"
#include "rounds-timeline-reader.h"

#define PEOPLE 5000
#define PATIENTS 500
#define ATTENDING 250 /* the last of them are at other people's visits */
#define READS 2000
#define OPENINGS 30
#define PAGE 50
#define LIMIT_US (20 * G_USEC_PER_SEC)

static const guint8 key[ROUNDS_KEY_LENGTH] = { 7, 7, 7 };

static void
check (const GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

/* Of all threads; other programs do not lengthen it. */
static gint64
get_cpu_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
save (RoundsRecordStore *store, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_save (store, record, &error);
  check (error);
}

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
  save (store, visit);
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
  save (store, record);
}

static void
add_follow_up (RoundsRecordStore *store, RoundsRecord *person, gint64 at)
{
  g_autoptr (RoundsRecord) record = make_of (ROUNDS_ENTITY_FOLLOW_UP, ROUNDS_FOLLOW_UP_PERSON, person);
  g_autoptr (GDateTime) moment = rounds_instant_to_local (at, NULL);
  g_autofree char *day = g_date_time_format (moment, "%Y-%m-%d");

  rounds_record_set_text (record, ROUNDS_FOLLOW_UP_DUE_ON, day);
  rounds_record_set_text (record, ROUNDS_FOLLOW_UP_TEXT, "Send the paper");
  save (store, record);
}

static void
add_attendance (RoundsRecordStore *store, RoundsRecord *person, RoundsRecord *other, gint64 at)
{
  g_autoptr (RoundsRecord) visit = add_visit (store, other, at);
  g_autoptr (RoundsRecord) attendee =
    make_of (ROUNDS_ENTITY_INTERACTION_ATTENDEE, ROUNDS_INTERACTION_ATTENDEE_PERSON, person);

  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, rounds_record_get_id (visit));
  save (store, attendee);
}

static void
add_journey (RoundsRecordStore *store, RoundsRecord *patient, gint64 at)
{
  g_autoptr (RoundsRecord) journey = make_of (ROUNDS_ENTITY_CT_JOURNEY, ROUNDS_CT_JOURNEY_PATIENT, patient);

  save (store, journey);
  for (int i = 0; i < 6; i++)
    {
      g_autoptr (RoundsRecord) step = make_of (ROUNDS_ENTITY_JOURNEY_STEP, ROUNDS_JOURNEY_STEP_JOURNEY, journey);

      rounds_record_set_text (step, ROUNDS_JOURNEY_STEP_JOURNEY_TYPE, "ct");
      rounds_record_set_text (step, ROUNDS_JOURNEY_STEP_STAGE, "screened");
      rounds_record_set_integer (step, ROUNDS_JOURNEY_STEP_ENTERED_AT, at + i * ROUNDS_DAY);
      save (store, step);
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
  save (store, person);
  patient = make_of (ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON, person);
  save (store, patient);
  role = make_of (ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON, person);
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, "patient");
  save (store, role);
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
      save (store, person);
      rounds_record_store_begin_group (store);
    }
  return person;
}

static GPtrArray *
fill (RoundsRecordStore *store, guint interactions, RoundsRecord **busy)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *people = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 now = rounds_time_now ();

  rounds_record_store_begin (store, &error);
  check (error);
  for (guint i = 0; i < PEOPLE; i++)
    {
      RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);
      g_autofree char *family = g_strdup_printf ("Example%05u", i);

      rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family);
      save (store, person);
      g_ptr_array_add (people, person);
      if (i < PATIENTS)
        {
          g_autoptr (RoundsRecord) patient = make_of (ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON, person);

          save (store, patient);
          add_journey (store, patient, now - i * ROUNDS_DAY);
        }
      add_appointment (store, person, now - i * ROUNDS_HOUR);
      add_follow_up (store, person, now - i * ROUNDS_HOUR);
    }
  for (guint i = 0; i < interactions; i++)
    {
      RoundsRecord *person = people->pdata[(i * 7919) % PEOPLE];

      if (i % 20 == 0)
        add_attendance (store, people->pdata[PEOPLE - 1 - i / 20 % ATTENDING], person, now - i * ROUNDS_MINUTE);
      else
        g_object_unref (add_visit (store, person, now - i * ROUNDS_MINUTE));
    }
  *busy = add_busy_person (store, people->pdata[0], now);
  rounds_record_store_commit (store, &error);
  check (error);
  return people;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return x < y ? -1 : x > y;
}

/* Pages of anybody's timeline, from the top and from anywhere on. */
static void
measure_pages (RoundsRecordStore *store, GPtrArray *people, guint from, guint to, RoundsTimelineKinds kinds,
               const char *what)
{
  g_autoptr (GArray) walls = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) cpus = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  gint64 now = rounds_time_now ();

  for (guint i = 0; i < READS; i++)
    {
      RoundsRecord *person = people->pdata[g_rand_int_range (random, (int) from, (int) to)];
      RoundsTimelineMark mark = { now - (gint64) (g_rand_double (random) * 365 * (double) ROUNDS_DAY), 0, 0 };
      g_autoptr (GError) error = NULL;
      gint64 wall = g_get_monotonic_time (), cpu = get_cpu_time ();
      g_autoptr (GPtrArray) page = rounds_record_store_list_timeline (store, rounds_record_get_id (person), kinds,
                                                                      i % 2 ? &mark : NULL, PAGE, &error);

      check (error);
      cpu = get_cpu_time () - cpu;
      wall = g_get_monotonic_time () - wall;
      g_array_append_val (cpus, cpu);
      g_array_append_val (walls, wall);
    }
  g_array_sort (walls, compare_times);
  g_array_sort (cpus, compare_times);
  printf ("{\"what\": \"timeline page of 50: %s\", \"p50_us\": %" G_GINT64_FORMAT ", \"p99_us\": %" G_GINT64_FORMAT
          ", \"cpu_p50_us\": %" G_GINT64_FORMAT ", \"cpu_p99_us\": %" G_GINT64_FORMAT "}\n",
          what, g_array_index (walls, gint64, READS / 2), g_array_index (walls, gint64, READS * 99 / 100),
          g_array_index (cpus, gint64, READS / 2), g_array_index (cpus, gint64, READS * 99 / 100));
  fflush (stdout);
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

static void
painted_cb (gpointer painted)
{
  *(guint *) painted += 1;
}

static void
wait_for_frame (guint *painted)
{
  guint before = *painted;
  gint64 end = g_get_monotonic_time () + LIMIT_US;

  while (*painted == before && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
}

/* Until a frame is painted that has entries in it. */
static void
open_contact (RoundsContactView *view, RoundsRecord *person, guint *painted)
{
  gint64 end = g_get_monotonic_time () + LIMIT_US;

  rounds_contact_view_set_person (view, person);
  do
    wait_for_frame (painted);
  while (count_rows (GTK_WIDGET (view)) < 4 && g_get_monotonic_time () < end);
}

static gboolean
stop_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/* Lets what is not urgent happen, which is not measured. */
static void
rest (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_timeout_add (150, stop_cb, loop);
  g_main_loop_run (loop);
}

static void
measure_opening (const char *path, GPtrArray *people, RoundsRecord *busy)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsStore) store = rounds_store_open (path, key, 0, &error);
  g_autoptr (RoundsAppContext) context = NULL;
  g_autoptr (GArray) walls = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) cpus = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkWidget *view, *window;
  guint painted = 0;

  check (error);
  context = rounds_app_context_new (store);
  view = g_object_new (ROUNDS_TYPE_CONTACT_VIEW, NULL);
  window = adw_window_new ();
  rounds_contact_view_set_context (ROUNDS_CONTACT_VIEW (view), context);
  gtk_window_set_default_size (GTK_WINDOW (window), 900, 760);
  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb), &painted);
  for (guint i = 0; i < OPENINGS + 2; i++)
    {
      gint64 wall, cpu;

      open_contact (ROUNDS_CONTACT_VIEW (view), people->pdata[i], &painted);
      rest ();
      wall = g_get_monotonic_time ();
      cpu = get_cpu_time ();
      open_contact (ROUNDS_CONTACT_VIEW (view), busy, &painted);
      wall = g_get_monotonic_time () - wall;
      cpu = get_cpu_time () - cpu;
      rest ();
      if (i < 2) /* what is done once, such as loading icons */
        continue;
      g_array_append_val (walls, wall);
      g_array_append_val (cpus, cpu);
    }
  g_array_sort (walls, compare_times);
  g_array_sort (cpus, compare_times);
  printf ("{\"what\": \"open a contact with 2,000 entries\", \"wall_ms\": %.1f, \"worst_wall_ms\": %.1f, \"cpu_ms\": "
          "%.1f}\n",
          (double) g_array_index (walls, gint64, OPENINGS / 2) / 1000,
          (double) g_array_index (walls, gint64, OPENINGS - 1) / 1000,
          (double) g_array_index (cpus, gint64, OPENINGS / 2) / 1000);
  gtk_window_destroy (GTK_WINDOW (window));
  rounds_store_close (store);
}

int
main (int argc, char **argv)
{
  guint interactions = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 100000;
  g_autofree char *folder = g_dir_make_tmp ("rounds-bench-contact-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "rounds.db", NULL);
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (RoundsRecord) busy = NULL;

  gtk_init ();
  adw_init ();
  {
    g_autoptr (RoundsSqliteDatabase) database = rounds_sqlite_database_open (path, key, ROUNDS_OPEN_CREATE, &error);
    g_autoptr (RoundsRecordStore) store = NULL;

    check (error);
    store = rounds_record_store_new (ROUNDS_DATABASE (database), ROUNDS_ROLE_DEVICE, &error);
    check (error);
    people = fill (store, interactions, &busy);
    measure_pages (store, people, 0, PEOPLE - ATTENDING, ROUNDS_TIMELINE_INTERACTIONS, "interactions");
    measure_pages (store, people, PEOPLE - ATTENDING, PEOPLE, ROUNDS_TIMELINE_INTERACTIONS,
                   "interactions, as many attended");
    measure_pages (store, people, 0, PEOPLE - ATTENDING, ROUNDS_TIMELINE_APPOINTMENTS, "appointments");
    measure_pages (store, people, 0, PEOPLE - ATTENDING, ROUNDS_TIMELINE_FOLLOW_UPS, "follow-ups");
    measure_pages (store, people, 0, PATIENTS, ROUNDS_TIMELINE_JOURNEYS, "journeys");
    measure_pages (store, people, 0, PEOPLE - ATTENDING, ROUNDS_TIMELINE_CHANGES, "changes");
    measure_pages (store, people, 0, PEOPLE - ATTENDING, ROUNDS_TIMELINE_EVERYTHING, "everything");
  }
  measure_opening (path, people, busy);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_remove (file);
    }
  g_rmdir (folder);
  return 0;
}
