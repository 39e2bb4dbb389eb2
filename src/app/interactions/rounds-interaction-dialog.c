/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-interaction-dialog.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-draft-journal.h"
#include "forms/rounds-growing-dialog.h"
#include "forms/rounds-record-form.h"
#include "forms/rounds-reference-row.h"
#include "forms/rounds-text-row.h"
#include "forms/rounds-toast.h"
#include "interactions/rounds-amendments-group.h"
#include "interactions/rounds-interaction-extras.h"
#include "interactions/rounds-interaction-save.h"
#include "interactions/rounds-outcome-row.h"
#include "rounds-amendment.h"
#include "rounds-error.h"
#include "rounds-time.h"

/* What the drafts' names begin with. */
#define DRAFT_PREFIX "interaction"

struct _RoundsInteractionDialog
{
  RoundsRecordDialog parent_instance;

  GtkScrolledWindow *scroller;
  GtkWidget *fields;
  AdwToggleGroup *kind;
  RoundsRecordForm *form;
  RoundsRecordForm *notes_form;
  RoundsOutcomeRow *outcome; /* (not owned): of the form */
  RoundsInteractionExtras *extras;
  RoundsAmendmentsGroup *amendments;
  GtkLabel *hint;
  GtkWidget *reason_group;
  GtkEditable *reason;
  GtkWidget *amend_group;
  GtkButton *save_button;
  GtkWidget *danger;

  RoundsInteractionParts *parts; /* (owned) (nullable): what the extras began with */
  gboolean amending;             /* it was submitted, and the user has begun to amend it */
  gboolean submitting;           /* what is saved next is submitted */
};

G_DEFINE_FINAL_TYPE (RoundsInteractionDialog, rounds_interaction_dialog, ROUNDS_TYPE_RECORD_DIALOG)

static RoundsStore *
get_store (RoundsInteractionDialog *self)
{
  return rounds_record_dialog_get_store (ROUNDS_RECORD_DIALOG (self));
}

static RoundsRecord *
get_record (RoundsInteractionDialog *self)
{
  return rounds_record_dialog_get_record (ROUNDS_RECORD_DIALOG (self));
}

static RoundsRecord *
get_stored (RoundsInteractionDialog *self)
{
  return rounds_record_dialog_get_stored (ROUNDS_RECORD_DIALOG (self));
}

static RoundsReferenceRow *
get_who (RoundsInteractionDialog *self)
{
  return ROUNDS_REFERENCE_ROW (rounds_record_form_get_row (self->form, ROUNDS_INTERACTION_PERSON));
}

static RoundsTextRow *
get_notes (RoundsInteractionDialog *self)
{
  return ROUNDS_TEXT_ROW (rounds_record_form_get_row (self->notes_form, ROUNDS_INTERACTION_NOTES));
}

static gboolean
is_submitted (RoundsInteractionDialog *self)
{
  return get_stored (self) != NULL && rounds_interaction_is_submitted (get_stored (self));
}

static gboolean
is_read_only (RoundsInteractionDialog *self)
{
  return is_submitted (self) && !self->amending;
}

/* With who it was; where that is known, with the notes. */
static GtkWidget *
rounds_interaction_dialog_get_first (RoundsRecordDialog *dialog)
{
  RoundsInteractionDialog *self = ROUNDS_INTERACTION_DIALOG (dialog);

  if (is_read_only (self))
    return NULL;
  if (self->amending)
    return GTK_WIDGET (self->reason);
  if (*gtk_editable_get_text (GTK_EDITABLE (get_who (self))) == '\0')
    return GTK_WIDGET (get_who (self));
  return GTK_WIDGET (get_notes (self));
}

/* Writes what the forms alone do not know into @record. */
static void
read_rest (RoundsInteractionDialog *self, RoundsRecord *record)
{
  g_autofree char *name = rounds_text_to_line (gtk_editable_get_text (GTK_EDITABLE (get_who (self))));
  gboolean no_show;
  const char *outcome = rounds_outcome_row_get (self->outcome, &no_show);

  rounds_record_set_text (record, ROUNDS_INTERACTION_HCP_NAME, *name != '\0' ? name : NULL);
  rounds_record_set_text (record, ROUNDS_INTERACTION_INTERACTION_TYPE, adw_toggle_group_get_active_name (self->kind));
  rounds_record_set_text (record, ROUNDS_INTERACTION_OUTCOME, outcome);
  /* One entry stands for two fields: what an import said beside "no-show" is not the user's to lose. */
  if (no_show && rounds_record_get_boolean (get_record (self), ROUNDS_INTERACTION_NO_SHOW))
    rounds_record_set_value (record, ROUNDS_INTERACTION_OUTCOME,
                             rounds_record_get_value (get_record (self), ROUNDS_INTERACTION_OUTCOME));
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
      rounds_set_field_error (error, "person", _ ("Who did you meet? A name is enough."));
      return FALSE;
    }
  if (rounds_record_is_null (record, ROUNDS_INTERACTION_OCCURRED_AT))
    {
      rounds_set_field_error (error, "occurred_at", _ ("When was it?"));
      return FALSE;
    }
  return TRUE;
}

/* (transfer full): what the rest of the form says, finished or not. */
static RoundsInteractionParts *
peek_parts (RoundsInteractionDialog *self)
{
  RoundsInteractionParts *parts = rounds_interaction_parts_new ();
  const char *reason = gtk_editable_get_text (self->reason);

  parts->is_unread = self->parts->is_unread;
  rounds_interaction_extras_peek (self->extras, parts);
  if (self->amending && *reason != '\0')
    parts->reason = g_strdup (reason);
  return parts;
}

static char *
rounds_interaction_dialog_describe (RoundsRecordDialog *dialog)
{
  RoundsInteractionDialog *self = ROUNDS_INTERACTION_DIALOG (dialog);
  g_autoptr (RoundsRecord) record = rounds_record_dup (get_record (self));
  g_autoptr (RoundsInteractionParts) parts = NULL;
  g_autofree char *body = NULL;

  if (is_read_only (self))
    return NULL;
  parts = peek_parts (self);
  rounds_record_form_peek (self->form, record);
  rounds_record_form_peek (self->notes_form, record);
  read_rest (self, record);
  if (rounds_record_is_null (record, ROUNDS_INTERACTION_NOTES)
      && rounds_record_is_null (record, ROUNDS_INTERACTION_HCP_NAME) && rounds_interaction_parts_is_empty (parts))
    return NULL;
  body = rounds_draft_write (record, get_stored (self));
  return rounds_interaction_parts_add_to_draft (parts, body);
}

/* What happened is not when it is written down; where days lie between, that is said. */
static void
show_hint (RoundsInteractionDialog *self)
{
  g_autoptr (RoundsRecord) record = rounds_record_dup (get_record (self));
  gint64 recorded = rounds_time_now (), happened;
  g_autofree char *text = NULL;
  g_autofree char *when = NULL;

  rounds_record_form_peek (self->form, record);
  if (get_stored (self) != NULL)
    recorded = rounds_record_get_integer (get_stored (self), ROUNDS_FIELD_CREATED_AT);
  happened = rounds_record_get_integer (record, ROUNDS_INTERACTION_OCCURRED_AT);
  when = rounds_display_full_time (recorded);
  if (rounds_record_is_null (record, ROUNDS_INTERACTION_OCCURRED_AT))
    text = NULL;
  else if (happened > recorded + ROUNDS_HOUR)
    text = g_strdup (_ ("This is in the future: plan it as an appointment in the calendar."));
  else if (happened < recorded - ROUNDS_DAY)
    {
      int days = (int) ((recorded - happened) / ROUNDS_DAY);

      /* Translators: %d is days between a visit and its being written down; %s is the latter. */
      text = g_strdup_printf (ngettext ("Logged %d day later (%s).", "Logged %d days later (%s).", days), days, when);
    }
  gtk_label_set_text (self->hint, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), text != NULL);
}

static void
form_changed_cb (RoundsInteractionDialog *self)
{
  show_hint (self);
  rounds_record_dialog_touch (ROUNDS_RECORD_DIALOG (self));
}

static void
kind_changed_cb (RoundsInteractionDialog *self)
{
  rounds_interaction_extras_set_type (self->extras, adw_toggle_group_get_active_name (self->kind));
  rounds_record_dialog_touch (ROUNDS_RECORD_DIALOG (self));
}

/* What is locked is there to be read: the notes can be gone to and copied, the rest is not as pale as what is off. What
 * could not be read cannot be changed either: empty rows would throw it away when they are saved. */
static void
show_locked (RoundsInteractionDialog *self)
{
  GtkWidget *notes = GTK_WIDGET (get_notes (self));
  gboolean locked = is_read_only (self);

  for (GtkWidget *child = gtk_widget_get_first_child (self->fields); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_sensitive (child, !locked || gtk_widget_is_ancestor (notes, child));
  gtk_widget_set_sensitive (GTK_WIDGET (self->extras), !locked && (self->parts == NULL || !self->parts->is_unread));
  g_object_set (notes, "editable", !locked, NULL);
  if (locked)
    gtk_widget_add_css_class (self->fields, "rounds-locked");
  else
    gtk_widget_remove_css_class (self->fields, "rounds-locked");
}

static void
load_parts (RoundsInteractionDialog *self)
{
  g_autoptr (GError) error = NULL;

  self->parts = rounds_interaction_parts_load (get_store (self), rounds_record_get_id (get_record (self)), &error);
  if (self->parts != NULL)
    return;
  self->parts = rounds_interaction_parts_new ();
  self->parts->is_unread = TRUE;
  rounds_app_context_report (rounds_record_dialog_get_context (ROUNDS_RECORD_DIALOG (self)), error);
}

static void
show_parts (RoundsInteractionDialog *self)
{
  if (self->parts == NULL)
    load_parts (self);
  show_locked (self);
  rounds_interaction_extras_show (self->extras, self->parts);
  gtk_editable_set_text (self->reason, self->parts->reason != NULL ? self->parts->reason : "");
}

static void
rounds_interaction_dialog_show (RoundsRecordDialog *dialog)
{
  RoundsInteractionDialog *self = ROUNDS_INTERACTION_DIALOG (dialog);
  RoundsRecord *record = get_record (self);
  RoundsReferenceRow *who = get_who (self);

  adw_toggle_group_set_active_name (self->kind, rounds_record_get_text (record, ROUNDS_INTERACTION_INTERACTION_TYPE));
  rounds_record_form_set_record (self->form, record);
  rounds_record_form_set_record (self->notes_form, record);
  if (rounds_reference_row_get_record (who) == NULL && !rounds_record_is_null (record, ROUNDS_INTERACTION_HCP_NAME))
    rounds_reference_row_show_name (who, rounds_record_get_text (record, ROUNDS_INTERACTION_HCP_NAME));
  rounds_outcome_row_set (self->outcome, rounds_record_get_text (record, ROUNDS_INTERACTION_OUTCOME),
                          rounds_record_get_boolean (record, ROUNDS_INTERACTION_NO_SHOW));
  show_parts (self);
  show_hint (self);
}

/* A new record knows when, by whom and how; the rest is the user's. */
static void
complete (RoundsRecord *record, const RoundsUuid *staff)
{
  if (rounds_record_is_null (record, ROUNDS_INTERACTION_OCCURRED_AT))
    rounds_record_set_integer (record, ROUNDS_INTERACTION_OCCURRED_AT, rounds_time_now ());
  if (rounds_record_is_null (record, ROUNDS_INTERACTION_STAFF))
    rounds_record_set_uuid (record, ROUNDS_INTERACTION_STAFF, staff);
  if (rounds_record_is_null (record, ROUNDS_INTERACTION_INTERACTION_TYPE))
    rounds_record_set_text (record, ROUNDS_INTERACTION_INTERACTION_TYPE, "Visit");
}

static RoundsRecord *
rounds_interaction_dialog_make_new (RoundsRecordDialog *dialog)
{
  RoundsRecord *record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  g_clear_pointer (&ROUNDS_INTERACTION_DIALOG (dialog)->parts, rounds_interaction_parts_free);
  complete (record, rounds_app_context_get_staff (rounds_record_dialog_get_context (dialog)));
  return record;
}

static gboolean
is_same_reference (RoundsRecord *a, RoundsRecord *b, guint field)
{
  return rounds_value_equal (rounds_record_get_value (a, field), rounds_record_get_value (b, field));
}

/* What was left unfinished about the same person, or about anybody while nobody is named. */
static gboolean
rounds_interaction_dialog_goes_on_with (RoundsRecordDialog *dialog, RoundsRecord *draft)
{
  RoundsRecord *asked = rounds_record_dialog_get_record (dialog);
  g_autoptr (RoundsRecord) record = rounds_draft_read (draft, ROUNDS_ENTITY_INTERACTION);

  return record != NULL
         && (rounds_record_is_null (asked, ROUNDS_INTERACTION_PERSON)
             || (is_same_reference (asked, record, ROUNDS_INTERACTION_PERSON)
                 && is_same_reference (asked, record, ROUNDS_INTERACTION_APPOINTMENT)));
}

static void show_state (RoundsInteractionDialog *self);

/* A draft of a stored interaction says what differs from it; one of a new one says all. */
static gboolean
rounds_interaction_dialog_restore (RoundsRecordDialog *dialog, RoundsRecord *draft)
{
  RoundsInteractionDialog *self = ROUNDS_INTERACTION_DIALOG (dialog);
  g_autoptr (RoundsRecord) record = rounds_record_dup (rounds_record_dialog_get_record (dialog));

  if (!rounds_draft_read_into (draft, record))
    return FALSE;
  g_clear_pointer (&self->parts, rounds_interaction_parts_free);
  self->parts = rounds_interaction_parts_read_draft (draft);
  if (self->parts->is_unread)
    {
      g_autofree char *reason = g_steal_pointer (&self->parts->reason);

      g_clear_pointer (&self->parts, rounds_interaction_parts_free);
      load_parts (self);
      g_set_str (&self->parts->reason, reason);
    }
  self->amending = is_submitted (self);
  show_state (self);
  if (rounds_record_dialog_get_stored (dialog) == NULL)
    complete (record, rounds_app_context_get_staff (rounds_record_dialog_get_context (dialog)));
  rounds_record_dialog_set_record (dialog, record);
  rounds_interaction_dialog_show (dialog);
  return TRUE;
}

/* An amendment says why. */
static gboolean
read_reason (RoundsInteractionDialog *self, RoundsInteractionParts *parts)
{
  g_autofree char *reason = rounds_text_to_line (gtk_editable_get_text (self->reason));

  if (!self->amending)
    return TRUE;
  if (*reason == '\0')
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->reason), "error");
      gtk_widget_grab_focus (GTK_WIDGET (self->reason));
      rounds_record_dialog_tell (ROUNDS_RECORD_DIALOG (self), _ ("Why are you amending it? A few words are enough."));
      return FALSE;
    }
  parts->reason = g_steal_pointer (&reason);
  return TRUE;
}

static gboolean
rounds_interaction_dialog_save_async (RoundsRecordDialog *dialog, GAsyncReadyCallback callback, gpointer data,
                                      GError **error)
{
  RoundsInteractionDialog *self = ROUNDS_INTERACTION_DIALOG (dialog);
  g_autoptr (RoundsRecord) record = rounds_record_dup (get_record (self));
  gboolean notes_valid = rounds_record_form_apply (self->notes_form, record);
  g_autoptr (RoundsInteractionParts) parts = rounds_interaction_parts_new ();
  gboolean parts_valid = rounds_interaction_extras_apply (self->extras, parts);
  RoundsUuid draft;
  gboolean has_draft;

  if (!rounds_record_form_apply (self->form, record) || !notes_valid || !parts_valid || !read_reason (self, parts))
    return FALSE;
  read_rest (self, record);
  if (!check (record, error))
    return FALSE;

  parts->is_unread = self->parts->is_unread;
  if (self->submitting)
    rounds_record_set_integer (record, ROUNDS_INTERACTION_SUBMITTED_AT, rounds_time_now ());
  self->submitting = FALSE;
  has_draft = rounds_record_dialog_end_draft (dialog, &draft);
  rounds_interaction_save_async (rounds_record_dialog_get_context (dialog), record, get_stored (self), parts,
                                 has_draft ? &draft : NULL, callback, data);
  return TRUE;
}

static gboolean
rounds_interaction_dialog_save_finish (RoundsRecordDialog *dialog, GAsyncResult *result, GError **error)
{
  return rounds_interaction_save_finish (rounds_record_dialog_get_context (dialog), result, error);
}

static gboolean
rounds_interaction_dialog_show_error (RoundsRecordDialog *dialog, const GError *error)
{
  RoundsInteractionDialog *self = ROUNDS_INTERACTION_DIALOG (dialog);

  return rounds_record_form_show_error (self->form, error) || rounds_record_form_show_error (self->notes_form, error);
}

/* Who it was is all that has no sensible value yet: from there to the notes. */
static void
go_to_notes_cb (RoundsInteractionDialog *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (get_notes (self)));
}

static void
reason_changed_cb (RoundsInteractionDialog *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->reason), "error");
  rounds_record_dialog_touch (ROUNDS_RECORD_DIALOG (self));
}

/* --- Actions --- */

static void
amend_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsInteractionDialog *self = ROUNDS_INTERACTION_DIALOG (widget);

  if (!is_submitted (self))
    return;
  self->amending = TRUE;
  show_state (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->reason));
}

static void
submit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsInteractionDialog *self = ROUNDS_INTERACTION_DIALOG (widget);

  self->submitting = TRUE;
  gtk_widget_activate_action (widget, "interaction.save", NULL);
  self->submitting = FALSE;
}

/* The keys are the dialog's, what they do is the extras'. */
static void
extras_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsInteractionDialog *self = ROUNDS_INTERACTION_DIALOG (widget);

  if (!is_read_only (self))
    gtk_widget_activate_action (GTK_WIDGET (self->extras),
                                g_str_equal (name, "interaction.promise") ? "extras.promise" : "extras.templates",
                                NULL);
}

static void
rounds_interaction_dialog_finalize (GObject *object)
{
  g_clear_pointer (&ROUNDS_INTERACTION_DIALOG (object)->parts, rounds_interaction_parts_free);

  G_OBJECT_CLASS (rounds_interaction_dialog_parent_class)->finalize (object);
}

static void
rounds_interaction_dialog_class_init (RoundsInteractionDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RoundsRecordDialogClass *dialog_class = ROUNDS_RECORD_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rounds_interaction_dialog_finalize;
  dialog_class->show = rounds_interaction_dialog_show;
  dialog_class->describe = rounds_interaction_dialog_describe;
  dialog_class->goes_on_with = rounds_interaction_dialog_goes_on_with;
  dialog_class->restore = rounds_interaction_dialog_restore;
  dialog_class->make_new = rounds_interaction_dialog_make_new;
  dialog_class->save_async = rounds_interaction_dialog_save_async;
  dialog_class->save_finish = rounds_interaction_dialog_save_finish;
  dialog_class->get_first = rounds_interaction_dialog_get_first;
  dialog_class->show_error = rounds_interaction_dialog_show_error;
  dialog_class->draft_prefix = DRAFT_PREFIX;

  g_type_ensure (ROUNDS_TYPE_RECORD_FORM);
  g_type_ensure (ROUNDS_TYPE_AMENDMENTS_GROUP);
  g_type_ensure (ROUNDS_TYPE_INTERACTION_EXTRAS);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/interactions/interaction-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, fields);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, form);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, notes_form);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, danger);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, extras);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, amendments);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, hint);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, reason_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, reason);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionDialog, amend_group);
  gtk_widget_class_bind_template_callback (widget_class, rounds_record_dialog_touch);
  gtk_widget_class_bind_template_callback (widget_class, form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reason_changed_cb);
  gtk_widget_class_install_action (widget_class, "interaction.amend", NULL, amend_action);
  gtk_widget_class_install_action (widget_class, "interaction.submit", NULL, submit_action);
  gtk_widget_class_install_action (widget_class, "interaction.templates", NULL, extras_action);
  gtk_widget_class_install_action (widget_class, "interaction.promise", NULL, extras_action);
  rounds_record_dialog_class_set_up (dialog_class, "interaction",
                                     ROUNDS_RECORD_DIALOG_CAN_DELETE | ROUNDS_RECORD_DIALOG_KEEPS_DRAFT);
}

static void
rounds_interaction_dialog_init (RoundsInteractionDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rounds_dialog_grow_with (ADW_DIALOG (self), self->scroller);
}

static void
make_forms (RoundsInteractionDialog *self)
{
  RoundsAppContext *context = rounds_record_dialog_get_context (ROUNDS_RECORD_DIALOG (self));
  GtkWidget *who, *notes;

  rounds_record_form_set_up (self->form, context, ROUNDS_ENTITY_INTERACTION);
  who = rounds_record_form_add_field (self->form, ROUNDS_INTERACTION_PERSON);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (who), _ ("Who"));
  rounds_reference_row_set_allow_unknown (ROUNDS_REFERENCE_ROW (who), TRUE);
  g_signal_connect_object (who, "entry-activated", G_CALLBACK (go_to_notes_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_row_set_title (
    ADW_PREFERENCES_ROW (rounds_record_form_add_field (self->form, ROUNDS_INTERACTION_OCCURRED_AT)), _ ("When"));
  self->outcome = g_object_new (ROUNDS_TYPE_OUTCOME_ROW, NULL);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->form), GTK_WIDGET (self->outcome));
  g_signal_connect_object (self->outcome, "changed", G_CALLBACK (rounds_record_dialog_touch), self, G_CONNECT_SWAPPED);

  rounds_record_form_set_up (self->notes_form, context, ROUNDS_ENTITY_INTERACTION);
  notes = rounds_record_form_add_field (self->notes_form, ROUNDS_INTERACTION_NOTES);
  g_object_set (notes, "min-lines", 7, NULL);
  rounds_interaction_extras_set_up (self->extras, context, ROUNDS_TEXT_ROW (notes));
}

/* What can be done with it: all, or nothing but to amend it. */
static void
show_state (RoundsInteractionDialog *self)
{
  gboolean is_stored = get_stored (self) != NULL;
  gboolean read_only = is_read_only (self);

  if (is_stored)
    {
      adw_dialog_set_title (ADW_DIALOG (self), _ ("Interaction"));
      gtk_button_set_label (self->save_button, self->amending ? _ ("A_mend") : _ ("_Save"));
      rounds_amendments_group_show (self->amendments, get_store (self), get_stored (self));
    }
  show_locked (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "interaction.save", !read_only);
  gtk_widget_set_visible (GTK_WIDGET (self->save_button), !read_only);
  gtk_widget_set_visible (self->danger, is_stored && !is_submitted (self));
  gtk_widget_set_visible (self->amend_group, read_only);
  gtk_widget_set_visible (self->reason_group, self->amending);
  if (read_only)
    {
      g_autofree char *when =
        rounds_display_full_time (rounds_record_get_integer (get_stored (self), ROUNDS_INTERACTION_SUBMITTED_AT));
      /* Translators: %s is a moment. */
      g_autofree char *text = g_strdup_printf (_ ("Submitted %s. To change it, amend it and give a reason."), when);

      rounds_record_dialog_tell (ROUNDS_RECORD_DIALOG (self), text);
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
  RoundsRecordDialog *dialog = ROUNDS_RECORD_DIALOG (self);

  rounds_record_dialog_open (dialog, context, record);
  if (get_stored (self) == NULL)
    complete (get_record (self), rounds_app_context_get_staff (context));
  make_forms (self);
  show_state (self);
  rounds_record_dialog_begin (dialog);
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

static gboolean
holds_interaction_cb (RoundsRecord *draft, gpointer data)
{
  g_autoptr (RoundsRecord) record = rounds_draft_read (draft, ROUNDS_ENTITY_INTERACTION);

  return record != NULL;
}

/**
 * rounds_interaction_dialog_look_up_unfinished:
 * @store: the store
 * @record: (out) (transfer full) (nullable): the new interaction that was left unfinished last, as it was written;
 *   %NULL if there is none
 * @error: (out) (optional): what the disk says
 *
 * Returns: whether it could be looked up
 */
gboolean
rounds_interaction_dialog_look_up_unfinished (RoundsStore *store, RoundsRecord **record, GError **error)
{
  g_autoptr (RoundsRecord) draft = NULL;
  gboolean done = rounds_draft_look_up_new (store, DRAFT_PREFIX, ROUNDS_ENTITY_INTERACTION, holds_interaction_cb, NULL,
                                            &draft, error);

  *record = draft != NULL ? rounds_draft_read (draft, ROUNDS_ENTITY_INTERACTION) : NULL;
  return done;
}

/* Returns: (transfer full) (nullable): it, if there is one; what the disk says otherwise is told */
static RoundsRecord *
find_unfinished (RoundsAppContext *context)
{
  g_autoptr (GError) error = NULL;
  RoundsRecord *record = NULL;

  if (!rounds_interaction_dialog_look_up_unfinished (rounds_app_context_get_store (context), &record, &error))
    rounds_app_context_report (context, error);
  return record;
}

static void
continue_cb (AdwToast *toast, RoundsAppContext *context)
{
  g_autoptr (RoundsRecord) unfinished = find_unfinished (context);

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
  g_autoptr (RoundsRecord) unfinished = find_unfinished (context);
  g_autoptr (AdwToast) toast = NULL;
  g_autofree char *text = NULL;
  const char *name;

  if (unfinished == NULL)
    return;

  name = rounds_record_get_text (unfinished, ROUNDS_INTERACTION_HCP_NAME);
  if (name != NULL)
    /* Translators: a note that is not finished; %s is the name of whom it is about. Short: it stands in a toast. */
    text = g_strdup_printf (_ ("Unfinished: %s"), name);
  toast = rounds_toast_new (text != NULL ? text : _ ("Unfinished note"), _ ("_Continue"));
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (continue_cb), context, G_CONNECT_DEFAULT);
  g_signal_emit_by_name (context, "toast", toast);
}
