/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What has been reported: submit, amend. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-amendment.h"
#include "rounds-cli.h"
#include "rounds-error.h"
#include "rounds-time.h"

static struct
{
  char *reason;
} amend_options;

static const GOptionEntry amend_entries[] = {
  { "reason", 0, 0, G_OPTION_ARG_FILENAME, &amend_options.reason, N_ ("Why it is changed"), N_ ("TEXT") },
  G_OPTION_ENTRY_NULL,
};

static gboolean
submit_one (RoundsRecordStore *store, const char *text, GError **error)
{
  RoundsUuid id;
  g_autoptr (RoundsRecord) interaction = NULL;

  if (!rounds_cli_parse_id (text, &id, error))
    return FALSE;
  interaction = rounds_record_store_get (store, ROUNDS_ENTITY_INTERACTION, &id, error);
  if (interaction == NULL)
    return FALSE;
  if (rounds_interaction_is_submitted (interaction))
    return TRUE;
  rounds_record_set_integer (interaction, ROUNDS_INTERACTION_SUBMITTED_AT, rounds_time_now ());
  return rounds_record_store_save (store, interaction, error);
}

/* All of the ids or none. */
static gboolean
run_submit (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  RoundsRecordStore *store = rounds_cli_open_store (cli, error);

  if (store == NULL || !rounds_record_store_begin (store, error))
    return FALSE;
  for (guint i = 0; arguments[i] != NULL; i++)
    if (!submit_one (store, arguments[i], error))
      {
        rounds_record_store_rollback (store);
        return FALSE;
      }
  if (!rounds_record_store_commit (store, error))
    return FALSE;
  return !cli->json || rounds_cli_print (cli, error, "{\n  \"records\": %u\n}\n", g_strv_length (arguments));
}

static gboolean
run_amend (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  RoundsUuid id;
  RoundsRecordStore *store;
  g_autoptr (RoundsRecord) interaction = NULL;
  g_autoptr (GPtrArray) group = g_ptr_array_new_with_free_func (g_object_unref);

  if (amend_options.reason == NULL)
    return rounds_cli_set_usage_error (error, _ ("“amend” needs --reason"));
  if (!rounds_cli_parse_id (arguments[0], &id, error) || (store = rounds_cli_open_store (cli, error)) == NULL)
    return FALSE;
  interaction = rounds_record_store_get (store, ROUNDS_ENTITY_INTERACTION, &id, error);
  if (interaction == NULL)
    return FALSE;
  if (!rounds_interaction_is_submitted (interaction))
    {
      rounds_set_field_error (error, "submitted_at", "%s",
                              _ ("This interaction was not submitted; “rounds-cli edit” changes it."));
      return FALSE;
    }
  g_ptr_array_add (group, rounds_amendment_new (interaction, amend_options.reason,
                                                rounds_record_get_uuid (interaction, ROUNDS_INTERACTION_STAFF)));
  if (!rounds_cli_set_fields (interaction, arguments + 1, error))
    return FALSE;
  g_ptr_array_add (group, g_object_ref (interaction));
  return rounds_record_store_save_all (store, group, error) && rounds_cli_print_record (cli, interaction, error);
}

const RoundsCliCommand rounds_cli_lock_commands[] = {
  { "submit", "ID…", N_ ("Submit interactions: from then on they are amended, not changed"), 1, G_MAXUINT, NULL,
    run_submit },
  { "amend", "ID FIELD=VALUE…", N_ ("Change a submitted interaction, with a reason; the original is kept"), 2,
    G_MAXUINT, amend_entries, run_amend },
  { 0 },
};
