/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The invented data that people try the application on and that benchmarks run on. If this fails, a first look at
 * Rounds shows nonsense, or two benchmark runs are not comparable. */

#include <glib/gstdio.h>
#include <string.h>

#include "rounds-demo-data.h"
#include "rounds-error.h"
#include "rounds-json.h"
#include "rounds-time.h"
#include "store-fixture.h"

static const RoundsDemoOptions options = {
  .contacts = 120,
  .interactions = 400,
  .seed = 42,
  .now = G_GINT64_CONSTANT (1773309600000), /* Thursday 2026-03-12 10:00 UTC; two weeks on, Europe's clocks change */
  .time_zone = "Europe/Amsterdam",
};

static void
write_demo (StoreFixture *fixture, const RoundsDemoOptions *what)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_demo_data_write (fixture->store, what, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

static GPtrArray *
list (StoreFixture *fixture, RoundsEntity entity)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  g_autoptr (GError) error = NULL;
  GPtrArray *records = rounds_record_store_list (fixture->store, query, &error);

  g_assert_no_error (error);
  return records;
}

/* All records as JSON, without what the store stamps. */
static char *
dump (StoreFixture *fixture)
{
  GString *text = g_string_new (NULL);

  for (int entity = 0; entity < ROUNDS_N_ENTITIES; entity++)
    {
      g_autoptr (GPtrArray) records = NULL;

      if (rounds_entity_get_info (entity)->scope != ROUNDS_SCOPE_SYNCED)
        continue;
      records = list (fixture, entity);
      for (guint i = 0; i < records->len; i++)
        {
          g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
          g_autofree char *json = NULL;

          rounds_record_clear_field (records->pdata[i], ROUNDS_FIELD_UPDATED_AT);
          rounds_record_set_integer (records->pdata[i], ROUNDS_FIELD_REV, 0);
          yyjson_mut_doc_set_root (doc, rounds_record_to_json (records->pdata[i], doc));
          json = rounds_json_write (doc, FALSE);
          g_string_append_printf (text, "%s\n", json);
        }
    }
  return g_string_free_and_steal (text);
}

static void
test_same_seed (StoreFixture *fixture, gconstpointer data)
{
  RoundsDemoOptions other = options;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *twice = NULL;

  write_demo (fixture, &options);
  first = dump (fixture);
  /* Once more into the same store adds nothing. */
  write_demo (fixture, &options);
  twice = dump (fixture);
  g_assert_true (g_str_equal (first, twice));

  store_fixture_tear_down (fixture, data);
  store_fixture_set_up (fixture, data);
  write_demo (fixture, &options);
  second = dump (fixture);
  g_assert_true (g_str_equal (first, second));

  store_fixture_tear_down (fixture, data);
  store_fixture_set_up (fixture, data);
  other.seed = 43;
  write_demo (fixture, &other);
  third = dump (fixture);
  g_assert_false (g_str_equal (first, third));
}

static void
test_valid (StoreFixture *fixture, gconstpointer data)
{
  write_demo (fixture, &options);
  for (int entity = 0; entity < ROUNDS_N_ENTITIES; entity++)
    {
      g_autoptr (GPtrArray) records = NULL;

      if (rounds_entity_get_info (entity)->scope != ROUNDS_SCOPE_SYNCED)
        continue;
      records = list (fixture, entity);
      for (guint i = 0; i < records->len; i++)
        {
          g_autoptr (GError) error = NULL;

          rounds_record_validate (records->pdata[i], &error);
          g_assert_no_error (error);
          g_assert_cmpint (rounds_record_get_integer (records->pdata[i], ROUNDS_FIELD_CREATED_AT), <=, options.now);
        }
      switch (entity)
        {
        case ROUNDS_ENTITY_PERSON:
          g_assert_cmpuint (records->len, ==, options.contacts);
          break;
        case ROUNDS_ENTITY_INTERACTION:
          g_assert_cmpuint (records->len, ==, options.interactions);
          break;
        case ROUNDS_ENTITY_TERRITORY:
        case ROUNDS_ENTITY_TERRITORY_MEMBER:
        case ROUNDS_ENTITY_INTERACTION_ATTENDEE:
        case ROUNDS_ENTITY_TREATMENT:
        case ROUNDS_ENTITY_NOTE_TEMPLATE:
        case ROUNDS_ENTITY_AMENDMENT:
        case ROUNDS_ENTITY_MERGE:
          break;
        default:
          g_assert_cmpuint (records->len, >, 0);
        }
    }
}

static gint
compare_start (gconstpointer a, gconstpointer b)
{
  gint64 x = rounds_record_get_integer (*(RoundsRecord *const *) a, ROUNDS_APPOINTMENT_START_AT);
  gint64 y = rounds_record_get_integer (*(RoundsRecord *const *) b, ROUNDS_APPOINTMENT_START_AT);

  return x < y ? -1 : x > y;
}

/* A picture of the calendar is believable: within the working day, one after the other, and something today. */
static void
test_diary (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  g_autoptr (GPtrArray) appointments = NULL;
  g_autoptr (GDateTime) now = rounds_instant_to_local (options.now, zone);
  gint64 end = 0;
  guint today = 0;

  write_demo (fixture, &options);
  appointments = list (fixture, ROUNDS_ENTITY_APPOINTMENT);
  g_ptr_array_sort (appointments, compare_start);
  for (guint i = 0; i < appointments->len; i++)
    {
      RoundsRecord *record = appointments->pdata[i];
      gint64 start = rounds_record_get_integer (record, ROUNDS_APPOINTMENT_START_AT);
      g_autoptr (GDateTime) from = rounds_instant_to_local (start, zone);
      g_autoptr (GDateTime) to = NULL;

      if (rounds_record_get_boolean (record, ROUNDS_APPOINTMENT_ALL_DAY))
        continue;
      g_assert_cmpint (start, >=, end);
      end = rounds_record_get_integer (record, ROUNDS_APPOINTMENT_END_AT);
      to = rounds_instant_to_local (end, zone);
      g_assert_cmpint (g_date_time_get_hour (from), >=, 8);
      g_assert_cmpint (g_date_time_get_hour (to) * 60 + g_date_time_get_minute (to), <=, 18 * 60);
      g_assert_cmpint (g_date_time_get_day_of_week (from), <=, 5);
      today += g_date_time_get_day_of_year (from) == g_date_time_get_day_of_year (now);
    }
  g_assert_cmpuint (appointments->len, >, 120);
  g_assert_cmpuint (today, >=, 4);
}

static gint
compare_uint (gconstpointer a, gconstpointer b)
{
  return (gint) * (const guint *) a - (gint) * (const guint *) b;
}

static void
test_notes (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) interactions = NULL;
  g_autoptr (GArray) lengths = g_array_new (FALSE, FALSE, sizeof (guint));

  write_demo (fixture, &options);
  interactions = list (fixture, ROUNDS_ENTITY_INTERACTION);
  for (guint i = 0; i < interactions->len; i++)
    {
      const char *notes = rounds_record_get_text (interactions->pdata[i], ROUNDS_INTERACTION_NOTES);
      guint length = strlen (notes);

      g_assert_null (strchr (notes, '%'));
      g_assert_cmpint (rounds_record_get_integer (interactions->pdata[i], ROUNDS_INTERACTION_OCCURRED_AT), <=,
                       options.now);
      g_array_append_val (lengths, length);
    }
  g_array_sort (lengths, compare_uint);
  g_test_message ("note length: median %u, 95th percentile %u", g_array_index (lengths, guint, lengths->len / 2),
                  g_array_index (lengths, guint, lengths->len * 95 / 100));
  g_assert_cmpuint (g_array_index (lengths, guint, lengths->len / 2), >=, 180);
  g_assert_cmpuint (g_array_index (lengths, guint, lengths->len / 2), <=, 320);
}

/* Nobody can be called or written to by mistake. */
static void
test_nobody_is_real (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) people = NULL;

  write_demo (fixture, &options);
  people = list (fixture, ROUNDS_ENTITY_PERSON);
  for (guint i = 0; i < people->len; i++)
    {
      const char *email = rounds_record_get_text (people->pdata[i], ROUNDS_PERSON_EMAIL);

      g_assert_nonnull (strstr (rounds_record_get_text (people->pdata[i], ROUNDS_PERSON_PHONE), " 555 01"));
      g_assert_true (email == NULL || g_str_has_suffix (email, "@example.org"));
    }
}

static void
test_small (StoreFixture *fixture, gconstpointer data)
{
  RoundsDemoOptions none = { .seed = 1 };
  RoundsDemoOptions one = { .contacts = 1, .interactions = 3, .seed = 1 };

  write_demo (fixture, &none);
  write_demo (fixture, &one);
}

static void
cancel (guint64 done, guint64 total, gpointer data)
{
  g_assert_cmpuint (done, <=, total);
  g_cancellable_cancel (data);
}

static void
test_cancel (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_false (rounds_demo_data_write (fixture->store, &options, cancel, cancellable, cancellable, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  STORE_FIXTURE_ADD ("/demo-data/same-seed", ROUNDS_ROLE_SERVER, test_same_seed);
  STORE_FIXTURE_ADD ("/demo-data/valid", ROUNDS_ROLE_SERVER, test_valid);
  STORE_FIXTURE_ADD ("/demo-data/diary", ROUNDS_ROLE_SERVER, test_diary);
  STORE_FIXTURE_ADD ("/demo-data/notes", ROUNDS_ROLE_SERVER, test_notes);
  STORE_FIXTURE_ADD ("/demo-data/nobody-is-real", ROUNDS_ROLE_SERVER, test_nobody_is_real);
  STORE_FIXTURE_ADD ("/demo-data/small", ROUNDS_ROLE_SERVER, test_small);
  STORE_FIXTURE_ADD ("/demo-data/cancel", ROUNDS_ROLE_SERVER, test_cancel);
  return g_test_run ();
}
