/* SPDX-License-Identifier: GPL-3.0-or-later */

/* vCards: what a user loses if this fails is people of an address book, because of how a telephone wrote their names.
 */

#include <string.h>

#include "file-fixture.h"
#include "rounds-error.h"
#include "rounds-import-plan.h"
#include "rounds-vcard-card.h"
#include "rounds-vcard-reader.h"

/* Each card as "label: text" of the columns that hold something, with "!" and the problem at its end. */
static GPtrArray *
read_cards (FileFixture *fixture, const char *encoding)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsVcardReader) reader = rounds_vcard_reader_open (fixture->file, encoding, NULL, &error);
  GPtrArray *cards = g_ptr_array_new_with_free_func (g_free);
  const char *const *headers = rounds_vcard_get_headers ();
  RoundsTableRow row;

  g_assert_no_error (error);
  g_assert_true (rounds_table_reader_read (ROUNDS_TABLE_READER (reader), &row, NULL, &error));
  g_assert_cmpuint (row.n_cells, ==, ROUNDS_VCARD_N_COLUMNS);
  while (rounds_table_reader_read (ROUNDS_TABLE_READER (reader), &row, NULL, &error))
    {
      g_autoptr (GString) text = g_string_new (NULL);

      g_assert_cmpuint (row.number, ==, cards->len + 2);
      for (guint i = 0; i < row.n_cells; i++)
        {
          g_assert_true (g_utf8_validate (row.cells[i], -1, NULL));
          if (*row.cells[i] != '\0')
            g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "|" : "", headers[i], row.cells[i]);
        }
      if (row.problem != NULL)
        g_string_append_printf (text, "!%s", row.problem);
      g_ptr_array_add (cards, g_string_free_and_steal (g_steal_pointer (&text)));
    }
  g_assert_no_error (error);
  return cards;
}

static void assert_cards (FileFixture *fixture, const char *text, ...) G_GNUC_NULL_TERMINATED;

static void
assert_cards (FileFixture *fixture, const char *text, ...)
{
  g_autoptr (GPtrArray) cards = NULL;
  va_list args;

  file_fixture_put (fixture, text, strlen (text));
  cards = read_cards (fixture, NULL);
  va_start (args, text);
  for (guint i = 0; i < cards->len; i++)
    g_assert_cmpstr (cards->pdata[i], ==, va_arg (args, const char *));
  g_assert_null (va_arg (args, const char *));
  va_end (args);
}

static void
test_version_3 (FileFixture *fixture, gconstpointer data)
{
  assert_cards (
    fixture,
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Óvári;Ada;Mária,Éva;Dr.;MD\r\nFN:Dr. Ada Óvári\r\n"
    "ORG:St. Anna\\, Szeged;Kardiológia;2. emelet\r\nTITLE:Főorvos\r\n"
    "TEL;TYPE=FAX:+36 62 111\r\nTEL;TYPE=HOME:+36 62 222\r\nitem1.TEL;TYPE=WORK,VOICE:+36 62 333\r\n"
    "item1.X-ABLabel:_$!<Direct>!$_\r\n"
    "EMAIL;TYPE=INTERNET:ada@example.org\r\nEMAIL;TYPE=\"INTERNET,PREF\":a.ovari@example.org\r\n"
    "ADR;TYPE=WORK:PO 5;3. em;Fő utca 1\\nB lph.;Szeged;Csongrád;6720;Magyarország\r\n"
    "BDAY:1964-02-29\r\nNOTE:Likes mails\\; dislikes\\, well\\,\r\n  calls\\nat night\r\nUID:abc\r\nEND:VCARD\r\n",
    "Family name: Óvári|Given name: Ada|Middle name: Mária Éva|Prefix: Dr.|Suffix: MD|Date of birth: "
    "1964-02-29|Organization: St. Anna, Szeged|Department: Kardiológia, 2. emelet|Job title: Főorvos|Phone: "
    "+36 62 333|Other phones: +36 62 111, +36 62 222|Email: a.ovari@example.org|Other emails: "
    "ada@example.org|Street: Fő utca 1\nB lph.|Address line 2: 3. em, PO 5|City: Szeged|Region: "
    "Csongrád|Postal code: 6720|Country: Magyarország|Note: Likes mails; dislikes, well, calls\nat "
    "night|UID: abc",
    NULL);
}

static void
test_version_4 (FileFixture *fixture, gconstpointer data)
{
  assert_cards (fixture,
                "BEGIN:VCARD\nVERSION:4.0\nKIND:individual\nN:Berg;Jan;;;\nGENDER:M\nBDAY:19640229T000000Z\n"
                "TEL;VALUE=uri;TYPE=\"voice,home\";PREF=2:tel:+31-6-12345678\n"
                "TEL;VALUE=uri;TYPE=\"voice,work\";PREF=1:tel:0612345678;ext=5\n"
                "EMAIL;PREF=100:jan@example.org\nADR;TYPE=home;LABEL=\"a: b; c\":;;Laan 1,Achter;Delft;;2611;\n"
                "ADR;TYPE=work;PREF=1:;;Plein 2;Leiden;;2311;NL\nROLE:Oncology\nX-NPI:1234567893\nEND:VCARD\n"
                "BEGIN:VCARD\nVERSION:4.0\nFN:Dr. Ada Óvári MD\nBDAY:--0229\nEND:VCARD\n"
                "BEGIN:VCARD\nVERSION:4.0\nFN:Clinic Four\nORG:Clinic Four\nEND:VCARD\n",
                "Family name: Berg|Given name: Jan|Sex: M|Date of birth: 1964-02-29|Specialty: Oncology|NPI: "
                "1234567893|Phone: 0612345678;ext=5|Other phones: +31-6-12345678|Email: jan@example.org|Street: Plein "
                "2|City: Leiden|Postal code: 2311|Country: NL|Other addresses: Laan 1, Achter, Delft, 2611",
                "Family name: Óvári|Given name: Ada|Prefix: Dr.|Credentials: MD|Birthday without year: --0229",
                "Organization: Clinic Four", NULL);
}

static void
test_quoted_printable (FileFixture *fixture, gconstpointer data)
{
  /* As telephones write them: nextcloud/server#10653, lucc/khard#183, ubports/ubuntu-touch#868. */
  assert_cards (
    fixture,
    "BEGIN:VCARD\r\nVERSION:3.0\r\n"
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=96=64=65;=C3=96=6D=C3=BC=72;;;\r\n"
    "TEL;CELL:+491741234567890\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=9A=D0=BE=\r\n"
    "=D0=BC;=D0=\r\n=B9=20=D0=90=\r\n;;;\r\n\r\nTEL;CELL;PREF:+70000000000\r\nEND:VCARD\r\n"
    "begin:vcard\r\nfn;quoted-printable:D=C3=BCmmy GmbH\r\norg;quoted-printable:D=C3=BCmmy GmbH\r\n"
    "email;internet:duemmy@example.org\r\nversion:2.1\r\nend:vcard\r\n"
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:M=FCller;J=F6rg\r\n"
    "NOTE;ENCODING=QUOTED-PRINTABLE:one=0D=0A=\r\ntwo=3B three=\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE:M=FCller;Anna\r\nEND:VCARD\r\n",
    "Family name: Öde|Given name: Ömür|Phone: +491741234567890", "Family name: Ком|Given name: й А|Phone: +70000000000",
    "Organization: Dümmy GmbH|Email: duemmy@example.org", "Family name: Müller|Given name: Jörg|Note: one\ntwo; three",
    "Family name: Müller|Given name: Anna", NULL);
}

static void
test_broken_cards (FileFixture *fixture, gconstpointer data)
{
  assert_cards (fixture,
                "BEGIN:VCARD\nVERSION:3.0\nN:First;Ann\n"
                "BEGIN:VCARD\nVERSION:3.0\nN:Second;Bob\nthis is no property\nNOTE:a\nb\nEND:VCARD\n"
                "END:VCARD\nstray text\n"
                "BEGIN:VCARD\nVERSION:3.0\nEMAIL:nobody@example.org\nEND:VCARD\n"
                "BEGIN:VCARD\nVERSION:3.0\nKIND:group\nFN:Friends\nEND:VCARD\n"
                "BEGIN:VCARD\nVERSION:2.1\nN:Third;Eve\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nN:Inner;Ida\nEND:VCARD\n"
                "PHOTO;ENCODING=BASE64;TYPE=JPEG:\n /9j/4AAQ\n SkZJRg==\n\nTEL:1\nEND:VCARD\n"
                "BEGIN:VCARD\nVERSION:3.0\nN:Last;Zoe",
                "Family name: First|Given name: Ann!The card has no end: the file may be cut off.",
                "Family name: Second|Given name: Bob|Note: a\nb!The card holds a line that cannot be read.",
                "Email: nobody@example.org!The card has no name.",
                "Family name: Friends!The card is a group of contacts, not a contact.",
                "Family name: Third|Given name: Eve|Phone: 1",
                "Family name: Last|Given name: Zoe!The card has no end: the file may be cut off.", NULL);
}

/* Acceptance test 14, for cards. */
static void
test_encodings (FileFixture *fixture, gconstpointer data)
{
  static const char text[] = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Müller-Ciência;Zoë Françoise\r\nNOTE:Straße in Öhringen, "
                             "später Café\r\nEND:VCARD\r\n";
  static const char *const encodings[] = { "UTF-8", "UTF-16LE", "UTF-16BE", "UTF-16", "WINDOWS-1252", "MACINTOSH" };

  for (guint i = 0; i < G_N_ELEMENTS (encodings) + 3; i++)
    {
      g_autofree char *bytes = NULL;
      g_autofree char *inner = NULL;
      g_autoptr (GPtrArray) cards = NULL;
      gsize length;

      if (i < G_N_ELEMENTS (encodings))
        bytes = g_convert (text, -1, encodings[i], "UTF-8", NULL, &length, NULL);
      else if (i == G_N_ELEMENTS (encodings))
        bytes = g_strconcat ("\xef\xbb\xbf", text, NULL);
      else
        bytes = g_convert (text, -1, "UTF-8", i % 2 == 0 ? "MACINTOSH" : "WINDOWS-1252", NULL, &length, NULL);
      g_assert_nonnull (bytes);
      file_fixture_put (fixture, bytes, i < G_N_ELEMENTS (encodings) ? length : strlen (bytes));
      cards = read_cards (fixture, NULL);
      g_assert_cmpuint (cards->len, ==, 1);
      g_assert_cmpstr (cards->pdata[0], ==,
                       "Family name: Müller-Ciência|Given name: Zoë Françoise|Note: Straße in Öhringen, später Café");
    }
}

/* What the importer makes of it without a person's help. */
static void
test_mapping (FileFixture *fixture, gconstpointer data)
{
  static const char card[] = "BEGIN:VCARD\nVERSION:3.0\nN:Berg;Jan;Willem;Dr.;\nTEL:1\nTEL:2\nEMAIL:a@example.org\n"
                             "ADR:;;Plein 2;Leiden;ZH;2311;NL\nORG:Clinic\nTITLE:Surgeon\nBDAY:1964-02-29\nEND:VCARD\n";
  static const struct
  {
    RoundsImportTarget target;
    RoundsVcardColumn column;
  } expected[] = {
    { ROUNDS_IMPORT_FAMILY_NAME, ROUNDS_VCARD_FAMILY_NAME },
    { ROUNDS_IMPORT_GIVEN_NAME, ROUNDS_VCARD_GIVEN_NAME },
    { ROUNDS_IMPORT_MIDDLE_NAME, ROUNDS_VCARD_MIDDLE_NAME },
    { ROUNDS_IMPORT_PREFIX, ROUNDS_VCARD_PREFIX },
    { ROUNDS_IMPORT_SUFFIX, ROUNDS_VCARD_SUFFIX },
    { ROUNDS_IMPORT_BIRTH_DATE, ROUNDS_VCARD_BIRTH_DATE },
    { ROUNDS_IMPORT_PHONE, ROUNDS_VCARD_PHONE },
    { ROUNDS_IMPORT_EMAIL, ROUNDS_VCARD_EMAIL },
    { ROUNDS_IMPORT_ORGANISATION, ROUNDS_VCARD_ORGANISATION },
    { ROUNDS_IMPORT_JOB_TITLE, ROUNDS_VCARD_JOB_TITLE },
    { ROUNDS_IMPORT_ADDRESS_LINE, ROUNDS_VCARD_STREET },
    { ROUNDS_IMPORT_CITY, ROUNDS_VCARD_CITY },
    { ROUNDS_IMPORT_REGION, ROUNDS_VCARD_REGION },
    { ROUNDS_IMPORT_POSTAL_CODE, ROUNDS_VCARD_POSTAL_CODE },
    { ROUNDS_IMPORT_COUNTRY, ROUNDS_VCARD_COUNTRY },
    { ROUNDS_IMPORT_NPI, ROUNDS_VCARD_NPI },
    { ROUNDS_IMPORT_SEX, ROUNDS_VCARD_SEX },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsImportPlan) plan = NULL;

  file_fixture_put (fixture, card, strlen (card));
  plan = rounds_import_plan_new (fixture->file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rounds_table_file_get_format (plan->file), ==, ROUNDS_TABLE_VCARD);
  g_assert_true (plan->has_header);
  g_assert_cmpuint (plan->n_rows, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpint (rounds_import_mapping_find (plan->mapping, expected[i].target), ==, (int) expected[i].column);
}

static const char sample[] =
  "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=96=64=65;=C3=\r\n=96;;;\r\n"
  "item1.TEL;TYPE=\"WORK,VOICE\";PREF=1:+36 62 333\r\nADR;WORK:;;Fő utca 1\\nB;Szeged;;6720;\r\n folded\r\n"
  "AGENT:\r\nBEGIN:VCARD\r\nN:Inner\r\nEND:VCARD\r\nBDAY:1964-02-29\r\nPHOTO;ENCODING=b:/9j/\r\nEND:VCARD\r\n";

/* Whatever a file holds that says it is cards, the program goes on. */
static void
test_damage (FileFixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260421);

  for (gsize length = 0; length < sizeof sample; length++)
    {
      g_autoptr (GPtrArray) cards = NULL;

      file_fixture_put (fixture, sample, length);
      cards = read_cards (fixture, "UTF-8");
      g_assert_cmpuint (cards->len, <=, 1);
    }
  for (guint i = 0; i < (g_test_thorough () ? 100000 : 2000); i++)
    {
      g_autofree char *flipped = g_memdup2 (sample, sizeof sample);
      g_autoptr (GPtrArray) cards = NULL;

      for (guint n = 1 + i % 20; n > 0; n--)
        flipped[g_rand_int_range (random, 0, sizeof sample)] = (char) g_rand_int_range (random, 0, 256);
      file_fixture_put (fixture, flipped, sizeof sample);
      cards = read_cards (fixture, i % 3 == 0 ? NULL : i % 3 == 1 ? "UTF-16LE" : "SHIFT_JIS");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  FILE_FIXTURE_ADD ("/exchange/vcards/version-3", test_version_3);
  FILE_FIXTURE_ADD ("/exchange/vcards/version-4", test_version_4);
  FILE_FIXTURE_ADD ("/exchange/vcards/quoted-printable", test_quoted_printable);
  FILE_FIXTURE_ADD ("/exchange/vcards/broken-cards", test_broken_cards);
  FILE_FIXTURE_ADD ("/exchange/vcards/encodings", test_encodings);
  FILE_FIXTURE_ADD ("/exchange/vcards/mapping", test_mapping);
  FILE_FIXTURE_ADD ("/exchange/vcards/damage", test_damage);

  return g_test_run ();
}
