/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking back what was saved while something failed. What a user would lose if this failed: the contact, which a click
 * on "Undo" throws away instead of bringing its telephone number back. */

#include "app-fixture.h"
#include "faults.h"
#include "forms/rounds-form-save.h"
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
  return g_test_run ();
}
