/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-phrases.h"

#include <gio/gio.h>
#include <langinfo.h>
#include <string.h>

#include "rounds-phrases-resources.h"
#include "rounds-record.h"

#define PHRASES_PATH "/io/github/rounds_crm/Rounds/phrases/"

typedef struct
{
  char **words; /* (owned): folded, without punctuation around them */
  guint n_words;
  char *text; /* (owned) */
  int number;
} Phrase;

struct _RoundsPhrases
{
  char *language;                        /* (owned) */
  GHashTable *phrases[ROUNDS_N_PHRASES]; /* (owned): a phrase's first word to GPtrArray of Phrase */
  gboolean capital_names;
  guint promise_reach;
};

/* Where in a file the phrases of a kind are: a group whose keys are their values, or one key. */
static const struct
{
  const char *group;
  const char *key; /* (nullable): %NULL: each of the group's */
} places[ROUNDS_N_PHRASES] = {
  [ROUNDS_PHRASE_TYPE] = { "type", NULL },
  [ROUNDS_PHRASE_OUTCOME] = { "outcome", NULL },
  [ROUNDS_PHRASE_WEEKDAY] = { "weekday", NULL },
  [ROUNDS_PHRASE_WEEKDAY_CAPITAL] = { "weekday-capital", NULL },
  [ROUNDS_PHRASE_MONTH] = { "month", NULL },
  [ROUNDS_PHRASE_DAY] = { "day", NULL },
  [ROUNDS_PHRASE_UNIT] = { "unit", NULL },
  [ROUNDS_PHRASE_DURATION] = { "duration", NULL },
  [ROUNDS_PHRASE_NUMBER] = { "number", NULL },
  [ROUNDS_PHRASE_NEXT] = { "word", "next" },
  [ROUNDS_PHRASE_LAST] = { "word", "last" },
  [ROUNDS_PHRASE_IN] = { "word", "in" },
  [ROUNDS_PHRASE_AGO] = { "word", "ago" },
  [ROUNDS_PHRASE_BEFORE] = { "word", "before" },
  [ROUNDS_PHRASE_AT] = { "word", "at" },
  [ROUNDS_PHRASE_ON] = { "word", "on" },
  [ROUNDS_PHRASE_CLOCK] = { "word", "clock" },
  [ROUNDS_PHRASE_AM] = { "word", "am" },
  [ROUNDS_PHRASE_PM] = { "word", "pm" },
  [ROUNDS_PHRASE_AND] = { "word", "and" },
  [ROUNDS_PHRASE_WITH] = { "word", "with" },
  [ROUNDS_PHRASE_TITLE] = { "word", "title" },
  [ROUNDS_PHRASE_ORDINAL] = { "word", "ordinal" },
  [ROUNDS_PHRASE_PROMISE_START] = { "promise", "start" },
  [ROUNDS_PHRASE_PROMISE_VERB] = { "promise", "verb" },
  [ROUNDS_PHRASE_NOT] = { "promise", "not" },
  [ROUNDS_PHRASE_OTHERS] = { "promise", "others" },
};

static void
phrase_free (gpointer data)
{
  Phrase *self = data;

  g_strfreev (self->words);
  g_free (self->text);
  g_free (self);
}

static void
free_phrases (gpointer phrases)
{
  g_ptr_array_unref (phrases);
}

static void
add_phrase (RoundsPhrases *self, RoundsPhraseKind kind, const char *phrase, const char *text, int number)
{
  g_autofree char *folded = g_strstrip (rounds_text_fold (phrase));
  Phrase *entry;
  GPtrArray *list;
  gsize length = strlen (folded);

  /* A full stop ends a word as it ends a sentence: "p.m." is found as "p.m". */
  while (length > 0 && folded[length - 1] == '.')
    folded[--length] = '\0';
  if (length == 0)
    return;
  entry = g_new0 (Phrase, 1);
  entry->words = g_strsplit (folded, " ", -1);
  entry->n_words = g_strv_length (entry->words);
  entry->text = g_strdup (text);
  entry->number = number;
  list = g_hash_table_lookup (self->phrases[kind], entry->words[0]);
  if (list == NULL)
    {
      list = g_ptr_array_new_with_free_func (phrase_free);
      g_hash_table_insert (self->phrases[kind], g_strdup (entry->words[0]), list);
    }
  g_ptr_array_add (list, entry);
}

static void
read_key (RoundsPhrases *self, RoundsPhraseKind kind, GKeyFile *file, const char *group, const char *key)
{
  g_auto (GStrv) phrases = g_key_file_get_string_list (file, group, key, NULL, NULL);

  for (guint i = 0; phrases != NULL && phrases[i] != NULL; i++)
    add_phrase (self, kind, phrases[i], key, (int) g_ascii_strtoll (key, NULL, 10));
}

static void
read_kind (RoundsPhrases *self, RoundsPhraseKind kind, GKeyFile *file)
{
  g_auto (GStrv) keys = NULL;

  if (places[kind].key != NULL)
    {
      read_key (self, kind, file, places[kind].group, places[kind].key);
      return;
    }
  keys = g_key_file_get_keys (file, places[kind].group, NULL, NULL);
  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    read_key (self, kind, file, places[kind].group, keys[i]);
}

/* Returns: (transfer full) (nullable): the words of @language */
static GKeyFile *
load_file (const char *language)
{
  g_autofree char *path = g_strconcat (PHRASES_PATH, language, NULL);
  g_autoptr (GBytes) bytes =
    g_resource_lookup_data (rounds_phrases_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (bytes == NULL || !g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, NULL))
    return NULL;
  return g_steal_pointer (&file);
}

/**
 * rounds_phrases_new:
 * @language: a language's code, such as "de"
 *
 * Returns: (transfer full) (nullable): its words; %NULL if there is no file of it
 */
RoundsPhrases *
rounds_phrases_new (const char *language)
{
  g_autoptr (GKeyFile) file = load_file (language);
  RoundsPhrases *self;

  if (file == NULL)
    return NULL;
  self = g_new0 (RoundsPhrases, 1);
  self->language = g_strdup (language);
  for (int kind = 0; kind < ROUNDS_N_PHRASES; kind++)
    {
      self->phrases[kind] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_phrases);
      read_kind (self, kind, file);
    }
  self->capital_names = g_key_file_get_boolean (file, "rule", "capital-names", NULL);
  self->promise_reach = (guint) g_key_file_get_integer (file, "promise", "reach", NULL);
  return self;
}

static void
add_locale_name (RoundsPhrases *self, RoundsPhraseKind kind, nl_item item, int number)
{
  g_autofree char *name = g_locale_to_utf8 (nl_langinfo (item), -1, NULL, NULL, NULL);

  if (name != NULL)
    add_phrase (self, kind, name, "", number);
}

/* The days, the months and the halves of the day as the system's locale calls them, whatever language that is. */
static void
add_locale_names (RoundsPhrases *self)
{
  static const nl_item days[] = { DAY_1, DAY_2, DAY_3, DAY_4, DAY_5, DAY_6, DAY_7 };
  static const nl_item months[] = { MON_1, MON_2, MON_3, MON_4,  MON_5,  MON_6,
                                    MON_7, MON_8, MON_9, MON_10, MON_11, MON_12 };

  /* The C library's first day is Sunday. */
  for (int i = 0; i < 7; i++)
    add_locale_name (self, ROUNDS_PHRASE_WEEKDAY, days[i], i == 0 ? 7 : i);
  for (int i = 0; i < 12; i++)
    add_locale_name (self, ROUNDS_PHRASE_MONTH, months[i], i + 1);
  add_locale_name (self, ROUNDS_PHRASE_AM, AM_STR, 0);
  add_locale_name (self, ROUNDS_PHRASE_PM, PM_STR, 0);
}

/**
 * rounds_phrases_new_for_locale:
 *
 * Returns: (transfer full): the words of the first of the user's languages that has any, with the days, months and
 * halves of the day of the locale; English if none has
 */
RoundsPhrases *
rounds_phrases_new_for_locale (void)
{
  const char *const *languages = g_get_language_names ();
  RoundsPhrases *self = NULL;

  for (guint i = 0; self == NULL && languages[i] != NULL; i++)
    if (strchr (languages[i], '/') == NULL)
      self = rounds_phrases_new (languages[i]);
  if (self == NULL)
    self = rounds_phrases_new ("en");
  add_locale_names (self);
  return self;
}

/** rounds_phrases_free: frees @self. */
void
rounds_phrases_free (RoundsPhrases *self)
{
  for (int kind = 0; kind < ROUNDS_N_PHRASES; kind++)
    g_clear_pointer (&self->phrases[kind], g_hash_table_unref);
  g_free (self->language);
  g_free (self);
}

/** rounds_phrases_get_language: Returns: (transfer none): the code of the language */
const char *
rounds_phrases_get_language (const RoundsPhrases *self)
{
  return self->language;
}

/** rounds_phrases_has_capital_names: Returns: whether a capital letter tells a name from other words */
gboolean
rounds_phrases_has_capital_names (const RoundsPhrases *self)
{
  return self->capital_names;
}

/** rounds_phrases_get_promise_reach: Returns: within how many words of its start a promise says what; 0: anywhere */
guint
rounds_phrases_get_promise_reach (const RoundsPhrases *self)
{
  return self->promise_reach;
}

static gboolean
begins_with (const Phrase *phrase, const char *const *words, guint n_words)
{
  if (phrase->n_words > n_words)
    return FALSE;
  for (guint i = 0; i < phrase->n_words; i++)
    if (!g_str_equal (phrase->words[i], words[i]))
      return FALSE;
  return TRUE;
}

/**
 * rounds_phrases_match:
 * @self: a language's words
 * @kind: what is looked for
 * @words: (array length=n_words): folded words without punctuation around them
 * @n_words: how many there are
 * @value: (out) (optional): what the phrase stands for; valid as long as @self
 *
 * Returns: how many of the first words are such a phrase, the longest one; 0 if there is none
 */
guint
rounds_phrases_match (const RoundsPhrases *self, RoundsPhraseKind kind, const char *const *words, guint n_words,
                      RoundsPhraseValue *value)
{
  GPtrArray *list = n_words > 0 ? g_hash_table_lookup (self->phrases[kind], words[0]) : NULL;
  const Phrase *best = NULL;

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const Phrase *phrase = g_ptr_array_index (list, i);

      if (begins_with (phrase, words, n_words) && (best == NULL || phrase->n_words > best->n_words))
        best = phrase;
    }
  if (best == NULL)
    return 0;
  if (value != NULL)
    *value = (RoundsPhraseValue) { best->text, best->number };
  return best->n_words;
}

/** rounds_locale_is_month_first: Returns: whether the locale writes the month before the day, as in 3/14 */
gboolean
rounds_locale_is_month_first (void)
{
  const char *format = nl_langinfo (D_FMT);
  const char *month = strpbrk (format, "mDbB");
  const char *day = strpbrk (format, "de");

  /* "%D" is "%m/%d/%y". */
  return month != NULL && (*month == 'D' || (day != NULL && month < day));
}
