/* SPDX-License-Identifier: GPL-3.0-or-later */

/* save-visit DATA_DIR CODE_FILE NAME LENGTH: saves a new contact, a visit with notes of LENGTH characters and a
 * follow-up together, as the visit's dialog does, and prints their ids. For test-network.py: rounds-cli saves one
 * record at a time. */

#include <sodium.h>
#include <stdlib.h>

#include "rounds-profile.h"
#include "rounds-record-store.h"
#include "rounds-sqlite-database.h"
#include "rounds-time.h"

static RoundsRecordStore *
open_store (const char *directory, const char *code_file, GError **error)
{
  g_autoptr (RoundsProfile) profile = rounds_profile_new (directory);
  g_autoptr (RoundsSqliteDatabase) database = NULL;
  g_autofree char *code = NULL;
  guint8 key[ROUNDS_KEY_LENGTH];

  if (!g_file_get_contents (code_file, &code, NULL, error)
      || !rounds_profile_unlock (profile, g_strstrip (code), key, error))
    return NULL;
  database =
    rounds_sqlite_database_open (rounds_profile_get_database_path (profile), key, ROUNDS_OPEN_READ_WRITE, error);
  return database != NULL ? rounds_record_store_new (ROUNDS_DATABASE (database), ROUNDS_ROLE_DEVICE, error) : NULL;
}

static GPtrArray *
make_records (const char *name, gsize length)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  RoundsRecord *visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  RoundsRecord *follow_up = rounds_record_new (ROUNDS_ENTITY_FOLLOW_UP);
  g_autoptr (GString) notes = g_string_new (NULL);

  for (guint i = 0; notes->len < length; i++)
    g_string_append_printf (notes, "%08x ", i * 2654435761u); /* hard to pack, so that it takes its place on the wire */
  g_string_truncate (notes, length);

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, name);
  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, name);
  rounds_record_set_text (visit, ROUNDS_INTERACTION_INTERACTION_TYPE, "Visit");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, rounds_time_now ());
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, notes->str);
  rounds_record_set_uuid (follow_up, ROUNDS_FOLLOW_UP_PERSON, rounds_record_get_id (person));
  rounds_record_set_uuid (follow_up, ROUNDS_FOLLOW_UP_INTERACTION, rounds_record_get_id (visit));
  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_DUE_ON, "2030-01-31");
  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_TEXT, "Bring the protocol");

  g_ptr_array_add (records, person);
  g_ptr_array_add (records, visit);
  g_ptr_array_add (records, follow_up);
  return records;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecordStore) store = NULL;
  g_autoptr (GPtrArray) records = NULL;

  if (argc != 5 || sodium_init () < 0)
    return EXIT_FAILURE;
  store = open_store (argv[1], argv[2], &error);
  records = make_records (argv[3], (gsize) g_ascii_strtoull (argv[4], NULL, 10));
  if (store == NULL || !rounds_record_store_save_all (store, records, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  for (guint i = 0; i < records->len; i++)
    {
      g_autofree char *id = rounds_uuid_to_string (rounds_record_get_id (g_ptr_array_index (records, i)));

      g_print ("%s\n", id);
    }
  return EXIT_SUCCESS;
}
