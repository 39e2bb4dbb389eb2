/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-demo-data.h"

#include <glib/gi18n-lib.h>

#include "rounds-demo-private.h"
#include "rounds-error.h"

/* Records of one transaction: large enough that commits do not count, small enough to be stopped and to be read
 * meanwhile. */
#define RECORDS_PER_TRANSACTION 20000
#define CONTACTS_PER_ORGANISATION 14
#define STEPS_BETWEEN_PROGRESS 250

static void
clear_person (gpointer data)
{
  g_free (((DemoPerson *) data)->name);
}

static void
clear_organisation (gpointer data)
{
  g_free (((DemoOrganisation *) data)->name);
  g_free (((DemoOrganisation *) data)->lines);
}

static void
demo_clear (Demo *self)
{
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->today, g_date_time_unref);
  g_clear_pointer (&self->people, g_array_unref);
  g_clear_pointer (&self->organisations, g_array_unref);
  g_clear_pointer (&self->specialities, g_array_unref);
  g_clear_pointer (&self->conditions, g_array_unref);
  g_clear_pointer (&self->trials, g_array_unref);
  g_clear_pointer (&self->programs, g_array_unref);
  g_clear_pointer (&self->emails, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Demo, demo_clear)

/* A new record, recorded at that instant, whose id comes from the seed. */
RoundsRecord *
demo_record_new (Demo *demo, RoundsEntity entity, gint64 recorded_at)
{
  RoundsRecord *record = rounds_record_new (entity);
  RoundsUuid id = demo_random_uuid (&demo->random, recorded_at);

  rounds_record_set_uuid (record, ROUNDS_FIELD_ID, &id);
  rounds_record_set_integer (record, ROUNDS_FIELD_CREATED_AT, MIN (recorded_at, demo->now));
  return record;
}

gboolean
demo_save (Demo *demo, RoundsRecord *record, GError **error)
{
  demo->unsaved++;
  return rounds_record_store_save (demo->store, record, error);
}

/* Counts work as done; commits, reports and looks for cancellation now and then. */
gboolean
demo_step (Demo *demo, guint64 count, GError **error)
{
  demo->done += count;
  if (demo->unsaved >= RECORDS_PER_TRANSACTION)
    {
      demo->open = rounds_record_store_end (demo->store, TRUE, error) && rounds_record_store_begin (demo->store, error);
      if (!demo->open)
        return FALSE;
      demo->unsaved = 0;
    }
  if (demo->done % STEPS_BETWEEN_PROGRESS != 0)
    return TRUE;
  if (demo->progress != NULL)
    demo->progress (MIN (demo->done, demo->total), demo->total, demo->progress_data);
  if (!g_cancellable_is_cancelled (demo->cancellable))
    return TRUE;
  g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED, _ ("The making of demo data was stopped."));
  return FALSE;
}

/* The instant of a wall time, so many days from today. */
gint64
demo_local_instant (Demo *demo, int days, int minutes)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (demo->today, days);
  g_autoptr (GDateTime) moment =
    g_date_time_new (demo->zone, g_date_time_get_year (day), g_date_time_get_month (day),
                     g_date_time_get_day_of_month (day), minutes / 60 % 24, minutes % 60, 0);

  return g_date_time_to_unix (moment) * 1000 + (minutes >= 24 * 60 ? ROUNDS_DAY : 0);
}

gboolean
demo_is_workday (Demo *demo, int days)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (demo->today, days);

  return g_date_time_get_day_of_week (day) <= 5;
}

/* The date so many days from today, YYYY-MM-DD. */
char *
demo_local_date (Demo *demo, int days)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (demo->today, days);

  return g_strdup_printf ("%04d-%02d-%02d", g_date_time_get_year (day), g_date_time_get_month (day),
                          g_date_time_get_day_of_month (day));
}

/* The zone by its IANA name; UTC where this computer's zone has none. */
static void
set_zone (Demo *self, const char *name)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();

  self->zone = g_time_zone_new_identifier (name != NULL ? name : g_time_zone_get_identifier (local));
  if (self->zone == NULL || g_path_is_absolute (g_time_zone_get_identifier (self->zone)))
    {
      g_clear_pointer (&self->zone, g_time_zone_unref);
      self->zone = g_time_zone_new_utc ();
    }
  self->zone_name = g_time_zone_get_identifier (self->zone);
}

static void
demo_init (Demo *self, RoundsRecordStore *store, const RoundsDemoOptions *options)
{
  g_autoptr (GDateTime) moment = NULL;

  self->store = store;
  self->random.state = options->seed;
  self->now = options->now != 0 ? options->now : rounds_time_now ();
  set_zone (self, options->time_zone);
  moment = rounds_instant_to_local (self->now, self->zone);
  self->today = g_date_time_new (self->zone, g_date_time_get_year (moment), g_date_time_get_month (moment),
                                 g_date_time_get_day_of_month (moment), 0, 0, 0);

  self->people = g_array_new (FALSE, TRUE, sizeof (DemoPerson));
  g_array_set_clear_func (self->people, clear_person);
  self->organisations = g_array_new (FALSE, TRUE, sizeof (DemoOrganisation));
  g_array_set_clear_func (self->organisations, clear_organisation);
  self->specialities = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  self->conditions = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  self->trials = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  self->programs = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  self->emails = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->total = options->contacts + options->interactions;
  if (options->staff != NULL)
    {
      self->staff = *options->staff;
      self->has_staff = TRUE;
    }
}

static gboolean
write_all (Demo *self, const RoundsDemoOptions *options, GError **error)
{
  return demo_write_catalogue (self, error)
         && demo_write_organisations (self, 1 + options->contacts / CONTACTS_PER_ORGANISATION, error)
         && demo_write_people (self, options->contacts, options->staff == NULL, error)
         && demo_write_interactions (self, options->interactions, error) && demo_write_diary (self, error);
}

/**
 * rounds_demo_data_write:
 * @store: a device's or a server's store; no transaction is open
 * @options: how much to invent
 * @progress: (nullable): told about contacts and interactions
 * @error: (out) (optional): %ROUNDS_ERROR_CANCELLED and what the store says; what earlier transactions wrote stays
 *
 * Writes invented but plausible people, organisations, appointments around today, journeys and past interactions.
 * Nobody of them exists: names are put together from lists, phone numbers are those kept for fiction, addresses of
 * email end in example.org, and the NPIs have a wrong check digit. The same options make the same records; writing them
 * twice into one store adds nothing. Blocks; on the store's thread.
 */
gboolean
rounds_demo_data_write (RoundsRecordStore *store, const RoundsDemoOptions *options, RoundsProgressFunc progress,
                        gpointer progress_data, GCancellable *cancellable, GError **error)
{
  g_auto (Demo) self = { 0 };
  gboolean done;

  demo_init (&self, store, options);
  self.progress = progress;
  self.progress_data = progress_data;
  self.cancellable = cancellable;

  self.open = rounds_record_store_begin (store, error);
  done = self.open && write_all (&self, options, error);
  if (!self.open || !rounds_record_store_end (store, done, error))
    return FALSE;
  if (progress != NULL)
    progress (self.total, self.total, progress_data);
  return TRUE;
}
