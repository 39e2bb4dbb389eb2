/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/rounds-row-text.h"

G_BEGIN_DECLS

/* Where a text has what was searched for: bold, so that it is seen without colours. */
PangoAttrList *rounds_hit_marks_new (const char *text, const char *const *words);
void rounds_hit_marks_show (GtkLabel *label, const char *text, const char *const *words);
void rounds_hit_marks_show_in_row (RoundsRowText *row_text, const char *text, const char *const *words);

G_END_DECLS
