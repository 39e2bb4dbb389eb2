/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-saved-searches.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-form-save.h"
#include "rounds-record-list.h"

struct _RoundsSavedSearches
{
  AdwBin parent_instance;

  RoundsAppContext *context; /* (owned) (nullable) until it is set up */
  char *page;                /* (owned) (nullable) the same */
  RoundsRecordList *saved;   /* (owned) (nullable) the same */
  char *present;             /* (owned) (nullable): the search that can be kept now; NULL: none */
  char *name;                /* (owned) (nullable): what it might be called */

  GtkStack *stack;
  GtkListBox *list;
  GtkWidget *save_button;
};

G_DEFINE_FINAL_TYPE (RoundsSavedSearches, rounds_saved_searches, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A search that is being named: a new one, or one that has another name. */
typedef struct
{
  RoundsAppContext *context; /* (owned) */
  RoundsRecord *search;      /* (owned) */
  AdwEntryRow *entry;        /* (not owned): of the dialog */
  gboolean is_new;
} Naming;

static void
naming_free (gpointer data)
{
  Naming *self = data;

  g_clear_object (&self->context);
  g_clear_object (&self->search);
  g_free (self);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsAppContext) context = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsFormUndo) undo = rounds_form_save_finish (ROUNDS_STORE (source), result, &error);

  if (undo == NULL)
    rounds_app_context_report (context, error);
  else
    rounds_form_undo_offer (g_steal_pointer (&undo), context, _ ("Search saved"));
}

static void
save (Naming *naming, const char *name)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) before = g_ptr_array_new ();
  RoundsRecord *changed = rounds_record_dup (naming->search);

  rounds_record_set_text (changed, ROUNDS_SAVED_SEARCH_NAME, name);
  g_ptr_array_add (records, changed);
  g_ptr_array_add (before, naming->is_new ? NULL : naming->search);
  rounds_form_save_async (rounds_app_context_get_store (naming->context), records, before, NULL, saved_cb,
                          g_object_ref (naming->context));
}

static void
named_cb (AdwAlertDialog *dialog, const char *response, Naming *naming)
{
  g_autofree char *name = rounds_text_to_line (gtk_editable_get_text (GTK_EDITABLE (naming->entry)));

  if (g_str_equal (response, "save") && *name != '\0')
    save (naming, name);
}

static void
name_changed_cb (GtkEditable *entry, AdwAlertDialog *dialog)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  adw_alert_dialog_set_response_enabled (dialog, "save", *name != '\0');
}

/* The menu that it stands in, if it does, goes when something is chosen. */
static void
close_menu (RoundsSavedSearches *self)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_POPOVER);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
}

/* Takes over @naming. */
static void
ask_name (RoundsSavedSearches *self, Naming *naming, const char *name)
{
  AdwAlertDialog *dialog =
    ADW_ALERT_DIALOG (adw_alert_dialog_new (naming->is_new ? _ ("Save Search") : _ ("Rename Search"), NULL));
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  naming->entry = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (naming->entry), _ ("Name"));
  adw_entry_row_set_max_length (naming->entry, 200);
  adw_entry_row_set_activates_default (naming->entry, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (naming->entry), name != NULL ? name : "");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (naming->entry));
  adw_alert_dialog_set_extra_child (dialog, group);
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "save", naming->is_new ? _ ("_Save") : _ ("_Rename"),
                                  NULL);
  adw_alert_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "save");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (naming->entry, "changed", G_CALLBACK (name_changed_cb), dialog);
  name_changed_cb (GTK_EDITABLE (naming->entry), dialog);
  g_signal_connect_data (dialog, "response", G_CALLBACK (named_cb), naming, (GClosureNotify) naming_free, 0);
  close_menu (self);
  adw_dialog_present (ADW_DIALOG (dialog), window);
  gtk_widget_grab_focus (GTK_WIDGET (naming->entry));
}

static Naming *
naming_new (RoundsSavedSearches *self, RoundsRecord *search, gboolean is_new)
{
  Naming *naming = g_new0 (Naming, 1);

  naming->context = g_object_ref (self->context);
  naming->search = g_object_ref (search);
  naming->is_new = is_new;
  return naming;
}

static void
save_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RoundsSavedSearches *self = ROUNDS_SAVED_SEARCHES (widget);
  g_autoptr (RoundsRecord) search = rounds_record_new (ROUNDS_ENTITY_SAVED_SEARCH);

  if (self->present == NULL)
    return;
  rounds_record_set_text (search, ROUNDS_SAVED_SEARCH_PAGE, self->page);
  rounds_record_set_text (search, ROUNDS_SAVED_SEARCH_QUERY, self->present);
  ask_name (self, naming_new (self, search, TRUE), self->name);
}

/* Returns: (transfer full) (nullable): the search in which the action's widget is. */
static RoundsRecord *
get_search (RoundsSavedSearches *self, GVariant *parameter)
{
  return g_list_model_get_item (G_LIST_MODEL (self->saved), g_variant_get_uint32 (parameter));
}

static void
rename_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RoundsSavedSearches *self = ROUNDS_SAVED_SEARCHES (widget);
  g_autoptr (RoundsRecord) search = get_search (self, parameter);

  if (search != NULL)
    ask_name (self, naming_new (self, search, FALSE), rounds_record_get_text (search, ROUNDS_SAVED_SEARCH_NAME));
}

static void
delete_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RoundsSavedSearches *self = ROUNDS_SAVED_SEARCHES (widget);
  g_autoptr (RoundsRecord) search = get_search (self, parameter);

  if (search != NULL)
    rounds_app_context_delete (self->context, search);
}

static void
row_activated_cb (RoundsSavedSearches *self, GtkListBoxRow *row)
{
  g_autoptr (RoundsRecord) search =
    g_list_model_get_item (G_LIST_MODEL (self->saved), (guint) gtk_list_box_row_get_index (row));

  close_menu (self);
  if (search != NULL)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, rounds_record_get_text (search, ROUNDS_SAVED_SEARCH_QUERY));
}

static GtkWidget *
make_button (const char *icon, const char *tip, const char *action, guint position)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, tip);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", position);
  return button;
}

static GtkWidget *
make_row (RoundsRecord *search, guint position)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rounds_record_get_text (search, ROUNDS_SAVED_SEARCH_NAME));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             make_button ("document-edit-symbolic", _ ("Rename Search"), "saved.rename", position));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             make_button ("user-trash-symbolic", _ ("Delete Search"), "saved.delete", position));
  return row;
}

/* There are a few: all rows are made anew, as their buttons know their place. */
static void
show_rows (RoundsSavedSearches *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->saved));

  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RoundsRecord) search = g_list_model_get_item (G_LIST_MODEL (self->saved), i);

      gtk_list_box_append (self->list, make_row (search, i));
    }
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
}

static void
rounds_saved_searches_dispose (GObject *object)
{
  RoundsSavedSearches *self = ROUNDS_SAVED_SEARCHES (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_SAVED_SEARCHES);
  g_clear_object (&self->saved);
  g_clear_object (&self->context);
  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->present, g_free);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (rounds_saved_searches_parent_class)->dispose (object);
}

static void
rounds_saved_searches_class_init (RoundsSavedSearchesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_saved_searches_dispose;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", ROUNDS_TYPE_SAVED_SEARCHES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/forms/saved-searches.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsSavedSearches, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsSavedSearches, list);
  gtk_widget_class_bind_template_child (widget_class, RoundsSavedSearches, save_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "saved.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "saved.rename", "u", rename_action);
  gtk_widget_class_install_action (widget_class, "saved.delete", "u", delete_action);
}

static void
rounds_saved_searches_init (RoundsSavedSearches *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "saved.save", FALSE);
}

/**
 * rounds_saved_searches_set_up:
 * @self: one that a template has made
 * @context: the application
 * @page: the page whose searches they are, as in rounds-registry.c
 */
void
rounds_saved_searches_set_up (RoundsSavedSearches *self, RoundsAppContext *context, const char *page)
{
  g_autoptr (RoundsQuery) query = rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_SAVED_SEARCH));

  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  self->page = g_strdup (page);
  rounds_query_where_text (query, ROUNDS_SAVED_SEARCH_PAGE, ROUNDS_IS, page);
  self->saved = rounds_record_list_new (rounds_app_context_get_store (context), query);
  g_signal_connect_object (self->saved, "items-changed", G_CALLBACK (show_rows), self, G_CONNECT_SWAPPED);
  show_rows (self);
}

/**
 * rounds_saved_searches_set_present:
 * @json: (nullable): the search that the page shows now; %NULL: none that is worth a name
 * @name: (nullable): what it might be called
 */
void
rounds_saved_searches_set_present (RoundsSavedSearches *self, const char *json, const char *name)
{
  g_set_str (&self->present, json);
  g_set_str (&self->name, name);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "saved.save", json != NULL);
}
