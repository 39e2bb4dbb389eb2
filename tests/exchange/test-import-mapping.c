/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the columns of a file are taken for, and how names are written. If this fails, people are imported under the
 * wrong names, or a column of the head office's list is lost. */

#include "rounds-import-plan.h"
#include "rounds-import-row.h"

static void
test_name_case (void)
{
  static const struct
  {
    RoundsNameCase kind;
    const char *capitals;
    const char *name;
  } names[] = {
    { ROUNDS_NAME_CASE_FAMILY, "ATKINSON", "Atkinson" },
    { ROUNDS_NAME_CASE_FAMILY, "O'BRIEN", "O'Brien" },
    { ROUNDS_NAME_CASE_FAMILY, "O\u2019BRIEN", "O\u2019Brien" },
    { ROUNDS_NAME_CASE_FAMILY, "D'ANGELO-SMITH", "D'Angelo-Smith" },
    { ROUNDS_NAME_CASE_FAMILY, "MCDONALD", "McDonald" },
    { ROUNDS_NAME_CASE_FAMILY, "MACKENZIE", "Mackenzie" },
    { ROUNDS_NAME_CASE_FAMILY, "DE LA CRUZ", "de la Cruz" },
    { ROUNDS_NAME_CASE_FAMILY, "VAN DER BERG", "van der Berg" },
    { ROUNDS_NAME_CASE_FAMILY, "LA ROSA", "La Rosa" },
    { ROUNDS_NAME_CASE_FAMILY, "DI PIETRO", "Di Pietro" },
    { ROUNDS_NAME_CASE_FAMILY, "GARCIA Y VEGA", "Garcia y Vega" },
    { ROUNDS_NAME_CASE_FAMILY, "VAN", "Van" },
    { ROUNDS_NAME_CASE_FAMILY, "NG", "Ng" },
    { ROUNDS_NAME_CASE_FAMILY, "SMITH III", "Smith III" },
    { ROUNDS_NAME_CASE_FAMILY, "M\u00dcLLER-\u00d6ZT\u00dcRK", "M\u00fcller-\u00d6zt\u00fcrk" },
    { ROUNDS_NAME_CASE_FAMILY, "DINIZ", "Diniz" }, /* not a dotless i in Turkish */
    { ROUNDS_NAME_CASE_GIVEN, "MARIA DE LOS ANGELES", "Maria de los Angeles" },
    { ROUNDS_NAME_CASE_GIVEN, "VAN ANH", "Van Anh" },
    { ROUNDS_NAME_CASE_GIVEN, "JD", "JD" },
    { ROUNDS_NAME_CASE_GIVEN, "J.R.", "J.R." },
    { ROUNDS_NAME_CASE_GIVEN, "D", "D" },
    { ROUNDS_NAME_CASE_TITLE, "SAN ANTONIO", "San Antonio" },
    { ROUNDS_NAME_CASE_TITLE, "ISLE OF PALMS", "Isle of Palms" },
    { ROUNDS_NAME_CASE_TITLE, "OB/GYN", "Ob/Gyn" },
    { ROUNDS_NAME_CASE_TITLE, "WINSTON-SALEM", "Winston-Salem" },
    { ROUNDS_NAME_CASE_TITLE, "FAMILY  PRACTICE", "Family Practice" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = rounds_name_from_capitals (names[i].capitals, names[i].kind);

      g_assert_cmpstr (name, ==, names[i].name);
    }
}

static void
test_whole_names (void)
{
  static const struct
  {
    const char *text;
    const char *parts; /* prefix/given/family/suffix/credentials */
  } names[] = {
    { "Jason Atkinson", "/Jason/Atkinson//" },
    { "Dr. Jan van der Berg", "Dr./Jan/van der Berg//" },
    { "Berg, Jan", "/Jan/Berg//" },
    { "van der Berg, Dr. Jan", "Dr./Jan/van der Berg//" },
    { "Jane A. Doe, MD, FACS", "/Jane A./Doe//MD, FACS" },
    { "John Smith Jr.", "/John/Smith/Jr./" },
    { "Prof. Dr. Anna Weber PhD", "Prof. Dr./Anna/Weber//PhD" },
    { "Doe, Jane, M.D.", "/Jane/Doe//M.D." },
    { "Madonna", "//Madonna//" },
    { "Tri Do", "/Tri/Do//" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_auto (RoundsPersonName) name = { 0 };
      g_autofree char *parts = NULL;

      rounds_person_name_parse (&name, names[i].text);
      parts = g_strdup_printf ("%s/%s/%s/%s/%s", name.prefix ?: "", name.given ?: "", name.family ?: "",
                               name.suffix ?: "", name.credentials ?: "");
      g_assert_cmpstr (parts, ==, names[i].parts);
    }
}

static RoundsImportPlan *
open_plan (const char *name)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_test_get_filename (G_TEST_DIST, "data", "import", name, NULL));
  g_autoptr (GError) error = NULL;
  RoundsImportPlan *plan = rounds_import_plan_new (file, NULL, NULL, &error);

  g_assert_no_error (error);
  return plan;
}

static void
assert_column (RoundsImportPlan *plan, RoundsImportTarget target, const char *header)
{
  int column = rounds_import_mapping_find (plan->mapping, target);

  g_assert_cmpstr (column >= 0 ? plan->headers[column] : NULL, ==, header);
}

static void
test_nppes (void)
{
  g_autoptr (RoundsImportPlan) plan = open_plan ("nppes-300.csv");

  g_assert_cmpuint (plan->n_rows, ==, 300);
  g_assert_cmpuint (plan->samples->len, ==, ROUNDS_IMPORT_N_SAMPLES);
  g_assert_cmpstr (rounds_table_file_get_encoding (plan->file), ==, "UTF-8");
  g_assert_true (plan->has_header);
  assert_column (plan, ROUNDS_IMPORT_NPI, "NPI");
  assert_column (plan, ROUNDS_IMPORT_FAMILY_NAME, "Provider Last Name (Legal Name)");
  assert_column (plan, ROUNDS_IMPORT_GIVEN_NAME, "Provider First Name");
  assert_column (plan, ROUNDS_IMPORT_MIDDLE_NAME, "Provider Middle Name");
  assert_column (plan, ROUNDS_IMPORT_PREFIX, "Provider Name Prefix Text");
  assert_column (plan, ROUNDS_IMPORT_SUFFIX, "Provider Name Suffix Text");
  assert_column (plan, ROUNDS_IMPORT_CREDENTIALS, "Provider Credential Text");
  assert_column (plan, ROUNDS_IMPORT_SEX, "Provider Sex Code");
  assert_column (plan, ROUNDS_IMPORT_SPECIALIZATION, "Healthcare Provider Taxonomy Code_1");
  assert_column (plan, ROUNDS_IMPORT_ADDRESS_LINE, "Full Street Address");
  assert_column (plan, ROUNDS_IMPORT_CITY, "Provider Business Practice Location Address City Name");
  assert_column (plan, ROUNDS_IMPORT_REGION, "Provider Business Practice Location Address State Name");
  assert_column (plan, ROUNDS_IMPORT_POSTAL_CODE, "Provider Business Practice Location Address Postal Code");
  assert_column (plan, ROUNDS_IMPORT_COUNTRY,
                 "Provider Business Practice Location Address Country Code (If outside U.S.)");
  assert_column (plan, ROUNDS_IMPORT_FULL_NAME, NULL);
  assert_column (plan, ROUNDS_IMPORT_ORGANISATION, NULL);
}

static void
test_cms (void)
{
  g_autoptr (RoundsImportPlan) plan = open_plan ("cms-overlap.csv");

  assert_column (plan, ROUNDS_IMPORT_FAMILY_NAME, "Provider Last Name");
  assert_column (plan, ROUNDS_IMPORT_GIVEN_NAME, "Provider First Name");
  assert_column (plan, ROUNDS_IMPORT_SUFFIX, "suff");
  assert_column (plan, ROUNDS_IMPORT_SEX, "gndr");
  assert_column (plan, ROUNDS_IMPORT_CREDENTIALS, "Cred");
  assert_column (plan, ROUNDS_IMPORT_SPECIALIZATION, "pri_spec");
  assert_column (plan, ROUNDS_IMPORT_CITY, "City/Town");
  assert_column (plan, ROUNDS_IMPORT_POSTAL_CODE, "ZIP Code");
}

static void
test_raw_nppes (void)
{
  g_autoptr (RoundsImportPlan) plan = open_plan ("nppes-raw-12.csv");

  g_assert_cmpuint (plan->n_columns, ==, 330 + 1);
  assert_column (plan, ROUNDS_IMPORT_ORGANISATION, "Provider Organization Name (Legal Business Name)");
  assert_column (plan, ROUNDS_IMPORT_ADDRESS_LINE, "Provider First Line Business Practice Location Address");
  assert_column (plan, ROUNDS_IMPORT_ADDRESS_LINE_2, "Provider Second Line Business Practice Location Address");
  assert_column (plan, ROUNDS_IMPORT_PHONE, "Provider Business Practice Location Address Telephone Number");
  assert_column (plan, ROUNDS_IMPORT_LICENCE_NUMBER, "Provider License Number_1");
  assert_column (plan, ROUNDS_IMPORT_TAXONOMY_CODE, "Healthcare Provider Taxonomy Code_1");
  assert_column (plan, ROUNDS_IMPORT_SPECIALIZATION, NULL);
}

static void
test_everyday (void)
{
  static const struct
  {
    const char *header;
    RoundsImportTarget target;
  } columns[] = {
    { "Surname", ROUNDS_IMPORT_FAMILY_NAME },
    { "Given names", ROUNDS_IMPORT_GIVEN_NAME },
    { "E-Mail Address", ROUNDS_IMPORT_EMAIL },
    { "Work phone", ROUNDS_IMPORT_PHONE },
    { "Title", ROUNDS_IMPORT_JOB_TITLE },
    { "Practice name", ROUNDS_IMPORT_ORGANISATION },
    { "Practice City", ROUNDS_IMPORT_CITY },
    { "Stra\u00dfe", ROUNDS_IMPORT_ADDRESS_LINE },
    { "PLZ", ROUNDS_IMPORT_POSTAL_CODE },
    { "ST\u0130LL HERE", ROUNDS_IMPORT_IGNORED },
    { "Other phone", ROUNDS_IMPORT_IGNORED },
    { "", ROUNDS_IMPORT_IGNORED },
    { "Id", ROUNDS_IMPORT_NPI }, /* by its cells */
  };
  const char *headers[G_N_ELEMENTS (columns)];
  RoundsColumnStatistics statistics[G_N_ELEMENTS (columns)] = { 0 };
  g_autoptr (RoundsImportMapping) mapping = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      headers[i] = columns[i].header;
      rounds_column_statistics_add (&statistics[i], columns[i].target == ROUNDS_IMPORT_NPI ? "1932106788" : "Chief");
    }
  mapping = rounds_import_mapping_guess (headers, statistics, G_N_ELEMENTS (columns));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_assert_cmpint (mapping->columns[i].target, ==, columns[i].target);
}

/* A header in a language that is not known; its cells say what they are. */
static void
test_telephones (void)
{
  static const struct
  {
    const char *header;
    const char *cell;
    RoundsImportTarget target;
  } columns[] = {
    { "\320\242\320\265\320\273\320\265\321\204\320\276\320\275", "+7 495 555 0102", ROUNDS_IMPORT_PHONE },
    { "Reach at", "(508) 555-0102", ROUNDS_IMPORT_PHONE },
    { "Reach at", "508-555-0102", ROUNDS_IMPORT_PHONE },
    { "Fax", "+7 495 555 0102", ROUNDS_IMPORT_IGNORED },
    { "Area", "06100-1234", ROUNDS_IMPORT_IGNORED },
    { "Number", "123-45-6789", ROUNDS_IMPORT_IGNORED },
    { "Since", "2026-11-21", ROUNDS_IMPORT_IGNORED },
    { "Reference", "5085550102", ROUNDS_IMPORT_IGNORED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (RoundsImportMapping) mapping = NULL;
      RoundsColumnStatistics statistics = { 0 };

      rounds_column_statistics_add (&statistics, columns[i].cell);
      mapping = rounds_import_mapping_guess (&columns[i].header, &statistics, 1);
      g_assert_cmpint (mapping->columns[0].target, ==, columns[i].target);
    }
}

static void
check_row (RoundsImportPlan *plan, guint64 number, RoundsImportRow *values)
{
  g_autoptr (RoundsTableReader) reader = rounds_import_plan_open (plan, NULL, NULL);
  g_autoptr (GError) error = NULL;
  RoundsTableRow row;

  while (rounds_table_reader_read (reader, &row, NULL, &error) && row.number < number)
    continue;
  g_assert_no_error (error);
  g_assert_true (rounds_import_row_read (values, plan, &row, &error));
}

static void
test_rows (void)
{
  g_autoptr (RoundsImportPlan) plan = open_plan ("nppes-300.csv");
  g_auto (RoundsImportRow) first = { 0 };
  g_auto (RoundsImportRow) second = { 0 };

  check_row (plan, 2, &first);
  g_assert_cmpstr (first.values[ROUNDS_IMPORT_FAMILY_NAME], ==, "Atkinson");
  g_assert_cmpstr (first.values[ROUNDS_IMPORT_GIVEN_NAME], ==, "Jason D");
  g_assert_cmpstr (first.values[ROUNDS_IMPORT_PREFIX], ==, "Dr");
  g_assert_cmpstr (first.values[ROUNDS_IMPORT_CREDENTIALS], ==, "DC");
  g_assert_null (first.values[ROUNDS_IMPORT_SUFFIX]);
  g_assert_cmpstr (first.values[ROUNDS_IMPORT_CITY], ==, "Kaysville");
  g_assert_cmpstr (first.values[ROUNDS_IMPORT_REGION], ==, "UT");
  g_assert_cmpstr (first.values[ROUNDS_IMPORT_ADDRESS_LINE], ==, "73 E 200 N");
  g_assert_cmpstr (first.values[ROUNDS_IMPORT_SEX], ==, "male");
  g_assert_cmpstr (first.values[ROUNDS_IMPORT_SPECIALIZATION], ==, "Acupuncturist");

  /* A postal code is a text: this one starts with 0. */
  check_row (plan, 3, &second);
  g_assert_cmpstr (second.values[ROUNDS_IMPORT_POSTAL_CODE], ==, "06902");
}

static void
test_blanks (void)
{
  g_assert_true (rounds_import_cell_is_blank ("<UNAVAIL>", ROUNDS_IMPORT_CITY));
  g_assert_true (rounds_import_cell_is_blank ("n/a", ROUNDS_IMPORT_PHONE));
  g_assert_true (rounds_import_cell_is_blank ("NULL", ROUNDS_IMPORT_PHONE));
  g_assert_false (rounds_import_cell_is_blank ("Null", ROUNDS_IMPORT_FAMILY_NAME));
  g_assert_false (rounds_import_cell_is_blank ("0", ROUNDS_IMPORT_PHONE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/import-mapping/name-case", test_name_case);
  g_test_add_func ("/import-mapping/whole-names", test_whole_names);
  g_test_add_func ("/import-mapping/nppes", test_nppes);
  g_test_add_func ("/import-mapping/cms", test_cms);
  g_test_add_func ("/import-mapping/raw-nppes", test_raw_nppes);
  g_test_add_func ("/import-mapping/everyday", test_everyday);
  g_test_add_func ("/import-mapping/telephones", test_telephones);
  g_test_add_func ("/import-mapping/rows", test_rows);
  g_test_add_func ("/import-mapping/blanks", test_blanks);
  return g_test_run ();
}
