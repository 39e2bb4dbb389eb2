/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

void rounds_dialog_grow_with (AdwDialog *dialog, GtkScrolledWindow *scroller);

G_END_DECLS
