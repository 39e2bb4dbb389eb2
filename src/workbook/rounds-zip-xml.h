/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** RoundsXmlHandlers: what to do with the pieces of a part; names without their namespaces. */
typedef struct
{
  void (*start) (gpointer data, const char *name, const char **attributes);
  void (*end) (gpointer data, const char *name);
  void (*text) (gpointer data, const char *text, int length); /* (nullable) */
} RoundsXmlHandlers;

void rounds_zip_check (int fd);
gboolean rounds_zip_has (int fd, const char *path);
gboolean rounds_zip_parse (int fd, const char *path, const RoundsXmlHandlers *handlers, gpointer data);

const char *rounds_xml_get (const char **attributes, const char *space, const char *name);

G_END_DECLS
