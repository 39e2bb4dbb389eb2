/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contact-content.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "forms/rounds-display.h"
#include "forms/rounds-field-labels.h"
#include "forms/rounds-hit-marks.h"
#include "rounds-contact-facts.h"

static const struct
{
  const char *id;
  const char *title;
} columns[ROUNDS_N_COLUMNS] = {
  [ROUNDS_COLUMN_NAME] = { "name", N_ ("Name") },
  [ROUNDS_COLUMN_SPECIALTY] = { "specialty", N_ ("Specialty") },
  [ROUNDS_COLUMN_ORGANISATION] = { "organisation", N_ ("Organization") },
  [ROUNDS_COLUMN_PLACE] = { "place", N_ ("Place") },
  [ROUNDS_COLUMN_LAST_SEEN] = { "last-seen", N_ ("Last Seen") },
  [ROUNDS_COLUMN_TERRITORY] = { "territory", N_ ("Territory") },
  [ROUNDS_COLUMN_PHONE] = { "phone", N_ ("Phone") },
  [ROUNDS_COLUMN_EMAIL] = { "email", N_ ("Email") },
  [ROUNDS_COLUMN_NPI] = { "npi", N_ ("NPI") },
};

/** rounds_contact_column_get_id: Returns: the column's name in settings */
const char *
rounds_contact_column_get_id (RoundsContactColumn column)
{
  return columns[column].id;
}

/** rounds_contact_column_get_title: Returns: the column's title, translated */
const char *
rounds_contact_column_get_title (RoundsContactColumn column)
{
  return _ (columns[column].title);
}

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("rounds-contact-facts");
}

/* What is told of @contact, kept with it: a list shows another record when something of it has changed. */
static const RoundsContactFacts *
get_facts (RoundsStore *store, RoundsRecord *contact)
{
  RoundsContactFacts *facts = g_object_get_qdata (G_OBJECT (contact), get_quark ());
  RoundsRecordStore *reader = rounds_store_get_reader (store);

  if (facts != NULL)
    return facts;
  if (reader != NULL)
    facts = rounds_contact_facts_read (reader, contact, NULL);
  if (facts == NULL) /* a disk that fails tells nothing */
    facts = g_new0 (RoundsContactFacts, 1);
  g_object_set_qdata_full (G_OBJECT (contact), get_quark (), facts, (GDestroyNotify) rounds_contact_facts_free);
  return facts;
}

/** rounds_contact_content_forget: has what is told of @contact read anew the next time. */
void
rounds_contact_content_forget (RoundsRecord *contact)
{
  g_object_set_qdata (G_OBJECT (contact), get_quark (), NULL);
}

static gboolean
is_person (RoundsRecord *contact)
{
  return rounds_record_get_entity (contact) == ROUNDS_ENTITY_PERSON;
}

/* What somebody is: a specialty, else a role; an organisation's kind. */
static const char *
get_what (RoundsRecord *contact, const RoundsContactFacts *facts)
{
  if (!is_person (contact))
    return rounds_field_get_value_label (rounds_entity_get_field (ROUNDS_ENTITY_ORGANISATION, ROUNDS_ORGANISATION_KIND),
                                         facts->role);
  if (facts->specialty != NULL)
    return facts->specialty;
  return rounds_field_get_value_label (rounds_entity_get_field (ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_TYPE),
                                       facts->role);
}

static char *
describe_place (const RoundsContactFacts *facts)
{
  if (facts->city != NULL && facts->region != NULL)
    return g_strdup_printf ("%s, %s", facts->city, facts->region);
  return g_strdup (facts->city != NULL ? facts->city : facts->region);
}

/**
 * rounds_contact_content_get:
 * @store: the store
 * @contact: a person or an organisation
 * @column: what to tell
 *
 * Main thread; the first call for a record reads.
 *
 * Returns: (transfer full) (nullable): the text; %NULL where there is nothing to tell
 */
char *
rounds_contact_content_get (RoundsStore *store, RoundsRecord *contact, RoundsContactColumn column)
{
  const RoundsContactFacts *facts = column != ROUNDS_COLUMN_NAME ? get_facts (store, contact) : NULL;

  switch (column)
    {
    case ROUNDS_COLUMN_NAME:
      return rounds_record_get_title (contact);
    case ROUNDS_COLUMN_SPECIALTY:
      return g_strdup (get_what (contact, facts));
    case ROUNDS_COLUMN_ORGANISATION:
      return g_strdup (facts->organisation);
    case ROUNDS_COLUMN_PLACE:
      return describe_place (facts);
    case ROUNDS_COLUMN_LAST_SEEN:
      return facts->last_seen != 0 ? rounds_display_day (facts->last_seen) : NULL;
    case ROUNDS_COLUMN_TERRITORY:
      return g_strdup (facts->territory);
    case ROUNDS_COLUMN_PHONE:
      return g_strdup (rounds_record_get_text (contact, is_person (contact) ? (guint) ROUNDS_PERSON_PHONE
                                                                            : (guint) ROUNDS_ORGANISATION_PHONE));
    case ROUNDS_COLUMN_EMAIL:
      return is_person (contact) ? g_strdup (rounds_record_get_text (contact, ROUNDS_PERSON_EMAIL)) : NULL;
    case ROUNDS_COLUMN_NPI:
      return g_strdup (facts->npi);
    case ROUNDS_N_COLUMNS:
    default:
      g_return_val_if_reached (NULL);
    }
}

static gboolean
is_hit (const char *text, const char *word)
{
  const char *words[] = { word, NULL };
  g_autoptr (PangoAttrList) marks = rounds_hit_marks_new (text, words);
  g_autoptr (GSList) attributes = marks != NULL ? pango_attr_list_get_attributes (marks) : NULL;
  gboolean found = attributes != NULL;

  g_slist_foreach (attributes, (GFunc) pango_attribute_destroy, NULL);
  return found;
}

/* Whether @text, which holds a number, has the digits of @word. */
static gboolean
has_digits (const char *text, const char *word)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  if (text == NULL || strspn (word, "0123456789") != strlen (word))
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  return strstr (digits->str, word) != NULL;
}

/* Adds what @word was found in, where the row does not show it anyway. */
static void
add_found (GString *summary, RoundsStore *store, RoundsRecord *contact, const char *word)
{
  static const RoundsContactColumn places[] = { ROUNDS_COLUMN_ORGANISATION, ROUNDS_COLUMN_EMAIL, ROUNDS_COLUMN_NPI,
                                                ROUNDS_COLUMN_PHONE };
  g_autofree char *name = rounds_record_get_title (contact);

  if (is_hit (name, word) || is_hit (summary->str, word))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *text = rounds_contact_content_get (store, contact, places[i]);

      if (text == NULL || (!is_hit (text, word) && !has_digits (text, word)))
        continue;
      g_string_append_printf (summary, "%s%s", summary->len > 0 ? " · " : "", text);
      return;
    }
}

/**
 * rounds_contact_content_summarize:
 * @words: (nullable): what was searched for
 *
 * Returns: (transfer full): what tells @contact from others of the same name, and what was found of it: "Cardiology ·
 *   Boston", "Hospital"; "" for nothing
 */
char *
rounds_contact_content_summarize (RoundsStore *store, RoundsRecord *contact, const char *const *words)
{
  const RoundsContactFacts *facts = get_facts (store, contact);
  const char *what = get_what (contact, facts);
  GString *summary = g_string_new (what);

  if (facts->city != NULL)
    g_string_append_printf (summary, "%s%s", summary->len > 0 ? " · " : "", facts->city);
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    add_found (summary, store, contact, words[i]);
  return g_string_free_and_steal (summary);
}
