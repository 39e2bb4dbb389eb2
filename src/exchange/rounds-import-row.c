/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-import-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-csv-writer.h"
#include "rounds-error.h"

/* Without blanks around it, the no-break space among them. */
static char *
strip (const char *text)
{
  const char *end = text + strlen (text);

  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  while (end > text)
    {
      const char *last = g_utf8_prev_char (end);

      if (!g_unichar_isspace (g_utf8_get_char (last)))
        break;
      end = last;
    }
  return g_strndup (text, end - text);
}

static char *
clean_cell (const char *cell, RoundsImportTarget target)
{
  g_autofree char *stripped = NULL;

  /* The apostrophe that our own export puts before what a spreadsheet would run. */
  if (*cell == '\'' && rounds_csv_looks_like_formula (cell + 1))
    cell++;
  stripped = strip (cell);
  if (rounds_import_cell_is_blank (stripped, target))
    return NULL;
  return g_str_is_ascii (stripped) ? g_steal_pointer (&stripped) : g_utf8_normalize (stripped, -1, G_NORMALIZE_NFC);
}

static char *
from_capitals (char *text, RoundsNameCase kind)
{
  g_autofree char *owned = text;

  return rounds_text_is_capitals (owned) ? rounds_name_from_capitals (owned, kind) : g_steal_pointer (&owned);
}

static void
take_part (RoundsImportRow *self, RoundsImportTarget target, char *part, gboolean capitals)
{
  const RoundsImportTargetInfo *info = rounds_import_target_get_info (target);
  g_autofree char *owned = part;

  if (owned == NULL || self->values[target] != NULL)
    return;
  if (capitals && info->has_case)
    owned = from_capitals (g_steal_pointer (&owned), info->name_case);
  self->values[target] = g_steal_pointer (&owned);
}

static void
take_full_name (RoundsImportRow *self, gboolean capitals)
{
  g_auto (RoundsPersonName) name = { 0 };

  rounds_person_name_parse (&name, self->values[ROUNDS_IMPORT_FULL_NAME]);
  take_part (self, ROUNDS_IMPORT_FAMILY_NAME, g_steal_pointer (&name.family), capitals);
  take_part (self, ROUNDS_IMPORT_GIVEN_NAME, g_steal_pointer (&name.given), capitals);
  take_part (self, ROUNDS_IMPORT_PREFIX, g_steal_pointer (&name.prefix), capitals);
  take_part (self, ROUNDS_IMPORT_SUFFIX, g_steal_pointer (&name.suffix), capitals);
  take_part (self, ROUNDS_IMPORT_CREDENTIALS, g_steal_pointer (&name.credentials), FALSE);
}

/* Puts the value of `second` behind that of `first`. */
static void
join_values (RoundsImportRow *self, RoundsImportTarget first, RoundsImportTarget second, const char *between)
{
  g_autofree char *before = NULL;

  if (self->values[second] == NULL)
    return;
  if (self->values[first] == NULL)
    {
      self->values[first] = g_steal_pointer (&self->values[second]);
      return;
    }
  before = g_steal_pointer (&self->values[first]);
  self->values[first] = g_strconcat (before, between, self->values[second], NULL);
  g_clear_pointer (&self->values[second], g_free);
}

/* The words for sex that files use; what is none of them stays and is refused with its own text's column. */
static void
translate_sex (char **value)
{
  static const struct
  {
    const char *sex;
    const char *const words[10];
  } sexes[] = {
    { "female", { "f", "w", "female", "woman", "weiblich", "vrouw", "femme", "mujer", NULL } },
    { "male", { "m", "male", "man", "homme", "hombre", NULL } },
    { "other", { "x", "o", "d", "other", "divers", "nonbinary", "non-binary", NULL } },
    { "unknown", { "u", "unknown", "unbekannt", "onbekend", NULL } },
  };

  if (*value == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (sexes); i++)
    for (guint w = 0; sexes[i].words[w] != NULL; w++)
      if (g_ascii_strcasecmp (sexes[i].words[w], *value) == 0)
        {
          g_free (*value);
          *value = g_strdup (sexes[i].sex);
          return;
        }
}

/* A row with more cells than the header has lost a quote or gained a comma: what stands where is anybody's guess. So is
 * one that ends before a column that matters. */
static gboolean
check_length (RoundsImportPlan *plan, const RoundsTableRow *row, GError **error)
{
  gboolean right = TRUE;

  for (guint i = plan->n_columns; i < row->n_cells; i++)
    right &= *row->cells[i] == '\0';
  for (guint i = row->n_cells; i < plan->n_columns; i++)
    right &= plan->mapping->columns[i].target == ROUNDS_IMPORT_IGNORED;
  if (right)
    return TRUE;

  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
               g_dngettext (GETTEXT_PACKAGE, "The row has %u cell, but the first row has %u.",
                            "The row has %u cells, but the first row has %u.", row->n_cells),
               row->n_cells, plan->n_columns);
  return FALSE;
}

static gboolean
read_date (RoundsImportRow *self, const char *header, const RoundsImportColumn *column, GError **error)
{
  g_autofree char *text = g_steal_pointer (&self->values[column->target]);

  if (text == NULL)
    return TRUE;
  self->values[column->target] = rounds_import_date_parse (text, column->date_order);
  if (self->values[column->target] != NULL)
    return TRUE;
  self->wrong_column = header;
  switch (column->date_order)
    {
    case ROUNDS_DATE_ORDER_DMY:
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("“%s” is not a date that begins with the day."), text);
      return FALSE;
    case ROUNDS_DATE_ORDER_MDY:
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("“%s” is not a date that begins with the month."),
                   text);
      return FALSE;
    case ROUNDS_DATE_ORDER_YMD:
    case ROUNDS_DATE_ORDER_UNKNOWN:
    default:
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("“%s” is not a date that begins with the year."),
                   text);
      return FALSE;
    }
}

/**
 * rounds_import_row_read:
 * @self: takes the values; cleared by the caller
 * @plan: says what the columns are
 * @row: a row of the plan's file
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID: why the row cannot be used
 *
 * Reads and cleans one row (S2-30): blanks and "not available" are null, shouted columns are written in name case,
 * middle names join the given name, whole names are taken apart. Phone numbers and postal codes stay the text that they
 * are.
 */
gboolean
rounds_import_row_read (RoundsImportRow *self, RoundsImportPlan *plan, const RoundsTableRow *row, GError **error)
{
  if (row->problem != NULL)
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, row->problem);
      return FALSE;
    }
  if (!check_length (plan, row, error))
    return FALSE;

  for (guint i = 0; i < MIN (row->n_cells, plan->n_columns); i++)
    {
      const RoundsImportColumn *column = &plan->mapping->columns[i];
      const RoundsImportTargetInfo *info = rounds_import_target_get_info (column->target);
      char *value;

      if (column->target == ROUNDS_IMPORT_IGNORED || self->values[column->target] != NULL)
        continue;
      value = clean_cell (row->cells[i], column->target);
      if (value != NULL && info->has_case && column->from_capitals && column->target != ROUNDS_IMPORT_FULL_NAME)
        value = from_capitals (value, info->name_case);
      self->values[column->target] = value;
      if (rounds_import_target_is_date (column->target) && !read_date (self, plan->headers[i], column, error))
        return FALSE;
    }

  if (self->values[ROUNDS_IMPORT_FULL_NAME] != NULL)
    take_full_name (
      self, plan->mapping->columns[rounds_import_mapping_find (plan->mapping, ROUNDS_IMPORT_FULL_NAME)].from_capitals);
  join_values (self, ROUNDS_IMPORT_GIVEN_NAME, ROUNDS_IMPORT_MIDDLE_NAME, " ");
  join_values (self, ROUNDS_IMPORT_ADDRESS_LINE, ROUNDS_IMPORT_ADDRESS_LINE_2, "\n");
  translate_sex (&self->values[ROUNDS_IMPORT_SEX]);
  return TRUE;
}

/** rounds_import_row_clear: frees the values. */
void
rounds_import_row_clear (RoundsImportRow *self)
{
  for (guint t = 0; t < ROUNDS_IMPORT_N_TARGETS; t++)
    g_clear_pointer (&self->values[t], g_free);
}

/**
 * rounds_import_row_list_targets:
 * @entity: a person, a physician's particulars, an affiliation or an address
 *
 * Returns: (transfer none): those whose text a row says as it is about a record of @entity; ended by
 *   %ROUNDS_IMPORT_IGNORED
 */
const RoundsImportTarget *
rounds_import_row_list_targets (RoundsEntity entity)
{
  static const RoundsImportTarget person[] = {
    ROUNDS_IMPORT_FAMILY_NAME, ROUNDS_IMPORT_GIVEN_NAME, ROUNDS_IMPORT_PREFIX, ROUNDS_IMPORT_SUFFIX,
    ROUNDS_IMPORT_CREDENTIALS, ROUNDS_IMPORT_BIRTH_DATE, ROUNDS_IMPORT_SEX,    ROUNDS_IMPORT_EMAIL,
    ROUNDS_IMPORT_PHONE,       ROUNDS_IMPORT_IGNORED,
  };
  static const RoundsImportTarget physician[] = { ROUNDS_IMPORT_NPI, ROUNDS_IMPORT_LICENCE_NUMBER,
                                                  ROUNDS_IMPORT_IGNORED };
  static const RoundsImportTarget affiliation[] = { ROUNDS_IMPORT_JOB_TITLE, ROUNDS_IMPORT_IGNORED };
  static const RoundsImportTarget address[] = {
    ROUNDS_IMPORT_ADDRESS_LINE, ROUNDS_IMPORT_POSTAL_CODE, ROUNDS_IMPORT_CITY,
    ROUNDS_IMPORT_REGION,       ROUNDS_IMPORT_COUNTRY,     ROUNDS_IMPORT_IGNORED,
  };

  switch (entity)
    {
    case ROUNDS_ENTITY_PERSON:
      return person;
    case ROUNDS_ENTITY_PHYSICIAN:
      return physician;
    case ROUNDS_ENTITY_AFFILIATION:
      return affiliation;
    case ROUNDS_ENTITY_ADDRESS:
      return address;
    default:
      g_assert_not_reached ();
    }
}

/** rounds_import_row_fill: says of @record, a new one, what the row says about it. Any thread. */
void
rounds_import_row_fill (const RoundsImportRow *self, RoundsRecord *record)
{
  const RoundsImportTarget *targets = rounds_import_row_list_targets (rounds_record_get_entity (record));

  for (guint i = 0; targets[i] != ROUNDS_IMPORT_IGNORED; i++)
    if (self->values[targets[i]] != NULL)
      rounds_record_set_text (record, rounds_import_target_get_info (targets[i])->field, self->values[targets[i]]);
}

/** rounds_import_row_names_person: whether the row is about a person (and not about an organisation alone). */
gboolean
rounds_import_row_names_person (const RoundsImportRow *self)
{
  return self->values[ROUNDS_IMPORT_FAMILY_NAME] != NULL || self->values[ROUNDS_IMPORT_GIVEN_NAME] != NULL;
}

/** rounds_import_row_is_of_organisation: whether the row is about an organisation alone. */
gboolean
rounds_import_row_is_of_organisation (const RoundsImportRow *self)
{
  return !rounds_import_row_names_person (self) && self->values[ROUNDS_IMPORT_ORGANISATION] != NULL;
}

/**
 * rounds_import_row_get_name:
 *
 * Returns: (transfer full) (nullable): whom the row names, for a list
 */
char *
rounds_import_row_get_name (const RoundsImportRow *self)
{
  const char *given = self->values[ROUNDS_IMPORT_GIVEN_NAME];
  const char *family = self->values[ROUNDS_IMPORT_FAMILY_NAME];

  if (given != NULL && family != NULL)
    return g_strconcat (given, " ", family, NULL);
  if (given != NULL || family != NULL)
    return g_strdup (family != NULL ? family : given);
  return g_strdup (self->values[ROUNDS_IMPORT_ORGANISATION]);
}
