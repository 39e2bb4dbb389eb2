/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void rounds_socket_hold (GSocket *socket, gboolean hold);

G_END_DECLS
