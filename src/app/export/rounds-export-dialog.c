/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "export/rounds-export-dialog.h"

#include <glib/gi18n-lib.h>

#include "export/rounds-export-job.h"
#include "forms/rounds-growing-dialog.h"
#include "forms/rounds-row-message.h"
#include "rounds-exporter.h"
#include "rounds-person-archive.h"

#define PROGRESS_INTERVAL 100 /* ms */
#define SHOW_PROGRESS 300     /* ms: what takes less is over before anybody reads it */

typedef enum
{
  WHAT_SELECTED,
  WHAT_SHOWN,
  WHAT_ALL,
} What;

struct _RoundsExportDialog
{
  AdwDialog parent_instance;

  RoundsAppContext *context; /* (owned) */
  char *name;                /* (owned): of the file, before the date */
  RoundsRecord *person;      /* (owned) (nullable): whose archive it is; NULL: records of a page */
  RoundsQuery *shown;        /* (owned) (nullable): what the page shows; NULL for a person */
  RoundsQuery *all;          /* (owned) (nullable): NULL if that is shown */
  GArray *selected;          /* (owned) (nullable): of gint64, keys of what is shown */
  GArray *whats;             /* (owned): of What, as the row lists them */
  GArray *formats;           /* (owned): of RoundsExportFormat, the same */

  RoundsExport *export;      /* (owned) (nullable): while it works */
  GFile *file;               /* (owned) (nullable): where to */
  GCancellable *cancellable; /* (owned) */
  guint progress_source;
  gint64 started;

  GtkWidget *cancel;
  GtkWidget *save;
  AdwBanner *banner;
  GtkStack *stack;
  AdwComboRow *what;
  AdwComboRow *format;
  GtkProgressBar *progress;
  GtkWidget *choices;
  GtkWidget *protection;
  GtkWidget *warning;
  AdwSwitchRow *encrypt;
  GtkEditable *passphrase;
  GtkEditable *again;
  RoundsRowMessage *mismatch;
  GtkScrolledWindow *scroller;
};

G_DEFINE_FINAL_TYPE (RoundsExportDialog, rounds_export_dialog, ADW_TYPE_DIALOG)

static void
set_banner (RoundsExportDialog *self, const char *message)
{
  adw_banner_set_title (self->banner, message != NULL ? message : "");
  adw_banner_set_revealed (self->banner, message != NULL);
}

static RoundsExportFormat
get_format (RoundsExportDialog *self)
{
  return g_array_index (self->formats, RoundsExportFormat, adw_combo_row_get_selected (self->format));
}

static What
get_what (RoundsExportDialog *self)
{
  return g_array_index (self->whats, What, adw_combo_row_get_selected (self->what));
}

/* Telling where it is */

static void
folder_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsAppContext) context = data;
  g_autoptr (GError) error = NULL;

  if (!gtk_file_launcher_open_containing_folder_finish (GTK_FILE_LAUNCHER (source), result, &error)
      && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    rounds_app_context_report (context, error);
}

typedef struct
{
  RoundsAppContext *context; /* (owned) */
  GFile *file;               /* (owned) */
} Written;

static void
written_free (gpointer data)
{
  Written *written = data;

  g_object_unref (written->context);
  g_object_unref (written->file);
  g_free (written);
}

static void
open_folder (gpointer data)
{
  Written *written = data;
  g_autoptr (GtkFileLauncher) launcher = gtk_file_launcher_new (written->file);

  gtk_file_launcher_open_containing_folder (launcher, NULL, NULL, folder_opened_cb, g_object_ref (written->context));
}

static char *
describe_written (RoundsExport *export)
{
  guint64 n;

  if (ROUNDS_IS_PERSON_ARCHIVE (export))
    return g_strdup (_ ("Archive saved"));
  n = rounds_exporter_get_n_written (ROUNDS_EXPORTER (export));
  /* Translators: %'u has the locale's grouping. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u record exported", "%'u records exported", n), (guint) n);
}

static void
tell (RoundsExportDialog *self, RoundsExport *export)
{
  Written *written = g_new0 (Written, 1);
  g_autofree char *text = describe_written (export);

  written->context = g_object_ref (self->context);
  written->file = g_object_ref (self->file);
  rounds_app_context_toast_button (self->context, text, _ ("Open _Folder"), open_folder, written, written_free);
}

/* Writing */

static gboolean
update_progress (gpointer data)
{
  RoundsExportDialog *self = data;

  gtk_progress_bar_set_fraction (self->progress, rounds_export_get_fraction (self->export));
  if (g_get_monotonic_time () - self->started > SHOW_PROGRESS * 1000)
    gtk_stack_set_visible_child_name (self->stack, "working");
  return G_SOURCE_CONTINUE;
}

static void
set_working (RoundsExportDialog *self, gboolean working)
{
  adw_dialog_set_can_close (ADW_DIALOG (self), !working);
  gtk_widget_set_sensitive (self->save, !working);
  if (!working)
    gtk_stack_set_visible_child_name (self->stack, "options");
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsExportDialog) self = data;
  g_autoptr (GError) error = NULL;
  gboolean written = rounds_export_job_run_finish (ROUNDS_STORE (source), result, &error);
  g_autoptr (RoundsExport) export = g_steal_pointer (&self->export);

  g_clear_handle_id (&self->progress_source, g_source_remove);
  if (self->context == NULL) /* the window has been closed meanwhile */
    return;

  set_working (self, FALSE);
  if (!written)
    {
      set_banner (self, error->message);
      gtk_widget_grab_focus (self->save);
      return;
    }
  tell (self, export);
  adw_dialog_close (ADW_DIALOG (self));
}

static RoundsExport *
make_archive (RoundsExportDialog *self, GFile *file)
{
  const char *passphrase = gtk_editable_get_text (self->passphrase);

  return ROUNDS_EXPORT (rounds_person_archive_new (rounds_record_get_id (self->person), file,
                                                   adw_switch_row_get_active (self->encrypt) ? passphrase : NULL));
}

static RoundsExport *
make_exporter (RoundsExportDialog *self, GFile *file)
{
  What what = get_what (self);
  RoundsExporter *exporter =
    rounds_exporter_new (what == WHAT_ALL ? self->all : self->shown, get_format (self), ROUNDS_EXPORT_FOR_PEOPLE);

  if (what == WHAT_SELECTED)
    rounds_exporter_set_keys (exporter, self->selected);
  rounds_exporter_set_file (exporter, file);
  return ROUNDS_EXPORT (exporter);
}

/**
 * rounds_export_dialog_save_to:
 * @file: where to, as it was chosen
 *
 * Writes what is chosen into @file and closes the dialog.
 */
void
rounds_export_dialog_save_to (RoundsExportDialog *self, GFile *file)
{
  g_return_if_fail (self->export == NULL);

  g_set_object (&self->file, file);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->export = self->person != NULL ? make_archive (self, file) : make_exporter (self, file);

  set_banner (self, NULL);
  set_working (self, TRUE);
  gtk_progress_bar_set_fraction (self->progress, 0);
  self->started = g_get_monotonic_time ();
  self->progress_source = g_timeout_add (PROGRESS_INTERVAL, update_progress, self);
  rounds_export_job_run_async (rounds_app_context_get_store (self->context), self->export, self->cancellable,
                               written_cb, g_object_ref (self));
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsExportDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (self->context == NULL)
    return;
  if (file != NULL)
    rounds_export_dialog_save_to (self, file);
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED)
           && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_CANCELLED))
    set_banner (self, error->message);
}

static const char *
get_suffix (RoundsExportDialog *self)
{
  return self->person != NULL ? "zip" : rounds_export_format_get_suffix (get_format (self));
}

static const char *
get_format_name (RoundsExportDialog *self)
{
  if (self->person != NULL)
    return _ ("Zip archive (.zip)");
  return gtk_string_object_get_string (GTK_STRING_OBJECT (adw_combo_row_get_selected_item (self->format)));
}

static char *
make_file_name (RoundsExportDialog *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_strdup_printf ("%s %04d-%02d-%02d.%s", self->name, g_date_time_get_year (now), g_date_time_get_month (now),
                          g_date_time_get_day_of_month (now), get_suffix (self));
}

static void
save_clicked_cb (RoundsExportDialog *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autofree char *name = make_file_name (self);

  gtk_file_filter_set_name (filter, get_format_name (self));
  gtk_file_filter_add_suffix (filter, get_suffix (self));
  g_list_store_append (filters, filter);
  gtk_file_dialog_set_title (dialog, adw_dialog_get_title (ADW_DIALOG (self)));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_WINDOW)), NULL,
                        file_chosen_cb, g_object_ref (self));
}

static void
stop_cb (RoundsExportDialog *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
cancel_clicked_cb (RoundsExportDialog *self)
{
  if (self->export != NULL)
    stop_cb (self);
  else
    adw_dialog_close (ADW_DIALOG (self));
}

/* The choices */

/* An encrypted archive needs the same passphrase twice; one that is not encrypted a warning. While the second one is
 * being typed it is as good as its letters are. */
static void
protection_changed_cb (RoundsExportDialog *self)
{
  gboolean encrypt = adw_switch_row_get_active (self->encrypt);
  const char *passphrase = gtk_editable_get_text (self->passphrase);
  const char *again = gtk_editable_get_text (self->again);
  gboolean same = g_str_equal (passphrase, again);

  gtk_widget_set_visible (self->warning, !encrypt);
  gtk_widget_set_sensitive (self->save, !encrypt || (*passphrase != '\0' && same));
  rounds_row_message_show_error (self->mismatch, GTK_WIDGET (self->again),
                                 encrypt && !g_str_has_prefix (passphrase, again) ? _ ("The passphrases do not match.")
                                                                                  : NULL);
}

static void
list_formats (RoundsExportDialog *self)
{
  static const struct
  {
    RoundsExportFormat format;
    const char *name;
  } formats[] = {
    { ROUNDS_EXPORT_XLSX, N_ ("Excel workbook (.xlsx)") },
    { ROUNDS_EXPORT_CSV, N_ ("CSV table (.csv)") },
    { ROUNDS_EXPORT_VCARD_3, N_ ("vCard 3.0, for phones (.vcf)") },
    { ROUNDS_EXPORT_VCARD_4, N_ ("vCard 4.0 (.vcf)") },
  };
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (rounds_export_format_can (formats[i].format, self->shown))
      {
        g_array_append_val (self->formats, formats[i].format);
        gtk_string_list_append (names, _ (formats[i].name));
      }
  adw_combo_row_set_model (self->format, G_LIST_MODEL (names));
}

static void
add_what (RoundsExportDialog *self, GtkStringList *names, What what, const char *name)
{
  g_array_append_val (self->whats, what);
  gtk_string_list_append (names, name);
}

static void
list_whats (RoundsExportDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n = self->selected != NULL ? self->selected->len : 0;
  /* Translators: what is exported; %'u has the locale's grouping. */
  g_autofree char *selected = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u selected", "%'u selected", n), n);

  if (n > 0)
    add_what (self, names, WHAT_SELECTED, selected);
  /* Translators: what is exported: all contacts, or all interactions */
  add_what (self, names, WHAT_SHOWN, self->all != NULL ? _ ("Current list") : _ ("All"));
  if (self->all != NULL)
    add_what (self, names, WHAT_ALL, _ ("All"));
  adw_combo_row_set_model (self->what, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->what), self->whats->len > 1);
}

/* GObject */

static void
rounds_export_dialog_dispose (GObject *object)
{
  RoundsExportDialog *self = ROUNDS_EXPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_EXPORT_DIALOG);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_export_dialog_parent_class)->dispose (object);
}

static void
rounds_export_dialog_finalize (GObject *object)
{
  RoundsExportDialog *self = ROUNDS_EXPORT_DIALOG (object);

  g_clear_object (&self->export);
  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->person);
  g_clear_pointer (&self->all, rounds_query_unref);
  g_clear_pointer (&self->shown, rounds_query_unref);
  g_clear_pointer (&self->selected, g_array_unref);
  g_array_unref (self->whats);
  g_array_unref (self->formats);
  g_free (self->name);

  G_OBJECT_CLASS (rounds_export_dialog_parent_class)->finalize (object);
}

static void
rounds_export_dialog_class_init (RoundsExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_export_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_export_dialog_finalize;

  g_type_ensure (ROUNDS_TYPE_ROW_MESSAGE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/export/export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsExportDialog, cancel);
  gtk_widget_class_bind_template_child (widget_class, RoundsExportDialog, save);
  gtk_widget_class_bind_template_child (widget_class, RoundsExportDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, RoundsExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsExportDialog, what);
  gtk_widget_class_bind_template_child (widget_class, RoundsExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, RoundsExportDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, RoundsExportDialog, choices);
  gtk_widget_class_bind_template_child (widget_class, RoundsExportDialog, protection);
  gtk_widget_class_bind_template_child (widget_class, RoundsExportDialog, warning);
  gtk_widget_class_bind_template_child (widget_class, RoundsExportDialog, encrypt);
  gtk_widget_class_bind_template_child (widget_class, RoundsExportDialog, passphrase);
  gtk_widget_class_bind_template_child (widget_class, RoundsExportDialog, again);
  gtk_widget_class_bind_template_child (widget_class, RoundsExportDialog, mismatch);
  gtk_widget_class_bind_template_child (widget_class, RoundsExportDialog, scroller);
  gtk_widget_class_bind_template_callback (widget_class, protection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
rounds_export_dialog_init (RoundsExportDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->whats = g_array_new (FALSE, FALSE, sizeof (What));
  self->formats = g_array_new (FALSE, FALSE, sizeof (RoundsExportFormat));
  gtk_widget_init_template (GTK_WIDGET (self));
  rounds_dialog_grow_with (ADW_DIALOG (self), self->scroller);
}

/**
 * rounds_export_dialog_new:
 * @name: what the file is called, before the date: "Contacts"
 * @shown: what the page shows; not changed any more by the caller
 * @all: (nullable): everything that it could show; %NULL if that is shown
 * @selected: (nullable) (element-type gint64): row keys of what is selected, as a list of @shown has them
 *
 * Returns: (transfer floating): the dialog
 */
RoundsExportDialog *
rounds_export_dialog_new (RoundsAppContext *context, const char *name, RoundsQuery *shown, RoundsQuery *all,
                          GArray *selected)
{
  RoundsExportDialog *self = g_object_new (ROUNDS_TYPE_EXPORT_DIALOG, NULL);

  self->context = g_object_ref (context);
  self->name = g_strdup (name);
  self->shown = rounds_query_ref (shown);
  self->all = all != NULL ? rounds_query_ref (all) : NULL;
  self->selected = selected != NULL ? g_array_ref (selected) : NULL;
  list_formats (self);
  list_whats (self);
  return self;
}

/**
 * rounds_export_dialog_new_for_person:
 * @person: whose archive is made
 *
 * Returns: (transfer floating): the dialog
 */
RoundsExportDialog *
rounds_export_dialog_new_for_person (RoundsAppContext *context, RoundsRecord *person)
{
  RoundsExportDialog *self = g_object_new (ROUNDS_TYPE_EXPORT_DIALOG, "title", _ ("Full Record"), NULL);

  self->context = g_object_ref (context);
  self->person = g_object_ref (person);
  self->name = rounds_record_get_title (person);
  g_strdelimit (self->name, G_DIR_SEPARATOR_S, ' ');
  gtk_widget_set_visible (self->choices, FALSE);
  gtk_widget_set_visible (self->protection, TRUE);
  return self;
}

/** rounds_export_present: shows the dialog over @page; as rounds_export_dialog_new(). */
void
rounds_export_present (GtkWidget *page, RoundsAppContext *context, const char *name, RoundsQuery *shown,
                       RoundsQuery *all, GArray *selected)
{
  adw_dialog_present (ADW_DIALOG (rounds_export_dialog_new (context, name, shown, all, selected)), page);
}

/** rounds_export_present_person: shows the dialog over @page; as rounds_export_dialog_new_for_person(). */
void
rounds_export_present_person (GtkWidget *page, RoundsAppContext *context, RoundsRecord *person)
{
  adw_dialog_present (ADW_DIALOG (rounds_export_dialog_new_for_person (context, person)), page);
}
