/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-interaction-extras.h"

#include "forms/rounds-date-row.h"
#include "forms/rounds-record-form.h"
#include "interactions/rounds-attendees-group.h"
#include "interactions/rounds-promise-box.h"
#include "interactions/rounds-template-button.h"

struct _RoundsInteractionExtras
{
  GtkBox parent_instance;

  RoundsTemplateButton *templates;
  GtkWidget *follow_up_button;
  GtkWidget *attendees_button;
  RoundsPromiseBox *promises;
  RoundsAttendeesGroup *attendees;
  RoundsRecordForm *follow_up_form;

  RoundsAppContext *context; /* (owned) (nullable) until set up */
  RoundsTextRow *notes;      /* (owned) (nullable) until set up */
  RoundsPhrases *phrases;    /* (owned) */
  RoundsRecord *follow_up;   /* (owned): what the form began with, stored or new */
  char *offered_due;         /* (owned) (nullable): the day that the program has set, which the text may change */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (RoundsInteractionExtras, rounds_interaction_extras, GTK_TYPE_BOX)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
tell_change (RoundsInteractionExtras *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
notes_changed_cb (RoundsInteractionExtras *self)
{
  g_autofree char *notes = rounds_text_row_dup_text (self->notes);

  rounds_promise_box_read (self->promises, notes);
}

static void
insert_cb (RoundsInteractionExtras *self, const char *text)
{
  rounds_text_row_insert (self->notes, text);
}

/* --- Follow-up --- */

static GtkWidget *
get_text_row (RoundsInteractionExtras *self)
{
  return rounds_record_form_get_row (self->follow_up_form, ROUNDS_FOLLOW_UP_TEXT);
}

static RoundsDateRow *
get_due_row (RoundsInteractionExtras *self)
{
  return ROUNDS_DATE_ROW (rounds_record_form_get_row (self->follow_up_form, ROUNDS_FOLLOW_UP_DUE_ON));
}

/* (transfer full) */
static char *
get_usual_due (RoundsInteractionExtras *self)
{
  RoundsLineContext context;

  rounds_line_context_init_now (&context, self->phrases);
  return rounds_follow_up_get_usual_due (&context.today);
}

/* (transfer full) (nullable): the day that the text of a follow-up names: "send paper fri" */
static char *
find_due (RoundsInteractionExtras *self, const char *text)
{
  g_autofree char *line = g_strconcat (";", text, NULL);
  RoundsLineContext context;
  g_autoptr (RoundsVisitLine) parsed = NULL;
  const RoundsLineFollowUp *follow_up;
  char due[16];

  rounds_line_context_init_now (&context, self->phrases);
  parsed = rounds_visit_line_parse (line, &context, NULL, NULL, NULL);
  if (parsed->follow_ups->len == 0)
    return NULL;
  follow_up = parsed->follow_ups->pdata[0];
  if (!follow_up->has_due)
    return NULL;
  g_date_strftime (due, sizeof due, "%Y-%m-%d", &follow_up->due);
  return g_strdup (due);
}

/* As long as the user has not chosen a day, the text does. */
static void
follow_up_changed_cb (RoundsInteractionExtras *self)
{
  g_autofree char *due = NULL;
  g_autofree char *shown = NULL;

  if (self->showing)
    return;
  shown = rounds_date_row_dup_date (get_due_row (self));
  if (g_strcmp0 (shown, self->offered_due) == 0)
    {
      due = find_due (self, gtk_editable_get_text (GTK_EDITABLE (get_text_row (self))));
      if (due == NULL)
        due = get_usual_due (self);
      g_set_str (&self->offered_due, due);
      self->showing = TRUE;
      rounds_date_row_set_date (get_due_row (self), due);
      self->showing = FALSE;
    }
  tell_change (self);
}

static void
show_follow_up (RoundsInteractionExtras *self, RoundsRecord *follow_up)
{
  g_autoptr (RoundsRecord) fresh = NULL;

  g_clear_pointer (&self->offered_due, g_free);
  if (follow_up == NULL)
    {
      self->offered_due = get_usual_due (self);
      fresh = rounds_follow_up_new ("task", "", self->offered_due);
      follow_up = fresh;
    }
  g_set_object (&self->follow_up, follow_up);
  rounds_record_form_set_record (self->follow_up_form, follow_up);
}

static gboolean
has_follow_up (RoundsInteractionExtras *self)
{
  g_autofree char *text = rounds_text_to_line (gtk_editable_get_text (GTK_EDITABLE (get_text_row (self))));

  return gtk_widget_get_visible (GTK_WIDGET (self->follow_up_form)) && *text != '\0';
}

/* --- Actions --- */

static void
reveal (GtkWidget *group, GtkWidget *button, gboolean shown)
{
  gtk_widget_set_visible (group, shown);
  gtk_widget_set_visible (button, !shown);
}

/* What has just come up has no place yet when it gets the keyboard: a frame later it has, and is brought into view. */
static gboolean
scroll_cb (GtkWidget *group, GdkFrameClock *clock, gpointer data)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (group, GTK_TYPE_VIEWPORT);

  if (gtk_widget_get_height (group) == 0)
    return G_SOURCE_CONTINUE;
  if (viewport != NULL)
    gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), group, NULL);
  return G_SOURCE_REMOVE;
}

static void
add_follow_up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsInteractionExtras *self = ROUNDS_INTERACTION_EXTRAS (widget);

  reveal (GTK_WIDGET (self->follow_up_form), self->follow_up_button, TRUE);
  gtk_widget_grab_focus (get_text_row (self));
  gtk_widget_add_tick_callback (GTK_WIDGET (self->follow_up_form), scroll_cb, NULL, NULL);
}

static void
add_attendees_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsInteractionExtras *self = ROUNDS_INTERACTION_EXTRAS (widget);

  reveal (GTK_WIDGET (self->attendees), self->attendees_button, TRUE);
  gtk_widget_child_focus (GTK_WIDGET (self->attendees), GTK_DIR_TAB_FORWARD);
  gtk_widget_add_tick_callback (GTK_WIDGET (self->attendees), scroll_cb, NULL, NULL);
}

static void
templates_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_template_button_popup (ROUNDS_INTERACTION_EXTRAS (widget)->templates);
}

static void
promise_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rounds_promise_box_press (ROUNDS_INTERACTION_EXTRAS (widget)->promises);
}

static void
rounds_interaction_extras_dispose (GObject *object)
{
  RoundsInteractionExtras *self = ROUNDS_INTERACTION_EXTRAS (object);

  self->showing = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_INTERACTION_EXTRAS);
  g_clear_object (&self->follow_up);
  g_clear_object (&self->notes);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_interaction_extras_parent_class)->dispose (object);
}

static void
rounds_interaction_extras_finalize (GObject *object)
{
  RoundsInteractionExtras *self = ROUNDS_INTERACTION_EXTRAS (object);

  g_clear_pointer (&self->phrases, rounds_phrases_free);
  g_free (self->offered_due);

  G_OBJECT_CLASS (rounds_interaction_extras_parent_class)->finalize (object);
}

static void
rounds_interaction_extras_class_init (RoundsInteractionExtrasClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_interaction_extras_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_interaction_extras_finalize;
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ROUNDS_TYPE_TEMPLATE_BUTTON);
  g_type_ensure (ROUNDS_TYPE_PROMISE_BOX);
  g_type_ensure (ROUNDS_TYPE_ATTENDEES_GROUP);
  g_type_ensure (ROUNDS_TYPE_RECORD_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/interactions/interaction-extras.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionExtras, templates);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionExtras, follow_up_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionExtras, attendees_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionExtras, promises);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionExtras, attendees);
  gtk_widget_class_bind_template_child (widget_class, RoundsInteractionExtras, follow_up_form);
  gtk_widget_class_bind_template_callback (widget_class, insert_cb);
  gtk_widget_class_bind_template_callback (widget_class, tell_change);
  gtk_widget_class_bind_template_callback (widget_class, follow_up_changed_cb);
  gtk_widget_class_install_action (widget_class, "extras.follow-up", NULL, add_follow_up_action);
  gtk_widget_class_install_action (widget_class, "extras.attendees", NULL, add_attendees_action);
  gtk_widget_class_install_action (widget_class, "extras.templates", NULL, templates_action);
  gtk_widget_class_install_action (widget_class, "extras.promise", NULL, promise_action);
}

static void
rounds_interaction_extras_init (RoundsInteractionExtras *self)
{
  self->phrases = rounds_phrases_new_for_locale ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_interaction_extras_set_up:
 * @self: what a template has made
 * @context: the application
 * @notes: the row of the notes, into which templates go and which is read for promises
 *
 * Once, before anything else.
 */
void
rounds_interaction_extras_set_up (RoundsInteractionExtras *self, RoundsAppContext *context, RoundsTextRow *notes)
{
  static const guint fields[] = { ROUNDS_FOLLOW_UP_TEXT, ROUNDS_FOLLOW_UP_DUE_ON };

  g_return_if_fail (ROUNDS_IS_INTERACTION_EXTRAS (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  self->notes = g_object_ref (notes);
  rounds_template_button_set_up (self->templates, context);
  rounds_attendees_group_set_up (self->attendees, context);
  rounds_record_form_set_up (self->follow_up_form, context, ROUNDS_ENTITY_FOLLOW_UP);
  rounds_record_form_add_fields (self->follow_up_form, G_N_ELEMENTS (fields), fields);
  g_signal_connect_object (notes, "notify::text", G_CALLBACK (notes_changed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * rounds_interaction_extras_show:
 * @self: what is set up
 * @parts: what to show in place of what is shown
 *
 * Does not emit "changed".
 */
void
rounds_interaction_extras_show (RoundsInteractionExtras *self, RoundsInteractionParts *parts)
{
  g_return_if_fail (ROUNDS_IS_INTERACTION_EXTRAS (self));

  self->showing = TRUE;
  rounds_attendees_group_set (self->attendees, parts->attendees);
  reveal (GTK_WIDGET (self->attendees), self->attendees_button, parts->attendees->len > 0);
  show_follow_up (self, parts->follow_up);
  reveal (GTK_WIDGET (self->follow_up_form), self->follow_up_button, parts->follow_up != NULL);
  rounds_promise_box_set_kept (self->promises, parts->promises);
  notes_changed_cb (self);
  self->showing = FALSE;
}

/** rounds_interaction_extras_set_type: offers the templates of @interaction_type. */
void
rounds_interaction_extras_set_type (RoundsInteractionExtras *self, const char *interaction_type)
{
  g_return_if_fail (ROUNDS_IS_INTERACTION_EXTRAS (self));

  rounds_template_button_set_type (self->templates, interaction_type);
}

static void
read_rest (RoundsInteractionExtras *self, RoundsInteractionParts *parts)
{
  GArray *people = rounds_attendees_group_get (self->attendees);
  g_autoptr (GPtrArray) promises = rounds_promise_box_list_chosen (self->promises);

  for (guint i = 0; i < people->len; i++)
    rounds_interaction_parts_add_attendee (parts, &g_array_index (people, RoundsUuid, i));
  for (guint i = 0; i < promises->len; i++)
    g_ptr_array_add (parts->promises, g_object_ref (promises->pdata[i]));
}

/**
 * rounds_interaction_extras_peek:
 * @self: what is shown
 * @parts: takes what was entered, finished or not
 */
void
rounds_interaction_extras_peek (RoundsInteractionExtras *self, RoundsInteractionParts *parts)
{
  g_return_if_fail (ROUNDS_IS_INTERACTION_EXTRAS (self));

  read_rest (self, parts);
  if (!has_follow_up (self))
    return;
  parts->follow_up = rounds_record_dup (self->follow_up);
  rounds_record_form_peek (self->follow_up_form, parts->follow_up);
}

/**
 * rounds_interaction_extras_apply:
 * @self: what is shown
 * @parts: takes what was entered
 *
 * Returns: %FALSE if something is wrong, which its row tells
 */
gboolean
rounds_interaction_extras_apply (RoundsInteractionExtras *self, RoundsInteractionParts *parts)
{
  g_autoptr (RoundsRecord) follow_up = NULL;

  g_return_val_if_fail (ROUNDS_IS_INTERACTION_EXTRAS (self), FALSE);

  read_rest (self, parts);
  if (!has_follow_up (self))
    return TRUE;
  follow_up = rounds_record_dup (self->follow_up);
  if (!rounds_record_form_apply (self->follow_up_form, follow_up))
    return FALSE;
  parts->follow_up = g_steal_pointer (&follow_up);
  return TRUE;
}
