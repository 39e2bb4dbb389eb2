/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If these fail, a rep loses a note, finds it twice, or cannot take it back.
 */

#include "config.h"

#include "contacts-fixture.h"
#include "forms/rounds-reference-row.h"
#include "forms/rounds-text-row.h"
#include "interactions/rounds-attendees-group.h"
#include "interactions/rounds-interaction-dialog.h"
#include "interactions/rounds-interaction-extras.h"
#include "interactions/rounds-outcome-row.h"
#include "rounds-time.h"

typedef struct
{
  RoundsInteractionDialog *dialog;
  GtkWindow *window;
} Shown;

/* The dialog over a window, as the user has it. */
static Shown
show (AppFixture *fixture, RoundsRecord *record)
{
  Shown shown = { .window = GTK_WINDOW (adw_window_new ()) };

  gtk_window_set_default_size (shown.window, 800, 700);
  adw_window_set_content (ADW_WINDOW (shown.window), gtk_label_new (NULL));
  gtk_window_present (shown.window);
  shown.dialog = g_object_ref_sink (rounds_interaction_dialog_new (fixture->context, record));
  adw_dialog_present (ADW_DIALOG (shown.dialog), GTK_WIDGET (shown.window));
  return shown;
}

static Shown
show_new (AppFixture *fixture)
{
  g_autoptr (RoundsRecord) record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  return show (fixture, record);
}

static void
drop (Shown *shown)
{
  g_clear_object (&shown->dialog);
  g_clear_pointer (&shown->window, gtk_window_destroy);
}

static RoundsReferenceRow *
get_who (Shown *shown)
{
  return ROUNDS_REFERENCE_ROW (find_child (GTK_WIDGET (shown->dialog), ROUNDS_TYPE_REFERENCE_ROW, NULL));
}

static RoundsTextRow *
get_notes (Shown *shown)
{
  return ROUNDS_TEXT_ROW (find_child (GTK_WIDGET (shown->dialog), ROUNDS_TYPE_TEXT_ROW, NULL));
}

static void
type (Shown *shown, const char *who, const char *notes)
{
  gtk_editable_set_text (GTK_EDITABLE (get_who (shown)), who);
  rounds_text_row_set_text (get_notes (shown), notes);
}

static gboolean
has_draft (gpointer data)
{
  return count_records (data, ROUNDS_ENTITY_DRAFT) == 1;
}

static gboolean
has_no_interaction (gpointer data)
{
  return count_records (data, ROUNDS_ENTITY_INTERACTION) == 0;
}

static gboolean
has_toast (gpointer data)
{
  return ((AppFixture *) data)->last_toast != NULL;
}

static RoundsRecord *
get_only_interaction (AppFixture *fixture)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_INTERACTION);

  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_INTERACTION), ==, 1);
  rounds_query_limit (query, 1);
  return rounds_store_find (fixture->store, query, NULL);
}

static void
save (AppFixture *fixture, Shown *shown)
{
  g_clear_object (&fixture->last_toast);
  gtk_widget_activate_action (GTK_WIDGET (shown->dialog), "interaction.save", NULL);
  app_settle (fixture);
  app_wait_until (has_toast, fixture);
}

static void
test_save (AppFixture *fixture, gconstpointer data)
{
  Shown shown = show_new (fixture);
  g_autoptr (RoundsRecord) saved = NULL;
  gint64 now = rounds_time_now ();

  type (&shown, "Dr. Sarah Johnson", "Follow-up on dosing.\nSend the paper.");
  app_wait_until (has_draft, fixture);
  save (fixture, &shown);

  saved = get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (saved, ROUNDS_INTERACTION_HCP_NAME), ==, "Dr. Sarah Johnson");
  g_assert_cmpstr (rounds_record_get_text (saved, ROUNDS_INTERACTION_INTERACTION_TYPE), ==, "Visit");
  g_assert_cmpstr (rounds_record_get_text (saved, ROUNDS_INTERACTION_NOTES), ==,
                   "Follow-up on dosing.\nSend the paper.");
  g_assert_true (rounds_record_is_null (saved, ROUNDS_INTERACTION_PERSON));
  g_assert_cmpint (ABS (rounds_record_get_integer (saved, ROUNDS_INTERACTION_OCCURRED_AT) - now), <=,
                   2 * ROUNDS_MINUTE);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_DRAFT), ==, 0);
  g_assert_cmpstr (adw_toast_get_title (fixture->last_toast), ==, "Visit logged");
  drop (&shown);
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_DRAFT), ==, 0);
}

static void
test_undo (AppFixture *fixture, gconstpointer data)
{
  Shown shown = show_new (fixture);

  type (&shown, "Dr. Sarah Johnson", "A visit that was another's.");
  save (fixture, &shown);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_INTERACTION), ==, 1);
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_wait_until (has_no_interaction, fixture);
  drop (&shown);
}

/* The program is killed: nothing is closed, nothing is flushed. */
static void
test_draft_survives_kill (AppFixture *fixture, gconstpointer data)
{
  Shown first = show_new (fixture);
  Shown second;
  g_autofree char *notes = NULL;
  g_autoptr (RoundsRecord) unfinished = NULL;

  type (&first, "Dr. Lindqvist", "Half a sen");
  app_wait_until (has_draft, fixture);

  unfinished = rounds_interaction_dialog_find_unfinished (fixture->store);
  g_assert_nonnull (unfinished);
  second = show_new (fixture);
  notes = rounds_text_row_dup_text (get_notes (&second));
  g_assert_cmpstr (notes, ==, "Half a sen");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_who (&second))), ==, "Dr. Lindqvist");

  /* And it is one note, not two, when it is finished. */
  rounds_text_row_set_text (get_notes (&second), "Half a sentence, and the rest.");
  save (fixture, &second);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_INTERACTION), ==, 1);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_DRAFT), ==, 0);
  drop (&second);
  drop (&first);
}

static void
test_closing_keeps (AppFixture *fixture, gconstpointer data)
{
  Shown shown = show_new (fixture);

  type (&shown, "", "Typed just before Escape");
  g_assert_true (adw_dialog_close (ADW_DIALOG (shown.dialog)));
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_DRAFT), ==, 1);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_INTERACTION), ==, 0);
  drop (&shown);

  /* Nothing typed leaves nothing behind. */
  shown = show_new (fixture);
  type (&shown, "", "");
  g_assert_true (adw_dialog_close (ADW_DIALOG (shown.dialog)));
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_DRAFT), ==, 0);
  drop (&shown);
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
  Shown shown;

  rounds_record_set_uuid (about_chen, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (chen));
  rounds_record_set_uuid (about_raman, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (raman));
  shown = show (fixture, about_chen);
  rounds_text_row_set_text (get_notes (&shown), "About Chen");
  adw_dialog_close (ADW_DIALOG (shown.dialog));
  drop (&shown);
  app_settle (fixture);

  shown = show (fixture, about_raman);
  notes = rounds_text_row_dup_text (get_notes (&shown));
  g_assert_cmpstr (notes, ==, "");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_who (&shown))), ==, "Priya Raman");
  drop (&shown);
}

static void
test_name_needed (AppFixture *fixture, gconstpointer data)
{
  Shown shown = show_new (fixture);

  rounds_text_row_set_text (get_notes (&shown), "But with whom?");
  gtk_widget_activate_action (GTK_WIDGET (shown.dialog), "interaction.save", NULL);
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_INTERACTION), ==, 0);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (get_who (&shown)), "error"));
  drop (&shown);
}

static gboolean
is_in_notes (gpointer data)
{
  Shown *shown = data;
  GtkWidget *focus = gtk_window_get_focus (shown->window);

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (get_notes (shown)));
}

static void
test_known_person (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "José", "García", "Neurology", "Worcester");
  g_autoptr (RoundsRecord) record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsRecord) saved = NULL;
  g_autoptr (RoundsRecord) again = NULL;
  Shown shown;

  rounds_record_set_uuid (record, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  shown = show (fixture, record);
  /* Who it was is known, so that one can write at once. */
  app_wait_until (is_in_notes, &shown);
  save (fixture, &shown);
  drop (&shown);
  saved = get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (saved, ROUNDS_INTERACTION_HCP_NAME), ==, "José García");
  g_assert_true (
    rounds_uuid_equal (rounds_record_get_uuid (saved, ROUNDS_INTERACTION_PERSON), rounds_record_get_id (person)));

  /* Changing it changes it, and Undo brings the old words back. */
  shown = show (fixture, saved);
  rounds_text_row_set_text (get_notes (&shown), "Came to think of it");
  save (fixture, &shown);
  drop (&shown);
  again = get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (again, ROUNDS_INTERACTION_NOTES), ==, "Came to think of it");
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  g_clear_object (&again);
  again = get_only_interaction (fixture);
  g_assert_null (rounds_record_get_text (again, ROUNDS_INTERACTION_NOTES));
}

/* A colleague's change comes in while the form is open: what the user did not touch is the colleague's. */
static void
test_keeps_what_came_meanwhile (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsRecord) after = NULL;
  g_autoptr (RoundsRecord) undone = NULL;
  Shown shown;

  rounds_record_set_text (record, ROUNDS_INTERACTION_HCP_NAME, "Dr. Okafor");
  rounds_record_set_integer (record, ROUNDS_INTERACTION_OCCURRED_AT,
                             rounds_time_now () / ROUNDS_MINUTE * ROUNDS_MINUTE);
  rounds_record_set_text (record, ROUNDS_INTERACTION_OUTCOME, "no_access");
  rounds_record_set_integer (record, ROUNDS_INTERACTION_NO_SHOW, TRUE);
  app_save (fixture, record);

  shown = show (fixture, record);
  rounds_text_row_set_text (get_notes (&shown), "Mine");
  rounds_record_set_text (record, ROUNDS_INTERACTION_OUTCOME, "met");
  app_save (fixture, record);
  app_wait_until (has_draft, fixture);
  adw_dialog_close (ADW_DIALOG (shown.dialog));
  drop (&shown);

  /* Also when the form is opened again with its draft. */
  shown = show (fixture, record);
  save (fixture, &shown);
  drop (&shown);
  after = get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_NOTES), ==, "Mine");
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_OUTCOME), ==, "met");
  g_assert_true (rounds_record_get_boolean (after, ROUNDS_INTERACTION_NO_SHOW));

  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  undone = get_only_interaction (fixture);
  g_assert_null (rounds_record_get_text (undone, ROUNDS_INTERACTION_NOTES));
  g_assert_cmpstr (rounds_record_get_text (undone, ROUNDS_INTERACTION_OUTCOME), ==, "met");
}

static GtkTextView *
get_notes_view (Shown *shown)
{
  return GTK_TEXT_VIEW (app_find_widget (GTK_WIDGET (get_notes (shown)), GTK_TYPE_TEXT_VIEW, 0));
}

/* Everything that is typed goes to where the cursor is. */
static void
type_at_cursor (Shown *shown, const char *text)
{
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (get_notes_view (shown)), text, -1);
}

static int
get_cursor (Shown *shown)
{
  int position;

  g_object_get (gtk_text_view_get_buffer (get_notes_view (shown)), "cursor-position", &position, NULL);
  return position;
}

static RoundsRecord *
add_visit (AppFixture *fixture, const char *notes)
{
  RoundsRecord *record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_text (record, ROUNDS_INTERACTION_HCP_NAME, "Dr. Okafor");
  rounds_record_set_integer (record, ROUNDS_INTERACTION_OCCURRED_AT,
                             rounds_time_now () / ROUNDS_MINUTE * ROUNDS_MINUTE);
  rounds_record_set_text (record, ROUNDS_INTERACTION_OUTCOME, "met");
  rounds_record_set_text (record, ROUNDS_INTERACTION_NOTES, notes);
  app_save (fixture, record);
  return record;
}

static void
assert_has_words (RoundsRecord *record, const char *first, const char *second)
{
  const char *notes = rounds_record_get_text (record, ROUNDS_INTERACTION_NOTES);

  if (notes == NULL || strstr (notes, first) == NULL || strstr (notes, second) == NULL)
    g_error ("The notes are “%s”", notes);
}

/* FEATURES.md 3.2, acceptance test 2 (standardnotes/forum#3307): a pull arrives while somebody types. */
static void
test_pull_while_typing (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) record = add_visit (fixture, "Asked about dosing.");
  g_autoptr (RoundsRecord) after = NULL;
  Shown shown = show (fixture, record);
  g_autofree char *text = NULL;
  GtkTextIter start;

  app_wait_until (is_in_notes, &shown);
  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (get_notes_view (&shown)), &start);
  gtk_text_buffer_place_cursor (gtk_text_view_get_buffer (get_notes_view (&shown)), &start);
  type_at_cursor (&shown, "Was in a hur");

  rounds_record_set_text (record, ROUNDS_INTERACTION_NOTES, "Asked about dosing. Wants the paper by Friday.");
  app_pull (fixture, record);
  app_settle (fixture);
  g_assert_cmpint (get_cursor (&shown), ==, 12);
  type_at_cursor (&shown, "ry. ");
  text = rounds_text_row_dup_text (get_notes (&shown));
  g_assert_cmpstr (text, ==, "Was in a hurry. Asked about dosing.");

  save (fixture, &shown);
  drop (&shown);
  after = get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_NOTES), ==,
                   "Was in a hurry. Asked about dosing. Wants the paper by Friday.");
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_CONFLICT), ==, 0);
}

/* Both chose something else: theirs stays, mine is kept to choose. */
static void
test_pull_of_the_same_field (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) record = add_visit (fixture, NULL);
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_CONFLICT);
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (RoundsRecord) after = NULL;
  Shown shown = show (fixture, record);

  rounds_reference_row_set_name (get_who (&shown), "Dr. Ngozi Okafor");
  rounds_text_row_set_text (get_notes (&shown), "Mine");
  rounds_record_set_text (record, ROUNDS_INTERACTION_HCP_NAME, "Dr. N. Okafor");
  app_pull (fixture, record);
  save (fixture, &shown);
  drop (&shown);

  after = get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_NOTES), ==, "Mine");
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_HCP_NAME), ==, "Dr. N. Okafor");
  conflicts = app_list (fixture, query);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpstr (rounds_record_get_text (conflicts->pdata[0], ROUNDS_CONFLICT_FIELD), ==, "hcp_name");
  g_assert_cmpstr (rounds_record_get_text (conflicts->pdata[0], ROUNDS_CONFLICT_MINE), ==, "\"Dr. Ngozi Okafor\"");
  g_assert_cmpstr (rounds_record_get_text (conflicts->pdata[0], ROUNDS_CONFLICT_THEIRS), ==, "\"Dr. N. Okafor\"");
}

/* Deleted by a colleague while it is open: the words win. */
static void
test_pull_of_a_deletion (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) record = add_visit (fixture, "Before");
  g_autoptr (RoundsRecord) after = NULL;
  Shown shown = show (fixture, record);

  rounds_text_row_set_text (get_notes (&shown), "Before and after");
  rounds_record_set_integer (record, ROUNDS_FIELD_DELETED_AT, rounds_time_now ());
  app_pull (fixture, record);
  save (fixture, &shown);
  drop (&shown);
  after = get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_NOTES), ==, "Before and after");
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_CONFLICT), ==, 1);
}

/* A draft that is found again does not put away what came since it was begun. */
static void
test_pull_under_a_draft (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) record = add_visit (fixture, "Asked about dosing.");
  g_autoptr (RoundsRecord) after = NULL;
  Shown shown = show (fixture, record);

  rounds_text_row_set_text (get_notes (&shown), "Asked about dosing. Mine.");
  app_wait_until (has_draft, fixture);
  adw_dialog_close (ADW_DIALOG (shown.dialog));
  drop (&shown);
  rounds_record_set_text (record, ROUNDS_INTERACTION_NOTES, "Theirs. Asked about dosing.");
  app_pull (fixture, record);

  shown = show (fixture, record);
  save (fixture, &shown);
  drop (&shown);
  after = get_only_interaction (fixture);
  assert_has_words (after, "Mine.", "Theirs.");
}

/* Undo takes back what the user did, not what came since. */
static void
test_pull_before_undo (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) record = add_visit (fixture, "Before");
  g_autoptr (RoundsRecord) after = NULL;
  Shown shown = show (fixture, record);

  rounds_text_row_set_text (get_notes (&shown), "After");
  save (fixture, &shown);
  drop (&shown);
  after = get_only_interaction (fixture);
  rounds_record_set_text (after, ROUNDS_INTERACTION_OUTCOME, "no_access");
  app_pull (fixture, after);
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  g_clear_object (&after);
  after = get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_NOTES), ==, "Before");
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_OUTCOME), ==, "no_access");
}

static GtkWidget *
get_extras (Shown *shown)
{
  return find_child (GTK_WIDGET (shown->dialog), ROUNDS_TYPE_INTERACTION_EXTRAS, NULL);
}

static GtkWidget *
get_entry (Shown *shown, const char *title)
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
  RoundsAttendeesGroup *group;
  Shown shown;

  rounds_record_set_uuid (record, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (chen));
  shown = show (fixture, record);
  group = ROUNDS_ATTENDEES_GROUP (find_child (GTK_WIDGET (shown.dialog), ROUNDS_TYPE_ATTENDEES_GROUP, NULL));
  gtk_widget_activate_action (get_extras (&shown), "extras.attendees", NULL);
  rounds_attendees_group_add (group, rounds_record_get_id (raman));
  rounds_attendees_group_add (group, rounds_record_get_id (chen)); /* is named already */
  gtk_widget_activate_action (get_extras (&shown), "extras.follow-up", NULL);
  gtk_editable_set_text (GTK_EDITABLE (get_entry (&shown, "What to do")), "Send the paper 2031-05-06");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (&shown, "Due on"))), ==, "2031-05-06");
  gtk_editable_set_text (GTK_EDITABLE (get_entry (&shown, "Due on")), due);
  app_take_picture (GTK_WIDGET (shown.window), "interaction-filled");
  save (fixture, &shown);
  drop (&shown);

  visit = get_only_interaction (fixture);
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
  app_wait_until (has_no_interaction, fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_INTERACTION_ATTENDEE), ==, 0);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_FOLLOW_UP), ==, 0);
}

/* Somebody is taken off again, and with Undo put back. */
static void
test_remove_attendee (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) raman = add_physician (fixture, "Priya", "Raman", "Cardiology", "Boston");
  g_autoptr (RoundsRecord) visit = add_visit (fixture, "Lunch");
  g_autoptr (RoundsRecord) attendee = rounds_record_new (ROUNDS_ENTITY_INTERACTION_ATTENDEE);
  g_autoptr (GArray) nobody = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  Shown shown;

  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, rounds_record_get_id (visit));
  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_PERSON, rounds_record_get_id (raman));
  app_save (fixture, attendee);
  shown = show (fixture, visit);
  rounds_attendees_group_set (
    ROUNDS_ATTENDEES_GROUP (find_child (GTK_WIDGET (shown.dialog), ROUNDS_TYPE_ATTENDEES_GROUP, NULL)), nobody);
  save (fixture, &shown);
  drop (&shown);
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
  Shown shown = show_new (fixture);

  type (&shown, "Dr. Okafor", "Good talk. I will send the dosing paper tomorrow.");
  app_take_picture (GTK_WIDGET (shown.window), "interaction-promise");
  save (fixture, &shown);
  drop (&shown);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_FOLLOW_UP), ==, 0);

  shown = show_new (fixture);
  type (&shown, "Dr. Okafor", "Good talk. I will send the dosing paper tomorrow.");
  gtk_widget_activate_action (GTK_WIDGET (shown.dialog), "interaction.promise", NULL);
  app_wait_until (has_draft, fixture);
  adw_dialog_close (ADW_DIALOG (shown.dialog));
  drop (&shown);
  app_settle (fixture);

  /* The press is in the draft too. */
  shown = show_new (fixture);
  save (fixture, &shown);
  drop (&shown);
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
  Shown shown = show_new (fixture);

  type (&shown, "Dr. Okafor", "");
  row = ROUNDS_OUTCOME_ROW (find_child (GTK_WIDGET (shown.dialog), ROUNDS_TYPE_OUTCOME_ROW, NULL));
  g_assert_null (rounds_outcome_row_get (row, &no_show));
  rounds_outcome_row_set (row, "left_material", FALSE);
  save (fixture, &shown);
  drop (&shown);
  visit = get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (visit, ROUNDS_INTERACTION_OUTCOME), ==, "left_material");

  shown = show (fixture, visit);
  row = ROUNDS_OUTCOME_ROW (find_child (GTK_WIDGET (shown.dialog), ROUNDS_TYPE_OUTCOME_ROW, NULL));
  g_assert_cmpstr (rounds_outcome_row_get (row, &no_show), ==, "left_material");
  rounds_outcome_row_set (row, NULL, TRUE);
  save (fixture, &shown);
  drop (&shown);
  g_clear_object (&visit);
  visit = get_only_interaction (fixture);
  g_assert_true (rounds_record_get_boolean (visit, ROUNDS_INTERACTION_NO_SHOW));
}

static void
test_template (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) template = rounds_record_new (ROUNDS_ENTITY_NOTE_TEMPLATE);
  char id[ROUNDS_UUID_STRING_LENGTH + 1];
  g_autofree char *notes = NULL;
  Shown shown;

  rounds_record_set_text (template, ROUNDS_NOTE_TEMPLATE_NAME, "Sample_request");
  rounds_record_set_text (template, ROUNDS_NOTE_TEMPLATE_TEXT, "Samples asked for: ");
  app_save (fixture, template);
  shown = show_new (fixture);
  type_at_cursor (&shown, "First. ");
  rounds_uuid_format (rounds_record_get_id (template), id);
  gtk_widget_activate_action (app_find_widget (GTK_WIDGET (shown.dialog), g_type_from_name ("RoundsTemplateButton"), 0),
                              "template.insert", "s", id);
  type_at_cursor (&shown, "two");
  notes = rounds_text_row_dup_text (get_notes (&shown));
  g_assert_cmpstr (notes, ==, "First. Samples asked for: two");
  drop (&shown);
}

static RoundsRecord *
add_submitted_visit (AppFixture *fixture)
{
  RoundsRecord *visit = add_visit (fixture, "Twice daily");

  rounds_record_set_integer (visit, ROUNDS_INTERACTION_SUBMITTED_AT, rounds_time_now ());
  app_save (fixture, visit);
  return visit;
}

static void
test_submitted_is_read_only (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) visit = add_submitted_visit (fixture);
  g_autoptr (RoundsRecord) after = NULL;
  Shown shown = show (fixture, visit);

  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (get_notes (&shown))));
  rounds_text_row_set_text (get_notes (&shown), "As I wish it had been");
  gtk_widget_activate_action (GTK_WIDGET (shown.dialog), "interaction.save", NULL);
  adw_dialog_close (ADW_DIALOG (shown.dialog));
  drop (&shown);
  app_settle (fixture);
  after = get_only_interaction (fixture);
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
  Shown shown = show (fixture, visit);

  gtk_widget_activate_action (GTK_WIDGET (shown.dialog), "interaction.amend", NULL);
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (get_notes (&shown))));
  rounds_text_row_set_text (get_notes (&shown), "Once daily");

  /* Not without a reason. */
  gtk_widget_activate_action (GTK_WIDGET (shown.dialog), "interaction.save", NULL);
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_AMENDMENT), ==, 0);

  gtk_editable_set_text (GTK_EDITABLE (get_entry (&shown, "Reason for the amendment")), "Wrong dose");
  save (fixture, &shown);
  drop (&shown);
  after = get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_NOTES), ==, "Once daily");
  amendments = list_all (fixture, ROUNDS_ENTITY_AMENDMENT);
  g_assert_cmpuint (amendments->len, ==, 1);
  g_assert_cmpstr (rounds_record_get_text (amendments->pdata[0], ROUNDS_AMENDMENT_REASON), ==, "Wrong dose");

  shown = show (fixture, after);
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (get_notes (&shown))));
  app_take_picture (GTK_WIDGET (shown.window), "interaction-amended");
  drop (&shown);

  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  back = get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (back, ROUNDS_INTERACTION_NOTES), ==, "Twice daily");
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_AMENDMENT), ==, 2);
}

/* What was typed into an amendment is kept like everything else. */
static void
test_amend_draft (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) visit = add_submitted_visit (fixture);
  g_autofree char *notes = NULL;
  Shown shown = show (fixture, visit);

  gtk_widget_activate_action (GTK_WIDGET (shown.dialog), "interaction.amend", NULL);
  rounds_text_row_set_text (get_notes (&shown), "Once da");
  gtk_editable_set_text (GTK_EDITABLE (get_entry (&shown, "Reason for the amendment")), "Wrong do");
  adw_dialog_close (ADW_DIALOG (shown.dialog));
  drop (&shown);
  app_settle (fixture);

  shown = show (fixture, visit);
  notes = rounds_text_row_dup_text (get_notes (&shown));
  g_assert_cmpstr (notes, ==, "Once da");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (&shown, "Reason for the amendment"))), ==,
                   "Wrong do");
  drop (&shown);
}

static void
test_submit (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) visit = add_visit (fixture, "Twice daily");
  g_autoptr (RoundsRecord) after = NULL;
  g_autoptr (RoundsRecord) back = NULL;
  Shown shown = show (fixture, visit);

  g_clear_object (&fixture->last_toast);
  gtk_widget_activate_action (GTK_WIDGET (shown.dialog), "interaction.submit", NULL);
  app_wait_until (has_toast, fixture);
  drop (&shown);
  after = get_only_interaction (fixture);
  g_assert_false (rounds_record_is_null (after, ROUNDS_INTERACTION_SUBMITTED_AT));
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  back = get_only_interaction (fixture);
  g_assert_true (rounds_record_is_null (back, ROUNDS_INTERACTION_SUBMITTED_AT));
}

#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  ADD ("/app/interaction-dialog/save", test_save);
  ADD ("/app/interaction-dialog/undo", test_undo);
  ADD ("/app/interaction-dialog/draft-survives-kill", test_draft_survives_kill);
  ADD ("/app/interaction-dialog/closing-keeps", test_closing_keeps);
  ADD ("/app/interaction-dialog/draft-stays-with-its-person", test_draft_stays_with_its_person);
  ADD ("/app/interaction-dialog/name-needed", test_name_needed);
  ADD ("/app/interaction-dialog/known-person", test_known_person);
  ADD ("/app/interaction-dialog/keeps-what-came-meanwhile", test_keeps_what_came_meanwhile);
  ADD ("/app/interaction-dialog/pull-while-typing", test_pull_while_typing);
  ADD ("/app/interaction-dialog/pull-of-the-same-field", test_pull_of_the_same_field);
  ADD ("/app/interaction-dialog/pull-of-a-deletion", test_pull_of_a_deletion);
  ADD ("/app/interaction-dialog/pull-under-a-draft", test_pull_under_a_draft);
  ADD ("/app/interaction-dialog/pull-before-undo", test_pull_before_undo);
  ADD ("/app/interaction-dialog/submitted-is-read-only", test_submitted_is_read_only);
  ADD ("/app/interaction-dialog/attendees-and-follow-up", test_attendees_and_follow_up);
  ADD ("/app/interaction-dialog/remove-attendee", test_remove_attendee);
  ADD ("/app/interaction-dialog/promise", test_promise);
  ADD ("/app/interaction-dialog/outcome", test_outcome);
  ADD ("/app/interaction-dialog/template", test_template);
  ADD ("/app/interaction-dialog/amend", test_amend);
  ADD ("/app/interaction-dialog/amend-draft", test_amend_draft);
  ADD ("/app/interaction-dialog/submit", test_submit);

  return g_test_run ();
}
