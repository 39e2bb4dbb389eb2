/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If these fail, a rep does not find somebody who is there, waits for the list, or loses part of a contact.
 */

#include "config.h"

#include "contacts-fixture.h"
#include "contacts/rounds-contact-dialog.h"
#include "contacts/rounds-contact-list.h"
#include "contacts/rounds-contact-row.h"
#include "contacts/rounds-contact-view.h"
#include "contacts/rounds-contacts-page.h"
#include "forms/rounds-display.h"
#include "interactions/rounds-event-row.h"
#include "interactions/rounds-interactions-page.h"
#include "rounds-time.h"
#include "test-loop.h"

#define MANY 20000

static GtkWindow *
show (GtkWidget *page)
{
  GtkWindow *window = GTK_WINDOW (adw_window_new ());

  gtk_window_set_default_size (window, 1000, 700);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (window);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  return window;
}

/* A page's list of contacts, or of interactions. */
static GtkListView *
get_list (GtkWidget *page)
{
  GtkWidget *contacts = find_child (page, ROUNDS_TYPE_CONTACT_LIST, NULL);

  return GTK_LIST_VIEW (find_child (contacts != NULL ? contacts : page, GTK_TYPE_LIST_VIEW, NULL));
}

static GListModel *
get_model (GtkWidget *page)
{
  return G_LIST_MODEL (gtk_list_view_get_model (get_list (page)));
}

static void
wait_for_rows (GtkWidget *page, guint n)
{
  test_wait_while (g_list_model_get_n_items (get_model (page)) != n);
}

static guint
count_children (GtkWidget *root, GType type)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (root), type) ? 1 : 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_children (child, type);
  return n;
}

static void
search (GtkWidget *page, const char *words)
{
  gtk_editable_set_text (GTK_EDITABLE (find_child (page, GTK_TYPE_SEARCH_ENTRY, NULL)), words);
}

static void
test_search_folds_accents (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) first = add_physician (fixture, "José", "García", "Neurology", "Worcester");
  g_autoptr (RoundsRecord) second = add_physician (fixture, "Zoë", "Çelik", "Cardiology", "Boston");
  GtkWidget *page = rounds_contacts_page_new (fixture->context);
  GtkWindow *window = show (page);
  g_autoptr (RoundsRecord) found = NULL;

  wait_for_rows (page, 2);
  search (page, "gar");
  wait_for_rows (page, 1);
  found = app_get_contact (get_model (page), 0);
  g_assert_true (rounds_uuid_equal (rounds_record_get_id (found), rounds_record_get_id (first)));
  search (page, "celik zoe");
  g_clear_object (&found);
  app_settle (fixture);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  wait_for_rows (page, 1);
  search (page, "nobody of that name");
  wait_for_rows (page, 0);
  search (page, "");
  wait_for_rows (page, 2);
  gtk_window_destroy (window);
}

static void
test_delete_and_undo (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) first = add_physician (fixture, "José", "García", "Neurology", "Worcester");
  g_autoptr (RoundsRecord) second = add_physician (fixture, "Zoë", "Çelik", "Cardiology", "Boston");
  GtkWidget *page = rounds_contacts_page_new (fixture->context);
  GtkWindow *window = show (page);

  wait_for_rows (page, 2);
  rounds_contacts_page_open (page, rounds_record_get_id (first));
  gtk_widget_activate_action (page, "contact.delete", NULL);
  wait_for_rows (page, 1);
  test_wait_while (fixture->last_toast == NULL);
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  wait_for_rows (page, 2);
  gtk_window_destroy (window);
}

static gpointer
add_many (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  if (!rounds_record_store_begin (store, error))
    return NULL;
  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
      g_autofree char *name = g_strdup_printf ("Name%05u", i);

      rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, name);
      if (!rounds_record_store_save (store, person, error))
        return NULL;
    }
  return rounds_record_store_commit (store, error) ? store : NULL;
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  rounds_store_run_finish (ROUNDS_STORE (source), result, &error);
  g_assert_no_error (error);
}

static void
test_many (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *page;
  GtkWindow *window;

  rounds_store_run_async (fixture->store, add_many, NULL, NULL, NULL, G_PRIORITY_DEFAULT, NULL, added_cb, NULL);
  app_settle (fixture);
  page = rounds_contacts_page_new (fixture->context);
  window = show (page);
  wait_for_rows (page, MANY);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));

  /* A window shows a dozen; the view keeps some around them. */
  g_assert_cmpuint (count_children (page, ROUNDS_TYPE_CONTACT_ROW), >, 5);
  g_assert_cmpuint (count_children (page, ROUNDS_TYPE_CONTACT_ROW), <, 400);
  gtk_window_destroy (window);
}

static gboolean
is_saved (gpointer data)
{
  return ((AppFixture *) data)->opened_entity >= 0;
}

/* Who, what they are and where they work are one thing to the user: all of it is saved. */
/* data: of RoundsRecord; what a page of a pull brings */
static gpointer
put_page (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *records = data;

  g_assert_true (rounds_record_store_begin_remote (store, error));
  for (guint i = 0; i < records->len; i++)
    g_assert_true (rounds_record_store_put_remote (store, records->pdata[i], NULL, error));
  g_assert_true (rounds_record_store_commit (store, error));
  return NULL;
}

static void
pull_people (AppFixture *fixture, const char *prefix, guint n)
{
  GPtrArray *people = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);
      g_autofree char *family = g_strdup_printf ("%s%04u", prefix, i);

      rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family);
      rounds_record_set_integer (person, ROUNDS_FIELD_REV, 1);
      rounds_record_set_integer (person, ROUNDS_FIELD_CREATED_AT, 1);
      rounds_record_set_integer (person, ROUNDS_FIELD_UPDATED_AT, 1);
      g_ptr_array_add (people, person);
    }
  rounds_store_run_async (fixture->store, put_page, people, (GDestroyNotify) g_ptr_array_unref, NULL,
                          G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

static char *
get_selected_name (GtkWidget *page)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (get_model (page)));
  g_autoptr (RoundsRecord) record = NULL;

  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, 1);
  record = app_get_contact (get_model (page), gtk_bitset_get_minimum (selected));
  return rounds_record_get_title (record);
}

/* Where the selected row is drawn, from the top of the list's window. */
static double
get_place (GtkWidget *page)
{
  GtkWidget *list = GTK_WIDGET (get_list (page));
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, -1, 0, 0);

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED)
      g_assert_true (gtk_widget_compute_bounds (row, list, &bounds));
  return bounds.origin.y;
}

/* What is being looked at stays where it is, whatever a sync brings above and below it. */
static void
test_pull_keeps_place (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *page = rounds_contacts_page_new (fixture->context);
  GtkWindow *window = show (page);
  GtkListView *list;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  double place;

  pull_people (fixture, "M", 300);
  wait_for_rows (page, 300);
  list = get_list (page);
  gtk_list_view_scroll_to (list, 150, GTK_LIST_SCROLL_FOCUS | GTK_LIST_SCROLL_SELECT, NULL);
  app_settle (fixture);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  for (guint i = 0; i < 3; i++)
    {
      gtk_widget_queue_draw (GTK_WIDGET (window));
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
    }
  before = get_selected_name (page);
  place = get_place (page);
  g_assert_cmpfloat (place, >=, 0);

  pull_people (fixture, "A", 700); /* above, and so many that no list hears of them one by one */
  pull_people (fixture, "Z", 40);
  wait_for_rows (page, 1040);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  after = get_selected_name (page);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpfloat_with_epsilon (get_place (page), place, 2);
  gtk_window_destroy (window);
}

static void
test_new_contact (AppFixture *fixture, gconstpointer data)
{
  GtkWindow *window = show (gtk_label_new (NULL));
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  RoundsContactDialog *dialog = rounds_contact_dialog_new (fixture->context, person);
  GtkWidget *root = GTK_WIDGET (dialog);
  g_autofree char *summary = NULL;
  g_autoptr (RoundsRecord) saved = NULL;

  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (window));

  /* Nobody has no name. */
  gtk_widget_activate_action (root, "dialog.save", NULL);
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PERSON), ==, 0);

  gtk_editable_set_text (GTK_EDITABLE (find_child (root, ADW_TYPE_ENTRY_ROW, "Given name")), "Olaf");
  gtk_editable_set_text (GTK_EDITABLE (find_child (root, ADW_TYPE_ENTRY_ROW, "Family name")), "Lindqvist");
  gtk_editable_set_text (GTK_EDITABLE (find_child (root, ADW_TYPE_ENTRY_ROW, "City")), "Uppsala");
  gtk_editable_set_text (GTK_EDITABLE (find_child (root, ADW_TYPE_ENTRY_ROW, "Specialty")), "Cardiology");
  gtk_editable_set_text (GTK_EDITABLE (find_child (root, ADW_TYPE_ENTRY_ROW, "NPI")), "12");
  gtk_widget_activate_action (root, "dialog.save", NULL);
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PERSON), ==, 0);
  g_assert_true (gtk_widget_has_css_class (find_child (root, ADW_TYPE_ENTRY_ROW, "NPI"), "error"));

  gtk_editable_set_text (GTK_EDITABLE (find_child (root, ADW_TYPE_ENTRY_ROW, "NPI")), "1234567893");
  gtk_widget_activate_action (root, "dialog.save", NULL);
  app_wait_until (is_saved, fixture);
  saved = rounds_store_get (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), NULL);
  g_assert_cmpstr (rounds_record_get_text (saved, ROUNDS_PERSON_FAMILY_NAME), ==, "Lindqvist");
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PHYSICIAN), ==, 1);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PERSON_ROLE), ==, 1);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_ADDRESS), ==, 1);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_AFFILIATION), ==, 0);
  /* A specialty that nobody had yet is made with it. */
  summary = rounds_display_summary (fixture->store, saved);
  g_assert_cmpstr (summary, ==, "Cardiology · Uppsala");

  /* And all of it is taken back. */
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PERSON), ==, 0);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PHYSICIAN), ==, 0);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PERSON_ROLE), ==, 0);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_ADDRESS), ==, 0);
  gtk_window_destroy (window);
}

static void
test_edit_and_undo (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Wei", "Chen", "Oncology", "Boston");
  GtkWindow *window = show (gtk_label_new (NULL));
  RoundsContactDialog *dialog = rounds_contact_dialog_new (fixture->context, person);
  GtkWidget *root = GTK_WIDGET (dialog);
  g_autoptr (RoundsRecord) changed = NULL;
  g_autoptr (RoundsRecord) undone = NULL;

  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (window));
  gtk_editable_set_text (GTK_EDITABLE (find_child (root, ADW_TYPE_ENTRY_ROW, "Family name")), "Cheng");
  adw_switch_row_set_active (ADW_SWITCH_ROW (find_child (root, ADW_TYPE_SWITCH_ROW, "Patient")), TRUE);
  gtk_widget_activate_action (root, "dialog.save", NULL);
  test_wait_while (fixture->last_toast == NULL);
  changed = app_get (fixture, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  g_assert_cmpstr (rounds_record_get_text (changed, ROUNDS_PERSON_FAMILY_NAME), ==, "Cheng");
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PATIENT), ==, 1);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PERSON_ROLE), ==, 2);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PHYSICIAN), ==, 1);

  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  undone = app_get (fixture, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person));
  g_assert_cmpstr (rounds_record_get_text (undone, ROUNDS_PERSON_FAMILY_NAME), ==, "Chen");
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PATIENT), ==, 0);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PERSON_ROLE), ==, 1);
  gtk_window_destroy (window);
}

static gboolean
has_draft (gpointer data)
{
  return count_records (data, ROUNDS_ENTITY_DRAFT) == 1;
}

/* Half a form, and the battery runs out. */
static void
test_contact_draft (AppFixture *fixture, gconstpointer data)
{
  GtkWindow *window = show (gtk_label_new (NULL));
  g_autoptr (RoundsRecord) first = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) second = rounds_record_new (ROUNDS_ENTITY_PERSON);
  RoundsContactDialog *dialog = rounds_contact_dialog_new (fixture->context, first);
  GtkWidget *root = GTK_WIDGET (dialog);
  g_autoptr (RoundsRecord) saved = NULL;

  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (window));
  gtk_editable_set_text (GTK_EDITABLE (find_child (root, ADW_TYPE_ENTRY_ROW, "Family name")), "Lindqvist");
  gtk_editable_set_text (GTK_EDITABLE (find_child (root, ADW_TYPE_ENTRY_ROW, "City")), "Uppsala");
  gtk_editable_set_text (GTK_EDITABLE (find_child (root, ADW_TYPE_ENTRY_ROW, "Specialty")), "Sleep medicine");
  app_wait_until (has_draft, fixture);

  dialog = rounds_contact_dialog_new (fixture->context, second);
  root = GTK_WIDGET (dialog);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (window));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_child (root, ADW_TYPE_ENTRY_ROW, "Family name"))), ==,
                   "Lindqvist");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_child (root, ADW_TYPE_ENTRY_ROW, "City"))), ==, "Uppsala");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_child (root, ADW_TYPE_ENTRY_ROW, "Specialty"))), ==,
                   "Sleep medicine");
  gtk_widget_activate_action (root, "dialog.save", NULL);
  app_wait_until (is_saved, fixture);
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_DRAFT), ==, 0);
  saved = rounds_store_get (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (first), NULL);
  g_assert_cmpstr (rounds_record_get_text (saved, ROUNDS_PERSON_FAMILY_NAME), ==, "Lindqvist");
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PERSON), ==, 1);
  gtk_window_destroy (window);
}

static RoundsRecord *
make_interaction (RoundsRecord *person, gint64 at)
{
  RoundsRecord *record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_uuid (record, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (record, ROUNDS_INTERACTION_HCP_NAME, "Wei Chen");
  rounds_record_set_integer (record, ROUNDS_INTERACTION_OCCURRED_AT, at);
  return record;
}

static void
test_interactions_page (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Wei", "Chen", "Oncology", "Boston");
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  GtkWidget *page = rounds_interactions_page_new (fixture->context);
  GtkWindow *window = show (page);
  GtkSectionModel *sections;
  guint start, end;

  wait_for_rows (page, 0);
  for (int i = 0; i < 1000; i++)
    g_ptr_array_add (records, make_interaction (person, i * 10 * ROUNDS_MINUTE));
  rounds_record_set_text (records->pdata[7], ROUNDS_INTERACTION_NOTES, "Fragt nach der Übelkeit");
  save_records (fixture, records);
  wait_for_rows (page, 1000);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_cmpuint (count_children (page, ROUNDS_TYPE_EVENT_ROW), <, 400);

  /* 144 of ten minutes make a day, and the newest comes first: 136 of the last day. (The tests' zone is UTC.) */
  sections = GTK_SECTION_MODEL (get_model (page));
  gtk_section_model_get_section (sections, 0, &start, &end);
  g_assert_cmpuint (start, ==, 0);
  g_assert_cmpuint (end, ==, 136);
  for (guint position = 136; position < 280; position += 13)
    {
      gtk_section_model_get_section (sections, position, &start, &end);
      g_assert_cmpuint (start, ==, 136);
      g_assert_cmpuint (end, ==, 280);
    }
  gtk_section_model_get_section (sections, 999, &start, &end);
  g_assert_cmpuint (start, ==, 856);
  g_assert_cmpuint (end, ==, 1000);

  search (page, "ubelk");
  wait_for_rows (page, 1);
  gtk_window_destroy (window);
}

static GtkAdjustment *
get_scroll (GtkWidget *page)
{
  GtkWidget *list = find_child (page, GTK_TYPE_LIST_VIEW, NULL);

  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));
}

/* Who is at the newest sees what comes, above all what they have just logged. */
static void
test_newest_in_sight (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Wei", "Chen", "Oncology", "Boston");
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RoundsRecord) newest = make_interaction (person, 30 * ROUNDS_DAY);
  GtkWidget *page = rounds_interactions_page_new (fixture->context);
  GtkWindow *window = show (page);

  for (int i = 0; i < 300; i++)
    g_ptr_array_add (records, make_interaction (person, i * 10 * ROUNDS_MINUTE));
  save_records (fixture, records);
  wait_for_rows (page, 300);
  for (guint i = 0; i < 20; i++)
    {
      gtk_widget_queue_draw (GTK_WIDGET (window));
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
    }
  g_assert_cmpfloat (gtk_adjustment_get_value (get_scroll (page)), ==, 0);
  app_save (fixture, newest);
  wait_for_rows (page, 301);
  for (guint i = 0; i < 20; i++)
    {
      gtk_widget_queue_draw (GTK_WIDGET (window));
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
    }
  g_assert_cmpfloat (gtk_adjustment_get_value (get_scroll (page)), ==, 0);
  gtk_window_destroy (window);
}

#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  ADD ("/app/contacts-page/search-folds-accents", test_search_folds_accents);
  ADD ("/app/contacts-page/delete-and-undo", test_delete_and_undo);
  ADD ("/app/contacts-page/many", test_many);
  ADD ("/app/contacts-page/pull-keeps-place", test_pull_keeps_place);
  ADD ("/app/contacts-page/new-contact", test_new_contact);
  ADD ("/app/contacts-page/edit-and-undo", test_edit_and_undo);
  ADD ("/app/contacts-page/contact-draft", test_contact_draft);
  ADD ("/app/interactions-page/days-and-search", test_interactions_page);
  ADD ("/app/interactions-page/newest-in-sight", test_newest_in_sight);

  return g_test_run ();
}
