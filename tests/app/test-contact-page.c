/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If these fail, a rep opens somebody's page and misses what happened with them, or changes something there and it is
 * not what they meant, or cannot be taken back.
 */

#include "config.h"

#include "contacts-fixture.h"
#include "contacts/rounds-contact-offers.h"
#include "contacts/rounds-contact-roles.h"
#include "contacts/rounds-part-dialog.h"
#include "contacts/rounds-timeline-row.h"
#include "contacts/rounds-timeline-words.h"
#include "contacts/rounds-timeline.h"
#include "forms/rounds-date-row.h"
#include "forms/rounds-record-form.h"
#include "forms/rounds-reference-row.h"
#include "rounds-time.h"
#include "test-loop.h"

static RoundsRecord *
make_interaction (RoundsRecord *person, gint64 at)
{
  RoundsRecord *record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_uuid (record, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (record, ROUNDS_INTERACTION_HCP_NAME, "Wei Chen");
  rounds_record_set_integer (record, ROUNDS_INTERACTION_OCCURRED_AT, at);
  rounds_record_set_text (record, ROUNDS_INTERACTION_NOTES, "Asked about dosing at night, and wants the paper.");
  return record;
}

static RoundsRecord *
make_appointment (RoundsRecord *person, gint64 at)
{
  RoundsRecord *record = rounds_record_new (ROUNDS_ENTITY_APPOINTMENT);

  rounds_record_set_uuid (record, ROUNDS_APPOINTMENT_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (record, ROUNDS_APPOINTMENT_TITLE, "Visit");
  rounds_record_set_text (record, ROUNDS_APPOINTMENT_TIME_ZONE, "UTC");
  rounds_record_set_integer (record, ROUNDS_APPOINTMENT_START_AT, at);
  rounds_record_set_integer (record, ROUNDS_APPOINTMENT_END_AT, at + ROUNDS_HOUR);
  return record;
}

/* --- The model --- */

static gboolean
has_loaded (gpointer data)
{
  return !rounds_timeline_is_loading (data);
}

static void
load (RoundsTimeline *timeline)
{
  app_wait_until (has_loaded, timeline);
}

static gint64
get_time (RoundsTimeline *timeline, guint position)
{
  g_autoptr (RoundsTimelineEntry) entry = g_list_model_get_item (G_LIST_MODEL (timeline), position);

  return entry->mark.at;
}

static gboolean
has_new_head (gpointer data)
{
  return get_time (data, 0) == 900 * ROUNDS_HOUR;
}

static void
arrived_cb (RoundsTimeline *timeline, guint position, gpointer data)
{
  *(guint *) data = position;
}

static gboolean
has_arrived (gpointer data)
{
  return *(guint *) data != G_MAXUINT;
}

/* 90 visits and 40 appointments, also at the same moment: each is there once, in order, page by page. */
static void
test_timeline (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Wei", "Chen", "Oncology", "Boston");
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = rounds_uuid_set_new ();
  g_autoptr (RoundsTimeline) timeline = NULL;
  g_autoptr (RoundsRecord) newest = NULL;
  guint position = G_MAXUINT, start, end;

  for (int i = 0; i < 90; i++)
    g_ptr_array_add (records, make_interaction (person, (i / 3) * ROUNDS_HOUR));
  for (int i = 0; i < 40; i++)
    g_ptr_array_add (records, make_appointment (person, i * 2 * ROUNDS_HOUR));
  save_records (fixture, records);

  timeline = rounds_timeline_new (fixture->store, rounds_record_get_id (person),
                                  ROUNDS_TIMELINE_INTERACTIONS | ROUNDS_TIMELINE_APPOINTMENTS);
  load (timeline);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), <, 60);
  while (!rounds_timeline_is_complete (timeline))
    {
      rounds_timeline_load_more (timeline);
      load (timeline);
    }
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), ==, 130);
  for (guint i = 0; i < 130; i++)
    {
      g_autoptr (RoundsTimelineEntry) entry = g_list_model_get_item (G_LIST_MODEL (timeline), i);

      g_assert_true (i == 0 || entry->mark.at <= get_time (timeline, i - 1));
      g_assert_true (rounds_uuid_set_add (seen, rounds_record_get_id (entry->record)));
    }

  /* (The tests' zone is UTC.) 78 hours: of the last day, hours 72, 74, 76 and 78. */
  gtk_section_model_get_section (GTK_SECTION_MODEL (timeline), 2, &start, &end);
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, 4);

  newest = make_interaction (person, 900 * ROUNDS_HOUR);
  app_save (fixture, newest);
  app_wait_until (has_new_head, timeline);

  /* What was being read for another question is dropped. */
  rounds_timeline_set_kinds (timeline, ROUNDS_TIMELINE_APPOINTMENTS);
  rounds_timeline_set_kinds (timeline, ROUNDS_TIMELINE_INTERACTIONS);
  load (timeline);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (timeline)), <, 60);
  g_signal_connect (timeline, "arrived", G_CALLBACK (arrived_cb), &position);
  rounds_timeline_go_to (timeline, 2 * ROUNDS_HOUR);
  app_wait_until (has_arrived, &position);
  g_assert_cmpint (get_time (timeline, position), ==, 2 * ROUNDS_HOUR);
  g_assert_cmpint (get_time (timeline, position - 1), ==, 3 * ROUNDS_HOUR);
}

/* --- The page --- */

static GtkWidget *
find_row (GtkWidget *root, const char *title)
{
  return find_child (root, ADW_TYPE_PREFERENCES_ROW, title);
}

static RoundsRecord *
make_of (RoundsRecord *person, RoundsEntity entity, guint field)
{
  RoundsRecord *record = rounds_record_new (entity);

  rounds_record_set_uuid (record, field, rounds_record_get_id (person));
  return record;
}

/* A lead becomes a patient on the same page, once, and back again. */
static void
test_convert_and_undo (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) lead = make_of (person, ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_PATIENT_LEAD_PERSON);
  g_autoptr (RoundsRecord) role = make_of (person, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON);
  g_autoptr (RoundsRecord) now = NULL;
  GtkWidget *view, *window;

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Berg");
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, "lead");
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_VALID_FROM, "2026-01-05");
  app_save (fixture, person);
  app_save (fixture, lead);
  app_save (fixture, role);
  window = show_contact (fixture, person, 900, &view);
  app_take_picture (window, "contact-lead");
  gtk_widget_activate (find_row (view, "Convert to Patient"));
  test_wait_while (fixture->last_toast == NULL);
  app_settle (fixture);
  now = app_get (fixture, ROUNDS_ENTITY_PATIENT_LEAD, rounds_record_get_id (lead));
  g_assert_cmpstr (rounds_record_get_text (now, ROUNDS_PATIENT_LEAD_STATUS), ==, "converted");
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PATIENT), ==, 1);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PERSON), ==, 1);
  g_assert_null (find_row (view, "Convert to Patient"));
  app_take_picture (window, "contact-converted");

  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PATIENT), ==, 0);
  g_clear_object (&now);
  now = app_get (fixture, ROUNDS_ENTITY_PATIENT_LEAD, rounds_record_get_id (lead));
  g_assert_cmpstr (rounds_record_get_text (now, ROUNDS_PATIENT_LEAD_STATUS), ==, "new");
  g_clear_object (&now);
  now = app_get (fixture, ROUNDS_ENTITY_PERSON_ROLE, rounds_record_get_id (role));
  g_assert_null (rounds_record_get_text (now, ROUNDS_PERSON_ROLE_VALID_TO));
  g_assert_nonnull (find_row (view, "Convert to Patient"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, label);
  return found;
}

/* What is offered for a name comes when it is known that nothing has it; whether its list is on the screen depends on
 * the desktop's focus. */
static gboolean
offers_creation (gpointer dialog)
{
  GtkWidget *button = find_button (dialog, "Create “St Anna Hospital”");

  return button != NULL && gtk_widget_get_visible (button);
}

static RoundsPartDialog *
present (AppFixture *fixture, GtkWidget *window, RoundsRecord *record)
{
  RoundsPartDialog *dialog = rounds_part_dialog_new (fixture->context, record);

  adw_dialog_present (ADW_DIALOG (dialog), window);
  app_settle (fixture);
  return dialog;
}

/* A hospital that nobody has heard of is made on the way, and is the primary one instead of another; with one Undo. */
static void
test_new_work_place (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Wei", "Chen", "Oncology", "Boston");
  g_autoptr (RoundsRecord) clinic = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);
  g_autoptr (RoundsRecord) old = make_of (person, ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON);
  g_autoptr (RoundsRecord) added = make_of (person, ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON);
  g_autoptr (RoundsRecord) now = NULL;
  GtkWidget *view, *window;
  RoundsPartDialog *dialog;

  rounds_record_set_text (clinic, ROUNDS_ORGANISATION_NAME, "Harbour Clinic");
  app_save (fixture, clinic);
  rounds_record_set_uuid (old, ROUNDS_AFFILIATION_ORGANISATION, rounds_record_get_id (clinic));
  rounds_record_set_integer (old, ROUNDS_AFFILIATION_IS_PRIMARY, TRUE);
  app_save (fixture, old);
  window = show_contact (fixture, person, 500, &view);
  dialog = present (fixture, window, added);
  gtk_editable_set_text (GTK_EDITABLE (find_row (GTK_WIDGET (dialog), "Organization")), "St Anna Hospital");
  adw_switch_row_set_active (ADW_SWITCH_ROW (find_row (GTK_WIDGET (dialog), "Primary")), TRUE);
  app_wait_until (offers_creation, dialog);
  app_take_picture (window, "contact-new-work-place");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "part.save", NULL);
  test_wait_while (fixture->last_toast == NULL);
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_ORGANISATION), ==, 2);
  now = app_get (fixture, ROUNDS_ENTITY_AFFILIATION, rounds_record_get_id (old));
  g_assert_false (rounds_record_get_boolean (now, ROUNDS_AFFILIATION_IS_PRIMARY));
  g_assert_nonnull (find_row (view, "St Anna Hospital"));

  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_ORGANISATION), ==, 1);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_AFFILIATION), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Where a physician works now is read before where they once did, whichever was entered first. */
static void
test_over_is_last (AppFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *until;
  } places[] = { { "St Anna Hospital", "2021-04-01" }, { "Harbour Clinic", NULL } };
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Wei", "Chen", "Oncology", "Boston");
  GtkWidget *view, *window, *now, *once;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (RoundsRecord) organisation = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);
      g_autoptr (RoundsRecord) place = make_of (person, ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON);

      rounds_record_set_text (organisation, ROUNDS_ORGANISATION_NAME, places[i].name);
      app_save (fixture, organisation);
      rounds_record_set_uuid (place, ROUNDS_AFFILIATION_ORGANISATION, rounds_record_get_id (organisation));
      rounds_record_set_text (place, ROUNDS_AFFILIATION_VALID_TO, places[i].until);
      app_save (fixture, place);
    }
  window = show_contact (fixture, person, 500, &view);
  now = find_row (view, "Harbour Clinic");
  once = find_row (view, "St Anna Hospital");
  g_assert_cmpint (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (now)), <,
                   gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (once)));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The same role twice is told at the field; and what was entered comes back with the next dialog. */
static void
test_role_twice (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Wei", "Chen", "Oncology", "Boston");
  g_autoptr (RoundsRecord) role = make_of (person, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON);
  g_autoptr (RoundsRecord) other = make_of (person, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON);
  GtkWidget *window = app_show (fixture, gtk_label_new (NULL), 500, 600);
  RoundsPartDialog *dialog;
  g_autofree char *from = NULL;
  GtkWidget *until;

  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, "physician");
  dialog = present (fixture, window, role);
  gtk_editable_set_text (GTK_EDITABLE (find_row (GTK_WIDGET (dialog), "Start date")), "2026-02-03");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "part.save", NULL);
  app_settle (fixture);
  app_take_picture (window, "contact-role-twice");
  g_assert_true (app_tells (GTK_WIDGET (dialog), "has this role at that time already"));
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PERSON_ROLE), ==, 1);
  adw_dialog_close (ADW_DIALOG (dialog));
  app_settle (fixture);

  dialog = present (fixture, window, other);
  until = find_row (GTK_WIDGET (dialog), "Start date");
  g_assert_true (ROUNDS_IS_DATE_ROW (until));
  from = rounds_date_row_dup_date (ROUNDS_DATE_ROW (until));
  g_assert_cmpstr (from, ==, "2026-02-03");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Checked off where it stands, and opened again with Undo. */
static void
test_follow_up (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Wei", "Chen", "Oncology", "Boston");
  g_autoptr (RoundsRecord) follow_up = make_of (person, ROUNDS_ENTITY_FOLLOW_UP, ROUNDS_FOLLOW_UP_PERSON);
  g_autoptr (RoundsRecord) now = NULL;
  GtkWidget *view, *window;

  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_DUE_ON, "2030-01-01");
  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_TEXT, "Send the paper");
  app_save (fixture, follow_up);
  window = show_contact (fixture, person, 500, &view);
  rounds_timeline_row_toggle (ROUNDS_TIMELINE_ROW (find_child (view, ROUNDS_TYPE_TIMELINE_ROW, NULL)));
  test_wait_while (fixture->last_toast == NULL);
  now = app_get (fixture, ROUNDS_ENTITY_FOLLOW_UP, rounds_record_get_id (follow_up));
  g_assert_false (rounds_record_is_null (now, ROUNDS_FOLLOW_UP_DONE_AT));
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  g_clear_object (&now);
  now = app_get (fixture, ROUNDS_ENTITY_FOLLOW_UP, rounds_record_get_id (follow_up));
  g_assert_true (rounds_record_is_null (now, ROUNDS_FOLLOW_UP_DONE_AT));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Everything on one page, narrow and wide, and an edit in words. */
static void
test_full_page (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Wei", "Chen", "Oncology", "Boston");
  g_autoptr (RoundsRecord) role = make_of (person, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON);
  g_autoptr (RoundsRecord) consent = make_of (person, ROUNDS_ENTITY_CONSENT, ROUNDS_CONSENT_PERSON);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  static const int widths[] = { 360, 900 };
  gint64 now = rounds_time_now ();

  for (int i = 0; i < 40; i++)
    g_ptr_array_add (records, make_interaction (person, now - i * 9 * ROUNDS_DAY));
  g_ptr_array_add (records, make_appointment (person, now + ROUNDS_DAY));
  save_records (fixture, records);
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, "caregiver");
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_VALID_FROM, "2020-01-05");
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_VALID_TO, "2021-02-03");
  app_save (fixture, role);
  rounds_record_set_integer (consent, ROUNDS_CONSENT_OBTAINED_AT, now - ROUNDS_DAY);
  rounds_record_set_text (consent, ROUNDS_CONSENT_STATE, "granted");
  app_save (fixture, consent);
  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, "+1 (508) 555-0101");
  rounds_record_set_text (person, ROUNDS_PERSON_EMAIL, "wei.chen@example.org");
  app_save (fixture, person);
  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, "+1 (508) 555-0102");
  app_save (fixture, person);

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      GtkWidget *view;
      GtkWidget *window = show_contact (fixture, person, widths[i], &view);
      g_autofree char *name = g_strdup_printf ("contact-%d", widths[i]);

      g_assert_true (app_tells (view, "+1 (508) 555-0101 → +1 (508) 555-0102"));
      app_take_picture (window, name);
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

/* What was said to somebody who was a lead then was not said to a patient. */
static void
test_role_as_of (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) before = NULL;
  g_autoptr (RoundsRecord) since = NULL;
  g_autoptr (GPtrArray) roles = NULL;
  g_autoptr (RoundsTimeline) timeline = NULL;
  static const char *const notes[] = { NULL, "as Lead" };

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Berg");
  app_save (fixture, person);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RoundsRecord) role = make_of (person, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON);

      rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, i == 0 ? "lead" : "patient");
      rounds_record_set_text (role, ROUNDS_PERSON_ROLE_VALID_FROM, i == 0 ? "2024-01-01" : "2025-01-01");
      if (i == 0)
        rounds_record_set_text (role, ROUNDS_PERSON_ROLE_VALID_TO, "2025-01-01");
      app_save (fixture, role);
    }
  before = make_interaction (person, G_GINT64_CONSTANT (1719835200000)); /* 2024-07-01 */
  since = make_interaction (person, G_GINT64_CONSTANT (1751371200000));  /* 2025-07-01 */
  app_save (fixture, before);
  app_save (fixture, since);
  roles = rounds_contact_roles_list_all (fixture->store, rounds_record_get_id (person), NULL);
  timeline = rounds_timeline_new (fixture->store, rounds_record_get_id (person), ROUNDS_TIMELINE_INTERACTIONS);
  load (timeline);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RoundsTimelineEntry) entry = g_list_model_get_item (G_LIST_MODEL (timeline), i);
      g_auto (RoundsTimelineWords) words = ROUNDS_TIMELINE_WORDS_INIT;

      rounds_timeline_words_set (&words, fixture->store, entry, roles);
      g_assert_cmpstr (words.note, ==, notes[i]);
    }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static gboolean
has_text (gpointer data)
{
  return *(char **) data != NULL;
}

static void
test_copy (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Wei", "Chen", "Oncology", "Boston");
  g_autofree char *text = NULL;
  GtkWidget *view, *window;

  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, "+1 (508) 555-0101");
  app_save (fixture, person);
  window = show_contact (fixture, person, 900, &view);
  gtk_widget_activate_action (find_row (view, "Phone"), "row.copy", NULL);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (window), NULL, read_cb, &text);
  app_wait_until (has_text, &text);
  g_assert_cmpstr (text, ==, "+1 (508) 555-0101");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Everything is reached by Tab, from the first button to the last row. */
static void
test_keyboard (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Wei", "Chen", "Oncology", "Boston");
  g_autoptr (RoundsRecord) lead = make_of (person, ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_PATIENT_LEAD_PERSON);
  GtkWidget *view, *window;
  gboolean reached = FALSE;

  app_save (fixture, lead);
  window = show_contact (fixture, person, 900, &view);
  gtk_window_set_focus (GTK_WINDOW (window), NULL);
  for (guint i = 0; i < 60 && !reached; i++)
    {
      GtkWidget *focus;

      g_signal_emit_by_name (window, "move-focus", GTK_DIR_TAB_FORWARD);
      focus = gtk_window_get_focus (GTK_WINDOW (window));
      reached = focus != NULL && gtk_widget_get_ancestor (focus, ROUNDS_TYPE_CONTACT_OFFERS) != NULL;
    }
  g_assert_true (reached);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
#define ADD(path, function) g_test_add (path, AppFixture, NULL, app_fixture_set_up, function, app_fixture_tear_down)
  ADD ("/app/contact-page/timeline", test_timeline);
  ADD ("/app/contact-page/convert-and-undo", test_convert_and_undo);
  ADD ("/app/contact-page/new-work-place", test_new_work_place);
  ADD ("/app/contact-page/over-is-last", test_over_is_last);
  ADD ("/app/contact-page/role-twice", test_role_twice);
  ADD ("/app/contact-page/follow-up", test_follow_up);
  ADD ("/app/contact-page/full-page", test_full_page);
  ADD ("/app/contact-page/role-as-of", test_role_as_of);
  ADD ("/app/contact-page/copy", test_copy);
  ADD ("/app/contact-page/keyboard", test_keyboard);
  return g_test_run ();
}
