/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-inline-form.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-draft-journal.h"
#include "forms/rounds-form-save.h"
#include "forms/rounds-inline-field.h"
#include "forms/rounds-named-reference.h"

/* What the drafts' names begin with, before the form's name and the record's id. */
#define DRAFT_PREFIX "inline:"

/* In a draft: what is typed, by field. */
#define FIELDS "fields"

struct _RoundsInlineForm
{
  AdwPreferencesGroup parent_instance;

  RoundsAppContext *context; /* (owned) */
  char *name;                /* (owned) */
  RoundsEntity entity;
  RoundsRecord *record;        /* (owned) (nullable): as it is stored */
  GPtrArray *fields;           /* (owned) of RoundsInlineField, in the order of the rows */
  RoundsDraftJournal *journal; /* (owned) (nullable) where nothing can be typed */
  GError *lack;                /* (owned) (nullable): why what was left unfinished could not be read */
};

G_DEFINE_FINAL_TYPE (RoundsInlineForm, rounds_inline_form, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  SIGNAL_TOGGLED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static RoundsStore *
get_store (RoundsInlineForm *self)
{
  return rounds_app_context_get_store (self->context);
}

static RoundsInlineField *
find_field (RoundsInlineForm *self, guint field)
{
  for (guint i = 0; i < self->fields->len; i++)
    if (rounds_inline_field_get_field (self->fields->pdata[i]) == field)
      return self->fields->pdata[i];
  return NULL;
}

static guint
count_changed (RoundsInlineForm *self)
{
  guint n = 0;

  for (guint i = 0; i < self->fields->len; i++)
    n += rounds_inline_field_is_changed (self->fields->pdata[i]) ? 1 : 0;
  return n;
}

static gboolean
may_write (RoundsInlineForm *self)
{
  return self->record != NULL && !rounds_record_is_deleted (self->record)
         && rounds_app_context_may_write (self->context, self->entity);
}

/* --- Draft --- */

static char *
name_draft (RoundsInlineForm *self)
{
  char id[ROUNDS_UUID_STRING_LENGTH + 1];

  rounds_uuid_format (rounds_record_get_id (self->record), id);
  return g_strconcat (DRAFT_PREFIX, self->name, ":", id, NULL);
}

/* The record as it was when the fields that are edited now began to be. */
static RoundsRecord *
get_begun (RoundsInlineForm *self)
{
  RoundsRecord *begun = rounds_record_dup (self->record);

  for (guint i = 0; i < self->fields->len; i++)
    rounds_record_set_value (begun, rounds_inline_field_get_field (self->fields->pdata[i]),
                             rounds_inline_field_get_begun (self->fields->pdata[i]));
  return begun;
}

static char *
describe_cb (gpointer data)
{
  RoundsInlineForm *self = data;
  const RoundsEntityInfo *info = rounds_entity_get_info (self->entity);
  g_autoptr (RoundsRecord) begun = NULL;
  g_autoptr (yyjson_mut_doc) doc = NULL;
  g_autofree char *body = NULL;
  yyjson_mut_val *root, *fields;

  if (count_changed (self) == 0)
    return NULL;
  begun = get_begun (self);
  doc = yyjson_mut_doc_new (NULL);
  root = yyjson_mut_obj (doc);
  fields = yyjson_mut_obj (doc);
  for (guint i = 0; i < self->fields->len; i++)
    if (rounds_inline_field_is_changed (self->fields->pdata[i]))
      yyjson_mut_obj_add_val (doc, fields, info->fields[rounds_inline_field_get_field (self->fields->pdata[i])].name,
                              rounds_inline_field_describe (self->fields->pdata[i], doc));
  yyjson_mut_obj_add_val (doc, root, FIELDS, fields);
  yyjson_mut_doc_set_root (doc, root);
  body = rounds_json_write (doc, FALSE);
  return rounds_draft_add_base (body, begun);
}

static void
touch_draft (RoundsInlineForm *self)
{
  if (self->journal != NULL)
    rounds_draft_journal_touch (self->journal);
}

static void
flush_draft (RoundsInlineForm *self)
{
  if (self->journal != NULL)
    rounds_draft_journal_flush (self->journal);
}

static void
end_draft (RoundsInlineForm *self)
{
  flush_draft (self);
  if (self->journal != NULL)
    rounds_draft_journal_close (self->journal, NULL);
  g_clear_object (&self->journal);
  g_clear_error (&self->lack);
}

/* Keeps what is typed from now on. Where what was left unfinished cannot be read, nothing can be typed: it would take
 * its place.
 * Returns: (transfer full) (nullable): what was left unfinished */
static RoundsRecord *
open_draft (RoundsInlineForm *self)
{
  g_autofree char *name = name_draft (self);
  RoundsRecord *draft = NULL;

  if (rounds_draft_look_up (get_store (self), name, &draft, &self->lack))
    self->journal = rounds_draft_journal_new (get_store (self), name, draft, describe_cb, self);
  return draft;
}

static void
restore_draft (RoundsInlineForm *self, RoundsRecord *draft)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (self->entity);
  g_autoptr (RoundsRecord) begun = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *fields;

  if (!rounds_json_read (rounds_record_get_text (draft, ROUNDS_DRAFT_BODY), -1, &doc, NULL))
    return;
  begun = rounds_draft_read_base (draft, self->record);
  fields = yyjson_obj_get (yyjson_doc_get_root (doc), FIELDS);
  for (guint i = 0; i < self->fields->len; i++)
    {
      RoundsInlineField *field = self->fields->pdata[i];
      guint f = rounds_inline_field_get_field (field);
      yyjson_val *json = yyjson_obj_get (fields, info->fields[f].name);

      if (json != NULL)
        rounds_inline_field_restore (field, json, rounds_record_get_value (begun, f));
    }
  touch_draft (self);
}

/* What is typed is kept for when the record is shown again. */
static void
leave_record (RoundsInlineForm *self)
{
  end_draft (self);
  for (guint i = 0; i < self->fields->len; i++)
    rounds_inline_field_close (self->fields->pdata[i]);
}

/* --- Saving --- */

/* A field that is being saved. */
typedef struct
{
  RoundsInlineForm *form;   /* (owned) */
  RoundsInlineField *field; /* (owned) */
  RoundsUuid record;
  RoundsValue saved;
  gboolean is_all; /* nothing else was typed: the draft ends with it */
} Save;

static void
save_free (Save *self)
{
  g_clear_object (&self->form);
  g_clear_object (&self->field);
  rounds_value_clear (&self->saved);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Save, save_free)

static gboolean
shows (RoundsInlineForm *self, const RoundsUuid *id)
{
  return self->record != NULL && rounds_uuid_equal (rounds_record_get_id (self->record), id);
}

static void
show_fields (RoundsInlineForm *self)
{
  static const RoundsValue nothing = ROUNDS_VALUE_INIT;
  gboolean editable = may_write (self) && self->journal != NULL;

  for (guint i = 0; i < self->fields->len; i++)
    {
      RoundsInlineField *field = self->fields->pdata[i];

      rounds_inline_field_show (
        field,
        self->record != NULL ? rounds_record_get_value (self->record, rounds_inline_field_get_field (field)) : &nothing,
        editable);
    }
}

static void
show_visible (RoundsInlineForm *self)
{
  gboolean visible = self->lack != NULL;

  for (guint i = 0; i < self->fields->len; i++)
    visible = visible || rounds_inline_field_is_visible (self->fields->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self), self->record != NULL && visible);
}

/* Why nothing can be typed. */
static void
show_lack (RoundsInlineForm *self)
{
  g_autofree char *text = self->lack != NULL ? rounds_draft_describe_lack (self->lack) : NULL;
  g_autofree char *escaped = text != NULL ? g_markup_escape_text (text, -1) : NULL;

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self), escaped);
}

/* The page around is told by the store in its own time; the row is right at once. */
static void
show_saved (RoundsInlineForm *self)
{
  g_autoptr (RoundsRecord) now =
    rounds_store_get (get_store (self), self->entity, rounds_record_get_id (self->record), NULL);

  if (now == NULL)
    return;
  g_set_object (&self->record, now);
  show_fields (self);
  show_visible (self);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Save) save = data;
  RoundsInlineForm *self = save->form;
  guint field = rounds_inline_field_get_field (save->field);
  g_autoptr (GError) error = NULL;
  RoundsFormUndo *undo = rounds_form_save_finish (ROUNDS_STORE (source), result, &error);
  gboolean is_shown = self->context != NULL && shows (self, &save->record);

  if (undo != NULL && self->context != NULL)
    {
      const char *label = rounds_field_get_label (rounds_entity_get_field (self->entity, field));
      /* Translators: %s is a section or a field of a contact, such as Address or Phone. */
      g_autofree char *text = g_strdup_printf (_ ("%s changed"), label);

      rounds_form_undo_offer (undo, self->context, text);
    }
  else
    g_clear_pointer (&undo, rounds_form_undo_free);
  if (is_shown)
    show_saved (self);
  if (error == NULL && is_shown)
    rounds_inline_field_accept (save->field, &save->saved);
  else if (is_shown)
    rounds_inline_field_refuse (save->field, error);
  else if (error != NULL && self->context != NULL)
    rounds_app_context_report (self->context, error);
  /* What else is typed, or typed on, is a draft of its own now. */
  if (is_shown && self->journal != NULL && save->is_all)
    rounds_draft_journal_reopen (self->journal, error == NULL);
}

static void
save_field (RoundsInlineForm *self, RoundsInlineField *field, const RoundsValue *value, GPtrArray *changes)
{
  g_autoptr (GPtrArray) before = g_ptr_array_new ();
  g_autoptr (RoundsRecord) begun = rounds_record_dup (self->record);
  Save *save = g_new0 (Save, 1);
  RoundsUuid draft;
  gboolean has_draft;

  rounds_record_set_value (begun, rounds_inline_field_get_field (field), rounds_inline_field_get_begun (field));
  for (guint i = 0; i < changes->len; i++)
    g_ptr_array_add (before, shows (self, rounds_record_get_id (changes->pdata[i])) ? begun : NULL);
  save->form = g_object_ref (self);
  save->field = g_object_ref (field);
  save->record = *rounds_record_get_id (self->record);
  rounds_value_copy (value, &save->saved);
  rounds_inline_field_begin_save (field, value);
  save->is_all = count_changed (self) == 1 && rounds_inline_field_is_changed (field);
  has_draft = save->is_all && rounds_draft_journal_close (self->journal, &draft);
  rounds_form_save_async (get_store (self), changes, before, has_draft ? &draft : NULL, saved_cb, save);
}

/* Reads the field into a copy of the record, and tells what is wrong with it at the row. */
static gboolean
enter_field (RoundsInlineForm *self, RoundsInlineField *field, RoundsRecord *record, GPtrArray *changes)
{
  guint f = rounds_inline_field_get_field (field);
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  if (!rounds_inline_field_read (field, &value, &error))
    {
      rounds_inline_field_refuse (field, error);
      return FALSE;
    }
  rounds_record_set_value (record, f, &value);
  if (rounds_named_reference_resolve_row (get_store (self), rounds_inline_field_get_entered (field), record, f, changes,
                                          0, &error)
      && rounds_record_validate (record, &error))
    return TRUE;
  rounds_inline_field_refuse (field, error);
  return FALSE;
}

static void
apply_cb (RoundsInlineForm *self, RoundsInlineField *field)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_object_unref);
  guint f = rounds_inline_field_get_field (field);
  RoundsRecord *record;

  if (self->record == NULL)
    return;
  record = rounds_record_dup (self->record);
  g_ptr_array_add (changes, record);
  if (!enter_field (self, field, record, changes))
    return;
  if (rounds_value_equal (rounds_record_get_value (record, f), rounds_inline_field_get_begun (field)))
    rounds_inline_field_close (field);
  else
    save_field (self, field, rounds_record_get_value (record, f), changes);
}

/* --- Life --- */

static void
toggled_cb (RoundsInlineForm *self)
{
  show_visible (self);
  touch_draft (self);
  g_signal_emit (self, signals[SIGNAL_TOGGLED], 0);
}

static void
rounds_inline_form_dispose (GObject *object)
{
  RoundsInlineForm *self = ROUNDS_INLINE_FORM (object);

  end_draft (self);
  g_clear_object (&self->record);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_inline_form_parent_class)->dispose (object);
}

static void
rounds_inline_form_finalize (GObject *object)
{
  RoundsInlineForm *self = ROUNDS_INLINE_FORM (object);

  g_ptr_array_unref (self->fields);
  g_free (self->name);

  G_OBJECT_CLASS (rounds_inline_form_parent_class)->finalize (object);
}

static void
rounds_inline_form_class_init (RoundsInlineFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_inline_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_inline_form_finalize;

  signals[SIGNAL_TOGGLED] =
    g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rounds_inline_form_init (RoundsInlineForm *self)
{
  self->fields = g_ptr_array_new_with_free_func (g_object_unref);
}

static void
add_field (RoundsInlineForm *self, guint f)
{
  RoundsInlineField *field = rounds_inline_field_new (self->context, ADW_PREFERENCES_GROUP (self), self->entity, f);

  g_ptr_array_add (self->fields, field);
  g_signal_connect_object (field, "apply", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (field, "typed", G_CALLBACK (touch_draft), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (field, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
}

/**
 * rounds_inline_form_new:
 * @context: the application
 * @name: what its drafts are called; a record may be shown by several forms
 * @entity: the entity of the records to show
 * @n_fields: how many
 * @fields: (array length=n_fields): fields of @entity, in the order of their rows
 *
 * Returns: (transfer floating): a form that shows nothing
 */
GtkWidget *
rounds_inline_form_new (RoundsAppContext *context, const char *name, RoundsEntity entity, guint n_fields,
                        const guint *fields)
{
  RoundsInlineForm *self = g_object_new (ROUNDS_TYPE_INLINE_FORM, "visible", FALSE, NULL);

  self->context = g_object_ref (context);
  self->name = g_strdup (name);
  self->entity = entity;
  for (guint i = 0; i < n_fields; i++)
    add_field (self, fields[i]);
  g_signal_connect_object (context, "about-to-sleep", G_CALLBACK (flush_draft), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

/**
 * rounds_inline_form_set_record:
 * @self: a form
 * @record: (nullable) (transfer none): the record as it is stored now
 *
 * The same record with other values leaves alone what is being typed. With another one, what is typed goes into its
 * draft, and what was typed into the other one before is back. Where that could not be read, it is tried again.
 */
void
rounds_inline_form_set_record (RoundsInlineForm *self, RoundsRecord *record)
{
  gboolean same = record != NULL && shows (self, rounds_record_get_id (record)) && self->journal != NULL;
  g_autoptr (RoundsRecord) draft = NULL;

  if (!same)
    leave_record (self);
  g_set_object (&self->record, record);
  if (!same && may_write (self))
    draft = open_draft (self);
  show_fields (self);
  if (draft != NULL)
    restore_draft (self, draft);
  show_lack (self);
  show_visible (self);
}

/** rounds_inline_form_get_entity: Returns: what its records are */
RoundsEntity
rounds_inline_form_get_entity (RoundsInlineForm *self)
{
  return self->entity;
}

/** rounds_inline_form_get_row: Returns: (transfer none) (nullable): the row that shows @field while it is not edited */
GtkWidget *
rounds_inline_form_get_row (RoundsInlineForm *self, guint field)
{
  RoundsInlineField *found = find_field (self, field);

  return found != NULL ? rounds_inline_field_get_row (found) : NULL;
}

/** rounds_inline_form_edit: has @field edited, whether it is empty or not. */
void
rounds_inline_form_edit (RoundsInlineForm *self, guint field)
{
  RoundsInlineField *found = find_field (self, field);

  if (found != NULL)
    rounds_inline_field_edit (found);
}

/**
 * rounds_inline_form_list_offers:
 * @self: a form
 * @n_fields: the room in @fields
 * @fields: (out caller-allocates) (array length=n_fields): takes the fields that are empty and could be filled
 *
 * Returns: how many there are
 */
guint
rounds_inline_form_list_offers (RoundsInlineForm *self, guint n_fields, guint *fields)
{
  guint n = 0;

  for (guint i = 0; self->record != NULL && i < self->fields->len && n < n_fields; i++)
    if (rounds_inline_field_is_offered (self->fields->pdata[i]))
      fields[n++] = rounds_inline_field_get_field (self->fields->pdata[i]);
  return n;
}
