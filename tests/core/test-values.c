/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ids, instants and the forms in which values travel. A fault here is a record that another device cannot read. */

#include "rounds-error.h"
#include "rounds-json.h"
#include "rounds-record.h"
#include "rounds-time.h"

static void
test_uuid_ascends (void)
{
  RoundsUuid last = rounds_uuid_new ();

  for (int i = 0; i < 20000; i++)
    {
      RoundsUuid uuid = rounds_uuid_new ();

      g_assert_cmpint (memcmp (last.bytes, uuid.bytes, sizeof uuid.bytes), <, 0);
      g_assert_cmphex (uuid.bytes[6] >> 4, ==, 7);
      g_assert_cmphex (uuid.bytes[8] >> 6, ==, 2);
      last = uuid;
    }
}

/* RFC 9562, appendix A.4: "www.example.com" in the space of domain names. */
static void
test_uuid_from_name (void)
{
  RoundsUuid space, uuid;
  char text[ROUNDS_UUID_STRING_LENGTH + 1];

  g_assert_true (rounds_uuid_parse ("6ba7b810-9dad-11d1-80b4-00c04fd430c8", &space));
  uuid = rounds_uuid_new_from_name (&space, "www.example.com");
  rounds_uuid_format (&uuid, text);
  g_assert_cmpstr (text, ==, "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

static void
test_uuid_text (void)
{
  /* The UUIDv7 example of RFC 9562, appendix A.6. */
  static const char *const good = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
  static const char *const bad[] = { "",
                                     "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
                                     "017f22e2-79b0-7cc3-98c4-dc0c0c07398ff",
                                     "017f22e2079b0-7cc3-98c4-dc0c0c07398f",
                                     "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
                                     "{17f22e2-79b0-7cc3-98c4-dc0c0c07398}" };
  RoundsUuid uuid;
  g_autofree char *text = NULL;

  g_assert_true (rounds_uuid_parse (good, &uuid));
  text = rounds_uuid_to_string (&uuid);
  g_assert_cmpstr (text, ==, good);
  g_assert_true (rounds_uuid_parse ("017F22E2-79B0-7CC3-98C4-DC0C0C07398F", &uuid));
  g_assert_false (rounds_uuid_parse (NULL, &uuid));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (rounds_uuid_parse (bad[i], &uuid));
}

static void
test_instants (void)
{
  /* By hand: 2024-01-15 is 19,737 days after the epoch. */
  static const struct
  {
    const char *text;
    gint64 instant;
    const char *canonical;
  } good[] = {
    { "2024-01-15T10:30:00Z", G_GINT64_CONSTANT (19737) * 86400000 + 37800000, "2024-01-15T10:30:00Z" },
    { "2024-01-15T11:30:00+01:00", G_GINT64_CONSTANT (19737) * 86400000 + 37800000, "2024-01-15T10:30:00Z" },
    { "1970-01-01T00:00:00.007Z", 7, "1970-01-01T00:00:00.007Z" },
    { "1969-12-31T23:59:59.999Z", -1, "1969-12-31T23:59:59.999Z" },
  };
  static const char *const bad[] = {
    "", "2024-01-15", "2024-01-15T10:30:00", "2024-02-30T10:30:00Z", "15/01/2024 10:30", "now"
  };
  gint64 instant;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autofree char *text = NULL;

      g_assert_true (rounds_instant_parse (good[i].text, &instant));
      g_assert_cmpint (instant, ==, good[i].instant);
      text = rounds_instant_to_string (instant);
      g_assert_cmpstr (text, ==, good[i].canonical);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (rounds_instant_parse (bad[i], &instant));
}

/* Each @step seconds, as GLib's calendar has it. */
static void
check_texts (gint64 first, gint64 last, gint64 step)
{
  for (gint64 seconds = first; seconds <= last; seconds += step)
    {
      g_autofree char *text = rounds_instant_to_string (seconds * 1000 + 50);
      g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (seconds);
      g_autofree char *expected = g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.050Z", g_date_time_get_year (moment),
                                                   g_date_time_get_month (moment),
                                                   g_date_time_get_day_of_month (moment), g_date_time_get_hour (moment),
                                                   g_date_time_get_minute (moment), g_date_time_get_second (moment));

      g_assert_cmpstr (text, ==, expected);
    }
}

/* Some days of each year that can be written, and every day from 1800 to 2200. */
static void
test_instants_as_text (void)
{
  const gint64 first = G_GINT64_CONSTANT (-62135596800), last = G_GINT64_CONSTANT (253402300799);
  g_autofree char *earliest = rounds_instant_to_string (first * 1000);
  g_autofree char *latest = rounds_instant_to_string (last * 1000 + 999);
  g_autofree char *too_early = rounds_instant_to_string (first * 1000 - 1);
  g_autofree char *too_late = rounds_instant_to_string ((last + 1) * 1000);

  g_assert_cmpstr (earliest, ==, "0001-01-01T00:00:00Z");
  g_assert_cmpstr (latest, ==, "9999-12-31T23:59:59.999Z");
  g_assert_cmpstr (too_early, ==, "");
  g_assert_cmpstr (too_late, ==, "");
  check_texts (first, last, 13 * 86400 + 3607);
  check_texts (G_GINT64_CONSTANT (-5364662400), G_GINT64_CONSTANT (7258118400), 80021);
}

static void
test_dates (void)
{
  static const char *const good[] = { "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31" };
  static const char *const bad[] = { "2023-02-29",  "1900-02-29", "2024-13-01", "2024-00-10", "2024-1-01", "24-01-01",
                                     "2024-01-01 ", " 024-01-01", "0000-01-01", "2024-04-31", "+024-01-01" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (rounds_date_is_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    if (rounds_date_is_valid (bad[i]))
      g_error ("“%s” is taken for a date", bad[i]);

  g_assert_true (rounds_local_time_is_valid ("00:00"));
  g_assert_true (rounds_local_time_is_valid ("24:00"));
  g_assert_false (rounds_local_time_is_valid ("24:01"));
  g_assert_false (rounds_local_time_is_valid ("9:30"));
  g_assert_false (rounds_local_time_is_valid ("-1:30"));
  g_assert_false (rounds_local_time_is_valid ("12:60"));
}

static void
test_folding (void)
{
  static const char *const pairs[][2] = {
    { "MÜLLER", "muller" },
    { "Strauß", "strauss" },
    { "Ångström", "angstrom" },
    { "Søren", "soren" },
    { "Łukasz", "lukasz" },
    { "IŞIL", "isil" },
    { "İnci", "inci" },
    { "ı", "i" },
    { "Ciência", "ciencia" },
    { "Иванов", "иванов" },
    { "ﬁ", "fi" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *folded = rounds_text_fold (pairs[i][0]);

      g_assert_cmpstr (folded, ==, pairs[i][1]);
    }
}

/* Every field of every entity, filled, survives JSON. */
static void
test_json_keeps_every_field (void)
{
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);
      g_autoptr (RoundsRecord) record = rounds_record_new (e);
      g_autoptr (RoundsRecord) copy = rounds_record_new_empty (e);
      g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
      g_autoptr (yyjson_doc) read = NULL;
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      for (guint f = 1; f < info->n_fields; f++)
        {
          RoundsUuid uuid = rounds_uuid_new ();

          switch (info->fields[f].type)
            {
            case ROUNDS_TYPE_DATE:
              rounds_record_set_text (record, f, "2024-02-29");
              break;
            case ROUNDS_TYPE_LOCAL_TIME:
              rounds_record_set_text (record, f, "09:30");
              break;
            case ROUNDS_TYPE_ENUM:
              rounds_record_set_text (record, f, info->fields[f].values[0]);
              break;
            case ROUNDS_TYPE_JSON:
              rounds_record_set_text (record, f, "{\"a\":[1,null,\"ü\"]}");
              break;
            case ROUNDS_TYPE_TEXT:
            case ROUNDS_TYPE_LONG_TEXT:
              rounds_record_set_text (record, f, "Zoë \"O'Neil\"\n\t<b>&</b> 😀");
              break;
            case ROUNDS_TYPE_REAL:
              rounds_record_set_real (record, f, -0.1);
              break;
            case ROUNDS_TYPE_BOOLEAN:
            case ROUNDS_TYPE_INTEGER:
              rounds_record_set_integer (record, f, 1);
              break;
            case ROUNDS_TYPE_INSTANT:
              rounds_record_set_integer (record, f, 1705314600123);
              break;
            case ROUNDS_TYPE_UUID:
            case ROUNDS_TYPE_REFERENCE:
              rounds_record_set_uuid (record, f, &uuid);
              break;
            default:
              g_assert_not_reached ();
            }
        }

      yyjson_mut_doc_set_root (doc, rounds_record_to_json (record, doc));
      text = rounds_json_write (doc, FALSE);
      g_assert_true (rounds_json_read (text, -1, &read, &error));
      g_assert_true (rounds_record_set_from_json (copy, yyjson_doc_get_root (read), TRUE, &error));
      g_assert_no_error (error);
      for (guint f = 0; f < info->n_fields; f++)
        g_assert_true (rounds_value_equal (rounds_record_get_value (record, f), rounds_record_get_value (copy, f)));
    }
}

static void
test_json_refuses (void)
{
  static const struct
  {
    const char *json;
    const char *field;
  } bad[] = {
    { "{\"family_name\": 7}", "family_name" },
    { "{\"is_active\": \"yes\"}", "is_active" },
    { "{\"surname\": \"A\"}", "surname" },
    { "{\"family_name\": \"a\\u0000b\"}", "family_name" },
    { "{\"id\": \"7\"}", "id" },
    { "[]", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
      g_autoptr (yyjson_doc) doc = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (rounds_json_read (bad[i].json, -1, &doc, NULL));
      g_assert_false (rounds_record_set_from_json (person, yyjson_doc_get_root (doc), FALSE, &error));
      g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
      g_assert_cmpstr (rounds_error_get_field (error), ==, bad[i].field);
    }

  {
    g_autofree char *deep = g_strnfill (5000, '[');
    g_autoptr (GString) closed = g_string_new (deep);
    g_autoptr (yyjson_doc) doc = NULL;
    g_autoptr (GError) error = NULL;

    for (int i = 0; i < 5000; i++)
      g_string_append_c (closed, ']');
    g_assert_false (rounds_json_read (closed->str, -1, &doc, &error));
    g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/values/uuid-ascends", test_uuid_ascends);
  g_test_add_func ("/values/from-name", test_uuid_from_name);
  g_test_add_func ("/values/uuid-text", test_uuid_text);
  g_test_add_func ("/values/instants", test_instants);
  g_test_add_func ("/values/instants-as-text", test_instants_as_text);
  g_test_add_func ("/values/dates", test_dates);
  g_test_add_func ("/values/folding", test_folding);
  g_test_add_func ("/values/json-keeps-every-field", test_json_keeps_every_field);
  g_test_add_func ("/values/json-refuses", test_json_refuses);

  return g_test_run ();
}
