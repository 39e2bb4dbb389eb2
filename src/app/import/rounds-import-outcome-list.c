/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-import-outcome-list.h"

struct _RoundsImportOutcomeItem
{
  GObject parent_instance;

  RoundsImportResult *result; /* (owned): keeps the outcome */
  const RoundsImportOutcome *outcome;
};

G_DEFINE_FINAL_TYPE (RoundsImportOutcomeItem, rounds_import_outcome_item, G_TYPE_OBJECT)

struct _RoundsImportOutcomeList
{
  GObject parent_instance;

  RoundsImportResult *result; /* (owned) */
  RoundsImportPlan *plan;     /* (owned) */
  guint64 counts[ROUNDS_IMPORT_N_VERDICTS];
  GArray *rows; /* (owned) (nullable) of guint: outcomes of one verdict; NULL: all */
};

enum
{
  DECIDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void rounds_import_outcome_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsImportOutcomeList, rounds_import_outcome_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rounds_import_outcome_list_model_init))

static void
rounds_import_outcome_item_finalize (GObject *object)
{
  rounds_import_result_unref (ROUNDS_IMPORT_OUTCOME_ITEM (object)->result);

  G_OBJECT_CLASS (rounds_import_outcome_item_parent_class)->finalize (object);
}

static void
rounds_import_outcome_item_class_init (RoundsImportOutcomeItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_import_outcome_item_finalize;
}

static void
rounds_import_outcome_item_init (RoundsImportOutcomeItem *self)
{
}

/** rounds_import_outcome_item_get_outcome: Returns: (transfer none): valid as long as the item. */
const RoundsImportOutcome *
rounds_import_outcome_item_get_outcome (RoundsImportOutcomeItem *self)
{
  return self->outcome;
}

static GType
get_item_type (GListModel *model)
{
  return ROUNDS_TYPE_IMPORT_OUTCOME_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  RoundsImportOutcomeList *self = ROUNDS_IMPORT_OUTCOME_LIST (model);

  return self->rows != NULL ? self->rows->len : self->result->outcomes->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  RoundsImportOutcomeList *self = ROUNDS_IMPORT_OUTCOME_LIST (model);
  RoundsImportOutcomeItem *item;
  guint n;

  if (position >= get_n_items (model))
    return NULL;
  n = self->rows != NULL ? g_array_index (self->rows, guint, position) : position;
  item = g_object_new (ROUNDS_TYPE_IMPORT_OUTCOME_ITEM, NULL);
  item->result = rounds_import_result_ref (self->result);
  item->outcome = rounds_import_result_get (self->result, n);
  return item;
}

static void
rounds_import_outcome_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
rounds_import_outcome_list_finalize (GObject *object)
{
  RoundsImportOutcomeList *self = ROUNDS_IMPORT_OUTCOME_LIST (object);

  g_clear_pointer (&self->result, rounds_import_result_unref);
  g_clear_pointer (&self->plan, rounds_import_plan_unref);
  g_clear_pointer (&self->rows, g_array_unref);

  G_OBJECT_CLASS (rounds_import_outcome_list_parent_class)->finalize (object);
}

static void
rounds_import_outcome_list_class_init (RoundsImportOutcomeListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_import_outcome_list_finalize;

  signals[DECIDED] =
    g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rounds_import_outcome_list_init (RoundsImportOutcomeList *self)
{
}

/**
 * rounds_import_outcome_list_new:
 * @result: what was found
 * @plan: what it was found of; takes the decisions
 */
RoundsImportOutcomeList *
rounds_import_outcome_list_new (RoundsImportResult *result, RoundsImportPlan *plan)
{
  RoundsImportOutcomeList *self = g_object_new (ROUNDS_TYPE_IMPORT_OUTCOME_LIST, NULL);

  self->result = rounds_import_result_ref (result);
  self->plan = rounds_import_plan_ref (plan);
  for (guint v = 0; v < ROUNDS_IMPORT_N_VERDICTS; v++)
    self->counts[v] = result->counts[v];
  return self;
}

/** rounds_import_outcome_list_get_result: Returns: (transfer none): whose outcomes are listed. */
RoundsImportResult *
rounds_import_outcome_list_get_result (RoundsImportOutcomeList *self)
{
  return self->result;
}

/** rounds_import_outcome_list_get_plan: Returns: (transfer none): the plan that led to them. */
RoundsImportPlan *
rounds_import_outcome_list_get_plan (RoundsImportOutcomeList *self)
{
  return self->plan;
}

/**
 * rounds_import_outcome_list_set_verdict:
 * @verdict: a verdict, or %ROUNDS_IMPORT_ALL_VERDICTS
 *
 * Shows the rows that were given @verdict; a row does not leave the list when something else is decided about it.
 */
void
rounds_import_outcome_list_set_verdict (RoundsImportOutcomeList *self, int verdict)
{
  guint before = get_n_items (G_LIST_MODEL (self));

  g_clear_pointer (&self->rows, g_array_unref);
  if (verdict != ROUNDS_IMPORT_ALL_VERDICTS)
    {
      self->rows = g_array_new (FALSE, FALSE, sizeof (guint));
      for (guint n = 0; n < self->result->outcomes->len; n++)
        if (rounds_import_result_get (self->result, n)->verdict == (RoundsImportVerdict) verdict)
          g_array_append_val (self->rows, n);
    }
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, get_n_items (G_LIST_MODEL (self)));
}

/** rounds_import_outcome_list_count: how many rows have @verdict after what was decided. */
guint64
rounds_import_outcome_list_count (RoundsImportOutcomeList *self, RoundsImportVerdict verdict)
{
  return self->counts[verdict];
}

/** rounds_import_outcome_list_can_decide: whether there is a choice about the row: nothing is written yet, and somebody
 * like that is known. */
gboolean
rounds_import_outcome_list_can_decide (RoundsImportOutcomeList *self, const RoundsImportOutcome *outcome)
{
  return self->result->dry_run && outcome->strength != ROUNDS_MATCH_NONE && outcome->verdict != ROUNDS_IMPORT_REJECTED;
}

/** rounds_import_outcome_list_get_decision: what is going to be done with a row about somebody who is known. */
RoundsImportDecision
rounds_import_outcome_list_get_decision (RoundsImportOutcomeList *self, const RoundsImportOutcome *outcome)
{
  RoundsImportDecision decision = rounds_import_plan_get_decision (self->plan, outcome->row);

  if (decision != ROUNDS_IMPORT_DECIDE_BY_STRENGTH)
    return decision;
  return outcome->strength == ROUNDS_MATCH_STRONG ? ROUNDS_IMPORT_DECIDE_UPDATE : ROUNDS_IMPORT_DECIDE_SKIP;
}

/** rounds_import_outcome_list_decide: says what to do with the row. */
void
rounds_import_outcome_list_decide (RoundsImportOutcomeList *self, const RoundsImportOutcome *outcome,
                                   RoundsImportDecision decision)
{
  if (rounds_import_outcome_list_get_decision (self, outcome) == decision)
    return;
  self->counts[rounds_import_outcome_list_get_verdict (self, outcome)]--;
  rounds_import_plan_decide (self->plan, outcome->row, decision);
  self->counts[rounds_import_outcome_list_get_verdict (self, outcome)]++;
  g_signal_emit (self, signals[DECIDED], 0);
}

/** rounds_import_outcome_list_get_verdict: the row's verdict after what was decided. */
RoundsImportVerdict
rounds_import_outcome_list_get_verdict (RoundsImportOutcomeList *self, const RoundsImportOutcome *outcome)
{
  if (!rounds_import_outcome_list_can_decide (self, outcome))
    return outcome->verdict;
  switch (rounds_import_outcome_list_get_decision (self, outcome))
    {
    case ROUNDS_IMPORT_DECIDE_CREATE:
      return ROUNDS_IMPORT_CREATED;
    case ROUNDS_IMPORT_DECIDE_SKIP:
      return ROUNDS_IMPORT_DUPLICATE;
    case ROUNDS_IMPORT_DECIDE_UPDATE:
    case ROUNDS_IMPORT_DECIDE_BY_STRENGTH:
    default:
      /* Where a sure match was a duplicate, the row says nothing new. */
      return outcome->strength == ROUNDS_MATCH_STRONG ? outcome->verdict : ROUNDS_IMPORT_UPDATED;
    }
}
