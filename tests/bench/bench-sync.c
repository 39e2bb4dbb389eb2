/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures a device's sync with a real server on loopback: what a rep waits for, and what goes over the line.
 *
 *   bench-sync fill FILE RECORDS                      a server's database with so many interactions
 *   bench-sync run ADDRESS USER PASSWORD-FILE N [CERTIFICATE]    first pull, nothing to do, push of N, one change; a
 *                                                     JSON line each; CERTIFICATE is trusted
 *
 * The interactions are those of usual comparisons of sync systems: notes of 250 characters out of 20 words, 5,000
 * contacts, about 400 bytes of JSON. Bytes are what the kernel counts for the device's connections, both ways, with a
 * header of Ethernet, IP and TCP for each packet.
 */

#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "bench-common.h"
#include "bench-database.h"
#include "rounds-remote-private.h"
#include "rounds-time.h"
#include "test-folder.h"

#define N_PEOPLE 5000
#define BATCH 2000
#define NOTE_LENGTH 250
#define REPEATS 20
#define PACKET_HEADERS (14 + 20 + 32) /* Ethernet, IPv4, TCP with time stamps */

static const char *const words[] = { "visit",    "sample",  "dose",     "trial",     "patient",  "follow",    "up",
                                     "efficacy", "safety",  "brochure", "formulary", "clinic",   "schedule",  "therapy",
                                     "request",  "adverse", "event",    "none",      "reported", "interested" };

static const char *const types[] = { "Visit", "Call", "Virtual" };

static RoundsRecord *
make_interaction (GRand *random, const RoundsUuid *person, guint n)
{
  RoundsRecord *record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (GString) note = g_string_sized_new (NOTE_LENGTH + 20);

  while (note->len < NOTE_LENGTH)
    g_string_append_printf (note, "%s ", words[g_rand_int_range (random, 0, G_N_ELEMENTS (words))]);
  g_string_truncate (note, NOTE_LENGTH);
  rounds_record_set_uuid (record, ROUNDS_INTERACTION_PERSON, person);
  rounds_record_set_text (record, ROUNDS_INTERACTION_HCP_NAME, "Hoffmann");
  rounds_record_set_text (record, ROUNDS_INTERACTION_INTERACTION_TYPE, types[n % G_N_ELEMENTS (types)]);
  rounds_record_set_integer (record, ROUNDS_INTERACTION_OCCURRED_AT,
                             G_GINT64_CONSTANT (1735689600000) + n * ROUNDS_MINUTE);
  rounds_record_set_text (record, ROUNDS_INTERACTION_NOTES, note->str);
  return record;
}

static void
add_interactions (RoundsRecordStore *store, GArray *people, guint n)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);

  for (guint done = 0; done < n; done += BATCH)
    {
      g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = done; i < MIN (done + BATCH, n); i++)
        g_ptr_array_add (records, make_interaction (random, &g_array_index (people, RoundsUuid, i % people->len), i));
      bench_save_each (store, records);
    }
}

static GArray *
add_people (RoundsRecordStore *store)
{
  GArray *people = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < N_PEOPLE; i++)
    {
      RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);
      g_autofree char *name = g_strdup_printf ("Hoffmann %u", i);

      rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, name);
      g_array_append_val (people, *rounds_record_get_id (person));
      g_ptr_array_add (records, person);
    }
  bench_save_all (store, records);
  return people;
}

static GArray *
list_people (RoundsRecordStore *store)
{
  GArray *people = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = rounds_record_store_list (store, query, &error);

  bench_check (error);
  for (guint i = 0; i < records->len; i++)
    g_array_append_val (people, *rounds_record_get_id (records->pdata[i]));
  return people;
}

/* Bytes that this process's connections have carried so far. */
static guint64
count_bytes (void)
{
  g_autoptr (GDir) files = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;
  guint64 bytes = 0;

  while ((name = g_dir_read_name (files)) != NULL)
    {
      struct tcp_info info = { 0 };
      socklen_t length = sizeof info;

      if (getsockopt ((int) g_ascii_strtoll (name, NULL, 10), IPPROTO_TCP, TCP_INFO, &info, &length) == 0)
        bytes += info.tcpi_bytes_sent + info.tcpi_bytes_received
                 + (guint64) (info.tcpi_segs_in + info.tcpi_segs_out) * PACKET_HEADERS;
    }
  return bytes;
}

typedef struct
{
  RoundsSyncEngine *engine;
  RoundsRemote *remote;
  BenchStopwatch watch; /* of the last sync */
  guint64 bytes;
} Device;

static void
sync_once (Device *device)
{
  g_autoptr (GError) error = NULL;
  guint64 bytes = count_bytes ();

  device->watch = (BenchStopwatch) { 0 };
  bench_start (&device->watch);
  rounds_sync_engine_start (device->engine);
  rounds_remote_run (device->remote, device->engine, NULL, &error);
  bench_check (error);
  bench_stop (&device->watch);
  device->bytes = count_bytes () - bytes;
}

static void
print_many (const Device *device, const char *what, guint n)
{
  double seconds = device->watch.wall / G_USEC_PER_SEC;

  printf ("{\"what\": \"%s\", \"records\": %u, \"s\": %.2f, \"per_s\": %.0f, \"cpu_us\": %.1f,"
          " \"bytes_per_record\": %.0f, \"peak_mib\": %ld}\n",
          what, n, seconds, n / seconds, device->watch.cpu / n, (double) device->bytes / n, bench_get_peak_memory ());
  fflush (stdout);
}

/* Changes @record as somebody else does, without this device. */
static void
change_elsewhere (Device *device, RoundsRecord *record, int duration)
{
  g_autoptr (RoundsSyncRequest) request = g_new0 (RoundsSyncRequest, 1);
  g_autofree char *id = rounds_uuid_to_string (rounds_record_get_id (record));
  g_autofree char *body = g_strdup_printf ("{\"duration\": %d}", duration);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  guint status;

  request->method = g_strdup ("PATCH");
  request->path = g_strconcat ("/api/v1/interactions/", id, NULL);
  request->body = g_bytes_new (body, strlen (body));
  answer = rounds_remote_send (device->remote, request, &status, NULL, &error);
  bench_check (error);
  g_assert (status == 200);
}

/* The median of some; @store changes @change before each, or somebody else if there is no @store. */
static void
measure_small (Device *device, RoundsRecordStore *store, const char *what, RoundsRecord *change)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) bytes = g_array_new (FALSE, FALSE, sizeof (double));

  for (int i = 0; i < REPEATS; i++)
    {
      double carried;

      if (change != NULL && store == NULL)
        change_elsewhere (device, change, 100 + i);
      else if (change != NULL)
        {
          rounds_record_set_integer (change, ROUNDS_INTERACTION_DURATION, i + 1);
          bench_save (store, change);
        }
      sync_once (device);
      carried = (double) device->bytes;
      g_array_append_val (times, device->watch.wall);
      g_array_append_val (bytes, carried);
    }
  printf ("{\"what\": \"%s\", \"ms\": %.2f, \"bytes\": %.0f, \"least_bytes\": %.0f}\n", what,
          bench_get_quantile (times, 0.5) / 1000, bench_get_quantile (bytes, 0.5), bench_get_quantile (bytes, 0));
}

static void
sign_in (Device *device, RoundsRecordStore *store, char **argv)
{
  g_autoptr (GError) error = NULL;
  RoundsUuid id = rounds_uuid_new ();
  g_autofree char *name = rounds_uuid_to_string (&id);
  g_autofree char *user = NULL;
  g_autofree char *staff = NULL;
  g_autofree char *password = NULL;

  device->remote = rounds_remote_new (argv[0], &error);
  bench_check (error);
  if (argv[4] != NULL)
    {
      g_autoptr (GTlsDatabase) trusted = g_tls_file_database_new (argv[4], &error);

      bench_check (error);
      g_object_set (device->remote->session, "tls-database", trusted, NULL);
    }
  g_file_get_contents (argv[2], &password, NULL, &error);
  bench_check (error);
  rounds_remote_sign_in (device->remote, argv[1], g_strstrip (password), name, &user, &staff, NULL, &error);
  bench_check (error);
  rounds_record_store_set_state (store, ROUNDS_STATE_DEVICE, name, &error);
  bench_check (error);
  device->engine = rounds_sync_engine_new (store);
}

static void
run (char **argv)
{
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "device.db", NULL);
  g_autoptr (RoundsRecordStore) store = bench_open_store (path, ROUNDS_ROLE_DEVICE);
  g_autoptr (RoundsRecord) change = NULL;
  g_autoptr (GArray) people = NULL;
  Device device = { 0 };
  guint n = (guint) g_ascii_strtoull (argv[3], NULL, 10);

  sign_in (&device, store, argv);
  sync_once (&device);
  print_many (&device, "sync: first pull", rounds_sync_engine_get_summary (device.engine)->pulled);
  sync_once (&device);
  measure_small (&device, NULL, "sync: nothing new", NULL);
  people = list_people (store);
  add_interactions (store, people, n);
  sync_once (&device);
  print_many (&device, "sync: push", rounds_sync_engine_get_summary (device.engine)->pushed);
  {
    g_autoptr (GRand) random = g_rand_new_with_seed (3);

    change = make_interaction (random, &g_array_index (people, RoundsUuid, 0), 0);
  }
  measure_small (&device, store, "sync: one change of ours", change);
  measure_small (&device, NULL, "sync: one change of others", change);
  g_clear_object (&device.engine);
  g_clear_object (&device.remote);
  g_clear_object (&store);
  test_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  if (argc == 4 && g_str_equal (argv[1], "fill"))
    {
      g_autoptr (RoundsRecordStore) store = bench_open_store (argv[2], ROUNDS_ROLE_SERVER);
      g_autoptr (GArray) people = add_people (store);

      add_interactions (store, people, (guint) g_ascii_strtoull (argv[3], NULL, 10));
      return 0;
    }
  if ((argc == 6 || argc == 7) && g_str_equal (argv[1], "run"))
    {
      run (argv + 2);
      return 0;
    }
  fprintf (stderr, "usage: bench-sync fill FILE RECORDS | run ADDRESS USER PASSWORD-FILE N [CERTIFICATE]\n");
  return 2;
}
