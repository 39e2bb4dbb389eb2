/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Forms of which something was left unfinished, while something fails. What a user would lose if this failed: the words
 * that they had typed before the battery ran out, which the first key of the next try puts out of sight. */

#include "calendar/rounds-appointment-dialog.h"
#include "contacts/rounds-contact-dialog.h"
#include "contacts/rounds-organisation-dialog.h"
#include "contacts/rounds-part-dialog.h"
#include "form-fixture.h"
#include "forms/rounds-inline-form.h"
#include "interactions/rounds-interaction-dialog.h"
#include "interactions/rounds-interaction-extras.h"
#include "interactions/rounds-line-dialog.h"
#include "journeys/rounds-journey-dialog.h"
#include "test-loop.h"

#define OLDER "Older"
#define NEWER " newer"

static const Fault no_answer = { "statement-once", FAULT_STATEMENT, FAULT_FAILS, FALSE, FAULT_KEEPS };
static const Fault no_answers = { "statements", FAULT_STATEMENT, FAULT_FAILS, TRUE, FAULT_KEEPS };
static const Fault counting = { .name = "counting" };

/* --- The forms --- */

static void
present_line (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *record)
{
  rounds_line_dialog_present (parent, context);
}

static GtkWidget *
find_line (FormWorld *world)
{
  return find_child (form_get_root (world), GTK_TYPE_ENTRY, NULL);
}

static void
present_inline (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *record)
{
  static const guint fields[] = { ROUNDS_PERSON_PHONE, ROUNDS_PERSON_EMAIL };
  GtkWidget *form = rounds_inline_form_new (context, "person", ROUNDS_ENTITY_PERSON, G_N_ELEMENTS (fields), fields);

  adw_window_set_content (ADW_WINDOW (parent), form);
  rounds_inline_form_set_record (ROUNDS_INLINE_FORM (form), record);
}

static GtkWidget *
find_inline (FormWorld *world)
{
  GtkWidget *form = adw_window_get_content (ADW_WINDOW (world->window));

  if (find_child (form, ADW_TYPE_ENTRY_ROW, "Phone") == NULL)
    rounds_inline_form_edit (ROUNDS_INLINE_FORM (form), ROUNDS_PERSON_PHONE);
  return find_child (form, ADW_TYPE_ENTRY_ROW, "Phone");
}

static const Form forms[] = {
  { "appointment", rounds_appointment_dialog_present, "appointment.save", ROUNDS_ENTITY_APPOINTMENT, FALSE,
    ROUNDS_ENTITY_APPOINTMENT, ROUNDS_APPOINTMENT_LOCATION },
  { "contact", rounds_contact_dialog_present, "dialog.save", ROUNDS_ENTITY_PERSON, FALSE, ROUNDS_ENTITY_ADDRESS,
    ROUNDS_ADDRESS_CITY },
  { "new-contact", rounds_contact_dialog_present, "dialog.save", ROUNDS_ENTITY_PERSON, TRUE, ROUNDS_ENTITY_PERSON,
    ROUNDS_PERSON_FAMILY_NAME },
  { "organisation", rounds_organisation_dialog_present, "dialog.save", ROUNDS_ENTITY_ORGANISATION, FALSE,
    ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_CITY },
  { "work-place", rounds_part_dialog_present, "part.save", ROUNDS_ENTITY_AFFILIATION, TRUE, ROUNDS_ENTITY_AFFILIATION,
    ROUNDS_AFFILIATION_ORGANISATION },
  { "journey", rounds_journey_dialog_present, "journey.save", ROUNDS_ENTITY_EAP_JOURNEY, FALSE,
    ROUNDS_ENTITY_EAP_JOURNEY, ROUNDS_EAP_JOURNEY_EAP_NUMBER },
  { "visit", rounds_interaction_dialog_present, "interaction.save", ROUNDS_ENTITY_INTERACTION, FALSE,
    ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_NOTES },
  { "new-visit", rounds_interaction_dialog_present, "interaction.save", ROUNDS_ENTITY_INTERACTION, TRUE,
    ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_NOTES },
  { "amendment", rounds_interaction_dialog_present, "interaction.save", ROUNDS_ENTITY_INTERACTION, FALSE,
    .first = "interaction.amend", .find_row = form_find_reason },
  { "line", present_line, "line.save", ROUNDS_ENTITY_INTERACTION, TRUE, .find_row = find_line },
  { "inline", present_inline, NULL, ROUNDS_ENTITY_PERSON, FALSE, .find_row = find_inline },
};

/* --- A draft --- */

static GPtrArray *
list_drafts (FormWorld *world)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_DRAFT);

  return app_list (&world->fixture, query);
}

/* As when the lid is shut: what is typed is on the disk at once. */
static void
keep (FormWorld *world)
{
  g_signal_emit_by_name (world->fixture.context, "about-to-sleep");
  app_settle (&world->fixture);
}

static void
leave (FormWorld *world)
{
  GtkWidget *root = form_get_root (world);

  if (root != NULL)
    adw_dialog_force_close (ADW_DIALOG (root));
  adw_window_set_content (ADW_WINDOW (world->window), gtk_label_new (NULL));
  app_settle (&world->fixture);
}

/* Returns: (transfer full): the draft of a form into which something was typed */
static RoundsRecord *
make_older (FormWorld *world)
{
  g_autoptr (GPtrArray) drafts = NULL;
  RoundsRecord *older;

  form_open (world, NULL, 0);
  g_assert_true (form_type (world, OLDER));
  keep (world);
  drafts = list_drafts (world);
  g_assert_cmpuint (drafts->len, ==, 1);
  older = g_object_ref (drafts->pdata[0]);
  leave (world);
  return older;
}

static void
delete_drafts (FormWorld *world)
{
  g_autoptr (GPtrArray) drafts = list_drafts (world);

  for (guint i = 0; i < drafts->len; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      rounds_store_delete_async (world->fixture.store, ROUNDS_ENTITY_DRAFT, rounds_record_get_id (drafts->pdata[i]),
                                 NULL, test_keep_result_cb, &result);
      rounds_store_save_finish (world->fixture.store, test_wait_for_result (&result), &error);
      g_assert_no_error (error);
    }
  app_settle (&world->fixture);
}

/* There is nothing but what @older says. */
static void
put_older (FormWorld *world, RoundsRecord *older)
{
  g_autoptr (RoundsRecord) draft = rounds_record_new (ROUNDS_ENTITY_DRAFT);

  delete_drafts (world);
  rounds_record_set_text (draft, ROUNDS_DRAFT_FORM, rounds_record_get_text (older, ROUNDS_DRAFT_FORM));
  rounds_record_set_text (draft, ROUNDS_DRAFT_BODY, rounds_record_get_text (older, ROUNDS_DRAFT_BODY));
  app_save (&world->fixture, draft);
  app_settle (&world->fixture);
}

/* Behind what is there. Returns: whether it can be typed */
static gboolean
type_newer (FormWorld *world)
{
  g_autofree char *text = form_dup_text (world);
  g_autofree char *longer = g_strconcat (text, NEWER, NULL);

  return form_type (world, longer);
}

static void
assert_kept (FormWorld *world, gboolean typed)
{
  g_autoptr (GPtrArray) drafts = list_drafts (world);
  const char *body;

  g_assert_cmpuint (drafts->len, ==, 1);
  body = rounds_record_get_text (drafts->pdata[0], ROUNDS_DRAFT_BODY);
  g_assert_nonnull (strstr (body, typed ? OLDER NEWER : OLDER));
}

/* --- The tests --- */

/* The form shows what was left unfinished and goes on with it, or says that it could not read something and leaves it
 * alone. */
static void
test_open (gconstpointer data)
{
  FormWorld world = { .form = data };
  g_autoptr (RoundsRecord) older = NULL;
  guint n_places, n_locked = 0;

  form_world_set_up (&world);
  older = make_older (&world);
  put_older (&world, older);
  form_open (&world, &counting, 0);
  n_places = faults_get_count (FAULT_STATEMENT);
  leave (&world);
  for (guint n = 1; n <= n_places; n++)
    {
      gboolean typed;

      put_older (&world, older);
      form_open (&world, &no_answer, n);
      typed = type_newer (&world);
      keep (&world);
      assert_kept (&world, typed);
      if (!typed)
        {
          g_autofree char *picture = g_strdup_printf ("locked-%s-%u", world.form->name, ++n_locked);

          g_assert_true (app_tells (world.window, "The disk reports an error"));
          g_assert_true (app_tells (world.window, "what you began is kept"));
          app_take_picture (world.window, picture);
        }
      leave (&world);
      if (!typed)
        assert_kept (&world, FALSE);
    }
  form_world_tear_down (&world);
  g_assert_cmpuint (n_locked, >, 0);
  g_test_message ("%u places, locked by %u", n_places, n_locked);
}

static void
save (FormWorld *world)
{
  if (world->form->save != NULL)
    gtk_widget_activate_action (form_get_root (world), world->form->save, NULL);
  else
    g_signal_emit_by_name (gtk_editable_get_delegate (GTK_EDITABLE (form_find_row (world))), "activate");
  app_settle (&world->fixture);
}

/* Nothing can be read or written any more when the form is saved: it stays, and what is typed on is no second draft. */
static void
test_save (gconstpointer data)
{
  FormWorld world = { .form = data };
  g_autoptr (RoundsRecord) older = NULL;

  form_world_set_up (&world);
  older = make_older (&world);
  put_older (&world, older);
  form_open (&world, NULL, 0);
  faults_arm (&no_answers, 1);
  save (&world);
  faults_disarm ();
  g_assert_true (type_newer (&world));
  keep (&world);
  assert_kept (&world, TRUE);
  form_world_tear_down (&world);
}

/* A page that is told of the record again looks again. */
static void
test_again (gconstpointer data)
{
  FormWorld world = { .form = data };
  g_autoptr (RoundsRecord) older = NULL;
  g_autoptr (RoundsRecord) person = NULL;
  g_autofree char *text = NULL;

  form_world_set_up (&world);
  older = make_older (&world);
  put_older (&world, older);
  form_open (&world, &no_answer, 1);
  g_assert_null (form_find_row (&world));
  person = form_dup_subject (&world);
  rounds_inline_form_set_record (ROUNDS_INLINE_FORM (adw_window_get_content (ADW_WINDOW (world.window))), person);
  text = form_dup_text (&world);
  g_assert_cmpstr (text, ==, OLDER);
  g_assert_false (app_tells (world.window, "The disk reports an error"));
  form_world_tear_down (&world);
}

/* Who was there cannot be read, and why it is amended is kept all the same; the next time it is there, and so are they.
 */
static gboolean
try_reason (FormWorld *world, guint n)
{
  g_autofree char *text = NULL;
  GtkWidget *extras;
  gboolean is_unread;

  form_open (world, &no_answer, n);
  extras = find_child (form_get_root (world), ROUNDS_TYPE_INTERACTION_EXTRAS, NULL);
  is_unread = form_type (world, OLDER) && !gtk_widget_get_sensitive (extras);
  leave (world);
  if (!is_unread)
    {
      delete_drafts (world);
      return FALSE;
    }
  assert_kept (world, FALSE);

  form_open (world, NULL, 0);
  text = form_dup_text (world);
  g_assert_cmpstr (text, ==, OLDER);
  save (world);
  g_assert_null (form_get_root (world));
  return TRUE;
}

static void
test_reason (gconstpointer data)
{
  FormWorld world = { .form = data };
  guint n_places, n_unread = 0;

  form_world_set_up (&world);
  form_open (&world, &counting, 0);
  n_places = faults_get_count (FAULT_STATEMENT);
  leave (&world);
  for (guint n = 1; n <= n_places; n++)
    if (try_reason (&world, n))
      n_unread++;
  g_assert_cmpuint (n_unread, >, 0);
  g_assert_cmpint (count_records (&world.fixture, ROUNDS_ENTITY_AMENDMENT), ==, n_unread);
  g_assert_cmpint (count_records (&world.fixture, ROUNDS_ENTITY_INTERACTION_ATTENDEE), ==, 1);
  g_assert_cmpint (count_records (&world.fixture, ROUNDS_ENTITY_FOLLOW_UP), ==, 1);
  form_world_tear_down (&world);
}

int
main (int argc, char *argv[])
{
  form_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *open = g_strdup_printf ("/faults-drafts/open/%s", forms[i].name);
      g_autofree char *saving = g_strdup_printf ("/faults-drafts/save/%s", forms[i].name);

      g_test_add_data_func (open, &forms[i], test_open);
      g_test_add_data_func (saving, &forms[i], test_save);
      if (forms[i].first != NULL)
        g_test_add_data_func ("/faults-drafts/reason", &forms[i], test_reason);
      if (forms[i].present == present_inline)
        g_test_add_data_func ("/faults-drafts/again", &forms[i], test_again);
    }
  return g_test_run ();
}
