/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-export-columns.h"

/* What stands in a record of its own and is wanted beside the one it belongs to. Of several the first in
 * rounds_export_list_current() counts; a list has all of them in one cell. */
typedef struct
{
  RoundsEntity owner;
  RoundsEntity entity;
  guint through; /* the reference to the owner */
  guint field;
  gboolean is_list;
} Related;

#define PHYSICIAN(FIELD) \
  { ROUNDS_ENTITY_PERSON, ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON, ROUNDS_PHYSICIAN_##FIELD, FALSE }
#define AFFILIATION(FIELD) \
  { ROUNDS_ENTITY_PERSON, ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON, ROUNDS_AFFILIATION_##FIELD, FALSE }
#define ADDRESS(OWNER, FIELD) \
  { ROUNDS_ENTITY_##OWNER, ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_##OWNER, ROUNDS_ADDRESS_##FIELD, FALSE }

static const Related related[] = {
  { ROUNDS_ENTITY_PERSON, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON, ROUNDS_PERSON_ROLE_TYPE, TRUE },
  PHYSICIAN (NPI),
  PHYSICIAN (LICENCE_NUMBER),
  PHYSICIAN (SPECIALIZATION),
  PHYSICIAN (QUALIFICATION),
  PHYSICIAN (SEES_REPS),
  AFFILIATION (ORGANISATION),
  AFFILIATION (JOB_TITLE),
  ADDRESS (PERSON, LINES),
  ADDRESS (PERSON, CITY),
  ADDRESS (PERSON, REGION),
  ADDRESS (PERSON, POSTAL_CODE),
  ADDRESS (PERSON, COUNTRY),
  ADDRESS (ORGANISATION, LINES),
  ADDRESS (ORGANISATION, CITY),
  ADDRESS (ORGANISATION, REGION),
  ADDRESS (ORGANISATION, POSTAL_CODE),
  ADDRESS (ORGANISATION, COUNTRY),
  { ROUNDS_ENTITY_INTERACTION, ROUNDS_ENTITY_INTERACTION_ATTENDEE, ROUNDS_INTERACTION_ATTENDEE_INTERACTION,
    ROUNDS_INTERACTION_ATTENDEE_PERSON, TRUE },
};

/* Where a column's cells come from in records of an entity. */
typedef struct
{
  guint column;
  RoundsEntity entity;
  const Related *related; /* (nullable): NULL is the record itself */
  guint field;
  gboolean as_name; /* of a reference, what it refers to is called */
} Source;

struct _RoundsExportColumns
{
  RoundsExportAudience audience;
  GArray *columns;          /* (owned) of RoundsTableColumn */
  GArray *sources;          /* (owned) of Source */
  GArray *cells;            /* (owned) of RoundsValue: the row that was read last */
  RoundsRecordNames *names; /* (owned) */
  GPtrArray *children;      /* (owned) (nullable): of the row being read, of `children_of` */
  const Related *children_of;
};

static void
clear_column (gpointer data)
{
  g_free (((RoundsTableColumn *) data)->label);
}

static void
clear_value (gpointer data)
{
  rounds_value_clear (data);
}

static guint
choose_width (const RoundsFieldInfo *field, gboolean is_text)
{
  if (is_text)
    return 24;
  switch (field->type)
    {
    case ROUNDS_TYPE_TEXT:
      return (guint) CLAMP (field->max / 5, 12, 28);
    case ROUNDS_TYPE_LONG_TEXT:
      return 60;
    case ROUNDS_TYPE_INSTANT:
      return 17;
    case ROUNDS_TYPE_UUID:
    case ROUNDS_TYPE_REFERENCE:
      return 38;
    default:
      return 12;
    }
}

/* An organisation's name is a person's organisation: so do imports know it from a person's name. */
static gboolean
is_called_by_entity (RoundsEntity entity, guint field)
{
  return entity == ROUNDS_ENTITY_ORGANISATION && field == ROUNDS_ORGANISATION_NAME;
}

static char *
make_label (RoundsExportColumns *self, RoundsEntity entity, const Source *source)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  const RoundsFieldInfo *field = &info->fields[source->field];
  gboolean by_entity =
    (source->related != NULL && source->related->is_list) || is_called_by_entity (entity, source->field);

  if (self->audience == ROUNDS_EXPORT_FOR_PEOPLE)
    return g_strdup (by_entity ? rounds_entity_get_label (entity) : rounds_field_get_label (field));
  if (by_entity)
    return g_strdup (info->name);
  return source->related == NULL && source->as_name ? g_strconcat (field->name, "_name", NULL) : g_strdup (field->name);
}

/* The column of that name that has no cells of @entity yet. */
static guint
find_column (RoundsExportColumns *self, RoundsEntity entity, const char *label, RoundsFieldType type)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const RoundsTableColumn *column = &g_array_index (self->columns, RoundsTableColumn, i);
      gboolean is_taken = !g_str_equal (column->label, label) || column->type != type;

      for (guint s = 0; !is_taken && s < self->sources->len; s++)
        is_taken = g_array_index (self->sources, Source, s).column == i
                   && g_array_index (self->sources, Source, s).entity == entity;
      if (!is_taken)
        return i;
    }
  return self->columns->len;
}

static void
add_column (RoundsExportColumns *self, RoundsEntity owner, const Related *from, guint field_index, gboolean as_name)
{
  RoundsEntity entity = from != NULL ? from->entity : owner;
  const RoundsFieldInfo *field = rounds_entity_get_field (entity, field_index);
  gboolean is_text = as_name || (from != NULL && from->is_list);
  Source source = { 0, owner, from, field_index, as_name };
  RoundsTableColumn column = { make_label (self, entity, &source), is_text ? ROUNDS_TYPE_TEXT : field->type,
                               choose_width (field, is_text) };

  source.column = find_column (self, owner, column.label, column.type);
  if (source.column < self->columns->len)
    g_free (column.label);
  else
    g_array_append_val (self->columns, column);
  g_array_append_val (self->sources, source);
}

static void
add_own_field (RoundsExportColumns *self, RoundsEntity entity, guint field_index)
{
  const RoundsFieldInfo *field = rounds_entity_get_field (entity, field_index);
  gboolean is_reference = field->type == ROUNDS_TYPE_REFERENCE;
  gboolean for_programs = self->audience == ROUNDS_EXPORT_FOR_PROGRAMS;
  gboolean is_common = field_index < ROUNDS_N_COMMON_FIELDS && field_index != ROUNDS_FIELD_TERRITORY;

  if (field->flags & ROUNDS_FIELD_HIDDEN || field_index == ROUNDS_FIELD_REV || field_index == ROUNDS_FIELD_DELETED_AT)
    return;
  if (for_programs || (!is_common && !is_reference && field->type != ROUNDS_TYPE_UUID))
    add_column (self, entity, NULL, field_index, FALSE);
  if (is_reference)
    add_column (self, entity, NULL, field_index, TRUE);
}

/**
 * rounds_export_columns_new:
 * @audience: for whom
 *
 * Returns: (transfer full): no columns yet
 */
RoundsExportColumns *
rounds_export_columns_new (RoundsExportAudience audience)
{
  RoundsExportColumns *self = g_new0 (RoundsExportColumns, 1);

  self->audience = audience;
  self->columns = g_array_new (FALSE, FALSE, sizeof (RoundsTableColumn));
  self->sources = g_array_new (FALSE, FALSE, sizeof (Source));
  self->cells = g_array_new (FALSE, TRUE, sizeof (RoundsValue));
  self->names = rounds_record_names_new ();
  g_array_set_clear_func (self->columns, clear_column);
  g_array_set_clear_func (self->cells, clear_value);
  return self;
}

/** rounds_export_columns_add: what there is to tell of records of @entity; hidden fields have no column. */
void
rounds_export_columns_add (RoundsExportColumns *self, RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  /* The territory is a word about the team rather than about the record: behind its own fields. */
  for (guint f = 0; f < info->n_fields; f++)
    if (f != ROUNDS_FIELD_TERRITORY)
      add_own_field (self, entity, f);
  for (guint i = 0; i < G_N_ELEMENTS (related); i++)
    if (related[i].owner == entity)
      add_column (self, entity, &related[i], related[i].field,
                  rounds_entity_get_field (related[i].entity, related[i].field)->type == ROUNDS_TYPE_REFERENCE);
  add_own_field (self, entity, ROUNDS_FIELD_TERRITORY);
  g_array_set_size (self->cells, self->columns->len);
}

/** rounds_export_columns_free: frees @self. */
void
rounds_export_columns_free (RoundsExportColumns *self)
{
  g_array_unref (self->columns);
  g_array_unref (self->sources);
  g_array_unref (self->cells);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  rounds_record_names_free (self->names);
  g_free (self);
}

/** rounds_export_columns_get: Returns: (transfer none) (array length=n_columns): the columns. */
const RoundsTableColumn *
rounds_export_columns_get (RoundsExportColumns *self, guint *n_columns)
{
  *n_columns = self->columns->len;
  return (const RoundsTableColumn *) self->columns->data;
}

static const char *
get_text (RoundsRecord *record, const char *field)
{
  int index = rounds_entity_find_field (rounds_record_get_entity (record), field);

  return index >= 0 ? rounds_record_get_text (record, (guint) index) : NULL;
}

static gboolean
is_primary (RoundsRecord *record)
{
  int index = rounds_entity_find_field (rounds_record_get_entity (record), "is_primary");

  return index >= 0 && rounds_record_get_boolean (record, (guint) index);
}

/* Dates compare as texts. */
static gboolean
is_valid_on (RoundsRecord *record, const char *day)
{
  const char *from = get_text (record, "valid_from");
  const char *to = get_text (record, "valid_to");

  return (from == NULL || g_strcmp0 (from, day) <= 0) && (to == NULL || g_strcmp0 (day, to) <= 0);
}

/**
 * rounds_export_list_current:
 * @entity: what belongs to a record
 * @through: its reference to that record
 * @of: the record's id
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer full) (element-type RoundsRecord) (nullable): those that are valid today (S1-17), the primary one
 *   first, then in the order in which they were recorded
 */
GPtrArray *
rounds_export_list_current (RoundsRecordStore *store, RoundsEntity entity, guint through, const RoundsUuid *of,
                            GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_strdup_printf ("%04d-%02d-%02d", g_date_time_get_year (now), g_date_time_get_month (now),
                                            g_date_time_get_day_of_month (now));
  g_autoptr (GPtrArray) all =
    rounds_record_store_list (store, rounds_query_where_uuid (query, through, ROUNDS_IS, of), error);
  GPtrArray *current;

  if (all == NULL)
    return NULL;
  current = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < all->len; i++)
    if (is_valid_on (all->pdata[i], today))
      g_ptr_array_insert (current, is_primary (all->pdata[i]) ? 0 : -1, g_object_ref (all->pdata[i]));
  return g_steal_pointer (&current);
}

/* What @record says in @field, as @source wants it. */
static gboolean
read_field (RoundsExportColumns *self, RoundsRecordStore *store, RoundsRecord *record, const Source *source,
            RoundsValue *cell, GError **error)
{
  const RoundsFieldInfo *field = rounds_entity_get_field (rounds_record_get_entity (record), source->field);
  const char *name;

  if (!source->as_name)
    {
      rounds_value_copy (rounds_record_get_value (record, source->field), cell);
      return TRUE;
    }
  name =
    rounds_record_names_get (self->names, store, field->target, rounds_record_get_uuid (record, source->field), error);
  if (name != NULL && *name != '\0')
    rounds_value_set_text (cell, name);
  return name != NULL;
}

static gboolean
read_list (RoundsExportColumns *self, RoundsRecordStore *store, const Source *source, RoundsValue *cell, GError **error)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < self->children->len; i++)
    {
      g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;

      if (!read_field (self, store, self->children->pdata[i], source, &value, error))
        return FALSE;
      if (value.kind == ROUNDS_VALUE_TEXT)
        g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", value.as.text);
    }
  if (list->len > 0)
    rounds_value_set_text (cell, list->str);
  return TRUE;
}

static gboolean
read_related (RoundsExportColumns *self, RoundsRecordStore *store, RoundsRecord *record, const Source *source,
              RoundsValue *cell, GError **error)
{
  const Related *from = source->related;

  /* The columns of one entity stand side by side: it is read once. */
  if (self->children_of == NULL || self->children_of->entity != from->entity)
    {
      g_clear_pointer (&self->children, g_ptr_array_unref);
      self->children =
        rounds_export_list_current (store, from->entity, from->through, rounds_record_get_id (record), error);
      if (self->children == NULL)
        return FALSE;
      self->children_of = from;
    }
  if (from->is_list)
    return read_list (self, store, source, cell, error);
  return self->children->len == 0 || read_field (self, store, self->children->pdata[0], source, cell, error);
}

/**
 * rounds_export_columns_read:
 * @record: a record of an entity that was added
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer none) (nullable): a cell for each column, until the next call
 */
const RoundsValue *
rounds_export_columns_read (RoundsExportColumns *self, RoundsRecordStore *store, RoundsRecord *record, GError **error)
{
  self->children_of = NULL;
  for (guint i = 0; i < self->cells->len; i++)
    rounds_value_clear (&g_array_index (self->cells, RoundsValue, i));
  for (guint i = 0; i < self->sources->len; i++)
    {
      const Source *source = &g_array_index (self->sources, Source, i);
      RoundsValue *cell = &g_array_index (self->cells, RoundsValue, source->column);

      if (source->entity == rounds_record_get_entity (record)
          && !(source->related != NULL ? read_related (self, store, record, source, cell, error)
                                       : read_field (self, store, record, source, cell, error)))
        return NULL;
    }
  return (const RoundsValue *) self->cells->data;
}
