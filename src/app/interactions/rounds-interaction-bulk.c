/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-interaction-bulk.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-form-save.h"
#include "rounds-amendment.h"
#include "rounds-time.h"

/* What is told when it is done. */
typedef struct
{
  RoundsAppContext *context; /* (owned) */
  char *text;                /* (owned) */
} Work;

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  RoundsFormUndo *undo = rounds_form_save_finish_undo (ROUNDS_STORE (source), result, &error);

  if (undo != NULL)
    rounds_form_undo_offer (undo, work->context, work->text);
  else
    rounds_app_context_report (work->context, error);
  g_object_unref (work->context);
  g_free (work->text);
  g_free (work);
}

/* (transfer full) (element-type RoundsRecord): those that are not submitted yet. */
static GPtrArray *
list_open (GPtrArray *interactions)
{
  GPtrArray *open = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < interactions->len; i++)
    if (!rounds_interaction_is_submitted (interactions->pdata[i]))
      g_ptr_array_add (open, g_object_ref (interactions->pdata[i]));
  return open;
}

/* Sets @field of all of @open to now, which submits or deletes them. @text: (transfer full) */
static void
run (RoundsAppContext *context, GPtrArray *open, guint field, char *text)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_object_unref);
  Work *work;

  if (open->len == 0)
    {
      rounds_app_context_toast (context, text);
      g_free (text);
      return;
    }
  for (guint i = 0; i < open->len; i++)
    {
      RoundsRecord *record = rounds_record_dup (open->pdata[i]);

      rounds_record_set_integer (record, field, rounds_time_now ());
      g_ptr_array_add (changed, record);
    }
  work = g_new0 (Work, 1);
  work->context = g_object_ref (context);
  work->text = text;
  rounds_form_save_async (rounds_app_context_get_store (context), changed, open, NULL, saved_cb, work);
}

/**
 * rounds_interaction_bulk_submit:
 * @context: the application
 * @interactions: (element-type RoundsRecord): as they are stored; those that are submitted stay as they are
 *
 * Submits them, with one Undo.
 */
void
rounds_interaction_bulk_submit (RoundsAppContext *context, GPtrArray *interactions)
{
  g_autoptr (GPtrArray) open = list_open (interactions);
  int n = (int) open->len;
  char *text = n > 0 ? g_strdup_printf (ngettext ("%d interaction submitted", "%d interactions submitted", n), n)
                     : g_strdup (_ ("All of them were submitted before."));

  run (context, open, ROUNDS_INTERACTION_SUBMITTED_AT, text);
}

/**
 * rounds_interaction_bulk_delete:
 * @context: the application
 * @interactions: (element-type RoundsRecord): as they are stored; those that are submitted stay, and that is told
 *
 * Deletes them, with one Undo.
 */
void
rounds_interaction_bulk_delete (RoundsAppContext *context, GPtrArray *interactions)
{
  g_autoptr (GPtrArray) open = list_open (interactions);
  int n = (int) open->len;
  int kept = (int) interactions->len - n;
  g_autofree char *done = g_strdup_printf (ngettext ("%d interaction deleted", "%d interactions deleted", n), n);
  g_autofree char *rest =
    g_strdup_printf (ngettext ("%d is submitted and stays", "%d are submitted and stay", kept), kept);

  run (context, open, ROUNDS_FIELD_DELETED_AT,
       kept == 0 ? g_strdup (done)
       : n == 0  ? g_strdup (rest)
                /* Translators: "3 interactions deleted; 2 are submitted and stay" */
                : g_strdup_printf (_ ("%s; %s"), done, rest));
}
