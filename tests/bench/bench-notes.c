/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures the search in the list of interactions in the real page, as somebody in front of it would:
 *
 *   bench-notes NOTES [FOLDER]      a JSON line; needs a display. FOLDER: keeps the store there, for another run
 *
 * Words are typed letter by letter: from the key to the picture in which what is found stands, with the time for which
 * the entry waits; also in the process's processor time, which other programs do not lengthen.
 */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "bench-app.h"
#include "bench-common.h"
#include "bench-typing.h"
#include "interactions/rounds-interactions-page.h"
#include "rounds-time.h"
#include "test-folder.h"

#define TYPED_WORDS 10
#define SETTLE_MS 1000 /* before a word: the whole list has been read */
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

static gboolean
has_rows (gpointer list)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (list))) > 0;
}

static void
measure (RoundsAppContext *context, guint n_notes)
{
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  GtkWidget *page = rounds_interactions_page_new (context);
  BenchTyping *typing;
  g_autofree char *took = NULL;

  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_set_default_size (window, 1000, 800);
  gtk_window_present (window);
  bench_wait_until (has_rows, bench_find_widget (page, GTK_TYPE_LIST_VIEW));
  typing = bench_typing_new (GTK_EDITABLE (bench_find_widget (page, GTK_TYPE_SEARCH_ENTRY)));
  for (guint i = 0; i < TYPED_WORDS; i++)
    {
      g_autofree char *word = bench_make_word (i * 6151 + 17, WORD_SYLLABLES);

      bench_typing_clear (typing);
      bench_turn_for (SETTLE_MS);
      bench_typing_type (typing, word);
    }
  took = bench_typing_describe (typing);
  printf ("{\"what\":\"notes search\",\"notes\":%u,%s}\n", n_notes, took);
  bench_typing_free (typing);
  gtk_window_destroy (window);
}

int
main (int argc, char *argv[])
{
  guint n_notes = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 11000;
  g_autofree char *folder = argc > 2 ? g_strdup (argv[2]) : test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "rounds.db", NULL);
  RoundsStore *store;
  RoundsAppContext *context;

  gtk_init ();
  adw_init ();
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    bench_fill_device (path, fill, GUINT_TO_POINTER (n_notes));
  store = bench_open_device (path);
  context = rounds_app_context_new (store);
  measure (context, n_notes);
  g_object_unref (context);
  bench_close_device (store);
  if (argc < 3)
    test_folder_remove (g_steal_pointer (&folder));
  return 0;
}
