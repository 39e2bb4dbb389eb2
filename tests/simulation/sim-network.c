/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The network between devices and server: drops, doubles and delays requests, and cuts after the server's commit but
 * before the answer. An answer that was not lost waits with the device until its next step, so that people go on
 * working between the two. */

#include <stdlib.h>
#include <string.h>

#include "rounds-sync-problem.h"
#include "sim-clock.h"
#include "sim-world.h"

#define LATE_EVENTS 25    /* how many events later a delayed request arrives at most */
#define MOST_REQUESTS 200 /* of one sync that ends by itself */

typedef struct
{
  guint due; /* the number of the event */
  SimPeer *device;
  char *method;
  char *path;
  GBytes *body; /* (nullable) */
} Late;

static void
late_free (Late *late)
{
  g_free (late->method);
  g_free (late->path);
  g_clear_pointer (&late->body, g_bytes_unref);
  g_free (late);
}

/* Pages of the story's length instead of the usual one. */
static char *
shorten_page (SimWorld *self, const char *path)
{
  const char *limit = strstr (path, "limit=");

  if (limit == NULL)
    return g_strdup (path);
  limit += strlen ("limit=");
  return g_strdup_printf ("%.*s%u%s", (int) (limit - path), path, self->story->page,
                          limit + strspn (limit, "0123456789"));
}

/* The server's answer; %NULL where its process died over it. */
static GBytes *
arrive (SimWorld *self, SimPeer *device, const char *method, const char *path, GBytes *body, guint *status)
{
  SimPeer *server = sim_world_get_server (self);
  g_autofree char *target = shorten_page (self, path);
  g_autofree char *authorization = g_strconcat ("Bearer ", device->token, NULL);
  RoundsApiRequest *request = rounds_api_request_new (method, target);
  g_autoptr (RoundsApiResponse) response = NULL;

  rounds_api_request_set_header (request, "Authorization", authorization);
  rounds_api_request_set_header (request, ROUNDS_SYNC_PROTOCOL_HEADER, ROUNDS_SYNC_PROTOCOL);
  if (body != NULL)
    {
      request->body = g_bytes_ref (body);
      sim_world_trace (self, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
      sim_world_show (self, device->name, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
    }
  sim_world_enter (self, server);
  response = rounds_api_handle (self->api, request);
  sim_world_enter (self, device);

  if (sim_database_is_dead (server->database))
    {
      sim_world_tell (self, "  the server was killed");
      sim_world_restart (self, server);
      sim_world_enter (self, device);
      return NULL;
    }
  *status = response->status;
  sim_world_tell (self, "  %s %s: %u", method, target, response->status);
  if (response->body != NULL)
    {
      sim_world_trace (self, g_bytes_get_data (response->body, NULL), g_bytes_get_size (response->body));
      sim_world_show (self, "server", g_bytes_get_data (response->body, NULL), g_bytes_get_size (response->body));
    }
  return response->body != NULL ? g_bytes_ref (response->body) : g_bytes_new (NULL, 0);
}

static void
delay (SimWorld *self, SimPeer *device, RoundsSyncRequest *request)
{
  Late *late = g_new0 (Late, 1);
  guint64 dice = self->event->dice;

  late->due = self->event->number + 1 + sim_roll_below (&dice, LATE_EVENTS);
  late->device = device;
  late->method = g_strdup (request->method);
  late->path = g_strdup (request->path);
  late->body = request->body != NULL ? g_bytes_ref (request->body) : NULL;
  g_ptr_array_add (self->late, late);
}

/** sim_network_arrive: delivers what was delayed until the event @number; nobody waits for the answers any more. */
void
sim_network_arrive (SimWorld *self, guint number)
{
  for (guint i = 0; i < self->late->len;)
    {
      Late *late = g_ptr_array_index (self->late, i);
      g_autoptr (GBytes) answer = NULL;
      guint status = 0;

      if (late->due > number)
        {
          i++;
          continue;
        }
      sim_world_tell (self, "  late, from %s:", late->device->name);
      answer = arrive (self, late->device, late->method, late->path, late->body, &status);
      g_ptr_array_remove_index (self->late, i);
      late_free (late);
    }
}

/** sim_network_forget: what is on its way from @device (%NULL: from anybody) never arrives. */
void
sim_network_forget (SimWorld *self, SimPeer *device)
{
  for (guint i = self->late->len; i > 0; i--)
    {
      Late *late = g_ptr_array_index (self->late, i - 1);

      if (device != NULL && late->device != device)
        continue;
      g_ptr_array_remove_index (self->late, i - 1);
      late_free (late);
    }
}

/* The device waited long enough. */
static void
give_up (SimWorld *self, SimPeer *device)
{
  sim_world_tell (self, "  no answer");
  device->is_running = FALSE;
  g_clear_pointer (&device->answer, g_bytes_unref);
}

/** sim_network_cut: every sync that is under way ends without an answer. */
void
sim_network_cut (SimWorld *self)
{
  for (guint i = 0; i < self->story->n_devices; i++)
    if (self->peers[i].is_running)
      give_up (self, &self->peers[i]);
}

static gboolean
must_not_fail (SimWorld *self, SimPeer *device, const char *check, const GError *error)
{
  device->is_running = FALSE;
  if (!sim_database_is_dead (device->database))
    sim_world_fail (self, check, "%s: %s", device->name, error->message);
  return FALSE;
}

/* Sends the next request. FALSE: the run is over. */
static gboolean
send_request (SimWorld *self, SimPeer *device, SimFate fate)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsSyncRequest) request = NULL;

  if (!device->is_running)
    rounds_sync_engine_start (device->engine);
  device->is_running = TRUE;
  rounds_sync_engine_next (device->engine, &request, &error);
  if (error != NULL)
    return must_not_fail (self, device, "request", error);
  if (request == NULL)
    {
      device->is_running = FALSE;
      return FALSE;
    }

  if (fate == SIM_FATE_LATE || fate == SIM_FATE_AGAIN)
    delay (self, device, request);
  if (fate != SIM_FATE_LOSE_REQUEST && fate != SIM_FATE_LATE)
    device->answer = arrive (self, device, request->method, request->path, request->body, &device->status);
  if (fate == SIM_FATE_TWICE)
    {
      g_clear_pointer (&device->answer, g_bytes_unref);
      device->answer = arrive (self, device, request->method, request->path, request->body, &device->status);
    }
  if (fate == SIM_FATE_LOSE_ANSWER)
    g_clear_pointer (&device->answer, g_bytes_unref);
  if (!rounds_sync_engine_work (device->engine, &error))
    return must_not_fail (self, device, "work", error);
  if (device->answer == NULL)
    give_up (self, device);
  return device->is_running;
}

static gboolean
take_answer (SimWorld *self, SimPeer *device)
{
  g_autoptr (GBytes) answer = g_steal_pointer (&device->answer);
  g_autoptr (GError) error = NULL;

  if (device->status != 200)
    sim_world_fail (self, "answer", "the server answers %s with %u: %.*s", device->name, device->status,
                    (int) g_bytes_get_size (answer), (const char *) g_bytes_get_data (answer, NULL));
  if (!rounds_sync_engine_receive (device->engine, device->status, answer, &error))
    return must_not_fail (self, device, "answer", error);
  if (!self->ledger->server_returned && !self->ledger->device_returned) /* then all that was ever done is sent again */
    sim_checks_screen (self, device);
  return TRUE;
}

static gboolean
take_step (SimWorld *self, SimPeer *device, SimFate fate)
{
  return device->answer != NULL ? take_answer (self, device) : send_request (self, device, fate);
}

/** sim_network_play: some steps of a sync, of which one request may meet its fate. */
void
sim_network_play (SimWorld *self, const SimEvent *event)
{
  SimPeer *device = &self->peers[event->actor];

  for (guint step = 1; step <= event->steps; step++)
    if (!take_step (self, device, step == event->fate_at ? event->fate : SIM_FATE_ARRIVES))
      break;
}

/**
 * sim_network_sync:
 * @summary: (out): what it came to
 * @requests: (out): how many requests that took
 *
 * A whole sync on a network that works.
 *
 * Returns: whether it ended
 */
gboolean
sim_network_sync (SimWorld *self, SimPeer *device, RoundsSyncSummary *summary, guint *requests)
{
  sim_world_enter (self, device);
  *requests = 0;
  while (*requests < MOST_REQUESTS)
    {
      if (device->answer == NULL)
        ++*requests;
      if (!take_step (self, device, SIM_FATE_ARRIVES))
        break;
    }
  --*requests; /* the last was none */
  *summary = *rounds_sync_engine_get_summary (device->engine);
  return !device->is_running && self->failed_check == NULL;
}
