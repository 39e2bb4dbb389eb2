/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "colleague.h"

#include <libsoup/soup.h>
#include <string.h>

#include "rounds-json.h"
#include "test-loop.h"

/* Returns: (transfer full): @member of the answer */
static char *
post (const char *address, const char *path, const char *token, const char *json, const char *member)
{
  g_autofree char *uri = g_strconcat ("http://", address, path, NULL);
  g_autofree char *authorization = g_strconcat ("Bearer ", token, NULL);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new ("POST", uri);
  g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (yyjson_doc) doc = NULL;

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", authorization);
  soup_message_set_request_body_from_bytes (message, "application/json", body);
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, test_keep_result_cb, &result);
  answer = soup_session_send_and_read_finish (session, test_wait_for_result (&result), NULL);
  g_assert_cmpuint (soup_message_get_status (message), <, 300);
  g_assert_true (rounds_json_read (g_bytes_get_data (answer, NULL), (gssize) g_bytes_get_size (answer), &doc, NULL));
  return g_strdup (yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), member)));
}

char *
colleague_log_interaction (const char *address, const char *username, const char *password)
{
  g_autofree char *sign_in = g_strdup_printf ("{\"username\":\"%s\",\"password\":\"%s\"}", username, password);
  g_autofree char *token = post (address, "/api/v1/auth/login", "", sign_in, "access_token");

  return post (address, "/api/v1/interactions", token, "{\"hcp_name\":\"Dr. Example\",\"interaction_type\":\"Visit\"}",
               "id");
}
