/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-timeline-view.h"

#include <glib/gi18n-lib.h>

#include "contacts/rounds-contact-roles.h"
#include "contacts/rounds-timeline-row.h"
#include "contacts/rounds-timeline-words.h"
#include "contacts/rounds-timeline.h"
#include "forms/rounds-display.h"
#include "rounds-time.h"

/* Pages of the window before its end at which the next entries are read. */
#define PAGES_AHEAD 1

/* Until a new list has been laid out. */
#define FRAMES_AT_TOP 2

struct _RoundsTimelineView
{
  AdwBin parent_instance;

  RoundsAppContext *context; /* (owned) (nullable) until it is set */
  RoundsTimeline *timeline;  /* (owned) (nullable) until a person is shown */
  GPtrArray *roles;          /* (owned): all that the person has had */
  RoundsUuid person;
  gboolean is_new;     /* nothing of this person has been shown yet */
  guint frames_at_top; /* that are still to begin at the top */

  /* Template widgets */
  GtkDropDown *kind;
  GtkMenuButton *date_button;
  GtkCalendar *calendar;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkListView *list;
  GtkSelectionModel *selection;
};

G_DEFINE_FINAL_TYPE (RoundsTimelineView, rounds_timeline_view, ADW_TYPE_BIN)

/* In the order of the drop-down in the template. */
static const RoundsTimelineKinds shown_kinds[] = {
  ROUNDS_TIMELINE_EVERYTHING, ROUNDS_TIMELINE_INTERACTIONS, ROUNDS_TIMELINE_APPOINTMENTS, ROUNDS_TIMELINE_FOLLOW_UPS,
  ROUNDS_TIMELINE_JOURNEYS,   ROUNDS_TIMELINE_CONSENTS,     ROUNDS_TIMELINE_ROLES,        ROUNDS_TIMELINE_CHANGES,
};

static RoundsTimelineKinds
get_kinds (RoundsTimelineView *self)
{
  guint selected = gtk_drop_down_get_selected (self->kind);

  return shown_kinds[selected < G_N_ELEMENTS (shown_kinds) ? selected : 0];
}

/* --- Rows --- */

static void
setup_cb (RoundsTimelineView *self, GtkListItem *item)
{
  gtk_list_item_set_child (item, rounds_timeline_row_new (self->context));
}

static void
bind_cb (RoundsTimelineView *self, GtkListItem *item)
{
  RoundsTimelineRow *row = ROUNDS_TIMELINE_ROW (gtk_list_item_get_child (item));

  rounds_timeline_row_show (row, gtk_list_item_get_item (item), self->roles);
  gtk_list_item_set_accessible_label (item, rounds_timeline_row_get_label (row));
}

static void
setup_header_cb (RoundsTimelineView *self, GtkListHeader *header)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "heading");
  gtk_list_header_set_child (header, label);
}

static void
bind_header_cb (RoundsTimelineView *self, GtkListHeader *header)
{
  RoundsTimelineEntry *entry = gtk_list_header_get_item (header);
  g_autofree char *day = rounds_display_long_day (entry->mark.at);

  gtk_label_set_text (GTK_LABEL (gtk_list_header_get_child (header)), day);
}

static void
activate_cb (RoundsTimelineView *self, guint position)
{
  g_autoptr (RoundsTimelineEntry) entry = g_list_model_get_item (G_LIST_MODEL (self->timeline), position);
  RoundsRecord *opened = entry != NULL ? rounds_timeline_entry_get_opened (entry) : NULL;

  if (opened != NULL)
    rounds_app_context_open (self->context, rounds_record_get_entity (opened), rounds_record_get_id (opened));
}

/* Space checks the follow-up off whose row has the focus. */
static gboolean
key_pressed_cb (RoundsTimelineView *self, guint key, guint code, GdkModifierType state)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  if (key != GDK_KEY_space || (state & gtk_accelerator_get_default_mod_mask ()) != 0 || row == NULL
      || !ROUNDS_IS_TIMELINE_ROW (row))
    return GDK_EVENT_PROPAGATE;
  rounds_timeline_row_toggle (ROUNDS_TIMELINE_ROW (row));
  return GDK_EVENT_STOP;
}

/* --- What is shown --- */

static void
show_state (RoundsTimelineView *self)
{
  const char *page = "list";

  if (g_list_model_get_n_items (G_LIST_MODEL (self->timeline)) == 0)
    page = !rounds_timeline_is_complete (self->timeline)    ? "loading"
           : get_kinds (self) == ROUNDS_TIMELINE_EVERYTHING ? "empty"
                                                            : "nothing";
  gtk_stack_set_visible_child_name (self->stack, page);
}

/* Asks for more before one comes to the end. */
static void
scrolled_cb (RoundsTimelineView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double left = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment);

  if (self->timeline != NULL && gtk_adjustment_get_page_size (adjustment) > 0
      && left < (1 + PAGES_AHEAD) * gtk_adjustment_get_page_size (adjustment)
      && !rounds_timeline_is_loading (self->timeline) && !rounds_timeline_is_complete (self->timeline))
    rounds_timeline_load_more (self->timeline);
}

/* A list that gets another model keeps its first row where it was, and the day above it out of sight; it knows so only
 * when it has been laid out. */
static gboolean
scroll_to_top_cb (GtkWidget *list, GdkFrameClock *clock, gpointer data)
{
  RoundsTimelineView *self = data;

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  return --self->frames_at_top > 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
loading_changed_cb (RoundsTimelineView *self)
{
  show_state (self);
  if (self->is_new && g_list_model_get_n_items (G_LIST_MODEL (self->timeline)) > 0)
    {
      self->is_new = FALSE;
      if (self->frames_at_top == 0)
        gtk_widget_add_tick_callback (GTK_WIDGET (self->list), scroll_to_top_cb, self, NULL);
      self->frames_at_top = FRAMES_AT_TOP;
    }
  scrolled_cb (self);
}

static void
arrived_cb (RoundsTimelineView *self, guint position)
{
  gtk_list_view_scroll_to (self->list, position, GTK_LIST_SCROLL_FOCUS, NULL);
}

static void
kind_changed_cb (RoundsTimelineView *self)
{
  if (self->timeline == NULL)
    return;
  self->is_new = TRUE;
  rounds_timeline_set_kinds (self->timeline, get_kinds (self));
  show_state (self);
}

static void
show_everything_cb (RoundsTimelineView *self)
{
  gtk_drop_down_set_selected (self->kind, 0);
}

/* The end of the day that was chosen: what is shown first then is the last of it. */
static void
day_chosen_cb (RoundsTimelineView *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->calendar);
  g_autoptr (GDateTime) start = g_date_time_new_local (g_date_time_get_year (day), g_date_time_get_month (day),
                                                       g_date_time_get_day_of_month (day), 0, 0, 0);
  g_autoptr (GDateTime) end = g_date_time_add_days (start, 1);

  gtk_menu_button_popdown (self->date_button);
  if (self->timeline != NULL)
    rounds_timeline_go_to (self->timeline, g_date_time_to_unix (end) * ROUNDS_SECOND - 1);
}

static void
go_to_action (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_menu_button_popup (ROUNDS_TIMELINE_VIEW (widget)->date_button);
}

static void
read_roles (RoundsTimelineView *self)
{
  g_clear_pointer (&self->roles, g_ptr_array_unref);
  self->roles = rounds_contact_roles_list_all (rounds_app_context_get_store (self->context), &self->person, NULL);
  if (self->roles == NULL)
    self->roles = g_ptr_array_new ();
}

static void
store_changed_cb (RoundsTimelineView *self, int entity)
{
  if (entity == ROUNDS_ENTITY_PERSON_ROLE && self->timeline != NULL)
    read_roles (self);
}

/* --- Life --- */

static void
rounds_timeline_view_dispose (GObject *object)
{
  RoundsTimelineView *self = ROUNDS_TIMELINE_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_TIMELINE_VIEW);
  g_clear_object (&self->timeline);
  g_clear_pointer (&self->roles, g_ptr_array_unref);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_timeline_view_parent_class)->dispose (object);
}

static void
rounds_timeline_view_class_init (RoundsTimelineViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_timeline_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/contacts/timeline-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsTimelineView, kind);
  gtk_widget_class_bind_template_child (widget_class, RoundsTimelineView, date_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsTimelineView, calendar);
  gtk_widget_class_bind_template_child (widget_class, RoundsTimelineView, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsTimelineView, scroller);
  gtk_widget_class_bind_template_child (widget_class, RoundsTimelineView, list);
  gtk_widget_class_bind_template_child (widget_class, RoundsTimelineView, selection);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_header_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_header_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_everything_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_chosen_cb);
  gtk_widget_class_install_action (widget_class, "timeline.go-to", NULL, go_to_action);
}

static void
rounds_timeline_view_init (RoundsTimelineView *self)
{
  GtkAdjustment *adjustment;

  gtk_widget_init_template (GTK_WIDGET (self));
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

/**
 * rounds_timeline_view_set_context:
 * @self: a view that a template has made
 * @context: the application
 *
 * Must be called once before a person is shown.
 */
void
rounds_timeline_view_set_context (RoundsTimelineView *self, RoundsAppContext *context)
{
  g_return_if_fail (ROUNDS_IS_TIMELINE_VIEW (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (rounds_app_context_get_store (context), "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * rounds_timeline_view_set_person:
 * @self: a view
 * @person: a person's id; the same one keeps the place
 */
void
rounds_timeline_view_set_person (RoundsTimelineView *self, const RoundsUuid *person)
{
  g_return_if_fail (ROUNDS_IS_TIMELINE_VIEW (self));
  g_return_if_fail (self->context != NULL);

  if (self->timeline != NULL && rounds_uuid_equal (&self->person, person))
    return;
  self->person = *person;
  self->is_new = TRUE;
  read_roles (self);
  g_clear_object (&self->timeline);
  self->timeline = rounds_timeline_new (rounds_app_context_get_store (self->context), person, get_kinds (self));
  g_signal_connect_object (self->timeline, "notify::loading", G_CALLBACK (loading_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "arrived", G_CALLBACK (arrived_cb), self, G_CONNECT_SWAPPED);
  gtk_no_selection_set_model (GTK_NO_SELECTION (self->selection), G_LIST_MODEL (self->timeline));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  show_state (self);
}
