/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whom somebody means who writes a name, or the beginning of one. By index, for the main thread. */

#include "config.h"

#include "rounds-person-finder.h"

#include <string.h>

/* Of a name that very many have, so many are looked at. */
#define MOST_LOOKED_AT 60

/* A single letter is the beginning of everybody's name. */
#define SHORTEST 2

static void
candidate_free (RoundsPersonCandidate *self)
{
  g_clear_object (&self->person);
  g_free (self);
}

static void
free_candidate (gpointer candidate)
{
  candidate_free (candidate);
}

/* Returns: (transfer full): the words of a name, folded, as the search index has them */
static char **
split_name (const char *name)
{
  g_autofree char *folded = rounds_text_fold (name);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  const char *start = NULL;

  for (const char *p = folded;; p = g_utf8_next_char (p))
    {
      gboolean in_word = *p != '\0' && g_unichar_isalnum (g_utf8_get_char (p));

      if (in_word && start == NULL)
        start = p;
      if (!in_word && start != NULL)
        {
          g_strv_builder_take (words, g_strndup (start, (gsize) (p - start)));
          start = NULL;
        }
      if (*p == '\0')
        return g_strv_builder_end (words);
    }
}

/* (transfer full): all words of the person's names. */
static char **
split_person (RoundsRecord *person)
{
  const char *given = rounds_record_get_text (person, ROUNDS_PERSON_GIVEN_NAME);
  const char *family = rounds_record_get_text (person, ROUNDS_PERSON_FAMILY_NAME);
  g_autofree char *name = g_strconcat (given != NULL ? given : "", " ", family != NULL ? family : "", NULL);

  return split_name (name);
}

/* How the first @n of @asked are in the person's name. */
typedef enum
{
  NOT_IN_NAME,
  BEGINS_WORDS, /* each begins a word */
  IS_WORDS,     /* each is a word */
} Fit;

static Fit
find_fit (char **own, char **asked, guint n)
{
  Fit fit = IS_WORDS;

  for (guint i = 0; i < n; i++)
    {
      Fit best = NOT_IN_NAME;

      for (guint k = 0; own[k] != NULL && best != IS_WORDS; k++)
        if (g_str_equal (own[k], asked[i]))
          best = IS_WORDS;
        else if (g_str_has_prefix (own[k], asked[i]))
          best = BEGINS_WORDS;
      fit = MIN (fit, best);
    }
  return fit;
}

static GPtrArray *
search (RoundsRecordStore *store, const char *name, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PERSON);

  rounds_query_search (query, name);
  rounds_query_order_by_name (query);
  rounds_query_limit (query, MOST_LOOKED_AT);
  return rounds_record_store_list (store, query, error);
}

/* Whether somebody has a name of the first @n words: the first may be its beginning, as one types, the others are
 * whole, as they may as well begin the note. */
static gboolean
somebody_has (GPtrArray *people, char **asked, guint n)
{
  for (guint i = 0; i < people->len; i++)
    {
      g_auto (GStrv) own = split_person (people->pdata[i]);

      if (find_fit (own, asked, 1) != NOT_IN_NAME && (n == 1 || find_fit (own, asked + 1, n - 1) == IS_WORDS))
        return TRUE;
    }
  return FALSE;
}

/**
 * rounds_person_finder_match:
 * @store: a store, on its thread
 * @words: (array length=n_words): words of which the first ones may be a name
 * @n_words: how many
 * @n_known: (out): how many of the first words are in one person's name, the most; 0: nobody is called so
 * @error: (out) (optional): what the disk says
 *
 * Returns: whether it could look
 */
gboolean
rounds_person_finder_match (RoundsRecordStore *store, const char *const *words, guint n_words, guint *n_known,
                            GError **error)
{
  g_autoptr (GPtrArray) people = NULL;
  g_auto (GStrv) first = split_name (words[0]);

  *n_known = 0;
  if (first[0] == NULL || g_utf8_strlen (first[0], -1) < SHORTEST)
    return TRUE;
  for (guint n = n_words; n > 0; n--)
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
      g_autofree char *name = NULL;
      g_auto (GStrv) joined = NULL;
      g_auto (GStrv) asked = NULL;

      for (guint i = 0; i < n; i++)
        g_strv_builder_add (builder, words[i]);
      joined = g_strv_builder_end (builder);
      name = g_strjoinv (" ", joined);
      asked = split_name (name);
      g_clear_pointer (&people, g_ptr_array_unref);
      people = search (store, name, error);
      if (people == NULL)
        return FALSE;
      if (somebody_has (people, asked, g_strv_length (asked)))
        {
          *n_known = n;
          return TRUE;
        }
    }
  return TRUE;
}

/* @last_seen: (out): 0 if nobody has met them */
static gboolean
find_last_seen (RoundsRecordStore *store, RoundsRecord *person, gint64 *last_seen, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsRecord) newest = NULL;

  rounds_query_where_uuid (query, ROUNDS_INTERACTION_PERSON, ROUNDS_IS, rounds_record_get_id (person));
  rounds_query_order_by (query, ROUNDS_INTERACTION_OCCURRED_AT, TRUE);
  if (!rounds_record_store_find (store, query, &newest, error))
    return FALSE;
  *last_seen = newest != NULL ? rounds_record_get_integer (newest, ROUNDS_INTERACTION_OCCURRED_AT) : 0;
  return TRUE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const RoundsPersonCandidate *first = *(RoundsPersonCandidate *const *) a;
  const RoundsPersonCandidate *second = *(RoundsPersonCandidate *const *) b;

  if (first->is_exact != second->is_exact)
    return first->is_exact ? -1 : 1;
  return (first->last_seen < second->last_seen) - (first->last_seen > second->last_seen);
}

/**
 * rounds_person_finder_list:
 * @store: a store, on its thread
 * @name: a name, or the beginnings of its words
 * @limit: how many at most
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer full) (element-type RoundsPersonCandidate): whom it may mean, the likeliest first: who has these
 *   very words in their name, then who was seen last; %NULL on error
 */
GPtrArray *
rounds_person_finder_list (RoundsRecordStore *store, const char *name, guint limit, GError **error)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func (free_candidate);
  g_auto (GStrv) asked = split_name (name);
  g_autoptr (GPtrArray) people = NULL;

  if (asked[0] == NULL)
    return g_steal_pointer (&candidates);
  people = search (store, name, error);
  if (people == NULL)
    return NULL;
  for (guint i = 0; i < people->len; i++)
    {
      g_auto (GStrv) own = split_person (people->pdata[i]);
      Fit fit = find_fit (own, asked, g_strv_length (asked));
      RoundsPersonCandidate *candidate;

      if (fit == NOT_IN_NAME)
        continue;
      candidate = g_new0 (RoundsPersonCandidate, 1);
      candidate->person = g_object_ref (people->pdata[i]);
      candidate->is_exact = fit == IS_WORDS;
      g_ptr_array_add (candidates, candidate);
      if (!find_last_seen (store, candidate->person, &candidate->last_seen, error))
        return NULL;
    }
  g_ptr_array_sort (candidates, compare);
  if (candidates->len > limit)
    g_ptr_array_set_size (candidates, (int) limit);
  return g_steal_pointer (&candidates);
}

/**
 * rounds_person_finder_get_only:
 * @candidates: (element-type RoundsPersonCandidate): what rounds_person_finder_list() found
 *
 * Returns: (transfer none) (nullable): whom the name means without a doubt: the only one there is, or the only one with
 *   these very words in their name
 */
RoundsPersonCandidate *
rounds_person_finder_get_only (GPtrArray *candidates)
{
  RoundsPersonCandidate *first = candidates->len > 0 ? candidates->pdata[0] : NULL;
  RoundsPersonCandidate *second = candidates->len > 1 ? candidates->pdata[1] : NULL;

  return second == NULL || (first->is_exact && !second->is_exact) ? first : NULL;
}
