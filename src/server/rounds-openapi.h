/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *rounds_openapi_write (void);
char *rounds_openapi_write_page (void);

G_END_DECLS
