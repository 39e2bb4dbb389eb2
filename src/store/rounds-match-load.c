/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole store brought into an index of who may be whom, and what somebody has said about two people. */

#include "config.h"

#include "rounds-match.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"

/* How often the progress is told and a cancellation noticed. */
#define STEP 4096

/* Pairs of which was said that they are two, in the store's state. */
#define DISTINCT "distinct:"

/* One pass over a table: the person's id first, then the facts in the order of RoundsMatchFacts from @first on. Names
 * come before what counts together with them alone. */
typedef struct
{
  const char *sql;
  gsize facts[5]; /* offsets in RoundsMatchFacts, ended by G_MAXSIZE */
} Pass;

static const Pass passes[] = {
  { "SELECT id, given_name, family_name, email, phone, birth_date FROM person WHERE deleted_at IS NULL",
    { G_STRUCT_OFFSET (RoundsMatchFacts, given_name), G_STRUCT_OFFSET (RoundsMatchFacts, family_name),
      G_STRUCT_OFFSET (RoundsMatchFacts, email), G_STRUCT_OFFSET (RoundsMatchFacts, phone),
      G_STRUCT_OFFSET (RoundsMatchFacts, birth_date) } },
  { "SELECT person, npi FROM physician WHERE deleted_at IS NULL AND npi IS NOT NULL",
    { G_STRUCT_OFFSET (RoundsMatchFacts, npi), G_MAXSIZE } },
  { "SELECT person, postal_code, city FROM address WHERE deleted_at IS NULL AND person IS NOT NULL",
    { G_STRUCT_OFFSET (RoundsMatchFacts, postal_code), G_STRUCT_OFFSET (RoundsMatchFacts, city), G_MAXSIZE } },
  { "SELECT a.person, o.name FROM affiliation AS a JOIN organisation AS o ON o.id = a.organisation"
    " WHERE a.deleted_at IS NULL AND o.deleted_at IS NULL",
    { G_STRUCT_OFFSET (RoundsMatchFacts, organisation), G_MAXSIZE } },
};

static gint64
estimate_rows (RoundsRecordStore *store, GError **error)
{
  g_autoptr (RoundsStatement) statement =
    rounds_database_prepare (rounds_record_store_get_database (store), "SELECT max(row_key) FROM person", error);

  if (statement == NULL || rounds_statement_step (statement, error) != ROUNDS_STEP_ROW)
    return -1;
  return rounds_statement_get_integer (statement, 0);
}

static void
add_row (RoundsMatchIndex *index, const Pass *pass, RoundsStatement *statement)
{
  g_auto (GStrv) texts = g_new0 (char *, G_N_ELEMENTS (pass->facts) + 1);
  RoundsMatchFacts facts = { NULL };
  RoundsUuid person;
  guint n = 0;

  if (!rounds_statement_get_uuid (statement, 0, &person))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (pass->facts) && pass->facts[i] != G_MAXSIZE; i++)
    {
      char *text = rounds_statement_dup_text (statement, (int) i + 1);

      if (text == NULL)
        continue;
      texts[n++] = text;
      G_STRUCT_MEMBER (const char *, &facts, pass->facts[i]) = text;
    }
  rounds_match_index_add (index, &person, &facts);
}

typedef struct
{
  RoundsProgressFunc progress; /* (nullable) */
  gpointer data;
  GCancellable *cancellable; /* (nullable) */
  guint64 done;
  guint64 total;
} Loading;

static gboolean
tell (Loading *loading, GError **error)
{
  if (++loading->done % STEP != 0)
    return TRUE;
  if (loading->progress != NULL)
    loading->progress (MIN (loading->done, loading->total), loading->total, loading->data);
  if (!g_cancellable_is_cancelled (loading->cancellable))
    return TRUE;
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED, _ ("The search was stopped."));
  return FALSE;
}

static gboolean
load_pass (RoundsMatchIndex *index, RoundsRecordStore *store, const Pass *pass, Loading *loading, GError **error)
{
  g_autoptr (RoundsStatement) statement =
    rounds_database_prepare (rounds_record_store_get_database (store), pass->sql, error);
  RoundsStep step = statement != NULL ? ROUNDS_STEP_ROW : ROUNDS_STEP_ERROR;

  while (step == ROUNDS_STEP_ROW && (step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
    {
      add_row (index, pass, statement);
      if (!tell (loading, error))
        return FALSE;
    }
  return step == ROUNDS_STEP_DONE;
}

/**
 * rounds_match_index_load:
 * @store: a store, of the calling thread: not the main one, as it reads all people
 * @progress: (nullable) (scope call)
 * @cancellable: (nullable)
 * @error: (out) (optional): %ROUNDS_ERROR_CANCELLED; what the disk says
 *
 * Returns: (transfer full) (nullable): everybody who is not deleted
 */
RoundsMatchIndex *
rounds_match_index_load (RoundsRecordStore *store, RoundsProgressFunc progress, gpointer data,
                         GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsMatchIndex) self = rounds_match_index_new ();
  gint64 rows = estimate_rows (store, error);
  Loading loading = { progress, data, cancellable, 0, (guint64) rows * G_N_ELEMENTS (passes) };

  if (rows < 0)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (passes); i++)
    if (!load_pass (self, store, &passes[i], &loading, error))
      return NULL;
  return g_steal_pointer (&self);
}

/* The same text for both orders. */
static char *
get_distinct_key (const RoundsUuid *a, const RoundsUuid *b)
{
  gboolean in_order = memcmp (a, b, sizeof *a) < 0;
  g_autofree char *first = rounds_uuid_to_string (in_order ? a : b);
  g_autofree char *second = rounds_uuid_to_string (in_order ? b : a);

  return g_strconcat (DISTINCT, first, ":", second, NULL);
}

/**
 * rounds_match_set_distinct:
 * @distinct: whether @a and @b are two people, as somebody said: then they are never proposed again
 */
gboolean
rounds_match_set_distinct (RoundsRecordStore *store, const RoundsUuid *a, const RoundsUuid *b, gboolean distinct,
                           GError **error)
{
  g_autofree char *key = get_distinct_key (a, b);

  return rounds_record_store_set_state (store, key, distinct ? "1" : NULL, error);
}

/** rounds_match_is_distinct: Returns: 1 if somebody said that @a and @b are two people, 0 if not, -1 on error. */
int
rounds_match_is_distinct (RoundsRecordStore *store, const RoundsUuid *a, const RoundsUuid *b, GError **error)
{
  g_autofree char *key = get_distinct_key (a, b);
  g_autofree char *value = NULL;

  return rounds_record_store_get_state (store, key, &value, error) ? value != NULL : -1;
}

/**
 * rounds_match_list_proposals:
 * @store: a store, of the calling thread: not the main one, as it reads all people
 * @least: what is weaker is left out
 * @progress: (nullable) (scope call)
 * @cancellable: (nullable)
 * @error: (out) (optional): %ROUNDS_ERROR_CANCELLED; what the disk says
 *
 * Returns: (transfer full) (element-type RoundsMatchPair) (nullable): who may be the same, the strongest first, without
 *   those of whom somebody said that they are not
 */
GArray *
rounds_match_list_proposals (RoundsRecordStore *store, RoundsMatchStrength least, RoundsProgressFunc progress,
                             gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsMatchIndex) index = rounds_match_index_load (store, progress, data, cancellable, error);
  g_autoptr (GArray) pairs = index != NULL ? rounds_match_index_list_pairs (index, least, cancellable, error) : NULL;
  g_autoptr (GArray) proposals = g_array_new (FALSE, FALSE, sizeof (RoundsMatchPair));

  for (guint i = 0; pairs != NULL && i < pairs->len; i++)
    {
      const RoundsMatchPair *pair = &g_array_index (pairs, RoundsMatchPair, i);
      int distinct = rounds_match_is_distinct (store, &pair->first, &pair->second, error);

      if (distinct < 0)
        return NULL;
      if (distinct == 0)
        g_array_append_vals (proposals, pair, 1);
    }
  return pairs != NULL ? g_steal_pointer (&proposals) : NULL;
}
