/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsTrashDialog:
 *
 * What was deleted, last first, of every kind, found by its words; one or several are brought back, each with what went
 * with it. Nothing is ever thrown away for good here. Main thread.
 */
#define ROUNDS_TYPE_TRASH_DIALOG (rounds_trash_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsTrashDialog, rounds_trash_dialog, ROUNDS, TRASH_DIALOG, AdwDialog)

RoundsTrashDialog *rounds_trash_dialog_new (RoundsAppContext *context);

G_END_DECLS
