/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a simulated process finds in place of the clock and of random numbers. The linker puts these in place of
 * rounds_time_now(), rounds_uuid_new() and rounds_password_hash() in this program alone (--wrap), so that nothing in
 * the product knows of simulations. */

void sim_clock_set (gint64 now);
void sim_ids_begin (guint64 seed);

/* Dice: the same numbers for the same beginning. */
guint64 sim_mix (guint64 a, guint64 b);
guint64 sim_roll (guint64 *state);
guint sim_roll_below (guint64 *state, guint sides);

G_END_DECLS
