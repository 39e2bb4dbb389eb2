/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-window.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-toast.h"
#include "import/rounds-import-dialog.h"
#include "interactions/rounds-interaction-dialog.h"
#include "interactions/rounds-line-dialog.h"
#include "rounds-preferences-dialog.h"
#include "rounds-registry.h"
#include "rounds-sidebar-row.h"
#include "sync/rounds-sign-in-dialog.h"
#include "sync/rounds-sync-dialog.h"
#include "sync/rounds-sync-status.h"
#include "trash/rounds-trash-dialog.h"

struct _RoundsWindow
{
  AdwApplicationWindow parent_instance;

  RoundsAppContext *context; /* (owned) (nullable) until the store is open */
  RoundsSyncService *sync;   /* (owned) (nullable) the same */

  /* Template widgets */
  AdwToastOverlay *toasts;
  GtkStack *root;
  AdwBin *start;
  AdwNavigationSplitView *split_view;
  AdwNavigationPage *content;
  GtkListBox *sidebar;
  GtkMenuButton *menu_button;
  GtkStack *pages;
  RoundsSyncStatus *sync_status;
};

G_DEFINE_FINAL_TYPE (RoundsWindow, rounds_window, ADW_TYPE_APPLICATION_WINDOW)

static GtkWidget *
find_page (RoundsWindow *self, const char *id)
{
  return gtk_stack_get_child_by_name (self->pages, id);
}

static GtkWidget *
get_front_page (RoundsWindow *self)
{
  return self->context != NULL ? gtk_stack_get_visible_child (self->pages) : NULL;
}

/* Pages are made when they are shown for the first time: starting takes as long as one page. */
static GtkWidget *
need_page (RoundsWindow *self, const RoundsPageInfo *info)
{
  GtkWidget *page = find_page (self, info->id);

  if (page == NULL)
    {
      page = info->create (self->context);
      gtk_stack_add_named (self->pages, page, info->id);
    }
  return page;
}

static void
select_row (RoundsWindow *self, const char *id)
{
  for (int i = 0;; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->sidebar, i);

      if (row == NULL)
        return;
      if (g_str_equal (rounds_sidebar_row_get_id (ROUNDS_SIDEBAR_ROW (row)), id))
        {
          GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

          gtk_list_box_select_row (self->sidebar, row);
          /* The keyboard goes along, so that Down leads on from here. */
          if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->sidebar)))
            gtk_widget_grab_focus (GTK_WIDGET (row));
          return;
        }
    }
}

GtkWidget *
rounds_window_show_page (RoundsWindow *self, const char *id)
{
  const RoundsPageInfo *info;
  GtkWidget *page;

  g_return_val_if_fail (ROUNDS_IS_WINDOW (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  info = rounds_registry_find_page (id);
  if (info == NULL || self->context == NULL)
    return NULL;

  page = need_page (self, info);
  gtk_stack_set_visible_child (self->pages, page);
  adw_navigation_page_set_title (self->content, _ (info->title));
  adw_navigation_split_view_set_show_content (self->split_view, TRUE);
  select_row (self, id);

  return page;
}

static void
row_activated_cb (RoundsWindow *self, GtkListBoxRow *row)
{
  rounds_window_show_page (self, rounds_sidebar_row_get_id (ROUNDS_SIDEBAR_ROW (row)));
}

/* Where it can be seen: in the dialog that is in front, if that has a place for it. */
static void
toast_cb (RoundsWindow *self, AdwToast *toast)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));
  GtkWidget *child = dialog != NULL ? adw_dialog_get_child (dialog) : NULL;

  adw_toast_overlay_add_toast (ADW_IS_TOAST_OVERLAY (child) ? ADW_TOAST_OVERLAY (child) : self->toasts,
                               g_object_ref (toast));
}

static void
open_cb (RoundsWindow *self, int entity, const RoundsUuid *id)
{
  const RoundsOpener *opener = rounds_registry_find_opener (entity);
  g_autoptr (RoundsRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  if (opener == NULL)
    return;

  if (opener->page != NULL)
    {
      GtkWidget *page = rounds_window_show_page (self, opener->page);

      if (page != NULL)
        opener->open (page, id);
      return;
    }

  record = rounds_store_get (rounds_app_context_get_store (self->context), entity, id, &error);
  if (record == NULL)
    rounds_app_context_report (self->context, error);
  else
    opener->present (GTK_WIDGET (self), self->context, record);
}

static void
create_cb (RoundsWindow *self, RoundsRecord *prefilled)
{
  const RoundsOpener *opener = rounds_registry_find_opener (rounds_record_get_entity (prefilled));

  if (opener != NULL && opener->present != NULL)
    opener->present (GTK_WIDGET (self), self->context, prefilled);
}

static void
show_page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_window_show_page (ROUNDS_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* Alt+1 is the first page of the sidebar. */
static void
show_nth_page_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->sidebar, g_variant_get_int32 (parameter) - 1);

  if (row != NULL)
    row_activated_cb (self, row);
}

/* On a small screen the menu is on the sidebar's page, behind the content. */
static void
show_menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);

  if (adw_navigation_split_view_get_collapsed (self->split_view))
    adw_navigation_split_view_set_show_content (self->split_view, FALSE);
  gtk_menu_button_popup (self->menu_button);
}

/* Made when it is asked for: GtkApplication would make it before the first picture of the window. */
static void
show_help_overlay_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkApplicationWindow *self = GTK_APPLICATION_WINDOW (widget);

  G_GNUC_BEGIN_IGNORE_DEPRECATIONS /* what takes its place is not in libadwaita 1.7 */
    if (gtk_application_window_get_help_overlay (self) == NULL)
  {
    g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (RESOURCE_BASE "/ui/shell/help-overlay.ui");

    gtk_application_window_set_help_overlay (self,
                                             GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
  }
  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (self)));
  G_GNUC_END_IGNORE_DEPRECATIONS
}

static void
create_record (RoundsWindow *self, RoundsEntity entity)
{
  g_autoptr (RoundsRecord) record = NULL;

  if (self->context == NULL)
    return;
  record = rounds_record_new (entity);
  rounds_app_context_create (self->context, record);
}

static void
create_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsEntity entity = rounds_entity_from_name (g_variant_get_string (parameter, NULL));

  if (entity != ROUNDS_ENTITY_NONE)
    create_record (ROUNDS_WINDOW (widget), entity);
}

/* With whom the page is about, if it is about somebody. */
static void
log_interaction_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);
  GtkWidget *page = get_front_page (self);

  if (page == NULL || !gtk_widget_activate_action (page, "page.log", NULL))
    create_record (self, ROUNDS_ENTITY_INTERACTION);
}

static void
log_line_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_line_dialog_present (widget, ROUNDS_WINDOW (widget)->context);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);
  GtkWidget *page = get_front_page (self);

  if (page == NULL || !gtk_widget_activate_action (page, "page.new", NULL))
    create_record (self, ROUNDS_ENTITY_PERSON);
}

/* Searches where the user is; where there is nothing to search, among the contacts. */
static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);
  GtkWidget *page = get_front_page (self);

  if (page != NULL && gtk_widget_activate_action (page, "page.search", NULL))
    return;
  page = rounds_window_show_page (self, "contacts");
  if (page != NULL)
    gtk_widget_activate_action (page, "page.search", NULL);
}

/* In the list that is in front, from wherever the keyboard is; not behind a dialog. */
static void
select_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *page = get_front_page (ROUNDS_WINDOW (widget));

  if (page != NULL && adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (widget)) == NULL)
    gtk_widget_activate_action (page, "page.select", NULL);
}

static void
search_contacts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *page = rounds_window_show_page (ROUNDS_WINDOW (widget), "contacts");

  if (page != NULL)
    gtk_widget_activate_action (page, "page.search", NULL);
}

static void
sync_now_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);
  const char *detail = rounds_sync_service_get_detail (self->sync);

  /* Whoever asks wants to know why it did not work until now. */
  if (detail != NULL)
    rounds_app_context_toast (self->context, detail);
  rounds_sync_service_sync_now (self->sync);
}

static void
sign_in_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_sign_in_dialog_present (widget, ROUNDS_WINDOW (widget)->sync);
}

static void
show_sync_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);

  rounds_sync_dialog_present (widget, self->context, self->sync);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_window_import (ROUNDS_WINDOW (widget), NULL);
}

static void
trash_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (ADW_DIALOG (rounds_trash_dialog_new (ROUNDS_WINDOW (widget)->context)), widget);
}

static void
preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsWindow *self = ROUNDS_WINDOW (widget);

  rounds_preferences_dialog_present (widget, self->context, self->sync);
}

static void
update_sync_actions (RoundsWindow *self)
{
  RoundsSyncState state = self->sync != NULL ? rounds_sync_service_get_state (self->sync) : ROUNDS_SYNC_IDLE;
  gboolean asks = state == ROUNDS_SYNC_NEVER_SIGNED_IN || state == ROUNDS_SYNC_NEEDS_SIGN_IN;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sign-in", self->sync != NULL && asks);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sync-now", self->sync != NULL && !asks);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-sync", self->sync != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.preferences", self->sync != NULL);
}

/* What cannot be done, because there is no store yet or nothing that shows it, is greyed out. */
static void
update_actions (RoundsWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean open = self->context != NULL;

  gtk_widget_action_set_enabled (widget, "win.log-interaction",
                                 open && rounds_registry_find_opener (ROUNDS_ENTITY_INTERACTION) != NULL);
  gtk_widget_action_set_enabled (widget, "win.log-line", open);
  gtk_widget_action_set_enabled (widget, "win.new", open);
  gtk_widget_action_set_enabled (widget, "win.create", open);
  gtk_widget_action_set_enabled (widget, "win.show-menu", open);
  gtk_widget_action_set_enabled (widget, "win.import", open);
  gtk_widget_action_set_enabled (widget, "win.trash", open);
  gtk_widget_action_set_enabled (widget, "win.search", open);
  gtk_widget_action_set_enabled (widget, "win.select", open);
  gtk_widget_action_set_enabled (widget, "win.search-contacts", open);
  gtk_widget_action_set_enabled (widget, "win.show-page", open);
  gtk_widget_action_set_enabled (widget, "win.show-nth-page", open);
  update_sync_actions (self);
}

static void
restore_size (RoundsWindow *self)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);

  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
}

static gboolean
rounds_window_close_request (GtkWindow *window)
{
  rounds_window_close_dialogs (ROUNDS_WINDOW (window));

  return GTK_WINDOW_CLASS (rounds_window_parent_class)->close_request (window);
}

static void
rounds_window_dispose (GObject *object)
{
  RoundsWindow *self = ROUNDS_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_WINDOW);
  g_clear_object (&self->sync);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_window_parent_class)->dispose (object);
}

static void
rounds_window_class_init (RoundsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = rounds_window_close_request;

  g_type_ensure (ROUNDS_TYPE_SYNC_STATUS);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/shell/window.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RoundsWindow, root);
  gtk_widget_class_bind_template_child (widget_class, RoundsWindow, start);
  gtk_widget_class_bind_template_child (widget_class, RoundsWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, RoundsWindow, content);
  gtk_widget_class_bind_template_child (widget_class, RoundsWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, RoundsWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, RoundsWindow, sync_status);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);

  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_action);
  gtk_widget_class_install_action (widget_class, "win.show-nth-page", "i", show_nth_page_action);
  gtk_widget_class_install_action (widget_class, "win.create", "s", create_action);
  gtk_widget_class_install_action (widget_class, "win.show-menu", NULL, show_menu_action);
  gtk_widget_class_install_action (widget_class, "win.log-interaction", NULL, log_interaction_action);
  gtk_widget_class_install_action (widget_class, "win.log-line", NULL, log_line_action);
  gtk_widget_class_install_action (widget_class, "win.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.select", NULL, select_action);
  gtk_widget_class_install_action (widget_class, "win.search-contacts", NULL, search_contacts_action);
  gtk_widget_class_install_action (widget_class, "win.sync-now", NULL, sync_now_action);
  gtk_widget_class_install_action (widget_class, "win.sign-in", NULL, sign_in_action);
  gtk_widget_class_install_action (widget_class, "win.show-sync", NULL, show_sync_action);
  gtk_widget_class_install_action (widget_class, "win.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "win.trash", NULL, trash_action);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, show_help_overlay_action);
}

/* A list of contacts from the file manager. An import that did not take it itself is busy. */
static gboolean
file_dropped_cb (RoundsWindow *self, const GValue *value)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));
  GSList *files = g_value_get_boxed (value); /* a GdkFileList */

  if (files == NULL || self->context == NULL || ROUNDS_IS_IMPORT_DIALOG (dialog))
    return FALSE;
  rounds_window_import (self, files);
  return TRUE;
}

static void
rounds_window_init (RoundsWindow *self)
{
  GtkDropTarget *drop_target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (drop_target, "drop", G_CALLBACK (file_dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop_target));

  for (const RoundsPageInfo *page = rounds_registry_get_pages (); page->id != NULL; page++)
    gtk_list_box_append (self->sidebar, rounds_sidebar_row_new (page->id, _ (page->title), page->icon_name));
  rounds_toast_keep_above (GTK_WIDGET (self->sync_status));
  restore_size (self);
  update_actions (self);
}

RoundsWindow *
rounds_window_new (AdwApplication *application)
{
  return g_object_new (ROUNDS_TYPE_WINDOW, "application", application, NULL);
}

void
rounds_window_set_context (RoundsWindow *self, RoundsAppContext *context)
{
  const RoundsPageInfo *first = rounds_registry_get_pages ();

  g_return_if_fail (ROUNDS_IS_WINDOW (self));
  g_return_if_fail (ROUNDS_IS_APP_CONTEXT (context));

  if (self->context == context)
    return;
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "toast", G_CALLBACK (toast_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "create", G_CALLBACK (create_cb), self, G_CONNECT_SWAPPED);
  update_actions (self);

  if (first->id != NULL)
    rounds_window_show_page (self, first->id);
  gtk_stack_set_visible_child (self->root, GTK_WIDGET (self->split_view));
  adw_bin_set_child (self->start, NULL);
  rounds_interaction_dialog_offer_unfinished (context);
}

void
rounds_window_set_sync_service (RoundsWindow *self, RoundsSyncService *service)
{
  g_return_if_fail (ROUNDS_IS_WINDOW (self));
  g_return_if_fail (ROUNDS_IS_SYNC_SERVICE (service));

  if (!g_set_object (&self->sync, service))
    return;
  rounds_sync_status_set_service (self->sync_status, service);
  gtk_widget_set_visible (GTK_WIDGET (self->sync_status), TRUE);
  g_signal_connect_object (service, "notify::state", G_CALLBACK (update_sync_actions), self, G_CONNECT_SWAPPED);
  update_sync_actions (self);
}

void
rounds_window_show_start (RoundsWindow *self, GtkWidget *page)
{
  g_return_if_fail (ROUNDS_IS_WINDOW (self));
  g_return_if_fail (GTK_IS_WIDGET (page));

  adw_bin_set_child (self->start, page);
  gtk_stack_set_visible_child (self->root, GTK_WIDGET (self->start));
}

void
rounds_window_import (RoundsWindow *self, GSList *files)
{
  RoundsImportDialog *dialog;

  g_return_if_fail (self->context != NULL);

  dialog = rounds_import_dialog_new (self->context);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
  if (files != NULL)
    rounds_import_dialog_open_files (dialog, files);
}

void
rounds_window_close_dialogs (RoundsWindow *self)
{
  g_autoptr (GListModel) dialogs = NULL;
  GtkSettings *settings;
  gboolean animated;

  g_return_if_fail (ROUNDS_IS_WINDOW (self));

  dialogs = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (self));
  settings = gtk_widget_get_settings (GTK_WIDGET (self));
  g_object_get (settings, "gtk-enable-animations", &animated, NULL);
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  for (guint i = g_list_model_get_n_items (dialogs); i > 0; i--)
    {
      g_autoptr (AdwDialog) dialog = g_list_model_get_item (dialogs, i - 1);

      adw_dialog_force_close (dialog);
    }
  g_object_set (settings, "gtk-enable-animations", animated, NULL);
}
