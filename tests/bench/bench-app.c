/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-app.h"

#include "bench-common.h"
#include "bench-database.h"

#define LIMIT_US (600 * G_USEC_PER_SEC) /* against hanging; a busy machine is no fault */
#define WAKE_MS 50

static const char *const syllables[] = { "ba", "ren", "to", "mil", "ka",  "son", "de", "lu", "gar", "ni",
                                         "ve", "sti", "or", "pan", "hei", "mo",  "ta", "ru", "el",  "wi" };

/* So that a condition is looked at also when nothing else happens. */
static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
bench_wait_until (BenchCondition condition, gpointer data)
{
  gint64 end = g_get_monotonic_time () + LIMIT_US;
  guint wake = g_timeout_add (WAKE_MS, wake_cb, NULL);

  while (!condition (data))
    {
      if (g_get_monotonic_time () > end)
        g_error ("It does not come to an end");
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (wake);
}

static gboolean
stop_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

void
bench_turn_for (guint ms)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  g_timeout_add (ms, stop_cb, loop);
  g_main_loop_run (loop);
}

GtkWidget *
bench_find_widget (GtkWidget *root, GType type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (child), type) ? child : bench_find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

RoundsStore *
bench_open_device (const char *path)
{
  g_autoptr (GError) error = NULL;
  RoundsStore *store = rounds_store_open (path, bench_key, ROUNDS_OPEN_CREATE, &error);

  bench_check (error);
  return store;
}

void
bench_close_device (RoundsStore *store)
{
  rounds_store_close (store);
  g_object_unref (store);
}

static void
filled_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  rounds_store_run_finish (ROUNDS_STORE (source), result, &error);
  bench_check (error);
  *(gboolean *) data = TRUE;
}

void
bench_fill_device (const char *path, RoundsStoreFunc fill, gpointer data)
{
  RoundsStore *store = bench_open_device (path);
  gboolean filled = FALSE;

  rounds_store_run_async (store, fill, data, NULL, NULL, G_PRIORITY_DEFAULT, NULL, filled_cb, &filled);
  while (!filled) /* however long it takes */
    g_main_context_iteration (NULL, TRUE);
  bench_close_device (store);
}

char *
bench_make_word (guint n, guint n_syllables)
{
  GString *word = g_string_new (NULL);

  for (guint i = 0; i < n_syllables; i++, n /= G_N_ELEMENTS (syllables))
    g_string_append (word, syllables[n % G_N_ELEMENTS (syllables)]);
  return g_string_free_and_steal (word);
}
