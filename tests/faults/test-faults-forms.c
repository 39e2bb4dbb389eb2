/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Forms that are opened, or saved, while something fails. What a user would lose if this failed: the reminder of an
 * appointment, whom it is with, an address or a role, in whose place a form stores that it could not read them. */

#include "app-fixture.h"
#include "calendar/rounds-appointment-dialog.h"
#include "contacts-fixture.h"
#include "contacts/rounds-contact-dialog.h"
#include "contacts/rounds-organisation-dialog.h"
#include "contacts/rounds-part-dialog.h"
#include "faults.h"
#include "forms/rounds-field-labels.h"
#include "forms/rounds-text-row.h"
#include "interactions/rounds-interaction-dialog.h"
#include "journeys/rounds-journey-dialog.h"
#include "rounds-time.h"

/* Of each form about so many places are tried; with ROUNDS_FAULTS=all each one. */
#ifdef __SANITIZE_ADDRESS__
#define PLACES 8
#else
#define PLACES 30
#endif

#define START 1705314600000
#define CLINIC "Clinic"

static const Fault no_memory = { "memory-once", FAULT_MEMORY, FAULT_FAILS, FALSE, FAULT_KEEPS };

typedef void (*PresentFunc) (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *record);

typedef struct
{
  const char *name;
  PresentFunc present;
  const char *save;    /* the action */
  RoundsEntity entity; /* of the record that the form is about */
  gboolean is_new;
  RoundsEntity typed_entity; /* what is typed into: one of its fields, with or without a part's */
  guint typed_field;
  const char *typed;
  const char *first; /* (nullable): the action that begins to amend what was submitted, which is told why */
} Form;

static const Form forms[] = {
  { "appointment", rounds_appointment_dialog_present, "appointment.save", ROUNDS_ENTITY_APPOINTMENT, FALSE,
    ROUNDS_ENTITY_APPOINTMENT, ROUNDS_APPOINTMENT_LOCATION, "Dover" },
  { "contact", rounds_contact_dialog_present, "dialog.save", ROUNDS_ENTITY_PERSON, FALSE, ROUNDS_ENTITY_ADDRESS,
    ROUNDS_ADDRESS_CITY, "Dover" },
  { "organisation", rounds_organisation_dialog_present, "dialog.save", ROUNDS_ENTITY_ORGANISATION, FALSE,
    ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_CITY, "Dover" },
  { "work-place", rounds_part_dialog_present, "part.save", ROUNDS_ENTITY_AFFILIATION, TRUE, ROUNDS_ENTITY_AFFILIATION,
    ROUNDS_AFFILIATION_ORGANISATION, CLINIC },
  { "role", rounds_part_dialog_present, "part.save", ROUNDS_ENTITY_PERSON_ROLE, TRUE, ROUNDS_ENTITY_NONE, 0, NULL },
  { "journey", rounds_journey_dialog_present, "journey.save", ROUNDS_ENTITY_EAP_JOURNEY, FALSE,
    ROUNDS_ENTITY_EAP_JOURNEY, ROUNDS_EAP_JOURNEY_EAP_NUMBER, "7" },
  { "visit", rounds_interaction_dialog_present, "interaction.save", ROUNDS_ENTITY_INTERACTION, FALSE,
    ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_NOTES, "Dosing" },
  { "amendment", rounds_interaction_dialog_present, "interaction.save", ROUNDS_ENTITY_INTERACTION, FALSE,
    ROUNDS_ENTITY_AMENDMENT, ROUNDS_AMENDMENT_REASON, "Another day", "interaction.amend" },
};

/* --- What is stored --- */

/* Returns: (transfer none): a new one of @owner's, which @records takes */
static RoundsRecord *
add_of (GPtrArray *records, RoundsEntity entity, guint field, RoundsRecord *owner)
{
  RoundsRecord *record = rounds_record_new (entity);

  rounds_record_set_uuid (record, field, rounds_record_get_id (owner));
  g_ptr_array_add (records, record);
  return record;
}

static void
add_appointment (GPtrArray *records, RoundsRecord *person)
{
  RoundsRecord *appointment = add_of (records, ROUNDS_ENTITY_APPOINTMENT, ROUNDS_APPOINTMENT_PERSON, person);
  RoundsRecord *reminder = add_of (records, ROUNDS_ENTITY_REMINDER, ROUNDS_REMINDER_SUBJECT, appointment);

  rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_TITLE, "Visit");
  rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_START_AT, START);
  rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_END_AT, START + ROUNDS_HOUR);
  rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_TIME_ZONE, "Europe/Berlin");
  rounds_record_set_text (reminder, ROUNDS_REMINDER_SUBJECT_TYPE, "appointment");
  rounds_record_set_text (reminder, ROUNDS_REMINDER_CHANNEL, "desktop");
  rounds_record_set_integer (reminder, ROUNDS_REMINDER_OFFSET_MINUTES, 30);
  rounds_record_set_text (reminder, ROUNDS_REMINDER_STATE, "pending");
  rounds_record_set_integer (reminder, ROUNDS_REMINDER_DUE_AT, START - 30 * ROUNDS_MINUTE);
}

static void
add_visit (GPtrArray *records, RoundsRecord *person, RoundsRecord *other)
{
  RoundsRecord *visit = add_of (records, ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_PERSON, person);
  RoundsRecord *attendee =
    add_of (records, ROUNDS_ENTITY_INTERACTION_ATTENDEE, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, visit);
  RoundsRecord *promise = add_of (records, ROUNDS_ENTITY_FOLLOW_UP, ROUNDS_FOLLOW_UP_INTERACTION, visit);

  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "Zoë Strauß");
  rounds_record_set_text (visit, ROUNDS_INTERACTION_INTERACTION_TYPE, "Visit");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, START);
  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_PERSON, rounds_record_get_id (other));
  rounds_record_set_uuid (promise, ROUNDS_FOLLOW_UP_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (promise, ROUNDS_FOLLOW_UP_TEXT, "Sends the paper");
  rounds_record_set_text (promise, ROUNDS_FOLLOW_UP_KIND, "promise");
  rounds_record_set_text (promise, ROUNDS_FOLLOW_UP_DUE_ON, "2024-02-01");
}

/* A contact who is all that a form asks for. */
static void
add_records (AppFixture *fixture)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Zoë", "Strauß", "Neurology", "Bath");
  g_autoptr (RoundsRecord) other = app_add_person (fixture, "Ada", "Example");
  g_autoptr (RoundsRecord) clinic = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);
  g_autoptr (RoundsRecord) program = rounds_record_new (ROUNDS_ENTITY_EAP_PROGRAM);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  RoundsRecord *work, *patient, *journey;

  rounds_record_set_text (clinic, ROUNDS_ORGANISATION_NAME, CLINIC);
  rounds_record_set_text (program, ROUNDS_EAP_PROGRAM_PRODUCT, "Program");
  g_ptr_array_add (records, g_object_ref (clinic));
  g_ptr_array_add (records, g_object_ref (program));
  rounds_record_set_text (add_of (records, ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_ORGANISATION, clinic),
                          ROUNDS_ADDRESS_CITY, "Bath");
  work = add_of (records, ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON, person);
  rounds_record_set_uuid (work, ROUNDS_AFFILIATION_ORGANISATION, rounds_record_get_id (clinic));
  rounds_record_set_integer (work, ROUNDS_AFFILIATION_IS_PRIMARY, TRUE);
  patient = add_of (records, ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON, person);
  journey = add_of (records, ROUNDS_ENTITY_EAP_JOURNEY, ROUNDS_EAP_JOURNEY_PATIENT, patient);
  rounds_record_set_uuid (journey, ROUNDS_EAP_JOURNEY_PROGRAM, rounds_record_get_id (program));
  add_appointment (records, person);
  add_visit (records, person, other);
  save_records (fixture, records);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char **) a, *(char **) b);
}

/* What is stored is from long ago, or from now. */
static char *
describe_value (const RoundsFieldInfo *field, const RoundsValue *value)
{
  if (value->kind == ROUNDS_VALUE_UUID || field->type == ROUNDS_TYPE_JSON
      || (field->type == ROUNDS_TYPE_INSTANT && value->kind == ROUNDS_VALUE_INTEGER
          && value->as.integer > START + ROUNDS_DAY))
    return g_strdup ("set");
  return rounds_field_format (field, value);
}

static char *
describe (RoundsRecord *record)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  GString *line = g_string_new (info->name);

  for (guint f = ROUNDS_FIELD_TERRITORY; f < info->n_fields; f++)
    {
      const RoundsValue *value = rounds_record_get_value (record, f);
      g_autofree char *text = describe_value (&info->fields[f], value);

      if (value->kind != ROUNDS_VALUE_NULL)
        g_string_append_printf (line, " %s=%s", info->fields[f].name, text);
    }
  return g_string_free_and_steal (line);
}

/* Returns: (transfer full): all that a server would get, without what differs from one device to the other */
static char *
describe_store (AppFixture *fixture)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint entity = 0; entity < ROUNDS_N_ENTITIES; entity++)
    {
      g_autoptr (RoundsQuery) query = rounds_query_new (entity);
      g_autoptr (GPtrArray) records =
        rounds_entity_get_info (entity)->scope == ROUNDS_SCOPE_SYNCED ? app_list (fixture, query) : NULL;

      for (guint i = 0; records != NULL && i < records->len; i++)
        g_ptr_array_add (lines, describe (records->pdata[i]));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

/* Returns: (transfer full): what the form is about */
static RoundsRecord *
find_subject (AppFixture *fixture, const Form *form)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (form->is_new ? ROUNDS_ENTITY_PHYSICIAN : form->entity);
  g_autoptr (GPtrArray) records = NULL;
  RoundsRecord *record;
  const RoundsUuid *person;

  if (form->entity == ROUNDS_ENTITY_PERSON)
    rounds_query_where_text (query, ROUNDS_PERSON_FAMILY_NAME, ROUNDS_IS, "Strauß");
  records = app_list (fixture, query);
  if (!form->is_new)
    return g_object_ref (records->pdata[0]);
  person = rounds_record_get_uuid (records->pdata[0], ROUNDS_PHYSICIAN_PERSON);
  record = rounds_record_new (form->entity);
  if (form->entity == ROUNDS_ENTITY_PERSON_ROLE)
    {
      rounds_record_set_uuid (record, ROUNDS_PERSON_ROLE_PERSON, person);
      rounds_record_set_text (record, ROUNDS_PERSON_ROLE_TYPE, "patient");
      return record;
    }
  rounds_record_set_uuid (record, ROUNDS_AFFILIATION_PERSON, person);
  rounds_record_set_integer (record, ROUNDS_AFFILIATION_IS_PRIMARY, TRUE);
  return record;
}

/* --- A form --- */

typedef struct
{
  AppFixture fixture;
  const Form *form;
  gboolean while_saving; /* or while it is opened */
  GtkWidget *window;
  char *begun; /* (owned): what is stored */
} World;

static void
world_set_up (World *world)
{
  app_fixture_set_up (&world->fixture, NULL);
  add_records (&world->fixture);
  if (world->form->first != NULL)
    {
      g_autoptr (RoundsRecord) submitted = find_subject (&world->fixture, world->form);

      rounds_record_set_integer (submitted, ROUNDS_INTERACTION_SUBMITTED_AT, START);
      app_save (&world->fixture, submitted);
    }
  world->window = app_show (&world->fixture, gtk_label_new (NULL), 800, 700);
  app_settle (&world->fixture);
  world->begun = describe_store (&world->fixture);
}

static void
world_tear_down (World *world)
{
  gtk_window_destroy (GTK_WINDOW (world->window));
  app_fixture_tear_down (&world->fixture, NULL);
  g_clear_pointer (&world->begun, g_free);
}

/* Returns: (transfer full): the form, or NULL once it is closed */
static GtkWidget *
get_dialog (World *world)
{
  AdwDialog *dialog = adw_window_get_visible_dialog (ADW_WINDOW (world->window));

  return dialog != NULL ? GTK_WIDGET (g_object_ref (dialog)) : NULL;
}

static GtkWidget *
find_row (const Form *form, GtkWidget *dialog)
{
  const RoundsFieldInfo *field;

  if (form->typed == NULL)
    return NULL;
  if (form->first != NULL)
    return find_child (dialog, ADW_TYPE_ENTRY_ROW, "Reason for the amendment");
  field = rounds_entity_get_field (form->typed_entity, form->typed_field);
  return find_child (dialog, ADW_TYPE_PREFERENCES_ROW, rounds_field_get_label (field));
}

/* As a user does it, who cannot where it is locked. Returns: whether the form can be used */
static gboolean
type (const Form *form, GtkWidget *dialog)
{
  GtkWidget *row = find_row (form, dialog);

  if (row != NULL && !gtk_widget_is_sensitive (row))
    return FALSE;
  if (ROUNDS_IS_TEXT_ROW (row))
    rounds_text_row_set_text (ROUNDS_TEXT_ROW (row), form->typed);
  else if (row != NULL)
    gtk_editable_set_text (GTK_EDITABLE (row), form->typed);
  return gtk_widget_is_sensitive (
    adw_toolbar_view_get_content (ADW_TOOLBAR_VIEW (adw_dialog_get_child (ADW_DIALOG (dialog)))));
}

static void
arm (World *world, const Fault *fault, guint n, gboolean saving)
{
  if (world->while_saving == saving)
    faults_arm (fault, n);
}

/* Opens the form, types and saves. Returns: whether it was saved; a form that is not says why, and stays */
static gboolean
use_form (World *world, const Fault *fault, guint n)
{
  g_autoptr (RoundsRecord) record = find_subject (&world->fixture, world->form);
  g_autoptr (GtkWidget) dialog = NULL;
  g_autoptr (GtkWidget) remaining = NULL;
  gboolean usable;

  arm (world, fault, n, FALSE);
  world->form->present (world->window, world->fixture.context, record);
  if (!world->while_saving)
    faults_disarm ();
  app_settle (&world->fixture);
  dialog = get_dialog (world);
  if (world->form->first != NULL)
    gtk_widget_activate_action (dialog, world->form->first, NULL);
  usable = type (world->form, dialog);
  app_settle (&world->fixture);
  arm (world, fault, n, TRUE);
  gtk_widget_activate_action (dialog, world->form->save, NULL);
  app_settle (&world->fixture);
  faults_disarm ();
  remaining = get_dialog (world);
  g_assert_true (world->while_saving || usable == (remaining == NULL));
  if (remaining != NULL)
    {
      g_assert_true (adw_banner_get_revealed (ADW_BANNER (find_child (dialog, ADW_TYPE_BANNER, NULL))));
      adw_dialog_force_close (ADW_DIALOG (remaining));
      app_settle (&world->fixture);
    }
  return remaining == NULL;
}

/* --- The test --- */

/* Returns: (transfer full): what is stored once the form is saved while nothing fails */
static char *
learn (World *world, guint *n_places)
{
  static const Fault counting = { .name = "counting" };
  char *changed;

  world_set_up (world);
  g_assert_true (use_form (world, &counting, 0));
  *n_places = faults_get_count (FAULT_MEMORY);
  changed = describe_store (&world->fixture);
  g_assert_cmpstr (changed, !=, world->begun);
  world_tear_down (world);
  return changed;
}

static void
test_form (gconstpointer data)
{
  World world = *(const World *) data;
  guint n_places, n_saved = 0, n_tried = 0, distance;
  g_autofree char *changed = learn (&world, &n_places);

  distance = g_getenv ("ROUNDS_FAULTS") == NULL ? n_places / PLACES + 1 : 1;
  world_set_up (&world);
  for (guint n = 1; n <= n_places; n += distance)
    {
      gboolean saved = use_form (&world, &no_memory, n);
      g_autofree char *now = describe_store (&world.fixture);

      g_assert_cmpstr (now, ==, saved ? changed : world.begun);
      n_tried++;
      if (!saved)
        continue;
      n_saved++;
      world_tear_down (&world);
      world_set_up (&world);
    }
  world_tear_down (&world);
  g_test_message ("%u of %u places, saved in spite of %u", n_tried, n_places, n_saved);
}

int
main (int argc, char *argv[])
{
  faults_install ();
  app_test_init (&argc, &argv);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL); /* what cannot be read is warned of */

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    for (guint saving = 0; saving <= 1; saving++)
      {
        g_autofree char *path = g_strdup_printf ("/faults-forms/%s/%s", saving ? "save" : "open", forms[i].name);
        World world = { .form = &forms[i], .while_saving = saving };

        g_test_add_data_func_full (path, g_memdup2 (&world, sizeof world), test_form, g_free);
      }
  return g_test_run ();
}
