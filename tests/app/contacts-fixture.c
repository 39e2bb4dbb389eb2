/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts-fixture.h"

#include <glib/gstdio.h>

static void
toast_cb (ContactsFixture *self, AdwToast *toast)
{
  g_ptr_array_add (self->toasts, g_object_ref (toast));
}

static void
create_cb (ContactsFixture *self, RoundsRecord *record)
{
  g_ptr_array_add (self->created, g_object_ref (record));
}

static void
open_cb (ContactsFixture *self)
{
  self->opened++;
}

void
contacts_fixture_set_up (ContactsFixture *self, gconstpointer data)
{
  guint8 key[ROUNDS_KEY_LENGTH] = { 1, 2, 3 };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  self->folder = g_dir_make_tmp ("rounds-app-XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (self->folder, "rounds.db", NULL);
  self->store = rounds_store_open (path, key, ROUNDS_OPEN_CREATE, &error);
  g_assert_no_error (error);
  self->context = rounds_app_context_new (self->store);
  self->toasts = g_ptr_array_new_with_free_func (g_object_unref);
  self->created = g_ptr_array_new_with_free_func (g_object_unref);
  self->opened = 0;
  g_signal_connect_swapped (self->context, "toast", G_CALLBACK (toast_cb), self);
  g_signal_connect_swapped (self->context, "create", G_CALLBACK (create_cb), self);
  g_signal_connect_swapped (self->context, "open", G_CALLBACK (open_cb), self);
}

void
contacts_fixture_tear_down (ContactsFixture *self, gconstpointer data)
{
  GDir *dir;
  const char *name;

  g_signal_handlers_disconnect_by_data (self->context, self);
  g_clear_pointer (&self->toasts, g_ptr_array_unref);
  g_clear_pointer (&self->created, g_ptr_array_unref);
  rounds_store_close (self->store);
  g_clear_object (&self->context);
  g_clear_object (&self->store);

  dir = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      g_unlink (path);
    }
  g_dir_close (dir);
  g_rmdir (self->folder);
  g_clear_pointer (&self->folder, g_free);
}

static gboolean
timed_out_cb (gpointer data)
{
  g_assert_not_reached (); /* the condition did not come to hold in half a minute */
}

void
wait_until (Condition condition, gpointer data)
{
  guint timeout = g_timeout_add_seconds (30, timed_out_cb, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

static gpointer
do_nothing (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return store;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  rounds_store_run_finish (ROUNDS_STORE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

/* Behind everything that is queued. */
void
wait_for_store (ContactsFixture *self)
{
  gboolean done = FALSE;

  rounds_store_run_async (self->store, do_nothing, NULL, NULL, NULL, G_PRIORITY_LOW, NULL, done_cb, &done);
  wait_until (is_set, &done);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  rounds_store_save_finish (ROUNDS_STORE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

void
save_records (ContactsFixture *self, GPtrArray *records)
{
  gboolean done = FALSE;

  rounds_store_save_async (self->store, records, NULL, saved_cb, &done);
  wait_until (is_set, &done);
}

void
save_record (ContactsFixture *self, RoundsRecord *record)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  g_ptr_array_add (records, record);
  save_records (self, records);
}

/* The specialty of that name, made if need be. */
static const RoundsUuid *
need_specialty (ContactsFixture *self, GPtrArray *records, const char *name)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_SPECIALIZATION);
  RoundsRecord *specialty;

  rounds_query_where_text (query, ROUNDS_SPECIALIZATION_NAME, ROUNDS_IS, name);
  rounds_query_limit (query, 1);
  specialty = rounds_store_find (self->store, query, NULL);
  if (specialty == NULL)
    {
      specialty = rounds_record_new (ROUNDS_ENTITY_SPECIALIZATION);
      rounds_record_set_text (specialty, ROUNDS_SPECIALIZATION_NAME, name);
    }
  g_ptr_array_add (records, specialty);
  return rounds_record_get_id (specialty);
}

RoundsRecord *
add_physician (ContactsFixture *self, const char *given, const char *family, const char *specialty, const char *city)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  RoundsRecord *role = rounds_record_new (ROUNDS_ENTITY_PERSON_ROLE);
  RoundsRecord *physician = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);
  RoundsRecord *address = rounds_record_new (ROUNDS_ENTITY_ADDRESS);

  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, given);
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family);
  rounds_record_set_text (person, ROUNDS_PERSON_CREDENTIALS, "MD");
  rounds_record_set_uuid (role, ROUNDS_PERSON_ROLE_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, "physician");
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (person));
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_SPECIALIZATION, need_specialty (self, records, specialty));
  rounds_record_set_uuid (address, ROUNDS_ADDRESS_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (address, ROUNDS_ADDRESS_CITY, city);
  g_ptr_array_add (records, g_object_ref (person));
  g_ptr_array_add (records, role);
  g_ptr_array_add (records, physician);
  g_ptr_array_add (records, address);
  save_records (self, records);
  return person;
}

gint64
count_records (ContactsFixture *self, RoundsEntity entity)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  g_autoptr (GError) error = NULL;
  gint64 count = rounds_record_store_count (rounds_store_get_reader (self->store), query, &error);

  g_assert_no_error (error);
  return count;
}

/* The first widget of @type below @root, with that title where one is given. */
GtkWidget *
find_child (GtkWidget *root, GType type, const char *title)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (g_type_is_a (G_OBJECT_TYPE (child), type)
          && (title == NULL || g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child)), title) == 0))
        return child;
      found = find_child (child, type, title);
      if (found != NULL)
        return found;
    }
  return NULL;
}
