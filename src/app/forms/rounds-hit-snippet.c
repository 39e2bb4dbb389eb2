/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-hit-snippet.h"

#include <string.h>

#include "forms/rounds-hit-marks.h"

/* In characters: how much is shown before the first hit, so that one sees what it is about, and of all. */
#define LEAD 24
#define LONGEST 200

/* In bytes; -1: there is none. */
static gssize
find_first_hit (const char *text, const char *const *words)
{
  g_autoptr (PangoAttrList) marks = rounds_hit_marks_new (text, words);
  GSList *attributes = marks != NULL ? pango_attr_list_get_attributes (marks) : NULL;
  gssize first = -1;

  for (GSList *l = attributes; l != NULL; l = l->next)
    {
      gssize start = (gssize) ((PangoAttribute *) l->data)->start_index;

      first = first < 0 ? start : MIN (first, start);
    }
  g_slist_free_full (attributes, (GDestroyNotify) pango_attribute_destroy);
  return first;
}

/* Back from @hit to the beginning of a word. */
static const char *
find_start (const char *text, const char *hit)
{
  const char *start = hit;

  for (int i = 0; i < LEAD && start > text; i++)
    start = g_utf8_prev_char (start);
  if (start == text || g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (start))))
    return start;
  while (start < hit && !g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  while (start < hit && g_unichar_isspace (g_utf8_get_char (start)))
    start = g_utf8_next_char (start);
  return start;
}

/**
 * rounds_hit_snippet:
 * @text: (nullable): a note
 * @words: (nullable): what was searched for, as rounds_search_words() gives it
 *
 * Returns: (transfer full): one line of @text around the first hit; its beginning where there is none
 */
char *
rounds_hit_snippet (const char *text, const char *const *words)
{
  gssize hit;
  const char *start;
  GString *line;
  glong length = 0;
  gboolean blank = FALSE;

  if (text == NULL)
    return g_strdup ("");
  hit = find_first_hit (text, words);
  start = hit > 0 ? find_start (text, text + hit) : text;
  line = g_string_new (start > text ? "…" : NULL);
  for (const char *p = start; *p != '\0' && length < LONGEST; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c))
        {
          blank = line->len > 0;
          continue;
        }
      if (blank)
        g_string_append_c (line, ' ');
      blank = FALSE;
      g_string_append_unichar (line, c);
      length++;
    }
  return g_string_free_and_steal (line);
}
