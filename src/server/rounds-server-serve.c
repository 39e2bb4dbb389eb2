/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "rounds-http-server.h"
#include "rounds-server-commands.h"
#include "rounds-server-log.h"
#include "rounds-server-store.h"

#define USUAL_ADDRESS "127.0.0.1:8080"

typedef struct
{
  GMainLoop *loop;        /* (owned) */
  RoundsHttpServer *http; /* (owned) */
} Service;

static gboolean
quit_cb (gpointer data)
{
  Service *service = data;

  g_main_loop_quit (service->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
signal_cb (gpointer data)
{
  Service *service = data;

  g_message ("stop: %u requests to finish", rounds_http_server_get_in_flight (service->http));
  rounds_http_server_drain (service->http, quit_cb, service);
  return G_SOURCE_CONTINUE;
}

/* Tells where the server is: on stdout, and in a file that is there once the server answers. */
static gboolean
announce (RoundsHttpServer *http, const char *port_file, GError **error)
{
  g_autofree char *uri = rounds_http_server_dup_uri (http);
  g_autofree char *port = g_strdup_printf ("%u\n", rounds_http_server_get_port (http));

  if (port_file != NULL && !g_file_set_contents (port_file, port, -1, error))
    return FALSE;
  g_print (_ ("Listening on %s\n"), uri);
  return TRUE;
}

/* Each device that listens to hints holds a connection; the usual limit of 1024 files is a shell's. */
static void
raise_file_limit (void)
{
  struct rlimit files;

  if (getrlimit (RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == files.rlim_max)
    return;
  files.rlim_cur = files.rlim_max;
  if (setrlimit (RLIMIT_NOFILE, &files) != 0)
    g_info ("the limit of open files stays");
}

/* The loop and the worker hand requests and answers to each other. With a heap for each thread, as is usual, what one
 * has asked for and the other has given back is kept by both, and the worker's grows and shrinks page by page. */
static void
share_heap (void)
{
#ifdef __GLIBC__
  mallopt (M_ARENA_MAX, 1);
#endif
}

static int
run (RoundsApiWorker *worker, const char *listen, const char *port_file, gboolean behind_proxy)
{
  g_autoptr (RoundsHttpServer) http = rounds_http_server_new (worker);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  Service service = { loop, http };

  rounds_http_server_set_behind_proxy (http, behind_proxy);
  if (!rounds_http_server_listen (http, listen, &error) || !announce (http, port_file, &error))
    return rounds_server_fail (error);

  signal (SIGPIPE, SIG_IGN); /* whoever reads the log may go before the server does */
  g_unix_signal_add (SIGTERM, signal_cb, &service);
  g_unix_signal_add (SIGINT, signal_cb, &service);
  g_main_loop_run (loop);
  return EXIT_SUCCESS;
}

/* Whoever tries the server for the first time should learn what is missing before a sign-in fails. */
static gboolean
hint_at_users (const char *path, GError **error)
{
  g_autoptr (RoundsRecordStore) store = rounds_server_store_open (path, error);
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_USER);
  g_autoptr (RoundsRecord) user = NULL;

  if (store == NULL || !rounds_record_store_find (store, query, &user, error))
    return FALSE;
  if (user == NULL)
    g_printerr ("rounds-server: %s\n", _ ("nobody can sign in yet; “rounds-server user add NAME” makes an account"));
  return TRUE;
}

/** rounds_server_serve: the command `serve`. */
int
rounds_server_serve (char **arguments)
{
  g_autofree char *database = NULL;
  g_autofree char *listen = NULL;
  g_autofree char *port_file = NULL;
  g_autofree char *path = NULL;
  gboolean behind_proxy = FALSE;
  g_autoptr (RoundsApiWorker) worker = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) rest = g_strdupv (arguments);
  int status;
  const GOptionEntry entries[] = {
    { "database", 0, 0, G_OPTION_ARG_STRING, &database, N_ ("The SQLite file"), N_ ("FILE") },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &listen, N_ ("Where to listen; port 0 takes a free one"),
      N_ ("ADDRESS:PORT") },
    { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &port_file, N_ ("Write the port there when ready"), N_ ("FILE") },
    { "behind-proxy", 0, 0, G_OPTION_ARG_NONE, &behind_proxy, N_ ("Take clients' addresses from X-Forwarded-For"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (!rounds_server_parse (&rest, NULL, entries, &status))
    return status;
  if (!rounds_server_log_set_level (g_getenv ("LOG_LEVEL")))
    {
      g_printerr ("rounds-server: %s\n", _ ("LOG_LEVEL is error, warning, info or debug."));
      return ROUNDS_EXIT_USAGE;
    }

  share_heap ();
  raise_file_limit ();
  path = rounds_server_store_get_path (database != NULL ? database : g_getenv ("DATABASE_URL"), &error);
  if (path != NULL && hint_at_users (path, &error))
    worker = rounds_api_worker_start (path, g_getenv ("CORS_ORIGINS"), &error);
  if (worker == NULL)
    return rounds_server_fail (error);
  return run (worker, listen != NULL ? listen : USUAL_ADDRESS, port_file, behind_proxy);
}
