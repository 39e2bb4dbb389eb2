/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-record-dialog.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-draft-journal.h"
#include "forms/rounds-draft-undo.h"
#include "forms/rounds-receipt-label.h"

typedef struct
{
  RoundsAppContext *context;   /* (owned) */
  RoundsRecord *record;        /* (owned): what the rows began with */
  RoundsRecord *stored;        /* (owned) (nullable) as it was stored when the rows began with it; NULL: it is new */
  RoundsDraftJournal *journal; /* (owned) (nullable) until the record is shown, and where nothing can be changed */
  AdwBanner *banner;           /* (owned) */
  RoundsReceiptLabel *receipt; /* (owned) */
  GError *lack;                /* (owned) (nullable): what could not be read; nothing can be changed then */
  gboolean showing;            /* the rows are being set by the program */
  gboolean changed;            /* by the user, and not saved */
  gboolean saving;             /* what comes from the store is our own */
} RoundsRecordDialogPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RoundsRecordDialog, rounds_record_dialog, ADW_TYPE_DIALOG)

enum
{
  PROP_BANNER = 1,
  PROP_RECEIPT,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

static RoundsRecordDialogPrivate *
get_private (RoundsRecordDialog *self)
{
  return rounds_record_dialog_get_instance_private (self);
}

static void
set_action_enabled (RoundsRecordDialog *self, const char *action, gboolean enabled)
{
  g_autofree char *name = g_strconcat (ROUNDS_RECORD_DIALOG_GET_CLASS (self)->action_prefix, ".", action, NULL);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), name, enabled);
}

static void
show (RoundsRecordDialog *self)
{
  RoundsRecordDialogPrivate *priv = get_private (self);
  RoundsRecordDialogClass *klass = ROUNDS_RECORD_DIALOG_GET_CLASS (self);

  priv->showing = TRUE;
  klass->show (self);
  if (klass->flags & ROUNDS_RECORD_DIALOG_CAN_DELETE)
    set_action_enabled (self, "delete", priv->stored != NULL);
  priv->showing = FALSE;
}

/* Rows that do not say what is stored would be stored in its place: they are there to be read alone. What was left
 * unfinished waits for the next time. */
static void
lock_if_lacking (RoundsRecordDialog *self)
{
  RoundsRecordDialogPrivate *priv = get_private (self);
  GtkWidget *child = adw_dialog_get_child (ADW_DIALOG (self));
  g_autofree char *text = NULL;

  if (priv->lack == NULL)
    return;
  priv->showing = TRUE;
  priv->changed = FALSE;
  gtk_widget_set_sensitive (adw_toolbar_view_get_content (ADW_TOOLBAR_VIEW (child)), FALSE);
  set_action_enabled (self, "save", FALSE);
  if (ROUNDS_RECORD_DIALOG_GET_CLASS (self)->flags & ROUNDS_RECORD_DIALOG_CAN_DELETE)
    set_action_enabled (self, "delete", FALSE);
  text = rounds_draft_describe_lack (priv->lack);
  rounds_record_dialog_tell (self, text);
}

/* How @record is stored, if it is. */
static gboolean
look_up (RoundsRecordDialog *self, RoundsRecord *record, RoundsRecord **stored, GError **error)
{
  RoundsRecordStore *reader = rounds_store_get_reader (rounds_record_dialog_get_store (self));

  return rounds_record_store_look_up (reader, rounds_record_get_entity (record), rounds_record_get_id (record), stored,
                                      error);
}

/* --- Draft --- */

static const char *
get_draft_prefix (RoundsRecordDialog *self)
{
  const char *prefix = ROUNDS_RECORD_DIALOG_GET_CLASS (self)->draft_prefix;

  return prefix != NULL ? prefix : rounds_entity_get_info (rounds_record_get_entity (get_private (self)->record))->name;
}

/* Returns: (transfer full): what the draft of this record is called */
static char *
name_draft (RoundsRecordDialog *self)
{
  char id[ROUNDS_UUID_STRING_LENGTH + 1];

  rounds_uuid_format (rounds_record_get_id (get_private (self)->record), id);
  return g_strconcat (get_draft_prefix (self), ":", id, NULL);
}

static char *
describe_cb (gpointer data)
{
  RoundsRecordDialogPrivate *priv = get_private (data);
  g_autofree char *body = ROUNDS_RECORD_DIALOG_GET_CLASS (data)->describe (data);

  return body != NULL && priv->stored != NULL ? rounds_draft_add_base (body, priv->stored) : g_steal_pointer (&body);
}

static void
start_journal (RoundsRecordDialog *self, RoundsRecord *draft)
{
  RoundsRecordDialogPrivate *priv = get_private (self);
  g_autofree char *name = name_draft (self);

  g_clear_object (&priv->journal);
  priv->journal = rounds_draft_journal_new (rounds_record_dialog_get_store (self), name, draft, describe_cb, self);
}

static void
about_to_sleep_cb (RoundsRecordDialog *self)
{
  RoundsRecordDialogPrivate *priv = get_private (self);

  if (priv->changed && priv->journal != NULL)
    rounds_draft_journal_flush (priv->journal);
}

/* What was entered needs no keeping any more. */
static void
discard_draft (RoundsRecordDialog *self)
{
  RoundsRecordDialogPrivate *priv = get_private (self);

  priv->changed = FALSE;
  if (priv->journal == NULL)
    return;
  rounds_draft_journal_discard (priv->journal);
  rounds_record_dialog_end_draft (self, NULL);
}

static gboolean
fits_cb (RoundsRecord *draft, gpointer self)
{
  return ROUNDS_RECORD_DIALOG_GET_CLASS (self)->goes_on_with (self, draft);
}

/* What was left unfinished of this very record, or of another new one with which the dialog goes on.
 * @draft: (out) (transfer full) (nullable)
 * Returns: whether it could be looked up */
static gboolean
look_up_draft (RoundsRecordDialog *self, RoundsRecord **draft, GError **error)
{
  RoundsRecordDialogPrivate *priv = get_private (self);
  RoundsStore *store = rounds_record_dialog_get_store (self);
  g_autofree char *name = name_draft (self);

  if (!rounds_draft_look_up (store, name, draft, error))
    return FALSE;
  if (*draft != NULL || priv->stored != NULL || ROUNDS_RECORD_DIALOG_GET_CLASS (self)->goes_on_with == NULL)
    return TRUE;
  return rounds_draft_look_up_new (store, get_draft_prefix (self), rounds_record_get_entity (priv->record), fits_cb,
                                   self, draft, error);
}

/* Shows what was left unfinished, in place of what is stored. */
static void
restore_draft (RoundsRecordDialog *self, RoundsRecord *draft)
{
  RoundsRecordDialogPrivate *priv = get_private (self);
  gboolean restored;

  priv->showing = TRUE;
  restored = ROUNDS_RECORD_DIALOG_GET_CLASS (self)->restore (self, draft);
  priv->showing = FALSE;
  if (!restored)
    return;
  if (priv->stored != NULL)
    {
      g_autoptr (RoundsRecord) base = rounds_draft_read_base (draft, priv->stored);

      g_set_object (&priv->stored, base);
    }

  /* Still not saved: a dialog that discards on closing discards this too. */
  priv->changed = TRUE;
  adw_banner_set_title (priv->banner, _ ("Your unsaved changes have been restored."));
  adw_banner_set_button_label (priv->banner, _ ("Start _Over"));
  adw_banner_set_revealed (priv->banner, TRUE);
}

/* Goes on with what was left unfinished, and keeps what is entered from now on. */
static void
open_draft (RoundsRecordDialog *self)
{
  RoundsRecordDialogPrivate *priv = get_private (self);
  g_autoptr (RoundsRecord) draft = NULL;
  g_autoptr (GError) error = NULL;

  if (priv->lack != NULL)
    return;
  if (!look_up_draft (self, &draft, &error))
    {
      rounds_record_dialog_lack (self, error);
      return;
    }
  if (draft != NULL)
    restore_draft (self, draft);
  if (priv->lack == NULL)
    start_journal (self, draft);
}

/* --- What happens elsewhere --- */

/* Returns: (nullable) (transfer full): what others have changed since the rows began with it: "Phone, Notes" */
static char *
list_foreign_changes (RoundsRecord *begun, RoundsRecord *now)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (now));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint f = ROUNDS_FIELD_TERRITORY; f < info->n_fields; f++)
    if (!(info->fields[f].flags & ROUNDS_FIELD_HIDDEN)
        && !rounds_value_equal (rounds_record_get_value (begun, f), rounds_record_get_value (now, f)))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", rounds_field_get_label (&info->fields[f]));
  return text->len > 0 ? g_string_free_and_steal (g_steal_pointer (&text)) : NULL;
}

/* Nothing that is shown changes: somebody may be in the middle of a word. Saving brings both together. */
static void
show_receipt (RoundsRecordDialog *self)
{
  RoundsRecordDialogPrivate *priv = get_private (self);
  RoundsStore *store = rounds_record_dialog_get_store (self);
  g_autoptr (RoundsRecord) now =
    rounds_store_get (store, rounds_record_get_entity (priv->record), rounds_record_get_id (priv->record), NULL);
  g_autofree char *fields = NULL;
  g_autofree char *note = NULL;

  if (priv->stored != NULL && now != NULL)
    fields = list_foreign_changes (priv->stored, now);
  if (priv->stored != NULL && now != NULL && rounds_record_is_deleted (now))
    note = g_strdup (_ ("Meanwhile deleted elsewhere. Saving restores it."));
  else if (fields != NULL)
    /* Translators: %s are names of fields. */
    note = g_strdup_printf (_ ("Meanwhile changed elsewhere: %s. Saving keeps both."), fields);
  rounds_receipt_label_show (priv->receipt, store, priv->record);
  rounds_receipt_label_set_note (priv->receipt, note);
}

static void
store_changed_cb (RoundsRecordDialog *self, int entity, GPtrArray *ids)
{
  RoundsRecordDialogPrivate *priv = get_private (self);
  gboolean is_ours = ids == NULL;

  if (priv->stored == NULL || priv->receipt == NULL || entity != (int) rounds_record_get_entity (priv->stored))
    return;
  for (guint i = 0; !is_ours && i < ids->len; i++)
    is_ours = rounds_uuid_equal (ids->pdata[i], rounds_record_get_id (priv->stored));
  if (is_ours && !priv->saving)
    show_receipt (self);
}

/* "Start Anew": what was restored is put away, and the dialog is as if it had never been. */
static void
start_anew_cb (RoundsRecordDialog *self)
{
  RoundsRecordDialogPrivate *priv = get_private (self);
  g_autoptr (RoundsRecord) fresh = NULL;
  g_autoptr (GError) error = NULL;

  if (priv->stored != NULL && !look_up (self, priv->stored, &fresh, &error))
    {
      rounds_app_context_report (priv->context, error);
      return;
    }
  discard_draft (self);
  adw_banner_set_revealed (priv->banner, FALSE);
  g_set_object (&priv->stored, fresh);
  if (fresh != NULL)
    {
      g_autoptr (RoundsRecord) record = rounds_record_dup (fresh);

      g_set_object (&priv->record, record);
    }
  else
    {
      fresh = ROUNDS_RECORD_DIALOG_GET_CLASS (self)->make_new (self);
      g_set_object (&priv->record, fresh);
    }
  show (self);
  start_journal (self, NULL);
  show_receipt (self);
  lock_if_lacking (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* --- Actions --- */

static void
show_error (RoundsRecordDialog *self, const GError *error)
{
  if (!ROUNDS_RECORD_DIALOG_GET_CLASS (self)->show_error (self, error))
    rounds_record_dialog_tell (self, error->message);
}

/* What was wrong the last time; "Start Anew" stays until something is saved. */
static void
hide_error (RoundsRecordDialog *self)
{
  AdwBanner *banner = get_private (self)->banner;

  if (adw_banner_get_button_label (banner) == NULL)
    adw_banner_set_revealed (banner, FALSE);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsRecordDialog) self = data;
  RoundsRecordDialogPrivate *priv = get_private (self);
  RoundsRecordDialogClass *klass = ROUNDS_RECORD_DIALOG_GET_CLASS (self);
  g_autoptr (GError) error = NULL;

  set_action_enabled (self, "save", TRUE);
  priv->saving = FALSE;
  if (klass->save_finish (self, result, &error))
    {
      discard_draft (self);
      adw_dialog_force_close (ADW_DIALOG (self));
      if (klass->saved != NULL)
        klass->saved (self);
      return;
    }

  if (priv->journal != NULL)
    rounds_draft_journal_reopen (priv->journal, FALSE);
  show_error (self, error);
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsRecordDialog *self = ROUNDS_RECORD_DIALOG (widget);
  RoundsRecordDialogPrivate *priv = get_private (self);
  g_autoptr (GError) error = NULL;

  if (priv->lack != NULL)
    return;
  hide_error (self);
  if (ROUNDS_RECORD_DIALOG_GET_CLASS (self)->save_async (self, saved_cb, g_object_ref (self), &error))
    {
      adw_banner_set_revealed (priv->banner, FALSE);
      set_action_enabled (self, "save", FALSE);
      priv->saving = TRUE;
      return;
    }
  g_object_unref (self);
  if (error != NULL)
    show_error (self, error);
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsRecordDialog *self = ROUNDS_RECORD_DIALOG (widget);

  ROUNDS_RECORD_DIALOG_GET_CLASS (self)->remove (self);
  discard_draft (self);
  adw_dialog_force_close (ADW_DIALOG (self));
}

/* --- Defaults --- */

static RoundsRecord *
rounds_record_dialog_real_make_new (RoundsRecordDialog *self)
{
  return rounds_record_new (rounds_record_get_entity (get_private (self)->record));
}

static void
rounds_record_dialog_real_remove (RoundsRecordDialog *self)
{
  RoundsRecordDialogPrivate *priv = get_private (self);

  rounds_app_context_delete (priv->context, priv->stored);
}

/* --- Life --- */

/* Closing never asks, and loses nothing either: what was entered comes back with the next dialog, or with Undo. */
static void
rounds_record_dialog_closed (AdwDialog *dialog)
{
  RoundsRecordDialog *self = ROUNDS_RECORD_DIALOG (dialog);
  RoundsRecordDialogPrivate *priv = get_private (self);
  g_autofree char *name = NULL;
  g_autofree char *body = NULL;

  if (!priv->changed || priv->journal == NULL)
    return;
  if (ROUNDS_RECORD_DIALOG_GET_CLASS (self)->flags & ROUNDS_RECORD_DIALOG_KEEPS_DRAFT)
    {
      rounds_draft_journal_flush (priv->journal);
      return;
    }
  if (priv->saving)
    return;

  name = name_draft (self);
  body = describe_cb (self);
  discard_draft (self);
  rounds_draft_offer_undo (priv->context, name, body, priv->record);
}

/* What AdwDialog asks for when it has come up; its own answer may be the first button, where a blank would close it. */
static gboolean
rounds_record_dialog_grab_focus (GtkWidget *widget)
{
  GtkWidget *first = ROUNDS_RECORD_DIALOG_GET_CLASS (widget)->get_first (ROUNDS_RECORD_DIALOG (widget));

  if (first == NULL)
    return GTK_WIDGET_CLASS (rounds_record_dialog_parent_class)->grab_focus (widget);
  return gtk_widget_grab_focus (first);
}

static void
rounds_record_dialog_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RoundsRecordDialogPrivate *priv = get_private (ROUNDS_RECORD_DIALOG (object));

  switch (id)
    {
    case PROP_BANNER:
      priv->banner = g_value_dup_object (value);
      g_signal_connect_object (priv->banner, "button-clicked", G_CALLBACK (start_anew_cb), object, G_CONNECT_SWAPPED);
      break;
    case PROP_RECEIPT:
      priv->receipt = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_record_dialog_dispose (GObject *object)
{
  RoundsRecordDialog *self = ROUNDS_RECORD_DIALOG (object);
  RoundsRecordDialogPrivate *priv = get_private (self);

  priv->showing = TRUE; /* rows that go may still say that they changed */
  rounds_record_dialog_end_draft (self, NULL);
  g_clear_object (&priv->journal);
  gtk_widget_dispose_template (GTK_WIDGET (self), G_OBJECT_TYPE (self));
  g_clear_error (&priv->lack);
  g_clear_object (&priv->banner);
  g_clear_object (&priv->receipt);
  g_clear_object (&priv->record);
  g_clear_object (&priv->stored);
  g_clear_object (&priv->context);

  G_OBJECT_CLASS (rounds_record_dialog_parent_class)->dispose (object);
}

static void
rounds_record_dialog_class_init (RoundsRecordDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = rounds_record_dialog_set_property;
  object_class->dispose = rounds_record_dialog_dispose;
  GTK_WIDGET_CLASS (klass)->grab_focus = rounds_record_dialog_grab_focus;
  ADW_DIALOG_CLASS (klass)->closed = rounds_record_dialog_closed;
  klass->make_new = rounds_record_dialog_real_make_new;
  klass->remove = rounds_record_dialog_real_remove;

  properties[PROP_BANNER] =
    g_param_spec_object ("banner", NULL, NULL, ADW_TYPE_BANNER, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_RECEIPT] =
    g_param_spec_object ("receipt", NULL, NULL, ROUNDS_TYPE_RECEIPT_LABEL, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  g_type_ensure (ROUNDS_TYPE_RECEIPT_LABEL);
}

static void
rounds_record_dialog_init (RoundsRecordDialog *self)
{
  get_private (self)->showing = TRUE;
}

/**
 * rounds_record_dialog_class_set_up:
 * @klass: a subclass
 * @action_prefix: (transfer none): what its actions' names begin with; static
 * @flags: what it can do
 *
 * Gives the subclass its actions "save" and "cancel", and "delete" where it can, with their keys. For its class_init.
 */
void
rounds_record_dialog_class_set_up (RoundsRecordDialogClass *klass, const char *action_prefix,
                                   RoundsRecordDialogFlags flags)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  g_autofree char *save = g_strconcat (action_prefix, ".save", NULL);
  g_autofree char *cancel = g_strconcat (action_prefix, ".cancel", NULL);
  g_autofree char *delete = g_strconcat (action_prefix, ".delete", NULL);

  klass->action_prefix = action_prefix;
  klass->flags = flags;
  gtk_widget_class_install_action (widget_class, save, NULL, save_action);
  gtk_widget_class_install_action (widget_class, cancel, NULL, cancel_action);
  if (flags & ROUNDS_RECORD_DIALOG_CAN_DELETE)
    gtk_widget_class_install_action (widget_class, delete, NULL, delete_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, save, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, save, NULL);
}

/**
 * rounds_record_dialog_open:
 * @self: a dialog that was just made
 * @context: the application
 * @record: (transfer none): a record of the store to change, or a new one with what is known already
 *
 * Sets what the dialog is about: the record as it is stored now, or @record as it is.
 */
void
rounds_record_dialog_open (RoundsRecordDialog *self, RoundsAppContext *context, RoundsRecord *record)
{
  RoundsRecordDialogPrivate *priv = get_private (self);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (priv->context == NULL);

  priv->context = g_object_ref (context);
  if (!look_up (self, record, &priv->stored, &error))
    rounds_record_dialog_lack (self, error);
  priv->record = rounds_record_dup (priv->stored != NULL ? priv->stored : record);
}

/**
 * rounds_record_dialog_begin:
 * @self: a dialog whose rows are made
 *
 * Shows the record, or what was left unfinished of it. From now on what the rows say is the user's.
 */
void
rounds_record_dialog_begin (RoundsRecordDialog *self)
{
  show (self);
  open_draft (self);
  show_receipt (self);
  lock_if_lacking (self);
  g_signal_connect_object (get_private (self)->context, "about-to-sleep", G_CALLBACK (about_to_sleep_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rounds_record_dialog_get_store (self), "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * rounds_record_dialog_touch:
 * @self: a dialog
 *
 * A row has changed. Does nothing while it is the program that shows something.
 */
void
rounds_record_dialog_touch (RoundsRecordDialog *self)
{
  RoundsRecordDialogPrivate *priv = get_private (self);

  if (priv->showing)
    return;
  priv->changed = TRUE;
  if (priv->journal != NULL)
    rounds_draft_journal_touch (priv->journal);
}

/**
 * rounds_record_dialog_lack:
 * @self: a dialog that is being opened, or shows the record
 * @error: why something that belongs to the record could not be read
 *
 * Nothing can be changed in the dialog any more, which tells why: opened again, it may be read.
 */
void
rounds_record_dialog_lack (RoundsRecordDialog *self, const GError *error)
{
  RoundsRecordDialogPrivate *priv = get_private (self);

  if (priv->lack == NULL)
    priv->lack = g_error_copy (error);
}

/**
 * rounds_record_dialog_tell:
 * @self: a dialog
 * @text: what to say at its top, plain text
 */
void
rounds_record_dialog_tell (RoundsRecordDialog *self, const char *text)
{
  RoundsRecordDialogPrivate *priv = get_private (self);

  adw_banner_set_title (priv->banner, text);
  adw_banner_set_button_label (priv->banner, NULL);
  adw_banner_set_revealed (priv->banner, TRUE);
}

/**
 * rounds_record_dialog_end_draft:
 * @self: a dialog
 * @draft: (out) (optional): the draft's id
 *
 * For a subclass that deletes the draft in the transaction that saves the record: no more is written to it, unless
 * saving fails.
 *
 * Returns: whether there is a draft
 */
gboolean
rounds_record_dialog_end_draft (RoundsRecordDialog *self, RoundsUuid *draft)
{
  RoundsDraftJournal *journal = get_private (self)->journal;

  return journal != NULL && rounds_draft_journal_close (journal, draft);
}

/** rounds_record_dialog_get_context: Returns: (transfer none): the application */
RoundsAppContext *
rounds_record_dialog_get_context (RoundsRecordDialog *self)
{
  return get_private (self)->context;
}

/** rounds_record_dialog_get_store: Returns: (transfer none): the store */
RoundsStore *
rounds_record_dialog_get_store (RoundsRecordDialog *self)
{
  return rounds_app_context_get_store (get_private (self)->context);
}

/** rounds_record_dialog_get_record: Returns: (transfer none): what the rows began with: stored, new, or a draft's */
RoundsRecord *
rounds_record_dialog_get_record (RoundsRecordDialog *self)
{
  return get_private (self)->record;
}

/** rounds_record_dialog_set_record: for a subclass that restores @record, which belongs to a draft. */
void
rounds_record_dialog_set_record (RoundsRecordDialog *self, RoundsRecord *record)
{
  g_set_object (&get_private (self)->record, record);
}

/** rounds_record_dialog_get_stored: Returns: (transfer none) (nullable): as it was stored; %NULL for a new one */
RoundsRecord *
rounds_record_dialog_get_stored (RoundsRecordDialog *self)
{
  return get_private (self)->stored;
}

/** rounds_record_dialog_is_showing: Returns: whether it is the program, not the user, who changes the rows */
gboolean
rounds_record_dialog_is_showing (RoundsRecordDialog *self)
{
  return get_private (self)->showing;
}
