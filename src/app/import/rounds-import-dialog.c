/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-import-dialog.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-drop-down.h"
#include "rounds-error.h"
#include "rounds-import-column-row.h"
#include "rounds-import-compare-page.h"
#include "rounds-import-history-page.h"
#include "rounds-import-job.h"
#include "rounds-import-memory.h"
#include "rounds-import-report.h"
#include "rounds-text-decoder.h"

#define PROGRESS_INTERVAL 100 /* ms */
#define N_REPAIRS_SHOWN 4

struct _RoundsImportDialog
{
  AdwDialog parent_instance;

  RoundsAppContext *context; /* (owned) (nullable) */
  RoundsImportPlan *plan;    /* (owned) (nullable) */
  RoundsImportJob *job;      /* (owned) (nullable): while it runs */
  GCancellable *cancellable; /* (owned): of what is under way; replaced for each piece of work */
  GListModel *targets;       /* (owned): names of the targets, for all drop-downs */
  guint progress_source;     /* 0: none */
  gboolean showing_plan;     /* the options change because the plan is shown, not by the person */

  /* Template widgets */
  AdwNavigationView *navigation;
  GtkStack *choose_stack;
  AdwBanner *choose_banner;
  AdwBanner *mapping_banner;
  AdwWindowTitle *mapping_title;
  GtkDropDown *encoding;
  GtkDropDown *delimiter;
  GtkDropDown *sheet;
  GtkExpander *reading;
  GtkWidget *encoding_box;
  GtkWidget *delimiter_box;
  GtkWidget *sheet_box;
  GtkCheckButton *header;
  GtkWidget *repairs_box;
  GtkLabel *repairs;
  GtkDropDown *role;
  GtkNoSelection *columns;
  GtkLabel *summary;
  GtkWidget *rehearse;
  RoundsImportReport *rehearsal_report;
  GtkButton *import;
  GtkProgressBar *progress;
  AdwNavigationPage *working_page;
  RoundsImportReport *result_report;
  GtkWidget *take_back;
  GtkWidget *done;

  RoundsUuid batch; /* the import that the last page is about */
};

G_DEFINE_FINAL_TYPE (RoundsImportDialog, rounds_import_dialog, ADW_TYPE_DIALOG)

static const char delimiters[] = { ',', ';', '\t', '|' };
static const RoundsTableOptions nothing = { 0 }; /* said about a file: all is found out */

static void plan_made_cb (GObject *source, GAsyncResult *result, gpointer data);

/* From here on, what was under way is of no interest any more. */
static GCancellable *
renew_cancellable (RoundsImportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  return self->cancellable;
}

/* Whether the window has been closed meanwhile: what is under way ends without anybody to tell. */
static gboolean
is_gone (RoundsImportDialog *self)
{
  return self->context == NULL;
}

static void
set_banner (AdwBanner *banner, const char *message)
{
  adw_banner_set_title (banner, message != NULL ? message : "");
  adw_banner_set_revealed (banner, message != NULL);
}

static void
show_pages (RoundsImportDialog *self, const char *const *tags)
{
  guint n_tags = g_strv_length ((char **) tags);

  if (g_strcmp0 (adw_navigation_view_get_visible_page_tag (self->navigation), tags[n_tags - 1]) != 0)
    adw_navigation_view_replace_with_tags (self->navigation, tags, (int) n_tags);
}

/* Choosing a file */

static void
read_file (RoundsImportDialog *self, GFile *file, const RoundsTableOptions *options)
{
  set_banner (self->choose_banner, NULL);
  set_banner (self->mapping_banner, NULL);
  gtk_stack_set_visible_child_name (self->choose_stack, "reading");
  rounds_import_plan_new_async (file, options, renew_cancellable (self), plan_made_cb, g_object_ref (self));
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsImportDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  if (is_gone (self))
    return;
  if (file != NULL)
    read_file (self, file, &nothing);
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)
           && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED)
           && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    set_banner (self->choose_banner, error->message);
}

static void
choose_clicked_cb (RoundsImportDialog *self)
{
  static const char *const suffixes[] = { "csv", "tsv", "txt", "xls", "xlsx", "ods", "vcf", "vcard" };
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) tables = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (tables, _ ("Tables and vCards"));
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    gtk_file_filter_add_suffix (tables, suffixes[i]);
  gtk_file_filter_set_name (all, _ ("All Files"));
  gtk_file_filter_add_pattern (all, "*");
  g_list_store_append (filters, tables);
  g_list_store_append (filters, all);

  gtk_file_dialog_set_title (dialog, _ ("Import Contacts"));
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_WINDOW)),
                        renew_cancellable (self), file_chosen_cb, g_object_ref (self));
}

static gboolean
drop_cb (RoundsImportDialog *self, const GValue *value)
{
  GSList *files = g_value_get_boxed (value); /* a GdkFileList */

  if (files == NULL || self->job != NULL)
    return FALSE;
  rounds_import_dialog_open_files (self, files);
  return TRUE;
}

/* The preview */

/* What still has to be said before the rows can be checked. */
static char *
describe_missing (RoundsImportDialog *self)
{
  int unclear = rounds_import_plan_find_unclear_dates (self->plan);

  if (!rounds_import_plan_names_people (self->plan))
    return g_strdup (_ ("Choose which column contains the name."));
  if (unclear >= 0)
    return g_strdup_printf (_ ("Choose how the dates of “%s” are written."), self->plan->headers[unclear]);
  return NULL;
}

static void
update_summary (RoundsImportDialog *self)
{
  g_autofree char *missing = describe_missing (self);
  g_autofree char *errors = rounds_table_file_describe_errors (self->plan->file);
  g_autofree char *rows = NULL;
  g_autofree char *text = NULL;
  g_autofree char *all = NULL;
  guint n_used = 0;

  for (guint i = 0; i < self->plan->n_columns; i++)
    n_used += self->plan->mapping->columns[i].target != ROUNDS_IMPORT_IGNORED;

  rows = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u row", "%'u rows", self->plan->n_rows),
                          (guint) self->plan->n_rows);
  if (self->plan->is_remembered)
    /* TRANSLATORS: the first is "2,500 rows", the others are how many columns of how many. */
    text = g_strdup_printf (_ ("%s, %u of %u columns, same as last time"), rows, n_used, self->plan->n_columns);
  else
    /* TRANSLATORS: the first is "2,500 rows", the others are how many columns of how many. */
    text = g_strdup_printf (_ ("%s, %u of %u columns"), rows, n_used, self->plan->n_columns);
  all = g_strjoin ("\n", missing != NULL ? missing : text, errors, NULL);
  gtk_label_set_text (self->summary, all);
  gtk_widget_set_sensitive (self->rehearse, missing == NULL && self->plan->n_rows > 0);
}

static guint
find_encoding (const char *name)
{
  guint n_encodings;
  const RoundsTextEncoding *encodings = rounds_text_encoding_list (&n_encodings);

  for (guint i = 0; i < n_encodings; i++)
    if (name != NULL && g_ascii_strcasecmp (encodings[i].name, name) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

/* The sheets of a workbook to choose from. */
static void
show_sheets (RoundsImportDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  const RoundsTableSheet *chosen = rounds_table_file_get_sheet (self->plan->file);
  guint n_sheets;
  const RoundsTableSheet *sheets = rounds_table_file_get_sheets (self->plan->file, &n_sheets);

  for (guint i = 0; i < n_sheets; i++)
    gtk_string_list_append (names, sheets[i].name);
  gtk_drop_down_set_model (self->sheet, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->sheet, chosen != NULL ? (guint) (chosen - sheets) : GTK_INVALID_LIST_POSITION);
  gtk_widget_set_visible (self->sheet_box, n_sheets > 1);
}

/* Before and after, so that nobody has to trust us. */
static void
show_repairs (RoundsImportDialog *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < MIN (self->plan->repairs->len, N_REPAIRS_SHOWN); i++)
    {
      const RoundsImportRepair *repair = self->plan->repairs->pdata[i];

      /* TRANSLATORS: a text as it was read before and after its repair. */
      g_string_append_printf (text, _ ("%s → %s"), repair->before, repair->after);
      if (i + 1 < MIN (self->plan->repairs->len, N_REPAIRS_SHOWN))
        g_string_append (text, "\u00a0· "); /* the dot ends a line */
    }
  gtk_label_set_text (self->repairs, text->str);
  gtk_widget_set_visible (self->repairs_box, text->len > 0);
}

/* How the file is read, which the person can correct. */
static void
show_reading (RoundsImportDialog *self)
{
  const char *encoding = rounds_table_file_get_encoding (self->plan->file);
  char separator = rounds_table_file_get_delimiter (self->plan->file);
  const char *delimiter = separator != 0 ? memchr (delimiters, separator, sizeof delimiters) : NULL;

  self->showing_plan = TRUE;
  gtk_drop_down_set_selected (self->encoding, find_encoding (encoding));
  gtk_drop_down_set_selected (self->delimiter,
                              delimiter != NULL ? (guint) (delimiter - delimiters) : GTK_INVALID_LIST_POSITION);
  gtk_widget_set_visible (self->encoding_box, encoding != NULL);
  gtk_widget_set_visible (self->delimiter_box, separator != 0);
  gtk_check_button_set_active (self->header, self->plan->has_header);
  gtk_widget_set_visible (GTK_WIDGET (self->header),
                          rounds_table_file_get_format (self->plan->file) != ROUNDS_TABLE_VCARD);
  show_sheets (self);
  gtk_widget_set_visible (GTK_WIDGET (self->reading), gtk_widget_get_visible (self->encoding_box)
                                                        || gtk_widget_get_visible (self->sheet_box)
                                                        || gtk_widget_get_visible (GTK_WIDGET (self->header)));
  if (self->plan->is_remembered)
    gtk_drop_down_set_selected (self->role, self->plan->role);
  else
    self->plan->role = gtk_drop_down_get_selected (self->role);
  self->showing_plan = FALSE;
}

static void
show_plan (RoundsImportDialog *self)
{
  static const char *const tags[] = { "choose", "mapping", NULL };
  g_autoptr (GtkStringList) headers = gtk_string_list_new ((const char *const *) self->plan->headers);
  g_autofree char *name = g_file_get_basename (rounds_table_file_get_file (self->plan->file));
  g_autofree char *display_name = g_filename_display_name (name);

  show_reading (self);
  /* Where there is no name it may have been read wrongly, and of several sheets only a person knows which. */
  if (!rounds_import_plan_names_people (self->plan) || gtk_widget_get_visible (self->sheet_box))
    gtk_expander_set_expanded (self->reading, TRUE);
  show_repairs (self);
  adw_window_title_set_subtitle (self->mapping_title, display_name);
  gtk_no_selection_set_model (self->columns, G_LIST_MODEL (headers));
  update_summary (self);
  show_pages (self, tags);
}

static void
plan_made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsImportDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsImportPlan) plan = rounds_import_plan_new_finish (result, &error);

  if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || is_gone (self))
    return;

  gtk_stack_set_visible_child_name (self->choose_stack, "choose");
  if (plan == NULL)
    {
      set_banner (self->choose_banner, error->message);
      set_banner (self->mapping_banner, error->message);
      return;
    }
  g_clear_pointer (&self->plan, rounds_import_plan_unref);
  self->plan = g_steal_pointer (&plan);
  if (!rounds_import_plan_recall (self->plan, rounds_store_get_reader (rounds_app_context_get_store (self->context)),
                                  &error))
    set_banner (self->mapping_banner, error->message);
  show_plan (self);
}

static void
reading_changed_cb (RoundsImportDialog *self)
{
  RoundsTableOptions options = { 0 };
  guint n_encodings, n_sheets;
  const RoundsTextEncoding *encodings = rounds_text_encoding_list (&n_encodings);
  guint encoding = gtk_drop_down_get_selected (self->encoding);
  guint delimiter = gtk_drop_down_get_selected (self->delimiter);
  guint sheet = gtk_drop_down_get_selected (self->sheet);
  const RoundsTableSheet *sheets;

  if (self->showing_plan || self->plan == NULL)
    return;
  sheets = rounds_table_file_get_sheets (self->plan->file, &n_sheets);
  options.encoding = encoding < n_encodings ? encodings[encoding].name : NULL;
  options.delimiter = delimiter < sizeof delimiters ? delimiters[delimiter] : 0;
  options.sheet = sheet < n_sheets ? sheets[sheet].name : NULL;
  options.header = gtk_check_button_get_active (self->header) ? ROUNDS_TABLE_HEADER_THERE : ROUNDS_TABLE_HEADER_MISSING;
  read_file (self, rounds_table_file_get_file (self->plan->file), &options);
}

static void
role_changed_cb (RoundsImportDialog *self)
{
  if (self->plan != NULL)
    self->plan->role = gtk_drop_down_get_selected (self->role);
}

static void
column_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RoundsImportDialog *self)
{
  GtkWidget *row = rounds_import_column_row_new (self->targets);

  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_focusable (item, FALSE);
  gtk_list_item_set_child (item, row);
  g_signal_connect_object (row, "changed", G_CALLBACK (update_summary), self, G_CONNECT_SWAPPED);
}

static void
column_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RoundsImportDialog *self)
{
  rounds_import_column_row_bind (ROUNDS_IMPORT_COLUMN_ROW (gtk_list_item_get_child (item)), self->plan,
                                 gtk_list_item_get_position (item));
}

static void
column_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RoundsImportDialog *self)
{
  rounds_import_column_row_unbind (ROUNDS_IMPORT_COLUMN_ROW (gtk_list_item_get_child (item)));
}

/* Rehearsal and import */

static gboolean
update_progress (gpointer data)
{
  RoundsImportDialog *self = data;

  gtk_progress_bar_set_fraction (self->progress, rounds_import_job_get_fraction (self->job));
  return G_SOURCE_CONTINUE;
}

static void
end_job (RoundsImportDialog *self)
{
  g_clear_handle_id (&self->progress_source, g_source_remove);
  g_clear_pointer (&self->job, rounds_import_job_unref);
  adw_dialog_set_can_close (ADW_DIALOG (self), TRUE);
}

/* How many contacts the import would write, after what was decided. */
static void
decided_cb (RoundsImportDialog *self)
{
  RoundsImportOutcomeList *list = rounds_import_report_get_list (self->rehearsal_report);
  guint64 count = rounds_import_outcome_list_count (list, ROUNDS_IMPORT_CREATED)
                  + rounds_import_outcome_list_count (list, ROUNDS_IMPORT_UPDATED);
  g_autofree char *label = g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE, "_Import %'u Contact", "_Import %'u Contacts", count), (guint) count);

  gtk_button_set_label (self->import, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->import), count > 0);
}

static void
compare_cb (RoundsImportDialog *self, RoundsImportOutcomeItem *item, RoundsImportReport *report)
{
  adw_navigation_view_push (
    self->navigation, rounds_import_compare_page_new (self->context, rounds_import_report_get_list (report), item));
}

static void
show_rehearsal (RoundsImportDialog *self, RoundsImportResult *result)
{
  static const char *const tags[] = { "choose", "mapping", "rehearsal", NULL };

  rounds_import_report_show (self->rehearsal_report, self->context, result, self->plan);
  decided_cb (self);
  show_pages (self, tags);
  gtk_widget_grab_focus (GTK_WIDGET (self->import));
}

static void
show_result (RoundsImportDialog *self, RoundsImportResult *result)
{
  static const char *const tags[] = { "result", NULL };

  self->batch = result->batch;
  gtk_widget_set_visible (self->take_back,
                          result->counts[ROUNDS_IMPORT_CREATED] + result->counts[ROUNDS_IMPORT_UPDATED] > 0);
  rounds_import_report_show (self->result_report, self->context, result, self->plan);
  show_pages (self, tags);
  gtk_widget_grab_focus (self->done);
}

static void
job_done_cb (GObject *source, GAsyncResult *async_result, gpointer data)
{
  static const char *const back[] = { "choose", "mapping", NULL };
  g_autoptr (RoundsImportDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsImportResult) result = rounds_import_job_run_finish (ROUNDS_STORE (source), async_result, &error);

  if (is_gone (self))
    return;
  end_job (self);
  if (result == NULL)
    {
      /* Somebody who stops it knows that it stopped. */
      gboolean stopped = g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED)
                         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      set_banner (self->mapping_banner, stopped ? _ ("Stopped. Nothing was imported.") : error->message);
      show_pages (self, back);
    }
  else if (result->dry_run)
    show_rehearsal (self, result);
  else
    show_result (self, result);
}

static void
start_job (RoundsImportDialog *self, gboolean dry_run)
{
  set_banner (self->mapping_banner, NULL);
  if (dry_run)
    g_hash_table_remove_all (self->plan->decisions); /* made for other matches */
  self->job = rounds_import_job_new (self->plan, dry_run);
  gtk_progress_bar_set_fraction (self->progress, 0);
  adw_navigation_page_set_title (self->working_page, dry_run ? _ ("Checking") : _ ("Importing"));
  adw_dialog_set_can_close (ADW_DIALOG (self), FALSE);
  adw_navigation_view_push (self->navigation, self->working_page);
  self->progress_source = g_timeout_add (PROGRESS_INTERVAL, update_progress, self);
  rounds_import_job_run_async (self->job, rounds_app_context_get_store (self->context), renew_cancellable (self),
                               job_done_cb, g_object_ref (self));
}

static void
rehearse_clicked_cb (RoundsImportDialog *self)
{
  if (self->job == NULL && self->plan != NULL)
    start_job (self, TRUE);
}

static void
import_clicked_cb (RoundsImportDialog *self)
{
  if (self->job == NULL && self->plan != NULL)
    start_job (self, FALSE);
}

static RoundsImportHistoryPage *
push_history (RoundsImportDialog *self)
{
  AdwNavigationPage *page = rounds_import_history_page_new (self->context);

  g_object_bind_property (page, "is-busy", self, "can-close", G_BINDING_INVERT_BOOLEAN);
  adw_navigation_view_push (self->navigation, page);
  return ROUNDS_IMPORT_HISTORY_PAGE (page);
}

static void
history_clicked_cb (RoundsImportDialog *self)
{
  push_history (self);
}

static void
take_back_clicked_cb (RoundsImportDialog *self)
{
  gtk_widget_set_visible (self->take_back, FALSE);
  rounds_import_history_page_revert (push_history (self), &self->batch);
}

static void
stop_cb (RoundsImportDialog *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->navigation);

  g_cancellable_cancel (self->cancellable);
  if (ROUNDS_IS_IMPORT_HISTORY_PAGE (page))
    rounds_import_history_page_stop (ROUNDS_IMPORT_HISTORY_PAGE (page));
}

static void
done_clicked_cb (RoundsImportDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

/* The dialog itself */

static void
rounds_import_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (ROUNDS_IMPORT_DIALOG (dialog)->cancellable);
}

static void
rounds_import_dialog_dispose (GObject *object)
{
  RoundsImportDialog *self = ROUNDS_IMPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  g_clear_pointer (&self->job, rounds_import_job_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_IMPORT_DIALOG);
  g_clear_pointer (&self->plan, rounds_import_plan_unref);
  g_clear_object (&self->targets);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_import_dialog_parent_class)->dispose (object);
}

static void
rounds_import_dialog_finalize (GObject *object)
{
  g_clear_object (&ROUNDS_IMPORT_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (rounds_import_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/import/import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, navigation);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, choose_stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, choose_banner);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, mapping_banner);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, mapping_title);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, encoding);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, delimiter);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, role);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, repairs);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, repairs_box);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, header);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, sheet_box);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, delimiter_box);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, encoding_box);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, reading);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, sheet);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, columns);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, summary);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, rehearse);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, rehearsal_report);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, import);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, working_page);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, result_report);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, take_back);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportDialog, done);
  gtk_widget_class_bind_template_callback (widget_class, choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, reading_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, role_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, column_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, column_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, column_unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, rehearse_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, decided_cb);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
  gtk_widget_class_bind_template_callback (widget_class, history_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, take_back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
  gtk_widget_class_bind_template_callback (widget_class, done_clicked_cb);
}

static void
rounds_import_dialog_class_init (RoundsImportDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_import_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_import_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = rounds_import_dialog_closed;

  g_type_ensure (ROUNDS_TYPE_IMPORT_REPORT);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static GListModel *
list_targets (void)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (int target = 0; target < ROUNDS_IMPORT_N_TARGETS; target++)
    gtk_string_list_append (list, rounds_import_target_get_label (target));
  return G_LIST_MODEL (list);
}

static GListModel *
list_encodings (void)
{
  GtkStringList *list = gtk_string_list_new (NULL);
  guint n_encodings;
  const RoundsTextEncoding *encodings = rounds_text_encoding_list (&n_encodings);

  for (guint i = 0; i < n_encodings; i++)
    gtk_string_list_append (list, g_dgettext (GETTEXT_PACKAGE, encodings[i].label));
  return G_LIST_MODEL (list);
}

static void
rounds_import_dialog_init (RoundsImportDialog *self)
{
  g_autoptr (GListModel) encodings = list_encodings ();
  GtkDropTarget *drop_target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->cancellable = g_cancellable_new ();
  self->targets = list_targets ();
  gtk_widget_init_template (GTK_WIDGET (self));

  self->showing_plan = TRUE;
  gtk_drop_down_set_model (self->encoding, encodings);
  self->showing_plan = FALSE;
  rounds_drop_down_let_shrink (self->encoding);
  rounds_drop_down_let_shrink (self->sheet);

  g_signal_connect_object (drop_target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop_target));
}

RoundsImportDialog *
rounds_import_dialog_new (RoundsAppContext *context)
{
  RoundsImportDialog *self = g_object_new (ROUNDS_TYPE_IMPORT_DIALOG, NULL);

  self->context = g_object_ref (context);
  return self;
}

void
rounds_import_dialog_open_files (RoundsImportDialog *self, GSList *files)
{
  g_return_if_fail (ROUNDS_IS_IMPORT_DIALOG (self));
  g_return_if_fail (files != NULL);

  if (self->job != NULL)
    return;
  read_file (self, files->data, &nothing);
  if (files->next != NULL)
    set_banner (self->mapping_banner, _ ("One file at a time: this is the first of them."));
}
