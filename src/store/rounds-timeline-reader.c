/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A page of a person's timeline: the next entries of each source, merged.
 *
 * What a person has by the thousand (interactions, appointments, follow-ups) is read by the index that ends with its
 * time, from the mark on and never more than a page. What nobody has more than some dozens of (roles, consents, stages
 * of journeys, changes) is read whole.
 */

#include "config.h"

#include "rounds-timeline-reader.h"

#include <stdio.h>

#include "rounds-time.h"
#include "rounds-timeline-private.h"

/* Behind every day. */
#define LAST_DAY "9999-99-99"

/* A source that has an index in the order of time. */
typedef struct
{
  RoundsTimelineSource source;
  RoundsTimelineKinds kind;
  RoundsTimelinePart part;
  RoundsEntity entity;
  const char *parameters; /* of the statement, in order: p person, t patient, b bound (time, key), d bound (day, key) */
  const char *sql;        /* gives time and row key; the limit is its last parameter */
} IndexedSource;

static const IndexedSource indexed_sources[] = {
  { SOURCE_INTERACTION, ROUNDS_TIMELINE_INTERACTIONS, ROUNDS_TIMELINE_AS_CONTACT, ROUNDS_ENTITY_INTERACTION, "pb",
    "SELECT occurred_at, row_key FROM interaction WHERE person = $1 AND deleted_at IS NULL"
    " AND (occurred_at, row_key) < ($2, $3) ORDER BY occurred_at DESC, row_key DESC LIMIT $4" },
  { SOURCE_INTERACTION_AS_PATIENT, ROUNDS_TIMELINE_INTERACTIONS, ROUNDS_TIMELINE_AS_PATIENT, ROUNDS_ENTITY_INTERACTION,
    "tpb",
    "SELECT occurred_at, row_key FROM interaction WHERE patient = $1 AND deleted_at IS NULL AND person IS NOT $2"
    " AND (occurred_at, row_key) < ($3, $4) ORDER BY occurred_at DESC, row_key DESC LIMIT $5" },
  { SOURCE_INTERACTION_AS_ATTENDEE, ROUNDS_TIMELINE_INTERACTIONS, ROUNDS_TIMELINE_AS_ATTENDEE,
    ROUNDS_ENTITY_INTERACTION, "pptb",
    "SELECT DISTINCT a.attended_at, a.attended_key FROM interaction_attendee AS a"
    " JOIN interaction AS i ON i.row_key = a.attended_key"
    " WHERE a.person = $1 AND i.person IS NOT $2 AND (i.patient IS NULL OR i.patient IS NOT $3)"
    " AND (a.attended_at, a.attended_key) < ($4, $5)"
    " ORDER BY a.attended_at DESC, a.attended_key DESC LIMIT $6" },
  { SOURCE_APPOINTMENT, ROUNDS_TIMELINE_APPOINTMENTS, ROUNDS_TIMELINE_AS_CONTACT, ROUNDS_ENTITY_APPOINTMENT, "pb",
    "SELECT start_at, row_key FROM appointment WHERE person = $1 AND deleted_at IS NULL"
    " AND (start_at, row_key) < ($2, $3) ORDER BY start_at DESC, row_key DESC LIMIT $4" },
  { SOURCE_APPOINTMENT_AS_PATIENT, ROUNDS_TIMELINE_APPOINTMENTS, ROUNDS_TIMELINE_AS_PATIENT, ROUNDS_ENTITY_APPOINTMENT,
    "tpb",
    "SELECT start_at, row_key FROM appointment WHERE patient = $1 AND deleted_at IS NULL AND person IS NOT $2"
    " AND (start_at, row_key) < ($3, $4) ORDER BY start_at DESC, row_key DESC LIMIT $5" },
  { SOURCE_FOLLOW_UP, ROUNDS_TIMELINE_FOLLOW_UPS, ROUNDS_TIMELINE_AS_CONTACT, ROUNDS_ENTITY_FOLLOW_UP, "pd",
    "SELECT due_on, row_key FROM follow_up WHERE person = $1 AND deleted_at IS NULL"
    " AND (due_on, row_key) < ($2, $3) ORDER BY due_on DESC, row_key DESC LIMIT $4" },
};

/* Returns: ms UTC: when @date (`YYYY-MM-DD`, nullable) begins in the user's zone; 0 for what is no day */
static gint64
get_day_start (const char *date)
{
  int year = 0, month = 0, day = 0;
  g_autoptr (GDateTime) start = NULL;

  if (date == NULL || sscanf (date, "%4d-%2d-%2d", &year, &month, &day) != 3)
    return 0;
  start = g_date_time_new_local (year, month, day, 0, 0, 0);
  return start != NULL ? g_date_time_to_unix (start) * ROUNDS_SECOND : 0;
}

/* Returns: what tells @record from others of its source, always the same */
static gint64
get_key (RoundsRecord *record)
{
  const RoundsUuid *id = rounds_record_get_id (record);
  guint64 key = 0;

  for (guint i = 8; i < 16; i++) /* the end of a UUIDv7 is random */
    key = key << 8 | id->bytes[i];
  return (gint64) (key >> 1);
}

/*
 * rounds_timeline_search_wants:
 *
 * Returns: whether an entry at that place belongs to what is being read
 */
gboolean
rounds_timeline_search_wants (RoundsTimelineSearch *self, gint64 at, RoundsTimelineSource source, gint64 key)
{
  const RoundsTimelineMark mark = { at, source, key };

  return self->after == NULL || rounds_timeline_mark_compare (self->after, &mark) < 0;
}

/*
 * rounds_timeline_search_add:
 *
 * Returns: (transfer none) (nullable): the entry, if it is wanted, for its finder to complete
 */
RoundsTimelineEntry *
rounds_timeline_search_add (RoundsTimelineSearch *self, RoundsTimelineKinds kind, RoundsTimelineEvent event,
                            RoundsRecord *record, gint64 at, RoundsTimelineSource source)
{
  const RoundsTimelineMark mark = { at, source, get_key (record) };
  RoundsTimelineEntry *entry;

  if (!rounds_timeline_search_wants (self, at, source, mark.key))
    return NULL;
  entry = rounds_timeline_entry_new (kind, event, record, &mark);
  g_ptr_array_add (self->found, entry);
  return entry;
}

/*
 * rounds_timeline_search_list:
 * @deleted: tombstones as well
 *
 * Returns: (transfer full) (nullable) (element-type RoundsRecord): the records of @entity whose @field is @owner
 */
GPtrArray *
rounds_timeline_search_list (RoundsTimelineSearch *self, RoundsEntity entity, guint field, const RoundsUuid *owner,
                             gboolean deleted, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  rounds_query_where_uuid (query, field, ROUNDS_IS, owner);
  if (deleted)
    rounds_query_include_deleted (query);
  rounds_query_limit (query, ROUNDS_TIMELINE_MOST);
  return rounds_record_store_list (self->store, query, error);
}

/* What is read whole */

static gint64
get_instant_or_creation (RoundsRecord *record, guint field)
{
  return rounds_record_get_integer (record, rounds_record_is_null (record, field) ? ROUNDS_FIELD_CREATED_AT : field);
}

static gint64
get_day_or_creation (RoundsRecord *record, guint field)
{
  return rounds_record_is_null (record, field) ? rounds_record_get_integer (record, ROUNDS_FIELD_CREATED_AT)
                                               : get_day_start (rounds_record_get_text (record, field));
}

static gboolean
read_steps (RoundsTimelineSearch *self, RoundsRecord *journey, guint referral_field, GError **error)
{
  g_autoptr (GPtrArray) steps = rounds_timeline_search_list (
    self, ROUNDS_ENTITY_JOURNEY_STEP, ROUNDS_JOURNEY_STEP_JOURNEY, rounds_record_get_id (journey), FALSE, error);

  if (steps == NULL)
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    {
      gint64 at = rounds_record_get_integer (steps->pdata[i], ROUNDS_JOURNEY_STEP_ENTERED_AT);
      RoundsTimelineEntry *entry = rounds_timeline_search_add (self, ROUNDS_TIMELINE_JOURNEYS, ROUNDS_TIMELINE_HAPPENS,
                                                               steps->pdata[i], at, SOURCE_STEP);

      if (entry != NULL)
        entry->about = g_object_ref (journey);
    }
  /* One from elsewhere may have come without its history. */
  if (steps->len == 0)
    rounds_timeline_search_add (self, ROUNDS_TIMELINE_JOURNEYS, ROUNDS_TIMELINE_HAPPENS, journey,
                                get_day_or_creation (journey, referral_field), SOURCE_JOURNEY);
  return TRUE;
}

static gboolean
read_journeys (RoundsTimelineSearch *self, GError **error)
{
  static const struct
  {
    RoundsEntity entity;
    guint patient_field;
    guint date_field;
  } kinds[] = {
    { ROUNDS_ENTITY_CT_JOURNEY, ROUNDS_CT_JOURNEY_PATIENT, ROUNDS_CT_JOURNEY_REFERRAL_DATE },
    { ROUNDS_ENTITY_EAP_JOURNEY, ROUNDS_EAP_JOURNEY_PATIENT, ROUNDS_EAP_JOURNEY_ENROLLMENT_DATE },
  };

  for (guint k = 0; self->patient != NULL && k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (GPtrArray) journeys = rounds_timeline_search_list (self, kinds[k].entity, kinds[k].patient_field,
                                                                    rounds_record_get_id (self->patient), FALSE, error);

      if (journeys == NULL)
        return FALSE;
      for (guint i = 0; i < journeys->len; i++)
        if (!read_steps (self, journeys->pdata[i], kinds[k].date_field, error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
read_consents (RoundsTimelineSearch *self, GError **error)
{
  g_autoptr (GPtrArray) consents =
    rounds_timeline_search_list (self, ROUNDS_ENTITY_CONSENT, ROUNDS_CONSENT_PERSON, self->person, FALSE, error);

  for (guint i = 0; consents != NULL && i < consents->len; i++)
    rounds_timeline_search_add (self, ROUNDS_TIMELINE_CONSENTS, ROUNDS_TIMELINE_HAPPENS, consents->pdata[i],
                                get_instant_or_creation (consents->pdata[i], ROUNDS_CONSENT_OBTAINED_AT),
                                SOURCE_CONSENT);
  return consents != NULL;
}

static void
add_period (RoundsTimelineSearch *self, RoundsRecord *record, guint from, guint to, RoundsRecord *about)
{
  RoundsTimelineEntry *entries[2] = { NULL, NULL };

  entries[0] = rounds_timeline_search_add (self, ROUNDS_TIMELINE_ROLES, ROUNDS_TIMELINE_BEGINS, record,
                                           get_day_or_creation (record, from), SOURCE_BEGINNING);
  if (!rounds_record_is_null (record, to))
    entries[1] = rounds_timeline_search_add (self, ROUNDS_TIMELINE_ROLES, ROUNDS_TIMELINE_ENDS, record,
                                             get_day_start (rounds_record_get_text (record, to)), SOURCE_END);
  for (guint i = 0; about != NULL && i < G_N_ELEMENTS (entries); i++)
    if (entries[i] != NULL)
      entries[i]->about = g_object_ref (about);
}

static gboolean
read_roles (RoundsTimelineSearch *self, GError **error)
{
  g_autoptr (GPtrArray) roles = rounds_timeline_search_list (self, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON,
                                                             self->person, FALSE, error);
  g_autoptr (GPtrArray) places = NULL;

  if (roles == NULL)
    return FALSE;
  for (guint i = 0; i < roles->len; i++)
    add_period (self, roles->pdata[i], ROUNDS_PERSON_ROLE_VALID_FROM, ROUNDS_PERSON_ROLE_VALID_TO, NULL);

  places = rounds_timeline_search_list (self, ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON, self->person, FALSE,
                                        error);
  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      g_autoptr (RoundsRecord) organisation = NULL;

      if (!rounds_record_store_look_up (self->store, ROUNDS_ENTITY_ORGANISATION,
                                        rounds_record_get_uuid (places->pdata[i], ROUNDS_AFFILIATION_ORGANISATION),
                                        &organisation, error))
        return FALSE;
      add_period (self, places->pdata[i], ROUNDS_AFFILIATION_VALID_FROM, ROUNDS_AFFILIATION_VALID_TO, organisation);
    }
  return places != NULL;
}

static gboolean
read_merges (RoundsTimelineSearch *self, GError **error)
{
  g_autoptr (GPtrArray) merges =
    rounds_timeline_search_list (self, ROUNDS_ENTITY_MERGE, ROUNDS_MERGE_KEPT, self->person, FALSE, error);

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    {
      RoundsRecord *merge = merges->pdata[i];

      rounds_timeline_search_add (self, ROUNDS_TIMELINE_CHANGES, ROUNDS_TIMELINE_HAPPENS, merge,
                                  rounds_record_get_integer (merge, ROUNDS_MERGE_MERGED_AT), SOURCE_MERGE);
      if (!rounds_record_is_null (merge, ROUNDS_MERGE_UNDONE_AT))
        rounds_timeline_search_add (self, ROUNDS_TIMELINE_CHANGES, ROUNDS_TIMELINE_ENDS, merge,
                                    rounds_record_get_integer (merge, ROUNDS_MERGE_UNDONE_AT), SOURCE_END);
    }
  return merges != NULL;
}

/* What has an index in the order of time */

/* Where the source goes on: the last time, and the first key at that time that is too new. */
static void
bind_bound (RoundsTimelineSearch *self, RoundsTimelineSource source, gboolean is_day, RoundsStatement *statement,
            int *parameter)
{
  gint64 at = self->after != NULL ? self->after->at : G_MAXINT64;
  gint64 key = self->after == NULL || source > self->after->source ? G_MAXINT64
               : source == self->after->source                     ? self->after->key
                                                                   : G_MININT64;

  if (!is_day)
    rounds_statement_bind_integer (statement, ++*parameter, at);
  else if (self->after == NULL)
    rounds_statement_bind_text (statement, ++*parameter, LAST_DAY);
  else
    {
      g_autoptr (GDateTime) moment = rounds_instant_to_local (at, NULL);
      g_autofree char *day = g_date_time_format (moment, "%Y-%m-%d");

      if (get_day_start (day) < at) /* later that day: all that is due on it is behind */
        key = G_MAXINT64;
      rounds_statement_bind_text (statement, ++*parameter, day);
    }
  rounds_statement_bind_integer (statement, ++*parameter, key);
}

static RoundsStatement *
prepare_source (RoundsTimelineSearch *self, const IndexedSource *source, GError **error)
{
  RoundsStatement *statement =
    rounds_database_prepare (rounds_record_store_get_database (self->store), source->sql, error);
  int parameter = 0;

  if (statement == NULL)
    return NULL;
  for (const char *p = source->parameters; *p != '\0'; p++)
    if (*p == 'p')
      rounds_statement_bind_uuid (statement, ++parameter, self->person);
    else if (*p == 't')
      rounds_statement_bind_uuid (statement, ++parameter,
                                  self->patient != NULL ? rounds_record_get_id (self->patient) : NULL);
    else
      bind_bound (self, source->source, *p == 'd', statement, &parameter);
  rounds_statement_bind_integer (statement, ++parameter, self->limit);
  return statement;
}

/* The entries get their records once it is known which of them are on the page. */
static gboolean
read_source (RoundsTimelineSearch *self, const IndexedSource *source, GError **error)
{
  g_autoptr (RoundsStatement) statement = NULL;
  gboolean is_day = strchr (source->parameters, 'd') != NULL;
  RoundsStep step;

  if (*source->parameters == 't' && self->patient == NULL)
    return TRUE;
  statement = prepare_source (self, source, error);
  if (statement == NULL)
    return FALSE;
  while ((step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
    {
      g_autofree char *day = is_day ? rounds_statement_dup_text (statement, 0) : NULL;
      RoundsTimelineEntry *entry = g_object_new (ROUNDS_TYPE_TIMELINE_ENTRY, NULL);

      entry->kind = source->kind;
      entry->part = source->part;
      entry->mark.at = is_day ? get_day_start (day) : rounds_statement_get_integer (statement, 0);
      entry->mark.source = source->source;
      entry->mark.key = rounds_statement_get_integer (statement, 1);
      g_ptr_array_add (self->found, entry);
    }
  return step == ROUNDS_STEP_DONE;
}

static gboolean
fill_entry (RoundsTimelineSearch *self, RoundsTimelineEntry *entry, GError **error)
{
  for (guint i = 0; entry->record == NULL && i < G_N_ELEMENTS (indexed_sources); i++)
    if (indexed_sources[i].source == entry->mark.source)
      {
        entry->record = rounds_record_store_get_by_key (self->store, indexed_sources[i].entity, entry->mark.key, error);
        return entry->record != NULL;
      }
  return TRUE;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  return rounds_timeline_mark_compare (&(*(RoundsTimelineEntry *const *) a)->mark,
                                       &(*(RoundsTimelineEntry *const *) b)->mark);
}

/* Sorts what was found, and keeps the page. */
static gboolean
take_page (RoundsTimelineSearch *self, GError **error)
{
  g_ptr_array_sort (self->found, compare_entries);
  if (self->found->len > self->limit)
    g_ptr_array_set_size (self->found, (int) self->limit);
  for (guint i = 0; i < self->found->len; i++)
    if (!fill_entry (self, self->found->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
find_patient (RoundsTimelineSearch *self, GError **error)
{
  g_autoptr (GPtrArray) patients =
    rounds_timeline_search_list (self, ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON, self->person, FALSE, error);

  if (patients != NULL && patients->len > 0)
    self->patient = g_object_ref (patients->pdata[0]);
  return patients != NULL;
}

static gboolean
read_all (RoundsTimelineSearch *self, RoundsTimelineKinds kinds, GError **error)
{
  if (!find_patient (self, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (indexed_sources); i++)
    if ((kinds & indexed_sources[i].kind) && !read_source (self, &indexed_sources[i], error))
      return FALSE;
  return (!(kinds & ROUNDS_TIMELINE_JOURNEYS) || read_journeys (self, error))
         && (!(kinds & ROUNDS_TIMELINE_CONSENTS) || read_consents (self, error))
         && (!(kinds & ROUNDS_TIMELINE_ROLES) || read_roles (self, error))
         && (!(kinds & ROUNDS_TIMELINE_CHANGES)
             || (read_merges (self, error) && rounds_timeline_read_changes (self, error)))
         && take_page (self, error);
}

/**
 * rounds_record_store_list_timeline:
 * @self: a store
 * @person: whose
 * @kinds: what of
 * @after: (nullable): the last entry's mark of the page before; %NULL for the first page
 * @limit: at most so many
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer full) (nullable) (element-type RoundsTimelineEntry): the next entries; fewer than @limit: there
 *   are no more
 */
GPtrArray *
rounds_record_store_list_timeline (RoundsRecordStore *self, const RoundsUuid *person, RoundsTimelineKinds kinds,
                                   const RoundsTimelineMark *after, guint limit, GError **error)
{
  RoundsTimelineSearch search = { self, person, NULL, after, limit, NULL };
  gboolean read;

  g_return_val_if_fail (limit > 0, NULL);

  search.found = g_ptr_array_new_with_free_func (g_object_unref);
  read = read_all (&search, kinds, error);
  g_clear_object (&search.patient);
  if (!read)
    g_clear_pointer (&search.found, g_ptr_array_unref);
  return search.found;
}

const char *
rounds_timeline_get_sql (guint n)
{
  return n < G_N_ELEMENTS (indexed_sources) ? indexed_sources[n].sql : NULL;
}

/**
 * rounds_timeline_depends_on:
 * @entity: an entity
 *
 * Returns: whether a change of one of its records may change somebody's timeline
 */
gboolean
rounds_timeline_depends_on (RoundsEntity entity)
{
  static const RoundsEntity entities[] = {
    ROUNDS_ENTITY_PERSON,      ROUNDS_ENTITY_INTERACTION,  ROUNDS_ENTITY_INTERACTION_ATTENDEE,
    ROUNDS_ENTITY_APPOINTMENT, ROUNDS_ENTITY_FOLLOW_UP,    ROUNDS_ENTITY_CT_JOURNEY,
    ROUNDS_ENTITY_EAP_JOURNEY, ROUNDS_ENTITY_JOURNEY_STEP, ROUNDS_ENTITY_CONSENT,
    ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_ENTITY_AFFILIATION,  ROUNDS_ENTITY_ORGANISATION,
    ROUNDS_ENTITY_MERGE,       ROUNDS_ENTITY_ADDRESS,      ROUNDS_ENTITY_PHYSICIAN,
    ROUNDS_ENTITY_PATIENT,     ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_ENTITY_STAFF,
    ROUNDS_ENTITY_TRIAL,       ROUNDS_ENTITY_EAP_PROGRAM,  ROUNDS_ENTITY_PATIENT_PHYSICIAN,
  };

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (entities[i] == entity)
      return TRUE;
  return FALSE;
}
