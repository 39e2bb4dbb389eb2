/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RoundsRowAvatar:
 *
 * Somebody's initials on their color, or an icon, as AdwAvatar shows them: one widget in place of five, without sizes
 * that are computed from the text, as a list shows many others with each letter that is searched for.
 */
#define ROUNDS_TYPE_ROW_AVATAR (rounds_row_avatar_get_type ())
G_DECLARE_FINAL_TYPE (RoundsRowAvatar, rounds_row_avatar, ROUNDS, ROW_AVATAR, GtkWidget)

void rounds_row_avatar_show (RoundsRowAvatar *self, const char *name, const char *icon_name);
const char *rounds_row_avatar_get_initials (RoundsRowAvatar *self);

G_END_DECLS
