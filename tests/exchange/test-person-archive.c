/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything about one person in a file that is handed to them. What a user loses if this fails: the person's right to
 * see all that is kept, or somebody else's secrets to that person. */

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-json.h"
#include "rounds-person-archive.h"
#include "rounds-person-walk.h"
#include "store-fixture.h"

#define SECRET "ANOTHERS-SECRET"

typedef struct
{
  char *directory;
  RoundsRecordStore *store;
  GFile *file;
  RoundsRecord *records[ROUNDS_N_ENTITIES]; /* one of each, all about the person */
} Fixture;

static gboolean
is_kept_here (RoundsEntity entity)
{
  return rounds_entity_get_info (entity)->scope != ROUNDS_SCOPE_SERVER;
}

/* A value that the field takes and that can be found again: texts have a mark. */
static void
fill_field (RoundsRecord *record, guint f, const char *mark)
{
  const RoundsFieldInfo *field = rounds_entity_get_field (rounds_record_get_entity (record), f);
  g_autofree char *text = NULL;

  switch (field->type)
    {
    case ROUNDS_TYPE_TEXT:
      if (g_str_equal (field->name, "email"))
        text = g_strdup_printf ("%s@example.org", mark);
      else if (g_str_equal (field->name, "time_zone"))
        text = g_strdup ("Europe/Amsterdam");
      else if (g_str_equal (field->name, "npi"))
        text = g_strdup ("1932106788");
      else if (field->max >= strlen (mark) + 10)
        text = g_strdup_printf ("%s <b>%u", mark, f);
      else
        text = g_strdup ("x");
      rounds_record_set_text (record, f, text);
      break;
    case ROUNDS_TYPE_LONG_TEXT:
      text = g_strdup_printf ("=%s <script>alert(1)</script> %u", mark, f);
      rounds_record_set_text (record, f, text);
      break;
    case ROUNDS_TYPE_INTEGER:
      rounds_record_set_integer (record, f, (gint64) field->min + 1);
      break;
    case ROUNDS_TYPE_REAL:
      rounds_record_set_real (record, f, 0.5);
      break;
    case ROUNDS_TYPE_DATE:
      rounds_record_set_text (record, f, g_str_has_suffix (field->name, "to") ? NULL : "2026-05-04");
      break;
    case ROUNDS_TYPE_INSTANT:
      rounds_record_set_integer (record, f, G_GINT64_CONSTANT (1777800000000) + f);
      break;
    case ROUNDS_TYPE_ENUM:
      rounds_record_set_text (record, f, field->values[0]);
      break;
    case ROUNDS_TYPE_JSON:
      rounds_record_set_text (record, f, "{}");
      break;
    default:
      break;
    }
}

/* Makes a record of @entity that refers to those that are there already. */
static RoundsRecord *
make_record (Fixture *fixture, RoundsEntity entity, const char *mark)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  RoundsRecord *record = rounds_record_new (entity);

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      RoundsEntity target = info->fields[f].target;

      fill_field (record, f, mark);
      if (info->fields[f].type == ROUNDS_TYPE_REFERENCE && fixture->records[target] != NULL)
        rounds_record_set_uuid (record, f, rounds_record_get_id (fixture->records[target]));
    }
  return record;
}

static void
save (Fixture *fixture, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  if (!rounds_record_store_save (fixture->store, record, &error))
    g_error ("%s: %s", rounds_entity_get_info (rounds_record_get_entity (record))->name, error->message);
}

/* What no reference says. */
static void
set_ids (Fixture *fixture, RoundsRecord *record)
{
  RoundsRecord **all = fixture->records;

  switch (rounds_record_get_entity (record))
    {
    case ROUNDS_ENTITY_REMINDER:
      rounds_record_set_uuid (record, ROUNDS_REMINDER_SUBJECT, rounds_record_get_id (all[ROUNDS_ENTITY_APPOINTMENT]));
      break;
    case ROUNDS_ENTITY_JOURNEY_STEP:
      rounds_record_set_uuid (record, ROUNDS_JOURNEY_STEP_JOURNEY,
                              rounds_record_get_id (all[ROUNDS_ENTITY_CT_JOURNEY]));
      rounds_record_set_text (record, ROUNDS_JOURNEY_STEP_STAGE, "inquiry");
      break;
    case ROUNDS_ENTITY_CONFLICT:
      rounds_record_set_text (record, ROUNDS_CONFLICT_ENTITY, "interaction");
      rounds_record_set_uuid (record, ROUNDS_CONFLICT_RECORD, rounds_record_get_id (all[ROUNDS_ENTITY_INTERACTION]));
      break;
    case ROUNDS_ENTITY_ADDRESS:
      rounds_record_clear_field (record, ROUNDS_ADDRESS_ORGANISATION);
      break;
    case ROUNDS_ENTITY_AVAILABILITY:
      rounds_record_clear_field (record, ROUNDS_AVAILABILITY_STAFF);
      break;
    case ROUNDS_ENTITY_APPOINTMENT:
      rounds_record_set_integer (record, ROUNDS_APPOINTMENT_END_AT,
                                 rounds_record_get_integer (record, ROUNDS_APPOINTMENT_START_AT) + 60000);
      rounds_record_clear_field (record, ROUNDS_APPOINTMENT_RRULE);
      rounds_record_clear_field (record, ROUNDS_APPOINTMENT_RECURRENCE_ID);
      break;
    case ROUNDS_ENTITY_INTERACTION:
      rounds_record_clear_field (record, ROUNDS_INTERACTION_SUBMITTED_AT);
      break;
    case ROUNDS_ENTITY_PATIENT_LEAD:
      rounds_record_clear_field (record, ROUNDS_PATIENT_LEAD_CONVERTED_PATIENT);
      break;
    case ROUNDS_ENTITY_MERGE:
      rounds_record_clear_field (record, ROUNDS_MERGE_UNDONE_AT);
      break;
    case ROUNDS_ENTITY_DRAFT:
      {
        g_autofree char *id = rounds_uuid_to_string (rounds_record_get_id (all[ROUNDS_ENTITY_PERSON]));
        g_autofree char *body = g_strdup_printf ("{\"person\":\"%s\",\"notes\":\"x\"}", id);

        rounds_record_set_text (record, ROUNDS_DRAFT_BODY, body);
        break;
      }
    default:
      break;
    }
}

/* Whether records of the entity are about a person at all, in this fixture. */
static gboolean
is_about_people (RoundsEntity entity)
{
  static const RoundsEntity others[] = {
    ROUNDS_ENTITY_TERRITORY,         ROUNDS_ENTITY_ORGANISATION, ROUNDS_ENTITY_SPECIALIZATION,
    ROUNDS_ENTITY_MEDICAL_CONDITION, ROUNDS_ENTITY_TRIAL,        ROUNDS_ENTITY_EAP_PROGRAM,
    ROUNDS_ENTITY_NOTE_TEMPLATE,     ROUNDS_ENTITY_IMPORT_BATCH, ROUNDS_ENTITY_SAVED_SEARCH,
    ROUNDS_ENTITY_IMPORT_MAPPING,
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i] == entity)
      return FALSE;
  return TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->store = store_fixture_open (&fixture->directory, ROUNDS_ROLE_DEVICE);
  fixture->file = g_file_new_build_filename (fixture->directory, "person.zip", NULL);

  for (int entity = 0; entity < ROUNDS_N_ENTITIES; entity++)
    if (is_kept_here (entity))
      {
        RoundsRecord *record = make_record (fixture, entity, "OWN");

        if (entity == ROUNDS_ENTITY_MERGE)
          {
            g_autoptr (RoundsRecord) merged = make_record (fixture, ROUNDS_ENTITY_PERSON, "OWN-MERGED");

            save (fixture, merged);
            rounds_record_store_delete (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (merged), NULL);
            rounds_record_set_uuid (record, ROUNDS_MERGE_MERGED, rounds_record_get_id (merged));
          }
        set_ids (fixture, record);
        /* What was submitted is amended in one group with its change; here the line alone is wanted. */
        save (fixture, record);
        fixture->records[entity] = record;
      }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  for (guint e = 0; e < ROUNDS_N_ENTITIES; e++)
    g_clear_object (&fixture->records[e]);
  g_clear_object (&fixture->file);
  store_fixture_close (&fixture->store, &fixture->directory);
}

static void
make_archive (Fixture *fixture, const RoundsUuid *person, const char *passphrase)
{
  g_autoptr (RoundsPersonArchive) archive = rounds_person_archive_new (person, fixture->file, passphrase);
  g_autoptr (GError) error = NULL;

  rounds_export_run (ROUNDS_EXPORT (archive), fixture->store, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* The files of the archive by name; NULL if it cannot be read with @passphrase. */
static GHashTable *
read_archive (Fixture *fixture, const char *passphrase)
{
  g_autoptr (GHashTable) files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;
  gboolean readable = TRUE;

  archive_read_support_format_zip (archive);
  if (passphrase != NULL)
    archive_read_add_passphrase (archive, passphrase);
  g_assert_cmpint (archive_read_open_filename (archive, g_file_peek_path (fixture->file), 4096), ==, ARCHIVE_OK);
  while (readable && archive_read_next_header (archive, &entry) == ARCHIVE_OK)
    {
      GString *text = g_string_new (NULL);
      char block[4096];
      la_ssize_t length;

      while ((length = archive_read_data (archive, block, sizeof block)) > 0)
        g_string_append_len (text, block, length);
      readable = length == 0;
      g_assert_cmpint (archive_entry_perm (entry), ==, 0600);
      g_hash_table_insert (files, g_strdup (archive_entry_pathname (entry)), g_string_free_and_steal (text));
    }
  archive_read_free (archive);
  return readable ? g_steal_pointer (&files) : NULL;
}

static const char *
get (GHashTable *files, const char *name)
{
  const char *text = g_hash_table_lookup (files, name);

  if (text == NULL)
    g_error ("there is no %s", name);
  return text;
}

/* A record of each entity that there is. An entity that is new in the table is found here by itself. */
static void
test_every_record (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) files = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *records;

  make_archive (fixture, rounds_record_get_id (fixture->records[ROUNDS_ENTITY_PERSON]), NULL);
  files = read_archive (fixture, NULL);
  g_assert_true (rounds_json_read (get (files, "data.json"), -1, &doc, NULL));
  records = yyjson_obj_get (yyjson_doc_get_root (doc), "records");

  for (int entity = 0; entity < ROUNDS_N_ENTITIES; entity++)
    {
      const char *name = rounds_entity_get_info (entity)->name;
      g_autofree char *table = g_strdup_printf ("tables/%s.csv", name);
      g_autofree char *id = NULL;

      if (!is_kept_here (entity))
        continue;
      id = rounds_uuid_to_string (rounds_record_get_id (fixture->records[entity]));
      if (!is_about_people (entity))
        {
          g_assert_null (yyjson_obj_get (records, name));
          continue;
        }
      if (yyjson_obj_get (records, name) == NULL)
        g_error ("no %s is in the archive", name);
      g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (yyjson_arr_get_first (yyjson_obj_get (records, name)), "id")),
                       ==, id);
      g_assert_nonnull (strstr (get (files, table), id));
    }

  /* The one who was merged into the person is the person, in the trash. */
  g_assert_cmpuint (yyjson_arr_size (yyjson_obj_get (records, "person")), ==, 2);
  g_assert_nonnull (strstr (get (files, "tables/deleted/person.csv"), "OWN-MERGED"));
  g_assert_cmpuint (yyjson_arr_size (yyjson_obj_get (yyjson_doc_get_root (doc), "mentions")), ==, 0);
  /* What happened: each of them was recorded once. */
  g_assert_cmpuint (yyjson_arr_size (yyjson_obj_get (yyjson_doc_get_root (doc), "changes")), >=, 20);
  g_assert_nonnull (strstr (get (files, "tables/changes.csv"), ",create,"));
  g_assert_true (g_str_has_prefix (get (files, "contact.vcf"), "BEGIN:VCARD\r\n"));
}

/* A page that a browser shows runs nothing and loads nothing; a table that a spreadsheet opens has no formula. */
static void
test_texts_stay_texts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) files = NULL;
  GHashTableIter iter;
  gpointer name, text;

  make_archive (fixture, rounds_record_get_id (fixture->records[ROUNDS_ENTITY_PERSON]), NULL);
  files = read_archive (fixture, NULL);
  g_assert_null (strstr (get (files, "index.html"), "<script"));
  g_assert_null (strstr (get (files, "index.html"), "<b>"));
  g_assert_null (strstr (get (files, "index.html"), "http:"));
  g_assert_nonnull (strstr (get (files, "index.html"), "=OWN &lt;script&gt;alert(1)&lt;/script&gt;"));
  g_assert_nonnull (strstr (get (files, "index.html"), "default-src 'none'"));

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &name, &text))
    if (g_str_has_suffix (name, ".csv"))
      {
        g_assert_null (strstr (text, ",=OWN"));
        g_assert_null (strstr (text, "\"=OWN"));
      }
}

static RoundsRecord *
add_other (Fixture *fixture, RoundsEntity entity)
{
  RoundsRecord *record = make_record (fixture, entity, SECRET);

  set_ids (fixture, record);
  return record;
}

/* The person was among those who attended somebody else's visit, and treats somebody else's patient. */
static void
test_nothing_of_anybody_else (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) other = add_other (fixture, ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) visit = NULL;
  g_autoptr (RoundsRecord) attendee = NULL;
  g_autoptr (RoundsRecord) patient = NULL;
  g_autoptr (RoundsRecord) link = NULL;
  g_autoptr (RoundsRecord) journey = NULL;
  g_autoptr (RoundsRecord) own_visit = fixture->records[ROUNDS_ENTITY_INTERACTION];
  g_autoptr (GHashTable) files = NULL;
  g_autofree char *visit_id = NULL;
  GHashTableIter iter;
  gpointer name, text;

  fixture->records[ROUNDS_ENTITY_INTERACTION] = NULL;
  rounds_record_set_text (other, ROUNDS_PERSON_GIVEN_NAME, "Quentin");
  rounds_record_set_text (other, ROUNDS_PERSON_FAMILY_NAME, "Other");
  save (fixture, other);
  visit = add_other (fixture, ROUNDS_ENTITY_INTERACTION);
  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (other));
  rounds_record_clear_field (visit, ROUNDS_INTERACTION_PATIENT);
  rounds_record_clear_field (visit, ROUNDS_INTERACTION_STAFF);
  rounds_record_clear_field (visit, ROUNDS_INTERACTION_APPOINTMENT);
  save (fixture, visit);
  attendee = rounds_record_new (ROUNDS_ENTITY_INTERACTION_ATTENDEE);
  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, rounds_record_get_id (visit));
  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_PERSON,
                          rounds_record_get_id (fixture->records[ROUNDS_ENTITY_PERSON]));
  save (fixture, attendee);
  patient = add_other (fixture, ROUNDS_ENTITY_PATIENT);
  rounds_record_set_uuid (patient, ROUNDS_PATIENT_PERSON, rounds_record_get_id (other));
  save (fixture, patient);
  link = add_other (fixture, ROUNDS_ENTITY_PATIENT_PHYSICIAN);
  rounds_record_set_uuid (link, ROUNDS_PATIENT_PHYSICIAN_PATIENT, rounds_record_get_id (patient));
  save (fixture, link);
  journey = add_other (fixture, ROUNDS_ENTITY_CT_JOURNEY);
  rounds_record_set_uuid (journey, ROUNDS_CT_JOURNEY_PATIENT, rounds_record_get_id (patient));
  save (fixture, journey);

  make_archive (fixture, rounds_record_get_id (fixture->records[ROUNDS_ENTITY_PERSON]), NULL);
  files = read_archive (fixture, NULL);
  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, &name, &text))
    if (strstr (text, SECRET) != NULL)
      g_error ("%s tells of somebody else:\n%s", (char *) name, strstr (text, SECRET));

  /* That they met is told, with whom, and that there is somebody's patient; not which illness. */
  visit_id = rounds_uuid_to_string (rounds_record_get_id (visit));
  g_assert_nonnull (strstr (get (files, "tables/mentions.csv"), visit_id));
  g_assert_nonnull (strstr (get (files, "tables/mentions.csv"), "Visit,Quentin Other"));
  g_assert_nonnull (strstr (get (files, "tables/mentions.csv"), "patient_physician,"));
  g_assert_nonnull (strstr (get (files, "tables/mentions.csv"), "ct_journey,"));
  g_assert_nonnull (strstr (get (files, "index.html"), "Quentin Other"));
}

static void
test_passphrase (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) files = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  make_archive (fixture, rounds_record_get_id (fixture->records[ROUNDS_ENTITY_PERSON]), "correct horse");
  g_assert_null (read_archive (fixture, NULL));
  g_assert_null (read_archive (fixture, "wrong horse"));
  files = read_archive (fixture, "correct horse");
  g_assert_nonnull (strstr (get (files, "data.json"), "\"rounds-person\""));
  g_file_load_contents (fixture->file, NULL, &bytes, &length, NULL, NULL);
  g_assert_null (memmem (bytes, length, "OWN", 3));
}

static void
test_stopped (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsPersonArchive) archive =
    rounds_person_archive_new (rounds_record_get_id (fixture->records[ROUNDS_ENTITY_PERSON]), fixture->file, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) directory = NULL;
  const char *name;
  gboolean done;

  for (int i = 0; i < 5; i++)
    g_assert_true (rounds_export_step (ROUNDS_EXPORT (archive), fixture->store, &done, cancellable, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_false (rounds_export_step (ROUNDS_EXPORT (archive), fixture->store, &done, cancellable, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED);
  g_clear_object (&archive);
  directory = g_dir_open (fixture->directory, 0, NULL);
  while ((name = g_dir_read_name (directory)) != NULL)
    g_assert_true (g_str_has_prefix (name, "rounds.db"));
}

#define ADD(name, func) g_test_add ("/exchange/person-archive/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("every-record", test_every_record);
  ADD ("texts", test_texts_stay_texts);
  ADD ("others", test_nothing_of_anybody_else);
  ADD ("passphrase", test_passphrase);
  ADD ("stopped", test_stopped);
  return g_test_run ();
}
