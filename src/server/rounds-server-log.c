/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's log: one line on stderr for each message, "instant level key=value …", down to the level of LOG_LEVEL.
 */

#include "rounds-server-log.h"

#include <stdio.h>
#include <string.h>

#include "rounds-time.h"

static const struct
{
  const char *name;
  GLogLevelFlags level;
} levels[] = {
  { "critical", G_LOG_LEVEL_CRITICAL }, { "error", G_LOG_LEVEL_CRITICAL }, { "warning", G_LOG_LEVEL_WARNING },
  { "message", G_LOG_LEVEL_MESSAGE },   { "info", G_LOG_LEVEL_INFO },      { "debug", G_LOG_LEVEL_DEBUG },
};

static const char *
get_level_name (GLogLevelFlags level)
{
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (level & levels[i].level)
      return levels[i].name;
  return "error";
}

static GLogWriterOutput
write_line (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  GLogLevelFlags least = GPOINTER_TO_INT (data);
  g_autofree char *instant = NULL;

  if ((level & G_LOG_LEVEL_MASK) > least)
    return G_LOG_WRITER_HANDLED;

  instant = rounds_instant_to_string (rounds_time_now ());
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0)
      fprintf (stderr, "%s %s %s\n", instant, get_level_name (level), (const char *) fields[i].value);
  return G_LOG_WRITER_HANDLED;
}

/**
 * rounds_server_log_set_level:
 * @name: (nullable): "error", "warning", "info" or "debug" in any case; %NULL: "info"
 *
 * Makes every message of the process a line on stderr. To be called once, before there are threads.
 *
 * Returns: whether there is such a level
 */
gboolean
rounds_server_log_set_level (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (levels); i++)
    if (g_ascii_strcasecmp (name != NULL ? name : "info", levels[i].name) == 0)
      {
        g_log_set_writer_func (write_line, GINT_TO_POINTER (levels[i].level), NULL);
        return TRUE;
      }
  return FALSE;
}
