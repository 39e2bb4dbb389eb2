/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving a form while something fails, and taking that back. What a user would lose if this failed: the contact, which
 * a click on "Undo" throws away instead of bringing its telephone number back; that a visit was one to a patient, and
 * that it is the one that was planned. */

#include "app-fixture.h"
#include "faults.h"
#include "forms/rounds-form-save.h"
#include "interactions/rounds-interaction-save.h"
#include "rounds-error.h"
#include "test-loop.h"

static const Fault no_memory = { "memory-once", FAULT_MEMORY, FAULT_FAILS, FALSE, FAULT_KEEPS };

/* Returns: (transfer full) (nullable): the way back from giving @person another number */
static RoundsFormUndo *
save_phone (AppFixture *fixture, RoundsRecord *person, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GPtrArray) before = g_ptr_array_new ();
  g_autoptr (RoundsRecord) changed = rounds_record_dup (person);
  g_autoptr (GAsyncResult) result = NULL;

  rounds_record_set_text (changed, ROUNDS_PERSON_PHONE, "2");
  g_ptr_array_add (records, changed);
  g_ptr_array_add (before, person);
  rounds_form_save_async (fixture->store, records, before, NULL, test_keep_result_cb, &result);
  return rounds_form_save_finish (fixture->store, test_wait_for_result (&result), error);
}

static void
take_back (AppFixture *fixture, RoundsFormUndo *undo)
{
  g_autoptr (AdwToast) toast = NULL;

  rounds_form_undo_offer (undo, fixture->context, "Saved");
  toast = g_steal_pointer (&fixture->last_toast);
  g_signal_emit_by_name (toast, "button-clicked");
  app_settle (fixture);
}

/* Returns: whether there was an n-th piece of memory to be had */
static gboolean
try_fault (AppFixture *fixture, guint n)
{
  g_autoptr (RoundsRecord) person = app_add_person (fixture, "Zoë", "Strauß");
  g_autoptr (RoundsRecord) now = NULL;
  g_autoptr (GError) error = NULL;
  RoundsFormUndo *undo;

  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, "1");
  app_save (fixture, person);
  app_settle (fixture);
  faults_arm (&no_memory, n);
  undo = save_phone (fixture, person, &error);
  faults_disarm ();
  if (undo != NULL)
    take_back (fixture, undo);
  else
    g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED);
  now = app_get (fixture, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  g_assert_false (rounds_record_is_deleted (now));
  g_assert_cmpstr (rounds_record_get_text (now, ROUNDS_PERSON_PHONE), ==, "1");
  return faults_were_hit ();
}

static RoundsRecord *
new_of (RoundsEntity entity, guint field, RoundsRecord *owner)
{
  RoundsRecord *record = rounds_record_new (entity);

  rounds_record_set_uuid (record, field, rounds_record_get_id (owner));
  return record;
}

/* Returns: whether it was saved */
static gboolean
save_visit (AppFixture *fixture, RoundsRecord *visit, RoundsInteractionParts *parts, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rounds_interaction_save_async (fixture->context, visit, NULL, parts, NULL, test_keep_result_cb, &result);
  return rounds_interaction_save_finish (fixture->context, test_wait_for_result (&result), error);
}

/* Returns: whether there was an n-th piece of memory to be had */
static gboolean
try_visit (AppFixture *fixture, RoundsRecord *patient, RoundsRecord *attendee, guint n)
{
  const RoundsUuid *person = rounds_record_get_uuid (patient, ROUNDS_PATIENT_PERSON);
  g_autoptr (RoundsRecord) appointment = rounds_record_new (ROUNDS_ENTITY_APPOINTMENT);
  g_autoptr (RoundsRecord) visit = new_of (ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_APPOINTMENT, appointment);
  g_autoptr (RoundsInteractionParts) parts = rounds_interaction_parts_new ();
  g_autoptr (RoundsRecord) settled = NULL;
  g_autoptr (GError) error = NULL;
  gboolean saved;

  rounds_record_set_uuid (appointment, ROUNDS_APPOINTMENT_PERSON, person);
  rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_TITLE, "Visit");
  rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_START_AT, 1705314600000);
  rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_END_AT, 1705318200000);
  rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_TIME_ZONE, "Europe/Berlin");
  app_save (fixture, appointment);
  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, person);
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "Zoë Strauß");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, 1705314600000);
  rounds_interaction_parts_add_attendee (parts, rounds_record_get_id (attendee));
  app_settle (fixture);

  faults_arm (&no_memory, n);
  saved = save_visit (fixture, visit, parts, &error);
  faults_disarm ();
  settled = app_get (fixture, ROUNDS_ENTITY_APPOINTMENT, rounds_record_get_id (appointment));
  g_assert_true (saved == (g_strcmp0 (rounds_record_get_text (settled, ROUNDS_APPOINTMENT_STATUS), "completed") == 0));
  if (!saved)
    g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED);
  else
    {
      g_autoptr (RoundsRecord) stored = app_get (fixture, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (visit));

      g_assert_true (rounds_uuid_equal (rounds_record_get_uuid (stored, ROUNDS_INTERACTION_PATIENT),
                                        rounds_record_get_id (patient)));
    }
  return faults_were_hit ();
}

static void
test_visit (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (fixture, "Zoë", "Strauß");
  g_autoptr (RoundsRecord) attendee = app_add_person (fixture, "Ada", "Example");
  g_autoptr (RoundsRecord) patient = new_of (ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON, person);
  guint n = 1;

  app_save (fixture, patient);
  while (try_visit (fixture, patient, attendee, n))
    n++;
  g_test_message ("%u places", n - 1);
}

static void
test_undo (AppFixture *fixture, gconstpointer data)
{
  guint n = 1;

  while (try_fault (fixture, n))
    n++;
  g_test_message ("%u places", n - 1);
}

int
main (int argc, char *argv[])
{
  faults_install ();
  app_test_init (&argc, &argv);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL); /* what cannot be read is warned of */

  g_test_add ("/faults-undo/changed", AppFixture, NULL, app_fixture_set_up, test_undo, app_fixture_tear_down);
  g_test_add ("/faults-undo/visit", AppFixture, NULL, app_fixture_set_up, test_visit, app_fixture_tear_down);
  return g_test_run ();
}
