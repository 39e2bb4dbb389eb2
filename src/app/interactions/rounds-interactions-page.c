/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-interactions-page.h"

#include <glib/gi18n-lib.h>

#include "export/rounds-export-dialog.h"
#include "forms/rounds-day-sections.h"
#include "forms/rounds-display.h"
#include "forms/rounds-lazy-rows.h"
#include "forms/rounds-list-place.h"
#include "forms/rounds-row-selection.h"
#include "forms/rounds-saved-searches.h"
#include "interactions/rounds-event-row.h"
#include "interactions/rounds-interaction-bulk.h"
#include "interactions/rounds-interaction-dialog.h"
#include "interactions/rounds-interaction-filter.h"
#include "rounds-amendment.h"
#include "rounds-record-list.h"

/* Less than half a row: the list view's own idea of the top is some pixels off once rows have got their heights. */
#define NEAR_TOP 24

/* At once: each is read and written, and one toast takes all of it back. */
#define MOST_SELECTED 1000

/* Of a day that has more, the first ones tell whether there is something to submit. */
#define MOST_OF_DAY 16

struct _RoundsInteractionsPage
{
  AdwBin parent_instance;

  RoundsAppContext *context;     /* (owned) */
  RoundsRecordList *records;     /* (owned) */
  GListModel *sections;          /* (owned): the same by day */
  RoundsRowSelection *selection; /* (owned) (nullable) while the user selects */
  RoundsLazyRows *rows;          /* (owned) */
  RoundsListPlace *place;        /* (owned) */
  GListModel *dialogs;           /* (owned) (nullable): those of the window, while it is in one */

  AdwWindowTitle *title;
  AdwBanner *banner;
  GtkWidget *tools_clamp;
  GtkSearchEntry *search;
  AdwToggleGroup *type;
  GtkStack *stack;
  GtkListView *list;
  RoundsInteractionFilter *filter;
  RoundsSavedSearches *saved;
  GtkWidget *filter_clamp;
  GtkLabel *filter_label;
  GtkToggleButton *select_button;
  GtkActionBar *selection_bar;
  GtkLabel *selected_label;

  char *words; /* (owned) (nullable) what the list was searched for last */
  char **hits; /* (owned) (nullable) its words as they are found */
};

G_DEFINE_FINAL_TYPE (RoundsInteractionsPage, rounds_interactions_page, ADW_TYPE_BIN)

enum
{
  PROP_CONTEXT = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

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
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->records));
  gboolean loading = rounds_record_list_is_loading (self->records);
  g_autofree char *count = NULL;

  /* Translators: how many interactions are listed; %'u has the locale's grouping. While only the first ones have been
   * read nothing is said. */
  if (n > 0 && !loading)
    count = g_strdup_printf (ngettext ("%'u interaction", "%'u interactions", n), n);
  if (n > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (!loading)
    gtk_stack_set_visible_child_name (self->stack, is_filtered (self) ? "nothing" : "empty");

  adw_window_title_set_subtitle (self->title, count != NULL ? count : "");
  gtk_widget_set_visible (self->tools_clamp, n > 0 || loading || is_filtered (self));
}

static void
items_changed_cb (RoundsInteractionsPage *self)
{
  if (rounds_list_place_get (self->place) < NEAR_TOP)
    rounds_list_place_hold_top (self->place);
  show_state (self);
}

static void
show_row (RoundsLazyBin *bin, gpointer item, gpointer data)
{
  RoundsInteractionsPage *self = data;

  if (adw_bin_get_child (ADW_BIN (bin)) == NULL)
    adw_bin_set_child (ADW_BIN (bin), rounds_event_row_new ());
  rounds_event_row_show (ROUNDS_EVENT_ROW (adw_bin_get_child (ADW_BIN (bin))),
                         rounds_app_context_get_store (self->context), gtk_list_item_get_item (item),
                         (const char *const *) self->hits);
  gtk_list_item_set_accessible_label (
    item, rounds_event_row_get_label (ROUNDS_EVENT_ROW (adw_bin_get_child (ADW_BIN (bin)))));
}

static void
set_words (RoundsInteractionsPage *self, const char *words)
{
  g_set_str (&self->words, words);
  g_clear_pointer (&self->hits, g_strfreev);
  if (*words != '\0')
    self->hits = rounds_search_words (words);
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

  if (self->records == NULL)
    return;
  show_filter (self);
  offer_to_keep (self);
  query = make_query (self);
  rounds_record_list_set_query (self->records, query);
}

/* The search also tells of changes that are none, and a new query begins at the list's top. */
static void
search_changed_cb (RoundsInteractionsPage *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (self->records == NULL || g_strcmp0 (words, self->words) == 0)
    return;
  set_words (self, words);
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
  set_words (self, words);
  gtk_editable_set_text (GTK_EDITABLE (self->search), words);
  filter_changed_cb (self);
}

static void
stop_search_cb (RoundsInteractionsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* From the search down to what it found, over whatever lies between. */
static gboolean
search_key_cb (RoundsInteractionsPage *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  return gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
activated_cb (RoundsInteractionsPage *self, guint position)
{
  g_autoptr (RoundsRecord) record = g_list_model_get_item (G_LIST_MODEL (self->records), position);

  if (record != NULL)
    rounds_app_context_open (self->context, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (record));
}

static void
continue_cb (RoundsInteractionsPage *self)
{
  g_autoptr (RoundsRecord) unfinished =
    rounds_interaction_dialog_find_unfinished (rounds_app_context_get_store (self->context));

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
  g_autoptr (RoundsRecord) unfinished =
    is_writing (self) ? NULL : rounds_interaction_dialog_find_unfinished (rounds_app_context_get_store (self->context));
  const char *name = NULL;
  g_autofree char *text = NULL;

  if (unfinished != NULL)
    {
      name = rounds_record_get_text (unfinished, ROUNDS_INTERACTION_HCP_NAME);
      /* Translators: %s is the name of whom the note is about. */
      text = name != NULL ? g_strdup_printf (_ ("Your note about %s is not finished."), name)
                          : g_strdup (_ ("You have a note that is not finished."));
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

static void
submit_day_cb (GtkButton *button, GtkListHeader *header)
{
  RoundsInteractionsPage *self =
    ROUNDS_INTERACTIONS_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (button), ROUNDS_TYPE_INTERACTIONS_PAGE));
  guint end = MIN (gtk_list_header_get_end (header), gtk_list_header_get_start (header) + MOST_SELECTED);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = gtk_list_header_get_start (header); i < end; i++)
    {
      gint64 key = rounds_record_list_get_key (self->records, i);

      g_array_append_val (keys, key);
    }
  rounds_interaction_bulk_submit (self->context, keys);
}

/* Only a day that has something to submit offers it. */
static gboolean
is_open_day (RoundsInteractionsPage *self, guint start, guint end)
{
  for (guint i = start; i < end && i < start + MOST_OF_DAY; i++)
    {
      g_autoptr (RoundsRecord) record = g_list_model_get_item (G_LIST_MODEL (self->records), i);

      if (record != NULL && !rounds_interaction_is_submitted (record))
        return TRUE;
    }
  return FALSE;
}

static GtkWidget *
make_header (GtkListHeader *header)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Submit Day"));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "rounds-heading-button");
  g_signal_connect_object (button, "clicked", G_CALLBACK (submit_day_cb), header, G_CONNECT_DEFAULT);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static void
show_header (RoundsLazyBin *bin, gpointer header, gpointer data)
{
  RoundsInteractionsPage *self = data;
  RoundsRecord *record = gtk_list_header_get_item (header);
  g_autofree char *day = rounds_display_long_day (rounds_record_get_integer (record, ROUNDS_INTERACTION_OCCURRED_AT));
  GtkWidget *box;

  if (self->records == NULL)
    return;
  if (adw_bin_get_child (ADW_BIN (bin)) == NULL)
    adw_bin_set_child (ADW_BIN (bin), make_header (header));
  box = adw_bin_get_child (ADW_BIN (bin));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), day);
  gtk_widget_set_visible (gtk_widget_get_last_child (box),
                          is_open_day (self, gtk_list_header_get_start (header), gtk_list_header_get_end (header)));
}

/* --- Selecting --- */

static guint
count_selected (RoundsInteractionsPage *self)
{
  return self->selection != NULL ? rounds_row_selection_get_size (self->selection) : 0;
}

static void
show_selected (RoundsInteractionsPage *self)
{
  guint n = count_selected (self);
  g_autofree char *text = NULL;

  if (n > MOST_SELECTED)
    /* Translators: both are numbers of interactions. */
    text = g_strdup_printf (_ ("%'u selected; %'u at most at once"), n, (guint) MOST_SELECTED);
  else
    text = g_strdup_printf (ngettext ("%'u selected", "%'u selected", n), n);
  gtk_label_set_text (self->selected_label, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "selection.submit", n > 0 && n <= MOST_SELECTED);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "selection.delete", n > 0 && n <= MOST_SELECTED);
}

/* Another model would begin at its top. */
static void
set_selecting (RoundsInteractionsPage *self, gboolean selecting)
{
  double place = rounds_list_place_get (self->place);
  g_autoptr (GtkSelectionModel) model = NULL;

  if (selecting == (self->selection != NULL))
    return;
  g_clear_object (&self->selection);
  if (selecting)
    {
      self->selection = rounds_row_selection_new (self->records, self->sections);
      g_signal_connect_object (self->selection, "changed", G_CALLBACK (show_selected), self, G_CONNECT_SWAPPED);
      model = g_object_ref (rounds_row_selection_get_model (self->selection));
    }
  else
    model = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (self->sections)));
  gtk_list_view_set_single_click_activate (self->list, !selecting);
  gtk_list_view_set_enable_rubberband (self->list, selecting);
  gtk_list_view_set_model (self->list, model);
  rounds_list_place_hold (self->place, place);
  gtk_action_bar_set_revealed (self->selection_bar, selecting);
  gtk_toggle_button_set_active (self->select_button, selecting);
  show_selected (self);
}

static void
selecting_toggled_cb (RoundsInteractionsPage *self)
{
  if (self->sections != NULL)
    set_selecting (self, gtk_toggle_button_get_active (self->select_button));
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsInteractionsPage *self = ROUNDS_INTERACTIONS_PAGE (widget);
  g_autoptr (RoundsQuery) all = rounds_query_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (GArray) keys = self->selection != NULL ? rounds_row_selection_get_keys (self->selection) : NULL;

  rounds_query_order_by (all, ROUNDS_INTERACTION_OCCURRED_AT, TRUE);
  rounds_export_present (widget, self->context, _ ("Interactions"), rounds_record_list_get_query (self->records),
                         is_filtered (self) ? all : NULL, keys);
}

static void
selection_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsInteractionsPage *self = ROUNDS_INTERACTIONS_PAGE (widget);
  g_autoptr (GArray) keys = NULL;

  if (self->selection == NULL)
    return;
  keys = rounds_row_selection_get_keys (self->selection);
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

  set_selecting (self, self->selection == NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
end_selection_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsInteractionsPage *self = ROUNDS_INTERACTIONS_PAGE (widget);

  if (self->selection == NULL)
    return;
  set_selecting (self, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
clear_filter_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_interaction_filter_clear (ROUNDS_INTERACTIONS_PAGE (widget)->filter);
}

static void
make_list (RoundsInteractionsPage *self)
{
  g_autoptr (RoundsLazyRows) headings = rounds_lazy_rows_new (show_header, G_OBJECT (self));
  g_autoptr (GtkListItemFactory) rows = NULL;
  g_autoptr (GtkListItemFactory) headers = rounds_lazy_rows_make_factory (headings);
  g_autoptr (GtkNoSelection) selection = NULL;
  g_autoptr (RoundsQuery) query = make_query (self);

  self->words = g_strdup ("");
  self->records = rounds_record_list_new (rounds_app_context_get_store (self->context), query);
  self->sections =
    G_LIST_MODEL (rounds_day_sections_new (G_LIST_MODEL (self->records), ROUNDS_INTERACTION_OCCURRED_AT));
  selection = gtk_no_selection_new (g_object_ref (self->sections));

  self->place = rounds_list_place_new (GTK_WIDGET (self->list), self->records);
  self->rows = rounds_lazy_rows_new (show_row, G_OBJECT (self));
  rows = rounds_lazy_rows_make_factory (self->rows);
  gtk_list_view_set_factory (self->list, rows);
  gtk_list_view_set_header_factory (self->list, headers);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));

  g_signal_connect_object (self->records, "notify::loading", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->records, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  /* Rows that stay where they are may have other hits. */
  g_signal_connect_object (self->records, "answered", G_CALLBACK (rounds_lazy_rows_show_again), self->rows,
                           G_CONNECT_SWAPPED);
  rounds_list_place_hold_top (self->place);
  show_state (self);
  show_selected (self);
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
rounds_interactions_page_constructed (GObject *object)
{
  RoundsInteractionsPage *self = ROUNDS_INTERACTIONS_PAGE (object);

  G_OBJECT_CLASS (rounds_interactions_page_parent_class)->constructed (object);

  rounds_interaction_filter_set_up (self->filter, self->context);
  rounds_saved_searches_set_up (self->saved, self->context, "interactions");
  make_list (self);
  g_signal_connect_object (rounds_app_context_get_store (self->context), "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
rounds_interactions_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CONTEXT:
      ROUNDS_INTERACTIONS_PAGE (object)->context = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_interactions_page_dispose (GObject *object)
{
  RoundsInteractionsPage *self = ROUNDS_INTERACTIONS_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_INTERACTIONS_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->sections);
  g_clear_object (&self->records);
  g_clear_object (&self->context);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->hits, g_strfreev);
  g_clear_object (&self->rows);
  g_clear_object (&self->place);

  G_OBJECT_CLASS (rounds_interactions_page_parent_class)->dispose (object);
}

static void
rounds_interactions_page_class_init (RoundsInteractionsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = rounds_interactions_page_constructed;
  object_class->set_property = rounds_interactions_page_set_property;
  object_class->dispose = rounds_interactions_page_dispose;
  widget_class->root = rounds_interactions_page_root;
  widget_class->unroot = rounds_interactions_page_unroot;

  props[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, ROUNDS_TYPE_APP_CONTEXT,
                                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  g_type_ensure (ROUNDS_TYPE_INTERACTION_FILTER);
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
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, continue_cb);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "page.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "page.select", NULL, select_action);
  gtk_widget_class_install_action (widget_class, "page.clear-filter", NULL, clear_filter_action);
  gtk_widget_class_install_action (widget_class, "selection.submit", NULL, selection_action);
  gtk_widget_class_install_action (widget_class, "selection.delete", NULL, selection_action);
  gtk_widget_class_install_action (widget_class, "selection.end", NULL, end_selection_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "page.select", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, GDK_NO_MODIFIER_MASK, "selection.end", NULL);
}

static void
rounds_interactions_page_init (RoundsInteractionsPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
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
  return g_object_new (ROUNDS_TYPE_INTERACTIONS_PAGE, "context", context, NULL);
}
