/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a user would lose: an evening with the mouse, or the wrong telephone number, or a contact for good. */

#include "contacts-fixture.h"
#include "contacts/rounds-contact-dialog.h"
#include "duplicates/rounds-duplicates-dialog.h"
#include "duplicates/rounds-duplicates-scan.h"
#include "duplicates/rounds-match-words.h"
#include "duplicates/rounds-merge-choice-row.h"
#include "duplicates/rounds-merged-group.h"
#include "duplicates/rounds-unmerge-dialog.h"
#include "rounds-person-merge.h"

typedef struct
{
  AppFixture app;
  RoundsRecord *kept;
  RoundsRecord *merged;
} Fixture;

static RoundsRecord *
add_call (Fixture *fixture, RoundsRecord *person, const char *notes)
{
  RoundsRecord *call = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_uuid (call, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (call, ROUNDS_INTERACTION_HCP_NAME, "Ama Osei");
  rounds_record_set_text (call, ROUNDS_INTERACTION_INTERACTION_TYPE, "Call");
  rounds_record_set_integer (call, ROUNDS_INTERACTION_OCCURRED_AT, G_GINT64_CONSTANT (1700000000000));
  rounds_record_set_text (call, ROUNDS_INTERACTION_NOTES, notes);
  app_save (&fixture->app, call);
  return call;
}

static void
change (Fixture *fixture, RoundsRecord *person, guint field, const char *text)
{
  rounds_record_set_text (person, field, text);
  app_save (&fixture->app, person);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) call = NULL;

  app_fixture_set_up (&fixture->app, NULL);
  fixture->kept = add_physician (&fixture->app, "Ama", "Osei", "Cardiology", "Utrecht");
  fixture->merged = add_physician (&fixture->app, "A.", "Osei", "Cardiology", "Zeist");
  change (fixture, fixture->kept, ROUNDS_PERSON_PHONE, "+31 30 555 0100");
  change (fixture, fixture->merged, ROUNDS_PERSON_PHONE, "030 5550100");
  change (fixture, fixture->merged, ROUNDS_PERSON_EMAIL, "ama.osei@example.org");
  call = add_call (fixture, fixture->kept, "Asked for the dosing card.");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->kept);
  g_clear_object (&fixture->merged);
  app_fixture_tear_down (&fixture->app, NULL);
}

/* A dialog has stacks of its own around what it shows. */
static const char *
get_page (GtkWidget *dialog)
{
  GtkWidget *stack;

  for (guint i = 0; (stack = app_find_widget (dialog, GTK_TYPE_STACK, i)) != NULL; i++)
    if (gtk_stack_get_child_by_name (GTK_STACK (stack), "scanning") != NULL)
      return gtk_stack_get_visible_child_name (GTK_STACK (stack));
  return "scanning";
}

static gboolean
is_ready_cb (gpointer data)
{
  return !g_str_equal (get_page (data), "scanning");
}

/* The dialog over a window of that width, at the first pair. */
static GtkWidget *
open_dialog (Fixture *fixture, int width, GtkWidget **window)
{
  GtkWidget *dialog = GTK_WIDGET (rounds_duplicates_dialog_new (fixture->app.context));

  *window = app_show (&fixture->app, adw_bin_new (), width, 720);
  adw_dialog_present (ADW_DIALOG (dialog), *window);
  app_wait_until (is_ready_cb, dialog);
  app_settle (&fixture->app);
  return dialog;
}

static GtkWidget *
find_choice (GtkWidget *dialog, const char *title)
{
  return find_child (dialog, ROUNDS_TYPE_MERGE_CHOICE_ROW, title);
}

static void
assert_person (Fixture *fixture, RoundsRecord *person, gboolean deleted)
{
  g_autoptr (RoundsRecord) now = app_get (&fixture->app, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));

  g_assert_cmpint (rounds_record_is_deleted (now), ==, deleted);
}

static void
assert_text (Fixture *fixture, RoundsRecord *person, guint field, const char *text)
{
  g_autoptr (RoundsRecord) now = app_get (&fixture->app, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));

  g_assert_cmpstr (rounds_record_get_text (now, field), ==, text);
}

/* Returns: the card of the person who is kept (0), or of the other (1) */
static GtkWidget *
find_card (GtkWidget *dialog, guint which)
{
  GtkWidget *box;

  for (guint i = 0; (box = app_find_widget (dialog, GTK_TYPE_BOX, i)) != NULL; i++)
    if (gtk_widget_has_css_class (box, "rounds-duplicate") && which-- == 0)
      return box;
  return NULL;
}

/* Whose value a choice is says its place alone: below the card of that person, and not beside it. */
static void
test_choices_below_people (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;
  GtkWidget *dialog = open_dialog (fixture, 800, &window);
  GtkWidget *row = find_choice (dialog, "Given name");
  float inset[2];

  for (guint i = 0; i < 2; i++)
    {
      graphene_rect_t choice, card;

      g_assert_true (gtk_widget_compute_bounds (app_find_widget (row, GTK_TYPE_CHECK_BUTTON, i), dialog, &choice));
      g_assert_true (gtk_widget_compute_bounds (find_card (dialog, i), dialog, &card));
      g_assert_cmpfloat (choice.origin.x + choice.size.width, <=, card.origin.x + card.size.width);
      inset[i] = choice.origin.x - card.origin.x;
    }
  g_assert_cmpfloat (inset[0], >, 0);
  g_assert_cmpfloat_with_epsilon (inset[0], inset[1], 1);
  adw_dialog_force_close (ADW_DIALOG (dialog));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
click_undo (GtkWidget *dialog)
{
  GtkWidget *overlay = app_find_widget (dialog, ADW_TYPE_TOAST_OVERLAY, 0);
  GtkWidget *button = NULL;

  for (guint i = 0; (button = app_find_widget (overlay, GTK_TYPE_BUTTON, i)) != NULL; i++)
    if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), "_Undo") == 0)
      break;
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

/* The one with the visits stays; what they do not have is taken, what is chosen too; Undo brings all of it back. */
static void
test_merge_and_undo (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;
  GtkWidget *dialog = open_dialog (fixture, 800, &window);
  GtkWidget *row = find_choice (dialog, "Given name");

  g_assert_cmpstr (get_page (dialog), ==, "pair");
  app_take_picture (window, "duplicates");
  g_assert_nonnull (row);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (app_find_widget (row, GTK_TYPE_CHECK_BUTTON, 1)), TRUE);
  gtk_widget_activate_action (dialog, "duplicates.merge", NULL);
  app_settle (&fixture->app);
  assert_person (fixture, fixture->merged, TRUE);
  assert_text (fixture, fixture->kept, ROUNDS_PERSON_GIVEN_NAME, "A.");
  assert_text (fixture, fixture->kept, ROUNDS_PERSON_EMAIL, "ama.osei@example.org");
  assert_text (fixture, fixture->kept, ROUNDS_PERSON_PHONE, "+31 30 555 0100");
  g_assert_cmpstr (get_page (dialog), ==, "done");
  app_take_picture (window, "duplicates-done");

  click_undo (dialog);
  app_settle (&fixture->app);
  assert_person (fixture, fixture->merged, FALSE);
  assert_text (fixture, fixture->kept, ROUNDS_PERSON_GIVEN_NAME, "Ama");
  g_assert_cmpstr (get_page (dialog), ==, "pair");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Nothing tells that these are the same, but the rep knows. */
static void
test_two_chosen (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) other = add_physician (&fixture->app, "Efua", "Mensah", "Cardiology", "Zeist");
  GtkWidget *dialog = GTK_WIDGET (rounds_duplicates_dialog_new_for (
    fixture->app.context, rounds_record_get_id (fixture->kept), rounds_record_get_id (other)));
  GtkWidget *window = app_show (&fixture->app, adw_bin_new (), 800, 720);

  adw_dialog_present (ADW_DIALOG (dialog), window);
  app_settle (&fixture->app);
  g_assert_cmpint (rounds_duplicates_dialog_count_left (ROUNDS_DUPLICATES_DIALOG (dialog)), ==, 1);
  gtk_widget_activate_action (dialog, "duplicates.merge", NULL);
  app_settle (&fixture->app);
  assert_person (fixture, fixture->kept, FALSE);
  assert_person (fixture, other, TRUE);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_at_first_choice_cb (gpointer data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (data));
  GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor (focus, ROUNDS_TYPE_MERGE_CHOICE_ROW) : NULL;

  return row != NULL && gtk_widget_get_prev_sibling (row) == NULL;
}

/* On a telephone, too, one reads first why they are proposed and who they are; the keyboard is where the choosing is.
 */
static void
test_opens_at_top (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = GTK_WIDGET (rounds_duplicates_dialog_new (fixture->app.context));
  GtkWidget *window = app_show (&fixture->app, adw_bin_new (), 360, 480);
  GtkWidget *scroller = NULL;
  GtkAdjustment *place;

  change (fixture, fixture->kept, ROUNDS_PERSON_LANGUAGE, "nl");
  change (fixture, fixture->merged, ROUNDS_PERSON_LANGUAGE, "nl");
  adw_dialog_present (ADW_DIALOG (dialog), window);
  app_wait_until (is_ready_cb, dialog);
  app_settle (&fixture->app);
  app_wait_until (is_at_first_choice_cb, dialog);
  app_take_picture (window, "duplicates-top");
  for (guint i = 0; (scroller = app_find_widget (dialog, GTK_TYPE_SCROLLED_WINDOW, i)) != NULL; i++)
    if (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)), scroller))
      break;
  place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  g_assert_cmpfloat (gtk_adjustment_get_upper (place), >, gtk_adjustment_get_page_size (place));
  g_assert_cmpfloat (gtk_adjustment_get_value (place), ==, 0);
  adw_dialog_force_close (ADW_DIALOG (dialog));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Said once, it is not asked again. */
static void
test_not_the_same (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;
  GtkWidget *dialog = open_dialog (fixture, 360, &window);

  app_take_picture (window, "duplicates-narrow");
  gtk_widget_activate_action (dialog, "duplicates.distinct", NULL);
  app_settle (&fixture->app);
  g_assert_cmpstr (get_page (dialog), ==, "done");
  adw_dialog_force_close (ADW_DIALOG (dialog));
  app_settle (&fixture->app);
  g_assert_cmpuint (rounds_duplicates_get_count (fixture->app.store), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));

  dialog = open_dialog (fixture, 800, &window);
  g_assert_cmpstr (get_page (dialog), ==, "done");
  assert_person (fixture, fixture->merged, FALSE);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
add_work_place (Fixture *fixture, RoundsRecord *person, const char *name, const char *town, gboolean is_primary,
                const char *until)
{
  g_autoptr (RoundsRecord) organisation = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);
  g_autoptr (RoundsRecord) address = rounds_record_new (ROUNDS_ENTITY_ADDRESS);
  g_autoptr (RoundsRecord) affiliation = rounds_record_new (ROUNDS_ENTITY_AFFILIATION);

  rounds_record_set_text (organisation, ROUNDS_ORGANISATION_NAME, name);
  app_save (&fixture->app, organisation);
  rounds_record_set_uuid (address, ROUNDS_ADDRESS_ORGANISATION, rounds_record_get_id (organisation));
  rounds_record_set_text (address, ROUNDS_ADDRESS_CITY, town);
  app_save (&fixture->app, address);
  rounds_record_set_uuid (affiliation, ROUNDS_AFFILIATION_PERSON, rounds_record_get_id (person));
  rounds_record_set_uuid (affiliation, ROUNDS_AFFILIATION_ORGANISATION, rounds_record_get_id (organisation));
  rounds_record_set_integer (affiliation, ROUNDS_AFFILIATION_IS_PRIMARY, is_primary);
  rounds_record_set_text (affiliation, ROUNDS_AFFILIATION_VALID_TO, until);
  app_save (&fixture->app, affiliation);
}

/* Two people of one name are told apart by where they work: now, and mostly there first. */
static void
test_work_places (Fixture *fixture, gconstpointer data)
{
  g_autofree char *kept = NULL;
  g_autofree char *merged = NULL;

  add_work_place (fixture, fixture->kept, "Day Clinic", "Zeist", FALSE, NULL);
  add_work_place (fixture, fixture->kept, "Harbour Clinic", "Utrecht", TRUE, NULL);
  add_work_place (fixture, fixture->kept, "Old Practice", "Gouda", FALSE, "2020-12-31");
  kept = rounds_match_describe_person (fixture->app.store, fixture->kept);
  merged = rounds_match_describe_person (fixture->app.store, fixture->merged);
  g_assert_true (g_str_has_prefix (
    kept, "Cardiology · Utrecht\nHarbour Clinic · Utrecht\nDay Clinic · Zeist\n1 interaction · last: "));
  g_assert_true (g_str_has_prefix (merged, "Cardiology · Zeist\nNo interactions\n"));
}

static void
test_skip (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window;
  GtkWidget *dialog = open_dialog (fixture, 800, &window);

  gtk_widget_activate_action (dialog, "duplicates.skip", NULL);
  g_assert_cmpstr (get_page (dialog), ==, "done");
  adw_dialog_force_close (ADW_DIALOG (dialog));
  app_settle (&fixture->app);
  g_assert_cmpuint (rounds_duplicates_get_count (fixture->app.store), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static RoundsRecord *
merge_both (Fixture *fixture)
{
  g_autoptr (RoundsRecord) merge = NULL;
  GtkWidget *window;
  GtkWidget *dialog = open_dialog (fixture, 800, &window);
  g_autoptr (GPtrArray) merges = NULL;

  gtk_widget_activate_action (dialog, "duplicates.merge", NULL);
  app_settle (&fixture->app);
  gtk_window_destroy (GTK_WINDOW (window));
  merges =
    rounds_person_merge_list (rounds_store_get_reader (fixture->app.store), rounds_record_get_id (fixture->kept), NULL);
  g_assert_cmpuint (merges->len, ==, 1);
  return g_object_ref (merges->pdata[0]);
}

/* Months later: the contact's page tells of the merge; a call made since goes where somebody says. */
static void
test_unmerge (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) merge = merge_both (fixture);
  g_autoptr (RoundsRecord) call = add_call (fixture, fixture->kept, "Wants to hear of the trial in Zeist.");
  g_autoptr (RoundsRecord) stays = add_call (fixture, fixture->kept, "Moved the visit to Friday.");
  g_autoptr (RoundsRecord) now = NULL;
  GtkWidget *group = g_object_new (ROUNDS_TYPE_MERGED_GROUP, NULL);
  GtkWidget *window = app_show (&fixture->app, group, 700, 500);
  GtkWidget *dialog;
  GtkWidget *row;

  rounds_merged_group_show (ROUNDS_MERGED_GROUP (group), fixture->app.context, fixture->kept);
  g_assert_true (gtk_widget_get_visible (group));
  g_assert_nonnull (find_child (group, ADW_TYPE_ACTION_ROW, "Merged with A. Osei"));

  dialog = GTK_WIDGET (rounds_unmerge_dialog_new (fixture->app.context, merge));
  adw_dialog_present (ADW_DIALOG (dialog), window);
  app_settle (&fixture->app);
  app_take_picture (window, "unmerge");
  for (guint i = 0; (row = app_find_widget (dialog, ADW_TYPE_SWITCH_ROW, i)) != NULL; i++)
    if (g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "Wants"))
      adw_switch_row_set_active (ADW_SWITCH_ROW (row), TRUE);
  gtk_widget_activate_action (dialog, "unmerge.run", NULL);
  app_settle (&fixture->app);
  assert_person (fixture, fixture->merged, FALSE);
  now = app_get (&fixture->app, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (call));
  g_assert_true (rounds_uuid_equal (rounds_record_get_uuid (now, ROUNDS_INTERACTION_PERSON),
                                    rounds_record_get_id (fixture->merged)));
  g_object_unref (now);
  now = app_get (&fixture->app, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (stays));
  g_assert_true (
    rounds_uuid_equal (rounds_record_get_uuid (now, ROUNDS_INTERACTION_PERSON), rounds_record_get_id (fixture->kept)));
  g_assert_nonnull (fixture->app.last_toast);
  rounds_merged_group_show (ROUNDS_MERGED_GROUP (group), fixture->app.context, fixture->kept);
  g_assert_false (gtk_widget_get_visible (group));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Both are called the same, as most who were merged are: what is asked says who is who, whatever is in the names. */
static void
test_unmerge_namesakes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) call = NULL;
  GtkWidget *window = app_show (&fixture->app, adw_bin_new (), 700, 500);
  GtkWidget *dialog;
  GtkWidget *label;
  gboolean is_asked = FALSE;

  for (guint i = 0; i < 2; i++)
    {
      RoundsRecord *person = i == 0 ? fixture->kept : fixture->merged;

      change (fixture, person, ROUNDS_PERSON_GIVEN_NAME, "Ama & <b>");
      change (fixture, person, ROUNDS_PERSON_FAMILY_NAME, "Osei");
      change (fixture, person, ROUNDS_PERSON_EMAIL, i == 0 ? "stays@example.org" : "returns@example.org");
    }
  merge = merge_both (fixture);
  call = add_call (fixture, fixture->kept, "Wants to hear of the trial in Zeist.");
  dialog = GTK_WIDGET (rounds_unmerge_dialog_new (fixture->app.context, merge));
  adw_dialog_present (ADW_DIALOG (dialog), window);
  app_settle (&fixture->app);
  for (guint i = 0; (label = app_find_widget (dialog, GTK_TYPE_LABEL, i)) != NULL; i++)
    is_asked |= g_str_equal (gtk_label_get_text (GTK_LABEL (label)),
                             "Turn on what belongs to Ama & <b> Osei (returns@example.org); the rest stays with Ama & "
                             "<b> Osei (stays@example.org).");
  g_assert_true (is_asked);
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
has_hint_cb (gpointer data)
{
  GtkWidget *label;

  for (guint i = 0; (label = app_find_widget (data, GTK_TYPE_LABEL, i)) != NULL; i++)
    if (g_str_has_prefix (gtk_label_get_text (GTK_LABEL (label)), "Possibly the same as Ama Osei")
        && gtk_widget_get_mapped (label))
      return TRUE;
  return FALSE;
}

static gboolean
has_no_hint_cb (gpointer data)
{
  return !has_hint_cb (data);
}

/* A second "Ama Osei" is noticed before half of the visits are under it; it does not keep anybody from saving. */
static void
test_while_typing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  GtkWidget *window = app_show (&fixture->app, adw_bin_new (), 600, 700);
  GtkWidget *dialog = GTK_WIDGET (rounds_contact_dialog_new (fixture->app.context, person));
  GtkWidget *phone;

  adw_dialog_present (ADW_DIALOG (dialog), window);
  app_settle (&fixture->app);
  phone = find_child (dialog, ADW_TYPE_ENTRY_ROW, "Phone");
  g_assert_nonnull (phone);
  gtk_editable_set_text (GTK_EDITABLE (phone), "(030) 555-0100");
  app_wait_until (has_hint_cb, dialog);
  app_take_picture (window, "hint");
  gtk_editable_set_text (GTK_EDITABLE (phone), "(030) 555-0101");
  app_wait_until (has_no_hint_cb, dialog);
  gtk_editable_set_text (GTK_EDITABLE (phone), "");
  gtk_editable_set_text (GTK_EDITABLE (find_child (dialog, ADW_TYPE_ENTRY_ROW, "Given name")), "Dr. AMA");
  gtk_editable_set_text (GTK_EDITABLE (find_child (dialog, ADW_TYPE_ENTRY_ROW, "Family name")), "osei");
  app_wait_until (has_hint_cb, dialog);
  adw_dialog_force_close (ADW_DIALOG (dialog));
  gtk_window_destroy (GTK_WINDOW (window));
}

#define ADD(name, test) g_test_add ("/app/duplicates/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  ADD ("choices-below-people", test_choices_below_people);
  ADD ("merge-and-undo", test_merge_and_undo);
  ADD ("two-chosen", test_two_chosen);
  ADD ("opens-at-top", test_opens_at_top);
  ADD ("not-the-same", test_not_the_same);
  ADD ("skip", test_skip);
  ADD ("work-places", test_work_places);
  ADD ("unmerge", test_unmerge);
  ADD ("unmerge-namesakes", test_unmerge_namesakes);
  ADD ("while-typing", test_while_typing);
  return g_test_run ();
}
