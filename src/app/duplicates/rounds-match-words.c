/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Matches and the people in them, put into words. */

#include "config.h"

#include "rounds-match-words.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"

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
  { ROUNDS_MATCH_ORGANISATION, N_ ("same organisation") },
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
  return g_strdup_printf (_ ("Perhaps the same person: %s."), why->str);
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

/**
 * rounds_match_describe_person:
 *
 * Returns: (transfer full): what tells @person from others of the same name, a line each: what they are and where, what
 *   has been logged with them, since when they are here
 */
char *
rounds_match_describe_person (RoundsStore *store, RoundsRecord *person)
{
  g_autofree char *place = rounds_display_specialty (store, person);
  g_autofree char *interactions = describe_interactions (store, rounds_record_get_id (person));
  g_autofree char *day = rounds_display_day (rounds_record_get_integer (person, ROUNDS_FIELD_CREATED_AT));
  /* Translators: the day on which a contact was added. */
  g_autofree char *added = g_strdup_printf (_ ("Added: %s"), day);

  return g_strconcat (place != NULL ? place : "", place != NULL && *place != '\0' ? "\n" : "", interactions, "\n",
                      added, NULL);
}
