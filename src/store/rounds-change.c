/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-change.h"

#include <string.h>

#include "rounds-json.h"

static const char *const operation_names[] = { "create", "update", "delete", "restore" };

/** rounds_change_new: Returns: (transfer full): a line without anything in it. */
RoundsChange *
rounds_change_new (void)
{
  return g_new0 (RoundsChange, 1);
}

/** rounds_change_free: frees @self (nullable). */
void
rounds_change_free (RoundsChange *self)
{
  if (self == NULL)
    return;
  g_free (self->fields);
  g_free (self->base);
  g_free (self->reply);
  g_free (self);
}

/** rounds_operation_to_string: the name of @operation in the log and on the wire. */
const char *
rounds_operation_to_string (RoundsOperation operation)
{
  g_return_val_if_fail ((guint) operation < G_N_ELEMENTS (operation_names), NULL);
  return operation_names[operation];
}

/** rounds_operation_from_string: @operation: (out). Returns: whether @text (nullable) names one. */
gboolean
rounds_operation_from_string (const char *text, RoundsOperation *operation)
{
  for (guint i = 0; i < G_N_ELEMENTS (operation_names); i++)
    if (g_strcmp0 (operation_names[i], text) == 0)
      {
        *operation = i;
        return TRUE;
      }
  return FALSE;
}

/**
 * rounds_change_is_told_by_record:
 *
 * Returns: whether @change does not say itself what its record was created with, as that is what the record is now
 */
gboolean
rounds_change_is_told_by_record (const RoundsChange *change)
{
  return change->operation == ROUNDS_OPERATION_CREATE && change->fields == NULL;
}

/* What is not there is read as no document, in which yyjson finds nothing. */
static gboolean
read_object (const char *text, yyjson_doc **doc, GError **error)
{
  *doc = NULL;
  return text == NULL || *text == '\0' || rounds_json_read (text, -1, doc, error);
}

/**
 * rounds_change_read:
 * @fields: (out) (nullable): what @change says; %NULL if it says nothing
 * @base: (out) (nullable): what was there before; %NULL if that is not known
 * @error: (out) (optional): as rounds_json_read()
 *
 * Reads the two objects of a change. Both are to be freed, also on error.
 */
gboolean
rounds_change_read (const RoundsChange *change, yyjson_doc **fields, yyjson_doc **base, GError **error)
{
  *base = NULL;
  return read_object (change->fields, fields, error) && read_object (change->base, base, error);
}

/** rounds_change_sets_only: Returns: whether @change gave the field @name a value, and no other. */
gboolean
rounds_change_sets_only (const RoundsChange *change, const char *name)
{
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *root;

  if (change->operation != ROUNDS_OPERATION_UPDATE || change->fields == NULL
      || !rounds_json_read (change->fields, -1, &doc, NULL))
    return FALSE;
  root = yyjson_doc_get_root (doc);
  return yyjson_obj_size (root) == 1 && yyjson_obj_get (root, name) != NULL;
}

/**
 * rounds_change_is_move:
 *
 * Returns: whether @change says only that its record is in another territory: a record follows what it belongs to, even
 *   when it is deleted, and that is no edit that would have to win over a deletion
 */
gboolean
rounds_change_is_move (const RoundsChange *change)
{
  return rounds_change_sets_only (change, rounds_entity_get_field (change->entity, ROUNDS_FIELD_TERRITORY)->name);
}

/**
 * rounds_change_is_in_trash:
 *
 * Returns: whether @change edits a record that was in the trash, as its base says: it stays there, since whoever wants
 *   it back restores it
 */
gboolean
rounds_change_is_in_trash (const RoundsChange *change)
{
  const char *name = rounds_entity_get_field (change->entity, ROUNDS_FIELD_DELETED_AT)->name;
  g_autoptr (yyjson_doc) doc = NULL;

  return change->operation == ROUNDS_OPERATION_UPDATE && change->base != NULL && strstr (change->base, name) != NULL
         && rounds_json_read (change->base, -1, &doc, NULL) && yyjson_obj_get (yyjson_doc_get_root (doc), name) != NULL;
}

/**
 * rounds_change_is_along:
 *
 * Returns: whether @change, of a server's log, brought its record back with something else: with what it belongs to, in
 *   place of another one that says the same, or as its person is two again; nobody has asked for it by itself
 */
gboolean
rounds_change_is_along (const RoundsChange *change)
{
  return change->operation == ROUNDS_OPERATION_RESTORE && g_strcmp0 (change->base, ROUNDS_CHANGE_ALONG) == 0;
}
