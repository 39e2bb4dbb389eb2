/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-scenarios.h"

#include "rounds-error.h"
#include "rounds-importer.h"
#include "rounds-remote.h"

/* A store of an old version, on its first sync for long. */
static gboolean
sync_old (FaultSite *site, GError **error)
{
  RoundsUuid device = fault_site_get_id ("old device");
  g_autofree char *text = rounds_uuid_to_string (&device);

  if (!rounds_record_store_set_state (site->store, ROUNDS_STATE_DEVICE, text, error))
    return FALSE;
  fault_site_mark (site);
  return fault_site_sync (site, error);
}

static gboolean
save_and_mark (FaultSite *site, RoundsRecord *record, GError **error)
{
  if (!rounds_record_store_save (site->store, record, error))
    return FALSE;
  fault_site_mark (site);
  return TRUE;
}

static RoundsRecord *
get (FaultSite *site, RoundsEntity entity, const char *name, GError **error)
{
  RoundsUuid id = fault_site_get_id (name);

  return rounds_record_store_get (site->store, entity, &id, error);
}

static gboolean
open_store (FaultSite *site, GError **error)
{
  if (!fault_site_open (site, error))
    return FALSE;
  fault_site_mark (site);
  return TRUE;
}

/* What lists and searches do. */
static gboolean
read_store (FaultSite *site, GError **error)
{
  g_autoptr (RoundsQuery) people = rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON));
  g_autoptr (RoundsQuery) visits = rounds_query_search (rounds_query_new (ROUNDS_ENTITY_INTERACTION), "dosing pap");
  g_autoptr (GPtrArray) everybody = rounds_record_store_list (site->store, people, error);
  g_autoptr (GArray) keys = NULL;

  if (everybody == NULL)
    return FALSE;
  g_assert_cmpuint (everybody->len, ==, 10);
  for (guint i = 0; i < everybody->len; i++)
    g_assert_nonnull (rounds_record_get_text (everybody->pdata[i], ROUNDS_PERSON_FAMILY_NAME));
  keys = rounds_record_store_list_keys (site->store, visits, error);
  if (keys == NULL)
    return FALSE;
  g_assert_cmpuint (keys->len, ==, 8);
  return rounds_record_store_count_changes (site->store, ROUNDS_CHANGE_PENDING, error) >= 0;
}

static gboolean
edit (FaultSite *site, GError **error)
{
  g_autoptr (RoundsRecord) visit = get (site, ROUNDS_ENTITY_INTERACTION, "device visit 3", error);
  g_autoptr (RoundsRecord) person = NULL;

  if (visit == NULL)
    return FALSE;
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, "Zoë has read the paper. Next time: the second study.");
  if (!save_and_mark (site, visit, error))
    return FALSE;
  person = get (site, ROUNDS_ENTITY_PERSON, "device person 3", error);
  if (person == NULL)
    return FALSE;
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Strauß");
  return save_and_mark (site, person, error);
}

/* A dialog's "Save": the new people and the visit, whose draft goes, all or nothing. */
static gboolean
save_group (FaultSite *site, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  RoundsRecord *person = fault_site_new_record (ROUNDS_ENTITY_PERSON, "group person");
  RoundsRecord *physician = fault_site_new_record (ROUNDS_ENTITY_PHYSICIAN, "group physician");
  RoundsRecord *visit = fault_site_new_record (ROUNDS_ENTITY_INTERACTION, "group visit");
  RoundsUuid draft = fault_site_get_id ("draft");

  g_ptr_array_add (records, person);
  g_ptr_array_add (records, physician);
  g_ptr_array_add (records, visit);
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Strauß");
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (person));
  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "Strauß");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, 1705400000000);
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, "First visit");

  if (!rounds_record_store_begin (site->store, error))
    return FALSE;
  if (!rounds_record_store_save_all (site->store, records, error)
      || !rounds_record_store_delete (site->store, ROUNDS_ENTITY_DRAFT, &draft, error))
    {
      rounds_record_store_rollback (site->store);
      return FALSE;
    }
  if (!rounds_record_store_commit (site->store, error))
    return FALSE;
  fault_site_mark (site);
  return TRUE;
}

/* Somebody types, and every now and then what is there is kept. */
static gboolean
keep_draft (FaultSite *site, GError **error)
{
  static const char *const bodies[] = { "{\"notes\":\"half a word\"}", "{\"notes\":\"half a word and more\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (RoundsRecord) draft = get (site, ROUNDS_ENTITY_DRAFT, "draft", error);

      if (draft == NULL)
        return FALSE;
      /* Done again, it goes on where it was. */
      if (g_strcmp0 (rounds_record_get_text (draft, ROUNDS_DRAFT_BODY), bodies[G_N_ELEMENTS (bodies) - 1]) == 0)
        return TRUE;
      rounds_record_set_text (draft, ROUNDS_DRAFT_BODY, bodies[i]);
      if (!save_and_mark (site, draft, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
delete_record (FaultSite *site, GError **error)
{
  RoundsUuid id = fault_site_get_id ("device visit 4");

  if (!rounds_record_store_delete (site->store, ROUNDS_ENTITY_INTERACTION, &id, error))
    return FALSE;
  fault_site_mark (site);
  return TRUE;
}

static gboolean
import (FaultSite *site, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_IMPORT_BATCH);
  g_autoptr (RoundsImportResult) result = NULL;
  gint64 n_imports = rounds_record_store_count (site->store, query, error);

  if (n_imports != 0) /* done already, or an error */
    return n_imports > 0;
  result = rounds_importer_run (site->store, site->plan, FALSE, NULL, NULL, NULL, error);
  if (result == NULL)
    return FALSE;
  g_assert_cmpuint (result->counts[ROUNDS_IMPORT_CREATED], ==, 11);
  fault_site_mark (site);
  return TRUE;
}

static const FaultScenario scenarios[] = {
  { "open", open_store, FAULT_SITE_DEVICE, TRUE, 0 },
  { "create", open_store, FAULT_SITE_NOTHING, TRUE, 0 },
  { "migrate", open_store, FAULT_SITE_VERSION_1, TRUE, 0 },
  { "migrate-2", open_store, FAULT_SITE_VERSION_2, TRUE, 0 },
  { "read", read_store, FAULT_SITE_DEVICE, FALSE, 0 },
  { "edit", edit, FAULT_SITE_DEVICE, FALSE, 0 },
  { "group", save_group, FAULT_SITE_DEVICE, FALSE, 0 },
  { "draft", keep_draft, FAULT_SITE_DEVICE, FALSE, 0 },
  { "delete", delete_record, FAULT_SITE_DEVICE, FALSE, 0 },
  { "import", import, FAULT_SITE_DEVICE, FALSE, 0 },
  { "sync", fault_site_sync, FAULT_SITE_DEVICE, FALSE, 0 },
  { "sync-old", sync_old, FAULT_SITE_VERSION_1, FALSE, 1 },
  { "serve", fault_site_serve, FAULT_SITE_SERVER, FALSE, 0 },
};

/** fault_scenarios_get: Returns: (transfer none) (array length=n): all of them. */
const FaultScenario *
fault_scenarios_get (guint *n)
{
  *n = G_N_ELEMENTS (scenarios);
  return scenarios;
}
