/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What benches of the application's pages have in common. */

#pragma once

#include <gtk/gtk.h>

#include "rounds-store.h"

G_BEGIN_DECLS

typedef gboolean (*BenchCondition) (gpointer data);

/* Turns the main loop until @condition holds; the program ends after two minutes. */
void bench_wait_until (BenchCondition condition, gpointer data);

/* Turns the main loop for @ms milliseconds. */
void bench_turn_for (guint ms);

/* The first widget of @type below @root, depth first. Returns: (nullable) (transfer none) */
GtkWidget *bench_find_widget (GtkWidget *root, GType type);

/* Opens a device's store at @path, made if there is none. Returns: (transfer full): for bench_close_device() */
RoundsStore *bench_open_device (const char *path);
void bench_close_device (RoundsStore *store);

/* Runs @fill with @data on the database thread of a new store at @path and closes it: as at a start, nothing is in
 * memory of what was written. */
void bench_fill_device (const char *path, RoundsStoreFunc fill, gpointer data);

/* A word of @n_syllables syllables, the same for the same number. Returns: (transfer full) */
char *bench_make_word (guint n, guint n_syllables);

G_END_DECLS
