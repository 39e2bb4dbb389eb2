/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-typing.h"

#include "bench-app.h"
#include "bench-common.h"
#include "rounds-record-list.h"

struct _BenchTyping
{
  GtkEditable *search;  /* (owned) */
  GdkFrameClock *clock; /* (owned) */
  gulong answered_hook;
  guint answered_signal;

  gboolean asked;    /* the entry has told what was typed */
  gboolean answered; /* and a list has an answer to it */
  gboolean painted;  /* and there is a picture of it */

  double frame_began; /* in processor time of the main thread */
  GArray *wall;       /* of double, a letter each: from the key to the picture */
  GArray *cpu;        /* the same in processor time of all threads, which other programs do not lengthen */
  GArray *main_cpu;   /* of the main thread */
  GArray *frames;     /* what each frame took the main thread */
};

static void
asked_cb (BenchTyping *self)
{
  self->asked = TRUE;
}

static gboolean
answered_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  BenchTyping *self = data;

  self->answered = self->asked;
  return G_SOURCE_CONTINUE;
}

static void
before_paint_cb (BenchTyping *self)
{
  self->frame_began = bench_get_thread_cpu_time ();
}

static void
after_paint_cb (BenchTyping *self)
{
  double took = bench_get_thread_cpu_time () - self->frame_began;

  g_array_append_val (self->frames, took);
  self->painted = self->painted || self->answered;
}

static gboolean
is_painted (gpointer data)
{
  return ((BenchTyping *) data)->painted;
}

static GArray *
new_times (void)
{
  return g_array_new (FALSE, FALSE, sizeof (double));
}

BenchTyping *
bench_typing_new (GtkEditable *search)
{
  BenchTyping *self = g_new0 (BenchTyping, 1);

  self->search = g_object_ref (search);
  self->clock = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (search)));
  self->wall = new_times ();
  self->cpu = new_times ();
  self->main_cpu = new_times ();
  self->frames = new_times ();
  self->answered_signal = g_signal_lookup ("answered", ROUNDS_TYPE_RECORD_LIST);
  self->answered_hook = g_signal_add_emission_hook (self->answered_signal, 0, answered_cb, self, NULL);
  g_signal_connect_swapped (search, "search-changed", G_CALLBACK (asked_cb), self);
  g_signal_connect_swapped (self->clock, "before-paint", G_CALLBACK (before_paint_cb), self);
  g_signal_connect_swapped (self->clock, "after-paint", G_CALLBACK (after_paint_cb), self);
  return self;
}

void
bench_typing_free (BenchTyping *self)
{
  g_signal_remove_emission_hook (self->answered_signal, self->answered_hook);
  g_signal_handlers_disconnect_by_data (self->search, self);
  g_signal_handlers_disconnect_by_data (self->clock, self);
  g_object_unref (self->search);
  g_object_unref (self->clock);
  g_array_unref (self->wall);
  g_array_unref (self->cpu);
  g_array_unref (self->main_cpu);
  g_array_unref (self->frames);
  g_free (self);
}

void
bench_typing_type (BenchTyping *self, const char *letters)
{
  for (const char *letter = letters; *letter != '\0'; letter++)
    {
      BenchStopwatch stopwatch = { 0 };
      double main_began = bench_get_thread_cpu_time (), main_cpu;
      int end = -1;

      self->asked = self->answered = self->painted = FALSE;
      bench_start (&stopwatch);
      gtk_editable_set_position (self->search, -1);
      end = gtk_editable_get_position (self->search);
      gtk_editable_insert_text (self->search, letter, 1, &end);
      bench_wait_until (is_painted, self);
      bench_stop (&stopwatch);
      main_cpu = bench_get_thread_cpu_time () - main_began;
      g_array_append_val (self->wall, stopwatch.wall);
      g_array_append_val (self->cpu, stopwatch.cpu);
      g_array_append_val (self->main_cpu, main_cpu);
    }
}

void
bench_typing_clear (BenchTyping *self)
{
  guint n_frames = self->frames->len;

  /* An empty search is told and answered at once. */
  self->asked = self->answered = TRUE;
  self->painted = FALSE;
  gtk_editable_set_text (self->search, "");
  bench_wait_until (is_painted, self);
  g_array_set_size (self->frames, n_frames);
}

char *
bench_typing_describe (BenchTyping *self)
{
  return g_strdup_printf ("\"keys\":%u,\"p50_ms\":%.1f,\"p99_ms\":%.1f,\"cpu_p50_ms\":%.1f,\"cpu_p99_ms\":%.1f,"
                          "\"main_cpu_p50_ms\":%.1f,\"main_cpu_p99_ms\":%.1f,\"longest_frame_ms\":%.1f",
                          self->wall->len, bench_get_quantile (self->wall, 0.5) / 1000,
                          bench_get_quantile (self->wall, 0.99) / 1000, bench_get_quantile (self->cpu, 0.5) / 1000,
                          bench_get_quantile (self->cpu, 0.99) / 1000, bench_get_quantile (self->main_cpu, 0.5) / 1000,
                          bench_get_quantile (self->main_cpu, 0.99) / 1000,
                          bench_get_quantile (self->frames, 1) / 1000);
}
