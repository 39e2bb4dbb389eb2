/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-story.h"

#include <stdlib.h>
#include <string.h>

static const char *const kind_names[] = {
  "meet",    "type",   "strike",  "rewrite", "set",  "book",      "move",  "enrol",   "stage",  "specialty", "delete",
  "restore", "trash",  "recover", "assign",  "join", "territory", "merge", "unmerge", "submit", "amend",     "attend",
  "import",  "revert", "resolve", "mend",    "sync", "restart",   "clock", "copy",    "return",
};
static const char *const fate_names[] = { "arrives", "lose-request", "lose-answer", "twice", "again", "late" };
static const char *const crash_names[] = { "none", "device", "server" };

G_STATIC_ASSERT (G_N_ELEMENTS (kind_names) == SIM_N_KINDS);
G_STATIC_ASSERT (G_N_ELEMENTS (fate_names) == SIM_N_FATES);

const char *
sim_kind_get_name (SimKind kind)
{
  return kind_names[kind];
}

/** sim_story_new: (transfer full): a story in which nothing happens yet. */
SimStory *
sim_story_new (guint64 seed)
{
  SimStory *self = g_new0 (SimStory, 1);

  self->seed = seed;
  self->n_devices = 2;
  self->page = 1000;
  self->events = g_array_new (FALSE, TRUE, sizeof (SimEvent));
  return self;
}

/** sim_story_dup: (transfer full): the same story. */
SimStory *
sim_story_dup (const SimStory *self)
{
  SimStory *copy = g_memdup2 (self, sizeof *self);

  copy->events = g_array_copy (self->events);
  return copy;
}

/** sim_story_free: frees @self. */
void
sim_story_free (SimStory *self)
{
  g_array_unref (self->events);
  g_free (self);
}

static void
append_event (GString *text, const SimEvent *event)
{
  g_string_append_printf (text, "%u %s", event->number, kind_names[event->kind]);
  if (event->actor == SIM_OFFICE)
    g_string_append (text, " actor=office");
  else
    g_string_append_printf (text, " actor=%u", event->actor);
  if (event->about != 0)
    g_string_append_printf (text, " about=%u", event->about);
  if (event->with != 0)
    g_string_append_printf (text, " with=%u", event->with);
  g_string_append_printf (text, " dice=%u", event->dice);
  if (event->kind == SIM_SYNC)
    g_string_append_printf (text, " steps=%u", event->steps);
  if (event->fate != SIM_FATE_ARRIVES)
    g_string_append_printf (text, " fate=%s fate-at=%u", fate_names[event->fate], event->fate_at);
  if (event->crash != SIM_CRASH_NONE)
    g_string_append_printf (text, " crash=%s crash-at=%u after=%d", crash_names[event->crash], event->crash_at,
                            event->crash_after);
  g_string_append_c (text, '\n');
}

/** sim_story_to_text: (transfer full): one line for each event, as sim_story_from_text() reads it. */
char *
sim_story_to_text (const SimStory *self)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "seed=%" G_GUINT64_FORMAT " devices=%u page=%u old=%u push=%u\n", self->seed,
                          self->n_devices, self->page, self->old, self->push);
  for (guint i = 0; i < self->events->len; i++)
    append_event (text, &g_array_index (self->events, SimEvent, i));
  return g_string_free (text, FALSE);
}

static guint
find_name (const char *const *names, guint n, const char *name)
{
  for (guint i = 0; i < n; i++)
    if (g_str_equal (names[i], name))
      return i;
  g_error ("A story knows no “%s”", name);
}

static void
read_member (SimStory *story, SimEvent *event, const char *key, const char *value)
{
  guint number = (guint) strtoul (value, NULL, 10);

  if (g_str_equal (key, "seed"))
    story->seed = g_ascii_strtoull (value, NULL, 10);
  else if (g_str_equal (key, "devices"))
    story->n_devices = number;
  else if (g_str_equal (key, "page"))
    story->page = number;
  else if (g_str_equal (key, "old"))
    story->old = number;
  else if (g_str_equal (key, "push"))
    story->push = number;
  else if (g_str_equal (key, "actor"))
    event->actor = g_str_equal (value, "office") ? SIM_OFFICE : number;
  else if (g_str_equal (key, "about"))
    event->about = number;
  else if (g_str_equal (key, "with"))
    event->with = number;
  else if (g_str_equal (key, "dice"))
    event->dice = number;
  else if (g_str_equal (key, "steps"))
    event->steps = number;
  else if (g_str_equal (key, "fate"))
    event->fate = (SimFate) find_name (fate_names, SIM_N_FATES, value);
  else if (g_str_equal (key, "fate-at"))
    event->fate_at = number;
  else if (g_str_equal (key, "crash"))
    event->crash = (SimCrash) find_name (crash_names, G_N_ELEMENTS (crash_names), value);
  else if (g_str_equal (key, "crash-at"))
    event->crash_at = number;
  else if (g_str_equal (key, "after"))
    event->crash_after = number != 0;
  else
    g_error ("A story knows no “%s”", key);
}

/** sim_story_from_text: (transfer full): the story that @text tells; lines that begin with # are for people. */
SimStory *
sim_story_from_text (const char *text)
{
  SimStory *self = sim_story_new (0);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint l = 0; lines[l] != NULL; l++)
    {
      g_auto (GStrv) words = g_strsplit (g_strstrip (lines[l]), " ", -1);
      SimEvent event = { 0 };
      gboolean is_event = g_ascii_isdigit (*lines[l]);
      guint first = is_event ? 2 : 0;

      if (*lines[l] == '\0' || *lines[l] == '#')
        continue;
      for (guint w = first; words[w] != NULL; w++)
        {
          char *equals = strchr (words[w], '=');

          g_assert_nonnull (equals);
          *equals = '\0';
          read_member (self, &event, words[w], equals + 1);
        }
      if (!is_event)
        continue;
      event.number = (guint) strtoul (words[0], NULL, 10);
      event.kind = (SimKind) find_name (kind_names, SIM_N_KINDS, words[1]);
      g_array_append_val (self->events, event);
    }
  return self;
}
