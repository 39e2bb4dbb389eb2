/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Waiting on the main loop for what is asynchronous, with a bound. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Turns the main loop while @condition, an expression, holds. Ends the test after a minute. */
#define test_wait_while(condition) \
  G_STMT_START \
  { \
    guint test_limit = test_begin_waiting (); \
\
    while (condition) \
      g_main_context_iteration (NULL, TRUE); \
    g_source_remove (test_limit); \
  } \
  G_STMT_END

/* Returns: a source that ends the test, unless it is removed within a minute */
guint test_begin_waiting (void);

/* A callback for any operation. @data: the GAsyncResult * that takes the result (transfer full). */
void test_keep_result_cb (GObject *source, GAsyncResult *result, gpointer data);

/* Turns the main loop until there is a result. Returns: (transfer none): it */
GAsyncResult *test_wait_for_result (GAsyncResult **result);

/* Lets go of @object (transfer full) and turns the main loop until nobody else holds it. */
void test_wait_for_end (gpointer object);

G_END_DECLS
