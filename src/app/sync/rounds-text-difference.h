/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/**
 * rounds_text_difference_mark:
 * @text: a text
 * @reference: the text to compare with
 *
 * Marks what is between the words that both texts begin and end with. For short values that is what a reader looks for.
 *
 * Returns: (transfer full): attributes for a label that shows @text
 */
PangoAttrList *rounds_text_difference_mark (const char *text, const char *reference);

/**
 * rounds_text_difference_find:
 * @text: a text
 * @reference: the text to compare with
 * @start: (out): where the difference begins in @text, in bytes
 * @end: (out): where it ends; equal to @start if @text has nothing that @reference lacks
 */
void rounds_text_difference_find (const char *text, const char *reference, gsize *start, gsize *end);

G_END_DECLS
