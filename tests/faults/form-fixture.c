/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "form-fixture.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "forms/rounds-field-labels.h"
#include "forms/rounds-text-row.h"
#include "rounds-time.h"

#define MEMORY "/dev/shm"

#define START 1705314600000 /* in January 2024 */
#define AHEAD 4102480800000 /* in January 2100: a reminder that is overdue is put away by itself */
#define OFFSET 45           /* min; no usual one */

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
  rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_START_AT, AHEAD);
  rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_END_AT, AHEAD + ROUNDS_HOUR);
  rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_TIME_ZONE, "Europe/Berlin");
  rounds_record_set_text (reminder, ROUNDS_REMINDER_SUBJECT_TYPE, "appointment");
  rounds_record_set_text (reminder, ROUNDS_REMINDER_CHANNEL, "desktop");
  rounds_record_set_integer (reminder, ROUNDS_REMINDER_OFFSET_MINUTES, OFFSET);
  rounds_record_set_text (reminder, ROUNDS_REMINDER_STATE, "pending");
  rounds_record_set_integer (reminder, ROUNDS_REMINDER_DUE_AT, AHEAD - OFFSET * ROUNDS_MINUTE);
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

  rounds_record_set_text (clinic, ROUNDS_ORGANISATION_NAME, FORM_CLINIC);
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

/* What is stored is from long ago, lies far ahead, or is from now. */
static char *
describe_value (const RoundsFieldInfo *field, const RoundsValue *value)
{
  if (value->kind == ROUNDS_VALUE_UUID || field->type == ROUNDS_TYPE_JSON
      || (field->type == ROUNDS_TYPE_INSTANT && value->kind == ROUNDS_VALUE_INTEGER
          && value->as.integer > START + ROUNDS_DAY && value->as.integer < AHEAD - ROUNDS_DAY))
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

char *
form_world_describe (FormWorld *world)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (guint entity = 0; entity < ROUNDS_N_ENTITIES; entity++)
    {
      g_autoptr (RoundsQuery) query = rounds_query_new (entity);
      g_autoptr (GPtrArray) records =
        rounds_entity_get_info (entity)->scope == ROUNDS_SCOPE_SYNCED ? app_list (&world->fixture, query) : NULL;

      for (guint i = 0; records != NULL && i < records->len; i++)
        g_ptr_array_add (lines, describe (records->pdata[i]));
    }
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);
  return g_strjoinv ("\n", (char **) lines->pdata);
}

RoundsRecord *
form_dup_subject (FormWorld *world)
{
  const Form *form = world->form;
  g_autoptr (RoundsQuery) query = rounds_query_new (form->is_new ? ROUNDS_ENTITY_PHYSICIAN : form->entity);
  g_autoptr (GPtrArray) records = NULL;
  RoundsRecord *record;
  const RoundsUuid *person;

  if (form->entity == ROUNDS_ENTITY_PERSON && !form->is_new)
    rounds_query_where_text (query, ROUNDS_PERSON_FAMILY_NAME, ROUNDS_IS, "Strauß");
  records = app_list (&world->fixture, query);
  if (!form->is_new)
    return g_object_ref (records->pdata[0]);
  person = rounds_record_get_uuid (records->pdata[0], ROUNDS_PHYSICIAN_PERSON);
  record = rounds_record_new (form->entity);
  if (form->entity == ROUNDS_ENTITY_PERSON_ROLE)
    {
      rounds_record_set_uuid (record, ROUNDS_PERSON_ROLE_PERSON, person);
      rounds_record_set_text (record, ROUNDS_PERSON_ROLE_TYPE, "patient");
    }
  else if (form->entity == ROUNDS_ENTITY_AFFILIATION)
    {
      rounds_record_set_uuid (record, ROUNDS_AFFILIATION_PERSON, person);
      rounds_record_set_integer (record, ROUNDS_AFFILIATION_IS_PRIMARY, TRUE);
    }
  return record;
}

void
form_test_init (int *argc, char ***argv)
{
  if (g_access (MEMORY, W_OK) == 0)
    g_setenv ("TMPDIR", MEMORY, TRUE);
  faults_install ();
  app_test_init (argc, argv);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL); /* what cannot be read is warned of */
}

void
form_world_set_up (FormWorld *world)
{
  app_fixture_set_up (&world->fixture, NULL);
  add_records (&world->fixture);
  if (world->form->first != NULL)
    {
      g_autoptr (RoundsRecord) submitted = form_dup_subject (world);

      rounds_record_set_integer (submitted, ROUNDS_INTERACTION_SUBMITTED_AT, START);
      app_save (&world->fixture, submitted);
    }
  world->window = app_show (&world->fixture, gtk_label_new (NULL), 800, 700);
  app_settle (&world->fixture);
}

void
form_world_tear_down (FormWorld *world)
{
  gtk_window_destroy (GTK_WINDOW (world->window));
  app_fixture_tear_down (&world->fixture, NULL);
}

void
form_open (FormWorld *world, const Fault *fault, guint n)
{
  g_autoptr (RoundsRecord) record = form_dup_subject (world);

  if (fault != NULL)
    faults_arm (fault, n);
  world->form->present (world->window, world->fixture.context, record);
  if (fault != NULL)
    faults_disarm ();
  app_settle (&world->fixture);
  if (world->form->first != NULL)
    gtk_widget_activate_action (form_get_root (world), world->form->first, NULL);
}

GtkWidget *
form_get_root (FormWorld *world)
{
  AdwDialog *dialog = adw_window_get_visible_dialog (ADW_WINDOW (world->window));

  return dialog != NULL ? GTK_WIDGET (dialog) : NULL;
}

GtkWidget *
form_find_row (FormWorld *world)
{
  const Form *form = world->form;
  const RoundsFieldInfo *field;

  if (form->find_row != NULL)
    return form->find_row (world);
  field = rounds_entity_get_field (form->typed_entity, form->typed_field);
  return find_child (form_get_root (world), ADW_TYPE_PREFERENCES_ROW, rounds_field_get_label (field));
}

GtkWidget *
form_find_reason (FormWorld *world)
{
  return find_child (form_get_root (world), ADW_TYPE_ENTRY_ROW, "Reason for the amendment");
}

char *
form_dup_text (FormWorld *world)
{
  GtkWidget *row = form_find_row (world);

  if (row == NULL)
    return NULL;
  return ROUNDS_IS_TEXT_ROW (row) ? rounds_text_row_dup_text (ROUNDS_TEXT_ROW (row))
                                  : g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));
}

gboolean
form_type (FormWorld *world, const char *text)
{
  GtkWidget *row = form_find_row (world);

  if (row == NULL || !gtk_widget_is_sensitive (row))
    return FALSE;
  if (ROUNDS_IS_TEXT_ROW (row))
    rounds_text_row_set_text (ROUNDS_TEXT_ROW (row), text);
  else
    gtk_editable_set_text (GTK_EDITABLE (row), text);
  return TRUE;
}
