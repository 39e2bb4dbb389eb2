/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-schema.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The flags of rounds-schema.def by their short names, for this file only. */
enum
{
  REQUIRED = ROUNDS_FIELD_REQUIRED,
  UNIQUE = ROUNDS_FIELD_UNIQUE,
  SEARCH = ROUNDS_FIELD_SEARCH,
  SORT = ROUNDS_FIELD_SORT,
  PERSONAL = ROUNDS_FIELD_PERSONAL,
  HIDDEN = ROUNDS_FIELD_HIDDEN,
  PRESET = ROUNDS_FIELD_PRESET,
  OWNER = ROUNDS_FIELD_OWNER,
  MULTILINE = ROUNDS_FIELD_MULTILINE,
  PAST = ROUNDS_FIELD_PAST,
};

/* What the .def says of one field, before the enum's values are split and the property's name is made. */
typedef struct
{
  const char *name;
  const char *label;
  RoundsFieldType type;
  guint flags;
  double min;
  double max;
  RoundsEntity target;
  const char *values;
} FieldSource;

static const FieldSource common_fields[ROUNDS_N_COMMON_FIELDS] = {
  [ROUNDS_FIELD_ID] = { "id", N_ ("Id"), ROUNDS_TYPE_UUID, REQUIRED, 0, 0, ROUNDS_ENTITY_NONE, NULL },
  [ROUNDS_FIELD_REV] = { "rev", N_ ("Revision"), ROUNDS_TYPE_INTEGER, ROUNDS_FIELD_READ_ONLY | HIDDEN, 0, G_MAXINT64,
                         ROUNDS_ENTITY_NONE, NULL },
  [ROUNDS_FIELD_CREATED_AT] = { "created_at", N_ ("Recorded at"), ROUNDS_TYPE_INSTANT, ROUNDS_FIELD_READ_ONLY,
                                -62135596800000, 253402300799999, ROUNDS_ENTITY_NONE, NULL },
  [ROUNDS_FIELD_UPDATED_AT] = { "updated_at", N_ ("Changed at"), ROUNDS_TYPE_INSTANT, ROUNDS_FIELD_READ_ONLY,
                                -62135596800000, 253402300799999, ROUNDS_ENTITY_NONE, NULL },
  [ROUNDS_FIELD_DELETED_AT] = { "deleted_at", N_ ("Deleted at"), ROUNDS_TYPE_INSTANT, ROUNDS_FIELD_READ_ONLY | HIDDEN,
                                -62135596800000, 253402300799999, ROUNDS_ENTITY_NONE, NULL },
  [ROUNDS_FIELD_TERRITORY] = { "territory", N_ ("Territory"), ROUNDS_TYPE_REFERENCE, 0, 0, 0, ROUNDS_ENTITY_TERRITORY,
                               NULL },
};

#define ROUNDS_ENTITY_BEGIN(UPPER, lower, Camel, path, scope, label) static const FieldSource lower##_fields[] = {
#define ROUNDS_FIELD(ENTITY, NAME, name, type, min, max, flags, target, values, label) \
  { #name, label, ROUNDS_TYPE_##type, flags, min, max, ROUNDS_ENTITY_##target, values },
#define ROUNDS_ENTITY_END(UPPER) \
  } \
  ;
#include "rounds-schema-expand.h"

static const struct
{
  const char *name;
  const char *type_name;
  const char *path;
  const char *label;
  RoundsScope scope;
  const FieldSource *fields;
  guint n_own_fields;
} entity_sources[ROUNDS_N_ENTITIES] = {
#define ROUNDS_ENTITY_BEGIN(UPPER, lower, Camel, path, scope, label) \
  { #lower, "Rounds" #Camel, path, label, ROUNDS_SCOPE_##scope, lower##_fields, G_N_ELEMENTS (lower##_fields) },
#include "rounds-schema-expand.h"
};

static void
field_info_init (RoundsFieldInfo *info, const FieldSource *source)
{
  g_autofree char *property = g_strdelimit (g_strdup (source->name), "_", '-');

  info->name = source->name;
  info->property = g_intern_string (property);
  info->label = source->label;
  info->type = source->type;
  info->flags = source->flags;
  info->merge = source->type == ROUNDS_TYPE_LONG_TEXT ? ROUNDS_MERGE_WORDS : ROUNDS_MERGE_FIELD;
  info->min = source->min;
  info->max = source->max;
  info->target = source->target;
  info->values = source->values != NULL ? (const char *const *) g_strsplit (source->values, "|", -1) : NULL;
}

/* Built once and kept for the life of the process. */
static const RoundsEntityInfo *
get_infos (void)
{
  static RoundsEntityInfo infos[ROUNDS_N_ENTITIES];
  static gsize initialized = 0;

  if (g_once_init_enter (&initialized))
    {
      for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
        {
          guint n = ROUNDS_N_COMMON_FIELDS + entity_sources[e].n_own_fields;
          RoundsFieldInfo *fields = g_new0 (RoundsFieldInfo, n);

          g_assert (n <= ROUNDS_MAX_FIELDS);
          for (guint f = 0; f < n; f++)
            field_info_init (&fields[f], f < ROUNDS_N_COMMON_FIELDS
                                           ? &common_fields[f]
                                           : &entity_sources[e].fields[f - ROUNDS_N_COMMON_FIELDS]);

          infos[e].name = entity_sources[e].name;
          infos[e].type_name = entity_sources[e].type_name;
          infos[e].path = entity_sources[e].path;
          infos[e].label = entity_sources[e].label;
          infos[e].scope = entity_sources[e].scope;
          infos[e].n_fields = n;
          infos[e].fields = fields;
        }
      g_once_init_leave (&initialized, 1);
    }

  return infos;
}

/**
 * rounds_entity_get_info:
 * @entity: an entity
 *
 * Returns: (transfer none): what the table says of @entity; valid for ever, on any thread
 */
const RoundsEntityInfo *
rounds_entity_get_info (RoundsEntity entity)
{
  g_return_val_if_fail ((guint) entity < ROUNDS_N_ENTITIES, NULL);

  return &get_infos ()[entity];
}

/**
 * rounds_entity_get_field:
 * @entity: an entity
 * @field: %ROUNDS_FIELD_ID … or e.g. %ROUNDS_PERSON_EMAIL
 *
 * Returns: (transfer none): what the table says of @field
 */
const RoundsFieldInfo *
rounds_entity_get_field (RoundsEntity entity, guint field)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  g_return_val_if_fail (info != NULL && field < info->n_fields, NULL);
  return &info->fields[field];
}

/**
 * rounds_entity_from_name:
 * @name: (nullable): a table name such as "person"
 *
 * Returns: the entity, or %ROUNDS_ENTITY_NONE
 */
RoundsEntity
rounds_entity_from_name (const char *name)
{
  const RoundsEntityInfo *infos = get_infos ();

  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    if (g_strcmp0 (infos[e].name, name) == 0)
      return e;
  return ROUNDS_ENTITY_NONE;
}

/**
 * rounds_entity_from_path:
 * @path: (nullable): a REST collection such as "people"
 *
 * Returns: the entity, or %ROUNDS_ENTITY_NONE
 */
RoundsEntity
rounds_entity_from_path (const char *path)
{
  const RoundsEntityInfo *infos = get_infos ();

  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    if (g_strcmp0 (infos[e].path, path) == 0)
      return e;
  return ROUNDS_ENTITY_NONE;
}

/**
 * rounds_entity_find_field:
 * @entity: an entity
 * @name: (nullable): a field's name such as "family_name"
 *
 * Returns: the field's index, or -1
 */
int
rounds_entity_find_field (RoundsEntity entity, const char *name)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  for (guint f = 0; f < info->n_fields; f++)
    if (g_strcmp0 (info->fields[f].name, name) == 0)
      return (int) f;
  return -1;
}

/* FNV-1a, so that the figure is the same everywhere and for ever. */
static guint32
add_to_hash (guint32 hash, const char *text)
{
  for (; *text != '\0'; text++)
    hash = (hash ^ (guint8) *text) * 16777619u;
  return (hash ^ '\n') * 16777619u;
}

/**
 * rounds_schema_get_fingerprint:
 *
 * Returns: a figure for what this version knows of the records that devices and server share; another version that
 *   knows another entity or field has another figure
 */
guint32
rounds_schema_get_fingerprint (void)
{
  guint32 hash = 2166136261u;

  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);

      if (info->scope != ROUNDS_SCOPE_SYNCED)
        continue;
      hash = add_to_hash (hash, info->name);
      for (guint f = 0; f < info->n_fields; f++)
        hash = add_to_hash (hash, info->fields[f].name);
    }
  return hash;
}

/** rounds_entity_is_synced: whether devices and server share @entity; %FALSE for %ROUNDS_ENTITY_NONE. */
gboolean
rounds_entity_is_synced (RoundsEntity entity)
{
  return entity != ROUNDS_ENTITY_NONE && rounds_entity_get_info (entity)->scope == ROUNDS_SCOPE_SYNCED;
}

/**
 * rounds_entity_is_named:
 * @entity: an entity
 *
 * Returns: whether records of @entity are shared and known by a text of which there is only one: specializations,
 *   conditions, territories. They are the whole team's and have no territory.
 */
gboolean
rounds_entity_is_named (RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  for (guint f = ROUNDS_N_COMMON_FIELDS; info->scope == ROUNDS_SCOPE_SYNCED && f < info->n_fields; f++)
    if (info->fields[f].type == ROUNDS_TYPE_TEXT && (info->fields[f].flags & ROUNDS_FIELD_UNIQUE))
      return TRUE;
  return FALSE;
}

/** rounds_entity_has_flag: whether any field of @entity carries @flag. */
gboolean
rounds_entity_has_flag (RoundsEntity entity, RoundsFieldFlags flag)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  for (guint f = 0; f < info->n_fields; f++)
    if (info->fields[f].flags & flag)
      return TRUE;
  return FALSE;
}

/** rounds_entity_get_label: the translated name of one record of @entity, e.g. "Person". */
const char *
rounds_entity_get_label (RoundsEntity entity)
{
  return _ (rounds_entity_get_info (entity)->label);
}

/** rounds_field_get_label: the translated name of @field, for forms, columns and messages. */
const char *
rounds_field_get_label (const RoundsFieldInfo *field)
{
  return _ (field->label);
}

/** rounds_field_get_kind: how a value of @field that is not null is held in a #RoundsValue. */
RoundsValueKind
rounds_field_get_kind (const RoundsFieldInfo *field)
{
  switch (field->type)
    {
    case ROUNDS_TYPE_INTEGER:
    case ROUNDS_TYPE_BOOLEAN:
    case ROUNDS_TYPE_INSTANT:
      return ROUNDS_VALUE_INTEGER;
    case ROUNDS_TYPE_REAL:
      return ROUNDS_VALUE_REAL;
    case ROUNDS_TYPE_UUID:
    case ROUNDS_TYPE_REFERENCE:
      return ROUNDS_VALUE_UUID;
    case ROUNDS_TYPE_TEXT:
    case ROUNDS_TYPE_LONG_TEXT:
    case ROUNDS_TYPE_DATE:
    case ROUNDS_TYPE_LOCAL_TIME:
    case ROUNDS_TYPE_ENUM:
    case ROUNDS_TYPE_JSON:
      return ROUNDS_VALUE_TEXT;
    default:
      g_assert_not_reached ();
    }
}
