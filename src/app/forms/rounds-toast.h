/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

AdwToast *rounds_toast_new (const char *text, const char *button);
const char *rounds_toast_get_text (AdwToast *toast);
void rounds_toast_set_text (AdwToast *toast, const char *text);
void rounds_toast_keep_above (GtkWidget *bar);

G_END_DECLS
