/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-draft-journal.h"

#include <string.h>

#include <glib/gi18n-lib.h>

struct _RoundsDraftJournal
{
  GObject parent_instance;

  RoundsStore *store; /* (owned) */
  char *form;         /* (owned) */
  RoundsDraftFunc describe;
  gpointer data;
  RoundsRecord *draft; /* (owned) (nullable) what was written last */
  guint timeout;       /* 0: nothing is waiting */
  guint delay;         /* ms */
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (RoundsDraftJournal, rounds_draft_journal, G_TYPE_OBJECT)

/* Half of the two seconds that may be lost, so that the write has the other half. */
#define DELAY_MS 1000

/* In a draft's body, beside the names of fields: the record with which the form began. */
#define BASE "form_base"

/* More forms than anybody leaves open. */
#define MOST_DRAFTS 50

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsDraftJournal) self = data;
  g_autoptr (GError) error = NULL;

  /* Nobody waits for this and the form is still there: the next change tries again. A store that cannot write
   * says so when the form is saved. */
  if (!rounds_store_save_finish (ROUNDS_STORE (source), result, &error))
    g_warning ("A draft could not be kept: %s", error->message);
}

static void
delete_draft (RoundsDraftJournal *self)
{
  g_autoptr (RoundsRecord) draft = g_steal_pointer (&self->draft);

  if (draft != NULL)
    rounds_store_delete_async (self->store, ROUNDS_ENTITY_DRAFT, rounds_record_get_id (draft), NULL, written_cb,
                               g_object_ref (self));
}

/* The store's thread gets a copy of its own, as a record belongs to one thread. */
static void
write_draft (RoundsDraftJournal *self, const char *body)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->draft == NULL)
    {
      self->draft = rounds_record_new (ROUNDS_ENTITY_DRAFT);
      rounds_record_set_text (self->draft, ROUNDS_DRAFT_FORM, self->form);
    }
  rounds_record_set_text (self->draft, ROUNDS_DRAFT_BODY, body);
  g_ptr_array_add (records, rounds_record_dup (self->draft));
  rounds_store_save_async (self->store, records, NULL, written_cb, g_object_ref (self));
}

static gboolean
timeout_cb (gpointer data)
{
  RoundsDraftJournal *self = data;

  self->timeout = 0;
  rounds_draft_journal_flush (self);
  return G_SOURCE_REMOVE;
}

static void
rounds_draft_journal_dispose (GObject *object)
{
  RoundsDraftJournal *self = ROUNDS_DRAFT_JOURNAL (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_object (&self->draft);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (rounds_draft_journal_parent_class)->dispose (object);
}

static void
rounds_draft_journal_finalize (GObject *object)
{
  g_free (ROUNDS_DRAFT_JOURNAL (object)->form);

  G_OBJECT_CLASS (rounds_draft_journal_parent_class)->finalize (object);
}

static void
rounds_draft_journal_class_init (RoundsDraftJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_draft_journal_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_draft_journal_finalize;
}

static void
rounds_draft_journal_init (RoundsDraftJournal *self)
{
  self->delay = DELAY_MS;
}

/**
 * rounds_draft_journal_new:
 * @store: the store
 * @form: the form's name, at most 100 characters
 * @draft: (nullable) (transfer none): the draft with which the form begins, which is the journal's from now on if it is
 *   of this form; %NULL if rounds_draft_look_up() has found none
 * @describe: says what is in the form
 * @data: passed to @describe; must outlive the journal, or its closing
 *
 * Returns: (transfer full): a journal that waits for the first rounds_draft_journal_touch()
 */
RoundsDraftJournal *
rounds_draft_journal_new (RoundsStore *store, const char *form, RoundsRecord *draft, RoundsDraftFunc describe,
                          gpointer data)
{
  RoundsDraftJournal *self = g_object_new (ROUNDS_TYPE_DRAFT_JOURNAL, NULL);

  self->store = g_object_ref (store);
  self->form = g_strdup (form);
  self->describe = describe;
  self->data = data;
  if (draft != NULL && g_strcmp0 (rounds_record_get_text (draft, ROUNDS_DRAFT_FORM), form) == 0)
    self->draft = g_object_ref (draft);
  return self;
}

/**
 * rounds_draft_journal_set_delay:
 * @self: a journal
 * @delay: how long after a key the text is written, in ms, in place of a second
 *
 * For tests, which have not the time to wait for hundreds of seconds.
 */
void
rounds_draft_journal_set_delay (RoundsDraftJournal *self, guint delay)
{
  g_return_if_fail (ROUNDS_IS_DRAFT_JOURNAL (self));

  self->delay = delay;
}

/**
 * rounds_draft_journal_touch:
 * @self: a journal
 *
 * Something was typed. It is on its way to the disk within a second, however fast the typing goes on.
 */
void
rounds_draft_journal_touch (RoundsDraftJournal *self)
{
  g_return_if_fail (ROUNDS_IS_DRAFT_JOURNAL (self));

  if (self->timeout == 0 && !self->closed)
    self->timeout = g_timeout_add (self->delay, timeout_cb, self);
}

/**
 * rounds_draft_journal_flush:
 * @self: a journal
 *
 * Writes what is in the form now. The write is queued when this returns.
 */
void
rounds_draft_journal_flush (RoundsDraftJournal *self)
{
  g_autofree char *body = NULL;

  g_return_if_fail (ROUNDS_IS_DRAFT_JOURNAL (self));

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->closed)
    return;

  body = self->describe (self->data);
  if (body == NULL)
    delete_draft (self);
  else if (self->draft == NULL || g_strcmp0 (body, rounds_record_get_text (self->draft, ROUNDS_DRAFT_BODY)) != 0)
    write_draft (self, body);
}

/**
 * rounds_draft_journal_discard:
 * @self: a journal
 *
 * Forgets what was kept; further changes make a new draft. Of a journal that is closed the draft is whose who closed
 * it.
 */
void
rounds_draft_journal_discard (RoundsDraftJournal *self)
{
  g_return_if_fail (ROUNDS_IS_DRAFT_JOURNAL (self));

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (!self->closed)
    delete_draft (self);
}

/**
 * rounds_draft_journal_close:
 * @self: a journal
 * @draft: (out) (optional): the draft's id
 *
 * Nothing more is written from now on. Whoever saves the form deletes the draft in the same transaction, and tells by
 * rounds_draft_journal_reopen() how that ended if the form stays.
 *
 * Returns: whether there is a draft; %FALSE if it was closed already
 */
gboolean
rounds_draft_journal_close (RoundsDraftJournal *self, RoundsUuid *draft)
{
  g_return_val_if_fail (ROUNDS_IS_DRAFT_JOURNAL (self), FALSE);

  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->closed)
    return FALSE;
  self->closed = TRUE;
  if (self->draft != NULL && draft != NULL)
    *draft = *rounds_record_get_id (self->draft);
  return self->draft != NULL;
}

/**
 * rounds_draft_journal_reopen:
 * @self: a journal, closed or not
 * @saved: whether the form was saved, and the draft with which it was closed is gone
 *
 * Writes what is in the form and not on the disk yet, and what is typed from now on: into the same draft, which nobody
 * needs to look for, unless that is gone.
 */
void
rounds_draft_journal_reopen (RoundsDraftJournal *self, gboolean saved)
{
  g_return_if_fail (ROUNDS_IS_DRAFT_JOURNAL (self));

  if (!self->closed && self->timeout == 0)
    return;
  if (self->closed && saved)
    g_clear_object (&self->draft);
  self->closed = FALSE;
  rounds_draft_journal_flush (self);
}

/**
 * rounds_draft_look_up:
 * @store: the store
 * @form: a form's name
 * @draft: (out) (transfer full) (nullable): the form's draft; %NULL if there is none
 * @error: (out) (optional): what the disk says
 *
 * A form whose draft cannot be read must not be changed: what is typed would be kept beside the draft or in its place.
 *
 * Returns: whether it could be looked up
 */
gboolean
rounds_draft_look_up (RoundsStore *store, const char *form, RoundsRecord **draft, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_DRAFT);

  rounds_query_where_text (query, ROUNDS_DRAFT_FORM, ROUNDS_IS, form);
  return rounds_record_store_find (rounds_store_get_reader (store), query, draft, error);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  gint64 first = rounds_record_get_integer (*(RoundsRecord **) a, ROUNDS_FIELD_UPDATED_AT);
  gint64 second = rounds_record_get_integer (*(RoundsRecord **) b, ROUNDS_FIELD_UPDATED_AT);

  return (first < second) - (first > second);
}

/* Returns: (transfer container) (nullable): the drafts of the forms whose names begin with @prefix and a colon, the
 * latest first */
static GPtrArray *
list_drafts (RoundsStore *store, const char *prefix, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_DRAFT);
  g_autofree char *begin = g_strconcat (prefix, ":", NULL);
  g_autofree char *end = g_strconcat (prefix, ";", NULL); /* which is next to it */
  GPtrArray *drafts;

  rounds_query_where_text (query, ROUNDS_DRAFT_FORM, ROUNDS_GREATER_OR_EQUAL, begin);
  rounds_query_where_text (query, ROUNDS_DRAFT_FORM, ROUNDS_LESS, end);
  rounds_query_limit (query, MOST_DRAFTS);
  drafts = rounds_store_list (store, query, error);
  if (drafts != NULL)
    g_ptr_array_sort (drafts, compare_newest_first);
  return drafts;
}

/**
 * rounds_draft_look_up_new:
 * @store: the store
 * @prefix: what the names of the forms begin with, before a colon and the id of the record
 * @entity: what the records are
 * @fits: whether a draft is one of those that are looked for
 * @data: passed to @fits
 * @draft: (out) (transfer full) (nullable): the latest draft that fits, of a record that is not stored; %NULL if there
 *   is none
 * @error: (out) (optional): what the disk says
 *
 * Returns: whether it could be looked up
 */
gboolean
rounds_draft_look_up_new (RoundsStore *store, const char *prefix, RoundsEntity entity, RoundsDraftFitsFunc fits,
                          gpointer data, RoundsRecord **draft, GError **error)
{
  g_autoptr (GPtrArray) drafts = list_drafts (store, prefix, error);

  *draft = NULL;
  for (guint i = 0; drafts != NULL && i < drafts->len; i++)
    {
      const char *name = rounds_record_get_text (drafts->pdata[i], ROUNDS_DRAFT_FORM);
      g_autoptr (RoundsRecord) stored = NULL;
      RoundsUuid id;

      if (!rounds_uuid_parse (name + strlen (prefix) + 1, &id) || !fits (drafts->pdata[i], data))
        continue;
      if (!rounds_record_store_look_up (rounds_store_get_reader (store), entity, &id, &stored, error))
        return FALSE;
      if (stored != NULL)
        continue;
      *draft = g_object_ref (drafts->pdata[i]);
      return TRUE;
    }
  return drafts != NULL;
}

/**
 * rounds_draft_describe_lack:
 * @error: why what was left unfinished, or what is stored, could not be read
 *
 * Returns: (transfer full): that, and what it means to whoever wants to write
 */
char *
rounds_draft_describe_lack (const GError *error)
{
  /* Translators: %s is a sentence, with its full stop: why a form cannot be read. */
  return g_strdup_printf (_ ("%s Nothing can be changed here for now. Try again later: what you began is kept."),
                          error->message);
}

/**
 * rounds_draft_describe:
 * @record: a record as it is being written, valid or not; must outlive @doc
 * @base: (nullable): the same record as it is stored; %NULL for a new one
 * @doc: the document that is being made
 *
 * Returns: (transfer none): @record as JSON; where there is a @base, its id and what differs alone, as the rest belongs
 * to whoever changes it next
 */
yyjson_mut_val *
rounds_draft_describe (RoundsRecord *record, RoundsRecord *base, yyjson_mut_doc *doc)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  yyjson_mut_val *object;

  if (base == NULL)
    return rounds_record_to_json (record, doc);

  object = yyjson_mut_obj (doc);
  for (guint f = 0; f < info->n_fields; f++)
    {
      const RoundsValue *value = rounds_record_get_value (record, f);

      if (f == ROUNDS_FIELD_ID || !rounds_value_equal (value, rounds_record_get_value (base, f)))
        yyjson_mut_obj_add (object, yyjson_mut_str (doc, info->fields[f].name),
                            rounds_value_to_json (value, &info->fields[f], doc));
    }
  return object;
}

/**
 * rounds_draft_write:
 * @record: a record as it is being written, valid or not
 * @base: (nullable): as in rounds_draft_describe()
 *
 * Returns: (transfer full): the body of a draft of one record
 */
char *
rounds_draft_write (RoundsRecord *record, RoundsRecord *base)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);

  yyjson_mut_doc_set_root (doc, rounds_draft_describe (record, base, doc));
  return rounds_json_write (doc, FALSE);
}

/**
 * rounds_draft_add_base:
 * @body: a draft's body, a JSON object
 * @stored: the record as it was stored when the form began with it
 *
 * A draft may be found again when the record has long been changed by others: it keeps what it began with, so that
 * their changes are not taken for its own.
 *
 * Returns: (transfer full): the body with that
 */
char *
rounds_draft_add_base (const char *body, RoundsRecord *stored)
{
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (yyjson_mut_doc) copy = NULL;

  if (!rounds_json_read (body, -1, &doc, NULL) || !yyjson_is_obj (yyjson_doc_get_root (doc)))
    return g_strdup (body);
  copy = yyjson_doc_mut_copy (doc, NULL);
  yyjson_mut_obj_add_val (copy, yyjson_mut_doc_get_root (copy), BASE, rounds_record_to_json (stored, copy));
  return rounds_json_write (copy, FALSE);
}

/**
 * rounds_draft_read_base:
 * @draft: a draft
 * @stored: the record as it is stored now
 *
 * Returns: (transfer full): the record as it was when the form began with it; @stored, if the draft does not tell
 */
RoundsRecord *
rounds_draft_read_base (RoundsRecord *draft, RoundsRecord *stored)
{
  g_autoptr (RoundsRecord) base = rounds_record_dup (stored);
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *json = NULL;

  if (rounds_json_read (rounds_record_get_text (draft, ROUNDS_DRAFT_BODY), -1, &doc, NULL))
    json = yyjson_obj_get (yyjson_doc_get_root (doc), BASE);
  if (json == NULL || !rounds_record_set_from_json (base, json, TRUE, NULL)
      || !rounds_uuid_equal (rounds_record_get_id (base), rounds_record_get_id (stored)))
    return g_object_ref (stored);
  return g_steal_pointer (&base);
}

/**
 * rounds_draft_read_into:
 * @draft: a draft that rounds_draft_write() has filled
 * @record: the record to go on with: an empty one, or as it is stored now
 *
 * Puts what was being written into @record.
 *
 * Returns: %FALSE if the draft holds no record
 */
gboolean
rounds_draft_read_into (RoundsRecord *draft, RoundsRecord *record)
{
  g_autoptr (yyjson_doc) doc = NULL;

  return rounds_json_read (rounds_record_get_text (draft, ROUNDS_DRAFT_BODY), -1, &doc, NULL)
         && rounds_record_set_from_json (record, yyjson_doc_get_root (doc), TRUE, NULL)
         && !rounds_record_is_null (record, ROUNDS_FIELD_ID);
}

/**
 * rounds_draft_read:
 * @draft: a draft that rounds_draft_write() has filled
 * @entity: the entity of the record in it
 *
 * Returns: (transfer full) (nullable): the record as it was being written; %NULL if the draft holds none
 */
RoundsRecord *
rounds_draft_read (RoundsRecord *draft, RoundsEntity entity)
{
  g_autoptr (RoundsRecord) record = rounds_record_new_empty (entity);

  return rounds_draft_read_into (draft, record) ? g_steal_pointer (&record) : NULL;
}

/**
 * rounds_draft_restore:
 * @store: the store
 * @draft: a draft of one record
 * @entity: the entity of the record in it
 * @record: (out) (transfer full) (nullable): the record as it was being written, on top of what is stored of it; %NULL
 *   if the draft holds none
 * @error: (out) (optional): what the disk says
 *
 * Returns: whether what is stored of it could be looked up
 */
gboolean
rounds_draft_restore (RoundsStore *store, RoundsRecord *draft, RoundsEntity entity, RoundsRecord **record,
                      GError **error)
{
  g_autoptr (RoundsRecord) drafted = rounds_draft_read (draft, entity);

  *record = NULL;
  if (drafted == NULL)
    return TRUE;
  if (!rounds_record_store_look_up (rounds_store_get_reader (store), entity, rounds_record_get_id (drafted), record,
                                    error))
    return FALSE;
  if (*record == NULL || !rounds_draft_read_into (draft, *record))
    g_set_object (record, drafted);
  return TRUE;
}
