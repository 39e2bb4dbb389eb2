/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* What SQL alone cannot say about what a person typed:
 *
 * - words_begin (text, start): whether @start, folded, begins a word of @text, whose case and accents do not matter;
 * - digits_contain (text, digits): whether @digits are in @text, whatever is written between its digits;
 * - folded (text): @text as it is sorted, without case and accents.
 */
int rounds_sqlite_add_functions (sqlite3 *handle);

G_END_DECLS
