/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-record-private.h"

#include <string.h>

typedef struct
{
  RoundsValue *values; /* (owned): as many as the entity has fields */
  gboolean is_valid;   /* was found so, and no field has changed since */
} RoundsRecordPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RoundsRecord, rounds_record, G_TYPE_OBJECT)

static GParamSpec **entity_properties[ROUNDS_N_ENTITIES]; /* by entity, then field */

static RoundsValue *
get_values (RoundsRecord *self)
{
  return ((RoundsRecordPrivate *) rounds_record_get_instance_private (self))->values;
}

static GParamSpec *
create_property (const RoundsFieldInfo *field)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  switch (field->type)
    {
    case ROUNDS_TYPE_INTEGER:
    case ROUNDS_TYPE_INSTANT:
      return g_param_spec_int64 (field->property, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
    case ROUNDS_TYPE_REAL:
      return g_param_spec_double (field->property, NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
    case ROUNDS_TYPE_BOOLEAN:
      return g_param_spec_boolean (field->property, NULL, NULL, FALSE, flags);
    case ROUNDS_TYPE_TEXT:
    case ROUNDS_TYPE_LONG_TEXT:
    case ROUNDS_TYPE_DATE:
    case ROUNDS_TYPE_LOCAL_TIME:
    case ROUNDS_TYPE_ENUM:
    case ROUNDS_TYPE_UUID:
    case ROUNDS_TYPE_REFERENCE:
    case ROUNDS_TYPE_JSON:
      return g_param_spec_string (field->property, NULL, NULL, NULL, flags);
    default:
      g_assert_not_reached ();
    }
}

static void
rounds_record_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoundsRecord *self = ROUNDS_RECORD (object);
  guint field = prop_id - 1;

  if (G_VALUE_HOLDS_INT64 (value))
    g_value_set_int64 (value, rounds_record_get_integer (self, field));
  else if (G_VALUE_HOLDS_DOUBLE (value))
    g_value_set_double (value, rounds_record_get_real (self, field));
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    g_value_set_boolean (value, rounds_record_get_boolean (self, field));
  else if (rounds_record_get_uuid (self, field) != NULL)
    g_value_take_string (value, rounds_uuid_to_string (rounds_record_get_uuid (self, field)));
  else
    g_value_set_string (value, rounds_record_get_text (self, field));
}

static void
rounds_record_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  RoundsRecord *self = ROUNDS_RECORD (object);
  guint field = prop_id - 1;
  const RoundsFieldInfo *info = rounds_entity_get_field (rounds_record_get_entity (self), field);

  if (G_VALUE_HOLDS_INT64 (value))
    rounds_record_set_integer (self, field, g_value_get_int64 (value));
  else if (G_VALUE_HOLDS_DOUBLE (value))
    rounds_record_set_real (self, field, g_value_get_double (value));
  else if (G_VALUE_HOLDS_BOOLEAN (value))
    rounds_record_set_integer (self, field, g_value_get_boolean (value));
  else if (rounds_field_get_kind (info) == ROUNDS_VALUE_UUID)
    {
      RoundsUuid uuid;

      if (rounds_uuid_parse (g_value_get_string (value), &uuid))
        rounds_record_set_uuid (self, field, &uuid);
      else
        rounds_record_clear_field (self, field);
    }
  else
    rounds_record_set_text (self, field, g_value_get_string (value));
}

static void
rounds_record_constructed (GObject *object)
{
  RoundsRecordPrivate *priv = rounds_record_get_instance_private (ROUNDS_RECORD (object));

  priv->values =
    g_new0 (RoundsValue, rounds_entity_get_info (rounds_record_get_entity (ROUNDS_RECORD (object)))->n_fields);
  G_OBJECT_CLASS (rounds_record_parent_class)->constructed (object);
}

static void
rounds_record_finalize (GObject *object)
{
  RoundsRecordPrivate *priv = rounds_record_get_instance_private (ROUNDS_RECORD (object));
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (ROUNDS_RECORD (object)));

  for (guint f = 0; f < info->n_fields; f++)
    rounds_value_clear (&priv->values[f]);
  g_free (priv->values);

  G_OBJECT_CLASS (rounds_record_parent_class)->finalize (object);
}

static void
rounds_record_class_init (RoundsRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = rounds_record_constructed;
  object_class->finalize = rounds_record_finalize;
}

static void
rounds_record_init (RoundsRecord *self)
{
}

/* class_init of every entity's subclass; class_data is the entity. */
static void
entity_class_init (gpointer g_class, gpointer class_data)
{
  RoundsRecordClass *klass = g_class;
  const RoundsEntityInfo *info;

  klass->entity = GPOINTER_TO_INT (class_data);
  klass->info = info = rounds_entity_get_info (klass->entity);

  /* GObject does not hand these two down: a class with properties of its own needs its own. */
  G_OBJECT_CLASS (klass)->get_property = rounds_record_get_property;
  G_OBJECT_CLASS (klass)->set_property = rounds_record_set_property;

  entity_properties[klass->entity] = g_new0 (GParamSpec *, info->n_fields + 1);
  for (guint f = 0; f < info->n_fields; f++)
    entity_properties[klass->entity][f + 1] = create_property (&info->fields[f]);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), info->n_fields + 1, entity_properties[klass->entity]);
}

/**
 * rounds_entity_get_gtype:
 * @entity: an entity
 *
 * Returns: the type of @entity's records, registered at the first call; any thread
 */
GType
rounds_entity_get_gtype (RoundsEntity entity)
{
  static GType types[ROUNDS_N_ENTITIES];
  static gsize initialized = 0;

  if (g_once_init_enter (&initialized))
    {
      for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
        {
          GTypeInfo type_info = {
            .class_size = sizeof (RoundsRecordClass),
            .class_init = entity_class_init,
            .class_data = GINT_TO_POINTER (e),
            .instance_size = sizeof (RoundsRecord),
          };

          types[e] = g_type_register_static (ROUNDS_TYPE_RECORD, rounds_entity_get_info (e)->type_name, &type_info,
                                             G_TYPE_FLAG_FINAL);
        }
      g_once_init_leave (&initialized, 1);
    }

  g_return_val_if_fail ((guint) entity < ROUNDS_N_ENTITIES, G_TYPE_INVALID);
  return types[entity];
}

/**
 * rounds_record_new_empty:
 * @entity: an entity
 *
 * Returns: (transfer full): a record with every field null, for readers to fill
 */
RoundsRecord *
rounds_record_new_empty (RoundsEntity entity)
{
  return g_object_new (rounds_entity_get_gtype (entity), NULL);
}

/**
 * rounds_record_new:
 * @entity: an entity
 *
 * Returns: (transfer full): a new record with an id of its own, preset booleans true, the others false, and
 *   required enums at their first value
 */
RoundsRecord *
rounds_record_new (RoundsEntity entity)
{
  RoundsRecord *self = rounds_record_new_empty (entity);
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  RoundsUuid id = rounds_uuid_new ();

  rounds_value_set_uuid (&get_values (self)[ROUNDS_FIELD_ID], &id);
  rounds_value_set_integer (&get_values (self)[ROUNDS_FIELD_REV], 0);
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      const RoundsFieldInfo *field = &info->fields[f];

      if (field->type == ROUNDS_TYPE_BOOLEAN)
        rounds_value_set_integer (&get_values (self)[f], (field->flags & ROUNDS_FIELD_PRESET) != 0);
      else if (field->type == ROUNDS_TYPE_ENUM && (field->flags & ROUNDS_FIELD_REQUIRED))
        rounds_value_set_text (&get_values (self)[f], field->values[0]);
    }
  return self;
}

/**
 * rounds_record_dup:
 * @self: a record
 *
 * Returns: (transfer full): a copy of @self, same id
 */
RoundsRecord *
rounds_record_dup (RoundsRecord *self)
{
  RoundsRecord *copy = rounds_record_new_empty (rounds_record_get_entity (self));

  rounds_record_assign (copy, self);
  return copy;
}

/** rounds_record_get_entity: the entity of which @self is a record. */
RoundsEntity
rounds_record_get_entity (RoundsRecord *self)
{
  return ROUNDS_RECORD_GET_CLASS (self)->entity;
}

/**
 * rounds_record_get_id:
 *
 * Returns: (transfer none): the record's id; valid while @self lives
 */
const RoundsUuid *
rounds_record_get_id (RoundsRecord *self)
{
  g_assert (get_values (self)[ROUNDS_FIELD_ID].kind == ROUNDS_VALUE_UUID);
  return &get_values (self)[ROUNDS_FIELD_ID].as.uuid;
}

/**
 * rounds_record_get_value:
 *
 * Returns: (transfer none): the value of @field; valid until that field is set
 */
const RoundsValue *
rounds_record_get_value (RoundsRecord *self, guint field)
{
  g_assert (field < ROUNDS_RECORD_GET_CLASS (self)->info->n_fields);
  return &get_values (self)[field];
}

/**
 * rounds_record_take_value:
 * @value: (inout): moved into the record and left null
 *
 * The one place where a field changes: notifies the field's property if the value is another.
 */
void
rounds_record_take_value (RoundsRecord *self, guint field, RoundsValue *value)
{
  RoundsRecordPrivate *priv = rounds_record_get_instance_private (self);
  RoundsRecordClass *klass = ROUNDS_RECORD_GET_CLASS (self);
  RoundsValue *slot = &priv->values[field];

  g_assert (field < klass->info->n_fields);
  g_assert (value->kind == ROUNDS_VALUE_NULL || value->kind == rounds_field_get_kind (&klass->info->fields[field]));

  if (rounds_value_equal (slot, value))
    {
      rounds_value_clear (value);
      return;
    }

  rounds_value_clear (slot);
  *slot = *value;
  value->kind = ROUNDS_VALUE_NULL;
  priv->is_valid = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), entity_properties[klass->entity][field + 1]);
}

/** rounds_record_set_value: like rounds_record_take_value() with a copy of @value. */
void
rounds_record_set_value (RoundsRecord *self, guint field, const RoundsValue *value)
{
  RoundsValue copy = ROUNDS_VALUE_INIT;

  rounds_value_copy (value, &copy);
  rounds_record_take_value (self, field, &copy);
}

/** rounds_record_assign: makes every field of @self equal to @other's, which is of the same entity. */
void
rounds_record_assign (RoundsRecord *self, RoundsRecord *other)
{
  RoundsEntity entity = rounds_record_get_entity (self);

  g_return_if_fail (entity == rounds_record_get_entity (other));

  g_object_freeze_notify (G_OBJECT (self));
  for (guint f = 0; f < rounds_entity_get_info (entity)->n_fields; f++)
    rounds_record_set_value (self, f, rounds_record_get_value (other, f));
  g_object_thaw_notify (G_OBJECT (self));
}

/*
 * rounds_record_is_known_valid:
 *
 * Returns: whether rounds_record_validate() has found nothing wrong with the record as it is now
 */
gboolean
rounds_record_is_known_valid (RoundsRecord *self)
{
  return ((RoundsRecordPrivate *) rounds_record_get_instance_private (self))->is_valid;
}

/* rounds_record_note_valid: nothing is wrong with the record as it is now. */
void
rounds_record_note_valid (RoundsRecord *self)
{
  ((RoundsRecordPrivate *) rounds_record_get_instance_private (self))->is_valid = TRUE;
}

/** rounds_record_is_null: whether @field has no value. */
gboolean
rounds_record_is_null (RoundsRecord *self, guint field)
{
  return rounds_value_is_null (rounds_record_get_value (self, field));
}

/** rounds_record_has_owner: whether the record belongs to another one, whose territory it has. */
gboolean
rounds_record_has_owner (RoundsRecord *self)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (self));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if ((info->fields[f].flags & ROUNDS_FIELD_OWNER) && !rounds_record_is_null (self, f))
      return TRUE;
  return FALSE;
}

/** rounds_record_is_deleted: whether @self is a tombstone. */
gboolean
rounds_record_is_deleted (RoundsRecord *self)
{
  return !rounds_record_is_null (self, ROUNDS_FIELD_DELETED_AT);
}

/** rounds_record_clear_field: makes @field null. */
void
rounds_record_clear_field (RoundsRecord *self, guint field)
{
  RoundsValue null = ROUNDS_VALUE_INIT;

  rounds_record_take_value (self, field, &null);
}

/**
 * rounds_record_get_text:
 *
 * Returns: (transfer none) (nullable): the text of a text, date, local time, enum or JSON field
 */
const char *
rounds_record_get_text (RoundsRecord *self, guint field)
{
  const RoundsValue *value = rounds_record_get_value (self, field);

  return value->kind == ROUNDS_VALUE_TEXT ? value->as.text : NULL;
}

/** rounds_record_get_integer: the value of an integer, boolean or instant (ms UTC) field, 0 if null. */
gint64
rounds_record_get_integer (RoundsRecord *self, guint field)
{
  const RoundsValue *value = rounds_record_get_value (self, field);

  return value->kind == ROUNDS_VALUE_INTEGER ? value->as.integer : 0;
}

/** rounds_record_get_real: the value of a real field, 0 if null. */
double
rounds_record_get_real (RoundsRecord *self, guint field)
{
  const RoundsValue *value = rounds_record_get_value (self, field);

  return value->kind == ROUNDS_VALUE_REAL ? value->as.real : 0;
}

/** rounds_record_get_boolean: the value of a boolean field, %FALSE if null. */
gboolean
rounds_record_get_boolean (RoundsRecord *self, guint field)
{
  return rounds_record_get_integer (self, field) != 0;
}

/**
 * rounds_record_get_uuid:
 *
 * Returns: (transfer none) (nullable): the id in a reference or uuid field; valid until that field is set
 */
const RoundsUuid *
rounds_record_get_uuid (RoundsRecord *self, guint field)
{
  const RoundsValue *value = rounds_record_get_value (self, field);

  return value->kind == ROUNDS_VALUE_UUID ? &value->as.uuid : NULL;
}

/**
 * rounds_record_set_text:
 * @text: (nullable): UTF-8, copied; %NULL or "" makes the field null, so that "empty" has one form
 */
void
rounds_record_set_text (RoundsRecord *self, guint field, const char *text)
{
  RoundsValue value = ROUNDS_VALUE_INIT;

  if (text != NULL && *text != '\0')
    rounds_value_set_text (&value, text);
  rounds_record_take_value (self, field, &value);
}

/** rounds_record_set_integer: sets an integer, boolean (0, 1) or instant (ms UTC) field. */
void
rounds_record_set_integer (RoundsRecord *self, guint field, gint64 integer)
{
  RoundsValue value = ROUNDS_VALUE_INIT;

  rounds_value_set_integer (&value, integer);
  rounds_record_take_value (self, field, &value);
}

/** rounds_record_set_real: sets a real field; tells of it if it is another value. */
void
rounds_record_set_real (RoundsRecord *self, guint field, double real)
{
  RoundsValue value = ROUNDS_VALUE_INIT;

  rounds_value_set_real (&value, real);
  rounds_record_take_value (self, field, &value);
}

/**
 * rounds_record_set_uuid:
 * @uuid: (nullable): an id, copied; %NULL makes the field null
 */
void
rounds_record_set_uuid (RoundsRecord *self, guint field, const RoundsUuid *uuid)
{
  RoundsValue value = ROUNDS_VALUE_INIT;

  rounds_value_set_uuid (&value, uuid);
  rounds_record_take_value (self, field, &value);
}

/* Returns: (transfer full) (nullable): @text in lower case; %NULL if not all of it is ASCII. One pass: it is done for
 * every word that is ever written or searched. */
static char *
fold_ascii (const char *text)
{
  gsize length = strlen (text);
  g_autofree char *folded = g_malloc (length + 1);
  guchar all = 0;

  for (gsize i = 0; i <= length; i++)
    {
      guchar c = (guchar) text[i];

      all |= c;
      folded[i] = (char) (c + ((guchar) (c - 'A') < 26 ? 'a' - 'A' : 0));
    }
  return all < 0x80 ? g_steal_pointer (&folded) : NULL;
}

/**
 * rounds_text_fold:
 * @text: (nullable): UTF-8
 *
 * Returns: (transfer full): @text in lower case without accents, the same in every locale, for sorting and matching
 */
char *
rounds_text_fold (const char *text)
{
  g_autofree char *decomposed = NULL;
  char *simple;
  GString *folded;

  if (text == NULL)
    return g_strdup ("");
  simple = fold_ascii (text);
  if (simple != NULL)
    return simple;

  decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_NFKD);
  if (decomposed == NULL)
    return g_strdup ("");

  folded = g_string_sized_new (strlen (decomposed));
  for (const char *p = decomposed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_ismark (c))
        continue;
      switch (c)
        {
        case 0x00df: /* sharp s */
          g_string_append (folded, "ss");
          break;
        case 0x00d8: /* o with stroke */
        case 0x00f8:
          g_string_append_c (folded, 'o');
          break;
        case 0x0141: /* l with stroke */
        case 0x0142:
          g_string_append_c (folded, 'l');
          break;
        case 0x0131: /* dotless i */
          g_string_append_c (folded, 'i');
          break;
        case 0x00c6: /* ae */
        case 0x00e6:
          g_string_append (folded, "ae");
          break;
        default:
          g_string_append_unichar (folded, g_unichar_tolower (c));
        }
    }
  return g_string_free_and_steal (folded);
}

/**
 * rounds_text_fold_tightly:
 * @text: (nullable): UTF-8
 *
 * Returns: (transfer full): rounds_text_fold() of @text, its letters and digits alone: "73 E 200 N, Suite 3" and
 *   "73 e 200 n suite 3" are one street
 */
char *
rounds_text_fold_tightly (const char *text)
{
  char *folded = rounds_text_fold (text);
  char *end = folded;

  for (const char *p = folded, *next; *p != '\0'; p = next)
    {
      gunichar c = g_utf8_get_char (p);

      next = g_utf8_next_char (p);
      if (!(c < 0x80 ? g_ascii_isalnum (*p) : g_unichar_isalnum (c)))
        continue;
      memmove (end, p, (gsize) (next - p));
      end += next - p;
    }
  *end = '\0';
  return folded;
}

/**
 * rounds_record_get_sort_key:
 *
 * Returns: (transfer full) (nullable): the folded %ROUNDS_FIELD_SORT fields in the table's order, each ended by a
 *   space, or %NULL for an entity that is not sorted by name
 */
char *
rounds_record_get_sort_key (RoundsRecord *self)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (self));
  GString *key = NULL;

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      g_autofree char *folded = NULL;

      if (!(info->fields[f].flags & ROUNDS_FIELD_SORT))
        continue;
      folded = rounds_text_fold (rounds_record_get_text (self, f));
      if (key == NULL)
        key = g_string_new (NULL);
      g_string_append (key, folded);
      g_string_append_c (key, ' ');
    }
  return key != NULL ? g_string_free_and_steal (key) : NULL;
}

/**
 * rounds_record_get_title:
 *
 * Returns: (transfer full): what a person would call the record: "Jason D Atkinson" for a person, else the first
 *   text that it has, else the entity's label
 */
char *
rounds_record_get_title (RoundsRecord *self)
{
  RoundsEntity entity = rounds_record_get_entity (self);
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  if (entity == ROUNDS_ENTITY_PERSON)
    {
      const char *given = rounds_record_get_text (self, ROUNDS_PERSON_GIVEN_NAME);
      const char *family = rounds_record_get_text (self, ROUNDS_PERSON_FAMILY_NAME);

      if (given != NULL && family != NULL)
        return g_strconcat (given, " ", family, NULL);
    }

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (info->fields[f].type == ROUNDS_TYPE_TEXT && rounds_record_get_text (self, f) != NULL)
      return g_strdup (rounds_record_get_text (self, f));

  return g_strdup (rounds_entity_get_label (entity));
}
