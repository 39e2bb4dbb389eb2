/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RoundsPromiseBox:
 *
 * Offers to remember what a note promises: a chip for each promise, to be pressed. Nothing is remembered without that.
 * Signal "changed": the user pressed one. Invisible while there is nothing to offer. Main thread.
 */
#define ROUNDS_TYPE_PROMISE_BOX (rounds_promise_box_get_type ())
G_DECLARE_FINAL_TYPE (RoundsPromiseBox, rounds_promise_box, ROUNDS, PROMISE_BOX, AdwBin)

void rounds_promise_box_set_kept (RoundsPromiseBox *self, GPtrArray *promises);
void rounds_promise_box_read (RoundsPromiseBox *self, const char *notes);
gboolean rounds_promise_box_press (RoundsPromiseBox *self);
GPtrArray *rounds_promise_box_list_chosen (RoundsPromiseBox *self);

G_END_DECLS
