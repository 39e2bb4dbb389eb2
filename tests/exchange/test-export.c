/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Exports from a real store. What a user loses if this fails: a phone number's zero, a colleague's trust in a file that
 * runs a formula, the old file to a full disk, or people on the way to another program and back. */

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>
#include <string.h>

#include "rounds-csv-reader.h"
#include "rounds-error.h"
#include "rounds-exporter.h"
#include "rounds-importer.h"
#include "rounds-json.h"
#include "rounds-vcard-writer.h"
#include "store-fixture.h"

static void
save (RoundsRecordStore *store, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_save (store, record, &error);
  g_assert_no_error (error);
}

static RoundsRecord *
add_person (StoreFixture *fixture, const char *given, const char *family, const char *phone)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, given);
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family);
  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, phone);
  save (fixture->store, person);
  return person;
}

/* A physician with everything that stands in records of its own. */
static RoundsRecord *
add_physician (StoreFixture *fixture, const char *given, const char *family, const char *npi)
{
  RoundsRecord *person = add_person (fixture, given, family, "0612345678");
  g_autoptr (RoundsRecord) role = rounds_record_new (ROUNDS_ENTITY_PERSON_ROLE);
  g_autoptr (RoundsRecord) old_role = rounds_record_new (ROUNDS_ENTITY_PERSON_ROLE);
  g_autoptr (RoundsRecord) physician = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);
  g_autoptr (RoundsRecord) specialization = rounds_record_new (ROUNDS_ENTITY_SPECIALIZATION);
  g_autoptr (RoundsRecord) address = rounds_record_new (ROUNDS_ENTITY_ADDRESS);
  g_autoptr (RoundsRecord) practice = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);
  g_autoptr (RoundsRecord) affiliation = rounds_record_new (ROUNDS_ENTITY_AFFILIATION);
  const RoundsUuid *id = rounds_record_get_id (person);

  rounds_record_set_text (person, ROUNDS_PERSON_EMAIL, "a.borg@example.org");
  rounds_record_set_text (person, ROUNDS_PERSON_BIRTH_DATE, "1971-03-02");
  rounds_record_set_text (person, ROUNDS_PERSON_CREDENTIALS, "MD");
  save (fixture->store, person);
  rounds_record_set_uuid (role, ROUNDS_PERSON_ROLE_PERSON, id);
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, "physician");
  save (fixture->store, role);
  rounds_record_set_uuid (old_role, ROUNDS_PERSON_ROLE_PERSON, id);
  rounds_record_set_text (old_role, ROUNDS_PERSON_ROLE_TYPE, "lead");
  rounds_record_set_text (old_role, ROUNDS_PERSON_ROLE_VALID_TO, "2001-01-01");
  save (fixture->store, old_role);
  rounds_record_set_text (specialization, ROUNDS_SPECIALIZATION_NAME, "Neurology");
  save (fixture->store, specialization);
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, id);
  rounds_record_set_text (physician, ROUNDS_PHYSICIAN_NPI, npi);
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_SPECIALIZATION, rounds_record_get_id (specialization));
  save (fixture->store, physician);
  rounds_record_set_uuid (address, ROUNDS_ADDRESS_PERSON, id);
  rounds_record_set_text (address, ROUNDS_ADDRESS_KIND, "practice");
  rounds_record_set_text (address, ROUNDS_ADDRESS_LINES, "Kerkstraat 1; hoog,\nachter");
  rounds_record_set_text (address, ROUNDS_ADDRESS_CITY, "Łódź");
  rounds_record_set_text (address, ROUNDS_ADDRESS_POSTAL_CODE, "01234");
  save (fixture->store, address);
  rounds_record_set_text (practice, ROUNDS_ORGANISATION_NAME, "Praxis am Markt");
  rounds_record_set_text (practice, ROUNDS_ORGANISATION_KIND, "practice");
  save (fixture->store, practice);
  rounds_record_set_uuid (affiliation, ROUNDS_AFFILIATION_PERSON, id);
  rounds_record_set_uuid (affiliation, ROUNDS_AFFILIATION_ORGANISATION, rounds_record_get_id (practice));
  rounds_record_set_text (affiliation, ROUNDS_AFFILIATION_JOB_TITLE, "Chief");
  save (fixture->store, affiliation);
  return person;
}

static GFile *
get_file (StoreFixture *fixture, const char *name)
{
  return g_file_new_build_filename (fixture->folder, name, NULL);
}

static RoundsExporter *
export_people (RoundsExportFormat format, RoundsExportAudience audience, GFile *file)
{
  g_autoptr (RoundsQuery) query = rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON));
  RoundsExporter *exporter = rounds_exporter_new (query, format, audience);

  rounds_exporter_set_file (exporter, file);
  return exporter;
}

static void
run (StoreFixture *fixture, RoundsExporter *exporter)
{
  g_autoptr (GError) error = NULL;

  rounds_export_run (ROUNDS_EXPORT (exporter), fixture->store, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static char *
read_file (GFile *file)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_load_contents (file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* A part of a zip file, as text. */
static char *
read_part (GFile *file, const char *name)
{
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;
  GString *text = NULL;

  archive_read_support_format_zip (archive);
  g_assert_cmpint (archive_read_open_filename (archive, g_file_peek_path (file), 4096), ==, ARCHIVE_OK);
  while (text == NULL && archive_read_next_header (archive, &entry) == ARCHIVE_OK)
    if (g_str_equal (archive_entry_pathname (entry), name))
      {
        char block[4096];
        la_ssize_t length;

        text = g_string_new (NULL);
        while ((length = archive_read_data (archive, block, sizeof block)) > 0)
          g_string_append_len (text, block, length);
        g_assert_cmpint (length, ==, 0);
      }
  archive_read_free (archive);
  g_assert_nonnull (text);
  return g_string_free_and_steal (text);
}

static guint
count_files (StoreFixture *fixture)
{
  g_autoptr (GDir) directory = g_dir_open (fixture->folder, 0, NULL);
  const char *name;
  guint n = 0;

  while ((name = g_dir_read_name (directory)) != NULL)
    n += !g_str_has_prefix (name, "rounds.db");
  return n;
}

static void
assert_contains (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in:\n%s", part, text);
}

static void
test_table_shows_what_belongs_to_a_person (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Anna", "Borg", "1932106788");
  g_autoptr (GFile) file = get_file (fixture, "people.csv");
  g_autoptr (RoundsExporter) exporter = export_people (ROUNDS_EXPORT_CSV, ROUNDS_EXPORT_FOR_PEOPLE, file);
  g_autofree char *text = NULL;

  run (fixture, exporter);
  g_assert_cmpuint (rounds_exporter_get_n_written (exporter), ==, 1);
  text = read_file (file);
  g_assert_true (g_str_has_prefix (text, "\xEF\xBB\xBF"
                                         "Family name,Given name,"));
  assert_contains (text, ",physician,1932106788,"); /* and not the role that has ended */
  assert_contains (text, ",Neurology,");
  assert_contains (text, ",Praxis am Markt,Chief,\"Kerkstraat 1; hoog,\nachter\",Łódź,,01234,");
  g_assert_null (strstr (text, "lead"));
}

static void
test_formulas_are_texts (StoreFixture *fixture, gconstpointer data)
{
  static const char *const evil[] = { "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /c calc'!A1" };
  g_autoptr (GFile) csv = get_file (fixture, "people.csv");
  g_autoptr (GFile) xlsx = get_file (fixture, "people.xlsx");
  g_autoptr (RoundsExporter) to_csv = export_people (ROUNDS_EXPORT_CSV, ROUNDS_EXPORT_FOR_PEOPLE, csv);
  g_autoptr (RoundsExporter) to_xlsx = export_people (ROUNDS_EXPORT_XLSX, ROUNDS_EXPORT_FOR_PEOPLE, xlsx);
  g_autoptr (RoundsCsvReader) reader = NULL;
  g_autofree char *sheet = NULL;
  RoundsTableRow row;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (evil); i++)
    g_object_unref (add_person (fixture, evil[i], evil[i], evil[i]));
  run (fixture, to_csv);
  run (fixture, to_xlsx);

  reader = rounds_csv_reader_open (csv, NULL, 0, NULL, NULL);
  while (rounds_table_reader_read (ROUNDS_TABLE_READER (reader), &row, NULL, NULL))
    for (guint i = 0; i < row.n_cells; i++)
      {
        g_assert_false (strchr ("=+-@", row.cells[i][0]) != NULL && row.cells[i][0] != '\0');
        n += row.cells[i][0] == '\'';
      }
  g_assert_cmpuint (n, ==, 3 * G_N_ELEMENTS (evil));

  sheet = read_part (xlsx, "xl/worksheets/sheet1.xml");
  g_assert_null (strstr (sheet, "<f>"));
  assert_contains (sheet, "<t>=1+1</t>");
}

static void
test_workbook (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Anna", "<b>&Borg", "1932106788");
  g_autoptr (RoundsRecord) visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsQuery) visits = rounds_query_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsExporter) of_visits = rounds_exporter_new (visits, ROUNDS_EXPORT_XLSX, ROUNDS_EXPORT_FOR_PEOPLE);
  g_autoptr (GFile) file = get_file (fixture, "people.xlsx");
  g_autoptr (GFile) visits_file = get_file (fixture, "visits.xlsx");
  g_autoptr (RoundsExporter) exporter = export_people (ROUNDS_EXPORT_XLSX, ROUNDS_EXPORT_FOR_PEOPLE, file);
  g_autoptr (GDateTime) moment = g_date_time_new_local (2026, 5, 4, 12, 0, 0);
  g_autofree char *sheet = NULL;
  g_autofree char *visits_sheet = NULL;

  run (fixture, exporter);
  sheet = read_part (file, "xl/worksheets/sheet1.xml");
  assert_contains (sheet, "state=\"frozen\"");
  assert_contains (sheet, "customWidth=\"1\"");
  assert_contains (sheet, "<t>0612345678</t>");
  assert_contains (sheet, "<t>1932106788</t>");
  assert_contains (sheet, "<t>01234</t>");
  assert_contains (sheet, "<t>&lt;b&gt;&amp;Borg</t>");
  /* 2 March 1971 is day 25,994 of the format's calendar (by LibreOffice). */
  assert_contains (sheet, "<v>25994</v>");

  /* Noon on the clock of the one who was there, whatever the zone: day 46,146 and a half. */
  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "Anna Borg");
  rounds_record_set_text (visit, ROUNDS_INTERACTION_INTERACTION_TYPE, "Visit");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, g_date_time_to_unix (moment) * 1000);
  save (fixture->store, visit);
  rounds_exporter_set_file (of_visits, visits_file);
  run (fixture, of_visits);
  visits_sheet = read_part (visits_file, "xl/worksheets/sheet1.xml");
  assert_contains (visits_sheet, "<v>46146.5</v>");
}

static void
test_people_come_back (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Anna", "Borg", "1932106788");
  g_autoptr (RoundsRecord) other = add_person (fixture, "Zoë", "d’Arcy", "+31 20 555 0100");
  g_autoptr (GFile) file = get_file (fixture, "people.csv");
  g_autofree char *directory = NULL;
  g_autoptr (RoundsRecordStore) store = store_fixture_open (&directory, ROUNDS_ROLE_DEVICE);
  g_autoptr (RoundsImportPlan) plan = NULL;
  g_autoptr (RoundsImportResult) result = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (RoundsQuery) people = rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON));
  g_autoptr (GError) error = NULL;
  static const guint fields[] = { ROUNDS_PERSON_FAMILY_NAME, ROUNDS_PERSON_GIVEN_NAME, ROUNDS_PERSON_CREDENTIALS,
                                  ROUNDS_PERSON_EMAIL, ROUNDS_PERSON_PHONE };

  for (int audience = ROUNDS_EXPORT_FOR_PEOPLE; audience <= ROUNDS_EXPORT_FOR_PROGRAMS; audience++)
    {
      g_autoptr (RoundsExporter) exporter = export_people (ROUNDS_EXPORT_CSV, audience, file);

      run (fixture, exporter);
      g_clear_pointer (&plan, rounds_import_plan_unref);
      g_clear_pointer (&result, rounds_import_result_unref);
      plan = rounds_import_plan_new (file, NULL, NULL, &error);
      g_assert_no_error (error);
      result = rounds_importer_run (store, plan, FALSE, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (result->counts[ROUNDS_IMPORT_REJECTED], ==, 0);
      g_assert_cmpuint (result->counts[ROUNDS_IMPORT_CREATED], ==, audience == ROUNDS_EXPORT_FOR_PEOPLE ? 2 : 0);

      g_clear_pointer (&before, g_ptr_array_unref);
      g_clear_pointer (&after, g_ptr_array_unref);
      before = rounds_record_store_list (fixture->store, people, NULL);
      after = rounds_record_store_list (store, people, NULL);
      g_assert_cmpuint (after->len, ==, before->len);
      for (guint i = 0; i < before->len; i++)
        for (guint f = 0; f < G_N_ELEMENTS (fields); f++)
          g_assert_cmpstr (rounds_record_get_text (before->pdata[i], fields[f]), ==,
                           rounds_record_get_text (after->pdata[i], fields[f]));
    }
  store_fixture_close (&store, &directory);
}

/* Puts folded lines together again. */
static char *
unfold (const char *card)
{
  g_auto (GStrv) parts = g_strsplit (card, "\r\n ", -1);

  return g_strjoinv ("", parts);
}

static void
test_cards (StoreFixture *fixture, gconstpointer data)
{
  static const char family[] = "Ünbelievably-Löng-Nämed-Persön-Äöüßéèêëāăą-Whose-Card-Is-Folded; Sr., \\ and";
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Anna", family, "1932106788");

  for (int format = ROUNDS_EXPORT_VCARD_3; format <= ROUNDS_EXPORT_VCARD_4; format++)
    {
      g_autoptr (GFile) file = get_file (fixture, "people.vcf");
      g_autoptr (RoundsExporter) exporter = export_people (format, ROUNDS_EXPORT_FOR_PEOPLE, file);
      g_autofree char *text = NULL;
      g_autofree char *unfolded = NULL;
      g_auto (GStrv) lines = NULL;

      run (fixture, exporter);
      text = read_file (file);
      lines = g_strsplit (text, "\r\n", -1);
      for (guint i = 0; lines[i] != NULL; i++)
        {
          g_assert_cmpuint (strlen (lines[i]), <=, 75);
          g_assert_true (g_utf8_validate (lines[i], -1, NULL));
          g_assert_null (strpbrk (lines[i], "\r\n"));
        }

      unfolded = unfold (text);
      assert_contains (unfolded, "BEGIN:VCARD\r\nVERSION:");
      assert_contains (unfolded, format == ROUNDS_EXPORT_VCARD_3 ? "VERSION:3.0\r\n" : "VERSION:4.0\r\n");
      assert_contains (unfolded, "Folded\\; Sr.\\, \\\\ and;Anna;;;MD\r\n");
      assert_contains (unfolded, ":;;Kerkstraat 1\\; hoog\\,\\nachter;Łódź;;01234;\r\n");
      assert_contains (unfolded, "ORG:Praxis am Markt\r\nTITLE:Chief\r\n");
      assert_contains (unfolded, "X-NPI:1932106788\r\n");
      assert_contains (unfolded, format == ROUNDS_EXPORT_VCARD_3 ? "BDAY:1971-03-02\r\n" : "BDAY:19710302\r\n");
      assert_contains (unfolded, "CATEGORIES:physician\r\n");
      g_assert_true (g_str_has_suffix (unfolded, "END:VCARD\r\n"));
    }
}

/* Text cannot become a property of its own. */
static void
test_cards_hold_their_text (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *escaped = rounds_vcard_escape ("a\r\nEND:VCARD\rb\nc\x01;,\\");

  g_assert_cmpstr (escaped, ==, "a\\nEND:VCARD\\nb\\nc\\;\\,\\\\");
}

static void
test_some_in_their_order (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) a = add_person (fixture, "A", "First", NULL);
  g_autoptr (RoundsRecord) b = add_person (fixture, "B", "Second", NULL);
  g_autoptr (RoundsRecord) c = add_person (fixture, "C", "Third", NULL);
  g_autoptr (RoundsQuery) query = rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON));
  g_autoptr (RoundsExporter) exporter = rounds_exporter_new (query, ROUNDS_EXPORT_JSON, ROUNDS_EXPORT_FOR_PROGRAMS);
  g_autoptr (GArray) all = rounds_record_store_list_keys (fixture->store, query, NULL);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GFile) file = get_file (fixture, "people.json");
  g_autoptr (yyjson_doc) doc = NULL;
  g_autofree char *text = NULL;

  for (guint i = all->len; i-- > 0;)
    g_array_append_val (keys, g_array_index (all, gint64, i));
  rounds_record_store_delete (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (b), NULL);
  rounds_exporter_set_keys (exporter, keys);
  rounds_exporter_set_file (exporter, file);
  run (fixture, exporter);
  text = read_file (file);
  g_assert_true (rounds_json_read (text, -1, &doc, NULL));
  g_assert_cmpuint (yyjson_arr_size (yyjson_doc_get_root (doc)), ==, 2);
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (yyjson_arr_get (yyjson_doc_get_root (doc), 0), "family_name")), ==,
                   "Third");
}

/* A list of both kinds is one table, in which a practice's name stands where people have their practice. */
static void
test_people_and_organisations (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Anna", "Borg", "1932106788");
  g_autoptr (RoundsQuery) query = rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON));
  g_autoptr (GFile) file = get_file (fixture, "contacts.csv");
  g_autoptr (GFile) cards = get_file (fixture, "contacts.vcf");
  g_autoptr (RoundsExporter) exporter = NULL;
  g_autoptr (RoundsExporter) to_cards = NULL;
  g_autofree char *text = NULL;
  g_autofree char *card = NULL;
  g_auto (GStrv) lines = NULL;

  rounds_query_beside (query, rounds_query_new (ROUNDS_ENTITY_ORGANISATION));
  exporter = rounds_exporter_new (query, ROUNDS_EXPORT_CSV, ROUNDS_EXPORT_FOR_PEOPLE);
  rounds_exporter_set_file (exporter, file);
  run (fixture, exporter);
  g_assert_cmpuint (rounds_exporter_get_n_written (exporter), ==, 2);
  text = read_file (file);
  lines = g_strsplit (text, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  assert_contains (lines[1], ",Praxis am Markt,Chief,");
  assert_contains (lines[2], ",Praxis am Markt,,");
  assert_contains (lines[0], ",Organization,Job title,");
  g_assert_null (strstr (lines[0], ",Name,"));

  to_cards = rounds_exporter_new (query, ROUNDS_EXPORT_VCARD_4, ROUNDS_EXPORT_FOR_PEOPLE);
  rounds_exporter_set_file (to_cards, cards);
  run (fixture, to_cards);
  card = read_file (cards);
  assert_contains (card, "KIND:org\r\n");
  assert_contains (card, "FN:Praxis am Markt\r\nORG:Praxis am Markt\r\n");
}

static void
test_stopped_leaves_what_was_there (StoreFixture *fixture, gconstpointer data)
{
  static const RoundsExportFormat formats[] = { ROUNDS_EXPORT_CSV, ROUNDS_EXPORT_XLSX, ROUNDS_EXPORT_VCARD_4,
                                                ROUNDS_EXPORT_JSON };
  g_autoptr (RoundsRecord) person = add_person (fixture, "Anna", "Borg", NULL);
  g_autoptr (GFile) old = get_file (fixture, "old");
  g_autoptr (GFile) new = get_file (fixture, "new");
  g_autofree char *text = NULL;

  g_file_replace_contents (old, "precious", 8, NULL, FALSE, 0, NULL, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    for (guint n = 0; n < 2; n++)
      {
        g_autoptr (GCancellable) cancellable = g_cancellable_new ();
        g_autoptr (RoundsExporter) exporter = export_people (formats[i], ROUNDS_EXPORT_FOR_PEOPLE, n == 0 ? old : new);
        g_autoptr (GError) error = NULL;
        gboolean done;

        g_cancellable_cancel (cancellable);
        g_assert_false (rounds_export_step (ROUNDS_EXPORT (exporter), fixture->store, &done, cancellable, &error));
        g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED);
      }
  g_assert_cmpuint (count_files (fixture), ==, 1);
  text = read_file (old);
  g_assert_cmpstr (text, ==, "precious");
}

static void
test_full_disk_is_told (StoreFixture *fixture, gconstpointer data)
{
  static const RoundsExportFormat formats[] = { ROUNDS_EXPORT_CSV, ROUNDS_EXPORT_XLSX, ROUNDS_EXPORT_VCARD_3,
                                                ROUNDS_EXPORT_JSON };
  g_autoptr (RoundsRecord) person = add_person (fixture, "Anna", "Borg", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PERSON);
      g_autoptr (RoundsExporter) exporter = rounds_exporter_new (query, formats[i], ROUNDS_EXPORT_FOR_PEOPLE);
      g_autoptr (GOutputStream) stream = g_unix_output_stream_new (open ("/dev/full", O_WRONLY | O_CLOEXEC), TRUE);
      g_autoptr (GError) error = NULL;

      rounds_exporter_set_stream (exporter, stream);
      g_assert_false (rounds_export_run (ROUNDS_EXPORT (exporter), fixture->store, NULL, NULL, NULL, &error));
      g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NO_SPACE);
    }
}

static void
test_file_is_for_its_owner (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_person (fixture, "Anna", "Borg", NULL);
  g_autoptr (GFile) file = get_file (fixture, "people.csv");
  g_autoptr (RoundsExporter) exporter = export_people (ROUNDS_EXPORT_CSV, ROUNDS_EXPORT_FOR_PEOPLE, file);
  GStatBuf info;

  g_file_replace_contents (file, "old", 3, NULL, FALSE, 0, NULL, NULL, NULL);
  g_chmod (g_file_peek_path (file), 0644);
  run (fixture, exporter);
  g_assert_cmpint (g_stat (g_file_peek_path (file), &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

#define ADD(name, func) STORE_FIXTURE_ADD ("/exchange/export/" name, ROUNDS_ROLE_DEVICE, func)

int
main (int argc, char **argv)
{
  g_autofree char *cache = g_dir_make_tmp ("rounds-export-cache-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (cache, "rounds", NULL);
  int result;

  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("related", test_table_shows_what_belongs_to_a_person);
  ADD ("formulas", test_formulas_are_texts);
  ADD ("workbook", test_workbook);
  ADD ("round-trip", test_people_come_back);
  ADD ("cards", test_cards);
  ADD ("card-text", test_cards_hold_their_text);
  ADD ("some", test_some_in_their_order);
  ADD ("both-kinds", test_people_and_organisations);
  ADD ("stopped", test_stopped_leaves_what_was_there);
  ADD ("full-disk", test_full_disk_is_told);
  ADD ("private", test_file_is_for_its_owner);
  result = g_test_run ();
  g_rmdir (folder); /* empty, or something was left there */
  if (g_rmdir (cache) != 0)
    g_error ("Something was left in the cache folder");
  return result;
}
