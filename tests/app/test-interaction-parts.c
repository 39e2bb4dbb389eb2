/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If these fail, a rep cannot say who else was there, what follows or what came of it, or changes what was submitted.
 */

#include "config.h"

#include "forms/rounds-date-row.h"
#include "interaction-dialog-fixture.h"
#include "interactions/rounds-attendees-group.h"
#include "interactions/rounds-interaction-extras.h"
#include "interactions/rounds-outcome-row.h"
#include "rounds-time.h"
#include "test-loop.h"

static GtkWidget *
get_extras (ShownDialog *shown)
{
  return find_child (GTK_WIDGET (shown->dialog), ROUNDS_TYPE_INTERACTION_EXTRAS, NULL);
}

static GtkWidget *
get_entry (ShownDialog *shown, const char *title)
{
  return find_child (GTK_WIDGET (shown->dialog), ADW_TYPE_ENTRY_ROW, title);
}

static GPtrArray *
list_all (AppFixture *fixture, RoundsEntity entity)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  return app_list (fixture, query);
}

/* Lunch with three: one entry, many people; and one Undo takes all of it back. */
static void
test_attendees_and_follow_up (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) chen = add_physician (fixture, "Wei", "Chen", "Oncology", "Boston");
  g_autoptr (RoundsRecord) raman = add_physician (fixture, "Priya", "Raman", "Cardiology", "Boston");
  g_autoptr (RoundsRecord) record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsRecord) visit = NULL;
  g_autoptr (GPtrArray) attendees = NULL;
  g_autoptr (GPtrArray) follow_ups = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) tomorrow = g_date_time_add_days (now, 1);
  g_autofree char *due = g_date_time_format (tomorrow, "%Y-%m-%d");
  g_autofree char *offered = NULL;
  RoundsAttendeesGroup *group;
  ShownDialog shown;

  rounds_record_set_uuid (record, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (chen));
  shown = dialog_show (fixture, record);
  group = ROUNDS_ATTENDEES_GROUP (find_child (GTK_WIDGET (shown.dialog), ROUNDS_TYPE_ATTENDEES_GROUP, NULL));
  gtk_widget_activate_action (get_extras (&shown), "extras.attendees", NULL);
  rounds_attendees_group_add (group, rounds_record_get_id (raman));
  rounds_attendees_group_add (group, rounds_record_get_id (chen)); /* is named already */
  gtk_widget_activate_action (get_extras (&shown), "extras.follow-up", NULL);
  gtk_editable_set_text (GTK_EDITABLE (get_entry (&shown, "What to do")), "Send the paper 2031-05-06");
  offered = rounds_date_row_dup_date (ROUNDS_DATE_ROW (get_entry (&shown, "Due on")));
  g_assert_cmpstr (offered, ==, "2031-05-06");
  gtk_editable_set_text (GTK_EDITABLE (get_entry (&shown, "Due on")), due);
  app_take_picture (GTK_WIDGET (shown.window), "interaction-filled");
  dialog_save (fixture, &shown);
  dialog_drop (&shown);

  visit = dialog_get_only_interaction (fixture);
  attendees = list_all (fixture, ROUNDS_ENTITY_INTERACTION_ATTENDEE);
  g_assert_cmpuint (attendees->len, ==, 1);
  g_assert_true (rounds_uuid_equal (rounds_record_get_uuid (attendees->pdata[0], ROUNDS_INTERACTION_ATTENDEE_PERSON),
                                    rounds_record_get_id (raman)));
  follow_ups = list_all (fixture, ROUNDS_ENTITY_FOLLOW_UP);
  g_assert_cmpuint (follow_ups->len, ==, 1);
  g_assert_cmpstr (rounds_record_get_text (follow_ups->pdata[0], ROUNDS_FOLLOW_UP_DUE_ON), ==, due);
  g_assert_true (rounds_uuid_equal (rounds_record_get_uuid (follow_ups->pdata[0], ROUNDS_FOLLOW_UP_INTERACTION),
                                    rounds_record_get_id (visit)));

  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_wait_until (dialog_has_no_interaction, fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_INTERACTION_ATTENDEE), ==, 0);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_FOLLOW_UP), ==, 0);
}

/* Somebody is taken off again, and with Undo put back. */
static void
test_remove_attendee (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) raman = add_physician (fixture, "Priya", "Raman", "Cardiology", "Boston");
  g_autoptr (RoundsRecord) visit = dialog_add_visit (fixture, "Lunch");
  g_autoptr (RoundsRecord) attendee = rounds_record_new (ROUNDS_ENTITY_INTERACTION_ATTENDEE);
  g_autoptr (GArray) nobody = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  ShownDialog shown;

  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, rounds_record_get_id (visit));
  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_PERSON, rounds_record_get_id (raman));
  app_save (fixture, attendee);
  shown = dialog_show (fixture, visit);
  rounds_attendees_group_set (
    ROUNDS_ATTENDEES_GROUP (find_child (GTK_WIDGET (shown.dialog), ROUNDS_TYPE_ATTENDEES_GROUP, NULL)), nobody);
  dialog_save (fixture, &shown);
  dialog_drop (&shown);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_INTERACTION_ATTENDEE), ==, 0);
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_INTERACTION_ATTENDEE), ==, 1);
}

/* N14: a promise is remembered when its chip is pressed, and not otherwise. */
static void
test_promise (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) follow_ups = NULL;
  ShownDialog shown = dialog_show_new (fixture);

  dialog_type (&shown, "Dr. Okafor", "Good talk. I will send the dosing paper tomorrow.");
  app_take_picture (GTK_WIDGET (shown.window), "interaction-promise");
  dialog_save (fixture, &shown);
  dialog_drop (&shown);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_FOLLOW_UP), ==, 0);

  shown = dialog_show_new (fixture);
  dialog_type (&shown, "Dr. Okafor", "Good talk. I will send the dosing paper tomorrow.");
  gtk_widget_activate_action (GTK_WIDGET (shown.dialog), "interaction.promise", NULL);
  app_wait_until (dialog_has_draft, fixture);
  adw_dialog_close (ADW_DIALOG (shown.dialog));
  dialog_drop (&shown);
  app_settle (fixture);

  /* The press is in the draft too. */
  shown = dialog_show_new (fixture);
  dialog_save (fixture, &shown);
  dialog_drop (&shown);
  follow_ups = list_all (fixture, ROUNDS_ENTITY_FOLLOW_UP);
  g_assert_cmpuint (follow_ups->len, ==, 1);
  g_assert_cmpstr (rounds_record_get_text (follow_ups->pdata[0], ROUNDS_FOLLOW_UP_KIND), ==, "promise");
}

static void
test_outcome (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) visit = NULL;
  RoundsOutcomeRow *row;
  gboolean no_show;
  ShownDialog shown = dialog_show_new (fixture);

  dialog_type (&shown, "Dr. Okafor", "");
  row = ROUNDS_OUTCOME_ROW (find_child (GTK_WIDGET (shown.dialog), ROUNDS_TYPE_OUTCOME_ROW, NULL));
  g_assert_null (rounds_outcome_row_get (row, &no_show));
  rounds_outcome_row_set (row, "left_material", FALSE);
  dialog_save (fixture, &shown);
  dialog_drop (&shown);
  visit = dialog_get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (visit, ROUNDS_INTERACTION_OUTCOME), ==, "left_material");

  shown = dialog_show (fixture, visit);
  row = ROUNDS_OUTCOME_ROW (find_child (GTK_WIDGET (shown.dialog), ROUNDS_TYPE_OUTCOME_ROW, NULL));
  g_assert_cmpstr (rounds_outcome_row_get (row, &no_show), ==, "left_material");
  rounds_outcome_row_set (row, NULL, TRUE);
  dialog_save (fixture, &shown);
  dialog_drop (&shown);
  g_clear_object (&visit);
  visit = dialog_get_only_interaction (fixture);
  g_assert_true (rounds_record_get_boolean (visit, ROUNDS_INTERACTION_NO_SHOW));
}

static void
test_template (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) template = rounds_record_new (ROUNDS_ENTITY_NOTE_TEMPLATE);
  char id[ROUNDS_UUID_STRING_LENGTH + 1];
  g_autofree char *notes = NULL;
  ShownDialog shown;

  rounds_record_set_text (template, ROUNDS_NOTE_TEMPLATE_NAME, "Sample_request");
  rounds_record_set_text (template, ROUNDS_NOTE_TEMPLATE_TEXT, "Samples asked for: ");
  app_save (fixture, template);
  shown = dialog_show_new (fixture);
  dialog_type_at_cursor (&shown, "First. ");
  rounds_uuid_format (rounds_record_get_id (template), id);
  gtk_widget_activate_action (app_find_widget (GTK_WIDGET (shown.dialog), g_type_from_name ("RoundsTemplateButton"), 0),
                              "template.insert", "s", id);
  dialog_type_at_cursor (&shown, "two");
  notes = rounds_text_row_dup_text (dialog_get_notes (&shown));
  g_assert_cmpstr (notes, ==, "First. Samples asked for: two");
  dialog_drop (&shown);
}

static RoundsRecord *
add_submitted_visit (AppFixture *fixture)
{
  RoundsRecord *visit = dialog_add_visit (fixture, "Twice daily");

  rounds_record_set_integer (visit, ROUNDS_INTERACTION_SUBMITTED_AT, rounds_time_now ());
  app_save (fixture, visit);
  return visit;
}

static void
test_submitted_is_read_only (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) visit = add_submitted_visit (fixture);
  g_autoptr (RoundsRecord) after = NULL;
  ShownDialog shown = dialog_show (fixture, visit);

  g_assert_false (gtk_text_view_get_editable (dialog_get_notes_view (&shown)));
  g_assert_false (
    gtk_widget_is_sensitive (find_child (GTK_WIDGET (shown.dialog), ROUNDS_TYPE_INTERACTION_EXTRAS, NULL)));
  rounds_text_row_set_text (dialog_get_notes (&shown), "As I wish it had been");
  gtk_widget_activate_action (GTK_WIDGET (shown.dialog), "interaction.save", NULL);
  adw_dialog_close (ADW_DIALOG (shown.dialog));
  dialog_drop (&shown);
  app_settle (fixture);
  after = dialog_get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_NOTES), ==, "Twice daily");
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_DRAFT), ==, 0);
}

/* S1-14: the original is kept, and why it was changed. */
static void
test_amend (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) visit = add_submitted_visit (fixture);
  g_autoptr (RoundsRecord) after = NULL;
  g_autoptr (RoundsRecord) back = NULL;
  g_autoptr (GPtrArray) amendments = NULL;
  ShownDialog shown = dialog_show (fixture, visit);

  gtk_widget_activate_action (GTK_WIDGET (shown.dialog), "interaction.amend", NULL);
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (dialog_get_notes (&shown))));
  rounds_text_row_set_text (dialog_get_notes (&shown), "Once daily");

  /* Not without a reason. */
  gtk_widget_activate_action (GTK_WIDGET (shown.dialog), "interaction.save", NULL);
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_AMENDMENT), ==, 0);

  gtk_editable_set_text (GTK_EDITABLE (get_entry (&shown, "Reason for the amendment")), "Wrong dose");
  dialog_save (fixture, &shown);
  dialog_drop (&shown);
  after = dialog_get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_NOTES), ==, "Once daily");
  amendments = list_all (fixture, ROUNDS_ENTITY_AMENDMENT);
  g_assert_cmpuint (amendments->len, ==, 1);
  g_assert_cmpstr (rounds_record_get_text (amendments->pdata[0], ROUNDS_AMENDMENT_REASON), ==, "Wrong dose");

  shown = dialog_show (fixture, after);
  g_assert_false (gtk_text_view_get_editable (dialog_get_notes_view (&shown)));
  app_take_picture (GTK_WIDGET (shown.window), "interaction-amended");
  dialog_drop (&shown);

  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  back = dialog_get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (back, ROUNDS_INTERACTION_NOTES), ==, "Twice daily");
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_AMENDMENT), ==, 2);
}

/* What was typed into an amendment is kept like everything else. */
static void
test_amend_draft (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) visit = add_submitted_visit (fixture);
  g_autofree char *notes = NULL;
  ShownDialog shown = dialog_show (fixture, visit);

  gtk_widget_activate_action (GTK_WIDGET (shown.dialog), "interaction.amend", NULL);
  rounds_text_row_set_text (dialog_get_notes (&shown), "Once da");
  gtk_editable_set_text (GTK_EDITABLE (get_entry (&shown, "Reason for the amendment")), "Wrong do");
  adw_dialog_close (ADW_DIALOG (shown.dialog));
  dialog_drop (&shown);
  app_settle (fixture);

  shown = dialog_show (fixture, visit);
  notes = rounds_text_row_dup_text (dialog_get_notes (&shown));
  g_assert_cmpstr (notes, ==, "Once da");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (&shown, "Reason for the amendment"))), ==,
                   "Wrong do");
  dialog_drop (&shown);
}

static void
test_submit (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) visit = dialog_add_visit (fixture, "Twice daily");
  g_autoptr (RoundsRecord) after = NULL;
  g_autoptr (RoundsRecord) back = NULL;
  ShownDialog shown = dialog_show (fixture, visit);

  g_clear_object (&fixture->last_toast);
  gtk_widget_activate_action (GTK_WIDGET (shown.dialog), "interaction.submit", NULL);
  test_wait_while (fixture->last_toast == NULL);
  dialog_drop (&shown);
  after = dialog_get_only_interaction (fixture);
  g_assert_false (rounds_record_is_null (after, ROUNDS_INTERACTION_SUBMITTED_AT));
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  back = dialog_get_only_interaction (fixture);
  g_assert_true (rounds_record_is_null (back, ROUNDS_INTERACTION_SUBMITTED_AT));
}

#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  ADD ("/app/interaction-parts/submitted-is-read-only", test_submitted_is_read_only);
  ADD ("/app/interaction-parts/attendees-and-follow-up", test_attendees_and_follow_up);
  ADD ("/app/interaction-parts/remove-attendee", test_remove_attendee);
  ADD ("/app/interaction-parts/promise", test_promise);
  ADD ("/app/interaction-parts/outcome", test_outcome);
  ADD ("/app/interaction-parts/template", test_template);
  ADD ("/app/interaction-parts/amend", test_amend);
  ADD ("/app/interaction-parts/amend-draft", test_amend_draft);
  ADD ("/app/interaction-parts/submit", test_submit);

  return g_test_run ();
}
