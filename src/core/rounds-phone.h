/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *rounds_phone_normalise (const char *phone);
char *rounds_phone_make_uri (const char *phone);
const char *rounds_phone_get_national (const char *normalised, guint *country);

G_END_DECLS
