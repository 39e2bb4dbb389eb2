/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-attendees-group.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-reference-row.h"

struct _RoundsAttendeesGroup
{
  AdwPreferencesGroup parent_instance;

  RoundsAppContext *context; /* (owned) (nullable) until set up */
  GArray *people;            /* (owned) of RoundsUuid, as the chips are */
  RoundsReferenceRow *finder;
  GtkWidget *chips_row;
  AdwWrapBox *chips;
};

G_DEFINE_FINAL_TYPE (RoundsAttendeesGroup, rounds_attendees_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void show_chips (RoundsAttendeesGroup *self);

/* (transfer full) */
static char *
get_name (RoundsAttendeesGroup *self, const RoundsUuid *id)
{
  g_autoptr (RoundsRecord) person =
    rounds_store_get (rounds_app_context_get_store (self->context), ROUNDS_ENTITY_PERSON, id, NULL);

  /* Not received yet, or gone: they were there all the same. */
  return person != NULL ? rounds_record_get_title (person) : g_strdup (_ ("Unknown contact"));
}

static void
remove_cb (GtkButton *button, RoundsAttendeesGroup *self)
{
  guint i = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));

  g_array_remove_index (self->people, i);
  gtk_widget_grab_focus (GTK_WIDGET (self->finder));
  show_chips (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static GtkWidget *
make_chip (RoundsAttendeesGroup *self, guint i)
{
  g_autofree char *name = get_name (self, &g_array_index (self->people, RoundsUuid, i));
  /* Translators: %s is a contact who was at a meeting. */
  g_autofree char *label = g_strdup_printf (_ ("Remove %s"), name);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *text = gtk_label_new (name);

  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (content), text);
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "rounds-chip");
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (i));
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  return button;
}

static void
show_chips (RoundsAttendeesGroup *self)
{
  GtkWidget *chip;

  while ((chip = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    adw_wrap_box_remove (self->chips, chip);
  for (guint i = 0; i < self->people->len; i++)
    adw_wrap_box_append (self->chips, make_chip (self, i));
  gtk_widget_set_visible (self->chips_row, self->people->len > 0);
}

/* The name becomes a chip, and the row is for the next one. */
static void
picked_cb (RoundsAttendeesGroup *self)
{
  const RoundsUuid *id = rounds_reference_row_get_id (self->finder);
  RoundsUuid person;

  if (id == NULL)
    return;
  person = *id;
  rounds_reference_row_set_id (self->finder, NULL);
  if (rounds_attendees_group_add (self, &person))
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
rounds_attendees_group_dispose (GObject *object)
{
  RoundsAttendeesGroup *self = ROUNDS_ATTENDEES_GROUP (object);

  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_attendees_group_parent_class)->dispose (object);
}

static void
rounds_attendees_group_finalize (GObject *object)
{
  g_array_unref (ROUNDS_ATTENDEES_GROUP (object)->people);

  G_OBJECT_CLASS (rounds_attendees_group_parent_class)->finalize (object);
}

static void
rounds_attendees_group_class_init (RoundsAttendeesGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_attendees_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_attendees_group_finalize;
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ROUNDS_TYPE_REFERENCE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/interactions/attendees-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsAttendeesGroup, finder);
  gtk_widget_class_bind_template_child (widget_class, RoundsAttendeesGroup, chips_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsAttendeesGroup, chips);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
}

static void
rounds_attendees_group_init (RoundsAttendeesGroup *self)
{
  self->people = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** rounds_attendees_group_set_up: gives a group that a template has made its @context; once, before anything else. */
void
rounds_attendees_group_set_up (RoundsAttendeesGroup *self, RoundsAppContext *context)
{
  g_return_if_fail (ROUNDS_IS_ATTENDEES_GROUP (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  rounds_reference_row_set_up (self->finder, context, ROUNDS_ENTITY_PERSON);
}

/**
 * rounds_attendees_group_set:
 * @self: a group
 * @people: (element-type RoundsUuid): who is shown instead; copied
 *
 * Does not emit "changed".
 */
void
rounds_attendees_group_set (RoundsAttendeesGroup *self, GArray *people)
{
  g_return_if_fail (ROUNDS_IS_ATTENDEES_GROUP (self));

  g_array_set_size (self->people, 0);
  g_array_append_vals (self->people, people->data, people->len);
  show_chips (self);
}

/** rounds_attendees_group_get: Returns: (transfer none) (element-type RoundsUuid): who is shown */
GArray *
rounds_attendees_group_get (RoundsAttendeesGroup *self)
{
  g_return_val_if_fail (ROUNDS_IS_ATTENDEES_GROUP (self), NULL);

  return self->people;
}

/**
 * rounds_attendees_group_add:
 * @self: a group
 * @person: a contact
 *
 * Does not emit "changed".
 *
 * Returns: %FALSE if they are there already
 */
gboolean
rounds_attendees_group_add (RoundsAttendeesGroup *self, const RoundsUuid *person)
{
  g_return_val_if_fail (ROUNDS_IS_ATTENDEES_GROUP (self), FALSE);

  for (guint i = 0; i < self->people->len; i++)
    if (rounds_uuid_equal (&g_array_index (self->people, RoundsUuid, i), person))
      return FALSE;
  g_array_append_vals (self->people, person, 1);
  show_chips (self);
  return TRUE;
}
