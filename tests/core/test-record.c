/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The entity table and the records made from it: what a form, the server and an import rely on alike. */

#include "rounds-error.h"
#include "rounds-record.h"
#include "rounds-time.h"

static void
test_table_is_sound (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);

      g_assert_true (g_hash_table_add (names, (gpointer) info->name));
      g_assert_true (g_hash_table_add (names, (gpointer) info->path) || g_str_equal (info->path, info->name));
      g_assert_cmpint (rounds_entity_from_name (info->name), ==, e);
      g_assert_cmpint (rounds_entity_from_path (info->path), ==, e);
      for (guint f = 0; f < info->n_fields; f++)
        {
          const RoundsFieldInfo *field = &info->fields[f];

          g_assert_cmpint (rounds_entity_find_field (e, field->name), ==, (int) f);
          g_assert_true ((field->type == ROUNDS_TYPE_REFERENCE) == (field->target != ROUNDS_ENTITY_NONE));
          g_assert_true ((field->type == ROUNDS_TYPE_ENUM) == (field->values != NULL));
          if (field->type == ROUNDS_TYPE_REFERENCE) /* what is synced must not lean on what is not */
            g_assert_true (info->scope != ROUNDS_SCOPE_SYNCED
                           || rounds_entity_get_info (field->target)->scope == ROUNDS_SCOPE_SYNCED);
        }
    }
  g_assert_cmpint (rounds_entity_from_name ("people"), ==, ROUNDS_ENTITY_NONE);
  g_assert_cmpint (rounds_entity_find_field (ROUNDS_ENTITY_PERSON, "npi"), ==, -1);
}

static void
test_new_record_presets (void)
{
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) interaction = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  g_assert_true (rounds_record_get_boolean (person, ROUNDS_PERSON_IS_ACTIVE));
  g_assert_true (rounds_record_is_null (person, ROUNDS_PERSON_SEX));
  g_assert_cmpstr (rounds_record_get_text (interaction, ROUNDS_INTERACTION_INTERACTION_TYPE), ==, "Visit");
  g_assert_false (rounds_record_get_boolean (interaction, ROUNDS_INTERACTION_NO_SHOW));
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer data)
{
  (*(int *) data)++;
}

static void
test_properties (void)
{
  g_autoptr (RoundsRecord) person = NULL;
  g_autofree char *name = NULL;
  g_autofree char *territory = NULL;
  int n_notified = 0;
  gboolean active = FALSE;

  person = g_object_new (rounds_entity_get_gtype (ROUNDS_ENTITY_PERSON), "family-name", "Atkinson", NULL);
  g_signal_connect (person, "notify::family-name", G_CALLBACK (count_cb), &n_notified);

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Atkinson");
  g_assert_cmpint (n_notified, ==, 0);
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Quigley");
  g_assert_cmpint (n_notified, ==, 1);
  g_object_set (person, "is-active", TRUE, "territory", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f", NULL);
  g_object_get (person, "family-name", &name, "is-active", &active, "territory", &territory, NULL);
  g_assert_cmpstr (name, ==, "Quigley");
  g_assert_true (active);
  g_assert_cmpstr (territory, ==, "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "");
  g_assert_true (rounds_record_is_null (person, ROUNDS_PERSON_FAMILY_NAME));
}

static void
assert_refused (RoundsRecord *record, const char *field)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (rounds_record_validate (record, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_cmpstr (rounds_error_get_field (error), ==, field);
}

static RoundsRecord *
new_valid (RoundsEntity entity)
{
  RoundsRecord *record = rounds_record_new (entity);
  RoundsUuid uuid = rounds_uuid_new ();

  switch (entity)
    {
    case ROUNDS_ENTITY_PERSON:
      rounds_record_set_text (record, ROUNDS_PERSON_FAMILY_NAME, "A");
      break;
    case ROUNDS_ENTITY_PHYSICIAN:
      rounds_record_set_uuid (record, ROUNDS_PHYSICIAN_PERSON, &uuid);
      break;
    case ROUNDS_ENTITY_APPOINTMENT:
      rounds_record_set_text (record, ROUNDS_APPOINTMENT_TITLE, "Visit");
      rounds_record_set_integer (record, ROUNDS_APPOINTMENT_START_AT, 0);
      rounds_record_set_integer (record, ROUNDS_APPOINTMENT_END_AT, ROUNDS_HOUR);
      rounds_record_set_text (record, ROUNDS_APPOINTMENT_TIME_ZONE, "Europe/Amsterdam");
      break;
    case ROUNDS_ENTITY_INTERACTION:
      rounds_record_set_text (record, ROUNDS_INTERACTION_HCP_NAME, "Dr. Sarah Johnson");
      rounds_record_set_integer (record, ROUNDS_INTERACTION_OCCURRED_AT, 0);
      break;
    default:
      g_assert_not_reached ();
    }
  g_assert_true (rounds_record_validate (record, NULL));
  return record;
}

static void
test_rules (void)
{
  g_autoptr (RoundsRecord) nobody = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) person = new_valid (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) physician = new_valid (ROUNDS_ENTITY_PHYSICIAN);
  g_autoptr (RoundsRecord) appointment = new_valid (ROUNDS_ENTITY_APPOINTMENT);
  g_autoptr (RoundsRecord) interaction = new_valid (ROUNDS_ENTITY_INTERACTION);
  g_autofree char *name = g_strnfill (255, 'n');
  g_autofree char *long_name = g_strnfill (256, 'n');
  g_autofree char *umlauts = NULL;
  g_autoptr (GString) many = g_string_new (NULL);

  assert_refused (nobody, "family_name");
  rounds_record_set_text (person, ROUNDS_PERSON_EMAIL, "nobody");
  assert_refused (person, "email");
  rounds_record_set_text (person, ROUNDS_PERSON_EMAIL, "a@example.org");
  rounds_record_set_text (person, ROUNDS_PERSON_BIRTH_DATE, "31.12.1970");
  assert_refused (person, "birth_date");
  rounds_record_set_text (person, ROUNDS_PERSON_BIRTH_DATE, "2999-12-31");
  assert_refused (person, "birth_date");
  rounds_record_clear_field (person, ROUNDS_PERSON_BIRTH_DATE);
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "\xff\xfe");
  assert_refused (person, "family_name");

  /* The bound is in characters, not bytes. */
  for (int i = 0; i < 100; i++)
    g_string_append (many, "ü");
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, many->str);
  g_assert_true (rounds_record_validate (person, NULL));
  umlauts = g_strconcat (many->str, "x", NULL);
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, umlauts);
  assert_refused (person, "family_name");

  rounds_record_set_text (physician, ROUNDS_PHYSICIAN_NPI, "193210678");
  assert_refused (physician, "npi");

  rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_END_AT, 0);
  assert_refused (appointment, "end_at");
  rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_END_AT, 1);
  rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_TIME_ZONE, "Mars/Olympus");
  assert_refused (appointment, "time_zone");

  /* S0-11: hcp_name has 1 to 255 characters; S0-12: the types are exact. */
  rounds_record_set_text (interaction, ROUNDS_INTERACTION_HCP_NAME, name);
  g_assert_true (rounds_record_validate (interaction, NULL));
  rounds_record_set_text (interaction, ROUNDS_INTERACTION_HCP_NAME, long_name);
  assert_refused (interaction, "hcp_name");
  rounds_record_set_text (interaction, ROUNDS_INTERACTION_HCP_NAME, NULL);
  assert_refused (interaction, "hcp_name");
  rounds_record_set_text (interaction, ROUNDS_INTERACTION_HCP_NAME, "x");
  rounds_record_set_text (interaction, ROUNDS_INTERACTION_INTERACTION_TYPE, "VISIT");
  assert_refused (interaction, "interaction_type");
  rounds_record_set_text (interaction, ROUNDS_INTERACTION_INTERACTION_TYPE, "Call");
  rounds_record_set_integer (interaction, ROUNDS_INTERACTION_DURATION, -1);
  assert_refused (interaction, "duration");
}

static void
test_parse_what_people_type (void)
{
  const RoundsFieldInfo *type =
    rounds_entity_get_field (ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_INTERACTION_TYPE);
  const RoundsFieldInfo *duration = rounds_entity_get_field (ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_DURATION);
  const RoundsFieldInfo *active = rounds_entity_get_field (ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_IS_ACTIVE);
  const RoundsFieldInfo *notes = rounds_entity_get_field (ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_NOTES);
  const RoundsFieldInfo *name = rounds_entity_get_field (ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_GIVEN_NAME);
  const RoundsFieldInfo *lines = rounds_entity_get_field (ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_LINES);
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_field_parse (type, " visit ", &value, NULL));
  g_assert_cmpstr (value.as.text, ==, "Visit");
  g_assert_true (rounds_field_parse (duration, "20", &value, NULL));
  g_assert_cmpint (value.as.integer, ==, 20);
  g_assert_true (rounds_field_parse (active, "No", &value, NULL));
  g_assert_cmpint (value.as.integer, ==, 0);
  g_assert_true (rounds_field_parse (duration, "  ", &value, NULL));
  g_assert_true (rounds_value_is_null (&value));
  g_assert_true (rounds_field_parse (name, " Anna\r\n\tMaria \n Berg\n", &value, NULL));
  g_assert_cmpstr (value.as.text, ==, "Anna Maria Berg");
  g_assert_true (rounds_field_parse (lines, " 3 Harbour Road\nSuite 5 ", &value, NULL));
  g_assert_cmpstr (value.as.text, ==, "3 Harbour Road\nSuite 5");
  g_assert_true (rounds_field_parse (notes, "  keep\nblanks ", &value, NULL));
  g_assert_cmpstr (value.as.text, ==, "  keep\nblanks ");
  g_assert_false (rounds_field_parse (duration, "20m", &value, &error));
  g_assert_cmpstr (rounds_error_get_field (error), ==, "duration");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/record/table-is-sound", test_table_is_sound);
  g_test_add_func ("/record/new-record-presets", test_new_record_presets);
  g_test_add_func ("/record/properties", test_properties);
  g_test_add_func ("/record/rules", test_rules);
  g_test_add_func ("/record/parse-what-people-type", test_parse_what_people_type);

  return g_test_run ();
}
