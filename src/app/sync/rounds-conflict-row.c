/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-conflict-row.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-field-labels.h"
#include "forms/rounds-form-save.h"
#include "rounds-conflict-version.h"
#include "rounds-json.h"
#include "rounds-text-merge.h"
#include "rounds-time.h"

struct _RoundsConflictRow
{
  GtkListBoxRow parent_instance;

  RoundsAppContext *context; /* (owned) */
  RoundsRecord *conflict;    /* (owned) */
  RoundsEntity entity;       /* of the record that the conflict is about */
  int field;                 /* -1: the whole record */
  gboolean is_saving;

  /* Template widgets */
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkWidget *versions;
  RoundsConflictVersion *mine;
  RoundsConflictVersion *theirs;
  RoundsConflictVersion *original;
  RoundsConflictVersion *both;
  GtkWidget *deletion;
  GtkWidget *dismiss;
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

/* Whether the record has this side's value. */
static gboolean
is_in_use (RoundsConflictRow *self, RoundsRecord *record, guint side)
{
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;

  return record != NULL && read_value (self, side, &value, NULL)
         && rounds_value_equal (&value, rounds_record_get_value (record, (guint) self->field));
}

static void
show_version (RoundsConflictRow *self, RoundsConflictVersion *version, RoundsRecord *record, guint side,
              const char *original)
{
  g_autofree char *text = describe (self, side);

  rounds_conflict_version_show (version, original, text);
  rounds_conflict_version_set_in_use (version, is_in_use (self, record, side));
}

static const char *
get_value_text (const RoundsValue *value)
{
  return value->kind == ROUNDS_VALUE_TEXT ? value->as.text : "";
}

/* What the server made of both, or what it would make of them. */
static char *
put_together (RoundsConflictRow *self)
{
  g_auto (RoundsValue) original = ROUNDS_VALUE_INIT;
  g_auto (RoundsValue) mine = ROUNDS_VALUE_INIT;
  g_auto (RoundsValue) theirs = ROUNDS_VALUE_INIT;

  if (!read_value (self, ROUNDS_CONFLICT_ORIGINAL, &original, NULL)
      || !read_value (self, ROUNDS_CONFLICT_MINE, &mine, NULL)
      || !read_value (self, ROUNDS_CONFLICT_THEIRS, &theirs, NULL))
    return g_strdup ("");
  return rounds_text_merge (get_value_text (&original), get_value_text (&mine), get_value_text (&theirs), NULL);
}

/* A text of some length is not always the one or the other: here both can be brought together by hand. */
static void
show_both (RoundsConflictRow *self, RoundsRecord *record)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (self->entity, (guint) self->field);
  gboolean has_both = info->merge == ROUNDS_MERGE_WORDS;
  gboolean is_other = record != NULL && !is_in_use (self, record, ROUNDS_CONFLICT_MINE)
                      && !is_in_use (self, record, ROUNDS_CONFLICT_THEIRS)
                      && !is_in_use (self, record, ROUNDS_CONFLICT_ORIGINAL);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->both), has_both);
  if (!has_both)
    return;
  text =
    is_other ? g_strdup (get_value_text (rounds_record_get_value (record, (guint) self->field))) : put_together (self);
  rounds_conflict_version_show (self->both, "", text);
  rounds_conflict_version_set_in_use (self->both, is_other);
}

/* "Interaction · Yesterday · Notes": somebody may have been met often. */
static char *
describe_place (RoundsConflictRow *self, RoundsRecord *record)
{
  const char *kind = rounds_entity_get_label (self->entity);
  const char *field = rounds_field_get_label (rounds_entity_get_field (self->entity, (guint) self->field));
  g_autofree char *day = NULL;

  if (self->entity == ROUNDS_ENTITY_INTERACTION)
    day = rounds_display_day (rounds_record_get_integer (record, ROUNDS_INTERACTION_OCCURRED_AT));
  else if (self->entity == ROUNDS_ENTITY_APPOINTMENT)
    day = rounds_display_day (rounds_record_get_integer (record, ROUNDS_APPOINTMENT_START_AT));
  if (day != NULL)
    return g_strjoin (" · ", kind, day, field, NULL);
  return g_strjoin (" · ", kind, field, NULL);
}

static void
show_versions (RoundsConflictRow *self, RoundsRecord *record)
{
  g_autofree char *original = describe (self, ROUNDS_CONFLICT_ORIGINAL);
  g_autofree char *place = describe_place (self, record);
  /* What was added to nothing is not put in the place of the word for nothing. */
  gboolean was_empty = rounds_record_is_null (self->conflict, ROUNDS_CONFLICT_ORIGINAL);

  gtk_label_set_text (self->subtitle, place);
  show_version (self, self->mine, record, ROUNDS_CONFLICT_MINE, was_empty ? "" : original);
  show_version (self, self->theirs, record, ROUNDS_CONFLICT_THEIRS, was_empty ? "" : original);
  show_version (self, self->original, record, ROUNDS_CONFLICT_ORIGINAL, original);
  show_both (self, record);
}

static void
fill (RoundsConflictRow *self)
{
  RoundsStore *store = rounds_app_context_get_store (self->context);
  g_autoptr (RoundsRecord) record = get_record (self, NULL);
  g_autofree char *name = record != NULL ? rounds_display_name (store, record) : NULL;
  const char *kind = rounds_entity_get_label (self->entity);
  gboolean whole = self->field < 0 || self->field == ROUNDS_FIELD_DELETED_AT;

  gtk_label_set_text (self->title, name != NULL && *name != '\0' ? name : kind);
  gtk_widget_set_visible (self->versions, !whole && record != NULL);
  gtk_widget_set_visible (self->deletion, whole && record != NULL);
  gtk_widget_set_visible (self->dismiss, record == NULL);
  if (record == NULL)
    {
      gtk_label_set_text (self->subtitle, _ ("It is no longer on this device."));
      return;
    }
  if (whole)
    {
      gtk_label_set_text (self->subtitle,
                          _ ("Changed by one side and deleted by the other. It was kept, with the changes."));
      return;
    }

  show_versions (self, record);
}

/* What is being saved, and what is told then. */
typedef struct
{
  RoundsConflictRow *row; /* (owned) */
  const char *told;
} Choice;

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Choice *choice = data;
  g_autoptr (RoundsConflictRow) self = choice->row;
  g_autoptr (GError) error = NULL;
  RoundsFormUndo *undo = rounds_form_save_finish (ROUNDS_STORE (source), result, &error);

  self->is_saving = FALSE;
  if (undo == NULL)
    rounds_app_context_report (self->context, error);
  else
    rounds_form_undo_offer (undo, self->context, choice->told);
}

/* Saves the choice, if it changes the record, and the end of the conflict as one.
 *
 * @before: (nullable): the record as it is, @changed: (nullable): as it shall be */
static void
resolve (RoundsConflictRow *self, RoundsRecord *before, RoundsRecord *changed, const char *told)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GPtrArray) begun = g_ptr_array_new ();
  g_autoptr (RoundsRecord) conflict = rounds_record_dup (self->conflict);
  Choice *choice;

  if (self->is_saving)
    return;
  choice = g_new0 (Choice, 1);
  choice->row = g_object_ref (self);
  choice->told = told;
  rounds_record_set_integer (conflict, ROUNDS_CONFLICT_RESOLVED_AT, rounds_time_now ());
  if (changed != NULL)
    {
      g_ptr_array_add (records, changed);
      g_ptr_array_add (begun, before);
    }
  g_ptr_array_add (records, conflict);
  g_ptr_array_add (begun, self->conflict);
  self->is_saving = TRUE;
  rounds_form_save_async (rounds_app_context_get_store (self->context), records, begun, NULL, saved_cb, choice);
}

static void
choose_value (RoundsConflictRow *self, const RoundsValue *value, const char *told)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecord) record = get_record (self, &error);
  g_autoptr (RoundsRecord) changed = NULL;

  if (record == NULL)
    {
      rounds_app_context_report (self->context, error);
      return;
    }
  changed = rounds_record_dup (record);
  rounds_record_set_value (changed, (guint) self->field, value);
  resolve (self, record, changed, told);
}

static void
choose (RoundsConflictRow *self, guint side, const char *told)
{
  g_autoptr (GError) error = NULL;
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;

  if (read_value (self, side, &value, &error))
    choose_value (self, &value, told);
  else
    rounds_app_context_report (self->context, error);
}

static void
mine_chosen_cb (RoundsConflictRow *self)
{
  choose (self, ROUNDS_CONFLICT_MINE, _ ("Your version is kept"));
}

/* Not "leave it as it is": the record may have been changed once more since. */
static void
theirs_chosen_cb (RoundsConflictRow *self)
{
  choose (self, ROUNDS_CONFLICT_THEIRS, _ ("Their version is kept"));
}

static void
original_chosen_cb (RoundsConflictRow *self)
{
  choose (self, ROUNDS_CONFLICT_ORIGINAL, _ ("The original is kept"));
}

static void
both_chosen_cb (RoundsConflictRow *self)
{
  g_autofree char *text = rounds_conflict_version_dup_text (self->both);
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;

  if (*text != '\0')
    rounds_value_set_text (&value, text);
  choose_value (self, &value, _ ("Your text is kept"));
}

static void
keep_clicked_cb (RoundsConflictRow *self)
{
  resolve (self, NULL, NULL, _ ("It is kept"));
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsAppContext) context = data;
  g_autoptr (GError) error = NULL;

  if (!rounds_store_save_finish (ROUNDS_STORE (source), result, &error))
    rounds_app_context_report (context, error);
}

static void
dismiss_clicked_cb (RoundsConflictRow *self)
{
  resolve (self, NULL, NULL, _ ("Dismissed"));
}

static void
delete_clicked_cb (RoundsConflictRow *self)
{
  g_autoptr (RoundsRecord) record = get_record (self, NULL);
  g_autoptr (RoundsRecord) conflict = rounds_record_dup (self->conflict);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  if (record != NULL && !rounds_record_is_deleted (record))
    rounds_app_context_delete (self->context, record);
  rounds_record_set_integer (conflict, ROUNDS_CONFLICT_RESOLVED_AT, rounds_time_now ());
  g_ptr_array_add (records, conflict);
  rounds_store_save_async (rounds_app_context_get_store (self->context), records, NULL, deleted_cb,
                           g_object_ref (self->context));
}

/* What is in use may have changed, by a pull or elsewhere in the window. */
static void
store_changed_cb (RoundsConflictRow *self, int entity)
{
  if (self->context != NULL && entity == (int) self->entity)
    fill (self);
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

  g_type_ensure (ROUNDS_TYPE_CONFLICT_VERSION);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/sync/conflict-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictRow, title);
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictRow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictRow, versions);
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictRow, mine);
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictRow, theirs);
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictRow, original);
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictRow, both);
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictRow, deletion);
  gtk_widget_class_bind_template_child (widget_class, RoundsConflictRow, dismiss);
  gtk_widget_class_bind_template_callback (widget_class, mine_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, theirs_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, original_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, both_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_clicked_cb);
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
  g_signal_connect_object (rounds_app_context_get_store (context), "changed", G_CALLBACK (store_changed_cb), self,
                           G_CONNECT_SWAPPED);
  fill (self);

  return GTK_WIDGET (self);
}

const RoundsUuid *
rounds_conflict_row_get_id (RoundsConflictRow *self)
{
  g_return_val_if_fail (ROUNDS_IS_CONFLICT_ROW (self), NULL);

  return rounds_record_get_id (self->conflict);
}

void
rounds_conflict_row_update (RoundsConflictRow *self, RoundsRecord *conflict)
{
  g_return_if_fail (ROUNDS_IS_CONFLICT_ROW (self));

  g_set_object (&self->conflict, conflict);
  fill (self);
}
