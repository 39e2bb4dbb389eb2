/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-time-row.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>

#define MINUTES_OF_DAY (24 * 60)
#define STEP_MINUTES 15

struct _RoundsTimeRow
{
  AdwEntryRow parent_instance;
};

G_DEFINE_FINAL_TYPE (RoundsTimeRow, rounds_time_row, ADW_TYPE_ENTRY_ROW)

/* As rounds_display_time() has it, so that a time reads the same wherever it stands. */
static char *
format_minute (int minute)
{
  const char *am = nl_langinfo (AM_STR);
  const char *form = nl_langinfo (T_FMT);
  int hour = minute / 60;

  if (*am != '\0' && (strstr (form, "%I") != NULL || strstr (form, "%r") != NULL))
    return g_strdup_printf ("%d:%02d %s", hour % 12 == 0 ? 12 : hour % 12, minute % 60,
                            hour < 12 ? am : nl_langinfo (PM_STR));
  return g_strdup_printf ("%02d:%02d", hour, minute % 60);
}

static gboolean
has_folded_prefix (const char *text, const char *word)
{
  g_autofree char *folded = g_utf8_casefold (word, -1);

  return *folded != '\0' && g_str_has_prefix (text, folded);
}

/* "am", "p.m.", or what the locale says. Returns 0 for none, 1 for before noon, 2 for after, -1 for anything else. */
static int
parse_half (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  if (*folded == '\0')
    return 0;
  if (*folded == 'a' || has_folded_prefix (folded, nl_langinfo (AM_STR)))
    return 1;
  if (*folded == 'p' || has_folded_prefix (folded, nl_langinfo (PM_STR)))
    return 2;
  return -1;
}

/**
 * rounds_time_row_parse:
 * @text: what somebody wrote
 * @minute: (out): minutes since midnight, below 1440; untouched on failure
 *
 * Returns: %TRUE if @text is a time of day
 */
gboolean
rounds_time_row_parse (const char *text, int *minute)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  const char *rest = stripped;
  int numbers[2] = { 0, 0 };
  int n_digits = 0, half;

  while (g_ascii_isdigit (*rest) && n_digits < 4)
    {
      numbers[0] = numbers[0] * 10 + (*rest++ - '0');
      n_digits++;
    }
  if (n_digits == 0)
    return FALSE;
  if (n_digits > 2)
    {
      numbers[1] = numbers[0] % 100;
      numbers[0] /= 100;
    }
  else if (strchr (":.hH,", *rest) != NULL && g_ascii_isdigit (rest[0] != '\0' ? rest[1] : '\0'))
    {
      n_digits = 0;
      for (rest++; g_ascii_isdigit (*rest) && n_digits < 2; n_digits++)
        numbers[1] = numbers[1] * 10 + (*rest++ - '0');
      if (n_digits == 1)
        return FALSE;
    }
  else if (*rest == 'h' || *rest == 'H')
    rest++;

  while (g_ascii_isspace (*rest))
    rest++;
  half = parse_half (rest);
  if (half < 0 || (half > 0 && (numbers[0] < 1 || numbers[0] > 12)))
    return FALSE;
  if (half > 0)
    numbers[0] = numbers[0] % 12 + (half == 2 ? 12 : 0);
  if (numbers[0] > 23 || numbers[1] > 59)
    return FALSE;
  *minute = numbers[0] * 60 + numbers[1];
  return TRUE;
}

static void
normalize (RoundsTimeRow *self)
{
  int minute;

  if (rounds_time_row_get_minute (self, &minute))
    rounds_time_row_set_minute (self, minute);
}

static gboolean
key_pressed_cb (RoundsTimeRow *self, guint keyval, guint keycode, GdkModifierType state)
{
  int minute, step;

  if (keyval != GDK_KEY_Up && keyval != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;
  if (!rounds_time_row_get_minute (self, &minute))
    return GDK_EVENT_PROPAGATE;

  step = keyval == GDK_KEY_Up ? STEP_MINUTES : -STEP_MINUTES;
  rounds_time_row_set_minute (self, (minute + step + MINUTES_OF_DAY) % MINUTES_OF_DAY);
  gtk_editable_set_position (GTK_EDITABLE (self), -1);
  return GDK_EVENT_STOP;
}

static void
rounds_time_row_class_init (RoundsTimeRowClass *klass)
{
}

static void
rounds_time_row_init (RoundsTimeRow *self)
{
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self)));
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (key, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (normalize), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (self, "entry-activated", G_CALLBACK (normalize), self);
  gtk_widget_add_controller (text, focus);
  gtk_widget_add_controller (text, key);
}

/**
 * rounds_time_row_get_minute:
 * @self: a row
 * @minute: (out): minutes since midnight; untouched on failure
 *
 * Returns: %FALSE if what is written is no time
 */
gboolean
rounds_time_row_get_minute (RoundsTimeRow *self, int *minute)
{
  g_return_val_if_fail (ROUNDS_IS_TIME_ROW (self), FALSE);

  return rounds_time_row_parse (gtk_editable_get_text (GTK_EDITABLE (self)), minute);
}

/**
 * rounds_time_row_set_minute:
 * @self: a row
 * @minute: minutes since midnight
 */
void
rounds_time_row_set_minute (RoundsTimeRow *self, int minute)
{
  g_autofree char *text = NULL;

  g_return_if_fail (ROUNDS_IS_TIME_ROW (self));

  text = format_minute (minute);
  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (self))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self), text);
}
