/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROUNDS_TYPE_WINDOW (rounds_window_get_type ())

G_DECLARE_FINAL_TYPE (RoundsWindow, rounds_window, ROUNDS, WINDOW, AdwApplicationWindow)

/**
 * rounds_window_new:
 * @application: the application that the window belongs to
 *
 * Makes the main window. It is owned by @application. Main thread.
 *
 * Returns: (transfer none): the window, not shown yet
 */
RoundsWindow *rounds_window_new (AdwApplication *application);

G_END_DECLS
