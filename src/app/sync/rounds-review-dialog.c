/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-review-dialog.h"

#include "rounds-conflict-row.h"
#include "rounds-error.h"
#include "rounds-record-list.h"
#include "rounds-rejected-row.h"

/* More than anybody goes through in one sitting; the next ones follow as these are settled. */
#define MOST_CONFLICTS 100

struct _RoundsReviewDialog
{
  AdwDialog parent_instance;

  RoundsAppContext *context;   /* (owned) */
  RoundsRecordList *conflicts; /* (owned) */
  GCancellable *cancellable;   /* (owned) cancelled when the dialog goes */
  gboolean rejected_loaded;

  /* Template widgets */
  GtkStack *stack;
  GtkWidget *conflict_group;
  GtkListBox *conflict_list;
  GtkWidget *rejected_group;
  GtkListBox *rejected_list;
};

G_DEFINE_FINAL_TYPE (RoundsReviewDialog, rounds_review_dialog, ADW_TYPE_DIALOG)

static void
update (RoundsReviewDialog *self)
{
  gboolean has_conflicts = g_list_model_get_n_items (G_LIST_MODEL (self->conflicts)) > 0;
  gboolean has_rejected = gtk_list_box_get_row_at_index (self->rejected_list, 0) != NULL;
  gboolean loaded = self->rejected_loaded && !rounds_record_list_is_loading (self->conflicts);

  gtk_widget_set_visible (self->conflict_group, has_conflicts);
  gtk_widget_set_visible (self->rejected_group, has_rejected);
  if (has_conflicts || has_rejected)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (loaded)
    gtk_stack_set_visible_child_name (self->stack, "empty");
}

static GtkWidget *
make_conflict_row (gpointer item, gpointer data)
{
  return rounds_conflict_row_new (ROUNDS_REVIEW_DIALOG (data)->context, item);
}

static gpointer
list_rejected (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return rounds_record_store_list_rejected (store, error);
}

static void
opened_cb (RoundsReviewDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
rejected_listed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsReviewDialog) self = data;
  g_autoptr (GPtrArray) changes = rounds_store_run_finish (ROUNDS_STORE (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (changes == NULL)
    {
      rounds_app_context_report (self->context, error);
      return;
    }

  gtk_list_box_remove_all (self->rejected_list);
  for (guint i = 0; i < changes->len; i++)
    {
      GtkWidget *row = rounds_rejected_row_new (self->context, g_ptr_array_index (changes, i));

      g_signal_connect_object (row, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->rejected_list, row);
    }
  self->rejected_loaded = TRUE;
  update (self);
}

static void
load_rejected (RoundsReviewDialog *self)
{
  rounds_store_run_async (rounds_app_context_get_store (self->context), list_rejected, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, G_PRIORITY_DEFAULT, self->cancellable, rejected_listed_cb,
                          g_object_ref (self));
}

static void
rounds_review_dialog_dispose (GObject *object)
{
  RoundsReviewDialog *self = ROUNDS_REVIEW_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_REVIEW_DIALOG);
  g_clear_object (&self->conflicts);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_review_dialog_parent_class)->dispose (object);
}

static void
rounds_review_dialog_finalize (GObject *object)
{
  g_object_unref (ROUNDS_REVIEW_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (rounds_review_dialog_parent_class)->finalize (object);
}

static void
rounds_review_dialog_class_init (RoundsReviewDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_review_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_review_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/sync/review-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsReviewDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsReviewDialog, conflict_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsReviewDialog, conflict_list);
  gtk_widget_class_bind_template_child (widget_class, RoundsReviewDialog, rejected_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsReviewDialog, rejected_list);
}

static void
rounds_review_dialog_init (RoundsReviewDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rounds_review_dialog_present (GtkWidget *parent, RoundsAppContext *context)
{
  RoundsReviewDialog *self = g_object_new (ROUNDS_TYPE_REVIEW_DIALOG, NULL);
  g_autoptr (RoundsQuery) open = rounds_query_new (ROUNDS_ENTITY_CONFLICT);
  RoundsValue null = ROUNDS_VALUE_INIT;

  rounds_query_where (open, ROUNDS_CONFLICT_RESOLVED_AT, ROUNDS_IS, &null);
  /* Two devices that reminded at once: there is nothing in it for a person to choose. */
  rounds_query_where_text (open, ROUNDS_CONFLICT_ENTITY, ROUNDS_IS_NOT, "reminder");
  rounds_query_limit (open, MOST_CONFLICTS);
  self->context = g_object_ref (context);
  self->conflicts = rounds_record_list_new (rounds_app_context_get_store (context), open);
  gtk_list_box_bind_model (self->conflict_list, G_LIST_MODEL (self->conflicts), make_conflict_row, self, NULL);
  g_signal_connect_object (self->conflicts, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->conflicts, "notify::loading", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  load_rejected (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
