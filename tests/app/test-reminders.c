/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, a rep misses an appointment, or is reminded of one that does not take place. The clock is the test's
 * own.
 */

#include "config.h"

#include "app-fixture.h"
#include "recording-notifier.h"
#include "reminders/rounds-background.h"
#include "reminders/rounds-reminder-service.h"
#include "reminders/rounds-wall-timer.h"
#include "rounds-time.h"

/* 2026-03-02 09:00 UTC */
#define NINE G_GINT64_CONSTANT (1772442000000)

typedef struct
{
  AppFixture app;
  gint64 now;
  RecordingNotifier *notifier;
  RoundsReminderService *service;
} Fixture;

static gint64
get_now (gpointer data)
{
  return ((Fixture *) data)->now;
}

static void
start (Fixture *fixture)
{
  fixture->service = rounds_reminder_service_new (fixture->app.context, ROUNDS_NOTIFIER (fixture->notifier));
  rounds_reminder_service_set_clock (fixture->service, get_now, fixture);
  rounds_reminder_service_start (fixture->service);
}

static void
stop (Fixture *fixture)
{
  rounds_reminder_service_stop (fixture->service);
  g_clear_object (&fixture->service);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  app_fixture_set_up (&fixture->app, data);
  g_settings_reset (rounds_app_context_get_settings (fixture->app.context), "notification-names");
  fixture->now = NINE;
  fixture->notifier = recording_notifier_new ();
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  stop (fixture);
  g_clear_object (&fixture->notifier);
  app_fixture_tear_down (&fixture->app, data);
}

static gboolean
is_quiet (gpointer data)
{
  return !rounds_reminder_service_is_busy (((Fixture *) data)->service);
}

/* As the timer or the safety poll would. */
static void
check (Fixture *fixture)
{
  app_settle (&fixture->app);
  app_wait_until (is_quiet, fixture);
  rounds_reminder_service_check (fixture->service);
  app_wait_until (is_quiet, fixture);
  app_settle (&fixture->app);
  app_wait_until (is_quiet, fixture);
}

static void
go_to (Fixture *fixture, gint64 now)
{
  fixture->now = now;
  check (fixture);
}

static RoundsRecord *
add_appointment (Fixture *fixture, gint64 start, RoundsRecord **reminder)
{
  RoundsRecord *appointment = rounds_record_new (ROUNDS_ENTITY_APPOINTMENT);

  rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_TITLE, "Dr. Ada Example");
  rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_START_AT, start);
  rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_END_AT, start + 30 * ROUNDS_MINUTE);
  rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_TIME_ZONE, "Europe/Berlin");
  rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_STATUS, "scheduled");
  rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_LOCATION, "Example Street 1");
  app_save (&fixture->app, appointment);

  *reminder = rounds_record_new (ROUNDS_ENTITY_REMINDER);
  rounds_record_set_text (*reminder, ROUNDS_REMINDER_SUBJECT_TYPE, "appointment");
  rounds_record_set_uuid (*reminder, ROUNDS_REMINDER_SUBJECT, rounds_record_get_id (appointment));
  rounds_record_set_integer (*reminder, ROUNDS_REMINDER_OFFSET_MINUTES, 15);
  rounds_record_set_text (*reminder, ROUNDS_REMINDER_CHANNEL, "desktop");
  rounds_record_set_integer (*reminder, ROUNDS_REMINDER_DUE_AT, start - 15 * ROUNDS_MINUTE);
  rounds_record_set_text (*reminder, ROUNDS_REMINDER_STATE, "pending");
  app_save (&fixture->app, *reminder);
  return appointment;
}

static void
assert_state (Fixture *fixture, RoundsRecord *reminder, const char *state)
{
  g_autoptr (RoundsRecord) stored = app_get (&fixture->app, ROUNDS_ENTITY_REMINDER, rounds_record_get_id (reminder));

  g_assert_cmpstr (rounds_record_get_text (stored, ROUNDS_REMINDER_STATE), ==, state);
}

static void
set_state (Fixture *fixture, RoundsRecord *reminder, const char *state)
{
  g_autoptr (RoundsRecord) stored = app_get (&fixture->app, ROUNDS_ENTITY_REMINDER, rounds_record_get_id (reminder));
  g_autoptr (RoundsRecord) changed = rounds_record_dup (stored);

  rounds_record_set_text (changed, ROUNDS_REMINDER_STATE, state);
  app_save (&fixture->app, changed);
}

static char *
make_id (RoundsRecord *reminder)
{
  g_autofree char *uuid = rounds_uuid_to_string (rounds_record_get_id (reminder));

  return g_strconcat ("reminder:", uuid, NULL);
}

static void
test_fires_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) reminder = NULL;
  g_autoptr (RoundsRecord) appointment = add_appointment (fixture, NINE + ROUNDS_HOUR, &reminder);
  g_autofree char *id = make_id (reminder);

  check (fixture);
  g_assert_true (rounds_reminder_service_is_waiting (fixture->service));
  go_to (fixture, NINE + 45 * ROUNDS_MINUTE - 1);
  g_assert_cmpuint (recording_notifier_count (fixture->notifier), ==, 0);

  go_to (fixture, NINE + 45 * ROUNDS_MINUTE);
  g_assert_cmpuint (recording_notifier_count (fixture->notifier), ==, 1);
  g_assert_cmpstr (recording_notifier_get_id (fixture->notifier, 0), ==, id);
  assert_state (fixture, reminder, "fired");
  /* Its buttons are waited for, but not for ever. */
  g_assert_true (rounds_reminder_service_is_waiting (fixture->service));
  go_to (fixture, NINE + 2 * ROUNDS_HOUR);
  g_assert_false (rounds_reminder_service_is_waiting (fixture->service));

  check (fixture);
  stop (fixture);
  start (fixture);
  check (fixture);
  g_assert_cmpuint (recording_notifier_count (fixture->notifier), ==, 1);
}

static void
test_names_nobody (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;
  g_autoptr (RoundsRecord) one = add_appointment (fixture, NINE + ROUNDS_HOUR, &first);
  g_autoptr (RoundsRecord) two = add_appointment (fixture, NINE + 2 * ROUNDS_HOUR, &second);

  go_to (fixture, NINE + 45 * ROUNDS_MINUTE);
  g_assert_null (strstr (recording_notifier_get_text (fixture->notifier, 0), "Ada"));
  g_assert_null (strstr (recording_notifier_get_text (fixture->notifier, 0), "Street"));
  g_assert_nonnull (strstr (recording_notifier_get_text (fixture->notifier, 0), "15 minutes"));

  g_settings_set_boolean (rounds_app_context_get_settings (fixture->app.context), "notification-names", TRUE);
  go_to (fixture, NINE + ROUNDS_HOUR + 45 * ROUNDS_MINUTE);
  g_assert_nonnull (strstr (recording_notifier_get_text (fixture->notifier, 1), "Ada"));
  g_assert_nonnull (strstr (recording_notifier_get_text (fixture->notifier, 1), "Street"));
}

/* The lid was closed over the moment: the reminder comes late, but comes. */
static void
test_sleep_over_due (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) reminder = NULL;
  g_autoptr (RoundsRecord) appointment = add_appointment (fixture, NINE + ROUNDS_HOUR, &reminder);
  g_autofree char *id = make_id (reminder);

  check (fixture);
  go_to (fixture, NINE + 80 * ROUNDS_MINUTE);
  g_assert_cmpuint (recording_notifier_count (fixture->notifier), ==, 1);
  g_assert_cmpstr (recording_notifier_get_id (fixture->notifier, 0), ==, id);
  g_assert_nonnull (strstr (recording_notifier_get_text (fixture->notifier, 0), "20 minutes ago"));
}

/* A clock set back does not remind twice. */
static void
test_clock_set_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) reminder = NULL;
  g_autoptr (RoundsRecord) appointment = add_appointment (fixture, NINE + ROUNDS_HOUR, &reminder);

  go_to (fixture, NINE + 45 * ROUNDS_MINUTE);
  go_to (fixture, NINE - ROUNDS_HOUR);
  go_to (fixture, NINE + 46 * ROUNDS_MINUTE);
  g_assert_cmpuint (recording_notifier_count (fixture->notifier), ==, 1);
}

static void
test_missed_are_one (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;
  g_autoptr (RoundsRecord) soon = NULL;
  g_autoptr (RoundsRecord) one = add_appointment (fixture, NINE + ROUNDS_HOUR, &first);
  g_autoptr (RoundsRecord) two = add_appointment (fixture, NINE + 2 * ROUNDS_HOUR, &second);
  g_autoptr (RoundsRecord) three = add_appointment (fixture, NINE + 10 * ROUNDS_HOUR, &soon);
  g_autofree char *soon_id = make_id (soon);

  go_to (fixture, NINE + 10 * ROUNDS_HOUR - 10 * ROUNDS_MINUTE);
  g_assert_cmpuint (recording_notifier_count (fixture->notifier), ==, 2);
  g_assert_cmpstr (recording_notifier_get_id (fixture->notifier, 0), ==, soon_id);
  g_assert_cmpstr (recording_notifier_get_id (fixture->notifier, 1), ==, "reminders-missed");
  g_assert_nonnull (strstr (recording_notifier_get_text (fixture->notifier, 1), "2 missed reminders"));
  assert_state (fixture, first, "fired");
  assert_state (fixture, second, "fired");
  check (fixture);
  g_assert_cmpuint (recording_notifier_count (fixture->notifier), ==, 2);
}

static void
delete_appointment (Fixture *fixture, RoundsRecord *appointment)
{
  rounds_app_context_delete (fixture->app.context, appointment);
  app_settle (&fixture->app);
}

static void
test_deleted_never_fires (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) reminder = NULL;
  g_autoptr (RoundsRecord) appointment = add_appointment (fixture, NINE + ROUNDS_HOUR, &reminder);

  g_autoptr (RoundsRecord) stored = NULL;

  delete_appointment (fixture, appointment);
  go_to (fixture, NINE + 50 * ROUNDS_MINUTE);
  g_assert_cmpuint (recording_notifier_count (fixture->notifier), ==, 0);
  stored = app_get (&fixture->app, ROUNDS_ENTITY_REMINDER, rounds_record_get_id (reminder));
  g_assert_true (rounds_record_is_deleted (stored)); /* it went with the appointment, and comes back with it */
}

static void
change_appointment (Fixture *fixture, RoundsRecord *appointment, const char *status, gint64 start)
{
  g_autoptr (RoundsRecord) changed = rounds_record_dup (appointment);

  rounds_record_set_text (changed, ROUNDS_APPOINTMENT_STATUS, status);
  rounds_record_set_integer (changed, ROUNDS_APPOINTMENT_START_AT, start);
  rounds_record_set_integer (changed, ROUNDS_APPOINTMENT_END_AT, start + 30 * ROUNDS_MINUTE);
  app_save (&fixture->app, changed);
}

static void
test_cancelled_never_fires (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) reminder = NULL;
  g_autoptr (RoundsRecord) appointment = add_appointment (fixture, NINE + ROUNDS_HOUR, &reminder);

  change_appointment (fixture, appointment, "cancelled", NINE + ROUNDS_HOUR);
  go_to (fixture, NINE + 50 * ROUNDS_MINUTE);
  g_assert_cmpuint (recording_notifier_count (fixture->notifier), ==, 0);
}

/* By somebody who knows nothing of reminders: another device of an older version, say. */
static void
test_moved_fires_at_the_new_time (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) reminder = NULL;
  g_autoptr (RoundsRecord) appointment = add_appointment (fixture, NINE + ROUNDS_HOUR, &reminder);

  change_appointment (fixture, appointment, "scheduled", NINE + 3 * ROUNDS_HOUR);
  go_to (fixture, NINE + 50 * ROUNDS_MINUTE);
  g_assert_cmpuint (recording_notifier_count (fixture->notifier), ==, 0);
  assert_state (fixture, reminder, "pending");

  change_appointment (fixture, appointment, "scheduled", NINE + 2 * ROUNDS_HOUR);
  go_to (fixture, NINE + ROUNDS_HOUR + 45 * ROUNDS_MINUTE);
  g_assert_cmpuint (recording_notifier_count (fixture->notifier), ==, 1);
}

/* Killed after "firing" was written: nobody knows whether it was seen, so it comes again, in the place of the first. */
static void
test_killed_while_firing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) reminder = NULL;
  g_autoptr (RoundsRecord) appointment = add_appointment (fixture, NINE + ROUNDS_HOUR, &reminder);
  g_autofree char *id = make_id (reminder);

  check (fixture);
  stop (fixture);
  set_state (fixture, reminder, "firing");
  fixture->now = NINE + 45 * ROUNDS_MINUTE;
  start (fixture);
  check (fixture);
  g_assert_cmpuint (recording_notifier_count (fixture->notifier), ==, 1);
  g_assert_cmpstr (recording_notifier_get_id (fixture->notifier, 0), ==, id);
  assert_state (fixture, reminder, "fired");
}

/* A desktop that shows nothing yet: the reminder waits for it. */
static void
test_desktop_not_ready (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) reminder = NULL;
  g_autoptr (RoundsRecord) appointment = add_appointment (fixture, NINE + ROUNDS_HOUR, &reminder);

  recording_notifier_set_broken (fixture->notifier, TRUE);
  fixture->now = NINE + 45 * ROUNDS_MINUTE;
  rounds_reminder_service_check (fixture->service);
  app_settle (&fixture->app);
  app_wait_until (is_quiet, fixture);
  assert_state (fixture, reminder, "firing");

  recording_notifier_set_broken (fixture->notifier, FALSE);
  check (fixture);
  g_assert_cmpuint (recording_notifier_count (fixture->notifier), ==, 1);
  assert_state (fixture, reminder, "fired");
}

static void
test_snooze_and_done (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) reminder = NULL;
  g_autoptr (RoundsRecord) appointment = add_appointment (fixture, NINE + ROUNDS_HOUR, &reminder);
  g_autofree char *id = make_id (reminder);
  g_autofree char *uuid = rounds_uuid_to_string (rounds_record_get_id (reminder));

  go_to (fixture, NINE + 45 * ROUNDS_MINUTE);
  rounds_reminder_service_snooze (fixture->service, uuid);
  check (fixture);
  g_assert_true (recording_notifier_was_withdrawn (fixture->notifier, id));
  assert_state (fixture, reminder, "snoozed");
  g_assert_true (rounds_reminder_service_is_waiting (fixture->service));

  go_to (fixture, NINE + 54 * ROUNDS_MINUTE);
  g_assert_cmpuint (recording_notifier_count (fixture->notifier), ==, 1);
  go_to (fixture, NINE + 55 * ROUNDS_MINUTE);
  g_assert_cmpuint (recording_notifier_count (fixture->notifier), ==, 2);

  rounds_reminder_service_done (fixture->service, uuid);
  go_to (fixture, NINE + 5 * ROUNDS_HOUR);
  g_assert_cmpuint (recording_notifier_count (fixture->notifier), ==, 2);
  assert_state (fixture, reminder, "dismissed");

  rounds_reminder_service_open (fixture->service, uuid);
  g_assert_cmpint (fixture->app.opened_entity, ==, ROUNDS_ENTITY_APPOINTMENT);
  g_assert_true (rounds_uuid_equal (&fixture->app.opened, rounds_record_get_id (appointment)));
}

static void
assert_waiting_cb (RoundsReminderService *service, GParamSpec *property, gpointer data)
{
  g_assert_true (rounds_reminder_service_is_waiting (service));
}

static gpointer
open_gate (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_async_queue_push (data, data);
  return NULL;
}

/* Until the database thread has done all it was told, while its answers still wait for the main loop. */
static void
wait_for_database (Fixture *fixture)
{
  g_autoptr (GAsyncQueue) gate = g_async_queue_new ();

  rounds_store_run_async (rounds_app_context_get_store (fixture->app.context), open_gate, g_async_queue_ref (gate),
                          (GDestroyNotify) g_async_queue_unref, NULL, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  g_assert_nonnull (g_async_queue_timeout_pop (gate, 10 * G_USEC_PER_SEC));
}

/* Without a window the program ends when nothing is waited for: not while what is to come is just being written, though
 * what was looked up before says that nothing is. */
static void
test_snooze_during_a_check (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) reminder = NULL;
  g_autoptr (RoundsRecord) appointment = add_appointment (fixture, NINE + ROUNDS_HOUR, &reminder);
  g_autofree char *uuid = rounds_uuid_to_string (rounds_record_get_id (reminder));

  go_to (fixture, NINE + 45 * ROUNDS_MINUTE);
  g_signal_connect (fixture->service, "notify::waiting", G_CALLBACK (assert_waiting_cb), NULL);
  rounds_reminder_service_check (fixture->service);
  wait_for_database (fixture);
  rounds_reminder_service_snooze (fixture->service, uuid);
  check (fixture);
  assert_state (fixture, reminder, "snoozed");
  g_assert_true (rounds_reminder_service_is_waiting (fixture->service));
}

static void
count_cb (gpointer data)
{
  (*(guint *) data)++;
}

static gboolean
has_counted (gpointer data)
{
  return *(guint *) data > 0;
}

static void
test_wall_timer (void)
{
  guint fired = 0;
  g_autoptr (RoundsWallTimer) timer = rounds_wall_timer_new (count_cb, &fired);

  rounds_wall_timer_set (timer, rounds_time_now () + ROUNDS_DAY);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fired, ==, 0);

  /* What is past already is due now. */
  rounds_wall_timer_set (timer, rounds_time_now () - ROUNDS_DAY);
  app_wait_until (has_counted, &fired);
  g_assert_cmpuint (fired, ==, 1);
}

static void
requested_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (rounds_background_request_finish (result, NULL));
  (*(guint *) data)++;
}

static void
test_autostart (void)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "autostart", APP_ID ".desktop", NULL);
  g_autoptr (GKeyFile) entry = g_key_file_new ();
  g_autofree char *command = NULL;
  guint answers = 0;

  rounds_background_request_async (TRUE, NULL, requested_cb, &answers);
  app_wait_until (has_counted, &answers);
  g_assert_true (g_key_file_load_from_file (entry, path, G_KEY_FILE_NONE, NULL));
  command = g_key_file_get_string (entry, "Desktop Entry", "Exec", NULL);
  g_assert_true (g_str_has_suffix (command, " --gapplication-service"));

  answers = 0;
  rounds_background_request_async (FALSE, NULL, requested_cb, &answers);
  app_wait_until (has_counted, &answers);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

#define add(path, test) g_test_add ("/app/reminders/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  add ("fires-once", test_fires_once);
  add ("names-nobody", test_names_nobody);
  add ("sleep-over-due", test_sleep_over_due);
  add ("clock-set-back", test_clock_set_back);
  add ("missed-are-one", test_missed_are_one);
  add ("deleted-never-fires", test_deleted_never_fires);
  add ("cancelled-never-fires", test_cancelled_never_fires);
  add ("moved-fires-at-the-new-time", test_moved_fires_at_the_new_time);
  add ("killed-while-firing", test_killed_while_firing);
  add ("desktop-not-ready", test_desktop_not_ready);
  add ("snooze-and-done", test_snooze_and_done);
  add ("snooze-during-a-check", test_snooze_during_a_check);
  g_test_add_func ("/app/reminders/wall-timer", test_wall_timer);
  g_test_add_func ("/app/reminders/autostart", test_autostart);

  return g_test_run ();
}
