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
};

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

static void
add_hash (RoundsMatchProbe *self, guint reason, guint64 hash)
{
  g_assert (self->n_facts < ROUNDS_MATCH_MOST_FACTS);
  self->facts[self->n_facts].reason = reason;
  self->facts[self->n_facts++].hash = hash;
}

/* @text: (transfer full) (nullable) */
static void
add_text (RoundsMatchProbe *self, guint reason, guint64 name, char *text)
{
  g_autofree char *owned = text;

  if (owned != NULL)
    add_hash (self, reason, hash_fact (reason, name, owned));
}

/* @known_name: the name's hash, for @facts that do not tell the name; 0: not known */
static void
init_probe (RoundsMatchProbe *self, const RoundsMatchFacts *facts, guint64 known_name)
{
  g_autofree char *name = rounds_match_fold_name (facts->given_name, facts->family_name);
  g_autofree char *npi = fold_code (facts->npi);
  g_autofree char *phone = facts->phone != NULL ? rounds_phone_normalise (facts->phone) : NULL;

  *self = (RoundsMatchProbe) { .name = known_name };
  if (name != NULL)
    add_hash (self, ROUNDS_MATCH_NAME, self->name = hash_fact (ROUNDS_MATCH_NAME, 0, name));
  if (npi != NULL)
    add_hash (self, ROUNDS_MATCH_NPI, self->npi = hash_fact (ROUNDS_MATCH_NPI, 0, npi));
  if (facts->birth_date != NULL)
    self->birth_date = hash_fact (ROUNDS_MATCH_BIRTH_DATE, 0, facts->birth_date);
  add_text (self, ROUNDS_MATCH_EMAIL, 0, fold_case (facts->email));
  if (phone != NULL)
    add_text (self, ROUNDS_MATCH_PHONE, 0, g_strdup (rounds_phone_get_national (phone, &self->country)));
  if (self->name == 0)
    return;
  add_text (self, ROUNDS_MATCH_BIRTH_DATE, self->name, g_strdup (facts->birth_date));
  add_text (self, ROUNDS_MATCH_ORGANISATION, self->name, fold_code (facts->organisation));
  add_text (self, ROUNDS_MATCH_PLACE, self->name, fold_code (facts->postal_code));
  add_text (self, ROUNDS_MATCH_PLACE, self->name, fold_code (facts->city));
}

/**
 * rounds_match_probe_init:
 * @self: (out caller-allocates): holds no memory, and nothing of @facts
 *
 * Makes @facts ready for rounds_match_index_find_probe() and rounds_match_index_add_probe(). Any thread.
 */
void
rounds_match_probe_init (RoundsMatchProbe *self, const RoundsMatchFacts *facts)
{
  init_probe (self, facts, 0);
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
  rounds_number_map_clear (&self->by_id);
  rounds_number_map_clear (&self->by_fact);
  g_free (self);
}

static void
add_fact (RoundsMatchIndex *self, guint32 person, guint reason, guint64 hash)
{
  guint32 *first = rounds_number_map_take (&self->by_fact, hash);
  Posting posting = { person, *first, reason };

  for (guint32 p = *first, n = 0; p != 0 && n < COMMON; p = get_posting (self, p)->next, n++)
    if (get_posting (self, p)->person == person)
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
  RoundsMatchProbe probe;

  init_probe (&probe, facts, get_person (self, take_person (self, person))->name);
  rounds_match_index_add_probe (self, person, &probe);
}

/** rounds_match_index_add_probe: as rounds_match_index_add(), for facts that are ready. */
void
rounds_match_index_add_probe (RoundsMatchIndex *self, const RoundsUuid *person, const RoundsMatchProbe *probe)
{
  guint32 number = take_person (self, person);
  Person *changed = get_person (self, number);

  if (probe->name != 0)
    changed->name = probe->name;
  if (probe->npi != 0)
    changed->npi = probe->npi;
  if (probe->birth_date != 0)
    changed->birth_date = probe->birth_date;
  if (probe->country != 0)
    changed->country = probe->country;
  for (guint i = 0; i < probe->n_facts; i++)
    add_fact (self, number, probe->facts[i].reason, probe->facts[i].hash);
}

/* Finding one */

/* @reasons: (inout) (nullable): person (a number) → reasons; made for the first one */
static void
note_reason (GHashTable **reasons, guint32 person, guint reason)
{
  gpointer key = GUINT_TO_POINTER (person);
  guint known;

  if (*reasons == NULL)
    *reasons = g_hash_table_new (NULL, NULL);
  known = GPOINTER_TO_UINT (g_hash_table_lookup (*reasons, key));
  g_hash_table_insert (*reasons, key, GUINT_TO_POINTER (known | reason));
}

/* Notes who has the fact; @name: of whom is looked for. */
static void
find_fact (RoundsMatchIndex *self, guint64 name, guint reason, guint64 hash, GHashTable **reasons)
{
  guint32 first = rounds_number_map_get (&self->by_fact, hash);
  guint common = reason == ROUNDS_MATCH_NPI ? COMMON_NPI : COMMON;
  guint length = 0;
  guint n = 0;

  for (guint32 p = first; p != 0 && length <= common; p = get_posting (self, p)->next)
    length++;
  for (guint32 p = first; p != 0 && n < MOST_LOOKED_AT; p = get_posting (self, p)->next, n++)
    {
      guint32 person = get_posting (self, p)->person;

      if (length <= common || (name != 0 && get_person (self, person)->name == name))
        note_reason (reasons, person, reason);
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
  RoundsMatchProbe probe;

  rounds_match_probe_init (&probe, facts);
  return rounds_match_index_find_probe (self, &probe, except);
}

/** rounds_match_index_find_probe: (transfer full): as rounds_match_index_find(), for facts that are ready. */
GArray *
rounds_match_index_find_probe (RoundsMatchIndex *self, const RoundsMatchProbe *probe, const RoundsUuid *except)
{
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (RoundsMatch));
  const Person sought = {
    .name = probe->name, .npi = probe->npi, .birth_date = probe->birth_date, .country = probe->country
  };
  g_autoptr (GHashTable) reasons = NULL;
  GHashTableIter iter;
  gpointer person, found;

  for (guint i = 0; i < probe->n_facts; i++)
    find_fact (self, probe->name, probe->facts[i].reason, probe->facts[i].hash, &reasons);
  if (reasons == NULL)
    return matches;
  g_hash_table_iter_init (&iter, reasons);
  while (g_hash_table_iter_next (&iter, &person, &found))
    {
      const Person *other = get_person (self, GPOINTER_TO_UINT (person));
      RoundsMatch match = { other->id, ROUNDS_MATCH_NONE, GPOINTER_TO_UINT (found) };

      match.strength = weigh (&sought, other, &match.reasons);
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
