/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People who may be the same: duplicates, distinct, merge, unmerge. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-cli.h"
#include "rounds-error.h"
#include "rounds-match.h"
#include "rounds-person-merge.h"

static struct
{
  gboolean hints;
  char **take;
  char **go_back;
} options;

static const GOptionEntry duplicates_entries[] = {
  { "hints", 0, 0, G_OPTION_ARG_NONE, &options.hints, N_ ("Also those who have nothing in common but their name"),
    NULL },
  G_OPTION_ENTRY_NULL,
};

static const GOptionEntry merge_entries[] = {
  { "take", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.take,
    N_ ("Whose value a field gets: phone=other, physician.npi=kept; may be given several times"),
    N_ ("FIELD=other|kept") },
  G_OPTION_ENTRY_NULL,
};

static const GOptionEntry unmerge_entries[] = {
  { "return", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.go_back,
    N_ ("A record made since that goes to the merged contact, or “all” (usual: they stay); may be given several times"),
    N_ ("ID") },
  G_OPTION_ENTRY_NULL,
};

static const struct
{
  RoundsMatchReasons reason;
  const char *name; /* in JSON */
} reasons[] = {
  { ROUNDS_MATCH_NPI, "npi" },
  { ROUNDS_MATCH_EMAIL, "email" },
  { ROUNDS_MATCH_PHONE, "phone" },
  { ROUNDS_MATCH_NAME, "name" },
  { ROUNDS_MATCH_BIRTH_DATE, "birth_date" },
  { ROUNDS_MATCH_ORGANISATION, "organisation" },
  { ROUNDS_MATCH_PLACE, "place" },
};

static const char *const strengths[] = { "none", "hint", "possible", "strong" };

static void
put_id (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *name, const RoundsUuid *id)
{
  char text[ROUNDS_UUID_STRING_LENGTH + 1];

  rounds_uuid_format (id, text);
  yyjson_mut_obj_add_strcpy (doc, object, name, text);
}

static gboolean
print_pairs_json (RoundsCli *cli, GArray *pairs, GError **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *array = yyjson_mut_obj_add_arr (doc, root, "pairs");

  yyjson_mut_doc_set_root (doc, root);
  for (guint i = 0; i < pairs->len; i++)
    {
      const RoundsMatchPair *pair = &g_array_index (pairs, RoundsMatchPair, i);
      yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, array);
      yyjson_mut_val *why;

      yyjson_mut_obj_add_str (doc, object, "strength", strengths[pair->strength]);
      why = yyjson_mut_obj_add_arr (doc, object, "reasons");
      for (guint r = 0; r < G_N_ELEMENTS (reasons); r++)
        if (pair->reasons & reasons[r].reason)
          yyjson_mut_arr_add_str (doc, why, reasons[r].name);
      put_id (doc, object, "first", &pair->first);
      put_id (doc, object, "second", &pair->second);
    }
  return rounds_cli_print_json (cli, doc, error);
}

/* A line for each: "strong  email, name  ID  ID". */
static gboolean
print_pair (RoundsCli *cli, const RoundsMatchPair *pair, GError **error)
{
  g_autofree char *first = rounds_uuid_to_string (&pair->first);
  g_autofree char *second = rounds_uuid_to_string (&pair->second);
  g_autoptr (GString) why = g_string_new (NULL);

  for (guint r = 0; r < G_N_ELEMENTS (reasons); r++)
    if (pair->reasons & reasons[r].reason)
      g_string_append_printf (why, "%s%s", why->len > 0 ? "," : "", reasons[r].name);
  return rounds_cli_print (cli, error, "%s\t%s\t%s\t%s\n", strengths[pair->strength], why->str, first, second);
}

static gboolean
run_duplicates (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  RoundsRecordStore *store = rounds_cli_open_store (cli, error);
  g_autoptr (GArray) pairs = NULL;

  if (store == NULL)
    return FALSE;
  pairs = rounds_match_list_proposals (store, options.hints ? ROUNDS_MATCH_HINT : ROUNDS_MATCH_POSSIBLE, NULL, NULL,
                                       NULL, error);
  if (pairs == NULL)
    return FALSE;
  if (cli->json)
    return print_pairs_json (cli, pairs, error);
  for (guint i = 0; i < pairs->len; i++)
    if (!print_pair (cli, &g_array_index (pairs, RoundsMatchPair, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
has_person (RoundsRecordStore *store, const RoundsUuid *id, GError **error)
{
  g_autoptr (RoundsRecord) person = rounds_record_store_get (store, ROUNDS_ENTITY_PERSON, id, error);

  return person != NULL;
}

static gboolean
run_distinct (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  RoundsUuid a, b;
  RoundsRecordStore *store;

  if (!rounds_cli_parse_id (arguments[0], &a, error) || !rounds_cli_parse_id (arguments[1], &b, error))
    return FALSE;
  if (rounds_uuid_equal (&a, &b))
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("Both are the same contact."));
      return FALSE;
    }
  return (store = rounds_cli_open_store (cli, error)) != NULL && has_person (store, &a, error)
         && has_person (store, &b, error) && rounds_match_set_distinct (store, &a, &b, TRUE, error);
}

/* Merging */

/* The choice that @name is about: "phone" of the person, "npi" or "physician.npi" of the physician's particulars. */
static RoundsMergeChoice *
find_choice (GPtrArray *choices, const char *name)
{
  for (guint i = 0; i < choices->len; i++)
    {
      RoundsMergeChoice *choice = choices->pdata[i];
      const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (choice->kept));
      g_autofree char *full = g_strdup_printf ("%s.%s", info->name, info->fields[choice->field].name);

      if (g_str_equal (full, name) || g_str_equal (info->fields[choice->field].name, name))
        return choice;
    }
  return NULL;
}

static gboolean
decide (GPtrArray *choices, const char *assignment, GError **error)
{
  const char *equals = strchr (assignment, '=');
  g_autofree char *name = equals != NULL ? g_strndup (assignment, (gsize) (equals - assignment)) : NULL;
  RoundsMergeChoice *choice;

  if (name == NULL || !(g_str_equal (equals + 1, "other") || g_str_equal (equals + 1, "kept")))
    return rounds_cli_set_usage_error (error, _ ("“%s” is not FIELD=other or FIELD=kept"), assignment);
  choice = find_choice (choices, name);
  if (choice == NULL)
    return rounds_cli_set_usage_error (error, _ ("“%s” is no field in which the other contact has another value"),
                                       name);
  choice->take = g_str_equal (equals + 1, "other");
  return TRUE;
}

static gboolean
print_merge (RoundsCli *cli, RoundsRecord *merge, GError **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *object = yyjson_mut_obj (doc);

  if (!cli->json)
    return rounds_cli_print_record (cli, merge, error);
  yyjson_mut_doc_set_root (doc, object);
  put_id (doc, object, "merge", rounds_record_get_id (merge));
  put_id (doc, object, "kept", rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT));
  put_id (doc, object, "merged", rounds_record_get_uuid (merge, ROUNDS_MERGE_MERGED));
  return rounds_cli_print_json (cli, doc, error);
}

static gboolean
run_merge (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  RoundsUuid kept, merged;
  RoundsRecordStore *store;
  g_autoptr (GPtrArray) choices = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  if (!rounds_cli_parse_id (arguments[0], &kept, error) || !rounds_cli_parse_id (arguments[1], &merged, error)
      || (store = rounds_cli_open_store (cli, error)) == NULL)
    return FALSE;
  choices = rounds_person_merge_list_choices (store, &kept, &merged, error);
  if (choices == NULL)
    return FALSE;
  for (guint i = 0; options.take != NULL && options.take[i] != NULL; i++)
    if (!decide (choices, options.take[i], error))
      return FALSE;
  merge = rounds_person_merge_run (store, &kept, &merged, choices, error);
  return merge != NULL && print_merge (cli, merge, error);
}

/* Taking a merge back */

/* A set of the records that go to the merged contact; they are among @newer. */
static GHashTable *
read_go_back (GPtrArray *newer, GError **error)
{
  g_autoptr (GHashTable) set = rounds_uuid_set_new ();

  for (guint i = 0; options.go_back != NULL && options.go_back[i] != NULL; i++)
    {
      gboolean all = g_str_equal (options.go_back[i], "all");
      gboolean found = all;
      RoundsUuid id;

      if (!all && !rounds_cli_parse_id (options.go_back[i], &id, error))
        return NULL;
      for (guint k = 0; k < newer->len; k++)
        {
          const RoundsUuid *record = rounds_record_get_id (((RoundsMergeNewer *) newer->pdata[k])->record);

          if (!all && !rounds_uuid_equal (record, &id))
            continue;
          rounds_uuid_set_add (set, record);
          found = TRUE;
        }
      if (found)
        continue;
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("“%s” is no record that was made since the merge."),
                   options.go_back[i]);
      return NULL;
    }
  return g_steal_pointer (&set);
}

static void
put_remainders (yyjson_mut_doc *doc, yyjson_mut_val *object, GPtrArray *remainders)
{
  yyjson_mut_val *kept = yyjson_mut_obj_add_arr (doc, object, "fields_kept");

  for (guint i = 0; i < remainders->len; i++)
    {
      const RoundsMergeRemainder *remainder = remainders->pdata[i];
      yyjson_mut_val *field = yyjson_mut_arr_add_obj (doc, kept);

      yyjson_mut_obj_add_str (doc, field, "entity", rounds_entity_get_info (remainder->entity)->name);
      put_id (doc, field, "id", &remainder->record);
      yyjson_mut_obj_add_str (doc, field, "field", rounds_entity_get_field (remainder->entity, remainder->field)->name);
    }
}

static gboolean
print_unmerge (RoundsCli *cli, RoundsRecord *merge, GPtrArray *newer, GHashTable *go_back, GPtrArray *remainders,
               GError **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *object = yyjson_mut_obj (doc);
  yyjson_mut_val *records = yyjson_mut_obj_add_arr (doc, object, "newer");

  if (!cli->json)
    {
      g_autofree char *id = rounds_uuid_to_string (rounds_record_get_uuid (merge, ROUNDS_MERGE_MERGED));

      return rounds_cli_print (cli, error, "%s\n", id);
    }
  yyjson_mut_doc_set_root (doc, object);
  put_id (doc, object, "merge", rounds_record_get_id (merge));
  put_id (doc, object, "kept", rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT));
  put_id (doc, object, "returned", rounds_record_get_uuid (merge, ROUNDS_MERGE_MERGED));
  for (guint i = 0; i < newer->len; i++)
    {
      RoundsRecord *record = ((RoundsMergeNewer *) newer->pdata[i])->record;
      yyjson_mut_val *entry = yyjson_mut_arr_add_obj (doc, records);

      yyjson_mut_obj_add_str (doc, entry, "entity", rounds_entity_get_info (rounds_record_get_entity (record))->name);
      put_id (doc, entry, "id", rounds_record_get_id (record));
      yyjson_mut_obj_add_bool (doc, entry, "returned", g_hash_table_contains (go_back, rounds_record_get_id (record)));
    }
  put_remainders (doc, object, remainders);
  return rounds_cli_print_json (cli, doc, error);
}

static gboolean
run_unmerge (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  RoundsUuid id;
  RoundsRecordStore *store;
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (GPtrArray) newer = NULL;
  g_autoptr (GHashTable) go_back = NULL;
  g_autoptr (GPtrArray) remainders = NULL;

  if (!rounds_cli_parse_id (arguments[0], &id, error) || (store = rounds_cli_open_store (cli, error)) == NULL)
    return FALSE;
  merge = rounds_record_store_get (store, ROUNDS_ENTITY_MERGE, &id, error);
  newer = merge != NULL ? rounds_person_unmerge_list_newer (store, merge, error) : NULL;
  go_back = newer != NULL ? read_go_back (newer, error) : NULL;
  remainders = go_back != NULL ? rounds_person_unmerge_run (store, &id, go_back, error) : NULL;
  return remainders != NULL && print_unmerge (cli, merge, newer, go_back, remainders, error);
}

const RoundsCliCommand rounds_cli_duplicates_commands[] = {
  { "duplicates", "", N_ ("Print contacts who may be the same: how likely, why, and both ids"), 0, 0,
    duplicates_entries, run_duplicates },
  { "distinct", "ID ID", N_ ("Say that two contacts are not the same: they are not proposed again"), 2, 2, NULL,
    run_distinct },
  { "merge", "KEEP OTHER", N_ ("Make two contacts one; prints the id of the merge"), 2, 2, merge_entries, run_merge },
  { "unmerge", "MERGE", N_ ("Make two contacts of one again; prints the id of the one who is back"), 1, 1,
    unmerge_entries, run_unmerge },
  { 0 },
};
