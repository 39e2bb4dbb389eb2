/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-interactions-page.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-day-sections.h"
#include "forms/rounds-display.h"
#include "interactions/rounds-event-row.h"
#include "interactions/rounds-interaction-dialog.h"
#include "rounds-record-list.h"

/* Less than half a row: the list view's own idea of the top is some pixels off once rows have got their heights. */
#define NEAR_TOP 24

struct _RoundsInteractionsPage
{
  AdwBin parent_instance;

  RoundsAppContext *context; /* (owned) */
  RoundsRecordList *records; /* (owned) */

  AdwWindowTitle *title;
  AdwBanner *banner;
  GtkWidget *tools_clamp;
  GtkSearchEntry *search;
  AdwToggleGroup *type;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkListView *list;

  char *words;      /* (owned) (nullable) what the list was searched for last */
  const char *kind; /* (nullable) and filtered by */
  guint frames;     /* for so many frames the list stays at its top */
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
  return *gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0'
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
  return rounds_query_order_by (query, ROUNDS_INTERACTION_OCCURRED_AT, TRUE);
}

static void
show_state (RoundsInteractionsPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->records));
  gboolean loading = rounds_record_list_is_loading (self->records);
  g_autofree char *count = NULL;

  if (n > 0)
    {
      /* Translators: how many interactions are listed; %'u has the locale's grouping. */
      count = g_strdup_printf (ngettext ("%'u interaction", "%'u interactions", n), n);
      gtk_stack_set_visible_child_name (self->stack, "list");
    }
  else if (!loading)
    gtk_stack_set_visible_child_name (self->stack, is_filtered (self) ? "nothing" : "empty");

  adw_window_title_set_subtitle (self->title, count != NULL ? count : "");
  gtk_widget_set_visible (self->tools_clamp, n > 0 || loading || is_filtered (self));
}

static gboolean
stay_at_top_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  RoundsInteractionsPage *self = ROUNDS_INTERACTIONS_PAGE (widget);

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  return --self->frames > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/* A list view holds on to the first row that it shows. That is right in the middle of a list; at its top it would hide
 * the day above that row, and the row that was just logged. */
static void
stay_at_top (RoundsInteractionsPage *self)
{
  if (self->frames == 0)
    gtk_widget_add_tick_callback (GTK_WIDGET (self), stay_at_top_cb, NULL, NULL);
  self->frames = 3;
}

static void
items_changed_cb (RoundsInteractionsPage *self)
{
  if (gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller)) < NEAR_TOP)
    stay_at_top (self);
  show_state (self);
}

static void
filter_changed_cb (RoundsInteractionsPage *self)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));
  const char *kind = g_intern_string (adw_toggle_group_get_active_name (self->type));
  g_autoptr (RoundsQuery) query = NULL;

  /* The search also tells of changes that are none, and a new query begins at the list's top. */
  if (self->records == NULL || (g_strcmp0 (words, self->words) == 0 && kind == self->kind))
    return;
  g_set_str (&self->words, words);
  self->kind = kind;
  query = make_query (self);
  rounds_record_list_set_query (self->records, query);
}

static void
stop_search_cb (RoundsInteractionsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
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

static void
show_unfinished (RoundsInteractionsPage *self)
{
  g_autoptr (RoundsRecord) unfinished =
    rounds_interaction_dialog_find_unfinished (rounds_app_context_get_store (self->context));
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

static void
store_changed_cb (RoundsInteractionsPage *self, int entity)
{
  if (entity == ROUNDS_ENTITY_DRAFT)
    show_unfinished (self);
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, rounds_event_row_new ());
}

static void
bind_row_cb (RoundsInteractionsPage *self, GtkListItem *item)
{
  RoundsEventRow *row = ROUNDS_EVENT_ROW (gtk_list_item_get_child (item));

  rounds_event_row_show (row, rounds_app_context_get_store (self->context), gtk_list_item_get_item (item), FALSE);
  gtk_list_item_set_accessible_label (item, rounds_event_row_get_label (row));
}

static void
setup_header_cb (GtkSignalListItemFactory *factory, GtkListHeader *header)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  gtk_list_header_set_child (header, label);
}

static void
bind_header_cb (GtkSignalListItemFactory *factory, GtkListHeader *header)
{
  RoundsRecord *record = gtk_list_header_get_item (header);
  g_autofree char *day = rounds_display_long_day (rounds_record_get_integer (record, ROUNDS_INTERACTION_OCCURRED_AT));

  gtk_label_set_text (GTK_LABEL (gtk_list_header_get_child (header)), day);
}

static void
make_list (RoundsInteractionsPage *self)
{
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) headers = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkNoSelection) selection = NULL;
  g_autoptr (RoundsQuery) query = make_query (self);

  self->words = g_strdup ("");
  self->kind = g_intern_string (adw_toggle_group_get_active_name (self->type));
  self->records = rounds_record_list_new (rounds_app_context_get_store (self->context), query);
  selection = gtk_no_selection_new (
    G_LIST_MODEL (rounds_day_sections_new (G_LIST_MODEL (self->records), ROUNDS_INTERACTION_OCCURRED_AT)));

  g_signal_connect (rows, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect_object (rows, "bind", G_CALLBACK (bind_row_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (headers, "setup", G_CALLBACK (setup_header_cb), NULL);
  g_signal_connect (headers, "bind", G_CALLBACK (bind_header_cb), NULL);
  gtk_list_view_set_factory (self->list, rows);
  gtk_list_view_set_header_factory (self->list, headers);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));

  g_signal_connect_object (self->records, "notify::loading", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->records, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  stay_at_top (self);
  show_state (self);
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

  make_list (self);
  show_unfinished (self);
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
  g_clear_object (&self->records);
  g_clear_object (&self->context);
  g_clear_pointer (&self->words, g_free);

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

  props[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, ROUNDS_TYPE_APP_CONTEXT,
                                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/interactions/interactions-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, title);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, banner);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, tools_clamp);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, search);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, type);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionsPage, list);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, continue_cb);
  gtk_widget_class_install_action (widget_class, "page.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_action);
}

static void
rounds_interactions_page_init (RoundsInteractionsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
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
