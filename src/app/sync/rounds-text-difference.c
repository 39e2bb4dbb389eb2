/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-text-difference.h"

#include <glib/gi18n-lib.h>

#include "rounds-word-diff.h"

static void
add_mark (PangoAttrList *marks, PangoAttribute *mark, gsize begin, gsize end)
{
  mark->start_index = (guint) begin;
  mark->end_index = (guint) end;
  pango_attr_list_insert (marks, mark);
}

/* Never by colour alone. */
static void
mark (PangoAttrList *marks, RoundsWordChange change, gsize begin, gsize end)
{
  switch (change)
    {
    case ROUNDS_WORDS_ADDED:
      add_mark (marks, pango_attr_weight_new (PANGO_WEIGHT_BOLD), begin, end);
      add_mark (marks, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), begin, end);
      break;
    case ROUNDS_WORDS_REMOVED:
      add_mark (marks, pango_attr_strikethrough_new (TRUE), begin, end);
      add_mark (marks, pango_attr_foreground_alpha_new (G_MAXUINT16 / 2), begin, end);
      break;
    case ROUNDS_WORDS_KEPT:
    default:
      break;
    }
}

static gsize
count_leading_blanks (const char *text, gsize length)
{
  const char *p = text;

  while (p < text + length && g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return (gsize) (p - text);
}

static void
speak (GString *spoken, const RoundsWordRun *run)
{
  g_autofree char *words = g_strstrip (g_strndup (run->text, run->length));

  if (*words == '\0')
    return;
  if (spoken->len > 0)
    g_string_append (spoken,
                     run->change == ROUNDS_WORDS_KEPT && g_unichar_ispunct (g_utf8_get_char (words)) ? "" : " ");
  switch (run->change)
    {
    case ROUNDS_WORDS_ADDED:
      /* Translators: said by a screen reader within a text; %s is what was added to it. */
      g_string_append_printf (spoken, _ ("(added: %s)"), words);
      break;
    case ROUNDS_WORDS_REMOVED:
      /* Translators: said by a screen reader within a text; %s is what was removed from it. */
      g_string_append_printf (spoken, _ ("(removed: %s)"), words);
      break;
    case ROUNDS_WORDS_KEPT:
    default:
      g_string_append (spoken, words);
      break;
    }
}

/* Where words were replaced by others that stand at the very beginning, nothing separates the two. */
static gboolean
needs_blank (const GString *text, const RoundsWordRun *run)
{
  return run->change == ROUNDS_WORDS_ADDED && text->len > 0
         && !g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (text->str + text->len)))
         && g_unichar_isalnum (g_utf8_get_char (run->text));
}

/**
 * rounds_text_difference_new:
 * @before: a text
 * @after: what became of it
 *
 * Returns: (transfer full): how @after differs from @before
 */
RoundsTextDifference *
rounds_text_difference_new (const char *before, const char *after)
{
  RoundsTextDifference *self = g_new0 (RoundsTextDifference, 1);
  g_autoptr (GArray) runs = rounds_word_diff (before, after);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) spoken = g_string_new (NULL);
  RoundsWordChange last = ROUNDS_WORDS_KEPT;

  self->marks = pango_attr_list_new ();
  for (guint i = 0; i < runs->len; i++)
    {
      const RoundsWordRun *run = &g_array_index (runs, RoundsWordRun, i);
      gsize begin;

      if (last == ROUNDS_WORDS_REMOVED && needs_blank (text, run))
        g_string_append_c (text, ' ');
      begin = text->len + count_leading_blanks (run->text, run->length);
      g_string_append_len (text, run->text, (gssize) run->length);
      mark (self->marks, run->change, begin, text->len);
      speak (spoken, run);
      last = run->change;
    }
  self->text = g_string_free_and_steal (g_steal_pointer (&text));
  self->spoken = g_string_free_and_steal (g_steal_pointer (&spoken));
  return self;
}

/** rounds_text_difference_free: frees @self. */
void
rounds_text_difference_free (RoundsTextDifference *self)
{
  g_free (self->text);
  pango_attr_list_unref (self->marks);
  g_free (self->spoken);
  g_free (self);
}

/**
 * rounds_text_difference_show:
 * @before: a text
 * @after: what became of it
 * @label: takes it, for the eye and for screen readers
 */
void
rounds_text_difference_show (const char *before, const char *after, GtkLabel *label)
{
  g_autoptr (RoundsTextDifference) self = rounds_text_difference_new (before, after);

  gtk_label_set_text (label, self->text);
  gtk_label_set_attributes (label, self->marks);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, self->spoken, -1);
}
