/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Territories by the resources: what a rep does not see is not there for them, by whatever way they ask. */

#include "api-fixture.h"
#include "rounds-accounts.h"
#include "rounds-sync-problem.h"

typedef struct
{
  ApiFixture api;
  char *north; /* territory of the rep */
  char *south; /* of nobody */
  char *ours;  /* people */
  char *theirs;
} Team;

static char *post (ApiFixture *api, const char *target, const char *format, ...) G_GNUC_PRINTF (3, 4);

static char *
post (ApiFixture *api, const char *target, const char *format, ...)
{
  va_list arguments;
  g_autofree char *body = NULL;

  va_start (arguments, format);
  body = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return api_post_id (api, target, body);
}

/* The staff id of @username. */
static char *
find_staff (ApiFixture *api, const char *username)
{
  g_autoptr (RoundsRecord) user = NULL;
  g_autoptr (RoundsRecord) staff = NULL;

  g_assert_true (rounds_accounts_find (api->store, username, &user, NULL));
  g_assert_true (rounds_accounts_find_staff (api->store, user, &staff, NULL));
  return rounds_uuid_to_string (rounds_record_get_id (staff));
}

static void
set_up (Team *team, gconstpointer data)
{
  g_autofree char *staff = NULL;
  g_autofree char *member = NULL;

  api_fixture_set_up (&team->api, data);
  g_object_unref (api_fixture_add_user (&team->api, "bob", "rep", NULL));
  g_object_unref (api_fixture_add_user (&team->api, "ann", "manager", NULL));
  api_fixture_sign_in_as (&team->api, "ann");
  team->north = post (&team->api, "/api/v1/territories", "{\"name\":\"North\"}");
  team->south = post (&team->api, "/api/v1/territories", "{\"name\":\"South\"}");
  staff = find_staff (&team->api, "bob");
  member =
    post (&team->api, "/api/v1/territory-members", "{\"staff\":\"%s\",\"territory\":\"%s\"}", staff, team->north);
  team->ours = post (&team->api, "/api/v1/people", "{\"family_name\":\"Osei\",\"territory\":\"%s\"}", team->north);
  team->theirs = post (&team->api, "/api/v1/people", "{\"family_name\":\"Mensah\",\"territory\":\"%s\"}", team->south);
  api_fixture_sign_in_as (&team->api, "bob");
}

static void
tear_down (Team *team, gconstpointer data)
{
  g_free (team->north);
  g_free (team->south);
  g_free (team->ours);
  g_free (team->theirs);
  api_fixture_tear_down (&team->api, data);
}

static guint
send (Team *team, const char *method, const char *id, const char *body)
{
  g_autofree char *target = g_strconcat ("/api/v1/people/", id, NULL);

  return api_send (&team->api, method, target, body);
}

static void
test_read (Team *team, gconstpointer data)
{
  static const char *const lists[] = { "/api/v1/people?family_name=Mensah", "/api/v1/people?q=mensah",
                                       "/api/v1/people?deleted=include&family_name=Mensah" };

  g_assert_cmpuint (send (team, "GET", team->ours, NULL), ==, 200);
  g_assert_cmpuint (send (team, "GET", team->theirs, NULL), ==, 404);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_assert_cmpuint (api_send (&team->api, "GET", lists[i], NULL), ==, 200);
      g_assert_cmpuint (yyjson_arr_size (yyjson_obj_get (api_root (&team->api), "items")), ==, 0);
    }
  g_assert_cmpuint (api_send (&team->api, "GET", "/api/v1/people?q=osei", NULL), ==, 200);
  g_assert_cmpuint (yyjson_arr_size (yyjson_obj_get (api_root (&team->api), "items")), ==, 1);

  api_fixture_sign_in_as (&team->api, "ann");
  g_assert_cmpuint (send (team, "GET", team->theirs, NULL), ==, 200);
}

static void
test_write (Team *team, gconstpointer data)
{
  g_autofree char *away = g_strdup_printf ("{\"territory\":\"%s\"}", team->south);
  g_autofree char *new = g_strdup_printf ("{\"family_name\":\"Annor\",\"territory\":\"%s\"}", team->south);

  g_assert_cmpuint (send (team, "PATCH", team->theirs, "{\"phone\":\"1\"}"), ==, 404);
  g_assert_cmpuint (send (team, "PUT", team->theirs, "{\"family_name\":\"Mine\"}"), ==, 404);
  g_assert_cmpuint (send (team, "DELETE", team->theirs, NULL), ==, 404);
  g_assert_cmpuint (send (team, "PATCH", team->ours, "{\"phone\":\"1\"}"), ==, 200);
  g_assert_cmpuint (send (team, "PATCH", team->ours, away), ==, 403);
  g_assert_cmpuint (api_send (&team->api, "POST", "/api/v1/people", new), ==, 403);
  g_assert_cmpuint (send (team, "GET", team->ours, NULL), ==, 200);
  g_assert_cmpstr (api_text (&team->api, "territory"), ==, team->north);
}

/* A reference to what is out of sight is refused in the words of one that leads nowhere. */
static void
test_references (Team *team, gconstpointer data)
{
  RoundsUuid id = rounds_uuid_new ();
  g_autofree char *nowhere = rounds_uuid_to_string (&id);
  const char *const people[] = { team->theirs, nowhere };
  g_autofree char *first = NULL;
  g_autofree char *visit = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      g_autofree char *body = g_strdup_printf ("{\"person\":\"%s\"}", people[i]);

      g_assert_cmpuint (api_send (&team->api, "POST", "/api/v1/physicians", body), ==, 422);
      if (i == 0)
        first = g_strdup (api_text (&team->api, "detail"));
      else
        g_assert_cmpstr (api_text (&team->api, "detail"), ==, first);
    }
  visit = post (&team->api, "/api/v1/physicians", "{\"person\":\"%s\"}", team->ours);
  g_assert_cmpstr (api_text (&team->api, "territory"), ==, team->north);
}

static void
test_pull (Team *team, gconstpointer data)
{
  g_autofree char *body = NULL;

  team->api.header = ROUNDS_SYNC_PROTOCOL_HEADER;
  team->api.header_value = ROUNDS_SYNC_PROTOCOL;
  g_assert_cmpuint (api_send (&team->api, "GET", "/api/v1/sync/pull", NULL), ==, 200);
  body = g_strndup (g_bytes_get_data (team->api.response->body, NULL), g_bytes_get_size (team->api.response->body));
  g_assert_nonnull (strstr (body, team->ours));
  g_assert_null (strstr (body, team->theirs));
}

int
main (int argc, char *argv[])
{
#define ADD(path, function) g_test_add (path, Team, NULL, set_up, function, tear_down)
  g_test_init (&argc, &argv, NULL);

  ADD ("/api-scope/read", test_read);
  ADD ("/api-scope/write", test_write);
  ADD ("/api-scope/references", test_references);
  ADD ("/api-scope/pull", test_pull);
  return g_test_run ();
}
