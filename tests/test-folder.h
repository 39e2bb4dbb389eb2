/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A folder of its own for each test, or each measurement, that has files. GLib alone. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes one. Returns: (transfer full): its path, for test_folder_remove() */
char *test_folder_new (void);

/* Removes @folder, which is freed, with all that is in it. */
void test_folder_remove (char *folder);

/* Removes the SQLite database at @path, which nobody has open, and its log, where there are any. */
void test_folder_remove_database (const char *path);

G_END_DECLS
