/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a line says, as records that can be saved. */

#include "config.h"

#include "rounds-visit-records.h"

#include <glib/gi18n-lib.h>

#include "rounds-when.h"

/* When something is due that nobody gave a day for. */
#define USUAL_DAYS 7

static char *
format_date (const GDate *date)
{
  return g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));
}

/* (transfer full): no longer than the field takes, cut at a character. */
static char *
fit (RoundsEntity entity, guint field, const char *text)
{
  glong longest = (glong) rounds_entity_get_field (entity, field)->max;

  return g_utf8_strlen (text, -1) > longest ? g_utf8_substring (text, 0, longest) : g_strdup (text);
}

/**
 * rounds_follow_up_get_usual_due:
 * @today: today
 *
 * Returns: (transfer full): the day on which something is due that nobody gave a day for, as 2026-01-31
 */
char *
rounds_follow_up_get_usual_due (const GDate *today)
{
  GDate due = *today;

  g_date_add_days (&due, USUAL_DAYS);
  return format_date (&due);
}

/**
 * rounds_follow_up_new:
 * @kind: "task" or "promise"
 * @text: what to do; cut where it is longer than a follow-up may be
 * @due_on: when, as 2026-01-31
 *
 * Returns: (transfer full): a follow-up that belongs to nobody yet
 */
RoundsRecord *
rounds_follow_up_new (const char *kind, const char *text, const char *due_on)
{
  RoundsRecord *follow_up = rounds_record_new (ROUNDS_ENTITY_FOLLOW_UP);
  g_autofree char *fitting = fit (ROUNDS_ENTITY_FOLLOW_UP, ROUNDS_FOLLOW_UP_TEXT, text);

  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_KIND, kind);
  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_TEXT, fitting);
  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_DUE_ON, due_on);
  return follow_up;
}

/**
 * rounds_visit_line_make_interaction:
 * @self: a line
 * @context: what it was read with
 * @person: (nullable) (transfer none): the contact whom its first name means; %NULL keeps the name as it is written
 * @now: the moment
 * @zone: the user's zone
 *
 * Returns: (transfer full): the interaction; without a name it is not valid yet
 */
RoundsRecord *
rounds_visit_line_make_interaction (const RoundsVisitLine *self, const RoundsLineContext *context, RoundsRecord *person,
                                    gint64 now, const char *zone)
{
  RoundsRecord *interaction = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autofree char *name = NULL;
  g_autofree char *fitting = NULL;

  if (person != NULL)
    {
      rounds_record_set_uuid (interaction, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
      name = rounds_record_get_title (person);
    }
  else if (self->names->len > 0)
    name = g_strdup (self->names->pdata[0]);
  if (name != NULL)
    fitting = fit (ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_HCP_NAME, name);
  rounds_record_set_text (interaction, ROUNDS_INTERACTION_HCP_NAME, fitting);
  if (self->type != NULL)
    rounds_record_set_text (interaction, ROUNDS_INTERACTION_INTERACTION_TYPE, self->type);
  rounds_record_set_integer (interaction, ROUNDS_INTERACTION_OCCURRED_AT,
                             rounds_when_resolve (&self->when, context, now, zone));
  if (self->duration >= 0)
    rounds_record_set_integer (interaction, ROUNDS_INTERACTION_DURATION, self->duration);
  rounds_record_set_text (interaction, ROUNDS_INTERACTION_OUTCOME, self->outcome);
  if (self->no_show)
    rounds_record_set_integer (interaction, ROUNDS_INTERACTION_NO_SHOW, TRUE);
  rounds_record_set_text (interaction, ROUNDS_INTERACTION_NOTES, self->notes);
  return interaction;
}

/**
 * rounds_visit_note_name:
 * @interaction: an interaction
 * @name: somebody who was there beside the contact and is none
 *
 * Keeps the name in the notes, as there is no record for it.
 */
void
rounds_visit_note_name (RoundsRecord *interaction, const char *name)
{
  const char *notes = rounds_record_get_text (interaction, ROUNDS_INTERACTION_NOTES);
  /* Translators: in a note, who was there beside the contact; %s is a name. */
  g_autofree char *also = g_strdup_printf (_ ("Also there: %s"), name);
  g_autofree char *both = notes != NULL ? g_strconcat (notes, "\n", also, NULL) : g_strdup (also);

  rounds_record_set_text (interaction, ROUNDS_INTERACTION_NOTES, both);
}

/**
 * rounds_visit_line_make_follow_up:
 * @follow_up: one of a line's
 * @context: what it was read with
 *
 * Returns: (transfer full): a task that belongs to nobody yet
 */
RoundsRecord *
rounds_visit_line_make_follow_up (const RoundsLineFollowUp *follow_up, const RoundsLineContext *context)
{
  g_autofree char *due =
    follow_up->has_due ? format_date (&follow_up->due) : rounds_follow_up_get_usual_due (&context->today);

  return rounds_follow_up_new ("task", follow_up->text != NULL ? follow_up->text : _ ("Follow up"), due);
}
