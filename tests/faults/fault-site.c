/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-site.h"

#include <sys/mman.h>

#include "fault-state.h"
#include "faults.h"
#include "rounds-sqlite-database.h"
#include "test-folder.h"

/* That of the files in tests/data/stores. */
static const guint8 key[ROUNDS_KEY_LENGTH] = "The key of the files in the test";

/* Little memory, so that a transaction writes before its end; few pages between checkpoints, so that they happen. */
#define SMALL "PRAGMA cache_size = 24; PRAGMA wal_autocheckpoint = 40"

/**
 * fault_site_new:
 *
 * Makes everything that the scenarios begin with. faults_install() comes before.
 */
FaultSite *
fault_site_new (void)
{
  FaultSite *self = g_new0 (FaultSite, 1);
  g_autofree char *list = g_test_build_filename (G_TEST_DIST, "data", "import", "nppes-raw-12.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (list);
  g_autoptr (GError) error = NULL;

  self->folder = test_folder_new ();
  self->path = g_build_filename (self->folder, "rounds.db", NULL);
  self->servers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) fault_server_free);
  self->marks = mmap (NULL, sizeof *self->marks, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  g_assert_true (self->marks != MAP_FAILED);
  self->plan = rounds_import_plan_new (file, NULL, NULL, &error);
  g_assert_no_error (error);
  fault_site_prepare (self);
  return self;
}

void
fault_site_free (FaultSite *self)
{
  fault_site_close (self);
  g_clear_object (&self->peer);
  g_hash_table_unref (self->servers);
  test_folder_remove (self->folder);
  g_clear_pointer (&self->plan, rounds_import_plan_unref);
  g_clear_pointer (&self->states, g_ptr_array_unref);
  munmap (self->marks, sizeof *self->marks);
  g_free (self->peer_state);
  g_free (self->path);
  g_free (self);
}

/** fault_site_put: @kind: one of `FAULT_SITE_`…; what was there before is gone. */
void
fault_site_put (FaultSite *self, const char *kind)
{
  g_autofree char *peer = g_build_filename (self->folder, FAULT_SITE_PEER, NULL);
  g_autofree char *source = NULL;
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  fault_site_close (self);
  g_clear_object (&self->peer);
  self->kind = g_intern_string (kind);
  *self->marks = 0;
  test_folder_remove_database (self->path);
  test_folder_remove_database (peer);
  if (kind == FAULT_SITE_NOTHING)
    return;

  source = g_str_has_prefix (kind, "device-") ? g_test_build_filename (G_TEST_DIST, "data", "stores", kind, NULL)
                                              : g_build_filename (self->folder, kind, NULL);
  g_file_get_contents (source, &content, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents_full (self->path, content, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

/** fault_site_get_key: Returns: that of every store of a site. */
const guint8 *
fault_site_get_key (void)
{
  return key;
}

/** fault_site_open: opens the store, and makes it if there is none. */
gboolean
fault_site_open (FaultSite *self, GError **error)
{
  gboolean is_server = g_strcmp0 (self->kind, FAULT_SITE_SERVER) == 0;
  g_autoptr (RoundsSqliteDatabase) database =
    rounds_sqlite_database_open (self->path, is_server ? NULL : key, ROUNDS_OPEN_CREATE, error);

  g_assert_null (self->store);
  if (database == NULL || !rounds_database_exec (ROUNDS_DATABASE (database), SMALL, error))
    return FALSE;
  self->store =
    rounds_record_store_new (ROUNDS_DATABASE (database), is_server ? ROUNDS_ROLE_SERVER : ROUNDS_ROLE_DEVICE, error);
  return self->store != NULL;
}

void
fault_site_close (FaultSite *self)
{
  if (self->store != NULL)
    g_assert_finalize_object (g_steal_pointer (&self->store));
}

/** fault_site_mark: what was done up to here was acknowledged, and must not be lost from now on. */
void
fault_site_mark (FaultSite *self)
{
  ++*self->marks;
  if (self->states != NULL)
    {
      const Fault *fault = faults_pause ();

      g_ptr_array_add (self->states, fault_state_dump (self->store));
      faults_resume (fault);
    }
}

/** fault_site_get_id: Returns: the same id for the same @name, always. */
RoundsUuid
fault_site_get_id (const char *name)
{
  static const RoundsUuid space = { { 0xfa, 0x17 } };

  return rounds_uuid_new_from_name (&space, name);
}

/** fault_site_new_record: Returns: (transfer full): a record whose id is made from @name. */
RoundsRecord *
fault_site_new_record (RoundsEntity entity, const char *name)
{
  RoundsRecord *record = rounds_record_new (entity);
  RoundsUuid id = fault_site_get_id (name);

  rounds_record_set_uuid (record, ROUNDS_FIELD_ID, &id);
  return record;
}
