/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-timeline-words.h"

#include <glib/gi18n-lib.h>

#include "contacts/rounds-change-words.h"
#include "contacts/rounds-contact-roles.h"
#include "forms/rounds-display.h"
#include "forms/rounds-field-labels.h"
#include "journeys/rounds-journey-kind.h"
#include "rounds-time.h"

static char *
describe_enum (RoundsRecord *record, guint field)
{
  return g_strdup (rounds_field_get_value_label (rounds_entity_get_field (rounds_record_get_entity (record), field),
                                                 rounds_record_get_text (record, field)));
}

static char *
name_of (RoundsStore *store, RoundsEntity entity, const RoundsUuid *id)
{
  g_autoptr (RoundsRecord) record = id != NULL ? rounds_store_get (store, entity, id, NULL) : NULL;

  return record != NULL ? rounds_display_name (store, record) : NULL;
}

/* Both lines, or the one that there is. */
static char *
join_lines (const char *first, const char *second)
{
  if (first != NULL && *first != '\0' && second != NULL && *second != '\0')
    return g_strconcat (first, "\n", second, NULL);
  return g_strdup (first != NULL && *first != '\0' ? first : second);
}

static void
take_interaction (RoundsTimelineWords *self, RoundsTimelineEntry *entry)
{
  RoundsRecord *record = entry->record;
  const char *type = rounds_record_get_text (record, ROUNDS_INTERACTION_INTERACTION_TYPE);
  const char *with = rounds_record_get_text (record, ROUNDS_INTERACTION_HCP_NAME);
  g_autofree char *label = describe_enum (record, ROUNDS_INTERACTION_INTERACTION_TYPE);

  self->icon = rounds_display_icon (type);
  if (entry->part == ROUNDS_TIMELINE_AS_ATTENDEE)
    /* Translators: a kind of meeting ("Visit") with somebody else, at which the person was as well. */
    self->title = g_strdup_printf (_ ("%s with %s, attended"), label, with);
  else if (entry->part == ROUNDS_TIMELINE_AS_PATIENT)
    /* Translators: a kind of meeting ("Call") with somebody else, which was about the person. */
    self->title = g_strdup_printf (_ ("%s with %s, about this patient"), label, with);
  else
    self->title = g_steal_pointer (&label);
  self->text = g_strdup (rounds_record_get_text (record, ROUNDS_INTERACTION_NOTES));
  if (rounds_record_get_boolean (record, ROUNDS_INTERACTION_NO_SHOW))
    self->note = g_strdup (_ ("No-show"));
  else if (!rounds_record_is_null (record, ROUNDS_INTERACTION_OUTCOME))
    self->note = describe_enum (record, ROUNDS_INTERACTION_OUTCOME);
  self->has_time = TRUE;
}

static void
take_appointment (RoundsTimelineWords *self, RoundsTimelineEntry *entry)
{
  RoundsRecord *record = entry->record;

  self->icon = "x-office-calendar-symbolic";
  self->title = g_strdup (rounds_record_get_text (record, ROUNDS_APPOINTMENT_TITLE));
  self->text = join_lines (rounds_record_get_text (record, ROUNDS_APPOINTMENT_LOCATION),
                           rounds_record_get_text (record, ROUNDS_APPOINTMENT_NOTES));
  self->note = describe_enum (record, ROUNDS_APPOINTMENT_STATUS);
  self->has_time = !rounds_record_get_boolean (record, ROUNDS_APPOINTMENT_ALL_DAY);
}

static void
take_journey (RoundsTimelineWords *self, RoundsStore *store, RoundsTimelineEntry *entry)
{
  RoundsRecord *journey = entry->about != NULL ? entry->about : entry->record;
  const RoundsJourneyKind *kind = rounds_journey_kind_get (rounds_record_get_entity (journey));
  gboolean is_step = rounds_record_get_entity (entry->record) == ROUNDS_ENTITY_JOURNEY_STEP;
  const char *stage =
    rounds_record_get_text (entry->record, is_step ? (guint) ROUNDS_JOURNEY_STEP_STAGE : kind->stage_field);
  g_autofree char *subject = name_of (store, kind->subject, rounds_record_get_uuid (journey, kind->subject_field));

  self->icon = "rounds-journeys-symbolic";
  self->title = g_strdup (rounds_journey_kind_get_stage_label (kind, stage));
  self->text = join_lines (subject != NULL ? subject : rounds_entity_get_label (rounds_record_get_entity (journey)),
                           is_step ? rounds_record_get_text (entry->record, ROUNDS_JOURNEY_STEP_NOTE) : NULL);
  self->has_time = is_step;
}

static void
take_follow_up (RoundsTimelineWords *self, RoundsTimelineEntry *entry)
{
  RoundsRecord *record = entry->record;
  gboolean is_promise = g_strcmp0 (rounds_record_get_text (record, ROUNDS_FOLLOW_UP_KIND), "promise") == 0;

  self->icon = "checkbox-symbolic";
  self->title = g_strdup (rounds_record_get_text (record, ROUNDS_FOLLOW_UP_TEXT));
  self->text = g_strdup (is_promise ? _ ("Promise") : _ ("Follow-up"));
  if (!rounds_record_is_null (record, ROUNDS_FOLLOW_UP_DONE_AT))
    {
      g_autofree char *day = rounds_display_day (rounds_record_get_integer (record, ROUNDS_FOLLOW_UP_DONE_AT));

      /* Translators: when a follow-up was done. */
      self->note = g_strdup_printf (_ ("Done %s"), day);
    }
  else if (entry->mark.at + ROUNDS_DAY <= rounds_time_now ())
    {
      self->note = g_strdup (_ ("Overdue"));
      self->is_warning = TRUE;
    }
}

static void
take_consent (RoundsTimelineWords *self, RoundsTimelineEntry *entry)
{
  RoundsRecord *record = entry->record;
  g_autofree char *channel = describe_enum (record, ROUNDS_CONSENT_CHANNEL);
  g_autofree char *purpose = describe_enum (record, ROUNDS_CONSENT_PURPOSE);

  self->icon = "object-select-symbolic";
  /* Translators: what somebody has consented to: a channel ("Email") and a purpose ("Marketing"). */
  self->title = g_strdup_printf (_ ("Consent: %s, %s"), channel, purpose);
  self->text = g_strdup (rounds_record_get_text (record, ROUNDS_CONSENT_EVIDENCE));
  self->note = describe_enum (record, ROUNDS_CONSENT_STATE);
  self->has_time = !rounds_record_is_null (record, ROUNDS_CONSENT_OBTAINED_AT);
}

static const char *
describe_role (const char *type, gboolean begins)
{
  static const struct
  {
    const char *type;
    const char *begins;
    const char *ends;
  } sentences[] = {
    { "lead", N_ ("Became a lead"), N_ ("No longer a lead") },
    { "patient", N_ ("Became a patient"), N_ ("No longer a patient") },
    { "physician", N_ ("Became a physician"), N_ ("No longer a physician") },
    { "staff", N_ ("Joined the team"), N_ ("Left the team") },
    { "caregiver", N_ ("Became a caregiver"), N_ ("No longer a caregiver") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_strcmp0 (type, sentences[i].type) == 0)
      return _ (begins ? sentences[i].begins : sentences[i].ends);
  return type;
}

static void
take_period (RoundsTimelineWords *self, RoundsTimelineEntry *entry)
{
  gboolean begins = entry->event == ROUNDS_TIMELINE_BEGINS;
  g_autofree char *place = NULL;

  self->icon = "avatar-default-symbolic";
  if (rounds_record_get_entity (entry->record) == ROUNDS_ENTITY_PERSON_ROLE)
    {
      self->title = g_strdup (describe_role (rounds_record_get_text (entry->record, ROUNDS_PERSON_ROLE_TYPE), begins));
      return;
    }
  place = entry->about != NULL ? rounds_record_get_title (entry->about) : g_strdup (_ ("an organization"));
  /* Translators: %s is an organisation. */
  self->title = g_strdup_printf (begins ? _ ("Started at %s") : _ ("Left %s"), place);
  self->text = g_strdup (rounds_record_get_text (entry->record, ROUNDS_AFFILIATION_JOB_TITLE));
}

static void
take_merge (RoundsTimelineWords *self, RoundsStore *store, RoundsTimelineEntry *entry)
{
  g_autofree char *name =
    name_of (store, ROUNDS_ENTITY_PERSON, rounds_record_get_uuid (entry->record, ROUNDS_MERGE_MERGED));

  self->icon = "system-users-symbolic";
  self->has_time = TRUE;
  if (name == NULL)
    name = g_strdup (_ ("another contact"));
  /* Translators: two contacts that were found to be the same person; %s is the other one's name. */
  self->title =
    g_strdup_printf (entry->event == ROUNDS_TIMELINE_ENDS ? _ ("Unmerged from %s") : _ ("Merged with %s"), name);
}

/* What became of the person as a whole, with all that belongs to them. (nullable): nothing did */
static const char *
describe_whole (GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const RoundsChange *change = changes->pdata[i];

      if (change->entity != ROUNDS_ENTITY_PERSON)
        continue;
      if (change->operation == ROUNDS_OPERATION_CREATE)
        return _ ("Contact added");
      if (change->operation == ROUNDS_OPERATION_DELETE)
        return _ ("Contact deleted");
      if (change->operation == ROUNDS_OPERATION_RESTORE)
        return _ ("Contact restored");
    }
  return NULL;
}

static gboolean
is_refused (GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    if (((const RoundsChange *) changes->pdata[i])->state == ROUNDS_CHANGE_REJECTED)
      return TRUE;
  return FALSE;
}

static void
take_change (RoundsTimelineWords *self, RoundsStore *store, RoundsTimelineEntry *entry)
{
  g_autofree char *described = NULL;
  g_autofree char *writer = NULL;
  const char *whole;
  g_autofree char *by = NULL;

  self->icon = "document-edit-symbolic";
  self->has_time = TRUE;
  switch ((int) entry->event)
    {
    case ROUNDS_TIMELINE_ADDED_ELSEWHERE:
      self->title = g_strdup (_ ("Contact added"));
      self->text = g_strdup (_ ("On another device"));
      return;
    case ROUNDS_TIMELINE_CHANGED_ELSEWHERE:
      /* Translators: %s is a kind of record, such as Address. */
      self->title =
        g_strdup_printf (_ ("%s changed"), rounds_entity_get_label (rounds_record_get_entity (entry->record)));
      self->text = g_strdup (_ ("On another device, which has the details"));
      return;
    default:
      break;
    }
  if (is_refused (entry->changes))
    {
      self->note = g_strdup (_ ("Refused by the server"));
      self->is_warning = TRUE;
    }
  writer = rounds_changes_name_writer (store, entry->changes);
  if (writer != NULL)
    /* Translators: who changed something. */
    by = g_strdup_printf (_ ("by %s"), writer);
  whole = describe_whole (entry->changes);
  if (whole != NULL)
    {
      self->title = g_strdup (whole);
      self->text = g_steal_pointer (&by);
      return;
    }
  self->title = g_strdup (_ ("Contact changed"));
  described = rounds_changes_describe (store, entry->changes);
  self->text = join_lines (described, by);
}

/* What the person was on that day, where it is not what they are now: "As lead". */
static void
add_roles (RoundsTimelineWords *self, RoundsTimelineEntry *entry, GPtrArray *roles)
{
  g_autoptr (GDateTime) moment = rounds_instant_to_local (MIN (entry->mark.at, rounds_time_now ()), NULL);
  g_autofree char *day = g_date_time_format (moment, "%Y-%m-%d");
  g_autofree char *then = rounds_contact_roles_describe_on (roles, day);
  g_autofree char *now = rounds_contact_roles_describe_on (roles, NULL);
  g_autofree char *as = NULL;
  g_autofree char *note = g_steal_pointer (&self->note);

  if (*then != '\0' && !g_str_equal (then, now))
    /* Translators: what somebody was at that time, "as Lead", and is not any more. */
    as = g_strdup_printf (_ ("as %s"), then);
  self->note = as != NULL && note != NULL ? g_strconcat (note, " · ", as, NULL) : g_strdup (as != NULL ? as : note);
}

/**
 * rounds_timeline_words_set:
 * @self: what is said; cleared first
 * @store: the store
 * @entry: an entry
 * @roles: (element-type RoundsRecord): all roles that the person has had
 *
 * Some indexed reads, so for rows that are on the screen only. Main thread.
 */
void
rounds_timeline_words_set (RoundsTimelineWords *self, RoundsStore *store, RoundsTimelineEntry *entry, GPtrArray *roles)
{
  rounds_timeline_words_clear (self);
  switch ((int) entry->kind)
    {
    case ROUNDS_TIMELINE_INTERACTIONS:
      take_interaction (self, entry);
      add_roles (self, entry, roles);
      break;
    case ROUNDS_TIMELINE_APPOINTMENTS:
      take_appointment (self, entry);
      add_roles (self, entry, roles);
      break;
    case ROUNDS_TIMELINE_JOURNEYS:
      take_journey (self, store, entry);
      break;
    case ROUNDS_TIMELINE_FOLLOW_UPS:
      take_follow_up (self, entry);
      break;
    case ROUNDS_TIMELINE_CONSENTS:
      take_consent (self, entry);
      break;
    case ROUNDS_TIMELINE_ROLES:
      take_period (self, entry);
      break;
    default:
      if (rounds_record_get_entity (entry->record) == ROUNDS_ENTITY_MERGE)
        take_merge (self, store, entry);
      else
        take_change (self, store, entry);
      break;
    }
}

/** rounds_timeline_words_clear: frees what @self holds. */
void
rounds_timeline_words_clear (RoundsTimelineWords *self)
{
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->note, g_free);
  *self = (RoundsTimelineWords) ROUNDS_TIMELINE_WORDS_INIT;
}

/**
 * rounds_timeline_entry_get_opened:
 * @entry: an entry
 *
 * Returns: (transfer none) (nullable): the record whose editor a click on it opens; %NULL for what only happened
 */
RoundsRecord *
rounds_timeline_entry_get_opened (RoundsTimelineEntry *entry)
{
  RoundsRecord *record =
    rounds_record_get_entity (entry->record) == ROUNDS_ENTITY_JOURNEY_STEP ? entry->about : entry->record;

  if (rounds_record_is_deleted (record) || rounds_record_get_entity (record) == ROUNDS_ENTITY_PERSON
      || rounds_record_get_entity (record) == ROUNDS_ENTITY_MERGE)
    return NULL;
  return record;
}
