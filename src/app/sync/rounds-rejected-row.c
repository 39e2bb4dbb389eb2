/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-rejected-row.h"

#include <glib/gi18n-lib.h>

#include "duplicates/rounds-unmerge-dialog.h"
#include "forms/rounds-display.h"
#include "forms/rounds-form-save.h"
#include "rounds-merge.h"
#include "rounds-sync-people.h"
#include "rounds-waiting-row.h"

struct _RoundsRejectedRow
{
  GtkListBoxRow parent_instance;

  RoundsAppContext *context; /* (owned) */
  gint64 seq;                /* the change */
  RoundsEntity entity;
  RoundsUuid record;
  RoundsOperation operation;
  RoundsEntity page_entity; /* of what shows the record, if anything does */
  RoundsUuid page;
  char *fields; /* (owned) (nullable) JSON: what it changed */
  char *base;   /* (owned) (nullable) JSON: the same as it was */

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *reason;
  GtkWidget *edit;
  GtkWidget *discard;
  GtkWidget *unmerge;
};

enum
{
  SIGNAL_OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoundsRejectedRow, rounds_rejected_row, GTK_TYPE_LIST_BOX_ROW)

static void
open_clicked_cb (RoundsRejectedRow *self)
{
  g_autoptr (RoundsAppContext) context = g_object_ref (self->context);
  RoundsEntity entity = self->page_entity;
  RoundsUuid page = self->page;

  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
  rounds_app_context_open (context, entity, &page);
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsAppContext) context = data;
  g_autoptr (GError) error = NULL;
  RoundsFormUndo *undo = rounds_form_save_finish (ROUNDS_STORE (source), result, &error);

  if (undo == NULL)
    rounds_app_context_report (context, error);
  else
    rounds_form_undo_offer (undo, context, _ ("Change discarded. It will leave the list at the next sync."));
}

static void
discard_edit (RoundsRejectedRow *self, RoundsRecord *record)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GPtrArray) begun = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecord) before = rounds_record_dup (record);
  const RoundsChange change = { .fields = self->fields, .base = self->base };

  if (!rounds_merge_take_back (before, &change, &error))
    {
      rounds_app_context_report (self->context, error);
      return;
    }
  g_ptr_array_add (records, before);
  g_ptr_array_add (begun, record);
  rounds_form_save_async (rounds_app_context_get_store (self->context), records, begun, NULL, discarded_cb,
                          g_object_ref (self->context));
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsAppContext) context = data;
  g_autoptr (GError) error = NULL;

  if (!rounds_store_save_finish (ROUNDS_STORE (source), result, &error))
    rounds_app_context_report (context, error);
  else
    rounds_app_context_toast (context, _ ("Change restored. It will be listed again at the next sync."));
}

/* Taking a change back is a change as well: it is sent together with the refused one, and the server takes the two as
 * one. */
static void
discard (RoundsRejectedRow *self, RoundsRecord *record)
{
  switch (self->operation)
    {
    case ROUNDS_OPERATION_CREATE:
    case ROUNDS_OPERATION_RESTORE:
      rounds_app_context_delete (self->context, record);
      break;
    case ROUNDS_OPERATION_DELETE:
      rounds_store_restore_async (rounds_app_context_get_store (self->context), self->entity, &self->record, NULL,
                                  restored_cb, g_object_ref (self->context));
      break;
    case ROUNDS_OPERATION_UPDATE:
    default:
      discard_edit (self, record);
    }
}

static void
discard_clicked_cb (RoundsRejectedRow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecord) record =
    rounds_store_get (rounds_app_context_get_store (self->context), self->entity, &self->record, &error);

  if (record == NULL)
    rounds_app_context_report (self->context, error);
  else
    discard (self, record);
}

/* Two people are taken apart as they are anywhere else: somebody is asked whose is what was made since. */
static void
unmerge_clicked_cb (RoundsRejectedRow *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecord) merge =
    rounds_store_get (rounds_app_context_get_store (self->context), self->entity, &self->record, &error);

  if (merge == NULL)
    rounds_app_context_report (self->context, error);
  else
    rounds_unmerge_dialog_present (GTK_WIDGET (self), self->context, merge);
}

static gpointer
retry (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  rounds_record_store_retry_rejected (store, *(gint64 *) data, error);
  return NULL;
}

static void
retried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsAppContext) context = data;
  g_autoptr (GError) error = NULL;

  rounds_store_run_finish (ROUNDS_STORE (source), result, &error);
  if (error != NULL)
    rounds_app_context_report (context, error);
}

static void
retry_clicked_cb (RoundsRejectedRow *self)
{
  rounds_store_run_async (rounds_app_context_get_store (self->context), retry, g_memdup2 (&self->seq, sizeof self->seq),
                          g_free, NULL, G_PRIORITY_DEFAULT, NULL, retried_cb, g_object_ref (self->context));
}

static void
rounds_rejected_row_dispose (GObject *object)
{
  RoundsRejectedRow *self = ROUNDS_REJECTED_ROW (object);

  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_REJECTED_ROW);

  G_OBJECT_CLASS (rounds_rejected_row_parent_class)->dispose (object);
}

static void
rounds_rejected_row_finalize (GObject *object)
{
  g_free (ROUNDS_REJECTED_ROW (object)->fields);
  g_free (ROUNDS_REJECTED_ROW (object)->base);

  G_OBJECT_CLASS (rounds_rejected_row_parent_class)->finalize (object);
}

static void
rounds_rejected_row_class_init (RoundsRejectedRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_rejected_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_rejected_row_finalize;

  signals[SIGNAL_OPENED] =
    g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/sync/rejected-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsRejectedRow, title);
  gtk_widget_class_bind_template_child (widget_class, RoundsRejectedRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RoundsRejectedRow, reason);
  gtk_widget_class_bind_template_child (widget_class, RoundsRejectedRow, edit);
  gtk_widget_class_bind_template_child (widget_class, RoundsRejectedRow, discard);
  gtk_widget_class_bind_template_child (widget_class, RoundsRejectedRow, unmerge);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, discard_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, unmerge_clicked_cb);
}

static void
rounds_rejected_row_init (RoundsRejectedRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What is said of @change under the record's name: "Interaction · Changed 14:03: Notes". Returns: (transfer full) */
static char *
describe (RoundsStore *store, const RoundsChange *change)
{
  g_autofree char *what = rounds_waiting_row_describe (change);

  /* Translators: a kind of record, then what was done to it: "Interaction · Changed 14:03: Notes" */
  return g_strdup_printf (_ ("%s · %s"), rounds_entity_get_label (change->entity), what);
}

/* A merge is shown as the contact whom it has kept, and what it says of the other one. Returns: (transfer full) */
static char *
describe_merge (RoundsStore *store, const RoundsChange *change, RoundsRecord *merge)
{
  g_autofree char *other = rounds_unmerge_dup_name (store, merge);
  g_autofree char *moment = rounds_display_moment (change->at);

  if (change->operation == ROUNDS_OPERATION_CREATE)
    /* Translators: a contact's name, then a time or a day. */
    return g_strdup_printf (_ ("Merged with %s · %s"), other, moment);
  /* Translators: a contact's name, then a time or a day: they were one contact, and are two again. */
  return g_strdup_printf (_ ("Unmerged from %s · %s"), other, moment);
}

/* Returns: (transfer full): whom or what the row is about */
static char *
dup_title (RoundsStore *store, const RoundsChange *change, RoundsRecord *record, gboolean is_merge)
{
  g_autoptr (RoundsRecord) kept =
    is_merge ? rounds_store_get (store, ROUNDS_ENTITY_PERSON, rounds_record_get_uuid (record, ROUNDS_MERGE_KEPT), NULL)
             : NULL;
  RoundsRecord *named = kept != NULL ? kept : record;
  g_autofree char *name = named != NULL ? rounds_display_name (store, named) : NULL;

  return name != NULL && *name != '\0' ? g_steal_pointer (&name) : g_strdup (rounds_entity_get_label (change->entity));
}

/* A merge is undone by what undoes merges, and its undoing by merging again. */
static void
offer (RoundsRejectedRow *self, RoundsRecord *record, gboolean is_merge)
{
  gtk_widget_set_visible (self->edit,
                          record != NULL && rounds_waiting_row_find_page (record, &self->page_entity, &self->page));
  gtk_widget_set_visible (self->discard, !is_merge);
  gtk_widget_set_visible (self->unmerge, is_merge && !rounds_record_is_deleted (record)
                                           && rounds_record_is_null (record, ROUNDS_MERGE_UNDONE_AT));
}

GtkWidget *
rounds_rejected_row_new (RoundsAppContext *context, const RoundsChange *change)
{
  RoundsRejectedRow *self = g_object_new (ROUNDS_TYPE_REJECTED_ROW, NULL);
  RoundsStore *store = rounds_app_context_get_store (context);
  g_autoptr (RoundsRecord) record = rounds_store_get (store, change->entity, &change->record, NULL);
  gboolean is_merge = record != NULL && rounds_sync_people_begins (change);
  g_autofree char *title = dup_title (store, change, record, is_merge);
  g_autofree char *subtitle = is_merge ? describe_merge (store, change, record) : describe (store, change);

  self->context = g_object_ref (context);
  self->seq = change->seq;
  self->entity = change->entity;
  self->record = change->record;
  self->operation = change->operation;
  self->fields = g_strdup (change->fields);
  self->base = g_strdup (change->base);
  offer (self, record, is_merge);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_label_set_text (self->reason, change->reply != NULL ? change->reply : _ ("The server refused this change."));

  return GTK_WIDGET (self);
}

gint64
rounds_rejected_row_get_seq (RoundsRejectedRow *self)
{
  g_return_val_if_fail (ROUNDS_IS_REJECTED_ROW (self), 0);

  return self->seq;
}
