/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-value.h"

G_BEGIN_DECLS

/** RoundsEntity: %ROUNDS_ENTITY_PERSON and so on, one for each entity of rounds-schema.def. */
typedef enum
{
#define ROUNDS_ENTITY_BEGIN(UPPER, lower, Camel, path, scope, label) ROUNDS_ENTITY_##UPPER,
#include "rounds-schema-expand.h"
  ROUNDS_N_ENTITIES,
  ROUNDS_ENTITY_NONE = ROUNDS_N_ENTITIES,
} RoundsEntity;

/** The fields that every entity has, at the same place. */
enum
{
  ROUNDS_FIELD_ID,         /* UUIDv7, made where the record is made */
  ROUNDS_FIELD_REV,        /* the server's revision; 0 until the server knows the record */
  ROUNDS_FIELD_CREATED_AT, /* recorded, which is not when it happened */
  ROUNDS_FIELD_UPDATED_AT,
  ROUNDS_FIELD_DELETED_AT, /* not null: a tombstone, which can be restored */
  ROUNDS_FIELD_TERRITORY,
  ROUNDS_N_COMMON_FIELDS,
};

/* ROUNDS_PERSON_FAMILY_NAME and so on: the index of each field within its entity, from ROUNDS_N_COMMON_FIELDS on. */
#define ROUNDS_ENTITY_BEGIN(UPPER, lower, Camel, path, scope, label) \
  enum \
  { \
    ROUNDS_##UPPER##_FIRST_ = ROUNDS_N_COMMON_FIELDS - 1,
#define ROUNDS_FIELD(ENTITY, NAME, name, type, min, max, flags, target, values, label) ROUNDS_##ENTITY##_##NAME,
#define ROUNDS_ENTITY_END(UPPER) \
  ROUNDS_##UPPER##_N_FIELDS, \
  } \
  ;
#include "rounds-schema-expand.h"

/** The most fields an entity may have: a set of them fits into 64 bits. */
#define ROUNDS_MAX_FIELDS 64

/** ROUNDS_FIELD_BIT: one field of an entity in a set of them, which is a guint64. */
#define ROUNDS_FIELD_BIT(field) (G_GUINT64_CONSTANT (1) << (field))

typedef enum
{
  ROUNDS_TYPE_TEXT,
  ROUNDS_TYPE_LONG_TEXT,
  ROUNDS_TYPE_INTEGER,
  ROUNDS_TYPE_REAL,
  ROUNDS_TYPE_BOOLEAN,
  ROUNDS_TYPE_DATE,       /* text, YYYY-MM-DD */
  ROUNDS_TYPE_INSTANT,    /* integer, UTC milliseconds; RFC 3339 in JSON */
  ROUNDS_TYPE_LOCAL_TIME, /* text, HH:MM */
  ROUNDS_TYPE_ENUM,       /* text, one of the wire values */
  ROUNDS_TYPE_UUID,
  ROUNDS_TYPE_REFERENCE, /* uuid of a record of the target entity */
  ROUNDS_TYPE_JSON,      /* text, a JSON document */
} RoundsFieldType;

typedef enum
{
  ROUNDS_FIELD_REQUIRED = 1 << 0,
  ROUNDS_FIELD_UNIQUE = 1 << 1,
  ROUNDS_FIELD_SEARCH = 1 << 2,
  ROUNDS_FIELD_SORT = 1 << 3,
  ROUNDS_FIELD_PERSONAL = 1 << 4,
  ROUNDS_FIELD_HIDDEN = 1 << 5,
  ROUNDS_FIELD_PRESET = 1 << 6,
  ROUNDS_FIELD_READ_ONLY = 1 << 7, /* set by the store alone */
  ROUNDS_FIELD_OWNER = 1 << 8,     /* names the record whose territory this one has */
  ROUNDS_FIELD_MULTILINE = 1 << 9, /* a text that is not one line */
  ROUNDS_FIELD_PAST = 1 << 10,     /* a day that cannot be still to come */
} RoundsFieldFlags;

typedef enum
{
  ROUNDS_MERGE_FIELD, /* one side stays, the other is kept as a conflict */
  ROUNDS_MERGE_WORDS, /* merged by word; where that overlaps both texts are kept */
} RoundsMergeRule;

typedef enum
{
  ROUNDS_SCOPE_SYNCED,
  ROUNDS_SCOPE_LOCAL,
  ROUNDS_SCOPE_SERVER,
} RoundsScope;

typedef struct
{
  const char *name;     /* as in SQL and JSON, e.g. "family_name" */
  const char *property; /* as a GObject property, e.g. "family-name" */
  const char *label;    /* untranslated; rounds_field_get_label() translates */
  RoundsFieldType type;
  guint flags; /* of RoundsFieldFlags */
  RoundsMergeRule merge;
  double min;                /* numbers: least value */
  double max;                /* numbers: greatest value; texts: most characters */
  RoundsEntity target;       /* references */
  const char *const *values; /* enums: wire values, NULL-terminated */
} RoundsFieldInfo;

typedef struct
{
  const char *name;      /* table name, e.g. "person" */
  const char *type_name; /* GType name, e.g. "RoundsPerson" */
  const char *path;      /* REST collection, e.g. "people" */
  const char *label;
  RoundsScope scope;
  guint n_fields;
  const RoundsFieldInfo *fields;
} RoundsEntityInfo;

guint32 rounds_schema_get_fingerprint (void);
const RoundsEntityInfo *rounds_entity_get_info (RoundsEntity entity);
const RoundsFieldInfo *rounds_entity_get_field (RoundsEntity entity, guint field);
RoundsEntity rounds_entity_from_name (const char *name);
RoundsEntity rounds_entity_from_path (const char *path);
int rounds_entity_find_field (RoundsEntity entity, const char *name);
gboolean rounds_entity_is_synced (RoundsEntity entity);
gboolean rounds_entity_is_named (RoundsEntity entity);
gboolean rounds_entity_has_flag (RoundsEntity entity, RoundsFieldFlags flag);

const char *rounds_entity_get_label (RoundsEntity entity);
const char *rounds_field_get_label (const RoundsFieldInfo *field);
RoundsValueKind rounds_field_get_kind (const RoundsFieldInfo *field);

G_END_DECLS
