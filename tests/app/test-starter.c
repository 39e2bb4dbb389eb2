/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, a user cannot get at their data: the first run, the recovery code, and what is said of data that does
 * not open. ROUNDS_KEYRING=memory is a keyring within this process.
 */

#include "config.h"

#include <glib/gstdio.h>

#include "app-fixture.h"
#include "rounds-profile.h"
#include "start/rounds-starter.h"
#include "start/rounds-trouble-page.h"
#include "start/rounds-unlock-page.h"
#include "start/rounds-welcome-page.h"
#include "test-folder.h"

#define CODE_NOBODY_HAS "AAAAA-AAAAA"

typedef struct
{
  char *folder;
  char *code_file;
  RoundsStarter *starter; /* (nullable) */
  GtkWidget *window;
  GtkWidget *page;    /* (not owned) (nullable) the page shown last */
  guint pages;        /* how many were shown */
  RoundsStore *store; /* (owned) (nullable) */
  guint notices;
} Fixture;

static void
show_cb (Fixture *fixture, GtkWidget *page)
{
  fixture->page = page;
  fixture->pages++;
  adw_window_set_content (ADW_WINDOW (fixture->window), page);
}

static void
opened_cb (Fixture *fixture, RoundsStore *store)
{
  g_assert_null (fixture->store);
  fixture->store = g_object_ref (store);
}

static void
notice_cb (Fixture *fixture)
{
  fixture->notices++;
}

static void
begin (Fixture *fixture, const char *recovery_file)
{
  fixture->starter = rounds_starter_new (fixture->folder, recovery_file);
  g_signal_connect_swapped (fixture->starter, "show", G_CALLBACK (show_cb), fixture);
  g_signal_connect_swapped (fixture->starter, "opened", G_CALLBACK (opened_cb), fixture);
  g_signal_connect_swapped (fixture->starter, "notice", G_CALLBACK (notice_cb), fixture);
  rounds_starter_begin (fixture->starter);
}

static void
end (Fixture *fixture)
{
  if (fixture->store != NULL)
    rounds_store_close (fixture->store);
  g_clear_object (&fixture->store);
  /* It may live on for a moment, waiting for the keyring. */
  if (fixture->starter != NULL)
    g_signal_handlers_disconnect_by_data (fixture->starter, fixture);
  g_clear_object (&fixture->starter);
  adw_window_set_content (ADW_WINDOW (fixture->window), NULL);
  fixture->page = NULL;
  fixture->pages = 0;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *keyring = data;

  g_setenv ("ROUNDS_KEYRING", keyring, TRUE);
  fixture->folder = test_folder_new ();
  fixture->code_file = g_build_filename (g_get_tmp_dir (), "rounds-code-XXXXXX", NULL);
  g_close (g_mkstemp (fixture->code_file), NULL);
  fixture->window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 700, 600);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  end (fixture);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_unlink (fixture->code_file);
  test_folder_remove (fixture->folder);
  g_free (fixture->code_file);
}

static gboolean
is_open (gpointer data)
{
  return ((Fixture *) data)->store != NULL;
}

static gboolean
has_unlock_page (gpointer data)
{
  return ROUNDS_IS_UNLOCK_PAGE (((Fixture *) data)->page);
}

/* The first run, as a user goes through it; returns the recovery code. */
static char *
make_profile (Fixture *fixture)
{
  g_autoptr (RoundsProfile) profile = NULL;
  g_autofree char *code = NULL;
  GtkWidget *label = NULL;

  begin (fixture, NULL);
  g_assert_true (ROUNDS_IS_WELCOME_PAGE (fixture->page));
  for (guint i = 0; (label = app_find_widget (fixture->page, GTK_TYPE_LABEL, i)) != NULL; i++)
    if (gtk_widget_has_css_class (label, "recovery-code"))
      break;
  if (label == NULL)
    {
      GtkWidget *view = app_find_widget (fixture->page, ADW_TYPE_NAVIGATION_VIEW, 0);

      adw_navigation_view_push_by_tag (ADW_NAVIGATION_VIEW (view), "code");
      for (guint i = 0; (label = app_find_widget (fixture->page, GTK_TYPE_LABEL, i)) != NULL; i++)
        if (gtk_widget_has_css_class (label, "recovery-code"))
          break;
    }
  g_assert_nonnull (label);
  code = g_strdup (gtk_label_get_text (GTK_LABEL (label)));
  g_assert_true (rounds_recovery_code_check (code, NULL));

  /* Nothing is made before the user says that they have it. */
  profile = rounds_profile_new (fixture->folder);
  g_assert_cmpint (rounds_profile_get_state (profile, NULL), ==, ROUNDS_PROFILE_EMPTY);
  g_signal_emit_by_name (fixture->page, "create", code);
  app_wait_until (is_open, fixture);
  return g_steal_pointer (&code);
}

static gboolean
keyring_remembers (gpointer data)
{
  g_autoptr (RoundsProfile) profile = rounds_profile_new (((Fixture *) data)->folder);
  g_autoptr (RoundsKeyFile) file = rounds_key_file_load (rounds_profile_get_key_path (profile), NULL);

  return file != NULL && rounds_key_file_has_slot (file, "keyring");
}

static void
test_first_run_then_keyring (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_profile (fixture);

  app_wait_until (keyring_remembers, fixture);
  end (fixture);

  begin (fixture, NULL);
  app_wait_until (is_open, fixture);
  /* Nobody was asked anything. */
  g_assert_cmpuint (fixture->pages, ==, 0);
}

static GtkWidget *
find_message (Fixture *fixture)
{
  GtkWidget *label;

  for (guint i = 0; (label = app_find_widget (fixture->page, GTK_TYPE_LABEL, i)) != NULL; i++)
    if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (label)) == GTK_ACCESSIBLE_ROLE_ALERT)
      return label;
  return NULL;
}

static gboolean
has_message (gpointer data)
{
  return gtk_widget_get_visible (find_message (data));
}

static gboolean
was_told (gpointer data)
{
  return ((Fixture *) data)->notices > 0;
}

static void
test_recovery_code (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_profile (fixture);
  g_autofree char *careless = NULL;
  GtkWidget *row;

  app_wait_until (was_told, fixture);
  end (fixture);
  begin (fixture, NULL);
  app_wait_until (has_unlock_page, fixture);

  g_signal_emit_by_name (fixture->page, "unlock", CODE_NOBODY_HAS, FALSE);
  app_wait_until (has_message, fixture);
  g_assert_null (fixture->store);
  row = app_find_widget (fixture->page, ADW_TYPE_PASSWORD_ENTRY_ROW, 0);
  g_assert_true (gtk_widget_has_css_class (row, "error"));

  /* Typing takes the message away. */
  careless = g_ascii_strdown (code, -1);
  gtk_editable_set_text (GTK_EDITABLE (row), careless);
  g_assert_false (has_message (fixture));
  g_signal_emit_by_name (row, "entry-activated");
  app_wait_until (is_open, fixture);
}

static void
test_recovery_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = rounds_recovery_code_new ();

  g_assert_true (g_file_set_contents (fixture->code_file, code, -1, NULL));
  begin (fixture, fixture->code_file);
  /* At once, so that the first frame shows the content. */
  g_assert_nonnull (fixture->store);
  end (fixture);

  begin (fixture, fixture->code_file);
  g_assert_nonnull (fixture->store);
  g_assert_cmpuint (fixture->pages, ==, 0);
  end (fixture);

  g_assert_true (g_file_set_contents (fixture->code_file, CODE_NOBODY_HAS, -1, NULL));
  begin (fixture, fixture->code_file);
  g_assert_null (fixture->store);
  g_assert_true (ROUNDS_IS_UNLOCK_PAGE (fixture->page));
}

static char *
read_file (Fixture *fixture, const char *name, gsize *length)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  char *contents = NULL;

  g_assert_true (g_file_get_contents (path, &contents, length, NULL));
  return contents;
}

static void
write_file (Fixture *fixture, const char *name, const char *contents, gssize length)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, contents, length, NULL));
}

/* What does not open is explained, and every byte of it stays. */
static void
test_damaged_database (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_profile (fixture);
  g_autofree char *garbage = g_strnfill (8192, 'x');
  g_autofree char *after = NULL;
  gsize length;

  end (fixture);
  g_assert_true (g_file_set_contents (fixture->code_file, code, -1, NULL));
  write_file (fixture, "rounds.db", garbage, 8192);
  begin (fixture, fixture->code_file);
  g_assert_null (fixture->store);
  g_assert_true (ROUNDS_IS_TROUBLE_PAGE (fixture->page));

  after = read_file (fixture, "rounds.db", &length);
  g_assert_cmpmem (after, length, garbage, 8192);
}

static gpointer
pretend_newer (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_assert_true (rounds_database_exec (rounds_record_store_get_database (store), "PRAGMA user_version = 999", error));
  return NULL;
}

/* Written by a newer version: moving it away would help nobody, so that is not offered. */
static void
test_too_new (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_profile (fixture);
  GtkWidget *button;
  guint offered = 0;

  g_assert_true (g_file_set_contents (fixture->code_file, code, -1, NULL));
  rounds_store_run_async (fixture->store, pretend_newer, NULL, NULL, NULL, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  end (fixture);

  begin (fixture, fixture->code_file);
  g_assert_null (fixture->store);
  g_assert_true (ROUNDS_IS_TROUBLE_PAGE (fixture->page));
  for (guint i = 0; (button = app_find_widget (fixture->page, GTK_TYPE_BUTTON, i)) != NULL; i++)
    if (gtk_widget_has_css_class (button, "pill") && gtk_widget_get_visible (button))
      offered++;
  /* "Try Again" and "Choose Another Folder". */
  g_assert_cmpuint (offered, ==, 2);
}

static void
test_missing_key_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_profile (fixture);
  g_autofree char *keys = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "keyslots.json", NULL);
  gsize length;

  end (fixture);
  keys = read_file (fixture, "keyslots.json", &length);
  g_unlink (path);
  begin (fixture, NULL);
  g_assert_true (ROUNDS_IS_TROUBLE_PAGE (fixture->page));
  g_assert_null (fixture->store);

  /* Put back, it opens by "Try Again". */
  write_file (fixture, "keyslots.json", keys, (gssize) length);
  g_signal_emit_by_name (fixture->page, "retry");
  app_wait_until (has_unlock_page, fixture);
}

static void
test_move_aside (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = make_profile (fixture);

  end (fixture);
  write_file (fixture, "keyslots.json", "not JSON", -1);
  begin (fixture, NULL);
  g_assert_true (ROUNDS_IS_TROUBLE_PAGE (fixture->page));
  g_signal_emit_by_name (fixture->page, "move-aside");
  g_assert_true (ROUNDS_IS_WELCOME_PAGE (fixture->page));
}

#define add(path, keyring, test) g_test_add ("/app/starter/" path, Fixture, keyring, set_up, test, tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  add ("first-run-then-keyring", "memory", test_first_run_then_keyring);
  add ("recovery-code", "none", test_recovery_code);
  add ("recovery-file", "none", test_recovery_file);
  add ("damaged-database", "none", test_damaged_database);
  add ("too-new", "none", test_too_new);
  add ("missing-key-file", "none", test_missing_key_file);
  add ("move-aside", "none", test_move_aside);

  return g_test_run ();
}
