/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-inline-field.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-detail-row.h"
#include "forms/rounds-display.h"
#include "forms/rounds-field-row.h"
#include "forms/rounds-named-reference.h"
#include "forms/rounds-reference-row.h"
#include "forms/rounds-row-message.h"

/* In drafts, what is typed, and what is chosen where there is something to choose from. */
#define TEXT "text"
#define CHOSEN "id"

struct _RoundsInlineField
{
  GObject parent_instance;

  RoundsAppContext *context; /* (owned) */
  guint field;
  const RoundsFieldInfo *info;
  gboolean is_choice; /* the row itself is what one chooses with */

  GtkListBox *list;          /* (not owned): where the rows are */
  GtkWidget *shown;          /* (not owned) */
  GtkWidget *editor;         /* (not owned) (nullable) while it is not edited */
  RoundsRowMessage *message; /* (not owned): below both */

  RoundsValue stored; /* what is shown */
  RoundsValue begun;  /* what was shown when editing began */
  gboolean is_editable;
  gboolean showing;   /* it is the program that changes the row */
  gboolean is_saving; /* what is typed */
  guint left;         /* 0: the focus has not left the row just now */
};

G_DEFINE_FINAL_TYPE (RoundsInlineField, rounds_inline_field, G_TYPE_OBJECT)

enum
{
  SIGNAL_APPLY,
  SIGNAL_TYPED,
  SIGNAL_TOGGLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
has_focus (GtkWidget *widget)
{
  return (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* What is empty has no row, unless it is just being chosen; a switch always says something. */
static void
show_row (RoundsInlineField *self)
{
  gboolean is_empty = rounds_value_is_null (&self->stored) && self->info->type != ROUNDS_TYPE_BOOLEAN;

  gtk_widget_set_visible (self->shown, self->editor == NULL && !is_empty);
}

static void
apply_cb (RoundsInlineField *self)
{
  if (!self->showing && !self->is_saving)
    g_signal_emit (self, signals[SIGNAL_APPLY], 0);
}

static void
typed_cb (RoundsInlineField *self)
{
  if (self->showing || self->editor == NULL)
    return;
  rounds_row_message_show_error (self->message, self->editor, NULL);
  g_signal_emit (self, signals[SIGNAL_TYPED], 0);
}

/* --- Leaving --- */

static void
tell_what_is_wrong (RoundsInlineField *self)
{
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  if (!self->is_saving && !rounds_inline_field_read (self, &value, &error))
    rounds_row_message_show_error (self->message, self->editor, error->message);
}

/* Whoever has only looked leaves a row as it was. What is typed stays, as nobody has said that it shall go. */
static gboolean
left_cb (gpointer data)
{
  RoundsInlineField *self = data;
  GtkWidget *row = rounds_inline_field_get_entered (self);

  self->left = 0;
  if (row == NULL || has_focus (row))
    return G_SOURCE_REMOVE;
  if (self->is_choice)
    {
      show_row (self);
      g_signal_emit (self, signals[SIGNAL_TOGGLED], 0);
    }
  else if (!rounds_inline_field_is_changed (self))
    rounds_inline_field_close (self);
  else
    tell_what_is_wrong (self);
  return G_SOURCE_REMOVE;
}

/* A moment later, when the focus is where it goes. Another window in front is no reason to leave. */
static void
focus_left_cb (RoundsInlineField *self)
{
  GtkRoot *root = gtk_widget_get_root (self->shown);

  if (self->left == 0 && GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root)))
    self->left = g_idle_add (left_cb, self);
}

static void
watch_focus (RoundsInlineField *self, GtkWidget *row)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (focus_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (row, focus);
}

/* --- The entry --- */

static gboolean
escape_cb (GtkWidget *row, GVariant *arguments, gpointer self)
{
  rounds_inline_field_close (self);
  return TRUE;
}

static void
add_button (RoundsInlineField *self, const char *icon, const char *label, void (*clicked) (RoundsInlineField *))
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked), self, G_CONNECT_SWAPPED);
  if (ROUNDS_IS_REFERENCE_ROW (self->editor))
    rounds_reference_row_add_suffix (ROUNDS_REFERENCE_ROW (self->editor), button);
  else
    adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->editor), button);
}

static void
add_keys (RoundsInlineField *self)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (shortcuts),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Escape"), gtk_callback_action_new (escape_cb, self, NULL)));
  gtk_widget_add_controller (self->editor, shortcuts);
}

/* The row becomes an entry that says what is stored. */
static void
open_editor (RoundsInlineField *self)
{
  self->editor = rounds_field_row_new (self->context, self->info);
  if (ROUNDS_IS_REFERENCE_ROW (self->editor))
    rounds_reference_row_set_creates (ROUNDS_REFERENCE_ROW (self->editor),
                                      rounds_entity_get_name_field (self->info->target) >= 0);
  rounds_value_copy (&self->stored, &self->begun);
  rounds_field_row_set_value (self->editor, self->info, &self->stored);
  rounds_field_row_watch (self->editor, G_CALLBACK (typed_cb), self);
  /* Of a reference, choosing is activating. */
  g_signal_connect_object (self->editor, "entry-activated", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  add_button (self, "window-close-symbolic", _ ("Cancel (Escape)"), rounds_inline_field_close);
  add_button (self, "object-select-symbolic", _ ("Save (Enter)"), apply_cb);
  add_keys (self);
  watch_focus (self, self->editor);
  gtk_list_box_insert (self->list, self->editor, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (self->shown)) + 1);
}

/* --- Life --- */

static void
rounds_inline_field_dispose (GObject *object)
{
  RoundsInlineField *self = ROUNDS_INLINE_FIELD (object);

  g_clear_handle_id (&self->left, g_source_remove);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_inline_field_parent_class)->dispose (object);
}

static void
rounds_inline_field_finalize (GObject *object)
{
  RoundsInlineField *self = ROUNDS_INLINE_FIELD (object);

  rounds_value_clear (&self->stored);
  rounds_value_clear (&self->begun);

  G_OBJECT_CLASS (rounds_inline_field_parent_class)->finalize (object);
}

static void
rounds_inline_field_class_init (RoundsInlineFieldClass *klass)
{
  static const char *const names[N_SIGNALS] = { "apply", "typed", "toggled" };

  G_OBJECT_CLASS (klass)->dispose = rounds_inline_field_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_inline_field_finalize;

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] =
      g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rounds_inline_field_init (RoundsInlineField *self)
{
}

static void
make_choice (RoundsInlineField *self)
{
  self->shown = rounds_field_row_new (self->context, self->info);
  rounds_detail_row_add_keys (self->shown);
  rounds_field_row_watch (self->shown, G_CALLBACK (apply_cb), self);
  watch_focus (self, self->shown);
}

static void
make_shown (RoundsInlineField *self)
{
  self->shown = rounds_detail_row_new (rounds_field_get_label (self->info), NULL, "row.edit", NULL);
  gtk_widget_add_css_class (self->shown, "property");
  g_signal_connect_object (self->shown, "edit", G_CALLBACK (rounds_inline_field_edit), self, G_CONNECT_SWAPPED);
}

/**
 * rounds_inline_field_new:
 * @context: the application
 * @group: the group to which its rows are added; must outlive the field, as whoever has both sees to
 * @entity: an entity
 * @field: a field of it, of any type but long text, UUID and JSON
 *
 * Returns: (transfer full): a field that shows nothing yet
 */
RoundsInlineField *
rounds_inline_field_new (RoundsAppContext *context, AdwPreferencesGroup *group, RoundsEntity entity, guint field)
{
  RoundsInlineField *self = g_object_new (ROUNDS_TYPE_INLINE_FIELD, NULL);

  self->context = g_object_ref (context);
  self->field = field;
  self->info = rounds_entity_get_field (entity, field);
  self->is_choice = self->info->type == ROUNDS_TYPE_ENUM || self->info->type == ROUNDS_TYPE_BOOLEAN;
  if (self->is_choice)
    make_choice (self);
  else
    make_shown (self);
  self->message = ROUNDS_ROW_MESSAGE (rounds_row_message_new ());
  gtk_widget_set_visible (self->shown, FALSE);
  adw_preferences_group_add (group, self->shown);
  adw_preferences_group_add (group, GTK_WIDGET (self->message));
  self->list = GTK_LIST_BOX (gtk_widget_get_parent (self->shown));
  return self;
}

/** rounds_inline_field_get_field: Returns: which field of its entity it is */
guint
rounds_inline_field_get_field (RoundsInlineField *self)
{
  return self->field;
}

/** rounds_inline_field_get_row: Returns: (transfer none): the row that shows it while it is not edited */
GtkWidget *
rounds_inline_field_get_row (RoundsInlineField *self)
{
  return self->shown;
}

/** rounds_inline_field_get_entered: Returns: (transfer none) (nullable): the row in which it is being entered */
GtkWidget *
rounds_inline_field_get_entered (RoundsInlineField *self)
{
  return self->is_choice ? self->shown : self->editor;
}

/** rounds_inline_field_is_visible: Returns: whether it has a row now */
gboolean
rounds_inline_field_is_visible (RoundsInlineField *self)
{
  return self->editor != NULL || gtk_widget_get_visible (self->shown);
}

/** rounds_inline_field_is_offered: Returns: whether it is empty and could be filled */
gboolean
rounds_inline_field_is_offered (RoundsInlineField *self)
{
  return self->is_editable && !rounds_inline_field_is_visible (self);
}

/**
 * rounds_inline_field_show:
 * @self: a field
 * @value: what is stored now
 * @editable: whether it may be edited
 *
 * What somebody is typing stays as it is.
 */
void
rounds_inline_field_show (RoundsInlineField *self, const RoundsValue *value, gboolean editable)
{
  RoundsStore *store = rounds_app_context_get_store (self->context);
  gboolean is_choosing = self->is_choice && has_focus (self->shown) && gtk_widget_get_visible (self->shown);
  g_autofree char *text = NULL;

  rounds_value_copy (value, &self->stored);
  self->is_editable = editable;
  self->showing = TRUE;
  if (self->is_choice)
    {
      rounds_field_row_set_value (self->shown, self->info, value);
      gtk_widget_set_sensitive (self->shown, editable);
    }
  else
    {
      text = rounds_display_value (store, self->info, value);
      rounds_detail_row_set_value (ROUNDS_DETAIL_ROW (self->shown), text);
      rounds_detail_row_set_editable (ROUNDS_DETAIL_ROW (self->shown), editable);
    }
  self->showing = FALSE;
  if (!is_choosing)
    show_row (self);
}

/**
 * rounds_inline_field_edit:
 * @self: a field
 *
 * The row becomes an entry, or opens what there is to choose from, and has the focus. Nothing happens where it may not
 * be edited.
 */
void
rounds_inline_field_edit (RoundsInlineField *self)
{
  gboolean begins = self->is_choice ? !gtk_widget_get_visible (self->shown) : self->editor == NULL;

  if (!self->is_editable)
    return;
  if (self->is_choice)
    {
      gtk_widget_set_visible (self->shown, TRUE);
      gtk_widget_grab_focus (self->shown);
      if (self->info->type == ROUNDS_TYPE_ENUM)
        gtk_widget_activate (self->shown);
    }
  else
    {
      if (self->editor == NULL)
        open_editor (self);
      gtk_widget_grab_focus (self->editor);
      show_row (self);
    }
  if (begins)
    g_signal_emit (self, signals[SIGNAL_TOGGLED], 0);
}

/**
 * rounds_inline_field_close:
 * @self: a field
 *
 * Forgets what is typed and shows what is stored. The focus, if it was there, goes on to the row that shows it.
 */
void
rounds_inline_field_close (RoundsInlineField *self)
{
  GtkWidget *editor = self->editor;
  gboolean had_focus;

  if (editor == NULL)
    return;
  g_clear_handle_id (&self->left, g_source_remove);
  had_focus = has_focus (editor);
  rounds_row_message_show_error (self->message, editor, NULL);
  self->editor = NULL;
  self->is_saving = FALSE;
  show_row (self);
  if (had_focus && gtk_widget_get_visible (self->shown))
    gtk_widget_grab_focus (self->shown);
  gtk_list_box_remove (self->list, editor);
  g_signal_emit (self, signals[SIGNAL_TOGGLED], 0);
}

static gboolean
is_new_name (RoundsInlineField *self)
{
  return ROUNDS_IS_REFERENCE_ROW (self->editor)
         && rounds_reference_row_is_unknown (ROUNDS_REFERENCE_ROW (self->editor));
}

static gboolean
says (RoundsInlineField *self, const RoundsValue *value)
{
  g_auto (RoundsValue) entered = ROUNDS_VALUE_INIT;

  return !is_new_name (self)
         && rounds_field_row_get_value (rounds_inline_field_get_entered (self), self->info, &entered, NULL)
         && rounds_value_equal (&entered, value);
}

/** rounds_inline_field_is_changed: Returns: whether something else is typed than was shown when that began */
gboolean
rounds_inline_field_is_changed (RoundsInlineField *self)
{
  return self->editor != NULL && !says (self, &self->begun);
}

/** rounds_inline_field_get_begun: Returns: (transfer none): what was shown when editing began */
const RoundsValue *
rounds_inline_field_get_begun (RoundsInlineField *self)
{
  return self->editor != NULL ? &self->begun : &self->stored;
}

/**
 * rounds_inline_field_read:
 * @self: a field that is edited or chosen
 * @value: (inout): takes what is entered
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID with the field's name
 *
 * Returns: %TRUE if what is entered is a value that the field may have
 */
gboolean
rounds_inline_field_read (RoundsInlineField *self, RoundsValue *value, GError **error)
{
  return rounds_field_row_get_value (rounds_inline_field_get_entered (self), self->info, value, error);
}

/**
 * rounds_inline_field_begin_save:
 * @self: a field
 * @value: what was read from it and is on its way to the disk
 *
 * A second Enter means nothing until it is there. Who chooses again goes on from what was chosen.
 */
void
rounds_inline_field_begin_save (RoundsInlineField *self, const RoundsValue *value)
{
  if (self->is_choice)
    rounds_value_copy (value, &self->stored);
  else
    self->is_saving = TRUE;
}

/**
 * rounds_inline_field_accept:
 * @self: a field
 * @saved: what was read from it and is saved now
 *
 * Ends the editing, unless somebody has typed on.
 */
void
rounds_inline_field_accept (RoundsInlineField *self, const RoundsValue *saved)
{
  self->is_saving = FALSE;
  if (self->editor == NULL)
    return;
  if (is_new_name (self) || says (self, saved))
    rounds_inline_field_close (self);
  else
    rounds_value_copy (saved, &self->begun);
}

/** rounds_inline_field_refuse: tells @error below the row; a choice goes back to what is stored. */
void
rounds_inline_field_refuse (RoundsInlineField *self, const GError *error)
{
  GtkWidget *row = rounds_inline_field_get_entered (self);

  self->is_saving = FALSE;
  if (row == NULL)
    return;
  if (self->is_choice)
    {
      self->showing = TRUE;
      rounds_field_row_set_value (row, self->info, &self->stored);
      self->showing = FALSE;
    }
  rounds_row_message_show_error (self->message, row, error->message);
  if (!has_focus (row)) /* which would select what is written */
    gtk_widget_grab_focus (row);
}

/**
 * rounds_inline_field_describe:
 * @self: a field that is changed
 * @doc: a draft
 *
 * Returns: (transfer none): what is typed, finished or not
 */
yyjson_mut_val *
rounds_inline_field_describe (RoundsInlineField *self, yyjson_mut_doc *doc)
{
  yyjson_mut_val *described = yyjson_mut_obj (doc);

  if (ROUNDS_IS_REFERENCE_ROW (self->editor)
      && rounds_reference_row_get_id (ROUNDS_REFERENCE_ROW (self->editor)) != NULL)
    {
      char id[ROUNDS_UUID_STRING_LENGTH + 1];

      rounds_uuid_format (rounds_reference_row_get_id (ROUNDS_REFERENCE_ROW (self->editor)), id);
      yyjson_mut_obj_add_strcpy (doc, described, CHOSEN, id);
    }
  else
    yyjson_mut_obj_add_strcpy (doc, described, TEXT, gtk_editable_get_text (GTK_EDITABLE (self->editor)));
  return described;
}

static void
enter (RoundsInlineField *self, yyjson_val *json)
{
  const char *text = yyjson_get_str (yyjson_obj_get (json, TEXT));
  RoundsUuid id;

  if (!ROUNDS_IS_REFERENCE_ROW (self->editor))
    gtk_editable_set_text (GTK_EDITABLE (self->editor), text != NULL ? text : "");
  else if (rounds_uuid_parse (yyjson_get_str (yyjson_obj_get (json, CHOSEN)), &id))
    rounds_reference_row_set_id (ROUNDS_REFERENCE_ROW (self->editor), &id);
  else
    rounds_reference_row_set_name (ROUNDS_REFERENCE_ROW (self->editor), text != NULL ? text : "");
}

/**
 * rounds_inline_field_restore:
 * @self: a field that shows what is stored
 * @json: what rounds_inline_field_describe() made
 * @begun: what was shown when that was typed
 *
 * Goes on with what was left unfinished, without taking the focus.
 */
void
rounds_inline_field_restore (RoundsInlineField *self, yyjson_val *json, const RoundsValue *begun)
{
  if (!self->is_editable || self->is_choice || self->editor != NULL)
    return;
  open_editor (self);
  self->showing = TRUE;
  enter (self, json);
  self->showing = FALSE;
  if (says (self, &self->stored)) /* it was saved after all */
    {
      rounds_inline_field_close (self);
      return;
    }
  rounds_value_copy (begun, &self->begun);
  rounds_row_message_show_note (self->message, _ ("Typed earlier, not saved yet"));
  show_row (self);
  g_signal_emit (self, signals[SIGNAL_TOGGLED], 0);
}
