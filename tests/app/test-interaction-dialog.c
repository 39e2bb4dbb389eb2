/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If these fail, a rep loses a note, finds it twice, or cannot take it back.
 */

#include "config.h"

#include "interaction-dialog-fixture.h"
#include "interactions/rounds-interaction-extras.h"
#include "rounds-time.h"

static void
test_save (AppFixture *fixture, gconstpointer data)
{
  ShownDialog shown = dialog_show_new (fixture);
  g_autoptr (RoundsRecord) saved = NULL;
  gint64 now = rounds_time_now ();

  dialog_type (&shown, "Dr. Sarah Johnson", "Follow-up on dosing.\nSend the paper.");
  app_wait_until (dialog_has_draft, fixture);
  dialog_save (fixture, &shown);

  saved = dialog_get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (saved, ROUNDS_INTERACTION_HCP_NAME), ==, "Dr. Sarah Johnson");
  g_assert_cmpstr (rounds_record_get_text (saved, ROUNDS_INTERACTION_INTERACTION_TYPE), ==, "Visit");
  g_assert_cmpstr (rounds_record_get_text (saved, ROUNDS_INTERACTION_NOTES), ==,
                   "Follow-up on dosing.\nSend the paper.");
  g_assert_true (rounds_record_is_null (saved, ROUNDS_INTERACTION_PERSON));
  g_assert_cmpint (ABS (rounds_record_get_integer (saved, ROUNDS_INTERACTION_OCCURRED_AT) - now), <=,
                   2 * ROUNDS_MINUTE);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_DRAFT), ==, 0);
  g_assert_cmpstr (rounds_toast_get_text (fixture->last_toast), ==, "Visit logged");
  dialog_drop (&shown);
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_DRAFT), ==, 0);
}

static gboolean
fits (gpointer data)
{
  ShownDialog *shown = data;
  GtkWidget *scroller = find_child (GTK_WIDGET (shown->dialog), GTK_TYPE_SCROLLED_WINDOW, NULL);
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  return gtk_adjustment_get_upper (place) <= gtk_adjustment_get_page_size (place);
}

/* What comes at its foot or is opened in it covers nothing while there is room. */
static void
test_grows (AppFixture *fixture, gconstpointer data)
{
  ShownDialog shown = dialog_show_new (fixture);

  gtk_window_set_default_size (shown.window, 900, 1000);
  app_wait_until (fits, &shown);
  dialog_type (&shown, "Dr. Sarah Johnson", "Follow-up on dosing.");
  app_wait_until (dialog_has_draft, fixture);
  app_settle (fixture);
  app_wait_until (fits, &shown);
  gtk_widget_activate_action (find_child (GTK_WIDGET (shown.dialog), ROUNDS_TYPE_INTERACTION_EXTRAS, NULL),
                              "extras.attendees", NULL);
  app_settle (fixture);
  app_wait_until (fits, &shown);
  app_take_picture (GTK_WIDGET (shown.window), "interaction-grown");
  dialog_drop (&shown);
}

static void
test_undo (AppFixture *fixture, gconstpointer data)
{
  ShownDialog shown = dialog_show_new (fixture);

  dialog_type (&shown, "Dr. Sarah Johnson", "A visit that was another's.");
  dialog_save (fixture, &shown);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_INTERACTION), ==, 1);
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_wait_until (dialog_has_no_interaction, fixture);
  dialog_drop (&shown);
}

/* The program is killed: nothing is closed, nothing is flushed. */
static void
test_draft_survives_kill (AppFixture *fixture, gconstpointer data)
{
  ShownDialog first = dialog_show_new (fixture);
  ShownDialog second;
  g_autofree char *notes = NULL;
  g_autoptr (RoundsRecord) unfinished = NULL;
  g_autoptr (GError) error = NULL;

  dialog_type (&first, "Dr. Lindqvist", "Half a sen");
  app_wait_until (dialog_has_draft, fixture);

  rounds_interaction_dialog_look_up_unfinished (fixture->store, &unfinished, &error);
  g_assert_no_error (error);
  g_assert_nonnull (unfinished);
  second = dialog_show_new (fixture);
  notes = rounds_text_row_dup_text (dialog_get_notes (&second));
  g_assert_cmpstr (notes, ==, "Half a sen");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (dialog_get_who (&second))), ==, "Dr. Lindqvist");

  /* And it is one note, not two, when it is finished. */
  rounds_text_row_set_text (dialog_get_notes (&second), "Half a sentence, and the rest.");
  dialog_save (fixture, &second);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_INTERACTION), ==, 1);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_DRAFT), ==, 0);
  dialog_drop (&second);
  dialog_drop (&first);
}

static void
test_closing_keeps (AppFixture *fixture, gconstpointer data)
{
  ShownDialog shown = dialog_show_new (fixture);

  dialog_type (&shown, "", "Typed just before Escape");
  g_assert_true (adw_dialog_close (ADW_DIALOG (shown.dialog)));
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_DRAFT), ==, 1);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_INTERACTION), ==, 0);
  dialog_drop (&shown);

  /* Nothing typed leaves nothing behind. */
  shown = dialog_show_new (fixture);
  dialog_type (&shown, "", "");
  g_assert_true (adw_dialog_close (ADW_DIALOG (shown.dialog)));
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_DRAFT), ==, 0);
  dialog_drop (&shown);
}

/* What was begun about one doctor must not turn up as being about another. */
static void
test_draft_stays_with_its_person (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) chen = add_physician (fixture, "Wei", "Chen", "Oncology", "Boston");
  g_autoptr (RoundsRecord) raman = add_physician (fixture, "Priya", "Raman", "Cardiology", "Boston");
  g_autoptr (RoundsRecord) about_chen = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsRecord) about_raman = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autofree char *notes = NULL;
  ShownDialog shown;

  rounds_record_set_uuid (about_chen, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (chen));
  rounds_record_set_uuid (about_raman, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (raman));
  shown = dialog_show (fixture, about_chen);
  rounds_text_row_set_text (dialog_get_notes (&shown), "About Chen");
  adw_dialog_close (ADW_DIALOG (shown.dialog));
  dialog_drop (&shown);
  app_settle (fixture);

  shown = dialog_show (fixture, about_raman);
  notes = rounds_text_row_dup_text (dialog_get_notes (&shown));
  g_assert_cmpstr (notes, ==, "");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (dialog_get_who (&shown))), ==, "Priya Raman");
  dialog_drop (&shown);
}

static void
test_name_needed (AppFixture *fixture, gconstpointer data)
{
  ShownDialog shown = dialog_show_new (fixture);

  rounds_text_row_set_text (dialog_get_notes (&shown), "But with whom?");
  gtk_widget_activate_action (GTK_WIDGET (shown.dialog), "interaction.save", NULL);
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_INTERACTION), ==, 0);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (dialog_get_who (&shown)), "error"));
  dialog_drop (&shown);
}

static void
test_known_person (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "José", "García", "Neurology", "Worcester");
  g_autoptr (RoundsRecord) record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsRecord) saved = NULL;
  g_autoptr (RoundsRecord) again = NULL;
  ShownDialog shown;

  rounds_record_set_uuid (record, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  shown = dialog_show (fixture, record);
  /* Who it was is known, so that one can write at once. */
  app_wait_until (dialog_is_in_notes, &shown);
  dialog_save (fixture, &shown);
  dialog_drop (&shown);
  saved = dialog_get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (saved, ROUNDS_INTERACTION_HCP_NAME), ==, "José García");
  g_assert_true (
    rounds_uuid_equal (rounds_record_get_uuid (saved, ROUNDS_INTERACTION_PERSON), rounds_record_get_id (person)));

  /* Changing it changes it, and Undo brings the old words back. */
  shown = dialog_show (fixture, saved);
  rounds_text_row_set_text (dialog_get_notes (&shown), "Came to think of it");
  dialog_save (fixture, &shown);
  dialog_drop (&shown);
  again = dialog_get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (again, ROUNDS_INTERACTION_NOTES), ==, "Came to think of it");
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  g_clear_object (&again);
  again = dialog_get_only_interaction (fixture);
  g_assert_null (rounds_record_get_text (again, ROUNDS_INTERACTION_NOTES));
}

#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  ADD ("/app/interaction-dialog/save", test_save);
  ADD ("/app/interaction-dialog/grows", test_grows);
  ADD ("/app/interaction-dialog/undo", test_undo);
  ADD ("/app/interaction-dialog/draft-survives-kill", test_draft_survives_kill);
  ADD ("/app/interaction-dialog/closing-keeps", test_closing_keeps);
  ADD ("/app/interaction-dialog/draft-stays-with-its-person", test_draft_stays_with_its_person);
  ADD ("/app/interaction-dialog/name-needed", test_name_needed);
  ADD ("/app/interaction-dialog/known-person", test_known_person);

  return g_test_run ();
}
