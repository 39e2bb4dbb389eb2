/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-import-compare-page.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "rounds-import-comparison.h"
#include "rounds-import-outcome-row.h"

struct _RoundsImportComparePage
{
  AdwNavigationPage parent_instance;

  RoundsStore *store;            /* (owned) */
  RoundsImportOutcomeList *list; /* (owned) */
  RoundsImportOutcomeItem *item; /* (owned) */
  GCancellable *cancellable;     /* (owned): of reading both sides */

  /* Template widgets */
  GtkStack *stack;
  GtkLabel *in_file_title;
  GtkLabel *known_title;
  GtkLabel *verdict;
  GtkGrid *grid;
  GtkWidget *choices;
  GtkCheckButton *update;
  GtkCheckButton *skip;
  GtkCheckButton *create;
  AdwStatusPage *trouble;
};

G_DEFINE_FINAL_TYPE (RoundsImportComparePage, rounds_import_compare_page, ADW_TYPE_NAVIGATION_PAGE)

/* What the reading thread needs. */
typedef struct
{
  RoundsImportPlan *plan; /* (owned) */
  RoundsImportOutcome outcome;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  rounds_import_plan_unref (request->plan);
  g_free (request);
}

static gpointer
compare (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;

  return rounds_import_comparison_new (store, request->plan, &request->outcome, cancellable, error);
}

static GtkWidget *
new_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

/* The name of a field stands above its values, which thus have the whole width between them. */
static void
add_caption (RoundsImportComparePage *self, const char *text, int row)
{
  GtkWidget *label = new_label (text);

  gtk_widget_set_margin_top (label, 9);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dimmed");
  gtk_grid_attach (self->grid, label, 0, row, 2, 1);
}

static void
add_cell (RoundsImportComparePage *self, const char *text, int column, int row, gboolean strong)
{
  GtkWidget *label = new_label (text != NULL ? text : "–");

  gtk_label_set_selectable (GTK_LABEL (label), text != NULL);
  gtk_widget_set_hexpand (label, TRUE);
  if (text == NULL)
    gtk_widget_add_css_class (label, "dimmed");
  if (strong)
    gtk_widget_add_css_class (label, "heading");
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
}

/* @text: (nullable): a value of @line, which in the file may be anything
 * Returns: (transfer full) (nullable): a day, a choice as they are written everywhere else */
static char *
display (RoundsImportComparePage *self, const RoundsImportComparisonLine *line, const char *text)
{
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;

  if (text == NULL || line->field == NULL || line->field->type == ROUNDS_TYPE_TEXT
      || !rounds_field_parse (line->field, text, &value, NULL))
    return g_strdup (text);
  return rounds_display_value (self->store, line->field, &value);
}

/* Bold where the file says something that is not known, or something else. */
static void
show_lines (RoundsImportComparePage *self, GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const RoundsImportComparisonLine *line = lines->pdata[i];
      gboolean differs = line->in_file != NULL && g_strcmp0 (line->in_file, line->known) != 0;
      g_autofree char *in_file = display (self, line, line->in_file);
      g_autofree char *known = display (self, line, line->known);

      add_caption (self, line->label, (int) i * 2 + 1);
      add_cell (self, in_file, 0, (int) i * 2 + 2, differs);
      add_cell (self, known, 1, (int) i * 2 + 2, FALSE);
    }
  gtk_stack_set_visible_child_name (self->stack, "both");
}

static void
compared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsImportComparePage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = rounds_store_run_finish (ROUNDS_STORE (source), result, &error);
  g_autofree char *trouble = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (lines != NULL)
    {
      show_lines (self, lines);
      return;
    }
  trouble = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->trouble, trouble);
  gtk_stack_set_visible_child_name (self->stack, "trouble");
}

static void
choice_toggled_cb (RoundsImportComparePage *self, GtkCheckButton *button)
{
  RoundsImportDecision decision = button == self->update ? ROUNDS_IMPORT_DECIDE_UPDATE
                                  : button == self->skip ? ROUNDS_IMPORT_DECIDE_SKIP
                                                         : ROUNDS_IMPORT_DECIDE_CREATE;

  if (self->list != NULL && gtk_check_button_get_active (button))
    rounds_import_outcome_list_decide (self->list, rounds_import_outcome_item_get_outcome (self->item), decision);
}

static void
show_choices (RoundsImportComparePage *self, const RoundsImportOutcome *outcome)
{
  GtkCheckButton *const buttons[ROUNDS_IMPORT_N_CHOICES] = { self->update, self->skip, self->create };
  guint choice = rounds_import_choice_from_decision (rounds_import_outcome_list_get_decision (self->list, outcome));

  gtk_widget_set_visible (self->choices, rounds_import_outcome_list_can_decide (self->list, outcome));
  gtk_widget_set_visible (GTK_WIDGET (self->create), !outcome->by_npi);
  if (choice < ROUNDS_IMPORT_N_CHOICES)
    gtk_check_button_set_active (buttons[choice], TRUE);
}

static void
rounds_import_compare_page_dispose (GObject *object)
{
  RoundsImportComparePage *self = ROUNDS_IMPORT_COMPARE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_IMPORT_COMPARE_PAGE);
  g_clear_object (&self->store);
  g_clear_object (&self->list);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (rounds_import_compare_page_parent_class)->dispose (object);
}

static void
rounds_import_compare_page_finalize (GObject *object)
{
  g_clear_object (&ROUNDS_IMPORT_COMPARE_PAGE (object)->cancellable);

  G_OBJECT_CLASS (rounds_import_compare_page_parent_class)->finalize (object);
}

static void
rounds_import_compare_page_class_init (RoundsImportComparePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_import_compare_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_import_compare_page_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/import/import-compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsImportComparePage, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportComparePage, in_file_title);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportComparePage, known_title);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportComparePage, verdict);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportComparePage, grid);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportComparePage, choices);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportComparePage, update);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportComparePage, skip);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportComparePage, create);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportComparePage, trouble);
  gtk_widget_class_bind_template_callback (widget_class, choice_toggled_cb);
}

static void
rounds_import_compare_page_init (RoundsImportComparePage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_import_compare_page_new:
 * @item: a row of @list about somebody who is known
 *
 * Returns: (transfer floating): a page that reads both sides and shows them
 */
AdwNavigationPage *
rounds_import_compare_page_new (RoundsAppContext *context, RoundsImportOutcomeList *list, RoundsImportOutcomeItem *item)
{
  RoundsImportComparePage *self = g_object_new (ROUNDS_TYPE_IMPORT_COMPARE_PAGE, NULL);
  const RoundsImportOutcome *outcome = rounds_import_outcome_item_get_outcome (item);
  RoundsStore *store = rounds_app_context_get_store (context);
  g_autofree char *verdict = rounds_import_outcome_describe (list, outcome, store);
  g_autofree char *in_file = g_strdup_printf (_ ("Row %u"), (guint) outcome->row);
  g_autofree char *other = g_strdup_printf (_ ("Row %u"), (guint) outcome->match_row);
  Request *request = g_new0 (Request, 1);

  self->store = g_object_ref (store);
  self->item = g_object_ref (item);
  if (outcome->name != NULL)
    adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), outcome->name);
  gtk_label_set_text (self->verdict, verdict);
  gtk_label_set_text (self->in_file_title, in_file);
  gtk_label_set_text (self->known_title, outcome->match_row > 0 ? other : _ ("Existing Contact"));
  self->list = g_object_ref (list);
  show_choices (self, outcome);

  request->plan = rounds_import_plan_ref (rounds_import_outcome_list_get_plan (list));
  request->outcome = *outcome;
  rounds_store_read_async (store, compare, request, request_free, (GDestroyNotify) g_ptr_array_unref,
                           G_PRIORITY_DEFAULT, self->cancellable, compared_cb, g_object_ref (self));
  return ADW_NAVIGATION_PAGE (self);
}
