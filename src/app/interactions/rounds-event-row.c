/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-event-row.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-field-labels.h"
#include "forms/rounds-hit-marks.h"
#include "forms/rounds-hit-snippet.h"
#include "forms/rounds-receipt-label.h"
#include "rounds-amendment.h"

struct _RoundsEventRow
{
  AdwBin parent_instance;

  GtkWidget *check;
  GtkImage *icon;
  GtkLabel *title;
  RoundsReceiptLabel *receipt;
  GtkLabel *time;
  GtkLabel *text;
  GtkLabel *outcome;
  GtkWidget *lock;

  const char *type; /* (nullable) as people say it */
  gint64 at;
  char *label; /* (owned) (nullable) the whole row for a screen reader */
};

G_DEFINE_FINAL_TYPE (RoundsEventRow, rounds_event_row, ADW_TYPE_BIN)

static const char *
get_enum_label (RoundsRecord *record, guint field)
{
  return rounds_field_get_value_label (rounds_entity_get_field (rounds_record_get_entity (record), field),
                                       rounds_record_get_text (record, field));
}

/* (nullable): what came of it, as the user says it. */
static const char *
get_outcome (RoundsRecord *record)
{
  return rounds_record_get_boolean (record, ROUNDS_INTERACTION_NO_SHOW)
           ? _ ("No-show")
           : get_enum_label (record, ROUNDS_INTERACTION_OUTCOME);
}

static gboolean
is_at (GtkWidget *widget, GtkWidget *row, int x, int y)
{
  graphene_rect_t bounds;

  return gtk_widget_get_visible (widget) && gtk_widget_compute_bounds (widget, row, &bounds)
         && graphene_rect_contains_point (&bounds, &GRAPHENE_POINT_INIT ((float) x, (float) y));
}

/* Asked when the pointer rests: to set the texts beforehand takes longer than all else of a row, as at each GTK asks
 * where the pointer is. */
static gboolean
rounds_event_row_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard_mode, GtkTooltip *tooltip)
{
  RoundsEventRow *self = ROUNDS_EVENT_ROW (widget);
  g_autofree char *text = NULL;

  if (is_at (GTK_WIDGET (self->icon), widget, x, y))
    text = g_strdup (self->type);
  else if (is_at (GTK_WIDGET (self->time), widget, x, y))
    text = rounds_display_full_time (self->at);
  else if (is_at (self->lock, widget, x, y))
    text = g_strdup (_ ("Submitted"));
  if (text == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

static void
rounds_event_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_EVENT_ROW);

  G_OBJECT_CLASS (rounds_event_row_parent_class)->dispose (object);
}

static void
rounds_event_row_finalize (GObject *object)
{
  g_free (ROUNDS_EVENT_ROW (object)->label);

  G_OBJECT_CLASS (rounds_event_row_parent_class)->finalize (object);
}

static void
rounds_event_row_class_init (RoundsEventRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_event_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_event_row_finalize;
  widget_class->query_tooltip = rounds_event_row_query_tooltip;

  g_type_ensure (ROUNDS_TYPE_RECEIPT_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/interactions/event-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsEventRow, check);
  gtk_widget_class_bind_template_child (widget_class, RoundsEventRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RoundsEventRow, title);
  gtk_widget_class_bind_template_child (widget_class, RoundsEventRow, receipt);
  gtk_widget_class_bind_template_child (widget_class, RoundsEventRow, time);
  gtk_widget_class_bind_template_child (widget_class, RoundsEventRow, text);
  gtk_widget_class_bind_template_child (widget_class, RoundsEventRow, outcome);
  gtk_widget_class_bind_template_child (widget_class, RoundsEventRow, lock);
}

static void
rounds_event_row_init (RoundsEventRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/** rounds_event_row_new: Returns: (transfer floating): a row that shows nothing yet */
GtkWidget *
rounds_event_row_new (void)
{
  return g_object_new (ROUNDS_TYPE_EVENT_ROW, NULL);
}

/* What a screen reader says for the row. */
static void
set_label (RoundsEventRow *self, RoundsRecord *record, const char *full_time, const char *notes)
{
  const char *outcome = get_outcome (record);

  g_free (self->label);
  self->label = g_strjoin (
    ", ", rounds_record_get_text (record, ROUNDS_INTERACTION_HCP_NAME),
    get_enum_label (record, ROUNDS_INTERACTION_INTERACTION_TYPE), full_time, outcome != NULL ? outcome : notes,
    rounds_interaction_is_submitted (record) ? _ ("Submitted") : rounds_receipt_label_get_text (self->receipt), NULL);
}

/**
 * rounds_event_row_show:
 * @self: a row
 * @store: the store
 * @record: (transfer none): an interaction, only read now
 * @words: (nullable): what is searched for, as rounds_search_words() gives it: the row shows where it was found
 */
void
rounds_event_row_show (RoundsEventRow *self, RoundsStore *store, RoundsRecord *record, const char *const *words)
{
  const char *type = rounds_record_get_text (record, ROUNDS_INTERACTION_INTERACTION_TYPE);
  const char *type_label = get_enum_label (record, ROUNDS_INTERACTION_INTERACTION_TYPE);
  const char *outcome = get_outcome (record);
  gint64 at = rounds_record_get_integer (record, ROUNDS_INTERACTION_OCCURRED_AT);
  g_autofree char *notes = rounds_hit_snippet (rounds_record_get_text (record, ROUNDS_INTERACTION_NOTES), words);
  g_autofree char *time = rounds_display_time (at);
  g_autofree char *full_time = rounds_display_full_time (at);

  g_return_if_fail (ROUNDS_IS_EVENT_ROW (self));

  self->type = type_label;
  self->at = at;
  gtk_image_set_from_icon_name (self->icon, rounds_display_icon (type));
  rounds_hit_marks_show (self->title, rounds_record_get_text (record, ROUNDS_INTERACTION_HCP_NAME), words);
  gtk_label_set_text (self->time, time);
  if (*notes != '\0')
    rounds_hit_marks_show (self->text, notes, words);
  else
    rounds_hit_marks_show (self->text, type_label, NULL);
  gtk_label_set_text (self->outcome, outcome);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), outcome != NULL);
  gtk_widget_set_visible (self->lock, rounds_interaction_is_submitted (record));
  rounds_receipt_label_show (self->receipt, store, record);
  set_label (self, record, full_time, notes);
}

/** rounds_event_row_get_check: Returns: (transfer none): whether it is selected; hidden until somebody shows it */
GtkWidget *
rounds_event_row_get_check (RoundsEventRow *self)
{
  return self->check;
}

/**
 * rounds_event_row_get_label:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what a screen reader says for the row
 */
const char *
rounds_event_row_get_label (RoundsEventRow *self)
{
  g_return_val_if_fail (ROUNDS_IS_EVENT_ROW (self), NULL);

  return self->label;
}
