/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens to computers: they are switched off, their clocks are wrong, and their disks are replaced by old copies.
 */

#include "rounds-sync-server.h"
#include "rounds-time.h"
#include "sim-clock.h"
#include "sim-world.h"

static void
set_clock (SimPeer *peer, guint64 dice)
{
  static const gint64 wrong[] = {
    0, -3 * ROUNDS_HOUR, 3 * ROUNDS_HOUR, -5 * ROUNDS_DAY, 5 * ROUNDS_DAY, -400 * ROUNDS_DAY, ROUNDS_MINUTE,
  };

  peer->clock = wrong[sim_roll_below (&dice, G_N_ELEMENTS (wrong))];
}

static void
copy (SimWorld *self, SimPeer *peer)
{
  g_clear_pointer (&peer->copy, sim_image_free);
  peer->copy = sim_database_copy (peer->database);
  peer->copied_at = self->ledger->deeds->len;
}

/* As an administrator does after putting a backup back. */
static void
renew_epoch (SimPeer *server)
{
  RoundsUuid id = rounds_uuid_new ();
  g_autofree char *epoch = rounds_uuid_to_string (&id);

  g_assert_true (rounds_record_store_set_state (server->store, ROUNDS_STATE_EPOCH, epoch, NULL));
}

static void
put_back (SimWorld *self, SimPeer *peer)
{
  if (peer->copy == NULL)
    return;
  sim_database_kill (peer->database);
  sim_world_halt (self, peer);
  sim_database_put_back (peer->database, peer->copy);
  sim_world_restart (self, peer);
  sim_ledger_forgive (self->ledger, peer->copied_at, peer->index);
  if (peer->index == SIM_OFFICE)
    {
      renew_epoch (peer);
      sim_network_cut (self);
      self->ledger->server_returned = TRUE;
    }
  else
    {
      sim_network_forget (self, peer);
      self->ledger->device_returned = TRUE;
    }
}

/** sim_mishap_play: lives through an event that befalls a computer. */
void
sim_mishap_play (SimWorld *self, const SimEvent *event)
{
  SimPeer *peer = &self->peers[event->actor];

  switch (event->kind)
    {
    case SIM_RESTART:
      sim_world_restart (self, peer);
      break;
    case SIM_CLOCK:
      set_clock (peer, event->dice);
      break;
    case SIM_COPY:
      copy (self, peer);
      break;
    case SIM_RETURN:
      put_back (self, peer);
      break;
    default:
      g_assert_not_reached ();
    }
}
