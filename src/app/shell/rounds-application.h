/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define ROUNDS_TYPE_APPLICATION (rounds_application_get_type ())

G_DECLARE_FINAL_TYPE (RoundsApplication, rounds_application, ROUNDS, APPLICATION, AdwApplication)

/**
 * rounds_application_new:
 *
 * Makes the application object that `main` runs. Main thread.
 *
 * Returns: (transfer full): the application
 */
RoundsApplication *rounds_application_new (void);

G_END_DECLS
