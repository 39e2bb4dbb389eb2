/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-sync-verifier.h"

#include "rounds-remote.h"
#include "rounds-sync-comparison.h"
#include "rounds-sync-leftover.h"
#include "rounds-time.h"

#define PERIOD ROUNDS_DAY

/* "1": the server went back to a backup since the last check. */
#define STATE_SAY_AGAIN "say_again"

/* The state of a check that is due at once: an instant long ago. */
#define LONG_AGO "1970-01-01T00:00:00Z"

/* Parts of an entity whose revisions are asked for at a time: of a million records some 60,000. */
#define BUCKETS_AT_A_TIME 16

/* Records at a time: as many as fit into an address. */
#define IDS_AT_A_TIME 50

typedef enum
{
  STEP_TOTALS,
  STEP_BUCKETS,
  STEP_REVISIONS,
  STEP_RECORDS,
  STEP_DONE,
  STEP_BEHIND,
} Step;

struct _RoundsSyncVerifier
{
  RoundsRecordStore *store; /* (owned) */
  Step step;
  GArray *entities;                        /* (owned) of RoundsEntity: what differs; the last one is at work */
  gboolean differs[ROUNDS_DIGEST_BUCKETS]; /* of that one: parts that are still to be looked at */
  gboolean asked[ROUNDS_DIGEST_BUCKETS];   /* and those that were asked for */
  GArray *ids;                             /* (owned) of RoundsUuid: records that are still to be asked for */
  guint n_asked;                           /* how many of them, from the end, were asked for */
  gboolean say_again;
  guint repaired;
};

/**
 * rounds_sync_verifier_is_due:
 * @store: a device's store
 * @error: (out) (optional): what the disk says
 *
 * Returns: 1 if the last check is a day ago, by whatever the clock says, or one was asked for; 0 if not, -1 on error. A
 *   device that never checked has all from its first sync; its day begins now.
 */
int
rounds_sync_verifier_is_due (RoundsRecordStore *store, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *now = rounds_instant_to_string (rounds_time_now ());
  gint64 last = 0;

  if (!rounds_record_store_get_state (store, ROUNDS_STATE_VERIFIED, &text, error))
    return -1;
  if (text == NULL)
    return rounds_record_store_set_state (store, ROUNDS_STATE_VERIFIED, now, error) ? 0 : -1;
  return !rounds_instant_parse (text, &last) || ABS (rounds_time_now () - last) >= PERIOD;
}

/**
 * rounds_sync_verifier_make_due:
 * @store: a device's store
 * @say_again: whether the server may have lost what others once gave it, and this device still has
 * @error: (out) (optional): what the disk says
 *
 * Asks for a check after the next pull.
 */
gboolean
rounds_sync_verifier_make_due (RoundsRecordStore *store, gboolean say_again, GError **error)
{
  return rounds_record_store_set_state (store, ROUNDS_STATE_VERIFIED, LONG_AGO, error)
         && (!say_again || rounds_record_store_set_state (store, STATE_SAY_AGAIN, "1", error));
}

/** rounds_sync_verifier_new: (transfer full): a check of @store, from the beginning. */
RoundsSyncVerifier *
rounds_sync_verifier_new (RoundsRecordStore *store)
{
  RoundsSyncVerifier *self = g_new0 (RoundsSyncVerifier, 1);

  self->store = g_object_ref (store);
  self->entities = g_array_new (FALSE, FALSE, sizeof (RoundsEntity));
  self->ids = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  return self;
}

/** rounds_sync_verifier_free: frees @self. */
void
rounds_sync_verifier_free (RoundsSyncVerifier *self)
{
  g_clear_object (&self->store);
  g_array_unref (self->entities);
  g_array_unref (self->ids);
  g_free (self);
}

static RoundsEntity
get_entity (RoundsSyncVerifier *self)
{
  return g_array_index (self->entities, RoundsEntity, self->entities->len - 1);
}

/* Moves up to BUCKETS_AT_A_TIME parts from those that differ to those asked for. Returns: whether there are any. */
static gboolean
take_buckets (RoundsSyncVerifier *self)
{
  guint n = 0;

  for (guint b = 0; b < ROUNDS_DIGEST_BUCKETS; b++)
    {
      self->asked[b] = self->differs[b] && n < BUCKETS_AT_A_TIME;
      if (self->asked[b])
        {
          self->differs[b] = FALSE;
          n++;
        }
    }
  return n > 0;
}

/* What to ask next, once the answer at hand is worked in. */
static void
choose_step (RoundsSyncVerifier *self)
{
  if (self->ids->len > 0)
    {
      self->step = STEP_RECORDS;
      return;
    }
  if (self->step != STEP_TOTALS && take_buckets (self))
    {
      self->step = STEP_REVISIONS;
      return;
    }
  if (self->step != STEP_TOTALS)
    g_array_set_size (self->entities, self->entities->len - 1);
  self->step = self->entities->len > 0 ? STEP_BUCKETS : STEP_DONE;
}

/**
 * rounds_sync_verifier_next:
 * @path: (out) (transfer full) (nullable): path and query of what to GET next; %NULL if the device never pulled
 * @error: (out) (optional): what the disk says
 *
 * The state is ASKS.
 */
gboolean
rounds_sync_verifier_next (RoundsSyncVerifier *self, char **path, GError **error)
{
  g_autofree char *cursor = NULL;

  *path = NULL;
  switch (self->step)
    {
    case STEP_TOTALS:
      if (!rounds_record_store_get_state (self->store, ROUNDS_STATE_CURSOR, &cursor, error))
        return FALSE;
      if (cursor != NULL)
        *path = rounds_sync_compare_totals_path (cursor);
      return TRUE;
    case STEP_BUCKETS:
      *path = rounds_sync_compare_buckets_path (get_entity (self));
      return TRUE;
    case STEP_REVISIONS:
      *path = rounds_sync_compare_revisions_path (get_entity (self), self->asked);
      return TRUE;
    case STEP_RECORDS:
      self->n_asked = MIN (self->ids->len, IDS_AT_A_TIME);
      *path = rounds_sync_compare_records_path (
        get_entity (self), &g_array_index (self->ids, RoundsUuid, self->ids->len - self->n_asked), self->n_asked);
      return TRUE;
    case STEP_DONE:
    case STEP_BEHIND:
    default:
      g_assert_not_reached ();
    }
}

static gboolean
receive_totals (RoundsSyncVerifier *self, RoundsSyncComparison *answer, GError **error)
{
  if (answer->behind || answer->totals == NULL)
    {
      self->step = STEP_BEHIND;
      return TRUE;
    }
  for (guint i = 0; i < answer->totals->len; i++)
    {
      const RoundsSyncTotal *theirs = &g_array_index (answer->totals, RoundsSyncTotal, i);
      RoundsDigest buckets[ROUNDS_DIGEST_BUCKETS];
      RoundsDigest mine = { 0 };

      if (!rounds_record_store_digest (self->store, theirs->entity, NULL, buckets, error))
        return FALSE;
      for (guint b = 0; b < ROUNDS_DIGEST_BUCKETS; b++)
        rounds_digest_add (&mine, &buckets[b]);
      if (!rounds_digest_equal (&mine, &theirs->digest))
        g_array_append_val (self->entities, theirs->entity);
    }
  choose_step (self);
  return TRUE;
}

static gboolean
receive_buckets (RoundsSyncVerifier *self, RoundsSyncComparison *answer, GError **error)
{
  RoundsDigest mine[ROUNDS_DIGEST_BUCKETS];

  if (!rounds_record_store_digest (self->store, get_entity (self), NULL, mine, error))
    return FALSE;
  for (guint b = 0; b < ROUNDS_DIGEST_BUCKETS; b++)
    self->differs[b] =
      answer->buckets != NULL && !rounds_digest_equal (&mine[b], &g_array_index (answer->buckets, RoundsDigest, b));
  choose_step (self);
  return TRUE;
}

/* Asks for what is there in another revision, there alone, or here alone. */
static gboolean
receive_revisions (RoundsSyncVerifier *self, RoundsSyncComparison *answer, GError **error)
{
  g_autoptr (GHashTable) theirs = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);
  g_autoptr (GArray) mine =
    rounds_record_store_list_revisions (self->store, get_entity (self), NULL, self->asked, error);
  GHashTableIter iter;
  gpointer id;

  if (mine == NULL)
    return FALSE;
  for (guint i = 0; answer->revisions != NULL && i < answer->revisions->len; i++)
    {
      RoundsRevision *revision = &g_array_index (answer->revisions, RoundsRevision, i);

      g_hash_table_insert (theirs, &revision->record, revision);
    }
  for (guint i = 0; i < mine->len; i++)
    {
      const RoundsRevision *here = &g_array_index (mine, RoundsRevision, i);
      const RoundsRevision *there = g_hash_table_lookup (theirs, &here->record);

      if (there == NULL || there->rev != here->rev)
        g_array_append_val (self->ids, here->record);
      g_hash_table_remove (theirs, &here->record);
    }
  g_hash_table_iter_init (&iter, theirs);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (self->ids, id, 1);
  choose_step (self);
  return TRUE;
}

/* The server has no such record. */
static gboolean
lose_record (RoundsSyncVerifier *self, RoundsSyncLeftover *leftover, const RoundsUuid *id, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;

  if (self->say_again && !rounds_record_store_look_up (self->store, get_entity (self), id, &record, error))
    return FALSE;
  if (record != NULL && !rounds_record_is_deleted (record))
    return rounds_record_store_say_again (self->store, record, error);
  return rounds_sync_leftover_leave (leftover, get_entity (self), id, error);
}

static gboolean
store_records (RoundsSyncVerifier *self, RoundsSyncPage *page, RoundsSyncNews *news, GError **error)
{
  g_autoptr (GHashTable) told = rounds_uuid_set_new ();
  g_autoptr (RoundsSyncLeftover) leftover = NULL;

  for (guint i = 0; i < page->removed->len; i++)
    rounds_uuid_set_add (told, &g_array_index (page->removed, RoundsTouched, i).record);
  news->told = told;
  if (!rounds_sync_inbox_put_page (self->store, page, news, error))
    return FALSE;
  leftover = rounds_sync_leftover_load (self->store, error);
  if (leftover == NULL)
    return FALSE;
  for (guint i = self->ids->len - self->n_asked; i < self->ids->len; i++)
    {
      const RoundsUuid *id = &g_array_index (self->ids, RoundsUuid, i);

      if (!g_hash_table_contains (told, id) && !lose_record (self, leftover, id, error))
        return FALSE;
    }
  return rounds_sync_leftover_finish (leftover, &news->removed, error);
}

static gboolean
receive_records (RoundsSyncVerifier *self, GBytes *body, GError **error)
{
  g_autoptr (RoundsSyncPage) page = rounds_sync_page_parse (body, error);
  RoundsSyncNews news = { 0 };

  if (page == NULL || !rounds_record_store_begin_remote (self->store, error)
      || !rounds_record_store_end (self->store, store_records (self, page, &news, error), error))
    return FALSE;
  self->repaired += news.written + news.removed;
  g_array_set_size (self->ids, self->ids->len - self->n_asked);
  choose_step (self);
  return TRUE;
}

static gboolean
receive_comparison (RoundsSyncVerifier *self, GBytes *body, GError **error)
{
  g_autoptr (RoundsSyncComparison) answer = rounds_sync_comparison_parse (body, error);

  if (answer == NULL)
    return FALSE;
  if (self->step == STEP_TOTALS)
    return receive_totals (self, answer, error);
  return self->step == STEP_BUCKETS ? receive_buckets (self, answer, error) : receive_revisions (self, answer, error);
}

static gboolean
read_say_again (RoundsSyncVerifier *self, GError **error)
{
  g_autofree char *text = NULL;
  gboolean done = rounds_record_store_get_state (self->store, STATE_SAY_AGAIN, &text, error);

  self->say_again = text != NULL;
  return done;
}

/**
 * rounds_sync_verifier_receive:
 * @body: the answer to the last question
 * @error: (out) (optional): PROTOCOL, and what the disk says; then nothing of the answer was kept
 */
gboolean
rounds_sync_verifier_receive (RoundsSyncVerifier *self, GBytes *body, GError **error)
{
  if (self->step == STEP_TOTALS && !read_say_again (self, error))
    return FALSE;
  return self->step == STEP_RECORDS ? receive_records (self, body, error) : receive_comparison (self, body, error);
}

/** rounds_sync_verifier_finish: notes that the check was made; the next one is due in a day. */
gboolean
rounds_sync_verifier_finish (RoundsSyncVerifier *self, GError **error)
{
  g_autofree char *now = rounds_instant_to_string (rounds_time_now ());

  gboolean done;

  if (!rounds_record_store_begin (self->store, error))
    return FALSE;
  done = rounds_record_store_set_state (self->store, ROUNDS_STATE_VERIFIED, now, error)
         && rounds_record_store_set_state (self->store, STATE_SAY_AGAIN, NULL, error);
  return rounds_record_store_end (self->store, done, error);
}

RoundsSyncVerifierState
rounds_sync_verifier_get_state (RoundsSyncVerifier *self)
{
  switch (self->step)
    {
    case STEP_DONE:
      return ROUNDS_SYNC_VERIFIER_DONE;
    case STEP_BEHIND:
      return ROUNDS_SYNC_VERIFIER_BEHIND;
    case STEP_TOTALS:
    case STEP_BUCKETS:
    case STEP_REVISIONS:
    case STEP_RECORDS:
    default:
      return ROUNDS_SYNC_VERIFIER_ASKS;
    }
}

/** rounds_sync_verifier_get_repaired: how many records were fetched or forgotten. */
guint
rounds_sync_verifier_get_repaired (RoundsSyncVerifier *self)
{
  return self->repaired;
}
