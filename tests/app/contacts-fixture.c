/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts-fixture.h"

#include "contacts/rounds-contact-view.h"
#include "test-loop.h"

void
save_records (AppFixture *self, GPtrArray *records)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rounds_store_save_async (self->store, records, NULL, test_keep_result_cb, &result);
  rounds_store_save_finish (self->store, test_wait_for_result (&result), &error);
  g_assert_no_error (error);
}

/* The specialty of that name, made if need be. */
static const RoundsUuid *
need_specialty (AppFixture *self, GPtrArray *records, const char *name)
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
add_physician (AppFixture *self, const char *given, const char *family, const char *specialty, const char *city)
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
count_records (AppFixture *self, RoundsEntity entity)
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

GtkWidget *
show_contact (AppFixture *self, RoundsRecord *person, int width, GtkWidget **view)
{
  GtkWidget *window;

  *view = g_object_new (ROUNDS_TYPE_CONTACT_VIEW, NULL);
  rounds_contact_view_set_context (ROUNDS_CONTACT_VIEW (*view), self->context);
  rounds_contact_view_set_person (ROUNDS_CONTACT_VIEW (*view), person);
  window = app_show (self, *view, width, 760);
  app_settle (self);
  return window;
}
