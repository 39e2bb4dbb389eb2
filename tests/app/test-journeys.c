/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, a patient's way through a trial is lost or mixed up with another one's, or nobody sees where it
 * stands.
 */
#include "config.h"

#include "app-fixture.h"
#include "forms/rounds-record-form.h"
#include "forms/rounds-reference-row.h"
#include "forms/rounds-text-row.h"
#include "journeys/rounds-journey-board.h"
#include "journeys/rounds-journey-card.h"
#include "journeys/rounds-journey-dialog.h"
#include "journeys/rounds-journey-service.h"
#include "journeys/rounds-journeys-page.h"
#include "rounds-time.h"
#include "test-loop.h"

#define NOW G_GINT64_CONSTANT (1700000000000)

static void
save (AppFixture *fixture, RoundsRecord *journey, RoundsRecord *person, const char *new_subject, const char *note)
{
  RoundsJourneyEntry entry = { 0 };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  entry.journey = g_object_ref (journey);
  entry.person = *rounds_record_get_id (person);
  entry.new_subject = g_strdup (new_subject);
  entry.note = g_strdup (note);
  rounds_journey_save_async (fixture->store, &entry, NULL, test_keep_result_cb, &result);
  rounds_journey_save_finish (fixture->store, test_wait_for_result (&result), &error);
  g_assert_no_error (error);
  rounds_journey_entry_clear (&entry);
}

static GPtrArray *
list_steps (AppFixture *fixture, RoundsRecord *journey)
{
  g_autoptr (RoundsQuery) query = rounds_journey_steps_query (rounds_record_get_id (journey));

  return app_list (fixture, query);
}

static GPtrArray *
list_all (AppFixture *fixture, RoundsEntity entity)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  return app_list (fixture, query);
}

static void
test_plan (void)
{
  g_autoptr (RoundsRecord) journey = rounds_record_new (ROUNDS_ENTITY_CT_JOURNEY);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) first = rounds_journey_plan_steps (journey, none, NULL, NULL, NOW);
  g_autoptr (GPtrArray) same = NULL;
  g_autoptr (GPtrArray) noted = NULL;
  g_autoptr (GPtrArray) second = NULL;
  RoundsRecord *step;

  g_assert_cmpuint (first->len, ==, 1);
  step = g_ptr_array_index (first, 0);
  g_assert_cmpstr (rounds_record_get_text (step, ROUNDS_JOURNEY_STEP_STAGE), ==, "inquiry");
  g_assert_cmpint (rounds_record_get_integer (step, ROUNDS_JOURNEY_STEP_ENTERED_AT), ==, NOW);

  same = rounds_journey_plan_steps (journey, first, "", NULL, NOW + ROUNDS_DAY);
  g_assert_cmpuint (same->len, ==, 0);
  noted = rounds_journey_plan_steps (journey, first, "Called back", NULL, NOW + ROUNDS_DAY);
  g_assert_cmpuint (noted->len, ==, 1);
  g_assert_true (rounds_uuid_equal (rounds_record_get_id (g_ptr_array_index (noted, 0)), rounds_record_get_id (step)));
  g_assert_cmpint (rounds_record_get_integer (g_ptr_array_index (noted, 0), ROUNDS_JOURNEY_STEP_ENTERED_AT), ==, NOW);

  rounds_record_set_text (journey, ROUNDS_CT_JOURNEY_STAGE, "screened");
  second = rounds_journey_plan_steps (journey, first, NULL, NULL, NOW + 3 * ROUNDS_DAY);
  g_assert_cmpuint (second->len, ==, 2);
  g_assert_cmpint (rounds_record_get_integer (g_ptr_array_index (second, 0), ROUNDS_JOURNEY_STEP_LEFT_AT), ==,
                   NOW + 3 * ROUNDS_DAY);
  g_assert_cmpstr (rounds_record_get_text (g_ptr_array_index (second, 1), ROUNDS_JOURNEY_STEP_STAGE), ==, "screened");
  g_assert_true (rounds_record_is_null (g_ptr_array_index (second, 1), ROUNDS_JOURNEY_STEP_LEFT_AT));
}

/* A person who is no patient becomes one, and the trial is new: all of it or nothing goes to the server. */
static void
test_begins (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (fixture, "Lucas", "Meyer");
  g_autoptr (RoundsRecord) journey = rounds_record_new (ROUNDS_ENTITY_CT_JOURNEY);
  g_autoptr (GPtrArray) patients = NULL;
  g_autoptr (GPtrArray) roles = NULL;
  g_autoptr (GPtrArray) trials = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (RoundsRecord) stored = NULL;

  save (fixture, journey, person, "CARDIO-7", "Referred by the clinic");
  patients = list_all (fixture, ROUNDS_ENTITY_PATIENT);
  roles = list_all (fixture, ROUNDS_ENTITY_PERSON_ROLE);
  trials = list_all (fixture, ROUNDS_ENTITY_TRIAL);
  steps = list_steps (fixture, journey);
  g_assert_cmpuint (patients->len, ==, 1);
  g_assert_cmpuint (roles->len, ==, 1);
  g_assert_cmpstr (rounds_record_get_text (g_ptr_array_index (roles, 0), ROUNDS_PERSON_ROLE_TYPE), ==, "patient");
  g_assert_cmpuint (trials->len, ==, 1);
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_cmpstr (rounds_record_get_text (g_ptr_array_index (steps, 0), ROUNDS_JOURNEY_STEP_NOTE), ==,
                   "Referred by the clinic");
  stored = app_get (fixture, ROUNDS_ENTITY_CT_JOURNEY, rounds_record_get_id (journey));
  g_assert_true (rounds_uuid_equal (rounds_record_get_uuid (stored, ROUNDS_CT_JOURNEY_TRIAL),
                                    rounds_record_get_id (g_ptr_array_index (trials, 0))));

  changes = rounds_record_store_list_outbox (rounds_store_get_reader (fixture->store), 0, 100, NULL);
  g_assert_cmpuint (changes->len, ==, 6);
  for (guint i = 2; i < changes->len; i++)
    g_assert_true (rounds_uuid_equal (&((RoundsChange *) g_ptr_array_index (changes, i))->group,
                                      &((RoundsChange *) g_ptr_array_index (changes, 1))->group));
}

/* S1: many journeys for one patient, each with its own stage and history. */
static void
test_independent (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (fixture, "Lucas", "Meyer");
  g_autoptr (RoundsRecord) first = rounds_record_new (ROUNDS_ENTITY_CT_JOURNEY);
  g_autoptr (RoundsRecord) second = rounds_record_new (ROUNDS_ENTITY_CT_JOURNEY);
  g_autoptr (RoundsRecord) third = rounds_record_new (ROUNDS_ENTITY_EAP_JOURNEY);
  g_autoptr (RoundsRecord) moved = NULL;
  g_autoptr (RoundsRecord) other = NULL;
  g_autoptr (GPtrArray) patients = NULL;
  g_autoptr (GPtrArray) first_steps = NULL;
  g_autoptr (GPtrArray) second_steps = NULL;

  save (fixture, first, person, "CARDIO-7", NULL);
  save (fixture, second, person, "NEURO-2", NULL);
  save (fixture, third, person, "Rondabine", NULL);
  patients = list_all (fixture, ROUNDS_ENTITY_PATIENT);
  g_assert_cmpuint (patients->len, ==, 1);

  moved = app_get (fixture, ROUNDS_ENTITY_CT_JOURNEY, rounds_record_get_id (first));
  rounds_record_set_text (moved, ROUNDS_CT_JOURNEY_STAGE, "enrolled");
  save (fixture, moved, person, NULL, "Signed the consent");
  g_clear_object (&moved);
  moved = app_get (fixture, ROUNDS_ENTITY_CT_JOURNEY, rounds_record_get_id (first));
  other = app_get (fixture, ROUNDS_ENTITY_CT_JOURNEY, rounds_record_get_id (second));
  g_assert_nonnull (rounds_record_get_text (moved, ROUNDS_CT_JOURNEY_ENROLLMENT_DATE));
  g_assert_cmpstr (rounds_record_get_text (other, ROUNDS_CT_JOURNEY_STAGE), ==, "inquiry");
  first_steps = list_steps (fixture, first);
  second_steps = list_steps (fixture, second);
  g_assert_cmpuint (first_steps->len, ==, 2);
  g_assert_cmpuint (second_steps->len, ==, 1);
}

static void
test_dialog (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (fixture, "Lucas", "Meyer");
  g_autoptr (RoundsRecord) journey = rounds_record_new (ROUNDS_ENTITY_CT_JOURNEY);
  g_autoptr (RoundsRecord) stored = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  GtkWidget *window = app_show (fixture, gtk_label_new (NULL), 600, 900);
  GtkWidget *dialog;

  rounds_journey_dialog_present (window, fixture->context, journey);
  app_settle (fixture);
  dialog = app_find_widget (window, ROUNDS_TYPE_JOURNEY_DIALOG, 0);
  /* Without a patient it is not saved. */
  gtk_widget_activate_action (dialog, "journey.save", NULL);
  app_settle (fixture);
  g_assert_null (fixture->last_toast);

  rounds_reference_row_set_id (ROUNDS_REFERENCE_ROW (app_find_widget (dialog, ROUNDS_TYPE_REFERENCE_ROW, 0)),
                               rounds_record_get_id (person));
  g_signal_emit_by_name (app_find_widget (dialog, ROUNDS_TYPE_REFERENCE_ROW, 0), "picked");
  gtk_editable_set_text (GTK_EDITABLE (app_find_widget (dialog, ROUNDS_TYPE_REFERENCE_ROW, 1)), "CARDIO-7");
  app_settle (fixture);
  app_take_picture (window, "journey-new");
  gtk_widget_activate_action (dialog, "journey.save", NULL);
  test_wait_while (fixture->last_toast == NULL);

  stored = app_get (fixture, ROUNDS_ENTITY_CT_JOURNEY, rounds_record_get_id (journey));
  g_assert_false (rounds_record_is_null (stored, ROUNDS_CT_JOURNEY_PATIENT));
  g_assert_false (rounds_record_is_null (stored, ROUNDS_CT_JOURNEY_TRIAL));
  rounds_record_set_text (stored, ROUNDS_CT_JOURNEY_STAGE, "pre_screening");
  save (fixture, stored, person, NULL, "Two questions open");
  g_clear_object (&stored);
  stored = app_get (fixture, ROUNDS_ENTITY_CT_JOURNEY, rounds_record_get_id (journey));
  rounds_journey_dialog_present (window, fixture->context, stored);
  app_settle (fixture);
  app_take_picture (window, "journey-edit");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Cancelling puts away what was entered; Undo brings all of it back, the person who is no patient yet included. */
static void
test_cancel_and_undo (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (fixture, "Lucas", "Meyer");
  g_autoptr (RoundsRecord) journey = rounds_record_new (ROUNDS_ENTITY_EAP_JOURNEY);
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GPtrArray) programs = NULL;
  GtkWidget *window = app_show (fixture, gtk_label_new (NULL), 600, 900);
  GtkWidget *dialog;

  rounds_journey_dialog_present (window, fixture->context, journey);
  dialog = app_find_widget (window, ROUNDS_TYPE_JOURNEY_DIALOG, 0);
  rounds_reference_row_set_id (ROUNDS_REFERENCE_ROW (app_find_widget (dialog, ROUNDS_TYPE_REFERENCE_ROW, 0)),
                               rounds_record_get_id (person));
  gtk_editable_set_text (GTK_EDITABLE (app_find_widget (dialog, ROUNDS_TYPE_REFERENCE_ROW, 1)), "Rondabine");
  rounds_text_row_set_text (ROUNDS_TEXT_ROW (app_find_widget (dialog, ROUNDS_TYPE_TEXT_ROW, 0)), "Asked by mail");
  gtk_widget_activate_action (dialog, "journey.cancel", NULL);
  test_wait_while (fixture->last_toast == NULL);
  app_settle (fixture);
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  g_assert_nonnull (fixture->created);

  g_clear_object (&fixture->last_toast);
  rounds_journey_dialog_present (window, fixture->context, fixture->created);
  app_settle (fixture);
  app_take_picture (window, "journey-restored");
  gtk_widget_activate_action (app_find_widget (window, ROUNDS_TYPE_JOURNEY_DIALOG, 0), "journey.save", NULL);
  test_wait_while (fixture->last_toast == NULL);
  steps = list_steps (fixture, journey);
  programs = list_all (fixture, ROUNDS_ENTITY_EAP_PROGRAM);
  g_assert_cmpuint (programs->len, ==, 1);
  g_assert_cmpuint (steps->len, ==, 1);
  g_assert_cmpstr (rounds_record_get_text (g_ptr_array_index (steps, 0), ROUNDS_JOURNEY_STEP_NOTE), ==,
                   "Asked by mail");
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkWidget *
open_dialog (AppFixture *fixture, GtkWidget *window, RoundsRecord *journey)
{
  rounds_journey_dialog_present (window, fixture->context, journey);
  app_settle (fixture);
  return app_find_widget (window, ROUNDS_TYPE_JOURNEY_DIALOG, 0);
}

static void
write_note (GtkWidget *dialog, const char *text)
{
  rounds_text_row_set_text (ROUNDS_TEXT_ROW (app_find_widget (dialog, ROUNDS_TYPE_TEXT_ROW, 0)), text);
}

/* A colleague's patient, who was never pulled here: the journey says so, goes on, and keeps its patient. */
static void
test_patient_elsewhere (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) journey = rounds_record_new (ROUNDS_ENTITY_CT_JOURNEY);
  g_autoptr (RoundsRecord) stored = NULL;
  RoundsUuid elsewhere = rounds_uuid_new ();
  GtkWidget *window = app_show (fixture, gtk_label_new (NULL), 600, 900);
  GtkWidget *dialog;

  rounds_record_set_uuid (journey, ROUNDS_CT_JOURNEY_PATIENT, &elsewhere);
  app_pull (fixture, journey);
  dialog = open_dialog (fixture, window, journey);
  g_assert_true (app_tells (dialog, "Not on this device"));
  write_note (dialog, "Asked by mail");
  app_take_picture (window, "journey-patient-elsewhere");
  gtk_widget_activate_action (dialog, "journey.save", NULL);
  test_wait_while (fixture->last_toast == NULL);
  g_assert_cmpstr (rounds_toast_get_text (fixture->last_toast), ==, "Journey saved");
  stored = app_get (fixture, ROUNDS_ENTITY_CT_JOURNEY, rounds_record_get_id (journey));
  g_assert_true (rounds_uuid_equal (rounds_record_get_uuid (stored, ROUNDS_CT_JOURNEY_PATIENT), &elsewhere));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Returns: (transfer full): the toast that offers it back */
static AdwToast *
discard (AppFixture *fixture, GtkWidget *dialog)
{
  g_clear_object (&fixture->last_toast);
  gtk_widget_activate_action (dialog, "journey.cancel", NULL);
  test_wait_while (fixture->last_toast == NULL);
  app_settle (fixture);
  return g_object_ref (fixture->last_toast);
}

/* What was put away by mistake can be had back when something else was begun in its place, which is not lost for it. */
static void
test_undo_after_new_begin (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (fixture, "Lucas", "Meyer");
  g_autoptr (RoundsRecord) journey = rounds_record_new (ROUNDS_ENTITY_CT_JOURNEY);
  g_autoptr (AdwToast) first = NULL;
  g_autoptr (AdwToast) again = NULL;
  g_autoptr (AdwToast) second = NULL;
  g_autofree char *note = NULL;
  GtkWidget *window = app_show (fixture, gtk_label_new (NULL), 600, 900);
  GtkWidget *dialog;

  save (fixture, journey, person, NULL, NULL);
  dialog = open_dialog (fixture, window, journey);
  write_note (dialog, "Asked by mail");
  first = discard (fixture, dialog);

  dialog = open_dialog (fixture, window, journey);
  write_note (dialog, "Rang");
  g_signal_emit_by_name (fixture->context, "about-to-sleep"); /* what is typed is on the disk at once */
  app_settle (fixture);
  g_clear_object (&fixture->last_toast);
  g_signal_emit_by_name (first, "button-clicked");
  test_wait_while (fixture->last_toast == NULL);
  again = g_object_ref (fixture->last_toast);
  g_assert_nonnull (strstr (rounds_toast_get_text (again), "Save or discard"));
  note = rounds_text_row_dup_text (ROUNDS_TEXT_ROW (app_find_widget (dialog, ROUNDS_TYPE_TEXT_ROW, 0)));
  g_assert_cmpstr (note, ==, "Rang");
  g_assert_null (fixture->created);

  second = discard (fixture, dialog);
  g_signal_emit_by_name (again, "button-clicked");
  app_settle (fixture);
  g_assert_nonnull (fixture->created);
  dialog = open_dialog (fixture, window, fixture->created);
  g_clear_pointer (&note, g_free);
  note = rounds_text_row_dup_text (ROUNDS_TEXT_ROW (app_find_widget (dialog, ROUNDS_TYPE_TEXT_ROW, 0)));
  g_assert_cmpstr (note, ==, "Asked by mail");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* What was restored by mistake is put away by one click, the person included, and does not come back. */
static void
test_start_anew (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (fixture, "Lucas", "Meyer");
  g_autoptr (RoundsRecord) journey = rounds_record_new (ROUNDS_ENTITY_EAP_JOURNEY);
  g_autoptr (GPtrArray) drafts = NULL;
  GtkWidget *window = app_show (fixture, gtk_label_new (NULL), 600, 900);
  GtkWidget *dialog, *who;
  g_autofree char *note = NULL;

  rounds_journey_dialog_present (window, fixture->context, journey);
  dialog = app_find_widget (window, ROUNDS_TYPE_JOURNEY_DIALOG, 0);
  rounds_reference_row_set_id (ROUNDS_REFERENCE_ROW (app_find_widget (dialog, ROUNDS_TYPE_REFERENCE_ROW, 0)),
                               rounds_record_get_id (person));
  rounds_text_row_set_text (ROUNDS_TEXT_ROW (app_find_widget (dialog, ROUNDS_TYPE_TEXT_ROW, 0)), "Asked by mail");
  gtk_widget_activate_action (dialog, "journey.cancel", NULL);
  test_wait_while (fixture->last_toast == NULL);
  app_settle (fixture);
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  g_clear_object (&fixture->last_toast);

  rounds_journey_dialog_present (window, fixture->context, fixture->created);
  app_settle (fixture);
  dialog = app_find_widget (window, ROUNDS_TYPE_JOURNEY_DIALOG, 0);
  who = app_find_widget (dialog, ROUNDS_TYPE_REFERENCE_ROW, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (who)), !=, "");
  g_signal_emit_by_name (app_find_widget (dialog, ADW_TYPE_BANNER, 0), "button-clicked");
  app_settle (fixture);
  note = rounds_text_row_dup_text (ROUNDS_TEXT_ROW (app_find_widget (dialog, ROUNDS_TYPE_TEXT_ROW, 0)));
  g_assert_cmpstr (note, ==, "");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (who)), ==, "");

  gtk_widget_activate_action (dialog, "journey.cancel", NULL);
  app_settle (fixture);
  drafts = list_all (fixture, ROUNDS_ENTITY_DRAFT);
  g_assert_cmpuint (drafts->len, ==, 0);
  g_assert_null (fixture->last_toast);
  gtk_window_destroy (GTK_WINDOW (window));
}

static guint
count_cards (GtkWidget *root)
{
  guint n = 0;

  for (guint i = 0;; i++)
    {
      GtkWidget *card = app_find_widget (root, ROUNDS_TYPE_JOURNEY_CARD, i);

      if (card == NULL)
        return n;
      n += gtk_widget_get_mapped (card);
    }
}

typedef struct
{
  GtkWidget *root;
  guint n_cards;
} Expected;

static gboolean
has_cards (gpointer data)
{
  Expected *expected = data;

  return count_cards (expected->root) >= expected->n_cards;
}

static void
show_at (AppFixture *fixture, int width, int height, guint n_cards, const char *name)
{
  GtkWidget *page = rounds_journeys_page_new (fixture->context);
  GtkWidget *window = app_show (fixture, page, width, height);
  g_autofree char *picture = g_strdup_printf ("journeys-%s", name);

  app_wait_until (has_cards, &(Expected) { page, n_cards });
  app_settle (fixture);
  g_assert_cmpint (gtk_widget_get_width (window), <=, width);
  app_take_picture (window, picture);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* All that there are, in front or not. */
static guint
count_made (GtkWidget *root)
{
  guint n = 0;

  while (app_find_widget (root, ROUNDS_TYPE_JOURNEY_CARD, n) != NULL)
    n++;
  return n;
}

/* Behind another page a board makes no cards, which a pull would make by the hundred, nor does the one that is not
 * chosen; in front again it is up to date. */
static void
test_behind_another_page (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (fixture, "Lucas", "Meyer");
  g_autoptr (RoundsRecord) first = rounds_record_new (ROUNDS_ENTITY_CT_JOURNEY);
  g_autoptr (RoundsRecord) second = rounds_record_new (ROUNDS_ENTITY_CT_JOURNEY);
  g_autoptr (RoundsRecord) third = rounds_record_new (ROUNDS_ENTITY_EAP_JOURNEY);
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *page = rounds_journeys_page_new (fixture->context);
  GtkWidget *window;
  guint n_made;

  gtk_stack_add_named (GTK_STACK (stack), page, "journeys");
  gtk_stack_add_named (GTK_STACK (stack), gtk_label_new ("other"), "other");
  window = app_show (fixture, stack, 1200, 700);
  save (fixture, first, person, "CARDIO-7", NULL);
  app_wait_until (has_cards, &(Expected) { page, 1 });
  n_made = count_made (page);
  save (fixture, third, person, "Rondabine", NULL);
  app_settle (fixture);
  g_assert_cmpuint (count_made (page), ==, n_made);

  gtk_stack_set_visible_child_name (GTK_STACK (stack), "other");
  save (fixture, second, person, "NEURO-2", NULL);
  app_settle (fixture);
  g_assert_cmpuint (count_made (page), ==, n_made);

  gtk_stack_set_visible_child_name (GTK_STACK (stack), "journeys");
  app_wait_until (has_cards, &(Expected) { page, 2 });
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (app_find_widget (page, ADW_TYPE_VIEW_STACK, 0)), "eap");
  app_wait_until (has_cards, &(Expected) { app_find_widget (page, ROUNDS_TYPE_JOURNEY_BOARD, 1), 1 });
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_empty (AppFixture *fixture, gconstpointer data)
{
  show_at (fixture, 1200, 700, 0, "empty-wide");
  show_at (fixture, 360, 640, 0, "empty-narrow");
}

static void
test_demo (AppFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *given, *family, *trial, *stage;
  } demo[] = {
    { "Lucas", "Meyer", "CARDIO-7: Rondabine in heart failure with preserved ejection fraction", "inquiry" },
    { "Ines", "Fernández", "CARDIO-7: Rondabine in heart failure with preserved ejection fraction", "inquiry" },
    { "Tom", "Berg", "NEURO-2", "pre_screening" },
    { "Emma", "Rossi", "NEURO-2", "screening_scheduled" },
    { "Yusuf", "Aydın", "NEURO-2", "screened" },
    { "Anna", "de Vries", "CARDIO-7", "enrolled" },
    { "Peter", "Okafor", "CARDIO-7", "completed" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (demo); i++)
    {
      g_autoptr (RoundsRecord) person = app_add_person (fixture, demo[i].given, demo[i].family);
      g_autoptr (RoundsRecord) journey = rounds_record_new (ROUNDS_ENTITY_CT_JOURNEY);

      rounds_record_set_text (journey, ROUNDS_CT_JOURNEY_STAGE, demo[i].stage);
      save (fixture, journey, person, demo[i].trial, NULL);
    }
  show_at (fixture, 1200, 700, 4, "wide");
  show_at (fixture, 360, 640, 4, "narrow");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  show_at (fixture, 1200, 700, 4, "dark");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

#define ADD(name, func) \
  g_test_add ("/app/journeys/" name, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)
  g_test_add_func ("/app/journeys/plan", test_plan);
  ADD ("begins", test_begins);
  ADD ("independent", test_independent);
  ADD ("empty", test_empty);
  ADD ("behind-another-page", test_behind_another_page);
  ADD ("demo", test_demo);
  ADD ("dialog", test_dialog);
  ADD ("patient-elsewhere", test_patient_elsewhere);
  ADD ("undo-after-new-begin", test_undo_after_new_begin);
  ADD ("cancel-and-undo", test_cancel_and_undo);
  ADD ("start-anew", test_start_anew);

  return g_test_run ();
}
