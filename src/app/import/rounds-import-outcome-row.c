/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-import-outcome-row.h"

#include <glib/gi18n-lib.h>

struct _RoundsImportOutcomeRow
{
  GtkBox parent_instance;

  RoundsAppContext *context;     /* (owned) */
  RoundsImportOutcomeList *list; /* (owned) (nullable) while bound */
  RoundsImportOutcomeItem *item; /* (owned) (nullable) while bound */
  gboolean showing;              /* the choice changes because it is shown, not by the person */

  /* Template widgets */
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkDropDown *choice;
  GtkStringList *choices;

  GListModel *two_choices; /* (owned): where there cannot be another one */
};

G_DEFINE_FINAL_TYPE (RoundsImportOutcomeRow, rounds_import_outcome_row, GTK_TYPE_BOX)

static const RoundsImportDecision choices[ROUNDS_IMPORT_N_CHOICES] = {
  ROUNDS_IMPORT_DECIDE_UPDATE,
  ROUNDS_IMPORT_DECIDE_SKIP,
  ROUNDS_IMPORT_DECIDE_CREATE,
};

/** rounds_import_choice_to_decision: of the place in a list of the three choices. */
RoundsImportDecision
rounds_import_choice_to_decision (guint choice)
{
  g_assert (choice < ROUNDS_IMPORT_N_CHOICES);
  return choices[choice];
}

/** rounds_import_choice_from_decision: the place of @decision in a list of the three choices. */
guint
rounds_import_choice_from_decision (RoundsImportDecision decision)
{
  guint choice = 0;

  while (choice < ROUNDS_IMPORT_N_CHOICES && choices[choice] != decision)
    choice++;
  return choice;
}

/* Who the row is thought to be about. */
static char *
name_match (const RoundsImportOutcome *outcome, RoundsStore *store)
{
  g_autoptr (RoundsRecord) record = NULL;

  if (outcome->match_row > 0)
    /* TRANSLATORS: stands for a person in “Updates %s”; the number of a row in the file. */
    return g_strdup_printf (_ ("the person of row %u"), (guint) outcome->match_row);
  record = rounds_store_get (store, outcome->entity, &outcome->match, NULL);
  return record != NULL ? rounds_record_get_title (record) : g_strdup (outcome->name);
}

static char *
describe_reject (const RoundsImportOutcome *outcome)
{
  if (outcome->column == NULL)
    return g_strdup (outcome->reason);
  /* TRANSLATORS: the first is the header of a column, the second a sentence that says what is wrong there. */
  return g_strdup_printf (_ ("%s: %s"), outcome->column, outcome->reason);
}

/**
 * rounds_import_outcome_describe:
 * @store: where the known people are
 *
 * Returns: (transfer full): what becomes of the row, in words
 */
char *
rounds_import_outcome_describe (RoundsImportOutcomeList *list, const RoundsImportOutcome *outcome, RoundsStore *store)
{
  RoundsImportVerdict verdict = rounds_import_outcome_list_get_verdict (list, outcome);
  g_autofree char *match = NULL;

  if (verdict == ROUNDS_IMPORT_REJECTED)
    return describe_reject (outcome);
  if (outcome->strength == ROUNDS_MATCH_NONE)
    return g_strdup (outcome->entity == ROUNDS_ENTITY_ORGANISATION ? _ ("New organization") : _ ("New contact"));

  match = name_match (outcome, store);
  if (verdict == ROUNDS_IMPORT_CREATED)
    return g_strdup_printf (_ ("New contact, besides %s"), match);
  if (verdict == ROUNDS_IMPORT_UPDATED)
    return g_strdup_printf (outcome->in_trash ? _ ("Takes %s out of the trash") : _ ("Updates %s"), match);
  if (outcome->strength == ROUNDS_MATCH_POSSIBLE)
    return g_strdup_printf (_ ("Possibly %s"), match);
  if (outcome->in_trash)
    return g_strdup_printf (_ ("%s stays in the trash"), match);
  return g_strdup_printf (
    outcome->verdict == ROUNDS_IMPORT_DUPLICATE ? _ ("Nothing new about %s") : _ ("%s already exists, skipped"), match);
}

/* Somebody who was deleted is another matter than the updates around them, whether they come back or not; what is wrong
 * with a row comes before that. */
static const char *
get_icon_name (RoundsImportVerdict verdict, gboolean in_trash)
{
  static const char *const names[ROUNDS_IMPORT_N_VERDICTS] = {
    [ROUNDS_IMPORT_CREATED] = "list-add-symbolic",
    [ROUNDS_IMPORT_UPDATED] = "document-edit-symbolic",
    [ROUNDS_IMPORT_DUPLICATE] = "edit-copy-symbolic",
    [ROUNDS_IMPORT_REJECTED] = "dialog-warning-symbolic",
  };

  if (in_trash && (verdict == ROUNDS_IMPORT_UPDATED || verdict == ROUNDS_IMPORT_DUPLICATE))
    return "user-trash-symbolic";
  return names[verdict];
}

static char *
make_title (const RoundsImportOutcome *outcome)
{
  if (outcome->name == NULL)
    return g_strdup_printf (_ ("Row %u"), (guint) outcome->row);
  /* TRANSLATORS: a person's or organisation's name, and the number of the row of the file that names them. */
  return g_strdup_printf (_ ("%s · row %u"), outcome->name, (guint) outcome->row);
}

static void
show (RoundsImportOutcomeRow *self)
{
  const RoundsImportOutcome *outcome = rounds_import_outcome_item_get_outcome (self->item);
  RoundsStore *store = rounds_app_context_get_store (self->context);
  g_autofree char *title = make_title (outcome);
  g_autofree char *subtitle = rounds_import_outcome_describe (self->list, outcome, store);
  g_autofree char *label = NULL;

  /* TRANSLATORS: what a screen reader calls the choice for one row of a file; %s is the person's name and the row. */
  label = g_strdup_printf (_ ("What to do with %s"), title);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, subtitle);
  gtk_image_set_from_icon_name (
    self->icon, get_icon_name (rounds_import_outcome_list_get_verdict (self->list, outcome), outcome->in_trash));
  gtk_widget_set_visible (GTK_WIDGET (self->choice), rounds_import_outcome_list_can_decide (self->list, outcome));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  self->showing = TRUE;
  gtk_drop_down_set_model (self->choice, outcome->by_npi ? self->two_choices : G_LIST_MODEL (self->choices));
  gtk_drop_down_set_selected (
    self->choice, rounds_import_choice_from_decision (rounds_import_outcome_list_get_decision (self->list, outcome)));
  self->showing = FALSE;
}

static void
choice_selected_cb (RoundsImportOutcomeRow *self)
{
  guint choice = gtk_drop_down_get_selected (self->choice);

  if (self->showing || self->item == NULL || choice >= ROUNDS_IMPORT_N_CHOICES)
    return;
  rounds_import_outcome_list_decide (self->list, rounds_import_outcome_item_get_outcome (self->item),
                                     rounds_import_choice_to_decision (choice));
}

static void
rounds_import_outcome_row_dispose (GObject *object)
{
  RoundsImportOutcomeRow *self = ROUNDS_IMPORT_OUTCOME_ROW (object);

  rounds_import_outcome_row_unbind (self);
  g_clear_object (&self->context);
  g_clear_object (&self->two_choices);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_IMPORT_OUTCOME_ROW);

  G_OBJECT_CLASS (rounds_import_outcome_row_parent_class)->dispose (object);
}

static void
rounds_import_outcome_row_class_init (RoundsImportOutcomeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_import_outcome_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/import/import-outcome-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsImportOutcomeRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportOutcomeRow, title);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportOutcomeRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportOutcomeRow, choice);
  gtk_widget_class_bind_template_child (widget_class, RoundsImportOutcomeRow, choices);
  gtk_widget_class_bind_template_callback (widget_class, choice_selected_cb);
}

static void
rounds_import_outcome_row_init (RoundsImportOutcomeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->two_choices = G_LIST_MODEL (gtk_slice_list_model_new (g_object_ref (G_LIST_MODEL (self->choices)), 0, 2));
}

GtkWidget *
rounds_import_outcome_row_new (RoundsAppContext *context)
{
  RoundsImportOutcomeRow *self = g_object_new (ROUNDS_TYPE_IMPORT_OUTCOME_ROW, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

/** rounds_import_outcome_row_bind: shows @item, and lets the person decide about it. */
void
rounds_import_outcome_row_bind (RoundsImportOutcomeRow *self, RoundsImportOutcomeList *list,
                                RoundsImportOutcomeItem *item)
{
  rounds_import_outcome_row_unbind (self);
  self->list = g_object_ref (list);
  self->item = g_object_ref (item);
  g_signal_connect_object (list, "decided", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

/** rounds_import_outcome_row_unbind: lets go of the item. */
void
rounds_import_outcome_row_unbind (RoundsImportOutcomeRow *self)
{
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_func (self->list, show, self);
  g_clear_object (&self->list);
  g_clear_object (&self->item);
}

/** rounds_import_outcome_row_get_title: what is shown, for a screen reader. */
const char *
rounds_import_outcome_row_get_title (RoundsImportOutcomeRow *self)
{
  return gtk_label_get_text (self->title);
}
