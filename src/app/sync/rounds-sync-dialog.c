/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-sync-dialog.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "rounds-conflict-row.h"
#include "rounds-record-list.h"
#include "rounds-rejected-row.h"
#include "rounds-sign-in-dialog.h"
#include "rounds-sync-status.h"
#include "rounds-waiting-row.h"

/* More than anybody goes through in one sitting; the next ones follow as these are settled. */
#define MOST_CONFLICTS 100
/* Of the dialog, if the window has the room. */
#define FULL_HEIGHT 640
/* Enough to see what it is that waits. */
#define MOST_WAITING 20

struct _RoundsSyncDialog
{
  AdwDialog parent_instance;

  RoundsAppContext *context;   /* (owned) */
  RoundsSyncService *service;  /* (owned) */
  RoundsRecordList *conflicts; /* (owned) */
  GCancellable *cancellable;   /* (owned) cancelled when the dialog goes */
  gboolean listing;            /* the log is being read */
  gboolean list_again;

  /* Template widgets */
  GtkImage *icon;
  GtkLabel *summary;
  GtkLabel *explanation;
  GtkWidget *sync_button;
  GtkWidget *stop_button;
  GtkWidget *sign_in_button;
  GtkWidget *conflict_group;
  GtkListBox *conflict_list;
  GtkWidget *rejected_group;
  GtkListBox *rejected_list;
  AdwPreferencesGroup *waiting_group;
  GtkListBox *waiting_list;
  GtkWidget *account_group;
  AdwActionRow *last_sync;
  AdwActionRow *account;
  GtkWidget *check;
};

G_DEFINE_FINAL_TYPE (RoundsSyncDialog, rounds_sync_dialog, ADW_TYPE_DIALOG)

/* --- How it stands --- */

static void
show_account (RoundsSyncDialog *self)
{
  const char *server = rounds_sync_service_get_server (self->service);
  const char *username = rounds_sync_service_get_username (self->service);
  gint64 last_sync = rounds_sync_service_get_last_sync (self->service);
  g_autofree char *moment = last_sync != 0 ? rounds_display_moment (last_sync) : g_strdup (_ ("Never"));
  g_autofree char *account = NULL;

  gtk_widget_set_visible (self->account_group, server != NULL);
  if (server == NULL)
    return;
  if (username != NULL)
    /* Translators: a user name, then the address of a server. */
    account = g_strdup_printf (_ ("%s at %s"), username, server);
  adw_action_row_set_subtitle (self->last_sync, moment);
  adw_action_row_set_subtitle (self->account, account != NULL ? account : server);
}

static void
show_state (RoundsSyncDialog *self)
{
  RoundsSyncState state = rounds_sync_service_get_state (self->service);
  g_autofree char *summary = rounds_sync_service_dup_summary (self->service);
  g_autofree char *explanation = rounds_sync_service_dup_explanation (self->service);
  gboolean asks = state == ROUNDS_SYNC_NEVER_SIGNED_IN || state == ROUNDS_SYNC_NEEDS_SIGN_IN;
  gboolean syncing = state == ROUNDS_SYNC_SYNCING;

  rounds_sync_status_show_icon (self->service, self->icon);
  gtk_label_set_text (self->summary, summary);
  gtk_label_set_text (self->explanation, explanation);
  gtk_widget_set_visible (self->sync_button, !asks && !syncing);
  gtk_widget_set_visible (self->stop_button, syncing);
  gtk_widget_set_visible (self->sign_in_button, asks);
  gtk_widget_set_visible (self->check, !asks);
  gtk_widget_set_sensitive (self->check, !syncing);
  /* Where there is nothing to list, it is no higher than it needs to be. */
  if (rounds_sync_service_get_pending (self->service) + rounds_sync_service_get_attention (self->service) > 0)
    adw_dialog_set_content_height (ADW_DIALOG (self), FULL_HEIGHT);
  show_account (self);
}

static void
sync_clicked_cb (RoundsSyncDialog *self)
{
  rounds_sync_service_sync_now (self->service);
}

static void
stop_clicked_cb (RoundsSyncDialog *self)
{
  rounds_sync_service_cancel (self->service);
}

static void
check_activated_cb (RoundsSyncDialog *self)
{
  rounds_sync_service_check (self->service);
}

static void
checked_cb (RoundsSyncDialog *self, guint repaired)
{
  g_autofree char *text = NULL;

  if (repaired == 0)
    text = g_strdup (_ ("Checked: everything matches the server"));
  else
    text = g_strdup_printf (ngettext ("Checked: %'u record differed and was repaired",
                                      "Checked: %'u records differed and were repaired", repaired),
                            repaired);
  rounds_app_context_toast (self->context, text);
}

static void
sign_in_clicked_cb (RoundsSyncDialog *self)
{
  rounds_sign_in_dialog_present (GTK_WIDGET (self), self->service);
}

/* --- Conflicts --- */

/* Takes a row away; the keyboard, if it was there, goes on to the next one. */
static void
remove_row (GtkListBox *list, GtkWidget *row)
{
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  GtkRoot *root = gtk_widget_get_root (row);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean had_focus = focus != NULL && gtk_widget_is_ancestor (focus, row);
  GtkListBoxRow *next;

  gtk_list_box_remove (list, row);
  next = gtk_list_box_get_row_at_index (list, index);
  if (next == NULL && index > 0)
    next = gtk_list_box_get_row_at_index (list, index - 1);
  if (had_focus && next != NULL)
    gtk_widget_child_focus (GTK_WIDGET (next), GTK_DIR_TAB_FORWARD);
}

/* Returns: (transfer full) (nullable): the conflict at @position, while it is there */
static RoundsRecord *
get_conflict (RoundsSyncDialog *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->conflicts), position);
}

static GtkListBoxRow *
find_conflict_row (RoundsSyncDialog *self, const RoundsUuid *id)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->conflict_list, i)) != NULL; i++)
    if (rounds_uuid_equal (rounds_conflict_row_get_id (ROUNDS_CONFLICT_ROW (row)), id))
      return row;
  return NULL;
}

static gboolean
has_conflict (RoundsSyncDialog *self, const RoundsUuid *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->conflicts)); i++)
    {
      g_autoptr (RoundsRecord) conflict = get_conflict (self, i);

      if (conflict != NULL && rounds_uuid_equal (rounds_record_get_id (conflict), id))
        return TRUE;
    }
  return FALSE;
}

/* A row stays the same one while its conflict is open, whatever a sync brings: somebody may be writing in it. */
static void
show_conflicts (RoundsSyncDialog *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->conflict_list, i)) != NULL;)
    {
      if (has_conflict (self, rounds_conflict_row_get_id (ROUNDS_CONFLICT_ROW (row))))
        i++;
      else
        remove_row (self->conflict_list, GTK_WIDGET (row));
    }
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->conflicts)); i++)
    {
      g_autoptr (RoundsRecord) conflict = get_conflict (self, i);

      row = conflict != NULL ? find_conflict_row (self, rounds_record_get_id (conflict)) : NULL;
      if (row != NULL)
        rounds_conflict_row_update (ROUNDS_CONFLICT_ROW (row), conflict);
      else if (conflict != NULL)
        gtk_list_box_insert (self->conflict_list, rounds_conflict_row_new (self->context, conflict), (int) i);
    }
  gtk_widget_set_visible (self->conflict_group, gtk_list_box_get_row_at_index (self->conflict_list, 0) != NULL);
}

/* --- The log: what was refused, what waits --- */

/** What is read of the log. */
typedef struct
{
  GPtrArray *rejected; /* (owned) (nullable) of RoundsChange */
  GPtrArray *waiting;  /* (owned) (nullable) of RoundsChange */
} Listing;

static void
listing_free (gpointer data)
{
  Listing *self = data;

  g_clear_pointer (&self->rejected, g_ptr_array_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Listing, listing_free)

static gpointer
read_log (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (Listing) listing = g_new0 (Listing, 1);

  listing->rejected = rounds_record_store_list_rejected_acts (store, error);
  if (listing->rejected == NULL)
    return NULL;
  listing->waiting = rounds_record_store_list_outbox (store, 0, MOST_WAITING, error);
  return listing->waiting != NULL ? g_steal_pointer (&listing) : NULL;
}

static void
opened_cb (RoundsSyncDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static const RoundsChange *
find_change (GPtrArray *changes, gint64 seq)
{
  for (guint i = 0; i < changes->len; i++)
    if (((RoundsChange *) changes->pdata[i])->seq == seq)
      return changes->pdata[i];
  return NULL;
}

static gboolean
has_rejected_row (RoundsSyncDialog *self, gint64 seq)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rejected_list, i)) != NULL; i++)
    if (rounds_rejected_row_get_seq (ROUNDS_REJECTED_ROW (row)) == seq)
      return TRUE;
  return FALSE;
}

static void
show_rejected (RoundsSyncDialog *self, GPtrArray *changes)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->rejected_list, i)) != NULL;)
    {
      if (find_change (changes, rounds_rejected_row_get_seq (ROUNDS_REJECTED_ROW (row))) == NULL)
        remove_row (self->rejected_list, GTK_WIDGET (row));
      else
        i++;
    }
  for (guint i = 0; i < changes->len; i++)
    {
      const RoundsChange *change = changes->pdata[i];
      GtkWidget *added;

      if (has_rejected_row (self, change->seq))
        continue;
      added = rounds_rejected_row_new (self->context, change);
      g_signal_connect_object (added, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->rejected_list, added);
    }
  gtk_widget_set_visible (self->rejected_group, changes->len > 0);
}

static void
show_waiting (RoundsSyncDialog *self, GPtrArray *changes)
{
  guint pending = rounds_sync_service_get_pending (self->service);
  g_autofree char *more = NULL;

  gtk_list_box_remove_all (self->waiting_list);
  for (guint i = 0; i < changes->len; i++)
    gtk_list_box_append (self->waiting_list, rounds_waiting_row_new (self->context, changes->pdata[i]));
  if (pending > changes->len && changes->len > 0)
    more = g_strdup_printf (ngettext ("The first of %'u change.", "The first of %'u changes.", pending), pending);
  adw_preferences_group_set_description (self->waiting_group, more);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting_group), changes->len > 0);
}

static void load_log (RoundsSyncDialog *self);

static void
log_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsSyncDialog) self = data;
  g_autoptr (Listing) listing = rounds_store_run_finish (ROUNDS_STORE (source), result, &error);

  self->listing = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (listing == NULL)
    {
      rounds_app_context_report (self->context, error);
      return;
    }
  show_rejected (self, listing->rejected);
  show_waiting (self, listing->waiting);
  if (self->list_again)
    load_log (self);
}

static void
load_log (RoundsSyncDialog *self)
{
  self->list_again = self->listing;
  if (self->listing || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->listing = TRUE;
  rounds_store_read_async (rounds_app_context_get_store (self->context), read_log, NULL, NULL, listing_free,
                           G_PRIORITY_DEFAULT, self->cancellable, log_read_cb, g_object_ref (self));
}

static void
waiting_activated_cb (RoundsSyncDialog *self, RoundsWaitingRow *row)
{
  g_autoptr (RoundsAppContext) context = g_object_ref (self->context);
  RoundsEntity entity;
  RoundsUuid id;

  rounds_waiting_row_get_page (row, &entity, &id);
  adw_dialog_close (ADW_DIALOG (self));
  rounds_app_context_open (context, entity, &id);
}

/* --- Life --- */

static void
rounds_sync_dialog_dispose (GObject *object)
{
  RoundsSyncDialog *self = ROUNDS_SYNC_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_SYNC_DIALOG);
  g_clear_object (&self->conflicts);
  g_clear_object (&self->service);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_sync_dialog_parent_class)->dispose (object);
}

static void
rounds_sync_dialog_finalize (GObject *object)
{
  g_clear_object (&ROUNDS_SYNC_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (rounds_sync_dialog_parent_class)->finalize (object);
}

static void
rounds_sync_dialog_class_init (RoundsSyncDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_sync_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_sync_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/sync/sync-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncDialog, icon);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncDialog, sync_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncDialog, stop_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncDialog, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncDialog, conflict_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncDialog, conflict_list);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncDialog, rejected_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncDialog, rejected_list);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncDialog, waiting_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncDialog, waiting_list);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncDialog, account_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncDialog, last_sync);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncDialog, account);
  gtk_widget_class_bind_template_child (widget_class, RoundsSyncDialog, check);
  gtk_widget_class_bind_template_callback (widget_class, sync_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, waiting_activated_cb);
}

static void
rounds_sync_dialog_init (RoundsSyncDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rounds_sync_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsSyncService *service)
{
  RoundsSyncDialog *self = g_object_new (ROUNDS_TYPE_SYNC_DIALOG, NULL);
  g_autoptr (RoundsQuery) open = rounds_query_new (ROUNDS_ENTITY_CONFLICT);
  RoundsValue null = ROUNDS_VALUE_INIT;

  rounds_query_where (open, ROUNDS_CONFLICT_RESOLVED_AT, ROUNDS_IS, &null);
  /* Two devices that reminded at once: there is nothing in it for a person to choose. */
  rounds_query_where_text (open, ROUNDS_CONFLICT_ENTITY, ROUNDS_IS_NOT, "reminder");
  rounds_query_limit (open, MOST_CONFLICTS);
  self->context = g_object_ref (context);
  self->service = g_object_ref (service);
  self->conflicts = rounds_record_list_new (rounds_app_context_get_store (context), open);
  g_signal_connect_object (self->conflicts, "items-changed", G_CALLBACK (show_conflicts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (service, "notify::summary", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (service, "notify::pending", G_CALLBACK (load_log), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (service, "notify::attention", G_CALLBACK (load_log), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (service, "checked", G_CALLBACK (checked_cb), self, G_CONNECT_SWAPPED);
  show_state (self);
  show_conflicts (self);
  load_log (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
