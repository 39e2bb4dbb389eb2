/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SQLite's memory. GLib's is none of the tests' business: it ends the program when there is none, by design. */

#include "faults-private.h"

#include <dlfcn.h>

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

/* In place of the library's: SQLCipher frees twice, or uses what it did not get, when there is no memory for its own
 * few blocks, at the first page that it decrypts. Nothing here could help that, nor is anything written then. */
void *sqlcipher_malloc (sqlite3_uint64 size);

void *
sqlcipher_malloc (sqlite3_uint64 size)
{
  void *(*allocate_locked) (sqlite3_uint64) = (void *(*) (sqlite3_uint64)) dlsym (RTLD_NEXT, "sqlcipher_malloc");
  const Fault *fault = faults_pause ();
  void *memory = allocate_locked (size);

  faults_resume (fault);
  return memory;
}
