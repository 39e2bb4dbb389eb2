/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "rounds-date-row.h"
#include "rounds-display.h"
#include "rounds-time.h"

struct _RoundsDateRow
{
  AdwEntryRow parent_instance;

  GtkLabel *day;
  GtkMenuButton *button;
  GtkCalendar *calendar;

  gboolean with_time;
  gint64 shown;     /* the instant that was set, with the seconds that are not shown */
  char *shown_text; /* (owned) (nullable) how it reads */
  gboolean showing; /* the calendar is being set from the text */
};

G_DEFINE_FINAL_TYPE (RoundsDateRow, rounds_date_row, ADW_TYPE_ENTRY_ROW)

enum
{
  PROP_WITH_TIME = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

/* A day as people say it; %NULL: it is not one. */
static GDateTime *
parse_day (const char *text)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_autofree char *today = g_utf8_casefold (_ ("today"), -1);
  g_autofree char *yesterday = g_utf8_casefold (_ ("yesterday"), -1);
  g_autofree char *tomorrow = g_utf8_casefold (_ ("tomorrow"), -1);
  int year, month, day;

  if (g_str_equal (folded, today))
    return g_date_time_ref (now);
  if (g_str_equal (folded, yesterday))
    return g_date_time_add_days (now, -1);
  if (g_str_equal (folded, tomorrow))
    return g_date_time_add_days (now, 1);

  if (!rounds_date_is_valid (text) || sscanf (text, "%4d-%2d-%2d", &year, &month, &day) != 3)
    return NULL;
  return g_date_time_new_local (year, month, day, 0, 0, 0);
}

/* "9:30" is a time too. */
static gboolean
parse_time (const char *text, int *hour, int *minute)
{
  int length = 0;

  return sscanf (text, "%2d:%2d%n", hour, minute, &length) == 2 && text[length] == '\0' && *hour >= 0 && *hour < 24
         && *minute >= 0 && *minute < 60;
}

/* The local time that the row says; %NULL: nothing, or nothing that makes sense. */
static GDateTime *
parse (RoundsDateRow *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self))));
  g_autoptr (GDateTime) date = NULL;
  char *blank;
  int hour = 0, minute = 0;

  if (!self->with_time)
    return parse_day (text);

  if (parse_time (text, &hour, &minute))
    date = g_date_time_new_now_local ();
  else
    {
      blank = strrchr (text, ' ');
      if (blank != NULL && parse_time (blank + 1, &hour, &minute))
        {
          *blank = '\0';
          date = parse_day (g_strstrip (text));
        }
    }
  if (date == NULL)
    return NULL;

  return g_date_time_new_local (g_date_time_get_year (date), g_date_time_get_month (date),
                                g_date_time_get_day_of_month (date), hour, minute, 0);
}

static void
show (RoundsDateRow *self, GDateTime *date)
{
  g_autofree char *text = g_date_time_format (date, self->with_time ? "%Y-%m-%d %H:%M" : "%Y-%m-%d");

  gtk_editable_set_text (GTK_EDITABLE (self), text);
}

static void
text_changed_cb (RoundsDateRow *self)
{
  g_autoptr (GDateTime) date = parse (self);
  g_autofree char *day = NULL;

  if (date != NULL)
    day = rounds_display_day (g_date_time_to_unix (date) * ROUNDS_SECOND);
  gtk_label_set_text (self->day, day != NULL ? day : "");

  if (date != NULL)
    {
      self->showing = TRUE;
      g_object_set (self->calendar, "year", g_date_time_get_year (date), "month", g_date_time_get_month (date) - 1,
                    "day", g_date_time_get_day_of_month (date), NULL);
      self->showing = FALSE;
    }
}

/* On leaving, "yesterday 9:30" becomes the date that it means. */
static void
apply_cb (RoundsDateRow *self)
{
  g_autoptr (GDateTime) date = parse (self);

  if (date != NULL)
    show (self, date);
}

static void
day_selected_cb (RoundsDateRow *self)
{
  g_autoptr (GDateTime) old = NULL;
  g_autoptr (GDateTime) date = NULL;

  if (self->showing)
    return;

  old = parse (self);
  if (old == NULL)
    old = g_date_time_new_now_local ();
  date = g_date_time_new_local (gtk_calendar_get_year (self->calendar), gtk_calendar_get_month (self->calendar) + 1,
                                gtk_calendar_get_day (self->calendar), g_date_time_get_hour (old),
                                g_date_time_get_minute (old), 0);
  show (self, date);
  gtk_menu_button_popdown (self->button);
}

static void
rounds_date_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RoundsDateRow *self = ROUNDS_DATE_ROW (object);

  switch (id)
    {
    case PROP_WITH_TIME:
      self->with_time = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_date_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_DATE_ROW);

  G_OBJECT_CLASS (rounds_date_row_parent_class)->dispose (object);
}

static void
rounds_date_row_finalize (GObject *object)
{
  g_free (ROUNDS_DATE_ROW (object)->shown_text);

  G_OBJECT_CLASS (rounds_date_row_parent_class)->finalize (object);
}

static void
rounds_date_row_class_init (RoundsDateRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = rounds_date_row_set_property;
  object_class->dispose = rounds_date_row_dispose;
  object_class->finalize = rounds_date_row_finalize;

  props[PROP_WITH_TIME] = g_param_spec_boolean ("with-time", NULL, NULL, FALSE,
                                                G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/forms/date-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsDateRow, day);
  gtk_widget_class_bind_template_child (widget_class, RoundsDateRow, button);
  gtk_widget_class_bind_template_child (widget_class, RoundsDateRow, calendar);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_selected_cb);
}

static void
rounds_date_row_init (RoundsDateRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (apply_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self))), focus);
}

/**
 * rounds_date_row_new:
 * @title: what the day is, plain text
 * @with_time: whether the time of day matters
 *
 * Returns: (transfer floating): an empty row
 */
GtkWidget *
rounds_date_row_new (const char *title, gboolean with_time)
{
  return g_object_new (ROUNDS_TYPE_DATE_ROW, "title", title, "with-time", with_time, NULL);
}

/**
 * rounds_date_row_set_date:
 * @self: a row without time
 * @date: (nullable): `YYYY-MM-DD`
 */
void
rounds_date_row_set_date (RoundsDateRow *self, const char *date)
{
  g_return_if_fail (ROUNDS_IS_DATE_ROW (self));

  gtk_editable_set_text (GTK_EDITABLE (self), date != NULL ? date : "");
}

/**
 * rounds_date_row_dup_date:
 * @self: a row without time
 *
 * Returns: (transfer full): the day as `YYYY-MM-DD`; what is written, if that is no day, so that a validation can say
 * so
 */
char *
rounds_date_row_dup_date (RoundsDateRow *self)
{
  g_autoptr (GDateTime) date = NULL;

  g_return_val_if_fail (ROUNDS_IS_DATE_ROW (self), NULL);

  date = parse (self);
  return date != NULL ? g_date_time_format (date, "%Y-%m-%d")
                      : g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self))));
}

/**
 * rounds_date_row_set_instant:
 * @self: a row with time
 * @instant: milliseconds since the epoch, UTC; seconds are not shown
 */
void
rounds_date_row_set_instant (RoundsDateRow *self, gint64 instant)
{
  g_autoptr (GDateTime) date = NULL;

  g_return_if_fail (ROUNDS_IS_DATE_ROW (self));

  date = rounds_instant_to_local (instant, NULL);
  show (self, date);
  self->shown = instant;
  g_set_str (&self->shown_text, gtk_editable_get_text (GTK_EDITABLE (self)));
}

/**
 * rounds_date_row_get_instant:
 * @self: a row
 * @instant: (out): milliseconds since the epoch, UTC, of the local time that is written; untouched on failure
 *
 * What was set and not changed comes back as it was, to the millisecond.
 *
 * Returns: %FALSE if what is written is no time
 */
gboolean
rounds_date_row_get_instant (RoundsDateRow *self, gint64 *instant)
{
  g_autoptr (GDateTime) date = NULL;

  g_return_val_if_fail (ROUNDS_IS_DATE_ROW (self), FALSE);

  if (self->shown_text != NULL && g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self)), self->shown_text))
    {
      *instant = self->shown;
      return TRUE;
    }

  date = parse (self);
  if (date == NULL)
    return FALSE;
  *instant = g_date_time_to_unix (date) * ROUNDS_SECOND;
  return TRUE;
}
