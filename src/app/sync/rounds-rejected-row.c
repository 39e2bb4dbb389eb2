/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-rejected-row.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "rounds-error.h"

struct _RoundsRejectedRow
{
  AdwActionRow parent_instance;

  RoundsAppContext *context; /* (owned) */
  RoundsEntity entity;
  RoundsUuid record;
  gint64 seq;
};

enum
{
  SIGNAL_OPENED,
  SIGNAL_DISCARDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoundsRejectedRow, rounds_rejected_row, ADW_TYPE_ACTION_ROW)

static void
open_clicked_cb (RoundsRejectedRow *self)
{
  g_autoptr (RoundsAppContext) context = g_object_ref (self->context);
  RoundsEntity entity = self->entity;
  RoundsUuid record = self->record;

  g_signal_emit (self, signals[SIGNAL_OPENED], 0);
  rounds_app_context_open (context, entity, &record);
}

/* The change is not sent again; what it says of itself in the log is true: it stayed on this device. */
static gpointer
discard (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  rounds_record_store_set_change_state (store, *(gint64 *) data, ROUNDS_CHANGE_LOCAL, NULL, error);
  return NULL;
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsRejectedRow) self = data;
  g_autoptr (GError) error = NULL;

  rounds_store_run_finish (ROUNDS_STORE (source), result, &error);
  if (error == NULL)
    g_signal_emit (self, signals[SIGNAL_DISCARDED], 0);
  else if (self->context != NULL)
    rounds_app_context_report (self->context, error);
}

static void
discard_clicked_cb (RoundsRejectedRow *self)
{
  rounds_store_run_async (rounds_app_context_get_store (self->context), discard,
                          g_memdup2 (&self->seq, sizeof self->seq), g_free, NULL, G_PRIORITY_DEFAULT, NULL,
                          discarded_cb, g_object_ref (self));
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
rounds_rejected_row_class_init (RoundsRejectedRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_rejected_row_dispose;

  signals[SIGNAL_OPENED] =
    g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_DISCARDED] =
    g_signal_new ("discarded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/sync/rejected-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, discard_clicked_cb);
}

static void
rounds_rejected_row_init (RoundsRejectedRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rounds_rejected_row_new (RoundsAppContext *context, const RoundsChange *change)
{
  RoundsRejectedRow *self = g_object_new (ROUNDS_TYPE_REJECTED_ROW, NULL);
  RoundsStore *store = rounds_app_context_get_store (context);
  g_autoptr (RoundsRecord) record = rounds_store_get (store, change->entity, &change->record, NULL);
  g_autofree char *name = record != NULL ? rounds_display_name (store, record) : NULL;

  self->context = g_object_ref (context);
  self->entity = change->entity;
  self->record = change->record;
  self->seq = change->seq;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 name != NULL && *name != '\0' ? name : rounds_entity_get_label (change->entity));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               change->reply != NULL ? change->reply : _ ("The server refused this change."));

  return GTK_WIDGET (self);
}
