/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Changing: log, add, edit, delete, restore. */

#include "config.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "rounds-cli.h"
#include "rounds-error.h"
#include "rounds-named-id.h"
#include "rounds-remote.h"
#include "rounds-time.h"

/* Far more than a field takes, so that a note that is too long is refused and not cut. */
#define LONGEST_INPUT (4 * 1024 * 1024)

static struct
{
  char *person;
  char *name;
  char *type;
  char *notes;
  char *at;
  char *duration;
  char *outcome;
  char *line;
  gboolean dry_run;
} log_options;

static const GOptionEntry log_entries[] = {
  { "person", 0, 0, G_OPTION_ARG_FILENAME, &log_options.person, N_ ("The contact"), N_ ("ID") },
  { "name", 0, 0, G_OPTION_ARG_FILENAME, &log_options.name, N_ ("The contact’s name, where it is no contact here"),
    N_ ("TEXT") },
  { "type", 0, 0, G_OPTION_ARG_FILENAME, &log_options.type, N_ ("visit (usual), call or virtual"), N_ ("TYPE") },
  { "notes", 0, 0, G_OPTION_ARG_FILENAME, &log_options.notes,
    N_ ("What was said; “-” reads it from the standard input"), N_ ("TEXT") },
  { "at", 0, 0, G_OPTION_ARG_FILENAME, &log_options.at, N_ ("When it happened (usual: now)"), N_ ("INSTANT") },
  { "duration", 0, 0, G_OPTION_ARG_FILENAME, &log_options.duration, N_ ("How long it took"), N_ ("MINUTES") },
  { "outcome", 0, 0, G_OPTION_ARG_FILENAME, &log_options.outcome, N_ ("What came of it"), N_ ("OUTCOME") },
  { "line", 0, 0, G_OPTION_ARG_FILENAME, &log_options.line,
    N_ ("All of it in one line: “visit johnson 20m dosing; send paper fri”"), N_ ("TEXT") },
  { "dry-run", 0, 0, G_OPTION_ARG_NONE, &log_options.dry_run,
    N_ ("With --line: show what would be saved, and save nothing"), NULL },
  G_OPTION_ENTRY_NULL,
};

static char *
read_standard_input (GError **error)
{
  g_autoptr (GInputStream) stream = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autofree char *buffer = g_malloc (LONGEST_INPUT + 1);
  gsize length;

  if (!g_input_stream_read_all (stream, buffer, LONGEST_INPUT, &length, NULL, error))
    return NULL;
  if (length == LONGEST_INPUT || !g_utf8_validate_len (buffer, length, NULL))
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                           _ ("The standard input is no text in UTF-8, or too long."));
      return NULL;
    }
  buffer[length] = '\0';
  g_strchomp (buffer);
  return g_steal_pointer (&buffer);
}

/* The wire value that @text means, in whatever case it was typed. */
static const char *
match_value (const RoundsFieldInfo *field, const char *text)
{
  for (guint i = 0; field->values[i] != NULL; i++)
    if (g_ascii_strcasecmp (field->values[i], text) == 0)
      return field->values[i];
  return text;
}

static gboolean
set_from_text (RoundsRecord *record, guint field, const char *text, GError **error)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (rounds_record_get_entity (record), field);
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;

  if (text == NULL)
    return TRUE;
  if (!rounds_field_parse (info, info->type == ROUNDS_TYPE_ENUM ? match_value (info, text) : text, &value, error))
    return FALSE;
  rounds_record_take_value (record, field, &value);
  return TRUE;
}

/* Who was seen: a contact, whose name is copied so that it can be read when the contact is gone, or a name alone. */
static gboolean
set_contact (RoundsRecordStore *store, RoundsRecord *interaction, GError **error)
{
  g_autoptr (RoundsRecord) person = NULL;
  g_autofree char *title = NULL;
  RoundsUuid id;

  if (log_options.person == NULL)
    {
      rounds_record_set_text (interaction, ROUNDS_INTERACTION_HCP_NAME, log_options.name);
      return TRUE;
    }

  if (!rounds_cli_parse_id (log_options.person, &id, error))
    return FALSE;
  person = rounds_record_store_get (store, ROUNDS_ENTITY_PERSON, &id, error);
  if (person == NULL)
    return FALSE;
  if (rounds_record_is_deleted (person))
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("This contact was deleted."));
      return FALSE;
    }
  title = rounds_record_get_title (person);
  rounds_record_set_uuid (interaction, ROUNDS_INTERACTION_PERSON, &id);
  rounds_record_set_text (interaction, ROUNDS_INTERACTION_HCP_NAME, title);
  return TRUE;
}

/** rounds_cli_set_staff: says that @interaction is the signed-in user's, if there is one; %FALSE with the disk's error.
 */
gboolean
rounds_cli_set_staff (RoundsRecordStore *store, RoundsRecord *interaction, GError **error)
{
  g_autofree char *staff = NULL;
  RoundsUuid id;
  g_autoptr (RoundsRecord) record = NULL;

  if (!rounds_record_store_get_state (store, ROUNDS_STATE_STAFF, &staff, error))
    return FALSE;
  if (staff == NULL || !rounds_uuid_parse (staff, &id))
    return TRUE;
  /* Known from signing in, but perhaps not received yet. */
  if (!rounds_record_store_look_up (store, ROUNDS_ENTITY_STAFF, &id, &record, error))
    return FALSE;
  if (record != NULL)
    rounds_record_set_uuid (interaction, ROUNDS_INTERACTION_STAFF, &id);
  return TRUE;
}

static gboolean
run_log (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  g_autoptr (RoundsRecord) interaction = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autofree char *input = NULL;
  const char *notes = log_options.notes;
  RoundsRecordStore *store;

  if (log_options.line != NULL)
    return rounds_cli_log_line (cli, log_options.line, log_options.person, log_options.dry_run, error);
  if (log_options.dry_run)
    return rounds_cli_set_usage_error (error, _ ("“--dry-run” belongs to “--line”"));
  if ((log_options.person == NULL) == (log_options.name == NULL))
    return rounds_cli_set_usage_error (error, _ ("“log” needs either --person or --name"));
  if (g_strcmp0 (notes, "-") == 0)
    {
      input = read_standard_input (error);
      if (input == NULL)
        return FALSE;
      notes = input;
    }

  rounds_record_set_integer (interaction, ROUNDS_INTERACTION_OCCURRED_AT, rounds_time_now ());
  if (!set_from_text (interaction, ROUNDS_INTERACTION_INTERACTION_TYPE, log_options.type, error)
      || !set_from_text (interaction, ROUNDS_INTERACTION_OCCURRED_AT, log_options.at, error)
      || !set_from_text (interaction, ROUNDS_INTERACTION_DURATION, log_options.duration, error)
      || !set_from_text (interaction, ROUNDS_INTERACTION_OUTCOME, log_options.outcome, error)
      || !set_from_text (interaction, ROUNDS_INTERACTION_NOTES, notes, error))
    return FALSE;

  store = rounds_cli_open_store (cli, error);
  if (store == NULL || !set_contact (store, interaction, error) || !rounds_cli_set_staff (store, interaction, error))
    return FALSE;
  return rounds_record_store_save (store, interaction, error) && rounds_cli_print_record (cli, interaction, error);
}

static gboolean
run_add (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  RoundsEntity entity;
  RoundsRecordStore *store;
  g_autoptr (RoundsRecord) record = NULL;

  if (!rounds_cli_parse_entity (arguments[0], &entity, error))
    return FALSE;
  record = rounds_record_new (entity);
  if (!rounds_cli_set_fields (record, arguments + 1, error) || (store = rounds_cli_open_store (cli, error)) == NULL)
    return FALSE;
  return rounds_record_store_give_named_id (store, record, error) && rounds_record_store_save (store, record, error)
         && rounds_cli_print_record (cli, record, error);
}

static gboolean
run_edit (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  RoundsEntity entity;
  RoundsUuid id;
  RoundsRecordStore *store;
  g_autoptr (RoundsRecord) record = NULL;

  if (!rounds_cli_parse_entity (arguments[0], &entity, error) || !rounds_cli_parse_id (arguments[1], &id, error)
      || (store = rounds_cli_open_store (cli, error)) == NULL)
    return FALSE;
  record = rounds_record_store_get (store, entity, &id, error);
  if (record == NULL)
    return FALSE;
  if (rounds_record_is_deleted (record))
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND,
                           _ ("This record was deleted; “rounds-cli restore” brings it back."));
      return FALSE;
    }
  return rounds_cli_set_fields (record, arguments + 2, error) && rounds_record_store_save (store, record, error)
         && rounds_cli_print_record (cli, record, error);
}

typedef gboolean (*TargetFunc) (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *id, GError **error);

/* All of the ids or none. */
static gboolean
run_targets (RoundsCli *cli, char **arguments, TargetFunc func, GError **error)
{
  RoundsEntity entity;
  RoundsRecordStore *store;
  gboolean done = TRUE;

  if (!rounds_cli_parse_entity (arguments[0], &entity, error) || (store = rounds_cli_open_store (cli, error)) == NULL
      || !rounds_record_store_begin (store, error))
    return FALSE;
  for (guint i = 1; arguments[i] != NULL && done; i++)
    {
      RoundsUuid id;

      done = rounds_cli_parse_id (arguments[i], &id, error) && func (store, entity, &id, error);
    }
  if (!rounds_record_store_end (store, done, error))
    return FALSE;
  if (cli->json)
    return rounds_cli_print (cli, error, "{\n  \"records\": %u\n}\n", g_strv_length (arguments) - 1);
  return TRUE;
}

static gboolean
run_delete (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  return run_targets (cli, arguments, rounds_record_store_delete_whole, error);
}

static gboolean
run_restore (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  return run_targets (cli, arguments, rounds_record_store_restore_whole, error);
}

const RoundsCliCommand rounds_cli_write_commands[] = {
  { "log", "", N_ ("Log a visit, a call or a virtual meeting; prints its id"), 0, 0, log_entries, run_log },
  { "add", "ENTITY FIELD=VALUE…", N_ ("Add a record; prints its id"), 1, G_MAXUINT, NULL, run_add },
  { "edit", "ENTITY ID FIELD=VALUE…", N_ ("Change fields of a record"), 3, G_MAXUINT, NULL, run_edit },
  { "delete", "ENTITY ID…", N_ ("Delete records with what belongs to them; they can be restored"), 2, G_MAXUINT, NULL,
    run_delete },
  { "restore", "ENTITY ID…", N_ ("Bring deleted records back, with what went with them"), 2, G_MAXUINT, NULL,
    run_restore },
  { 0 },
};
