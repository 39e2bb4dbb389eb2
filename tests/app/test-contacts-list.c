/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If these fail, a rep filters and gets the wrong people, does something to people they did not select, or cannot take
 * it back.
 */

#include "config.h"

#include "contacts-fixture.h"
#include "contacts/rounds-contact-bulk.h"
#include "contacts/rounds-contact-filter-bar.h"
#include "contacts/rounds-contact-list.h"
#include "contacts/rounds-contact-row.h"
#include "contacts/rounds-contacts-page.h"
#include "contacts/rounds-organisation-dialog.h"
#include "contacts/rounds-organisation-view.h"
#include "contacts/rounds-row-avatar.h"
#include "forms/rounds-hit-marks.h"
#include "forms/rounds-row-text.h"
#include "forms/rounds-saved-searches.h"
#include "rounds-time.h"
#include "test-loop.h"

static RoundsRecord *
add_organisation (AppFixture *fixture, const char *name)
{
  RoundsRecord *organisation = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);

  rounds_record_set_text (organisation, ROUNDS_ORGANISATION_NAME, name);
  app_save (fixture, organisation);
  return organisation;
}

static RoundsContactList *
get_list (GtkWidget *page)
{
  return ROUNDS_CONTACT_LIST (find_child (page, ROUNDS_TYPE_CONTACT_LIST, NULL));
}

static RoundsContactFilterBar *
get_bar (GtkWidget *page)
{
  return ROUNDS_CONTACT_FILTER_BAR (find_child (page, ROUNDS_TYPE_CONTACT_FILTER_BAR, NULL));
}

static GtkSelectionModel *
get_selection (GtkWidget *page)
{
  return gtk_list_view_get_model (GTK_LIST_VIEW (find_child (GTK_WIDGET (get_list (page)), GTK_TYPE_LIST_VIEW, NULL)));
}

static void
wait_for_rows (GtkWidget *page, guint n)
{
  RoundsContactList *list = get_list (page);

  test_wait_while (rounds_contact_list_get_n_rows (list) != n || rounds_contact_list_is_loading (list));
}

static void
set_filter (GtkWidget *page, RoundsContactFilter filter)
{
  rounds_contact_filter_bar_set_filter (get_bar (page), &filter);
}

static void
undo (AppFixture *fixture)
{
  test_wait_while (fixture->last_toast == NULL);
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  g_clear_object (&fixture->last_toast);
  app_settle (fixture);
}

/* Three physicians and a hospital. */
static GtkWidget *
show_contacts (AppFixture *fixture)
{
  g_autoptr (RoundsRecord) first = add_physician (fixture, "José", "García", "Neurology", "Worcester");
  g_autoptr (RoundsRecord) second = add_physician (fixture, "Zoë", "Çelik", "Cardiology", "Boston");
  g_autoptr (RoundsRecord) third = add_physician (fixture, "Wei", "Chen", "Cardiology", "Worcester");
  g_autoptr (RoundsRecord) hospital = add_organisation (fixture, "Mercy Hospital");
  GtkWidget *page = rounds_contacts_page_new (fixture->context);

  app_show (fixture, page, 1100, 700);
  wait_for_rows (page, 4);
  return page;
}

static void
close_page (GtkWidget *page)
{
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (page)));
}

static void
test_kinds_and_chips (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_contacts (fixture);

  set_filter (page, (RoundsContactFilter) { .kind = ROUNDS_CONTACTS_ORGANISATIONS });
  wait_for_rows (page, 1);
  set_filter (page, (RoundsContactFilter) { .kind = ROUNDS_CONTACTS_PEOPLE });
  wait_for_rows (page, 3);
  set_filter (page, (RoundsContactFilter) { .role = (char *) "physician", .place = (char *) "worc" });
  wait_for_rows (page, 2);
  app_take_picture (GTK_WIDGET (gtk_widget_get_root (page)), "contacts-chips");
  gtk_widget_activate_action (GTK_WIDGET (get_bar (page)), "filter.remove", "i", 3 /* the place */);
  wait_for_rows (page, 3);
  gtk_widget_activate_action (GTK_WIDGET (get_bar (page)), "filter.clear", NULL);
  wait_for_rows (page, 4);
  close_page (page);
}

/* Names first, then where they are; and who is found by what is told in the row. */
static void
test_search (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_contacts (fixture);
  GtkWidget *search = find_child (GTK_WIDGET (get_bar (page)), GTK_TYPE_SEARCH_ENTRY, NULL);
  g_autoptr (RoundsRecord) found = NULL;

  gtk_editable_set_text (GTK_EDITABLE (search), "worce");
  wait_for_rows (page, 2);
  gtk_editable_set_text (GTK_EDITABLE (search), "çelik");
  wait_for_rows (page, 1);
  app_take_picture (GTK_WIDGET (gtk_widget_get_root (page)), "contacts-search");
  found = app_get_contact (G_LIST_MODEL (get_selection (page)), 0);
  g_assert_cmpstr (rounds_record_get_text (found, ROUNDS_PERSON_GIVEN_NAME), ==, "Zoë");
  g_signal_emit_by_name (search, "stop-search");
  wait_for_rows (page, 4);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, "");
  close_page (page);
}

static guint
count_marks (const char *text, const char *word)
{
  const char *words[] = { word, NULL };
  g_autoptr (PangoAttrList) marks = rounds_hit_marks_new (text, words);
  GSList *attributes = pango_attr_list_get_attributes (marks);
  guint n = g_slist_length (attributes);

  g_slist_free_full (attributes, (GDestroyNotify) pango_attribute_destroy);
  return n;
}

static void
test_marks (void)
{
  const char *words[] = { "strasse", NULL };
  g_autoptr (PangoAttrList) marks = rounds_hit_marks_new ("Große Straße 3", words);
  g_autoptr (PangoAttrIterator) iterator = pango_attr_list_get_iterator (marks);
  int start, end;

  g_assert_true (pango_attr_iterator_next (iterator));
  pango_attr_iterator_range (iterator, &start, &end);
  g_assert_cmpint (start, ==, (int) strlen ("Große "));
  g_assert_cmpint (end, ==, (int) strlen ("Große Straße"));
  g_assert_cmpuint (count_marks ("Ana Ana-Anabel", "ana"), ==, 3);
  g_assert_cmpuint (count_marks ("Diana", "ana"), ==, 0);
}

static void
test_saved_searches (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_contacts (fixture);
  g_autoptr (RoundsRecord) search = rounds_record_new (ROUNDS_ENTITY_SAVED_SEARCH);
  RoundsContactFilter filter = { .place = (char *) "Boston" };
  g_autofree char *json = rounds_contact_filter_to_json (&filter);
  RoundsSavedSearches *saved = g_object_ref_sink (g_object_new (ROUNDS_TYPE_SAVED_SEARCHES, NULL));

  rounds_record_set_text (search, ROUNDS_SAVED_SEARCH_NAME, "In Boston");
  rounds_record_set_text (search, ROUNDS_SAVED_SEARCH_PAGE, "contacts");
  rounds_record_set_text (search, ROUNDS_SAVED_SEARCH_QUERY, json);
  app_save (fixture, search);
  rounds_saved_searches_set_up (saved, fixture->context, "contacts");
  g_assert_nonnull (find_child (GTK_WIDGET (saved), ADW_TYPE_ACTION_ROW, "In Boston"));
  gtk_widget_activate_action (GTK_WIDGET (saved), "saved.delete", "u", 0);
  test_wait_while (fixture->last_toast == NULL);
  app_settle (fixture);
  g_assert_null (find_child (GTK_WIDGET (saved), ADW_TYPE_ACTION_ROW, "In Boston"));
  undo (fixture);
  g_assert_nonnull (find_child (GTK_WIDGET (saved), ADW_TYPE_ACTION_ROW, "In Boston"));
  g_object_unref (saved);
  close_page (page);
}

/* Several are one deletion and one Undo; the others stay. */
static void
test_delete_several (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_contacts (fixture);

  gtk_selection_model_select_range (get_selection (page), 0, 2, TRUE);
  g_assert_true (rounds_contact_list_get_selecting (get_list (page)));
  g_assert_cmpuint (rounds_row_selection_get_size (rounds_contact_list_get_selection (get_list (page))), ==, 2);
  app_take_picture (GTK_WIDGET (gtk_widget_get_root (page)), "contacts-selection");
  gtk_widget_activate_action (page, "selection.delete", NULL);
  wait_for_rows (page, 2);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_ADDRESS), ==, 1);
  undo (fixture);
  wait_for_rows (page, 4);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_ADDRESS), ==, 3);
  close_page (page);
}

/* Rows that move while others arrive are still selected. */
static void
test_selection_stays (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_contacts (fixture);
  g_autoptr (RoundsRecord) chosen = app_get_contact (G_LIST_MODEL (get_selection (page)), 0);
  g_autoptr (RoundsRecord) renamed = rounds_record_dup (chosen);
  g_autoptr (RoundsRecord) last = NULL;

  gtk_selection_model_select_range (get_selection (page), 0, 2, TRUE);
  rounds_record_set_text (renamed, ROUNDS_PERSON_FAMILY_NAME, "Zz");
  app_save (fixture, renamed);
  app_settle (fixture);
  wait_for_rows (page, 4);
  g_assert_cmpuint (rounds_row_selection_get_size (rounds_contact_list_get_selection (get_list (page))), ==, 2);
  last = rounds_row_selection_get (rounds_contact_list_get_selection (get_list (page)), 1);
  g_assert_true (rounds_uuid_equal (rounds_record_get_id (last), rounds_record_get_id (chosen)));
  close_page (page);
}

static GtkWidget *
get_dialog (GtkWidget *page)
{
  return GTK_WIDGET (adw_window_get_visible_dialog (ADW_WINDOW (gtk_widget_get_root (page))));
}

static void
test_plan_for_several (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_contacts (fixture);
  GtkWidget *dialog;

  /* The hospital among them has nobody to talk to. */
  gtk_selection_model_select_all (get_selection (page));
  gtk_widget_activate_action (page, "selection.follow-up", NULL);
  dialog = get_dialog (page);
  gtk_editable_set_text (GTK_EDITABLE (find_child (dialog, ADW_TYPE_ENTRY_ROW, "What to do")), "Send the paper");
  app_take_picture (GTK_WIDGET (gtk_widget_get_root (page)), "contacts-follow-up");
  g_signal_emit_by_name (dialog, "response", "apply");
  adw_dialog_force_close (ADW_DIALOG (dialog));
  test_wait_while (fixture->last_toast == NULL);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_FOLLOW_UP), ==, 3);
  undo (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_FOLLOW_UP), ==, 0);
  close_page (page);
}

/* Who has the role keeps it once. */
static void
test_add_role (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_contacts (fixture);
  GtkWidget *dialog;

  gtk_selection_model_select_all (get_selection (page));
  gtk_widget_activate_action (page, "selection.role", NULL);
  dialog = get_dialog (page);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_child (dialog, ADW_TYPE_COMBO_ROW, NULL)), 2 /* physician */);
  g_signal_emit_by_name (dialog, "response", "apply");
  adw_dialog_force_close (ADW_DIALOG (dialog));
  test_wait_while (fixture->last_toast == NULL);
  g_clear_object (&fixture->last_toast);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PERSON_ROLE), ==, 3);

  gtk_widget_activate_action (page, "selection.role", NULL);
  dialog = get_dialog (page);
  g_signal_emit_by_name (dialog, "response", "apply"); /* lead */
  adw_dialog_force_close (ADW_DIALOG (dialog));
  test_wait_while (fixture->last_toast == NULL);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PERSON_ROLE), ==, 6);
  undo (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PERSON_ROLE), ==, 3);
  close_page (page);
}

static void
test_columns (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_contacts (fixture);
  GtkColumnView *columns;
  g_autoptr (GtkColumnViewColumn) place = NULL;
  g_autoptr (RoundsRecord) first = NULL;
  GSettings *settings = rounds_app_context_get_settings (fixture->context);

  g_settings_set_boolean (settings, "contacts-as-columns", TRUE);
  app_settle (fixture);
  columns = GTK_COLUMN_VIEW (find_child (page, GTK_TYPE_COLUMN_VIEW, NULL));
  g_assert_nonnull (columns);
  app_take_picture (GTK_WIDGET (gtk_widget_get_root (page)), "contacts-columns");
  place = g_list_model_get_item (gtk_column_view_get_columns (columns), 3);
  gtk_column_view_sort_by_column (columns, place, GTK_SORT_ASCENDING);
  app_settle (fixture);
  wait_for_rows (page, 4);
  first = app_get_contact (G_LIST_MODEL (gtk_column_view_get_model (columns)), 0);
  g_assert_cmpstr (rounds_record_get_text (first, ROUNDS_PERSON_FAMILY_NAME), ==, "Çelik");
  g_settings_reset (settings, "contacts-as-columns");
  g_settings_reset (settings, "contact-order");
  close_page (page);
}

static void
test_organisation (AppFixture *fixture, gconstpointer data)
{
  GtkWidget *page = show_contacts (fixture);
  g_autoptr (RoundsRecord) organisation = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);
  RoundsOrganisationDialog *dialog = rounds_organisation_dialog_new (fixture->context, organisation);
  GtkWidget *root = GTK_WIDGET (dialog);
  g_autoptr (RoundsRecord) works = rounds_record_new (ROUNDS_ENTITY_AFFILIATION);
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Ama", "Osei", "Neurology", "Boston");
  GtkWidget *view;

  adw_dialog_present (ADW_DIALOG (dialog), page);
  gtk_editable_set_text (GTK_EDITABLE (find_child (root, ADW_TYPE_ENTRY_ROW, "Name")), "North Clinic");
  gtk_editable_set_text (GTK_EDITABLE (find_child (root, ADW_TYPE_ENTRY_ROW, "City")), "Uppsala");
  gtk_widget_activate_action (root, "dialog.save", NULL);
  wait_for_rows (page, 6);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_ADDRESS), ==, 5);

  rounds_record_set_uuid (works, ROUNDS_AFFILIATION_PERSON, rounds_record_get_id (person));
  rounds_record_set_uuid (works, ROUNDS_AFFILIATION_ORGANISATION, rounds_record_get_id (organisation));
  app_save (fixture, works);
  rounds_contacts_page_open (page, rounds_record_get_id (organisation));
  app_settle (fixture);
  view = find_child (page, ROUNDS_TYPE_ORGANISATION_VIEW, NULL);
  g_assert_nonnull (find_child (view, ADW_TYPE_ACTION_ROW, "Ama Osei"));
  app_take_picture (GTK_WIDGET (gtk_widget_get_root (page)), "organisation");
  gtk_widget_activate_action (view, "organisation.show-people", NULL);
  wait_for_rows (page, 1);
  close_page (page);
}

#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)

static guint
get_color (GtkWidget *avatar)
{
  for (guint i = 1; i <= 14; i++)
    {
      g_autofree char *name = g_strdup_printf ("color%u", i);

      if (gtk_widget_has_css_class (avatar, name))
        return i;
    }
  return 0;
}

/* Somebody has the same letters and color in the list as on their page, which has libadwaita's avatar. */
static void
test_avatar (AppFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "Ada Example",     "Örjan af Ström", "yusuf",
                                       "Émile  Ångström", "María José ",    "李 小龍" };
  g_autoptr (GtkWidget) avatar = g_object_ref_sink (g_object_new (ROUNDS_TYPE_ROW_AVATAR, NULL));
  g_autoptr (GtkWidget) expected = g_object_ref_sink (adw_avatar_new (36, NULL, TRUE));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      rounds_row_avatar_show (ROUNDS_ROW_AVATAR (avatar), names[i], NULL);
      adw_avatar_set_text (ADW_AVATAR (expected), names[i]);
      g_assert_cmpstr (rounds_row_avatar_get_initials (ROUNDS_ROW_AVATAR (avatar)), ==,
                       gtk_label_get_text (GTK_LABEL (app_find_widget (expected, GTK_TYPE_LABEL, 0))));
      g_assert_cmpuint (get_color (avatar), >, 0);
      g_assert_cmpuint (get_color (avatar), ==, get_color (gtk_widget_get_first_child (expected)));
    }
}

static guint
count_widgets (GtkWidget *root)
{
  guint n = 1;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += count_widgets (child);
  return n;
}

static int
get_height (GtkWidget *widget)
{
  int height;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  return height;
}

/* The list makes a window full of rows between two letters of a search: what a row need not have takes the time of
 * somebody who types. */
static void
test_row_has_what_it_shows (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GtkWidget) row = g_object_ref_sink (rounds_contact_row_new ());
  GtkWidget *check;
  guint n = count_widgets (row);

  g_assert_cmpuint (n, <=, 5); /* itself, the avatar, and two lines in a box */
  g_object_set (row, "selected", TRUE, NULL);
  g_assert_cmpuint (count_widgets (row), ==, n);

  g_object_set (row, "selecting", TRUE, NULL);
  check = gtk_widget_get_first_child (row);
  g_assert_true (GTK_IS_CHECK_BUTTON (check));
  g_assert_true (gtk_widget_get_visible (check));
  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  g_object_set (row, "selected", FALSE, NULL);
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  g_object_set (row, "selecting", FALSE, NULL);
  g_assert_false (gtk_widget_get_visible (check));
}

/* A line takes the width that there is, and grows for letters that are higher than the ones before. */
static void
test_row_text (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (GtkWidget) text = g_object_ref_sink (rounds_row_text_new ());
  g_autoptr (PangoAttrList) larger = pango_attr_list_new ();
  int low, width;

  rounds_row_text_show (ROUNDS_ROW_TEXT (text), "Ada Example", NULL);
  g_assert_cmpstr (rounds_row_text_get_text (ROUNDS_ROW_TEXT (text)), ==, "Ada Example");
  gtk_widget_measure (text, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  g_assert_cmpint (width, ==, 0);
  low = get_height (text);
  g_assert_cmpint (low, >, 0);

  pango_attr_list_insert (larger, pango_attr_scale_new (3));
  rounds_row_text_show (ROUNDS_ROW_TEXT (text), "Ada Example", larger);
  g_assert_cmpint (get_height (text), >, low);
  rounds_row_text_show (ROUNDS_ROW_TEXT (text), NULL, NULL);
  g_assert_cmpstr (rounds_row_text_get_text (ROUNDS_ROW_TEXT (text)), ==, "");
  g_assert_cmpint (get_height (text), ==, low); /* the row below stays where it is */
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  ADD ("/app/contacts-list/kinds-and-chips", test_kinds_and_chips);
  ADD ("/app/contacts-list/search", test_search);
  ADD ("/app/contacts-list/saved-searches", test_saved_searches);
  ADD ("/app/contacts-list/delete-several", test_delete_several);
  ADD ("/app/contacts-list/selection-stays", test_selection_stays);
  ADD ("/app/contacts-list/plan-for-several", test_plan_for_several);
  ADD ("/app/contacts-list/add-role", test_add_role);
  ADD ("/app/contacts-list/columns", test_columns);
  ADD ("/app/contacts-list/organisation", test_organisation);
  ADD ("/app/contacts-list/avatar", test_avatar);
  ADD ("/app/contacts-list/row-has-what-it-shows", test_row_has_what_it_shows);
  ADD ("/app/contacts-list/row-text", test_row_text);
  g_test_add_func ("/app/contacts-list/marks", test_marks);

  return g_test_run ();
}
