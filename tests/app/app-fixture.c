/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app-fixture.h"
#include "rounds-list-row.h"
#include "test-folder.h"
#include "test-loop.h"

#define LONGEST_WAIT (60 * G_USEC_PER_SEC)

static void
toast_cb (AppFixture *fixture, AdwToast *toast)
{
  g_set_object (&fixture->last_toast, toast);
}

static void
create_cb (AppFixture *fixture, RoundsRecord *record)
{
  g_set_object (&fixture->created, record);
}

static void
open_cb (AppFixture *fixture, int entity, const RoundsUuid *id)
{
  fixture->opened_entity = entity;
  fixture->opened = *id;
}

void
app_test_init (int *argc, char ***argv)
{
  g_autoptr (GtkCssProvider) provider = NULL;

  gtk_test_init (argc, argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, RESOURCE_BASE "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    RESOURCE_BASE "/icons");
}

void
app_fixture_set_up (AppFixture *fixture, gconstpointer data)
{
  static const guint8 key[ROUNDS_KEY_LENGTH] = { 7 };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->directory = test_folder_new ();
  path = g_build_filename (fixture->directory, "rounds.db", NULL);
  fixture->store = rounds_store_open (path, key, ROUNDS_OPEN_CREATE, &error);
  g_assert_no_error (error);
  fixture->context = rounds_app_context_new (fixture->store);
  fixture->opened_entity = -1;
  g_signal_connect_swapped (fixture->context, "toast", G_CALLBACK (toast_cb), fixture);
  g_signal_connect_swapped (fixture->context, "create", G_CALLBACK (create_cb), fixture);
  g_signal_connect_swapped (fixture->context, "open", G_CALLBACK (open_cb), fixture);
}

void
app_fixture_tear_down (AppFixture *fixture, gconstpointer data)
{
  app_settle (fixture);
  g_clear_object (&fixture->last_toast);
  g_clear_object (&fixture->created);
  g_signal_handlers_disconnect_by_data (fixture->context, fixture);
  g_clear_object (&fixture->context);
  rounds_store_close (fixture->store);
  g_clear_object (&fixture->store);
  g_clear_pointer (&fixture->directory, test_folder_remove);
}

static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
app_wait_until (AppCondition condition, gpointer data)
{
  gint64 deadline = g_get_monotonic_time () + LONGEST_WAIT;
  guint wake = g_timeout_add (20, wake_cb, NULL);

  while (!condition (data))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_main_context_iteration (NULL, TRUE);
    }
  g_source_remove (wake);
}

static gpointer
do_nothing (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (TRUE);
}

/* Some rounds through both queues: what the first one's answers ask for is answered in the next. */
void
app_settle (AppFixture *fixture)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GAsyncResult) written = NULL;
      g_autoptr (GAsyncResult) read = NULL;

      rounds_store_run_async (fixture->store, do_nothing, NULL, NULL, NULL, G_PRIORITY_LOW + 100, NULL,
                              test_keep_result_cb, &written);
      rounds_store_run_finish (fixture->store, test_wait_for_result (&written), NULL);
      rounds_store_read_async (fixture->store, do_nothing, NULL, NULL, NULL, G_PRIORITY_LOW + 100, NULL,
                               test_keep_result_cb, &read);
      rounds_store_run_finish (fixture->store, test_wait_for_result (&read), NULL);
      while (g_main_context_pending (NULL))
        g_main_context_iteration (NULL, FALSE);
    }
}

void
app_save (AppFixture *fixture, RoundsRecord *record)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (records, rounds_record_dup (record));
  rounds_store_save_async (fixture->store, records, NULL, test_keep_result_cb, &result);
  rounds_store_save_finish (fixture->store, test_wait_for_result (&result), &error);
  g_assert_no_error (error);
}

RoundsRecord *
app_add_person (AppFixture *fixture, const char *given, const char *family)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, given);
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family);
  app_save (fixture, person);
  return person;
}

static gpointer
put_remote (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (rounds_record_store_begin_remote (store, error)
                          && rounds_record_store_put_remote (store, data, NULL, error)
                          && rounds_record_store_commit (store, error));
}

void
app_pull (AppFixture *fixture, RoundsRecord *record)
{
  RoundsRecord *copy = rounds_record_dup (record);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rounds_record_set_integer (copy, ROUNDS_FIELD_REV, rounds_record_get_integer (copy, ROUNDS_FIELD_REV) + 1);
  rounds_record_set_integer (copy, ROUNDS_FIELD_CREATED_AT, 1);
  rounds_record_set_integer (copy, ROUNDS_FIELD_UPDATED_AT, 1);
  rounds_store_run_async (fixture->store, put_remote, copy, g_object_unref, NULL, G_PRIORITY_DEFAULT, NULL,
                          test_keep_result_cb, &result);
  rounds_store_run_finish (fixture->store, test_wait_for_result (&result), &error);
  g_assert_no_error (error);
}

RoundsRecord *
app_get (AppFixture *fixture, RoundsEntity entity, const RoundsUuid *id)
{
  g_autoptr (GError) error = NULL;
  RoundsRecord *record = rounds_store_get (fixture->store, entity, id, &error);

  g_assert_no_error (error);
  return record;
}

GPtrArray *
app_list (AppFixture *fixture, RoundsQuery *query)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records = rounds_store_list (fixture->store, rounds_query_limit (query, 1000), &error);

  g_assert_no_error (error);
  return records;
}

GtkWidget *
app_show (AppFixture *fixture, GtkWidget *page, int width, int height)
{
  GtkWidget *window = adw_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  app_settle (fixture);
  /* A breakpoint applies in the frame after the one in which the size is known. */
  for (guint i = 0; i < 3; i++)
    {
      gtk_widget_queue_draw (window);
      gtk_test_widget_wait_for_draw (window);
    }
  return window;
}

void
app_take_picture (GtkWidget *window, const char *name)
{
  const char *folder = g_getenv ("ROUNDS_TEST_PICTURES");
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;

  for (guint i = 0; i < 3; i++)
    {
      gtk_widget_queue_draw (window);
      gtk_test_widget_wait_for_draw (window);
    }
  paintable = gtk_widget_paintable_new (window);
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (window), gtk_widget_get_height (window));
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
  path = g_strdup_printf ("%s/%s.png", folder, name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static GtkWidget *
find_widget (GtkWidget *widget, GType type, guint *index)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) && (*index)-- == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type, index);

      if (found != NULL)
        return found;
    }
  return NULL;
}

RoundsRecord *
app_get_contact (GListModel *rows, guint position)
{
  g_autoptr (RoundsListRow) row = g_list_model_get_item (rows, position);

  g_assert_nonnull (row);
  return g_object_ref (rounds_list_row_get_record (row));
}

GtkWidget *
app_find_widget (GtkWidget *root, GType type, guint index)
{
  return find_widget (root, type, &index);
}

gboolean
app_tells (GtkWidget *root, const char *text)
{
  if (GTK_IS_LABEL (root) && gtk_widget_is_visible (root)
      && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (app_tells (child, text))
      return TRUE;
  return FALSE;
}
