/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rounds-store.h"

G_BEGIN_DECLS

/**
 * RoundsFoundPopover:
 *
 * Below an entry, the records that are found for what is written there. It never takes the focus, so that typing goes
 * on while one looks at it: the entry hands on its keys. Signals "picked" (RoundsRecord *): that one is meant;
 * "create": what is written is to be made. Main thread.
 */
#define ROUNDS_TYPE_FOUND_POPOVER (rounds_found_popover_get_type ())
G_DECLARE_FINAL_TYPE (RoundsFoundPopover, rounds_found_popover, ROUNDS, FOUND_POPOVER, GtkPopover)

/**
 * RoundsFoundOtherwise:
 * @ROUNDS_FOUND_SAYS_SO: that nothing is found is said
 * @ROUNDS_FOUND_CLOSES: where nothing is found there is no list
 * @ROUNDS_FOUND_OFFERS: what nothing is called yet is offered to be made, below what is found or in its place
 *
 * What there is to see where nothing has the name that is written.
 */
typedef enum
{
  ROUNDS_FOUND_SAYS_SO,
  ROUNDS_FOUND_CLOSES,
  ROUNDS_FOUND_OFFERS,
} RoundsFoundOtherwise;

RoundsFoundPopover *rounds_found_popover_new (GtkWidget *parent);
void rounds_found_popover_search (RoundsFoundPopover *self, RoundsStore *store, RoundsQuery *query, const char *written,
                                  RoundsFoundOtherwise otherwise);
void rounds_found_popover_move (RoundsFoundPopover *self, int step);
void rounds_found_popover_take (RoundsFoundPopover *self);
void rounds_found_popover_stop (RoundsFoundPopover *self);
RoundsRecord *rounds_found_popover_dup_only (RoundsFoundPopover *self);

G_END_DECLS
