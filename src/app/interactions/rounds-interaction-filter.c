/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-interaction-filter.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-field-labels.h"
#include "forms/rounds-reference-row.h"
#include "rounds-calendar-range.h"
#include "rounds-error.h"
#include "rounds-json.h"
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

/* As a saved search calls them. */
static const char *const periods[] = { "all", "today", "week", "month", "quarter", "year" };

#define NO_SHOW "no_show" /* among the outcomes, though it is a field of its own */

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
  gboolean clearing;         /* the rows are being set by the program */
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

/* Lets everything through, and tells nobody. */
static void
reset (RoundsInteractionFilter *self)
{
  rounds_reference_row_set_id (self->person, NULL);
  adw_combo_row_set_selected (self->outcome, 0);
  adw_combo_row_set_selected (self->period, PERIOD_ALL);
  adw_switch_row_set_active (self->own, FALSE);
  adw_switch_row_set_active (self->unsubmitted, FALSE);
}

/** rounds_interaction_filter_clear: lets everything through; emits "changed" once. */
void
rounds_interaction_filter_clear (RoundsInteractionFilter *self)
{
  g_return_if_fail (ROUNDS_IS_INTERACTION_FILTER (self));

  self->clearing = TRUE;
  reset (self);
  self->clearing = FALSE;
  changed_cb (self);
}

/* As a saved search */

static void
add_text (yyjson_mut_doc *doc, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    yyjson_mut_obj_add_strcpy (doc, yyjson_mut_doc_get_root (doc), name, text);
}

/**
 * rounds_interaction_filter_to_json:
 * @self: a filter
 * @words: what is searched for besides; "" for nothing
 * @type: which interactions are shown
 *
 * Returns: (transfer full): all of it, to be kept under a name
 */
char *
rounds_interaction_filter_to_json (RoundsInteractionFilter *self, const char *words, const char *type)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *object = yyjson_mut_obj (doc);
  const RoundsUuid *person = rounds_reference_row_get_id (self->person);
  guint period = adw_combo_row_get_selected (self->period);
  gboolean no_show;
  const char *outcome = get_outcome (self, &no_show);

  yyjson_mut_doc_set_root (doc, object);
  add_text (doc, "words", words);
  add_text (doc, "type", type);
  add_text (doc, "period", period < G_N_ELEMENTS (periods) ? periods[period] : NULL);
  add_text (doc, "outcome", no_show ? NO_SHOW : outcome);
  if (person != NULL)
    {
      g_autofree char *id = rounds_uuid_to_string (person);

      add_text (doc, "person", id);
    }
  yyjson_mut_obj_add_bool (doc, object, "own", adw_switch_row_get_active (self->own));
  yyjson_mut_obj_add_bool (doc, object, "unsubmitted", adw_switch_row_get_active (self->unsubmitted));
  return rounds_json_write (doc, FALSE);
}

static const char *
read_text (yyjson_val *object, const char *name)
{
  const char *text = yyjson_get_str (yyjson_obj_get (object, name));

  return text != NULL ? text : "";
}

/* Outcomes and periods that only a newer version knows are any. */
static void
show_saved (RoundsInteractionFilter *self, yyjson_val *root)
{
  const RoundsFieldInfo *field = get_outcome_field ();
  guint n_outcomes = g_strv_length ((char **) field->values);
  const char *outcome = read_text (root, "outcome");
  RoundsUuid person;

  reset (self);
  for (guint i = 0; i < n_outcomes; i++)
    if (g_str_equal (field->values[i], outcome))
      adw_combo_row_set_selected (self->outcome, i + 1);
  if (g_str_equal (outcome, NO_SHOW))
    adw_combo_row_set_selected (self->outcome, n_outcomes + 1);
  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    if (g_str_equal (periods[i], read_text (root, "period")))
      adw_combo_row_set_selected (self->period, i);
  if (rounds_uuid_parse (read_text (root, "person"), &person))
    rounds_reference_row_set_id (self->person, &person);
  adw_switch_row_set_active (self->own, yyjson_get_bool (yyjson_obj_get (root, "own")));
  adw_switch_row_set_active (self->unsubmitted, yyjson_get_bool (yyjson_obj_get (root, "unsubmitted")));
}

/**
 * rounds_interaction_filter_set_json:
 * @self: a filter
 * @json: what rounds_interaction_filter_to_json() wrote, perhaps of another version
 * @words: (out) (transfer full): what is searched for besides; "" for nothing
 * @type: (out) (transfer full): which interactions are shown; "" for none of them
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID for what is no object
 *
 * Shows a search that was kept. "changed" is not emitted: there is more to it than the filter.
 *
 * Returns: whether it is one
 */
gboolean
rounds_interaction_filter_set_json (RoundsInteractionFilter *self, const char *json, char **words, char **type,
                                    GError **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *root;

  if (!rounds_json_read (json, -1, &doc, error))
    return FALSE;
  root = yyjson_doc_get_root (doc);
  if (!yyjson_is_obj (root))
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("This is not a saved search."));
      return FALSE;
    }
  self->clearing = TRUE;
  show_saved (self, root);
  self->clearing = FALSE;
  *words = g_strdup (read_text (root, "words"));
  *type = g_strdup (read_text (root, "type"));
  return TRUE;
}
