/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-accounts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-access.h"
#include "rounds-error.h"
#include "rounds-person-merge.h"
#include "rounds-session-tokens.h"
#include "rounds-time.h"

/**
 * rounds_accounts_normalize:
 * @username: as somebody typed it
 *
 * Returns: (transfer full): the form in which user names are stored and compared: without surrounding blanks, in lower
 *   case, the same in every locale
 */
char *
rounds_accounts_normalize (const char *username)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (username));
  g_autofree char *composed = g_utf8_normalize (trimmed, -1, G_NORMALIZE_NFKC);

  return g_utf8_casefold (composed != NULL ? composed : "", -1);
}

static gboolean
check_username (const char *username, GError **error)
{
  for (const char *p = username; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isprint (g_utf8_get_char (p)) || g_unichar_isspace (g_utf8_get_char (p)))
      {
        rounds_set_field_error (error, "username", _ ("A user name has no blanks."));
        return FALSE;
      }
  return TRUE;
}

/* The person and the staff record of a member of the team, and the role that makes the person staff. */
static GPtrArray *
create_staff (const RoundsNewAccount *account, const RoundsUuid *user)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  RoundsRecord *role = rounds_record_new (ROUNDS_ENTITY_PERSON_ROLE);
  RoundsRecord *staff = rounds_record_new (ROUNDS_ENTITY_STAFF);

  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, account->given_name);
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME,
                          account->family_name != NULL ? account->family_name : account->username);
  rounds_record_set_text (person, ROUNDS_PERSON_EMAIL, account->email);
  rounds_record_set_uuid (role, ROUNDS_PERSON_ROLE_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, "staff");
  rounds_record_set_uuid (staff, ROUNDS_STAFF_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (staff, ROUNDS_STAFF_ROLE, account->role);
  rounds_record_set_uuid (staff, ROUNDS_STAFF_USER, user);

  g_ptr_array_add (records, person);
  g_ptr_array_add (records, role);
  g_ptr_array_add (records, staff);
  return records;
}

/**
 * rounds_accounts_create:
 * @store: the server's store, outside of a transaction
 * @account: what to make
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID with the field, %ROUNDS_ERROR_EXISTS if the name is taken
 *
 * Makes the user and, for a member of the team, a person and a staff record: all or nothing.
 *
 * Returns: (transfer full): the user
 */
RoundsRecord *
rounds_accounts_create (RoundsRecordStore *store, const RoundsNewAccount *account, GError **error)
{
  g_autofree char *username = rounds_accounts_normalize (account->username);
  g_autoptr (RoundsRecord) user = rounds_record_new (ROUNDS_ENTITY_USER);
  g_autoptr (GPtrArray) records = NULL;

  if (!check_username (username, error))
    return NULL;

  rounds_record_set_text (user, ROUNDS_USER_USERNAME, username);
  rounds_record_set_text (user, ROUNDS_USER_EMAIL, account->email);
  rounds_record_set_text (user, ROUNDS_USER_PASSWORD_HASH, account->password_hash);
  rounds_record_set_text (user, ROUNDS_USER_ROLE, account->role);

  if (rounds_role_from_string (account->role) & ROUNDS_ROLE_TEAM)
    {
      records = create_staff (account, rounds_record_get_id (user));
      rounds_record_set_uuid (user, ROUNDS_USER_PERSON, rounds_record_get_id (g_ptr_array_index (records, 0)));
    }
  else
    records = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (records, g_object_ref (user));

  if (!rounds_record_store_save_all (store, records, error))
    return NULL;
  return g_steal_pointer (&user);
}

/**
 * rounds_accounts_find:
 * @username: as somebody typed it
 * @user: (out) (transfer full) (nullable): the user, %NULL if there is none of that name
 *
 * Returns: %FALSE on a database error
 */
gboolean
rounds_accounts_find (RoundsRecordStore *store, const char *username, RoundsRecord **user, GError **error)
{
  g_autofree char *normal = rounds_accounts_normalize (username);
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_USER);

  rounds_query_where_text (query, ROUNDS_USER_USERNAME, ROUNDS_IS, normal);
  return rounds_record_store_find (store, query, user, error);
}

static gboolean
replace_password (RoundsRecordStore *store, RoundsRecord *user, const char *password_hash, GError **error)
{
  rounds_record_set_text (user, ROUNDS_USER_PASSWORD_HASH, password_hash);
  return rounds_record_store_save (store, user, error)
         && rounds_session_tokens_end_all (store, rounds_record_get_id (user), error);
}

/**
 * rounds_accounts_set_password:
 * @store: the server's store, outside of a transaction
 * @username: whose
 * @password_hash: from rounds_password_hash()
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND
 *
 * Sets the password and ends the user's sessions, as whoever asks for a new one may have lost the old one to somebody.
 */
gboolean
rounds_accounts_set_password (RoundsRecordStore *store, const char *username, const char *password_hash, GError **error)
{
  g_autoptr (RoundsRecord) user = NULL;

  if (!rounds_accounts_find (store, username, &user, error))
    return FALSE;
  if (user == NULL)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("There is no user “%s”."), username);
      return FALSE;
    }
  return rounds_record_store_begin (store, error)
         && rounds_record_store_end (store, replace_password (store, user, password_hash, error), error);
}

/**
 * rounds_accounts_find_staff:
 * @user: a user
 * @staff: (out) (transfer full) (nullable): their staff record, %NULL if they are not of the team
 *
 * Returns: %FALSE on a database error
 */
gboolean
rounds_accounts_find_staff (RoundsRecordStore *store, RoundsRecord *user, RoundsRecord **staff, GError **error)
{
  g_autoptr (RoundsQuery) query = NULL;
  gboolean merged;
  RoundsUuid person;

  *staff = NULL;
  if (rounds_record_is_null (user, ROUNDS_USER_PERSON))
    return TRUE;

  person = *rounds_record_get_uuid (user, ROUNDS_USER_PERSON);
  if (!rounds_person_merge_forward (store, ROUNDS_ENTITY_PERSON, &person, &merged, error))
    return FALSE;
  query = rounds_query_new (ROUNDS_ENTITY_STAFF);
  rounds_query_where_uuid (query, ROUNDS_STAFF_PERSON, ROUNDS_IS, &person);
  return rounds_record_store_find (store, query, staff, error);
}

/** rounds_accounts_see_device: notes that @user has signed in on @device, which calls itself @name (nullable). */
gboolean
rounds_accounts_see_device (RoundsRecordStore *store, const RoundsUuid *user, const RoundsUuid *device,
                            const char *name, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;

  if (!rounds_record_store_look_up (store, ROUNDS_ENTITY_DEVICE, device, &record, error))
    return FALSE;
  if (record == NULL)
    {
      record = rounds_record_new (ROUNDS_ENTITY_DEVICE);
      rounds_record_set_uuid (record, ROUNDS_FIELD_ID, device);
    }
  rounds_record_set_uuid (record, ROUNDS_DEVICE_USER, user);
  if (name != NULL
      && g_utf8_strlen (name, -1) <= rounds_entity_get_field (ROUNDS_ENTITY_DEVICE, ROUNDS_DEVICE_NAME)->max)
    rounds_record_set_text (record, ROUNDS_DEVICE_NAME, name);
  rounds_record_set_integer (record, ROUNDS_DEVICE_LAST_SEEN_AT, rounds_time_now ());
  return rounds_record_store_save (store, record, error);
}
