/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-interactions-page.h"

#include <glib/gi18n-lib.h>

#include "export/rounds-export-dialog.h"
#include "forms/rounds-saved-searches.h"
#include "forms/rounds-toast.h"
#include "interactions/rounds-interaction-bulk.h"
#include "interactions/rounds-interaction-dialog.h"
#include "interactions/rounds-interaction-filter.h"
#include "interactions/rounds-interaction-list.h"

struct _RoundsInteractionsPage
{
  AdwBin parent_instance;

  RoundsAppContext *context; /* (owned) */
  char *words;               /* (owned) (nullable) until there is a list: what it was searched for last */
  GListModel *dialogs;       /* (owned) (nullable): those of the window, while it is in one */

  AdwWindowTitle *title;
  AdwBanner *banner;
  GtkWidget *tools_clamp;
  GtkSearchEntry *search;
  AdwToggleGroup *type;
  GtkStack *stack;
  RoundsInteractionList *list;
  RoundsInteractionFilter *filter;
  RoundsSavedSearches *saved;
  GtkWidget *filter_clamp;
  GtkLabel *filter_label;
  GtkToggleButton *select_button;
  GtkActionBar *selection_bar;
  GtkLabel *selected_label;
};

G_DEFINE_FINAL_TYPE (RoundsInteractionsPage, rounds_interactions_page, ADW_TYPE_BIN)

static gboolean
is_filtered (RoundsInteractionsPage *self)
{
  g_autofree char *filter = rounds_interaction_filter_describe (self->filter);

  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0' || filter != NULL
         || !g_str_equal (adw_toggle_group_get_active_name (self->type), "all");
}

static RoundsQuery *
make_query (RoundsInteractionsPage *self)
{
  RoundsQuery *query = rounds_query_new (ROUNDS_ENTITY_INTERACTION);
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));
  const char *type = adw_toggle_group_get_active_name (self->type);

  if (!g_str_equal (type, "all"))
    rounds_query_where_text (query, ROUNDS_INTERACTION_INTERACTION_TYPE, ROUNDS_IS, type);
  if (*words != '\0')
    rounds_query_search (query, words);
  rounds_interaction_filter_add_to (self->filter, query);
  return rounds_query_order_by (query, ROUNDS_INTERACTION_OCCURRED_AT, TRUE);
}

static void
show_state (RoundsInteractionsPage *self)
{
  guint n = rounds_interaction_list_get_n_rows (self->list);
  gboolean loading = rounds_interaction_list_is_loading (self->list);
  g_autofree char *count = NULL;

  /* The title above says of what: the number alone finds room in a narrow window. While only the first have been read
   * nothing is said. */
  if (n > 0 && !loading)
    count = g_strdup_printf ("%'u", n);
  if (n > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (!loading)
    gtk_stack_set_visible_child_name (self->stack, is_filtered (self) ? "nothing" : "empty");

  adw_window_title_set_subtitle (self->title, count != NULL ? count : "");
  gtk_widget_set_visible (self->tools_clamp, n > 0 || loading || is_filtered (self));
}

static void
show_filter (RoundsInteractionsPage *self)
{
  g_autofree char *filter = rounds_interaction_filter_describe (self->filter);

  gtk_label_set_text (self->filter_label, filter != NULL ? filter : "");
  gtk_widget_set_visible (self->filter_clamp, filter != NULL);
}

/* What is shown now can be kept under a name. */
static void
offer_to_keep (RoundsInteractionsPage *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));
  const char *type = adw_toggle_group_get_active_name (self->type);
  g_autofree char *filter = rounds_interaction_filter_describe (self->filter);
  g_autofree char *json = rounds_interaction_filter_to_json (self->filter, words, type);
  AdwToggle *toggle = adw_toggle_group_get_toggle_by_name (self->type, type);
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;
  g_autofree char *name = NULL;

  if (*words != '\0')
    g_strv_builder_add (parts, words);
  if (!g_str_equal (type, "all"))
    g_strv_builder_add (parts, adw_toggle_get_label (toggle));
  if (filter != NULL)
    g_strv_builder_add (parts, filter);
  texts = g_strv_builder_end (parts);
  name = g_strjoinv (" · ", texts);
  rounds_saved_searches_set_present (self->saved, is_filtered (self) ? json : NULL, name);
}

static void
filter_changed_cb (RoundsInteractionsPage *self)
{
  g_autoptr (RoundsQuery) query = NULL;

  if (self->words == NULL)
    return;
  show_filter (self);
  offer_to_keep (self);
  query = make_query (self);
  rounds_interaction_list_set_query (self->list, query, self->words);
}

/* The search also tells of changes that are none, and a new query begins at the list's top. */
static void
search_changed_cb (RoundsInteractionsPage *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (self->words != NULL && g_set_str (&self->words, words))
    filter_changed_cb (self);
}

/* A search that was kept: all of it, in place of what is there. */
static void
chosen_cb (RoundsInteractionsPage *self, const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  g_autofree char *type = NULL;
  gboolean known;

  if (!rounds_interaction_filter_set_json (self->filter, json, &words, &type, &error))
    {
      rounds_app_context_report (self->context, error);
      return;
    }
  known = adw_toggle_group_get_toggle_by_name (self->type, type) != NULL;
  adw_toggle_group_set_active_name (self->type, known ? type : "all");
  g_set_str (&self->words, words);
  gtk_editable_set_text (GTK_EDITABLE (self->search), words);
  filter_changed_cb (self);
}

static void
stop_search_cb (RoundsInteractionsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  rounds_interaction_list_focus (self->list);
}

/* From the search down to what it found, over whatever lies between. */
static gboolean
search_key_cb (RoundsInteractionsPage *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  return rounds_interaction_list_focus_first (self->list);
}

/* Returns: whether it could be looked up; what the disk says otherwise is told */
static gboolean
look_up_unfinished (RoundsInteractionsPage *self, RoundsRecord **unfinished)
{
  RoundsStore *store = rounds_app_context_get_store (self->context);
  g_autoptr (GError) error = NULL;

  if (rounds_interaction_dialog_look_up_unfinished (store, unfinished, &error))
    return TRUE;
  rounds_app_context_report (self->context, error);
  return FALSE;
}

static void
continue_cb (RoundsInteractionsPage *self)
{
  g_autoptr (RoundsRecord) unfinished = NULL;

  if (!look_up_unfinished (self, &unfinished))
    return;
  if (unfinished != NULL)
    rounds_app_context_create (self->context, unfinished);
  else
    adw_banner_set_revealed (self->banner, FALSE);
}

/* Whether the user is in the middle of it: then nobody needs to be told. */
static gboolean
is_writing (RoundsInteractionsPage *self)
{
  for (guint i = 0; self->dialogs != NULL && i < g_list_model_get_n_items (self->dialogs); i++)
    {
      g_autoptr (AdwDialog) dialog = g_list_model_get_item (self->dialogs, i);

      if (ROUNDS_IS_INTERACTION_DIALOG (dialog))
        return TRUE;
    }
  return FALSE;
}

static void
show_unfinished (RoundsInteractionsPage *self)
{
  g_autoptr (RoundsRecord) unfinished = NULL;
  const char *name = NULL;
  g_autofree char *text = NULL;

  if (!is_writing (self) && !look_up_unfinished (self, &unfinished))
    return;
  if (unfinished != NULL)
    {
      name = rounds_record_get_text (unfinished, ROUNDS_INTERACTION_HCP_NAME);
      /* Translators: %s is the name of whom the note is about. */
      text = name != NULL ? g_strdup_printf (_ ("You have an unfinished note about %s."), name)
                          : g_strdup (_ ("You have an unfinished note."));
      adw_banner_set_title (self->banner, text);
    }
  adw_banner_set_revealed (self->banner, unfinished != NULL);
}

/* Dialogs are the window's. */
static void
rounds_interactions_page_root (GtkWidget *widget)
{
  RoundsInteractionsPage *self = ROUNDS_INTERACTIONS_PAGE (widget);
  GtkRoot *root;

  GTK_WIDGET_CLASS (rounds_interactions_page_parent_class)->root (widget);
  root = gtk_widget_get_root (widget);
  if (ADW_IS_APPLICATION_WINDOW (root))
    self->dialogs = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (root));
  else if (ADW_IS_WINDOW (root))
    self->dialogs = adw_window_get_dialogs (ADW_WINDOW (root));
  if (self->dialogs != NULL)
    g_signal_connect_object (self->dialogs, "items-changed", G_CALLBACK (show_unfinished), self, G_CONNECT_SWAPPED);
  show_unfinished (self);
}

static void
rounds_interactions_page_unroot (GtkWidget *widget)
{
  RoundsInteractionsPage *self = ROUNDS_INTERACTIONS_PAGE (widget);

  if (self->dialogs != NULL)
    g_signal_handlers_disconnect_by_data (self->dialogs, self);
  g_clear_object (&self->dialogs);
  GTK_WIDGET_CLASS (rounds_interactions_page_parent_class)->unroot (widget);
}

static void
store_changed_cb (RoundsInteractionsPage *self, int entity)
{
  if (entity == ROUNDS_ENTITY_DRAFT)
    show_unfinished (self);
}

/* --- Selecting --- */

static void
show_selected (RoundsInteractionsPage *self)
{
  guint n = rounds_interaction_list_count_selected (self->list);
  g_autofree char *text = NULL;

  if (n > ROUNDS_INTERACTIONS_AT_ONCE)
    /* Translators: both are numbers of interactions. */
    text = g_strdup_printf (_ ("%'u selected; %'u at most at once"), n, (guint) ROUNDS_INTERACTIONS_AT_ONCE);
  else
    text = g_strdup_printf (ngettext ("%'u selected", "%'u selected", n), n);
  gtk_label_set_text (self->selected_label, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "selection.submit", n > 0 && n <= ROUNDS_INTERACTIONS_AT_ONCE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "selection.delete", n > 0 && n <= ROUNDS_INTERACTIONS_AT_ONCE);
}

static void
set_selecting (RoundsInteractionsPage *self, gboolean selecting)
{
  if (selecting == rounds_interaction_list_get_selecting (self->list))
    return;
  rounds_interaction_list_set_selecting (self->list, selecting);
  gtk_action_bar_set_revealed (self->selection_bar, selecting);
  gtk_toggle_button_set_active (self->select_button, selecting);
  show_selected (self);
}

static void
selecting_toggled_cb (RoundsInteractionsPage *self)
{
  if (self->words != NULL)
    set_selecting (self, gtk_toggle_button_get_active (self->select_button));
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsInteractionsPage *self = ROUNDS_INTERACTIONS_PAGE (widget);
  g_autoptr (RoundsQuery) all = rounds_query_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (GArray) keys = rounds_interaction_list_get_selected (self->list);

  rounds_query_order_by (all, ROUNDS_INTERACTION_OCCURRED_AT, TRUE);
  rounds_export_present (widget, self->context, _ ("Interactions"), rounds_interaction_list_get_query (self->list),
                         is_filtered (self) ? all : NULL, keys);
}

static void
selection_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsInteractionsPage *self = ROUNDS_INTERACTIONS_PAGE (widget);
  g_autoptr (GArray) keys = rounds_interaction_list_get_selected (self->list);

  if (keys == NULL)
    return;
  if (g_str_equal (name, "selection.submit"))
    rounds_interaction_bulk_submit (self->context, keys);
  else
    rounds_interaction_bulk_delete (self->context, keys);
  set_selecting (self, FALSE);
}

static void
select_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsInteractionsPage *self = ROUNDS_INTERACTIONS_PAGE (widget);

  set_selecting (self, !rounds_interaction_list_get_selecting (self->list));
  rounds_interaction_list_focus (self->list);
}

static void
end_selection_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsInteractionsPage *self = ROUNDS_INTERACTIONS_PAGE (widget);

  if (!rounds_interaction_list_get_selecting (self->list))
    return;
  set_selecting (self, FALSE);
  rounds_interaction_list_focus (self->list);
}

static void
clear_filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_interaction_filter_clear (ROUNDS_INTERACTIONS_PAGE (widget)->filter);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (ROUNDS_INTERACTIONS_PAGE (widget)->search));
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (RoundsRecord) record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_app_context_create (ROUNDS_INTERACTIONS_PAGE (widget)->context, record);
}

static void
set_up (RoundsInteractionsPage *self, RoundsAppContext *context)
{
  g_autoptr (RoundsQuery) query = NULL;

  self->context = g_object_ref (context);
  rounds_interaction_filter_set_up (self->filter, self->context);
  rounds_saved_searches_set_up (self->saved, self->context, "interactions");
  query = make_query (self);
  self->words = g_strdup ("");
  rounds_interaction_list_set_up (self->list, self->context, query);
  show_state (self);
  show_selected (self);
  g_signal_connect_object (rounds_app_context_get_store (self->context), "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
rounds_interactions_page_dispose (GObject *object)
{
  RoundsInteractionsPage *self = ROUNDS_INTERACTIONS_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_INTERACTIONS_PAGE);
  g_clear_object (&self->context);
  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (rounds_interactions_page_parent_class)->dispose (object);
}

static void
rounds_interactions_page_class_init (RoundsInteractionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_interactions_page_dispose;
  widget_class->root = rounds_interactions_page_root;
  widget_class->unroot = rounds_interactions_page_unroot;

  g_type_ensure (ROUNDS_TYPE_INTERACTION_FILTER);
  g_type_ensure (ROUNDS_TYPE_INTERACTION_LIST);
  g_type_ensure (ROUNDS_TYPE_SAVED_SEARCHES);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/interactions/interactions-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, title);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, banner);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, tools_clamp);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, search);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, type);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, list);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, filter);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, saved);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, filter_clamp);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, filter_label);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, select_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, selection_bar);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, selected_label);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, selecting_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_state);
  gtk_widget_class_bind_template_callback (widget_class, show_selected);
  gtk_widget_class_bind_template_callback (widget_class, continue_cb);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "page.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "page.select", NULL, select_action);
  gtk_widget_class_install_action (widget_class, "page.clear-filter", NULL, clear_filter_action);
  gtk_widget_class_install_action (widget_class, "selection.submit", NULL, selection_action);
  gtk_widget_class_install_action (widget_class, "selection.delete", NULL, selection_action);
  gtk_widget_class_install_action (widget_class, "selection.end", NULL, end_selection_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, GDK_NO_MODIFIER_MASK, "selection.end", NULL);
}

static void
rounds_interactions_page_init (RoundsInteractionsPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  rounds_toast_keep_above (GTK_WIDGET (self->selection_bar));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (search_key_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
  /* Typing anywhere on the page is searching. */
  gtk_search_entry_set_key_capture_widget (self->search, GTK_WIDGET (self));
}

/**
 * rounds_interactions_page_new:
 * @context: the application
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
rounds_interactions_page_new (RoundsAppContext *context)
{
  RoundsInteractionsPage *self = g_object_new (ROUNDS_TYPE_INTERACTIONS_PAGE, NULL);

  set_up (self, context);
  return GTK_WIDGET (self);
}
