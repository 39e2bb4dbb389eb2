/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean rounds_password_check (const char *password, GError **error);
char *rounds_password_hash (const char *password, GError **error);
gboolean rounds_password_verify (const char *password, const char *hash);
char *rounds_password_generate (void);

G_END_DECLS
