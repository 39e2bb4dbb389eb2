/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The queries behind lists, pages and timers, each held to an index: a scan here is a window that stutters with a
 * region's 20,000 contacts and 1,000,000 interactions. */

#include "rounds-contact-filter.h"
#include "rounds-record-store-private.h"
#include "rounds-sqlite-database.h"
#include "rounds-timeline-private.h"
#include "rounds-trash.h"
#include "test-folder.h"

static RoundsQuery *
of (RoundsEntity entity)
{
  return rounds_query_limit (rounds_query_new (entity), 50);
}

static RoundsQuery *
of_reference (RoundsEntity entity, guint field)
{
  RoundsUuid id = rounds_uuid_new ();

  return rounds_query_where_uuid (of (entity), field, ROUNDS_IS, &id);
}

/* Says what is wrong with the plan of @query, which must use an index and, if @in_order, must not sort. */
static void
check_plan (RoundsRecordStore *store, const char *what, RoundsQuery *query, gboolean in_order)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *plan = rounds_record_store_explain (store, query, &error);
  g_auto (GStrv) steps = NULL;

  g_assert_no_error (error);
  steps = g_strsplit (plan, "\n", -1);
  for (guint i = 0; steps[i] != NULL; i++)
    if (g_str_has_prefix (steps[i], "SCAN") && strstr (steps[i], "USING") == NULL
        && strstr (steps[i], "VIRTUAL TABLE") == NULL)
      g_error ("%s reads the whole table:\n%s", what, plan);
  if (in_order && strstr (plan, "TEMP B-TREE FOR ORDER BY") != NULL)
    g_error ("%s sorts what an index has in order:\n%s", what, plan);
  rounds_query_unref (query);
}

/* @sql must look for @field in an index of it: one of all that is deleted would be read whole for each record. */
static void
check_sought (RoundsRecordStore *store, const char *sql, const char *field)
{
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  g_autofree char *sought = g_strdup_printf ("(%s=?)", field);
  g_autoptr (RoundsStatement) statement =
    rounds_database_prepare (rounds_record_store_get_database (store), explain, NULL);
  g_autofree char *step = NULL;

  g_assert_cmpint (rounds_statement_step (statement, NULL), ==, ROUNDS_STEP_ROW);
  step = rounds_statement_dup_text (statement, 3);
  if (!g_str_has_prefix (step, "SEARCH") || strstr (step, sought) == NULL)
    g_error ("%s: %s", sql, step);
}

/* What belongs to a record is found by an index, in the trash and out of it: contacts are handed over by the hundred.
 * So is what refers to one, before an import of a hundred thousand is taken back. */
static void
check_owned (RoundsRecordStore *store)
{
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);

      for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
        {
          g_autofree char *referrers = rounds_record_store_get_referrers_sql (e, f, 25);

          if (info->fields[f].type == ROUNDS_TYPE_REFERENCE && info->scope == ROUNDS_SCOPE_SYNCED)
            check_sought (store, referrers, info->fields[f].name);
          for (int deleted = 0; (info->fields[f].flags & ROUNDS_FIELD_OWNER) && deleted < 2; deleted++)
            {
              g_autofree char *sql = rounds_record_store_get_owned_sql (e, f, deleted);

              check_sought (store, sql, info->fields[f].name);
            }
        }
    }
}

/* Filters of contacts: an index for each, or one pass over a small table, which is not begun anew for each contact. */
static void
check_filter (RoundsRecordStore *store, const char *what, RoundsContactFilter filter, const char *one_pass)
{
  g_autoptr (RoundsQuery) query = rounds_contact_filter_to_query (&filter, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *plan = rounds_record_store_explain (store, query, &error);
  g_auto (GStrv) steps = g_strsplit (plan != NULL ? plan : "", "\n", -1);
  gboolean correlated = FALSE;

  g_assert_no_error (error);
  for (guint i = 0; steps[i] != NULL; i++)
    {
      if (strstr (steps[i], "SUBQUERY") != NULL)
        correlated = g_str_has_prefix (steps[i], "CORRELATED");
      if (!g_str_has_prefix (steps[i], "SCAN ") || strstr (steps[i], "VIRTUAL TABLE") != NULL
          || strstr (steps[i], " USING ") != NULL || g_str_equal (steps[i], "SCAN CONSTANT ROW"))
        continue;
      if (correlated || one_pass == NULL || !g_str_equal (steps[i] + strlen ("SCAN "), one_pass))
        g_error ("contacts %s read a whole table:\n%s", what, plan);
    }
}

static void
check_filters (RoundsRecordStore *store)
{
  RoundsUuid id = rounds_uuid_new ();

  check_filter (store, "of both kinds", (RoundsContactFilter) { 0 }, NULL);
  check_filter (store, "by a role", (RoundsContactFilter) { .role = (char *) "physician" }, NULL);
  check_filter (store, "by a specialty", (RoundsContactFilter) { .specialty = id }, NULL);
  check_filter (store, "by a territory", (RoundsContactFilter) { .territory = id }, NULL);
  check_filter (store, "by a place", (RoundsContactFilter) { .place = (char *) "bos" }, "a");
  check_filter (store, "never seen", (RoundsContactFilter) { .seen = ROUNDS_SEEN_NEVER }, NULL);
  check_filter (store, "seen lately", (RoundsContactFilter) { .seen = ROUNDS_SEEN_WITHIN, .days = 30 }, NULL);
  check_filter (store, "by a consent",
                (RoundsContactFilter) { .consent_channel = (char *) "email", .consent_state = (char *) "granted" },
                NULL);
  check_filter (store, "by when they were seen", (RoundsContactFilter) { .order = ROUNDS_CONTACTS_BY_LAST_SEEN }, NULL);
  check_filter (store, "by city", (RoundsContactFilter) { .order = ROUNDS_CONTACTS_BY_PLACE }, NULL);
  check_filter (store, "by their specialty", (RoundsContactFilter) { .order = ROUNDS_CONTACTS_BY_SPECIALTY }, NULL);
  check_filter (store, "by work place", (RoundsContactFilter) { .order = ROUNDS_CONTACTS_BY_ORGANISATION }, NULL);
  check_filter (store, "by whose they are", (RoundsContactFilter) { .order = ROUNDS_CONTACTS_BY_TERRITORY }, NULL);
  check_filter (store, "found by words", (RoundsContactFilter) { .words = (char *) "mercy bos" }, NULL);
}

/* A page of somebody's timeline, whatever it is made of. */
static void
check_timeline (RoundsRecordStore *store)
{
  static const struct
  {
    RoundsEntity entity;
    guint field;
  } parts[] = {
    { ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON },
    { ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_PATIENT_LEAD_PERSON },
    { ROUNDS_ENTITY_PATIENT_PHYSICIAN, ROUNDS_PATIENT_PHYSICIAN_PATIENT },
    { ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON },
    { ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON },
    { ROUNDS_ENTITY_CONSENT, ROUNDS_CONSENT_PERSON },
  };

  for (guint n = 0; rounds_timeline_get_sql (n) != NULL; n++)
    {
      g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", rounds_timeline_get_sql (n), NULL);
      g_autoptr (RoundsStatement) statement =
        rounds_database_prepare (rounds_record_store_get_database (store), sql, NULL);

      while (rounds_statement_step (statement, NULL) == ROUNDS_STEP_ROW)
        {
          g_autofree char *step = rounds_statement_dup_text (statement, 3);

          if (!g_str_has_prefix (step, "SEARCH"))
            g_error ("%s: %s", sql, step);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    check_plan (store, "what was changed about a person",
                rounds_query_include_deleted (of_reference (parts[i].entity, parts[i].field)), FALSE);
}

static void
test_plans (void)
{
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "plain.db", NULL);
  g_autoptr (RoundsSqliteDatabase) database = rounds_sqlite_database_open (path, NULL, ROUNDS_OPEN_CREATE, NULL);
  g_autoptr (RoundsRecordStore) store = rounds_record_store_new (ROUNDS_DATABASE (database), ROUNDS_ROLE_DEVICE, NULL);
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "A");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, 1);

  check_owned (store);
  check_filters (store);
  check_timeline (store);
  check_plan (store, "contacts by name", rounds_query_order_by_name (of (ROUNDS_ENTITY_PERSON)), TRUE);
  check_plan (store, "the next page of contacts by name",
              rounds_query_after (rounds_query_order_by_name (of (ROUNDS_ENTITY_PERSON)), person), TRUE);
  check_plan (store, "contacts found by typing", rounds_query_search (of (ROUNDS_ENTITY_PERSON), "atk"), FALSE);
  check_plan (store, "physicians by name",
              rounds_query_having (rounds_query_order_by_name (of (ROUNDS_ENTITY_PERSON)), ROUNDS_ENTITY_PERSON_ROLE,
                                   ROUNDS_PERSON_ROLE_PERSON, ROUNDS_PERSON_ROLE_TYPE, "physician"),
              TRUE);
  check_plan (store, "interactions, newest first",
              rounds_query_order_by (of (ROUNDS_ENTITY_INTERACTION), ROUNDS_INTERACTION_OCCURRED_AT, TRUE), TRUE);
  check_plan (store, "the next page of interactions",
              rounds_query_after (
                rounds_query_order_by (of (ROUNDS_ENTITY_INTERACTION), ROUNDS_INTERACTION_OCCURRED_AT, TRUE), visit),
              TRUE);
  check_plan (store, "a contact's interactions, newest first",
              rounds_query_order_by (of_reference (ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_PERSON),
                                     ROUNDS_INTERACTION_OCCURRED_AT, TRUE),
              TRUE);
  check_plan (store, "a patient's calls",
              rounds_query_order_by (of_reference (ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_PATIENT),
                                     ROUNDS_INTERACTION_OCCURRED_AT, TRUE),
              TRUE);
  check_plan (store, "a contact's appointments",
              rounds_query_order_by (of_reference (ROUNDS_ENTITY_APPOINTMENT, ROUNDS_APPOINTMENT_PERSON),
                                     ROUNDS_APPOINTMENT_START_AT, TRUE),
              TRUE);
  check_plan (store, "a week's appointments",
              rounds_query_order_by (
                rounds_query_where_integer (rounds_query_where_integer (of (ROUNDS_ENTITY_APPOINTMENT),
                                                                        ROUNDS_APPOINTMENT_START_AT, ROUNDS_LESS, 2),
                                            ROUNDS_APPOINTMENT_START_AT, ROUNDS_GREATER_OR_EQUAL, 1),
                ROUNDS_APPOINTMENT_START_AT, FALSE),
              TRUE);
  check_plan (store, "reminders that are due",
              rounds_query_order_by (
                rounds_query_where_text (of (ROUNDS_ENTITY_REMINDER), ROUNDS_REMINDER_STATE, ROUNDS_IS, "pending"),
                ROUNDS_REMINDER_DUE_AT, FALSE),
              TRUE);
  check_plan (store, "an appointment's reminders", of_reference (ROUNDS_ENTITY_REMINDER, ROUNDS_REMINDER_SUBJECT),
              FALSE);
  check_plan (store, "follow-ups that are due",
              rounds_query_order_by (rounds_query_where_text (of (ROUNDS_ENTITY_FOLLOW_UP), ROUNDS_FOLLOW_UP_DUE_ON,
                                                              ROUNDS_LESS_OR_EQUAL, "2026-01-01"),
                                     ROUNDS_FOLLOW_UP_DUE_ON, FALSE),
              TRUE);
  check_plan (store, "a person's roles", of_reference (ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON), FALSE);
  check_plan (store, "a person's addresses", of_reference (ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON), FALSE);
  check_plan (store, "the physician of a person", of_reference (ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON),
              FALSE);
  check_plan (store, "the patient of a person", of_reference (ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON), FALSE);
  check_plan (store, "a patient's journeys", of_reference (ROUNDS_ENTITY_CT_JOURNEY, ROUNDS_CT_JOURNEY_PATIENT), FALSE);
  check_plan (store, "a journey's steps",
              rounds_query_order_by (of_reference (ROUNDS_ENTITY_JOURNEY_STEP, ROUNDS_JOURNEY_STEP_JOURNEY),
                                     ROUNDS_JOURNEY_STEP_ENTERED_AT, FALSE),
              TRUE);
  check_plan (store, "a physician by NPI",
              rounds_query_where_text (of (ROUNDS_ENTITY_PHYSICIAN), ROUNDS_PHYSICIAN_NPI, ROUNDS_IS, "1932106788"),
              FALSE);
  check_plan (store, "a specialization by name",
              rounds_query_where_text (of (ROUNDS_ENTITY_SPECIALIZATION), ROUNDS_SPECIALIZATION_NAME, ROUNDS_IS, "x"),
              FALSE);
  check_plan (store, "a record's conflicts", of_reference (ROUNDS_ENTITY_CONFLICT, ROUNDS_CONFLICT_RECORD), FALSE);
  check_plan (store, "a draft by its form",
              rounds_query_where_text (of (ROUNDS_ENTITY_DRAFT), ROUNDS_DRAFT_FORM, ROUNDS_IS, "interaction"), FALSE);
  check_plan (store, "deleted people", rounds_query_only_deleted (of (ROUNDS_ENTITY_PERSON)), FALSE);
  check_plan (store, "the trash", rounds_trash_query (ROUNDS_ENTITY_NONE, NULL), FALSE);

  g_clear_object (&store);
  g_clear_object (&database);
  test_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query-plans/no-scan", test_plans);
  return g_test_run ();
}
