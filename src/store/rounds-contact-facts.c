/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "rounds-contact-facts.h"

#include "rounds-contact-filter-private.h"

/* The columns of both statements. */
enum
{
  SPECIALTY,
  ROLE,
  ORGANISATION,
  CITY,
  REGION,
  NPI,
  TERRITORY,
  LAST_SEEN,
};

static const char person_sql[] =
  "SELECT (SELECT s.name FROM physician AS n JOIN specialization AS s ON s.id = n.specialization"
  " WHERE n.person = $1 AND n.deleted_at IS NULL LIMIT 1),"
  " (SELECT r.type FROM person_role AS r WHERE r.person = $1 AND r.deleted_at IS NULL"
  " ORDER BY r.valid_to IS NOT NULL, r.row_key LIMIT 1),"
  " (SELECT o.name FROM affiliation AS f JOIN organisation AS o ON o.id = f.organisation"
  " WHERE f.person = $1 AND f.deleted_at IS NULL AND o.deleted_at IS NULL"
  " ORDER BY f.valid_to IS NOT NULL, f.is_primary IS NOT 1, f.row_key LIMIT 1),"
  " a.city, a.region,"
  " (SELECT n.npi FROM physician AS n WHERE n.person = $1 AND n.deleted_at IS NULL LIMIT 1),"
  " (SELECT t.name FROM territory AS t WHERE t.id = p.territory),"
  " (SELECT max(at) FROM (SELECT (SELECT i.occurred_at FROM interaction AS i WHERE i.person = $1"
  " AND " ROUNDS_WAS_SEEN " ORDER BY i.occurred_at DESC LIMIT 1) AS at"
  " UNION ALL SELECT (SELECT m.attended_at FROM interaction_attendee AS m"
  " JOIN interaction AS i ON i.row_key = m.attended_key WHERE m.person = $1"
  " AND " ROUNDS_WAS_SEEN " ORDER BY m.attended_at DESC LIMIT 1)))"
  " FROM person AS p LEFT JOIN address AS a ON a.row_key = (SELECT b.row_key FROM address AS b WHERE b.person = $1"
  " AND b.deleted_at IS NULL ORDER BY b.row_key LIMIT 1) WHERE p.id = $1";

static const char organisation_sql[] =
  "SELECT NULL, p.kind, NULL, a.city, a.region, NULL,"
  " (SELECT t.name FROM territory AS t WHERE t.id = p.territory),"
  " (SELECT max(i.occurred_at) FROM affiliation AS f JOIN interaction AS i ON i.person = f.person"
  " WHERE f.organisation = $1 AND f.deleted_at IS NULL AND " ROUNDS_WAS_SEEN ")"
  " FROM organisation AS p LEFT JOIN address AS a ON a.row_key = (SELECT b.row_key FROM address AS b"
  " WHERE b.organisation = $1 AND b.deleted_at IS NULL ORDER BY b.row_key LIMIT 1) WHERE p.id = $1";

/**
 * rounds_contact_facts_read:
 * @contact: a person or an organisation, of which only the id is read
 * @error: (out) (optional): what the disk says
 *
 * Some indexed reads, so for rows that are on the screen.
 *
 * Returns: (transfer full) (nullable): the facts, empty ones for what is not stored
 */
RoundsContactFacts *
rounds_contact_facts_read (RoundsRecordStore *store, RoundsRecord *contact, GError **error)
{
  gboolean is_person = rounds_record_get_entity (contact) == ROUNDS_ENTITY_PERSON;
  g_autoptr (RoundsStatement) statement = rounds_database_prepare (rounds_record_store_get_database (store),
                                                                   is_person ? person_sql : organisation_sql, error);
  g_autoptr (RoundsContactFacts) self = g_new0 (RoundsContactFacts, 1);
  RoundsStep step;

  if (statement == NULL)
    return NULL;
  rounds_statement_bind_uuid (statement, 1, rounds_record_get_id (contact));
  step = rounds_statement_step (statement, error);
  if (step == ROUNDS_STEP_ERROR)
    return NULL;
  if (step == ROUNDS_STEP_ROW)
    {
      self->specialty = rounds_statement_dup_text (statement, SPECIALTY);
      self->role = rounds_statement_dup_text (statement, ROLE);
      self->organisation = rounds_statement_dup_text (statement, ORGANISATION);
      self->city = rounds_statement_dup_text (statement, CITY);
      self->region = rounds_statement_dup_text (statement, REGION);
      self->npi = rounds_statement_dup_text (statement, NPI);
      self->territory = rounds_statement_dup_text (statement, TERRITORY);
      self->last_seen = rounds_statement_get_integer (statement, LAST_SEEN);
    }
  return g_steal_pointer (&self);
}

/** rounds_contact_facts_free: frees @self. */
void
rounds_contact_facts_free (RoundsContactFacts *self)
{
  g_free (self->specialty);
  g_free (self->role);
  g_free (self->organisation);
  g_free (self->city);
  g_free (self->region);
  g_free (self->npi);
  g_free (self->territory);
  g_free (self);
}
