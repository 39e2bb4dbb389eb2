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
#include <time.h>

#include "interactions/rounds-interactions-page.h"
#include "rounds-time.h"

#define SEARCHES 40
#define WORDS 12
#define BATCH 20000
#define LIMIT_US (120 * G_USEC_PER_SEC)

static const char *const syllables[] = { "ba", "ren", "to", "mil", "ka",  "son", "de", "lu", "gar", "ni",
                                         "ve", "sti", "or", "pan", "hei", "mo",  "ta", "ru", "el",  "wi" };

static void
check (const GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

/* One of 8,000, the same for the same number. */
static char *
make_word (guint n)
{
  const guint n_syllables = G_N_ELEMENTS (syllables);

  return g_strconcat (syllables[n % n_syllables], syllables[n / n_syllables % n_syllables],
                      syllables[n / n_syllables / n_syllables % n_syllables], NULL);
}

static RoundsRecord *
make_visit (guint n)
{
  RoundsRecord *visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (GString) notes = g_string_new (NULL);
  g_autofree char *name = make_word (n * 7919u);

  for (guint i = 0; i < WORDS; i++)
    {
      g_autofree char *word = make_word ((n + i * 104729u) * 2654435761u >> 8);

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

static void
filled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  rounds_store_run_finish (ROUNDS_STORE (source), result, &error);
  check (error);
  *(gboolean *) data = TRUE;
}

static double
get_cpu_ms (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1000 + (double) time.tv_nsec / 1000000;
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
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_for_picture (Watch *watch)
{
  gint64 end = g_get_monotonic_time () + LIMIT_US;
  guint wake = g_timeout_add (50, wake_cb, NULL);

  while (!watch->painted)
    {
      if (g_get_monotonic_time () > end)
        g_error ("It does not come to an end");
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (wake);
}

static GtkWidget *
find_widget (GtkWidget *root, GType type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (child), type) ? child : find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
get_quantile (GArray *values, double share)
{
  g_array_sort (values, compare_doubles);
  return g_array_index (values, double, MIN ((guint) (share * values->len), values->len - 1));
}

static void
measure (RoundsAppContext *context, guint n_notes)
{
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  GtkWidget *page = rounds_interactions_page_new (context);
  GtkListView *list = GTK_LIST_VIEW (find_widget (page, GTK_TYPE_LIST_VIEW));
  GtkEditable *search = GTK_EDITABLE (find_widget (page, GTK_TYPE_SEARCH_ENTRY));
  g_autoptr (GArray) took = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) cpu = g_array_new (FALSE, FALSE, sizeof (double));
  Watch watch = { 0 };

  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_set_default_size (window, 1000, 800);
  g_signal_connect_swapped (gtk_list_view_get_model (list), "items-changed", G_CALLBACK (rows_changed_cb), &watch);
  gtk_window_present (window);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint",
                            G_CALLBACK (after_paint_cb), &watch);
  wait_for_picture (&watch);
  for (guint i = 0; i < SEARCHES; i++)
    {
      g_autofree char *word = make_word ((i / 5) * 6151 + 17);
      gint64 began = g_get_monotonic_time ();
      double cpu_began = get_cpu_ms ();
      double ms;

      word[2 + i % 5] = '\0';
      watch = (Watch) { FALSE, FALSE };
      gtk_editable_set_text (search, word);
      wait_for_picture (&watch);
      ms = (double) (g_get_monotonic_time () - began) / 1000;
      g_array_append_val (took, ms);
      ms = get_cpu_ms () - cpu_began;
      g_array_append_val (cpu, ms);
    }
  printf ("{\"what\":\"notes search\",\"notes\":%u,\"p50_ms\":%.1f,\"p99_ms\":%.1f,\"cpu_p50_ms\":%.1f,"
          "\"cpu_p99_ms\":%.1f}\n",
          n_notes, get_quantile (took, 0.5), get_quantile (took, 0.99), get_quantile (cpu, 0.5),
          get_quantile (cpu, 0.99));
  gtk_window_destroy (window);
}

int
main (int argc, char *argv[])
{
  static const guint8 key[ROUNDS_KEY_LENGTH] = { 7 };
  guint n_notes = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 11000;
  g_autofree char *folder = g_dir_make_tmp ("rounds-bench-notes-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "rounds.db", NULL);
  g_autofree char *remove = g_strdup_printf ("rm -rf '%s'", folder);
  g_autoptr (GError) error = NULL;
  RoundsStore *store;
  RoundsAppContext *context;
  gboolean filled = FALSE;

  gtk_init ();
  adw_init ();
  store = rounds_store_open (path, key, ROUNDS_OPEN_CREATE, &error);
  check (error);
  rounds_store_run_async (store, fill, GUINT_TO_POINTER (n_notes), NULL, NULL, G_PRIORITY_DEFAULT, NULL, filled_cb,
                          &filled);
  while (!filled)
    g_main_context_iteration (NULL, TRUE);
  context = rounds_app_context_new (store);
  measure (context, n_notes);
  g_object_unref (context);
  rounds_store_close (store);
  g_object_unref (store);
  if (system (remove) != 0)
    g_printerr ("%s stays\n", folder);
  return 0;
}
