/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is in the store, and how it stands with the server: status. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-cli.h"
#include "rounds-json.h"
#include "rounds-remote.h"

typedef struct
{
  gint64 pending;
  gint64 conflicts;
  GPtrArray *rejected; /* (owned) of RoundsChange */
  char *server;        /* (owned) (nullable) */
  char *username;      /* (owned) (nullable) */
  char *last_sync;     /* (owned) (nullable) */
} Status;

static void
status_clear (Status *status)
{
  g_clear_pointer (&status->rejected, g_ptr_array_unref);
  g_free (status->server);
  g_free (status->username);
  g_free (status->last_sync);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Status, status_clear)

static gboolean
read_status (RoundsRecordStore *store, Status *status, GError **error)
{
  g_autoptr (RoundsQuery) conflicts =
    rounds_query_where (rounds_query_new (ROUNDS_ENTITY_CONFLICT), ROUNDS_CONFLICT_RESOLVED_AT, ROUNDS_IS,
                        &(RoundsValue) ROUNDS_VALUE_INIT);

  status->pending = rounds_record_store_count_changes (store, ROUNDS_CHANGE_PENDING, error);
  if (status->pending < 0)
    return FALSE;
  status->conflicts = rounds_record_store_count (store, conflicts, error);
  if (status->conflicts < 0)
    return FALSE;
  status->rejected = rounds_record_store_list_rejected_acts (store, error);
  if (status->rejected == NULL)
    return FALSE;
  return rounds_record_store_get_state (store, ROUNDS_STATE_SERVER, &status->server, error)
         && rounds_record_store_get_state (store, ROUNDS_STATE_USERNAME, &status->username, error)
         && rounds_record_store_get_state (store, ROUNDS_STATE_LAST_SYNC, &status->last_sync, error);
}

static gboolean
add_counts (RoundsRecordStore *store, yyjson_mut_doc *doc, yyjson_mut_val *records, GError **error)
{
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      g_autoptr (RoundsQuery) query = NULL;
      gint64 count;

      if (rounds_entity_get_info (e)->scope != ROUNDS_SCOPE_SYNCED)
        continue;
      query = rounds_query_new (e);
      count = rounds_record_store_count (store, query, error);
      if (count < 0)
        return FALSE;
      if (count > 0)
        yyjson_mut_obj_add_int (doc, records, rounds_entity_get_info (e)->name, count);
    }
  return TRUE;
}

static void
add_text (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *name, const char *text)
{
  if (text != NULL)
    yyjson_mut_obj_add_strcpy (doc, object, name, text);
  else
    yyjson_mut_obj_add_null (doc, object, name);
}

static gboolean
print_status_as_json (RoundsCli *cli, RoundsRecordStore *store, const Status *status, GError **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *rejected;

  yyjson_mut_doc_set_root (doc, root);
  add_text (doc, root, "directory", rounds_profile_get_directory (cli->profile));
  add_text (doc, root, "server", status->server);
  add_text (doc, root, "username", status->username);
  add_text (doc, root, "last_sync", status->last_sync);
  yyjson_mut_obj_add_int (doc, root, "pending", status->pending);
  yyjson_mut_obj_add_int (doc, root, "conflicts", status->conflicts);
  rejected = yyjson_mut_obj_add_arr (doc, root, "rejected");
  for (guint i = 0; i < status->rejected->len; i++)
    {
      const RoundsChange *change = status->rejected->pdata[i];
      yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, rejected);
      g_autofree char *id = rounds_uuid_to_string (&change->record);

      add_text (doc, object, "entity", rounds_entity_get_info (change->entity)->name);
      add_text (doc, object, "id", id);
      add_text (doc, object, "operation", rounds_operation_to_string (change->operation));
      add_text (doc, object, "reason", change->reply);
    }
  return add_counts (store, doc, yyjson_mut_obj_add_obj (doc, root, "records"), error)
         && rounds_cli_print_json (cli, doc, error);
}

static gboolean
run_status (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  RoundsRecordStore *store = rounds_cli_open_store (cli, error);
  g_auto (Status) status = { 0 };

  if (store == NULL || !read_status (store, &status, error))
    return FALSE;
  if (cli->json)
    return print_status_as_json (cli, store, &status, error);

  if (!rounds_cli_print (cli, error, _ ("Store      %s\n"), rounds_profile_get_directory (cli->profile))
      || !rounds_cli_print (cli, error, _ ("Server     %s\n"),
                            status.server != NULL ? status.server : _ ("not signed in"))
      || !rounds_cli_print (cli, error, _ ("Last sync  %s\n"),
                            status.last_sync != NULL ? status.last_sync : _ ("never"))
      || !rounds_cli_print (cli, error, _ ("Unsent     %" G_GINT64_FORMAT "\n"), status.pending)
      || !rounds_cli_print (cli, error, _ ("Conflicts  %" G_GINT64_FORMAT "\n"), status.conflicts)
      || !rounds_cli_print (cli, error, _ ("Rejected   %u\n"), status.rejected->len))
    return FALSE;
  for (guint i = 0; i < status.rejected->len; i++)
    {
      const RoundsChange *change = status.rejected->pdata[i];
      g_autofree char *id = rounds_uuid_to_string (&change->record);

      if (!rounds_cli_print (cli, error, "  %s %s: %s\n", rounds_entity_get_info (change->entity)->name, id,
                             change->reply != NULL ? change->reply : ""))
        return FALSE;
    }
  return TRUE;
}

const RoundsCliCommand rounds_cli_status_commands[] = {
  { "status", "", N_ ("Tell what waits to be sent, what was rejected, and when the last sync was"), 0, 0, NULL,
    run_status },
  { 0 },
};
