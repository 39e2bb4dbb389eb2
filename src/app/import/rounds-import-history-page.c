/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-import-history-page.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-toast.h"
#include "rounds-import-job.h"

#define PROGRESS_INTERVAL 100 /* ms */
#define MAX_IMPORTS 200
/* Names of what stayed, in one text; more are counted. */
#define MAX_NAMES 20

struct _RoundsImportHistoryPage
{
  AdwNavigationPage parent_instance;

  RoundsAppContext *context; /* (owned) (nullable) */
  RoundsImportJob *job;      /* (owned) (nullable): while something is taken back */
  GCancellable *cancellable; /* (owned): of the job */
  guint progress_source;     /* 0: none */

  /* Template widgets */
  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkListBox *list;
  GtkProgressBar *progress;
};

enum
{
  PROP_IS_BUSY = 1,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (RoundsImportHistoryPage, rounds_import_history_page, ADW_TYPE_NAVIGATION_PAGE)

static void start_reversal (RoundsImportHistoryPage *self, const RoundsUuid *batch, gboolean undo);

/* What the button of a row is about. */
typedef struct
{
  RoundsImportHistoryPage *page; /* (not owned): has the row */
  RoundsUuid batch;
  gboolean undo;
} Request;

static void
button_clicked_cb (GtkButton *button, Request *request)
{
  start_reversal (request->page, &request->batch, request->undo);
}

static char *
describe (RoundsRecord *batch)
{
  gboolean reverted = !rounds_record_is_null (batch, ROUNDS_IMPORT_BATCH_REVERTED_AT);
  g_autofree char *when = rounds_display_moment (rounds_record_get_integer (batch, ROUNDS_FIELD_CREATED_AT));
  g_autofree char *text =
    /* TRANSLATORS: the first is a day and a time, the others are how many rows an import made contacts of, how many
     * contacts it changed, and how many rows it rejected. */
    g_strdup_printf (_ ("%s: %'u new, %'u updated, %'u rejected"), when,
                     (guint) rounds_record_get_integer (batch, ROUNDS_IMPORT_BATCH_CREATED),
                     (guint) rounds_record_get_integer (batch, ROUNDS_IMPORT_BATCH_UPDATED),
                     (guint) rounds_record_get_integer (batch, ROUNDS_IMPORT_BATCH_REJECTED));

  /* TRANSLATORS: added to the description of an import. */
  return reverted ? g_strconcat (text, "\n", _ ("Undone"), NULL) : g_steal_pointer (&text);
}

/* Whether the import has written anything. */
static gboolean
has_changes (RoundsRecord *batch)
{
  return rounds_record_get_integer (batch, ROUNDS_IMPORT_BATCH_LAST_CHANGE)
         >= rounds_record_get_integer (batch, ROUNDS_IMPORT_BATCH_FIRST_CHANGE);
}

static GtkWidget *
make_button (RoundsImportHistoryPage *self, RoundsRecord *batch)
{
  gboolean undo = !rounds_record_is_null (batch, ROUNDS_IMPORT_BATCH_REVERTED_AT);
  GtkWidget *button = gtk_button_new_with_mnemonic (undo ? _ ("_Redo") : _ ("_Undo"));
  g_autofree char *label = g_strdup_printf (undo ? _ ("Redo the import of %s") : _ ("Undo the import of %s"),
                                            rounds_record_get_text (batch, ROUNDS_IMPORT_BATCH_FILE_NAME));
  Request *request = g_new (Request, 1);

  *request = (Request) { self, *rounds_record_get_id (batch), undo };
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_data (button, "clicked", G_CALLBACK (button_clicked_cb), request, (GClosureNotify) (void *) g_free,
                         0);
  return button;
}

static GtkWidget *
make_row (RoundsImportHistoryPage *self, RoundsRecord *batch)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = describe (batch);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 rounds_record_get_text (batch, ROUNDS_IMPORT_BATCH_FILE_NAME));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (has_changes (batch))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button (self, batch));
  return row;
}

static void
show_imports (RoundsImportHistoryPage *self)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_IMPORT_BATCH);
  g_autoptr (GPtrArray) batches = NULL;
  g_autoptr (GError) error = NULL;

  rounds_query_limit (rounds_query_order_by (query, ROUNDS_FIELD_CREATED_AT, TRUE), MAX_IMPORTS);
  batches = rounds_store_list (rounds_app_context_get_store (self->context), query, &error);
  if (batches == NULL)
    {
      rounds_app_context_report (self->context, error);
      return;
    }
  gtk_list_box_remove_all (self->list);
  for (guint i = 0; i < batches->len; i++)
    gtk_list_box_append (self->list, make_row (self, batches->pdata[i]));
  gtk_stack_set_visible_child_name (self->stack, batches->len > 0 ? "list" : "none");
}

/* Taking back */

static gboolean
update_progress (gpointer data)
{
  RoundsImportHistoryPage *self = data;

  gtk_progress_bar_set_fraction (self->progress, rounds_import_job_get_fraction (self->job));
  return G_SOURCE_CONTINUE;
}

static void
set_busy (RoundsImportHistoryPage *self, RoundsImportJob *job)
{
  g_clear_handle_id (&self->progress_source, g_source_remove);
  g_clear_pointer (&self->job, rounds_import_job_unref);
  self->job = job;
  if (job != NULL)
    self->progress_source = g_timeout_add (PROGRESS_INTERVAL, update_progress, self);
  gtk_progress_bar_set_fraction (self->progress, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), job != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), job == NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_BUSY]);
}

/* Who stayed, and why: nobody should have to guess. */
static void
tell_kept (RoundsImportHistoryPage *self, const RoundsImportReversal *reversal)
{
  g_autoptr (GString) names = g_string_new (NULL);
  AdwDialog *dialog;

  for (guint i = 0; i < reversal->kept->len && i < MAX_NAMES; i++)
    {
      const RoundsImportKept *kept = reversal->kept->pdata[i];

      g_string_append_printf (names, "%s%s", i > 0 ? "\n" : "", kept->title);
    }
  if (reversal->kept->len > MAX_NAMES)
    g_string_append_printf (
      names, g_dngettext (GETTEXT_PACKAGE, "\nand %u more", "\nand %u more", reversal->kept->len - MAX_NAMES),
      reversal->kept->len - MAX_NAMES);

  dialog = adw_alert_dialog_new (_ ("Some Records Were Kept"), NULL);
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog),
                                _ ("They have been changed since, or something was logged about them:\n\n%s"),
                                names->str);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
undo_cb (AdwToast *toast, Request *request)
{
  start_reversal (request->page, &request->batch, !request->undo);
}

static void
tell_done (RoundsImportHistoryPage *self, const Request *request, const RoundsImportReversal *reversal)
{
  g_autofree char *text =
    request->undo ? g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u record restored", "%'u records restored",
                                                  reversal->restored + reversal->put_back),
                                     (guint) (reversal->restored + reversal->put_back))
                  : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Import undone: %'u record",
                                                  "Import undone: %'u records", reversal->trashed + reversal->put_back),
                                     (guint) (reversal->trashed + reversal->put_back));
  AdwToast *toast = rounds_toast_new (text, _ ("_Undo"));
  Request *undo = g_memdup2 (request, sizeof *request);

  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), undo, (GClosureNotify) (void *) g_free, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
  if (reversal->kept->len > 0)
    tell_kept (self, reversal);
}

/* What a reversal needs when it is done. */
typedef struct
{
  RoundsImportHistoryPage *page; /* (owned) */
  Request request;
} Running;

static void
running_free (Running *running)
{
  g_clear_object (&running->page);
  g_free (running);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Running, running_free)

static void
reversal_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Running) running = data;
  RoundsImportHistoryPage *self = running->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsImportReversal) reversal = rounds_import_job_reverse_finish (ROUNDS_STORE (source), result, &error);

  if (self->context == NULL)
    return;
  set_busy (self, NULL);
  show_imports (self);
  if (reversal != NULL)
    tell_done (self, &running->request, reversal);
  else
    adw_toast_overlay_add_toast (self->toasts, rounds_toast_new (error->message, NULL));
}

static void
start_reversal (RoundsImportHistoryPage *self, const RoundsUuid *batch, gboolean undo)
{
  Running *running;

  if (self->job != NULL || self->context == NULL)
    return;
  running = g_new0 (Running, 1);
  running->page = g_object_ref (self);
  running->request = (Request) { self, *batch, undo };
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  set_busy (self, rounds_import_job_new_reversal (batch, undo));
  rounds_import_job_reverse_async (self->job, rounds_app_context_get_store (self->context), self->cancellable,
                                   reversal_done_cb, running);
}

static void
stop_clicked_cb (RoundsImportHistoryPage *self)
{
  rounds_import_history_page_stop (self);
}

static void
rounds_import_history_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_IS_BUSY:
      g_value_set_boolean (value, ROUNDS_IMPORT_HISTORY_PAGE (object)->job != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rounds_import_history_page_dispose (GObject *object)
{
  RoundsImportHistoryPage *self = ROUNDS_IMPORT_HISTORY_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->progress_source, g_source_remove);
  g_clear_pointer (&self->job, rounds_import_job_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_IMPORT_HISTORY_PAGE);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_import_history_page_parent_class)->dispose (object);
}

static void
rounds_import_history_page_class_init (RoundsImportHistoryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rounds_import_history_page_get_property;
  object_class->dispose = rounds_import_history_page_dispose;

  properties[PROP_IS_BUSY] =
    g_param_spec_boolean ("is-busy", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/import/import-history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsImportHistoryPage, toasts);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportHistoryPage, list);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportHistoryPage, progress);
  gtk_widget_class_bind_template_callback (widget_class, stop_clicked_cb);
}

static void
rounds_import_history_page_init (RoundsImportHistoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwNavigationPage *
rounds_import_history_page_new (RoundsAppContext *context)
{
  RoundsImportHistoryPage *self = g_object_new (ROUNDS_TYPE_IMPORT_HISTORY_PAGE, NULL);

  self->context = g_object_ref (context);
  show_imports (self);
  return ADW_NAVIGATION_PAGE (self);
}

/** rounds_import_history_page_revert: takes an import back, as if its button had been clicked. */
void
rounds_import_history_page_revert (RoundsImportHistoryPage *self, const RoundsUuid *batch)
{
  start_reversal (self, batch, FALSE);
}

/** rounds_import_history_page_stop: stops what is under way: nothing is changed then. */
void
rounds_import_history_page_stop (RoundsImportHistoryPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}
