/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-part-dialog.h"

#include <glib/gi18n-lib.h>

#include "contacts/rounds-contact-parts.h"
#include "forms/rounds-draft-journal.h"
#include "forms/rounds-form-save.h"
#include "forms/rounds-growing-dialog.h"
#include "forms/rounds-named-reference.h"
#include "forms/rounds-reference-row.h"

/* What the drafts' names begin with. */
#define DRAFT_PREFIX "part"

struct _RoundsPartDialog
{
  RoundsRecordDialog parent_instance;

  const RoundsContactPart *part;
  RoundsFormUndo *undo; /* (owned) (nullable) from saving until it is offered */

  GtkButton *save_button;
  GtkScrolledWindow *scroller;
  RoundsRecordForm *form;
  GtkWidget *remove_group;
};

G_DEFINE_FINAL_TYPE (RoundsPartDialog, rounds_part_dialog, ROUNDS_TYPE_RECORD_DIALOG)

static gboolean
is_stored (RoundsRecordDialog *dialog)
{
  return rounds_record_dialog_get_stored (dialog) != NULL;
}

/* --- Saving --- */

/* Returns: (nullable) (transfer container): how each of @changes is stored; those that this dialog does not show
 * itself are as they were read just now. */
static GPtrArray *
list_before (RoundsRecordDialog *dialog, GPtrArray *changes)
{
  GPtrArray *before = g_ptr_array_new ();

  for (guint i = 0; i < changes->len; i++)
    {
      RoundsRecord *record = changes->pdata[i];
      gboolean is_ours = rounds_uuid_equal (rounds_record_get_id (record),
                                            rounds_record_get_id (rounds_record_dialog_get_record (dialog)));

      g_ptr_array_add (before, is_ours ? rounds_record_dialog_get_stored (dialog) : NULL);
    }
  return before;
}

static gboolean
rounds_part_dialog_save_async (RoundsRecordDialog *dialog, GAsyncReadyCallback callback, gpointer data, GError **error)
{
  RoundsPartDialog *self = ROUNDS_PART_DIALOG (dialog);
  RoundsStore *store = rounds_record_dialog_get_store (dialog);
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) before = NULL;
  RoundsRecord *record = rounds_record_dup (rounds_record_dialog_get_record (dialog));
  RoundsUuid draft;
  gboolean has_draft;

  g_ptr_array_add (changes, record);
  if (!rounds_record_form_apply (self->form, record))
    return FALSE;
  if (!rounds_named_reference_resolve (store, self->form, record, changes, 0, error)
      || !rounds_record_validate (record, error) || !rounds_contact_part_add_companions (store, record, changes, error))
    return FALSE;
  has_draft = rounds_record_dialog_end_draft (dialog, &draft);
  before = list_before (dialog, changes);
  rounds_form_save_async (store, changes, before, has_draft ? &draft : NULL, callback, data);
  return TRUE;
}

static gboolean
rounds_part_dialog_save_finish (RoundsRecordDialog *dialog, GAsyncResult *result, GError **error)
{
  RoundsPartDialog *self = ROUNDS_PART_DIALOG (dialog);

  self->undo = rounds_form_save_finish (rounds_record_dialog_get_store (dialog), result, error);
  return self->undo != NULL;
}

static void
rounds_part_dialog_saved (RoundsRecordDialog *dialog)
{
  RoundsPartDialog *self = ROUNDS_PART_DIALOG (dialog);
  const char *title = _ (self->part->title);
  /* Translators: %s is a section of a contact, such as Address. */
  g_autofree char *text = g_strdup_printf (is_stored (dialog) ? _ ("%s changed") : _ ("%s added"), title);

  rounds_form_undo_offer (g_steal_pointer (&self->undo), rounds_record_dialog_get_context (dialog), text);
}

/* --- Draft --- */

static char *
rounds_part_dialog_describe (RoundsRecordDialog *dialog)
{
  RoundsPartDialog *self = ROUNDS_PART_DIALOG (dialog);
  RoundsRecord *stored = rounds_record_dialog_get_stored (dialog);
  g_autoptr (RoundsRecord) record = rounds_record_dup (rounds_record_dialog_get_record (dialog));
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  if (stored == NULL && rounds_record_form_is_blank (self->form))
    return NULL;
  rounds_record_form_peek (self->form, record);
  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "part", self->part->name);
  yyjson_mut_obj_add_val (doc, root, "record", rounds_draft_describe (record, stored, doc));
  yyjson_mut_obj_add_val (doc, root, "names", rounds_named_reference_describe (self->form, self->part->entity, doc));
  return rounds_json_write (doc, FALSE);
}

/* Returns: (transfer full) (nullable): the draft's record of this part, on top of what is stored of it */
static RoundsRecord *
read_draft (RoundsPartDialog *self, RoundsRecord *draft, yyjson_doc **doc)
{
  RoundsRecordDialog *dialog = ROUNDS_RECORD_DIALOG (self);
  g_autoptr (RoundsRecord) record = rounds_record_dup (rounds_record_dialog_get_record (dialog));
  yyjson_val *root, *json;
  RoundsUuid id;

  if (!rounds_json_read (rounds_record_get_text (draft, ROUNDS_DRAFT_BODY), -1, doc, NULL))
    return NULL;
  root = yyjson_doc_get_root (*doc);
  json = yyjson_obj_get (root, "record");
  if (g_strcmp0 (yyjson_get_str (yyjson_obj_get (root, "part")), self->part->name) != 0
      || !rounds_record_set_from_json (record, json, TRUE, NULL))
    return NULL;
  /* A new record keeps the id under which the draft knows it. */
  if (!is_stored (dialog) && rounds_uuid_parse (yyjson_get_str (yyjson_obj_get (json, "id")), &id))
    rounds_record_set_uuid (record, ROUNDS_FIELD_ID, &id);
  return g_steal_pointer (&record);
}

static gboolean
rounds_part_dialog_restore (RoundsRecordDialog *dialog, RoundsRecord *draft)
{
  RoundsPartDialog *self = ROUNDS_PART_DIALOG (dialog);
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (RoundsRecord) record = read_draft (self, draft, &doc);

  if (record == NULL)
    return FALSE;
  rounds_record_form_set_record (self->form, record);
  rounds_named_reference_restore (self->form, self->part->entity, yyjson_obj_get (yyjson_doc_get_root (doc), "names"));
  rounds_record_dialog_set_record (dialog, record);
  return TRUE;
}

/* A new record of this part, for the same person. */
static gboolean
rounds_part_dialog_goes_on_with (RoundsRecordDialog *dialog, RoundsRecord *draft)
{
  RoundsPartDialog *self = ROUNDS_PART_DIALOG (dialog);
  guint field = self->part->owner_field;
  const RoundsUuid *owner = rounds_record_get_uuid (rounds_record_dialog_get_record (dialog), field);
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (RoundsRecord) drafted = read_draft (self, draft, &doc);
  const RoundsUuid *drafted_owner = drafted != NULL ? rounds_record_get_uuid (drafted, field) : NULL;

  return owner != NULL && drafted_owner != NULL && rounds_uuid_equal (owner, drafted_owner);
}

/* --- The rest of a dialog --- */

static void
rounds_part_dialog_show (RoundsRecordDialog *dialog)
{
  RoundsPartDialog *self = ROUNDS_PART_DIALOG (dialog);
  gboolean stored = is_stored (dialog);

  rounds_record_form_set_record (self->form, rounds_record_dialog_get_record (dialog));
  adw_dialog_set_title (ADW_DIALOG (self),
                        stored || self->part->new_title == NULL ? _ (self->part->title) : _ (self->part->new_title));
  gtk_button_set_label (self->save_button, stored ? _ ("_Save") : _ ("_Add"));
  gtk_widget_set_visible (self->remove_group, stored && self->part->is_removable);
}

/* "Start Anew": for the same person. */
static RoundsRecord *
rounds_part_dialog_make_new (RoundsRecordDialog *dialog)
{
  RoundsPartDialog *self = ROUNDS_PART_DIALOG (dialog);
  RoundsRecord *record = rounds_record_new (self->part->entity);

  rounds_record_set_uuid (record, self->part->owner_field,
                          rounds_record_get_uuid (rounds_record_dialog_get_record (dialog), self->part->owner_field));
  return record;
}

static GtkWidget *
rounds_part_dialog_get_first (RoundsRecordDialog *dialog)
{
  RoundsPartDialog *self = ROUNDS_PART_DIALOG (dialog);

  return rounds_record_form_get_row (self->form, self->part->fields[0]);
}

static gboolean
rounds_part_dialog_show_error (RoundsRecordDialog *dialog, const GError *error)
{
  return rounds_record_form_show_error (ROUNDS_PART_DIALOG (dialog)->form, error);
}

static void
rounds_part_dialog_finalize (GObject *object)
{
  g_clear_pointer (&ROUNDS_PART_DIALOG (object)->undo, rounds_form_undo_free);

  G_OBJECT_CLASS (rounds_part_dialog_parent_class)->finalize (object);
}

static void
rounds_part_dialog_class_init (RoundsPartDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RoundsRecordDialogClass *dialog_class = ROUNDS_RECORD_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rounds_part_dialog_finalize;
  dialog_class->show = rounds_part_dialog_show;
  dialog_class->describe = rounds_part_dialog_describe;
  dialog_class->goes_on_with = rounds_part_dialog_goes_on_with;
  dialog_class->restore = rounds_part_dialog_restore;
  dialog_class->make_new = rounds_part_dialog_make_new;
  dialog_class->save_async = rounds_part_dialog_save_async;
  dialog_class->save_finish = rounds_part_dialog_save_finish;
  dialog_class->saved = rounds_part_dialog_saved;
  dialog_class->get_first = rounds_part_dialog_get_first;
  dialog_class->show_error = rounds_part_dialog_show_error;
  dialog_class->draft_prefix = DRAFT_PREFIX;

  g_type_ensure (ROUNDS_TYPE_RECORD_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/contacts/part-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsPartDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsPartDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, RoundsPartDialog, form);
  gtk_widget_class_bind_template_child (widget_class, RoundsPartDialog, remove_group);
  gtk_widget_class_bind_template_callback (widget_class, rounds_record_dialog_touch);
  rounds_record_dialog_class_set_up (dialog_class, "part",
                                     ROUNDS_RECORD_DIALOG_KEEPS_DRAFT | ROUNDS_RECORD_DIALOG_CAN_DELETE);
}

static void
rounds_part_dialog_init (RoundsPartDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rounds_dialog_grow_with (ADW_DIALOG (self), self->scroller);
}

static void
add_fields (RoundsPartDialog *self)
{
  for (guint i = 0; i < self->part->n_fields; i++)
    {
      guint field = self->part->fields[i];
      GtkWidget *row = rounds_record_form_add_field (self->form, field);

      if (ROUNDS_IS_REFERENCE_ROW (row))
        rounds_reference_row_set_creates (
          ROUNDS_REFERENCE_ROW (row),
          rounds_entity_get_name_field (rounds_entity_get_field (self->part->entity, field)->target) >= 0);
    }
}

/**
 * rounds_part_dialog_new:
 * @context: the application
 * @record: (transfer none): a record of the store to change, or a new one that says whose it is
 *
 * Returns: (transfer floating): a dialog to be presented
 */
RoundsPartDialog *
rounds_part_dialog_new (RoundsAppContext *context, RoundsRecord *record)
{
  RoundsPartDialog *self = g_object_new (ROUNDS_TYPE_PART_DIALOG, NULL);
  RoundsRecordDialog *dialog = ROUNDS_RECORD_DIALOG (self);

  self->part = rounds_contact_part_find (rounds_record_get_entity (record), NULL);
  g_assert (self->part != NULL);
  rounds_record_dialog_open (dialog, context, record);
  rounds_record_form_set_up (self->form, context, self->part->entity);
  add_fields (self);
  rounds_record_dialog_begin (dialog);
  return self;
}

/**
 * rounds_part_dialog_present:
 * @parent: the widget over which the dialog is presented
 * @context: the application
 * @record: (transfer none): as in rounds_part_dialog_new()
 */
void
rounds_part_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *record)
{
  adw_dialog_present (ADW_DIALOG (rounds_part_dialog_new (context, record)), parent);
}
