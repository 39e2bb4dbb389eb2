/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/rounds-lazy-bin.h"

G_BEGIN_DECLS

/**
 * RoundsLazyRows:
 *
 * Makes the rows, cells or headings of a long list: each is a RoundsLazyBin, which a function of the list fills when it
 * comes into sight. Until then it is as high as the first one, so that the list knows about how long it
 * is. Main thread.
 */
#define ROUNDS_TYPE_LAZY_ROWS (rounds_lazy_rows_get_type ())
G_DECLARE_FINAL_TYPE (RoundsLazyRows, rounds_lazy_rows, ROUNDS, LAZY_ROWS, GObject)

RoundsLazyRows *rounds_lazy_rows_new (RoundsLazyFunc show, GObject *list);
GtkListItemFactory *rounds_lazy_rows_make_factory (RoundsLazyRows *self);
void rounds_lazy_rows_show_again (RoundsLazyRows *self);

G_END_DECLS
