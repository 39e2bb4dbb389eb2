/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-lesson.h"

#include "fault-state.h"

/**
 * fault_lesson_learn:
 *
 * Runs @scenario once without a fault, closing of the store included.
 *
 * Returns: (transfer full): what it did
 */
FaultLesson *
fault_lesson_learn (FaultSite *site, const FaultScenario *scenario)
{
  static const Fault counting = { .name = "counting" };
  FaultLesson *self = g_new0 (FaultLesson, 1);
  g_autoptr (GError) error = NULL;

  self->scenario = scenario;
  self->states = g_ptr_array_new_with_free_func (g_free);
  fault_lesson_begin (self, site);
  g_ptr_array_add (self->states, site->store != NULL ? fault_state_dump (site->store) : g_strdup ("no file"));

  site->states = g_ptr_array_ref (self->states);
  faults_arm (&counting, 0);
  scenario->run (site, &error);
  g_assert_no_error (error);
  fault_site_close (site);
  faults_disarm ();
  g_clear_pointer (&site->states, g_ptr_array_unref);

  for (int operation = 0; operation < FAULT_N_OPERATIONS; operation++)
    self->counts[operation] = faults_get_count (operation);
  return self;
}

void
fault_lesson_free (FaultLesson *self)
{
  g_ptr_array_unref (self->states);
  g_free (self);
}

/** fault_lesson_begin: puts @site where the scenario begins. */
void
fault_lesson_begin (FaultLesson *self, FaultSite *site)
{
  g_autoptr (GError) error = NULL;

  fault_site_put (site, self->scenario->begins_with);
  if (!self->scenario->opens)
    fault_site_open (site, &error);
  g_assert_no_error (error);
}

/* Tells the lines of @a that @b does not have. */
static void
tell_lines (const char *a, const char *b, const char *what)
{
  g_auto (GStrv) lines = g_strsplit (a, "\n", -1);
  g_auto (GStrv) others = g_strsplit (b, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) others, lines[i]))
      g_test_message ("%s: %s", what, lines[i]);
}

/**
 * fault_lesson_assert_state:
 * @first: a number of marks
 * @last: likewise
 *
 * The open store is in one of the states from @first to @last, and in nothing between.
 */
void
fault_lesson_assert_state (FaultLesson *self, FaultSite *site, guint first, guint last)
{
  g_autofree char *state = fault_state_dump (site->store);

  g_assert_cmpuint (first, <, self->states->len);
  for (guint i = first; i <= MIN (last, self->states->len - 1); i++)
    if (g_str_equal (state, g_ptr_array_index (self->states, i)))
      return;
  tell_lines (g_ptr_array_index (self->states, first), state, "lost");
  tell_lines (state, g_ptr_array_index (self->states, first), "not expected");
  g_error ("%s: another state than after step %u", self->scenario->name, first);
}

/** fault_lesson_assert_complete: opened anew, @site has everything, and its parts agree. */
void
fault_lesson_assert_complete (FaultLesson *self, FaultSite *site)
{
  g_autoptr (GError) error = NULL;

  fault_site_close (site);
  fault_site_open (site, &error);
  g_assert_no_error (error);
  fault_lesson_assert_state (self, site, self->states->len - 1, self->states->len - 1);
  fault_state_assert_sound (site->store);
}
