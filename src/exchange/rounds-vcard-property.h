/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RoundsVcardProperty:
 *
 * One property of a vCard (2.1, 3.0 or 4.0), its value decoded to UTF-8, but with its escapes, which tell commas and
 * semicolons of the text from those between its parts.
 */
typedef struct
{
  char *name;   /* (owned): in capitals, without its group */
  char **types; /* (owned): in capitals */
  guint rank;   /* by preference: 1 is best; 101 without one */
  char *value;  /* (owned) */
  gboolean is_damaged;
  gboolean is_binary; /* a picture or the like; its value is left out */
} RoundsVcardProperty;

RoundsVcardProperty *rounds_vcard_property_parse (const char *line, gsize length, const char *encoding);
void rounds_vcard_property_free (RoundsVcardProperty *self);
gboolean rounds_vcard_line_is_quoted_printable (const char *line, gsize length);
gboolean rounds_vcard_property_has_type (const RoundsVcardProperty *self, const char *type);
char *rounds_vcard_property_get_text (const RoundsVcardProperty *self);
char **rounds_vcard_property_split (const RoundsVcardProperty *self, const char *list_separator);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsVcardProperty, rounds_vcard_property_free)

G_END_DECLS
