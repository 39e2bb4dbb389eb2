/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-sync-status.h"

struct _RoundsSyncStatus
{
  AdwBin parent_instance;

  RoundsSyncService *service; /* (owned) (nullable) */

  /* Template widgets */
  GtkButton *button;
  GtkImage *icon;
  GtkLabel *summary;
};

G_DEFINE_FINAL_TYPE (RoundsSyncStatus, rounds_sync_status, ADW_TYPE_BIN)

static const char *
get_icon_name (RoundsSyncService *service)
{
  RoundsSyncState state = rounds_sync_service_get_state (service);

  if (rounds_sync_service_get_attention (service) > 0 && state != ROUNDS_SYNC_SYNCING)
    return "dialog-warning-symbolic";
  switch (state)
    {
    case ROUNDS_SYNC_NEVER_SIGNED_IN:
      return "network-server-symbolic";
    case ROUNDS_SYNC_SYNCING:
      return "view-refresh-symbolic";
    case ROUNDS_SYNC_OFFLINE:
      return "network-offline-symbolic";
    case ROUNDS_SYNC_NEEDS_SIGN_IN:
      return "system-lock-screen-symbolic";
    case ROUNDS_SYNC_ERROR:
      return "dialog-error-symbolic";
    case ROUNDS_SYNC_IDLE:
    default:
      return rounds_sync_service_get_pending (service) > 0 ? "view-refresh-symbolic" : "object-select-symbolic";
    }
}

static const char *
get_action_name (RoundsSyncService *service)
{
  RoundsSyncState state = rounds_sync_service_get_state (service);

  if (state == ROUNDS_SYNC_NEVER_SIGNED_IN || state == ROUNDS_SYNC_NEEDS_SIGN_IN)
    return "win.sign-in";
  if (rounds_sync_service_get_attention (service) > 0)
    return "win.review-changes";
  return "win.sync-now";
}

static void
update (RoundsSyncStatus *self)
{
  g_autofree char *summary = rounds_sync_service_dup_summary (self->service);
  const char *detail = rounds_sync_service_get_detail (self->service);

  gtk_image_set_from_icon_name (self->icon, get_icon_name (self->service));
  gtk_label_set_text (self->summary, summary);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), get_action_name (self->service));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), detail != NULL ? detail : summary);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);
}

static void
rounds_sync_status_dispose (GObject *object)
{
  RoundsSyncStatus *self = ROUNDS_SYNC_STATUS (object);

  g_clear_object (&self->service);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_SYNC_STATUS);

  G_OBJECT_CLASS (rounds_sync_status_parent_class)->dispose (object);
}

static void
rounds_sync_status_class_init (RoundsSyncStatusClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_sync_status_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/sync/sync-status.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncStatus, button);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncStatus, icon);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncStatus, summary);
}

static void
rounds_sync_status_init (RoundsSyncStatus *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rounds_sync_status_set_service (RoundsSyncStatus *self, RoundsSyncService *service)
{
  g_return_if_fail (ROUNDS_IS_SYNC_STATUS (self));
  g_return_if_fail (ROUNDS_IS_SYNC_SERVICE (service));
  g_return_if_fail (self->service == NULL);

  self->service = g_object_ref (service);
  g_signal_connect_object (service, "notify::summary", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
