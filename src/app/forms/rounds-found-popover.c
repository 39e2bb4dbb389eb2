/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-found-popover.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "rounds-record-list.h"

/* In pixels; the entry may be wider. */
#define WIDEST 480

struct _RoundsFoundPopover
{
  GtkPopover parent_instance;

  RoundsStore *store; /* (owned) (nullable) until something is looked for */
  RoundsFoundOtherwise otherwise;
  char *written;          /* (owned) (nullable): what is looked for */
  RoundsRecordList *list; /* (owned) (nullable) made at the first search */

  GtkSingleSelection *selection;
  GtkListView *view;
  GtkWidget *scroller; /* around it */
  GtkWidget *nothing;  /* shown in its place */
  GtkButton *create;   /* below it */

  gboolean marks_create; /* Return means the button, not the list's selection */
  gboolean taking;       /* Return was pressed before the list had come */
};

G_DEFINE_FINAL_TYPE (RoundsFoundPopover, rounds_found_popover, GTK_TYPE_POPOVER)

enum
{
  SIGNAL_PICKED,
  SIGNAL_CREATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_loading (RoundsFoundPopover *self)
{
  return self->list != NULL && rounds_record_list_is_loading (self->list);
}

static guint
count_found (RoundsFoundPopover *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

/* Whether one of those that are found has the very name that is written. */
static gboolean
is_found (RoundsFoundPopover *self)
{
  g_autofree char *written = rounds_text_fold (self->written);
  guint n = count_found (self);

  g_strstrip (written);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RoundsRecord) record = g_list_model_get_item (G_LIST_MODEL (self->selection), i);
      g_autofree char *title = rounds_record_get_title (record);
      g_autofree char *folded = rounds_text_fold (title);

      if (g_strcmp0 (folded, written) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
mark_create (RoundsFoundPopover *self, gboolean marked)
{
  self->marks_create = marked;
  if (marked)
    gtk_widget_set_state_flags (GTK_WIDGET (self->create), GTK_STATE_FLAG_SELECTED, FALSE);
  else
    gtk_widget_unset_state_flags (GTK_WIDGET (self->create), GTK_STATE_FLAG_SELECTED);
  if (marked)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), gtk_button_get_label (self->create),
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* Offers to make what nothing is called yet: below what is found, or in its place, where Return takes it. */
static void
show_create (RoundsFoundPopover *self, gboolean found)
{
  gboolean offered = self->otherwise == ROUNDS_FOUND_OFFERS && !is_loading (self) && !is_found (self);
  g_autofree char *name = g_strstrip (g_strdup (self->written));
  /* Translators: makes a record, such as an organisation, of the name that was typed. */
  g_autofree char *label = g_strdup_printf (_ ("Create “%s”"), name);

  gtk_button_set_label (self->create, label);
  gtk_widget_set_visible (GTK_WIDGET (self->create), offered);
  mark_create (self, offered && !found);
}

static void
show_found (RoundsFoundPopover *self)
{
  gboolean found = count_found (self) > 0;

  gtk_widget_set_visible (self->scroller, found);
  show_create (self, found);
  gtk_widget_set_visible (self->nothing,
                          !found && !is_loading (self) && !gtk_widget_get_visible (GTK_WIDGET (self->create)));
}

static void
pick (RoundsFoundPopover *self, guint position)
{
  g_autoptr (RoundsRecord) record = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (record != NULL)
    g_signal_emit (self, signals[SIGNAL_PICKED], 0, record);
}

static void
create_cb (RoundsFoundPopover *self)
{
  g_signal_emit (self, signals[SIGNAL_CREATE], 0);
}

static void
take (RoundsFoundPopover *self)
{
  if (self->marks_create)
    create_cb (self);
  else
    pick (self, gtk_single_selection_get_selected (self->selection));
}

static void
loading_changed_cb (RoundsFoundPopover *self)
{
  show_found (self);
  if (is_loading (self))
    return;

  /* What is found anew begins with the best; the selection would stay with what it was on. */
  if (count_found (self) > 0)
    gtk_single_selection_set_selected (self->selection, 0);

  if (self->taking)
    {
      self->taking = FALSE;
      take (self);
    }
  else if (count_found (self) == 0 && self->otherwise == ROUNDS_FOUND_CLOSES)
    gtk_popover_popdown (GTK_POPOVER (self));
}

/* (single-click-activate would also mark what the pointer happens to lie on, and Return would take that.) */
static void
row_released_cb (GtkGestureClick *gesture, int n_press, double x, double y, GtkListItem *item)
{
  gtk_widget_activate_action (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture)), "list.activate-item",
                              "u", gtk_list_item_get_position (item));
}

static void
setup_row_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *summary = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (summary), 0);
  gtk_label_set_ellipsize (GTK_LABEL (summary), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (summary, "caption");
  gtk_widget_add_css_class (summary, "dimmed");
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), summary);
  gtk_widget_add_css_class (box, "rounds-found-row");
  g_signal_connect_object (click, "released", G_CALLBACK (row_released_cb), item, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (box, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (item, box);
}

static void
bind_row_cb (RoundsFoundPopover *self, GtkListItem *item)
{
  RoundsRecord *record = gtk_list_item_get_item (item);
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkWidget *summary = gtk_widget_get_next_sibling (name);
  g_autofree char *title = rounds_record_get_title (record);
  g_autofree char *text = rounds_display_summary (self->store, record);

  gtk_label_set_text (GTK_LABEL (name), title);
  gtk_label_set_text (GTK_LABEL (summary), text);
  gtk_widget_set_visible (summary, text != NULL);
  gtk_list_item_set_accessible_label (item, title);
}

/* --- Life --- */

static void
rounds_found_popover_dispose (GObject *object)
{
  RoundsFoundPopover *self = ROUNDS_FOUND_POPOVER (object);

  g_clear_object (&self->list);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (rounds_found_popover_parent_class)->dispose (object);
}

static void
rounds_found_popover_finalize (GObject *object)
{
  g_free (ROUNDS_FOUND_POPOVER (object)->written);

  G_OBJECT_CLASS (rounds_found_popover_parent_class)->finalize (object);
}

static void
rounds_found_popover_class_init (RoundsFoundPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_found_popover_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_found_popover_finalize;

  signals[SIGNAL_PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, ROUNDS_TYPE_RECORD);
  signals[SIGNAL_CREATE] =
    g_signal_new ("create", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
make_list (RoundsFoundPopover *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (bind_row_cb), self);
  self->selection = gtk_single_selection_new (NULL);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (self->selection), factory));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Found"), -1);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (pick), self);
  g_signal_connect_object (self->selection, "items-changed", G_CALLBACK (show_found), self, G_CONNECT_SWAPPED);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), 280);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
}

static void
make_rest (RoundsFoundPopover *self)
{
  self->nothing = gtk_label_new (_ ("Nothing Found"));
  gtk_widget_add_css_class (self->nothing, "dimmed");
  gtk_widget_set_margin_top (self->nothing, 12);
  gtk_widget_set_margin_bottom (self->nothing, 12);
  self->create = GTK_BUTTON (gtk_button_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->create), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self->create), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->create), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->create), "rounds-found-create");
  gtk_button_set_can_shrink (self->create, TRUE);
  g_signal_connect_swapped (self->create, "clicked", G_CALLBACK (create_cb), self);
}

static void
rounds_found_popover_init (RoundsFoundPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  make_list (self);
  make_rest (self);
  gtk_box_append (GTK_BOX (box), self->nothing);
  gtk_box_append (GTK_BOX (box), self->scroller);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->create));
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_BOTTOM);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "rounds-found");
}

/**
 * rounds_found_popover_new:
 * @parent: the entry's row, which unparents it when it goes
 *
 * Returns: (transfer none): a popover that is closed
 */
RoundsFoundPopover *
rounds_found_popover_new (GtkWidget *parent)
{
  RoundsFoundPopover *self = g_object_new (ROUNDS_TYPE_FOUND_POPOVER, NULL);

  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  return self;
}

/**
 * rounds_found_popover_search:
 * @self: a popover
 * @store: where to look
 * @query: (transfer none): for what
 * @written: what is written in the entry
 * @otherwise: what there is to see where nothing has that name
 *
 * Opens, where the entry is on the screen.
 */
void
rounds_found_popover_search (RoundsFoundPopover *self, RoundsStore *store, RoundsQuery *query, const char *written,
                             RoundsFoundOtherwise otherwise)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));

  self->taking = FALSE;
  self->otherwise = otherwise;
  g_set_str (&self->written, written);
  g_set_object (&self->store, store);
  if (self->list == NULL)
    {
      self->list = rounds_record_list_new (store, query);
      g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (loading_changed_cb), self, G_CONNECT_SWAPPED);
      gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->list));
    }
  else
    rounds_record_list_set_query (self->list, query);

  show_found (self);
  gtk_widget_set_size_request (GTK_WIDGET (self), MIN (gtk_widget_get_width (parent), WIDEST), -1);
  if (gtk_widget_get_mapped (parent))
    gtk_popover_popup (GTK_POPOVER (self));
}

/** rounds_found_popover_move: marks the next one or the one before; the button is the last of the list. */
void
rounds_found_popover_move (RoundsFoundPopover *self, int step)
{
  guint n = count_found (self);
  guint selected = gtk_single_selection_get_selected (self->selection);

  if (n == 0)
    return;
  if (self->marks_create && step < 0)
    {
      mark_create (self, FALSE);
      return;
    }
  if (step > 0 && selected + 1 >= n && gtk_widget_get_visible (GTK_WIDGET (self->create)))
    {
      mark_create (self, TRUE);
      return;
    }
  gtk_single_selection_set_selected (self->selection, (guint) CLAMP ((int) selected + step, 0, (int) n - 1));
  gtk_list_view_scroll_to (self->view, gtk_single_selection_get_selected (self->selection), GTK_LIST_SCROLL_NONE, NULL);
}

/** rounds_found_popover_take: as a click on what is marked; of a list that is still coming, when it has come. */
void
rounds_found_popover_take (RoundsFoundPopover *self)
{
  if (is_loading (self))
    self->taking = TRUE;
  else
    take (self);
}

/** rounds_found_popover_stop: closes it, and takes nothing that is still to come. */
void
rounds_found_popover_stop (RoundsFoundPopover *self)
{
  self->taking = FALSE;
  gtk_popover_popdown (GTK_POPOVER (self));
}

/** rounds_found_popover_dup_only: Returns: (transfer full) (nullable): the one that is found, if it is the only one */
RoundsRecord *
rounds_found_popover_dup_only (RoundsFoundPopover *self)
{
  if (self->list == NULL || is_loading (self) || count_found (self) != 1)
    return NULL;
  return g_list_model_get_item (G_LIST_MODEL (self->selection), 0);
}
