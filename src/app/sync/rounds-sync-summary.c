/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-sync-summary.h"

#include <glib/gi18n-lib.h>

#include "rounds-time.h"

/* "14:03" today, a date before. */
static char *
format_moment (gint64 instant)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) then = rounds_instant_to_local (instant, NULL);

  if (g_date_time_get_year (now) == g_date_time_get_year (then)
      && g_date_time_get_day_of_year (now) == g_date_time_get_day_of_year (then))
    /* Translators: a time of day in your usual form, see strftime(3). */
    return g_date_time_format (then, _ ("%H:%M"));
  /* Translators: a day without year in your usual form, see strftime(3). */
  return g_date_time_format (then, _ ("%e %b"));
}

static char *
summarise_offline (const RoundsSyncCounts *counts, gint64 offline_since)
{
  g_autofree char *since = format_moment (offline_since);

  if (counts->pending == 0)
    /* Translators: %s is a time or a day. */
    return g_strdup_printf (_ ("Offline since %s"), since);
  /* Translators: %u is a number of changes, %s a time or a day. */
  return g_strdup_printf (
    ngettext ("%u change waiting: offline since %s", "%u changes waiting: offline since %s", counts->pending),
    counts->pending, since);
}

static char *
summarise_idle (const RoundsSyncCounts *counts, gint64 last_sync)
{
  g_autofree char *moment = NULL;

  if (counts->pending > 0)
    return g_strdup_printf (ngettext ("%u change waiting", "%u changes waiting", counts->pending), counts->pending);
  if (last_sync == 0)
    return g_strdup (_ ("Connected"));
  moment = format_moment (last_sync);
  /* Translators: everything is on the server since that moment; %s is a time or a day. */
  return g_strdup_printf (_ ("All safe · %s"), moment);
}

char *
rounds_sync_summary_format (RoundsSyncState state, const RoundsSyncCounts *counts, gint64 last_sync,
                            gint64 offline_since)
{
  if (counts->attention > 0 && state != ROUNDS_SYNC_SYNCING)
    return g_strdup_printf (ngettext ("%u change needs you", "%u changes need you", counts->attention),
                            counts->attention);
  switch (state)
    {
    case ROUNDS_SYNC_NEVER_SIGNED_IN:
      return g_strdup (_ ("Not connected to a server"));
    case ROUNDS_SYNC_SYNCING:
      return g_strdup (_ ("Syncing…"));
    case ROUNDS_SYNC_OFFLINE:
      return summarise_offline (counts, offline_since);
    case ROUNDS_SYNC_NEEDS_SIGN_IN:
      return g_strdup (_ ("Sign in again to sync"));
    case ROUNDS_SYNC_ERROR:
      return g_strdup (_ ("Sync does not work"));
    case ROUNDS_SYNC_IDLE:
    default:
      return summarise_idle (counts, last_sync);
    }
}
