/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding contacts by what is not in their own names: the city of an address, the organisation where somebody works,
 * the digits of a phone number, the NPI. Each word is looked for everywhere. Names, organisations and NPIs have their
 * indexes; cities and phone numbers are one pass over a table, which is why a list shows first what names tell. */

#include "rounds-contact-filter-private.h"
#include "rounds-query-private.h"

#include <string.h>

/* Of a shorter word there are too many places. */
#define LEAST_LETTERS 3

/* What one word, or all digits of a number, may be found in; each "?" is @value in the form that it takes. */
typedef struct
{
  RoundsEntity entity;
  gboolean is_number; /* for digits alone */
  const char *sql;
  const char *values; /* for each "?": 'm' an FTS5 expression, 'w' the word, 'e' what is just beyond what begins so */
} Source;

static const Source sources[] = {
  { ROUNDS_ENTITY_PERSON, FALSE, "SELECT rowid FROM person_search WHERE person_search MATCH ?", "m" },
  { ROUNDS_ENTITY_PERSON, FALSE,
    "SELECT p.row_key FROM organisation_search AS s JOIN organisation AS o ON o.row_key = s.rowid"
    " AND o.deleted_at IS NULL JOIN affiliation AS a ON a.organisation = o.id AND a.deleted_at IS NULL"
    " JOIN person AS p ON p.id = a.person WHERE s.organisation_search MATCH ?",
    "m" },
  { ROUNDS_ENTITY_PERSON, FALSE,
    "SELECT p.row_key FROM address AS a JOIN person AS p ON p.id = a.person"
    " WHERE a.deleted_at IS NULL AND words_begin (a.city, ?)",
    "w" },
  { ROUNDS_ENTITY_PERSON, TRUE,
    "SELECT p.row_key FROM physician AS n JOIN person AS p ON p.id = n.person"
    " WHERE n.deleted_at IS NULL AND n.npi >= ? AND n.npi < ?",
    "we" },
  { ROUNDS_ENTITY_PERSON, TRUE, "SELECT row_key FROM person WHERE deleted_at IS NULL AND digits_contain (phone, ?)",
    "w" },
  { ROUNDS_ENTITY_ORGANISATION, FALSE, "SELECT rowid FROM organisation_search WHERE organisation_search MATCH ?", "m" },
  { ROUNDS_ENTITY_ORGANISATION, FALSE,
    "SELECT o.row_key FROM address AS a JOIN organisation AS o ON o.id = a.organisation"
    " WHERE a.deleted_at IS NULL AND words_begin (a.city, ?)",
    "w" },
  { ROUNDS_ENTITY_ORGANISATION, TRUE,
    "SELECT row_key FROM organisation WHERE deleted_at IS NULL AND digits_contain (phone, ?)", "w" },
};

static void
add_value (RoundsQuery *query, const char *word, char form)
{
  g_autofree char *text = NULL;

  switch (form)
    {
    case 'm':
      text = g_strdup_printf ("\"%s\"*", word);
      break;
    case 'e':
      text = g_strconcat (word, ":", NULL); /* the character after the digits */
      break;
    default:
      text = g_strdup (word);
    }
  rounds_query_add_text (query, text);
}

/* That @word is found in any of the sources for it. */
static void
look_for (RoundsQuery *query, const char *word, gboolean is_number)
{
  g_autoptr (GString) sql = g_string_new ("row_key IN (");
  gboolean is_short = g_utf8_strlen (word, -1) < LEAST_LETTERS;
  const Source *used[G_N_ELEMENTS (sources)];
  guint n = 0;

  /* The first source of an entity are its own words; the only one for a short word. */
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (sources[i].entity == query->entity && (is_number || !sources[i].is_number) && (n == 0 || !is_short))
      used[n++] = &sources[i];
  for (guint i = 0; i < n; i++)
    g_string_append_printf (sql, "%s%s", i > 0 ? " UNION " : "", used[i]->sql);
  g_string_append_c (sql, ')');

  rounds_query_where_sql (query, sql->str);
  for (guint i = 0; i < n; i++)
    for (const char *form = used[i]->values; *form != '\0'; form++)
      add_value (query, word, *form);
}

/* Returns: (transfer full) (nullable): the digits of what is written like a phone number or an NPI. */
static char *
get_number (const char *text)
{
  GString *digits = NULL;

  if (*text == '\0' || strspn (text, "0123456789+-()./ \t") != strlen (text))
    return NULL;
  digits = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  return g_string_free (digits, digits->len == 0);
}

/*
 * rounds_contact_search_everywhere:
 * @query: of people or organisations
 * @text: what a person typed
 */
void
rounds_contact_search_everywhere (RoundsQuery *query, const char *text)
{
  g_autofree char *number = get_number (text);
  g_auto (GStrv) words = rounds_search_words (text);

  if (number != NULL)
    {
      look_for (query, number, TRUE);
      return;
    }
  for (guint i = 0; words[i] != NULL; i++)
    look_for (query, words[i], FALSE);
  if (words[0] == NULL) /* nothing is found by no word */
    rounds_query_where_sql (query, "0");
}
