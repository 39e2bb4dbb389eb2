/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-merge-choice-row.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"

struct _RoundsMergeChoiceRow
{
  AdwPreferencesRow parent_instance;

  RoundsMergeChoice *choice; /* (not owned): the dialog's, which outlives the row */
  gboolean narrow;

  /* Template widgets */
  GtkLabel *field;
  GtkBox *values;
  GtkCheckButton *kept;
  GtkCheckButton *merged;
  GtkLabel *kept_value;
  GtkLabel *merged_value;
};

enum
{
  PROP_NARROW = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RoundsMergeChoiceRow, rounds_merge_choice_row, ADW_TYPE_PREFERENCES_ROW)

static GtkWidget *
get_chosen (RoundsMergeChoiceRow *self)
{
  return GTK_WIDGET (gtk_check_button_get_active (self->merged) ? self->merged : self->kept);
}

static void
toggled_cb (RoundsMergeChoiceRow *self)
{
  if (self->choice != NULL)
    self->choice->take = gtk_check_button_get_active (self->merged);
}

static void
choose (RoundsMergeChoiceRow *self, gboolean merged)
{
  GtkCheckButton *button = merged ? self->merged : self->kept;

  gtk_check_button_set_active (button, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (button));
}

/* Whether there was another such row in that direction. */
static gboolean
go_on (RoundsMergeChoiceRow *self, gboolean down)
{
  GtkWidget *next = GTK_WIDGET (self);

  next = down ? gtk_widget_get_next_sibling (next) : gtk_widget_get_prev_sibling (next);
  return ROUNDS_IS_MERGE_CHOICE_ROW (next) && gtk_widget_grab_focus (get_chosen (ROUNDS_MERGE_CHOICE_ROW (next)));
}

static gboolean
key_pressed_cb (RoundsMergeChoiceRow *self, guint key, guint code, GdkModifierType state)
{
  gboolean turned = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      choose (self, turned);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      choose (self, !turned);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return go_on (self, FALSE);
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return go_on (self, TRUE);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      return gtk_widget_activate_action (GTK_WIDGET (self), "duplicates.merge", NULL);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
rounds_merge_choice_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (get_chosen (ROUNDS_MERGE_CHOICE_ROW (widget)));
}

static void
rounds_merge_choice_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, ROUNDS_MERGE_CHOICE_ROW (object)->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_merge_choice_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RoundsMergeChoiceRow *self = ROUNDS_MERGE_CHOICE_ROW (object);

  switch (id)
    {
    case PROP_NARROW:
      self->narrow = g_value_get_boolean (value);
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->values),
                                      self->narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_merge_choice_row_dispose (GObject *object)
{
  ROUNDS_MERGE_CHOICE_ROW (object)->choice = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_MERGE_CHOICE_ROW);
  G_OBJECT_CLASS (rounds_merge_choice_row_parent_class)->dispose (object);
}

static void
rounds_merge_choice_row_class_init (RoundsMergeChoiceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rounds_merge_choice_row_get_property;
  object_class->set_property = rounds_merge_choice_row_set_property;
  object_class->dispose = rounds_merge_choice_row_dispose;
  widget_class->grab_focus = rounds_merge_choice_row_grab_focus;

  properties[PROP_NARROW] =
    g_param_spec_boolean ("narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/duplicates/merge-choice-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsMergeChoiceRow, field);
  gtk_widget_class_bind_template_child (widget_class, RoundsMergeChoiceRow, values);
  gtk_widget_class_bind_template_child (widget_class, RoundsMergeChoiceRow, kept);
  gtk_widget_class_bind_template_child (widget_class, RoundsMergeChoiceRow, merged);
  gtk_widget_class_bind_template_child (widget_class, RoundsMergeChoiceRow, kept_value);
  gtk_widget_class_bind_template_child (widget_class, RoundsMergeChoiceRow, merged_value);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
}

static void
rounds_merge_choice_row_init (RoundsMergeChoiceRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What a screen reader says of a button: "Phone: 030 901820". */
static void
show_value (GtkLabel *label, GtkCheckButton *button, RoundsStore *store, const RoundsFieldInfo *field,
            const RoundsValue *value)
{
  g_autofree char *text = rounds_display_value (store, field, value);
  /* Translators: a field's value: nothing. */
  const char *shown = text != NULL ? text : _ ("Empty");
  g_autofree char *name = g_strdup_printf ("%s: %s", rounds_field_get_label (field), shown);

  gtk_label_set_text (label, shown);
  if (text == NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), "dimmed");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * rounds_merge_choice_row_new:
 * @choice: (transfer none): what there is to decide; holds the decision, and must outlive the row's place in a window
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
rounds_merge_choice_row_new (RoundsStore *store, RoundsMergeChoice *choice)
{
  RoundsMergeChoiceRow *self = g_object_new (ROUNDS_TYPE_MERGE_CHOICE_ROW, NULL);
  const RoundsFieldInfo *field = rounds_entity_get_field (rounds_record_get_entity (choice->kept), choice->field);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), rounds_field_get_label (field));
  gtk_label_set_text (self->field, rounds_field_get_label (field));
  show_value (self->kept_value, self->kept, store, field, rounds_record_get_value (choice->kept, choice->field));
  show_value (self->merged_value, self->merged, store, field, rounds_record_get_value (choice->merged, choice->field));
  gtk_check_button_set_active (choice->take ? self->merged : self->kept, TRUE);
  self->choice = choice;
  return GTK_WIDGET (self);
}
