/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interaction-dialog-fixture.h"

#include "rounds-time.h"
#include "test-loop.h"

ShownDialog
dialog_show (AppFixture *fixture, RoundsRecord *record)
{
  ShownDialog shown = { .window = GTK_WINDOW (adw_window_new ()) };

  gtk_window_set_default_size (shown.window, 800, 700);
  adw_window_set_content (ADW_WINDOW (shown.window), gtk_label_new (NULL));
  gtk_window_present (shown.window);
  shown.dialog = g_object_ref_sink (rounds_interaction_dialog_new (fixture->context, record));
  adw_dialog_present (ADW_DIALOG (shown.dialog), GTK_WIDGET (shown.window));
  return shown;
}

ShownDialog
dialog_show_new (AppFixture *fixture)
{
  g_autoptr (RoundsRecord) record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  return dialog_show (fixture, record);
}

void
dialog_drop (ShownDialog *shown)
{
  g_clear_object (&shown->dialog);
  g_clear_pointer (&shown->window, gtk_window_destroy);
}

RoundsReferenceRow *
dialog_get_who (ShownDialog *shown)
{
  return ROUNDS_REFERENCE_ROW (find_child (GTK_WIDGET (shown->dialog), ROUNDS_TYPE_REFERENCE_ROW, NULL));
}

RoundsTextRow *
dialog_get_notes (ShownDialog *shown)
{
  return ROUNDS_TEXT_ROW (find_child (GTK_WIDGET (shown->dialog), ROUNDS_TYPE_TEXT_ROW, NULL));
}

void
dialog_type (ShownDialog *shown, const char *who, const char *notes)
{
  gtk_editable_set_text (GTK_EDITABLE (dialog_get_who (shown)), who);
  rounds_text_row_set_text (dialog_get_notes (shown), notes);
}

gboolean
dialog_has_draft (gpointer data)
{
  return count_records (data, ROUNDS_ENTITY_DRAFT) == 1;
}

RoundsRecord *
dialog_get_only_interaction (AppFixture *fixture)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_INTERACTION);

  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_INTERACTION), ==, 1);
  rounds_query_limit (query, 1);
  return rounds_store_find (fixture->store, query, NULL);
}

void
dialog_save (AppFixture *fixture, ShownDialog *shown)
{
  g_clear_object (&fixture->last_toast);
  gtk_widget_activate_action (GTK_WIDGET (shown->dialog), "interaction.save", NULL);
  app_settle (fixture);
  test_wait_while (fixture->last_toast == NULL);
}

gboolean
dialog_has_no_interaction (gpointer data)
{
  return count_records (data, ROUNDS_ENTITY_INTERACTION) == 0;
}

GtkTextView *
dialog_get_notes_view (ShownDialog *shown)
{
  return GTK_TEXT_VIEW (app_find_widget (GTK_WIDGET (dialog_get_notes (shown)), GTK_TYPE_TEXT_VIEW, 0));
}

void
dialog_type_at_cursor (ShownDialog *shown, const char *text)
{
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (dialog_get_notes_view (shown)), text, -1);
}

RoundsRecord *
dialog_add_visit (AppFixture *fixture, const char *notes)
{
  RoundsRecord *record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_text (record, ROUNDS_INTERACTION_HCP_NAME, "Dr. Okafor");
  rounds_record_set_integer (record, ROUNDS_INTERACTION_OCCURRED_AT,
                             rounds_time_now () / ROUNDS_MINUTE * ROUNDS_MINUTE);
  rounds_record_set_text (record, ROUNDS_INTERACTION_OUTCOME, "met");
  rounds_record_set_text (record, ROUNDS_INTERACTION_NOTES, notes);
  app_save (fixture, record);
  return record;
}

gboolean
dialog_is_in_notes (gpointer data)
{
  ShownDialog *shown = data;
  GtkWidget *focus = gtk_window_get_focus (shown->window);

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (dialog_get_notes (shown)));
}
