/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures whether the window stays usable while a sync brings many records: how long the turns of the main loop take
 * on each page, from waking up to waiting again, with all other pages visited before. What takes longer than a frame or
 * two is felt under the hand.
 *
 *   bench-window RECORDS      a JSON line for each page; needs a display
 */

#include "config.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench-app.h"
#include "bench-common.h"
#include "bench-database.h"
#include "rounds-accounts.h"
#include "rounds-http-server.h"
#include "rounds-password.h"
#include "rounds-server-store.h"
#include "rounds-time.h"
#include "shell/rounds-registry.h"
#include "shell/rounds-window.h"
#include "sync/rounds-sync-service.h"
#include "test-folder.h"

#define PASSWORD "correct horse"
#define FIRST_RECORDS 2000
#define FELT_MS 30
#define QUIET_MS 1500
#define VISIT_MS 300

/* The server on a thread of its own, as it would be on another machine. */
typedef struct
{
  char *database;
  char *address;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  GMutex mutex;
  GCond ready;
} Server;

/* Turns of the main loop, in microseconds of this thread's processor time, which other programs do not lengthen. */
static GArray *turns;
static double turn_began;

static int
poll_and_measure (GPollFD *fds, guint n, int timeout)
{
  double now = bench_get_thread_cpu_time ();
  int result;

  if (turn_began > 0)
    {
      double took = now - turn_began;

      g_array_append_val (turns, took);
    }
  result = g_poll (fds, n, timeout);
  turn_began = bench_get_thread_cpu_time ();
  return result;
}

static RoundsRecord *
make_person (guint n)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autofree char *family = g_strdup_printf ("Example%05u", n);

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family);
  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, "Ada");
  return person;
}

static RoundsRecord *
make_visit (RoundsRecord *person, gint64 at)
{
  RoundsRecord *visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "Ada Example");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, at);
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES,
                          "Asked about dosing at night and what happens to patients who stop.");
  return visit;
}

static RoundsRecord *
make_appointment (RoundsRecord *person, gint64 at)
{
  RoundsRecord *appointment = rounds_record_new (ROUNDS_ENTITY_APPOINTMENT);

  rounds_record_set_uuid (appointment, ROUNDS_APPOINTMENT_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_TITLE, "Visit");
  rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_START_AT, at);
  rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_END_AT, at + 30 * ROUNDS_MINUTE);
  rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_TIME_ZONE, "UTC");
  return appointment;
}

/* Somebody else's work of some months: people, visits before now, some appointments around now. */
static void
fill_server (Server *self, guint n_records, guint first)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecordStore) store = rounds_server_store_open (self->database, &error);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  RoundsRecord *person = NULL;
  gint64 now = rounds_time_now ();

  bench_check (error);
  for (guint i = 0; i < n_records; i++)
    {
      if (i % 10 == 0)
        g_ptr_array_add (records, person = make_person (first + i));
      else if (i % 100 == 1)
        g_ptr_array_add (records, make_appointment (person, now + ((gint64) i - n_records / 2) * ROUNDS_MINUTE));
      else
        g_ptr_array_add (records, make_visit (person, now - (gint64) (first + i) * 10 * ROUNDS_MINUTE));
    }
  bench_save_all (store, records);
}

static void
add_user (Server *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = rounds_password_hash (PASSWORD, &error);
  g_autoptr (RoundsRecordStore) store = rounds_server_store_open (self->database, &error);
  RoundsNewAccount account = { .username = "ama", .role = "rep", .password_hash = hash };
  g_autoptr (RoundsRecord) user = rounds_accounts_create (store, &account, &error);

  bench_check (error);
}

static gpointer
serve (gpointer data)
{
  Server *self = data;
  g_autoptr (GError) error = NULL;
  RoundsApiWorker *worker;
  RoundsHttpServer *http;

  g_main_context_push_thread_default (self->context);
  worker = rounds_api_worker_start (self->database, NULL, &error);
  bench_check (error);
  http = rounds_http_server_new (worker);
  rounds_http_server_listen (http, "127.0.0.1:0", &error);
  bench_check (error);
  g_mutex_lock (&self->mutex);
  self->address = g_strdup_printf ("http://127.0.0.1:%u", rounds_http_server_get_port (http));
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->mutex);
  g_main_loop_run (self->loop);
  rounds_http_server_free (http);
  rounds_api_worker_stop (worker);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static void
start_server (Server *self, const char *folder)
{
  self->database = g_build_filename (folder, "server.db", NULL);
  add_user (self);
  fill_server (self, FIRST_RECORDS, 0);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("server", serve, self);
  g_mutex_lock (&self->mutex);
  while (self->address == NULL)
    g_cond_wait (&self->ready, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static void
stop_server (Server *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit_cb, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_free (self->database);
  g_free (self->address);
}

/* A sync, until it is over and nothing has happened for a while. */
typedef struct
{
  RoundsSyncService *service;
  gint64 over; /* when, or 0 */
} Sync;

static gboolean
is_quiet (gpointer data)
{
  Sync *self = data;

  if (self->over == 0 && rounds_sync_service_get_state (self->service) == ROUNDS_SYNC_IDLE)
    self->over = g_get_monotonic_time ();
  return self->over != 0 && g_get_monotonic_time () - self->over >= QUIET_MS * 1000;
}

/* Returns: how long the sync took, in ms */
static double
wait_for_sync (RoundsSyncService *service)
{
  gint64 began = g_get_monotonic_time ();
  Sync sync = { service, 0 };

  bench_wait_until (is_quiet, &sync);
  return (double) (sync.over - began) / 1000;
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  rounds_sync_service_sign_in_finish (ROUNDS_SYNC_SERVICE (source), result, &error);
  bench_check (error);
}

/* Once the service has read what it knows. */
static void
sign_in (RoundsSyncService *service, const char *address)
{
  bench_turn_for (QUIET_MS);
  rounds_sync_service_sign_in_async (service, address, "ama", PASSWORD, NULL, signed_in_cb, NULL);
  while (rounds_sync_service_get_server (service) == NULL)
    bench_turn_for (QUIET_MS / 10);
}

static void
print_turns (const char *page, guint n_records, double took)
{
  guint felt = 0;

  for (guint i = 0; i < turns->len; i++)
    felt += g_array_index (turns, double, i) > FELT_MS * 1000;
  printf ("{\"what\":\"window during a pull\",\"page\":\"%s\",\"records\":%u,\"ms\":%.0f,\"turns\":%u,\"felt\":%u,"
          "\"p99_ms\":%.1f,\"longest_ms\":%.1f}\n",
          page, n_records, took, turns->len, felt, bench_get_quantile (turns, 0.99) / 1000,
          bench_get_quantile (turns, 1) / 1000);
  fflush (stdout);
}

/* As after a day's work: a page that has been shown once stays. */
static void
visit_all_pages (RoundsWindow *window)
{
  for (const RoundsPageInfo *info = rounds_registry_get_pages (); info->id != NULL; info++)
    {
      rounds_window_show_page (window, info->id);
      bench_turn_for (VISIT_MS);
    }
}

static void
measure_page (const char *page, guint n_records)
{
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "rounds.db", NULL);
  Server server = { 0 };
  RoundsStore *store = bench_open_device (path);
  RoundsAppContext *context;
  RoundsSyncService *service;
  RoundsWindow *window;
  double took;

  start_server (&server, folder);
  context = rounds_app_context_new (store);
  service = rounds_sync_service_new (context);
  window = rounds_window_new (NULL);
  rounds_window_set_context (window, context);
  rounds_window_set_sync_service (window, service);
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 800);
  gtk_window_present (GTK_WINDOW (window));
  visit_all_pages (window);
  rounds_window_show_page (window, page);
  rounds_sync_service_start (service);
  sign_in (service, server.address);
  wait_for_sync (service);

  fill_server (&server, n_records, FIRST_RECORDS);
  g_array_set_size (turns, 0);
  turn_began = 0;
  rounds_sync_service_sync_now (service);
  took = wait_for_sync (service);
  print_turns (page, n_records, took);

  gtk_window_destroy (GTK_WINDOW (window));
  rounds_sync_service_stop (service);
  g_object_unref (service);
  g_object_unref (context);
  bench_close_device (store);
  stop_server (&server);
  test_folder_remove (folder);
}

int
main (int argc, char *argv[])
{
  guint n_records = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 10000;

  gtk_init ();
  adw_init ();
  if (sodium_init () < 0)
    return 1;
  turns = g_array_new (FALSE, FALSE, sizeof (double));
  g_main_context_set_poll_func (NULL, poll_and_measure);
  for (const RoundsPageInfo *info = rounds_registry_get_pages (); info->id != NULL; info++)
    if (argc < 3 || g_strcmp0 (argv[2], info->id) == 0)
      measure_page (info->id, n_records);
  g_array_unref (turns);
  return 0;
}
