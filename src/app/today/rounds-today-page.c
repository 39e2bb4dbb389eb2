/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-today-page.h"

#include <glib/gi18n-lib.h>

#include "calendar/rounds-appointment-row.h"
#include "calendar/rounds-calendar-model.h"
#include "forms/rounds-display.h"
#include "rounds-follow-up-row.h"
#include "rounds-record-list.h"
#include "rounds-recent-row.h"
#include "rounds-wall-time.h"

#define SECONDS_OF_MINUTE 60
#define MOST_FOLLOW_UPS 50
#define MOST_DRAFTS 5
#define MOST_RECENT 6

struct _RoundsTodayPage
{
  AdwBin parent_instance;

  RoundsAppContext *context;         /* (owned) */
  RoundsCalendarModel *appointments; /* (owned) */
  GPtrArray *events;                 /* (owned) of RoundsCalendarEvent: the appointments that have a row, in order */
  RoundsRecordList *follow_ups;      /* (owned) */
  RoundsRecordList *promises;        /* (owned): all that are not kept yet */
  RoundsRecordList *drafts;          /* (owned) */
  RoundsRecordList *recent;          /* (owned) */
  RoundsRecordList *next;            /* (owned): the first appointment of the days to come */
  GDate today;                       /* as it was when the models were asked */
  gboolean held;                     /* another page is in front: nothing is read */
  gboolean names_changed;            /* since then */
  guint clock;                       /* runs while the page is on the screen; 0: not */

  /* Template widgets */
  GtkLabel *greeting;
  GtkLabel *date;
  GtkWidget *follow_ups_section;
  GtkWidget *promises_section;
  GtkWidget *drafts_section;
  GtkWidget *recent_section;
  GtkSizeGroup *times; /* of the rows of appointments */
  GtkListBox *appointments_list;
  GtkListBox *follow_ups_list;
  GtkListBox *promises_list;
  GtkListBox *drafts_list;
  GtkListBox *recent_list;
  GtkWidget *columns;
  GtkBox *first_column;
  GtkBox *second_column;
  GtkWidget *empty;
  GtkWidget *buttons;
  GtkWidget *free_day;
  GtkWidget *next_button;
  GtkLabel *next_label;
};

G_DEFINE_FINAL_TYPE (RoundsTodayPage, rounds_today_page, ADW_TYPE_BIN)

static gboolean
has_items (RoundsRecordList *list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (list)) > 0;
}

/* Drafts of forms that the page knows nothing of have no visible row. */
static gboolean
has_visible_row (GtkListBox *list)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    if (gtk_widget_get_visible (GTK_WIDGET (row)))
      return TRUE;
  return FALSE;
}

/* (transfer full): when an appointment of a later day is: "Tomorrow, 9:30 AM". */
static char *
describe_moment (RoundsRecord *appointment)
{
  gint64 start = rounds_record_get_integer (appointment, ROUNDS_APPOINTMENT_START_AT);
  g_autofree char *day = rounds_display_day (start);
  g_autofree char *time = NULL;

  if (rounds_record_get_boolean (appointment, ROUNDS_APPOINTMENT_ALL_DAY))
    return g_steal_pointer (&day);
  time = rounds_display_time (start);
  return g_strdup_printf (C_ ("day and time", "%s, %s"), day, time);
}

/* A day without appointments tells when the next one is. */
static void
show_next (RoundsTodayPage *self)
{
  g_autoptr (RoundsRecord) record = g_list_model_get_item (G_LIST_MODEL (self->next), 0);
  g_autofree char *moment = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->next_button, record != NULL);
  if (record == NULL)
    return;
  moment = describe_moment (record);
  /* Translators: the next appointment of a later day: its day and time, its title. */
  text = g_strdup_printf (_ ("Next: %s\n%s"), moment, rounds_record_get_text (record, ROUNDS_APPOINTMENT_TITLE));
  gtk_label_set_text (self->next_label, text);
}

/* Beside each other, the columns are both used on a day without appointments; below each other, what is to be done
 * comes before what was. */
static void
place_recent (RoundsTodayPage *self, gboolean has_appointments)
{
  gboolean beside = gtk_orientable_get_orientation (GTK_ORIENTABLE (self->columns)) == GTK_ORIENTATION_HORIZONTAL;
  GtkBox *column = beside && !has_appointments ? self->first_column : self->second_column;
  g_autoptr (GtkWidget) recent = g_object_ref (self->recent_section);
  GtkWidget *parent = gtk_widget_get_parent (recent);

  if (parent == GTK_WIDGET (column))
    return;
  gtk_box_remove (GTK_BOX (parent), recent);
  gtk_box_append (column, recent);
}

/* A page without anything on it says so, but not before that is known. */
static void
update_sections (RoundsTodayPage *self)
{
  gboolean has_appointments = gtk_list_box_get_row_at_index (self->appointments_list, 0) != NULL;
  gboolean has_follow_ups = has_items (self->follow_ups);
  gboolean has_promises = has_items (self->promises);
  gboolean has_drafts = has_visible_row (self->drafts_list);
  gboolean has_recent = has_items (self->recent);
  gboolean has_any = has_appointments || has_follow_ups || has_promises || has_drafts || has_recent;
  gboolean loading = rounds_calendar_model_is_loading (self->appointments)
                     || rounds_record_list_is_loading (self->follow_ups)
                     || rounds_record_list_is_loading (self->promises) || rounds_record_list_is_loading (self->drafts)
                     || rounds_record_list_is_loading (self->recent);

  place_recent (self, has_appointments);
  gtk_widget_set_visible (GTK_WIDGET (self->appointments_list), has_appointments);
  gtk_widget_set_visible (self->free_day, !has_appointments);
  gtk_widget_set_visible (self->follow_ups_section, has_follow_ups);
  gtk_widget_set_visible (self->promises_section, has_promises);
  gtk_widget_set_visible (self->drafts_section, has_drafts);
  gtk_widget_set_visible (self->recent_section, has_recent);
  gtk_widget_set_visible (self->columns, has_any);
  gtk_widget_set_visible (self->buttons, has_any);
  gtk_widget_set_visible (self->empty, !has_any && !loading);
}

/* The window became wide, or narrow. */
static void
columns_turned_cb (RoundsTodayPage *self)
{
  if (self->recent != NULL)
    update_sections (self);
}

/* The rows of appointments that are as they were stay: both lists are in one order. */
static void
show_appointments (RoundsTodayPage *self, GPtrArray *events)
{
  for (guint i = self->events->len; i-- > 0;)
    if (!g_ptr_array_find (events, self->events->pdata[i], NULL))
      {
        gtk_list_box_remove (self->appointments_list,
                             GTK_WIDGET (gtk_list_box_get_row_at_index (self->appointments_list, (int) i)));
        g_ptr_array_remove_index (self->events, i);
      }
  for (guint i = 0; i < events->len; i++)
    if (i >= self->events->len || self->events->pdata[i] != events->pdata[i])
      {
        gtk_list_box_insert (self->appointments_list,
                             rounds_appointment_row_new (self->context, events->pdata[i], self->times), (int) i);
        g_ptr_array_insert (self->events, (int) i, g_object_ref (events->pdata[i]));
      }
}

static void
appointments_changed_cb (RoundsTodayPage *self)
{
  g_autoptr (GPtrArray) events = rounds_calendar_model_list_day (self->appointments, &self->today);

  show_appointments (self, events);
  update_sections (self);
}

/* --- The day --- */

static void
show_greeting (RoundsTodayPage *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int hour = g_date_time_get_hour (now);
  g_autofree char *date = g_date_time_format (now, rounds_display_day_format (ROUNDS_DAY_LONG_YEAR));

  gtk_label_set_text (self->date, date);
  gtk_label_set_text (self->greeting, hour >= 5 && hour < 12    ? _ ("Good Morning")
                                      : hour < 18 && hour >= 12 ? _ ("Good Afternoon")
                                                                : _ ("Good Evening"));
}

/* (transfer full): what was promised and is not kept, whenever it is due: it stands there until it is. */
static RoundsQuery *
make_promises_query (void)
{
  static const RoundsValue null = ROUNDS_VALUE_INIT;
  RoundsQuery *query = rounds_query_new (ROUNDS_ENTITY_FOLLOW_UP);

  rounds_query_where_text (query, ROUNDS_FOLLOW_UP_KIND, ROUNDS_IS, "promise");
  rounds_query_where (query, ROUNDS_FOLLOW_UP_DONE_AT, ROUNDS_IS, &null);
  rounds_query_order_by (query, ROUNDS_FOLLOW_UP_DUE_ON, FALSE);
  return rounds_query_limit (query, MOST_FOLLOW_UPS);
}

/* (transfer full): what is due today or should have been done before. */
static RoundsQuery *
make_follow_ups_query (RoundsTodayPage *self)
{
  static const RoundsValue null = ROUNDS_VALUE_INIT;
  RoundsQuery *query = rounds_query_new (ROUNDS_ENTITY_FOLLOW_UP);
  g_autofree char *today = rounds_calendar_format_date (&self->today, "%Y-%m-%d");

  rounds_query_where_text (query, ROUNDS_FOLLOW_UP_DUE_ON, ROUNDS_LESS_OR_EQUAL, today);
  rounds_query_where (query, ROUNDS_FOLLOW_UP_DONE_AT, ROUNDS_IS, &null);
  rounds_query_where_text (query, ROUNDS_FOLLOW_UP_KIND, ROUNDS_IS_NOT, "promise");
  rounds_query_order_by (query, ROUNDS_FOLLOW_UP_DUE_ON, FALSE);
  return rounds_query_limit (query, MOST_FOLLOW_UPS);
}

/* (transfer full): the first appointment after today that is not called off. */
static RoundsQuery *
make_next_query (RoundsTodayPage *self)
{
  RoundsQuery *query = rounds_query_new (ROUNDS_ENTITY_APPOINTMENT);
  g_autofree char *zone = rounds_zone_get_local ();
  GDate tomorrow = self->today;

  g_date_add_days (&tomorrow, 1);
  rounds_query_where_integer (query, ROUNDS_APPOINTMENT_START_AT, ROUNDS_GREATER_OR_EQUAL,
                              rounds_day_start (&tomorrow, zone));
  rounds_query_where_text (query, ROUNDS_APPOINTMENT_STATUS, ROUNDS_IS_NOT, "cancelled");
  rounds_query_order_by (query, ROUNDS_APPOINTMENT_START_AT, FALSE);
  return rounds_query_limit (query, 1);
}

static void
show_day (RoundsTodayPage *self)
{
  g_autoptr (RoundsQuery) follow_ups = NULL;
  g_autoptr (RoundsQuery) next = NULL;
  RoundsDayRange range;

  rounds_calendar_get_today (&self->today);
  rounds_day_range_init_days (&range, &self->today, 1);
  rounds_calendar_model_set_range (self->appointments, &range);
  follow_ups = make_follow_ups_query (self);
  rounds_record_list_set_query (self->follow_ups, follow_ups);
  next = make_next_query (self);
  rounds_record_list_set_query (self->next, next);
  show_greeting (self);
}

/* A page that stands open over midnight, or a night's sleep, shows the new day. */
static gboolean
clock_cb (gpointer data)
{
  RoundsTodayPage *self = data;
  GDate today;

  rounds_calendar_get_today (&today);
  if (g_date_compare (&today, &self->today) != 0)
    show_day (self);
  else
    show_greeting (self);
  return G_SOURCE_CONTINUE;
}

/* The rows tell who somebody is: they stay, and look again. */
static void
show_names (RoundsTodayPage *self)
{
  GtkListBoxRow *row;

  self->names_changed = FALSE;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->follow_ups_list, i)) != NULL; i++)
    rounds_follow_up_row_show_names (ROUNDS_FOLLOW_UP_ROW (row));
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->promises_list, i)) != NULL; i++)
    rounds_follow_up_row_show_names (ROUNDS_FOLLOW_UP_ROW (row));
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->recent_list, i)) != NULL; i++)
    rounds_recent_row_show_names (ROUNDS_RECENT_ROW (row));
}

static void
store_changed_cb (RoundsTodayPage *self, int entity)
{
  if (entity != ROUNDS_ENTITY_PERSON)
    return;
  self->names_changed = self->held;
  if (!self->held)
    show_names (self);
}

/* Behind another page nothing is read: a pull would make rows that nobody sees. */
static void
set_held (RoundsTodayPage *self, gboolean held)
{
  self->held = held;
  rounds_calendar_model_set_held (self->appointments, held);
  rounds_record_list_set_held (self->follow_ups, held);
  rounds_record_list_set_held (self->promises, held);
  rounds_record_list_set_held (self->drafts, held);
  rounds_record_list_set_held (self->recent, held);
  rounds_record_list_set_held (self->next, held);
  if (!held && self->names_changed)
    show_names (self);
}

static void
rounds_today_page_map (GtkWidget *widget)
{
  RoundsTodayPage *self = ROUNDS_TODAY_PAGE (widget);

  GTK_WIDGET_CLASS (rounds_today_page_parent_class)->map (widget);
  set_held (self, FALSE);
  clock_cb (self);
  self->clock = g_timeout_add_seconds (SECONDS_OF_MINUTE / 2, clock_cb, self);
}

static void
rounds_today_page_unmap (GtkWidget *widget)
{
  RoundsTodayPage *self = ROUNDS_TODAY_PAGE (widget);

  g_clear_handle_id (&self->clock, g_source_remove);
  set_held (self, TRUE);
  GTK_WIDGET_CLASS (rounds_today_page_parent_class)->unmap (widget);
}

/* --- Lists --- */

static GtkWidget *
make_follow_up_row (gpointer item, gpointer data)
{
  return rounds_follow_up_row_new (ROUNDS_TODAY_PAGE (data)->context, item);
}

static GtkWidget *
make_recent_row (gpointer item, gpointer data)
{
  return rounds_recent_row_new (ROUNDS_TODAY_PAGE (data)->context, item);
}

static GtkWidget *
make_draft_row (gpointer item, gpointer data)
{
  return rounds_draft_row_new (ROUNDS_TODAY_PAGE (data)->context, item);
}

static void
bind_list (RoundsTodayPage *self, GtkListBox *box, RoundsRecordList *list, GtkListBoxCreateWidgetFunc make_row)
{
  gtk_list_box_bind_model (box, G_LIST_MODEL (list), make_row, self, NULL);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (update_sections), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::loading", G_CALLBACK (update_sections), self, G_CONNECT_SWAPPED);
}

static RoundsRecordList *
make_newest (RoundsTodayPage *self, RoundsEntity entity, guint field, guint limit)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  rounds_query_order_by (query, field, TRUE);
  rounds_query_limit (query, limit);
  return rounds_record_list_new (rounds_app_context_get_store (self->context), query);
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsTodayPage *self = ROUNDS_TODAY_PAGE (widget);
  g_autoptr (RoundsRecord) record =
    rounds_record_new (g_str_equal (name, "today.log") ? ROUNDS_ENTITY_INTERACTION : ROUNDS_ENTITY_APPOINTMENT);

  rounds_app_context_create (self->context, record);
}

static void
next_clicked_cb (RoundsTodayPage *self)
{
  g_autoptr (RoundsRecord) record = g_list_model_get_item (G_LIST_MODEL (self->next), 0);

  if (record != NULL)
    rounds_app_context_open (self->context, ROUNDS_ENTITY_APPOINTMENT, rounds_record_get_id (record));
}

static void
set_up (RoundsTodayPage *self, RoundsAppContext *context)
{
  g_autoptr (RoundsQuery) follow_ups = NULL;
  g_autoptr (RoundsQuery) next = NULL;
  g_autoptr (RoundsQuery) promises = make_promises_query ();

  self->context = g_object_ref (context);
  rounds_calendar_get_today (&self->today);
  self->appointments = rounds_calendar_model_new (self->context);
  follow_ups = make_follow_ups_query (self);
  self->follow_ups = rounds_record_list_new (rounds_app_context_get_store (self->context), follow_ups);
  self->promises = rounds_record_list_new (rounds_app_context_get_store (self->context), promises);
  self->drafts = make_newest (self, ROUNDS_ENTITY_DRAFT, ROUNDS_FIELD_UPDATED_AT, MOST_DRAFTS);
  self->recent = make_newest (self, ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_OCCURRED_AT, MOST_RECENT);
  next = make_next_query (self);
  self->next = rounds_record_list_new (rounds_app_context_get_store (self->context), next);

  g_signal_connect_object (rounds_app_context_get_store (self->context), "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->appointments, "changed", G_CALLBACK (appointments_changed_cb), self,
                           G_CONNECT_SWAPPED);
  bind_list (self, self->follow_ups_list, self->follow_ups, make_follow_up_row);
  bind_list (self, self->promises_list, self->promises, make_follow_up_row);
  bind_list (self, self->drafts_list, self->drafts, make_draft_row);
  bind_list (self, self->recent_list, self->recent, make_recent_row);
  g_signal_connect_object (self->next, "items-changed", G_CALLBACK (show_next), self, G_CONNECT_SWAPPED);
  show_day (self);
  show_next (self);
  update_sections (self);
}

static void
rounds_today_page_dispose (GObject *object)
{
  RoundsTodayPage *self = ROUNDS_TODAY_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_TODAY_PAGE);
  g_clear_object (&self->appointments);
  g_clear_object (&self->follow_ups);
  g_clear_object (&self->promises);
  g_clear_object (&self->drafts);
  g_clear_object (&self->recent);
  g_clear_object (&self->next);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_today_page_parent_class)->dispose (object);
}

static void
rounds_today_page_finalize (GObject *object)
{
  g_ptr_array_unref (ROUNDS_TODAY_PAGE (object)->events);

  G_OBJECT_CLASS (rounds_today_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/today/today-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, greeting);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, date);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, follow_ups_section);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, promises_section);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, drafts_section);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, recent_section);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, times);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, appointments_list);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, follow_ups_list);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, promises_list);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, drafts_list);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, recent_list);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, columns);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, first_column);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, second_column);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, empty);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, buttons);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, free_day);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, next_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsTodayPage, next_label);
  gtk_widget_class_bind_template_callback (widget_class, next_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, columns_turned_cb);
}

static void
rounds_today_page_class_init (RoundsTodayPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_today_page_dispose;
  object_class->finalize = rounds_today_page_finalize;
  widget_class->map = rounds_today_page_map;
  widget_class->unmap = rounds_today_page_unmap;

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "today.log", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "today.plan", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_action);
}

static void
rounds_today_page_init (RoundsTodayPage *self)
{
  self->events = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_today_page_new:
 * @context: the context
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
rounds_today_page_new (RoundsAppContext *context)
{
  RoundsTodayPage *self = g_object_new (ROUNDS_TYPE_TODAY_PAGE, NULL);

  set_up (self, context);
  return GTK_WIDGET (self);
}
