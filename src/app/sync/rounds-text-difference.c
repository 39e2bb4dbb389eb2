/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-text-difference.h"

#include <string.h>

static gboolean
is_boundary (const char *text, gsize length, gsize at)
{
  return at == 0 || at == length || g_ascii_isspace (text[at]) || g_ascii_isspace (text[at - 1]);
}

void
rounds_text_difference_find (const char *text, const char *reference, gsize *start, gsize *end)
{
  gsize length = strlen (text);
  gsize other = strlen (reference);
  gsize shorter = MIN (length, other);
  gsize prefix = 0;
  gsize suffix = 0;

  while (prefix < shorter && text[prefix] == reference[prefix])
    prefix++;
  while (prefix > 0 && !(is_boundary (text, length, prefix) && is_boundary (reference, other, prefix)))
    prefix--;
  while (suffix < shorter - prefix && text[length - suffix - 1] == reference[other - suffix - 1])
    suffix++;
  while (suffix > 0 && !(is_boundary (text, length, length - suffix) && is_boundary (reference, other, other - suffix)))
    suffix--;

  *start = prefix;
  *end = length - suffix;
}

static void
add_attribute (PangoAttrList *attributes, PangoAttribute *attribute, gsize start, gsize end)
{
  attribute->start_index = (guint) start;
  attribute->end_index = (guint) end;
  pango_attr_list_insert (attributes, attribute);
}

PangoAttrList *
rounds_text_difference_mark (const char *text, const char *reference)
{
  PangoAttrList *attributes = pango_attr_list_new ();
  gsize start;
  gsize end;

  rounds_text_difference_find (text, reference, &start, &end);
  if (start < end)
    {
      /* Not by colour alone. */
      add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
      add_attribute (attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start, end);
    }
  return attributes;
}
