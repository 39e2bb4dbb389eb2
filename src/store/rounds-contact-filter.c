/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-contact-filter-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-json.h"
#include "rounds-query-private.h"
#include "rounds-time.h"

G_DEFINE_BOXED_TYPE (RoundsContactFilter, rounds_contact_filter, rounds_contact_filter_copy, rounds_contact_filter_free)

/* Wire values, in the order of their enums. */
static const char *const kinds[] = { "all", "people", "organisations", NULL };
static const char *const orders[] = { "name", "last_seen", "place", "specialty", "organisation", "territory", NULL };
static const char *const seens[] = { "any", "never", "within", "not_within", NULL };

/* By what a list shows of them (rounds-contact-facts.c): when they were last seen, the city of the first address, the
 * specialty, the work place, the territory; with accents where their letters are. */
static const char *const person_orders[] = {
  NULL,
  "(SELECT max(at) FROM (SELECT (SELECT i.occurred_at FROM interaction AS i WHERE i.person = person.id"
  " AND " ROUNDS_WAS_SEEN " ORDER BY i.occurred_at DESC LIMIT 1) AS at"
  " UNION ALL SELECT (SELECT t.attended_at FROM interaction_attendee AS t"
  " JOIN interaction AS i ON i.row_key = t.attended_key WHERE t.person = person.id"
  " AND " ROUNDS_WAS_SEEN " ORDER BY t.attended_at DESC LIMIT 1)))",
  "(SELECT folded(a.city) FROM address AS a WHERE a.person = person.id AND a.deleted_at IS NULL"
  " ORDER BY a.row_key LIMIT 1)",
  "(SELECT s.sort_key FROM physician AS n JOIN specialization AS s ON s.id = n.specialization"
  " WHERE n.person = person.id AND n.deleted_at IS NULL LIMIT 1)",
  "(SELECT o.sort_key FROM affiliation AS f JOIN organisation AS o ON o.id = f.organisation"
  " WHERE f.person = person.id AND f.deleted_at IS NULL AND o.deleted_at IS NULL"
  " ORDER BY f.valid_to IS NOT NULL, f.is_primary IS NOT 1, f.row_key LIMIT 1)",
  "(SELECT t.sort_key FROM territory AS t WHERE t.id = person.territory)",
};

static const char *const organisation_orders[] = {
  NULL,
  "(SELECT max(i.occurred_at) FROM affiliation AS f JOIN interaction AS i ON i.person = f.person"
  " WHERE f.organisation = organisation.id AND f.deleted_at IS NULL AND " ROUNDS_WAS_SEEN ")",
  "(SELECT folded(a.city) FROM address AS a WHERE a.organisation = organisation.id AND a.deleted_at IS NULL"
  " ORDER BY a.row_key LIMIT 1)",
  "NULL",
  "NULL",
  "(SELECT t.sort_key FROM territory AS t WHERE t.id = organisation.territory)",
};

/** rounds_contact_filter_new: Returns: (transfer full): one that leaves nobody out, by name */
RoundsContactFilter *
rounds_contact_filter_new (void)
{
  return g_new0 (RoundsContactFilter, 1);
}

/** rounds_contact_filter_copy: Returns: (transfer full): an equal one */
RoundsContactFilter *
rounds_contact_filter_copy (const RoundsContactFilter *self)
{
  RoundsContactFilter *copy = g_memdup2 (self, sizeof *self);

  copy->words = g_strdup (self->words);
  copy->role = g_strdup (self->role);
  copy->place = g_strdup (self->place);
  copy->consent_channel = g_strdup (self->consent_channel);
  copy->consent_state = g_strdup (self->consent_state);
  return copy;
}

/** rounds_contact_filter_free: frees @self. */
void
rounds_contact_filter_free (RoundsContactFilter *self)
{
  g_free (self->words);
  g_free (self->role);
  g_free (self->place);
  g_free (self->consent_channel);
  g_free (self->consent_state);
  g_free (self);
}

/** rounds_contact_filter_equal: whether @a and @b show the same contacts in the same order. */
gboolean
rounds_contact_filter_equal (const RoundsContactFilter *a, const RoundsContactFilter *b)
{
  g_autofree char *first = rounds_contact_filter_to_json (a);
  g_autofree char *second = rounds_contact_filter_to_json (b);

  return g_str_equal (first, second);
}

/* Whether something is chosen that no organisation has. */
static gboolean
is_about_people (const RoundsContactFilter *self)
{
  return self->role != NULL || !rounds_uuid_is_nil (&self->specialty) || self->seen != ROUNDS_SEEN_ANY
         || self->consent_channel != NULL || !rounds_uuid_is_nil (&self->organisation);
}

/** rounds_contact_filter_is_set: whether anything but the kind, the words and the order is chosen. */
gboolean
rounds_contact_filter_is_set (const RoundsContactFilter *self)
{
  return is_about_people (self) || self->place != NULL || !rounds_uuid_is_nil (&self->territory);
}

/* As JSON */

static void
add_text (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    yyjson_mut_obj_add_strcpy (doc, object, name, text);
}

static void
add_uuid (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *name, const RoundsUuid *uuid)
{
  char text[ROUNDS_UUID_STRING_LENGTH + 1];

  rounds_uuid_format (uuid, text);
  add_text (doc, object, name, rounds_uuid_is_nil (uuid) ? NULL : text);
}

/**
 * rounds_contact_filter_to_json:
 *
 * Returns: (transfer full): an object of what is set, the same for equal filters
 */
char *
rounds_contact_filter_to_json (const RoundsContactFilter *self)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *object = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, object);
  add_text (doc, object, "kind", kinds[self->kind]);
  add_text (doc, object, "words", self->words);
  add_text (doc, object, "role", self->role);
  add_uuid (doc, object, "specialty", &self->specialty);
  add_text (doc, object, "place", self->place);
  add_uuid (doc, object, "territory", &self->territory);
  add_uuid (doc, object, "organisation", &self->organisation);
  if (self->seen != ROUNDS_SEEN_ANY)
    {
      add_text (doc, object, "seen", seens[self->seen]);
      yyjson_mut_obj_add_uint (doc, object, "days", self->days);
    }
  add_text (doc, object, "consent_channel", self->consent_channel);
  add_text (doc, object, "consent_state", self->consent_state);
  add_text (doc, object, "order", orders[self->order]);
  yyjson_mut_obj_add_bool (doc, object, "descending", self->descending);
  return rounds_json_write (doc, FALSE);
}

static char *
read_text (yyjson_val *object, const char *name)
{
  const char *text = yyjson_get_str (yyjson_obj_get (object, name));

  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/* What a newer version calls otherwise is the first of @names. */
static guint
read_enum (yyjson_val *object, const char *name, const char *const *names)
{
  const char *text = yyjson_get_str (yyjson_obj_get (object, name));

  for (guint i = 0; text != NULL && names[i] != NULL; i++)
    if (g_str_equal (names[i], text))
      return i;
  return 0;
}

static void
read_uuid (yyjson_val *object, const char *name, RoundsUuid *uuid)
{
  const char *text = yyjson_get_str (yyjson_obj_get (object, name));

  if (text == NULL || !rounds_uuid_parse (text, uuid))
    *uuid = (RoundsUuid) { { 0 } };
}

/**
 * rounds_contact_filter_from_json:
 * @json: what rounds_contact_filter_to_json() wrote, perhaps of another version
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID for what is no object
 *
 * Returns: (transfer full) (nullable): the filter; names that it does not know are left out
 */
RoundsContactFilter *
rounds_contact_filter_from_json (const char *json, GError **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  RoundsContactFilter *self;
  yyjson_val *root;

  if (!rounds_json_read (json, -1, &doc, error))
    return NULL;
  root = yyjson_doc_get_root (doc);
  if (!yyjson_is_obj (root))
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("This is no saved search."));
      return NULL;
    }

  self = rounds_contact_filter_new ();
  self->kind = (RoundsContactKind) read_enum (root, "kind", kinds);
  self->words = read_text (root, "words");
  self->role = read_text (root, "role");
  read_uuid (root, "specialty", &self->specialty);
  self->place = read_text (root, "place");
  read_uuid (root, "territory", &self->territory);
  read_uuid (root, "organisation", &self->organisation);
  self->seen = (RoundsSeen) read_enum (root, "seen", seens);
  self->days = (guint) yyjson_get_uint (yyjson_obj_get (root, "days"));
  self->consent_channel = read_text (root, "consent_channel");
  self->consent_state = read_text (root, "consent_state");
  self->order = (RoundsContactOrder) read_enum (root, "order", orders);
  self->descending = yyjson_get_bool (yyjson_obj_get (root, "descending"));
  return self;
}

/* As a query */

static void
add_role (RoundsQuery *query, const RoundsContactFilter *self, const char *today)
{
  if (self->role == NULL)
    return;
  rounds_query_where_sql (query, "EXISTS (SELECT 1 FROM person_role AS r WHERE r.type = ? AND r.person = person.id"
                                 " AND r.deleted_at IS NULL AND (r.valid_from IS NULL OR r.valid_from <= ?)"
                                 " AND (r.valid_to IS NULL OR r.valid_to > ?))");
  rounds_query_add_text (query, self->role);
  rounds_query_add_text (query, today);
  rounds_query_add_text (query, today);
}

static void
add_specialty (RoundsQuery *query, const RoundsContactFilter *self)
{
  if (rounds_uuid_is_nil (&self->specialty))
    return;
  rounds_query_where_sql (query,
                          "id IN (SELECT person FROM physician WHERE specialization = ? AND deleted_at IS NULL)");
  rounds_query_add_uuid (query, &self->specialty);
}

static void
add_organisation (RoundsQuery *query, const RoundsContactFilter *self, const char *today)
{
  if (rounds_uuid_is_nil (&self->organisation))
    return;
  rounds_query_where_sql (query, "id IN (SELECT person FROM affiliation WHERE organisation = ? AND deleted_at IS NULL"
                                 " AND (valid_to IS NULL OR valid_to > ?))");
  rounds_query_add_uuid (query, &self->organisation);
  rounds_query_add_text (query, today);
}

/* One pass over the addresses. */
static void
add_place (RoundsQuery *query, const RoundsContactFilter *self)
{
  const char *owner = query->entity == ROUNDS_ENTITY_PERSON ? "person" : "organisation";
  g_autofree char *place = NULL;
  g_autofree char *sql = NULL;

  if (self->place == NULL)
    return;
  place = rounds_text_fold (self->place);
  sql = g_strdup_printf ("id IN (SELECT a.%s FROM address AS a WHERE a.deleted_at IS NULL AND a.%s IS NOT NULL"
                         " AND (words_begin (a.city, ?) OR words_begin (a.region, ?)"
                         " OR words_begin (a.postal_code, ?)))",
                         owner, owner);
  rounds_query_where_sql (query, sql);
  for (guint i = 0; i < 3; i++)
    rounds_query_add_text (query, place);
}

/* By the index of a person's interactions, newest first: two steps for each. */
static void
add_seen (RoundsQuery *query, const RoundsContactFilter *self, gint64 now)
{
  g_autofree char *sql = NULL;
  gint64 since = self->seen == ROUNDS_SEEN_NEVER ? G_MININT64 : now - (gint64) self->days * ROUNDS_DAY;

  if (self->seen == ROUNDS_SEEN_ANY)
    return;
  sql = g_strconcat (self->seen == ROUNDS_SEEN_WITHIN ? "" : "NOT ",
                     "(EXISTS (SELECT 1 FROM interaction AS i WHERE i.person = person.id AND i.occurred_at >= ?"
                     " AND " ROUNDS_WAS_SEEN ")"
                     " OR EXISTS (SELECT 1 FROM interaction_attendee AS t"
                     " JOIN interaction AS i ON i.row_key = t.attended_key"
                     " WHERE t.person = person.id AND t.attended_at >= ?"
                     " AND " ROUNDS_WAS_SEEN "))",
                     NULL);
  rounds_query_where_sql (query, sql);
  rounds_query_add_integer (query, since);
  rounds_query_add_integer (query, since);
}

/* For each purpose what was said last counts; whose consent has run out has not granted it. */
static void
add_consent (RoundsQuery *query, const RoundsContactFilter *self, gint64 now)
{
  if (self->consent_channel == NULL || self->consent_state == NULL)
    return;
  if (g_str_equal (self->consent_state, "none"))
    {
      rounds_query_where_sql (query, "NOT EXISTS (SELECT 1 FROM consent AS c WHERE c.person = person.id"
                                     " AND c.deleted_at IS NULL AND c.channel = ? AND c.state <> 'pending')");
      rounds_query_add_text (query, self->consent_channel);
      return;
    }
  rounds_query_where_sql (query,
                          "EXISTS (SELECT 1 FROM consent AS c WHERE c.person = person.id AND c.deleted_at IS NULL"
                          " AND c.channel = ? AND c.state = ?"
                          " AND (c.state <> 'granted' OR c.expires_at IS NULL OR c.expires_at > ?)"
                          " AND NOT EXISTS (SELECT 1 FROM consent AS d WHERE d.person = c.person"
                          " AND d.deleted_at IS NULL AND d.channel = c.channel AND d.purpose = c.purpose"
                          " AND d.state <> 'pending' AND (ifnull(d.obtained_at, d.created_at), d.row_key)"
                          " > (ifnull(c.obtained_at, c.created_at), c.row_key)))");
  rounds_query_add_text (query, self->consent_channel);
  rounds_query_add_text (query, self->consent_state);
  rounds_query_add_integer (query, now);
}

/* The part of the query that is about @entity, without its order. */
static RoundsQuery *
make_part (const RoundsContactFilter *self, RoundsEntity entity, gint64 now)
{
  RoundsQuery *query = rounds_query_new (entity);
  g_autoptr (GDateTime) date = rounds_instant_to_local (now, NULL);
  g_autofree char *today = g_date_time_format (date, "%Y-%m-%d");

  if (!rounds_uuid_is_nil (&self->territory))
    rounds_query_where_uuid (query, ROUNDS_FIELD_TERRITORY, ROUNDS_IS, &self->territory);
  add_place (query, self);
  if (entity == ROUNDS_ENTITY_PERSON)
    {
      add_role (query, self, today);
      add_specialty (query, self);
      add_organisation (query, self, today);
      add_seen (query, self, now);
      add_consent (query, self, now);
    }
  return query;
}

static void
add_order (RoundsQuery *query, const RoundsContactFilter *self, gboolean in_sections)
{
  const char *const *expressions = query->entity == ROUNDS_ENTITY_PERSON ? person_orders : organisation_orders;

  if (self->order != ROUNDS_CONTACTS_BY_NAME)
    rounds_query_order_by_sql (query, expressions[self->order], self->descending);
  else if (in_sections)
    rounds_query_in_sections (query);
  else
    rounds_query_order_by_name (query);
  query->descending = self->descending;
}

static gboolean
has_words (const RoundsContactFilter *self)
{
  return self->words != NULL && self->words[strspn (self->words, " \t")] != '\0';
}

/* Of one or both entities, with the words in names alone or in everything. */
static RoundsQuery *
make_query (const RoundsContactFilter *self, gint64 now, gboolean everywhere)
{
  static const RoundsEntity entities[] = { ROUNDS_ENTITY_PERSON, ROUNDS_ENTITY_ORGANISATION };
  gboolean wanted[] = { self->kind != ROUNDS_CONTACTS_ORGANISATIONS,
                        self->kind != ROUNDS_CONTACTS_PEOPLE && !is_about_people (self) };
  RoundsQuery *query = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      RoundsQuery *part;

      if (!wanted[i])
        continue;
      part = make_part (self, entities[i], now);
      if (everywhere)
        rounds_contact_search_everywhere (part, self->words);
      else
        rounds_query_search (part, self->words);
      add_order (part, self, !has_words (self));
      if (query == NULL)
        query = part;
      else
        rounds_query_beside (query, part);
    }
  return query;
}

/**
 * rounds_contact_filter_to_query:
 * @now: milliseconds since the epoch; its day in the user's own zone is today
 *
 * Words find names first (and email addresses), then organisations, cities, phone numbers and NPIs.
 *
 * Returns: (transfer full): what the filter shows, in its order; by name and without words in sections
 */
RoundsQuery *
rounds_contact_filter_to_query (const RoundsContactFilter *self, gint64 now)
{
  RoundsQuery *query;

  /* An organisation has no role, specialty or consent: then there are none. */
  if (self->kind == ROUNDS_CONTACTS_ORGANISATIONS && is_about_people (self))
    return rounds_query_where_sql (rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_ORGANISATION)), "0");
  query = make_query (self, now, FALSE);
  if (has_words (self))
    rounds_query_then (query, make_query (self, now, TRUE));
  return query;
}

/**
 * rounds_organisation_interactions_query:
 * @organisation: its id
 *
 * Returns: (transfer full): what happened with the people who work or worked there, newest first
 */
RoundsQuery *
rounds_organisation_interactions_query (const RoundsUuid *organisation)
{
  RoundsQuery *query = rounds_query_new (ROUNDS_ENTITY_INTERACTION);

  rounds_query_where_sql (query,
                          "person IN (SELECT person FROM affiliation WHERE organisation = ? AND deleted_at IS NULL)");
  rounds_query_add_uuid (query, organisation);
  return rounds_query_order_by (query, ROUNDS_INTERACTION_OCCURRED_AT, TRUE);
}
