/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-sync-status.h"

/* ms; a sync that takes longer is told */
#define SHORT_SYNC 800

struct _RoundsSyncStatus
{
  AdwBin parent_instance;

  RoundsSyncService *service; /* (owned) (nullable) */
  guint attention;            /* how many changes needed the user when it last looked */
  guint delayed;              /* source id; 0: what it shows is so */

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
      return rounds_sync_service_get_username (service) != NULL ? "system-lock-screen-symbolic"
                                                                : "network-server-symbolic";
    case ROUNDS_SYNC_SYNCING:
      return "view-refresh-symbolic";
    case ROUNDS_SYNC_OFFLINE:
      return "network-offline-symbolic";
    case ROUNDS_SYNC_NEEDS_SIGN_IN:
      return "system-lock-screen-symbolic";
    case ROUNDS_SYNC_ERROR:
      return "dialog-error-symbolic";
    case ROUNDS_SYNC_STOPPED:
      return "media-playback-pause-symbolic";
    case ROUNDS_SYNC_IDLE:
    default:
      return rounds_sync_service_get_pending (service) > 0 ? "document-send-symbolic" : "object-select-symbolic";
    }
}

static const char *
get_icon_class (RoundsSyncService *service)
{
  RoundsSyncState state = rounds_sync_service_get_state (service);

  if (rounds_sync_service_get_attention (service) > 0 && state != ROUNDS_SYNC_SYNCING)
    return "warning";
  if (state == ROUNDS_SYNC_ERROR)
    return "error";
  if (state == ROUNDS_SYNC_IDLE && rounds_sync_service_get_pending (service) == 0)
    return "success";
  return NULL;
}

void
rounds_sync_status_show_icon (RoundsSyncService *service, GtkImage *image)
{
  static const char *const classes[] = { "warning", "error", "success" };
  const char *wanted = get_icon_class (service);

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (image), classes[i]);
  if (wanted != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (image), wanted);
  gtk_image_set_from_icon_name (image, get_icon_name (service));
}

static void
update (RoundsSyncStatus *self)
{
  g_autofree char *summary = rounds_sync_service_dup_summary (self->service);
  g_autofree char *explanation = rounds_sync_service_dup_explanation (self->service);
  gboolean never = rounds_sync_service_get_state (self->service) == ROUNDS_SYNC_NEVER_SIGNED_IN
                   && rounds_sync_service_get_username (self->service) == NULL
                   && rounds_sync_service_get_attention (self->service) == 0;

  g_clear_handle_id (&self->delayed, g_source_remove);
  rounds_sync_status_show_icon (self->service, self->icon);
  gtk_label_set_text (self->summary, summary);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), never ? "win.sign-in" : "win.show-sync");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), explanation);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, summary,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, explanation, -1);
}

static void
update_later_cb (gpointer data)
{
  RoundsSyncStatus *self = data;

  self->delayed = 0;
  update (self);
}

/* Somebody who does not see the line hears of what needs them, once. */
static void
attention_changed_cb (RoundsSyncStatus *self)
{
  guint attention = rounds_sync_service_get_attention (self->service);
  g_autofree char *summary = NULL;

  if (attention > self->attention && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      summary = rounds_sync_service_dup_summary (self->service);
      gtk_accessible_announce (GTK_ACCESSIBLE (self), summary, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
  self->attention = attention;
}

/* Most syncs are over before anybody could read about them: a line that flickers every minute is no comfort. */
static void
summary_changed_cb (RoundsSyncStatus *self)
{
  if (rounds_sync_service_get_state (self->service) != ROUNDS_SYNC_SYNCING
      || rounds_sync_service_get_done (self->service) > 0)
    update (self);
  else if (self->delayed == 0)
    self->delayed = g_timeout_add_once (SHORT_SYNC, update_later_cb, self);
}

static void
rounds_sync_status_dispose (GObject *object)
{
  RoundsSyncStatus *self = ROUNDS_SYNC_STATUS (object);

  g_clear_handle_id (&self->delayed, g_source_remove);
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
  g_signal_connect_object (service, "notify::summary", G_CALLBACK (summary_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (service, "notify::attention", G_CALLBACK (attention_changed_cb), self, G_CONNECT_SWAPPED);
  update (self);
}
