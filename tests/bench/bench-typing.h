/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody types into the search of a page: from the key to the picture in which the first that was found stands, with
 * the time for which the entry waits. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _BenchTyping BenchTyping;

/* @search: the entry; the lists of its page are lists of records. The window is shown already. */
BenchTyping *bench_typing_new (GtkEditable *search);
void bench_typing_free (BenchTyping *self);

/* Types @letters at the end, one after the other, each when what the one before found has been painted. */
void bench_typing_type (BenchTyping *self, const char *letters);

/* Empties the entry and waits for the picture, which is not measured. */
void bench_typing_clear (BenchTyping *self);

/* What the letters took, as fields of a JSON object. Returns: (transfer full) */
char *bench_typing_describe (BenchTyping *self);

G_END_DECLS
