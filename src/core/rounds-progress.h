/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** RoundsProgressFunc: how far a long piece of work has come; called on the thread that does it, some times a second.
 */
typedef void (*RoundsProgressFunc) (guint64 done, guint64 total, gpointer data);

G_END_DECLS
