/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-import-mapping.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-record.h"

#define PERSON(FIELD) ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_##FIELD
#define PHYSICIAN(FIELD) ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_##FIELD
#define ADDRESS(FIELD) ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_##FIELD
#define NO_CASE FALSE, 0
#define CASE(KIND) TRUE, ROUNDS_NAME_CASE_##KIND

/* Headers in the words of the NPPES files, of CMS "Doctors and Clinicians" (its older short names too), and of the
 * lists that people keep, in the languages of the teams. */
static const RoundsImportTargetInfo targets[ROUNDS_IMPORT_N_TARGETS] = {
  [ROUNDS_IMPORT_IGNORED] = { "ignored", N_ ("Do not import"), ROUNDS_ENTITY_NONE, 0, NO_CASE, "|" },
  [ROUNDS_IMPORT_FAMILY_NAME] = { "person.family_name", N_ ("Family name"), PERSON (FAMILY_NAME), CASE (FAMILY),
                                  "|last name|family name|surname|lastname|provider last name legal name|provider last "
                                  "name|lst nm|familyname|lname|"
                                  "family|last|nachname|familienname|achternaam|nom|nom de "
                                  "famille|apellido|apellidos|cognome|sobrenome|" },
  [ROUNDS_IMPORT_GIVEN_NAME] = { "person.given_name", N_ ("Given name"), PERSON (GIVEN_NAME), CASE (GIVEN),
                                 "|first name|given name|forename|firstname|provider first name|frst "
                                 "nm|givenname|fname|given names|given|first|"
                                 "vorname|voornaam|prenom|nombre|nome|" },
  [ROUNDS_IMPORT_MIDDLE_NAME] = { "person.middle_name", N_ ("Middle name"), PERSON (GIVEN_NAME), CASE (GIVEN),
                                  "|middle name|middlename|provider middle name|mid nm|middle initial|middle|mi|" },
  [ROUNDS_IMPORT_FULL_NAME] = { "person.name", N_ ("Full name"), PERSON (FAMILY_NAME), CASE (FAMILY),
                                "|name|full name|fullname|contact name|contact|hcp name|hcp|doctor|physician|provider "
                                "name|naam|" },
  [ROUNDS_IMPORT_PREFIX] = { "person.prefix", N_ ("Prefix"), PERSON (PREFIX), CASE (TITLE),
                             "|prefix|name prefix|provider name prefix text|salutation|anrede|aanhef|title|titel|" },
  [ROUNDS_IMPORT_SUFFIX] = { "person.suffix", N_ ("Suffix"), PERSON (SUFFIX), CASE (TITLE),
                             "|suffix|name suffix|provider name suffix text|suff|" },
  [ROUNDS_IMPORT_CREDENTIALS] = { "person.credentials", N_ ("Credentials"), PERSON (CREDENTIALS), NO_CASE,
                                  "|credentials|credential|provider credential text|cred|degree|degrees|" },
  [ROUNDS_IMPORT_SEX] = { "person.sex", N_ ("Sex"), PERSON (SEX), NO_CASE,
                          "|sex|gender|provider sex code|provider gender code|gndr|geschlecht|geslacht|sexe|sexo|" },
  [ROUNDS_IMPORT_EMAIL] = { "person.email", N_ ("Email"), PERSON (EMAIL), NO_CASE,
                            "|email|e mail|email address|e mail address|mail|emailaddress|e mail 1 "
                            "value|courriel|correo|correo electronico|" },
  [ROUNDS_IMPORT_PHONE] = { "person.phone", N_ ("Phone"), PERSON (PHONE), NO_CASE,
                            "|phone|telephone|phone number|telephone number|tel|provider business practice location "
                            "address telephone number|"
                            "phn numbr|mobile|mobile phone|cell|cell phone|phone 1 value|telefon|telefoon|telefono|" },
  [ROUNDS_IMPORT_BIRTH_DATE] = { "person.birth_date", N_ ("Date of birth"), PERSON (BIRTH_DATE), NO_CASE,
                                 "|date of birth|birth date|birthdate|dob|birthday|born|geburtsdatum|geburtstag|"
                                 "geboortedatum|date de naissance|naissance|fecha de nacimiento|data di nascita|data "
                                 "de "
                                 "nascimento|" },
  [ROUNDS_IMPORT_NPI] = { "physician.npi", N_ ("NPI"), PHYSICIAN (NPI), NO_CASE,
                          "|npi|npi number|national provider identifier|npi id|" },
  [ROUNDS_IMPORT_LICENCE_NUMBER] = { "physician.licence_number", N_ ("License number"), PHYSICIAN (LICENCE_NUMBER),
                                     NO_CASE,
                                     "|licence number|license number|provider license number 1|licence|license|license "
                                     "no|licence no|big nummer|" },
  [ROUNDS_IMPORT_SPECIALIZATION] = { "specialization.name", N_ ("Specialty"), PHYSICIAN (SPECIALIZATION), CASE (TITLE),
                                     "|specialization|specialty|speciality|specialisation|pri spec|primary "
                                     "specialty|fachrichtung|specialisme|specialite|"
                                     "especialidad|healthcare provider taxonomy code 1|" },
  [ROUNDS_IMPORT_TAXONOMY_CODE] = { "specialization.taxonomy_code", N_ ("Taxonomy code"), ROUNDS_ENTITY_SPECIALIZATION,
                                    ROUNDS_SPECIALIZATION_TAXONOMY_CODE, NO_CASE,
                                    "|taxonomy code|taxonomy|provider taxonomy code|" },
  [ROUNDS_IMPORT_ORGANISATION] = { "organisation.name", N_ ("Organization"), ROUNDS_ENTITY_ORGANISATION,
                                   ROUNDS_ORGANISATION_NAME, CASE (TITLE),
                                   "|organisation|organization|organization name|organisation name|provider "
                                   "organization name legal business name|"
                                   "facility name|org nm|hospital|hospital name|clinic|clinic name|practice|practice "
                                   "name|company|company name|"
                                   "business name|office name|institution|employer|account|account name|" },
  [ROUNDS_IMPORT_JOB_TITLE] = { "affiliation.job_title", N_ ("Job title"), ROUNDS_ENTITY_AFFILIATION,
                                ROUNDS_AFFILIATION_JOB_TITLE, CASE (TITLE),
                                "|job title|position|role|function|funktion|functie|" },
  [ROUNDS_IMPORT_ADDRESS_LINE] = { "address.lines", N_ ("Street"), ADDRESS (LINES), NO_CASE,
                                   "|address|street|street address|address line 1|address 1|full street address|adr ln "
                                   "1|address1|"
                                   "provider first line business practice location address|street "
                                   "1|strasse|straat|adres|adresse|direccion|" },
  [ROUNDS_IMPORT_ADDRESS_LINE_2] = { "address.lines_2", N_ ("Street, second line"), ADDRESS (LINES), NO_CASE,
                                     "|address line 2|address 2|adr ln 2|address2|provider second line business "
                                     "practice location address|street 2|" },
  [ROUNDS_IMPORT_CITY] = { "address.city", N_ ("City"), ADDRESS (CITY), CASE (TITLE),
                           "|city|town|city town|provider business practice location address city name|cty|city "
                           "name|place|ort|stadt|plaats|"
                           "ville|ciudad|citta|cidade|" },
  [ROUNDS_IMPORT_REGION] = { "address.region", N_ ("Region"), ADDRESS (REGION), NO_CASE,
                             "|state|region|province|provider business practice location address state "
                             "name|st|county|state province|"
                             "bundesland|provincie|" },
  [ROUNDS_IMPORT_POSTAL_CODE] = { "address.postal_code", N_ ("Postal code"), ADDRESS (POSTAL_CODE), NO_CASE,
                                  "|postal code|zip|zip code|postcode|provider business practice location address "
                                  "postal code|zipcode|zip postal code|"
                                  "plz|postleitzahl|code postal|codigo postal|cap|cep|" },
  [ROUNDS_IMPORT_COUNTRY] = { "address.country", N_ ("Country"), ADDRESS (COUNTRY), NO_CASE,
                              "|country|country code|provider business practice location address country code if "
                              "outside u s|land|pays|pais|"
                              "paese|" },
};

/* What people put before a header without changing what the column is: "Work phone", "Practice city". */
static const char *const noise_words[] = { "provider", "practice", "work",    "business",  "office", "primary",
                                           "main",     "contact",  "hcp",     "physician", "doctor", "hospital",
                                           "clinic",   "person",   "patient", "1",         "s",      NULL };

/** rounds_import_target_get_info: the fixed facts about @target. */
const RoundsImportTargetInfo *
rounds_import_target_get_info (RoundsImportTarget target)
{
  g_assert ((guint) target < ROUNDS_IMPORT_N_TARGETS);
  return &targets[target];
}

/** rounds_import_target_get_label: the target's name, translated. */
const char *
rounds_import_target_get_label (RoundsImportTarget target)
{
  return g_dgettext (GETTEXT_PACKAGE, rounds_import_target_get_info (target)->label);
}

/** rounds_import_target_is_date: whether the order of day and month matters for @target. */
gboolean
rounds_import_target_is_date (RoundsImportTarget target)
{
  const RoundsImportTargetInfo *info = rounds_import_target_get_info (target);

  return target != ROUNDS_IMPORT_IGNORED && info->entity != ROUNDS_ENTITY_NONE
         && rounds_entity_get_field (info->entity, info->field)->type == ROUNDS_TYPE_DATE;
}

/** rounds_import_target_from_name: %ROUNDS_IMPORT_N_TARGETS for a name that is none. */
RoundsImportTarget
rounds_import_target_from_name (const char *name)
{
  guint target = 0;

  while (target < ROUNDS_IMPORT_N_TARGETS && g_strcmp0 (targets[target].name, name) != 0)
    target++;
  return target;
}

/**
 * rounds_import_cell_is_blank:
 * @text: a cell without blanks around it
 * @target: what its column is
 *
 * Returns: whether the cell says nothing: it is empty or one of the ways to write "not available". In a column of names
 *   "NULL" is a family name that people have.
 */
gboolean
rounds_import_cell_is_blank (const char *text, RoundsImportTarget target)
{
  static const char *const blanks[] = { "", "<UNAVAIL>", "N/A", "#N/A", "\\N", "-", "--", ".", NULL };
  gboolean name = target >= ROUNDS_IMPORT_FAMILY_NAME && target <= ROUNDS_IMPORT_FULL_NAME;

  return rounds_word_is_one_of (blanks, text) || (!name && g_ascii_strcasecmp (text, "NULL") == 0);
}

/* Luhn over "80840" and the number (45 CFR 162.406). */
static gboolean
is_npi (const char *text)
{
  guint sum = 24;

  if (strlen (text) != 10 || strspn (text, "0123456789") != 10)
    return FALSE;
  for (guint i = 0; i < 10; i++)
    {
      guint digit = text[i] - '0';

      if (i % 2 == 0)
        digit = digit > 4 ? 2 * digit - 9 : 2 * digit;
      sum += digit;
    }
  return sum % 10 == 0;
}

static gboolean
is_email (const char *text)
{
  const char *at = strchr (text, '@');

  return at != NULL && at != text && strchr (at, '.') != NULL && strpbrk (text, " \t") == NULL;
}

/* "+31 20 555 0102", "(508) 555-0102", "508 555 0102"; not "06100-1234", "123-45-6789" or a day. */
static gboolean
is_phone (const char *text)
{
  guint n_digits = 0;
  guint n_separators = 0;

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      n_digits++;
    else if (strchr ("+()-./ ", *p) != NULL)
      n_separators++;
    else
      return FALSE;
  return n_digits >= 7 && n_digits <= 15
         && (text[0] == '+' || strchr (text, '(') != NULL || (n_digits >= 10 && n_separators >= 2));
}

static gboolean
is_taxonomy (const char *text)
{
  if (strlen (text) != 10 || text[9] != 'X')
    return FALSE;
  for (guint i = 0; i < 9; i++)
    if (!g_ascii_isdigit (text[i]) && !g_ascii_isupper (text[i]))
      return FALSE;
  return g_ascii_isdigit (text[0]);
}

/**
 * rounds_column_statistics_add:
 * @text: one more cell of the column
 */
void
rounds_column_statistics_add (RoundsColumnStatistics *self, const char *text)
{
  gsize length = strlen (text);
  g_autofree char *stripped = NULL;
  RoundsTextCase letters;

  if (length > 0 && (g_ascii_isspace (text[0]) || g_ascii_isspace (text[length - 1])))
    {
      text = stripped = g_strstrip (g_strdup (text));
      length = strlen (text);
    }
  if (rounds_import_cell_is_blank (text, ROUNDS_IMPORT_IGNORED))
    return;

  self->n_filled++;
  letters = rounds_text_find_case (text);
  self->n_capitals += letters == ROUNDS_TEXT_CAPITALS;
  self->n_small += letters == ROUNDS_TEXT_SMALL;
  self->n_npis += length == 10 && is_npi (text);
  self->n_emails += is_email (text);
  self->n_phones += is_phone (text);
  self->n_taxonomies += length == 10 && is_taxonomy (text);
  self->n_prefixes += rounds_name_is_prefix (text);
  rounds_date_evidence_add (&self->dates, text);
}

/**
 * rounds_import_header_fold:
 *
 * Returns: (transfer full): the words of a header in small letters without accents, one space apart: "City/Town" is
 *   "city town"
 */
char *
rounds_import_header_fold (const char *header)
{
  g_autofree char *folded = rounds_text_fold (header);
  GString *words = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (words, c);
      else if (words->len > 0 && words->str[words->len - 1] != ' ')
        g_string_append_c (words, ' ');
    }
  if (words->len > 0 && words->str[words->len - 1] == ' ')
    g_string_truncate (words, words->len - 1);
  return g_string_free_and_steal (words);
}

/** rounds_import_header_is_reason: whether @header is %ROUNDS_IMPORT_REASON_HEADER, however a program has written it.
 */
gboolean
rounds_import_header_is_reason (const char *header)
{
  g_autofree char *folded = rounds_import_header_fold (header);

  return g_str_equal (folded, "rounds why rejected");
}

static char *
drop_noise (const char *folded)
{
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();
  g_auto (GStrv) rest = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    if (!g_strv_contains (noise_words, words[i]))
      g_strv_builder_add (kept, words[i]);
  rest = g_strv_builder_end (kept);
  return g_strjoinv (" ", rest);
}

/* Where among the target's headers this one stands; -1 if it is none of them. */
static int
rank_header (RoundsImportTarget target, const char *folded)
{
  g_autofree char *needle = g_strconcat ("|", folded, "|", NULL);
  const char *found = *folded != '\0' ? strstr (targets[target].headers, needle) : NULL;

  return found != NULL ? (int) (found - targets[target].headers) : -1;
}

static RoundsImportTarget
find_by_header (const char *folded, int *rank)
{
  for (int target = ROUNDS_IMPORT_IGNORED + 1; target < ROUNDS_IMPORT_N_TARGETS; target++)
    {
      *rank = rank_header (target, folded);
      if (*rank >= 0)
        return target;
    }
  return ROUNDS_IMPORT_IGNORED;
}

/* What the cells say where the header says too little or the wrong thing. */
static RoundsImportTarget
correct_by_contents (RoundsImportTarget target, const char *folded, const RoundsColumnStatistics *cells)
{
  if (cells->n_filled == 0)
    return target;
  if (target == ROUNDS_IMPORT_IGNORED && cells->n_npis == cells->n_filled)
    return ROUNDS_IMPORT_NPI;
  if (target == ROUNDS_IMPORT_IGNORED && cells->n_emails == cells->n_filled)
    return ROUNDS_IMPORT_EMAIL;
  /* Nobody answers at a fax. */
  if (target == ROUNDS_IMPORT_IGNORED && cells->n_phones == cells->n_filled && strstr (folded, "fax") == NULL)
    return ROUNDS_IMPORT_PHONE;
  if (target == ROUNDS_IMPORT_SPECIALIZATION && cells->n_taxonomies > cells->n_filled / 2)
    return ROUNDS_IMPORT_TAXONOMY_CODE;
  if (target == ROUNDS_IMPORT_PREFIX && cells->n_prefixes <= cells->n_filled / 2)
    return ROUNDS_IMPORT_JOB_TITLE;
  return target;
}

/**
 * rounds_import_mapping_guess:
 * @headers: (array length=n_columns): the first row
 * @statistics: (array length=n_columns): what stands below
 *
 * Guesses from its header and its cells what each column is. A target is given to one column, the one whose header is
 * the plainest name for it; the other columns are ignored.
 *
 * Returns: (transfer full): a mapping of @n_columns columns
 */
RoundsImportMapping *
rounds_import_mapping_guess (const char *const *headers, const RoundsColumnStatistics *statistics, guint n_columns)
{
  RoundsImportMapping *self = g_new0 (RoundsImportMapping, 1);
  RoundsDateOrder locale_order = rounds_date_order_of_locale ();
  int best_rank[ROUNDS_IMPORT_N_TARGETS];
  int best_column[ROUNDS_IMPORT_N_TARGETS];

  self->n_columns = n_columns;
  self->columns = g_new0 (RoundsImportColumn, n_columns);
  for (guint t = 0; t < ROUNDS_IMPORT_N_TARGETS; t++)
    best_column[t] = -1;

  for (guint i = 0; i < n_columns; i++)
    {
      g_autofree char *folded = rounds_import_header_fold (headers[i]);
      int rank = 0;
      RoundsImportTarget target = find_by_header (folded, &rank);

      if (target == ROUNDS_IMPORT_IGNORED)
        {
          g_autofree char *plain = drop_noise (folded);

          target = find_by_header (plain, &rank);
          rank += 100000;
        }
      target = correct_by_contents (target, folded, &statistics[i]);
      if (target == ROUNDS_IMPORT_IGNORED || rounds_import_header_is_reason (headers[i]))
        continue;
      /* Of two columns the one that holds something, then the better header, then the first. */
      if (statistics[i].n_filled == 0)
        rank += 1000000;
      if (best_column[target] >= 0 && best_rank[target] <= rank)
        continue;
      best_column[target] = i;
      best_rank[target] = rank;
    }

  /* A column of whole names says nothing new beside one of family names. */
  if (best_column[ROUNDS_IMPORT_FAMILY_NAME] >= 0)
    best_column[ROUNDS_IMPORT_FULL_NAME] = -1;

  for (guint t = ROUNDS_IMPORT_IGNORED + 1; t < ROUNDS_IMPORT_N_TARGETS; t++)
    if (best_column[t] >= 0)
      self->columns[best_column[t]].target = t;
  for (guint i = 0; i < n_columns; i++)
    {
      /* A column shouts even where somebody has mended a cell by hand; cells with small letters are left alone anyway.
       */
      self->columns[i].from_capitals =
        statistics[i].n_capitals > 0 && statistics[i].n_small * 50 <= statistics[i].n_capitals;
      self->columns[i].date_order = rounds_date_evidence_get_order (&statistics[i].dates, locale_order);
    }
  return self;
}

/** rounds_import_mapping_free: frees @self. */
void
rounds_import_mapping_free (RoundsImportMapping *self)
{
  g_free (self->columns);
  g_free (self);
}

/** rounds_import_mapping_find: the column that is taken for @target, or -1. */
int
rounds_import_mapping_find (const RoundsImportMapping *self, RoundsImportTarget target)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (self->columns[i].target == target)
      return i;
  return -1;
}
