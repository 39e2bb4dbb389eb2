/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Logging a visit that is written in one line. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-cli.h"
#include "rounds-error.h"
#include "rounds-person-finder.h"
#include "rounds-time.h"
#include "rounds-visit-records.h"
#include "rounds-wall-time.h"

/* Of those whom a name may mean, so many are shown. */
#define MOST_CANDIDATES 10

/* What a line says, and whom it means. */
typedef struct
{
  RoundsPhrases *phrases; /* (owned) */
  RoundsLineContext context;
  RoundsVisitLine *line;     /* (owned) */
  GPtrArray *people;         /* (owned) of RoundsRecord, %NULL for a name that nobody has: as the line's names are */
  GPtrArray *candidates;     /* (owned) (nullable) of RoundsPersonCandidate: of the first name that is in doubt */
  RoundsRecord *interaction; /* (owned) (nullable) until it is made */
  GPtrArray *records;        /* (owned) of RoundsRecord: the interaction and what belongs to it */
} Reading;

static void
unref_if_any (gpointer record)
{
  g_clear_object (&record);
}

static void
reading_clear (Reading *self)
{
  g_clear_pointer (&self->line, rounds_visit_line_free);
  g_clear_pointer (&self->phrases, rounds_phrases_free);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_clear_object (&self->interaction);
  g_clear_pointer (&self->records, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static gboolean
match_name_cb (const char *const *words, guint n_words, guint *n_known, gpointer data, GError **error)
{
  return rounds_person_finder_match (data, words, n_words, n_known, error);
}

/* Whom each name means; what is in doubt is left in doubt. */
static gboolean
find_people (Reading *self, RoundsRecordStore *store, RoundsRecord *first, GError **error)
{
  self->people = g_ptr_array_new_with_free_func (unref_if_any);
  for (guint i = 0; i < self->line->names->len; i++)
    {
      g_autoptr (GPtrArray) candidates = NULL;
      RoundsPersonCandidate *only;

      if (i == 0 && first != NULL)
        {
          g_ptr_array_add (self->people, g_object_ref (first));
          continue;
        }
      candidates = rounds_person_finder_list (store, self->line->names->pdata[i], MOST_CANDIDATES, error);
      if (candidates == NULL)
        return FALSE;
      only = rounds_person_finder_get_only (candidates);
      g_ptr_array_add (self->people, only != NULL ? g_object_ref (only->person) : NULL);
      if (only == NULL && candidates->len > 0 && self->candidates == NULL)
        self->candidates = g_steal_pointer (&candidates);
    }
  return TRUE;
}

static void
add_attendees (Reading *self)
{
  for (guint i = 1; i < self->people->len; i++)
    {
      RoundsRecord *attendee;

      if (self->people->pdata[i] == NULL)
        {
          rounds_visit_note_name (self->interaction, self->line->names->pdata[i]);
          continue;
        }
      attendee = rounds_record_new (ROUNDS_ENTITY_INTERACTION_ATTENDEE);
      rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_INTERACTION,
                              rounds_record_get_id (self->interaction));
      rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_PERSON,
                              rounds_record_get_id (self->people->pdata[i]));
      g_ptr_array_add (self->records, attendee);
    }
}

static void
add_follow_ups (Reading *self)
{
  for (guint i = 0; i < self->line->follow_ups->len; i++)
    {
      RoundsRecord *follow_up = rounds_visit_line_make_follow_up (self->line->follow_ups->pdata[i], &self->context);

      rounds_record_set_uuid (follow_up, ROUNDS_FOLLOW_UP_INTERACTION, rounds_record_get_id (self->interaction));
      rounds_record_set_uuid (follow_up, ROUNDS_FOLLOW_UP_PERSON,
                              rounds_record_get_uuid (self->interaction, ROUNDS_INTERACTION_PERSON));
      g_ptr_array_add (self->records, follow_up);
    }
}

static gboolean
make_records (Reading *self, RoundsRecordStore *store, RoundsRecord *person, GError **error)
{
  g_autofree char *zone = rounds_zone_get_local ();

  if (person == NULL && self->people->len > 0)
    person = self->people->pdata[0];
  self->records = g_ptr_array_new_with_free_func (g_object_unref);
  self->interaction = rounds_visit_line_make_interaction (self->line, &self->context, person, rounds_time_now (), zone);
  g_ptr_array_add (self->records, g_object_ref (self->interaction));
  add_attendees (self);
  add_follow_ups (self);
  return rounds_cli_set_staff (store, self->interaction, error);
}

/* (transfer full) (nullable): the contact with this id. */
static RoundsRecord *
get_person (RoundsRecordStore *store, const char *text, GError **error)
{
  RoundsUuid id;

  return rounds_cli_parse_id (text, &id, error) ? rounds_record_store_get (store, ROUNDS_ENTITY_PERSON, &id, error)
                                                : NULL;
}

/* --- The answer --- */

static yyjson_mut_val *
describe_candidates (const Reading *self, yyjson_mut_doc *doc)
{
  yyjson_mut_val *array = yyjson_mut_arr (doc);

  for (guint i = 0; self->candidates != NULL && i < self->candidates->len; i++)
    {
      const RoundsPersonCandidate *candidate = self->candidates->pdata[i];
      yyjson_mut_val *object = yyjson_mut_arr_add_obj (doc, array);
      g_autofree char *id = rounds_uuid_to_string (rounds_record_get_id (candidate->person));
      g_autofree char *name = rounds_record_get_title (candidate->person);

      yyjson_mut_obj_add_strcpy (doc, object, "id", id);
      yyjson_mut_obj_add_strcpy (doc, object, "name", name);
    }
  return array;
}

static gboolean
print_json (RoundsCli *cli, const Reading *self, GError **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *attendees = yyjson_mut_arr (doc);
  yyjson_mut_val *follow_ups = yyjson_mut_arr (doc);

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_val (doc, root, "interaction", rounds_record_to_json (self->interaction, doc));
  for (guint i = 1; i < self->records->len; i++)
    yyjson_mut_arr_append (rounds_record_get_entity (self->records->pdata[i]) == ROUNDS_ENTITY_FOLLOW_UP ? follow_ups
                                                                                                         : attendees,
                           rounds_record_to_json (self->records->pdata[i], doc));
  yyjson_mut_obj_add_val (doc, root, "attendees", attendees);
  yyjson_mut_obj_add_val (doc, root, "follow_ups", follow_ups);
  yyjson_mut_obj_add_val (doc, root, "candidates", describe_candidates (self, doc));
  return rounds_cli_print_json (cli, doc, error);
}

/* "duration=20", by the fields' own names, which `edit` takes as well. */
static gboolean
print_fields (RoundsCli *cli, RoundsRecord *record, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      g_autofree char *value = NULL;

      if (rounds_record_is_null (record, f))
        continue;
      value = rounds_field_format (&info->fields[f], rounds_record_get_value (record, f));
      if (!rounds_cli_print (cli, error, "%s.%s=%s\n", info->name, info->fields[f].name, value))
        return FALSE;
    }
  return TRUE;
}

static gboolean
print_preview (RoundsCli *cli, const Reading *self, GError **error)
{
  for (guint i = 0; i < self->records->len; i++)
    if (!print_fields (cli, self->records->pdata[i], error))
      return FALSE;
  for (guint i = 0; self->candidates != NULL && i < self->candidates->len; i++)
    {
      const RoundsPersonCandidate *candidate = self->candidates->pdata[i];
      g_autofree char *id = rounds_uuid_to_string (rounds_record_get_id (candidate->person));
      g_autofree char *name = rounds_record_get_title (candidate->person);

      if (!rounds_cli_print (cli, error, "candidate=%s %s\n", id, name))
        return FALSE;
    }
  return TRUE;
}

static gboolean
save (RoundsCli *cli, RoundsRecordStore *store, Reading *self, GError **error)
{
  /* Never guessed: the first of several is not the one who was meant. */
  if (self->candidates != NULL)
    {
      rounds_set_field_error (
        error, "person", "%s",
        _ ("A name may mean several contacts. “--dry-run” shows them; “--person” says who the first one is."));
      return FALSE;
    }
  if (!rounds_record_store_save_all (store, self->records, error))
    return FALSE;
  return cli->json ? print_json (cli, self, error) : rounds_cli_print_record (cli, self->interaction, error);
}

/**
 * rounds_cli_log_line:
 * @cli: the run
 * @text: a line; see RoundsVisitLine
 * @person: (nullable): the id of the contact whom its first name means
 * @dry_run: whether to print what would be saved instead of saving it
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID if a name may mean several contacts, or nobody is named
 *
 * Returns: whether it was saved, or printed
 */
gboolean
rounds_cli_log_line (RoundsCli *cli, const char *text, const char *person, gboolean dry_run, GError **error)
{
  RoundsRecordStore *store = rounds_cli_open_store (cli, error);
  g_auto (Reading) reading = { NULL };
  g_autoptr (RoundsRecord) first = NULL;

  if (store == NULL || (person != NULL && (first = get_person (store, person, error)) == NULL))
    return FALSE;
  reading.phrases = rounds_phrases_new_for_locale ();
  rounds_line_context_init_now (&reading.context, reading.phrases);
  reading.line = rounds_visit_line_parse (text, &reading.context, match_name_cb, store, error);
  if (reading.line == NULL || !find_people (&reading, store, first, error)
      || !make_records (&reading, store, first, error))
    return FALSE;
  if (!dry_run)
    return save (cli, store, &reading, error);
  return cli->json ? print_json (cli, &reading, error) : print_preview (cli, &reading, error);
}
