/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures the search in the list of interactions in the real page, as somebody in front of it would:
 *
 *   bench-notes NOTES      a JSON line; needs a display
 *
 * Words are typed letter by letter: from the key to the picture in which what is found stands, with the time for which
 * the entry waits; also in the process's processor time, which other programs do not lengthen.
 */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "bench-app.h"
#include "bench-common.h"
#include "interactions/rounds-interactions-page.h"
#include "rounds-time.h"

#define SEARCHES 40
#define WORDS 12
#define WORD_SYLLABLES 3
#define BATCH 20000

static RoundsRecord *
make_visit (guint n)
{
  RoundsRecord *visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (GString) notes = g_string_new (NULL);
  g_autofree char *name = bench_make_word (n * 7919u, WORD_SYLLABLES);

  for (guint i = 0; i < WORDS; i++)
    {
      g_autofree char *word = bench_make_word ((n + i * 104729u) * 2654435761u >> 8, WORD_SYLLABLES);

      g_string_append_printf (notes, "%s ", word);
    }
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, name);
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, rounds_time_now () - n * ROUNDS_MINUTE);
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, notes->str);
  return visit;
}

static gpointer
fill (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  guint n_notes = GPOINTER_TO_UINT (data);

  for (guint n = 0; n < n_notes; n++)
    {
      g_autoptr (RoundsRecord) visit = make_visit (n);

      if ((n % BATCH == 0 && !rounds_record_store_begin (store, error))
          || !rounds_record_store_save (store, visit, error))
        return NULL;
      if ((n % BATCH == BATCH - 1 || n + 1 == n_notes) && !rounds_record_store_commit (store, error))
        return NULL;
    }
  return store;
}

/* What happens in the window. */
typedef struct
{
  gboolean rows_changed;
  gboolean painted; /* since the rows changed */
} Watch;

static void
rows_changed_cb (Watch *self)
{
  self->rows_changed = TRUE;
}

static void
after_paint_cb (Watch *self)
{
  self->painted = self->painted || self->rows_changed;
}

static gboolean
is_painted (gpointer data)
{
  return ((Watch *) data)->painted;
}

static void
measure (RoundsAppContext *context, guint n_notes)
{
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  GtkWidget *page = rounds_interactions_page_new (context);
  GtkListView *list = GTK_LIST_VIEW (bench_find_widget (page, GTK_TYPE_LIST_VIEW));
  GtkEditable *search = GTK_EDITABLE (bench_find_widget (page, GTK_TYPE_SEARCH_ENTRY));
  g_autoptr (GArray) took = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) cpu = g_array_new (FALSE, FALSE, sizeof (double));
  Watch watch = { 0 };

  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_set_default_size (window, 1000, 800);
  g_signal_connect_swapped (gtk_list_view_get_model (list), "items-changed", G_CALLBACK (rows_changed_cb), &watch);
  gtk_window_present (window);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                            G_CALLBACK (after_paint_cb), &watch);
  bench_wait_until (is_painted, &watch);
  for (guint i = 0; i < SEARCHES; i++)
    {
      g_autofree char *word = bench_make_word ((i / 5) * 6151 + 17, WORD_SYLLABLES);
      BenchStopwatch stopwatch = { 0 };

      word[2 + i % 5] = '\0';
      watch = (Watch) { FALSE, FALSE };
      bench_start (&stopwatch);
      gtk_editable_set_text (search, word);
      bench_wait_until (is_painted, &watch);
      bench_stop (&stopwatch);
      g_array_append_val (took, stopwatch.wall);
      g_array_append_val (cpu, stopwatch.cpu);
    }
  printf ("{\"what\":\"notes search\",\"notes\":%u,\"p50_ms\":%.1f,\"p99_ms\":%.1f,\"cpu_p50_ms\":%.1f,"
          "\"cpu_p99_ms\":%.1f}\n",
          n_notes, bench_get_quantile (took, 0.5) / 1000, bench_get_quantile (took, 0.99) / 1000,
          bench_get_quantile (cpu, 0.5) / 1000, bench_get_quantile (cpu, 0.99) / 1000);
  gtk_window_destroy (window);
}

int
main (int argc, char *argv[])
{
  guint n_notes = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 11000;
  g_autofree char *folder = bench_make_folder ();
  g_autofree char *path = g_build_filename (folder, "rounds.db", NULL);
  RoundsStore *store;
  RoundsAppContext *context;

  gtk_init ();
  adw_init ();
  bench_fill_device (path, fill, GUINT_TO_POINTER (n_notes));
  store = bench_open_device (path);
  context = rounds_app_context_new (store);
  measure (context, n_notes);
  g_object_unref (context);
  bench_close_device (store);
  bench_remove_folder (folder);
  return 0;
}
