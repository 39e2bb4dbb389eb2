/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If these fail, a rep is told that a note is safe when it is not, or is not told that a colleague changed it under
 * their hands.
 */

#include "config.h"

#include "contacts-fixture.h"
#include "contacts/rounds-contact-view.h"
#include "forms/rounds-receipt-label.h"
#include "forms/rounds-text-row.h"
#include "interactions/rounds-event-row.h"
#include "interactions/rounds-interaction-dialog.h"
#include "rounds-time.h"

static RoundsRecord *
add_visit (AppFixture *fixture)
{
  RoundsRecord *visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "Dr. Okafor");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, rounds_time_now ());
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, "Asked about dosing.");
  app_save (fixture, visit);
  return visit;
}

/* Without a server nothing is said of one. */
static gpointer
know_server (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  rounds_record_store_set_state (store, "server", "http://127.0.0.1:1", error);
  return NULL;
}

static void
set_up (AppFixture *fixture, gconstpointer data)
{
  app_fixture_set_up (fixture, data);
  rounds_store_run_async (fixture->store, know_server, NULL, NULL, NULL, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  app_settle (fixture);
}

static void
assert_says (GtkWidget *root, const char *beginning)
{
  RoundsReceiptLabel *label = ROUNDS_RECEIPT_LABEL (app_find_widget (root, ROUNDS_TYPE_RECEIPT_LABEL, 0));
  const char *text = rounds_receipt_label_get_text (label);

  g_assert_cmpint (gtk_widget_get_visible (GTK_WIDGET (label)), ==, beginning != NULL);
  if (beginning == NULL ? text != NULL : text == NULL || !g_str_has_prefix (text, beginning))
    g_error ("It says “%s”, not “%s…”", text, beginning);
}

/* data: how the server answers */
static gpointer
answer (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  RoundsChangeState state = (RoundsChangeState) GPOINTER_TO_INT (data);
  g_autoptr (GPtrArray) outbox = rounds_record_store_list_outbox (store, 0, 100, error);

  for (guint i = 0; i < outbox->len; i++)
    rounds_record_store_set_change_state (store, ((RoundsChange *) outbox->pdata[i])->seq, state,
                                          state == ROUNDS_CHANGE_REJECTED ? "No." : NULL, error);
  return NULL;
}

static void
let_server_answer (AppFixture *fixture, RoundsChangeState state)
{
  rounds_store_run_async (fixture->store, answer, GINT_TO_POINTER (state), NULL, NULL, G_PRIORITY_DEFAULT, NULL, NULL,
                          NULL);
  app_settle (fixture);
}

/* A row says so while it is not safe, and is quiet when it is. */
static void
test_row (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) visit = add_visit (fixture);
  GtkWidget *row = rounds_event_row_new ();
  GtkWidget *window = app_show (fixture, row, 500, 100);

  rounds_event_row_show (ROUNDS_EVENT_ROW (row), fixture->store, visit, FALSE);
  assert_says (row, "Saved here");
  g_assert_nonnull (strstr (rounds_event_row_get_label (ROUNDS_EVENT_ROW (row)), "waiting to be sent"));
  app_take_picture (window, "receipt-row");
  let_server_answer (fixture, ROUNDS_CHANGE_REJECTED);
  assert_says (row, "The server refused a change: No.");
  let_server_answer (fixture, ROUNDS_CHANGE_APPLIED);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_without_server (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) visit = add_visit (fixture);
  GtkWidget *row = rounds_event_row_new ();
  RoundsReceiptLabel *label = g_object_new (ROUNDS_TYPE_RECEIPT_LABEL, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *window;

  gtk_box_append (GTK_BOX (box), row);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));
  window = app_show (fixture, box, 500, 100);
  rounds_event_row_show (ROUNDS_EVENT_ROW (row), fixture->store, visit, FALSE);
  rounds_receipt_label_show (label, fixture->store, visit);
  assert_says (row, NULL);
  g_assert_cmpstr (rounds_receipt_label_get_text (label), ==, "Saved on this device");
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_row_settled (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) visit = add_visit (fixture);
  GtkWidget *row = rounds_event_row_new ();
  GtkWidget *window = app_show (fixture, row, 500, 100);

  rounds_event_row_show (ROUNDS_EVENT_ROW (row), fixture->store, visit, FALSE);
  let_server_answer (fixture, ROUNDS_CHANGE_APPLIED);
  assert_says (row, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* A contact is several records: it is not safe before all of them are. */
static void
test_contact (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "José", "García", "Neurology", "Worcester");
  g_autoptr (RoundsRecord) now = NULL;
  g_autoptr (RoundsRecord) address = NULL;
  GtkWidget *view = g_object_new (ROUNDS_TYPE_CONTACT_VIEW, NULL);
  GtkWidget *window;

  rounds_contact_view_set_context (ROUNDS_CONTACT_VIEW (view), fixture->context);
  rounds_contact_view_set_person (ROUNDS_CONTACT_VIEW (view), person);
  window = app_show (fixture, view, 500, 600);
  assert_says (view, "Saved here");
  let_server_answer (fixture, ROUNDS_CHANGE_APPLIED);
  now = app_get (fixture, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  app_pull (fixture, now);
  app_settle (fixture);
  assert_says (view, "On the server since ");
  app_take_picture (window, "receipt-contact");

  address = rounds_record_new (ROUNDS_ENTITY_ADDRESS);
  rounds_record_set_uuid (address, ROUNDS_ADDRESS_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (address, ROUNDS_ADDRESS_CITY, "Boston");
  app_save (fixture, address);
  app_settle (fixture);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The dialog tells, quietly, and changes nothing that is shown. */
static void
test_changed_elsewhere (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) visit = add_visit (fixture);
  GtkWidget *window = app_show (fixture, gtk_label_new (NULL), 700, 700);
  GtkWidget *dialog = GTK_WIDGET (rounds_interaction_dialog_new (fixture->context, visit));
  GtkWidget *notes;
  g_autofree char *text = NULL;

  adw_dialog_present (ADW_DIALOG (dialog), window);
  app_settle (fixture);
  assert_says (dialog, "Saved here");
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, "Theirs.");
  rounds_record_set_text (visit, ROUNDS_INTERACTION_OUTCOME, "met");
  app_pull (fixture, visit);
  app_settle (fixture);
  assert_says (dialog, "Meanwhile changed elsewhere: Notes, Outcome.");
  app_take_picture (window, "receipt-dialog");
  notes = find_child (dialog, ROUNDS_TYPE_TEXT_ROW, NULL);
  text = rounds_text_row_dup_text (ROUNDS_TEXT_ROW (notes));
  g_assert_cmpstr (text, ==, "Asked about dosing.");

  rounds_record_set_integer (visit, ROUNDS_FIELD_DELETED_AT, rounds_time_now ());
  app_pull (fixture, visit);
  app_settle (fixture);
  assert_says (dialog, "Meanwhile deleted elsewhere.");
  gtk_window_destroy (GTK_WINDOW (window));
}

#define ADD(path, func) g_test_add ("/app/receipts/" path, AppFixture, NULL, set_up, func, app_fixture_tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  ADD ("row", test_row);
  g_test_add ("/app/receipts/without-server", AppFixture, NULL, app_fixture_set_up, test_without_server,
              app_fixture_tear_down);
  ADD ("row-settled", test_row_settled);
  ADD ("contact", test_contact);
  ADD ("changed-elsewhere", test_changed_elsewhere);

  return g_test_run ();
}
