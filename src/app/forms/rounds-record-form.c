/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-error.h"
#include "rounds-field-row.h"
#include "rounds-record-form.h"
#include "rounds-reference-row.h"
#include "rounds-row-message.h"
#include "rounds-text-row.h"

/* One field's row and, below it, the row that tells what is wrong with it. */
typedef struct
{
  guint field;
  const RoundsFieldInfo *info;
  GtkWidget *row;            /* (not owned) */
  RoundsRowMessage *message; /* (not owned) */
} FormField;

struct _RoundsRecordForm
{
  AdwPreferencesGroup parent_instance;

  RoundsAppContext *context; /* (owned) (nullable) until set up */
  RoundsEntity entity;
  GPtrArray *fields; /* (owned) of FormField, in the order of the rows */
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (RoundsRecordForm, rounds_record_form, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_message (FormField *field, const char *text)
{
  rounds_row_message_show_error (field->message, field->row, text);
}

static FormField *
find_field (RoundsRecordForm *self, guint field)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      FormField *found = g_ptr_array_index (self->fields, i);

      if (found->field == field)
        return found;
    }
  return NULL;
}

static void
row_changed_cb (FormField *field)
{
  RoundsRecordForm *self = ROUNDS_RECORD_FORM (gtk_widget_get_ancestor (field->row, ROUNDS_TYPE_RECORD_FORM));

  if (self == NULL || self->showing)
    return;
  show_message (field, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* What is written and wrong is told when one goes on, not only at saving; what is still empty is not. What is chosen
 * from a list tells it itself. */
static void
row_left_cb (FormField *field)
{
  RoundsRecordForm *self = ROUNDS_RECORD_FORM (gtk_widget_get_ancestor (field->row, ROUNDS_TYPE_RECORD_FORM));
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  if (self == NULL || self->showing || *gtk_editable_get_text (GTK_EDITABLE (field->row)) == '\0')
    return;
  if (!rounds_field_row_get_value (field->row, field->info, &value, &error))
    show_message (field, error->message);
}

static void
watch_leaving (FormField *field)
{
  GtkEventController *focus;

  if (!ADW_IS_ENTRY_ROW (field->row) || ROUNDS_IS_REFERENCE_ROW (field->row))
    return;
  focus = gtk_event_controller_focus_new ();
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (row_left_cb), field);
  g_signal_connect_swapped (field->row, "entry-activated", G_CALLBACK (row_left_cb), field);
  gtk_widget_add_controller (field->row, focus);
}

static void
rounds_record_form_dispose (GObject *object)
{
  RoundsRecordForm *self = ROUNDS_RECORD_FORM (object);

  self->showing = TRUE; /* rows that go may still say that they changed */
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_record_form_parent_class)->dispose (object);
}

static void
rounds_record_form_finalize (GObject *object)
{
  RoundsRecordForm *self = ROUNDS_RECORD_FORM (object);

  g_clear_pointer (&self->fields, g_ptr_array_unref);

  G_OBJECT_CLASS (rounds_record_form_parent_class)->finalize (object);
}

static void
rounds_record_form_class_init (RoundsRecordFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_record_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_record_form_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rounds_record_form_init (RoundsRecordForm *self)
{
  self->entity = ROUNDS_ENTITY_NONE;
  self->fields = g_ptr_array_new_with_free_func (g_free);
}

/**
 * rounds_record_form_new:
 * @context: the application
 * @entity: the entity of the records to show
 *
 * Returns: (transfer floating): a form without rows
 */
GtkWidget *
rounds_record_form_new (RoundsAppContext *context, RoundsEntity entity)
{
  RoundsRecordForm *self = g_object_new (ROUNDS_TYPE_RECORD_FORM, NULL);

  rounds_record_form_set_up (self, context, entity);
  return GTK_WIDGET (self);
}

/**
 * rounds_record_form_set_up:
 * @self: a form that a template has made
 * @context: the application
 * @entity: the entity of the records to show
 *
 * Must be called once before anything else.
 */
void
rounds_record_form_set_up (RoundsRecordForm *self, RoundsAppContext *context, RoundsEntity entity)
{
  g_return_if_fail (ROUNDS_IS_RECORD_FORM (self));
  g_return_if_fail (self->context == NULL);

  self->context = g_object_ref (context);
  self->entity = entity;
}

/**
 * rounds_record_form_add_field:
 * @self: a form
 * @field: a field of its entity
 *
 * Adds the field's row at the end.
 *
 * Returns: (transfer none): the row, of the class that rounds_field_row_new() tells, to be adapted where needed
 */
GtkWidget *
rounds_record_form_add_field (RoundsRecordForm *self, guint field)
{
  FormField *added = g_new0 (FormField, 1);

  added->field = field;
  added->info = rounds_entity_get_field (self->entity, field);
  added->row = rounds_field_row_new (self->context, added->info);
  added->message = ROUNDS_ROW_MESSAGE (rounds_row_message_new ());
  g_ptr_array_add (self->fields, added);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), added->row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (added->message));
  rounds_field_row_watch (added->row, G_CALLBACK (row_changed_cb), added);
  watch_leaving (added);

  return added->row;
}

/**
 * rounds_record_form_add_fields:
 * @self: a form
 * @n_fields: how many
 * @fields: (array length=n_fields): fields of its entity, in the order of their rows
 */
void
rounds_record_form_add_fields (RoundsRecordForm *self, guint n_fields, const guint *fields)
{
  for (guint i = 0; i < n_fields; i++)
    rounds_record_form_add_field (self, fields[i]);
}

/**
 * rounds_record_form_get_row:
 * @self: a form
 * @field: a field
 *
 * Returns: (transfer none) (nullable): its row; %NULL if the form has none
 */
GtkWidget *
rounds_record_form_get_row (RoundsRecordForm *self, guint field)
{
  FormField *found = find_field (self, field);

  return found != NULL ? found->row : NULL;
}

/**
 * rounds_record_form_add_note:
 * @self: a form
 * @field: a field that has a row
 * @note: a row that tells something about it
 *
 * Puts @note below the field's row, and below what is wrong with it.
 */
void
rounds_record_form_add_note (RoundsRecordForm *self, guint field, GtkWidget *note)
{
  FormField *found = find_field (self, field);
  GtkWidget *list;

  g_return_if_fail (found != NULL);

  list = gtk_widget_get_parent (GTK_WIDGET (found->message));
  gtk_list_box_insert (GTK_LIST_BOX (list), note, gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (found->message)) + 1);
}

/**
 * rounds_record_form_set_record:
 * @self: a form
 * @record: (transfer none): a record of its entity, which is only read
 *
 * Shows the record's values. Does not emit "changed".
 */
void
rounds_record_form_set_record (RoundsRecordForm *self, RoundsRecord *record)
{
  g_return_if_fail (ROUNDS_IS_RECORD_FORM (self));
  g_return_if_fail (rounds_record_get_entity (record) == self->entity);

  self->showing = TRUE;
  for (guint i = 0; i < self->fields->len; i++)
    {
      FormField *field = g_ptr_array_index (self->fields, i);

      rounds_field_row_set_value (field->row, field->info, rounds_record_get_value (record, field->field));
      show_message (field, NULL);
    }
  self->showing = FALSE;
}

/**
 * rounds_record_form_restore:
 * @self: a form
 * @record: (transfer none): a record of its entity as it is stored, or a new one
 * @json: (nullable): what a draft says of it
 *
 * Shows what the draft says on top of the record. Does not emit "changed".
 */
void
rounds_record_form_restore (RoundsRecordForm *self, RoundsRecord *record, yyjson_val *json)
{
  g_autoptr (RoundsRecord) restored = rounds_record_dup (record);

  if (rounds_record_set_from_json (restored, json, TRUE, NULL))
    rounds_record_form_set_record (self, restored);
}

/**
 * rounds_record_form_apply:
 * @self: a form
 * @record: (transfer none): a record of its entity
 *
 * Writes every field that is valid into @record. What is wrong is told below the fields, and the first of them has the
 * focus then.
 *
 * Returns: %TRUE if all fields are valid
 */
gboolean
rounds_record_form_apply (RoundsRecordForm *self, RoundsRecord *record)
{
  FormField *first = NULL;

  g_return_val_if_fail (ROUNDS_IS_RECORD_FORM (self), FALSE);

  for (guint i = 0; i < self->fields->len; i++)
    {
      FormField *field = g_ptr_array_index (self->fields, i);
      g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;
      g_autoptr (GError) error = NULL;

      if (rounds_field_row_get_value (field->row, field->info, &value, &error))
        {
          show_message (field, NULL);
          rounds_record_take_value (record, field->field, &value);
        }
      else
        {
          show_message (field, error->message);
          if (first == NULL)
            first = field;
        }
    }

  if (first != NULL)
    gtk_widget_grab_focus (first->row);
  return first == NULL;
}

/**
 * rounds_record_form_peek:
 * @self: a form
 * @record: (transfer none): a record of its entity
 *
 * Writes every field that is valid into @record and says nothing about the others: for what is not finished yet.
 */
void
rounds_record_form_peek (RoundsRecordForm *self, RoundsRecord *record)
{
  g_return_if_fail (ROUNDS_IS_RECORD_FORM (self));

  for (guint i = 0; i < self->fields->len; i++)
    {
      FormField *field = g_ptr_array_index (self->fields, i);
      g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;

      if (rounds_field_row_get_value (field->row, field->info, &value, NULL))
        rounds_record_take_value (record, field->field, &value);
    }
}

/**
 * rounds_record_form_show_error:
 * @self: a form
 * @error: why a record could not be saved
 *
 * Tells the error below the field that it names, which gets the focus.
 *
 * Returns: %FALSE if it names none of this form's fields, so that it must be told elsewhere
 */
gboolean
rounds_record_form_show_error (RoundsRecordForm *self, const GError *error)
{
  const char *name;

  g_return_val_if_fail (ROUNDS_IS_RECORD_FORM (self), FALSE);

  name = rounds_error_get_field (error);
  for (guint i = 0; name != NULL && i < self->fields->len; i++)
    {
      FormField *field = g_ptr_array_index (self->fields, i);

      if (g_str_equal (field->info->name, name))
        {
          show_message (field, error->message);
          gtk_widget_grab_focus (field->row);
          return TRUE;
        }
    }
  return FALSE;
}

/**
 * rounds_record_form_is_blank:
 * @self: a form
 *
 * Returns: whether nothing was entered into its entries; choices and switches do not count
 */
gboolean
rounds_record_form_is_blank (RoundsRecordForm *self)
{
  g_return_val_if_fail (ROUNDS_IS_RECORD_FORM (self), TRUE);

  for (guint i = 0; i < self->fields->len; i++)
    {
      FormField *field = g_ptr_array_index (self->fields, i);
      g_autofree char *text = NULL;

      if (ROUNDS_IS_TEXT_ROW (field->row))
        text = rounds_text_row_dup_text (ROUNDS_TEXT_ROW (field->row));
      else if (GTK_IS_EDITABLE (field->row))
        text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (field->row)));
      if (text != NULL && *text != '\0')
        return FALSE;
    }
  return TRUE;
}
