/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-loop.h"

static gboolean
give_up_cb (gpointer data)
{
  g_error ("waited too long");
  return G_SOURCE_REMOVE;
}

guint
test_begin_waiting (void)
{
  return g_timeout_add_seconds (60, give_up_cb, NULL);
}

void
test_keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

GAsyncResult *
test_wait_for_result (GAsyncResult **result)
{
  test_wait_while (*result == NULL);
  return *result;
}

static gboolean
is_alive (GWeakRef *weak)
{
  g_autoptr (GObject) object = g_weak_ref_get (weak);

  return object != NULL;
}

void
test_wait_for_end (gpointer object)
{
  GWeakRef weak;

  g_weak_ref_init (&weak, object);
  g_object_unref (object);
  test_wait_while (is_alive (&weak));
  g_weak_ref_clear (&weak);
}
