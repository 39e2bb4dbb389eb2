/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-sync-engine.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-remote.h"
#include "rounds-sync-inbox.h"
#include "rounds-sync-leftover.h"
#include "rounds-sync-protocol.h"
#include "rounds-sync-pusher.h"
#include "rounds-sync-unsent.h"
#include "rounds-sync-verifier.h"

/* Lines of the log that are looked through at a time when everything is to be sent again. */
#define REQUEUE_PAGE 1000

/* The fingerprint of the entity table with which the device has pulled until now. */
#define STATE_SCHEMA "schema"

typedef enum
{
  PHASE_IDLE,
  PHASE_PUSH,
  PHASE_PULL,
  PHASE_VERIFY,
} Phase;

/* Others may work so much that this device is never where the server is: after so many tries it is left for next time.
 */
#define VERIFY_TRIES 3

struct _RoundsSyncEngine
{
  GObject parent_instance;

  RoundsRecordStore *store; /* (owned) */
  RoundsSyncSummary summary;
  Phase phase;
  RoundsSyncPusher *pusher;     /* (owned) */
  gboolean requeued;            /* everything was put into the outbox again in this run */
  gboolean up_to_date;          /* the last answer said that there is nothing to pull */
  gboolean is_prepared;         /* it is known that the cursor is good for what this version knows */
  gboolean push_again;          /* a page has put something into the outbox */
  RoundsSyncVerifier *verifier; /* (owned) (nullable): while it is at work */
  guint verify_tries;           /* left in this run */
};

G_DEFINE_FINAL_TYPE (RoundsSyncEngine, rounds_sync_engine, G_TYPE_OBJECT)

static void
rounds_sync_engine_finalize (GObject *object)
{
  RoundsSyncEngine *self = ROUNDS_SYNC_ENGINE (object);

  g_clear_pointer (&self->pusher, rounds_sync_pusher_free);
  g_clear_pointer (&self->verifier, rounds_sync_verifier_free);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (rounds_sync_engine_parent_class)->finalize (object);
}

static void
rounds_sync_engine_class_init (RoundsSyncEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_sync_engine_finalize;
}

static void
rounds_sync_engine_init (RoundsSyncEngine *self)
{
  self->phase = PHASE_IDLE;
}

/* Pull */

/* Takes @path. */
static RoundsSyncRequest *
new_get (char *path)
{
  RoundsSyncRequest *request = g_new0 (RoundsSyncRequest, 1);

  request->method = g_strdup ("GET");
  request->path = path;
  return request;
}

static gboolean
build_pull (RoundsSyncEngine *self, RoundsSyncRequest **request, GError **error)
{
  g_autofree char *cursor = NULL;

  if (!rounds_record_store_get_state (self->store, ROUNDS_STATE_CURSOR, &cursor, error))
    return FALSE;
  *request = new_get (rounds_sync_pull_path (cursor, 0));
  return TRUE;
}

static gboolean
write_requeue (RoundsSyncEngine *self, const char *epoch, GError **error)
{
  gint64 after = 0;
  guint n;

  do
    {
      g_autoptr (GPtrArray) changes = rounds_record_store_list_changes (self->store, after, REQUEUE_PAGE, error);

      if (changes == NULL)
        return FALSE;
      n = changes->len;
      for (guint i = 0; i < n; i++)
        {
          const RoundsChange *change = g_ptr_array_index (changes, i);

          after = change->seq;
          if (change->state == ROUNDS_CHANGE_APPLIED
              && !rounds_record_store_set_change_state (self->store, change->seq, ROUNDS_CHANGE_PENDING, NULL, error))
            return FALSE;
        }
    }
  while (n == REQUEUE_PAGE);
  return rounds_record_store_forget_revisions (self->store, error)
         && rounds_record_store_set_state (self->store, ROUNDS_STATE_CURSOR, NULL, error)
         && rounds_record_store_set_state (self->store, ROUNDS_STATE_SERVER_EPOCH, epoch, error)
         && rounds_sync_verifier_make_due (self->store, TRUE, error);
}

/* The server came back from a backup and may lack what it acknowledged after that. So everything that this device ever
 * did is said again: what the server still has it recognises by number and answers as before. Then all records come
 * anew. */
static gboolean
requeue (RoundsSyncEngine *self, const char *epoch, GError **error)
{
  if (self->requeued)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL, _ ("The server does not recognize its own answers."));
      return FALSE;
    }
  if (!rounds_record_store_begin_remote (self->store, error)
      || !rounds_record_store_end (self->store, write_requeue (self, epoch, error), error))
    return FALSE;
  self->requeued = TRUE;
  self->phase = PHASE_PUSH;
  return TRUE;
}

static gboolean
write_page (RoundsSyncEngine *self, RoundsSyncPage *page, RoundsSyncNews *news, GError **error)
{
  return (page->schema == 0 || rounds_sync_unsent_send (self->store, page->schema, &self->push_again, error))
         && rounds_sync_inbox_put_page (self->store, page, news, error)
         && (!page->compare || rounds_sync_verifier_make_due (self->store, FALSE, error))
         && rounds_record_store_set_state (self->store, ROUNDS_STATE_CURSOR, page->cursor, error)
         && rounds_record_store_set_state (self->store, ROUNDS_STATE_SERVER_EPOCH, page->epoch, error);
}

static gboolean
store_page (RoundsSyncEngine *self, RoundsSyncPage *page, GError **error)
{
  RoundsSyncNews news = { 0 };

  if (!rounds_record_store_begin_remote (self->store, error)
      || !rounds_record_store_end (self->store, write_page (self, page, &news, error), error))
    return FALSE;
  self->summary.pulled += news.written;
  self->summary.removed += news.removed;
  return TRUE;
}

static void
end_pull (RoundsSyncEngine *self)
{
  self->phase = self->push_again ? PHASE_PUSH : PHASE_VERIFY;
  self->up_to_date |= self->push_again;
  self->push_again = FALSE;
}

static gboolean
receive_page (RoundsSyncEngine *self, GBytes *body, GError **error)
{
  g_autoptr (RoundsSyncPage) page = NULL;
  g_autofree char *cursor = NULL;
  g_autofree char *epoch = NULL;

  if (!rounds_sync_inbox_get_place (self->store, &cursor, &epoch, error))
    return FALSE;
  if (cursor != NULL && g_bytes_get_size (body) == 0)
    {
      end_pull (self); /* a page without a line: there is nothing behind the cursor */
      return TRUE;
    }
  page = rounds_sync_page_parse (body, error);
  if (page == NULL)
    return FALSE;
  if ((page->reset && cursor != NULL) || (epoch != NULL && !g_str_equal (page->epoch, epoch)))
    return requeue (self, page->epoch, error);
  if (cursor == NULL && epoch != NULL)
    page->compare =
      TRUE; /* what was sent before the first pull may have moved out of sight since: nothing tells of that */

  if (page->has_more && g_strcmp0 (page->cursor, cursor) == 0)
    return rounds_sync_problem_set_senseless (error);
  if ((rounds_sync_lines_has_more (page->lines) || g_strcmp0 (page->cursor, cursor) != 0)
      && !store_page (self, page, error))
    return FALSE;
  if (!page->has_more)
    end_pull (self);
  return TRUE;
}

/* Verify: now and then, when the device believes that it has everything */

/* Whether there is a check to make now; sets up @self->verifier if so. -1 on error. */
static int
prepare_check (RoundsSyncEngine *self, GError **error)
{
  int is_due = 0;

  if (self->verifier != NULL)
    return TRUE;
  if (self->verify_tries > 0)
    is_due = rounds_sync_verifier_is_due (self->store, error);
  if (is_due <= 0)
    return is_due;
  self->verify_tries--;
  self->verifier = rounds_sync_verifier_new (self->store);
  return TRUE;
}

static gboolean
build_question (RoundsSyncEngine *self, RoundsSyncRequest **request, GError **error)
{
  char *path;

  if (!rounds_sync_verifier_next (self->verifier, &path, error))
    return FALSE;
  if (path != NULL)
    *request = new_get (path);
  return TRUE;
}

/* The check is over: what the server has lost is pushed. */
static gboolean
end_check (RoundsSyncEngine *self, GError **error)
{
  gboolean done = rounds_sync_verifier_finish (self->verifier, error);

  self->summary.repaired += rounds_sync_verifier_get_repaired (self->verifier);
  g_clear_pointer (&self->verifier, rounds_sync_verifier_free);
  self->verify_tries = 0;
  self->up_to_date = TRUE;
  self->phase = PHASE_PUSH;
  return done;
}

static gboolean
receive_comparison (RoundsSyncEngine *self, GBytes *body, GError **error)
{
  if (!rounds_sync_verifier_receive (self->verifier, body, error))
    return FALSE;
  switch (rounds_sync_verifier_get_state (self->verifier))
    {
    case ROUNDS_SYNC_VERIFIER_DONE:
      return end_check (self, error);
    case ROUNDS_SYNC_VERIFIER_BEHIND:
      g_clear_pointer (&self->verifier, rounds_sync_verifier_free);
      self->phase = self->verify_tries > 0 ? PHASE_PULL : PHASE_IDLE;
      return TRUE;
    case ROUNDS_SYNC_VERIFIER_ASKS:
    default:
      return TRUE;
    }
}

static gboolean
receive_push (RoundsSyncEngine *self, GBytes *body, GError **error)
{
  g_autoptr (RoundsSyncReply) reply = rounds_sync_pusher_read (self->pusher, body, error);

  if (reply == NULL)
    return FALSE;
  if (reply->reset)
    return requeue (self, reply->epoch, error);
  self->up_to_date = reply->cursor != NULL; /* nothing but what it tells has happened on the server */
  return rounds_sync_pusher_take (self->pusher, g_steal_pointer (&reply), error);
}

static gboolean
receive_answer (RoundsSyncEngine *self, guint status, GBytes *body, GError **error)
{
  g_autoptr (GError) why = NULL;

  if (status == 200 && self->phase == PHASE_VERIFY)
    return receive_comparison (self, body, error);
  if (status == 200)
    return self->phase == PHASE_PUSH ? receive_push (self, body, error) : receive_page (self, body, error);

  rounds_sync_problem_to_error (status, body, &why);
  if (self->phase == PHASE_VERIFY && g_error_matches (why, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL))
    return end_check (self, error); /* an older server, which cannot compare */
  if (self->phase == PHASE_PUSH && g_error_matches (why, ROUNDS_ERROR, ROUNDS_ERROR_INVALID))
    {
      self->up_to_date = FALSE;
      return rounds_sync_pusher_take_refusal (self->pusher, why, error);
    }
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

/**
 * rounds_sync_engine_new:
 * @store: a device's store, on whose thread the engine lives
 *
 * Returns: (transfer full): an engine that does nothing until rounds_sync_engine_start()
 */
RoundsSyncEngine *
rounds_sync_engine_new (RoundsRecordStore *store)
{
  RoundsSyncEngine *self = g_object_new (ROUNDS_TYPE_SYNC_ENGINE, NULL);

  self->store = g_object_ref (store);
  self->pusher = rounds_sync_pusher_new (store, &self->summary);
  return self;
}

/** rounds_sync_engine_set_push_limit: sends at most @limit changes in a request, unless one group alone has more. */
void
rounds_sync_engine_set_push_limit (RoundsSyncEngine *self, guint limit)
{
  g_return_if_fail (limit > 0);

  rounds_sync_pusher_set_limit (self->pusher, limit);
}

/** rounds_sync_engine_start: begins a run: what waits is sent, then what is new comes. Drops a run that did not end. */
void
rounds_sync_engine_start (RoundsSyncEngine *self)
{
  rounds_sync_pusher_restart (self->pusher);
  self->summary = (RoundsSyncSummary) { 0 };
  self->requeued = FALSE;
  self->up_to_date = FALSE;
  self->push_again = FALSE;
  self->is_prepared = FALSE;
  g_clear_pointer (&self->verifier, rounds_sync_verifier_free);
  self->verify_tries = VERIFY_TRIES;
  self->phase = PHASE_PUSH;
}

static gboolean
write_schema (RoundsSyncEngine *self, const char *schema, GError **error)
{
  return rounds_record_store_set_state (self->store, STATE_SCHEMA, schema, error)
         && rounds_record_store_set_state (self->store, ROUNDS_STATE_CURSOR, NULL, error);
}

/* An application that knows more than the one that pulled until now lacks all that the other passed over: it begins
 * anew. What waits in the outbox stays there. */
static gboolean
check_schema (RoundsSyncEngine *self, GError **error)
{
  g_autofree char *before = NULL;
  g_autofree char *now = g_strdup_printf ("%x", rounds_schema_get_fingerprint ());

  if (!rounds_record_store_get_state (self->store, STATE_SCHEMA, &before, error))
    return FALSE;
  if (g_strcmp0 (before, now) == 0)
    return TRUE;
  return rounds_record_store_begin_remote (self->store, error)
         && rounds_record_store_end (self->store, write_schema (self, now, error), error);
}

/* What is not for this device any more may have become free to go: the user has dealt with what was refused of it. */
static gboolean
check_leftover (RoundsSyncEngine *self, GError **error)
{
  g_autoptr (RoundsSyncLeftover) leftover = rounds_sync_leftover_load (self->store, error);
  int is_free = leftover != NULL ? rounds_sync_leftover_can_finish (leftover, error) : -1;

  if (is_free <= 0)
    return is_free == 0;
  return rounds_record_store_begin_remote (self->store, error)
         && rounds_record_store_end (self->store, rounds_sync_leftover_finish (leftover, &self->summary.removed, error),
                                     error);
}

/* What is put in order before anything is asked. */
static gboolean
prepare (RoundsSyncEngine *self, GError **error)
{
  self->is_prepared = check_schema (self, error) && check_leftover (self, error);
  return self->is_prepared;
}

/**
 * rounds_sync_engine_next:
 * @request: (out) (transfer full) (nullable): the next request; %NULL when the run is done
 * @error: (out) (optional): what the disk says
 */
gboolean
rounds_sync_engine_next (RoundsSyncEngine *self, RoundsSyncRequest **request, GError **error)
{
  int has_question;

  *request = NULL;
  if (self->phase != PHASE_IDLE && !self->is_prepared && !prepare (self, error))
    return FALSE;
  if (self->phase == PHASE_PUSH)
    {
      if (!rounds_sync_pusher_next (self->pusher, request, error))
        return FALSE;
      if (*request != NULL)
        return TRUE;
      self->phase = self->up_to_date ? PHASE_VERIFY : PHASE_PULL;
    }
  if (self->phase == PHASE_PULL)
    return build_pull (self, request, error);
  if (self->phase == PHASE_IDLE)
    return TRUE;

  has_question = prepare_check (self, error);
  if (has_question > 0)
    return build_question (self, request, error);
  self->phase = PHASE_IDLE;
  return has_question == 0;
}

/**
 * rounds_sync_engine_work:
 * @error: (out) (optional): what the disk says
 *
 * Does what there is to do while a request is on its way, so that the next one goes out as soon as that is answered.
 * Need not be called. On failure the run is over.
 */
gboolean
rounds_sync_engine_work (RoundsSyncEngine *self, GError **error)
{
  if (self->phase != PHASE_PUSH || rounds_sync_pusher_work (self->pusher, error))
    return TRUE;
  self->phase = PHASE_IDLE;
  return FALSE;
}

/**
 * rounds_sync_engine_receive:
 * @status: the HTTP status that came
 * @body: (nullable): and the body
 * @error: (out) (optional): UNAUTHORIZED, FORBIDDEN, UNREACHABLE, PROTOCOL, and what the disk says
 *
 * Takes the answer to the last request. On failure the run is over and nothing of the answer was kept; what was not
 * sent, or not stored yet, waits for the next run.
 */
gboolean
rounds_sync_engine_receive (RoundsSyncEngine *self, guint status, GBytes *body, GError **error)
{
  g_return_val_if_fail (self->phase == PHASE_PULL
                          || (self->phase == PHASE_PUSH && rounds_sync_pusher_is_waiting (self->pusher))
                          || (self->phase == PHASE_VERIFY && self->verifier != NULL),
                        FALSE);

  if (receive_answer (self, status, body, error))
    return TRUE;
  self->phase = PHASE_IDLE;
  return FALSE;
}

/** rounds_sync_engine_get_summary: (transfer none): what the run did so far. */
const RoundsSyncSummary *
rounds_sync_engine_get_summary (RoundsSyncEngine *self)
{
  return &self->summary;
}

/** rounds_sync_request_free: frees @self. */
void
rounds_sync_request_free (RoundsSyncRequest *self)
{
  g_free (self->method);
  g_free (self->path);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->packed, g_bytes_unref);
  g_free (self);
}
