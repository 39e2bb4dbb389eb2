/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-line-reading.h"

#include "rounds-person-finder.h"
#include "rounds-time.h"
#include "rounds-wall-time.h"

/* As many as are told apart at a glance; who means another one types more of the name. */
#define MOST_CANDIDATES 6

struct _RoundsLineReading
{
  RoundsVisitLine *line;         /* (owned) */
  GPtrArray *names;              /* (owned) of char *: the people as they are to be shown */
  GPtrArray *candidates;         /* (owned) (nullable) of RoundsPersonCandidate: of the name that is asked about */
  const char *asked_name;        /* (nullable): that name, of the line */
  gboolean in_doubt;             /* and it is not decided */
  RoundsRecord *interaction;     /* (owned) */
  RoundsInteractionParts *parts; /* (owned) */
};

static gboolean
match_name_cb (const char *const *words, guint n_words, guint *n_known, gpointer data, GError **error)
{
  return rounds_person_finder_match (data, words, n_words, n_known, error);
}

/* The candidate whom the user has chosen. */
static RoundsPersonCandidate *
find_chosen (GPtrArray *candidates, const RoundsUuid *choice)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      RoundsPersonCandidate *candidate = candidates->pdata[i];

      if (rounds_uuid_equal (rounds_record_get_id (candidate->person), choice))
        return candidate;
    }
  return NULL;
}

/* Whom a name means. Names that are not sure are asked about, the first one that is not decided before the others.
 * (transfer none) (nullable): of @candidates */
static RoundsPersonCandidate *
decide (RoundsLineReading *self, const char *name, GPtrArray *candidates, GHashTable *choices)
{
  const RoundsUuid *choice = g_hash_table_lookup (choices, name);
  RoundsPersonCandidate *only = rounds_person_finder_get_only (candidates);
  gboolean is_open = choice == NULL && only == NULL && candidates->len > 0;

  if (candidates->len > 1 && !self->in_doubt && (is_open || only == NULL))
    {
      g_clear_pointer (&self->candidates, g_ptr_array_unref);
      self->candidates = g_ptr_array_ref (candidates);
      self->asked_name = name;
      self->in_doubt = is_open;
    }
  return choice != NULL ? find_chosen (candidates, choice) : only;
}

static void
add_name (RoundsLineReading *self, RoundsPersonCandidate *candidate, const char *written)
{
  g_ptr_array_add (self->names, candidate != NULL ? rounds_record_get_title (candidate->person) : g_strdup (written));
}

static gboolean
make_records (RoundsLineReading *self, RoundsRecordStore *store, const RoundsLineContext *context, GHashTable *choices,
              GError **error)
{
  g_autofree char *zone = rounds_zone_get_local ();
  gint64 now = rounds_time_now ();

  self->parts = rounds_interaction_parts_new ();
  for (guint i = 0; i < self->line->names->len; i++)
    {
      const char *name = self->line->names->pdata[i];
      g_autoptr (GPtrArray) candidates = rounds_person_finder_list (store, name, MOST_CANDIDATES, error);
      RoundsPersonCandidate *candidate;

      if (candidates == NULL)
        return FALSE;
      candidate = decide (self, name, candidates, choices);
      add_name (self, candidate, name);
      if (i == 0)
        self->interaction = rounds_visit_line_make_interaction (
          self->line, context, candidate != NULL ? candidate->person : NULL, now, zone);
      else if (candidate != NULL)
        rounds_interaction_parts_add_attendee (self->parts, rounds_record_get_id (candidate->person));
      else
        rounds_visit_note_name (self->interaction, name);
    }
  if (self->interaction == NULL)
    self->interaction = rounds_visit_line_make_interaction (self->line, context, NULL, now, zone);
  for (guint i = 0; i < self->line->follow_ups->len; i++)
    g_ptr_array_add (self->parts->promises,
                     rounds_visit_line_make_follow_up (self->line->follow_ups->pdata[i], context));
  return TRUE;
}

/**
 * rounds_line_reading_new:
 * @store: the store that the main thread reads
 * @phrases: the user's words
 * @text: a line
 * @choices: (element-type utf8 RoundsUuid): whom the user has chosen for a name; a nil id is nobody
 * @staff: (nullable): who the user is
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer full) (nullable): what @text says
 */
RoundsLineReading *
rounds_line_reading_new (RoundsRecordStore *store, const RoundsPhrases *phrases, const char *text, GHashTable *choices,
                         const RoundsUuid *staff, GError **error)
{
  g_autoptr (RoundsLineReading) self = g_new0 (RoundsLineReading, 1);
  RoundsLineContext context;

  rounds_line_context_init_now (&context, phrases);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->line = rounds_visit_line_parse (text, &context, match_name_cb, store, error);
  if (self->line == NULL || !make_records (self, store, &context, choices, error))
    return NULL;
  rounds_record_set_uuid (self->interaction, ROUNDS_INTERACTION_STAFF, staff);
  return g_steal_pointer (&self);
}

/** rounds_line_reading_free: frees @self. */
void
rounds_line_reading_free (RoundsLineReading *self)
{
  g_clear_pointer (&self->line, rounds_visit_line_free);
  g_ptr_array_unref (self->names);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_clear_object (&self->interaction);
  g_clear_pointer (&self->parts, rounds_interaction_parts_free);
  g_free (self);
}

/** rounds_line_reading_get_interaction: Returns: (transfer none): what would be saved; not valid without a name */
RoundsRecord *
rounds_line_reading_get_interaction (RoundsLineReading *self)
{
  return self->interaction;
}

/** rounds_line_reading_get_parts: Returns: (transfer none): what would be saved with it */
RoundsInteractionParts *
rounds_line_reading_get_parts (RoundsLineReading *self)
{
  return self->parts;
}

/** rounds_line_reading_get_asked_name: Returns: (transfer none) (nullable): the name that may mean several contacts */
const char *
rounds_line_reading_get_asked_name (RoundsLineReading *self)
{
  return self->asked_name;
}

/** rounds_line_reading_get_candidates: Returns: (transfer none) (nullable) (element-type RoundsPersonCandidate): them
 */
GPtrArray *
rounds_line_reading_get_candidates (RoundsLineReading *self)
{
  return self->candidates;
}

/** rounds_line_reading_is_in_doubt: Returns: whether the user has to choose before it can be saved */
gboolean
rounds_line_reading_is_in_doubt (RoundsLineReading *self)
{
  return self->in_doubt;
}

/** rounds_line_reading_is_blank: Returns: whether the line says nothing */
gboolean
rounds_line_reading_is_blank (RoundsLineReading *self)
{
  return self->line->parts->len == 0;
}

/** rounds_line_reading_list_names: Returns: (transfer full): who was there: "Sarah Johnson, Anna Bell" */
char *
rounds_line_reading_list_names (RoundsLineReading *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->names->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (char *) self->names->pdata[i]);
  return g_string_free_and_steal (text);
}
