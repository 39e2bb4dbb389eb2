/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-import-column-row.h"

#include <glib/gi18n-lib.h>

#define N_EXAMPLES 3

struct _RoundsImportColumnRow
{
  GtkBox parent_instance;

  RoundsImportPlan *plan; /* (owned) (nullable) while bound */
  guint column;

  /* Template widgets */
  GtkLabel *header;
  GtkLabel *examples;
  GtkDropDown *target;
  GtkWidget *dates;
  GtkLabel *date_note;
  GtkDropDown *date_order;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoundsImportColumnRow, rounds_import_column_row, GTK_TYPE_BOX)

/* The first different cells that hold something. */
static char *
make_examples (RoundsImportPlan *plan, guint column)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) examples = NULL;
  const char *last = NULL;
  guint count = 0;

  for (guint i = 0; i < plan->samples->len && count < N_EXAMPLES; i++)
    {
      const char *cell = ((char **) plan->samples->pdata[i])[column];

      if (*cell == '\0' || g_strcmp0 (cell, last) == 0)
        continue;
      g_strv_builder_add (builder, cell);
      last = cell;
      count++;
    }
  examples = g_strv_builder_end (builder);
  return count > 0 ? g_strjoinv (" · ", examples) : g_strdup (_ ("Empty in the first rows"));
}

/* How the column's dates are read, by which cells, and the choice where they do not tell. */
static void
show_dates (RoundsImportColumnRow *self, RoundsImportPlan *plan, guint i)
{
  const RoundsImportColumn *column = &plan->mapping->columns[i];
  const RoundsDateEvidence *dates = rounds_import_plan_get_dates (plan, i);
  g_autofree char *note = NULL;

  gtk_widget_set_visible (self->dates, rounds_import_target_is_date (column->target));
  if (!rounds_import_target_is_date (column->target))
    return;
  note = rounds_date_evidence_describe (dates, column->date_order);
  gtk_label_set_text (self->date_note, note);
  gtk_widget_set_visible (GTK_WIDGET (self->date_order), rounds_date_evidence_needs_order (dates));
  gtk_drop_down_set_selected (self->date_order, column->date_order);
}

static void
target_selected_cb (RoundsImportColumnRow *self)
{
  if (self->plan == NULL)
    return;
  self->plan->mapping->columns[self->column].target = gtk_drop_down_get_selected (self->target);
  show_dates (self, self->plan, self->column);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
date_order_selected_cb (RoundsImportColumnRow *self)
{
  guint order = gtk_drop_down_get_selected (self->date_order);

  if (self->plan == NULL || order == self->plan->mapping->columns[self->column].date_order)
    return;
  self->plan->mapping->columns[self->column].date_order = order;
  show_dates (self, self->plan, self->column);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
rounds_import_column_row_dispose (GObject *object)
{
  rounds_import_column_row_unbind (ROUNDS_IMPORT_COLUMN_ROW (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_IMPORT_COLUMN_ROW);

  G_OBJECT_CLASS (rounds_import_column_row_parent_class)->dispose (object);
}

static void
rounds_import_column_row_class_init (RoundsImportColumnRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_import_column_row_dispose;

  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/import/import-column-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsImportColumnRow, header);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportColumnRow, examples);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportColumnRow, target);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportColumnRow, dates);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportColumnRow, date_note);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportColumnRow, date_order);
  gtk_widget_class_bind_template_callback (widget_class, target_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, date_order_selected_cb);
}

static void
rounds_import_column_row_init (RoundsImportColumnRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_import_column_row_new:
 * @targets: (transfer none): the names of the targets, in the order of %RoundsImportTarget
 */
GtkWidget *
rounds_import_column_row_new (GListModel *targets)
{
  RoundsImportColumnRow *self = g_object_new (ROUNDS_TYPE_IMPORT_COLUMN_ROW, NULL);

  gtk_drop_down_set_model (self->target, targets);
  return GTK_WIDGET (self);
}

/** rounds_import_column_row_bind: shows one column of @plan, and changes its mapping from then on. */
void
rounds_import_column_row_bind (RoundsImportColumnRow *self, RoundsImportPlan *plan, guint column)
{
  g_autofree char *examples = make_examples (plan, column);
  g_autofree char *name = NULL;

  rounds_import_column_row_unbind (self);
  /* TRANSLATORS: what a screen reader calls the choice for one column of a file; %s is the column's header. */
  name = g_strdup_printf (_ ("Import “%s” as"), plan->headers[column]);
  gtk_label_set_text (self->header, plan->headers[column]);
  gtk_label_set_text (self->examples, examples);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->target), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_drop_down_set_selected (self->target, plan->mapping->columns[column].target);
  show_dates (self, plan, column);

  self->plan = rounds_import_plan_ref (plan);
  self->column = column;
}

/** rounds_import_column_row_unbind: lets go of the plan. */
void
rounds_import_column_row_unbind (RoundsImportColumnRow *self)
{
  g_clear_pointer (&self->plan, rounds_import_plan_unref);
}
