/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-merged-group.h"

#include <glib/gi18n-lib.h>

#include "duplicates/rounds-unmerge-dialog.h"
#include "forms/rounds-display.h"
#include "rounds-person-merge.h"

struct _RoundsMergedGroup
{
  AdwPreferencesGroup parent_instance;

  GPtrArray *rows; /* (owned) of GtkWidget (not owned) */
};

G_DEFINE_FINAL_TYPE (RoundsMergedGroup, rounds_merged_group, ADW_TYPE_PREFERENCES_GROUP)

/* What the row's button needs. */
typedef struct
{
  RoundsAppContext *context; /* (owned) */
  RoundsRecord *merge;       /* (owned) */
} Line;

static void
line_free (gpointer data, GClosure *closure)
{
  Line *line = data;

  g_object_unref (line->context);
  g_object_unref (line->merge);
  g_free (line);
}

static void
unmerge_clicked_cb (GtkWidget *button, Line *line)
{
  rounds_unmerge_dialog_present (button, line->context, line->merge);
}

static GtkWidget *
make_button (RoundsAppContext *context, RoundsRecord *merge, const char *name)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Unmerge…"));
  Line *line = g_new0 (Line, 1);
  /* Translators: for a screen reader; %s is a contact's name. */
  g_autofree char *label = g_strdup_printf (_ ("Unmerge %s"), name);

  line->context = g_object_ref (context);
  line->merge = g_object_ref (merge);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* The text on the button would go before. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (unmerge_clicked_cb), line, line_free, 0);
  return button;
}

static void
add_line (RoundsMergedGroup *self, RoundsAppContext *context, RoundsRecord *merge)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = rounds_unmerge_dup_name (rounds_app_context_get_store (context), merge);
  /* Translators: %s is a contact's name. */
  g_autofree char *title = g_strdup_printf (_ ("Merged with %s"), name);
  g_autofree char *day = rounds_display_long_day (rounds_record_get_integer (merge, ROUNDS_MERGE_MERGED_AT));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), day);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button (context, merge, name));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
rounds_merged_group_finalize (GObject *object)
{
  g_ptr_array_unref (ROUNDS_MERGED_GROUP (object)->rows);
  G_OBJECT_CLASS (rounds_merged_group_parent_class)->finalize (object);
}

static void
rounds_merged_group_class_init (RoundsMergedGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_merged_group_finalize;
}

static void
rounds_merged_group_init (RoundsMergedGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * rounds_merged_group_show:
 * @self: a group that a template has made
 * @context: the application
 * @person: whose merges to show, as they are now
 */
void
rounds_merged_group_show (RoundsMergedGroup *self, RoundsAppContext *context, RoundsRecord *person)
{
  RoundsRecordStore *reader = rounds_store_get_reader (rounds_app_context_get_store (context));
  g_autoptr (GPtrArray) merges = rounds_person_merge_list (reader, rounds_record_get_id (person), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; merges != NULL && i < merges->len; i++)
    add_line (self, context, merges->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
}
