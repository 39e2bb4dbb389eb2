/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, a rep does not learn that something needs them, or what they choose is not what is kept.
 */

#include "config.h"

#include <sodium.h>
#include <string.h>

#include "duplicates/rounds-unmerge-dialog.h"
#include "rounds-person-merge.h"
#include "rounds-time.h"
#include "sync-fixture.h"
#include "sync/rounds-sync-dialog.h"

static RoundsRecord *
add_conflict (SyncFixture *fixture, RoundsRecord *person)
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

/* Opens the dialog over @window and answers what it asks first. */
static void
answer (SyncFixture *fixture, GtkWidget *window, const char *picture, const char *label)
{
  GtkWidget *button;

  rounds_sync_dialog_present (window, fixture->app.context, fixture->service);
  app_settle (&fixture->app);
  app_take_picture (window, picture);
  button = find_button (window, label);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
needs_nobody (gpointer data)
{
  return rounds_sync_service_get_attention (((SyncFixture *) data)->service) == 0;
}

static void
test_conflict (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (&fixture->app, "Ada", "Example");
  g_autoptr (RoundsRecord) conflict = add_conflict (fixture, person);
  g_autoptr (RoundsRecord) resolved = NULL;
  g_autoptr (RoundsRecord) chosen = NULL;
  GtkWidget *window = app_show (&fixture->app, adw_bin_new (), 700, 700);

  app_settle (&fixture->app);
  g_assert_cmpuint (rounds_sync_service_get_attention (fixture->service), ==, 1);
  sync_assert_summary (fixture, "1 change needs attention");

  answer (fixture, window, "review-conflict", "Keep _Mine");
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
  return rounds_sync_service_get_attention (((SyncFixture *) data)->service) == 1;
}

static void
test_rejected (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (&fixture->app, "Ada", "Example");
  g_autoptr (RoundsRecord) other = NULL;
  GtkWidget *window = app_show (&fixture->app, adw_bin_new (), 700, 700);

  rounds_store_run_async (fixture->app.store, reject, GINT_TO_POINTER (1), NULL, NULL, G_PRIORITY_DEFAULT, NULL, NULL,
                          NULL);
  other = app_add_person (&fixture->app, "Ada", "Other");
  app_wait_until (needs_one, fixture);

  answer (fixture, window, "review-rejected", "_Edit");
  g_assert_cmpint (fixture->app.opened_entity, ==, ROUNDS_ENTITY_PERSON);
  g_assert_true (rounds_uuid_equal (&fixture->app.opened, rounds_record_get_id (person)));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_undo_rejected (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (&fixture->app, "Ada", "Example");
  g_autoptr (RoundsRecord) changed = app_get (&fixture->app, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  g_autoptr (RoundsRecord) undone = NULL;
  g_autoptr (RoundsRecord) other = NULL;
  GtkWidget *window = app_show (&fixture->app, adw_bin_new (), 700, 700);

  rounds_record_set_text (changed, ROUNDS_PERSON_PHONE, "030 1");
  rounds_record_set_text (changed, ROUNDS_PERSON_FAMILY_NAME, "Other");
  app_save (&fixture->app, changed);
  rounds_store_run_async (fixture->app.store, reject, GINT_TO_POINTER (2), NULL, NULL, G_PRIORITY_DEFAULT, NULL, NULL,
                          NULL);
  other = app_add_person (&fixture->app, "Ada", "Third");
  app_wait_until (needs_one, fixture);

  answer (fixture, window, "review-discard", "_Discard Change");
  app_settle (&fixture->app);
  undone = app_get (&fixture->app, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  g_assert_true (rounds_record_is_null (undone, ROUNDS_PERSON_PHONE));
  g_assert_cmpstr (rounds_record_get_text (undone, ROUNDS_PERSON_FAMILY_NAME), ==, "Example");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The server has thought better of it, or an administrator has. */
static void
test_retry_rejected (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (&fixture->app, "Ada", "Example");
  g_autoptr (RoundsRecord) there = NULL;
  GtkWidget *window = app_show (&fixture->app, adw_bin_new (), 700, 700);

  rounds_store_run_async (fixture->app.store, reject, GINT_TO_POINTER (1), NULL, NULL, G_PRIORITY_DEFAULT, NULL, NULL,
                          NULL);
  app_wait_until (needs_one, fixture);
  sync_sign_in (fixture, "ama", HTTP_FIXTURE_PASSWORD);
  answer (fixture, window, "review-try", "_Try Again");
  app_wait_until (needs_nobody, fixture);
  app_wait_until (sync_is_all_safe, fixture);
  there = sync_get_from_server (fixture, rounds_record_get_id (person));
  g_assert_nonnull (there);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Who is merged. */
typedef struct
{
  RoundsUuid kept;
  RoundsUuid merged;
} RefusedMerge;

static gpointer
refuse_merge (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const RefusedMerge *people = data;
  g_autoptr (RoundsRecord) merge = rounds_person_merge_run (store, &people->kept, &people->merged, NULL, error);
  g_autoptr (GPtrArray) changes = NULL;
  gint64 first;

  g_assert_nonnull (merge);
  changes = rounds_record_store_list_record_changes (store, rounds_record_get_id (merge), 1, error);
  first = rounds_change_at (changes, 0)->seq;
  g_clear_pointer (&changes, g_ptr_array_unref);
  changes = rounds_record_store_list_outbox (store, first - 1, 100, error);
  g_assert_cmpuint (changes->len, >, 2);
  for (guint i = 0; i < changes->len; i++)
    g_assert_true (rounds_record_store_set_change_state (store, rounds_change_at (changes, i)->seq,
                                                         ROUNDS_CHANGE_REJECTED, "Not yours.", error));
  return NULL;
}

/* A merge is one row, however much it moves; it is taken back as a whole, by what takes people apart elsewhere. */
static void
test_rejected_merge (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) kept = app_add_person (&fixture->app, "Ada", "Example");
  g_autoptr (RoundsRecord) merged = app_add_person (&fixture->app, "Ada", "Other");
  g_autoptr (RoundsRecord) visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsRecord) now = NULL;
  RefusedMerge people = { *rounds_record_get_id (kept), *rounds_record_get_id (merged) };
  GtkWidget *window = app_show (&fixture->app, adw_bin_new (), 700, 700);
  GtkWidget *dialog;

  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, &people.merged);
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "Ada Other");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, rounds_time_now ());
  app_save (&fixture->app, visit);
  rounds_store_run_async (fixture->app.store, refuse_merge, g_memdup2 (&people, sizeof people), g_free, NULL,
                          G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  app_wait_until (needs_one, fixture);

  answer (fixture, window, "review-merge", "_Unmerge…");
  g_assert_false (gtk_widget_get_visible (find_button (window, "_Discard Change")));
  app_settle (&fixture->app);
  dialog = app_find_widget (window, ROUNDS_TYPE_UNMERGE_DIALOG, 0);
  g_assert_nonnull (dialog);
  gtk_widget_activate_action (dialog, "unmerge.run", NULL);
  app_settle (&fixture->app);
  now = app_get (&fixture->app, ROUNDS_ENTITY_PERSON, &people.merged);
  g_assert_false (rounds_record_is_deleted (now));
  g_object_unref (now);
  now = app_get (&fixture->app, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (visit));
  g_assert_true (rounds_uuid_equal (rounds_record_get_uuid (now, ROUNDS_INTERACTION_PERSON), &people.merged));
  gtk_window_destroy (GTK_WINDOW (window));
}

typedef struct
{
  RefusedMerge people;
  RoundsUuid territory;
} RefusedMove;

/* The two are merged, and the one who is kept moves to another territory, which the server refuses. */
static gpointer
refuse_move (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const RefusedMove *move = data;
  g_autoptr (RoundsRecord) merge =
    rounds_person_merge_run (store, &move->people.kept, &move->people.merged, NULL, error);
  g_autoptr (RoundsRecord) kept = rounds_record_store_get (store, ROUNDS_ENTITY_PERSON, &move->people.kept, error);
  g_autoptr (GPtrArray) changes = NULL;

  rounds_record_set_uuid (kept, ROUNDS_FIELD_TERRITORY, &move->territory);
  g_assert_true (rounds_record_store_save (store, kept, error));
  changes = rounds_record_store_list_record_changes (store, rounds_record_get_id (merge), 1, error);
  g_assert_cmpint (rounds_change_at (changes, 0)->operation, ==, ROUNDS_OPERATION_UPDATE);
  g_assert_true (rounds_record_store_set_change_state (store, rounds_change_at (changes, 0)->seq,
                                                       ROUNDS_CHANGE_REJECTED, "Not yours.", error));
  return NULL;
}

/* A merge that goes to another territory with its contact is not taken for one that is undone: the move can be taken
 * back, and the two people stay one. */
static void
test_rejected_move_of_a_merge (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) kept = app_add_person (&fixture->app, "Ada", "Example");
  g_autoptr (RoundsRecord) merged = app_add_person (&fixture->app, "Ada", "Other");
  g_autoptr (RoundsRecord) territory = rounds_record_new (ROUNDS_ENTITY_TERRITORY);
  g_autoptr (RoundsRecord) now = NULL;
  RefusedMove move = { .people = { *rounds_record_get_id (kept), *rounds_record_get_id (merged) } };
  GtkWidget *window = app_show (&fixture->app, adw_bin_new (), 700, 700);

  rounds_record_set_text (territory, ROUNDS_TERRITORY_NAME, "North");
  app_save (&fixture->app, territory);
  move.territory = *rounds_record_get_id (territory);
  rounds_store_run_async (fixture->app.store, refuse_move, g_memdup2 (&move, sizeof move), g_free, NULL,
                          G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  app_wait_until (needs_one, fixture);

  rounds_sync_dialog_present (window, fixture->app.context, fixture->service);
  app_settle (&fixture->app);
  g_assert_false (gtk_widget_get_visible (find_button (window, "_Unmerge…")));
  g_assert_true (gtk_widget_get_visible (find_button (window, "_Discard Change")));
  g_signal_emit_by_name (find_button (window, "_Discard Change"), "clicked");
  app_settle (&fixture->app);
  now = app_get (&fixture->app, ROUNDS_ENTITY_PERSON, &move.people.merged);
  g_assert_true (rounds_record_is_deleted (now));
  gtk_window_destroy (GTK_WINDOW (window));
}

static RoundsRecord *
add_note_conflict (SyncFixture *fixture, RoundsRecord **visit)
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

/* The two texts are brought together by hand; a sync that tells of the same conflict meanwhile leaves the words alone;
 * and there is a way back. */
static void
test_conflict_in_a_note (SyncFixture *fixture, gconstpointer data)
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
  app_wait_until (needs_one, fixture);
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
  SyncFixture *fixture = data;

  return fixture->app.last_toast != NULL
         && g_str_has_prefix (rounds_toast_get_text (fixture->app.last_toast), "Checked: ");
}

/* "Check Everything" finds what is missing here, and says so. */
static void
test_check (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_add_person (&fixture->app, "Ada", "Example");
  g_autoptr (RoundsRecord) back = NULL;
  GtkWidget *window = app_show (&fixture->app, adw_bin_new (), 700, 700);

  sync_sign_in (fixture, "ama", HTTP_FIXTURE_PASSWORD);
  app_wait_until (sync_is_all_safe, fixture);
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
  g_assert_nonnull (strstr (rounds_toast_get_text (fixture->app.last_toast), "1 record differed"));
  back = app_get (&fixture->app, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  g_assert_nonnull (back);
  gtk_window_destroy (GTK_WINDOW (window));
}

#define ADD(path, test) \
  g_test_add ("/app/sync-dialog/" path, SyncFixture, NULL, sync_fixture_set_up, test, sync_fixture_tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_assert_cmpint (sodium_init (), >=, 0);

  ADD ("conflict", test_conflict);
  ADD ("rejected", test_rejected);
  ADD ("undo-rejected", test_undo_rejected);
  ADD ("retry-rejected", test_retry_rejected);
  ADD ("rejected-merge", test_rejected_merge);
  ADD ("rejected-move-of-a-merge", test_rejected_move_of_a_merge);
  ADD ("conflict-in-a-note", test_conflict_in_a_note);
  ADD ("check", test_check);
  return g_test_run ();
}
