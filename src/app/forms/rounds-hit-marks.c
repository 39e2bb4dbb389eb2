/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-hit-marks.h"

#include <string.h>

#include "rounds-record.h"

/* A text as the search sees it, and where each byte of that comes from. */
typedef struct
{
  GString *folded; /* (owned) */
  GArray *offsets; /* (owned) of guint: for each byte of folded and for its end */
} Folded;

static void
folded_clear (Folded *self)
{
  g_clear_pointer (&self->offsets, g_array_unref);
  if (self->folded != NULL)
    g_string_free (g_steal_pointer (&self->folded), TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folded, folded_clear)

static void
fold (const char *text, Folded *result)
{
  guint end = (guint) strlen (text);

  result->folded = g_string_new (NULL);
  result->offsets = g_array_new (FALSE, FALSE, sizeof (guint));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      guint offset = (guint) (p - text);
      char character[8] = { 0 };
      g_autofree char *folded = NULL;

      memcpy (character, p, (gsize) (g_utf8_next_char (p) - p));
      folded = rounds_text_fold (character);
      for (gsize i = 0; i < strlen (folded); i++)
        g_array_append_val (result->offsets, offset);
      g_string_append (result->folded, folded);
    }
  g_array_append_val (result->offsets, end);
}

/* Makes bold what begins with @word from each beginning of a word on. */
static void
mark_word (const Folded *text, const char *word, PangoAttrList *marks)
{
  gboolean in_word = FALSE;

  for (const char *p = text->folded->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      gboolean is_letter = g_unichar_isalnum (g_utf8_get_char (p));

      if (is_letter && !in_word && g_str_has_prefix (p, word))
        {
          gsize at = (gsize) (p - text->folded->str);
          PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

          bold->start_index = g_array_index (text->offsets, guint, at);
          bold->end_index = g_array_index (text->offsets, guint, at + strlen (word));
          pango_attr_list_insert (marks, bold);
        }
      in_word = is_letter;
    }
}

/**
 * rounds_hit_marks_new:
 * @text: (nullable): what is shown
 * @words: (nullable): what was searched for, as rounds_search_words() gives it
 *
 * Returns: (transfer full) (nullable): marks for every word of @text that begins with one of @words, whatever its case
 *   and accents; %NULL if there are none
 */
PangoAttrList *
rounds_hit_marks_new (const char *text, const char *const *words)
{
  PangoAttrList *marks;
  g_auto (Folded) folded = { NULL, NULL };

  if (text == NULL || words == NULL || words[0] == NULL)
    return NULL;
  marks = pango_attr_list_new ();
  fold (text, &folded);
  for (guint i = 0; words[i] != NULL; i++)
    mark_word (&folded, words[i], marks);
  return marks;
}

/** rounds_hit_marks_show: shows @text (nullable) in @label, with its hits. */
void
rounds_hit_marks_show (GtkLabel *label, const char *text, const char *const *words)
{
  g_autoptr (PangoAttrList) marks = rounds_hit_marks_new (text, words);

  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_label_set_attributes (label, marks);
}

/** rounds_hit_marks_show_in_row: the same in the text of a row, which costs little where there are many of them. */
void
rounds_hit_marks_show_in_row (RoundsRowText *row_text, const char *text, const char *const *words)
{
  g_autoptr (PangoAttrList) marks = rounds_hit_marks_new (text, words);

  rounds_row_text_show (row_text, text, marks);
}
