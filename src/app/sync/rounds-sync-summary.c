/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-sync-summary.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "rounds-time.h"

/* Records from which on it is worth telling how far a sync is. */
#define MANY 500

/* "Something: 3 changes wait", or @text alone where none do. */
static char *
add_waiting (const char *text, guint pending)
{
  g_autofree char *waiting = NULL;

  if (pending == 0)
    return g_strdup (text);
  waiting = g_strdup_printf (ngettext ("%'u change waiting", "%'u changes waiting", pending), pending);
  /* Translators: how the sync stands, and what waits: "Signed out: 2 changes wait". */
  return g_strdup_printf (_ ("%s: %s"), text, waiting);
}

static char *
summarise_offline (const RoundsSyncFacts *facts)
{
  g_autofree char *since = rounds_display_moment (facts->offline_since);
  guint pending = facts->counts.pending;

  if (pending == 0)
    /* Translators: %s is a time or a day. */
    return g_strdup_printf (_ ("Offline since %s"), since);
  /* Translators: %u is a number of changes, %s a time or a day. */
  return g_strdup_printf (
    ngettext ("%'u change waiting: offline since %s", "%'u changes waiting: offline since %s", pending), pending,
    since);
}

static char *
summarise_syncing (const RoundsSyncFacts *facts)
{
  if (facts->done < MANY)
    return g_strdup (_ ("Syncing…"));
  return g_strdup_printf (ngettext ("Syncing… %'u record", "Syncing… %'u records", facts->done), facts->done);
}

static char *
summarise_idle (const RoundsSyncFacts *facts)
{
  g_autofree char *moment = NULL;
  guint pending = facts->counts.pending;

  if (pending > 0)
    return g_strdup_printf (ngettext ("%'u change waiting", "%'u changes waiting", pending), pending);
  if (facts->last_sync == 0)
    return g_strdup (_ ("Connected"));
  moment = rounds_display_moment (facts->last_sync);
  /* Translators: everything is on the server since that moment; %s is a time or a day. */
  return g_strdup_printf (_ ("All safe · %s"), moment);
}

/* A sync that tries whether the server is there again is not worth a word until something comes of it. */
static gboolean
is_only_trying (const RoundsSyncFacts *facts)
{
  return facts->state == ROUNDS_SYNC_SYNCING && facts->offline_since != 0 && facts->done == 0;
}

/**
 * rounds_sync_summary_format:
 * @facts: how things stand
 *
 * Says it honestly and in one line: what needs the user comes first, and "safe" is said only of what the server has.
 *
 * Returns: (transfer full): plain text
 */
char *
rounds_sync_summary_format (const RoundsSyncFacts *facts)
{
  guint attention = facts->counts.attention;

  if (attention > 0 && (facts->state != ROUNDS_SYNC_SYNCING || facts->done < MANY))
    return g_strdup_printf (ngettext ("%'u change needs attention", "%'u changes need attention", attention),
                            attention);
  if (is_only_trying (facts))
    return summarise_offline (facts);
  switch (facts->state)
    {
    case ROUNDS_SYNC_NEVER_SIGNED_IN:
      return facts->has_account ? add_waiting (_ ("Signed out"), facts->counts.pending)
                                : g_strdup (_ ("Not connected to a server"));
    case ROUNDS_SYNC_SYNCING:
      return summarise_syncing (facts);
    case ROUNDS_SYNC_OFFLINE:
      return summarise_offline (facts);
    case ROUNDS_SYNC_NEEDS_SIGN_IN:
      return add_waiting (_ ("Signed out"), facts->counts.pending);
    case ROUNDS_SYNC_ERROR:
      return add_waiting (_ ("Sync is not working"), facts->counts.pending);
    case ROUNDS_SYNC_STOPPED:
      return add_waiting (_ ("Sync stopped"), facts->counts.pending);
    case ROUNDS_SYNC_IDLE:
    default:
      return summarise_idle (facts);
    }
}

static char *
explain_next_try (const RoundsSyncFacts *facts)
{
  gint64 minutes = (facts->next_try - rounds_time_now () + ROUNDS_MINUTE / 2) / ROUNDS_MINUTE;

  if (facts->next_try == 0)
    return g_strdup ("");
  if (minutes < 1)
    return g_strdup (_ ("The next attempt is within a minute."));
  return g_strdup_printf (
    ngettext ("The next attempt is in about %u minute.", "The next attempt is in about %u minutes.", (guint) minutes),
    (guint) minutes);
}

static char *
explain_idle (const RoundsSyncFacts *facts)
{
  if (facts->counts.attention > 0)
    return g_strdup (_ ("Nothing is lost: everything is kept until you decide."));
  if (facts->counts.pending > 0)
    return g_strdup (_ ("They are saved on this device and about to be sent."));
  return g_strdup (_ ("Everything on this device is on the server."));
}

/**
 * rounds_sync_summary_explain:
 * @facts: how things stand
 * @detail: (nullable): what went wrong
 *
 * Returns: (transfer full): what the summary means for the user, in a sentence or two; plain text
 */
char *
rounds_sync_summary_explain (const RoundsSyncFacts *facts, const char *detail)
{
  g_autofree char *next_try = explain_next_try (facts);

  switch (facts->state)
    {
    case ROUNDS_SYNC_NEVER_SIGNED_IN:
      if (!facts->has_account)
        return g_strdup (_ ("Everything is kept on this device only. Sign in to work with your team."));
      return g_strdup (_ ("Your changes are kept on this device and sent when you sign in again."));
    case ROUNDS_SYNC_NEEDS_SIGN_IN:
      return g_strdup (_ ("The server asks for your password again. Your changes are kept on this device and sent "
                          "when you have signed in."));
    case ROUNDS_SYNC_SYNCING:
      return g_strdup (_ ("You can keep working."));
    case ROUNDS_SYNC_OFFLINE:
      return g_strjoin (" ",
                        _ ("The server cannot be reached. Your changes are kept on this device and sent as soon as "
                           "possible."),
                        *next_try != '\0' ? next_try : NULL, NULL);
    case ROUNDS_SYNC_ERROR:
      return g_strjoin (" ", detail != NULL ? detail : _ ("The server does not answer as it should."),
                        *next_try != '\0' ? next_try : NULL, NULL);
    case ROUNDS_SYNC_STOPPED:
      return g_strdup (_ ("What has arrived so far is kept. “Sync Now” continues from there."));
    case ROUNDS_SYNC_IDLE:
    default:
      return explain_idle (facts);
    }
}
