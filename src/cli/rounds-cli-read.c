/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking: list, show. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-cli.h"
#include "rounds-error.h"
#include "rounds-json.h"
#include "rounds-receipt.h"
#include "rounds-time.h"

static struct
{
  char *search;
  char **conditions;
  char *order;
  gboolean descending;
  gboolean deleted;
  gint64 limit;
} list_options;

static const GOptionEntry list_entries[] = {
  { "search", 0, 0, G_OPTION_ARG_FILENAME, &list_options.search, N_ ("Only what has words that begin so"),
    N_ ("TEXT") },
  { "where", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &list_options.conditions,
    N_ ("Only where this holds; also !=, <, <=, >, >=; may be given several times"), N_ ("FIELD=VALUE") },
  { "order", 0, 0, G_OPTION_ARG_FILENAME, &list_options.order, N_ ("Sort by FIELD (usual: by name)"), N_ ("FIELD") },
  { "descending", 0, 0, G_OPTION_ARG_NONE, &list_options.descending, N_ ("Last first; with --order"), NULL },
  { "deleted", 0, 0, G_OPTION_ARG_NONE, &list_options.deleted, N_ ("What was deleted, and only that"), NULL },
  { "limit", 0, 0, G_OPTION_ARG_INT64, &list_options.limit, N_ ("At most N records"), N_ ("N") },
  G_OPTION_ENTRY_NULL,
};

static RoundsQuery *
create_query (RoundsEntity entity, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  if (list_options.limit < 0 || list_options.limit >= G_MAXINT32)
    {
      rounds_cli_set_usage_error (error, _ ("--limit needs a number from 0 on"));
      return NULL;
    }
  if (!rounds_cli_add_conditions (query, list_options.conditions, error))
    return NULL;
  if (list_options.search != NULL && !rounds_entity_has_flag (entity, ROUNDS_FIELD_SEARCH))
    {
      rounds_cli_set_usage_error (error, _ ("“%s” has nothing to search in"), rounds_entity_get_info (entity)->name);
      return NULL;
    }
  if (list_options.search != NULL)
    rounds_query_search (query, list_options.search);
  if (list_options.deleted)
    rounds_query_only_deleted (query);

  if (list_options.order != NULL)
    {
      int field = rounds_entity_find_field (entity, list_options.order);

      if (field < 0)
        {
          rounds_set_field_error (error, list_options.order, _ ("“%s” has no field “%s”."),
                                  rounds_entity_get_info (entity)->name, list_options.order);
          return NULL;
        }
      rounds_query_order_by (query, (guint) field, list_options.descending);
    }
  else if (rounds_entity_has_flag (entity, ROUNDS_FIELD_SORT))
    rounds_query_order_by_name (query);
  return g_steal_pointer (&query);
}

static gboolean
print_list_as_json (RoundsCli *cli, RoundsEntity entity, GPtrArray *records, gboolean more, GError **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *array;

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "entity", rounds_entity_get_info (entity)->name);
  array = yyjson_mut_obj_add_arr (doc, root, "records");
  for (guint i = 0; i < records->len; i++)
    yyjson_mut_arr_append (array, rounds_record_to_json (records->pdata[i], doc));
  yyjson_mut_obj_add_bool (doc, root, "more", more);
  return rounds_cli_print_json (cli, doc, error);
}

/* The first instant or date that tells one record from the next: when a visit was, when something is due. */
static char *
describe_time (RoundsRecord *record)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      if (rounds_record_is_null (record, f))
        continue;
      if (info->fields[f].type == ROUNDS_TYPE_INSTANT)
        {
          g_autoptr (GDateTime) moment = rounds_instant_to_local (rounds_record_get_integer (record, f), NULL);

          return moment != NULL ? g_date_time_format (moment, "%Y-%m-%d %H:%M") : g_strdup ("");
        }
      if (info->fields[f].type == ROUNDS_TYPE_DATE && !(info->fields[f].flags & ROUNDS_FIELD_PERSONAL))
        return g_strdup (rounds_record_get_text (record, f));
    }
  return g_strdup ("");
}

static gboolean
run_list (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  RoundsEntity entity;
  g_autoptr (RoundsQuery) query = NULL;
  g_autoptr (GPtrArray) records = NULL;
  RoundsRecordStore *store;
  gboolean more = FALSE;

  if (!rounds_cli_parse_entity (arguments[0], &entity, error))
    return FALSE;
  query = create_query (entity, error);
  if (query == NULL || (store = rounds_cli_open_store (cli, error)) == NULL)
    return FALSE;

  /* One more than is asked for tells whether there is more. */
  if (list_options.limit > 0)
    rounds_query_limit (query, (guint) list_options.limit + 1);
  records = rounds_record_store_list (store, query, error);
  if (records == NULL)
    return FALSE;
  if (list_options.limit > 0 && records->len > list_options.limit)
    {
      more = TRUE;
      g_ptr_array_set_size (records, (int) list_options.limit);
    }

  if (cli->json)
    return print_list_as_json (cli, entity, records, more, error);
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *id = rounds_uuid_to_string (rounds_record_get_id (records->pdata[i]));
      g_autofree char *time = describe_time (records->pdata[i]);
      g_autofree char *title = rounds_record_get_title (records->pdata[i]);

      g_strdelimit (title, "\r\n\t\033", ' ');
      if (!rounds_cli_print (cli, error, "%s  %s%s%s\n", id, time, *time != '\0' ? "  " : "", title))
        return FALSE;
    }
  return TRUE;
}

/* DESIGN section 5, receipts: where the record is safe, and since when. */
static char *
describe_receipt (const RoundsReceipt *receipt)
{
  g_autofree char *since = rounds_instant_to_string (receipt->since);

  switch (receipt->state)
    {
    case ROUNDS_RECEIPT_ON_SERVER:
      return receipt->since != 0 ? g_strdup_printf (_ ("on the server since %s"), since)
                                 : g_strdup (_ ("on the server"));
    case ROUNDS_RECEIPT_WAITING:
      return g_strdup_printf (_ ("saved here %s, not on the server yet"), since);
    case ROUNDS_RECEIPT_DRAFT:
      return g_strdup_printf (_ ("a draft of %s is not saved yet"), since);
    case ROUNDS_RECEIPT_REFUSED:
      return g_strdup_printf (_ ("refused by the server: %s"), receipt->reason != NULL ? receipt->reason : "");
    case ROUNDS_RECEIPT_CONFLICT:
      return g_strdup (_ ("changed by somebody else as well: choose one"));
    case ROUNDS_RECEIPT_NONE:
    default:
      return g_strdup (_ ("kept on this device alone"));
    }
}

/* The record's fields and, beside them, its receipt; of a person also what belongs to them. */
static gboolean
print_as_json (RoundsCli *cli, RoundsRecordStore *store, RoundsRecord *record, const RoundsReceipt *receipt,
               GError **error)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = rounds_record_to_json (record, doc);
  yyjson_mut_val *object = yyjson_mut_obj_add_obj (doc, root, "receipt");

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, object, "state", rounds_receipt_state_to_string (receipt->state));
  if (receipt->since != 0)
    {
      g_autofree char *since = rounds_instant_to_string (receipt->since);

      yyjson_mut_obj_add_strcpy (doc, object, "since", since);
    }
  else
    yyjson_mut_obj_add_null (doc, object, "since");
  if (receipt->reason != NULL)
    yyjson_mut_obj_add_str (doc, object, "reason", receipt->reason);
  if (rounds_record_get_entity (record) == ROUNDS_ENTITY_PERSON
      && !rounds_cli_person_add_json (store, record, doc, root, kept, error))
    return FALSE;
  return rounds_cli_print_json (cli, doc, error);
}

static gboolean
run_show (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  RoundsEntity entity;
  RoundsUuid id;
  RoundsRecordStore *store;
  const RoundsEntityInfo *info;
  g_autoptr (RoundsRecord) record = NULL;
  g_auto (RoundsReceipt) receipt = ROUNDS_RECEIPT_INIT;
  g_autofree char *described = NULL;

  if (!rounds_cli_parse_entity (arguments[0], &entity, error) || !rounds_cli_parse_id (arguments[1], &id, error)
      || (store = rounds_cli_open_store (cli, error)) == NULL)
    return FALSE;
  record = rounds_record_store_get (store, entity, &id, error);
  if (record == NULL || !rounds_record_store_get_receipt (store, entity, &id, &receipt, error))
    return FALSE;
  if (cli->json)
    return print_as_json (cli, store, record, &receipt, error);

  info = rounds_entity_get_info (entity);
  for (guint f = 0; f < info->n_fields; f++)
    {
      g_autofree char *text = rounds_field_format (&info->fields[f], rounds_record_get_value (record, f));

      if (text != NULL && !rounds_cli_print (cli, error, "%-20s %s\n", info->fields[f].name, text))
        return FALSE;
    }
  if (entity == ROUNDS_ENTITY_PERSON && !rounds_cli_person_print (cli, store, record, error))
    return FALSE;
  described = describe_receipt (&receipt);
  return rounds_cli_print (cli, error, "(%s)\n", described);
}

const RoundsCliCommand rounds_cli_read_commands[] = {
  { "list", "ENTITY", N_ ("List records"), 1, 1, list_entries, run_list },
  { "show", "ENTITY ID", N_ ("Show one record, deleted or not"), 2, 2, NULL, run_show },
  { 0 },
};
