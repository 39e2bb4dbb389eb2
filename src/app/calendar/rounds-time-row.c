/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-time-row.h"

#include <glib/gi18n-lib.h>

#include "rounds-when.h"

#define MINUTES_OF_DAY (24 * 60)
#define STEP_MINUTES 15

struct _RoundsTimeRow
{
  AdwEntryRow parent_instance;

  RoundsPhrases *phrases; /* (owned) */
};

G_DEFINE_FINAL_TYPE (RoundsTimeRow, rounds_time_row, ADW_TYPE_ENTRY_ROW)

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
rounds_time_row_finalize (GObject *object)
{
  rounds_phrases_free (ROUNDS_TIME_ROW (object)->phrases);

  G_OBJECT_CLASS (rounds_time_row_parent_class)->finalize (object);
}

static void
rounds_time_row_class_init (RoundsTimeRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_time_row_finalize;
}

static void
rounds_time_row_init (RoundsTimeRow *self)
{
  GtkWidget *text = GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (self)));
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  self->phrases = rounds_phrases_new_for_locale ();
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
  RoundsLineContext context;
  RoundsWhen when;

  g_return_val_if_fail (ROUNDS_IS_TIME_ROW (self), FALSE);

  rounds_line_context_init_now (&context, self->phrases);
  if (!rounds_when_parse (&when, gtk_editable_get_text (GTK_EDITABLE (self)), &context, ROUNDS_WHEN_TIME,
                          ROUNDS_TENSE_PAST))
    return FALSE;
  *minute = when.minute;
  return TRUE;
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

  text = rounds_when_format_time (minute);
  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (self))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self), text);
}

/** rounds_time_row_explain: Returns: (transfer full): what to tell whoever wrote what is not understood */
char *
rounds_time_row_explain (void)
{
  g_autofree char *example = rounds_when_format_time (9 * 60 + 30);

  /* Translators: %s is a time of day. */
  return g_strdup_printf (_ ("Enter a time such as %s."), example);
}
