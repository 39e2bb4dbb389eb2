/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, a rep believes that their work is on the server when it is not, or does not learn that something needs
 * them. The server is the real one, in this process, on a port of its own.
 */

#include "config.h"

#include <sodium.h>
#include <string.h>

#include "app-fixture.h"
#include "colleague.h"
#include "rounds-accounts.h"
#include "rounds-error.h"
#include "rounds-http-server.h"
#include "rounds-password.h"
#include "rounds-server-store.h"
#include "rounds-time.h"
#include "sync/rounds-sync-dialog.h"
#include "sync/rounds-sync-service.h"
#include "test-folder.h"

#define PASSWORD "correct horse"

typedef struct
{
  AppFixture app;
  RoundsSyncService *service;

  char *folder;
  char *database;
  RoundsApiWorker *worker;
  RoundsHttpServer *http; /* (nullable) while the server is down */
  char *address;          /* with the port, which it keeps while it is down */

  gboolean done;
  GError *error; /* of the last sign-in */
} Fixture;

static void
add_user (const char *database, const char *username)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = rounds_password_hash (PASSWORD, &error);
  g_autoptr (RoundsRecordStore) store = rounds_server_store_open (database, &error);
  RoundsNewAccount account = { .username = username, .role = "rep", .password_hash = hash };
  g_autoptr (RoundsRecord) user = rounds_accounts_create (store, &account, &error);

  g_assert_no_error (error);
}

static void
start_server (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->http = rounds_http_server_new (fixture->worker);
  g_assert_true (
    rounds_http_server_listen (fixture->http, fixture->address != NULL ? fixture->address : "127.0.0.1:0", &error));
  g_assert_no_error (error);
  if (fixture->address == NULL)
    fixture->address = g_strdup_printf ("127.0.0.1:%u", rounds_http_server_get_port (fixture->http));
}

static gboolean
is_drained (gpointer data)
{
  return rounds_http_server_get_in_flight (((Fixture *) data)->http) == 0;
}

static void
stop_server (Fixture *fixture)
{
  app_wait_until (is_drained, fixture);
  g_clear_pointer (&fixture->http, rounds_http_server_free);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  app_fixture_set_up (&fixture->app, data);
  fixture->folder = test_folder_new ();
  fixture->database = g_build_filename (fixture->folder, "server.db", NULL);
  add_user (fixture->database, "ama");
  add_user (fixture->database, "bob");
  fixture->worker = rounds_api_worker_start (fixture->database, NULL, &error);
  g_assert_no_error (error);
  start_server (fixture);
  fixture->service = rounds_sync_service_new (fixture->app.context);
  rounds_sync_service_start (fixture->service);
  app_settle (&fixture->app);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rounds_sync_service_stop (fixture->service);
  g_clear_object (&fixture->service);
  app_fixture_tear_down (&fixture->app, data);
  if (fixture->http != NULL)
    stop_server (fixture);
  rounds_api_worker_stop (fixture->worker);
  test_folder_remove (fixture->folder);
  g_clear_error (&fixture->error);
  g_free (fixture->database);
  g_free (fixture->address);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  rounds_sync_service_sign_in_finish (ROUNDS_SYNC_SERVICE (source), result, &fixture->error);
  fixture->done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Fixture *) data)->done;
}

static void
sign_in (Fixture *fixture, const char *username, const char *password)
{
  g_autofree char *server = g_strconcat ("http://", fixture->address, "/", NULL);

  fixture->done = FALSE;
  g_clear_error (&fixture->error);
  rounds_sync_service_sign_in_async (fixture->service, server, username, password, NULL, signed_in_cb, fixture);
  app_wait_until (is_done, fixture);
}

typedef struct
{
  Fixture *fixture;
  RoundsSyncState state;
} Wanted;

static gboolean
is_in_state (gpointer data)
{
  const Wanted *wanted = data;

  return rounds_sync_service_get_state (wanted->fixture->service) == wanted->state;
}

static void
wait_for_state (Fixture *fixture, RoundsSyncState state)
{
  Wanted wanted = { fixture, state };

  app_wait_until (is_in_state, &wanted);
  app_settle (&fixture->app);
}

static gboolean
is_all_safe (gpointer data)
{
  RoundsSyncService *service = ((Fixture *) data)->service;

  return rounds_sync_service_get_state (service) == ROUNDS_SYNC_IDLE && rounds_sync_service_get_pending (service) == 0
         && rounds_sync_service_get_last_sync (service) > 0;
}

static void
assert_summary (Fixture *fixture, const char *beginning)
{
  g_autofree char *summary = rounds_sync_service_dup_summary (fixture->service);

  if (!g_str_has_prefix (summary, beginning))
    g_error ("The summary is “%s”, not “%s…”", summary, beginning);
}

static RoundsRecord *
add_person (Fixture *fixture, const char *family)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, "Ada");
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family);
  app_save (&fixture->app, person);
  return person;
}

static RoundsRecord *
get_from_server (Fixture *fixture, const RoundsUuid *id)
{
  g_autoptr (RoundsRecordStore) store = rounds_server_store_open (fixture->database, NULL);

  return rounds_record_store_get (store, ROUNDS_ENTITY_PERSON, id, NULL);
}

static void
test_not_connected (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (rounds_sync_service_get_state (fixture->service), ==, ROUNDS_SYNC_NEVER_SIGNED_IN);
  assert_summary (fixture, "Not connected");
  rounds_sync_service_sync_now (fixture->service);
  g_assert_cmpint (rounds_sync_service_get_state (fixture->service), ==, ROUNDS_SYNC_NEVER_SIGNED_IN);
}

static void
test_sign_in_and_sync (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) before = add_person (fixture, "Before");
  g_autoptr (RoundsRecord) after = NULL;
  g_autoptr (RoundsRecord) there = NULL;

  sign_in (fixture, "ama", PASSWORD);
  g_assert_no_error (fixture->error);
  g_assert_nonnull (rounds_app_context_get_staff (fixture->app.context));
  app_wait_until (is_all_safe, fixture);
  assert_summary (fixture, "All safe");
  there = get_from_server (fixture, rounds_record_get_id (before));
  g_assert_nonnull (there);
  g_clear_object (&there);

  /* A change goes by itself, without anybody asking. */
  after = add_person (fixture, "After");
  app_settle (&fixture->app);
  g_assert_cmpuint (rounds_sync_service_get_pending (fixture->service), ==, 1);
  app_wait_until (is_all_safe, fixture);
  there = get_from_server (fixture, rounds_record_get_id (after));
  g_assert_nonnull (there);
}

static void
test_wrong_password (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "ama", "wrong horse");
  g_assert_error (fixture->error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED);
  g_assert_cmpint (rounds_sync_service_get_state (fixture->service), ==, ROUNDS_SYNC_NEVER_SIGNED_IN);
  g_assert_null (rounds_sync_service_get_server (fixture->service));
}

static void
test_wrong_address (Fixture *fixture, gconstpointer data)
{
  fixture->done = FALSE;
  rounds_sync_service_sign_in_async (fixture->service, "ftp://example.org", "ama", PASSWORD, NULL, signed_in_cb,
                                     fixture);
  app_wait_until (is_done, fixture);
  g_assert_error (fixture->error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_cmpstr (rounds_error_get_field (fixture->error), ==, "server");
}

static gboolean
is_offline_with_one (gpointer data)
{
  RoundsSyncService *service = ((Fixture *) data)->service;

  return rounds_sync_service_get_state (service) == ROUNDS_SYNC_OFFLINE
         && rounds_sync_service_get_pending (service) == 1;
}

static void
test_offline_and_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = NULL;
  g_autoptr (RoundsRecord) there = NULL;

  sign_in (fixture, "ama", PASSWORD);
  app_wait_until (is_all_safe, fixture);

  stop_server (fixture);
  person = add_person (fixture, "Offline");
  rounds_sync_service_sync_now (fixture->service);
  app_wait_until (is_offline_with_one, fixture);
  assert_summary (fixture, "1 change waiting: offline since");

  start_server (fixture);
  rounds_sync_service_sync_now (fixture->service);
  app_wait_until (is_all_safe, fixture);
  there = get_from_server (fixture, rounds_record_get_id (person));
  g_assert_nonnull (there);
}

static gboolean
is_listening (gpointer data)
{
  return rounds_http_server_get_n_listeners (((Fixture *) data)->http) == 1;
}

typedef struct
{
  Fixture *fixture;
  RoundsUuid id;
} Awaited;

static gboolean
has_arrived (gpointer data)
{
  const Awaited *awaited = data;
  g_autoptr (RoundsRecord) record =
    rounds_store_get (awaited->fixture->app.store, ROUNDS_ENTITY_INTERACTION, &awaited->id, NULL);

  return record != NULL;
}

/* A colleague logs something: it is here within moments, and not with the next poll. */
static void
wait_for_change_of_colleague (Fixture *fixture)
{
  g_autofree char *id = colleague_log_interaction (fixture->address, "bob", PASSWORD);
  Awaited awaited = { fixture };

  g_assert_true (rounds_uuid_parse (id, &awaited.id));
  app_wait_until (has_arrived, &awaited);
}

static void
test_hint (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "ama", PASSWORD);
  app_wait_until (is_all_safe, fixture);
  app_wait_until (is_listening, fixture);
  wait_for_change_of_colleague (fixture);

  /* The server goes and comes again: so does the connection, and what was missed meanwhile comes with it. */
  stop_server (fixture);
  start_server (fixture);
  app_wait_until (is_listening, fixture);
  wait_for_change_of_colleague (fixture);
}

static void
set_active (Fixture *fixture, const char *username, gboolean active)
{
  g_autoptr (RoundsRecordStore) store = rounds_server_store_open (fixture->database, NULL);
  g_autoptr (RoundsRecord) user = NULL;

  g_assert_true (rounds_accounts_find (store, username, &user, NULL));
  rounds_record_set_integer (user, ROUNDS_USER_IS_ACTIVE, active);
  g_assert_true (rounds_record_store_save (store, user, NULL));
}

/* The session ends while work goes on: the person learns it, and what they enter meanwhile waits for them. */
static void
test_session_ends (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = NULL;
  g_autoptr (RoundsRecord) there = NULL;

  sign_in (fixture, "ama", PASSWORD);
  app_wait_until (is_all_safe, fixture);
  set_active (fixture, "ama", FALSE);
  person = add_person (fixture, "Kept");
  wait_for_state (fixture, ROUNDS_SYNC_NEEDS_SIGN_IN);
  g_assert_cmpuint (rounds_sync_service_get_pending (fixture->service), ==, 1);
  assert_summary (fixture, "Signed out: 1 change waits");
  g_assert_nonnull (rounds_sync_service_get_detail (fixture->service));
  while (rounds_http_server_get_n_listeners (fixture->http) > 0)
    g_main_context_iteration (NULL, TRUE);

  set_active (fixture, "ama", TRUE);
  sign_in (fixture, "ama", PASSWORD);
  g_assert_no_error (fixture->error);
  app_wait_until (is_all_safe, fixture);
  there = get_from_server (fixture, rounds_record_get_id (person));
  g_assert_nonnull (there);
}

static void
test_survives_restart (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "ama", PASSWORD);
  app_wait_until (is_all_safe, fixture);
  rounds_sync_service_stop (fixture->service);
  g_clear_object (&fixture->service);

  fixture->service = rounds_sync_service_new (fixture->app.context);
  rounds_sync_service_start (fixture->service);
  wait_for_state (fixture, ROUNDS_SYNC_IDLE);
  g_assert_cmpstr (rounds_sync_service_get_username (fixture->service), ==, "ama");
}

/* One team's contacts must not go to another team's server. */
static void
test_other_server (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "ama", PASSWORD);
  app_wait_until (is_all_safe, fixture);

  fixture->done = FALSE;
  rounds_sync_service_sign_in_async (fixture->service, "https://other.example.org", "ama", PASSWORD, NULL, signed_in_cb,
                                     fixture);
  app_wait_until (is_done, fixture);
  g_assert_error (fixture->error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_cmpstr (rounds_error_get_field (fixture->error), ==, "server");
  g_assert_cmpint (rounds_sync_service_get_state (fixture->service), ==, ROUNDS_SYNC_IDLE);
}

static void
test_sign_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = NULL;

  sign_in (fixture, "ama", PASSWORD);
  app_wait_until (is_all_safe, fixture);
  rounds_sync_service_sign_out (fixture->service);
  assert_summary (fixture, "Signed out");
  g_assert_cmpstr (rounds_sync_service_get_username (fixture->service), ==, "ama");

  /* Ama's change must not reach the server as Bob's. */
  person = add_person (fixture, "Hers");
  app_settle (&fixture->app);
  sign_in (fixture, "bob", PASSWORD);
  g_assert_error (fixture->error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_cmpstr (rounds_error_get_field (fixture->error), ==, "username");
  sign_in (fixture, "ama", PASSWORD);
  g_assert_no_error (fixture->error);
  app_wait_until (is_all_safe, fixture);
}

static RoundsRecord *
add_conflict (Fixture *fixture, RoundsRecord *person)
{
  RoundsRecord *conflict = rounds_record_new (ROUNDS_ENTITY_CONFLICT);

  rounds_record_set_text (conflict, ROUNDS_CONFLICT_ENTITY, "person");
  rounds_record_set_uuid (conflict, ROUNDS_CONFLICT_RECORD, rounds_record_get_id (person));
  rounds_record_set_text (conflict, ROUNDS_CONFLICT_FIELD, "phone");
  rounds_record_set_text (conflict, ROUNDS_CONFLICT_ORIGINAL, "\"030 1\"");
  rounds_record_set_text (conflict, ROUNDS_CONFLICT_MINE, "\"030 2\"");
  rounds_record_set_text (conflict, ROUNDS_CONFLICT_THEIRS, "\"030 3\"");
  app_save (&fixture->app, conflict);
  return conflict;
}

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  GtkWidget *button;

  for (guint i = 0; (button = app_find_widget (root, GTK_TYPE_BUTTON, i)) != NULL; i++)
    if (g_strcmp0 (gtk_button_get_label (GTK_BUTTON (button)), label) == 0)
      return button;
  return NULL;
}

static gboolean
needs_nobody (gpointer data)
{
  return rounds_sync_service_get_attention (((Fixture *) data)->service) == 0;
}

static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture, "Example");
  g_autoptr (RoundsRecord) conflict = add_conflict (fixture, person);
  g_autoptr (RoundsRecord) resolved = NULL;
  g_autoptr (RoundsRecord) chosen = NULL;
  GtkWidget *window = app_show (&fixture->app, adw_bin_new (), 700, 700);
  GtkWidget *button;

  app_settle (&fixture->app);
  g_assert_cmpuint (rounds_sync_service_get_attention (fixture->service), ==, 1);
  assert_summary (fixture, "1 change needs you");

  rounds_sync_dialog_present (window, fixture->app.context, fixture->service);
  app_settle (&fixture->app);
  app_take_picture (window, "review-conflict");
  button = find_button (window, "Keep _Mine");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  app_wait_until (needs_nobody, fixture);

  chosen = app_get (&fixture->app, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  g_assert_cmpstr (rounds_record_get_text (chosen, ROUNDS_PERSON_PHONE), ==, "030 2");
  resolved = app_get (&fixture->app, ROUNDS_ENTITY_CONFLICT, rounds_record_get_id (conflict));
  g_assert_false (rounds_record_is_null (resolved, ROUNDS_CONFLICT_RESOLVED_AT));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* data: the number of the change, of those made in this store */
static gpointer
reject (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  rounds_record_store_set_change_state (store, GPOINTER_TO_INT (data), ROUNDS_CHANGE_REJECTED,
                                        "The email is not valid.", error);
  return NULL;
}

static gboolean
needs_one (gpointer data)
{
  return rounds_sync_service_get_attention (((Fixture *) data)->service) == 1;
}

static void
test_rejected (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture, "Example");
  g_autoptr (RoundsRecord) other = NULL;
  GtkWidget *window = app_show (&fixture->app, adw_bin_new (), 700, 700);
  GtkWidget *button;

  rounds_store_run_async (fixture->app.store, reject, GINT_TO_POINTER (1), NULL, NULL, G_PRIORITY_DEFAULT, NULL, NULL,
                          NULL);
  other = add_person (fixture, "Other");
  app_wait_until (needs_one, fixture);

  rounds_sync_dialog_present (window, fixture->app.context, fixture->service);
  app_settle (&fixture->app);
  app_take_picture (window, "review-rejected");
  button = find_button (window, "_Edit");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpint (fixture->app.opened_entity, ==, ROUNDS_ENTITY_PERSON);
  g_assert_true (rounds_uuid_equal (&fixture->app.opened, rounds_record_get_id (person)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_undo_rejected (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture, "Example");
  g_autoptr (RoundsRecord) changed = app_get (&fixture->app, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  g_autoptr (RoundsRecord) undone = NULL;
  g_autoptr (RoundsRecord) other = NULL;
  GtkWidget *window = app_show (&fixture->app, adw_bin_new (), 700, 700);

  rounds_record_set_text (changed, ROUNDS_PERSON_PHONE, "030 1");
  rounds_record_set_text (changed, ROUNDS_PERSON_FAMILY_NAME, "Other");
  app_save (&fixture->app, changed);
  rounds_store_run_async (fixture->app.store, reject, GINT_TO_POINTER (2), NULL, NULL, G_PRIORITY_DEFAULT, NULL, NULL,
                          NULL);
  other = add_person (fixture, "Third");
  app_wait_until (needs_one, fixture);

  rounds_sync_dialog_present (window, fixture->app.context, fixture->service);
  app_settle (&fixture->app);
  g_signal_emit_by_name (find_button (window, "_Discard Change"), "clicked");
  app_settle (&fixture->app);
  undone = app_get (&fixture->app, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  g_assert_true (rounds_record_is_null (undone, ROUNDS_PERSON_PHONE));
  g_assert_cmpstr (rounds_record_get_text (undone, ROUNDS_PERSON_FAMILY_NAME), ==, "Example");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The server has thought better of it, or an administrator has. */
static void
test_retry_rejected (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture, "Example");
  g_autoptr (RoundsRecord) there = NULL;
  GtkWidget *window = app_show (&fixture->app, adw_bin_new (), 700, 700);

  rounds_store_run_async (fixture->app.store, reject, GINT_TO_POINTER (1), NULL, NULL, G_PRIORITY_DEFAULT, NULL, NULL,
                          NULL);
  app_wait_until (needs_one, fixture);
  sign_in (fixture, "ama", PASSWORD);
  rounds_sync_dialog_present (window, fixture->app.context, fixture->service);
  app_settle (&fixture->app);
  g_signal_emit_by_name (find_button (window, "_Try Again"), "clicked");
  app_wait_until (needs_nobody, fixture);
  app_wait_until (is_all_safe, fixture);
  there = get_from_server (fixture, rounds_record_get_id (person));
  g_assert_nonnull (there);
  gtk_window_destroy (GTK_WINDOW (window));
}

static RoundsRecord *
add_note_conflict (Fixture *fixture, RoundsRecord **visit)
{
  RoundsRecord *conflict = rounds_record_new (ROUNDS_ENTITY_CONFLICT);

  *visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  rounds_record_set_text (*visit, ROUNDS_INTERACTION_HCP_NAME, "Dr. Okafor");
  rounds_record_set_integer (*visit, ROUNDS_INTERACTION_OCCURRED_AT, rounds_time_now ());
  rounds_record_set_text (*visit, ROUNDS_INTERACTION_NOTES, "Paper by [Monday / Friday].");
  app_save (&fixture->app, *visit);
  rounds_record_set_text (conflict, ROUNDS_CONFLICT_ENTITY, "interaction");
  rounds_record_set_uuid (conflict, ROUNDS_CONFLICT_RECORD, rounds_record_get_id (*visit));
  rounds_record_set_text (conflict, ROUNDS_CONFLICT_FIELD, "notes");
  rounds_record_set_text (conflict, ROUNDS_CONFLICT_ORIGINAL, "\"Paper by Tuesday.\"");
  rounds_record_set_text (conflict, ROUNDS_CONFLICT_MINE, "\"Paper by Friday.\"");
  rounds_record_set_text (conflict, ROUNDS_CONFLICT_THEIRS, "\"Paper by Monday.\"");
  app_save (&fixture->app, conflict);
  return conflict;
}

static GtkTextBuffer *
find_editor (GtkWidget *window)
{
  return gtk_text_view_get_buffer (
    GTK_TEXT_VIEW (app_find_widget (window, GTK_TYPE_TEXT_VIEW, 3))); /* each version has one */
}

static gboolean
is_open_again (gpointer data)
{
  return rounds_sync_service_get_attention (((Fixture *) data)->service) == 1;
}

/* The two texts are brought together by hand; a sync that tells of the same conflict meanwhile leaves the words alone;
 * and there is a way back. */
static void
test_conflict_in_a_note (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) visit = NULL;
  g_autoptr (RoundsRecord) conflict = add_note_conflict (fixture, &visit);
  g_autoptr (RoundsRecord) chosen = NULL;
  GtkWidget *window = app_show (&fixture->app, adw_bin_new (), 700, 700);
  g_autofree char *text = NULL;

  app_settle (&fixture->app);
  rounds_sync_dialog_present (window, fixture->app.context, fixture->service);
  app_settle (&fixture->app);
  app_take_picture (window, "conflict-note");
  g_object_get (find_editor (window), "text", &text, NULL);
  g_assert_cmpstr (text, ==, "Paper by [Monday / Friday].");

  gtk_text_buffer_set_text (find_editor (window), "Paper by Monday, better Fri", -1);
  rounds_record_set_text (conflict, ROUNDS_CONFLICT_THEIRS, "\"Paper by Monday noon.\"");
  app_save (&fixture->app, conflict);
  app_settle (&fixture->app);
  gtk_text_buffer_insert_at_cursor (find_editor (window), "day.", -1);
  g_signal_emit_by_name (find_button (window, "Keep This Te_xt"), "clicked");
  app_wait_until (needs_nobody, fixture);
  chosen = app_get (&fixture->app, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (visit));
  g_assert_cmpstr (rounds_record_get_text (chosen, ROUNDS_INTERACTION_NOTES), ==, "Paper by Monday, better Friday.");

  g_signal_emit_by_name (fixture->app.last_toast, "button-clicked");
  app_wait_until (is_open_again, fixture);
  g_clear_object (&chosen);
  chosen = app_get (&fixture->app, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (visit));
  g_assert_cmpstr (rounds_record_get_text (chosen, ROUNDS_INTERACTION_NOTES), ==, "Paper by [Monday / Friday].");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* data: a person's id; as if the disk had lost it */
static gpointer
forget_person (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsStatement) statement =
    rounds_database_prepare (rounds_record_store_get_database (store), "DELETE FROM \"person\" WHERE id = $1", error);

  rounds_statement_bind_uuid (statement, 1, data);
  g_assert_true (rounds_statement_run (statement, error));
  return NULL;
}

static gboolean
is_checked (gpointer data)
{
  return adw_toast_get_title (((Fixture *) data)->app.last_toast) != NULL
         && g_str_has_prefix (adw_toast_get_title (((Fixture *) data)->app.last_toast), "Checked: ");
}

/* "Check Everything" finds what is missing here, and says so. */
static void
test_check (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture, "Example");
  g_autoptr (RoundsRecord) back = NULL;
  GtkWidget *window = app_show (&fixture->app, adw_bin_new (), 700, 700);

  sign_in (fixture, "ama", PASSWORD);
  app_wait_until (is_all_safe, fixture);
  rounds_store_run_async (fixture->app.store, forget_person,
                          g_memdup2 (rounds_record_get_id (person), sizeof (RoundsUuid)), g_free, NULL,
                          G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  app_settle (&fixture->app);
  rounds_app_context_toast (fixture->app.context, "Before");

  rounds_sync_dialog_present (window, fixture->app.context, fixture->service);
  app_settle (&fixture->app);
  app_take_picture (window, "sync-check");
  g_signal_emit_by_name (app_find_widget (window, ADW_TYPE_BUTTON_ROW, 0), "activated");
  app_wait_until (is_checked, fixture);
  g_assert_nonnull (strstr (adw_toast_get_title (fixture->app.last_toast), "1 record differed"));
  back = app_get (&fixture->app, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  g_assert_nonnull (back);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Stopped means stopped, until somebody asks. */
static void
test_stop (Fixture *fixture, gconstpointer data)
{
  sign_in (fixture, "ama", PASSWORD);
  rounds_sync_service_sync_now (fixture->service);
  g_assert_cmpint (rounds_sync_service_get_state (fixture->service), ==, ROUNDS_SYNC_SYNCING);
  rounds_sync_service_cancel (fixture->service);
  app_settle (&fixture->app);
  g_assert_cmpint (rounds_sync_service_get_state (fixture->service), ==, ROUNDS_SYNC_STOPPED);
  assert_summary (fixture, "Sync stopped");
  rounds_sync_service_sync_now (fixture->service);
  app_wait_until (is_all_safe, fixture);
}

#define add(path, test) g_test_add ("/app/sync-service/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_assert_cmpint (sodium_init (), >=, 0);

  add ("not-connected", test_not_connected);
  add ("sign-in-and-sync", test_sign_in_and_sync);
  add ("wrong-password", test_wrong_password);
  add ("wrong-address", test_wrong_address);
  add ("offline-and-back", test_offline_and_back);
  add ("hint", test_hint);
  add ("session-ends", test_session_ends);
  add ("survives-restart", test_survives_restart);
  add ("other-server", test_other_server);
  add ("sign-out", test_sign_out);
  add ("conflict", test_conflict);
  add ("rejected", test_rejected);
  add ("undo-rejected", test_undo_rejected);
  add ("retry-rejected", test_retry_rejected);
  add ("conflict-in-a-note", test_conflict_in_a_note);
  add ("check", test_check);
  add ("stop", test_stop);

  return g_test_run ();
}
