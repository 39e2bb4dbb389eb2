/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-import-report.h"

#include <glib/gi18n-lib.h>

#include "rounds-import-reject-item.h"

struct _RoundsImportReport
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *created;
  GtkLabel *updated;
  GtkLabel *duplicate;
  GtkLabel *rejected;
  GtkStack *rejects_stack;
  GtkNoSelection *rejects;
};

G_DEFINE_FINAL_TYPE (RoundsImportReport, rounds_import_report, ADW_TYPE_BIN)

static void
rounds_import_report_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_IMPORT_REPORT);

  G_OBJECT_CLASS (rounds_import_report_parent_class)->dispose (object);
}

static void
rounds_import_report_class_init (RoundsImportReportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_import_report_dispose;

  g_type_ensure (ROUNDS_TYPE_IMPORT_REJECT_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/import/import-report.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsImportReport, created);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportReport, updated);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportReport, duplicate);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportReport, rejected);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportReport, rejects_stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportReport, rejects);
}

static void
rounds_import_report_init (RoundsImportReport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_count (GtkLabel *label, guint64 count)
{
  /* With the separators of the person's language. */
  g_autofree char *text = g_strdup_printf ("%'" G_GUINT64_FORMAT, count);

  gtk_label_set_text (label, text);
}

/** rounds_import_report_show: shows @result, which may go away afterwards. */
void
rounds_import_report_show (RoundsImportReport *self, const RoundsImportResult *result)
{
  g_autoptr (GListModel) rejects = rounds_import_reject_list_new (result);

  show_count (self->created, result->counts[ROUNDS_IMPORT_CREATED]);
  show_count (self->updated, result->counts[ROUNDS_IMPORT_UPDATED]);
  show_count (self->duplicate, result->counts[ROUNDS_IMPORT_DUPLICATE]);
  show_count (self->rejected, result->counts[ROUNDS_IMPORT_REJECTED]);
  gtk_no_selection_set_model (self->rejects, rejects);
  gtk_stack_set_visible_child_name (self->rejects_stack, result->counts[ROUNDS_IMPORT_REJECTED] > 0 ? "list" : "none");
}
