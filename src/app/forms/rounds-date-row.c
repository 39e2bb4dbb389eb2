/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-date-row.h"
#include "rounds-display.h"
#include "rounds-time.h"
#include "rounds-wall-time.h"
#include "rounds-when.h"

struct _RoundsDateRow
{
  AdwEntryRow parent_instance;

  GtkLabel *day;
  GtkMenuButton *button;
  GtkCalendar *calendar;

  gboolean with_time;
  gboolean ahead;         /* a day without its year is the next one */
  RoundsPhrases *phrases; /* (owned) */
  RoundsPhrases *english; /* (owned): what the program says where it is not translated is understood as well */
  GDateTime *shown_time;  /* (owned) (nullable): what was set, with the seconds that are not shown */
  char *shown_text;       /* (owned) (nullable): how it reads */
  gboolean showing;       /* the calendar is being set from the text */
};

G_DEFINE_FINAL_TYPE (RoundsDateRow, rounds_date_row, ADW_TYPE_ENTRY_ROW)

enum
{
  PROP_WITH_TIME = 1,
  PROP_AHEAD,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static GDate
to_date (GDateTime *time)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (time), (GDateMonth) g_date_time_get_month (time),
                  (GDateYear) g_date_time_get_year (time));
  return date;
}

static gboolean
read_words (RoundsDateRow *self, const RoundsPhrases *phrases, RoundsLineContext *context, RoundsWhen *when)
{
  rounds_line_context_init_now (context, phrases);
  return rounds_when_parse (when, gtk_editable_get_text (GTK_EDITABLE (self)), context,
                            self->with_time ? ROUNDS_WHEN_MOMENT : ROUNDS_WHEN_DAY,
                            self->ahead ? ROUNDS_TENSE_FUTURE : ROUNDS_TENSE_PAST);
}

/* The local time that the row says; %NULL: nothing, or nothing that makes sense. */
static GDateTime *
parse (RoundsDateRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self));
  g_autofree char *zone = NULL;
  RoundsLineContext context;
  RoundsWhen when;

  if (g_strcmp0 (text, self->shown_text) == 0)
    return g_date_time_ref (self->shown_time);

  if (!read_words (self, self->phrases, &context, &when) && !read_words (self, self->english, &context, &when))
    return NULL;
  if (!self->with_time)
    return g_date_time_new_local (g_date_get_year (&when.date), (int) g_date_get_month (&when.date),
                                  g_date_get_day (&when.date), 0, 0, 0);
  zone = rounds_zone_get_local ();
  return rounds_instant_to_local (rounds_when_resolve (&when, &context, rounds_time_now (), zone), NULL);
}

/* As the locale writes it, so that it can be read again. */
static char *
format (RoundsDateRow *self, GDateTime *time)
{
  GDate date = to_date (time);
  g_autofree char *day = rounds_when_format_day (&date);
  g_autofree char *minute = NULL;

  if (!self->with_time)
    return g_steal_pointer (&day);
  minute = rounds_when_format_time (g_date_time_get_hour (time) * 60 + g_date_time_get_minute (time));
  return g_strconcat (day, " ", minute, NULL);
}

/* What is shown means @time to the second, whatever is left out of it. */
static void
show (RoundsDateRow *self, GDateTime *time)
{
  g_autofree char *text = format (self, time);

  g_clear_pointer (&self->shown_time, g_date_time_unref);
  self->shown_time = g_date_time_ref (time);
  g_set_str (&self->shown_text, text);
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self)), text))
    gtk_editable_set_text (GTK_EDITABLE (self), text);
}

static void
show_text (RoundsDateRow *self, const char *text)
{
  g_clear_pointer (&self->shown_time, g_date_time_unref);
  g_clear_pointer (&self->shown_text, g_free);
  gtk_editable_set_text (GTK_EDITABLE (self), text);
}

/* What is understood: the day of what is written in full, and all of what is not. */
static char *
describe (RoundsDateRow *self, GDateTime *time)
{
  gint64 instant = g_date_time_to_unix (time) * ROUNDS_SECOND;
  g_autofree char *day = rounds_display_day (instant);
  g_autofree char *full = format (self, time);
  g_autofree char *minute = NULL;

  if (!self->with_time || g_str_equal (full, gtk_editable_get_text (GTK_EDITABLE (self))))
    return g_steal_pointer (&day);
  minute = rounds_display_time (instant);
  /* Translators: a day and a time of day, as they were understood: "Yesterday, 9:30". */
  return g_strdup_printf (C_ ("day and time", "%s, %s"), day, minute);
}

static void
text_changed_cb (RoundsDateRow *self)
{
  g_autoptr (GDateTime) time = parse (self);
  g_autofree char *understood = time != NULL ? describe (self, time) : NULL;

  gtk_label_set_text (self->day, understood != NULL ? understood : "");
  if (time != NULL)
    {
      self->showing = TRUE;
      g_object_set (self->calendar, "year", g_date_time_get_year (time), "month", g_date_time_get_month (time) - 1,
                    "day", g_date_time_get_day_of_month (time), NULL);
      self->showing = FALSE;
    }
}

/* On leaving, "yesterday 9:30" becomes the date that it means. */
static void
apply_cb (RoundsDateRow *self)
{
  g_autoptr (GDateTime) time = parse (self);

  if (time != NULL)
    show (self, time);
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
    case PROP_AHEAD:
      self->ahead = g_value_get_boolean (value);
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
  RoundsDateRow *self = ROUNDS_DATE_ROW (object);

  rounds_phrases_free (self->phrases);
  rounds_phrases_free (self->english);
  g_clear_pointer (&self->shown_time, g_date_time_unref);
  g_free (self->shown_text);

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
  props[PROP_AHEAD] = g_param_spec_boolean ("ahead", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
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
  GtkAccessible *text;

  self->phrases = rounds_phrases_new_for_locale ();
  self->english = rounds_phrases_new ("en");
  gtk_widget_init_template (GTK_WIDGET (self));
  text = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self)));
  gtk_accessible_update_relation (text, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->day, NULL, -1);
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
  g_autofree char *noon = date != NULL ? g_strconcat (date, "T12:00:00", NULL) : NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = NULL;

  g_return_if_fail (ROUNDS_IS_DATE_ROW (self));

  if (rounds_date_is_valid (date))
    time = g_date_time_new_from_iso8601 (noon, zone);
  if (time != NULL)
    show (self, time);
  else
    show_text (self, date != NULL ? date : "");
}

/**
 * rounds_date_row_dup_date:
 * @self: a row without time
 *
 * Returns: (transfer full) (nullable): the day as `YYYY-MM-DD`; %NULL if what is written is none
 */
char *
rounds_date_row_dup_date (RoundsDateRow *self)
{
  g_autoptr (GDateTime) time = NULL;

  g_return_val_if_fail (ROUNDS_IS_DATE_ROW (self), NULL);

  time = parse (self);
  return time != NULL ? g_date_time_format (time, "%Y-%m-%d") : NULL;
}

/**
 * rounds_date_row_set_instant:
 * @self: a row with time
 * @instant: milliseconds since the epoch, UTC; seconds are not shown
 */
void
rounds_date_row_set_instant (RoundsDateRow *self, gint64 instant)
{
  g_autoptr (GDateTime) time = NULL;

  g_return_if_fail (ROUNDS_IS_DATE_ROW (self));

  time = rounds_instant_to_local (instant, NULL);
  show (self, time);
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
  g_autoptr (GDateTime) time = NULL;

  g_return_val_if_fail (ROUNDS_IS_DATE_ROW (self), FALSE);

  time = parse (self);
  if (time == NULL)
    return FALSE;
  *instant = g_date_time_to_unix_usec (time) / 1000;
  return TRUE;
}

/** rounds_date_row_is_empty: Returns: whether nothing is written */
gboolean
rounds_date_row_is_empty (RoundsDateRow *self)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (ROUNDS_IS_DATE_ROW (self), TRUE);

  text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self))));
  return *text == '\0';
}

/**
 * rounds_date_row_explain:
 * @self: a row
 *
 * Returns: (transfer full): what to tell whoever wrote what is not understood
 */
char *
rounds_date_row_explain (RoundsDateRow *self)
{
  g_autoptr (GDateTime) now = NULL;
  g_autofree char *example = NULL;

  g_return_val_if_fail (ROUNDS_IS_DATE_ROW (self), NULL);

  now = g_date_time_new_now_local ();
  example = format (self, now);
  if (self->with_time)
    /* Translators: %s is a day and a time in numbers. The words must be of those that src/schedule/phrases has. */
    return g_strdup_printf (_ ("Enter a day and time such as %s or “yesterday 9:30”."), example);
  if (self->ahead)
    /* Translators: %s is a day in numbers. The word must be one of those that src/schedule/phrases has. */
    return g_strdup_printf (_ ("Enter a day such as %s or “tomorrow”."), example);
  /* Translators: %s is a day in numbers. The word must be one of those that src/schedule/phrases has. */
  return g_strdup_printf (_ ("Enter a day such as %s or “yesterday”."), example);
}
