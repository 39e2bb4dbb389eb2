/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving an interaction, then a word about it with Undo. */

#include "config.h"

#include "interactions/rounds-interaction-save.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-form-save.h"
#include "rounds-amendment.h"
#include "rounds-reminder-plan.h"

/* More than an appointment has; the limit keeps a damaged store from being read whole. */
#define MOST_REMINDERS 50

/* What is to be told when it is saved. */
typedef struct
{
  GTask *task;               /* (owned) */
  RoundsAppContext *context; /* (owned) */
  char *type;                /* (owned) (nullable) */
  gboolean is_new;
  gboolean is_amended;
  gboolean is_submitted; /* with this */
} Saving;

static void
saving_free (Saving *self)
{
  g_clear_object (&self->task);
  g_clear_object (&self->context);
  g_clear_pointer (&self->type, g_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

static const char *
describe (const Saving *saving)
{
  if (saving->is_amended)
    return _ ("Interaction amended");
  if (saving->is_submitted)
    return _ ("Interaction submitted");
  if (!saving->is_new)
    return _ ("Interaction changed");
  if (g_strcmp0 (saving->type, "Call") == 0)
    return _ ("Call logged");
  if (g_strcmp0 (saving->type, "Virtual") == 0)
    return _ ("Virtual meeting logged");
  return _ ("Visit logged");
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Saving) saving = data;
  g_autoptr (GError) error = NULL;
  RoundsFormUndo *undo = rounds_form_save_finish (ROUNDS_STORE (source), result, &error);

  if (undo == NULL)
    {
      g_task_return_error (saving->task, g_steal_pointer (&error));
      return;
    }
  rounds_form_undo_offer (undo, saving->context, describe (saving));
  g_task_return_boolean (saving->task, TRUE);
}

/* The record that @changed is a change of, among the appointment and its reminders. */
static RoundsRecord *
find_begun (RoundsRecord *appointment, GPtrArray *reminders, RoundsRecord *changed)
{
  for (guint i = 0; i < reminders->len; i++)
    if (rounds_uuid_equal (rounds_record_get_id (reminders->pdata[i]), rounds_record_get_id (changed)))
      return reminders->pdata[i];
  return appointment;
}

/* An appointment is over when what happened at it is logged, in the same group. */
static gboolean
settle_appointment (RoundsStore *store, RoundsRecord *interaction, GPtrArray *records, GPtrArray *before,
                    GError **error)
{
  const RoundsUuid *id = rounds_record_get_uuid (interaction, ROUNDS_INTERACTION_APPOINTMENT);
  g_autoptr (RoundsRecord) appointment = NULL;
  g_autoptr (RoundsQuery) query = NULL;
  g_autoptr (GPtrArray) reminders = NULL;
  g_autoptr (GPtrArray) settled = NULL;

  if (id == NULL)
    return TRUE;
  if (!rounds_record_store_look_up (rounds_store_get_reader (store), ROUNDS_ENTITY_APPOINTMENT, id, &appointment,
                                    error))
    return FALSE;
  if (appointment == NULL)
    return TRUE;
  query = rounds_query_new (ROUNDS_ENTITY_REMINDER);
  rounds_query_where_uuid (query, ROUNDS_REMINDER_SUBJECT, ROUNDS_IS, id);
  rounds_query_limit (query, MOST_REMINDERS);
  reminders = rounds_store_list (store, query, error);
  if (reminders == NULL)
    return FALSE;

  settled = rounds_appointment_settle (appointment, reminders,
                                       !rounds_record_get_boolean (interaction, ROUNDS_INTERACTION_NO_SHOW));
  for (guint i = 0; i < settled->len; i++)
    {
      g_ptr_array_add (records, g_object_ref (settled->pdata[i]));
      g_ptr_array_add (before, g_object_ref (find_begun (appointment, reminders, settled->pdata[i])));
    }
  return TRUE;
}

/* Call history is the calls of a patient: they are tied to the patient as well as to the person. */
static gboolean
set_patient (RoundsStore *store, RoundsRecord *record, GError **error)
{
  const RoundsUuid *person = rounds_record_get_uuid (record, ROUNDS_INTERACTION_PERSON);
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PATIENT);
  g_autoptr (RoundsRecord) patient = NULL;

  if (person != NULL)
    {
      rounds_query_where_uuid (query, ROUNDS_PATIENT_PERSON, ROUNDS_IS, person);
      if (!rounds_record_store_find (rounds_store_get_reader (store), query, &patient, error))
        return FALSE;
    }
  rounds_record_set_uuid (record, ROUNDS_INTERACTION_PATIENT, patient != NULL ? rounds_record_get_id (patient) : NULL);
  return TRUE;
}

/* What is to be saved with @record, and how the form began with each of it. */
static gboolean
collect (RoundsStore *store, RoundsRecord *record, RoundsRecord *begun, RoundsInteractionParts *parts,
         GPtrArray *records, GPtrArray *before, GError **error)
{
  if (!set_patient (store, record, error))
    return FALSE;
  if (parts == NULL)
    {
      g_ptr_array_add (records, g_object_ref (record));
      g_ptr_array_add (before, begun != NULL ? g_object_ref (begun) : NULL);
    }
  else if (!rounds_interaction_parts_collect (parts, store, record, begun, records, before, error))
    return FALSE;
  return begun != NULL || settle_appointment (store, record, records, before, error);
}

static void
unref_if_any (gpointer record)
{
  g_clear_object (&record);
}

/**
 * rounds_interaction_save_async:
 * @context: the application
 * @record: (transfer none): the interaction; takes which patient it is about
 * @begun: (nullable) (transfer none): as the form began with it, %NULL for a new one
 * @parts: (transfer none) (nullable): what belongs to it; %NULL leaves that as it is stored
 * @draft: (nullable): the draft that it ends
 * @callback: called when it is saved here, which waits for no network
 * @data: for @callback
 *
 * Main thread.
 */
void
rounds_interaction_save_async (RoundsAppContext *context, RoundsRecord *record, RoundsRecord *begun,
                               RoundsInteractionParts *parts, const RoundsUuid *draft, GAsyncReadyCallback callback,
                               gpointer data)
{
  RoundsStore *store = rounds_app_context_get_store (context);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (unref_if_any);
  g_autoptr (Saving) saving = g_new0 (Saving, 1);
  g_autoptr (GError) error = NULL;

  saving->context = g_object_ref (context);
  saving->type = g_strdup (rounds_record_get_text (record, ROUNDS_INTERACTION_INTERACTION_TYPE));
  saving->is_new = begun == NULL;
  saving->is_amended = begun != NULL && rounds_interaction_is_submitted (begun);
  saving->is_submitted = !saving->is_amended && rounds_interaction_is_submitted (record);
  saving->task = g_task_new (context, NULL, callback, data);
  g_task_set_source_tag (saving->task, rounds_interaction_save_async);

  if (collect (store, record, begun, parts, records, before, &error))
    rounds_form_save_async (store, records, before, draft, saved_cb, g_steal_pointer (&saving));
  else
    g_task_return_error (saving->task, g_steal_pointer (&error));
}

/**
 * rounds_interaction_save_finish:
 * @context: the application
 * @result: what the callback was given
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID with the field, or what the store says
 *
 * Returns: %TRUE if the interaction is saved; the user has been told, with a way back
 */
gboolean
rounds_interaction_save_finish (RoundsAppContext *context, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, context), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
