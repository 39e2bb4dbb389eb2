/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SQLite's memory. GLib's is none of the tests' business: it ends the program when there is none, by design. */

#include "faults-private.h"

static sqlite3_mem_methods real;

static void *
allocate (int size)
{
  return fault_count (FAULT_MEMORY) != NULL ? NULL : real.xMalloc (size);
}

static void *
reallocate (void *memory, int size)
{
  return fault_count (FAULT_MEMORY) != NULL ? NULL : real.xRealloc (memory, size);
}

void
fault_memory_install (void)
{
  sqlite3_mem_methods methods;

  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &real), ==, SQLITE_OK);
  methods = real;
  methods.xMalloc = allocate;
  methods.xRealloc = reallocate;
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &methods), ==, SQLITE_OK);
  /* Small blocks too come from there then, each of them. */
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_LOOKASIDE, 0, 0), ==, SQLITE_OK);
}
