/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** RoundsTextDifference: what became of a text, to be shown and to be spoken. */
typedef struct
{
  char *text;           /* (owned) the newer text, with what was removed at its place */
  PangoAttrList *marks; /* (owned) what was added is underlined and bold, what was removed is struck through */
  char *spoken;         /* (owned) the same in words: "Met on, removed: Tuesday, added: Friday, at 9." */
} RoundsTextDifference;

RoundsTextDifference *rounds_text_difference_new (const char *before, const char *after);
void rounds_text_difference_free (RoundsTextDifference *self);
void rounds_text_difference_show (const char *before, const char *after, GtkLabel *label);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsTextDifference, rounds_text_difference_free)

G_END_DECLS
