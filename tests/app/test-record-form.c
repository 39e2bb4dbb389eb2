/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If these fail, a user saves what is wrong, loses what was right, or is told of a mistake somewhere else.
 */

#include "config.h"

#include <locale.h>

#include "contacts-fixture.h"
#include "forms/rounds-date-row.h"
#include "forms/rounds-display.h"
#include "forms/rounds-record-form.h"
#include "forms/rounds-reference-row.h"
#include "rounds-error.h"
#include "rounds-time.h"

static RoundsRecordForm *
make_form (AppFixture *fixture, RoundsEntity entity, guint n_fields, const guint *fields)
{
  GtkWidget *form = g_object_ref_sink (rounds_record_form_new (fixture->context, entity));

  rounds_record_form_add_fields (ROUNDS_RECORD_FORM (form), n_fields, fields);
  return ROUNDS_RECORD_FORM (form);
}

/* The message below a field's row. */
static const char *
get_message (RoundsRecordForm *form, guint field)
{
  GtkWidget *message = gtk_widget_get_next_sibling (rounds_record_form_get_row (form, field));

  if (!gtk_widget_get_visible (message))
    return NULL;
  return gtk_label_get_text (GTK_LABEL (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (message))));
}

static void
test_error_at_field (AppFixture *fixture, gconstpointer data)
{
  static const guint fields[] = { ROUNDS_PERSON_FAMILY_NAME, ROUNDS_PERSON_BIRTH_DATE };
  g_autoptr (RoundsRecordForm) form = make_form (fixture, ROUNDS_ENTITY_PERSON, 2, fields);
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  GtkWidget *birth = rounds_record_form_get_row (form, ROUNDS_PERSON_BIRTH_DATE);
  g_autofree char *long_name = g_strnfill (101, 'x');

  gtk_editable_set_text (GTK_EDITABLE (rounds_record_form_get_row (form, ROUNDS_PERSON_FAMILY_NAME)), "Lindqvist");
  gtk_editable_set_text (GTK_EDITABLE (birth), "31.02.1970");
  g_assert_false (rounds_record_form_apply (form, person));
  g_assert_null (get_message (form, ROUNDS_PERSON_FAMILY_NAME));
  g_assert_nonnull (get_message (form, ROUNDS_PERSON_BIRTH_DATE));
  g_assert_true (gtk_widget_has_css_class (birth, "error"));
  g_assert_true (gtk_test_accessible_has_state (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (birth))),
                                                GTK_ACCESSIBLE_STATE_INVALID));
  /* What was right is taken all the same. */
  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_FAMILY_NAME), ==, "Lindqvist");

  gtk_editable_set_text (GTK_EDITABLE (birth), "1970-02-28");
  g_assert_null (get_message (form, ROUNDS_PERSON_BIRTH_DATE));
  g_assert_true (rounds_record_form_apply (form, person));
  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_BIRTH_DATE), ==, "1970-02-28");

  gtk_editable_set_text (GTK_EDITABLE (rounds_record_form_get_row (form, ROUNDS_PERSON_FAMILY_NAME)), long_name);
  g_assert_false (rounds_record_form_apply (form, person));
  g_assert_nonnull (get_message (form, ROUNDS_PERSON_FAMILY_NAME));
}

static void
test_error_of_store (AppFixture *fixture, gconstpointer data)
{
  static const guint fields[] = { ROUNDS_PHYSICIAN_NPI };
  g_autoptr (RoundsRecordForm) form = make_form (fixture, ROUNDS_ENTITY_PHYSICIAN, 1, fields);
  g_autoptr (GError) npi = NULL;
  g_autoptr (GError) other = g_error_new_literal (ROUNDS_ERROR, ROUNDS_ERROR_NO_SPACE, "The disk is full.");

  rounds_set_field_error (&npi, "npi", "This NPI is taken.");
  g_assert_true (rounds_record_form_show_error (form, npi));
  g_assert_cmpstr (get_message (form, ROUNDS_PHYSICIAN_NPI), ==, "This NPI is taken.");
  g_assert_false (rounds_record_form_show_error (form, other));
}

/* Every type goes through its row and comes back as it was. */
static void
test_round_trip (AppFixture *fixture, gconstpointer data)
{
  static const guint fields[] = { ROUNDS_INTERACTION_PERSON,      ROUNDS_INTERACTION_INTERACTION_TYPE,
                                  ROUNDS_INTERACTION_OCCURRED_AT, ROUNDS_INTERACTION_DURATION,
                                  ROUNDS_INTERACTION_NOTES,       ROUNDS_INTERACTION_OUTCOME,
                                  ROUNDS_INTERACTION_NO_SHOW };
  g_autoptr (RoundsRecordForm) form = make_form (fixture, ROUNDS_ENTITY_INTERACTION, G_N_ELEMENTS (fields), fields);
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Zoë", "Çelik", "Neurology", "Izmir");
  g_autoptr (RoundsRecord) before = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsRecord) after = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_uuid (before, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (before, ROUNDS_INTERACTION_INTERACTION_TYPE, "Virtual");
  rounds_record_set_integer (before, ROUNDS_INTERACTION_OCCURRED_AT, 1700000041234);
  rounds_record_set_integer (before, ROUNDS_INTERACTION_DURATION, 25);
  rounds_record_set_text (before, ROUNDS_INTERACTION_NOTES, "First <b>line</b>\n\n  second");
  rounds_record_set_text (before, ROUNDS_INTERACTION_OUTCOME, "left_material");
  rounds_record_set_integer (before, ROUNDS_INTERACTION_NO_SHOW, TRUE);

  rounds_record_form_set_record (form, before);
  g_assert_true (rounds_record_form_apply (form, after));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_true (
      rounds_value_equal (rounds_record_get_value (before, fields[i]), rounds_record_get_value (after, fields[i])));
}

static void
test_words_for_days (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GtkWidget) row = g_object_ref_sink (rounds_date_row_new ("When", TRUE));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (now, -1);
  g_autoptr (GDateTime) read = NULL;
  gint64 instant = 0;

  gtk_editable_set_text (GTK_EDITABLE (row), "yesterday 9:30");
  g_assert_true (rounds_date_row_get_instant (ROUNDS_DATE_ROW (row), &instant));
  read = rounds_instant_to_local (instant, NULL);
  g_assert_cmpint (g_date_time_get_day_of_year (read), ==, g_date_time_get_day_of_year (yesterday));
  g_assert_cmpint (g_date_time_get_hour (read), ==, 9);
  g_assert_cmpint (g_date_time_get_minute (read), ==, 30);

  gtk_editable_set_text (GTK_EDITABLE (row), "2024-02-30 10:00");
  g_assert_false (rounds_date_row_get_instant (ROUNDS_DATE_ROW (row), &instant));
  gtk_editable_set_text (GTK_EDITABLE (row), "2024-02-29 25:00");
  g_assert_false (rounds_date_row_get_instant (ROUNDS_DATE_ROW (row), &instant));
  gtk_editable_set_text (GTK_EDITABLE (row), "");
  g_assert_false (rounds_date_row_get_instant (ROUNDS_DATE_ROW (row), &instant));
}

static gint64
get_instant (GtkWidget *row)
{
  gint64 instant = 0;

  g_assert_true (rounds_date_row_get_instant (ROUNDS_DATE_ROW (row), &instant));
  return instant;
}

/* What is left alone is the same to the millisecond, and what is written becomes what it means. */
static void
test_when_it_was (AppFixture *fixture, gconstpointer data)
{
  static const gint64 set = G_GINT64_CONSTANT (1700000041234);
  g_autoptr (GtkWidget) row = g_object_ref_sink (rounds_date_row_new ("When", TRUE));
  g_autofree char *shown = NULL;

  rounds_date_row_set_instant (ROUNDS_DATE_ROW (row), set);
  shown = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));
  g_assert_cmpint (get_instant (row), ==, set);
  gtk_editable_set_text (GTK_EDITABLE (row), "yesterday 14h30");
  g_signal_emit_by_name (row, "entry-activated");
  g_assert_true (app_tells (row, "Yesterday"));
  g_assert_null (strstr (gtk_editable_get_text (GTK_EDITABLE (row)), "14h30"));
  gtk_editable_set_text (GTK_EDITABLE (row), shown);
  g_assert_cmpint (get_instant (row) / ROUNDS_MINUTE, ==, set / ROUNDS_MINUTE);
}

/* What is written wrong is told when one goes on to the next row; not while it is written, and nothing of what is
 * empty. */
static void
test_told_on_leaving (AppFixture *fixture, gconstpointer data)
{
  static const guint fields[] = { ROUNDS_PERSON_FAMILY_NAME, ROUNDS_PERSON_BIRTH_DATE, ROUNDS_PERSON_EMAIL };
  g_autoptr (RoundsRecordForm) form = make_form (fixture, ROUNDS_ENTITY_PERSON, 3, fields);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *birth = rounds_record_form_get_row (form, ROUNDS_PERSON_BIRTH_DATE);
  GtkWidget *email = rounds_record_form_get_row (form, ROUNDS_PERSON_EMAIL);

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (form));
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (rounds_record_form_get_row (form, ROUNDS_PERSON_FAMILY_NAME));
  gtk_widget_grab_focus (birth);
  g_assert_null (get_message (form, ROUNDS_PERSON_FAMILY_NAME));
  gtk_editable_set_text (GTK_EDITABLE (birth), "somewhen");
  g_assert_null (get_message (form, ROUNDS_PERSON_BIRTH_DATE));
  gtk_widget_grab_focus (email);
  g_assert_nonnull (strstr (get_message (form, ROUNDS_PERSON_BIRTH_DATE), "yesterday"));

  gtk_widget_grab_focus (birth);
  gtk_editable_set_text (GTK_EDITABLE (birth), "2999-01-01");
  g_assert_null (get_message (form, ROUNDS_PERSON_BIRTH_DATE));
  gtk_widget_grab_focus (email);
  g_assert_nonnull (strstr (get_message (form, ROUNDS_PERSON_BIRTH_DATE), "still to come"));

  gtk_widget_grab_focus (birth);
  gtk_editable_set_text (GTK_EDITABLE (birth), "4 March 1964");
  gtk_widget_grab_focus (email);
  g_assert_null (get_message (form, ROUNDS_PERSON_BIRTH_DATE));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A name that is not chosen from the list must not pass for a reference, nor be dropped in silence. */
static void
test_unknown_reference (AppFixture *fixture, gconstpointer data)
{
  static const guint fields[] = { ROUNDS_APPOINTMENT_PERSON };
  g_autoptr (RoundsRecordForm) form = make_form (fixture, ROUNDS_ENTITY_APPOINTMENT, 1, fields);
  g_autoptr (RoundsRecord) appointment = rounds_record_new (ROUNDS_ENTITY_APPOINTMENT);
  GtkWidget *row = rounds_record_form_get_row (form, ROUNDS_APPOINTMENT_PERSON);

  gtk_editable_set_text (GTK_EDITABLE (row), "Nobody");
  g_assert_false (rounds_record_form_apply (form, appointment));
  g_assert_nonnull (get_message (form, ROUNDS_APPOINTMENT_PERSON));

  rounds_reference_row_set_allow_unknown (ROUNDS_REFERENCE_ROW (row), TRUE);
  g_assert_true (rounds_record_form_apply (form, appointment));
  g_assert_true (rounds_record_is_null (appointment, ROUNDS_APPOINTMENT_PERSON));
}

/* A physician is chosen by the person's name; the reference is to the physician. */
static void
test_reference_by_person (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Wei", "Chen", "Oncology", "Boston");
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PHYSICIAN);
  g_autoptr (RoundsRecord) physician = NULL;
  g_autoptr (GtkWidget) row =
    g_object_ref_sink (rounds_reference_row_new (fixture->context, ROUNDS_ENTITY_PHYSICIAN, "Physician"));

  rounds_query_where_uuid (query, ROUNDS_PHYSICIAN_PERSON, ROUNDS_IS, rounds_record_get_id (person));
  rounds_query_limit (query, 1);
  physician = rounds_store_find (fixture->store, query, NULL);
  rounds_reference_row_set_id (ROUNDS_REFERENCE_ROW (row), rounds_record_get_id (physician));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "Wei Chen");
  g_assert_true (
    rounds_uuid_equal (rounds_reference_row_get_id (ROUNDS_REFERENCE_ROW (row)), rounds_record_get_id (physician)));

  gtk_editable_set_text (GTK_EDITABLE (row), "Wei Che");
  g_assert_null (rounds_reference_row_get_id (ROUNDS_REFERENCE_ROW (row)));
}

/* A day is written out in the order in which it is typed there, so that 3 and 4 are not taken for each other. */
static void
test_order_of_days (AppFixture *fixture, gconstpointer data)
{
  static const char *const locales[][2] = { { "en_US.UTF-8", "March 4, 1964" }, { "fr_FR.UTF-8", "4 mars 1964" } };
  g_autofree char *before = g_strdup (setlocale (LC_TIME, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      g_autofree char *day = NULL;

      if (setlocale (LC_TIME, locales[i][0]) == NULL)
        {
          g_test_message ("%s is not there", locales[i][0]);
          continue;
        }
      day = rounds_display_date ("1964-03-04");
      g_assert_cmpstr (day, ==, locales[i][1]);
    }
  setlocale (LC_TIME, before);
}

/* As if it were typed. Returns: whether the row does something with it */
static gboolean
press (GtkWidget *row, guint key)
{
  GtkWidget *delegate = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row)));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (delegate);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &handled);
    }
  return handled;
}

static void
count_cb (guint *n)
{
  ++*n;
}

static GtkWidget *
find_clear (GtkWidget *row)
{
  guint i = 0;
  GtkWidget *button;

  while ((button = app_find_widget (row, GTK_TYPE_BUTTON, i++)) != NULL)
    if (g_strcmp0 (gtk_widget_get_tooltip_text (button), "Clear") == 0)
      return button;
  return NULL;
}

/* What is chosen and was never pulled here, or is another team's: the row says so, to a screen reader too, keeps it,
 * and lets go of it by one key, or by its button, which Tab reaches. */
static void
test_reference_not_here (AppFixture *fixture, gconstpointer data)
{
  static const guint fields[] = { ROUNDS_APPOINTMENT_TITLE, ROUNDS_APPOINTMENT_PERSON, ROUNDS_APPOINTMENT_LOCATION };
  g_autoptr (RoundsRecordForm) form = make_form (fixture, ROUNDS_ENTITY_APPOINTMENT, G_N_ELEMENTS (fields), fields);
  g_autoptr (RoundsRecord) appointment = rounds_record_new (ROUNDS_ENTITY_APPOINTMENT);
  GtkWidget *row = rounds_record_form_get_row (form, ROUNDS_APPOINTMENT_PERSON);
  GtkAccessible *entry = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row)));
  GtkWidget *window = app_show (fixture, GTK_WIDGET (form), 360, 300);
  RoundsUuid elsewhere = rounds_uuid_new ();
  guint n_picked = 0;

  g_signal_connect_swapped (row, "picked", G_CALLBACK (count_cb), &n_picked);
  g_assert_false (app_tells (row, "Not on this device"));
  g_assert_true (gtk_test_accessible_has_relation (entry, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY));
  rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_TITLE, "Visit");
  rounds_record_set_uuid (appointment, ROUNDS_APPOINTMENT_PERSON, &elsewhere);
  rounds_record_form_set_record (form, appointment);
  g_assert_true (app_tells (row, "Not on this device"));
  g_assert_true (gtk_widget_get_focusable (find_clear (row)));
  app_take_picture (window, "reference-not-here");
  g_assert_true (rounds_record_form_apply (form, appointment));
  g_assert_true (rounds_uuid_equal (rounds_record_get_uuid (appointment, ROUNDS_APPOINTMENT_PERSON), &elsewhere));

  g_assert_true (press (row, GDK_KEY_BackSpace));
  g_assert_cmpuint (n_picked, ==, 1);
  g_assert_false (app_tells (row, "Not on this device"));
  g_assert_null (find_clear (row));
  g_assert_false (press (row, GDK_KEY_BackSpace));
  g_assert_true (rounds_record_form_apply (form, appointment));
  g_assert_true (rounds_record_is_null (appointment, ROUNDS_APPOINTMENT_PERSON));

  rounds_reference_row_set_id (ROUNDS_REFERENCE_ROW (row), &elsewhere);
  g_signal_emit_by_name (find_clear (row), "clicked");
  g_assert_null (rounds_reference_row_get_id (ROUNDS_REFERENCE_ROW (row)));
  g_assert_cmpuint (n_picked, ==, 2);

  /* With a name beside it, as a visit has one, that is deleted like any other. */
  rounds_reference_row_set_id (ROUNDS_REFERENCE_ROW (row), &elsewhere);
  rounds_reference_row_show_name (ROUNDS_REFERENCE_ROW (row), "Dr. Okafor");
  g_assert_true (app_tells (row, "Not on this device"));
  g_assert_false (gtk_widget_get_focusable (find_clear (row)));
  g_assert_false (press (row, GDK_KEY_BackSpace));
  gtk_window_destroy (GTK_WINDOW (window));
}

#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  ADD ("/app/record-form/error-at-field", test_error_at_field);
  ADD ("/app/record-form/error-of-store", test_error_of_store);
  ADD ("/app/record-form/round-trip", test_round_trip);
  ADD ("/app/record-form/words-for-days", test_words_for_days);
  ADD ("/app/record-form/when-it-was", test_when_it_was);
  ADD ("/app/record-form/told-on-leaving", test_told_on_leaving);
  ADD ("/app/record-form/unknown-reference", test_unknown_reference);
  ADD ("/app/record-form/reference-by-person", test_reference_by_person);
  ADD ("/app/record-form/order-of-days", test_order_of_days);
  ADD ("/app/record-form/reference-not-here", test_reference_not_here);

  return g_test_run ();
}
