/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If these fail, a rep mends a number where it stands and it is not saved, or not the one they meant, or what they were
 * typing is gone when a sync or a crash comes in between.
 */

#include "config.h"

#include "contacts-fixture.h"
#include "contacts/rounds-contact-offers.h"
#include "contacts/rounds-contact-view.h"
#include "contacts/rounds-organisation-view.h"
#include "forms/rounds-draft-journal.h"
#include "rounds-time.h"
#include "test-loop.h"

#define NUMBER "+1 (508) 555-0101"
#define OTHER_NUMBER "+1 (508) 555-0102"

static RoundsRecord *
add_person (AppFixture *fixture)
{
  RoundsRecord *person = add_physician (fixture, "Wei", "Chen", "Oncology", "Boston");

  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, NUMBER);
  rounds_record_set_text (person, ROUNDS_PERSON_EMAIL, "wei.chen@example.org");
  app_save (fixture, person);
  return person;
}

/* As the page around does it when the store tells of a change. */
static void
refresh (AppFixture *fixture, GtkWidget *view, RoundsRecord *person)
{
  g_autoptr (RoundsRecord) now = app_get (fixture, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));

  app_settle (fixture);
  rounds_contact_view_set_person (ROUNDS_CONTACT_VIEW (view), now);
}

static GtkWidget *
find_row (GtkWidget *view, const char *title)
{
  return find_child (view, ADW_TYPE_ACTION_ROW, title);
}

/* Returns: the entry that the row of that name has become; NULL: it has not */
static GtkWidget *
find_entry (GtkWidget *view, const char *title)
{
  return find_child (view, ADW_TYPE_ENTRY_ROW, title);
}

static GtkWidget *
begin (GtkWidget *view, const char *title)
{
  gtk_widget_activate (find_row (view, title));
  g_assert_nonnull (find_entry (view, title));
  return find_entry (view, title);
}

static void
type (GtkWidget *entry, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

/* As Enter does. */
static void
apply (GtkWidget *entry)
{
  g_signal_emit_by_name (gtk_editable_get_delegate (GTK_EDITABLE (entry)), "activate");
}

static void
wait_saved (AppFixture *fixture)
{
  test_wait_while (fixture->last_toast == NULL);
  app_settle (fixture);
}

static void
take_back (AppFixture *fixture)
{
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
}

static void
assert_text (AppFixture *fixture, RoundsRecord *record, guint field, const char *text)
{
  g_autoptr (RoundsRecord) now = app_get (fixture, rounds_record_get_entity (record), rounds_record_get_id (record));

  g_assert_cmpstr (rounds_record_get_text (now, field), ==, text);
}

static gboolean
press (GtkWidget *root, const char *tooltip)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_widget_get_tooltip_text (root), tooltip) == 0)
    {
      g_signal_emit_by_name (root, "clicked");
      return TRUE;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (press (child, tooltip))
      return TRUE;
  return FALSE;
}

/* The row becomes an entry, which is saved as one change, says so, goes back to the row and can be undone. */
static void
test_save_and_undo (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture);
  GtkWidget *view, *window, *entry;

  window = show_contact (fixture, person, 900, &view);
  entry = begin (view, "Phone");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, NUMBER);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), entry));
  g_assert_false (gtk_widget_get_visible (find_row (view, "Phone")));
  app_take_picture (window, "edit-phone");
  type (entry, OTHER_NUMBER);
  apply (entry);
  apply (entry); /* Enter bounces; Undo means the change all the same */
  wait_saved (fixture);
  g_assert_cmpstr (rounds_toast_get_text (fixture->last_toast), ==, "Phone changed");
  assert_text (fixture, person, ROUNDS_PERSON_PHONE, OTHER_NUMBER);
  g_assert_null (find_entry (view, "Phone"));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find_row (view, "Phone"))), ==, OTHER_NUMBER);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == find_row (view, "Phone"));
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_DRAFT), ==, 0);

  take_back (fixture);
  assert_text (fixture, person, ROUNDS_PERSON_PHONE, NUMBER);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_leave (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture);
  GtkWidget *view, *window, *entry;

  window = show_contact (fixture, person, 900, &view);
  entry = begin (view, "Phone");
  type (entry, "555");
  g_assert_true (press (entry, "Cancel (Escape)"));
  g_assert_null (find_entry (view, "Phone"));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find_row (view, "Phone"))), ==, NUMBER);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == find_row (view, "Phone"));

  /* What was looked at only is no change. */
  entry = begin (view, "Phone");
  apply (entry);
  app_settle (fixture);
  g_assert_null (find_entry (view, "Phone"));
  g_assert_null (fixture->last_toast);
  assert_text (fixture, person, ROUNDS_PERSON_PHONE, NUMBER);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What is wrong is told at the row, and nothing else happens: by the rules of the entity table. */
static void
test_invalid (AppFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *title;
    const char *text;
    const char *message;
  } cases[] = {
    { "Email", "wei at example", "must be an address such as name@example.org" },
    { "NPI", "12345", "must have ten digits" },
  };
  g_autoptr (RoundsRecord) person = add_person (fixture);
  g_autoptr (RoundsQuery) query = rounds_query_limit (rounds_query_new (ROUNDS_ENTITY_PHYSICIAN), 1);
  g_autoptr (RoundsRecord) physician = rounds_store_find (fixture->store, query, NULL);
  GtkWidget *view, *window;

  rounds_record_set_text (physician, ROUNDS_PHYSICIAN_NPI, "1234567893");
  app_save (fixture, physician);
  window = show_contact (fixture, person, 900, &view);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkWidget *entry = begin (view, cases[i].title);

      type (entry, cases[i].text);
      apply (entry);
      app_settle (fixture);
      g_assert_true (find_entry (view, cases[i].title) == entry);
      g_assert_true (app_tells (view, cases[i].message));
      g_assert_true (gtk_widget_has_css_class (entry, "error"));
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, cases[i].text);
      if (i == 0)
        app_take_picture (window, "edit-invalid");
      type (entry, "");
      g_assert_false (app_tells (view, cases[i].message));
    }
  g_assert_null (fixture->last_toast);
  assert_text (fixture, person, ROUNDS_PERSON_EMAIL, "wei.chen@example.org");
  assert_text (fixture, physician, ROUNDS_PHYSICIAN_NPI, "1234567893");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A name is needed: neither of the two can go when the other is not there. */
static void
test_name (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture);
  GtkWidget *view, *window, *entry;

  window = show_contact (fixture, person, 900, &view);
  entry = begin (view, "Given name");
  type (entry, "");
  apply (entry);
  wait_saved (fixture);
  refresh (fixture, view, person);
  assert_text (fixture, person, ROUNDS_PERSON_GIVEN_NAME, NULL);
  entry = begin (view, "Family name");
  type (entry, "");
  apply (entry);
  app_settle (fixture);
  g_assert_true (app_tells (view, "A family name or a given name is required"));
  assert_text (fixture, person, ROUNDS_PERSON_FAMILY_NAME, "Chen");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A sync brings another number for the very field, and another email, in the middle of a word. */
static void
test_sync_while_typing (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture);
  g_autoptr (RoundsRecord) pulled = NULL;
  GtkWidget *view, *window, *entry;

  window = show_contact (fixture, person, 900, &view);
  entry = begin (view, "Phone");
  type (entry, "+1 (508) 555");
  gtk_editable_set_position (GTK_EDITABLE (entry), 3);
  pulled = app_get (fixture, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (pulled, ROUNDS_PERSON_EMAIL, "chen@example.com");
  app_pull (fixture, pulled);
  refresh (fixture, view, person);
  g_assert_true (find_entry (view, "Phone") == entry);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (window)), entry));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "+1 (508) 555");
  g_assert_cmpint (gtk_editable_get_position (GTK_EDITABLE (entry)), ==, 3);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find_row (view, "Email"))), ==, "chen@example.com");

  type (entry, OTHER_NUMBER);
  apply (entry);
  wait_saved (fixture);
  assert_text (fixture, person, ROUNDS_PERSON_PHONE, OTHER_NUMBER);
  assert_text (fixture, person, ROUNDS_PERSON_EMAIL, "chen@example.com");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The same field was changed by both: the other's stays, ours is a conflict to choose from. */
static void
test_conflict (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture);
  g_autoptr (RoundsRecord) pulled = NULL;
  GtkWidget *view, *window, *entry;

  window = show_contact (fixture, person, 900, &view);
  entry = begin (view, "Phone");
  type (entry, OTHER_NUMBER);
  pulled = app_get (fixture, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (pulled, ROUNDS_PERSON_PHONE, "+1 (508) 555-0199");
  app_pull (fixture, pulled);
  refresh (fixture, view, person);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, OTHER_NUMBER);
  apply (entry);
  wait_saved (fixture);
  assert_text (fixture, person, ROUNDS_PERSON_PHONE, "+1 (508) 555-0199");
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_CONFLICT), ==, 1);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find_row (view, "Phone"))), ==, "+1 (508) 555-0199");
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_draft (gpointer data)
{
  return count_records (data, ROUNDS_ENTITY_DRAFT) > 0;
}

static gboolean
has_no_draft (gpointer data)
{
  return count_records (data, ROUNDS_ENTITY_DRAFT) == 0;
}

/* Typed, and then the program is gone: two fields, one not right yet, are back at their rows and saved in the end. */
static void
test_draft (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture);
  g_autoptr (RoundsRecord) other = add_physician (fixture, "Ana", "Ruiz", "Oncology", "Boston");
  GtkWidget *view, *window, *entry;

  window = show_contact (fixture, person, 900, &view);
  type (begin (view, "Phone"), OTHER_NUMBER);
  app_wait_until (has_draft, fixture);
  type (begin (view, "Email"), "wei at");

  /* Somebody else's page keeps it, and shows nothing of it. */
  rounds_contact_view_set_person (ROUNDS_CONTACT_VIEW (view), other);
  app_settle (fixture);
  g_assert_null (find_entry (view, "Phone"));
  gtk_window_destroy (GTK_WINDOW (window));

  window = show_contact (fixture, person, 900, &view);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_entry (view, "Email"))), ==, "wei at");
  entry = find_entry (view, "Phone");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, OTHER_NUMBER);
  g_assert_true (app_tells (view, "Typed earlier, not saved yet"));
  app_take_picture (window, "edit-restored");
  apply (entry);
  wait_saved (fixture);
  assert_text (fixture, person, ROUNDS_PERSON_PHONE, OTHER_NUMBER);
  assert_text (fixture, person, ROUNDS_PERSON_EMAIL, "wei.chen@example.org");
  g_assert_nonnull (find_entry (view, "Email"));
  g_assert_true (press (find_entry (view, "Email"), "Cancel (Escape)"));
  app_wait_until (has_no_draft, fixture);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Somebody deletes the contact meanwhile: what was typed can go nowhere, and waits for its being restored. */
static void
test_draft_of_deleted (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture);
  g_autoptr (RoundsRecord) deleted = rounds_record_dup (person);
  GtkWidget *view, *window;

  window = show_contact (fixture, person, 900, &view);
  type (begin (view, "Phone"), OTHER_NUMBER);
  app_wait_until (has_draft, fixture);
  gtk_window_destroy (GTK_WINDOW (window));

  rounds_record_set_integer (deleted, ROUNDS_FIELD_DELETED_AT, rounds_time_now ());
  window = show_contact (fixture, deleted, 900, &view);
  g_assert_null (find_entry (view, "Phone"));
  gtk_window_destroy (GTK_WINDOW (window));
  app_settle (fixture);
  g_assert_true (has_draft (fixture));

  window = show_contact (fixture, person, 900, &view);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_entry (view, "Phone"))), ==, OTHER_NUMBER);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What others changed while it lay in the draft is not taken back with it. */
static void
test_draft_merges (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture);
  g_autoptr (RoundsRecord) pulled = NULL;
  GtkWidget *view, *window;

  window = show_contact (fixture, person, 900, &view);
  type (begin (view, "Phone"), OTHER_NUMBER);
  gtk_window_destroy (GTK_WINDOW (window));
  app_wait_until (has_draft, fixture);
  pulled = app_get (fixture, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (pulled, ROUNDS_PERSON_PHONE, "+1 (508) 555-0199");
  app_pull (fixture, pulled);

  window = show_contact (fixture, pulled, 900, &view);
  apply (find_entry (view, "Phone"));
  wait_saved (fixture);
  assert_text (fixture, person, ROUNDS_PERSON_PHONE, "+1 (508) 555-0199");
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_CONFLICT), ==, 1);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_DRAFT), ==, 0); /* it ended with the change */
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What is empty has no row; it comes from the menu, in the middle of being written, and goes again unless it is. */
static void
test_add (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Wei", "Chen", "Oncology", "Boston");
  GtkWidget *view, *window, *entry, *offers;

  window = show_contact (fixture, person, 360, &view);
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (app_find_widget (view, ADW_TYPE_VIEW_STACK, 0)), "details");
  g_assert_false (gtk_widget_get_visible (find_row (view, "Phone")));
  offers = app_find_widget (view, ROUNDS_TYPE_CONTACT_OFFERS, 0);
  g_assert_true (gtk_widget_get_visible (offers));
  gtk_widget_activate_action (offers, "details.edit-field", "(ss)", "reach", "phone");
  app_settle (fixture);
  entry = find_entry (view, "Phone");
  g_assert_nonnull (entry);
  press (entry, "Cancel (Escape)");
  g_assert_false (gtk_widget_get_visible (find_row (view, "Phone")));

  gtk_widget_activate_action (offers, "details.edit-field", "(ss)", "reach", "phone");
  app_settle (fixture);
  entry = find_entry (view, "Phone");
  type (entry, NUMBER);
  apply (entry);
  wait_saved (fixture);
  assert_text (fixture, person, ROUNDS_PERSON_PHONE, NUMBER);
  g_assert_true (gtk_widget_get_visible (find_row (view, "Phone")));

  gtk_widget_activate_action (offers, "details.edit-field", "(ss)", "personal", "birth_date");
  app_settle (fixture);
  entry = find_entry (view, "Date of birth");
  type (entry, "1979-09-23");
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 1200);
  app_settle (fixture);
  app_take_picture (window, "edit-date-360");
  apply (entry);
  app_settle (fixture);
  assert_text (fixture, person, ROUNDS_PERSON_BIRTH_DATE, "1979-09-23");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find_row (view, "Date of birth"))), ==,
                   "September 23, 1979");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A specialty that nobody has heard of is made with the change, and goes with it. */
static void
test_new_name (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture);
  GtkWidget *view, *window, *entry;

  window = show_contact (fixture, person, 900, &view);
  entry = begin (view, "Specialty");
  type (entry, "Sleep Medicine");
  app_settle (fixture);
  g_assert_true (press (entry, "Save (Enter)"));
  wait_saved (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_SPECIALIZATION), ==, 2);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (find_row (view, "Specialty"))), ==, "Sleep Medicine");
  take_back (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_SPECIALIZATION), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
find_button (GtkWidget *root, const char *tooltip)
{
  GtkWidget *button;

  for (guint i = 0; (button = app_find_widget (root, GTK_TYPE_BUTTON, i)) != NULL; i++)
    if (g_strcmp0 (gtk_widget_get_tooltip_text (button), tooltip) == 0)
      return button;
  return NULL;
}

/* Who takes a specialty away must still be able to say so by the pointer, or to leave it. */
static void
test_empty_reference (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture);
  GtkWidget *view, *window, *entry;

  window = show_contact (fixture, person, 900, &view);
  entry = begin (view, "Specialty");
  app_settle (fixture);
  app_take_picture (window, "edit-specialty");
  g_assert_true (press (entry, "Clear"));
  app_settle (fixture);
  app_take_picture (window, "edit-specialty-empty");
  g_assert_true (gtk_widget_get_mapped (find_button (entry, "Cancel (Escape)")));
  g_assert_true (gtk_widget_get_mapped (find_button (entry, "Save (Enter)")));
  press (entry, "Save (Enter)");
  wait_saved (fixture);
  g_assert_false (gtk_widget_get_visible (find_row (view, "Specialty")));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A choice and a switch need no Enter. */
static void
test_choice (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture);
  g_autoptr (RoundsRecord) now = NULL;
  GtkWidget *view, *window, *sex, *active;

  window = show_contact (fixture, person, 900, &view);
  gtk_widget_activate_action (app_find_widget (view, ROUNDS_TYPE_CONTACT_OFFERS, 0), "details.edit-field", "(ss)",
                              "personal", "sex");
  app_settle (fixture);
  sex = find_child (view, ADW_TYPE_COMBO_ROW, "Sex");
  g_assert_true (gtk_widget_get_visible (sex));
  adw_combo_row_set_selected (ADW_COMBO_ROW (sex), 1);
  wait_saved (fixture);
  assert_text (fixture, person, ROUNDS_PERSON_SEX, "female");
  take_back (fixture);
  assert_text (fixture, person, ROUNDS_PERSON_SEX, NULL);

  g_clear_object (&fixture->last_toast);
  adw_switch_row_set_active (ADW_SWITCH_ROW (find_child (view, ADW_TYPE_SWITCH_ROW, "Active")), FALSE);
  wait_saved (fixture);
  now = app_get (fixture, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  g_assert_false (rounds_record_get_boolean (now, ROUNDS_PERSON_IS_ACTIVE));

  /* Two clicks before the first is saved: the second counts. */
  active = find_child (view, ADW_TYPE_SWITCH_ROW, "Active");
  adw_switch_row_set_active (ADW_SWITCH_ROW (active), TRUE);
  adw_switch_row_set_active (ADW_SWITCH_ROW (active), FALSE);
  app_settle (fixture);
  g_assert_false (adw_switch_row_get_active (ADW_SWITCH_ROW (active)));
  g_clear_object (&now);
  now = app_get (fixture, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  g_assert_false (rounds_record_get_boolean (now, ROUNDS_PERSON_IS_ACTIVE));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_organisation (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) clinic = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);
  GtkWidget *view = g_object_new (ROUNDS_TYPE_ORGANISATION_VIEW, NULL);
  GtkWidget *window, *entry;

  rounds_record_set_text (clinic, ROUNDS_ORGANISATION_NAME, "Harbour Clinic");
  app_save (fixture, clinic);
  rounds_organisation_view_set_context (ROUNDS_ORGANISATION_VIEW (view), fixture->context);
  rounds_organisation_view_set_organisation (ROUNDS_ORGANISATION_VIEW (view), clinic);
  window = app_show (fixture, view, 500, 760);
  entry = begin (view, "Name");
  type (entry, "");
  apply (entry);
  g_assert_true (app_tells (view, "Name is required"));
  type (entry, "Harbour Hospital");
  apply (entry);
  wait_saved (fixture);
  assert_text (fixture, clinic, ROUNDS_ORGANISATION_NAME, "Harbour Hospital");
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_child (view, ADW_TYPE_COMBO_ROW, "Type")), 1);
  app_settle (fixture);
  assert_text (fixture, clinic, ROUNDS_ORGANISATION_KIND, "hospital");
  app_take_picture (window, "edit-organisation");

  gtk_widget_activate_action (app_find_widget (view, ROUNDS_TYPE_CONTACT_OFFERS, 0), "details.add", "s", "address");
  g_assert_nonnull (fixture->created);
  g_assert_true (rounds_uuid_equal (rounds_record_get_uuid (fixture->created, ROUNDS_ADDRESS_ORGANISATION),
                                    rounds_record_get_id (clinic)));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A rep sees what a colleague is in the team, and cannot change it; a manager can. */
static void
test_rights (AppFixture *fixture, gconstpointer data)
{
  static const char *const roles[] = { "rep", "manager" };
  g_autoptr (RoundsRecord) person = add_person (fixture);
  g_autoptr (RoundsRecord) me = add_physician (fixture, "Ana", "Ruiz", "Oncology", "Boston");
  g_autoptr (RoundsRecord) colleague = rounds_record_new (ROUNDS_ENTITY_STAFF);
  g_autoptr (RoundsRecord) staff = rounds_record_new (ROUNDS_ENTITY_STAFF);

  rounds_record_set_uuid (colleague, ROUNDS_STAFF_PERSON, rounds_record_get_id (person));
  app_save (fixture, colleague);
  rounds_record_set_uuid (staff, ROUNDS_STAFF_PERSON, rounds_record_get_id (me));
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      GtkWidget *view, *window;

      rounds_record_set_text (staff, ROUNDS_STAFF_ROLE, roles[i]);
      app_save (fixture, staff);
      rounds_app_context_set_staff (fixture->context, rounds_record_get_id (staff));
      window = show_contact (fixture, person, 900, &view);
      g_assert_cmpint (gtk_widget_get_sensitive (find_child (view, ADW_TYPE_COMBO_ROW, "Role")), ==, i == 1);
      begin (view, "Phone");
      gtk_window_destroy (GTK_WINDOW (window));
    }
}

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
#define ADD(path, function) g_test_add (path, AppFixture, NULL, app_fixture_set_up, function, app_fixture_tear_down)
  ADD ("/app/contact-edit/save-and-undo", test_save_and_undo);
  ADD ("/app/contact-edit/leave", test_leave);
  ADD ("/app/contact-edit/invalid", test_invalid);
  ADD ("/app/contact-edit/name", test_name);
  ADD ("/app/contact-edit/sync-while-typing", test_sync_while_typing);
  ADD ("/app/contact-edit/conflict", test_conflict);
  ADD ("/app/contact-edit/draft", test_draft);
  ADD ("/app/contact-edit/draft-merges", test_draft_merges);
  ADD ("/app/contact-edit/draft-of-deleted", test_draft_of_deleted);
  ADD ("/app/contact-edit/add", test_add);
  ADD ("/app/contact-edit/new-name", test_new_name);
  ADD ("/app/contact-edit/empty-reference", test_empty_reference);
  ADD ("/app/contact-edit/choice", test_choice);
  ADD ("/app/contact-edit/organisation", test_organisation);
  ADD ("/app/contact-edit/rights", test_rights);
  return g_test_run ();
}
