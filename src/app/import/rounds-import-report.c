/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-import-report.h"

#include <glib/gi18n-lib.h>

#include "rounds-import-outcome-row.h"
#include "rounds-import-rejects.h"

struct _RoundsImportReport
{
  AdwBin parent_instance;

  RoundsAppContext *context;     /* (owned) (nullable) */
  RoundsImportOutcomeList *list; /* (owned) (nullable) */
  gboolean toggling;             /* one filter releases another */

  /* Template widgets */
  GtkLabel *counts[ROUNDS_IMPORT_N_VERDICTS];
  GtkToggleButton *filters[ROUNDS_IMPORT_N_VERDICTS];
  GtkWidget *tools;
  GtkWidget *save_rejects;
  GtkWidget *all;
  GtkStack *rows_stack;
  GtkNoSelection *rows;
};

enum
{
  CHANGED,
  COMPARE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoundsImportReport, rounds_import_report, ADW_TYPE_BIN)

/* In the order of RoundsImportVerdict, as the template calls them. */
static const char *const names[ROUNDS_IMPORT_N_VERDICTS] = { "created", "updated", "duplicate", "rejected" };

static void
show_counts (RoundsImportReport *self)
{
  for (guint v = 0; v < ROUNDS_IMPORT_N_VERDICTS; v++)
    {
      /* With the separators of the person's language. */
      g_autofree char *text = g_strdup_printf ("%'" G_GUINT64_FORMAT, rounds_import_outcome_list_count (self->list, v));

      gtk_label_set_text (self->counts[v], text);
    }
}

static void
show_rows (RoundsImportReport *self, int verdict)
{
  rounds_import_outcome_list_set_verdict (self->list, verdict);
  gtk_stack_set_visible_child_name (self->rows_stack,
                                    g_list_model_get_n_items (G_LIST_MODEL (self->list)) > 0 ? "list" : "none");
}

static void
filter_toggled_cb (RoundsImportReport *self, GtkToggleButton *button)
{
  int verdict = ROUNDS_IMPORT_ALL_VERDICTS;

  if (self->toggling || self->list == NULL)
    return;
  self->toggling = TRUE;
  for (int v = 0; v < ROUNDS_IMPORT_N_VERDICTS; v++)
    if (self->filters[v] != button)
      gtk_toggle_button_set_active (self->filters[v], FALSE);
    else if (gtk_toggle_button_get_active (button))
      verdict = v;
  self->toggling = FALSE;
  show_rows (self, verdict);
}

static void
decided_cb (RoundsImportReport *self)
{
  show_counts (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The rows */

static void
row_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RoundsImportReport *self)
{
  gtk_list_item_set_child (item, rounds_import_outcome_row_new (self->context));
}

static void
row_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RoundsImportReport *self)
{
  RoundsImportOutcomeRow *row = ROUNDS_IMPORT_OUTCOME_ROW (gtk_list_item_get_child (item));
  RoundsImportOutcomeItem *outcome_item = gtk_list_item_get_item (item);
  const RoundsImportOutcome *outcome = rounds_import_outcome_item_get_outcome (outcome_item);
  g_autofree char *description =
    rounds_import_outcome_describe (self->list, outcome, rounds_app_context_get_store (self->context));

  rounds_import_outcome_row_bind (row, self->list, outcome_item);
  gtk_list_item_set_activatable (item, outcome->strength != ROUNDS_MATCH_NONE);
  gtk_list_item_set_accessible_label (item, rounds_import_outcome_row_get_title (row));
  gtk_list_item_set_accessible_description (item, description);
}

static void
row_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, RoundsImportReport *self)
{
  rounds_import_outcome_row_unbind (ROUNDS_IMPORT_OUTCOME_ROW (gtk_list_item_get_child (item)));
}

static void
row_activated_cb (RoundsImportReport *self, guint position)
{
  g_autoptr (RoundsImportOutcomeItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  if (item != NULL && rounds_import_outcome_item_get_outcome (item)->strength != ROUNDS_MATCH_NONE)
    g_signal_emit (self, signals[COMPARE], 0, item);
}

/* Deciding about all */

static void
decide_all (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsImportReport *self = ROUNDS_IMPORT_REPORT (widget);
  RoundsImportDecision decision = rounds_import_choice_to_decision (g_variant_get_uint32 (parameter));
  RoundsImportResult *result;

  if (self->list == NULL)
    return;
  result = rounds_import_outcome_list_get_result (self->list);
  /* Once for all rows, not for each. */
  g_signal_handlers_block_by_func (self->list, decided_cb, self);
  for (guint i = 0; i < result->outcomes->len; i++)
    {
      const RoundsImportOutcome *outcome = rounds_import_result_get (result, i);

      if (rounds_import_outcome_list_can_decide (self->list, outcome)
          && !(outcome->by_npi && decision == ROUNDS_IMPORT_DECIDE_CREATE))
        rounds_import_outcome_list_decide (self->list, outcome, decision);
    }
  g_signal_handlers_unblock_by_func (self->list, decided_cb, self);
  decided_cb (self);
}

/* Rejected rows as a file */

typedef struct
{
  RoundsImportResult *result; /* (owned) */
  RoundsImportPlan *plan;     /* (owned) */
  GFile *file;                /* (owned) */
} SaveRequest;

static void
save_request_free (gpointer data)
{
  SaveRequest *request = data;

  g_clear_pointer (&request->result, rounds_import_result_unref);
  g_clear_pointer (&request->plan, rounds_import_plan_unref);
  g_clear_object (&request->file);
  g_free (request);
}

static void
write_rejects (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  SaveRequest *request = data;
  GError *error = NULL;

  if (rounds_import_rejects_write (request->plan, request->result, request->file, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
rejects_written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RoundsImportReport *self = ROUNDS_IMPORT_REPORT (source);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error) && self->context != NULL)
    rounds_app_context_report (self->context, error);
  else if (self->context != NULL)
    rounds_app_context_toast (self->context, _ ("Rejected rows saved"));
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsImportReport) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GTask) task = NULL;
  SaveRequest *request;

  if (file == NULL || self->list == NULL)
    return;
  request = g_new0 (SaveRequest, 1);
  request->result = rounds_import_result_ref (rounds_import_outcome_list_get_result (self->list));
  request->plan = rounds_import_plan_ref (rounds_import_outcome_list_get_plan (self->list));
  request->file = g_steal_pointer (&file);
  task = g_task_new (self, NULL, rejects_written_cb, NULL);
  g_task_set_task_data (task, request, save_request_free);
  g_task_run_in_thread (task, write_rejects);
}

static void
save_rejects_cb (RoundsImportReport *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  /* TRANSLATORS: the name of a file; %s is the name of the imported one. */
  g_autofree char *name =
    g_strdup_printf (_ ("Rejected rows of %s.csv"), rounds_import_outcome_list_get_result (self->list)->file);

  gtk_file_dialog_set_title (dialog, _ ("Save Rejected Rows"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, file_chosen_cb,
                        g_object_ref (self));
}

static void
clear_list (RoundsImportReport *self)
{
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, decided_cb, self);
  g_clear_object (&self->list);
  g_clear_object (&self->context);
}

static void
rounds_import_report_dispose (GObject *object)
{
  RoundsImportReport *self = ROUNDS_IMPORT_REPORT (object);

  if (self->rows != NULL)
    gtk_no_selection_set_model (self->rows, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_IMPORT_REPORT);
  clear_list (self);

  G_OBJECT_CLASS (rounds_import_report_parent_class)->dispose (object);
}

static void
bind_counts (GtkWidgetClass *widget_class)
{
  for (guint v = 0; v < ROUNDS_IMPORT_N_VERDICTS; v++)
    {
      g_autofree char *button = g_strconcat (names[v], "_button", NULL);

      gtk_widget_class_bind_template_child_full (
        widget_class, names[v], FALSE, G_STRUCT_OFFSET (RoundsImportReport, counts) + v * (gssize) sizeof (gpointer));
      gtk_widget_class_bind_template_child_full (
        widget_class, button, FALSE, G_STRUCT_OFFSET (RoundsImportReport, filters) + v * (gssize) sizeof (gpointer));
    }
}

static void
rounds_import_report_class_init (RoundsImportReportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_import_report_dispose;

  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[COMPARE] = g_signal_new ("compare", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, ROUNDS_TYPE_IMPORT_OUTCOME_ITEM);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/import/import-report.ui");
  bind_counts (widget_class);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportReport, tools);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportReport, save_rejects);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportReport, all);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportReport, rows_stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportReport, rows);
  gtk_widget_class_bind_template_callback (widget_class, filter_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_rejects_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "report.decide-all", "u", decide_all);
}

static void
rounds_import_report_init (RoundsImportReport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static gboolean
has_choices (RoundsImportReport *self)
{
  RoundsImportResult *result = rounds_import_outcome_list_get_result (self->list);

  for (guint i = 0; i < result->outcomes->len; i++)
    if (rounds_import_outcome_list_can_decide (self->list, rounds_import_result_get (result, i)))
      return TRUE;
  return FALSE;
}

/* What needs a look comes first: rejected rows, then people who are perhaps known. */
static int
choose_filter (RoundsImportReport *self)
{
  if (rounds_import_outcome_list_count (self->list, ROUNDS_IMPORT_REJECTED) > 0)
    return ROUNDS_IMPORT_REJECTED;
  return has_choices (self) && rounds_import_outcome_list_count (self->list, ROUNDS_IMPORT_DUPLICATE) > 0
           ? ROUNDS_IMPORT_DUPLICATE
           : ROUNDS_IMPORT_ALL_VERDICTS;
}

/**
 * rounds_import_report_show:
 * @result: the verdicts
 * @plan: the file; takes the decisions
 */
void
rounds_import_report_show (RoundsImportReport *self, RoundsAppContext *context, RoundsImportResult *result,
                           RoundsImportPlan *plan)
{
  gboolean rejects = result->counts[ROUNDS_IMPORT_REJECTED] > 0;
  gboolean choices;
  int filter;

  gtk_no_selection_set_model (self->rows, NULL);
  clear_list (self);
  self->context = g_object_ref (context);
  self->list = rounds_import_outcome_list_new (result, plan);
  g_signal_connect_object (self->list, "decided", G_CALLBACK (decided_cb), self, G_CONNECT_SWAPPED);
  choices = has_choices (self);
  filter = choose_filter (self);

  gtk_widget_set_visible (self->save_rejects, rejects);
  gtk_widget_set_visible (self->all, choices);
  gtk_widget_set_visible (self->tools, rejects || choices);
  self->toggling = TRUE;
  for (int v = 0; v < ROUNDS_IMPORT_N_VERDICTS; v++)
    gtk_toggle_button_set_active (self->filters[v], v == filter);
  self->toggling = FALSE;
  show_counts (self);
  show_rows (self, filter);
  gtk_no_selection_set_model (self->rows, G_LIST_MODEL (self->list));
}

/** rounds_import_report_get_list: (nullable): what is shown. */
RoundsImportOutcomeList *
rounds_import_report_get_list (RoundsImportReport *self)
{
  return self->list;
}
