/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-duplicates-banner.h"

#include <glib/gi18n-lib.h>

#include "duplicates/rounds-duplicates-dialog.h"
#include "duplicates/rounds-duplicates-scan.h"

/* So long after the last of many contacts: an import tells of itself several times. */
#define CALM_SECONDS 5

/* Between the banner and what is below it. */
#define ROOM_BELOW 6

struct _RoundsDuplicatesBanner
{
  AdwBin parent_instance;

  RoundsAppContext *context; /* (owned) (nullable) until it is set */
  GCancellable *cancellable; /* (owned): cancelled when the banner goes */
  AdwBanner *banner;
  guint calm; /* source id; 0: nothing has come */
};

G_DEFINE_FINAL_TYPE (RoundsDuplicatesBanner, rounds_duplicates_banner, ADW_TYPE_BIN)

static void
show_count (RoundsDuplicatesBanner *self, guint count)
{
  g_autofree char *title = NULL;

  if (count > 0)
    title = g_strdup_printf (ngettext ("%'u possible duplicate", "%'u possible duplicates", count), count);
  adw_banner_set_title (self->banner, title != NULL ? title : "");
  adw_banner_set_revealed (self->banner, count > 0);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self), count > 0 ? ROOM_BELOW : 0);
}

static void
scanned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsDuplicatesBanner) self = data;
  g_autoptr (GArray) pairs = rounds_duplicates_scan_run_finish (ROUNDS_STORE (source), result, NULL);

  if (pairs == NULL || self->context == NULL) /* the next time tells */
    return;
  show_count (self, pairs->len);
  rounds_duplicates_set_count (ROUNDS_STORE (source), pairs->len);
}

static gboolean
calm_cb (gpointer data)
{
  RoundsDuplicatesBanner *self = data;
  g_autoptr (RoundsDuplicatesScan) scan = rounds_duplicates_scan_new ();

  self->calm = 0;
  rounds_duplicates_scan_run_async (scan, rounds_app_context_get_store (self->context), G_PRIORITY_LOW,
                                    self->cancellable, scanned_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* Many at once have no ids. */
static void
store_changed_cb (RoundsDuplicatesBanner *self, int entity, GPtrArray *ids)
{
  if (entity != ROUNDS_ENTITY_PERSON || ids != NULL)
    return;
  g_clear_handle_id (&self->calm, g_source_remove);
  self->calm = g_timeout_add_seconds (CALM_SECONDS, calm_cb, self);
}

static void
dialog_closed_cb (RoundsDuplicatesBanner *self, RoundsDuplicatesDialog *dialog)
{
  int left = rounds_duplicates_dialog_count_left (dialog);

  if (left >= 0)
    show_count (self, (guint) left);
}

static void
rounds_duplicates_banner_dispose (GObject *object)
{
  RoundsDuplicatesBanner *self = ROUNDS_DUPLICATES_BANNER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->calm, g_source_remove);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (rounds_duplicates_banner_parent_class)->dispose (object);
}

static void
rounds_duplicates_banner_finalize (GObject *object)
{
  g_clear_object (&ROUNDS_DUPLICATES_BANNER (object)->cancellable);
  G_OBJECT_CLASS (rounds_duplicates_banner_parent_class)->finalize (object);
}

static void
rounds_duplicates_banner_class_init (RoundsDuplicatesBannerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_duplicates_banner_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_duplicates_banner_finalize;
}

static void
rounds_duplicates_banner_init (RoundsDuplicatesBanner *self)
{
  self->cancellable = g_cancellable_new ();
  self->banner = ADW_BANNER (adw_banner_new (""));
  adw_banner_set_use_markup (self->banner, FALSE);
  adw_banner_set_button_label (self->banner, _ ("_Review"));
  g_signal_connect_swapped (self->banner, "button-clicked", G_CALLBACK (rounds_duplicates_banner_review), self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->banner));
}

/**
 * rounds_duplicates_banner_set_context:
 * @self: a banner that a template has made
 * @context: the application
 *
 * Must be called once.
 */
void
rounds_duplicates_banner_set_context (RoundsDuplicatesBanner *self, RoundsAppContext *context)
{
  RoundsStore *store = rounds_app_context_get_store (context);

  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  show_count (self, rounds_duplicates_get_count (store));
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
}

/** rounds_duplicates_banner_review: looks for duplicates, and goes through them in a dialog. */
void
rounds_duplicates_banner_review (RoundsDuplicatesBanner *self)
{
  RoundsDuplicatesDialog *dialog = rounds_duplicates_dialog_new (self->context);

  g_signal_connect_object (dialog, "closed", G_CALLBACK (dialog_closed_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}
