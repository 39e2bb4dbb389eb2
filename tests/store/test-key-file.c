/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a user would lose: everything, if the key could not be had back by the recovery code; privacy, if another
 * code opened the file or the file gave the key away. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "rounds-error.h"
#include "rounds-key-file.h"
#include "test-loop.h"

typedef struct
{
  char *directory;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = g_dir_make_tmp ("rounds-key-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->directory, "keyslots.json", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->directory), ==, 0); /* also: no temporary file left behind */
  g_free (fixture->path);
  g_free (fixture->directory);
}

static void
test_code_form (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int i = 0; i < 1000; i++)
    {
      char *code = rounds_recovery_code_new ();

      g_assert_true (g_regex_match_simple ("^([0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]$", code, 0, 0));
      g_assert_true (rounds_recovery_code_check (code, NULL));
      g_assert_true (g_hash_table_add (seen, code));
    }
}

static void
test_code_forgives (void)
{
  /* By hand: 24 zeros and a one are the number 1, whose check is 1. */
  g_assert_true (rounds_recovery_code_check ("00000-00000-00000-00000-00001-1", NULL));
  g_assert_true (rounds_recovery_code_check (" ooooo ooOOO 00000-00000 0000i l\n", NULL));

  g_autofree char *normal = rounds_recovery_code_normalize ("k7q2m-oil 9");
  g_assert_cmpstr (normal, ==, "K7Q2M0119");
}

static void
test_code_finds_slips (void)
{
  g_autofree char *code = rounds_recovery_code_new ();
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < strlen (code); i++)
    {
      g_autofree char *wrong = g_strdup (code);

      if (code[i] == '-')
        continue;
      wrong[i] = code[i] == '7' ? '8' : '7';
      g_assert_false (rounds_recovery_code_check (wrong, NULL));
    }
  for (gsize i = 0; i + 1 < strlen (code); i++)
    {
      g_autofree char *swapped = g_strdup (code);

      if (code[i] == '-' || code[i + 1] == '-' || code[i] == code[i + 1])
        continue;
      swapped[i] = code[i + 1];
      swapped[i + 1] = code[i];
      g_assert_false (rounds_recovery_code_check (swapped, NULL));
    }

  g_assert_false (rounds_recovery_code_check ("", &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_false (rounds_recovery_code_check ("00000-00000-00000-00000-00001-ü", NULL));
  g_assert_false (rounds_recovery_code_check ("00000-00000-00000-00000-00001-U", NULL));
}

static void
test_both_slots (Fixture *fixture, gconstpointer data)
{
  guint8 key[ROUNDS_KEY_LENGTH], opened[ROUNDS_KEY_LENGTH];
  g_autofree char *code = rounds_recovery_code_new ();
  g_autofree char *other = rounds_recovery_code_new ();
  g_autofree char *secret = rounds_keyring_secret_new ();
  g_autofree char *lower = g_ascii_strdown (code, -1);
  g_autofree char *text = NULL;
  g_autofree char *hex = NULL;
  g_autoptr (RoundsKeyFile) file = rounds_key_file_new (key);
  g_autoptr (RoundsKeyFile) loaded = NULL;
  g_autoptr (GError) error = NULL;
  GString *key_hex = g_string_new (NULL);
  GStatBuf status;

  g_assert_false (rounds_key_file_has_slot (file, ROUNDS_SLOT_RECOVERY));
  g_assert_false (rounds_key_file_open_slot (file, ROUNDS_SLOT_RECOVERY, code, opened, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (rounds_key_file_set_slot (file, ROUNDS_SLOT_RECOVERY, key, code, NULL));
  g_assert_true (rounds_key_file_set_slot (file, ROUNDS_SLOT_KEYRING, key, secret, NULL));
  rounds_key_file_set_in_use (file, TRUE);
  g_assert_true (rounds_key_file_save (file, fixture->path, NULL));

  g_assert_cmpint (g_stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  for (int i = 0; i < ROUNDS_KEY_LENGTH; i++)
    g_string_append_printf (key_hex, "%02x", key[i]);
  hex = g_string_free (key_hex, FALSE);
  g_assert_null (strstr (text, hex));
  g_assert_null (strstr (text, secret));
  g_assert_null (strstr (text, code));

  loaded = rounds_key_file_load (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rounds_key_file_get_id (loaded), ==, rounds_key_file_get_id (file));
  g_assert_true (rounds_key_file_get_in_use (loaded));
  g_assert_true (rounds_key_file_open_slot (loaded, ROUNDS_SLOT_KEYRING, secret, opened, NULL));
  g_assert_cmpmem (opened, sizeof opened, key, sizeof key);
  g_assert_true (rounds_key_file_open_slot (loaded, ROUNDS_SLOT_RECOVERY, lower, opened, NULL));
  g_assert_cmpmem (opened, sizeof opened, key, sizeof key);

  g_assert_false (rounds_key_file_open_slot (loaded, ROUNDS_SLOT_RECOVERY, other, opened, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_WRONG_KEY);
  g_clear_error (&error);
  g_assert_cmpint (opened[0] | opened[15] | opened[31], ==, 0);
  g_assert_false (rounds_key_file_open_slot (loaded, ROUNDS_SLOT_KEYRING, "not hex", opened, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_WRONG_KEY);
}

static void
test_passphrase (Fixture *fixture, gconstpointer data)
{
  guint8 key[ROUNDS_KEY_LENGTH], opened[ROUNDS_KEY_LENGTH];
  g_autoptr (RoundsKeyFile) file = rounds_key_file_new (key);
  g_autoptr (GError) error = NULL;

  /* Composed on one keyboard, decomposed on another. */
  g_assert_true (rounds_key_file_set_slot (file, ROUNDS_SLOT_RECOVERY, key, "Caf\u00e9 au lait, bitte", NULL));
  g_assert_true (rounds_key_file_open_slot (file, ROUNDS_SLOT_RECOVERY, "Cafe\u0301 au lait, bitte", opened, NULL));
  g_assert_cmpmem (opened, sizeof opened, key, sizeof key);
  g_assert_false (rounds_key_file_open_slot (file, ROUNDS_SLOT_RECOVERY, "caf\u00e9 au lait, bitte", opened, NULL));

  /* What cannot be a secret leaves the slot that works. */
  g_assert_false (rounds_key_file_set_slot (file, ROUNDS_SLOT_RECOVERY, key, "", &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_true (rounds_key_file_open_slot (file, ROUNDS_SLOT_RECOVERY, "Caf\u00e9 au lait, bitte", opened, NULL));
}

static void
assert_load_fails (Fixture *fixture, const char *text, int code)
{
  g_autoptr (RoundsKeyFile) file = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  file = rounds_key_file_load (fixture->path, &error);
  g_assert_null (file);
  g_assert_error (error, ROUNDS_ERROR, code);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  guint8 key[ROUNDS_KEY_LENGTH];
  g_autofree char *code = rounds_recovery_code_new ();
  g_autofree char *text = NULL;
  g_autoptr (RoundsKeyFile) file = rounds_key_file_new (key);
  g_autoptr (RoundsKeyFile) none = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  none = rounds_key_file_load (fixture->path, &error);
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND);

  g_assert_true (rounds_key_file_set_slot (file, ROUNDS_SLOT_RECOVERY, key, code, NULL));
  g_assert_true (rounds_key_file_save (file, fixture->path, NULL));
  g_assert_true (g_file_get_contents (fixture->path, &text, &length, NULL));

  /* Cut off anywhere before its last brace. */
  for (gsize cut = 0; cut < length - 2; cut += 7)
    {
      g_autofree char *part = g_strndup (text, cut);

      assert_load_fails (fixture, part, ROUNDS_ERROR_CORRUPT);
    }
  assert_load_fails (fixture, "{}", ROUNDS_ERROR_CORRUPT);
  assert_load_fails (fixture, "[]", ROUNDS_ERROR_CORRUPT);
  assert_load_fails (fixture, "{\"format\": 2}", ROUNDS_ERROR_TOO_NEW);

  /* A file that asks for a terabyte of memory must not get it. */
  {
    g_autoptr (GRegex) memory = g_regex_new ("\"memory\": *[0-9]+", 0, 0, NULL);
    g_autofree char *greedy = g_regex_replace_literal (memory, text, -1, 0, "\"memory\": 1099511627776", 0, NULL);

    g_assert_cmpstr (greedy, !=, text);
    assert_load_fails (fixture, greedy, ROUNDS_ERROR_CORRUPT);
  }
}

static void
test_keyring_memory (void)
{
  guint8 key[ROUNDS_KEY_LENGTH];
  g_autoptr (RoundsKeyFile) file = rounds_key_file_new (key);
  g_autoptr (RoundsKeyFile) other = rounds_key_file_new (key);
  g_autofree char *secret = rounds_keyring_secret_new ();
  g_autofree char *found = NULL;
  g_autoptr (GAsyncResult) stored = NULL, looked_up = NULL, missing = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("ROUNDS_KEYRING", "memory", TRUE);
  rounds_keyring_store_async (file, secret, NULL, test_keep_result_cb, &stored);
  g_assert_true (rounds_keyring_store_finish (test_wait_for_result (&stored), NULL));
  rounds_keyring_lookup_async (file, NULL, test_keep_result_cb, &looked_up);
  found = rounds_keyring_lookup_finish (test_wait_for_result (&looked_up), NULL);
  g_assert_cmpstr (found, ==, secret);
  rounds_keyring_lookup_async (other, NULL, test_keep_result_cb, &missing);
  g_assert_null (rounds_keyring_lookup_finish (test_wait_for_result (&missing), &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND);
}

static void
test_keyring_none (void)
{
  guint8 key[ROUNDS_KEY_LENGTH];
  g_autoptr (RoundsKeyFile) file = rounds_key_file_new (key);
  g_autoptr (GAsyncResult) stored = NULL, looked_up = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("ROUNDS_KEYRING", "none", TRUE);
  rounds_keyring_store_async (file, "secret", NULL, test_keep_result_cb, &stored);
  g_assert_false (rounds_keyring_store_finish (test_wait_for_result (&stored), &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE);
  g_clear_error (&error);
  rounds_keyring_lookup_async (file, NULL, test_keep_result_cb, &looked_up);
  g_assert_null (rounds_keyring_lookup_finish (test_wait_for_result (&looked_up), &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE);
}

static void
test_keyring_without_bus (void)
{
  guint8 key[ROUNDS_KEY_LENGTH];
  g_autoptr (RoundsKeyFile) file = rounds_key_file_new (key);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) looked_up = NULL, cancelled = NULL;
  g_autoptr (GError) error = NULL;

  g_unsetenv ("ROUNDS_KEYRING");
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  rounds_keyring_lookup_async (file, NULL, test_keep_result_cb, &looked_up);
  g_assert_null (rounds_keyring_lookup_finish (test_wait_for_result (&looked_up), &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE);
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  rounds_keyring_lookup_async (file, cancellable, test_keep_result_cb, &cancelled);
  g_assert_null (rounds_keyring_lookup_finish (test_wait_for_result (&cancelled), &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/store/recovery-code/form", test_code_form);
  g_test_add_func ("/store/recovery-code/forgives", test_code_forgives);
  g_test_add_func ("/store/recovery-code/finds-slips", test_code_finds_slips);
  g_test_add ("/store/key-file/both-slots", Fixture, NULL, set_up, test_both_slots, tear_down);
  g_test_add ("/store/key-file/passphrase", Fixture, NULL, set_up, test_passphrase, tear_down);
  g_test_add ("/store/key-file/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add_func ("/store/keyring/memory", test_keyring_memory);
  g_test_add_func ("/store/keyring/none", test_keyring_none);
  g_test_add_func ("/store/keyring/without-bus", test_keyring_without_bus);

  return g_test_run ();
}
