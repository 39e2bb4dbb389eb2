/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-appointment-actions.h"

#include <glib/gi18n-lib.h>

#include "rounds-appointment-service.h"
#include "rounds-calendar-range.h"
#include "rounds-overlap.h"
#include "rounds-time.h"

typedef struct
{
  RoundsAppContext *context; /* (owned) */
  RoundsUuid id;
  GPtrArray *reminders; /* (owned) (nullable) as they were */
} Deletion;

static void
deletion_free (gpointer pointer)
{
  Deletion *self = pointer;

  g_clear_object (&self->context);
  g_clear_pointer (&self->reminders, g_ptr_array_unref);
  g_free (self);
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsAppContext) context = data;
  g_autoptr (GError) error = NULL;

  if (!rounds_appointment_restore_finish (ROUNDS_STORE (source), result, &error))
    rounds_app_context_report (context, error);
}

static void
undo_deletion (gpointer data)
{
  Deletion *deletion = data;

  rounds_appointment_restore_async (rounds_app_context_get_store (deletion->context), &deletion->id,
                                    deletion->reminders, NULL, restored_cb, g_object_ref (deletion->context));
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Deletion *deletion = data;
  g_autoptr (RoundsAppContext) context = g_object_ref (deletion->context);
  g_autoptr (GError) error = NULL;

  deletion->reminders = rounds_appointment_delete_finish (ROUNDS_STORE (source), result, &error);
  if (deletion->reminders == NULL)
    {
      rounds_app_context_report (context, error);
      deletion_free (deletion);
      return;
    }
  rounds_app_context_toast_undo (context, _ ("Appointment deleted"), undo_deletion, deletion, deletion_free);
}

/**
 * rounds_appointment_delete_with_undo:
 * @context: the context
 * @appointment: a stored appointment
 *
 * Deletes an appointment with its reminders, and offers to bring both back.
 */
void
rounds_appointment_delete_with_undo (RoundsAppContext *context, RoundsRecord *appointment)
{
  Deletion *deletion = g_new0 (Deletion, 1);

  deletion->context = g_object_ref (context);
  deletion->id = *rounds_record_get_id (appointment);
  rounds_appointment_delete_async (rounds_app_context_get_store (context), &deletion->id, NULL, deleted_cb, deletion);
}

/**
 * rounds_appointment_make_interaction:
 * @context: the context
 * @appointment: a stored appointment
 *
 * Returns: (transfer full): a new interaction, not saved, that says what took place at @appointment
 */
RoundsRecord *
rounds_appointment_make_interaction (RoundsAppContext *context, RoundsRecord *appointment)
{
  static const guint copied[][2] = {
    { ROUNDS_APPOINTMENT_PERSON, ROUNDS_INTERACTION_PERSON },
    { ROUNDS_APPOINTMENT_PATIENT, ROUNDS_INTERACTION_PATIENT },
    { ROUNDS_APPOINTMENT_STAFF, ROUNDS_INTERACTION_STAFF },
    { ROUNDS_APPOINTMENT_START_AT, ROUNDS_INTERACTION_OCCURRED_AT },
  };
  RoundsRecord *interaction = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  const RoundsUuid *person_id = rounds_record_get_uuid (appointment, ROUNDS_APPOINTMENT_PERSON);
  g_autoptr (RoundsRecord) person = NULL;
  RoundsInterval interval;

  for (guint i = 0; i < G_N_ELEMENTS (copied); i++)
    rounds_record_set_value (interaction, copied[i][1], rounds_record_get_value (appointment, copied[i][0]));
  rounds_record_set_uuid (interaction, ROUNDS_INTERACTION_APPOINTMENT, rounds_record_get_id (appointment));
  rounds_appointment_get_interval (appointment, &interval);
  /* What is logged has happened. */
  rounds_record_set_integer (interaction, ROUNDS_INTERACTION_OCCURRED_AT, MIN (interval.start, rounds_time_now ()));
  if (!rounds_record_get_boolean (appointment, ROUNDS_APPOINTMENT_ALL_DAY))
    rounds_record_set_integer (interaction, ROUNDS_INTERACTION_DURATION,
                               (interval.end - interval.start) / ROUNDS_MINUTE);
  if (person_id != NULL)
    person = rounds_store_get (rounds_app_context_get_store (context), ROUNDS_ENTITY_PERSON, person_id, NULL);
  if (person != NULL)
    {
      g_autofree char *name = rounds_record_get_title (person);

      rounds_record_set_text (interaction, ROUNDS_INTERACTION_HCP_NAME, name);
    }
  return interaction;
}
