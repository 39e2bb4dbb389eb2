/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Access tokens are JSON Web Tokens (RFC 7519) with one algorithm, HMAC-SHA256. The header is a constant: a token
 * whose header differs by one byte is refused before anything in it is read, so that neither "alg": "none" nor another
 * algorithm has a way in. */

#include "rounds-access-token.h"

#include <sodium.h>
#include <string.h>

#include "rounds-json.h"

#define HEADER "{\"alg\":\"HS256\"}"

/* A token of ours has some 200 characters: it goes with each request, so that ids are in it as bytes. */
#define LONGEST_TOKEN 1024

#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

G_STATIC_ASSERT (ROUNDS_TOKEN_KEY_LENGTH == crypto_auth_hmacsha256_KEYBYTES);
G_STATIC_ASSERT (ROUNDS_TOKEN_KEY_LENGTH == crypto_secretbox_KEYBYTES);

static char *
encode (const guint8 *bytes, gsize length)
{
  gsize size = sodium_base64_encoded_len (length, BASE64);
  char *text = g_malloc (size);

  return sodium_bin2base64 (text, size, bytes, length, BASE64);
}

/* (transfer full) (nullable): nul-terminated behind its length. */
static guint8 *
decode (const char *text, gsize *length)
{
  gsize size = strlen (text);
  g_autofree guint8 *bytes = g_malloc (size + 1);

  if (sodium_base642bin (bytes, size, text, size, NULL, length, NULL, BASE64) != 0)
    return NULL;
  bytes[*length] = 0;
  return g_steal_pointer (&bytes);
}

static char *
sign (const char *message, const guint8 *key)
{
  guint8 mac[crypto_auth_hmacsha256_BYTES];

  crypto_auth_hmacsha256 (mac, (const guint8 *) message, strlen (message), key);
  return encode (mac, sizeof mac);
}

/**
 * rounds_access_token_sign:
 * @self: what the token says
 * @key: the server's key
 *
 * Returns: (transfer full): the token
 */
char *
rounds_access_token_sign (const RoundsAccessToken *self, const guint8 key[ROUNDS_TOKEN_KEY_LENGTH])
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  g_autofree char *user = encode (self->user.bytes, sizeof self->user.bytes);
  g_autofree char *device = encode (self->device.bytes, sizeof self->device.bytes);
  g_autofree char *session = encode (self->session.bytes, sizeof self->session.bytes);
  g_autofree char *payload = NULL;
  g_autofree char *header = encode ((const guint8 *) HEADER, strlen (HEADER));
  g_autofree char *body = NULL;
  g_autofree char *message = NULL;
  g_autofree char *mac = NULL;

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "sub", user);
  yyjson_mut_obj_add_str (doc, root, "dev", device);
  yyjson_mut_obj_add_str (doc, root, "sid", session);
  yyjson_mut_obj_add_sint (doc, root, "exp", self->expires_at / 1000);
  payload = rounds_json_write (doc, FALSE);

  body = encode ((const guint8 *) payload, strlen (payload));
  message = g_strconcat (header, ".", body, NULL);
  mac = sign (message, key);
  return g_strconcat (message, ".", mac, NULL);
}

static gboolean
read_uuid (yyjson_val *root, const char *name, RoundsUuid *uuid)
{
  const char *text = yyjson_get_str (yyjson_obj_get (root, name));
  gsize length = 0;
  g_autofree guint8 *bytes = text != NULL ? decode (text, &length) : NULL;

  if (bytes == NULL || length != sizeof uuid->bytes)
    return FALSE;
  memcpy (uuid->bytes, bytes, length);
  return TRUE;
}

/**
 * rounds_access_token_verify:
 * @text: (nullable): what the client sent
 * @key: the server's key
 * @now: ms UTC
 * @token: (out): what it says, if it is ours and has not expired
 *
 * Returns: whether the token holds
 */
gboolean
rounds_access_token_verify (const char *text, const guint8 key[ROUNDS_TOKEN_KEY_LENGTH], gint64 now,
                            RoundsAccessToken *token)
{
  g_autofree char *header = encode ((const guint8 *) HEADER, strlen (HEADER));
  g_auto (GStrv) parts = NULL;
  g_autofree char *message = NULL;
  g_autofree char *mac = NULL;
  g_autofree guint8 *payload = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *root;
  gsize length;

  if (text == NULL || strlen (text) > LONGEST_TOKEN)
    return FALSE;
  parts = g_strsplit (text, ".", 4);
  if (g_strv_length (parts) != 3 || strcmp (parts[0], header) != 0)
    return FALSE;

  message = g_strconcat (parts[0], ".", parts[1], NULL);
  mac = sign (message, key);
  if (strlen (parts[2]) != strlen (mac) || sodium_memcmp (parts[2], mac, strlen (mac)) != 0)
    return FALSE;

  payload = decode (parts[1], &length);
  if (payload == NULL || !rounds_json_read ((const char *) payload, (gssize) length, &doc, NULL))
    return FALSE;
  root = yyjson_doc_get_root (doc);
  token->expires_at = yyjson_get_sint (yyjson_obj_get (root, "exp")) * 1000;
  return token->expires_at > now && read_uuid (root, "sub", &token->user) && read_uuid (root, "dev", &token->device)
         && read_uuid (root, "sid", &token->session);
}

/**
 * rounds_token_seal:
 * @text: what the client is to bring back without being able to read or change it
 * @key: the server's key
 *
 * Returns: (transfer full): @text, encrypted, in characters that a URL may hold
 */
char *
rounds_token_seal (const char *text, const guint8 key[ROUNDS_TOKEN_KEY_LENGTH])
{
  gsize length = strlen (text);
  gsize size = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + length;
  g_autofree guint8 *bytes = g_malloc (size);

  randombytes_buf (bytes, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy (bytes + crypto_secretbox_NONCEBYTES, (const guint8 *) text, length, bytes, key);
  return encode (bytes, size);
}

/**
 * rounds_token_open:
 * @sealed: what rounds_token_seal() made, or anything else
 * @key: the server's key
 *
 * Returns: (transfer full) (nullable): the text, %NULL if it was not sealed with @key
 */
char *
rounds_token_open (const char *sealed, const guint8 key[ROUNDS_TOKEN_KEY_LENGTH])
{
  gsize length;
  g_autofree guint8 *bytes = decode (sealed, &length);
  g_autofree char *text = NULL;

  if (bytes == NULL || length < crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES)
    return NULL;
  text = g_malloc0 (length);
  if (crypto_secretbox_open_easy ((guint8 *) text, bytes + crypto_secretbox_NONCEBYTES,
                                  length - crypto_secretbox_NONCEBYTES, bytes, key)
      != 0)
    return NULL;
  return g_steal_pointer (&text);
}
