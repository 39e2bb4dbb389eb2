/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A rep's work: each event as one save, the way the application makes it. What is not there (because an event was left
 * out, or because it has not been synced yet) makes the event pass without a trace. */

#include <string.h>

#include "rounds-error.h"
#include "rounds-named-id.h"
#include "rounds-person-merge.h"
#include "rounds-time.h"
#include "sim-clock.h"
#include "sim-work.h"

/* The id of what the event @number makes as its @slot-th record: the same whatever else happens. */
RoundsUuid
sim_work_make_id (guint number, guint slot)
{
  guint64 halves[] = { sim_mix (number, slot), sim_mix (slot + 1, number) };
  RoundsUuid id;

  memcpy (id.bytes, halves, sizeof id.bytes);
  id.bytes[6] = (guint8) (0x70 | (id.bytes[6] & 0x0f));
  id.bytes[8] = (guint8) (0x80 | (id.bytes[8] & 0x3f));
  return id;
}

guint
sim_work_roll (SimWork *work, guint sides)
{
  return sim_roll_below (&work->dice, sides);
}

/* The beginning more often than other places: there a text has no blank before it, and most goes wrong. */
guint
sim_work_roll_place (SimWork *work, guint n)
{
  return sim_work_roll (work, 3) == 0 ? 0 : sim_work_roll (work, n);
}

/* A text that nobody else writes. */
char *
sim_work_make_word (SimWork *work)
{
  return g_strdup_printf ("w%u%c", work->event->number, 'a' + (int) work->n_words++);
}

void
sim_work_set_text (SimWork *work, RoundsRecord *record, guint field)
{
  g_autofree char *word = sim_work_make_word (work);

  rounds_record_set_text (record, field, word);
}

void
sim_work_set_date (SimWork *work, RoundsRecord *record, guint field)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (2026, 1, 1, 0, 0, 0);
  g_autoptr (GDateTime) later = g_date_time_add_days (day, (int) (work->event->number * 3 + work->n_words++));
  g_autofree char *text = g_date_time_format (later, "%Y-%m-%d");

  rounds_record_set_text (record, field, text);
}

gint64
sim_work_make_instant (SimWork *work)
{
  return G_GINT64_CONSTANT (1780000000000) + work->event->number * ROUNDS_HOUR + work->n_words++ * ROUNDS_SECOND;
}

RoundsRecord *
sim_work_add_new (SimWork *work, RoundsEntity entity, guint slot)
{
  RoundsRecord *record = rounds_record_new (entity);
  RoundsUuid id = sim_work_make_id (work->event->number, slot);

  rounds_record_set_uuid (record, ROUNDS_FIELD_ID, &id);
  g_ptr_array_add (work->records, record);
  return record;
}

/* The record that event @number made, if it is here and not deleted. It is saved with the rest. */
RoundsRecord *
sim_work_add_known (SimWork *work, RoundsEntity entity, guint number, guint slot)
{
  RoundsUuid id = sim_work_make_id (number, slot);
  RoundsRecord *record = rounds_record_store_get (work->peer->desk, entity, &id, NULL);

  if (record == NULL || rounds_record_is_deleted (record))
    {
      g_clear_object (&record);
      return NULL;
    }
  g_ptr_array_add (work->records, record);
  return record;
}

static void
note (SimWork *work, GPtrArray *befores)
{
  for (guint i = 0; i < work->records->len; i++)
    {
      RoundsRecord *record = g_ptr_array_index (work->records, i);

      if (rounds_entity_get_info (rounds_record_get_entity (record))->scope == ROUNDS_SCOPE_SYNCED)
        sim_ledger_note_save (work->world->ledger, work->event->number, work->event->actor,
                              g_ptr_array_index (befores, i), record);
    }
}

/* Whether the form tells the person what is wrong with what they entered. */
static gboolean
is_told_at_once (const GError *error)
{
  return g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID)
         || g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS);
}

static void
unref_any (gpointer object)
{
  g_clear_object (&object);
}

/* Saves all records as one group, and notes it if it was committed, even if the program died before it could say so. */
void
sim_work_save (SimWork *work)
{
  g_autoptr (GPtrArray) befores = g_ptr_array_new_with_free_func (unref_any);
  guint64 commits = sim_database_get_commits (work->peer->database);
  g_autoptr (GError) error = NULL;

  if (work->records->len == 0)
    return;
  for (guint i = 0; i < work->records->len; i++)
    {
      RoundsRecord *record = g_ptr_array_index (work->records, i);

      g_ptr_array_add (befores, rounds_record_store_get (work->peer->desk, rounds_record_get_entity (record),
                                                         rounds_record_get_id (record), NULL));
    }

  rounds_record_store_save_all (work->peer->desk, work->records, &error);
  if (sim_database_get_commits (work->peer->database) > commits)
    note (work, befores);
  else if (!sim_database_is_dead (work->peer->database) && !is_told_at_once (error))
    sim_world_fail (work->world, "save", "%s: %s", work->peer->name, error->message);
  sim_world_tell (work->world, "  %s", error == NULL ? "saved" : error->message);
}

char *
sim_work_put_in (SimWork *work, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", " ", -1);
  guint place = sim_work_roll_place (work, g_strv_length (parts) + 1);
  g_autofree char *word = sim_work_make_word (work);
  GString *result = g_string_new (NULL);

  for (guint i = 0; i <= g_strv_length (parts); i++)
    {
      if (i == place)
        g_string_append_printf (result, "%s%s", result->len > 0 ? " " : "", word);
      if (parts[i] != NULL && *parts[i] != '\0')
        g_string_append_printf (result, "%s%s", result->len > 0 ? " " : "", parts[i]);
    }
  return g_string_free (result, FALSE);
}

/* Deleting */

/* What each kind of event makes, by slot. */
static const RoundsEntity meet_entities[] = { ROUNDS_ENTITY_PERSON, ROUNDS_ENTITY_INTERACTION,
                                              ROUNDS_ENTITY_FOLLOW_UP };
static const RoundsEntity enrol_entities[] = { ROUNDS_ENTITY_PATIENT, ROUNDS_ENTITY_CT_JOURNEY,
                                               ROUNDS_ENTITY_JOURNEY_STEP };
static const RoundsEntity book_entities[] = { ROUNDS_ENTITY_APPOINTMENT };
static const RoundsEntity attend_entities[] = { ROUNDS_ENTITY_INTERACTION_ATTENDEE,
                                                ROUNDS_ENTITY_INTERACTION_ATTENDEE };
static const RoundsEntity specialty_entities[] = { ROUNDS_ENTITY_PHYSICIAN };

/* Whoever was merged is not in the trash. */
static gboolean
is_merged (SimWork *work, RoundsRecord *row)
{
  gboolean is_dissolved = FALSE;

  return rounds_person_merge_has_dissolved (work->peer->desk, row, &is_dissolved, NULL) && is_dissolved;
}

/** sim_work_set_deleted: deletes a record that is here, or brings it back. */
void
sim_work_set_deleted (SimWork *work, RoundsEntity entity, const RoundsUuid *id, gboolean deleted)
{
  RoundsRecordStore *store = work->peer->desk;
  g_autoptr (RoundsRecord) row = rounds_record_store_get (store, entity, id, NULL);
  guint64 commits = sim_database_get_commits (work->peer->database);
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GError) error = NULL;

  if (row == NULL || rounds_record_is_deleted (row) == deleted)
    return;
  if (!deleted && is_merged (work, row))
    return;
  if (deleted)
    parts = sim_work_list_parts (work, row);
  if (deleted)
    rounds_record_store_delete (store, entity, id, &error);
  else
    rounds_record_store_restore (store, entity, id, &error);
  if (sim_database_get_commits (work->peer->database) > commits)
    {
      sim_ledger_note_deletion (work->world->ledger, work->event->number, work->event->actor, row, deleted);
      sim_work_note_parts (work, parts);
    }
  else if (!sim_database_is_dead (work->peer->database) && !is_told_at_once (error))
    sim_world_fail (work->world, "save", "%s: %s", work->peer->name, error->message);
  sim_world_tell (work->world, "  %s %s", deleted ? "deleted" : "restored", rounds_entity_get_info (entity)->name);
}

/* As the trash, rounds-cli and the server's API do it: with what went there along. */
static void
recover (SimWork *work, RoundsEntity entity, const RoundsUuid *id)
{
  g_autoptr (RoundsRecord) row = rounds_record_store_get (work->peer->desk, entity, id, NULL);
  guint64 commits = sim_database_get_commits (work->peer->database);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GError) error = NULL;

  if (row == NULL || !rounds_record_is_deleted (row) || (entity == ROUNDS_ENTITY_PERSON && is_merged (work, row)))
    return;
  sim_world_tell (work->world, "  restores %s", rounds_entity_get_info (entity)->name);
  before = sim_work_look (work);
  rounds_record_store_restore_whole (work->peer->desk, entity, id, &error);
  sim_work_end (work, before, commits, error);
}

static void
delete_or_restore (SimWork *work)
{
  static const struct
  {
    const RoundsEntity *entities;
    guint n;
  } makers[] = {
    { meet_entities, G_N_ELEMENTS (meet_entities) },     { enrol_entities, G_N_ELEMENTS (enrol_entities) },
    { book_entities, G_N_ELEMENTS (book_entities) },     { specialty_entities, G_N_ELEMENTS (specialty_entities) },
    { attend_entities, G_N_ELEMENTS (attend_entities) },
  };
  guint slot = sim_work_roll (work, 3);
  gboolean is_alone = work->event->actor != SIM_OFFICE && sim_work_roll (work, 2) != 0; /* as a form's undo does it */

  for (guint m = 0; m < G_N_ELEMENTS (makers); m++)
    {
      RoundsEntity entity = makers[m].entities[slot % makers[m].n];
      RoundsUuid id = sim_work_make_id (work->event->about, slot % makers[m].n);

      if (work->event->kind == SIM_DELETE || is_alone)
        sim_work_set_deleted (work, entity, &id, work->event->kind == SIM_DELETE);
      else
        recover (work, entity, &id);
    }
}

/* As the application does it. */
static void
trash (SimWork *work)
{
  RoundsUuid id = sim_work_make_id (work->event->about, SLOT_PERSON);
  g_autoptr (RoundsRecord) person = rounds_record_store_get (work->peer->desk, ROUNDS_ENTITY_PERSON, &id, NULL);
  guint64 commits = sim_database_get_commits (work->peer->database);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GError) error = NULL;

  if (person == NULL || rounds_record_is_deleted (person))
    return;
  before = sim_work_look (work);
  rounds_record_store_delete_whole (work->peer->desk, ROUNDS_ENTITY_PERSON, &id, &error);
  sim_work_end (work, before, commits, error);
}

static void
recover_person (SimWork *work)
{
  RoundsUuid id = sim_work_make_id (work->event->about, SLOT_PERSON);

  recover (work, ROUNDS_ENTITY_PERSON, &id);
}

/** sim_work_play: lives through an event of somebody's work. */
void
sim_work_play (SimWorld *self, const SimEvent *event)
{
  SimWork work = { self, event, &self->peers[event->actor], sim_mix (event->dice, event->number), 0, NULL };

  work.records = g_ptr_array_new_with_free_func (g_object_unref);
  switch (event->kind)
    {
    case SIM_MEET:
      sim_visits_meet (&work);
      break;
    case SIM_TYPE:
    case SIM_STRIKE:
    case SIM_REWRITE:
      sim_visits_edit_notes (&work);
      break;
    case SIM_SET:
      sim_visits_set (&work);
      break;
    case SIM_BOOK:
      sim_visits_book (&work);
      break;
    case SIM_MOVE:
      sim_visits_move (&work);
      break;
    case SIM_ENROL:
      sim_journeys_enrol (&work);
      break;
    case SIM_STAGE:
      sim_journeys_advance (&work);
      break;
    case SIM_SPECIALTY:
      sim_journeys_specialize (&work);
      break;
    case SIM_ASSIGN:
      sim_territories_assign (&work);
      break;
    case SIM_JOIN:
      sim_territories_join (&work);
      break;
    case SIM_TERRITORY:
      sim_territories_draw (&work);
      break;
    case SIM_MERGE:
      sim_people_merge (&work);
      break;
    case SIM_UNMERGE:
      sim_people_unmerge (&work);
      break;
    case SIM_SUBMIT:
      sim_visits_submit (&work);
      break;
    case SIM_AMEND:
      sim_visits_amend (&work);
      break;
    case SIM_ATTEND:
      sim_attendees_change (&work);
      break;
    case SIM_IMPORT:
      sim_imports_import (&work);
      break;
    case SIM_REVERT:
      sim_imports_revert (&work);
      break;
    case SIM_TRASH:
      trash (&work);
      break;
    case SIM_RECOVER:
      recover_person (&work);
      break;
    case SIM_DELETE:
    case SIM_RESTORE:
      delete_or_restore (&work);
      break;
    case SIM_RESOLVE:
      sim_review_resolve (&work);
      break;
    case SIM_MEND:
      sim_review_mend (&work);
      break;
    default:
      g_assert_not_reached ();
    }
  sim_work_save (&work);
  g_ptr_array_unref (work.records);
}
