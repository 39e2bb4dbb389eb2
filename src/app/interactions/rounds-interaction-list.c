/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-interaction-list.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-day-sections.h"
#include "forms/rounds-display.h"
#include "forms/rounds-lazy-rows.h"
#include "forms/rounds-list-place.h"
#include "forms/rounds-row-selection.h"
#include "interactions/rounds-event-row.h"
#include "interactions/rounds-interaction-bulk.h"
#include "rounds-amendment.h"
#include "rounds-record-list.h"

/* Less than half a row: the list view's own idea of the top is some pixels off once rows have got their heights. */
#define NEAR_TOP 24

/* Of a day that has more, the first ones tell whether there is something to submit. */
#define MOST_OF_DAY 16

struct _RoundsInteractionList
{
  AdwBin parent_instance;

  RoundsAppContext *context;     /* (owned) (nullable) until it is set up */
  RoundsRecordList *records;     /* (owned) (nullable) the same */
  GListModel *sections;          /* (owned) (nullable) the same: by day */
  RoundsLazyRows *rows;          /* (owned) (nullable) the same */
  RoundsListPlace *place;        /* (owned) (nullable) the same */
  RoundsRowSelection *selection; /* (owned) (nullable) while the user selects */
  char **words;                  /* (owned) (nullable) what is searched for, as it is found */

  GtkListView *list;
};

G_DEFINE_FINAL_TYPE (RoundsInteractionList, rounds_interaction_list, ADW_TYPE_BIN)

enum
{
  SIGNAL_ROWS_CHANGED,
  SIGNAL_SELECTION_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
tell_rows_changed (RoundsInteractionList *self)
{
  g_signal_emit (self, signals[SIGNAL_ROWS_CHANGED], 0);
}

static void
items_changed_cb (RoundsInteractionList *self)
{
  if (rounds_list_place_get (self->place) < NEAR_TOP)
    rounds_list_place_hold_top (self->place);
  tell_rows_changed (self);
}

static void
tell_selection_changed (RoundsInteractionList *self)
{
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

static void
activated_cb (RoundsInteractionList *self, guint position)
{
  g_autoptr (RoundsRecord) record = g_list_model_get_item (G_LIST_MODEL (self->records), position);

  if (record != NULL)
    rounds_app_context_open (self->context, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (record));
}

/* Rows */

static void
row_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, GtkListItem *item)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *list = gtk_widget_get_ancestor (row, ROUNDS_TYPE_INTERACTION_LIST);

  if (rounds_interaction_list_get_selecting (ROUNDS_INTERACTION_LIST (list)))
    rounds_row_selection_click (gesture, item);
}

static GtkWidget *
make_row (GtkListItem *item)
{
  GtkWidget *row = rounds_event_row_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_object_bind_property (item, "selected", rounds_event_row_get_check (ROUNDS_EVENT_ROW (row)), "active",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (row_pressed_cb), item, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  g_object_set_data (G_OBJECT (row), "item", item); /* which has the row, and lives as long */
  return row;
}

/* When selecting begins or ends the list has another model, and all rows are shown again. */
static void
show_row (RoundsLazyBin *bin, gpointer item, gpointer data)
{
  RoundsInteractionList *self = data;
  RoundsEventRow *row;

  if (adw_bin_get_child (ADW_BIN (bin)) == NULL)
    adw_bin_set_child (ADW_BIN (bin), make_row (item));
  row = ROUNDS_EVENT_ROW (adw_bin_get_child (ADW_BIN (bin)));
  rounds_event_row_show (row, rounds_app_context_get_store (self->context), gtk_list_item_get_item (item),
                         (const char *const *) self->words);
  gtk_widget_set_visible (rounds_event_row_get_check (row), self->selection != NULL);
  gtk_list_item_set_accessible_label (item, rounds_event_row_get_label (row));
}

/* Days */

static void
submit_range (RoundsInteractionList *self, guint start, guint end)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = start; i < MIN (end, start + ROUNDS_INTERACTIONS_AT_ONCE); i++)
    {
      gint64 key = rounds_record_list_get_key (self->records, i);

      g_array_append_val (keys, key);
    }
  rounds_interaction_bulk_submit (self->context, keys);
}

static void
submit_day_cb (GtkButton *button, GtkListHeader *header)
{
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (button), ROUNDS_TYPE_INTERACTION_LIST);

  submit_range (ROUNDS_INTERACTION_LIST (list), gtk_list_header_get_start (header), gtk_list_header_get_end (header));
}

/* The list item of the row that has the focus. */
static GtkListItem *
get_focused_item (RoundsInteractionList *self)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  while (row != NULL && !ROUNDS_IS_EVENT_ROW (row))
    row = gtk_widget_get_first_child (row);
  return row != NULL ? g_object_get_data (G_OBJECT (row), "item") : NULL;
}

/* By keyboard one gets to the rows, not to the headings: it is the day of the row that one is at. */
static void
submit_focused_day (GtkWidget *widget, const char *action_name, GVariant *parameter)
{
  RoundsInteractionList *self = ROUNDS_INTERACTION_LIST (widget);
  GtkListItem *item = get_focused_item (self);
  guint start, end;

  if (item == NULL || gtk_list_item_get_position (item) == GTK_INVALID_LIST_POSITION)
    return;
  gtk_section_model_get_section (GTK_SECTION_MODEL (self->sections), gtk_list_item_get_position (item), &start, &end);
  submit_range (self, start, end);
}

/* Only a day that has something to submit offers it. */
static gboolean
is_open_day (RoundsInteractionList *self, guint start, guint end)
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
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Submit Day"));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_set_tooltip_text (button, _ ("Submit What Is Listed on This Day (Ctrl+Shift+S)"));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "caption");
  gtk_widget_add_css_class (button, "rounds-heading-button");
  g_signal_connect_object (button, "clicked", G_CALLBACK (submit_day_cb), header, G_CONNECT_DEFAULT);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  return box;
}

static void
show_header (RoundsLazyBin *bin, gpointer header, gpointer data)
{
  RoundsInteractionList *self = data;
  RoundsRecord *record = gtk_list_header_get_item (header);
  g_autofree char *day = rounds_display_long_day (rounds_record_get_integer (record, ROUNDS_INTERACTION_OCCURRED_AT));
  g_autofree char *name = NULL;
  GtkWidget *box;

  if (self->records == NULL)
    return;
  if (adw_bin_get_child (ADW_BIN (bin)) == NULL)
    adw_bin_set_child (ADW_BIN (bin), make_header (header));
  box = adw_bin_get_child (ADW_BIN (bin));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_first_child (box)), day);
  /* Translators: what a button beside a day does, for a screen reader; %s is the day. */
  name = g_strdup_printf (_ ("Submit Day: %s"), day);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_last_child (box)), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  gtk_widget_set_visible (gtk_widget_get_last_child (box),
                          is_open_day (self, gtk_list_header_get_start (header), gtk_list_header_get_end (header)));
}

static void
rounds_interaction_list_dispose (GObject *object)
{
  RoundsInteractionList *self = ROUNDS_INTERACTION_LIST (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_INTERACTION_LIST);
  g_clear_object (&self->selection);
  g_clear_object (&self->sections);
  g_clear_object (&self->records);
  g_clear_object (&self->context);
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_object (&self->rows);
  g_clear_object (&self->place);

  G_OBJECT_CLASS (rounds_interaction_list_parent_class)->dispose (object);
}

static void
rounds_interaction_list_class_init (RoundsInteractionListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_interaction_list_dispose;

  signals[SIGNAL_ROWS_CHANGED] =
    g_signal_new ("rows-changed", ROUNDS_TYPE_INTERACTION_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SELECTION_CHANGED] = g_signal_new ("selection-changed", ROUNDS_TYPE_INTERACTION_LIST,
                                                    G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/interactions/interaction-list.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionList, list);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_install_action (widget_class, "interactions.submit-day", NULL, submit_focused_day);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "interactions.submit-day", NULL);
}

static void
rounds_interaction_list_init (RoundsInteractionList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_interaction_list_set_up:
 * @context: the application
 * @query: what is listed: interactions, the last first
 *
 * To be called once.
 */
void
rounds_interaction_list_set_up (RoundsInteractionList *self, RoundsAppContext *context, RoundsQuery *query)
{
  g_autoptr (RoundsLazyRows) headings = rounds_lazy_rows_new (show_header, G_OBJECT (self));
  g_autoptr (GtkListItemFactory) rows = NULL;
  g_autoptr (GtkListItemFactory) headers = rounds_lazy_rows_make_factory (headings);
  g_autoptr (GtkNoSelection) selection = NULL;

  self->context = g_object_ref (context);
  self->records = rounds_record_list_new (rounds_app_context_get_store (context), query);
  self->sections =
    G_LIST_MODEL (rounds_day_sections_new (G_LIST_MODEL (self->records), ROUNDS_INTERACTION_OCCURRED_AT));
  selection = gtk_no_selection_new (g_object_ref (self->sections));

  self->place = rounds_list_place_new (GTK_WIDGET (self->list), self->records);
  self->rows = rounds_lazy_rows_new (show_row, G_OBJECT (self));
  rows = rounds_lazy_rows_make_factory (self->rows);
  gtk_list_view_set_factory (self->list, rows);
  gtk_list_view_set_header_factory (self->list, headers);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));

  g_signal_connect_object (self->records, "notify::loading", G_CALLBACK (tell_rows_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->records, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  /* Rows that stay where they are may have other hits. */
  g_signal_connect_object (self->records, "answered", G_CALLBACK (rounds_lazy_rows_show_again), self->rows,
                           G_CONNECT_SWAPPED);
  rounds_list_place_hold_top (self->place);
}

/**
 * rounds_interaction_list_set_query:
 * @query: what is listed from now on
 * @words: what it is searched for, which rows point out; "" for nothing
 */
void
rounds_interaction_list_set_query (RoundsInteractionList *self, RoundsQuery *query, const char *words)
{
  g_clear_pointer (&self->words, g_strfreev);
  if (*words != '\0')
    self->words = rounds_search_words (words);
  rounds_record_list_set_query (self->records, query);
}

/** rounds_interaction_list_get_query: Returns: (transfer none): what is listed. */
RoundsQuery *
rounds_interaction_list_get_query (RoundsInteractionList *self)
{
  return rounds_record_list_get_query (self->records);
}

/** rounds_interaction_list_get_n_rows: how many interactions are listed so far. */
guint
rounds_interaction_list_get_n_rows (RoundsInteractionList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->records));
}

/** rounds_interaction_list_is_loading: whether rows of the query are still missing. */
gboolean
rounds_interaction_list_is_loading (RoundsInteractionList *self)
{
  return rounds_record_list_is_loading (self->records);
}

/** rounds_interaction_list_focus: the keyboard goes to the list, where it was last. */
void
rounds_interaction_list_focus (RoundsInteractionList *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/** rounds_interaction_list_focus_first: the same from above. Returns: whether there is a row to go to. */
gboolean
rounds_interaction_list_focus_first (RoundsInteractionList *self)
{
  return gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

/**
 * rounds_interaction_list_set_selecting:
 * @selecting: whether rows are selected, rather than opened, by a click; without it none are
 */
void
rounds_interaction_list_set_selecting (RoundsInteractionList *self, gboolean selecting)
{
  double place = rounds_list_place_get (self->place);
  g_autoptr (GtkSelectionModel) model = NULL;

  if (selecting == (self->selection != NULL))
    return;
  g_clear_object (&self->selection);
  if (selecting)
    {
      self->selection = rounds_row_selection_new (self->records, self->sections);
      g_signal_connect_object (self->selection, "changed", G_CALLBACK (tell_selection_changed), self,
                               G_CONNECT_SWAPPED);
      model = g_object_ref (rounds_row_selection_get_model (self->selection));
    }
  else
    model = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (self->sections)));
  gtk_list_view_set_single_click_activate (self->list, !selecting);
  gtk_list_view_set_enable_rubberband (self->list, selecting);
  gtk_list_view_set_model (self->list, model);
  rounds_list_place_hold (self->place, place); /* another model would begin at its top */
}

/** rounds_interaction_list_get_selecting: whether rows are selected by a click. */
gboolean
rounds_interaction_list_get_selecting (RoundsInteractionList *self)
{
  return self->selection != NULL;
}

/** rounds_interaction_list_count_selected: how many rows are selected. */
guint
rounds_interaction_list_count_selected (RoundsInteractionList *self)
{
  return self->selection != NULL ? rounds_row_selection_get_size (self->selection) : 0;
}

/**
 * rounds_interaction_list_get_selected:
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the keys of the rows that are selected; %NULL while none
 *   can be
 */
GArray *
rounds_interaction_list_get_selected (RoundsInteractionList *self)
{
  return self->selection != NULL ? rounds_row_selection_get_keys (self->selection) : NULL;
}
