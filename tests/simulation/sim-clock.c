/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-clock.h"

#include "rounds-password.h"
#include "rounds-time.h"
#include "rounds-uuid.h"

/* What the linker puts in place of. */
gint64 __wrap_rounds_time_now (void);
RoundsUuid __wrap_rounds_uuid_new (void);
char *__wrap_rounds_password_hash (const char *password, GError **error);

/* The functions that are replaced have no context to pass this by. */
static gint64 the_time;
static guint64 the_seed; /* of ids */
static guint n_threads;  /* other ones that have made ids since @the_seed was told */

/* A thread's own row of ids: that which reads an import ahead makes ids while this one does. */
static _Thread_local guint64 ids;
static _Thread_local gboolean has_ids;

/** sim_clock_set: what the clock of the simulated process shows from now on, ms UTC. */
void
sim_clock_set (gint64 now)
{
  the_time = now;
}

gint64
__wrap_rounds_time_now (void)
{
  return the_time;
}

/** sim_ids_begin: ids come from @seed from now on, so that leaving out an event leaves the ids of the others alone.
 * Those of other threads as well, which begin after this call and end before the next one, one after the other. */
void
sim_ids_begin (guint64 seed)
{
  the_seed = ids = seed;
  has_ids = TRUE;
  n_threads = 0;
}

RoundsUuid
__wrap_rounds_uuid_new (void)
{
  RoundsUuid uuid;
  guint64 high, low;

  if (!has_ids)
    ids = sim_mix (the_seed, ++n_threads);
  has_ids = TRUE;
  high = sim_roll (&ids);
  low = sim_roll (&ids);
  for (int i = 0; i < 8; i++)
    {
      uuid.bytes[i] = (guint8) (high >> (8 * i));
      uuid.bytes[8 + i] = (guint8) (low >> (8 * i));
    }
  uuid.bytes[6] = (guint8) (0x70 | (uuid.bytes[6] & 0x0f));
  uuid.bytes[8] = (guint8) (0x80 | (uuid.bytes[8] & 0x3f));
  return uuid;
}

/* Nobody signs in by password here, and making one takes longer than a whole simulated day. */
char *
__wrap_rounds_password_hash (const char *password, GError **error)
{
  return g_strdup ("none");
}

/* Steele, Lea, Flood, Fast Splittable Pseudorandom Number Generators, 2014: the finisher of SplitMix64. */
static guint64
finish (guint64 z)
{
  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/** sim_mix: a number that depends on both and looks like neither. */
guint64
sim_mix (guint64 a, guint64 b)
{
  return finish (finish (a + G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) ^ b);
}

/** sim_roll: the next number of the row that @state began. */
guint64
sim_roll (guint64 *state)
{
  *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return finish (*state);
}

/** sim_roll_below: the next number, below @sides, which is not 0. */
guint
sim_roll_below (guint64 *state, guint sides)
{
  return (guint) (sim_roll (state) % sides);
}
