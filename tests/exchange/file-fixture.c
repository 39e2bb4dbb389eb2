/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file-fixture.h"
#include "test-folder.h"

void
file_fixture_set_up (FileFixture *fixture, gconstpointer data)
{
  fixture->directory = test_folder_new ();
  fixture->file = g_file_new_build_filename (fixture->directory, "contacts", NULL);
}

void
file_fixture_tear_down (FileFixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->directory, test_folder_remove);
  g_clear_object (&fixture->file);
}

void
file_fixture_put (FileFixture *fixture, const char *bytes, gssize length)
{
  g_autoptr (GError) error = NULL;

  /* Without waiting for the disk. */
  g_file_set_contents_full (g_file_peek_path (fixture->file), bytes, length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}
