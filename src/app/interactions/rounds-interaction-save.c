/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving an interaction, then a word about it with Undo. */

#include "config.h"

#include "interactions/rounds-interaction-save.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-form-save.h"
#include "rounds-reminder-plan.h"

/* More than an appointment has; the limit keeps a damaged store from being read whole. */
#define MOST_REMINDERS 50

/* What Undo brings back. */
typedef struct
{
  GTask *task;               /* (owned) (nullable) until it is saved */
  RoundsAppContext *context; /* (owned) */
  RoundsRecord *before;      /* (owned) (nullable) NULL: it was new */
  GPtrArray *settled;        /* (owned) (nullable) its appointment and reminders as they were, if they change by it */
  RoundsUuid id;
  char *type; /* (owned) (nullable) */
} Undo;

static void
undo_free (gpointer data)
{
  Undo *self = data;

  g_clear_object (&self->task);
  g_clear_object (&self->context);
  g_clear_object (&self->before);
  g_clear_pointer (&self->settled, g_ptr_array_unref);
  g_clear_pointer (&self->type, g_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Undo, undo_free)

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsAppContext) context = data;
  g_autoptr (GError) error = NULL;

  if (!rounds_store_save_finish (ROUNDS_STORE (source), result, &error))
    rounds_app_context_report (context, error);
}

static void
undo_cb (gpointer data)
{
  Undo *self = data;
  RoundsStore *store = rounds_app_context_get_store (self->context);

  if (self->settled != NULL)
    rounds_store_save_async (store, self->settled, NULL, undone_cb, g_object_ref (self->context));
  if (self->before == NULL)
    rounds_store_delete_async (store, ROUNDS_ENTITY_INTERACTION, &self->id, NULL, undone_cb,
                               g_object_ref (self->context));
  else
    {
      g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

      g_ptr_array_add (records, g_steal_pointer (&self->before));
      rounds_store_save_async (store, records, NULL, undone_cb, g_object_ref (self->context));
    }
}

static const char *
describe (Undo *undo)
{
  if (undo->before != NULL)
    return _ ("Interaction changed");
  if (g_strcmp0 (undo->type, "Call") == 0)
    return _ ("Call logged");
  if (g_strcmp0 (undo->type, "Virtual") == 0)
    return _ ("Virtual meeting logged");
  return _ ("Visit logged");
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Undo) undo = data;
  g_autoptr (GTask) task = g_steal_pointer (&undo->task);
  RoundsAppContext *context = undo->context;
  const char *text = describe (undo);
  g_autoptr (GError) error = NULL;

  if (!rounds_form_save_finish (ROUNDS_STORE (source), result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  rounds_app_context_toast_undo (context, text, undo_cb, g_steal_pointer (&undo), undo_free);
  g_task_return_boolean (task, TRUE);
}

/* An appointment is over when what happened at it is logged, in the same group. */
static void
settle_appointment (Undo *undo, RoundsStore *store, RoundsRecord *interaction, GPtrArray *records)
{
  const RoundsUuid *id = rounds_record_get_uuid (interaction, ROUNDS_INTERACTION_APPOINTMENT);
  g_autoptr (RoundsRecord) appointment = NULL;
  g_autoptr (RoundsQuery) query = NULL;
  g_autoptr (GPtrArray) reminders = NULL;
  g_autoptr (GPtrArray) settled = NULL;

  if (id == NULL || undo->before != NULL)
    return;
  appointment = rounds_store_get (store, ROUNDS_ENTITY_APPOINTMENT, id, NULL);
  query = rounds_query_new (ROUNDS_ENTITY_REMINDER);
  rounds_query_where_uuid (query, ROUNDS_REMINDER_SUBJECT, ROUNDS_IS, id);
  rounds_query_limit (query, MOST_REMINDERS);
  reminders = rounds_store_list (store, query, NULL);
  if (appointment == NULL || reminders == NULL)
    return;

  settled = rounds_appointment_settle (appointment, reminders,
                                       !rounds_record_get_boolean (interaction, ROUNDS_INTERACTION_NO_SHOW));
  if (settled->len == 0)
    return;
  undo->settled = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (undo->settled, g_steal_pointer (&appointment));
  for (guint i = 0; i < reminders->len; i++)
    g_ptr_array_add (undo->settled, g_object_ref (g_ptr_array_index (reminders, i)));
  for (guint i = 0; i < settled->len; i++)
    g_ptr_array_add (records, g_object_ref (g_ptr_array_index (settled, i)));
}

/**
 * rounds_interaction_save_async:
 * @context: the application
 * @record: (transfer none): the interaction; copied
 * @stored: (nullable) (transfer none): what it was before, %NULL for a new one
 * @draft: (nullable): the draft that it ends
 * @callback: called when it is saved here, which waits for no network
 * @data: for @callback
 *
 * Main thread.
 */
void
rounds_interaction_save_async (RoundsAppContext *context, RoundsRecord *record, RoundsRecord *stored,
                               const RoundsUuid *draft, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  Undo *undo = g_new0 (Undo, 1);

  undo->context = g_object_ref (context);
  undo->before = stored != NULL ? rounds_record_dup (stored) : NULL;
  undo->id = *rounds_record_get_id (record);
  undo->type = g_strdup (rounds_record_get_text (record, ROUNDS_INTERACTION_INTERACTION_TYPE));
  undo->task = g_task_new (context, NULL, callback, data);
  g_task_set_source_tag (undo->task, rounds_interaction_save_async);

  g_ptr_array_add (records, g_object_ref (record));
  settle_appointment (undo, rounds_app_context_get_store (context), record, records);
  rounds_form_save_async (rounds_app_context_get_store (context), records, draft, saved_cb, undo);
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
