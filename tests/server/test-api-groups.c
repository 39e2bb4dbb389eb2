/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the API does to several records at once. What is lost if this fails: a call that belongs to a contact who is no
 * more, what went to the trash with somebody and does not come back, what an interaction said when it was submitted. */

#include "api-fixture.h"

#define PEOPLE "/api/v1/people"
#define CALLS "/api/v1/interactions"
#define ATTENDEES "/api/v1/interaction-attendees"
#define PHYSICIANS "/api/v1/physicians"

static char *
format (const char *text, const char *id)
{
  GString *result = g_string_new (text);

  g_string_replace (result, "%s", id, 0);
  return g_string_free (result, FALSE);
}

/* Sends @body to @target, both with @id in place of %s. */
static guint
send (ApiFixture *fixture, const char *method, const char *target, const char *id, const char *body)
{
  g_autofree char *path = format (target, id);
  g_autofree char *text = body != NULL ? format (body, id) : NULL;

  return api_send (fixture, method, path, text);
}

static char *
add_person (ApiFixture *fixture, const char *name)
{
  return api_post_id (fixture, PEOPLE, name);
}

static char *
add_call (ApiFixture *fixture, const char *person)
{
  g_autofree char *body = format (
    "{\"person\":\"%s\",\"hcp_name\":\"Osei\",\"interaction_type\":\"Call\",\"notes\":\"Asked for data\"}", person);

  return api_post_id (fixture, CALLS, body);
}

static void
assert_text (ApiFixture *fixture, const char *target, const char *id, const char *member, const char *expected)
{
  g_assert_cmpuint (send (fixture, "GET", target, id, NULL), ==, 200);
  g_assert_cmpstr (api_text (fixture, member), ==, expected);
}

static char *
merge (ApiFixture *fixture, const char *kept, const char *merged)
{
  g_autofree char *body = g_strdup_printf ("{\"kept\":\"%s\",\"merged\":\"%s\"}", kept, merged);

  return api_post_id (fixture, "/api/v1/merges", body);
}

static void
test_merge (ApiFixture *fixture, gconstpointer data)
{
  g_autofree char *kept = add_person (fixture, "{\"family_name\":\"Osei\"}");
  g_autofree char *merged = add_person (fixture, "{\"family_name\":\"Osei\",\"phone\":\"1\"}");
  g_autofree char *call = add_call (fixture, merged);
  g_autofree char *id = merge (fixture, kept, merged);
  g_autofree char *late = add_call (fixture, merged); /* by somebody who has not heard of it */
  g_autofree char *later = NULL;

  g_assert_cmpuint (send (fixture, "GET", PEOPLE "/%s", merged, NULL), ==, 404);
  assert_text (fixture, CALLS "/%s", late, "person", kept);
  assert_text (fixture, CALLS "/%s", call, "person", kept);
  assert_text (fixture, PEOPLE "/%s", kept, "phone", "1");
  assert_text (fixture, "/api/v1/merges/%s", id, "merged", merged);

  later = add_call (fixture, kept);
  g_assert_cmpuint (send (fixture, "POST", "/api/v1/merges/%s/undo", id, NULL), ==, 200);
  g_assert_nonnull (api_text (fixture, "undone_at"));
  assert_text (fixture, CALLS "/%s", call, "person", merged);
  assert_text (fixture, CALLS "/%s", later, "person", kept);
  assert_text (fixture, PEOPLE "/%s", merged, "phone", "1");
  assert_text (fixture, PEOPLE "/%s", kept, "phone", NULL);
  g_assert_cmpuint (send (fixture, "POST", "/api/v1/merges/%s/undo", id, NULL), ==, 409);
}

/* A record of a merge that nobody has made would move nothing; one that is deleted would leave nobody's calls. */
static void
test_merge_is_made_only (ApiFixture *fixture, gconstpointer data)
{
  g_autofree char *kept = add_person (fixture, "{\"family_name\":\"Osei\"}");
  g_autofree char *merged = add_person (fixture, "{\"family_name\":\"Osei\"}");
  g_autofree char *told = g_strdup_printf ("{\"kept\":\"%s\",\"merged\":\"%s\",\"snapshot\":{}}", kept, merged);
  g_autofree char *id = NULL;

  g_assert_cmpuint (api_send (fixture, "POST", "/api/v1/merges", told), ==, 422);
  g_assert_cmpstr (api_text (fixture, "field"), ==, "snapshot");
  g_assert_cmpuint (send (fixture, "POST", "/api/v1/merges", kept, "{\"kept\":\"%s\"}"), ==, 422);
  g_assert_cmpstr (api_text (fixture, "field"), ==, "merged");
  g_assert_cmpuint (send (fixture, "POST", "/api/v1/merges", kept, "{\"kept\":\"%s\",\"merged\":\"%s\"}"), ==, 422);

  id = merge (fixture, kept, merged);
  g_assert_cmpuint (send (fixture, "DELETE", "/api/v1/merges/%s", id, NULL), ==, 405);
  g_assert_cmpuint (send (fixture, "PATCH", "/api/v1/merges/%s", id, "{\"undone_at\":null}"), ==, 405);
  g_assert_cmpuint (api_send (fixture, "POST", "/api/v1/amendments", "{}"), ==, 405);
}

static char *
add_attendee (ApiFixture *fixture, const char *call, const char *person)
{
  g_autofree char *body = g_strdup_printf ("{\"interaction\":\"%s\",\"person\":\"%s\"}", call, person);

  return api_post_id (fixture, ATTENDEES, body);
}

/* Two who were at a call are one, who was there once, whichever of both is brought back; as themselves again each was.
 */
static void
test_merge_keeps_once (ApiFixture *fixture, gconstpointer data)
{
  g_autofree char *kept = add_person (fixture, "{\"family_name\":\"Osei\"}");
  g_autofree char *merged = add_person (fixture, "{\"family_name\":\"Osei\"}");
  g_autofree char *call = add_call (fixture, kept);
  g_autofree char *one = add_attendee (fixture, call, kept);
  g_autofree char *other = add_attendee (fixture, call, merged);
  g_autofree char *id = merge (fixture, kept, merged);

  g_assert_cmpuint (send (fixture, "POST", ATTENDEES "/%s/restore", other, NULL), ==, 409);
  g_assert_cmpuint (send (fixture, "GET", ATTENDEES "/%s", other, NULL), ==, 404);
  g_assert_cmpuint (send (fixture, "DELETE", ATTENDEES "/%s", one, NULL), ==, 204);
  g_assert_cmpuint (send (fixture, "POST", ATTENDEES "/%s/restore", other, NULL), ==, 200);
  g_assert_cmpstr (api_text (fixture, "person"), ==, kept);
  g_assert_cmpuint (send (fixture, "POST", "/api/v1/merges/%s/undo", id, NULL), ==, 200);
  assert_text (fixture, ATTENDEES "/%s", other, "person", merged);
  g_assert_cmpuint (send (fixture, "POST", ATTENDEES "/%s/restore", one, NULL), ==, 200);
  g_assert_cmpstr (api_text (fixture, "person"), ==, kept);
}

/* What there is one of for a contact is the kept one's, from the trash as well. */
static void
test_merge_keeps_particulars (ApiFixture *fixture, gconstpointer data)
{
  g_autofree char *kept = add_person (fixture, "{\"family_name\":\"Osei\"}");
  g_autofree char *merged = add_person (fixture, "{\"family_name\":\"Osei\"}");
  g_autofree char *one_body = format ("{\"person\":\"%s\"}", kept);
  g_autofree char *other_body = format ("{\"person\":\"%s\"}", merged);
  g_autofree char *one = api_post_id (fixture, PHYSICIANS, one_body);
  g_autofree char *other = api_post_id (fixture, PHYSICIANS, other_body);
  g_autofree char *id = merge (fixture, kept, merged);

  g_assert_cmpuint (send (fixture, "POST", PHYSICIANS "/%s/restore", other, NULL), ==, 409);
  g_assert_cmpuint (send (fixture, "DELETE", PHYSICIANS "/%s", one, NULL), ==, 204);
  g_assert_cmpuint (send (fixture, "POST", PHYSICIANS "/%s/restore", other, NULL), ==, 200);
  g_assert_cmpstr (api_text (fixture, "person"), ==, kept);
  g_assert_cmpuint (send (fixture, "POST", "/api/v1/merges/%s/undo", id, NULL), ==, 200);
  assert_text (fixture, PHYSICIANS "/%s", other, "person", merged);
}

/* Whoever sends it twice, as the first answer was lost, has merged once. */
static void
test_merge_once (ApiFixture *fixture, gconstpointer data)
{
  g_autofree char *kept = add_person (fixture, "{\"family_name\":\"Osei\"}");
  g_autofree char *merged = add_person (fixture, "{\"family_name\":\"Osei\"}");
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  fixture->header = "Idempotency-Key";
  fixture->header_value = "one";
  first = merge (fixture, kept, merged);
  fixture->header = "Idempotency-Key";
  second = merge (fixture, kept, merged);
  g_assert_cmpstr (first, ==, second);
}

/* A rep cannot make somebody of the team another one, with the territories of that one. */
static void
test_merge_of_staff (ApiFixture *fixture, gconstpointer data)
{
  g_autofree char *kept = add_person (fixture, "{\"family_name\":\"Osei\"}");
  g_autofree char *other = add_person (fixture, "{\"family_name\":\"Osei\"}");
  g_autofree char *staff = format ("{\"person\":\"%s\",\"role\":\"rep\"}", other);
  g_autofree char *member = api_post_id (fixture, "/api/v1/staff", staff);
  g_autofree char *body = g_strdup_printf ("{\"kept\":\"%s\",\"merged\":\"%s\"}", kept, other);

  g_object_unref (api_fixture_add_user (fixture, "bob", "rep", NULL));
  api_fixture_sign_in_as (fixture, "bob");
  g_assert_cmpuint (api_send (fixture, "POST", "/api/v1/merges", body), ==, 403);
  assert_text (fixture, "/api/v1/staff/%s", member, "person", other);
}

static void
test_delete (ApiFixture *fixture, gconstpointer data)
{
  g_autofree char *person = add_person (fixture, "{\"family_name\":\"Osei\"}");
  g_autofree char *call = add_call (fixture, person);
  g_autofree char *body = format ("{\"person\":\"%s\",\"kind\":\"home\"}", person);
  g_autofree char *address = api_post_id (fixture, "/api/v1/addresses", body);
  g_autofree char *early = api_post_id (fixture, "/api/v1/addresses", body);

  g_assert_cmpuint (send (fixture, "DELETE", "/api/v1/addresses/%s", early, NULL), ==, 204);
  g_assert_cmpuint (send (fixture, "DELETE", PEOPLE "/%s", person, NULL), ==, 204);
  g_assert_cmpuint (send (fixture, "GET", "/api/v1/addresses/%s", address, NULL), ==, 404);
  assert_text (fixture, CALLS "/%s", call, "hcp_name", "Osei");

  g_assert_cmpuint (send (fixture, "POST", PEOPLE "/%s/restore", person, NULL), ==, 200);
  assert_text (fixture, "/api/v1/addresses/%s", address, "person", person);
  g_assert_cmpuint (send (fixture, "GET", "/api/v1/addresses/%s", early, NULL), ==, 404);
}

static void
test_amend (ApiFixture *fixture, gconstpointer data)
{
  g_autofree char *person = add_person (fixture, "{\"family_name\":\"Osei\"}");
  g_autofree char *call = add_call (fixture, person);
  const char *amendment = "{\"reason\":\"Wrong trial\",\"changes\":{\"notes\":\"Asked for nothing\"}}";
  yyjson_val *items;

  g_assert_cmpuint (send (fixture, "POST", CALLS "/%s/amend", call, amendment), ==, 409);
  g_assert_cmpuint (send (fixture, "PATCH", CALLS "/%s", call, "{\"submitted_at\":\"2026-01-31T09:30:00Z\"}"), ==, 200);
  g_assert_cmpuint (send (fixture, "PATCH", CALLS "/%s", call, "{\"notes\":\"\"}"), ==, 422);
  g_assert_cmpuint (send (fixture, "POST", CALLS "/%s/amend", call, "{\"changes\":{\"notes\":\"No\"}}"), ==, 422);
  g_assert_cmpstr (api_text (fixture, "field"), ==, "reason");
  g_assert_cmpuint (send (fixture, "POST", CALLS "/%s/amend", call, "{\"reason\":\"No\"}"), ==, 422);
  g_assert_cmpstr (api_text (fixture, "field"), ==, "changes");
  assert_text (fixture, CALLS "/%s", call, "notes", "Asked for data");

  g_assert_cmpuint (send (fixture, "POST", CALLS "/%s/amend", call, amendment), ==, 200);
  g_assert_cmpstr (api_text (fixture, "notes"), ==, "Asked for nothing");
  g_assert_cmpuint (send (fixture, "GET", "/api/v1/amendments?interaction=%s", call, NULL), ==, 200);
  items = yyjson_obj_get (api_root (fixture), "items");
  g_assert_cmpuint (yyjson_arr_size (items), ==, 1);
  items = yyjson_arr_get_first (items);
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (items, "reason")), ==, "Wrong trial");
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (yyjson_obj_get (items, "original"), "notes")), ==, "Asked for data");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (ApiFixture *fixture, gconstpointer data);
  } tests[] = {
    { "/api/groups/merge", test_merge },
    { "/api/groups/merge-is-made-only", test_merge_is_made_only },
    { "/api/groups/merge-once", test_merge_once },
    { "/api/groups/merge-of-staff", test_merge_of_staff },
    { "/api/groups/merge-keeps-once", test_merge_keeps_once },
    { "/api/groups/merge-keeps-particulars", test_merge_keeps_particulars },
    { "/api/groups/delete", test_delete },
    { "/api/groups/amend", test_amend },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, ApiFixture, NULL, api_fixture_set_up_signed_in, tests[i].test, api_fixture_tear_down);
  return g_test_run ();
}
