/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-import-memory.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-json.h"

/* The name of a column in the JSON: its header, and which of several with one header it is. */
static char *
make_key (RoundsImportPlan *plan, guint column)
{
  guint count = 1;

  for (guint i = 0; i < column; i++)
    count += g_str_equal (plan->headers[i], plan->headers[column]);
  return count == 1 ? g_strdup (plan->headers[column]) : g_strdup_printf ("%s (%u)", plan->headers[column], count);
}

/* Returns: (transfer full): what the columns of @plan's file are taken for, as JSON; columns that are not imported are
 * left out */
static char *
describe_mapping (RoundsImportPlan *plan)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *columns;
  yyjson_mut_val *dates;

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "role", rounds_import_role_to_string (plan->role));
  columns = yyjson_mut_obj_add_obj (doc, root, "columns");
  dates = yyjson_mut_obj_add_obj (doc, root, "dates");
  for (guint i = 0; i < plan->n_columns; i++)
    {
      const RoundsImportColumn *column = &plan->mapping->columns[i];
      g_autofree char *key = NULL;

      if (column->target == ROUNDS_IMPORT_IGNORED)
        continue;
      key = make_key (plan, i);
      yyjson_mut_obj_add (columns, yyjson_mut_strcpy (doc, key),
                          yyjson_mut_str (doc, rounds_import_target_get_info (column->target)->name));
      if (rounds_import_target_is_date (column->target) && column->date_order != ROUNDS_DATE_ORDER_UNKNOWN)
        yyjson_mut_obj_add (dates, yyjson_mut_strcpy (doc, key),
                            yyjson_mut_str (doc, rounds_date_order_to_string (column->date_order)));
    }
  return rounds_json_write (doc, TRUE);
}

static gboolean G_GNUC_PRINTF (2, 3) set_mapping_error (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, message);
  return FALSE;
}

/* What somebody has said decides only what the file's own cells leave open. */
static void
apply_date_order (RoundsImportPlan *plan, guint i, const char *name)
{
  RoundsDateOrder order = rounds_date_order_from_string (name);
  const RoundsDateEvidence *dates = rounds_import_plan_get_dates (plan, i);

  if (order != ROUNDS_DATE_ORDER_UNKNOWN && rounds_date_evidence_needs_order (dates)
      && !rounds_date_evidence_is_mixed (dates))
    plan->mapping->columns[i].date_order = order;
}

static gboolean
apply_columns (RoundsImportPlan *plan, yyjson_val *columns, yyjson_val *dates, gboolean strict, GError **error)
{
  gsize n_found = 0;

  for (guint i = 0; i < plan->n_columns; i++)
    {
      g_autofree char *key = make_key (plan, i);
      yyjson_val *value = yyjson_obj_get (columns, key);
      RoundsImportTarget target = ROUNDS_IMPORT_IGNORED;

      if (value != NULL)
        {
          target = rounds_import_target_from_name (yyjson_get_str (value));
          n_found++;
        }
      if (target == ROUNDS_IMPORT_N_TARGETS && strict)
        return set_mapping_error (error, _ ("“%s” is no field that can be imported."), yyjson_get_str (value));
      plan->mapping->columns[i].target = target < ROUNDS_IMPORT_N_TARGETS ? target : ROUNDS_IMPORT_IGNORED;
      apply_date_order (plan, i, yyjson_get_str (yyjson_obj_get (dates, key)));
    }
  if (strict && n_found < yyjson_obj_size (columns))
    {
      gsize i, n;
      yyjson_val *key, *value;

      yyjson_obj_foreach (columns, i, n, key, value)
      {
        gboolean found = FALSE;

        for (guint c = 0; c < plan->n_columns && !found; c++)
          {
            g_autofree char *name = make_key (plan, c);

            found = g_strcmp0 (name, yyjson_get_str (key)) == 0;
          }
        if (!found)
          return set_mapping_error (error, _ ("The file has no column “%s”."), yyjson_get_str (key));
      }
    }
  return TRUE;
}

/**
 * rounds_import_mapping_apply_json:
 * @json: as describe_mapping() makes it
 * @strict: refuse columns that the file does not have and fields that there are not
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID
 *
 * Takes the columns of @plan's file for what @json says; those that it does not name are not imported.
 */
gboolean
rounds_import_mapping_apply_json (RoundsImportPlan *plan, const char *json, gboolean strict, GError **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *root, *columns;
  const char *role;

  if (!rounds_json_read (json, -1, &doc, error))
    return FALSE;
  root = yyjson_doc_get_root (doc);
  columns = yyjson_obj_get (root, "columns");
  if (!yyjson_is_obj (columns))
    return set_mapping_error (error, _ ("The mapping has no “columns”."));
  role = yyjson_get_str (yyjson_obj_get (root, "role"));
  if (role != NULL && !rounds_import_role_from_string (role, &plan->role) && strict)
    return set_mapping_error (error, _ ("“%s” is no role."), role);
  return apply_columns (plan, columns, yyjson_obj_get (root, "dates"), strict, error);
}

/* Files with the same columns have the same signature, whatever is in them, also those of rejected rows. %NULL where
 * the columns have no names. */
static char *
make_signature (RoundsImportPlan *plan)
{
  g_autoptr (GChecksum) checksum = NULL;

  if (!plan->has_header)
    return NULL;
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  for (guint i = 0; i < plan->n_columns; i++)
    {
      g_autofree char *folded = rounds_import_header_fold (plan->headers[i]);

      if (rounds_import_header_is_reason (plan->headers[i]))
        continue;
      g_checksum_update (checksum, (const guchar *) folded, -1);
      g_checksum_update (checksum, (const guchar *) "\n", 1);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
find_memory (RoundsRecordStore *store, const char *signature, RoundsRecord **memory, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_IMPORT_MAPPING);

  rounds_query_where_text (query, ROUNDS_IMPORT_MAPPING_SIGNATURE, ROUNDS_IS, signature);
  return rounds_record_store_find (store, query, memory, error);
}

/**
 * rounds_import_plan_recall:
 * @store: a device's; one indexed read
 *
 * If a file with the same columns was imported before, takes this one's for the same. Sets the plan's `is_remembered`.
 */
gboolean
rounds_import_plan_recall (RoundsImportPlan *plan, RoundsRecordStore *store, GError **error)
{
  g_autofree char *signature = make_signature (plan);
  g_autoptr (RoundsRecord) memory = NULL;

  if (signature == NULL || rounds_record_store_get_role (store) != ROUNDS_ROLE_DEVICE)
    return TRUE;
  if (!find_memory (store, signature, &memory, error))
    return FALSE;
  if (memory == NULL)
    return TRUE;
  /* What an older version has kept is used as far as it goes. */
  plan->is_remembered = rounds_import_mapping_apply_json (
    plan, rounds_record_get_text (memory, ROUNDS_IMPORT_MAPPING_MAPPING), FALSE, NULL);
  return TRUE;
}

/**
 * rounds_import_plan_remember:
 * @store: a device's; part of the open transaction if there is one
 *
 * Keeps what the columns were taken for, for the next file with the same ones.
 */
gboolean
rounds_import_plan_remember (RoundsImportPlan *plan, RoundsRecordStore *store, GError **error)
{
  g_autofree char *signature = make_signature (plan);
  g_autofree char *json = describe_mapping (plan);
  g_autoptr (RoundsRecord) memory = NULL;

  if (signature == NULL || rounds_record_store_get_role (store) != ROUNDS_ROLE_DEVICE)
    return TRUE;
  if (!find_memory (store, signature, &memory, error))
    return FALSE;
  if (memory == NULL)
    {
      memory = rounds_record_new (ROUNDS_ENTITY_IMPORT_MAPPING);
      rounds_record_set_text (memory, ROUNDS_IMPORT_MAPPING_SIGNATURE, signature);
    }
  rounds_record_set_text (memory, ROUNDS_IMPORT_MAPPING_MAPPING, json);
  return rounds_record_store_save (store, memory, error);
}
