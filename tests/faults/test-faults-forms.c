/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Forms that are opened, or saved, while something fails. What a user would lose if this failed: the reminder of an
 * appointment, whom it is with, an address or a role, in whose place a form stores that it could not read them. */

#include "calendar/rounds-appointment-dialog.h"
#include "contacts/rounds-contact-dialog.h"
#include "contacts/rounds-organisation-dialog.h"
#include "contacts/rounds-part-dialog.h"
#include "form-fixture.h"
#include "interactions/rounds-interaction-dialog.h"
#include "journeys/rounds-journey-dialog.h"

/* Each statement is a place, or with the sanitizers, which take their time, every third one. */
#ifdef __SANITIZE_ADDRESS__
#define DISTANCE 3
#else
#define DISTANCE 1
#endif

static const Fault no_answer = { "statement-once", FAULT_STATEMENT, FAULT_FAILS, FALSE, FAULT_KEEPS };

static const Form forms[] = {
  { "appointment", rounds_appointment_dialog_present, "appointment.save", ROUNDS_ENTITY_APPOINTMENT, FALSE,
    ROUNDS_ENTITY_APPOINTMENT, ROUNDS_APPOINTMENT_LOCATION, "Dover" },
  { "contact", rounds_contact_dialog_present, "dialog.save", ROUNDS_ENTITY_PERSON, FALSE, ROUNDS_ENTITY_ADDRESS,
    ROUNDS_ADDRESS_CITY, "Dover" },
  { "organisation", rounds_organisation_dialog_present, "dialog.save", ROUNDS_ENTITY_ORGANISATION, FALSE,
    ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_CITY, "Dover" },
  { "work-place", rounds_part_dialog_present, "part.save", ROUNDS_ENTITY_AFFILIATION, TRUE, ROUNDS_ENTITY_AFFILIATION,
    ROUNDS_AFFILIATION_ORGANISATION, FORM_CLINIC },
  { "role", rounds_part_dialog_present, "part.save", ROUNDS_ENTITY_PERSON_ROLE, TRUE, ROUNDS_ENTITY_NONE, 0, NULL },
  { "journey", rounds_journey_dialog_present, "journey.save", ROUNDS_ENTITY_EAP_JOURNEY, FALSE,
    ROUNDS_ENTITY_EAP_JOURNEY, ROUNDS_EAP_JOURNEY_EAP_NUMBER, "7" },
  { "visit", rounds_interaction_dialog_present, "interaction.save", ROUNDS_ENTITY_INTERACTION, FALSE,
    ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_NOTES, "Dosing" },
  { "amendment", rounds_interaction_dialog_present, "interaction.save", ROUNDS_ENTITY_INTERACTION, FALSE,
    ROUNDS_ENTITY_AMENDMENT, ROUNDS_AMENDMENT_REASON, "Another day", "interaction.amend", form_find_reason },
};

/* A form, while it is opened or while it is saved. */
typedef struct
{
  const Form *form;
  gboolean saving;
} Moment;

static gboolean
is_usable (GtkWidget *dialog)
{
  GtkWidget *child = adw_dialog_get_child (ADW_DIALOG (dialog));

  return gtk_widget_is_sensitive (adw_toolbar_view_get_content (ADW_TOOLBAR_VIEW (child)));
}

/* Opens the form, types and saves. Returns: whether it was saved; a form that is not says why, and stays */
static gboolean
use_form (FormWorld *world, gboolean saving, const Fault *fault, guint n)
{
  g_autoptr (GtkWidget) dialog = NULL;
  gboolean usable, saved;

  form_open (world, saving ? NULL : fault, n);
  dialog = g_object_ref (form_get_root (world));
  usable = (world->form->typed == NULL || form_type (world, world->form->typed)) && is_usable (dialog);
  app_settle (&world->fixture);
  if (saving)
    faults_arm (fault, n);
  gtk_widget_activate_action (dialog, world->form->save, NULL);
  app_settle (&world->fixture);
  faults_disarm ();
  saved = form_get_root (world) == NULL;
  g_assert_true (saving || usable == saved);
  if (!saved)
    {
      g_assert_true (adw_banner_get_revealed (ADW_BANNER (find_child (dialog, ADW_TYPE_BANNER, NULL))));
      adw_dialog_force_close (ADW_DIALOG (dialog));
      app_settle (&world->fixture);
    }
  return saved;
}

/* Returns: (transfer full): what is stored once the form is saved while nothing fails */
static char *
learn (FormWorld *world, gboolean saving, guint *n_places)
{
  static const Fault counting = { .name = "counting" };
  g_autofree char *begun = NULL;
  char *changed;

  form_world_set_up (world);
  begun = form_world_describe (world);
  g_assert_true (use_form (world, saving, &counting, 0));
  *n_places = faults_get_count (FAULT_STATEMENT);
  changed = form_world_describe (world);
  g_assert_cmpstr (changed, !=, begun);
  form_world_tear_down (world);
  return changed;
}

static void
test_form (gconstpointer data)
{
  const Moment *moment = data;
  FormWorld world = { .form = moment->form };
  guint n_places, n_saved = 0;
  g_autofree char *changed = learn (&world, moment->saving, &n_places);
  g_autofree char *begun = NULL;

  form_world_set_up (&world);
  begun = form_world_describe (&world);
  for (guint n = 1; n <= n_places; n += DISTANCE)
    {
      gboolean saved = use_form (&world, moment->saving, &no_answer, n);
      g_autofree char *now = form_world_describe (&world);

      g_assert_cmpstr (now, ==, saved ? changed : begun);
      if (!saved)
        continue;
      n_saved++;
      form_world_tear_down (&world);
      form_world_set_up (&world);
    }
  form_world_tear_down (&world);
  g_test_message ("%u places, saved in spite of %u", n_places, n_saved);
}

int
main (int argc, char *argv[])
{
  form_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    for (guint saving = 0; saving <= 1; saving++)
      {
        g_autofree char *path = g_strdup_printf ("/faults-forms/%s/%s", saving ? "save" : "open", forms[i].name);
        Moment moment = { &forms[i], saving };

        g_test_add_data_func_full (path, g_memdup2 (&moment, sizeof moment), test_form, g_free);
      }
  return g_test_run ();
}
