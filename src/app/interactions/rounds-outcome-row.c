/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-outcome-row.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-field-labels.h"
#include "rounds-schema.h"

/* A field of its own for the store, one answer among the others for the user. */
#define NO_SHOW "no_show"

struct _RoundsOutcomeRow
{
  AdwPreferencesRow parent_instance;

  GtkWidget *choices;
  GPtrArray *buttons; /* (owned) of GtkToggleButton (not owned) */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (RoundsOutcomeRow, rounds_outcome_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
get_value (GtkToggleButton *button)
{
  return g_object_get_data (G_OBJECT (button), "value");
}

/* One at most; unlike with radio buttons, none is an answer too. */
static void
toggled_cb (RoundsOutcomeRow *self, GtkToggleButton *button)
{
  gboolean active = gtk_toggle_button_get_active (button);

  if (self->showing)
    return;
  self->showing = TRUE;
  for (guint i = 0; active && i < self->buttons->len; i++)
    if (self->buttons->pdata[i] != (gpointer) button)
      gtk_toggle_button_set_active (self->buttons->pdata[i], FALSE);
  self->showing = FALSE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
add_choice (RoundsOutcomeRow *self, const char *value, const char *label)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  g_object_set_data_full (G_OBJECT (button), "value", g_strdup (value), g_free);
  gtk_widget_add_css_class (button, "rounds-choice");
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  adw_wrap_box_append (ADW_WRAP_BOX (self->choices), button);
  g_ptr_array_add (self->buttons, button);
}

static void
add_choices (RoundsOutcomeRow *self)
{
  const RoundsFieldInfo *field = rounds_entity_get_field (ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_OUTCOME);

  for (guint i = 0; field->values[i] != NULL; i++)
    {
      add_choice (self, field->values[i], rounds_field_get_value_label (field, field->values[i]));
      /* Behind "left material": what is as common, and must be as easy to say. */
      if (i == 1)
        add_choice (self, NO_SHOW, _ ("No-show"));
    }
}

static void
rounds_outcome_row_dispose (GObject *object)
{
  RoundsOutcomeRow *self = ROUNDS_OUTCOME_ROW (object);

  self->showing = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_OUTCOME_ROW);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);

  G_OBJECT_CLASS (rounds_outcome_row_parent_class)->dispose (object);
}

static void
rounds_outcome_row_class_init (RoundsOutcomeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_outcome_row_dispose;
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/interactions/outcome-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsOutcomeRow, choices);
}

static void
rounds_outcome_row_init (RoundsOutcomeRow *self)
{
  self->buttons = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  add_choices (self);
}

/**
 * rounds_outcome_row_set:
 * @self: a row
 * @outcome: (nullable): a wire value of the field; one that this version does not know shows none
 * @no_show: whether the contact did not come, which counts before @outcome
 *
 * Does not emit "changed".
 */
void
rounds_outcome_row_set (RoundsOutcomeRow *self, const char *outcome, gboolean no_show)
{
  const char *value = no_show ? NO_SHOW : outcome;

  g_return_if_fail (ROUNDS_IS_OUTCOME_ROW (self));

  self->showing = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_toggle_button_set_active (self->buttons->pdata[i], g_strcmp0 (get_value (self->buttons->pdata[i]), value) == 0);
  self->showing = FALSE;
}

/**
 * rounds_outcome_row_get:
 * @self: a row
 * @no_show: (out): whether the contact did not come
 *
 * Returns: (transfer none) (nullable): the wire value that is chosen; %NULL for none and for a no-show
 */
const char *
rounds_outcome_row_get (RoundsOutcomeRow *self, gboolean *no_show)
{
  g_return_val_if_fail (ROUNDS_IS_OUTCOME_ROW (self), NULL);

  *no_show = FALSE;
  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_toggle_button_get_active (self->buttons->pdata[i]))
      {
        *no_show = g_str_equal (get_value (self->buttons->pdata[i]), NO_SHOW);
        return *no_show ? NULL : get_value (self->buttons->pdata[i]);
      }
  return NULL;
}
