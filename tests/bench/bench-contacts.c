/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures the list of contacts in the real window, as somebody in front of it would:
 *
 *   bench-contacts PEOPLE [FOLDER]      JSON lines; needs a display. FOLDER: keeps the store there, for another run
 *
 * - a search is typed letter by letter: from the key to the picture in which the first who are found stand, with the
 *   time for which the entry waits, also in the process's processor time, which other programs do not lengthen; and to
 *   the picture with all of them;
 * - the list is scrolled from end to end, a few times: what each frame takes the main thread. A frame counts with its
 *   median, as what else runs on the machine makes some frames of each round take twice as long, and with its worst;
 * - afterwards the memory (PSS), and the processor time at rest.
 */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench-app.h"
#include "bench-common.h"
#include "bench-database.h"
#include "bench-typing.h"
#include "contacts/rounds-contact-list.h"
#include "rounds-time.h"
#include "shell/rounds-window.h"
#include "test-folder.h"

#define TYPED_NAMES 12
#define LETTERS 5     /* of each name that is typed */
#define SETTLE_MS 500 /* until the view has what it shows next */
#define SCROLL_FRAMES 600
#define SCROLL_ROUNDS 3
#define TALL_MS 33
#define NAME_SYLLABLES 4
#define REST_SECONDS 3
#define UNTIL_REST_SECONDS 20 /* the store gives back what it keeps for speed alone */
#define PEOPLE_OF_ONE_PLACE 40

static const char *const cities[] = { "Boston", "Worcester", "Uppsala", "Zürich", "Toledo", "Nantes" };

/* People, a third of them physicians with a city and a place of work, in one transaction. */

static char *
make_name (guint n)
{
  char *name = bench_make_word (n, NAME_SYLLABLES);

  name[0] = g_ascii_toupper (name[0]);
  return name;
}

static void
save (RoundsRecordStore *store, RoundsRecord *record)
{
  bench_save (store, record);
  g_object_unref (record);
}

static RoundsRecord *
add_place (RoundsRecordStore *store, guint n)
{
  RoundsRecord *organisation = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);
  g_autofree char *name = make_name (n * 7919);
  g_autofree char *full = g_strconcat (name, " Clinic", NULL);

  rounds_record_set_text (organisation, ROUNDS_ORGANISATION_NAME, full);
  save (store, g_object_ref (organisation));
  return organisation;
}

static void
add_person (RoundsRecordStore *store, guint n, RoundsRecord *place)
{
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  RoundsRecord *part;
  g_autofree char *family = make_name (n * 31 + n / 7);
  g_autofree char *given = make_name (n % 997);
  g_autofree char *phone = g_strdup_printf ("+1 (508) %03u-%04u", n / 10000 % 1000, n % 10000);

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family);
  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, given);
  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, phone);
  save (store, g_object_ref (person));

  part = rounds_record_new (ROUNDS_ENTITY_ADDRESS);
  rounds_record_set_uuid (part, ROUNDS_ADDRESS_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (part, ROUNDS_ADDRESS_CITY, cities[n % G_N_ELEMENTS (cities)]);
  save (store, part);
  part = rounds_record_new (ROUNDS_ENTITY_PERSON_ROLE);
  rounds_record_set_uuid (part, ROUNDS_PERSON_ROLE_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (part, ROUNDS_PERSON_ROLE_TYPE, n % 3 == 0 ? "physician" : "patient");
  save (store, part);
  if (n % 3 != 0)
    return;
  part = rounds_record_new (ROUNDS_ENTITY_AFFILIATION);
  rounds_record_set_uuid (part, ROUNDS_AFFILIATION_PERSON, rounds_record_get_id (person));
  rounds_record_set_uuid (part, ROUNDS_AFFILIATION_ORGANISATION, rounds_record_get_id (place));
  save (store, part);
}

static gpointer
fill (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  guint n_people = GPOINTER_TO_UINT (data);
  g_autoptr (RoundsRecord) place = NULL;

  if (!rounds_record_store_begin (store, error))
    return NULL;
  for (guint n = 0; n < n_people; n++)
    {
      if (n % PEOPLE_OF_ONE_PLACE == 0)
        {
          g_clear_object (&place);
          place = add_place (store, n);
        }
      add_person (store, n, place);
    }
  return rounds_record_store_commit (store, error) ? store : NULL;
}

/* Waiting and measuring */

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

static gboolean
is_loaded (gpointer list)
{
  return rounds_contact_list_get_n_rows (list) > 0 && !rounds_contact_list_is_loading (list);
}

/* Types the first letters of people's names. */
static void
measure_search (GtkWidget *window, RoundsContactList *list, guint n_people)
{
  BenchTyping *typing = bench_typing_new (GTK_EDITABLE (bench_find_widget (window, GTK_TYPE_SEARCH_ENTRY)));
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *took = NULL;

  for (guint i = 0; i < TYPED_NAMES; i++)
    {
      g_autofree char *name = make_name (i * 6151 + 17);
      BenchStopwatch stopwatch = { 0 };

      bench_typing_clear (typing);
      bench_wait_until (is_loaded, list);
      name[LETTERS] = '\0';
      bench_typing_type (typing, name);
      /* Who types goes on; only behind the last letter are all of them waited for. */
      bench_start (&stopwatch);
      bench_wait_until (is_loaded, list);
      bench_stop (&stopwatch);
      g_array_append_val (all, stopwatch.wall);
    }
  bench_typing_clear (typing);
  bench_wait_until (is_loaded, list);
  took = bench_typing_describe (typing);
  printf ("{\"what\":\"contacts search\",\"people\":%u,%s,\"rest_p50_ms\":%.1f,\"rest_p99_ms\":%.1f}\n", n_people, took,
          bench_get_quantile (all, 0.5) / 1000, bench_get_quantile (all, 0.99) / 1000);
  fflush (stdout);
  bench_typing_free (typing);
}

/* From end to end, a step a frame. */
typedef struct
{
  GtkAdjustment *adjustment;
  guint frame;
  double began; /* of this frame, in processor time of the main thread */
  GArray *took;
  gboolean done;
} Scroll;

static void
before_paint_cb (Scroll *self)
{
  self->began = bench_get_thread_cpu_time ();
}

static void
scroll_painted_cb (Scroll *self)
{
  double took = (bench_get_thread_cpu_time () - self->began) / 1000;

  g_array_append_val (self->took, took);
}

static gboolean
scroll_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Scroll *self = data;
  double upper = gtk_adjustment_get_upper (self->adjustment) - gtk_adjustment_get_page_size (self->adjustment);

  gtk_adjustment_set_value (self->adjustment, upper * ++self->frame / SCROLL_FRAMES);
  self->done = self->frame >= SCROLL_FRAMES;
  return self->done ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* Returns: (transfer full) (element-type double): what the frames took, in ms */
static GArray *
scroll_through (GtkWidget *window)
{
  GtkWidget *contacts = bench_find_widget (window, ROUNDS_TYPE_CONTACT_LIST);
  GtkWidget *columns = bench_find_widget (contacts, GTK_TYPE_COLUMN_VIEW);
  GtkWidget *list = columns != NULL ? columns : bench_find_widget (contacts, GTK_TYPE_LIST_VIEW);
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  Scroll scroll = { .took = g_array_new (FALSE, FALSE, sizeof (double)) };
  gulong before, after;

  scroll.adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
  gtk_adjustment_set_value (scroll.adjustment, 0);
  bench_turn_for (SETTLE_MS);
  before = g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (before_paint_cb), &scroll);
  after = g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (scroll_painted_cb), &scroll);
  gtk_widget_add_tick_callback (list, scroll_tick_cb, &scroll, NULL);
  bench_wait_until (is_set, &scroll.done);
  g_signal_handler_disconnect (clock, before);
  g_signal_handler_disconnect (clock, after);
  return scroll.took;
}

static guint
count_tall (GArray *frames)
{
  guint n = 0;

  for (guint i = 0; i < frames->len; i++)
    n += g_array_index (frames, double, i) > TALL_MS;
  return n;
}

static void
measure_scrolling (GtkWidget *window, guint n_people, const char *view)
{
  GArray *rounds[SCROLL_ROUNDS];
  GArray *usual = g_array_new (FALSE, FALSE, sizeof (double));
  double worst = 0;
  guint tall = 0;

  for (guint r = 0; r < SCROLL_ROUNDS; r++)
    rounds[r] = scroll_through (window);
  for (guint i = 0; i < SCROLL_FRAMES && i < rounds[0]->len; i++)
    {
      g_autoptr (GArray) same = g_array_new (FALSE, FALSE, sizeof (double));
      double median;

      for (guint r = 0; r < SCROLL_ROUNDS; r++)
        if (i < rounds[r]->len)
          g_array_append_val (same, g_array_index (rounds[r], double, i));
      median = bench_get_quantile (same, 0.5);
      g_array_append_val (usual, median);
    }
  /* By now each frame has been looked at beside the same one of the other rounds: a quantile puts them in order. */
  for (guint r = 0; r < SCROLL_ROUNDS; r++)
    {
      worst = MAX (worst, bench_get_quantile (rounds[r], 1));
      tall += count_tall (rounds[r]);
      g_array_unref (rounds[r]);
    }
  printf ("{\"what\":\"contacts scrolling\",\"people\":%u,\"view\":\"%s\",\"frames\":%u,\"p50_ms\":%.1f,"
          "\"p99_ms\":%.1f,\"longest_ms\":%.1f,\"above_33_ms\":%u,\"worst_ms\":%.1f,\"worst_above_33_ms\":%u}\n",
          n_people, view, usual->len, bench_get_quantile (usual, 0.5), bench_get_quantile (usual, 0.99),
          bench_get_quantile (usual, 1), count_tall (usual), worst, tall);
  fflush (stdout);
  g_array_unref (usual);
}

static void
measure_rest (guint n_people)
{
  BenchStopwatch watch = { 0 };

  bench_turn_for (UNTIL_REST_SECONDS * 1000);
  bench_start (&watch);
  bench_turn_for (REST_SECONDS * 1000);
  bench_stop (&watch);
  printf ("{\"what\":\"contacts at rest\",\"people\":%u,\"pss_mib\":%.0f,\"rest_cpu_percent\":%.2f}\n", n_people,
          bench_get_memory (getpid ()), watch.cpu / watch.wall * 100);
  fflush (stdout);
}

static void
measure (RoundsAppContext *context, guint n_people)
{
  RoundsWindow *window = rounds_window_new (NULL);
  GtkWidget *page;
  RoundsContactList *list;

  rounds_window_set_context (window, context);
  page = rounds_window_show_page (window, "contacts");
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  gtk_window_present (GTK_WINDOW (window));
  list = ROUNDS_CONTACT_LIST (bench_find_widget (page, ROUNDS_TYPE_CONTACT_LIST));
  bench_wait_until (is_loaded, list);

  measure_search (GTK_WIDGET (window), list, n_people);
  bench_turn_for (SETTLE_MS);
  measure_scrolling (GTK_WIDGET (window), n_people, "rows");
  g_settings_set_boolean (rounds_app_context_get_settings (context), "contacts-as-columns", TRUE);
  bench_turn_for (SETTLE_MS);
  measure_scrolling (GTK_WIDGET (window), n_people, "columns");
  g_settings_reset (rounds_app_context_get_settings (context), "contacts-as-columns");
  measure_rest (n_people);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  guint n_people = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 20000;
  g_autofree char *folder = argc > 2 ? g_strdup (argv[2]) : test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "rounds.db", NULL);
  RoundsStore *store;
  RoundsAppContext *context;

  gtk_init ();
  adw_init ();
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    bench_fill_device (path, fill, GUINT_TO_POINTER (n_people));
  store = bench_open_device (path);
  context = rounds_app_context_new (store);
  measure (context, n_people);
  g_object_unref (context);
  bench_close_device (store);
  if (argc < 3)
    test_folder_remove (g_steal_pointer (&folder));
  return 0;
}
