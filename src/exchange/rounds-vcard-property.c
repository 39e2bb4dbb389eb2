/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines of vCards by RFC 6350, RFC 2426 and the vCard 2.1 of 1996, and as telephones and programs really write them:
 * any encoding in any version (nextcloud/server#10653), parameters without a name, characters of one set called
 * another. */

#include "rounds-vcard-property.h"

#include <string.h>

#include "rounds-text-decoder.h"

#define NO_PREFERENCE 101

typedef enum
{
  TRANSFER_PLAIN,
  TRANSFER_QUOTED_PRINTABLE,
  TRANSFER_BASE64,
} Transfer;

typedef struct
{
  GStrvBuilder *types; /* (owned) */
  guint rank;
  char *charset; /* (owned) (nullable) */
  Transfer transfer;
} Parameters;

static Transfer
find_transfer (const char *name)
{
  if (g_ascii_strcasecmp (name, "QUOTED-PRINTABLE") == 0)
    return TRANSFER_QUOTED_PRINTABLE;
  return g_ascii_strcasecmp (name, "BASE64") == 0 || g_ascii_strcasecmp (name, "B") == 0 ? TRANSFER_BASE64
                                                                                         : TRANSFER_PLAIN;
}

static void
take_types (Parameters *self, const char *value)
{
  g_auto (GStrv) names = g_strsplit (value, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *upper = g_ascii_strup (g_strstrip (names[i]), -1);

      if (g_str_equal (upper, "PREF"))
        self->rank = 1;
      g_strv_builder_add (self->types, upper);
    }
}

static void
take_parameter (Parameters *self, const char *text)
{
  const char *equals = strchr (text, '=');
  g_autofree char *name = g_strndup (text, equals != NULL ? equals - text : 0);
  g_autofree char *value = g_strdup (equals != NULL ? equals + 1 : text);

  g_strstrip (name);
  g_strstrip (value);
  if (*value == '"')
    {
      memmove (value, value + 1, strlen (value));
      value[strcspn (value, "\"")] = '\0';
    }

  /* Version 2.1 has types and encodings without a name. */
  if (equals == NULL && find_transfer (value) != TRANSFER_PLAIN)
    self->transfer = find_transfer (value);
  else if (equals == NULL || g_ascii_strcasecmp (name, "TYPE") == 0)
    take_types (self, value);
  else if (g_ascii_strcasecmp (name, "ENCODING") == 0)
    self->transfer = find_transfer (value);
  else if (g_ascii_strcasecmp (name, "CHARSET") == 0 && *value != '\0')
    {
      g_free (self->charset);
      self->charset = g_strdup (value);
    }
  else if (g_ascii_strcasecmp (name, "PREF") == 0)
    self->rank = CLAMP (g_ascii_strtoull (value, NULL, 10), 1, 100);
}

/* Where the part of a line that starts at @at ends: at one of @stops outside of quotes, or at its end. */
static gsize
find_stop (const char *line, gsize length, gsize at, const char *stops)
{
  gboolean is_quoted = FALSE;

  for (; at < length; at++)
    if (line[at] == '"')
      is_quoted = !is_quoted;
    else if (!is_quoted && line[at] != '\0' && strchr (stops, line[at]) != NULL)
      break;
  return at;
}

/* Reads the parameters between name and value. Returns where the value starts; 0 if there is no colon. */
static gsize
parse_parameters (Parameters *self, const char *line, gsize length, gsize at)
{
  while (at < length && line[at] == ';')
    {
      gsize end = find_stop (line, length, at + 1, ";:");
      g_autofree char *text = g_strndup (line + at + 1, end - at - 1);

      take_parameter (self, text);
      at = end;
    }
  return at < length && line[at] == ':' ? at + 1 : 0;
}

static void
clear_parameters (Parameters *self)
{
  g_clear_pointer (&self->types, g_strv_builder_unref);
  g_clear_pointer (&self->charset, g_free);
}

/* A semicolon or comma that was encoded is none that separates. */
static void
append_decoded (GString *bytes, char c)
{
  gboolean is_escaped = bytes->len > 0 && bytes->str[bytes->len - 1] == '\\';

  if ((c == ';' || c == ',') && !is_escaped)
    g_string_append_c (bytes, '\\');
  if (c != '\r')
    g_string_append_c (bytes, c);
}

static GString *
decode_quoted_printable (const char *value, gsize length)
{
  GString *bytes = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    if (value[i] == '=' && i + 2 < length && g_ascii_isxdigit (value[i + 1]) && g_ascii_isxdigit (value[i + 2]))
      {
        append_decoded (bytes, (char) (g_ascii_xdigit_value (value[i + 1]) * 16 + g_ascii_xdigit_value (value[i + 2])));
        i += 2;
      }
    else
      g_string_append_c (bytes, value[i]);
  return bytes;
}

static GString *
decode_base64 (const char *value, gsize length)
{
  g_autofree char *text = g_strndup (value, length);
  gsize n_bytes;
  g_autofree guchar *bytes = g_base64_decode (text, &n_bytes);

  return g_string_new_len ((const char *) bytes, (gssize) n_bytes);
}

static GString *
decode_transfer (Transfer transfer, const char *value, gsize length)
{
  switch (transfer)
    {
    case TRANSFER_QUOTED_PRINTABLE:
      return decode_quoted_printable (value, length);
    case TRANSFER_BASE64:
      return decode_base64 (value, length);
    case TRANSFER_PLAIN:
    default:
      return g_string_new_len (value, (gssize) length);
    }
}

/* What the property itself says, then UTF-8 where it is that, then what the file is in. */
static char *
decode_characters (const GString *bytes, const char *charset, const char *encoding)
{
  char *text = NULL;

  if (memchr (bytes->str, '\0', bytes->len) != NULL)
    return NULL;
  if (charset != NULL && g_ascii_strcasecmp (charset, "UTF-8") != 0)
    text = g_convert (bytes->str, (gssize) bytes->len, "UTF-8", charset, NULL, NULL, NULL);
  if (text == NULL)
    text = rounds_text_decode (bytes->str, bytes->len, encoding);
  return text;
}

/* Folded lines and quoted-printable can leave half characters where a program cut between bytes; the rest is read. */
static char *
rescue (const GString *bytes)
{
  return g_utf8_make_valid (bytes->str, (gssize) bytes->len);
}

static gboolean
is_media (const char *name)
{
  static const char *const media[] = { "PHOTO", "LOGO", "SOUND", "KEY", NULL };

  return g_strv_contains (media, name);
}

static void
decode_value (RoundsVcardProperty *self, const Parameters *parameters, const char *value, gsize length,
              const char *encoding)
{
  g_autoptr (GString) bytes = NULL;

  self->is_binary = is_media (self->name) || parameters->transfer == TRANSFER_BASE64;
  if (is_media (self->name))
    length = 0;
  bytes = decode_transfer (parameters->transfer, value, length);
  self->value = decode_characters (bytes, parameters->charset, encoding);
  self->is_damaged = self->value == NULL && !self->is_binary;
  if (self->value == NULL)
    self->value = self->is_binary ? g_strdup ("") : rescue (bytes);
}

/**
 * rounds_vcard_property_parse:
 * @line: (array length=length): an unfolded line, without its end
 * @encoding: what text is in that is not UTF-8 and does not tell; one of rounds_text_encoding_list()
 *
 * Returns: (transfer full) (nullable): the property; %NULL if the line is none
 */
RoundsVcardProperty *
rounds_vcard_property_parse (const char *line, gsize length, const char *encoding)
{
  Parameters parameters = { .types = g_strv_builder_new (), .rank = NO_PREFERENCE };
  gsize end = find_stop (line, length, 0, ";:");
  g_autofree char *name = g_strndup (line, end);
  const char *point = strrchr (name, '.');
  gsize start = parse_parameters (&parameters, line, length, end);
  RoundsVcardProperty *self = NULL;

  g_strstrip (name);
  if (start > 0 && *name != '\0' && strspn (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.") == strlen (name))
    {
      self = g_new0 (RoundsVcardProperty, 1);
      self->name = g_ascii_strup (point != NULL ? point + 1 : name, -1);
      self->types = g_strv_builder_end (parameters.types);
      self->rank = parameters.rank;
      decode_value (self, &parameters, line + start, length - start, encoding);
    }
  clear_parameters (&parameters);
  return self;
}

/** rounds_vcard_property_free: frees @self. */
void
rounds_vcard_property_free (RoundsVcardProperty *self)
{
  g_free (self->name);
  g_strfreev (self->types);
  g_free (self->value);
  g_free (self);
}

/** rounds_vcard_line_is_quoted_printable: whether a line that ends in "=" goes on in the next one. */
gboolean
rounds_vcard_line_is_quoted_printable (const char *line, gsize length)
{
  Parameters parameters = { .types = g_strv_builder_new () };
  gsize start = parse_parameters (&parameters, line, length, find_stop (line, length, 0, ";:"));
  gboolean result = start > 0 && parameters.transfer == TRANSFER_QUOTED_PRINTABLE;

  clear_parameters (&parameters);
  return result;
}

/** rounds_vcard_property_has_type: whether @type, in capitals, is among the types. */
gboolean
rounds_vcard_property_has_type (const RoundsVcardProperty *self, const char *type)
{
  return g_strv_contains ((const char *const *) self->types, type);
}

/* Appends the character that starts at *@p, without its escape, and leaves *@p at its last byte. */
static void
append_unescaped (GString *text, const char **p)
{
  if (**p != '\\' || strchr ("nN,;:\\", (*p)[1]) == NULL || (*p)[1] == '\0')
    {
      g_string_append_c (text, **p);
      return;
    }
  (*p)++;
  g_string_append_c (text, **p == 'n' || **p == 'N' ? '\n' : **p);
}

/** rounds_vcard_property_get_text: (transfer full): the value as one text, without blanks around it. */
char *
rounds_vcard_property_get_text (const RoundsVcardProperty *self)
{
  GString *text = g_string_new (NULL);

  for (const char *p = self->value; *p != '\0'; p++)
    append_unescaped (text, &p);
  return g_strstrip (g_string_free_and_steal (text));
}

/**
 * rounds_vcard_property_split:
 * @list_separator: what to put between the members of a component that is a list
 *
 * Returns: (transfer full): the components of a structured value, without blanks around them; at least one
 */
char **
rounds_vcard_property_split (const RoundsVcardProperty *self, const char *list_separator)
{
  g_autoptr (GStrvBuilder) components = g_strv_builder_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *p = self->value;; p++)
    if (*p == ';' || *p == '\0')
      {
        g_strv_builder_take (components, g_strstrip (g_strdup (text->str)));
        g_string_truncate (text, 0);
        if (*p == '\0')
          break;
      }
    else if (*p == ',')
      {
        g_string_append (text, list_separator);
        while (p[1] == ' ')
          p++;
      }
    else
      append_unescaped (text, &p);
  return g_strv_builder_end (components);
}
