/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contact-list.h"

#include <glib/gi18n-lib.h>

#include "contacts/rounds-contact-columns.h"
#include "contacts/rounds-contact-row.h"
#include "contacts/rounds-letter-sections.h"
#include "forms/rounds-hit-marks.h"
#include "forms/rounds-list-place.h"
#include "forms/rounds-row-selection.h"
#include "rounds-record-list.h"
#include "rounds-time.h"

/* What a row tells of other records is shown anew this long after they changed: a pull changes many. */
#define REFRESH_MS 250

struct _RoundsContactList
{
  AdwBin parent_instance;

  RoundsAppContext *context;      /* (owned) (nullable) until it is set up */
  RoundsContactFilter *filter;    /* (owned) (nullable) the same */
  RoundsRecordList *contacts;     /* (owned) (nullable) the same */
  RoundsRowSelection *selection;  /* (owned) (nullable) the same */
  RoundsLetterSections *sections; /* (owned) (nullable) the same */
  GtkListItemFactory *headers;    /* (owned) (nullable) the same */
  GStrv words;                    /* (owned) (nullable) what is searched for */
  RoundsListPlace *place;         /* (owned) (nullable) the same */
  RoundsListPlace *column_place;  /* (owned) (nullable) until columns are shown */
  RoundsLazyRows *rows;           /* (owned) */
  RoundsLazyRows *cells;          /* (owned): those of the columns */
  gboolean selecting;
  gboolean as_columns;
  gboolean is_ordering; /* the titles are told the order */
  guint refresh;        /* source id: what rows tell is to be read again */

  GtkStack *stack;
  GtkListView *list;
  GtkScrolledWindow *column_scroller;
  GtkColumnView *columns; /* (nullable) until they are shown */
};

G_DEFINE_FINAL_TYPE (RoundsContactList, rounds_contact_list, ADW_TYPE_BIN)

enum
{
  PROP_SELECTING = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

enum
{
  SIGNAL_OPENED,
  SIGNAL_ROWS_CHANGED,
  SIGNAL_SELECTION_CHANGED,
  SIGNAL_ORDER_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static RoundsStore *
get_store (RoundsContactList *self)
{
  return rounds_app_context_get_store (self->context);
}

static const char *const *
get_words (RoundsContactList *self)
{
  return (const char *const *) self->words;
}

/* Selecting */

static void
activated_cb (RoundsContactList *self, guint position)
{
  g_autoptr (RoundsRecord) contact = g_list_model_get_item (G_LIST_MODEL (self->contacts), position);

  if (contact != NULL && !self->selecting)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, contact);
}

static void
row_pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, GtkListItem *item)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  RoundsContactList *self = ROUNDS_CONTACT_LIST (gtk_widget_get_ancestor (row, ROUNDS_TYPE_CONTACT_LIST));

  if (self->selecting)
    rounds_row_selection_click (gesture, item);
}

/* Otherwise a click opens a contact at once, also the one that is marked already. (single-click-activate would do that
 * too, but mark whatever the pointer passes.) */
static void
row_released_cb (GtkGestureClick *gesture, int n_press, double x, double y, GtkListItem *item)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  if ((state & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) == 0)
    gtk_widget_activate_action (row, "list.activate-item", "u", gtk_list_item_get_position (item));
}

static void
selection_changed_cb (RoundsContactList *self)
{
  g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
}

/* Rows */

static void
add_clicks (GtkWidget *row, GtkListItem *item)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_object (click, "pressed", G_CALLBACK (row_pressed_cb), item, G_CONNECT_DEFAULT);
  g_signal_connect_object (click, "released", G_CALLBACK (row_released_cb), item, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
}

static void
show_row (RoundsLazyBin *bin, gpointer item, gpointer data)
{
  RoundsContactList *self = data;
  RoundsRecord *contact = rounds_list_row_get_record (gtk_list_item_get_item (item));
  GtkWidget *row = adw_bin_get_child (ADW_BIN (bin));

  if (row == NULL)
    {
      row = rounds_contact_row_new ();
      g_object_bind_property (item, "selected", row, "selected", G_BINDING_SYNC_CREATE);
      g_object_bind_property (self, "selecting", row, "selecting", G_BINDING_SYNC_CREATE);
      add_clicks (row, item);
      adw_bin_set_child (ADW_BIN (bin), row);
    }
  rounds_contact_content_forget (contact);
  rounds_contact_row_show (ROUNDS_CONTACT_ROW (row), get_store (self), contact, get_words (self));
  gtk_list_item_set_accessible_label (item, rounds_contact_row_get_name (ROUNDS_CONTACT_ROW (row)));
}

static void
setup_header_cb (GtkSignalListItemFactory *factory, GtkListHeader *header)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_list_header_set_child (header, label);
}

static void
bind_header_cb (RoundsContactList *self, GtkListHeader *header)
{
  g_autofree char *title = rounds_letter_sections_get_title (self->sections, gtk_list_header_get_start (header));

  gtk_label_set_text (GTK_LABEL (gtk_list_header_get_child (header)), title);
}

/* Cells */

static GtkWidget *
make_text (void)
{
  GtkWidget *text = rounds_row_text_new ();

  gtk_widget_set_hexpand (text, TRUE);
  return text;
}

/* The first column has the box that selects. */
static GtkWidget *
make_name_cell (RoundsContactList *self, GtkListItem *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_can_target (check, FALSE);
  gtk_widget_set_can_focus (check, FALSE);
  g_object_bind_property (item, "selected", check, "active", G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "selecting", check, "visible", G_BINDING_SYNC_CREATE);
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), make_text ());
  return box;
}

static void
show_cell (RoundsLazyBin *bin, gpointer item, gpointer data)
{
  RoundsContactList *self = data;
  RoundsRecord *contact = rounds_list_row_get_record (gtk_list_item_get_item (item));
  RoundsContactColumn column = rounds_contact_columns_get_column (item);
  GtkWidget *cell = adw_bin_get_child (ADW_BIN (bin));
  g_autofree char *text = NULL;

  if (cell == NULL)
    {
      cell = column == ROUNDS_COLUMN_NAME ? make_name_cell (self, item) : make_text ();
      add_clicks (cell, item);
      adw_bin_set_child (ADW_BIN (bin), cell);
    }
  if (column == ROUNDS_COLUMN_NAME) /* the first one that is shown */
    {
      rounds_contact_content_forget (contact);
      cell = gtk_widget_get_last_child (cell);
    }
  text = rounds_contact_content_get (get_store (self), contact, column);
  rounds_hit_marks_show_in_row (ROUNDS_ROW_TEXT (cell), text, get_words (self));
}

/* What the rows tell of other records, read again */

static void
show_items_again (RoundsContactList *self)
{
  rounds_lazy_rows_show_again (self->rows);
  rounds_lazy_rows_show_again (self->cells);
}

static gboolean
refresh_cb (gpointer data)
{
  RoundsContactList *self = data;

  self->refresh = 0;
  show_items_again (self);
  if (self->filter->words != NULL || rounds_contact_filter_is_set (self->filter)
      || self->filter->order != ROUNDS_CONTACTS_BY_NAME)
    rounds_record_list_refresh (self->contacts);
  return G_SOURCE_REMOVE;
}

/* People and organisations themselves are the model's. */
static void
store_changed_cb (RoundsContactList *self, int entity)
{
  switch (entity)
    {
    case ROUNDS_ENTITY_PHYSICIAN:
    case ROUNDS_ENTITY_SPECIALIZATION:
    case ROUNDS_ENTITY_PERSON_ROLE:
    case ROUNDS_ENTITY_AFFILIATION:
    case ROUNDS_ENTITY_ORGANISATION:
    case ROUNDS_ENTITY_ADDRESS:
    case ROUNDS_ENTITY_TERRITORY:
    case ROUNDS_ENTITY_CONSENT:
    case ROUNDS_ENTITY_INTERACTION:
    case ROUNDS_ENTITY_INTERACTION_ATTENDEE:
      if (self->refresh == 0)
        self->refresh = g_timeout_add (REFRESH_MS, refresh_cb, self);
      break;
    default:
      break;
    }
}

/* Showing */

static void
show_state (RoundsContactList *self)
{
  if (rounds_contact_list_get_n_rows (self) > 0)
    gtk_stack_set_visible_child_name (self->stack, self->as_columns ? "columns" : "list");
  else if (!rounds_contact_list_is_loading (self))
    gtk_stack_set_visible_child_name (self->stack, "nothing");
  g_signal_emit (self, signals[SIGNAL_ROWS_CHANGED], 0);
}

static void
order_clicked_cb (RoundsContactList *self)
{
  RoundsContactOrder order;
  gboolean descending;

  if (self->is_ordering || !rounds_contact_columns_get_order (self->columns, &order, &descending)
      || (order == self->filter->order && descending == self->filter->descending))
    return;
  /* Whom one saw last is what one asks for first. */
  if (order != self->filter->order)
    descending = order == ROUNDS_CONTACTS_BY_LAST_SEEN;
  g_signal_emit (self, signals[SIGNAL_ORDER_CHANGED], 0, (int) order, descending);
}

static void
show_order (RoundsContactList *self)
{
  gboolean in_sections = self->filter->words != NULL || self->filter->order == ROUNDS_CONTACTS_BY_NAME;

  gtk_list_view_set_header_factory (self->list, in_sections ? self->headers : NULL);
  if (self->columns == NULL)
    return;
  self->is_ordering = TRUE;
  rounds_contact_columns_set_order (self->columns, self->filter);
  self->is_ordering = FALSE;
}

static void
make_columns (RoundsContactList *self)
{
  self->columns = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_tab_behavior (self->columns, GTK_LIST_TAB_ITEM);
  gtk_widget_add_css_class (GTK_WIDGET (self->columns), "rounds-contact-columns");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->columns), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Contacts"), -1);
  rounds_contact_columns_add (self->columns, self->context, self->cells);
  self->column_place = rounds_list_place_new (GTK_WIDGET (self->columns), self->contacts);
  gtk_scrolled_window_set_child (self->column_scroller, GTK_WIDGET (self->columns));
  show_order (self);
  g_signal_connect_swapped (self->columns, "activate", G_CALLBACK (activated_cb), self);
  g_signal_connect_object (gtk_column_view_get_sorter (self->columns), "changed", G_CALLBACK (order_clicked_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
rounds_contact_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SELECTING:
      g_value_set_boolean (value, ROUNDS_CONTACT_LIST (object)->selecting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_contact_list_dispose (GObject *object)
{
  RoundsContactList *self = ROUNDS_CONTACT_LIST (object);

  g_clear_handle_id (&self->refresh, g_source_remove);
  g_clear_object (&self->place);
  g_clear_object (&self->column_place);
  g_clear_object (&self->headers);
  g_clear_object (&self->selection);
  g_clear_object (&self->sections);
  g_clear_object (&self->contacts);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_contact_list_parent_class)->dispose (object);
}

static void
rounds_contact_list_finalize (GObject *object)
{
  RoundsContactList *self = ROUNDS_CONTACT_LIST (object);

  g_clear_pointer (&self->filter, rounds_contact_filter_free);
  g_clear_pointer (&self->words, g_strfreev);
  g_clear_object (&self->rows);
  g_clear_object (&self->cells);

  G_OBJECT_CLASS (rounds_contact_list_parent_class)->finalize (object);
}

static void
rounds_contact_list_class_init (RoundsContactListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rounds_contact_list_get_property;
  object_class->dispose = rounds_contact_list_dispose;
  object_class->finalize = rounds_contact_list_finalize;

  props[PROP_SELECTING] =
    g_param_spec_boolean ("selecting", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[SIGNAL_OPENED] = g_signal_new ("opened", ROUNDS_TYPE_CONTACT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, ROUNDS_TYPE_RECORD);
  signals[SIGNAL_ROWS_CHANGED] =
    g_signal_new ("rows-changed", ROUNDS_TYPE_CONTACT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SELECTION_CHANGED] = g_signal_new ("selection-changed", ROUNDS_TYPE_CONTACT_LIST, G_SIGNAL_RUN_LAST, 0,
                                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ORDER_CHANGED] = g_signal_new ("order-changed", ROUNDS_TYPE_CONTACT_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_BOOLEAN);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/contacts/contact-list.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsContactList, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactList, list);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactList, column_scroller);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
rounds_contact_list_init (RoundsContactList *self)
{
  self->rows = rounds_lazy_rows_new (show_row, G_OBJECT (self));
  self->cells = rounds_lazy_rows_new (show_cell, G_OBJECT (self));
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
take_filter (RoundsContactList *self, const RoundsContactFilter *filter)
{
  g_clear_pointer (&self->filter, rounds_contact_filter_free);
  self->filter = rounds_contact_filter_copy (filter);
  g_clear_pointer (&self->words, g_strfreev);
  if (filter->words != NULL)
    self->words = rounds_search_words (filter->words);
}

static void
make_model (RoundsContactList *self)
{
  g_autoptr (RoundsQuery) query = rounds_contact_filter_to_query (self->filter, rounds_time_now ());

  self->contacts = rounds_record_list_new (get_store (self), query);
  self->place = rounds_list_place_new (GTK_WIDGET (self->list), self->contacts);
  self->sections = rounds_letter_sections_new (self->contacts);
  self->selection = rounds_row_selection_new (self->contacts, G_LIST_MODEL (self->sections));
  g_signal_connect_object (self->selection, "changed", G_CALLBACK (selection_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->contacts, "notify::loading", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->contacts, "items-changed", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  /* Rows that stay where they are may have other hits. */
  g_signal_connect_object (self->contacts, "answered", G_CALLBACK (show_items_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_store (self), "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * rounds_contact_list_set_up:
 * @self: a list that a template has made
 * @context: the application
 * @filter: what it shows first
 */
void
rounds_contact_list_set_up (RoundsContactList *self, RoundsAppContext *context, const RoundsContactFilter *filter)
{
  g_autoptr (GtkListItemFactory) rows = rounds_lazy_rows_make_factory (self->rows);

  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  take_filter (self, filter);
  make_model (self);
  self->headers = gtk_signal_list_item_factory_new ();
  g_signal_connect (self->headers, "setup", G_CALLBACK (setup_header_cb), NULL);
  g_signal_connect_object (self->headers, "bind", G_CALLBACK (bind_header_cb), self, G_CONNECT_SWAPPED);
  show_order (self);
  gtk_list_view_set_factory (self->list, rows);
  gtk_list_view_set_model (self->list, rounds_row_selection_get_model (self->selection));
  rounds_list_place_hold_top (self->place);
  show_state (self);
}

/* That of the view which is seen. */
static RoundsListPlace *
get_place (RoundsContactList *self)
{
  return self->as_columns ? self->column_place : self->place;
}

/** rounds_contact_list_set_filter: shows what @filter leaves, from the top. */
void
rounds_contact_list_set_filter (RoundsContactList *self, const RoundsContactFilter *filter)
{
  g_autoptr (RoundsQuery) query = rounds_contact_filter_to_query (filter, rounds_time_now ());

  take_filter (self, filter);
  rounds_record_list_set_query (self->contacts, query);
  show_order (self);
  rounds_list_place_hold_top (get_place (self));
}

/** rounds_contact_list_set_as_columns: shows columns, or rows of two lines. */
void
rounds_contact_list_set_as_columns (RoundsContactList *self, gboolean as_columns)
{
  if (self->as_columns == as_columns)
    return;
  self->as_columns = as_columns;
  if (as_columns && self->columns == NULL)
    make_columns (self);
  /* Only the view that is seen has rows. */
  gtk_list_view_set_model (self->list, as_columns ? NULL : rounds_row_selection_get_model (self->selection));
  if (self->columns != NULL)
    gtk_column_view_set_model (self->columns, as_columns ? rounds_row_selection_get_model (self->selection) : NULL);
  show_state (self);
}

/** rounds_contact_list_get_n_rows: how many contacts are listed by now. */
guint
rounds_contact_list_get_n_rows (RoundsContactList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->contacts));
}

/** rounds_contact_list_is_loading: whether some are still missing. */
gboolean
rounds_contact_list_is_loading (RoundsContactList *self)
{
  return rounds_record_list_is_loading (self->contacts);
}

/** rounds_contact_list_get_query: Returns: (transfer none): what is shown, in its order */
RoundsQuery *
rounds_contact_list_get_query (RoundsContactList *self)
{
  return rounds_record_list_get_query (self->contacts);
}

static GtkWidget *
get_view (RoundsContactList *self)
{
  return self->as_columns ? GTK_WIDGET (self->columns) : GTK_WIDGET (self->list);
}

/** rounds_contact_list_focus: the keyboard goes to the rows. */
void
rounds_contact_list_focus (RoundsContactList *self)
{
  gtk_widget_grab_focus (get_view (self));
}

static void
scroll_to (RoundsContactList *self, guint position, GtkListScrollFlags flags)
{
  rounds_list_place_let_go (get_place (self));
  if (self->as_columns)
    gtk_column_view_scroll_to (self->columns, position, NULL, flags, NULL);
  else
    gtk_list_view_scroll_to (self->list, position, flags, NULL);
}

/** rounds_contact_list_focus_first: selects the first row. Returns: %FALSE if there is none */
gboolean
rounds_contact_list_focus_first (RoundsContactList *self)
{
  if (rounds_contact_list_get_n_rows (self) == 0)
    return FALSE;
  scroll_to (self, 0, GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT);
  rounds_contact_list_focus (self);
  return TRUE;
}

/** rounds_contact_list_open_first: opens the first row. Returns: %FALSE if there is none */
gboolean
rounds_contact_list_open_first (RoundsContactList *self)
{
  if (rounds_contact_list_get_n_rows (self) == 0 || self->selecting)
    return FALSE;
  activated_cb (self, 0);
  return TRUE;
}

/** rounds_contact_list_set_selecting: whether a click selects further rows instead of opening one. */
void
rounds_contact_list_set_selecting (RoundsContactList *self, gboolean selecting)
{
  if (self->selecting == selecting)
    return;
  self->selecting = selecting;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SELECTING]);
}

/** rounds_contact_list_get_selecting: whether rows are selected by a click. */
gboolean
rounds_contact_list_get_selecting (RoundsContactList *self)
{
  return self->selecting;
}

/** rounds_contact_list_get_selection: Returns: (transfer none): which rows are selected */
RoundsRowSelection *
rounds_contact_list_get_selection (RoundsContactList *self)
{
  return self->selection;
}

/**
 * rounds_contact_list_select_only:
 * @id: (nullable): whom; %NULL or somebody who is not listed: nobody
 * @scroll: whether to bring the row into sight
 *
 * Tells nobody of it.
 */
void
rounds_contact_list_select_only (RoundsContactList *self, const RoundsUuid *id, gboolean scroll)
{
  guint position = rounds_row_selection_set_only (self->selection, id);

  if (scroll && position != GTK_INVALID_LIST_POSITION)
    scroll_to (self, position, GTK_LIST_SCROLL_NONE);
}
