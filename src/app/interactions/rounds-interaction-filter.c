/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-interaction-filter.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-field-labels.h"
#include "forms/rounds-reference-row.h"
#include "rounds-calendar-range.h"
#include "rounds-wall-time.h"

/* What the choices of periods mean, in their order. */
typedef enum
{
  PERIOD_ALL,
  PERIOD_TODAY,
  PERIOD_WEEK,
  PERIOD_MONTH,
  PERIOD_QUARTER,
  PERIOD_YEAR,
} Period;

#define MONTHS_OF_QUARTER 3

struct _RoundsInteractionFilter
{
  AdwBin parent_instance;

  RoundsReferenceRow *person;
  AdwComboRow *outcome;
  AdwComboRow *period;
  AdwSwitchRow *own;
  AdwSwitchRow *unsubmitted;

  RoundsAppContext *context; /* (owned) (nullable) until set up */
  gboolean clearing;
};

G_DEFINE_FINAL_TYPE (RoundsInteractionFilter, rounds_interaction_filter, ADW_TYPE_BIN)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const RoundsFieldInfo *
get_outcome_field (void)
{
  return rounds_entity_get_field (ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_OUTCOME);
}

/* The entries are "any", the field's values, and the no-show, which is a field of its own. */
static void
fill_outcomes (RoundsInteractionFilter *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  const RoundsFieldInfo *field = get_outcome_field ();

  gtk_string_list_append (labels, C_ ("outcome", "Any"));
  for (guint i = 0; field->values[i] != NULL; i++)
    gtk_string_list_append (labels, rounds_field_get_value_label (field, field->values[i]));
  gtk_string_list_append (labels, _ ("No-show"));
  adw_combo_row_set_model (self->outcome, G_LIST_MODEL (labels));
}

/* (nullable): the wire value; %NULL for "any" and the no-show. */
static const char *
get_outcome (RoundsInteractionFilter *self, gboolean *no_show)
{
  guint selected = adw_combo_row_get_selected (self->outcome);
  const RoundsFieldInfo *field = get_outcome_field ();
  guint n_values = g_strv_length ((char **) field->values);

  *no_show = selected == n_values + 1;
  return selected >= 1 && selected <= n_values ? field->values[selected - 1] : NULL;
}

static void
changed_cb (RoundsInteractionFilter *self)
{
  if (self->context != NULL && !self->clearing)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The first day of the period that today is in. */
static void
find_first_day (Period period, GDate *first)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  RoundsDayRange week;

  g_date_clear (first, 1);
  g_date_set_dmy (first, (GDateDay) g_date_time_get_day_of_month (now), (GDateMonth) g_date_time_get_month (now),
                  (GDateYear) g_date_time_get_year (now));
  if (period == PERIOD_WEEK)
    {
      rounds_day_range_init_week (&week, first, rounds_locale_get_first_weekday ());
      *first = week.first;
    }
  if (period >= PERIOD_MONTH)
    g_date_set_day (first, 1);
  if (period == PERIOD_QUARTER)
    g_date_subtract_months (first, ((guint) g_date_get_month (first) - 1) % MONTHS_OF_QUARTER);
  if (period == PERIOD_YEAR)
    g_date_set_month (first, G_DATE_JANUARY);
}

static void
rounds_interaction_filter_dispose (GObject *object)
{
  RoundsInteractionFilter *self = ROUNDS_INTERACTION_FILTER (object);

  g_clear_object (&self->context); /* rows that go may still say that they changed */

  G_OBJECT_CLASS (rounds_interaction_filter_parent_class)->dispose (object);
}

static void
rounds_interaction_filter_class_init (RoundsInteractionFilterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_interaction_filter_dispose;
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ROUNDS_TYPE_REFERENCE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/interactions/interaction-filter.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionFilter, person);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionFilter, outcome);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionFilter, period);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionFilter, own);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionFilter, unsubmitted);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
rounds_interaction_filter_init (RoundsInteractionFilter *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_outcomes (self);
}

/** rounds_interaction_filter_set_up: gives a filter that a template has made its @context; once. */
void
rounds_interaction_filter_set_up (RoundsInteractionFilter *self, RoundsAppContext *context)
{
  g_return_if_fail (ROUNDS_IS_INTERACTION_FILTER (self));
  g_return_if_fail (self->context == NULL);

  rounds_reference_row_set_up (self->person, context, ROUNDS_ENTITY_PERSON);
  gtk_widget_set_visible (GTK_WIDGET (self->own), rounds_app_context_get_staff (context) != NULL);
  self->context = g_object_ref (context);
}

/** rounds_interaction_filter_add_to: narrows @query to what is chosen. */
void
rounds_interaction_filter_add_to (RoundsInteractionFilter *self, RoundsQuery *query)
{
  static const RoundsValue null = ROUNDS_VALUE_INIT;
  const RoundsUuid *person = rounds_reference_row_get_id (self->person);
  const RoundsUuid *staff = rounds_app_context_get_staff (self->context);
  Period period = adw_combo_row_get_selected (self->period);
  gboolean no_show;
  const char *outcome = get_outcome (self, &no_show);

  if (person != NULL)
    rounds_query_where_uuid (query, ROUNDS_INTERACTION_PERSON, ROUNDS_IS, person);
  if (outcome != NULL)
    rounds_query_where_text (query, ROUNDS_INTERACTION_OUTCOME, ROUNDS_IS, outcome);
  if (no_show)
    rounds_query_where_integer (query, ROUNDS_INTERACTION_NO_SHOW, ROUNDS_IS, TRUE);
  if (period != PERIOD_ALL)
    {
      g_autofree char *zone = rounds_zone_get_local ();
      GDate first;

      find_first_day (period, &first);
      rounds_query_where_integer (query, ROUNDS_INTERACTION_OCCURRED_AT, ROUNDS_GREATER_OR_EQUAL,
                                  rounds_day_start (&first, zone));
    }
  if (adw_switch_row_get_active (self->own) && staff != NULL)
    rounds_query_where_uuid (query, ROUNDS_INTERACTION_STAFF, ROUNDS_IS, staff);
  if (adw_switch_row_get_active (self->unsubmitted))
    rounds_query_where (query, ROUNDS_INTERACTION_SUBMITTED_AT, ROUNDS_IS, &null);
}

static void
append (GString *text, const char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static void
append_selected (GString *text, AdwComboRow *row)
{
  if (adw_combo_row_get_selected (row) > 0)
    append (text, gtk_string_object_get_string (adw_combo_row_get_selected_item (row)));
}

/**
 * rounds_interaction_filter_describe:
 * @self: a filter
 *
 * Returns: (transfer full) (nullable): what it lets through in words; %NULL while that is everything
 */
char *
rounds_interaction_filter_describe (RoundsInteractionFilter *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (ROUNDS_IS_INTERACTION_FILTER (self), NULL);

  if (rounds_reference_row_get_id (self->person) != NULL)
    append (text, gtk_editable_get_text (GTK_EDITABLE (self->person)));
  append_selected (text, self->outcome);
  append_selected (text, self->period);
  if (adw_switch_row_get_active (self->own))
    append (text, _ ("Mine"));
  if (adw_switch_row_get_active (self->unsubmitted))
    append (text, _ ("Not submitted"));
  return text->len > 0 ? g_string_free_and_steal (g_steal_pointer (&text)) : NULL;
}

/** rounds_interaction_filter_clear: lets everything through; emits "changed" once. */
void
rounds_interaction_filter_clear (RoundsInteractionFilter *self)
{
  g_return_if_fail (ROUNDS_IS_INTERACTION_FILTER (self));

  self->clearing = TRUE;
  rounds_reference_row_set_id (self->person, NULL);
  adw_combo_row_set_selected (self->outcome, 0);
  adw_combo_row_set_selected (self->period, PERIOD_ALL);
  adw_switch_row_set_active (self->own, FALSE);
  adw_switch_row_set_active (self->unsubmitted, FALSE);
  self->clearing = FALSE;
  changed_cb (self);
}
