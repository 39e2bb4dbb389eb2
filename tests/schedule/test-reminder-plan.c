/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, a rep is reminded of an appointment at its old time, of one that was cancelled, twice, or not at all.
 */
#include "rounds-reminder-plan.h"

#include "rounds-time.h"

#define NOW G_GINT64_CONSTANT (1700000000000)

static RoundsRecord *
make_appointment (gint64 start)
{
  RoundsRecord *record = rounds_record_new (ROUNDS_ENTITY_APPOINTMENT);

  rounds_record_set_integer (record, ROUNDS_APPOINTMENT_START_AT, start);
  rounds_record_set_integer (record, ROUNDS_APPOINTMENT_END_AT, start + ROUNDS_HOUR);
  return record;
}

static GPtrArray *
make_none (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

static void
assert_reminder (RoundsRecord *reminder, gint64 due_at, int offset, const char *state)
{
  g_assert_cmpint (rounds_record_get_integer (reminder, ROUNDS_REMINDER_DUE_AT), ==, due_at);
  g_assert_cmpint (rounds_record_get_integer (reminder, ROUNDS_REMINDER_OFFSET_MINUTES), ==, offset);
  g_assert_cmpstr (rounds_record_get_text (reminder, ROUNDS_REMINDER_STATE), ==, state);
}

static void
test_new (void)
{
  g_autoptr (RoundsRecord) appointment = make_appointment (NOW + ROUNDS_DAY);
  g_autoptr (GPtrArray) none = make_none ();
  g_autoptr (GPtrArray) planned = rounds_reminder_plan (appointment, NULL, none, 30, NOW);
  g_autoptr (GPtrArray) unwanted = rounds_reminder_plan (appointment, NULL, none, ROUNDS_REMINDER_NONE, NOW);
  g_autoptr (GError) error = NULL;
  RoundsRecord *reminder;

  g_assert_cmpuint (unwanted->len, ==, 0);
  g_assert_cmpuint (planned->len, ==, 1);
  reminder = g_ptr_array_index (planned, 0);
  assert_reminder (reminder, NOW + ROUNDS_DAY - 30 * ROUNDS_MINUTE, 30, "pending");
  g_assert_true (
    rounds_uuid_equal (rounds_record_get_uuid (reminder, ROUNDS_REMINDER_SUBJECT), rounds_record_get_id (appointment)));
  g_assert_true (rounds_record_validate (reminder, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rounds_reminder_get_offset (appointment, planned), ==, 30);
}

static void
test_late (void)
{
  g_autoptr (RoundsRecord) soon = make_appointment (NOW + 5 * ROUNDS_MINUTE);
  g_autoptr (RoundsRecord) past = make_appointment (NOW - ROUNDS_HOUR);
  g_autoptr (GPtrArray) none = make_none ();
  g_autoptr (GPtrArray) for_soon = rounds_reminder_plan (soon, NULL, none, 60, NOW);
  g_autoptr (GPtrArray) for_past = rounds_reminder_plan (past, NULL, none, 60, NOW);

  g_assert_cmpuint (for_soon->len, ==, 1);
  assert_reminder (g_ptr_array_index (for_soon, 0), NOW, 60, "pending");
  g_assert_cmpuint (for_past->len, ==, 0);
}

static void
test_moved (void)
{
  g_autoptr (RoundsRecord) before = make_appointment (NOW + ROUNDS_HOUR);
  g_autoptr (RoundsRecord) after = rounds_record_dup (before);
  g_autoptr (GPtrArray) none = make_none ();
  g_autoptr (GPtrArray) stored = rounds_reminder_plan (before, NULL, none, 10, NOW);
  g_autoptr (GPtrArray) unmoved = NULL;
  g_autoptr (GPtrArray) planned = NULL;
  RoundsRecord *reminder = g_ptr_array_index (stored, 0);

  /* It has fired and was clicked away; then the visit is put off until tomorrow. */
  rounds_record_set_text (reminder, ROUNDS_REMINDER_STATE, "dismissed");
  rounds_record_set_integer (reminder, ROUNDS_REMINDER_FIRED_AT, NOW);
  g_assert_cmpint (rounds_reminder_get_offset (before, stored), ==, 10);
  unmoved = rounds_reminder_plan (after, before, stored, 10, NOW);
  g_assert_cmpuint (unmoved->len, ==, 0);

  rounds_record_set_integer (after, ROUNDS_APPOINTMENT_START_AT, NOW + ROUNDS_DAY);
  planned = rounds_reminder_plan (after, before, stored, 10, NOW);
  g_assert_cmpuint (planned->len, ==, 1);
  assert_reminder (g_ptr_array_index (planned, 0), NOW + ROUNDS_DAY - 10 * ROUNDS_MINUTE, 10, "pending");
  g_assert_true (
    rounds_uuid_equal (rounds_record_get_id (g_ptr_array_index (planned, 0)), rounds_record_get_id (reminder)));
  g_assert_true (rounds_record_is_null (g_ptr_array_index (planned, 0), ROUNDS_REMINDER_FIRED_AT));
}

static void
test_cancelled (void)
{
  g_autoptr (RoundsRecord) before = make_appointment (NOW + ROUNDS_DAY);
  g_autoptr (RoundsRecord) after = rounds_record_dup (before);
  g_autoptr (GPtrArray) none = make_none ();
  g_autoptr (GPtrArray) stored = rounds_reminder_plan (before, NULL, none, 10, NOW);
  g_autoptr (GPtrArray) cancelled = NULL;
  g_autoptr (GPtrArray) again = NULL;

  rounds_record_set_text (after, ROUNDS_APPOINTMENT_STATUS, "cancelled");
  cancelled = rounds_reminder_plan (after, before, stored, 10, NOW);
  g_assert_cmpuint (cancelled->len, ==, 1);
  g_assert_false (rounds_reminder_is_open (g_ptr_array_index (cancelled, 0)));
  /* The stored record itself is not touched: the save may fail. */
  g_assert_true (rounds_reminder_is_open (g_ptr_array_index (stored, 0)));

  /* It takes place after all, at the same time. */
  g_assert_cmpint (rounds_reminder_get_offset (after, cancelled), ==, 10);
  again = rounds_reminder_plan (before, after, cancelled, 10, NOW);
  g_assert_cmpuint (again->len, ==, 1);
  assert_reminder (g_ptr_array_index (again, 0), NOW + ROUNDS_DAY - 10 * ROUNDS_MINUTE, 10, "pending");
}

static void
test_called_off (void)
{
  g_autoptr (RoundsRecord) appointment = make_appointment (NOW + ROUNDS_DAY);
  g_autoptr (GPtrArray) none = make_none ();
  g_autoptr (GPtrArray) stored = rounds_reminder_plan (appointment, NULL, none, 1440, NOW);
  g_autoptr (GPtrArray) planned = NULL;

  /* Also one that has fired already: it must not come back when the appointment is moved later. */
  rounds_record_set_text (g_ptr_array_index (stored, 0), ROUNDS_REMINDER_STATE, "fired");
  rounds_record_set_integer (g_ptr_array_index (stored, 0), ROUNDS_REMINDER_FIRED_AT, NOW);
  planned = rounds_reminder_plan (appointment, appointment, stored, ROUNDS_REMINDER_NONE, NOW);
  g_assert_cmpuint (planned->len, ==, 1);
  g_assert_cmpint (rounds_reminder_get_offset (appointment, planned), ==, ROUNDS_REMINDER_NONE);
}

static void
test_settled (void)
{
  g_autoptr (RoundsRecord) appointment = make_appointment (NOW + ROUNDS_HOUR);
  g_autoptr (GPtrArray) none = make_none ();
  g_autoptr (GPtrArray) stored = rounds_reminder_plan (appointment, NULL, none, 10, NOW);
  g_autoptr (GPtrArray) met = rounds_appointment_settle (appointment, stored, TRUE);
  g_autoptr (GPtrArray) missed = rounds_appointment_settle (appointment, stored, FALSE);
  g_autoptr (GPtrArray) again = NULL;

  g_assert_cmpuint (met->len, ==, 2);
  g_assert_cmpstr (rounds_record_get_text (g_ptr_array_index (met, 0), ROUNDS_APPOINTMENT_STATUS), ==, "completed");
  g_assert_false (rounds_reminder_is_open (g_ptr_array_index (met, 1)));
  g_assert_cmpstr (rounds_record_get_text (g_ptr_array_index (missed, 0), ROUNDS_APPOINTMENT_STATUS), ==, "no_show");
  again = rounds_appointment_settle (g_ptr_array_index (missed, 0), stored, TRUE);
  g_assert_cmpuint (again->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schedule/reminder-plan/new", test_new);
  g_test_add_func ("/schedule/reminder-plan/late", test_late);
  g_test_add_func ("/schedule/reminder-plan/moved", test_moved);
  g_test_add_func ("/schedule/reminder-plan/cancelled", test_cancelled);
  g_test_add_func ("/schedule/reminder-plan/called-off", test_called_off);

  g_test_add_func ("/schedule/reminder-plan/settled", test_settled);

  return g_test_run ();
}
