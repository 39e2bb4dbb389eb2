/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-journey-history.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "rounds-time.h"

static char *
format_day (gint64 instant)
{
  g_autoptr (GDateTime) date = rounds_instant_to_local (instant, NULL);

  return g_date_time_format (date, rounds_display_day_format (ROUNDS_DAY_YEAR));
}

static char *
describe_time (RoundsRecord *step)
{
  gboolean left = !rounds_record_is_null (step, ROUNDS_JOURNEY_STEP_LEFT_AT);
  gint64 entered_at = rounds_record_get_integer (step, ROUNDS_JOURNEY_STEP_ENTERED_AT);
  gint64 left_at = left ? rounds_record_get_integer (step, ROUNDS_JOURNEY_STEP_LEFT_AT) : rounds_time_now ();
  int n_days = rounds_journey_count_days (entered_at, left_at);
  g_autofree char *from = format_day (entered_at);
  g_autofree char *to = format_day (left_at);
  g_autofree char *days = g_strdup_printf (ngettext ("%d day", "%d days", n_days), n_days);

  if (!left)
    /* Translators: since when a journey has been in a stage, and for how long. */
    return g_strdup_printf (_ ("Since %s · %s"), from, days);
  if (n_days == 0)
    return g_steal_pointer (&from);
  /* Translators: from when to when a journey was in a stage, and for how long. */
  return g_strdup_printf (_ ("%s – %s · %s"), from, to, days);
}

static GtkWidget *
make_row (const RoundsJourneyKind *kind, RoundsRecord *step)
{
  const char *note = rounds_record_get_text (step, ROUNDS_JOURNEY_STEP_NOTE);
  g_autofree char *time = describe_time (step);
  g_autofree char *subtitle = note != NULL ? g_strconcat (time, "\n", note, NULL) : g_strdup (time);
  GtkWidget *icon;
  GtkWidget *row =
    g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title",
                  rounds_journey_kind_get_stage_label (kind, rounds_record_get_text (step, ROUNDS_JOURNEY_STEP_STAGE)),
                  "subtitle", subtitle, "subtitle-lines", 0, NULL);

  icon = gtk_image_new_from_icon_name (
    rounds_record_is_null (step, ROUNDS_JOURNEY_STEP_LEFT_AT) ? "radio-checked-symbolic" : "object-select-symbolic");
  gtk_widget_add_css_class (icon, "dimmed");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  return row;
}

/**
 * rounds_journey_history_fill:
 * @group: an empty group
 * @kind: the kind of journey
 * @steps: (element-type RoundsRecord): the journey's steps, newest first
 *
 * Makes a dated row of every stage that a journey has been in.
 */
void
rounds_journey_history_fill (AdwPreferencesGroup *group, const RoundsJourneyKind *kind, GPtrArray *steps)
{
  for (guint i = 0; i < steps->len; i++)
    adw_preferences_group_add (group, make_row (kind, g_ptr_array_index (steps, i)));
}
