/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-conflict-row.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-field-labels.h"
#include "rounds-error.h"
#include "rounds-json.h"
#include "rounds-text-difference.h"
#include "rounds-time.h"

struct _RoundsConflictRow
{
  GtkListBoxRow parent_instance;

  RoundsAppContext *context; /* (owned) */
  RoundsRecord *conflict;    /* (owned) */
  RoundsEntity entity;       /* of the record that the conflict is about */
  int field;                 /* -1: the whole record */

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkWidget *versions;
  GtkLabel *mine;
  GtkLabel *theirs;
  GtkLabel *original;
  GtkWidget *deletion;
};

G_DEFINE_FINAL_TYPE (RoundsConflictRow, rounds_conflict_row, GTK_TYPE_LIST_BOX_ROW)

static RoundsRecord *
get_record (RoundsConflictRow *self, GError **error)
{
  return rounds_store_get (rounds_app_context_get_store (self->context), self->entity,
                           rounds_record_get_uuid (self->conflict, ROUNDS_CONFLICT_RECORD), error);
}

/* side: the conflict's field that holds the value as JSON. */
static gboolean
read_value (RoundsConflictRow *self, guint side, RoundsValue *value, GError **error)
{
  const char *text = rounds_record_get_text (self->conflict, side);
  g_autoptr (yyjson_doc) doc = NULL;

  if (text == NULL)
    return TRUE;
  if (!rounds_json_read (text, -1, &doc, error))
    return FALSE;
  return rounds_value_from_json (value, rounds_entity_get_field (self->entity, (guint) self->field),
                                 yyjson_doc_get_root (doc), error);
}

static char *
describe_reference (RoundsConflictRow *self, const RoundsFieldInfo *info, const RoundsValue *value)
{
  RoundsStore *store = rounds_app_context_get_store (self->context);
  g_autoptr (RoundsRecord) record = rounds_store_get (store, info->target, &value->as.uuid, NULL);

  return record != NULL ? rounds_display_name (store, record) : g_strdup (_ ("A record that is not on this device"));
}

static char *
describe (RoundsConflictRow *self, guint side)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (self->entity, (guint) self->field);
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;

  if (!read_value (self, side, &value, NULL))
    return g_strdup (rounds_record_get_text (self->conflict, side));
  if (rounds_value_is_null (&value))
    /* Translators: a field's value: nothing. */
    return g_strdup (_ ("Empty"));
  switch (info->type)
    {
    case ROUNDS_TYPE_BOOLEAN:
      return g_strdup (value.as.integer ? _ ("Yes") : _ ("No"));
    case ROUNDS_TYPE_INSTANT:
      return rounds_display_full_time (value.as.integer);
    case ROUNDS_TYPE_ENUM:
      return g_strdup (rounds_field_get_value_label (info, value.as.text));
    case ROUNDS_TYPE_REFERENCE:
      return describe_reference (self, info, &value);
    case ROUNDS_TYPE_TEXT:
    case ROUNDS_TYPE_LONG_TEXT:
    case ROUNDS_TYPE_INTEGER:
    case ROUNDS_TYPE_REAL:
    case ROUNDS_TYPE_DATE:
    case ROUNDS_TYPE_LOCAL_TIME:
    case ROUNDS_TYPE_UUID:
    case ROUNDS_TYPE_JSON:
    default:
      return rounds_field_format (info, &value);
    }
}

static void
show_version (RoundsConflictRow *self, GtkLabel *label, guint side, const char *original)
{
  g_autofree char *text = describe (self, side);
  g_autoptr (PangoAttrList) marks = rounds_text_difference_mark (text, original);

  gtk_label_set_text (label, text);
  gtk_label_set_attributes (label, marks);
}

static void
fill (RoundsConflictRow *self)
{
  RoundsStore *store = rounds_app_context_get_store (self->context);
  g_autoptr (RoundsRecord) record = get_record (self, NULL);
  g_autofree char *name = record != NULL ? rounds_display_name (store, record) : NULL;
  const char *kind = rounds_entity_get_label (self->entity);
  g_autofree char *original = NULL;
  gboolean whole = self->field < 0 || self->field == ROUNDS_FIELD_DELETED_AT;

  gtk_label_set_text (self->title, name != NULL && *name != '\0' ? name : kind);
  gtk_widget_set_visible (self->versions, !whole);
  gtk_widget_set_visible (self->deletion, whole);
  if (whole)
    {
      gtk_label_set_text (self->subtitle,
                          _ ("Changed by one side and deleted by the other. It was kept, with the changes."));
      return;
    }

  gtk_label_set_text (self->subtitle,
                      rounds_field_get_label (rounds_entity_get_field (self->entity, (guint) self->field)));
  original = describe (self, ROUNDS_CONFLICT_ORIGINAL);
  gtk_label_set_text (self->original, original);
  show_version (self, self->mine, ROUNDS_CONFLICT_MINE, original);
  show_version (self, self->theirs, ROUNDS_CONFLICT_THEIRS, original);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsConflictRow) self = data;
  g_autoptr (GError) error = NULL;

  if (rounds_store_save_finish (ROUNDS_STORE (source), result, &error))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self), TRUE);
  if (self->context != NULL)
    rounds_app_context_report (self->context, error);
}

/* Saves the choice, if it changes the record, and the end of the conflict as one. */
static void
resolve (RoundsConflictRow *self, RoundsRecord *changed)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  RoundsRecord *conflict = rounds_record_dup (self->conflict);

  rounds_record_set_integer (conflict, ROUNDS_CONFLICT_RESOLVED_AT, rounds_time_now ());
  if (changed != NULL)
    g_ptr_array_add (records, g_object_ref (changed));
  g_ptr_array_add (records, conflict);
  gtk_widget_set_sensitive (GTK_WIDGET (self), FALSE);
  rounds_store_save_async (rounds_app_context_get_store (self->context), records, NULL, saved_cb, g_object_ref (self));
}

static void
choose (RoundsConflictRow *self, guint side)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecord) record = get_record (self, &error);
  g_autoptr (RoundsRecord) changed = NULL;
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;

  if (record == NULL || !read_value (self, side, &value, &error))
    {
      rounds_app_context_report (self->context, error);
      return;
    }
  changed = rounds_record_dup (record);
  rounds_record_set_value (changed, (guint) self->field, &value);
  resolve (self, changed);
}

static void
mine_clicked_cb (RoundsConflictRow *self)
{
  choose (self, ROUNDS_CONFLICT_MINE);
}

/* Not "leave it as it is": the record may have been changed once more since. */
static void
theirs_clicked_cb (RoundsConflictRow *self)
{
  choose (self, ROUNDS_CONFLICT_THEIRS);
}

static void
original_clicked_cb (RoundsConflictRow *self)
{
  choose (self, ROUNDS_CONFLICT_ORIGINAL);
}

static void
keep_clicked_cb (RoundsConflictRow *self)
{
  resolve (self, NULL);
}

static void
delete_clicked_cb (RoundsConflictRow *self)
{
  g_autoptr (RoundsRecord) record = get_record (self, NULL);

  if (record != NULL && !rounds_record_is_deleted (record))
    rounds_app_context_delete (self->context, record);
  resolve (self, NULL);
}

static void
rounds_conflict_row_dispose (GObject *object)
{
  RoundsConflictRow *self = ROUNDS_CONFLICT_ROW (object);

  g_clear_object (&self->context);
  g_clear_object (&self->conflict);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_CONFLICT_ROW);

  G_OBJECT_CLASS (rounds_conflict_row_parent_class)->dispose (object);
}

static void
rounds_conflict_row_class_init (RoundsConflictRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_conflict_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/sync/conflict-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictRow, title);
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictRow, versions);
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictRow, mine);
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictRow, theirs);
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictRow, original);
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictRow, deletion);
  gtk_widget_class_bind_template_callback (widget_class, mine_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, theirs_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, original_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, keep_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, delete_clicked_cb);
}

static void
rounds_conflict_row_init (RoundsConflictRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rounds_conflict_row_new (RoundsAppContext *context, RoundsRecord *conflict)
{
  RoundsConflictRow *self = g_object_new (ROUNDS_TYPE_CONFLICT_ROW, NULL);
  const char *field = rounds_record_get_text (conflict, ROUNDS_CONFLICT_FIELD);

  self->context = g_object_ref (context);
  self->conflict = g_object_ref (conflict);
  self->entity = rounds_entity_from_name (rounds_record_get_text (conflict, ROUNDS_CONFLICT_ENTITY));
  self->field = field != NULL ? rounds_entity_find_field (self->entity, field) : -1;
  fill (self);

  return GTK_WIDGET (self);
}
