/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every fact about a person is a 64-bit hash of what kind of fact it is and what it says; people who share a hash share
 * the fact. Among a hundred thousand people the chance that two different facts have one hash is below one in a
 * hundred million. */

#include "config.h"

#include "rounds-match.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-number-map-private.h"
#include "rounds-phone.h"

/* What more people than this share (a practice's telephone, a common name in a large town) does not tell that two of
 * them are one. */
#define COMMON 8
#define COMMON_NPI 50
/* Of those who share something common so many are looked at for the same name, the last ones to come. */
#define MOST_LOOKED_AT 1000

/* What one person has, in a chain with the others that have the same. */
typedef struct
{
  guint32 person;
  guint32 next; /* index into postings plus 1; 0: the last */
  guint reason; /* of RoundsMatchReasons */
} Posting;

typedef struct
{
  RoundsUuid id;
  guint64 name; /* hashes; 0: not known */
  guint64 npi;
  guint64 birth_date;
  guint country; /* calling code of the telephone number */
} Person;

struct _RoundsMatchIndex
{
  GArray *people;   /* (owned) of Person */
  GArray *postings; /* (owned) of Posting */
  RoundsNumberMap by_id;
  RoundsNumberMap by_fact; /* the first posting plus 1 */

  /* Who was looked for last. */
  Person sought;
  GArray *sought_facts; /* (owned) of Fact */
};

typedef struct
{
  guint reason;
  guint64 hash;
} Fact;

/* Facts as hashes */

static guint64
hash_bytes (guint64 hash, const void *bytes, gsize length)
{
  const guint8 *p = bytes;

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ p[i]) * G_GUINT64_CONSTANT (0x100000001b3); /* FNV-1a */
  return hash;
}

/* Spreads what FNV leaves in the high bits; never 0. */
static guint64
finish_hash (guint64 hash)
{
  hash = (hash ^ (hash >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  hash = (hash ^ (hash >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  hash ^= hash >> 31;
  return hash != 0 ? hash : 1;
}

/* @name: the name's hash where the fact counts together with the name alone, else 0 */
static guint64
hash_fact (guint reason, guint64 name, const char *text)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  hash = hash_bytes (hash, &reason, sizeof reason);
  hash = hash_bytes (hash, &name, sizeof name);
  return finish_hash (hash_bytes (hash, text, strlen (text)));
}

static guint64
hash_id (const RoundsUuid *id)
{
  return finish_hash (hash_bytes (G_GUINT64_CONSTANT (0xcbf29ce484222325), id, sizeof *id));
}

/* (transfer full) (nullable): @text without blanks around it, in one case; %NULL if nothing is left */
static char *
fold_case (const char *text)
{
  g_autofree char *trimmed = text != NULL ? g_strstrip (g_strdup (text)) : NULL;

  return trimmed != NULL && *trimmed != '\0' ? g_utf8_casefold (trimmed, -1) : NULL;
}

/* (transfer full) (nullable): the letters and digits of @text, folded; of a long American ZIP code the first part */
static char *
fold_code (const char *text)
{
  g_autofree char *code = text != NULL ? rounds_text_fold_tightly (text) : NULL;

  if (code == NULL || *code == '\0')
    return NULL;
  if (strlen (code) == 9 && strspn (code, "0123456789") == 9)
    code[5] = '\0';
  return g_steal_pointer (&code);
}

typedef void (*FactFunc) (guint reason, guint64 hash, gpointer data);

/* @text: (transfer full) (nullable) */
static void
give (guint reason, guint64 name, char *text, FactFunc func, gpointer data)
{
  g_autofree char *owned = text;

  if (owned != NULL)
    func (reason, hash_fact (reason, name, owned), data);
}

/* Fills in what decides about @person as a whole, and calls @func with each fact. */
static void
for_each_fact (const RoundsMatchFacts *facts, Person *person, FactFunc func, gpointer data)
{
  g_autofree char *name = rounds_match_fold_name (facts->given_name, facts->family_name);
  g_autofree char *npi = fold_code (facts->npi);
  g_autofree char *phone = facts->phone != NULL ? rounds_phone_normalise (facts->phone) : NULL;

  if (name != NULL)
    person->name = hash_fact (ROUNDS_MATCH_NAME, 0, name);
  if (npi != NULL)
    person->npi = hash_fact (ROUNDS_MATCH_NPI, 0, npi);
  if (facts->birth_date != NULL)
    person->birth_date = hash_fact (ROUNDS_MATCH_BIRTH_DATE, 0, facts->birth_date);

  if (name != NULL)
    func (ROUNDS_MATCH_NAME, person->name, data);
  if (npi != NULL)
    func (ROUNDS_MATCH_NPI, person->npi, data);
  give (ROUNDS_MATCH_EMAIL, 0, fold_case (facts->email), func, data);
  if (phone != NULL)
    give (ROUNDS_MATCH_PHONE, 0, g_strdup (rounds_phone_get_national (phone, &person->country)), func, data);
  if (person->name == 0)
    return;
  give (ROUNDS_MATCH_BIRTH_DATE, person->name, g_strdup (facts->birth_date), func, data);
  give (ROUNDS_MATCH_ORGANISATION, person->name, fold_code (facts->organisation), func, data);
  give (ROUNDS_MATCH_PLACE, person->name, fold_code (facts->postal_code), func, data);
  give (ROUNDS_MATCH_PLACE, person->name, fold_code (facts->city), func, data);
}

/* What two people are to each other. What can be one person's alone and differs tells them apart: more than a shared
 * telephone tells that they are one. */
static RoundsMatchStrength
weigh (const Person *a, const Person *b, guint *reasons)
{
  gboolean apart = (a->npi != 0 && b->npi != 0 && a->npi != b->npi)
                   || (a->birth_date != 0 && b->birth_date != 0 && a->birth_date != b->birth_date);

  if (a->country != 0 && b->country != 0 && a->country != b->country)
    *reasons &= ~(guint) ROUNDS_MATCH_PHONE;
  if (a->name != 0 && a->name == b->name)
    *reasons |= ROUNDS_MATCH_NAME;
  if (*reasons & ROUNDS_MATCH_NPI)
    return ROUNDS_MATCH_STRONG;
  if (*reasons != 0 && apart)
    return (*reasons & ROUNDS_MATCH_NAME) ? ROUNDS_MATCH_HINT : ROUNDS_MATCH_NONE;
  if (*reasons & (ROUNDS_MATCH_EMAIL | ROUNDS_MATCH_PHONE))
    return ROUNDS_MATCH_STRONG;
  if (*reasons & (ROUNDS_MATCH_ORGANISATION | ROUNDS_MATCH_PLACE | ROUNDS_MATCH_BIRTH_DATE))
    return ROUNDS_MATCH_POSSIBLE;
  return *reasons != 0 ? ROUNDS_MATCH_HINT : ROUNDS_MATCH_NONE;
}

/* The index */

static Person *
get_person (RoundsMatchIndex *self, guint32 person)
{
  return &g_array_index (self->people, Person, person);
}

static Posting *
get_posting (RoundsMatchIndex *self, guint32 posting)
{
  return &g_array_index (self->postings, Posting, posting - 1);
}

/** rounds_match_index_new: Returns: (transfer full): an index of nobody. */
RoundsMatchIndex *
rounds_match_index_new (void)
{
  RoundsMatchIndex *self = g_new0 (RoundsMatchIndex, 1);

  self->people = g_array_new (FALSE, TRUE, sizeof (Person));
  self->postings = g_array_new (FALSE, FALSE, sizeof (Posting));
  self->sought_facts = g_array_new (FALSE, FALSE, sizeof (Fact));
  rounds_number_map_init (&self->by_id);
  rounds_number_map_init (&self->by_fact);
  return self;
}

/** rounds_match_index_free: frees @self. */
void
rounds_match_index_free (RoundsMatchIndex *self)
{
  g_array_unref (self->people);
  g_array_unref (self->postings);
  g_array_unref (self->sought_facts);
  rounds_number_map_clear (&self->by_id);
  rounds_number_map_clear (&self->by_fact);
  g_free (self);
}

typedef struct
{
  RoundsMatchIndex *index;
  guint32 person;
} Adding;

static void
add_fact_cb (guint reason, guint64 hash, gpointer data)
{
  const Adding *adding = data;
  RoundsMatchIndex *self = adding->index;
  guint32 *first = rounds_number_map_take (&self->by_fact, hash);
  Posting posting = { adding->person, *first, reason };

  for (guint32 p = *first, n = 0; p != 0 && n < COMMON; p = get_posting (self, p)->next, n++)
    if (get_posting (self, p)->person == adding->person)
      return;
  g_array_append_val (self->postings, posting);
  *first = self->postings->len;
}

/* The number of @id, who is added if there is nobody of that id. */
static guint32
take_person (RoundsMatchIndex *self, const RoundsUuid *id)
{
  guint32 *known = rounds_number_map_take (&self->by_id, hash_id (id));
  Person person = { .id = *id };

  if (*known == 0)
    {
      g_array_append_val (self->people, person);
      *known = self->people->len;
    }
  return *known - 1;
}

/**
 * rounds_match_index_add:
 * @person: whom @facts are about; who is known already is known by these too
 */
void
rounds_match_index_add (RoundsMatchIndex *self, const RoundsUuid *person, const RoundsMatchFacts *facts)
{
  Adding adding = { self, take_person (self, person) };
  Person changed = *get_person (self, adding.person);

  for_each_fact (facts, &changed, add_fact_cb, &adding);
  *get_person (self, adding.person) = changed;
}

/**
 * rounds_match_index_add_found:
 * @person: whom the facts of the last rounds_match_index_find() were found to be about
 *
 * As rounds_match_index_add() with those facts, which need not be made ready again: for imports.
 */
void
rounds_match_index_add_found (RoundsMatchIndex *self, const RoundsUuid *person)
{
  Adding adding = { self, take_person (self, person) };
  Person *changed = get_person (self, adding.person);

  if (self->sought.name != 0)
    changed->name = self->sought.name;
  if (self->sought.npi != 0)
    changed->npi = self->sought.npi;
  if (self->sought.birth_date != 0)
    changed->birth_date = self->sought.birth_date;
  if (self->sought.country != 0)
    changed->country = self->sought.country;
  for (guint i = 0; i < self->sought_facts->len; i++)
    {
      const Fact *fact = &g_array_index (self->sought_facts, Fact, i);

      add_fact_cb (fact->reason, fact->hash, &adding);
    }
}

/* Finding one */

typedef struct
{
  RoundsMatchIndex *index;
  GHashTable *reasons; /* (owned) (nullable) person (a number) → reasons; made for the first one */
  const Person *probe; /* who is looked for; filled in before the first fact is told */
} Search;

static void
note_reason (Search *search, guint32 person, guint reason)
{
  gpointer key = GUINT_TO_POINTER (person);
  guint known;

  if (search->reasons == NULL)
    search->reasons = g_hash_table_new (NULL, NULL);
  known = GPOINTER_TO_UINT (g_hash_table_lookup (search->reasons, key));
  g_hash_table_insert (search->reasons, key, GUINT_TO_POINTER (known | reason));
}

static void
find_fact_cb (guint reason, guint64 hash, gpointer data)
{
  Search *search = data;
  guint32 first = rounds_number_map_get (&search->index->by_fact, hash);
  guint common = reason == ROUNDS_MATCH_NPI ? COMMON_NPI : COMMON;
  guint64 name = search->probe->name;
  guint length = 0;
  guint n = 0;
  Fact fact = { reason, hash };

  g_array_append_val (search->index->sought_facts, fact);
  for (guint32 p = first; p != 0 && length <= common; p = get_posting (search->index, p)->next)
    length++;
  for (guint32 p = first; p != 0 && n < MOST_LOOKED_AT; p = get_posting (search->index, p)->next, n++)
    {
      guint32 person = get_posting (search->index, p)->person;

      if (length <= common || (name != 0 && get_person (search->index, person)->name == name))
        note_reason (search, person, reason);
    }
}

static int
compare_matches (gconstpointer a, gconstpointer b)
{
  const RoundsMatch *first = a;
  const RoundsMatch *second = b;

  if (first->strength != second->strength)
    return first->strength > second->strength ? -1 : 1;
  return memcmp (&first->person, &second->person, sizeof first->person);
}

/**
 * rounds_match_index_find:
 * @facts: what is known of somebody
 * @except: (nullable): who is not looked for: the person whom @facts are about
 *
 * Returns: (transfer full) (element-type RoundsMatch): who may be that person, the strongest first
 */
GArray *
rounds_match_index_find (RoundsMatchIndex *self, const RoundsMatchFacts *facts, const RoundsUuid *except)
{
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (RoundsMatch));
  Person probe = { .country = 0 };
  Search search = { self, NULL, &probe };
  g_autoptr (GHashTable) reasons = NULL;
  GHashTableIter iter;
  gpointer person, found;

  g_array_set_size (self->sought_facts, 0);
  for_each_fact (facts, &probe, find_fact_cb, &search);
  self->sought = probe;
  if (search.reasons == NULL)
    return matches;
  reasons = search.reasons;
  g_hash_table_iter_init (&iter, reasons);
  while (g_hash_table_iter_next (&iter, &person, &found))
    {
      const Person *other = get_person (self, GPOINTER_TO_UINT (person));
      RoundsMatch match = { other->id, ROUNDS_MATCH_NONE, GPOINTER_TO_UINT (found) };

      match.strength = weigh (&probe, other, &match.reasons);
      if (match.strength != ROUNDS_MATCH_NONE && (except == NULL || !rounds_uuid_equal (except, &other->id)))
        g_array_append_val (matches, match);
    }
  g_array_sort (matches, compare_matches);
  return matches;
}

/* Finding all */

/* Pairs by the numbers of both people. */
typedef struct
{
  RoundsMatchIndex *index;
  RoundsNumberMap reasons; /* by pair */
} Pairing;

static void
add_pair (Pairing *pairing, guint32 a, guint32 b, guint reason)
{
  guint64 pair = ((guint64) MIN (a, b) << 32) | MAX (a, b); /* not 0, as the greater number is not */

  if (a != b)
    *rounds_number_map_take (&pairing->reasons, pair) |= reason;
}

static int
compare_by_name (gconstpointer a, gconstpointer b, gpointer data)
{
  guint64 first = get_person (data, *(const guint32 *) a)->name;
  guint64 second = get_person (data, *(const guint32 *) b)->name;

  return first < second ? -1 : first > second;
}

static void
pair_all (Pairing *pairing, const guint32 *people, guint n_people, guint reason)
{
  for (guint i = 0; i < n_people; i++)
    for (guint k = i + 1; k < n_people; k++)
      add_pair (pairing, people[i], people[k], reason);
}

/* Of those who share something common only those of one name belong together, unless these too are many. */
static void
pair_by_name (Pairing *pairing, GArray *people, guint reason)
{
  const guint32 *all = (const guint32 *) people->data;

  g_array_sort_with_data (people, compare_by_name, pairing->index);
  for (guint begin = 0, end; begin < people->len; begin = end)
    {
      guint64 name = get_person (pairing->index, all[begin])->name;

      for (end = begin + 1; end < people->len && get_person (pairing->index, all[end])->name == name; end++)
        ;
      if (name != 0 && end - begin <= COMMON)
        pair_all (pairing, all + begin, end - begin, reason);
    }
}

/* Pairs up those who share the fact whose postings begin at @first. */
static void
pair_fact (Pairing *pairing, guint32 first, RoundsMatchStrength least, GArray *people)
{
  guint reason = get_posting (pairing->index, first)->reason;

  if (reason == ROUNDS_MATCH_NAME && least > ROUNDS_MATCH_HINT)
    return;
  g_array_set_size (people, 0);
  for (guint32 p = first; p != 0; p = get_posting (pairing->index, p)->next)
    g_array_append_val (people, get_posting (pairing->index, p)->person);
  if (people->len <= (reason == ROUNDS_MATCH_NPI ? COMMON_NPI : COMMON))
    pair_all (pairing, (const guint32 *) people->data, people->len, reason);
  else if (reason == ROUNDS_MATCH_EMAIL || reason == ROUNDS_MATCH_PHONE)
    pair_by_name (pairing, people, reason);
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const RoundsMatchPair *first = a;
  const RoundsMatchPair *second = b;

  if (first->strength != second->strength)
    return first->strength > second->strength ? -1 : 1;
  if (memcmp (&first->first, &second->first, sizeof first->first) != 0)
    return memcmp (&first->first, &second->first, sizeof first->first);
  return memcmp (&first->second, &second->second, sizeof first->second);
}

static GArray *
weigh_pairs (Pairing *pairing, RoundsMatchStrength least)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (RoundsMatchPair));

  for (gsize i = 0; i < pairing->reasons.size; i++)
    {
      guint64 key = pairing->reasons.keys[i];
      guint reasons = pairing->reasons.numbers[i];
      const Person *a, *b;
      RoundsMatchPair pair;

      if (key == 0)
        continue;
      a = get_person (pairing->index, (guint32) (key >> 32));
      b = get_person (pairing->index, (guint32) key);
      pair.strength = weigh (a, b, &reasons);
      pair.reasons = reasons;
      pair.first = memcmp (&a->id, &b->id, sizeof a->id) < 0 ? a->id : b->id;
      pair.second = rounds_uuid_equal (&pair.first, &a->id) ? b->id : a->id;
      if (pair.strength >= least && pair.strength != ROUNDS_MATCH_NONE)
        g_array_append_val (pairs, pair);
    }
  g_array_sort (pairs, compare_pairs);
  return pairs;
}

/**
 * rounds_match_index_list_pairs:
 * @least: what is weaker is left out; with %ROUNDS_MATCH_HINT all who have one name are paired
 * @cancellable: (nullable)
 * @error: (out) (optional): %ROUNDS_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type RoundsMatchPair) (nullable): all who may be the same, the strongest first
 */
GArray *
rounds_match_index_list_pairs (RoundsMatchIndex *self, RoundsMatchStrength least, GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (guint32));
  Pairing pairing = { .index = self };
  GArray *pairs = NULL;
  gsize i;

  rounds_number_map_init (&pairing.reasons);
  for (i = 0; i < self->by_fact.size && !g_cancellable_is_cancelled (cancellable); i++)
    if (self->by_fact.keys[i] != 0)
      pair_fact (&pairing, self->by_fact.numbers[i], least, people);
  if (i == self->by_fact.size)
    pairs = weigh_pairs (&pairing, least);
  else
    g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED, _ ("The search was stopped."));
  rounds_number_map_clear (&pairing.reasons);
  return pairs;
}
