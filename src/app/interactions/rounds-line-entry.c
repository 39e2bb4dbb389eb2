/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-line-entry.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-field-labels.h"
#include "interactions/rounds-interaction-save.h"
#include "interactions/rounds-line-reading.h"
#include "rounds-person-finder.h"
#include "rounds-time.h"

struct _RoundsLineEntry
{
  GtkBox parent_instance;

  GtkEntry *entry;
  GtkWidget *question_box;
  GtkLabel *question;
  GtkListBox *candidates;
  GtkListBox *preview;

  RoundsAppContext *context;  /* (owned) (nullable) until set up */
  RoundsPhrases *phrases;     /* (owned) */
  RoundsLineReading *reading; /* (owned) (nullable) before it is set up, and when the store could not be read */
  GHashTable *choices;        /* (owned) of char * to RoundsUuid: whom a name means; nil: nobody who is here */
};

G_DEFINE_FINAL_TYPE (RoundsLineEntry, rounds_line_entry, GTK_TYPE_BOX)

enum
{
  SIGNAL_CHANGED,
  SIGNAL_ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* --- What will be saved --- */

static void
add_row (RoundsLineEntry *self, const char *icon, const char *text, gboolean is_missing)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (image, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  if (is_missing)
    gtk_widget_add_css_class (label, "dimmed");
  gtk_widget_add_css_class (box, "rounds-line-row");
  gtk_box_append (GTK_BOX (box), image);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_box_append (self->preview, box);
}

static const char *
get_label (RoundsRecord *record, guint field)
{
  return rounds_field_get_value_label (rounds_entity_get_field (rounds_record_get_entity (record), field),
                                       rounds_record_get_text (record, field));
}

/* "Visit · Sarah Johnson · Today, 14:05 · 20 min · Met" */
static char *
describe_interaction (RoundsLineEntry *self)
{
  RoundsRecord *record = rounds_line_reading_get_interaction (self->reading);
  g_autofree char *names = rounds_line_reading_list_names (self->reading);
  g_autofree char *when = rounds_display_moment (rounds_record_get_integer (record, ROUNDS_INTERACTION_OCCURRED_AT));
  GString *text = g_string_new (get_label (record, ROUNDS_INTERACTION_INTERACTION_TYPE));

  if (*names != '\0')
    g_string_append_printf (text, " · %s", names);
  g_string_append_printf (text, " · %s", when);
  if (!rounds_record_is_null (record, ROUNDS_INTERACTION_DURATION))
    {
      int minutes = (int) rounds_record_get_integer (record, ROUNDS_INTERACTION_DURATION);

      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%d minute", "%d minutes", minutes), minutes);
    }
  if (rounds_record_get_boolean (record, ROUNDS_INTERACTION_NO_SHOW))
    g_string_append_printf (text, " · %s", _ ("No-show"));
  else if (!rounds_record_is_null (record, ROUNDS_INTERACTION_OUTCOME))
    g_string_append_printf (text, " · %s", get_label (record, ROUNDS_INTERACTION_OUTCOME));
  return g_string_free_and_steal (text);
}

static void
show_preview (RoundsLineEntry *self)
{
  RoundsRecord *record = rounds_line_reading_get_interaction (self->reading);
  GPtrArray *follow_ups = rounds_line_reading_get_parts (self->reading)->promises;
  g_autofree char *first = describe_interaction (self);

  add_row (self, rounds_display_icon (rounds_record_get_text (record, ROUNDS_INTERACTION_INTERACTION_TYPE)), first,
           FALSE);
  if (rounds_record_is_null (record, ROUNDS_INTERACTION_HCP_NAME))
    add_row (self, "dialog-question-symbolic", _ ("Who did you meet? A name is enough."), TRUE);
  else if (rounds_record_is_null (record, ROUNDS_INTERACTION_PERSON)
           && !rounds_line_reading_is_in_doubt (self->reading))
    add_row (self, "dialog-information-symbolic", _ ("None of your contacts has this name: only the name is saved."),
             TRUE);
  if (rounds_record_get_integer (record, ROUNDS_INTERACTION_OCCURRED_AT) > rounds_time_now () + ROUNDS_HOUR)
    add_row (self, "dialog-warning-symbolic", _ ("This is in the future."), FALSE);
  if (!rounds_record_is_null (record, ROUNDS_INTERACTION_NOTES))
    add_row (self, "document-edit-symbolic", rounds_record_get_text (record, ROUNDS_INTERACTION_NOTES), FALSE);
  for (guint i = 0; i < follow_ups->len; i++)
    {
      g_autofree char *due =
        rounds_display_date (rounds_record_get_text (follow_ups->pdata[i], ROUNDS_FOLLOW_UP_DUE_ON));
      g_autofree char *text =
        g_strdup_printf ("%s · %s", rounds_record_get_text (follow_ups->pdata[i], ROUNDS_FOLLOW_UP_TEXT), due);

      add_row (self, "alarm-symbolic", text, FALSE);
    }
}

/* --- Whom a name means --- */

static void
add_candidate (RoundsLineEntry *self, const char *name, const char *detail, const RoundsUuid *id)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  if (detail != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_focusable (row, FALSE); /* by keyboard one chooses from the entry */
  g_object_set_data_full (G_OBJECT (row), "id", g_memdup2 (id, sizeof *id), g_free);
  gtk_list_box_append (self->candidates, row);
}

static void
select_choice (RoundsLineEntry *self, const char *name)
{
  const RoundsUuid *choice = g_hash_table_lookup (self->choices, name);
  GtkListBoxRow *row;

  gtk_list_box_unselect_all (self->candidates);
  for (int i = 0; choice != NULL && (row = gtk_list_box_get_row_at_index (self->candidates, i)) != NULL; i++)
    if (rounds_uuid_equal (g_object_get_data (G_OBJECT (row), "id"), choice))
      gtk_list_box_select_row (self->candidates, row);
}

static void
show_question (RoundsLineEntry *self, const char *name)
{
  GPtrArray *candidates = rounds_line_reading_get_candidates (self->reading);
  RoundsStore *store = rounds_app_context_get_store (self->context);
  g_autofree char *question = NULL;
  g_autofree char *nobody = NULL;
  const RoundsUuid nil = { { 0 } };

  /* Translators: %s is a name that several contacts have. */
  question = g_strdup_printf (_ ("Which “%s”? Choose with ↑ and ↓."), name);
  gtk_label_set_text (self->question, question);
  for (guint i = 0; i < candidates->len; i++)
    {
      RoundsRecord *person = ((RoundsPersonCandidate *) candidates->pdata[i])->person;
      g_autofree char *title = rounds_record_get_title (person);
      g_autofree char *detail = rounds_display_summary (store, person);

      add_candidate (self, title, detail, rounds_record_get_id (person));
    }
  /* Translators: %s is a name. */
  nobody = g_strdup_printf (_ ("None of these, just “%s”"), name);
  add_candidate (self, nobody, NULL, &nil);
  select_choice (self, name);
}

static void
show (RoundsLineEntry *self)
{
  RoundsStore *store = rounds_app_context_get_store (self->context);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr (GError) error = NULL;
  const char *name = NULL;

  g_clear_pointer (&self->reading, rounds_line_reading_free);
  gtk_list_box_remove_all (self->candidates);
  gtk_list_box_remove_all (self->preview);
  self->reading = rounds_line_reading_new (rounds_store_get_reader (store), self->phrases, text, self->choices,
                                           rounds_app_context_get_staff (self->context), &error);
  if (self->reading == NULL)
    add_row (self, "dialog-error-symbolic", error->message, FALSE);
  else
    name = rounds_line_reading_get_asked_name (self->reading);
  if (name != NULL)
    show_question (self, name);
  if (self->reading != NULL && !rounds_line_reading_is_blank (self->reading))
    show_preview (self);
  gtk_widget_set_visible (self->question_box, name != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->preview), gtk_list_box_get_row_at_index (self->preview, 0) != NULL);
}

static void
choose (RoundsLineEntry *self, GtkListBoxRow *row)
{
  const char *name = rounds_line_reading_get_asked_name (self->reading);

  g_hash_table_replace (self->choices, g_strdup (name),
                        g_memdup2 (g_object_get_data (G_OBJECT (row), "id"), sizeof (RoundsUuid)));
  show (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
move_choice (RoundsLineEntry *self, int step)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->candidates);
  int i = selected != NULL ? gtk_list_box_row_get_index (selected) + step : 0;
  GtkListBoxRow *row = i >= 0 ? gtk_list_box_get_row_at_index (self->candidates, i) : NULL;

  if (!gtk_widget_get_visible (self->question_box))
    return GDK_EVENT_PROPAGATE;
  if (row != NULL)
    choose (self, row);
  return GDK_EVENT_STOP;
}

static gboolean
key_pressed_cb (RoundsLineEntry *self, guint key, guint code, GdkModifierType state)
{
  if (state & (GDK_CONTROL_MASK | GDK_ALT_MASK))
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return move_choice (self, 1);
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return move_choice (self, -1);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
text_changed_cb (RoundsLineEntry *self)
{
  if (self->context == NULL)
    return;
  show (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
activate_cb (RoundsLineEntry *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static gboolean
rounds_line_entry_grab_focus (GtkWidget *widget)
{
  return gtk_entry_grab_focus_without_selecting (ROUNDS_LINE_ENTRY (widget)->entry);
}

static void
rounds_line_entry_dispose (GObject *object)
{
  RoundsLineEntry *self = ROUNDS_LINE_ENTRY (object);

  g_clear_object (&self->context);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_LINE_ENTRY);

  G_OBJECT_CLASS (rounds_line_entry_parent_class)->dispose (object);
}

static void
rounds_line_entry_finalize (GObject *object)
{
  RoundsLineEntry *self = ROUNDS_LINE_ENTRY (object);

  g_clear_pointer (&self->reading, rounds_line_reading_free);
  g_hash_table_unref (self->choices);
  rounds_phrases_free (self->phrases);

  G_OBJECT_CLASS (rounds_line_entry_parent_class)->finalize (object);
}

static void
rounds_line_entry_class_init (RoundsLineEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_line_entry_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_line_entry_finalize;
  widget_class->grab_focus = rounds_line_entry_grab_focus;
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_ACTIVATE] =
    g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/interactions/line-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsLineEntry, entry);
  gtk_widget_class_bind_template_child (widget_class, RoundsLineEntry, question_box);
  gtk_widget_class_bind_template_child (widget_class, RoundsLineEntry, question);
  gtk_widget_class_bind_template_child (widget_class, RoundsLineEntry, candidates);
  gtk_widget_class_bind_template_child (widget_class, RoundsLineEntry, preview);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose);
}

static void
rounds_line_entry_init (RoundsLineEntry *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->phrases = rounds_phrases_new_for_locale ();
  self->choices = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}

/** rounds_line_entry_set_up: gives an entry that a template has made its @context; once. */
void
rounds_line_entry_set_up (RoundsLineEntry *self, RoundsAppContext *context)
{
  g_return_if_fail (ROUNDS_IS_LINE_ENTRY (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  show (self);
}

/** rounds_line_entry_set_text: writes @text, as if it had been typed. */
void
rounds_line_entry_set_text (RoundsLineEntry *self, const char *text)
{
  g_return_if_fail (ROUNDS_IS_LINE_ENTRY (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

/** rounds_line_entry_get_text: Returns: (transfer none): what is written */
const char *
rounds_line_entry_get_text (RoundsLineEntry *self)
{
  g_return_val_if_fail (ROUNDS_IS_LINE_ENTRY (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/**
 * rounds_line_entry_save_async:
 * @self: an entry
 * @draft: (nullable): the draft that ends with it
 * @callback: called when it is saved; rounds_interaction_save_finish() tells
 * @data: for @callback
 *
 * Saves what is shown, as one group, and tells with a way back.
 *
 * Returns: %FALSE, and does nothing, while nobody is named, a name is in doubt or the store cannot be read, which is
 * shown
 */
gboolean
rounds_line_entry_save_async (RoundsLineEntry *self, const RoundsUuid *draft, GAsyncReadyCallback callback,
                              gpointer data)
{
  g_return_val_if_fail (ROUNDS_IS_LINE_ENTRY (self), FALSE);

  if (self->reading == NULL || rounds_line_reading_is_in_doubt (self->reading)
      || rounds_record_is_null (rounds_line_reading_get_interaction (self->reading), ROUNDS_INTERACTION_HCP_NAME))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return FALSE;
    }
  rounds_interaction_save_async (self->context, rounds_line_reading_get_interaction (self->reading), NULL,
                                 rounds_line_reading_get_parts (self->reading), draft, callback, data);
  return TRUE;
}
