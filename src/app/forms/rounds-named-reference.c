/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-named-reference.h"

#include "forms/rounds-reference-row.h"
#include "rounds-named-id.h"

/**
 * rounds_entity_get_name_field:
 * @entity: an entity
 *
 * Returns: the field of its name, where a record of it is hardly more than that, so that a name makes one; -1 for
 *   other entities
 */
int
rounds_entity_get_name_field (RoundsEntity entity)
{
  switch ((int) entity)
    {
    case ROUNDS_ENTITY_SPECIALIZATION:
      return ROUNDS_SPECIALIZATION_NAME;
    case ROUNDS_ENTITY_MEDICAL_CONDITION:
      return ROUNDS_MEDICAL_CONDITION_NAME;
    case ROUNDS_ENTITY_ORGANISATION:
      return ROUNDS_ORGANISATION_NAME;
    default:
      return -1;
    }
}

/* Returns: (transfer full) (nullable) on error: the record of that name, made where there is none. */
static RoundsRecord *
need_named (RoundsRecordStore *store, RoundsEntity entity, const char *name, GError **error)
{
  guint field = (guint) rounds_entity_get_name_field (entity);
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  g_autoptr (RoundsRecord) named = NULL;

  rounds_query_where_text (query, field, ROUNDS_IS, name);
  rounds_query_limit (query, 1);
  if (!rounds_record_store_find (store, query, &named, error))
    return NULL;
  if (named == NULL)
    {
      named = rounds_record_new (entity);
      rounds_record_set_text (named, field, name);
      /* Two devices that name the same one offline mean the same. */
      if (!rounds_record_store_give_named_id (store, named, error))
        return NULL;
    }
  return g_steal_pointer (&named);
}

/**
 * rounds_named_reference_resolve_row:
 * @store: the store
 * @row: any field's row
 * @record: what was entered
 * @field: the row's field
 * @changes: (element-type RoundsRecord): what is going to be saved
 * @position: where in @changes, before @record, what is new goes
 * @error: (out) (optional): what the disk says
 *
 * Puts what is named in @row but not chosen into @record.
 *
 * Returns: whether it could be looked up; nothing is to be saved otherwise
 */
gboolean
rounds_named_reference_resolve_row (RoundsStore *store, GtkWidget *row, RoundsRecord *record, guint field,
                                    GPtrArray *changes, guint position, GError **error)
{
  g_autofree char *name = NULL;
  RoundsRecord *named;

  if (!ROUNDS_IS_REFERENCE_ROW (row) || !rounds_reference_row_is_unknown (ROUNDS_REFERENCE_ROW (row)))
    return TRUE;
  name = rounds_text_to_line (gtk_editable_get_text (GTK_EDITABLE (row)));
  named = need_named (rounds_store_get_reader (store),
                      rounds_entity_get_field (rounds_record_get_entity (record), field)->target, name, error);
  if (named == NULL)
    return FALSE;
  rounds_record_set_uuid (record, field, rounds_record_get_id (named));
  g_ptr_array_insert (changes, (int) position, named);
  return TRUE;
}

/**
 * rounds_named_reference_resolve:
 * @store: the store
 * @form: a form
 * @record: what was entered into it
 * @changes: (element-type RoundsRecord): what is going to be saved
 * @position: where in @changes, before @record, what is new goes
 * @error: (out) (optional): what the disk says
 *
 * Puts what is named in @form but not chosen into @record.
 *
 * Returns: whether it could be looked up; nothing is to be saved otherwise
 */
gboolean
rounds_named_reference_resolve (RoundsStore *store, RoundsRecordForm *form, RoundsRecord *record, GPtrArray *changes,
                                guint position, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));

  for (guint f = 0; f < info->n_fields; f++)
    if (!rounds_named_reference_resolve_row (store, rounds_record_form_get_row (form, f), record, f, changes, position,
                                             error))
      return FALSE;
  return TRUE;
}

/**
 * rounds_named_reference_describe:
 * @form: a form
 * @entity: its entity
 * @doc: a draft
 *
 * Returns: (transfer none): the names that are written where a record could be chosen, by field
 */
yyjson_mut_val *
rounds_named_reference_describe (RoundsRecordForm *form, RoundsEntity entity, yyjson_mut_doc *doc)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  yyjson_mut_val *names = yyjson_mut_obj (doc);

  for (guint f = 0; f < info->n_fields; f++)
    {
      GtkWidget *row = rounds_record_form_get_row (form, f);

      if (ROUNDS_IS_REFERENCE_ROW (row) && rounds_reference_row_is_unknown (ROUNDS_REFERENCE_ROW (row)))
        yyjson_mut_obj_add_strcpy (doc, names, info->fields[f].name, gtk_editable_get_text (GTK_EDITABLE (row)));
    }
  return names;
}

/**
 * rounds_named_reference_restore:
 * @form: a form
 * @entity: its entity
 * @names: (nullable): what rounds_named_reference_describe() made
 */
void
rounds_named_reference_restore (RoundsRecordForm *form, RoundsEntity entity, yyjson_val *names)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  for (guint f = 0; f < info->n_fields; f++)
    {
      GtkWidget *row = rounds_record_form_get_row (form, f);
      const char *name = yyjson_get_str (yyjson_obj_get (names, info->fields[f].name));

      if (ROUNDS_IS_REFERENCE_ROW (row) && name != NULL)
        rounds_reference_row_set_name (ROUNDS_REFERENCE_ROW (row), name);
    }
}
