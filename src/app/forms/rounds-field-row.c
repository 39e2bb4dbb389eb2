/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-date-row.h"
#include "rounds-error.h"
#include "rounds-field-labels.h"
#include "rounds-field-row.h"
#include "rounds-reference-row.h"
#include "rounds-text-row.h"

#define LINES_OF_TEXT 3
#define LINES_OF_STREET 2

/* An enum that may be empty has an entry for that before its values. */
static guint
count_empty_entries (const RoundsFieldInfo *field)
{
  return field->flags & ROUNDS_FIELD_REQUIRED ? 0 : 1;
}

static GtkWidget *
make_enum_row (const RoundsFieldInfo *field)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  if (count_empty_entries (field) > 0)
    /* Translators: the choice that leaves a field empty. */
    gtk_string_list_append (labels, C_ ("choice", "None"));
  for (guint i = 0; field->values[i] != NULL; i++)
    gtk_string_list_append (labels, rounds_field_get_value_label (field, field->values[i]));

  return g_object_new (ADW_TYPE_COMBO_ROW, "model", labels, NULL);
}

static GtkWidget *
make_entry_row (const RoundsFieldInfo *field)
{
  GtkInputPurpose purpose = GTK_INPUT_PURPOSE_FREE_FORM;

  if (field->type == ROUNDS_TYPE_INTEGER || field->type == ROUNDS_TYPE_REAL)
    purpose = GTK_INPUT_PURPOSE_NUMBER;
  else if (g_str_equal (field->name, "email"))
    purpose = GTK_INPUT_PURPOSE_EMAIL;
  else if (g_str_equal (field->name, "phone"))
    purpose = GTK_INPUT_PURPOSE_PHONE;

  return g_object_new (ADW_TYPE_ENTRY_ROW, "input-purpose", purpose, NULL);
}

/* Whether Return begins another line in it. */
static gboolean
has_lines (const RoundsFieldInfo *field)
{
  return field->type == ROUNDS_TYPE_LONG_TEXT || (field->flags & ROUNDS_FIELD_MULTILINE);
}

/* What is due or expires lies ahead; whatever else has a day has happened. */
static gboolean
lies_ahead (const RoundsFieldInfo *field)
{
  return g_str_equal (field->name, "due_on") || g_str_equal (field->name, "expires_at");
}

static GtkWidget *
make_date_row (const RoundsFieldInfo *field)
{
  GtkWidget *row = rounds_date_row_new (rounds_field_get_label (field), field->type == ROUNDS_TYPE_INSTANT);

  g_object_set (row, "ahead", lies_ahead (field), NULL);
  return row;
}

/**
 * rounds_field_row_new:
 * @context: the application
 * @field: a field of any type but UUID and JSON, which nobody types
 *
 * Returns: (transfer floating): an empty row with the field's label as its title
 */
GtkWidget *
rounds_field_row_new (RoundsAppContext *context, const RoundsFieldInfo *field)
{
  const char *title = rounds_field_get_label (field);
  GtkWidget *row;

  if (has_lines (field))
    return g_object_new (ROUNDS_TYPE_TEXT_ROW, "title", title, "min-lines",
                         field->type == ROUNDS_TYPE_LONG_TEXT ? LINES_OF_TEXT : LINES_OF_STREET, NULL);
  switch (field->type)
    {
    case ROUNDS_TYPE_DATE:
    case ROUNDS_TYPE_INSTANT:
      return make_date_row (field);
    case ROUNDS_TYPE_REFERENCE:
      return rounds_reference_row_new (context, field->target, title);
    case ROUNDS_TYPE_ENUM:
      row = make_enum_row (field);
      break;
    case ROUNDS_TYPE_BOOLEAN:
      row = adw_switch_row_new ();
      break;
    case ROUNDS_TYPE_TEXT:
    case ROUNDS_TYPE_INTEGER:
    case ROUNDS_TYPE_REAL:
    case ROUNDS_TYPE_LOCAL_TIME:
      row = make_entry_row (field);
      break;
    case ROUNDS_TYPE_LONG_TEXT:
    case ROUNDS_TYPE_UUID:
    case ROUNDS_TYPE_JSON:
    default:
      g_return_val_if_reached (NULL);
    }

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  return row;
}

static void
set_enum (AdwComboRow *row, const RoundsFieldInfo *field, const char *value)
{
  for (guint i = 0; value != NULL && field->values[i] != NULL; i++)
    if (g_str_equal (field->values[i], value))
      {
        adw_combo_row_set_selected (row, i + count_empty_entries (field));
        return;
      }
  adw_combo_row_set_selected (row, 0);
}

/**
 * rounds_field_row_set_value:
 * @row: a row that rounds_field_row_new() made for @field
 * @field: its field
 * @value: the value to show
 */
void
rounds_field_row_set_value (GtkWidget *row, const RoundsFieldInfo *field, const RoundsValue *value)
{
  const char *text = value->kind == ROUNDS_VALUE_TEXT ? value->as.text : NULL;
  g_autofree char *formatted = NULL;

  if (has_lines (field))
    {
      rounds_text_row_set_text (ROUNDS_TEXT_ROW (row), text);
      return;
    }
  switch (field->type)
    {
    case ROUNDS_TYPE_DATE:
      rounds_date_row_set_date (ROUNDS_DATE_ROW (row), text);
      break;
    case ROUNDS_TYPE_INSTANT:
      if (value->kind == ROUNDS_VALUE_INTEGER)
        rounds_date_row_set_instant (ROUNDS_DATE_ROW (row), value->as.integer);
      else
        gtk_editable_set_text (GTK_EDITABLE (row), "");
      break;
    case ROUNDS_TYPE_REFERENCE:
      rounds_reference_row_set_id (ROUNDS_REFERENCE_ROW (row),
                                   value->kind == ROUNDS_VALUE_UUID ? &value->as.uuid : NULL);
      break;
    case ROUNDS_TYPE_ENUM:
      set_enum (ADW_COMBO_ROW (row), field, text);
      break;
    case ROUNDS_TYPE_BOOLEAN:
      adw_switch_row_set_active (ADW_SWITCH_ROW (row), value->kind == ROUNDS_VALUE_INTEGER && value->as.integer != 0);
      break;
    default:
      formatted = rounds_field_format (field, value);
      gtk_editable_set_text (GTK_EDITABLE (row), formatted != NULL ? formatted : "");
    }
}

static gboolean
get_reference (RoundsReferenceRow *row, const RoundsFieldInfo *field, RoundsValue *value, GError **error)
{
  const RoundsUuid *id = rounds_reference_row_get_id (row);

  if (rounds_reference_row_is_unknown (row) && !rounds_reference_row_get_allow_unknown (row))
    {
      rounds_set_field_error (error, field->name, _ ("Choose from what is found, or leave this empty."));
      return FALSE;
    }
  if (id != NULL)
    rounds_value_set_uuid (value, id);
  return TRUE;
}

static gboolean
get_date (RoundsDateRow *row, const RoundsFieldInfo *field, RoundsValue *value, GError **error)
{
  g_autofree char *date = NULL;
  g_autofree char *problem = NULL;
  gint64 instant;

  if (rounds_date_row_is_empty (row))
    return TRUE;
  if (field->type == ROUNDS_TYPE_INSTANT && rounds_date_row_get_instant (row, &instant))
    {
      rounds_value_set_integer (value, instant);
      return TRUE;
    }
  date = field->type == ROUNDS_TYPE_DATE ? rounds_date_row_dup_date (row) : NULL;
  if (date != NULL)
    {
      rounds_value_set_text (value, date);
      return TRUE;
    }
  problem = rounds_date_row_explain (row);
  rounds_set_field_error (error, field->name, "%s", problem);
  return FALSE;
}

/* Entries that a dialog has appended to the field's own mean nothing here. */
static void
get_enum (AdwComboRow *row, const RoundsFieldInfo *field, RoundsValue *value)
{
  guint selected = adw_combo_row_get_selected (row);
  guint n_values = g_strv_length ((char **) field->values);

  if (selected >= count_empty_entries (field) && selected < n_values + count_empty_entries (field))
    rounds_value_set_text (value, field->values[selected - count_empty_entries (field)]);
}

/**
 * rounds_field_row_get_value:
 * @row: a row that rounds_field_row_new() made for @field
 * @field: its field
 * @value: (inout): an initialised value that takes what is in the row; null where that is empty
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID with the field's name
 *
 * Returns: %TRUE if what is in the row is a value that the field may have
 */
gboolean
rounds_field_row_get_value (GtkWidget *row, const RoundsFieldInfo *field, RoundsValue *value, GError **error)
{
  g_autofree char *text = NULL;

  rounds_value_clear (value);
  switch (field->type)
    {
    case ROUNDS_TYPE_REFERENCE:
      if (!get_reference (ROUNDS_REFERENCE_ROW (row), field, value, error))
        return FALSE;
      break;
    case ROUNDS_TYPE_DATE:
    case ROUNDS_TYPE_INSTANT:
      if (!get_date (ROUNDS_DATE_ROW (row), field, value, error))
        return FALSE;
      break;
    case ROUNDS_TYPE_ENUM:
      get_enum (ADW_COMBO_ROW (row), field, value);
      break;
    case ROUNDS_TYPE_BOOLEAN:
      rounds_value_set_integer (value, adw_switch_row_get_active (ADW_SWITCH_ROW (row)));
      break;
    default:
      if (has_lines (field))
        text = rounds_text_row_dup_text (ROUNDS_TEXT_ROW (row));
      else
        text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));
      if (!rounds_field_parse (field, text, value, error))
        return FALSE;
    }

  /* A name that may stay unknown is something, if only to whoever allowed it. */
  if (ROUNDS_IS_REFERENCE_ROW (row) && rounds_reference_row_is_unknown (ROUNDS_REFERENCE_ROW (row)))
    return TRUE;
  return rounds_field_validate (field, value, error);
}

/**
 * rounds_field_row_watch:
 * @row: a row that rounds_field_row_new() made
 * @changed: (scope notified): called with @data alone after each change of what is in the row
 * @data: passed to @changed; must outlive @row
 */
void
rounds_field_row_watch (GtkWidget *row, GCallback changed, gpointer data)
{
  if (ROUNDS_IS_TEXT_ROW (row))
    g_signal_connect_swapped (row, "notify::text", changed, data);
  else if (ADW_IS_COMBO_ROW (row))
    g_signal_connect_swapped (row, "notify::selected", changed, data);
  else if (ADW_IS_SWITCH_ROW (row))
    g_signal_connect_swapped (row, "notify::active", changed, data);
  else
    g_signal_connect_swapped (row, "changed", changed, data);
  if (ROUNDS_IS_REFERENCE_ROW (row))
    g_signal_connect_swapped (row, "picked", changed, data);
}
