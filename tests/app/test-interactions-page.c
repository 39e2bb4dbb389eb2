/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If these fail, a rep does not find what they wrote down, or does to other notes what they meant for some.
 */

#include "config.h"

#include "contacts-fixture.h"
#include "forms/rounds-hit-snippet.h"
#include "forms/rounds-saved-searches.h"
#include "forms/rounds-text-row.h"
#include "interactions/rounds-event-row.h"
#include "interactions/rounds-interaction-dialog.h"
#include "interactions/rounds-interaction-filter.h"
#include "interactions/rounds-interactions-page.h"
#include "rounds-time.h"
#include "test-loop.h"

typedef struct
{
  AppFixture *fixture;
  GtkWidget *window;
  GtkWidget *page;
  GtkListView *list;
} Shown;

static RoundsRecord *
add_visit (AppFixture *fixture, const char *name, const char *notes, const char *outcome, gint64 age)
{
  RoundsRecord *record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_text (record, ROUNDS_INTERACTION_HCP_NAME, name);
  rounds_record_set_integer (record, ROUNDS_INTERACTION_OCCURRED_AT, rounds_time_now () - age);
  rounds_record_set_text (record, ROUNDS_INTERACTION_NOTES, notes);
  rounds_record_set_text (record, ROUNDS_INTERACTION_OUTCOME, outcome);
  app_save (fixture, record);
  return record;
}

static Shown
show (AppFixture *fixture)
{
  Shown shown = { .fixture = fixture, .page = rounds_interactions_page_new (fixture->context) };

  shown.window = app_show (fixture, shown.page, 760, 620);
  shown.list = GTK_LIST_VIEW (find_child (shown.page, GTK_TYPE_LIST_VIEW, NULL));
  app_settle (fixture);
  return shown;
}

static void
drop (Shown *shown)
{
  gtk_window_destroy (GTK_WINDOW (shown->window));
}

static guint
count (Shown *shown)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (shown->list)));
}

static gboolean
has_draft (gpointer data)
{
  return count_records (data, ROUNDS_ENTITY_DRAFT) == 1;
}

static void
add_three (AppFixture *fixture)
{
  g_autoptr (RoundsRecord) first =
    add_visit (fixture, "José García", "Asked about dosing in the elderly and about the café.", "met", 0);
  g_autoptr (RoundsRecord) second = add_visit (fixture, "Wei Chen", "Brochure at the desk", "left_material", 60000);
  g_autoptr (RoundsRecord) third =
    add_visit (fixture, "Priya Raman", "Long ago", "met", G_GINT64_CONSTANT (400) * ROUNDS_DAY);
}

static gboolean
has_bold_title (gpointer data)
{
  GtkWidget *row = app_find_widget (GTK_WIDGET (((Shown *) data)->list), ROUNDS_TYPE_EVENT_ROW, 0);

  for (guint i = 0; row != NULL; i++)
    {
      GtkWidget *label = app_find_widget (row, GTK_TYPE_LABEL, i);
      PangoAttrList *marks;

      if (label == NULL)
        return FALSE;
      marks = gtk_label_get_attributes (GTK_LABEL (label));
      if (marks != NULL && strstr (gtk_label_get_text (GTK_LABEL (label)), "café") != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Accents do not matter, and one sees where it is. */
static void
test_search (AppFixture *fixture, gconstpointer data)
{
  Shown shown;

  add_three (fixture);
  shown = show (fixture);
  test_wait_while (count (&shown) != 3);
  gtk_editable_set_text (GTK_EDITABLE (find_child (shown.page, GTK_TYPE_SEARCH_ENTRY, NULL)), "cafe garc");
  test_wait_while (count (&shown) != 1);
  app_wait_until (has_bold_title, &shown);
  app_take_picture (shown.window, "interactions-hits");
  drop (&shown);
}

static void
test_filter (AppFixture *fixture, gconstpointer data)
{
  RoundsInteractionFilter *filter;
  g_autofree char *all = NULL;
  g_autofree char *some = NULL;
  Shown shown;

  add_three (fixture);
  shown = show (fixture);
  test_wait_while (count (&shown) != 3);
  filter = ROUNDS_INTERACTION_FILTER (find_child (shown.page, ROUNDS_TYPE_INTERACTION_FILTER, NULL));
  all = rounds_interaction_filter_describe (filter);
  g_assert_null (all);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_child (GTK_WIDGET (filter), ADW_TYPE_COMBO_ROW, "Outcome")), 2);
  test_wait_while (count (&shown) != 1);
  some = rounds_interaction_filter_describe (filter);
  g_assert_cmpstr (some, ==, "Left material");
  app_take_picture (shown.window, "interactions-filter");
  gtk_widget_activate_action (shown.page, "page.clear-filter", NULL);
  test_wait_while (count (&shown) != 3);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_child (GTK_WIDGET (filter), ADW_TYPE_COMBO_ROW, "When")), 5);
  test_wait_while (count (&shown) != 2);
  drop (&shown);
}

/* Kept under a name, a search is the same one later: words, kind and filter. */
static void
test_saved_search (AppFixture *fixture, gconstpointer data)
{
  RoundsInteractionFilter *filter;
  g_autofree char *json = NULL;
  g_autofree char *filtered = NULL;
  GtkWidget *saved;
  GtkWidget *keep;
  Shown shown;

  add_three (fixture);
  shown = show (fixture);
  test_wait_while (count (&shown) != 3);
  saved = find_child (shown.page, ROUNDS_TYPE_SAVED_SEARCHES, NULL);
  filter = ROUNDS_INTERACTION_FILTER (find_child (shown.page, ROUNDS_TYPE_INTERACTION_FILTER, NULL));
  keep = GTK_WIDGET (gtk_widget_get_template_child (saved, ROUNDS_TYPE_SAVED_SEARCHES, "save_button"));
  g_assert_false (gtk_widget_is_sensitive (keep));
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_child (GTK_WIDGET (filter), ADW_TYPE_COMBO_ROW, "Outcome")), 2);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_child (GTK_WIDGET (filter), ADW_TYPE_COMBO_ROW, "When")), 5);
  json = rounds_interaction_filter_to_json (filter, "cafe", "all");
  rounds_interaction_filter_clear (filter);
  test_wait_while (count (&shown) != 3);

  g_signal_emit_by_name (saved, "chosen", json);
  filtered = rounds_interaction_filter_describe (filter);
  g_assert_cmpstr (filtered, ==, "Left material · This year");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_child (shown.page, GTK_TYPE_SEARCH_ENTRY, NULL))), ==,
                   "cafe");
  g_assert_true (gtk_widget_is_sensitive (keep));
  g_signal_emit_by_name (saved, "chosen", "{\"outcome\":\"of-another-version\",\"type\":\"Letter\"}");
  test_wait_while (count (&shown) != 3);
  g_assert_null (fixture->last_toast);
  g_signal_emit_by_name (saved, "chosen", "[]");
  g_assert_nonnull (fixture->last_toast);
  drop (&shown);
}

/* Nobody is told of a note that they are in the middle of, but of one that they left. */
static void
test_unfinished (AppFixture *fixture, gconstpointer data)
{
  Shown shown = show (fixture);
  AdwBanner *banner = ADW_BANNER (find_child (shown.page, ADW_TYPE_BANNER, NULL));
  g_autoptr (RoundsRecord) visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  AdwDialog *dialog = ADW_DIALOG (rounds_interaction_dialog_new (fixture->context, visit));

  adw_dialog_present (dialog, shown.page);
  rounds_text_row_set_text (ROUNDS_TEXT_ROW (find_child (GTK_WIDGET (dialog), ROUNDS_TYPE_TEXT_ROW, NULL)), "Half a");
  app_wait_until (has_draft, fixture);
  app_settle (fixture);
  g_assert_false (adw_banner_get_revealed (banner));
  adw_dialog_force_close (dialog);
  app_settle (fixture);
  g_assert_true (adw_banner_get_revealed (banner));
  drop (&shown);
}

static gint64
count_submitted (AppFixture *fixture)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (GPtrArray) records = app_list (fixture, query);
  gint64 n = 0;

  for (guint i = 0; i < records->len; i++)
    n += !rounds_record_is_null (records->pdata[i], ROUNDS_INTERACTION_SUBMITTED_AT);
  return n;
}

static void
act (Shown *shown, const char *action)
{
  g_clear_object (&shown->fixture->last_toast);
  gtk_widget_activate_action (shown->page, action, NULL);
  test_wait_while (shown->fixture->last_toast == NULL);
  app_settle (shown->fixture);
}

/* Whether the first row shows that it is selected. */
static gboolean
has_checked_row (gpointer data)
{
  GtkWidget *row = app_find_widget (GTK_WIDGET (((Shown *) data)->list), ROUNDS_TYPE_EVENT_ROW, 0);
  GtkWidget *check = row != NULL ? rounds_event_row_get_check (ROUNDS_EVENT_ROW (row)) : NULL;

  return check != NULL && gtk_widget_get_visible (check) && gtk_check_button_get_active (GTK_CHECK_BUTTON (check));
}

/* Several at once, and one Undo; what is submitted cannot be deleted. */
static void
test_selection (AppFixture *fixture, gconstpointer data)
{
  Shown shown;

  add_three (fixture);
  shown = show (fixture);
  test_wait_while (count (&shown) != 3);
  gtk_widget_activate_action (shown.page, "page.select", NULL);
  app_settle (fixture);
  g_assert_false (has_checked_row (&shown));
  gtk_selection_model_select_range (gtk_list_view_get_model (shown.list), 0, 2, TRUE);
  app_wait_until (has_checked_row, &shown);
  app_take_picture (shown.window, "interactions-selected");
  act (&shown, "selection.submit");
  g_assert_cmpint (count_submitted (fixture), ==, 2);
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  g_assert_cmpint (count_submitted (fixture), ==, 0);

  gtk_widget_activate_action (shown.page, "page.select", NULL);
  gtk_selection_model_select_item (gtk_list_view_get_model (shown.list), 0, TRUE);
  act (&shown, "selection.submit");
  gtk_widget_activate_action (shown.page, "page.select", NULL);
  gtk_selection_model_select_all (gtk_list_view_get_model (shown.list));
  act (&shown, "selection.delete");
  test_wait_while (count (&shown) != 1);
  g_assert_cmpint (count_submitted (fixture), ==, 1);
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  test_wait_while (count (&shown) != 3);
  drop (&shown);
}

/* By keyboard a day is submitted from any of its rows, without a way to its heading; and nothing of other days. */
static void
test_submit_day (AppFixture *fixture, gconstpointer data)
{
  Shown shown;

  add_three (fixture); /* the third one on a day of its own */
  shown = show (fixture);
  test_wait_while (count (&shown) != 3);
  gtk_list_view_scroll_to (shown.list, 2, GTK_LIST_SCROLL_FOCUS, NULL);
  app_settle (fixture);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (shown.list), "interactions.submit-day", NULL));
  test_wait_while (fixture->last_toast == NULL);
  app_settle (fixture);
  g_assert_cmpint (count_submitted (fixture), ==, 1);
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  g_assert_cmpint (count_submitted (fixture), ==, 0);
  drop (&shown);
}

/* Where something was found is what is shown of a long note. */
static void
test_snippet (void)
{
  static const char *const words[] = { "dosing", NULL };
  g_autofree char *late =
    rounds_hit_snippet ("He talked for a long time about the congress and then\nabout Dosing in children.", words);
  g_autofree char *early = rounds_hit_snippet ("Dosing first", words);
  g_autofree char *none = rounds_hit_snippet ("Nothing  of\nthat", NULL);

  g_assert_cmpstr (late, ==, "…congress and then about Dosing in children.");
  g_assert_cmpstr (early, ==, "Dosing first");
  g_assert_cmpstr (none, ==, "Nothing of that");
}

#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  ADD ("/app/interactions-page/search", test_search);
  ADD ("/app/interactions-page/filter", test_filter);
  ADD ("/app/interactions-page/saved-search", test_saved_search);
  ADD ("/app/interactions-page/unfinished", test_unfinished);
  ADD ("/app/interactions-page/selection", test_selection);
  ADD ("/app/interactions-page/submit-day", test_submit_day);
  g_test_add_func ("/app/interactions-page/snippet", test_snippet);

  return g_test_run ();
}
