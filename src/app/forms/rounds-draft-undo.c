/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "forms/rounds-draft-undo.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-draft-journal.h"

/* A form that was closed without saving. */
typedef struct
{
  RoundsAppContext *context; /* (owned) */
  RoundsRecord *record;      /* (owned): what the form was about */
  RoundsRecord *draft;       /* (owned): what was in it */
} Discarded;

static void
discarded_free (gpointer pointer)
{
  Discarded *self = pointer;

  g_clear_object (&self->context);
  g_clear_object (&self->record);
  g_clear_object (&self->draft);
  g_free (self);
}

static Discarded *
discarded_new (RoundsAppContext *context, RoundsRecord *record, RoundsRecord *draft)
{
  Discarded *self = g_new0 (Discarded, 1);

  self->context = g_object_ref (context);
  self->record = rounds_record_dup (record);
  self->draft = rounds_record_dup (draft);
  return self;
}

static void undo (gpointer data);

/* There is one draft of a form. */
static gboolean
is_begun_again (Discarded *self)
{
  g_autoptr (RoundsRecord) other = NULL;

  return rounds_draft_look_up (rounds_app_context_get_store (self->context),
                               rounds_record_get_text (self->draft, ROUNDS_DRAFT_FORM), &other, NULL)
         && other != NULL;
}

static void
kept_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Discarded *discarded = data;
  g_autoptr (GError) error = NULL;

  if (rounds_store_save_finish (ROUNDS_STORE (source), result, &error))
    rounds_app_context_create (discarded->context, discarded->record);
  else if (is_begun_again (discarded))
    {
      rounds_app_context_toast_undo (discarded->context,
                                     _ ("You have begun this anew. Save or discard that first, then undo."), undo,
                                     discarded, discarded_free);
      return;
    }
  else
    rounds_app_context_report (discarded->context, error);
  discarded_free (discarded);
}

static void
undo (gpointer data)
{
  Discarded *discarded = data;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (records, rounds_record_dup (discarded->draft));
  rounds_store_save_async (rounds_app_context_get_store (discarded->context), records, NULL, kept_cb,
                           discarded_new (discarded->context, discarded->record, discarded->draft));
}

/**
 * rounds_draft_offer_undo:
 * @context: the context
 * @form: the form's name, under which its dialog looks for a draft
 * @body: what is in the form, as its journal writes it
 * @record: the record that the form is about
 *
 * For a dialog that is closed without saving, whose draft has been discarded: tells so, and with Undo puts the draft
 * back and asks for the dialog again. Closing never has to ask.
 */
void
rounds_draft_offer_undo (RoundsAppContext *context, const char *form, const char *body, RoundsRecord *record)
{
  g_autoptr (RoundsRecord) draft = rounds_record_new (ROUNDS_ENTITY_DRAFT);

  rounds_record_set_text (draft, ROUNDS_DRAFT_FORM, form);
  rounds_record_set_text (draft, ROUNDS_DRAFT_BODY, body);
  rounds_app_context_toast_undo (context, _ ("Changes discarded"), undo, discarded_new (context, record, draft),
                                 discarded_free);
}
