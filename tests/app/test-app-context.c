/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, a contact deleted by mistake does not come back, or comes back twice.
 */

#include "config.h"

#include "app-fixture.h"
#include "contacts/rounds-contact-bulk.h"
#include "forms/rounds-form-save.h"
#include "rounds-error.h"
#include "test-loop.h"

static void
count_cb (gpointer data)
{
  (*(guint *) data)++;
}

static void
do_nothing (gpointer data)
{
}

static void
press_undo (AppFixture *fixture)
{
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
}

static void
test_undo_runs_once (AppFixture *fixture, gconstpointer data)
{
  guint undone = 0;
  guint freed = 0;

  rounds_app_context_toast_undo (fixture->context, "Moved", count_cb, &undone, NULL);
  g_assert_cmpstr (rounds_toast_get_text (fixture->last_toast), ==, "Moved");
  press_undo (fixture);
  press_undo (fixture);
  g_assert_cmpuint (undone, ==, 1);

  /* A toast that goes by unused frees what Undo would have needed, and undoes nothing. */
  rounds_app_context_toast_undo (fixture->context, "Moved", do_nothing, &freed, count_cb);
  g_clear_object (&fixture->last_toast);
  g_assert_cmpuint (freed, ==, 1);
}

static GtkLabel *
get_label (AdwToast *toast)
{
  return GTK_LABEL (app_find_widget (adw_toast_get_custom_title (toast), GTK_TYPE_LABEL, 0));
}

static void
test_text_is_no_markup (AppFixture *fixture, gconstpointer data)
{
  rounds_app_context_toast (fixture->context, "A & B <i>deleted");
  g_assert_false (gtk_label_get_use_markup (get_label (fixture->last_toast)));
  g_assert_cmpstr (rounds_toast_get_text (fixture->last_toast), ==, "A & B <i>deleted");
}

static gboolean
is_inside (GtkWidget *widget, GtkWidget *overlay)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (widget, overlay, &bounds) && bounds.origin.x >= 0
         && bounds.origin.x + bounds.size.width <= (float) gtk_widget_get_width (overlay);
}

static void
draw (AppFixture *fixture, GtkWidget *overlay)
{
  for (guint i = 0; i < 3; i++)
    {
      app_settle (fixture);
      gtk_widget_queue_draw (overlay);
      gtk_test_widget_wait_for_draw (overlay);
    }
}

static void
assert_whole (AppFixture *fixture, GtkWidget *overlay, const char *picture)
{
  GtkWidget *button;
  PangoLayout *layout;

  draw (fixture, overlay);
  app_take_picture (GTK_WIDGET (gtk_widget_get_root (overlay)), picture);
  layout = gtk_label_get_layout (get_label (fixture->last_toast));
  g_assert_false (pango_layout_is_ellipsized (layout));
  g_assert_cmpint (pango_layout_get_line_count (layout), >, 1);
  g_assert_true (is_inside (GTK_WIDGET (get_label (fixture->last_toast)), overlay));
  for (guint i = 0; (button = app_find_widget (overlay, GTK_TYPE_BUTTON, i)) != NULL; i++)
    g_assert_true (!gtk_widget_get_mapped (button) || is_inside (button, overlay));
}

/* Why it failed stands at the end: in a narrow window that must be there to read, and long enough, and so must what
 * goes with it. */
static void
test_long_text_is_whole (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (ROUNDS_ERROR, ROUNDS_ERROR_NO_SPACE,
                                                  "The change could not be saved, because the disk of this device, on "
                                                  "which all is kept, is full.");
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *window;

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), adw_bin_new ());
  window = app_show (fixture, overlay, 360, 300);
  rounds_app_context_report (fixture->context, error);
  g_assert_cmpuint (adw_toast_get_timeout (fixture->last_toast), >=, 15);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_object_ref (fixture->last_toast));
  assert_whole (fixture, overlay, "toast-long");
  adw_toast_dismiss (fixture->last_toast);

  /* A window that is made narrow while one is shown. */
  gtk_window_set_default_size (GTK_WINDOW (window), 800, 300);
  draw (fixture, overlay);
  rounds_app_context_toast_undo (fixture->context, "Import undone: 27 records of 14 contacts", do_nothing, NULL, NULL);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_object_ref (fixture->last_toast));
  draw (fixture, overlay);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 300);
  assert_whole (fixture, overlay, "toast-long-undo");
  gtk_window_destroy (GTK_WINDOW (window));
}

/* (owned) (nullable): what a screen reader was told, a message a line */
static GString *told;

/* In the place of GTK's, as its backend for tests does not tell of it. */
void
gtk_accessible_announce (GtkAccessible *self, const char *message, GtkAccessibleAnnouncementPriority priority)
{
  if (told != NULL)
    g_string_append_printf (told, "%s\n", message);
}

static guint
count_told (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (told->str, text, -1);

  return g_strv_length (parts) - 1;
}

/* Who hears the screen is told what a toast says, and that there is a way back, once and when it comes. libadwaita
 * tells of the button. */
static void
test_heard (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *window;

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), adw_bin_new ());
  window = app_show (fixture, overlay, 360, 300);
  told = g_string_new ("\n");
  rounds_app_context_toast (fixture->context, "Ama & Osei saved");
  g_assert_cmpuint (count_told ("saved"), ==, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_object_ref (fixture->last_toast));
  draw (fixture, overlay);
  g_assert_cmpuint (count_told ("Ama & Osei saved"), ==, 1);
  adw_toast_dismiss (fixture->last_toast);

  rounds_app_context_toast_undo (fixture->context, "Moved", do_nothing, NULL, NULL);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_object_ref (fixture->last_toast));
  draw (fixture, overlay);
  g_assert_cmpuint (count_told ("Moved"), ==, 1);
  g_assert_cmpuint (count_told ("Undo"), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
  g_string_free (g_steal_pointer (&told), TRUE);
}

/* Five seconds are too few to hear a toast, find its button and press it. */
static void
test_offer_stays (AppFixture *fixture, gconstpointer data)
{
  guint undone = 0;

  rounds_app_context_toast (fixture->context, "Saved");
  g_assert_cmpuint (adw_toast_get_timeout (fixture->last_toast), ==, 5);
  rounds_app_context_toast_undo (fixture->context, "Moved", count_cb, &undone, NULL);
  g_assert_cmpuint (adw_toast_get_timeout (fixture->last_toast), >=, 15);
}

static void
test_delete_and_undo (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) deleted = NULL;
  g_autoptr (RoundsRecord) restored = NULL;

  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, "Ada");
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Example");
  app_save (fixture, person);

  rounds_app_context_delete (fixture->context, person);
  test_wait_while (fixture->last_toast == NULL);
  deleted = app_get (fixture, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  g_assert_true (rounds_record_is_deleted (deleted));

  press_undo (fixture);
  app_settle (fixture);
  restored = app_get (fixture, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  g_assert_false (rounds_record_is_deleted (restored));
}

static void
test_cancelling_is_no_error (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
  g_autoptr (GError) full = g_error_new_literal (ROUNDS_ERROR, ROUNDS_ERROR_NO_SPACE, "The disk is full.");

  rounds_app_context_report (fixture->context, cancelled);
  g_assert_null (fixture->last_toast);
  rounds_app_context_report (fixture->context, full);
  g_assert_cmpstr (rounds_toast_get_text (fixture->last_toast), ==, "The disk is full.");
}

static void
test_open_and_create (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  const RoundsUuid *id = rounds_record_get_id (visit);

  rounds_app_context_create (fixture->context, visit);
  g_assert_true (fixture->created == visit);
  rounds_app_context_open (fixture->context, ROUNDS_ENTITY_INTERACTION, id);
  g_assert_cmpint (fixture->opened_entity, ==, ROUNDS_ENTITY_INTERACTION);
  g_assert_true (rounds_uuid_equal (&fixture->opened, id));
}

/* Makes somebody, but not before it has been cancelled. On the database thread. */
static gboolean
make_late (RoundsRecordStore *store, gpointer data, GPtrArray *records, GPtrArray *before, GError **error)
{
  RoundsLongWork *work = data;
  GPollFD cancelled;
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  g_assert_true (rounds_long_work_step (work, NULL));
  g_assert_true (g_cancellable_make_pollfd (rounds_long_work_get_cancellable (work), &cancelled));
  g_poll (&cancelled, 1, 30 * 1000);
  g_cancellable_release_fd (rounds_long_work_get_cancellable (work));
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Example");
  g_ptr_array_add (records, person);
  g_ptr_array_add (before, NULL);
  return TRUE;
}

static void
made_late_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rounds_form_save_finish (ROUNDS_STORE (source), result, &error));
  rounds_long_work_end (data, error);
}

static gboolean
is_told_cancelled (gpointer data)
{
  return g_str_has_prefix (rounds_toast_get_text (((AppFixture *) data)->last_toast), "Cancelled");
}

/* Somebody who sees that it takes long can stop it; then all is as it was, and they know. */
static void
test_long_work_is_cancelled (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsQuery) people = rounds_query_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (GPtrArray) left = NULL;
  RoundsLongWork *work = rounds_long_work_begin (fixture->context, 1000);

  rounds_form_make_async (fixture->store, make_late, work, work, made_late_cb, work);
  test_wait_while (fixture->last_toast == NULL);
  g_assert_true (g_str_has_prefix (rounds_toast_get_text (fixture->last_toast), "1 of 1"));
  press_undo (fixture); /* the same button: Cancel */
  app_wait_until (is_told_cancelled, fixture);
  left = app_list (fixture, people);
  g_assert_cmpuint (left->len, ==, 0);
}

/* Holds the database thread up until it is let go, as much work would. */
static gpointer
hold_up (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  GPollFD let_go;

  g_assert_true (g_cancellable_make_pollfd (data, &let_go));
  g_poll (&let_go, 1, 30 * 1000);
  g_cancellable_release_fd (data);
  return GINT_TO_POINTER (TRUE);
}

/* Presses Undo while there is much else to do. It is told how far it is, and that is all there is to wait for. */
static void
undo_slowly (AppFixture *fixture, const char *begins)
{
  g_autoptr (GCancellable) let_go = g_cancellable_new ();
  g_autoptr (AdwToast) offer = g_steal_pointer (&fixture->last_toast);

  rounds_store_run_async (fixture->store, hold_up, let_go, NULL, NULL, G_PRIORITY_HIGH, NULL, NULL, NULL);
  g_signal_emit_by_name (offer, "button-clicked");
  test_wait_while (fixture->last_toast == NULL);
  g_assert_cmpstr (rounds_toast_get_text (fixture->last_toast), ==, begins);
  g_assert_null (adw_toast_get_button_label (fixture->last_toast));
  g_cancellable_cancel (let_go);
  app_settle (fixture);
}

static gboolean
make_many (RoundsRecordStore *store, gpointer data, GPtrArray *records, GPtrArray *before, GError **error)
{
  for (guint i = 0; i < 250; i++)
    {
      RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

      rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Example");
      g_ptr_array_add (records, person);
      g_ptr_array_add (before, NULL);
    }
  return TRUE;
}

typedef struct
{
  AppFixture *fixture;
  RoundsLongWork *work;
} Making;

static void
made_many_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Making *making = data;
  g_autoptr (GError) error = NULL;
  RoundsFormUndo *undo = rounds_form_save_finish (ROUNDS_STORE (source), result, &error);

  g_assert_no_error (error);
  rounds_long_work_end (making->work, NULL);
  g_clear_object (&making->fixture->last_toast);
  rounds_form_undo_offer (undo, making->fixture->context, "Made");
}

static guint
count_people (AppFixture *fixture)
{
  g_autoptr (RoundsQuery) people = rounds_query_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (GPtrArray) found = app_list (fixture, people);

  return found->len;
}

static gboolean
is_offered_undo (gpointer data)
{
  AppFixture *fixture = data;

  return fixture->last_toast != NULL && adw_toast_get_button_label (fixture->last_toast) != NULL
         && strstr (rounds_toast_get_text (fixture->last_toast), "…") == NULL;
}

/* An Undo of thousands that says nothing looks as if it did nothing. */
static void
test_undo_of_many_is_told (AppFixture *fixture, gconstpointer data)
{
  Making making = { fixture, rounds_long_work_begin (fixture->context, 250) };
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  rounds_form_make_async (fixture->store, make_many, NULL, making.work, made_many_cb, &making);
  app_wait_until (is_offered_undo, fixture);
  g_assert_cmpuint (count_people (fixture), ==, 250);
  undo_slowly (fixture, "Undoing: 0 of 250…");
  g_assert_cmpuint (count_people (fixture), ==, 0);

  making.work = rounds_long_work_begin (fixture->context, 250);
  rounds_form_make_async (fixture->store, make_many, NULL, making.work, made_many_cb, &making);
  app_wait_until (is_offered_undo, fixture);
  g_clear_object (&fixture->last_toast);
  for (gint64 key = 251; key <= 500; key++)
    g_array_append_val (keys, key);
  rounds_contact_bulk_delete (fixture->context, keys);
  app_wait_until (is_offered_undo, fixture);
  g_assert_cmpuint (count_people (fixture), ==, 0);
  undo_slowly (fixture, "Undoing: 0 of 250…");
  g_assert_cmpuint (count_people (fixture), ==, 250);
}

#define add(path, test) \
  g_test_add ("/app/context/" path, AppFixture, NULL, app_fixture_set_up, test, app_fixture_tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  add ("undo-runs-once", test_undo_runs_once);
  add ("text-is-no-markup", test_text_is_no_markup);
  add ("long-text-is-whole", test_long_text_is_whole);
  add ("heard", test_heard);
  add ("offer-stays", test_offer_stays);
  add ("delete-and-undo", test_delete_and_undo);
  add ("cancelling-is-no-error", test_cancelling_is_no_error);
  add ("long-work-is-cancelled", test_long_work_is_cancelled);
  add ("undo-of-many-is-told", test_undo_of_many_is_told);
  add ("open-and-create", test_open_and_create);

  return g_test_run ();
}
