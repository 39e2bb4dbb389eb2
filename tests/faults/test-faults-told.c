/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What asks the store says what there is, or that it could not look; nothing between. What a user would lose if this
 * failed: a visit about a stranger instead of the contact, another team's contacts, whatever an answer decides. */

#include "fault-site.h"
#include "faults.h"
#include "interactions/rounds-line-reading.h"
#include "rounds-cli.h"
#include "rounds-error.h"
#include "rounds-import-comparison.h"
#include "rounds-lead-conversion.h"
#include "rounds-person-finder.h"
#include "rounds-receipt.h"
#include "rounds-remote.h"
#include "rounds-timeline-reader.h"
#include "sync/rounds-sync-steps.h"

/* A device whose third person has all that is asked for. */
#define SITE "told.db"
#define PERSON "device person 3"
#define SERVER "https://rounds.example.org"

/* Of each question and fault about so many places are tried; with ROUNDS_FAULTS=all each one. */
#ifdef __SANITIZE_ADDRESS__
#define PLACES 20
#else
#define PLACES 200
#endif

/* Asks something. Returns: (transfer full) (nullable): the answer, the same each time; that a user is told not to do
 * something is one too */
typedef char *(*AskFunc) (FaultSite *site, GError **error);

typedef struct
{
  const char *name;
  AskFunc ask;
} Question;

/* Once: what fails from then on is told by whatever comes next. */
static const Fault faults[] = {
  { "memory-once", FAULT_MEMORY, FAULT_FAILS, FALSE, FAULT_KEEPS },
  { "read-once", FAULT_READ, FAULT_FAILS, FALSE, FAULT_KEEPS },
};

/* --- The questions --- */

static char *
compare (FaultSite *site, RoundsEntity entity, const char *name, GError **error)
{
  const RoundsImportOutcome outcome = { .row = 2, .entity = entity, .match = fault_site_get_id (name) };
  g_autoptr (GPtrArray) lines = rounds_import_comparison_new (site->store, site->plan, &outcome, NULL, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (lines == NULL)
    return NULL;
  for (guint i = 0; i < lines->len; i++)
    {
      const RoundsImportComparisonLine *line = lines->pdata[i];

      g_string_append_printf (text, "%s: %s, %s\n", line->label, line->in_file, line->known);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
compare_person (FaultSite *site, GError **error)
{
  return compare (site, ROUNDS_ENTITY_PERSON, PERSON, error);
}

static char *
compare_organisation (FaultSite *site, GError **error)
{
  return compare (site, ROUNDS_ENTITY_ORGANISATION, "clinic", error);
}

static char *
convert_lead (FaultSite *site, GError **error)
{
  RoundsUuid lead = fault_site_get_id ("lead");
  g_autoptr (GPtrArray) records = rounds_lead_conversion_plan (site->store, &lead, NULL, error);

  return records != NULL
           ? g_strdup_printf ("%s %u", rounds_record_get_text (records->pdata[0], ROUNDS_PATIENT_FIRST_CONTACT_DATE),
                              records->len)
           : NULL;
}

static char *
convert_patient (FaultSite *site, GError **error)
{
  RoundsUuid lead = fault_site_get_id ("lead of a patient");
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) records = rounds_lead_conversion_plan (site->store, &lead, NULL, &local_error);

  g_assert_null (records);
  if (g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS))
    return g_strdup (local_error->message);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* What is shown while somebody types: the one with the very words, and who was met last before the others. */
static char *
read_line (FaultSite *site, GError **error)
{
  g_autoptr (RoundsPhrases) phrases = rounds_phrases_new ("en");
  g_autoptr (GHashTable) choices = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (RoundsLineReading) reading =
    rounds_line_reading_new (site->store, phrases, "visit device person dosing", choices, NULL, error);
  g_autoptr (GString) text = NULL;
  GPtrArray *candidates;

  if (reading == NULL)
    return NULL;
  candidates = rounds_line_reading_get_candidates (reading);
  text = g_string_new (rounds_line_reading_get_asked_name (reading));
  for (guint i = 0; candidates != NULL && i < candidates->len; i++)
    {
      const RoundsPersonCandidate *candidate = candidates->pdata[i];

      g_string_append_printf (text, "\n%s %" G_GINT64_FORMAT,
                              rounds_record_get_text (candidate->person, ROUNDS_PERSON_FAMILY_NAME),
                              candidate->last_seen);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
read_timeline (FaultSite *site, GError **error)
{
  RoundsUuid person = fault_site_get_id (PERSON);
  g_autoptr (GPtrArray) entries =
    rounds_record_store_list_timeline (site->store, &person, ROUNDS_TIMELINE_EVERYTHING, NULL, 50, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (entries == NULL)
    return NULL;
  for (guint i = 0; i < entries->len; i++)
    {
      const RoundsTimelineEntry *entry = entries->pdata[i];
      g_autofree char *about = entry->about != NULL ? rounds_record_get_title (entry->about) : NULL;

      g_string_append_printf (text, "%d %d %s %u\n", entry->kind, entry->event, about,
                              entry->changes != NULL ? entry->changes->len : 0);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
get_receipts (FaultSite *site, GError **error)
{
  static const char *const names[] = { "device visit 3", "device visit 1", "new visit 0" };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      RoundsUuid id = fault_site_get_id (names[i]);
      g_auto (RoundsReceipt) receipt = ROUNDS_RECEIPT_INIT;

      if (!rounds_record_store_get_receipt (site->store, ROUNDS_ENTITY_INTERACTION, &id, &receipt, error))
        return NULL;
      g_string_append_printf (text, "%s\n", rounds_receipt_state_to_string (receipt.state));
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static char *
get_state (FaultSite *site, const char *key)
{
  const Fault *fault = faults_pause ();
  g_autoptr (GError) error = NULL;
  char *value = NULL;

  rounds_record_store_get_state (site->store, key, &value, &error);
  g_assert_no_error (error);
  faults_resume (fault);
  return value;
}

/* Another server begins at its beginning. */
static char *
keep_account (FaultSite *site, GError **error)
{
  RoundsSyncAccount account = { .server = (char *) "https://another.example.org", .username = (char *) "zoe" };
  RoundsSyncAccount *kept = rounds_sync_account_save (site->store, &account, NULL, error);
  g_autofree char *cursor = NULL;
  char *text;

  if (kept == NULL)
    return NULL;
  cursor = get_state (site, ROUNDS_STATE_CURSOR);
  text = g_strdup_printf ("%s %s %s %s", kept->server, kept->username, kept->device, cursor);
  rounds_sync_account_free (kept);
  return text;
}

/* --- The same on the command line --- */

static const RoundsCliCommand *
find_command (const RoundsCliCommand *commands, const char *name)
{
  while (!g_str_equal (commands->name, name))
    commands++;
  return commands;
}

static void
set_option (const RoundsCliCommand *command, const char *name, const char *value)
{
  const GOptionEntry *option = command->options;

  while (!g_str_equal (option->long_name, name))
    option++;
  *(char **) option->arg_data = (char *) value;
}

/* (transfer full) (nullable): what the command writes. */
static char *
run (FaultSite *site, const RoundsCliCommand *command, gboolean json, GError **error)
{
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  g_autoptr (RoundsProfile) profile = rounds_profile_new ("/nowhere");
  RoundsCli cli = { .json = json, .out = out, .profile = profile, .store = site->store };
  char *arguments[] = { NULL };
  RoundsExit code = ROUNDS_EXIT_OK;

  if (!command->run (&cli, arguments, &code, error))
    return NULL;
  return g_strndup (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (out)),
                    g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (out)));
}

static char *
tell_status (FaultSite *site, GError **error)
{
  return run (site, find_command (rounds_cli_status_commands, "status"), TRUE, error);
}

static char *
log_line (FaultSite *site, GError **error)
{
  const RoundsCliCommand *command = find_command (rounds_cli_write_commands, "log");
  g_autofree gboolean *dry_run = NULL;
  const GOptionEntry *option = command->options;
  char *text;

  while (!g_str_equal (option->long_name, "dry-run"))
    option++;
  *(gboolean *) option->arg_data = TRUE;
  set_option (command, "line", "visit 2026-01-02 10:00 device person dosing");
  text = run (site, command, FALSE, error);
  set_option (command, "line", NULL);
  *(gboolean *) option->arg_data = FALSE;
  return text;
}

/* As far as the password, which is not there: (transfer full) (nullable): how that is told, and what is kept. */
static char *
sign_in (FaultSite *site, const char *server, GError **error)
{
  const RoundsCliCommand *command = find_command (rounds_cli_sync_commands, "sign-in");
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *device = NULL;

  set_option (command, "server", server);
  set_option (command, "username", "zoe");
  set_option (command, "password-file", "/nowhere/password");
  text = run (site, command, FALSE, &local_error);
  g_assert_null (text);
  device = get_state (site, ROUNDS_STATE_DEVICE);
  if (!g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED))
    return g_strdup_printf ("%s %s", local_error->message, device);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static char *
sign_in_again (FaultSite *site, GError **error)
{
  return sign_in (site, SERVER, error);
}

static char *
sign_in_elsewhere (FaultSite *site, GError **error)
{
  return sign_in (site, "https://another.example.org", error);
}

static const Question questions[] = {
  { "compare-person", compare_person },
  { "compare-organisation", compare_organisation },
  { "convert-lead", convert_lead },
  { "convert-patient", convert_patient },
  { "line", read_line },
  { "timeline", read_timeline },
  { "receipt", get_receipts },
  { "account", keep_account },
  { "cli-status", tell_status },
  { "cli-log", log_line },
  { "cli-sign-in", sign_in_again },
  { "cli-sign-in-elsewhere", sign_in_elsewhere },
};

/* --- What is asked about --- */

/* Returns: (transfer full): a new record which says in @field whose it is */
static RoundsRecord *
new_of (RoundsEntity entity, const char *name, guint field, const char *owner)
{
  RoundsRecord *record = fault_site_new_record (entity, name);
  RoundsUuid id = fault_site_get_id (owner);

  rounds_record_set_uuid (record, field, &id);
  return record;
}

/* @made: (transfer full) */
static void
save (FaultSite *site, RoundsRecord *made)
{
  g_autoptr (RoundsRecord) record = made;
  g_autoptr (GError) error = NULL;

  rounds_record_store_save (site->store, record, &error);
  g_assert_no_error (error);
}

static void
add_named (FaultSite *site, RoundsEntity entity, const char *name, guint field)
{
  RoundsRecord *record = fault_site_new_record (entity, name);

  rounds_record_set_text (record, field, name);
  save (site, record);
}

static void
add_records (FaultSite *site)
{
  RoundsUuid specialization = fault_site_get_id ("neurology");
  RoundsUuid clinic = fault_site_get_id ("clinic");
  RoundsRecord *record;

  add_named (site, ROUNDS_ENTITY_SPECIALIZATION, "neurology", ROUNDS_SPECIALIZATION_NAME);
  add_named (site, ROUNDS_ENTITY_ORGANISATION, "clinic", ROUNDS_ORGANISATION_NAME);
  save (site, new_of (ROUNDS_ENTITY_STAFF, "staff", ROUNDS_STAFF_PERSON, "device person 1"));

  record = new_of (ROUNDS_ENTITY_PHYSICIAN, "physician", ROUNDS_PHYSICIAN_PERSON, PERSON);
  rounds_record_set_uuid (record, ROUNDS_PHYSICIAN_SPECIALIZATION, &specialization);
  save (site, record);
  record = new_of (ROUNDS_ENTITY_AFFILIATION, "affiliation", ROUNDS_AFFILIATION_PERSON, PERSON);
  rounds_record_set_uuid (record, ROUNDS_AFFILIATION_ORGANISATION, &clinic);
  rounds_record_set_text (record, ROUNDS_AFFILIATION_VALID_FROM, "2025-01-01");
  save (site, record);
  record = new_of (ROUNDS_ENTITY_ADDRESS, "address", ROUNDS_ADDRESS_PERSON, PERSON);
  rounds_record_set_text (record, ROUNDS_ADDRESS_CITY, "Dover");
  save (site, record);
  record = new_of (ROUNDS_ENTITY_ADDRESS, "address of the clinic", ROUNDS_ADDRESS_ORGANISATION, "clinic");
  rounds_record_set_text (record, ROUNDS_ADDRESS_CITY, "Dover");
  save (site, record);
  save (site, new_of (ROUNDS_ENTITY_PATIENT_LEAD, "lead", ROUNDS_PATIENT_LEAD_PERSON, PERSON));
  save (site, new_of (ROUNDS_ENTITY_PATIENT_LEAD, "lead of a patient", ROUNDS_PATIENT_LEAD_PERSON, "device person 2"));
  save (site, new_of (ROUNDS_ENTITY_PATIENT, "patient", ROUNDS_PATIENT_PERSON, "device person 2"));
}

static void
add_account (FaultSite *site)
{
  RoundsUuid device = fault_site_get_id ("device");
  RoundsUuid staff = fault_site_get_id ("staff");
  g_autofree char *device_text = rounds_uuid_to_string (&device);
  g_autofree char *staff_text = rounds_uuid_to_string (&staff);
  const char *const states[][2] = {
    { ROUNDS_STATE_SERVER, SERVER },
    { ROUNDS_STATE_USERNAME, "zoe" },
    { ROUNDS_STATE_DEVICE, device_text },
    { ROUNDS_STATE_STAFF, staff_text },
    { ROUNDS_STATE_LAST_SYNC, "2026-01-02T10:00:00Z" },
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      rounds_record_store_set_state (site->store, states[i][0], states[i][1], &error);
      g_assert_no_error (error);
    }
}

static void
open_site (FaultSite *site, const char *kind)
{
  g_autoptr (GError) error = NULL;

  fault_site_put (site, kind);
  fault_site_open (site, &error);
  g_assert_no_error (error);
}

static void
make_site (FaultSite *site)
{
  g_autofree char *path = g_build_filename (site->folder, SITE, NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  open_site (site, FAULT_SITE_DEVICE);
  add_records (site);
  add_account (site);
  fault_site_close (site);
  g_file_get_contents (site->path, &content, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, content, (gssize) length, &error);
  g_assert_no_error (error);
}

/* --- The test --- */

typedef struct
{
  FaultSite *site;
  const Question *question;
} Row;

static void
try_fault (const Row *row, const Fault *fault, guint n, const char *expected)
{
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;

  open_site (row->site, SITE);
  faults_arm (fault, n);
  answer = row->question->ask (row->site, &error);
  faults_disarm ();
  if (answer != NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (answer, ==, expected);
    }
  else
    g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED);
}

/* Returns: (transfer full): the answer while nothing fails
 * @counts: (array) (out): where something might */
static char *
learn (const Row *row, guint *counts)
{
  static const Fault counting = { .name = "counting" };
  g_autoptr (GError) error = NULL;
  char *answer;

  open_site (row->site, SITE);
  faults_arm (&counting, 0);
  answer = row->question->ask (row->site, &error);
  faults_disarm ();
  g_assert_no_error (error);
  for (guint i = 0; i < FAULT_N_OPERATIONS; i++)
    counts[i] = faults_get_count (i);
  return answer;
}

static void
test_question (gconstpointer data)
{
  const Row *row = data;
  guint counts[FAULT_N_OPERATIONS];
  g_autofree char *expected = learn (row, counts);

  g_test_message ("%s", expected);
  for (guint f = 0; f < G_N_ELEMENTS (faults); f++)
    {
      guint n_places = counts[faults[f].operation];
      guint distance = g_getenv ("ROUNDS_FAULTS") == NULL ? n_places / PLACES + 1 : 1;

      for (guint n = 1; n <= n_places; n += distance)
        try_fault (row, &faults[f], n, expected);
      g_test_message ("%s: %u places, every %u.", faults[f].name, n_places, distance);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (FaultSite) site = NULL;

  g_test_init (&argc, &argv, NULL);
  faults_install ();
  site = fault_site_new ();
  make_site (site);

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      g_autofree char *path = g_strdup_printf ("/faults-told/%s", questions[i].name);
      Row row = { site, &questions[i] };

      g_test_add_data_func_full (path, g_memdup2 (&row, sizeof row), test_question, g_free);
    }
  return g_test_run ();
}
