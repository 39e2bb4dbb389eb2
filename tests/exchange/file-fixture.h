/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A test of one file, in a folder of its own. */
typedef struct
{
  char *directory;
  GFile *file;
} FileFixture;

void file_fixture_set_up (FileFixture *fixture, gconstpointer data);
void file_fixture_tear_down (FileFixture *fixture, gconstpointer data);

/* Makes @bytes, of @length or up to a nul if that is below 0, what the file holds. */
void file_fixture_put (FileFixture *fixture, const char *bytes, gssize length);

#define FILE_FIXTURE_ADD(path, func) \
  g_test_add (path, FileFixture, NULL, file_fixture_set_up, func, file_fixture_tear_down)
