/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a page does before a form comes up, while something fails. What a user would lose if this failed: whose patient
 * an appointment or a journey is about, who would be a patient twice; and the way back to a note that is not finished.
 */

#include "contacts/rounds-contact-actions.h"
#include "contacts/rounds-contact-view.h"
#include "form-fixture.h"
#include "forms/rounds-draft-journal.h"
#include "forms/rounds-reference-row.h"
#include "interactions/rounds-interaction-dialog.h"
#include "today/rounds-recent-row.h"

#define PATIENT "Zoë Strauß"

/* What they are as a patient, and their roles; then it is saved. */
#define LOOKED_UP 2

static const Fault no_answer = { "statement-once", FAULT_STATEMENT, FAULT_FAILS, FALSE, FAULT_KEEPS };

/* Those of the contact who is all that a form asks for. */
static const Form visit = { .name = "visit", .entity = ROUNDS_ENTITY_INTERACTION };
static const Form contact = { .name = "contact", .entity = ROUNDS_ENTITY_PERSON };

typedef struct
{
  const char *name;
  void (*act) (FormWorld *world, GtkWidget *view, RoundsRecord *person);
  guint patient_field; /* of the record for which a form comes up */
} Action;

static void
plan (FormWorld *world, GtkWidget *view, RoundsRecord *person)
{
  gtk_widget_activate_action (view, "contact.plan", NULL);
}

static void
start_journey (FormWorld *world, GtkWidget *view, RoundsRecord *person)
{
  gtk_widget_activate_action (view, "contact.start-journey", "s", "eap_journey");
}

static void
add_physician_of (FormWorld *world, GtkWidget *view, RoundsRecord *person)
{
  rounds_contact_add_part (world->fixture.context, person, ROUNDS_ENTITY_PATIENT_PHYSICIAN);
}

static const Action actions[] = {
  { "plan", plan, ROUNDS_APPOINTMENT_PATIENT },
  { "start-journey", start_journey, ROUNDS_EAP_JOURNEY_PATIENT },
  { "add-physician", add_physician_of, ROUNDS_PATIENT_PHYSICIAN_PATIENT },
};

static void
assert_told (AppFixture *fixture)
{
  g_assert_nonnull (fixture->last_toast);
  g_assert_nonnull (strstr (rounds_toast_get_text (fixture->last_toast), "The disk reports an error"));
}

static RoundsRecord *
get_patient (FormWorld *world)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PATIENT);
  g_autoptr (GPtrArray) patients = app_list (&world->fixture, query);

  g_assert_cmpuint (patients->len, ==, 1);
  return g_object_ref (patients->pdata[0]);
}

/* Returns: whether there was an n-th statement */
static gboolean
try_action (FormWorld *world, const Action *action, GtkWidget *view, RoundsRecord *person, guint n)
{
  g_clear_object (&world->fixture.created);
  g_clear_object (&world->fixture.last_toast);
  faults_arm (&no_answer, n);
  action->act (world, view, person);
  app_settle (&world->fixture);
  faults_disarm ();
  if (world->fixture.created != NULL)
    {
      g_autoptr (RoundsRecord) patient = get_patient (world);
      const RoundsUuid *about = rounds_record_get_uuid (world->fixture.created, action->patient_field);

      g_assert_nonnull (about);
      g_assert_true (rounds_uuid_equal (about, rounds_record_get_id (patient)));
    }
  else
    assert_told (&world->fixture);
  return faults_were_hit ();
}

/* Of somebody who is a patient. */
static void
test_action (gconstpointer data)
{
  FormWorld world = { .form = &contact };
  g_autoptr (RoundsRecord) person = NULL;
  GtkWidget *view, *window;
  guint n = 1;

  form_world_set_up (&world);
  person = form_dup_subject (&world);
  window = show_contact (&world.fixture, person, 800, &view);
  while (try_action (&world, data, view, person, n))
    n++;
  g_assert_cmpuint (n, >, 1);
  g_test_message ("%u places", n - 1);
  gtk_window_destroy (GTK_WINDOW (window));
  form_world_tear_down (&world);
}

/* Of somebody who is called one and has no record as such yet: they get one, and no second role. */
static void
test_becomes_patient (void)
{
  for (guint n = 1; n <= LOOKED_UP + 1; n++)
    {
      AppFixture fixture = { 0 };
      g_autoptr (RoundsRecord) person = NULL;
      g_autoptr (RoundsRecord) role = rounds_record_new (ROUNDS_ENTITY_PERSON_ROLE);
      GtkWidget *view, *window;

      app_fixture_set_up (&fixture, NULL);
      person = app_add_person (&fixture, "Ada", "Example");
      rounds_record_set_uuid (role, ROUNDS_PERSON_ROLE_PERSON, rounds_record_get_id (person));
      rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, "patient");
      app_save (&fixture, role);
      window = show_contact (&fixture, person, 800, &view);
      faults_arm (&no_answer, n);
      start_journey (NULL, view, person);
      app_settle (&fixture);
      g_assert_true (faults_were_hit ());
      faults_disarm ();
      if (fixture.created == NULL)
        {
          assert_told (&fixture);
          start_journey (NULL, view, person);
        }
      app_settle (&fixture);
      g_assert_nonnull (fixture.created);
      g_assert_cmpint (count_records (&fixture, ROUNDS_ENTITY_PATIENT), ==, 1);
      g_assert_cmpint (count_records (&fixture, ROUNDS_ENTITY_PERSON_ROLE), ==, 1);
      gtk_window_destroy (GTK_WINDOW (window));
      app_fixture_tear_down (&fixture, NULL);
    }
}

/* Returns: (transfer full): what a form left that changed the notes of @interaction, or began it */
static RoundsRecord *
new_draft (RoundsRecord *interaction, gboolean is_stored)
{
  g_autoptr (RoundsRecord) changed = rounds_record_dup (interaction);
  RoundsRecord *draft = rounds_record_new (ROUNDS_ENTITY_DRAFT);
  char id[ROUNDS_UUID_STRING_LENGTH + 1];
  g_autofree char *form = NULL;
  g_autofree char *body = NULL;

  rounds_record_set_text (changed, ROUNDS_INTERACTION_NOTES, "Half a sen");
  rounds_uuid_format (rounds_record_get_id (interaction), id);
  form = g_strconcat ("interaction:", id, NULL);
  body = rounds_draft_write (changed, is_stored ? interaction : NULL);
  rounds_record_set_text (draft, ROUNDS_DRAFT_FORM, form);
  rounds_record_set_text (draft, ROUNDS_DRAFT_BODY, body);
  return draft;
}

/* Returns: whether there was an n-th statement */
static gboolean
try_draft_row (FormWorld *world, RoundsRecord *draft, guint n)
{
  g_autoptr (GtkWidget) row = NULL;
  const char *title;
  gboolean hit;

  g_clear_object (&world->fixture.created);
  faults_arm (&no_answer, n);
  row = g_object_ref_sink (rounds_draft_row_new (world->fixture.context, draft));
  hit = faults_were_hit ();
  faults_disarm ();
  title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  g_assert_true (gtk_widget_get_visible (row));
  g_assert_true (g_str_equal (title, PATIENT) || app_tells (row, "The disk reports an error"));
  adw_action_row_activate (ADW_ACTION_ROW (row));
  g_assert_cmpstr (rounds_record_get_text (world->fixture.created, ROUNDS_INTERACTION_NOTES), ==, "Half a sen");
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, PATIENT);
  return hit;
}

/* The day's page says what is not finished of a stored visit, or that it cannot tell. */
static void
test_draft_row (void)
{
  FormWorld world = { .form = &visit };
  g_autoptr (RoundsRecord) stored = NULL;
  g_autoptr (RoundsRecord) draft = NULL;
  guint n = 1;

  form_world_set_up (&world);
  stored = form_dup_subject (&world);
  draft = new_draft (stored, TRUE);
  while (try_draft_row (&world, draft, n))
    n++;
  g_assert_cmpuint (n, >, 1);
  form_world_tear_down (&world);
}

/* The start leads back to a new one, or says that it could not look. */
static void
test_unfinished (void)
{
  FormWorld world = { .form = &visit };
  g_autoptr (RoundsRecord) begun = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsRecord) draft = new_draft (begun, FALSE);
  gboolean hit = TRUE;

  form_world_set_up (&world);
  app_save (&world.fixture, draft);
  for (guint n = 1; hit; n++)
    {
      g_clear_object (&world.fixture.last_toast);
      faults_arm (&no_answer, n);
      rounds_interaction_dialog_offer_unfinished (world.fixture.context);
      hit = faults_were_hit ();
      faults_disarm ();
      if (hit)
        assert_told (&world.fixture);
      else
        g_assert_cmpstr (rounds_toast_get_text (world.fixture.last_toast), ==, "Unfinished note");
    }
  form_world_tear_down (&world);
}

/* A row whose chosen record cannot be read keeps it and says so, not that it is elsewhere. */
static void
test_chosen (void)
{
  FormWorld world = { .form = &contact };
  g_autoptr (RoundsRecord) person = NULL;
  g_autoptr (GtkWidget) row = NULL;
  const RoundsUuid *chosen;

  form_world_set_up (&world);
  person = form_dup_subject (&world);
  row = g_object_ref_sink (rounds_reference_row_new (world.fixture.context, ROUNDS_ENTITY_PERSON, "Contact"));
  faults_arm (&no_answer, 1);
  rounds_reference_row_set_id (ROUNDS_REFERENCE_ROW (row), rounds_record_get_id (person));
  faults_disarm ();
  chosen = rounds_reference_row_get_id (ROUNDS_REFERENCE_ROW (row));
  g_assert_nonnull (chosen);
  g_assert_true (rounds_uuid_equal (chosen, rounds_record_get_id (person)));
  adw_window_set_content (ADW_WINDOW (world.window), row);
  g_assert_true (app_tells (world.window, "Cannot be read now"));
  form_world_tear_down (&world);
}

int
main (int argc, char *argv[])
{
  form_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *path = g_strdup_printf ("/faults-actions/%s", actions[i].name);

      g_test_add_data_func (path, &actions[i], test_action);
    }
  g_test_add_func ("/faults-actions/becomes-patient", test_becomes_patient);
  g_test_add_func ("/faults-actions/draft-row", test_draft_row);
  g_test_add_func ("/faults-actions/unfinished", test_unfinished);
  g_test_add_func ("/faults-actions/chosen", test_chosen);
  return g_test_run ();
}
