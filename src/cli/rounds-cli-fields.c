/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names of entities and fields as they are typed. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-cli.h"
#include "rounds-error.h"

/**
 * rounds_cli_parse_entity:
 * @name: a table's name or a REST collection's
 * @error: (out) (optional): a usage error
 */
gboolean
rounds_cli_parse_entity (const char *name, RoundsEntity *entity, GError **error)
{
  *entity = rounds_entity_from_name (name);
  if (*entity == ROUNDS_ENTITY_NONE)
    *entity = rounds_entity_from_path (name);
  if (*entity == ROUNDS_ENTITY_NONE)
    return rounds_cli_set_usage_error (error, _ ("there is no entity or command “%s”"), name);
  if (rounds_entity_get_info (*entity)->scope == ROUNDS_SCOPE_SERVER)
    return rounds_cli_set_usage_error (error, _ ("only the server keeps “%s”"), name);
  return TRUE;
}

gboolean
rounds_cli_parse_id (const char *text, RoundsUuid *id, GError **error)
{
  if (rounds_uuid_parse (text, id))
    return TRUE;
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("“%s” is not an id."), text);
  return FALSE;
}

static const RoundsFieldInfo *
find_field (RoundsEntity entity, const char *name, guint *field, GError **error)
{
  int found = rounds_entity_find_field (entity, name);

  if (found < 0)
    {
      rounds_set_field_error (error, name, _ ("“%s” has no field “%s”."), rounds_entity_get_info (entity)->name, name);
      return NULL;
    }
  *field = (guint) found;
  return rounds_entity_get_field (entity, *field);
}

/**
 * rounds_cli_set_fields:
 * @assignments: "field=value" each; an empty value clears the field
 * @error: (out) (optional): a usage error, or %ROUNDS_ERROR_INVALID with the field
 */
gboolean
rounds_cli_set_fields (RoundsRecord *record, char **assignments, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);

  for (guint i = 0; assignments[i] != NULL; i++)
    {
      const char *equals = strchr (assignments[i], '=');
      g_autofree char *name = NULL;
      g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;
      const RoundsFieldInfo *info;
      guint field;

      if (equals == NULL)
        return rounds_cli_set_usage_error (error, _ ("“%s” is not of the form FIELD=VALUE"), assignments[i]);
      name = g_strndup (assignments[i], (gsize) (equals - assignments[i]));
      info = find_field (entity, name, &field, error);
      if (info == NULL)
        return FALSE;
      if (field < ROUNDS_FIELD_TERRITORY || (info->flags & ROUNDS_FIELD_READ_ONLY))
        {
          rounds_set_field_error (error, name, _ ("“%s” is set by the store alone."), name);
          return FALSE;
        }
      if (!rounds_field_parse (info, equals + 1, &value, error))
        return FALSE;
      rounds_record_take_value (record, field, &value);
    }
  return TRUE;
}

/* The comparison that @text has after the field's name; "<=" before "<". */
static const char *
find_comparison (const char *text, RoundsComparison *comparison, gsize *length)
{
  static const struct
  {
    const char *text;
    RoundsComparison comparison;
  } comparisons[] = {
    { "!=", ROUNDS_IS_NOT }, { "<=", ROUNDS_LESS_OR_EQUAL }, { ">=", ROUNDS_GREATER_OR_EQUAL },
    { "<", ROUNDS_LESS },    { ">", ROUNDS_GREATER },        { "=", ROUNDS_IS },
  };
  const char *at = strpbrk (text, "!<>=");

  for (guint i = 0; at != NULL && i < G_N_ELEMENTS (comparisons); i++)
    if (g_str_has_prefix (at, comparisons[i].text))
      {
        *comparison = comparisons[i].comparison;
        *length = strlen (comparisons[i].text);
        return at;
      }
  return NULL;
}

/**
 * rounds_cli_add_conditions:
 * @conditions: (nullable): "field=value" each, also with !=, <, <=, > and >=; nothing after = means that the field is
 * empty
 * @error: (out) (optional): a usage error, or %ROUNDS_ERROR_INVALID with the field
 */
gboolean
rounds_cli_add_conditions (RoundsQuery *query, char **conditions, GError **error)
{
  for (guint i = 0; conditions != NULL && conditions[i] != NULL; i++)
    {
      RoundsComparison comparison = ROUNDS_IS;
      gsize length = 0;
      const char *at = find_comparison (conditions[i], &comparison, &length);
      g_autofree char *name = NULL;
      g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;
      const RoundsFieldInfo *info;
      guint field;

      if (at == NULL)
        return rounds_cli_set_usage_error (error, _ ("“%s” is not of the form FIELD=VALUE"), conditions[i]);
      name = g_strndup (conditions[i], (gsize) (at - conditions[i]));
      info = find_field (rounds_query_get_entity (query), name, &field, error);
      if (info == NULL || !rounds_field_parse (info, at + length, &value, error))
        return FALSE;
      rounds_query_where (query, field, comparison, &value);
    }
  return TRUE;
}
