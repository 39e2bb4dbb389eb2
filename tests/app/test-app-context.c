/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, a contact deleted by mistake does not come back, or comes back twice.
 */

#include "config.h"

#include "app-fixture.h"
#include "forms/rounds-form-save.h"
#include "rounds-error.h"

static void
count_cb (gpointer data)
{
  (*(guint *) data)++;
}

static void
do_nothing (gpointer data)
{
}

static void
press_undo (AppFixture *fixture)
{
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
}

static void
test_undo_runs_once (AppFixture *fixture, gconstpointer data)
{
  guint undone = 0;
  guint freed = 0;

  rounds_app_context_toast_undo (fixture->context, "Moved", count_cb, &undone, NULL);
  g_assert_cmpstr (adw_toast_get_title (fixture->last_toast), ==, "Moved");
  press_undo (fixture);
  press_undo (fixture);
  g_assert_cmpuint (undone, ==, 1);

  /* A toast that goes by unused frees what Undo would have needed, and undoes nothing. */
  rounds_app_context_toast_undo (fixture->context, "Moved", do_nothing, &freed, count_cb);
  g_clear_object (&fixture->last_toast);
  g_assert_cmpuint (freed, ==, 1);
}

static void
test_text_is_no_markup (AppFixture *fixture, gconstpointer data)
{
  rounds_app_context_toast (fixture->context, "A & B <i>deleted");
  g_assert_false (adw_toast_get_use_markup (fixture->last_toast));
  g_assert_cmpstr (adw_toast_get_title (fixture->last_toast), ==, "A & B <i>deleted");
}

static gboolean
has_toast (gpointer data)
{
  return ((AppFixture *) data)->last_toast != NULL;
}

static void
test_delete_and_undo (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) deleted = NULL;
  g_autoptr (RoundsRecord) restored = NULL;

  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, "Ada");
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Example");
  app_save (fixture, person);

  rounds_app_context_delete (fixture->context, person);
  app_wait_until (has_toast, fixture);
  deleted = app_get (fixture, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  g_assert_true (rounds_record_is_deleted (deleted));

  press_undo (fixture);
  app_settle (fixture);
  restored = app_get (fixture, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  g_assert_false (rounds_record_is_deleted (restored));
}

static void
test_cancelling_is_no_error (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  g_autoptr (GError) full = g_error_new_literal (ROUNDS_ERROR, ROUNDS_ERROR_NO_SPACE, "The disk is full.");

  rounds_app_context_report (fixture->context, cancelled);
  g_assert_null (fixture->last_toast);
  rounds_app_context_report (fixture->context, full);
  g_assert_cmpstr (adw_toast_get_title (fixture->last_toast), ==, "The disk is full.");
}

static void
test_open_and_create (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  const RoundsUuid *id = rounds_record_get_id (visit);

  rounds_app_context_create (fixture->context, visit);
  g_assert_true (fixture->created == visit);
  rounds_app_context_open (fixture->context, ROUNDS_ENTITY_INTERACTION, id);
  g_assert_cmpint (fixture->opened_entity, ==, ROUNDS_ENTITY_INTERACTION);
  g_assert_true (rounds_uuid_equal (&fixture->opened, id));
}

/* Makes somebody, but not before it has been cancelled. On the database thread. */
static gboolean
make_late (RoundsRecordStore *store, gpointer data, GPtrArray *records, GPtrArray *before, GError **error)
{
  RoundsLongWork *work = data;
  GPollFD cancelled;
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  g_assert_true (rounds_long_work_step (work, NULL));
  g_assert_true (g_cancellable_make_pollfd (rounds_long_work_get_cancellable (work), &cancelled));
  g_poll (&cancelled, 1, 30 * 1000);
  g_cancellable_release_fd (rounds_long_work_get_cancellable (work));
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Example");
  g_ptr_array_add (records, person);
  g_ptr_array_add (before, NULL);
  return TRUE;
}

static void
made_late_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (rounds_form_save_finish (ROUNDS_STORE (source), result, &error));
  rounds_long_work_end (data, error);
}

static gboolean
is_told_cancelled (gpointer data)
{
  return g_str_has_prefix (adw_toast_get_title (((AppFixture *) data)->last_toast), "Cancelled");
}

/* Somebody who sees that it takes long can stop it; then all is as it was, and they know. */
static void
test_long_work_is_cancelled (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsQuery) people = rounds_query_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (GPtrArray) left = NULL;
  RoundsLongWork *work = rounds_long_work_begin (fixture->context, 1000);

  rounds_form_make_async (fixture->store, make_late, work, work, made_late_cb, work);
  app_wait_until (has_toast, fixture);
  g_assert_true (g_str_has_prefix (adw_toast_get_title (fixture->last_toast), "1 of 1"));
  press_undo (fixture); /* the same button: Cancel */
  app_wait_until (is_told_cancelled, fixture);
  left = app_list (fixture, people);
  g_assert_cmpuint (left->len, ==, 0);
}

#define add(path, test) \
  g_test_add ("/app/context/" path, AppFixture, NULL, app_fixture_set_up, test, app_fixture_tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  add ("undo-runs-once", test_undo_runs_once);
  add ("text-is-no-markup", test_text_is_no_markup);
  add ("delete-and-undo", test_delete_and_undo);
  add ("cancelling-is-no-error", test_cancelling_is_no_error);
  add ("long-work-is-cancelled", test_long_work_is_cancelled);
  add ("open-and-create", test_open_and_create);

  return g_test_run ();
}
