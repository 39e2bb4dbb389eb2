/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, a rep begins the day without knowing what it holds, or a promise that was kept stays on the list.
 */
#include "config.h"

#include "app-fixture.h"
#include "calendar/rounds-appointment-row.h"
#include "calendar/rounds-calendar-event.h"
#include "forms/rounds-draft-journal.h"
#include "rounds-time.h"
#include "rounds-wall-time.h"
#include "today/rounds-follow-up-row.h"
#include "today/rounds-recent-row.h"
#include "today/rounds-today-page.h"
#include "test-loop.h"

static char *
make_date (int days)
{
  GDate day;

  rounds_calendar_get_today (&day);
  if (days >= 0)
    g_date_add_days (&day, (guint) days);
  else
    g_date_subtract_days (&day, (guint) -days);
  return rounds_calendar_format_date (&day, "%Y-%m-%d");
}

static RoundsRecord *
make_follow_up (AppFixture *fixture, RoundsRecord *person, const char *text, int days)
{
  RoundsRecord *record = rounds_record_new (ROUNDS_ENTITY_FOLLOW_UP);
  g_autofree char *due_on = make_date (days);

  rounds_record_set_uuid (record, ROUNDS_FOLLOW_UP_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (record, ROUNDS_FOLLOW_UP_TEXT, text);
  rounds_record_set_text (record, ROUNDS_FOLLOW_UP_DUE_ON, due_on);
  app_save (fixture, record);
  return record;
}

static void
make_appointment_in (AppFixture *fixture, RoundsRecord *person, const char *title, guint days, int hour,
                     const char *status)
{
  g_autoptr (RoundsRecord) record = rounds_record_new (ROUNDS_ENTITY_APPOINTMENT);
  g_autofree char *zone = rounds_zone_get_local ();
  GDate day;
  gint64 start;

  rounds_calendar_get_today (&day);
  g_date_add_days (&day, days);
  start = rounds_day_start (&day, zone) + hour * ROUNDS_HOUR;
  rounds_record_set_text (record, ROUNDS_APPOINTMENT_TITLE, title);
  rounds_record_set_uuid (record, ROUNDS_APPOINTMENT_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (record, ROUNDS_APPOINTMENT_LOCATION, "St. Mary’s, Ward 4");
  rounds_record_set_integer (record, ROUNDS_APPOINTMENT_START_AT, start);
  rounds_record_set_integer (record, ROUNDS_APPOINTMENT_END_AT, start + 30 * ROUNDS_MINUTE);
  rounds_record_set_text (record, ROUNDS_APPOINTMENT_TIME_ZONE, zone);
  rounds_record_set_text (record, ROUNDS_APPOINTMENT_STATUS, status);
  app_save (fixture, record);
}

static void
make_appointment (AppFixture *fixture, RoundsRecord *person, const char *title, int hour, const char *status)
{
  make_appointment_in (fixture, person, title, 0, hour, status);
}

static RoundsRecord *
make_interaction (RoundsRecord *person, const char *type, int days_ago, const char *notes)
{
  RoundsRecord *record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autofree char *name = rounds_record_get_title (person);

  rounds_record_set_uuid (record, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (record, ROUNDS_INTERACTION_HCP_NAME, name);
  rounds_record_set_text (record, ROUNDS_INTERACTION_INTERACTION_TYPE, type);
  rounds_record_set_integer (record, ROUNDS_INTERACTION_OCCURRED_AT, rounds_time_now () - days_ago * ROUNDS_DAY);
  rounds_record_set_text (record, ROUNDS_INTERACTION_NOTES, notes);
  return record;
}

static void
make_demo (AppFixture *fixture)
{
  g_autoptr (RoundsRecord) jason = app_add_person (fixture, "Jason", "Atkinson");
  g_autoptr (RoundsRecord) maria = app_add_person (fixture, "Maria", "Lindqvist");
  g_autoptr (RoundsRecord) late = make_follow_up (fixture, maria, "Send the dosing study", -2);
  g_autoptr (RoundsRecord) due = make_follow_up (fixture, jason, "Ask about the patient from Tuesday", 0);
  g_autoptr (RoundsRecord) later = make_follow_up (fixture, jason, "Not before next week", 7);
  g_autoptr (RoundsRecord) visit =
    make_interaction (jason, "Visit", 1, "Interested in the trial; wants the inclusion criteria by mail.");
  g_autoptr (RoundsRecord) call = make_interaction (maria, "Call", 2, "Short call, no time.");
  g_autoptr (RoundsRecord) begun = make_interaction (maria, "Visit", 0, "Talked about dosing in");
  g_autoptr (RoundsRecord) draft = rounds_record_new (ROUNDS_ENTITY_DRAFT);
  char id[ROUNDS_UUID_STRING_LENGTH + 1];
  g_autofree char *form = NULL;
  g_autofree char *body = rounds_draft_write (begun, NULL);

  make_appointment (fixture, jason, "Visit Jason Atkinson", 9, "completed");
  make_appointment (fixture, maria, "Lunch talk", 12, "confirmed");
  make_appointment (fixture, maria, "Visit Maria Lindqvist", 16, "scheduled");
  app_save (fixture, visit);
  app_save (fixture, call);
  rounds_uuid_format (rounds_record_get_id (begun), id);
  form = g_strconcat ("interaction:", id, NULL);
  rounds_record_set_text (draft, ROUNDS_DRAFT_FORM, form);
  rounds_record_set_text (draft, ROUNDS_DRAFT_BODY, body);
  app_save (fixture, draft);
}

static guint
count_rows (GtkWidget *root, GType type)
{
  guint n = 0;

  while (app_find_widget (root, type, n) != NULL)
    n++;
  return n;
}

static void
wait_for_rows (GtkWidget *root, GType type, guint n_rows)
{
  test_wait_while (count_rows (root, type) != n_rows);
}

static float
get_bar_place (GtkWidget *row, GtkWidget *page)
{
  GtkWidget *box = NULL;
  graphene_rect_t bounds;

  for (guint i = 0; (box = app_find_widget (row, GTK_TYPE_BOX, i)) != NULL; i++)
    if (gtk_widget_has_css_class (box, "rounds-event-bar"))
      break;
  g_assert_nonnull (box);
  g_assert_true (gtk_widget_compute_bounds (box, page, &bounds));
  return bounds.origin.x;
}

/* What is to be read of a day stands below each other, whatever the hour, and says what came of each. */
static void
assert_appointments (GtkWidget *page)
{
  GtkWidget *first = app_find_widget (page, ROUNDS_TYPE_APPOINTMENT_ROW, 0);

  for (guint i = 1; i < 3; i++)
    g_assert_cmpfloat (get_bar_place (app_find_widget (page, ROUNDS_TYPE_APPOINTMENT_ROW, i), page), ==,
                       get_bar_place (first, page));
  g_assert_true (app_tells (first, "Completed"));
}

static void
show_at (AppFixture *fixture, int width, int height, gboolean demo, const char *name)
{
  GtkWidget *page = rounds_today_page_new (fixture->context);
  GtkWidget *window = app_show (fixture, page, width, height);
  g_autofree char *picture = g_strdup_printf ("today-%s", name);

  wait_for_rows (page, ROUNDS_TYPE_APPOINTMENT_ROW, demo ? 3 : 0);
  wait_for_rows (page, ROUNDS_TYPE_FOLLOW_UP_ROW, demo ? 2 : 0);
  wait_for_rows (page, ROUNDS_TYPE_RECENT_ROW, demo ? 3 : 0);
  app_settle (fixture);
  g_assert_cmpint (gtk_widget_get_width (window), <=, width);
  if (demo)
    assert_appointments (page);
  app_take_picture (window, picture);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_empty (AppFixture *fixture, gconstpointer data)
{
  show_at (fixture, 1200, 800, FALSE, "empty-wide");
  show_at (fixture, 360, 640, FALSE, "empty-narrow");
}

static void
test_demo (AppFixture *fixture, gconstpointer data)
{
  make_demo (fixture);
  show_at (fixture, 1200, 800, TRUE, "wide");
  show_at (fixture, 360, 900, TRUE, "narrow");
  g_object_set (gtk_settings_get_default (), "gtk-font-name", "Adwaita Sans 16", NULL);
  show_at (fixture, 360, 900, TRUE, "large");
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-font-name");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  show_at (fixture, 1200, 800, TRUE, "dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

static void
test_check_off (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (fixture, "Jason", "Atkinson");
  g_autoptr (RoundsRecord) follow_up = make_follow_up (fixture, person, "Send the dosing study", -1);
  g_autoptr (RoundsRecord) done = NULL;
  g_autoptr (RoundsRecord) undone = NULL;
  GtkWidget *page = rounds_today_page_new (fixture->context);
  GtkWidget *window = app_show (fixture, page, 800, 600);

  wait_for_rows (page, ROUNDS_TYPE_FOLLOW_UP_ROW, 1);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (app_find_widget (page, GTK_TYPE_CHECK_BUTTON, 0)), TRUE);
  wait_for_rows (page, ROUNDS_TYPE_FOLLOW_UP_ROW, 0);
  done = app_get (fixture, ROUNDS_ENTITY_FOLLOW_UP, rounds_record_get_id (follow_up));
  g_assert_false (rounds_record_is_null (done, ROUNDS_FOLLOW_UP_DONE_AT));

  app_settle (fixture);
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  wait_for_rows (page, ROUNDS_TYPE_FOLLOW_UP_ROW, 1);
  undone = app_get (fixture, ROUNDS_ENTITY_FOLLOW_UP, rounds_record_get_id (follow_up));
  g_assert_true (rounds_record_is_null (undone, ROUNDS_FOLLOW_UP_DONE_AT));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_goes_on_with_draft (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *page, *window;

  make_demo (fixture);
  page = rounds_today_page_new (fixture->context);
  window = app_show (fixture, page, 800, 600);
  wait_for_rows (page, ROUNDS_TYPE_RECENT_ROW, 3);
  adw_action_row_activate (ADW_ACTION_ROW (app_find_widget (page, ROUNDS_TYPE_RECENT_ROW, 0)));
  g_assert_nonnull (fixture->created);
  g_assert_cmpstr (rounds_record_get_text (fixture->created, ROUNDS_INTERACTION_NOTES), ==, "Talked about dosing in");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* On a day without appointments the rep sees when the next one is, and gets to it. */
static void
test_next (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (fixture, "Jason", "Atkinson");
  g_autoptr (RoundsRecord) follow_up = make_follow_up (fixture, person, "Send the dosing study", 0);
  GtkWidget *page = rounds_today_page_new (fixture->context);
  GtkWidget *window = app_show (fixture, page, 800, 600);

  wait_for_rows (page, ROUNDS_TYPE_FOLLOW_UP_ROW, 1);
  app_settle (fixture);
  g_assert_false (app_tells (page, "Next:"));
  make_appointment_in (fixture, person, "Lunch talk", 3, 12, "scheduled");
  make_appointment_in (fixture, person, "Visit Jason Atkinson", 1, 9, "scheduled");
  make_appointment_in (fixture, person, "Not any more", 1, 8, "cancelled");
  test_wait_while (!app_tells (page, "Visit Jason Atkinson"));
  g_assert_true (app_tells (page, "Next: Tomorrow"));
  app_take_picture (window, "today-next");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What is on the page stays where it is, with the keyboard in it, when an appointment comes or a name changes. */
static void
test_rows_stay (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (fixture, "Jason", "Atkinson");
  g_autoptr (RoundsRecord) follow_up = make_follow_up (fixture, person, "Send the dosing study", 0);
  g_autoptr (RoundsRecord) visit = make_interaction (person, "Visit", 1, "Wants the criteria by mail.");
  GtkWidget *page = rounds_today_page_new (fixture->context);
  GtkWidget *window = app_show (fixture, page, 800, 600);
  g_autoptr (GtkWidget) second = NULL;
  g_autoptr (GtkWidget) due = NULL;
  g_autoptr (GtkWidget) recent = NULL;

  app_save (fixture, visit);
  make_appointment (fixture, person, "Second", 11, "scheduled");
  wait_for_rows (page, ROUNDS_TYPE_APPOINTMENT_ROW, 1);
  wait_for_rows (page, ROUNDS_TYPE_RECENT_ROW, 1);
  second = g_object_ref (app_find_widget (page, ROUNDS_TYPE_APPOINTMENT_ROW, 0));
  due = g_object_ref (app_find_widget (page, ROUNDS_TYPE_FOLLOW_UP_ROW, 0));
  recent = g_object_ref (app_find_widget (page, ROUNDS_TYPE_RECENT_ROW, 0));

  make_appointment (fixture, person, "Third", 15, "scheduled");
  make_appointment (fixture, person, "First", 8, "scheduled");
  wait_for_rows (page, ROUNDS_TYPE_APPOINTMENT_ROW, 3);
  g_assert_true (app_find_widget (page, ROUNDS_TYPE_APPOINTMENT_ROW, 1) == second);

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Atkinson-Berg");
  app_save (fixture, person);
  test_wait_while (!app_tells (due, "Jason Atkinson-Berg"));
  g_assert_true (app_tells (recent, "Jason Atkinson-Berg"));
  app_settle (fixture);
  g_assert_true (app_find_widget (page, ROUNDS_TYPE_FOLLOW_UP_ROW, 0) == due);
  g_assert_true (app_find_widget (page, ROUNDS_TYPE_RECENT_ROW, 0) == recent);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Behind another page it makes no rows, which a pull would make by the hundred; in front again it is up to date. */
static void
test_behind_another_page (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (fixture, "Jason", "Atkinson");
  g_autoptr (RoundsRecord) follow_up = make_follow_up (fixture, person, "Send the dosing study", 0);
  g_autoptr (RoundsRecord) later = NULL;
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *page = rounds_today_page_new (fixture->context);
  GtkWidget *window;

  gtk_stack_add_named (GTK_STACK (stack), page, "today");
  gtk_stack_add_named (GTK_STACK (stack), gtk_label_new ("other"), "other");
  window = app_show (fixture, stack, 800, 600);
  wait_for_rows (page, ROUNDS_TYPE_FOLLOW_UP_ROW, 1);

  gtk_stack_set_visible_child_name (GTK_STACK (stack), "other");
  later = make_follow_up (fixture, person, "Ask about the patient", 0);
  make_appointment (fixture, person, "Visit Jason Atkinson", 9, "scheduled");
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Berg");
  app_save (fixture, person);
  app_settle (fixture);
  g_assert_cmpuint (count_rows (page, ROUNDS_TYPE_FOLLOW_UP_ROW), ==, 1);
  g_assert_cmpuint (count_rows (page, ROUNDS_TYPE_APPOINTMENT_ROW), ==, 0);

  gtk_stack_set_visible_child_name (GTK_STACK (stack), "today");
  wait_for_rows (page, ROUNDS_TYPE_FOLLOW_UP_ROW, 2);
  wait_for_rows (page, ROUNDS_TYPE_APPOINTMENT_ROW, 1);
  g_assert_true (app_tells (app_find_widget (page, ROUNDS_TYPE_FOLLOW_UP_ROW, 0), "Jason Berg"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

#define ADD(name, func) \
  g_test_add ("/app/today/" name, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)
  ADD ("empty", test_empty);
  ADD ("demo", test_demo);
  ADD ("check-off", test_check_off);
  ADD ("goes-on-with-draft", test_goes_on_with_draft);
  ADD ("rows-stay", test_rows_stay);
  ADD ("behind-another-page", test_behind_another_page);
  ADD ("next", test_next);

  return g_test_run ();
}
