/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-token-key.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-json.h"

#define TOKEN_KEY_SETTING "token_key"

static gboolean
read_key (RoundsRecord *setting, guint8 *key)
{
  const char *json = rounds_record_get_text (setting, ROUNDS_SETTING_VALUE);
  g_autoptr (yyjson_doc) doc = NULL;
  const char *hex;
  gsize length;

  if (json == NULL || !rounds_json_read (json, -1, &doc, NULL))
    return FALSE;
  hex = yyjson_get_str (yyjson_doc_get_root (doc));
  return hex != NULL && sodium_hex2bin (key, ROUNDS_TOKEN_KEY_LENGTH, hex, strlen (hex), NULL, &length, NULL) == 0
         && length == ROUNDS_TOKEN_KEY_LENGTH;
}

/* Reads the key if there is one: @found says so. */
static gboolean
find_key (RoundsRecordStore *store, guint8 *key, gboolean *found, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_SETTING);
  g_autoptr (RoundsRecord) setting = NULL;

  rounds_query_where_text (query, ROUNDS_SETTING_KEY, ROUNDS_IS, TOKEN_KEY_SETTING);
  if (!rounds_record_store_find (store, query, &setting, error))
    return FALSE;
  *found = setting != NULL;
  if (setting == NULL || read_key (setting, key))
    return TRUE;
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CORRUPT, _ ("The key that signs tokens cannot be read."));
  return FALSE;
}

static gboolean
create_key (RoundsRecordStore *store, guint8 *key, GError **error)
{
  g_autoptr (RoundsRecord) setting = rounds_record_new (ROUNDS_ENTITY_SETTING);
  char hex[2 * ROUNDS_TOKEN_KEY_LENGTH + 1];
  g_autofree char *json = NULL;

  randombytes_buf (key, ROUNDS_TOKEN_KEY_LENGTH);
  sodium_bin2hex (hex, sizeof hex, key, ROUNDS_TOKEN_KEY_LENGTH);
  json = g_strdup_printf ("\"%s\"", hex);
  rounds_record_set_text (setting, ROUNDS_SETTING_KEY, TOKEN_KEY_SETTING);
  rounds_record_set_text (setting, ROUNDS_SETTING_VALUE, json);
  return rounds_record_store_save (store, setting, error);
}

/**
 * rounds_token_key_load:
 * @store: the server's store
 * @key: (out): the key that signs tokens: made at the first start, then the same for every process on this database
 * @error: (out) (optional): %ROUNDS_ERROR_CORRUPT, or what the database says
 */
gboolean
rounds_token_key_load (RoundsRecordStore *store, guint8 key[ROUNDS_TOKEN_KEY_LENGTH], GError **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean found = FALSE;

  if (!find_key (store, key, &found, error))
    return FALSE;
  if (found || create_key (store, key, &failure))
    return TRUE;
  if (g_error_matches (failure, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS)) /* another process was faster */
    return find_key (store, key, &found, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
