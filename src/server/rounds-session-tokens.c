/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Refresh tokens: 256 random bits and the device that signed in, of which the database holds only the SHA-256. Each is
 * good for one renewal and hands on to a new one of the same family. One that comes after its successor was used has
 * been copied by somebody: nobody can tell which of the two is the owner, so the whole family ends (RFC 9700, 4.14.2).
 *
 * A renewal's answer can be lost, in a basement say, and the rep's device must not be signed out for that. So the last
 * token that was used may come again as long as nobody has used its successor: that one is revoked, and another takes
 * its place. Should it turn up later all the same, two have it, and the family ends. */

#include "config.h"

#include "rounds-session-tokens.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-time.h"

#define TOKEN_BYTES 32
#define LONGEST_TOKEN 128

/* From the last renewal on: a rep who comes back from a long leave need not sign in again. */
#define LIFETIME (90 * ROUNDS_DAY)

static char *
hash_token (const char *token)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
}

/* "RANDOM" or "RANDOM.DEVICE": as the whole is hashed, nobody can give a session to another device. */
static char *
make_token_text (const RoundsUuid *device)
{
  guint8 bytes[TOKEN_BYTES];
  char random[sodium_base64_ENCODED_LEN (TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
  char id[ROUNDS_UUID_STRING_LENGTH + 1];

  randombytes_buf (bytes, sizeof bytes);
  sodium_bin2base64 (random, sizeof random, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  if (rounds_uuid_is_nil (device))
    return g_strdup (random);
  rounds_uuid_format (device, id);
  return g_strconcat (random, ".", id, NULL);
}

/* Fills in the device that @token names, nil if none. */
static void
read_device (const char *token, RoundsUuid *device)
{
  const char *dot = strchr (token, '.');

  if (dot == NULL || !rounds_uuid_parse (dot + 1, device))
    *device = (RoundsUuid) { { 0 } };
}

static char *
create_token (RoundsRecordStore *store, const RoundsUuid *user, const RoundsUuid *device, const RoundsUuid *family,
              GError **error)
{
  g_autofree char *text = make_token_text (device);
  g_autofree char *hash = hash_token (text);
  g_autoptr (RoundsRecord) record = rounds_record_new (ROUNDS_ENTITY_REFRESH_TOKEN);

  rounds_record_set_uuid (record, ROUNDS_REFRESH_TOKEN_USER, user);
  rounds_record_set_uuid (record, ROUNDS_REFRESH_TOKEN_FAMILY, family);
  rounds_record_set_text (record, ROUNDS_REFRESH_TOKEN_TOKEN_HASH, hash);
  rounds_record_set_integer (record, ROUNDS_REFRESH_TOKEN_EXPIRES_AT, rounds_time_now () + LIFETIME);
  return rounds_record_store_save (store, record, error) ? g_steal_pointer (&text) : NULL;
}

/* @record: (out) (transfer full) (nullable): NULL if @token is none of ours */
static gboolean
find_token (RoundsRecordStore *store, const char *token, RoundsRecord **record, GError **error)
{
  g_autoptr (RoundsQuery) query = NULL;
  g_autofree char *hash = NULL;

  *record = NULL;
  if (strlen (token) > LONGEST_TOKEN)
    return TRUE;
  hash = hash_token (token);
  query = rounds_query_new (ROUNDS_ENTITY_REFRESH_TOKEN);
  rounds_query_where_text (query, ROUNDS_REFRESH_TOKEN_TOKEN_HASH, ROUNDS_IS, hash);
  return rounds_record_store_find (store, query, record, error);
}

static void
set_ended (GError **error)
{
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED, _ ("This session has ended. Please sign in again."));
}

/* Ends the tokens of @user, of @family alone if it is given. */
static gboolean
end_tokens (RoundsRecordStore *store, const RoundsUuid *user, const RoundsUuid *family, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_REFRESH_TOKEN);
  g_autoptr (GPtrArray) tokens = NULL;
  gint64 now = rounds_time_now ();

  rounds_query_where_uuid (query, ROUNDS_REFRESH_TOKEN_USER, ROUNDS_IS, user);
  if (family != NULL)
    rounds_query_where_uuid (query, ROUNDS_REFRESH_TOKEN_FAMILY, ROUNDS_IS, family);
  tokens = rounds_record_store_list (store, query, error);
  if (tokens == NULL)
    return FALSE;

  for (guint i = 0; i < tokens->len; i++)
    if (rounds_record_is_null (g_ptr_array_index (tokens, i), ROUNDS_REFRESH_TOKEN_REVOKED_AT))
      rounds_record_set_integer (g_ptr_array_index (tokens, i), ROUNDS_REFRESH_TOKEN_REVOKED_AT, now);
  return rounds_record_store_save_all (store, tokens, error);
}

static gboolean
revoke_family (RoundsRecordStore *store, RoundsRecord *record, GError **error)
{
  return end_tokens (store, rounds_record_get_uuid (record, ROUNDS_REFRESH_TOKEN_USER),
                     rounds_record_get_uuid (record, ROUNDS_REFRESH_TOKEN_FAMILY), error);
}

/**
 * rounds_session_tokens_start:
 * @user: who has signed in
 * @device: from where, nil if unknown
 * @session: (out): the new family
 *
 * Returns: (transfer full): the first token of a new family
 */
char *
rounds_session_tokens_start (RoundsRecordStore *store, const RoundsUuid *user, const RoundsUuid *device,
                             RoundsUuid *session, GError **error)
{
  *session = rounds_uuid_new ();
  return create_token (store, user, device, session, error);
}

static gboolean
was_used (RoundsRecord *record)
{
  return !rounds_record_is_null (record, ROUNDS_REFRESH_TOKEN_USED_AT);
}

static gboolean
is_good (RoundsRecord *record)
{
  return rounds_record_is_null (record, ROUNDS_REFRESH_TOKEN_REVOKED_AT)
         && rounds_record_get_integer (record, ROUNDS_REFRESH_TOKEN_EXPIRES_AT) > rounds_time_now ();
}

/* @successor: (out) (transfer full) (nullable): that of @record which its owner may never have seen: the family's
 * newest token, if nothing after @record was ever used; NULL if there is none */
static gboolean
find_unseen_successor (RoundsRecordStore *store, RoundsRecord *record, RoundsRecord **successor, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_REFRESH_TOKEN);
  g_autoptr (GPtrArray) tokens = NULL;
  gboolean is_after = FALSE;

  rounds_query_where_uuid (query, ROUNDS_REFRESH_TOKEN_USER, ROUNDS_IS,
                           rounds_record_get_uuid (record, ROUNDS_REFRESH_TOKEN_USER));
  rounds_query_where_uuid (query, ROUNDS_REFRESH_TOKEN_FAMILY, ROUNDS_IS,
                           rounds_record_get_uuid (record, ROUNDS_REFRESH_TOKEN_FAMILY));
  tokens = rounds_record_store_list (store, query, error);
  if (tokens == NULL)
    return FALSE;
  for (guint i = 0; i < tokens->len; i++)
    {
      RoundsRecord *token = g_ptr_array_index (tokens, i);

      if (is_after && was_used (token))
        return TRUE;
      if (rounds_uuid_equal (rounds_record_get_id (token), rounds_record_get_id (record)))
        is_after = TRUE;
      else if (is_after && i + 1 == tokens->len && is_good (token))
        *successor = g_object_ref (token);
    }
  return TRUE;
}

/* @may: (out): whether @record may be exchanged for a new token; otherwise its family has ended now
 * @unseen: (out) (transfer full) (nullable): the one that it was exchanged for before, if any */
static gboolean
check_renewal (RoundsRecordStore *store, RoundsRecord *record, gboolean *may, RoundsRecord **unseen, GError **error)
{
  *unseen = NULL;
  *may = is_good (record) && !was_used (record);
  if (*may)
    return TRUE;
  if (is_good (record) && !find_unseen_successor (store, record, unseen, error))
    return FALSE;
  *may = *unseen != NULL;
  return *may || revoke_family (store, record, error);
}

static char *
renew (RoundsRecordStore *store, RoundsRecord *record, RoundsRecord *unseen, const RoundsUuid *device, GError **error)
{
  RoundsRecord *spent = unseen != NULL ? unseen : record;

  rounds_record_set_integer (spent, unseen != NULL ? ROUNDS_REFRESH_TOKEN_REVOKED_AT : ROUNDS_REFRESH_TOKEN_USED_AT,
                             rounds_time_now ());
  if (!rounds_record_store_save (store, spent, error))
    return NULL;
  return create_token (store, rounds_record_get_uuid (record, ROUNDS_REFRESH_TOKEN_USER), device,
                       rounds_record_get_uuid (record, ROUNDS_REFRESH_TOKEN_FAMILY), error);
}

/**
 * rounds_session_tokens_renew:
 * @store: the server's store, outside of a transaction
 * @token: what the client holds
 * @user: (out): whose it is
 * @device: (out): on which device, nil if unknown
 * @session: (out): of which family
 * @error: (out) (optional): %ROUNDS_ERROR_UNAUTHORIZED if signing in is needed
 *
 * Returns: (transfer full): the token that takes its place
 */
char *
rounds_session_tokens_renew (RoundsRecordStore *store, const char *token, RoundsUuid *user, RoundsUuid *device,
                             RoundsUuid *session, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;
  g_autoptr (RoundsRecord) unseen = NULL;
  g_autofree char *next = NULL;
  gboolean may = FALSE;

  if (!find_token (store, token, &record, error)
      || (record != NULL && !check_renewal (store, record, &may, &unseen, error)))
    return NULL;
  if (!may)
    return set_ended (error), NULL;

  *user = *rounds_record_get_uuid (record, ROUNDS_REFRESH_TOKEN_USER);
  *session = *rounds_record_get_uuid (record, ROUNDS_REFRESH_TOKEN_FAMILY);
  read_device (token, device);
  if (!rounds_record_store_begin (store, error))
    return NULL;
  next = renew (store, record, unseen, device, error);
  return rounds_record_store_end (store, next != NULL, error) ? g_steal_pointer (&next) : NULL;
}

/**
 * rounds_session_tokens_check:
 * @session: a family
 * @error: (out) (optional): %ROUNDS_ERROR_UNAUTHORIZED if it has ended
 *
 * Returns: whether @session of @user goes on
 */
gboolean
rounds_session_tokens_check (RoundsRecordStore *store, const RoundsUuid *user, const RoundsUuid *session,
                             GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_REFRESH_TOKEN);
  g_autoptr (RoundsRecord) token = NULL;
  RoundsValue null = ROUNDS_VALUE_INIT;

  rounds_query_where_uuid (query, ROUNDS_REFRESH_TOKEN_USER, ROUNDS_IS, user);
  rounds_query_where_uuid (query, ROUNDS_REFRESH_TOKEN_FAMILY, ROUNDS_IS, session);
  rounds_query_where (query, ROUNDS_REFRESH_TOKEN_USED_AT, ROUNDS_IS, &null);
  rounds_query_where (query, ROUNDS_REFRESH_TOKEN_REVOKED_AT, ROUNDS_IS, &null);
  if (rounds_record_store_find (store, query, &token, error) && token == NULL)
    set_ended (error);
  return token != NULL;
}

/** rounds_session_tokens_end_all: ends every session of @user. */
gboolean
rounds_session_tokens_end_all (RoundsRecordStore *store, const RoundsUuid *user, GError **error)
{
  return end_tokens (store, user, NULL, error);
}

/** rounds_session_tokens_end: ends the family of @token; an unknown one is no error. */
gboolean
rounds_session_tokens_end (RoundsRecordStore *store, const char *token, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;

  return find_token (store, token, &record, error) && (record == NULL || revoke_family (store, record, error));
}
