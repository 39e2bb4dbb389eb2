/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-sync-pusher.h"

#include "rounds-remote.h"
#include "rounds-sync-inbox.h"
#include "rounds-sync-outbox.h"
#include "rounds-sync-push-writer.h"

struct _RoundsSyncPusher
{
  RoundsRecordStore *store;    /* (owned) */
  RoundsSyncSummary *summary;  /* (not owned) */
  guint limit;                 /* changes in a request, unless one group alone has more */
  GPtrArray *sent;             /* (owned) (nullable) of RoundsChange: what waits for an answer */
  GPtrArray *collected;        /* (owned) (nullable) what follows @sent, whatever becomes of that … */
  RoundsSyncPushWriter *begun; /* (owned) (nullable) … and has been written already */
  RoundsSyncReply *reply;      /* (owned) (nullable) an answer that is still to be stored … */
  GPtrArray *answered;         /* (owned) (nullable) … and what it is to */
  gboolean one_group;          /* the server choked on several groups at once */
};

RoundsSyncPusher *
rounds_sync_pusher_new (RoundsRecordStore *store, RoundsSyncSummary *summary)
{
  RoundsSyncPusher *self = g_new0 (RoundsSyncPusher, 1);

  self->store = g_object_ref (store);
  self->summary = summary;
  self->limit = ROUNDS_SYNC_PUSH_LIMIT;
  return self;
}

static void
drop_reply (RoundsSyncPusher *self)
{
  g_clear_pointer (&self->reply, rounds_sync_reply_free);
  g_clear_pointer (&self->answered, g_ptr_array_unref);
}

static void
drop_collected (RoundsSyncPusher *self)
{
  g_clear_pointer (&self->collected, g_ptr_array_unref);
  g_clear_pointer (&self->begun, rounds_sync_push_writer_free);
}

void
rounds_sync_pusher_free (RoundsSyncPusher *self)
{
  rounds_sync_pusher_restart (self);
  g_clear_object (&self->store);
  g_free (self);
}

void
rounds_sync_pusher_set_limit (RoundsSyncPusher *self, guint limit)
{
  self->limit = limit;
}

void
rounds_sync_pusher_restart (RoundsSyncPusher *self)
{
  drop_reply (self);
  g_clear_pointer (&self->sent, g_ptr_array_unref);
  drop_collected (self);
  self->one_group = FALSE;
}

static void
count_result (RoundsSyncPusher *self, const RoundsSyncResult *result)
{
  if (result->status == ROUNDS_SYNC_REJECTED)
    {
      self->summary->rejected++;
      return;
    }
  self->summary->pushed++;
  self->summary->merged += result->status == ROUNDS_SYNC_MERGED;
  self->summary->conflicts += result->status == ROUNDS_SYNC_CONFLICT;
}

static gboolean
store_reply (RoundsSyncPusher *self, GError **error)
{
  guint *removed = &self->summary->removed;

  if (!rounds_record_store_begin_remote (self->store, error)
      || !rounds_record_store_end (
        self->store, rounds_sync_inbox_put_reply (self->store, self->reply, self->answered, removed, error), error))
    return FALSE;
  for (guint i = 0; i < self->reply->results->len; i++)
    count_result (self, g_ptr_array_index (self->reply->results, i));
  return TRUE;
}

/* Stores the answer that is still to be stored, if there is one. */
static gboolean
settle (RoundsSyncPusher *self, GError **error)
{
  gboolean done = self->reply == NULL || store_reply (self, error);

  drop_reply (self);
  return done;
}

/* How far the device has come: the answer that is still to be stored knows best. %FALSE on error. */
static gboolean
read_place (RoundsSyncPusher *self, char **cursor, char **epoch, GError **error)
{
  if (!rounds_sync_inbox_get_place (self->store, cursor, epoch, error))
    return FALSE;
  if (self->reply != NULL && self->reply->cursor != NULL)
    g_set_str (cursor, self->reply->cursor);
  if (self->reply != NULL && *epoch == NULL)
    *epoch = g_strdup (self->reply->epoch);
  return TRUE;
}

static gboolean
need_device (RoundsSyncPusher *self, RoundsUuid *device, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *made = NULL;

  if (!rounds_record_store_get_state (self->store, ROUNDS_STATE_DEVICE, &text, error))
    return FALSE;
  if (text != NULL && rounds_uuid_parse (text, device))
    return TRUE;
  *device = rounds_uuid_new ();
  made = rounds_uuid_to_string (device);
  return rounds_record_store_set_state (self->store, ROUNDS_STATE_DEVICE, made, error);
}

static gboolean
build_request (RoundsSyncPusher *self, RoundsSyncRequest **request, GError **error)
{
  g_autoptr (RoundsSyncPushWriter) writer = g_steal_pointer (&self->begun);
  g_autofree char *cursor = NULL;
  g_autofree char *epoch = NULL;
  RoundsUuid device;

  if (!need_device (self, &device, error) || !read_place (self, &cursor, &epoch, error))
    return FALSE;
  if (writer == NULL)
    writer = rounds_sync_push_writer_new (self->sent);
  *request = g_new0 (RoundsSyncRequest, 1);
  (*request)->method = g_strdup ("POST");
  (*request)->path = g_strdup (ROUNDS_SYNC_PUSH_PATH);
  (*request)->body = rounds_sync_push_writer_finish (writer, &device, cursor, cursor == NULL ? epoch : NULL,
                                                     &(*request)->packed); /* a cursor tells the epoch */
  return TRUE;
}

gboolean
rounds_sync_pusher_next (RoundsSyncPusher *self, RoundsSyncRequest **request, GError **error)
{
  *request = NULL;
  g_clear_pointer (&self->sent, g_ptr_array_unref);
  if (self->reply != NULL && self->collected != NULL)
    self->sent = g_steal_pointer (&self->collected);
  else if (settle (self, error))
    {
      drop_collected (self);
      self->sent = rounds_sync_outbox_collect (self->store, self->limit, self->one_group, error);
    }
  if (self->sent == NULL)
    return FALSE;
  if (self->sent->len > 0)
    return build_request (self, request, error);
  g_clear_pointer (&self->sent, g_ptr_array_unref);
  return TRUE;
}

/* What there is to do while a request is on its way. */
gboolean
rounds_sync_pusher_work (RoundsSyncPusher *self, GError **error)
{
  if (!settle (self, error))
    return FALSE;
  if (self->sent == NULL || self->collected != NULL || self->one_group)
    return TRUE;
  self->collected = rounds_sync_outbox_collect_behind (self->store, self->sent, self->limit, error);
  if (self->collected == NULL)
    return FALSE;
  if (self->collected->len == 0)
    drop_collected (self);
  else
    self->begun = rounds_sync_push_writer_new (self->collected);
  return TRUE;
}

gboolean
rounds_sync_pusher_is_waiting (RoundsSyncPusher *self)
{
  return self->sent != NULL;
}

RoundsSyncReply *
rounds_sync_pusher_read (RoundsSyncPusher *self, GBytes *body, GError **error)
{
  g_autoptr (RoundsSyncReply) reply = NULL;

  if (settle (self, error))
    reply = rounds_sync_reply_parse (body, self->sent, error);
  if (reply == NULL || reply->reset)
    {
      g_clear_pointer (&self->sent, g_ptr_array_unref);
      drop_collected (self);
    }
  return g_steal_pointer (&reply);
}

/* Stores @reply, which rounds_sync_pusher_read() has read, or puts that off while the next request is on its way. */
gboolean
rounds_sync_pusher_take (RoundsSyncPusher *self, RoundsSyncReply *reply, GError **error)
{
  self->reply = reply;
  self->answered = g_steal_pointer (&self->sent);
  return self->collected != NULL || settle (self, error);
}

static gboolean
write_refusal (RoundsSyncPusher *self, GPtrArray *refused, const GError *why, GError **error)
{
  for (guint i = 0; i < refused->len; i++)
    {
      const RoundsChange *change = g_ptr_array_index (refused, i);

      if (!rounds_record_store_set_change_state (self->store, change->seq, ROUNDS_CHANGE_REJECTED, why->message, error))
        return FALSE;
    }
  return TRUE;
}

/* The server refused a request as a whole. One group must not hold up the others: they are sent one by one, and the one
 * that it cannot take goes to the list of rejected changes. */
gboolean
rounds_sync_pusher_take_refusal (RoundsSyncPusher *self, const GError *why, GError **error)
{
  g_autoptr (GPtrArray) refused = g_steal_pointer (&self->sent);

  drop_collected (self);
  if (!settle (self, error))
    return FALSE;
  self->one_group = !self->one_group && !rounds_sync_outbox_has_one_group (refused);
  if (self->one_group)
    return TRUE;

  self->summary->rejected += refused->len;
  return rounds_record_store_begin_remote (self->store, error)
         && rounds_record_store_end (self->store, write_refusal (self, refused, why, error), error);
}
