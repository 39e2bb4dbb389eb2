/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-interaction-dialog.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-draft-journal.h"
#include "forms/rounds-form-save.h"
#include "forms/rounds-record-form.h"
#include "forms/rounds-reference-row.h"
#include "forms/rounds-text-row.h"
#include "interactions/rounds-interaction-save.h"
#include "rounds-error.h"
#include "rounds-time.h"

/* The drafts' forms: this and the record's id. */
#define FORM_PREFIX "interaction:"

struct _RoundsInteractionDialog
{
  AdwDialog parent_instance;

  RoundsAppContext *context; /* (owned) */
  RoundsRecord *record;      /* (owned) what the dialog began with */
  RoundsRecord *stored;      /* (owned) (nullable) as it is in the store; NULL for a new one */
  RoundsDraftJournal *journal;

  AdwBanner *banner;
  GtkWidget *fields;
  AdwToggleGroup *kind;
  RoundsRecordForm *form;
  RoundsRecordForm *notes_form;
  GtkButton *save_button;
  GtkWidget *danger;

  guint no_show; /* the entry of the outcomes that stands for the field of that name */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (RoundsInteractionDialog, rounds_interaction_dialog, ADW_TYPE_DIALOG)

static RoundsStore *
get_store (RoundsInteractionDialog *self)
{
  return rounds_app_context_get_store (self->context);
}

static RoundsReferenceRow *
get_who (RoundsInteractionDialog *self)
{
  return ROUNDS_REFERENCE_ROW (rounds_record_form_get_row (self->form, ROUNDS_INTERACTION_PERSON));
}

static AdwComboRow *
get_outcome (RoundsInteractionDialog *self)
{
  return ADW_COMBO_ROW (rounds_record_form_get_row (self->form, ROUNDS_INTERACTION_OUTCOME));
}

static RoundsTextRow *
get_notes (RoundsInteractionDialog *self)
{
  return ROUNDS_TEXT_ROW (rounds_record_form_get_row (self->notes_form, ROUNDS_INTERACTION_NOTES));
}

static gboolean
is_read_only (RoundsInteractionDialog *self)
{
  return self->stored != NULL && !rounds_record_is_null (self->stored, ROUNDS_INTERACTION_SUBMITTED_AT);
}

/* Call history is the calls of a patient: they are tied to the patient as well as to the person. */
static void
set_patient (RoundsInteractionDialog *self, RoundsRecord *record)
{
  const RoundsUuid *person = rounds_record_get_uuid (record, ROUNDS_INTERACTION_PERSON);
  g_autoptr (RoundsRecord) patient = NULL;

  if (person != NULL)
    patient = rounds_find_of_person (get_store (self), ROUNDS_ENTITY_PATIENT, person);
  rounds_record_set_uuid (record, ROUNDS_INTERACTION_PATIENT, patient != NULL ? rounds_record_get_id (patient) : NULL);
}

/* Where the user begins: with who it was; where that is known, with the notes. */
static GtkWidget *
get_first (RoundsInteractionDialog *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (get_who (self))) == '\0')
    return GTK_WIDGET (get_who (self));
  return GTK_WIDGET (get_notes (self));
}

/* Writes what the forms alone do not know into @record. */
static void
read_rest (RoundsInteractionDialog *self, RoundsRecord *record)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (get_who (self)))));
  gboolean no_show = adw_combo_row_get_selected (get_outcome (self)) == self->no_show;

  rounds_record_set_text (record, ROUNDS_INTERACTION_HCP_NAME, *name != '\0' ? name : NULL);
  rounds_record_set_text (record, ROUNDS_INTERACTION_INTERACTION_TYPE, adw_toggle_group_get_active_name (self->kind));
  /* One entry stands for two fields: what an import said beside "no-show" is not the user's to lose. */
  if (no_show && rounds_record_get_boolean (self->record, ROUNDS_INTERACTION_NO_SHOW))
    rounds_record_set_value (record, ROUNDS_INTERACTION_OUTCOME,
                             rounds_record_get_value (self->record, ROUNDS_INTERACTION_OUTCOME));
  /* A record that never said anything about it stays silent unless there is something to say. */
  if (no_show || rounds_record_get_boolean (record, ROUNDS_INTERACTION_NO_SHOW))
    rounds_record_set_integer (record, ROUNDS_INTERACTION_NO_SHOW, no_show);
}

/* What is missing that the fields' own rules do not know. */
static gboolean
check (RoundsRecord *record, GError **error)
{
  if (rounds_record_is_null (record, ROUNDS_INTERACTION_HCP_NAME))
    {
      rounds_set_field_error (error, "person", _ ("Whom did you meet? A name is enough."));
      return FALSE;
    }
  if (rounds_record_is_null (record, ROUNDS_INTERACTION_OCCURRED_AT))
    {
      rounds_set_field_error (error, "occurred_at", _ ("When was it?"));
      return FALSE;
    }
  return TRUE;
}

/* For the journal: the form as it is, finished or not; NULL while there is nothing to lose. */
static char *
describe_cb (gpointer data)
{
  RoundsInteractionDialog *self = data;
  g_autoptr (RoundsRecord) record = rounds_record_dup (self->record);

  rounds_record_form_peek (self->form, record);
  rounds_record_form_peek (self->notes_form, record);
  read_rest (self, record);
  if (rounds_record_is_null (record, ROUNDS_INTERACTION_NOTES)
      && rounds_record_is_null (record, ROUNDS_INTERACTION_HCP_NAME))
    return NULL;
  return rounds_draft_write_changes (record, self->stored);
}

static void
changed_cb (RoundsInteractionDialog *self)
{
  if (!self->showing && self->journal != NULL)
    rounds_draft_journal_touch (self->journal);
}

static void
show_record (RoundsInteractionDialog *self)
{
  RoundsReferenceRow *who = get_who (self);

  self->showing = TRUE;
  adw_toggle_group_set_active_name (self->kind,
                                    rounds_record_get_text (self->record, ROUNDS_INTERACTION_INTERACTION_TYPE));
  rounds_record_form_set_record (self->form, self->record);
  rounds_record_form_set_record (self->notes_form, self->record);
  if (rounds_reference_row_get_id (who) == NULL && !rounds_record_is_null (self->record, ROUNDS_INTERACTION_HCP_NAME))
    rounds_reference_row_set_name (who, rounds_record_get_text (self->record, ROUNDS_INTERACTION_HCP_NAME));
  if (rounds_record_get_boolean (self->record, ROUNDS_INTERACTION_NO_SHOW))
    adw_combo_row_set_selected (get_outcome (self), self->no_show);
  self->showing = FALSE;
}

/* Returns: (transfer full): what the drafts of this record are called. */
static char *
name_form (RoundsRecord *record)
{
  char id[ROUNDS_UUID_STRING_LENGTH + 1];

  rounds_uuid_format (rounds_record_get_id (record), id);
  return g_strconcat (FORM_PREFIX, id, NULL);
}

static void
start_journal (RoundsInteractionDialog *self)
{
  g_autofree char *form = name_form (self->record);

  g_clear_object (&self->journal);
  self->journal = rounds_draft_journal_new (get_store (self), form, describe_cb, self);
}

/* A new record knows when, by whom and how; the rest is the user's. */
static void
complete (RoundsInteractionDialog *self, RoundsRecord *record)
{
  if (rounds_record_is_null (record, ROUNDS_INTERACTION_OCCURRED_AT))
    rounds_record_set_integer (record, ROUNDS_INTERACTION_OCCURRED_AT, rounds_time_now ());
  if (rounds_record_is_null (record, ROUNDS_INTERACTION_STAFF))
    rounds_record_set_uuid (record, ROUNDS_INTERACTION_STAFF, rounds_app_context_get_staff (self->context));
  if (rounds_record_is_null (record, ROUNDS_INTERACTION_INTERACTION_TYPE))
    rounds_record_set_text (record, ROUNDS_INTERACTION_INTERACTION_TYPE, "Visit");
}

static gboolean
is_same_reference (RoundsRecord *a, RoundsRecord *b, guint field)
{
  return rounds_value_equal (rounds_record_get_value (a, field), rounds_record_get_value (b, field));
}

/* Whether @draft is of a new interaction that @asked may go on with. */
static gboolean
is_unfinished (RoundsStore *store, RoundsRecord *draft, RoundsRecord *asked)
{
  g_autoptr (RoundsRecord) record = rounds_record_new_empty (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsRecord) stored = NULL;

  if (!rounds_draft_read_into (draft, record))
    return FALSE;
  stored = rounds_store_get (store, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (record), NULL);
  if (stored != NULL)
    return FALSE;

  return asked == NULL || rounds_record_is_null (asked, ROUNDS_INTERACTION_PERSON)
         || (is_same_reference (asked, record, ROUNDS_INTERACTION_PERSON)
             && is_same_reference (asked, record, ROUNDS_INTERACTION_APPOINTMENT));
}

/* Returns: (transfer full) (nullable): the new interaction that was left unfinished last, of those that @asked may go
 * on with. */
static RoundsRecord *
find_unfinished (RoundsStore *store, RoundsRecord *asked)
{
  g_autoptr (GPtrArray) drafts = rounds_draft_list (store, FORM_PREFIX);

  for (guint i = 0; i < drafts->len; i++)
    if (is_unfinished (store, drafts->pdata[i], asked))
      {
        RoundsRecord *record = rounds_record_new_empty (ROUNDS_ENTITY_INTERACTION);

        rounds_draft_read_into (drafts->pdata[i], record);
        return record;
      }
  return NULL;
}

/* Makes the dialog's record: what is stored or asked for, with what was left unfinished of it. Returns: whether there
 * was something. */
static gboolean
restore (RoundsInteractionDialog *self, RoundsRecord *asked)
{
  g_autofree char *form = name_form (asked);
  g_autoptr (RoundsRecord) draft = rounds_draft_find (get_store (self), form);

  self->record = rounds_record_dup (self->stored != NULL ? self->stored : asked);
  if (draft != NULL)
    return rounds_draft_read_into (draft, self->record);

  if (self->stored == NULL)
    {
      g_autoptr (RoundsRecord) unfinished = find_unfinished (get_store (self), asked);

      return unfinished != NULL && g_set_object (&self->record, unfinished);
    }
  return FALSE;
}

static void
save_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsInteractionDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (rounds_interaction_save_finish (self->context, result, &error))
    {
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "interaction.save", TRUE);
  start_journal (self);
  rounds_draft_journal_touch (self->journal);
  if (!rounds_record_form_show_error (self->form, error) && !rounds_record_form_show_error (self->notes_form, error))
    {
      adw_banner_set_title (self->banner, error->message);
      adw_banner_set_button_label (self->banner, NULL);
      adw_banner_set_revealed (self->banner, TRUE);
    }
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsInteractionDialog *self = ROUNDS_INTERACTION_DIALOG (widget);
  g_autoptr (RoundsRecord) record = rounds_record_dup (self->record);
  g_autoptr (GError) error = NULL;
  gboolean notes_valid = rounds_record_form_apply (self->notes_form, record);
  g_autoptr (RoundsRecord) before = NULL;
  g_autoptr (RoundsRecord) rebased = NULL;
  RoundsUuid draft;
  gboolean has_draft;

  if (!rounds_record_form_apply (self->form, record) || !notes_valid)
    return;
  read_rest (self, record);
  if (!check (record, &error))
    {
      rounds_record_form_show_error (self->form, error);
      return;
    }

  set_patient (self, record);
  before = rounds_store_get (get_store (self), ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (record), NULL);
  rebased = rounds_form_rebase (get_store (self), self->stored != NULL ? self->stored : self->record, record);
  has_draft = rounds_draft_journal_close (self->journal, &draft);
  gtk_widget_action_set_enabled (widget, "interaction.save", FALSE);
  rounds_interaction_save_async (self->context, rebased, before, has_draft ? &draft : NULL, save_done_cb,
                                 g_object_ref (self));
}

/* Who it was is all that has no sensible value yet: from there to the notes. */
static void
go_to_notes_cb (RoundsInteractionDialog *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (get_notes (self)));
}

static void
close_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsInteractionDialog *self = ROUNDS_INTERACTION_DIALOG (widget);

  rounds_draft_journal_discard (self->journal);
  rounds_draft_journal_close (self->journal, NULL);
  rounds_app_context_delete (self->context, self->stored);
  adw_dialog_force_close (ADW_DIALOG (self));
}

/* "Start Anew": what was restored is put away, and the dialog is as if it had never been. */
static void
banner_clicked_cb (RoundsInteractionDialog *self)
{
  RoundsRecord *record;

  rounds_draft_journal_discard (self->journal);
  adw_banner_set_revealed (self->banner, FALSE);
  record = self->stored != NULL ? rounds_record_dup (self->stored) : rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  if (self->stored == NULL)
    complete (self, record);
  g_set_object (&self->record, record);
  g_object_unref (record);
  show_record (self);
  start_journal (self);
  gtk_widget_grab_focus (GTK_WIDGET (get_who (self)));
}

/* What AdwDialog asks for when it has come up; its own answer may be the first button, where a blank would close it. */
static gboolean
rounds_interaction_dialog_grab_focus (GtkWidget *widget)
{
  RoundsInteractionDialog *self = ROUNDS_INTERACTION_DIALOG (widget);

  if (is_read_only (self))
    return GTK_WIDGET_CLASS (rounds_interaction_dialog_parent_class)->grab_focus (widget);
  return gtk_widget_grab_focus (get_first (self));
}

static void
rounds_interaction_dialog_closed (AdwDialog *dialog)
{
  RoundsInteractionDialog *self = ROUNDS_INTERACTION_DIALOG (dialog);

  if (self->journal != NULL && !is_read_only (self))
    rounds_draft_journal_flush (self->journal);
}

static void
rounds_interaction_dialog_dispose (GObject *object)
{
  RoundsInteractionDialog *self = ROUNDS_INTERACTION_DIALOG (object);

  /* Last: what the rows say while they go is no change. */
  self->showing = TRUE;
  if (self->journal != NULL)
    rounds_draft_journal_close (self->journal, NULL);
  g_clear_object (&self->journal);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_INTERACTION_DIALOG);
  g_clear_object (&self->stored);
  g_clear_object (&self->record);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_interaction_dialog_parent_class)->dispose (object);
}

static void
rounds_interaction_dialog_class_init (RoundsInteractionDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_interaction_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = rounds_interaction_dialog_closed;
  widget_class->grab_focus = rounds_interaction_dialog_grab_focus;

  g_type_ensure (ROUNDS_TYPE_RECORD_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/interactions/interaction-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, fields);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, form);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, notes_form);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, danger);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, banner_clicked_cb);
  gtk_widget_class_install_action (widget_class, "interaction.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "interaction.close", NULL, close_action);
  gtk_widget_class_install_action (widget_class, "interaction.delete", NULL, delete_action);
}

static void
rounds_interaction_dialog_init (RoundsInteractionDialog *self)
{
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
make_forms (RoundsInteractionDialog *self)
{
  GtkWidget *who, *outcome, *notes;
  GtkStringList *outcomes;

  rounds_record_form_set_up (self->form, self->context, ROUNDS_ENTITY_INTERACTION);
  who = rounds_record_form_add_field (self->form, ROUNDS_INTERACTION_PERSON);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (who), _ ("Who"));
  rounds_reference_row_set_allow_unknown (ROUNDS_REFERENCE_ROW (who), TRUE);
  g_signal_connect_object (who, "entry-activated", G_CALLBACK (go_to_notes_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_row_set_title (
    ADW_PREFERENCES_ROW (rounds_record_form_add_field (self->form, ROUNDS_INTERACTION_OCCURRED_AT)), _ ("When"));
  outcome = rounds_record_form_add_field (self->form, ROUNDS_INTERACTION_OUTCOME);
  outcomes = GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (outcome)));
  self->no_show = g_list_model_get_n_items (G_LIST_MODEL (outcomes));
  gtk_string_list_append (outcomes, _ ("No-show"));

  rounds_record_form_set_up (self->notes_form, self->context, ROUNDS_ENTITY_INTERACTION);
  notes = rounds_record_form_add_field (self->notes_form, ROUNDS_INTERACTION_NOTES);
  g_object_set (notes, "min-lines", 10, NULL);
}

static void
show_state (RoundsInteractionDialog *self, gboolean restored)
{
  if (self->stored != NULL)
    {
      adw_dialog_set_title (ADW_DIALOG (self), _ ("Interaction"));
      gtk_button_set_label (self->save_button, _ ("_Save"));
      gtk_widget_set_visible (self->danger, !is_read_only (self));
    }
  if (is_read_only (self))
    {
      gtk_widget_set_sensitive (self->fields, FALSE);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "interaction.save", FALSE);
      gtk_widget_set_visible (GTK_WIDGET (self->save_button), FALSE);
      adw_banner_set_title (self->banner, _ ("This was submitted and cannot be changed any more."));
      adw_banner_set_revealed (self->banner, TRUE);
    }
  else if (restored)
    {
      adw_banner_set_title (self->banner, _ ("Here is what you had not finished."));
      adw_banner_set_button_label (self->banner, _ ("Start _Anew"));
      adw_banner_set_revealed (self->banner, TRUE);
    }
}

/**
 * rounds_interaction_dialog_new:
 * @context: the application
 * @record: (transfer none): an interaction of the store to change, or a new one with what is known already
 *
 * Goes on with what was left unfinished of it: of a new one, if it was about the same person or nobody is named yet.
 *
 * Returns: (transfer floating): a dialog to be presented
 */
RoundsInteractionDialog *
rounds_interaction_dialog_new (RoundsAppContext *context, RoundsRecord *record)
{
  RoundsInteractionDialog *self = g_object_new (ROUNDS_TYPE_INTERACTION_DIALOG, NULL);
  gboolean restored;

  self->context = g_object_ref (context);
  self->stored = rounds_store_get (get_store (self), ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (record), NULL);
  restored = restore (self, record);
  if (self->stored == NULL)
    complete (self, self->record);

  make_forms (self);
  show_record (self);
  show_state (self, restored);
  start_journal (self);
  return self;
}

/**
 * rounds_interaction_dialog_present:
 * @parent: the widget over which the dialog is presented
 * @context: the application
 * @record: (transfer none): as in rounds_interaction_dialog_new()
 */
void
rounds_interaction_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *record)
{
  adw_dialog_present (ADW_DIALOG (rounds_interaction_dialog_new (context, record)), parent);
}

/**
 * rounds_interaction_dialog_find_unfinished:
 * @store: the store
 *
 * Returns: (transfer full) (nullable): the new interaction that was left unfinished last, as it was written
 */
RoundsRecord *
rounds_interaction_dialog_find_unfinished (RoundsStore *store)
{
  return find_unfinished (store, NULL);
}

static void
continue_cb (AdwToast *toast, RoundsAppContext *context)
{
  g_autoptr (RoundsRecord) unfinished = find_unfinished (rounds_app_context_get_store (context), NULL);

  if (unfinished != NULL)
    rounds_app_context_create (context, unfinished);
}

/**
 * rounds_interaction_dialog_offer_unfinished:
 * @context: the application
 *
 * For the start: where a note was left unfinished, as when the battery ran out, a toast leads back to it.
 */
void
rounds_interaction_dialog_offer_unfinished (RoundsAppContext *context)
{
  g_autoptr (RoundsRecord) unfinished = find_unfinished (rounds_app_context_get_store (context), NULL);
  g_autoptr (AdwToast) toast = NULL;
  const char *name;

  if (unfinished == NULL)
    return;

  name = rounds_record_get_text (unfinished, ROUNDS_INTERACTION_HCP_NAME);
  toast = g_object_ref_sink (adw_toast_new (""));
  adw_toast_set_use_markup (toast, FALSE);
  if (name != NULL)
    {
      /* Translators: %s is the name of whom the note is about. */
      g_autofree char *text = g_strdup_printf (_ ("Your note about %s is not finished."), name);

      adw_toast_set_title (toast, text);
    }
  else
    adw_toast_set_title (toast, _ ("You have a note that is not finished."));
  adw_toast_set_button_label (toast, _ ("_Continue"));
  adw_toast_set_timeout (toast, 15);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (continue_cb), context, G_CONNECT_DEFAULT);
  g_signal_emit_by_name (context, "toast", toast);
}
