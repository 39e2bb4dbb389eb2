/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-organisation-dialog.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-draft-journal.h"
#include "forms/rounds-form-save.h"
#include "forms/rounds-record-form.h"
#include "rounds-json.h"

struct _RoundsOrganisationDialog
{
  RoundsRecordDialog parent_instance;

  RoundsRecord *address; /* (owned) (nullable) until it is opened: the first one, stored or new */
  gboolean has_address;  /* whether it is stored */
  RoundsFormUndo *undo;  /* (owned) (nullable) of what has just been saved */

  GtkButton *save_button;
  RoundsRecordForm *form;
  RoundsRecordForm *address_form;
};

G_DEFINE_FINAL_TYPE (RoundsOrganisationDialog, rounds_organisation_dialog, ROUNDS_TYPE_RECORD_DIALOG)

static const guint fields[] = { ROUNDS_ORGANISATION_NAME, ROUNDS_ORGANISATION_KIND, ROUNDS_ORGANISATION_PHONE };
static const guint address_fields[] = { ROUNDS_ADDRESS_LINES, ROUNDS_ADDRESS_CITY, ROUNDS_ADDRESS_REGION,
                                        ROUNDS_ADDRESS_POSTAL_CODE, ROUNDS_ADDRESS_COUNTRY };

static gboolean
is_stored (RoundsOrganisationDialog *self)
{
  return rounds_record_dialog_get_stored (ROUNDS_RECORD_DIALOG (self)) != NULL;
}

static gboolean
wants_address (RoundsOrganisationDialog *self)
{
  return self->has_address || !rounds_record_form_is_blank (self->address_form);
}

static gboolean
rounds_organisation_dialog_show_error (RoundsRecordDialog *dialog, const GError *error)
{
  RoundsOrganisationDialog *self = ROUNDS_ORGANISATION_DIALOG (dialog);

  return rounds_record_form_show_error (self->form, error) || rounds_record_form_show_error (self->address_form, error);
}

/* Reads both forms. Returns: (transfer full) (nullable): NULL if something is wrong, which has been told at its row */
static GPtrArray *
collect (RoundsOrganisationDialog *self)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  RoundsRecord *organisation = rounds_record_dup (rounds_record_dialog_get_record (ROUNDS_RECORD_DIALOG (self)));
  gboolean valid = TRUE;

  g_ptr_array_add (records, organisation);
  if (wants_address (self))
    {
      RoundsRecord *address = rounds_record_dup (self->address);

      rounds_record_set_uuid (address, ROUNDS_ADDRESS_ORGANISATION, rounds_record_get_id (organisation));
      g_ptr_array_add (records, address);
      valid = rounds_record_form_apply (self->address_form, address);
    }
  valid = rounds_record_form_apply (self->form, organisation) && valid;
  return valid ? g_steal_pointer (&records) : NULL;
}

static gboolean
rounds_organisation_dialog_save_async (RoundsRecordDialog *dialog, GAsyncReadyCallback callback, gpointer data,
                                       GError **error)
{
  RoundsOrganisationDialog *self = ROUNDS_ORGANISATION_DIALOG (dialog);
  g_autoptr (GPtrArray) records = collect (self);
  g_autoptr (GPtrArray) before = g_ptr_array_new ();
  RoundsUuid draft;
  gboolean has_draft;

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    if (!rounds_record_validate (records->pdata[i], error))
      return FALSE;
  g_ptr_array_add (before, rounds_record_dialog_get_stored (dialog));
  if (records->len > 1)
    g_ptr_array_add (before, self->has_address ? self->address : NULL);
  has_draft = rounds_record_dialog_end_draft (dialog, &draft);
  rounds_form_save_async (rounds_record_dialog_get_store (dialog), records, before, has_draft ? &draft : NULL, callback,
                          data);
  return TRUE;
}

static gboolean
rounds_organisation_dialog_save_finish (RoundsRecordDialog *dialog, GAsyncResult *result, GError **error)
{
  RoundsOrganisationDialog *self = ROUNDS_ORGANISATION_DIALOG (dialog);

  self->undo = rounds_form_save_finish (rounds_record_dialog_get_store (dialog), result, error);
  return self->undo != NULL;
}

static void
rounds_organisation_dialog_saved (RoundsRecordDialog *dialog)
{
  RoundsOrganisationDialog *self = ROUNDS_ORGANISATION_DIALOG (dialog);
  RoundsAppContext *context = rounds_record_dialog_get_context (dialog);

  rounds_form_undo_offer (g_steal_pointer (&self->undo), context,
                          is_stored (self) ? _ ("Organization changed") : _ ("Organization added"));
  if (!is_stored (self))
    rounds_app_context_open (context, ROUNDS_ENTITY_ORGANISATION,
                             rounds_record_get_id (rounds_record_dialog_get_record (dialog)));
}

static void
rounds_organisation_dialog_show (RoundsRecordDialog *dialog)
{
  RoundsOrganisationDialog *self = ROUNDS_ORGANISATION_DIALOG (dialog);

  rounds_record_form_set_record (self->form, rounds_record_dialog_get_record (dialog));
  rounds_record_form_set_record (self->address_form, self->address);
  if (is_stored (self))
    {
      adw_dialog_set_title (ADW_DIALOG (self), _ ("Edit Organization"));
      gtk_button_set_label (self->save_button, _ ("_Save"));
    }
}

/* The draft is the organisation and the address, as they are in the forms. */
static char *
rounds_organisation_dialog_describe (RoundsRecordDialog *dialog)
{
  RoundsOrganisationDialog *self = ROUNDS_ORGANISATION_DIALOG (dialog);
  RoundsRecord *stored = rounds_record_dialog_get_stored (dialog);
  g_autoptr (RoundsRecord) organisation = rounds_record_dup (rounds_record_dialog_get_record (dialog));
  g_autoptr (RoundsRecord) address = rounds_record_dup (self->address);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  if (stored == NULL && rounds_record_form_is_blank (self->form) && rounds_record_form_is_blank (self->address_form))
    return NULL;
  rounds_record_form_peek (self->form, organisation);
  rounds_record_form_peek (self->address_form, address);
  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_val (doc, root, "organisation", rounds_draft_describe (organisation, stored, doc));
  yyjson_mut_obj_add_val (doc, root, "address",
                          rounds_draft_describe (address, self->has_address ? self->address : NULL, doc));
  return rounds_json_write (doc, FALSE);
}

static gboolean
rounds_organisation_dialog_restore (RoundsRecordDialog *dialog, RoundsRecord *draft)
{
  RoundsOrganisationDialog *self = ROUNDS_ORGANISATION_DIALOG (dialog);
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *root;

  if (!rounds_json_read (rounds_record_get_text (draft, ROUNDS_DRAFT_BODY), -1, &doc, NULL))
    return FALSE;
  root = yyjson_doc_get_root (doc);
  rounds_record_form_restore (self->form, rounds_record_dialog_get_record (dialog),
                              yyjson_obj_get (root, "organisation"));
  rounds_record_form_restore (self->address_form, self->address, yyjson_obj_get (root, "address"));
  return TRUE;
}

static GtkWidget *
rounds_organisation_dialog_get_first (RoundsRecordDialog *dialog)
{
  return rounds_record_form_get_row (ROUNDS_ORGANISATION_DIALOG (dialog)->form, ROUNDS_ORGANISATION_NAME);
}

static void
rounds_organisation_dialog_finalize (GObject *object)
{
  RoundsOrganisationDialog *self = ROUNDS_ORGANISATION_DIALOG (object);

  g_clear_object (&self->address);
  g_clear_pointer (&self->undo, rounds_form_undo_free);

  G_OBJECT_CLASS (rounds_organisation_dialog_parent_class)->finalize (object);
}

static void
rounds_organisation_dialog_class_init (RoundsOrganisationDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RoundsRecordDialogClass *dialog_class = ROUNDS_RECORD_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rounds_organisation_dialog_finalize;
  dialog_class->show = rounds_organisation_dialog_show;
  dialog_class->describe = rounds_organisation_dialog_describe;
  dialog_class->restore = rounds_organisation_dialog_restore;
  dialog_class->save_async = rounds_organisation_dialog_save_async;
  dialog_class->save_finish = rounds_organisation_dialog_save_finish;
  dialog_class->saved = rounds_organisation_dialog_saved;
  dialog_class->get_first = rounds_organisation_dialog_get_first;
  dialog_class->show_error = rounds_organisation_dialog_show_error;

  g_type_ensure (ROUNDS_TYPE_RECORD_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/contacts/organisation-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsOrganisationDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsOrganisationDialog, form);
  gtk_widget_class_bind_template_child (widget_class, RoundsOrganisationDialog, address_form);
  gtk_widget_class_bind_template_callback (widget_class, rounds_record_dialog_touch);
  rounds_record_dialog_class_set_up (dialog_class, "dialog", ROUNDS_RECORD_DIALOG_KEEPS_DRAFT);
}

static void
rounds_organisation_dialog_init (RoundsOrganisationDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
find_address (RoundsOrganisationDialog *self, RoundsStore *store, RoundsRecord *organisation)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_ADDRESS);
  g_autoptr (GError) error = NULL;

  rounds_query_where_uuid (query, ROUNDS_ADDRESS_ORGANISATION, ROUNDS_IS, rounds_record_get_id (organisation));
  if (!rounds_record_store_find (rounds_store_get_reader (store), rounds_query_limit (query, 1), &self->address,
                                 &error))
    rounds_record_dialog_lack (ROUNDS_RECORD_DIALOG (self), error);
  self->has_address = self->address != NULL;
  if (self->address == NULL)
    self->address = rounds_record_new (ROUNDS_ENTITY_ADDRESS);
}

/**
 * rounds_organisation_dialog_new:
 * @organisation: (transfer none): one of the store to change, or a new one with what is known already
 *
 * Returns: (transfer floating): a dialog to be presented
 */
RoundsOrganisationDialog *
rounds_organisation_dialog_new (RoundsAppContext *context, RoundsRecord *organisation)
{
  RoundsOrganisationDialog *self = g_object_new (ROUNDS_TYPE_ORGANISATION_DIALOG, NULL);
  RoundsRecordDialog *dialog = ROUNDS_RECORD_DIALOG (self);

  rounds_record_dialog_open (dialog, context, organisation);
  find_address (self, rounds_app_context_get_store (context), organisation);
  rounds_record_form_set_up (self->form, context, ROUNDS_ENTITY_ORGANISATION);
  rounds_record_form_add_fields (self->form, G_N_ELEMENTS (fields), fields);
  rounds_record_form_set_up (self->address_form, context, ROUNDS_ENTITY_ADDRESS);
  rounds_record_form_add_fields (self->address_form, G_N_ELEMENTS (address_fields), address_fields);
  rounds_record_dialog_begin (dialog);
  return self;
}

/** rounds_organisation_dialog_present: presents one over @parent. */
void
rounds_organisation_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *organisation)
{
  adw_dialog_present (ADW_DIALOG (rounds_organisation_dialog_new (context, organisation)), parent);
}
