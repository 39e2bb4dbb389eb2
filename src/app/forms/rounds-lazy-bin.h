/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RoundsLazyBin:
 *
 * What stands in a row of a long list: a list view keeps some 200 rows and shows a dozen, so that what a row is made
 * of, and what it tells, waits until the row comes into sight. Main thread.
 */
#define ROUNDS_TYPE_LAZY_BIN (rounds_lazy_bin_get_type ())
G_DECLARE_FINAL_TYPE (RoundsLazyBin, rounds_lazy_bin, ROUNDS, LAZY_BIN, AdwBin)

/* Makes the child of @bin if it has none yet, and shows in it what the row is about. */
typedef void (*RoundsLazyFunc) (RoundsLazyBin *bin, gpointer item, gpointer data);

GtkWidget *rounds_lazy_bin_new (RoundsLazyFunc show, gpointer item, gpointer data);
void rounds_lazy_bin_invalidate (RoundsLazyBin *self);
void rounds_lazy_bin_show_now (RoundsLazyBin *self);
void rounds_lazy_bin_forget (RoundsLazyBin *self);

G_END_DECLS
