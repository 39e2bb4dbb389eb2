/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Matches and the people in them, put into words. */

#include "config.h"

#include "rounds-match-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forms/rounds-display.h"

/* Of one person, at most. */
#define MOST_AFFILIATIONS 50
#define MOST_WORK_PLACES 3

static const struct
{
  RoundsMatchReasons reason;
  const char *words;
} reason_words[] = {
  /* Translators: these follow "Most likely the same person:" and are joined by commas. */
  { ROUNDS_MATCH_NPI, N_ ("same NPI") },
  { ROUNDS_MATCH_EMAIL, N_ ("same email") },
  { ROUNDS_MATCH_PHONE, N_ ("same phone") },
  { ROUNDS_MATCH_NAME, N_ ("same name") },
  { ROUNDS_MATCH_BIRTH_DATE, N_ ("same date of birth") },
  { ROUNDS_MATCH_ORGANISATION, N_ ("same organization") },
  { ROUNDS_MATCH_PLACE, N_ ("same place") },
};

/**
 * rounds_match_describe:
 * @reasons: of RoundsMatchReasons; 0: somebody says so
 *
 * Returns: (transfer full): how likely it is that two people are one, and why
 */
char *
rounds_match_describe (RoundsMatchStrength strength, guint reasons)
{
  g_autoptr (GString) why = g_string_new (NULL);

  if (reasons == 0)
    return g_strdup (_ ("Chosen by you as the same person."));
  for (guint i = 0; i < G_N_ELEMENTS (reason_words); i++)
    if (reasons & reason_words[i].reason)
      g_string_append_printf (why, "%s%s", why->len > 0 ? ", " : "", _ (reason_words[i].words));
  if (strength == ROUNDS_MATCH_STRONG)
    /* Translators: %s is a list such as "same email, same name". */
    return g_strdup_printf (_ ("Most likely the same person: %s."), why->str);
  return g_strdup_printf (_ ("Possibly the same person: %s."), why->str);
}

/** rounds_match_count_interactions: Returns: how many interactions there are with @person; by index. */
gint64
rounds_match_count_interactions (RoundsStore *store, const RoundsUuid *person)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_INTERACTION);

  rounds_query_where_uuid (query, ROUNDS_INTERACTION_PERSON, ROUNDS_IS, person);
  return rounds_record_store_count (rounds_store_get_reader (store), query, NULL);
}

static RoundsRecord *
find_last_interaction (RoundsStore *store, const RoundsUuid *person)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_INTERACTION);

  rounds_query_where_uuid (query, ROUNDS_INTERACTION_PERSON, ROUNDS_IS, person);
  rounds_query_order_by (query, ROUNDS_INTERACTION_OCCURRED_AT, TRUE);
  rounds_query_limit (query, 1);
  return rounds_store_find (store, query, NULL);
}

static char *
describe_interactions (RoundsStore *store, const RoundsUuid *person)
{
  gint64 n = rounds_match_count_interactions (store, person);
  g_autoptr (RoundsRecord) last = n > 0 ? find_last_interaction (store, person) : NULL;
  g_autofree char *day =
    last != NULL ? rounds_display_day (rounds_record_get_integer (last, ROUNDS_INTERACTION_OCCURRED_AT)) : NULL;

  if (day == NULL)
    return g_strdup (_ ("No interactions"));
  /* Translators: a number of interactions and the day of the last one. */
  return g_strdup_printf (ngettext ("%d interaction · last: %s", "%d interactions · last: %s", (gulong) n), (int) n,
                          day);
}

static char *
find_town (RoundsStore *store, const RoundsUuid *organisation)
{
  g_autoptr (RoundsQuery) query = rounds_query_limit (rounds_query_new (ROUNDS_ENTITY_ADDRESS), 1);
  g_autoptr (RoundsRecord) address = NULL;

  rounds_query_where_uuid (query, ROUNDS_ADDRESS_ORGANISATION, ROUNDS_IS, organisation);
  address = rounds_store_find (store, query, NULL);
  return address != NULL ? g_strdup (rounds_record_get_text (address, ROUNDS_ADDRESS_CITY)) : NULL;
}

/* "Harbour Clinic · Utrecht"; %NULL if nobody works there any more. */
static char *
describe_work_place (RoundsStore *store, RoundsRecord *affiliation, const char *today)
{
  const RoundsUuid *id = rounds_record_get_uuid (affiliation, ROUNDS_AFFILIATION_ORGANISATION);
  const char *until = rounds_record_get_text (affiliation, ROUNDS_AFFILIATION_VALID_TO);
  g_autoptr (RoundsRecord) organisation = NULL;
  g_autofree char *name = NULL;
  g_autofree char *town = NULL;

  if (until != NULL && strcmp (until, today) < 0)
    return NULL;
  organisation = rounds_store_get (store, ROUNDS_ENTITY_ORGANISATION, id, NULL);
  if (organisation == NULL || rounds_record_is_deleted (organisation))
    return NULL;
  name = rounds_record_get_title (organisation);
  town = find_town (store, id);
  return town != NULL ? g_strconcat (name, " · ", town, NULL) : g_steal_pointer (&name);
}

static int
compare_affiliations (gconstpointer a, gconstpointer b)
{
  return rounds_record_get_boolean ((RoundsRecord *) b, ROUNDS_AFFILIATION_IS_PRIMARY)
         - rounds_record_get_boolean ((RoundsRecord *) a, ROUNDS_AFFILIATION_IS_PRIMARY);
}

/* Adds where @person works now, the primary place first. */
static void
add_work_places (GPtrArray *lines, RoundsStore *store, const RoundsUuid *person)
{
  g_autoptr (RoundsQuery) query = rounds_query_limit (rounds_query_new (ROUNDS_ENTITY_AFFILIATION), MOST_AFFILIATIONS);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  g_autoptr (GPtrArray) affiliations = NULL;
  guint n = 0;

  rounds_query_where_uuid (query, ROUNDS_AFFILIATION_PERSON, ROUNDS_IS, person);
  affiliations = rounds_record_store_list (rounds_store_get_reader (store), query, NULL);
  if (affiliations == NULL)
    return;
  g_ptr_array_sort_values (affiliations, compare_affiliations);
  for (guint i = 0; i < affiliations->len && n < MOST_WORK_PLACES; i++)
    {
      char *place = describe_work_place (store, affiliations->pdata[i], today);

      if (place == NULL)
        continue;
      g_ptr_array_add (lines, place);
      n++;
    }
}

/**
 * rounds_match_describe_person:
 *
 * Some indexed reads, so for what is on the screen. Main thread.
 *
 * Returns: (transfer full): what tells @person from others of the same name, a line each: what they are and where they
 *   live, where they work, what has been logged with them, since when they are here
 */
char *
rounds_match_describe_person (RoundsStore *store, RoundsRecord *person)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_null_terminated (6, g_free, TRUE);
  char *specialty = rounds_display_specialty (store, person);
  g_autofree char *day = rounds_display_day (rounds_record_get_integer (person, ROUNDS_FIELD_CREATED_AT));

  if (specialty != NULL)
    g_ptr_array_add (lines, specialty);
  add_work_places (lines, store, rounds_record_get_id (person));
  g_ptr_array_add (lines, describe_interactions (store, rounds_record_get_id (person)));
  /* Translators: the day on which a contact was added. */
  g_ptr_array_add (lines, g_strdup_printf (_ ("Added: %s"), day));
  return g_strjoinv ("\n", (char **) lines->pdata);
}
