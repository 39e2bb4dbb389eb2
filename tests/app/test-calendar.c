/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, a rep does not see the day's appointments, is not reminded of one that was moved, or cannot plan any.
 */
#include "config.h"

#include "app-fixture.h"
#include "calendar/rounds-appointment-dialog.h"
#include "calendar/rounds-appointment-row.h"
#include "calendar/rounds-appointment-service.h"
#include "calendar/rounds-calendar-page.h"
#include "calendar/rounds-day-header.h"
#include "calendar/rounds-event-button.h"
#include "calendar/rounds-month-cell.h"
#include "calendar/rounds-time-row.h"
#include "forms/rounds-record-form.h"
#include "forms/rounds-reference-row.h"
#include "interactions/rounds-interaction-save.h"
#include "rounds-time.h"
#include "rounds-wall-time.h"
#include "test-loop.h"

/* days: from today. */
static gint64
make_instant (int days, int hour, int minute)
{
  g_autofree char *zone = rounds_zone_get_local ();
  RoundsWallTime wall = { 0 };
  RoundsResolvedTime resolved;
  GDate day;

  rounds_calendar_get_today (&day);
  if (days >= 0)
    g_date_add_days (&day, (guint) days);
  else
    g_date_subtract_days (&day, (guint) -days);
  rounds_wall_time_set_date (&wall, &day);
  wall.hour = hour;
  wall.minute = minute;
  g_assert_true (rounds_wall_time_resolve (&wall, zone, &resolved, NULL));
  return resolved.instant;
}

static RoundsRecord *
make_appointment (AppFixture *fixture, const char *title, gint64 start, int minutes, const char *status)
{
  RoundsRecord *record = rounds_record_new (ROUNDS_ENTITY_APPOINTMENT);
  g_autofree char *zone = rounds_zone_get_local ();

  rounds_record_set_text (record, ROUNDS_APPOINTMENT_TITLE, title);
  rounds_record_set_integer (record, ROUNDS_APPOINTMENT_START_AT, start);
  rounds_record_set_integer (record, ROUNDS_APPOINTMENT_END_AT, start + minutes * ROUNDS_MINUTE);
  rounds_record_set_text (record, ROUNDS_APPOINTMENT_TIME_ZONE, zone);
  rounds_record_set_text (record, ROUNDS_APPOINTMENT_STATUS, status);
  app_save (fixture, record);
  return record;
}

static void
make_demo (AppFixture *fixture)
{
  static const struct
  {
    int day, hour, minute, length;
    const char *title;
    const char *status;
  } demo[] = {
    { 0, 9, 0, 30, "Visit Jason Atkinson", "completed" },
    { 0, 10, 0, 45, "Visit Maria Lindqvist", "confirmed" },
    { 0, 10, 30, 60, "Lunch talk, cardiology ward", "scheduled" },
    { 0, 14, 0, 20, "Call Peter Okafor", "tentative" },
    { 0, 15, 30, 30, "Visit Anna de Vries", "cancelled" },
    { 0, 17, 0, 30, "Visit Tom Berg", "scheduled" },
    { 1, 9, 30, 60, "Visit Yusuf Aydın", "scheduled" },
    { 2, 11, 0, 30, "Virtual call Emma Rossi", "confirmed" },
    { -1, 13, 0, 30, "Visit Lucas Meyer", "no_show" },
    { -2, 8, 30, 30, "Visit Ines Fernández", "completed" },
    { -5, 16, 0, 90, "Advisory board", "completed" },
    { 6, 9, 0, 30, "Visit Jason Atkinson", "scheduled" },
    { 7, 10, 0, 30, "Visit Maria Lindqvist", "scheduled" },
    { 9, 15, 0, 30, "Visit Peter Okafor", "tentative" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (demo); i++)
    {
      g_autoptr (RoundsRecord) record =
        make_appointment (fixture, demo[i].title, make_instant (demo[i].day, demo[i].hour, demo[i].minute),
                          demo[i].length, demo[i].status);
    }
  {
    g_autoptr (RoundsRecord) congress = rounds_record_new (ROUNDS_ENTITY_APPOINTMENT);
    g_autofree char *zone = rounds_zone_get_local ();

    rounds_record_set_text (congress, ROUNDS_APPOINTMENT_TITLE, "Congress of Cardiology");
    rounds_record_set_integer (congress, ROUNDS_APPOINTMENT_START_AT, make_instant (1, 0, 0));
    rounds_record_set_integer (congress, ROUNDS_APPOINTMENT_END_AT, make_instant (4, 0, 0));
    rounds_record_set_integer (congress, ROUNDS_APPOINTMENT_ALL_DAY, TRUE);
    rounds_record_set_text (congress, ROUNDS_APPOINTMENT_TIME_ZONE, zone);
    app_save (fixture, congress);
  }
}

static GPtrArray *
list_reminders (AppFixture *fixture, const RoundsUuid *id)
{
  g_autoptr (RoundsQuery) query = rounds_appointment_reminders_query (id);

  return app_list (fixture, query);
}

static guint
count_events (GtkWidget *root)
{
  guint n = 0;

  while (app_find_widget (root, ROUNDS_TYPE_EVENT_BUTTON, n) != NULL)
    n++;
  return n;
}

typedef struct
{
  GtkWidget *root;
  guint n_events;
} Expected;

static gboolean
has_events (gpointer data)
{
  Expected *expected = data;

  return count_events (expected->root) == expected->n_events;
}

static void
wait_for_events (GtkWidget *root, guint n_events)
{
  app_wait_until (has_events, &(Expected) { root, n_events });
}

static void
show_at (AppFixture *fixture, int width, int height, const char *name)
{
  static const char *const views[] = { "month", "week" };

  for (guint i = 0; i < G_N_ELEMENTS (views); i++)
    {
      GtkWidget *page = rounds_calendar_page_new (fixture->context);
      GtkWidget *window;
      g_autofree char *picture = g_strdup_printf ("calendar-%s-%s", views[i], name);

      g_object_set (page, "view", views[i], NULL);
      window = app_show (fixture, page, width, height);
      /* What is too wide for a phone makes the window wider than it was told to be. */
      g_assert_cmpint (gtk_widget_get_width (window), <=, width);
      app_take_picture (window, picture);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

static void
test_empty (AppFixture *fixture, gconstpointer data)
{
  show_at (fixture, 1000, 700, "empty-wide");
  show_at (fixture, 360, 640, "empty-narrow");
}

static void
test_demo (AppFixture *fixture, gconstpointer data)
{
  make_demo (fixture);
  show_at (fixture, 1000, 700, "wide");
  show_at (fixture, 360, 640, "narrow");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  show_at (fixture, 1000, 700, "dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

/* An appointment that is saved while the page is open appears without being asked for. */
static void
test_follows (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *page = rounds_calendar_page_new (fixture->context);
  GtkWidget *window = app_show (fixture, page, 1000, 700);
  g_autoptr (RoundsRecord) record = NULL;

  g_assert_cmpuint (count_events (page), ==, 0);
  record = make_appointment (fixture, "Visit Jason Atkinson", make_instant (0, 10, 0), 30, "scheduled");
  wait_for_events (page, 1);

  /* Activating a button shows it pressed for a moment before it is clicked. */
  g_assert_true (gtk_widget_activate (app_find_widget (page, ROUNDS_TYPE_EVENT_BUTTON, 0)));
  test_wait_while (fixture->opened_entity < 0);
  g_assert_cmpint (fixture->opened_entity, ==, ROUNDS_ENTITY_APPOINTMENT);
  g_assert_true (rounds_uuid_equal (&fixture->opened, rounds_record_get_id (record)));

  /* Not in the month after the next one. */
  gtk_widget_activate_action (page, "calendar.next", NULL);
  gtk_widget_activate_action (page, "calendar.next", NULL);
  wait_for_events (page, 0);
  gtk_widget_activate_action (page, "calendar.today", NULL);
  wait_for_events (page, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
shows_more (gpointer data)
{
  Expected *expected = data;

  return count_events (expected->root) > expected->n_events;
}

/* A month has buttons for what there is room for, and rows for a list that is shown: a pull may bring hundreds. */
static void
test_many (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *page = rounds_calendar_page_new (fixture->context);
  GtkWidget *window = app_show (fixture, page, 1000, 700);
  guint n_small;

  for (int i = 0; i < 30; i++)
    {
      g_autoptr (RoundsRecord) record =
        make_appointment (fixture, "Visit", make_instant (0, i / 2, i % 2 * 30), 30, "scheduled");
    }
  app_wait_until (shows_more, &(Expected) { page, 0 });
  app_settle (fixture);
  n_small = count_events (page);
  g_assert_cmpuint (n_small, <, 10);
  g_assert_null (app_find_widget (page, ROUNDS_TYPE_APPOINTMENT_ROW, 0));

  /* All of them are said, and more are shown where there is room for more. */
  app_take_picture (window, "calendar-many");
  gtk_window_destroy (GTK_WINDOW (window));
  page = rounds_calendar_page_new (fixture->context);
  window = app_show (fixture, page, 1000, 1900);
  app_wait_until (shows_more, &(Expected) { page, n_small });
  gtk_window_destroy (GTK_WINDOW (window));

  page = rounds_calendar_page_new (fixture->context);
  window = app_show (fixture, page, 360, 640);
  test_wait_while (app_find_widget (page, ROUNDS_TYPE_APPOINTMENT_ROW, 29) == NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Behind another page it draws nothing; in front again it is up to date. */
static void
test_behind_another_page (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *page = rounds_calendar_page_new (fixture->context);
  g_autoptr (RoundsRecord) record = NULL;
  GtkWidget *window;

  gtk_stack_add_named (GTK_STACK (stack), page, "calendar");
  gtk_stack_add_named (GTK_STACK (stack), gtk_label_new ("other"), "other");
  window = app_show (fixture, stack, 1000, 700);
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "other");
  record = make_appointment (fixture, "Visit", make_instant (0, 10, 0), 30, "scheduled");
  app_settle (fixture);
  g_assert_cmpuint (count_events (page), ==, 0);
  gtk_stack_set_visible_child_name (GTK_STACK (stack), "calendar");
  wait_for_events (page, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_new_on_day (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *page = rounds_calendar_page_new (fixture->context);
  GtkWidget *window = app_show (fixture, page, 1000, 700);

  gtk_widget_activate_action (page, "calendar.move", "i", 7);
  gtk_widget_activate_action (page, "page.new", NULL);
  g_assert_nonnull (fixture->created);
  g_assert_cmpint (rounds_record_get_integer (fixture->created, ROUNDS_APPOINTMENT_START_AT), ==,
                   make_instant (7, 9, 0));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
save (AppFixture *fixture, RoundsRecord *record, RoundsRecord *before, int offset)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rounds_appointment_save_async (fixture->store, record, before, offset, NULL, test_keep_result_cb, &result);
  rounds_appointment_save_finish (fixture->store, test_wait_for_result (&result), &error);
  g_assert_no_error (error);
}

/* Theirs begins later than mine ends: each is right, both together are not. What the form shows stays whole, and the
 * other is kept to choose from. */
static void
test_wrong_together (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) before =
    make_appointment (fixture, "Visit Jason Atkinson", make_instant (3, 10, 0), 30, "scheduled");
  g_autoptr (RoundsRecord) theirs = rounds_record_dup (before);
  g_autoptr (RoundsRecord) mine = rounds_record_dup (before);
  g_autoptr (RoundsRecord) after = NULL;
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_CONFLICT);
  g_autoptr (GPtrArray) conflicts = NULL;

  rounds_record_set_integer (theirs, ROUNDS_APPOINTMENT_START_AT, make_instant (3, 10, 20));
  rounds_record_set_text (theirs, ROUNDS_APPOINTMENT_LOCATION, "Ward 4");
  app_pull (fixture, theirs);
  rounds_record_set_integer (mine, ROUNDS_APPOINTMENT_END_AT, make_instant (3, 10, 15));
  save (fixture, mine, before, 0);

  after = app_get (fixture, ROUNDS_ENTITY_APPOINTMENT, rounds_record_get_id (before));
  g_assert_cmpint (rounds_record_get_integer (after, ROUNDS_APPOINTMENT_START_AT), ==, make_instant (3, 10, 0));
  g_assert_cmpint (rounds_record_get_integer (after, ROUNDS_APPOINTMENT_END_AT), ==, make_instant (3, 10, 15));
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_APPOINTMENT_LOCATION), ==, "Ward 4");
  conflicts = app_list (fixture, query);
  g_assert_cmpuint (conflicts->len, ==, 1);
}

static RoundsRecord *
find_only_appointment (AppFixture *fixture)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_APPOINTMENT);
  g_autoptr (GPtrArray) found = app_list (fixture, query);

  g_assert_cmpuint (found->len, ==, 1);
  return g_object_ref (g_ptr_array_index (found, 0));
}

static void
test_dialog_saves (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (fixture, "Jason", "Atkinson");
  g_autoptr (RoundsRecord) prefilled = rounds_record_new (ROUNDS_ENTITY_APPOINTMENT);
  g_autoptr (RoundsRecord) saved = NULL;
  g_autoptr (GPtrArray) reminders = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  GtkWidget *window = app_show (fixture, gtk_label_new (NULL), 600, 800);
  GtkWidget *dialog;

  rounds_record_set_uuid (prefilled, ROUNDS_APPOINTMENT_PERSON, rounds_record_get_id (person));
  rounds_record_set_integer (prefilled, ROUNDS_APPOINTMENT_START_AT, make_instant (7, 9, 0));
  rounds_appointment_dialog_present (window, fixture->context, prefilled);
  app_settle (fixture);
  dialog = app_find_widget (window, ROUNDS_TYPE_APPOINTMENT_DIALOG, 0);
  g_assert_nonnull (dialog);
  app_take_picture (window, "appointment-new");
  g_assert_true (gtk_widget_activate_action (dialog, "appointment.save", NULL));
  test_wait_while (fixture->last_toast == NULL);

  saved = find_only_appointment (fixture);
  g_assert_cmpstr (rounds_record_get_text (saved, ROUNDS_APPOINTMENT_TITLE), ==, "Visit Jason Atkinson");
  g_assert_cmpint (rounds_record_get_integer (saved, ROUNDS_APPOINTMENT_START_AT), ==, make_instant (7, 9, 0));
  reminders = list_reminders (fixture, rounds_record_get_id (saved));
  g_assert_cmpuint (reminders->len, ==, 1);
  g_assert_cmpint (rounds_record_get_integer (g_ptr_array_index (reminders, 0), ROUNDS_REMINDER_DUE_AT), ==,
                   make_instant (7, 8, 30));

  /* One group: on the server both or none. */
  changes = rounds_record_store_list_outbox (rounds_store_get_reader (fixture->store), 0, 100, NULL);
  g_assert_cmpuint (changes->len, ==, 3);
  g_assert_true (rounds_uuid_equal (&((RoundsChange *) g_ptr_array_index (changes, 1))->group,
                                    &((RoundsChange *) g_ptr_array_index (changes, 2))->group));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_dialog_moves (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) record =
    make_appointment (fixture, "Visit Jason Atkinson", make_instant (3, 10, 0), 30, "scheduled");
  g_autoptr (RoundsRecord) moved = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  GtkWidget *window = app_show (fixture, gtk_label_new (NULL), 360, 640);
  GtkWidget *dialog;

  rounds_record_set_text (record, ROUNDS_APPOINTMENT_LOCATION, "Ward 4");
  save (fixture, record, NULL, 60);
  before = list_reminders (fixture, rounds_record_get_id (record));
  g_assert_cmpuint (before->len, ==, 1);

  rounds_appointment_dialog_present (window, fixture->context, record);
  app_settle (fixture);
  dialog = app_find_widget (window, ROUNDS_TYPE_APPOINTMENT_DIALOG, 0);
  app_take_picture (window, "appointment-edit-narrow");
  /* The end follows the start. */
  gtk_editable_set_text (GTK_EDITABLE (app_find_widget (dialog, ROUNDS_TYPE_TIME_ROW, 0)), "14:15");
  g_assert_true (gtk_widget_activate_action (dialog, "appointment.save", NULL));
  test_wait_while (fixture->last_toast == NULL);

  moved = app_get (fixture, ROUNDS_ENTITY_APPOINTMENT, rounds_record_get_id (record));
  g_assert_cmpint (rounds_record_get_integer (moved, ROUNDS_APPOINTMENT_START_AT), ==, make_instant (3, 14, 15));
  g_assert_cmpint (rounds_record_get_integer (moved, ROUNDS_APPOINTMENT_END_AT), ==, make_instant (3, 14, 45));
  after = list_reminders (fixture, rounds_record_get_id (record));
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpint (rounds_record_get_integer (g_ptr_array_index (after, 0), ROUNDS_REMINDER_DUE_AT), ==,
                   make_instant (3, 13, 15));
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_deleted (gpointer data)
{
  AppFixture *fixture = data;

  return fixture->last_toast != NULL && adw_toast_get_button_label (fixture->last_toast) != NULL;
}

static void
test_delete_and_undo (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) record =
    make_appointment (fixture, "Visit Jason Atkinson", make_instant (3, 10, 0), 30, "scheduled");
  g_autoptr (RoundsRecord) deleted = NULL;
  g_autoptr (RoundsRecord) restored = NULL;
  g_autoptr (GPtrArray) off = NULL;
  g_autoptr (GPtrArray) on = NULL;
  GtkWidget *window = app_show (fixture, gtk_label_new (NULL), 600, 800);

  save (fixture, record, NULL, 60);
  rounds_appointment_dialog_present (window, fixture->context, record);
  gtk_widget_activate_action (app_find_widget (window, ROUNDS_TYPE_APPOINTMENT_DIALOG, 0), "appointment.delete", NULL);
  app_wait_until (is_deleted, fixture);
  deleted = app_get (fixture, ROUNDS_ENTITY_APPOINTMENT, rounds_record_get_id (record));
  g_assert_true (rounds_record_is_deleted (deleted));
  off = list_reminders (fixture, rounds_record_get_id (record));
  g_assert_cmpstr (rounds_record_get_text (g_ptr_array_index (off, 0), ROUNDS_REMINDER_STATE), ==, "dismissed");

  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  restored = app_get (fixture, ROUNDS_ENTITY_APPOINTMENT, rounds_record_get_id (record));
  g_assert_false (rounds_record_is_deleted (restored));
  on = list_reminders (fixture, rounds_record_get_id (record));
  g_assert_cmpstr (rounds_record_get_text (g_ptr_array_index (on, 0), ROUNDS_REMINDER_STATE), ==, "pending");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
clashes_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GPtrArray **) data = rounds_appointment_find_clashes_finish (ROUNDS_STORE (source), result, NULL);
}

static gboolean
is_there (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static void
test_clash (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) first =
    make_appointment (fixture, "Visit Maria Lindqvist", make_instant (3, 10, 0), 60, "scheduled");
  g_autoptr (RoundsRecord) touching =
    make_appointment (fixture, "Visit Tom Berg", make_instant (3, 11, 0), 60, "scheduled");
  g_autoptr (RoundsRecord) cancelled =
    make_appointment (fixture, "Visit Anna de Vries", make_instant (3, 10, 0), 60, "cancelled");
  g_autoptr (RoundsRecord) record = rounds_record_new (ROUNDS_ENTITY_APPOINTMENT);
  g_autoptr (GPtrArray) clashes = NULL;
  GtkWidget *window = app_show (fixture, gtk_label_new (NULL), 600, 800);

  rounds_record_set_text (record, ROUNDS_APPOINTMENT_TITLE, "Visit Jason Atkinson");
  rounds_record_set_integer (record, ROUNDS_APPOINTMENT_START_AT, make_instant (3, 10, 30));
  rounds_record_set_integer (record, ROUNDS_APPOINTMENT_END_AT, make_instant (3, 11, 0));
  rounds_appointment_find_clashes_async (fixture->store, record, NULL, clashes_cb, &clashes);
  app_wait_until (is_there, &clashes);
  g_assert_cmpuint (clashes->len, ==, 1);
  g_assert_true (
    rounds_uuid_equal (rounds_record_get_id (g_ptr_array_index (clashes, 0)), rounds_record_get_id (first)));

  /* It is told, and can be saved all the same. */
  rounds_appointment_dialog_present (window, fixture->context, record);
  app_settle (fixture);
  app_take_picture (window, "appointment-clash");
  g_assert_true (
    gtk_widget_activate_action (app_find_widget (window, ROUNDS_TYPE_APPOINTMENT_DIALOG, 0), "appointment.save", NULL));
  test_wait_while (fixture->last_toast == NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_draft (gpointer data)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_DRAFT);
  g_autoptr (GPtrArray) drafts = app_list (data, query);

  return drafts->len > 0;
}

/* What was typed is in the store without having been saved, and back when the dialog is opened again. */
static void
test_draft (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) record =
    make_appointment (fixture, "Visit Jason Atkinson", make_instant (3, 10, 0), 30, "scheduled");
  g_autoptr (RoundsRecord) discarded = NULL;
  GtkWidget *window = app_show (fixture, gtk_label_new (NULL), 600, 800);
  GtkWidget *dialog;

  rounds_appointment_dialog_present (window, fixture->context, record);
  dialog = app_find_widget (window, ROUNDS_TYPE_APPOINTMENT_DIALOG, 0);
  gtk_editable_set_text (GTK_EDITABLE (app_find_widget (dialog, ROUNDS_TYPE_TIME_ROW, 0)), "16:15");
  app_wait_until (has_draft, fixture);
  /* As after a kill: the window is gone, and nobody has closed the dialog. */
  gtk_window_destroy (GTK_WINDOW (window));
  app_settle (fixture);

  window = app_show (fixture, gtk_label_new (NULL), 600, 800);
  rounds_appointment_dialog_present (window, fixture->context, record);
  app_settle (fixture);
  dialog = app_find_widget (window, ROUNDS_TYPE_APPOINTMENT_DIALOG, 0);
  app_take_picture (window, "appointment-restored");
  gtk_widget_activate_action (dialog, "appointment.save", NULL);
  test_wait_while (fixture->last_toast == NULL);
  discarded = app_get (fixture, ROUNDS_ENTITY_APPOINTMENT, rounds_record_get_id (record));
  g_assert_cmpint (rounds_record_get_integer (discarded, ROUNDS_APPOINTMENT_START_AT), ==, make_instant (3, 16, 15));
  app_settle (fixture);
  g_assert_false (has_draft (fixture));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A colleague's change that comes in while the dialog is open is not written over. */
static void
test_rebase (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) record =
    make_appointment (fixture, "Visit Jason Atkinson", make_instant (3, 10, 0), 30, "scheduled");
  g_autoptr (RoundsRecord) theirs = app_get (fixture, ROUNDS_ENTITY_APPOINTMENT, rounds_record_get_id (record));
  g_autoptr (RoundsRecord) both = NULL;
  GtkWidget *window = app_show (fixture, gtk_label_new (NULL), 600, 800);
  GtkWidget *dialog;

  rounds_appointment_dialog_present (window, fixture->context, record);
  app_settle (fixture);
  rounds_record_set_text (theirs, ROUNDS_APPOINTMENT_LOCATION, "Ward 9");
  app_save (fixture, theirs);
  dialog = app_find_widget (window, ROUNDS_TYPE_APPOINTMENT_DIALOG, 0);
  gtk_editable_set_text (GTK_EDITABLE (app_find_widget (dialog, ROUNDS_TYPE_TIME_ROW, 0)), "11:00");
  gtk_widget_activate_action (dialog, "appointment.save", NULL);
  test_wait_while (fixture->last_toast == NULL);

  both = app_get (fixture, ROUNDS_ENTITY_APPOINTMENT, rounds_record_get_id (record));
  g_assert_cmpstr (rounds_record_get_text (both, ROUNDS_APPOINTMENT_LOCATION), ==, "Ward 9");
  g_assert_cmpint (rounds_record_get_integer (both, ROUNDS_APPOINTMENT_START_AT), ==, make_instant (3, 11, 0));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* "Log This Visit": what is saved of it completes the appointment; Undo takes that back, too. */
static void
test_logged (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (fixture, "Jason", "Atkinson");
  g_autoptr (RoundsRecord) record =
    make_appointment (fixture, "Visit Jason Atkinson", make_instant (3, 10, 0), 30, "scheduled");
  g_autoptr (RoundsRecord) completed = NULL;
  g_autoptr (RoundsRecord) undone = NULL;
  g_autoptr (GPtrArray) off = NULL;
  g_autoptr (GPtrArray) on = NULL;
  GtkWidget *window = app_show (fixture, gtk_label_new (NULL), 600, 800);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rounds_record_set_uuid (record, ROUNDS_APPOINTMENT_PERSON, rounds_record_get_id (person));
  save (fixture, record, NULL, 60);
  rounds_appointment_dialog_present (window, fixture->context, record);
  gtk_widget_activate_action (app_find_widget (window, ROUNDS_TYPE_APPOINTMENT_DIALOG, 0), "appointment.log", NULL);
  g_assert_nonnull (fixture->created);
  g_assert_cmpint (rounds_record_get_entity (fixture->created), ==, ROUNDS_ENTITY_INTERACTION);
  g_assert_cmpstr (rounds_record_get_text (fixture->created, ROUNDS_INTERACTION_HCP_NAME), ==, "Jason Atkinson");
  g_assert_cmpint (rounds_record_get_integer (fixture->created, ROUNDS_INTERACTION_OCCURRED_AT), <=,
                   rounds_time_now ());

  rounds_interaction_save_async (fixture->context, fixture->created, NULL, NULL, NULL, test_keep_result_cb, &result);
  rounds_interaction_save_finish (fixture->context, test_wait_for_result (&result), &error);
  g_assert_no_error (error);
  completed = app_get (fixture, ROUNDS_ENTITY_APPOINTMENT, rounds_record_get_id (record));
  off = list_reminders (fixture, rounds_record_get_id (record));
  g_assert_cmpstr (rounds_record_get_text (completed, ROUNDS_APPOINTMENT_STATUS), ==, "completed");
  g_assert_cmpstr (rounds_record_get_text (g_ptr_array_index (off, 0), ROUNDS_REMINDER_STATE), ==, "dismissed");

  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  undone = app_get (fixture, ROUNDS_ENTITY_APPOINTMENT, rounds_record_get_id (record));
  on = list_reminders (fixture, rounds_record_get_id (record));
  g_assert_cmpstr (rounds_record_get_text (undone, ROUNDS_APPOINTMENT_STATUS), ==, "scheduled");
  g_assert_cmpstr (rounds_record_get_text (g_ptr_array_index (on, 0), ROUNDS_REMINDER_STATE), ==, "pending");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_keyboard (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *page = rounds_calendar_page_new (fixture->context);
  GtkWidget *window = app_show (fixture, page, 1000, 700);
  GtkWidget *focus;
  GDate today;

  rounds_calendar_get_today (&today);
  gtk_widget_grab_focus (page);
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (ROUNDS_IS_MONTH_CELL (focus));
  g_assert_cmpint (g_date_compare (rounds_month_cell_get_day (ROUNDS_MONTH_CELL (focus)), &today), ==, 0);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_ROLE_GRID_CELL);
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_LABEL));

  /* The focus goes with the day, also into the next month. */
  gtk_widget_activate_action (focus, "calendar.move", "i", 35);
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_date_add_days (&today, 35);
  g_assert_true (ROUNDS_IS_MONTH_CELL (focus));
  g_assert_cmpint (g_date_compare (rounds_month_cell_get_day (ROUNDS_MONTH_CELL (focus)), &today), ==, 0);

  /* The week keeps the day. */
  gtk_widget_activate_action (page, "calendar.show-week", NULL);
  gtk_widget_grab_focus (page);
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (ROUNDS_IS_DAY_HEADER (focus));
  g_assert_cmpint (g_date_compare (rounds_day_header_get_day (ROUNDS_DAY_HEADER (focus)), &today), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

#define ADD(name, func) \
  g_test_add ("/app/calendar/" name, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)
  ADD ("empty", test_empty);
  ADD ("demo", test_demo);
  ADD ("follows", test_follows);
  ADD ("many", test_many);
  ADD ("behind-another-page", test_behind_another_page);
  ADD ("new-on-day", test_new_on_day);
  ADD ("dialog-saves", test_dialog_saves);
  ADD ("dialog-moves", test_dialog_moves);
  ADD ("delete-and-undo", test_delete_and_undo);
  ADD ("clash", test_clash);
  ADD ("draft", test_draft);
  ADD ("rebase", test_rebase);
  ADD ("wrong-together", test_wrong_together);
  ADD ("logged", test_logged);
  ADD ("keyboard", test_keyboard);

  return g_test_run ();
}
