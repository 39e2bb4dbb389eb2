/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsLineEntry:
 *
 * A visit in one line, `visit johnson 20m dosing; send paper fri`, and below it what will be saved, while one types. A
 * name that may mean several contacts is asked about: Down and Up choose; nobody is chosen silently. Signals "changed";
 * "activate": Return was pressed. Main thread.
 */
#define ROUNDS_TYPE_LINE_ENTRY (rounds_line_entry_get_type ())
G_DECLARE_FINAL_TYPE (RoundsLineEntry, rounds_line_entry, ROUNDS, LINE_ENTRY, GtkBox)

void rounds_line_entry_set_up (RoundsLineEntry *self, RoundsAppContext *context);
void rounds_line_entry_set_text (RoundsLineEntry *self, const char *text);
const char *rounds_line_entry_get_text (RoundsLineEntry *self);
gboolean rounds_line_entry_save_async (RoundsLineEntry *self, const RoundsUuid *draft, GAsyncReadyCallback callback,
                                       gpointer data);

G_END_DECLS
