/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-long-work.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"

#define PATIENCE_MS 500 /* before it is told that something goes on */
#define TELL_MS 200     /* between words about how far it is */
#define FEW 200         /* steps that take no time worth a word */

struct _RoundsLongWork
{
  RoundsAppContext *context; /* (owned) */
  GCancellable *cancellable; /* (owned) */
  guint n_steps;
  int n_done; /* atomic */
  guint timer;
  AdwToast *toast; /* (owned) (nullable) once it has taken a while */
};

static char *
describe (RoundsLongWork *self)
{
  guint done = MIN ((guint) g_atomic_int_get (&self->n_done), self->n_steps);

  /* Translators: how far a change of many records is; both are numbers. */
  return g_strdup_printf (_ ("%'u of %'u…"), done, self->n_steps);
}

static gboolean
tell_cb (gpointer data)
{
  RoundsLongWork *self = data;
  g_autofree char *text = describe (self);

  adw_toast_set_title (self->toast, text);
  return G_SOURCE_CONTINUE;
}

static gboolean
show_cb (gpointer data)
{
  RoundsLongWork *self = data;
  g_autofree char *text = describe (self);

  self->toast = adw_toast_new (text);
  adw_toast_set_use_markup (self->toast, FALSE);
  adw_toast_set_timeout (self->toast, 0);
  adw_toast_set_priority (self->toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_button_label (self->toast, _ ("_Cancel"));
  g_signal_connect_object (self->toast, "button-clicked", G_CALLBACK (g_cancellable_cancel), self->cancellable,
                           G_CONNECT_SWAPPED);
  rounds_app_context_show_toast (self->context, self->toast);
  self->timer = g_timeout_add (TELL_MS, tell_cb, self);
  return G_SOURCE_REMOVE;
}

/**
 * rounds_long_work_begin:
 * @context: the application
 * @n_steps: about how many records there are to change
 *
 * Returns: (transfer full): the work, until rounds_long_work_end()
 */
RoundsLongWork *
rounds_long_work_begin (RoundsAppContext *context, guint n_steps)
{
  RoundsLongWork *self = g_new0 (RoundsLongWork, 1);

  self->context = g_object_ref (context);
  self->cancellable = g_cancellable_new ();
  self->n_steps = n_steps;
  if (n_steps > FEW)
    self->timer = g_timeout_add (PATIENCE_MS, show_cb, self);
  return self;
}

/** rounds_long_work_get_cancellable: Returns: (transfer none): with which the work is to be run */
GCancellable *
rounds_long_work_get_cancellable (RoundsLongWork *self)
{
  return self->cancellable;
}

/**
 * rounds_long_work_step:
 * @error: (out) (optional): %ROUNDS_ERROR_CANCELLED
 *
 * One more record is done. Any thread.
 *
 * Returns: whether to go on
 */
gboolean
rounds_long_work_step (RoundsLongWork *self, GError **error)
{
  g_atomic_int_inc (&self->n_done);
  if (!g_cancellable_is_cancelled (self->cancellable))
    return TRUE;
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED, _ ("Cancelled"));
  return FALSE;
}

/**
 * rounds_long_work_end:
 * @self: (transfer full): the work
 * @error: (nullable): why nothing came of it, which the user is told
 */
void
rounds_long_work_end (RoundsLongWork *self, const GError *error)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_clear_object (&self->toast);
  if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rounds_app_context_toast (self->context, _ ("Cancelled. Nothing was changed."));
  else if (error != NULL)
    rounds_app_context_report (self->context, error);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  g_free (self);
}
