/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The API without sockets: what other programs would lose if a resource did not keep its promises. */

#include <string.h>

#include "api-fixture.h"
#include "rounds-sqlite-database.h"
#include "rounds-time.h"

#define PEOPLE "/api/v1/people"

static void
assert_problem (ApiFixture *fixture, guint status, const char *field)
{
  g_assert_cmpuint (fixture->response->status, ==, status);
  g_assert_cmpstr (api_header (fixture, "Content-Type"), ==, "application/problem+json");
  g_assert_cmpint (yyjson_get_sint (yyjson_obj_get (api_root (fixture), "status")), ==, status);
  g_assert_true (g_str_has_prefix (api_text (fixture, "type"), "urn:rounds:problem:"));
  g_assert_nonnull (api_text (fixture, "title"));
  g_assert_nonnull (api_text (fixture, "detail"));
  g_assert_cmpstr (api_text (fixture, "field"), ==, field);
}

static void
test_problems_name_the_field (ApiFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *target;
    const char *body;
    guint status;
    const char *field;
  } cases[] = {
    { "/interactions", "{\"hcp_name\":\"\",\"interaction_type\":\"Visit\"}", 422, "hcp_name" },
    { "/interactions", "{\"interaction_type\":\"Visit\"}", 422, "hcp_name" },
    { "/interactions", "{\"hcp_name\":\"Dr. A\"}", 422, "interaction_type" },
    { "/interactions", "{\"hcp_name\":\"Dr. A\",\"interaction_type\":\"visit\"}", 422, "interaction_type" },
    { "/interactions", "{\"hcp_name\":\"Dr. A\",\"interaction_type\":\"VISIT\"}", 422, "interaction_type" },
    { "/interactions", "{\"hcp_name\":\"Dr. A\",\"interaction_type\":\"Vis\\u0131t\"}", 422, "interaction_type" },
    { "/interactions", "{\"hcp_name\":5,\"interaction_type\":\"Visit\"}", 422, "hcp_name" },
    { "/interactions", "{\"hcp_name\":\"Dr. A\",\"interaction_type\":\"Visit\",\"mood\":1}", 422, "mood" },
    { "/interactions", "{\"hcp_name\":\"A\\u0000B\",\"interaction_type\":\"Visit\"}", 422, "hcp_name" },
    { "/interactions", "{\"hcp_name\":\"A\",\"interaction_type\":\"Visit\",\"occurred_at\":\"2024-01-15T10:30\"}", 422,
      "occurred_at" },
    { "/interactions",
      "{\"hcp_name\":\"A\",\"interaction_type\":\"Visit\",\"person\":\"01890a5d-ac96-774b-bcce-b302099a8057\"}", 422,
      "person" },
    { PEOPLE, "{}", 422, "family_name" },
    { PEOPLE, "{\"family_name\":\"A\",\"birth_date\":\"2026-02-30\"}", 422, "birth_date" },
    { PEOPLE, "{\"family_name\":\"A\",\"id\":\"7\"}", 422, "id" },
    { "/api/v1/territories", "{\"name\":7}", 422, "name" },
    { PEOPLE, "{\"family_name\":", 400, NULL },
    { PEOPLE, "[]", 400, NULL },
    { PEOPLE, "", 400, NULL },
    { PEOPLE, NULL, 400, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      api_send (fixture, "POST", cases[i].target, cases[i].body);
      assert_problem (fixture, cases[i].status, cases[i].field);
    }

  fixture->header = "Content-Type";
  fixture->header_value = "text/xml";
  api_send (fixture, "POST", PEOPLE, "{}");
  assert_problem (fixture, 415, NULL);
}

/* S0-15, the example of the first design, with the zone that it lacks. */
static void
test_worked_example (ApiFixture *fixture, gconstpointer data)
{
  gint64 before = rounds_time_now ();
  gint64 created = 0;
  gint64 occurred = 0;
  g_autofree char *id = api_post_id (fixture, "/interactions",
                                     "{\"hcp_name\": \"Dr. Sarah Johnson\", \"interaction_type\": \"Visit\","
                                     " \"notes\": \"Follow-up on the trial\"}");
  g_autofree char *target = g_strconcat ("/interactions/", id, NULL);
  RoundsUuid uuid;

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (rounds_uuid_parse (api_text (fixture, "id"), &uuid));
      g_assert_cmpstr (api_text (fixture, "hcp_name"), ==, "Dr. Sarah Johnson");
      g_assert_cmpstr (api_text (fixture, "interaction_type"), ==, "Visit");
      g_assert_cmpstr (api_text (fixture, "notes"), ==, "Follow-up on the trial");
      g_assert_true (g_str_has_suffix (api_text (fixture, "created_at"), "Z"));
      g_assert_true (rounds_instant_parse (api_text (fixture, "created_at"), &created));
      g_assert_true (rounds_instant_parse (api_text (fixture, "occurred_at"), &occurred));
      g_assert_cmpint (created, >=, before);
      g_assert_cmpint (occurred, >=, before);
      g_assert_cmpint (occurred, <=, rounds_time_now ());
      g_assert_nonnull (api_text (fixture, "staff")); /* who logged it */
      g_assert_cmpuint (api_get (fixture, target), ==, 200);
    }

  g_assert_cmpuint (api_get (fixture, "/interactions"), ==, 200);
  g_assert_true (yyjson_is_arr (api_root (fixture)));
  g_assert_cmpuint (api_get (fixture, "/api/v1/interactions"), ==, 200);
  g_assert_true (yyjson_is_arr (yyjson_obj_get (api_root (fixture), "items")));

  g_clear_pointer (&fixture->token, g_free);
  g_assert_cmpuint (api_get (fixture, "/interactions"), ==, 401);
  g_assert_cmpstr (api_header (fixture, "WWW-Authenticate"), ==, "Bearer");
  g_assert_cmpuint (api_send (fixture, "POST", "/interactions", "{}"), ==, 401);
}

/* Two clients that read the same revision: the second is told instead of undoing what the first did. */
static void
test_etag (ApiFixture *fixture, gconstpointer data)
{
  g_autofree char *id = api_post_id (fixture, PEOPLE, "{\"family_name\":\"Atkinson\"}");
  g_autofree char *item = g_strconcat (PEOPLE "/", id, NULL);

  fixture->header = "If-Match";
  fixture->header_value = "\"1\"";
  g_assert_cmpuint (api_send (fixture, "PATCH", item, "{\"given_name\":\"Mary\"}"), ==, 200);
  g_assert_cmpstr (api_header (fixture, "ETag"), ==, "\"2\"");

  fixture->header = "If-Match";
  g_assert_cmpuint (api_send (fixture, "PUT", item, "{\"family_name\":\"Atkins\"}"), ==, 412);
  fixture->header = "If-Match";
  g_assert_cmpuint (api_send (fixture, "DELETE", item, NULL), ==, 412);

  fixture->header = "If-None-Match";
  fixture->header_value = "\"2\"";
  g_assert_cmpuint (api_get (fixture, item), ==, 304);
  g_assert_null (fixture->response->body);

  fixture->header = "If-Match";
  fixture->header_value = "*";
  g_assert_cmpuint (api_send (fixture, "PUT", item, "{\"family_name\":\"Atkins\"}"), ==, 200);
  g_assert_true (yyjson_is_null (yyjson_obj_get (api_root (fixture), "given_name"))); /* PUT replaces */
  g_assert_cmpuint (api_send (fixture, "PATCH", item, "{\"id\":\"01890a5d-ac96-774b-bcce-b302099a8057\"}"), ==, 422);
}

static void
test_ids_and_unique_values (ApiFixture *fixture, gconstpointer data)
{
  const char *body = "{\"id\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"name\":\"North\"}";

  g_assert_cmpuint (api_send (fixture, "POST", "/api/v1/territories", body), ==, 201);
  g_assert_cmpstr (api_text (fixture, "id"), ==, "01890a5d-ac96-774b-bcce-b302099a8057");
  api_send (fixture, "POST", "/api/v1/territories", body);
  assert_problem (fixture, 409, "id");
  api_send (fixture, "POST", "/api/v1/territories", "{\"name\":\"North\"}");
  assert_problem (fixture, 409, "name");
}

/* A client on a bad line sends again what may have arrived. */
static void
test_idempotency (ApiFixture *fixture, gconstpointer data)
{
  const char *body = "{\"hcp_name\":\"Dr. A\",\"interaction_type\":\"Call\"}";
  g_autofree char *first = NULL;

  fixture->header_value = "visit-1";
  fixture->header = "Idempotency-Key";
  g_assert_cmpuint (api_send (fixture, "POST", "/interactions", body), ==, 201);
  first = g_strndup (g_bytes_get_data (fixture->response->body, NULL), g_bytes_get_size (fixture->response->body));

  for (guint i = 0; i < 3; i++)
    {
      fixture->header = "Idempotency-Key";
      g_assert_cmpuint (api_send (fixture, "POST", "/interactions", body), ==, 201);
      g_assert_cmpmem (g_bytes_get_data (fixture->response->body, NULL), g_bytes_get_size (fixture->response->body),
                       first, strlen (first));
      g_assert_nonnull (api_header (fixture, "Location"));
    }

  fixture->header = "Idempotency-Key";
  api_send (fixture, "POST", "/interactions", "{\"hcp_name\":\"Dr. B\",\"interaction_type\":\"Call\"}");
  assert_problem (fixture, 422, "Idempotency-Key");

  g_assert_cmpuint (api_get (fixture, "/interactions"), ==, 200);
  g_assert_cmpuint (yyjson_arr_size (api_root (fixture)), ==, 1);

  /* The key of one user says nothing about another's. */
  g_object_unref (api_fixture_add_user (fixture, "bob", "rep", NULL));
  api_fixture_sign_in_as (fixture, "bob");
  fixture->header = "Idempotency-Key";
  g_assert_cmpuint (api_send (fixture, "POST", "/interactions", body), ==, 201);
  g_assert_cmpuint (api_get (fixture, "/interactions"), ==, 200);
  g_assert_cmpuint (yyjson_arr_size (api_root (fixture)), ==, 2);

  /* What was refused has not used its key up. */
  fixture->header_value = "visit-2";
  fixture->header = "Idempotency-Key";
  g_assert_cmpuint (api_send (fixture, "POST", "/interactions", "{\"hcp_name\":\"\"}"), ==, 422);
  fixture->header = "Idempotency-Key";
  g_assert_cmpuint (api_send (fixture, "POST", "/interactions", body), ==, 201);
}

static void
add_person (ApiFixture *fixture, const char *family_name)
{
  g_autofree char *body = g_strdup_printf ("{\"family_name\":\"%s\"}", family_name);

  g_assert_cmpuint (api_send (fixture, "POST", PEOPLE, body), ==, 201);
}

/* Reads all pages of @query while others add and delete records; returns the family names in order. */
static char *
read_pages (ApiFixture *fixture, const char *query)
{
  g_autofree char *next = NULL;
  GString *names = g_string_new (NULL);
  guint pages = 0;

  do
    {
      g_autofree char *target = g_strdup_printf (PEOPLE "?limit=2&%s&after=%s", query, next != NULL ? next : "");
      yyjson_val *items;
      yyjson_val *item;
      gsize i, n;

      g_assert_cmpuint (api_get (fixture, target), ==, 200);
      items = yyjson_obj_get (api_root (fixture), "items");
      yyjson_arr_foreach (items, i, n, item)
        g_string_append_printf (names, "%s ", yyjson_get_str (yyjson_obj_get (item, "family_name")));
      g_free (next);
      next = g_strdup (api_text (fixture, "next"));

      if (pages++ == 0)
        add_person (fixture, "Aa"); /* before where the reader is, by name */
      g_assert_cmpuint (pages, <, 20);
    }
  while (next != NULL);
  return g_string_free_and_steal (names);
}

static void
test_pages_while_others_write (ApiFixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "Ede", "Bo", "Dam", "Cox", "Fry" };
  g_autofree char *by_name = NULL;
  g_autofree char *by_time = NULL;
  g_autofree char *filtered = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    add_person (fixture, names[i]);

  by_name = read_pages (fixture, "sort=name&family_name%5Bne%5D=ann");
  g_assert_cmpstr (by_name, ==, "Bo Cox Dam Ede Fry ");
  by_time = read_pages (fixture, "sort=-created_at&family_name%5Bne%5D=ann");
  g_assert_cmpstr (by_time, ==, "Aa Fry Cox Dam Bo Ede ");
  filtered = read_pages (fixture, "q=fr");
  g_assert_cmpstr (filtered, ==, "Fry ");
}

static void
test_lists (ApiFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *query;
    guint status;
    guint count;
    const char *field;
  } cases[] = {
    { "interaction_type=Call", 200, 1, NULL },
    { "duration%5Bgte%5D=20&duration%5Blt%5D=40", 200, 2, NULL },
    { "occurred_at%5Bgt%5D=2026-03-01T00:00:00Z", 200, 1, NULL },
    { "notes=", 200, 2, NULL },
    { "notes%5Bne%5D=", 200, 1, NULL },
    { "q=strasse", 200, 1, NULL },
    { "skip=1&limit=1", 200, 1, NULL },
    { "skip=5", 200, 0, NULL },
    { "sort=occurred_at&limit=500", 200, 3, NULL },
    { "q=%22%28%29*", 200, 0, NULL },
    { "deleted=only", 200, 0, NULL },
    { "mood=good", 400, 0, "mood" },
    { "interaction_type=call%20me", 400, 0, "interaction_type" },
    { "duration=long", 400, 0, "duration" },
    { "duration%5Bgte%5D=", 400, 0, "duration[gte]" },
    { "duration%5Blike%5D=1", 400, 0, "duration[like]" },
    { "sort=notes", 400, 0, "sort" },
    { "sort=drop%20table", 400, 0, "sort" },
    { "limit=0", 400, 0, "limit" },
    { "limit=-1", 400, 0, "limit" },
    { "limit=501", 400, 0, "limit" },
    { "after=rubbish", 400, 0, "after" },
    { "deleted=perhaps", 400, 0, "deleted" },
    { "hcp_name=%00", 400, 0, NULL },
    { "hcp_name=%ff", 400, 0, NULL },
  };

  g_free (api_post_id (fixture, "/interactions",
                       "{\"hcp_name\":\"A\",\"interaction_type\":\"Visit\",\"duration\":20,"
                       "\"occurred_at\":\"2026-01-01T09:00:00+01:00\",\"notes\":\"Lange Stra\u00dfe\"}"));
  g_free (api_post_id (fixture, "/interactions",
                       "{\"hcp_name\":\"B\",\"interaction_type\":\"Call\",\"duration\":30,"
                       "\"occurred_at\":\"2026-02-01T09:00:00Z\"}"));
  g_free (api_post_id (fixture, "/interactions",
                       "{\"hcp_name\":\"C\",\"interaction_type\":\"Virtual\",\"duration\":40,"
                       "\"occurred_at\":\"2026-03-01T09:00:00Z\"}"));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *target = g_strconcat ("/interactions?", cases[i].query, NULL);

      g_test_message ("%s", target);
      g_assert_cmpuint (api_get (fixture, target), ==, cases[i].status);
      if (cases[i].status == 200)
        g_assert_cmpuint (yyjson_arr_size (api_root (fixture)), ==, cases[i].count);
      else
        assert_problem (fixture, cases[i].status, cases[i].field);
    }

  /* Newest first, in UTC whatever was sent. */
  g_assert_cmpuint (api_get (fixture, "/interactions"), ==, 200);
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (yyjson_arr_get (api_root (fixture), 0), "hcp_name")), ==, "C");
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (yyjson_arr_get (api_root (fixture), 2), "occurred_at")), ==,
                   "2026-01-01T08:00:00Z");
  g_assert_cmpuint (api_get (fixture, "/interactions?limit=2"), ==, 200);
  g_assert_nonnull (api_header (fixture, "Link"));
}

/* Who may do what, for each role. */
static void
test_roles (ApiFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *role;
    guint list_people;
    guint create_person;
    guint create_territory;
    guint list_users;
    guint pull;
  } cases[] = {
    { "rep", 200, 201, 403, 403, 200 },     { "manager", 200, 201, 201, 403, 200 },
    { "admin", 200, 201, 201, 200, 200 },   { "physician", 403, 403, 403, 403, 403 },
    { "patient", 403, 403, 403, 403, 403 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *territory = g_strdup_printf ("{\"name\":\"%s\"}", cases[i].role);

      g_object_unref (api_fixture_add_user (fixture, cases[i].role, cases[i].role, NULL));
      api_fixture_sign_in_as (fixture, cases[i].role);
      g_assert_cmpuint (api_get (fixture, PEOPLE), ==, cases[i].list_people);
      g_assert_cmpuint (api_send (fixture, "POST", PEOPLE, "{\"family_name\":\"X\"}"), ==, cases[i].create_person);
      g_assert_cmpuint (api_send (fixture, "POST", "/api/v1/territories", territory), ==, cases[i].create_territory);
      g_assert_cmpuint (api_get (fixture, "/api/v1/users"), ==, cases[i].list_users);
      fixture->header = "Rounds-Protocol";
      fixture->header_value = "1";
      g_assert_cmpuint (api_get (fixture, "/api/v1/sync/pull"), ==, cases[i].pull);
      g_assert_cmpuint (api_get (fixture, "/api/v1/auth/me"), ==, 200);
      g_assert_cmpstr (api_text (fixture, "role"), ==, cases[i].role);
    }
  for (guint e = 0; e < ROUNDS_N_ENTITIES; e++)
    g_assert_false (rounds_access_is_allowed (ROUNDS_ROLE_PATIENT | ROUNDS_ROLE_PHYSICIAN, e, ROUNDS_ACTION_READ));
}

/* What only the server knows never leaves it. */
static void
test_nothing_secret_leaves (ApiFixture *fixture, gconstpointer data)
{
  static const char *const targets[] = { "/api/v1/users", "/api/v1/sync/pull" };

  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      const char *text;

      fixture->header = "Rounds-Protocol";
      fixture->header_value = "1";
      g_assert_cmpuint (api_get (fixture, targets[i]), ==, 200);
      text = g_bytes_get_data (fixture->response->body, NULL);
      g_assert_null (g_strstr_len (text, (gssize) g_bytes_get_size (fixture->response->body), "password_hash"));
      g_assert_null (g_strstr_len (text, (gssize) g_bytes_get_size (fixture->response->body), "token_key"));
    }
  g_assert_cmpuint (api_get (fixture, "/api/v1/users?password_hash=none"), ==, 400);
  g_assert_cmpuint (api_get (fixture, "/api/v1/users?sort=password_hash"), ==, 400);
  g_assert_cmpuint (api_get (fixture, "/api/v1/settings"), ==, 404);
  g_assert_cmpuint (api_get (fixture, "/api/v1/refresh-tokens"), ==, 404);
  g_assert_cmpuint (api_get (fixture, "/api/v1/drafts"), ==, 404);
}

static void
test_hostile_requests (ApiFixture *fixture, gconstpointer data)
{
  static const char *const paths[] = {
    "/",
    "",
    "//",
    "/api/v1/../../etc/passwd",
    "/api/v1/people/..",
    "/api/v1/people/%00",
    "/api/v1/people/%2e%2e%2f",
    "/api/v1/people/1 OR 1=1",
    "/api/v1/people/",
    "/api/v1/person",
    "/api/v1/people/01890a5d-ac96-774b-bcce-b302099a8057/restore/restore",
    "/api/v1/people/01890A5D-AC96-774B-BCCE-B302099A805",
    "/interactions/01890a5d-ac96-774b-bcce-b302099a8057",
  };
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *long_path = g_strnfill (5000, 'a');
  g_autofree char *target = g_strconcat ("/", long_path, NULL);
  g_autofree char *long_query = g_strconcat (PEOPLE "?q=", long_path, long_path, NULL);
  g_autoptr (GString) many = g_string_new (PEOPLE "?");
  g_autoptr (GString) nested = g_string_new ("{\"family_name\":");

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_test_message ("%s", paths[i]);
      api_get (fixture, paths[i]);
      assert_problem (fixture, 404, NULL);
    }
  g_assert_cmpuint (api_get (fixture, target), ==, 414);
  g_assert_cmpuint (api_get (fixture, long_query), ==, 414);
  for (guint i = 0; i < 200; i++)
    g_string_append (many, "is_active=true&");
  g_assert_cmpuint (api_get (fixture, many->str), ==, 400);

  g_assert_cmpuint (api_send (fixture, "POST", PEOPLE, deep), ==, 400);
  for (guint i = 0; i < 100; i++)
    g_string_append_c (nested, '[');
  for (guint i = 0; i < 100; i++)
    g_string_append_c (nested, ']');
  g_string_append_c (nested, '}');
  g_assert_cmpuint (api_send (fixture, "POST", PEOPLE, nested->str), ==, 400);
  g_assert_cmpuint (api_send (fixture, "POST", PEOPLE, "{\"family_name\":\"\xff\"}"), ==, 400);

  g_assert_cmpuint (api_send (fixture, "DELETE", PEOPLE, NULL), ==, 405);
  g_assert_cmpstr (api_header (fixture, "Allow"), ==, "GET, POST, HEAD, OPTIONS");
  g_assert_cmpuint (api_send (fixture, "TRACE", PEOPLE, NULL), ==, 405);
}

static void
test_gzip (ApiFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 10; i++)
    add_person (fixture, "Repeated");

  fixture->header = "Accept-Encoding";
  fixture->header_value = "br, gzip;q=0.5";
  g_assert_cmpuint (api_get (fixture, PEOPLE), ==, 200);
  g_assert_cmpstr (api_header (fixture, "Content-Encoding"), ==, "gzip");
  g_assert_cmpstr (api_header (fixture, "Vary"), ==, "Accept-Encoding");

  fixture->header = "Accept-Encoding";
  fixture->header_value = "gzip;q=0";
  g_assert_cmpuint (api_get (fixture, PEOPLE), ==, 200);
  g_assert_null (api_header (fixture, "Content-Encoding"));

  fixture->header = "Accept-Encoding";
  fixture->header_value = "gzip";
  g_assert_cmpuint (api_get (fixture, "/health"), ==, 200);
  g_assert_null (api_header (fixture, "Content-Encoding"));
}

static void
test_cors (ApiFixture *fixture, gconstpointer data)
{
  fixture->header = "Origin";
  fixture->header_value = "https://crm.example.org";
  g_assert_cmpuint (api_send (fixture, "OPTIONS", PEOPLE, NULL), ==, 204);
  g_assert_null (api_header (fixture, "Access-Control-Allow-Origin")); /* nobody by default */
  g_assert_cmpstr (api_header (fixture, "Allow"), ==, "GET, POST, HEAD, OPTIONS");

  rounds_api_set_cors_origins (fixture->api, "https://crm.example.org, https://other.example");
  fixture->header = "Origin";
  g_assert_cmpuint (api_send (fixture, "OPTIONS", PEOPLE, NULL), ==, 204);
  g_assert_cmpstr (api_header (fixture, "Access-Control-Allow-Origin"), ==, "https://crm.example.org");
  g_assert_nonnull (api_header (fixture, "Access-Control-Allow-Methods"));
  fixture->header = "Origin";
  g_assert_cmpuint (api_get (fixture, PEOPLE), ==, 200);
  g_assert_cmpstr (api_header (fixture, "Access-Control-Allow-Origin"), ==, "https://crm.example.org");
  g_assert_null (api_header (fixture, "Access-Control-Allow-Credentials"));

  fixture->header = "Origin";
  fixture->header_value = "https://crm.example.org.evil.example";
  g_assert_cmpuint (api_get (fixture, PEOPLE), ==, 200);
  g_assert_null (api_header (fixture, "Access-Control-Allow-Origin"));
}

/* Every "$ref" leads to something in @root. */
static void
check_references (yyjson_val *value, yyjson_val *root)
{
  gsize i, n;
  yyjson_val *key, *child;

  if (yyjson_is_arr (value))
    {
      yyjson_arr_foreach (value, i, n, child) check_references (child, root);
      return;
    }
  yyjson_obj_foreach (value, i, n, key, child)
  {
    if (yyjson_equals_str (key, "$ref") && yyjson_ptr_get (root, yyjson_get_str (child) + 1) == NULL)
      g_error ("%s leads nowhere", yyjson_get_str (child));
    check_references (child, root);
  }
}

static gboolean
body_holds (ApiFixture *fixture, const char *text)
{
  GBytes *body = fixture->response->body;

  return g_strstr_len (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), text) != NULL;
}

static void
test_openapi (ApiFixture *fixture, gconstpointer data)
{
  yyjson_val *paths;
  yyjson_val *schemas;
  yyjson_val *name;
  yyjson_val *schema;
  size_t i, n;

  g_clear_pointer (&fixture->token, g_free);
  g_assert_cmpuint (api_get (fixture, "/api/v1/openapi.json"), ==, 200);
  g_assert_cmpstr (api_text (fixture, "openapi"), ==, "3.1.0");
  paths = yyjson_obj_get (api_root (fixture), "paths");
  schemas = yyjson_obj_get (yyjson_obj_get (api_root (fixture), "components"), "schemas");

  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);
      g_autofree char *path = g_strconcat ("/api/v1/", info->path, NULL);
      gboolean shown = info->scope == ROUNDS_SCOPE_SYNCED || e == ROUNDS_ENTITY_USER;

      g_assert_true ((yyjson_obj_get (paths, path) != NULL) == shown);
      g_assert_true ((yyjson_obj_get (schemas, info->type_name + strlen ("Rounds")) != NULL) == shown);
    }
  g_assert_nonnull (yyjson_obj_get (yyjson_obj_get (paths, "/interactions/{id}"), "get"));
  check_references (api_root (fixture), api_root (fixture));
  yyjson_obj_foreach (schemas, i, n, name, schema)
  {
    g_autofree char *reference = g_strdup_printf ("\"#/components/schemas/%s\"", yyjson_get_str (name));

    if (!body_holds (fixture, reference))
      g_error ("No operation takes or gives %s", reference);
  }
  g_assert_false (body_holds (fixture, "password_hash"));

  g_assert_cmpuint (api_get (fixture, "/docs"), ==, 200);
  g_assert_true (body_holds (fixture, "/api/v1/eap-journeys"));
  g_assert_cmpuint (api_get (fixture, "/health"), ==, 200);
  g_assert_cmpuint (api_get (fixture, "/health/db"), ==, 200);
}

/* What has expired goes, what has not stays. */
static void
test_tidy (ApiFixture *fixture, gconstpointer data)
{
  const char *body = "{\"hcp_name\":\"Dr. A\",\"interaction_type\":\"Call\"}";
  g_autofree char *old =
    g_strdup_printf ("{\"at\":%" G_GINT64_FORMAT ",\"request\":\"\"}", rounds_time_now () - 8 * ROUNDS_DAY);
  g_autofree char *kept = NULL;
  g_autofree char *gone = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GError) error = NULL;

  rounds_record_store_set_state (fixture->store, "idempotency/old", old, NULL);
  rounds_record_store_set_state (fixture->store, "epoch", "0", NULL);
  fixture->header_value = "visit-1";
  fixture->header = "Idempotency-Key";
  kept = api_post_id (fixture, "/interactions", body);

  g_assert_true (rounds_api_tidy (fixture->api, &error));
  g_assert_no_error (error);
  g_assert_true (rounds_record_store_get_state (fixture->store, "idempotency/old", &gone, NULL));
  g_assert_null (gone);
  g_assert_true (rounds_record_store_get_state (fixture->store, "epoch", &other, NULL));
  g_assert_cmpstr (other, ==, "0");
  fixture->header = "Idempotency-Key";
  g_assert_cmpuint (api_send (fixture, "POST", "/interactions", body), ==, 201);
  g_assert_cmpstr (api_text (fixture, "id"), ==, kept);
}

/* A read that is stopped says so, and the next one works. */
static void
test_stopped_read (ApiFixture *fixture, gconstpointer data)
{
  RoundsSqliteDatabase *database = ROUNDS_SQLITE_DATABASE (rounds_record_store_get_database (fixture->store));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 5000; i++)
    {
      RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

      rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Somebody");
      g_ptr_array_add (people, person);
    }
  g_assert_true (rounds_record_store_save_all (fixture->store, people, NULL));

  g_cancellable_cancel (cancellable);
  rounds_sqlite_database_set_cancellable (database, cancellable);
  api_get (fixture, PEOPLE "?suffix=MD");
  assert_problem (fixture, 503, NULL);
  rounds_sqlite_database_set_cancellable (database, NULL);
  g_assert_cmpuint (api_get (fixture, PEOPLE "?suffix=MD"), ==, 200);
}

int
main (int argc, char *argv[])
{
#define ADD(path, function) \
  g_test_add (path, ApiFixture, NULL, api_fixture_set_up_signed_in, function, api_fixture_tear_down)
  g_test_init (&argc, &argv, NULL);

  ADD ("/api/problems-name-the-field", test_problems_name_the_field);
  ADD ("/api/worked-example", test_worked_example);
  ADD ("/api/etag", test_etag);
  ADD ("/api/ids-and-unique-values", test_ids_and_unique_values);
  ADD ("/api/idempotency", test_idempotency);
  ADD ("/api/pages-while-others-write", test_pages_while_others_write);
  ADD ("/api/lists", test_lists);
  ADD ("/api/roles", test_roles);
  ADD ("/api/nothing-secret-leaves", test_nothing_secret_leaves);
  ADD ("/api/hostile-requests", test_hostile_requests);
  ADD ("/api/gzip", test_gzip);
  ADD ("/api/cors", test_cors);
  ADD ("/api/openapi", test_openapi);
  ADD ("/api/tidy", test_tidy);
  ADD ("/api/stopped-read", test_stopped_read);
  return g_test_run ();
}
