/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-wall-timer.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "rounds-time.h"

/* A moment that does not come: a timer that is not armed would not be told of the clock being set either. */
#define NEVER G_GINT64_CONSTANT (253402300799000)

struct _RoundsWallTimer
{
  RoundsWallTimerFunc func;
  gpointer data;
  int fd;       /* -1: the system gives none; whoever uses the timer polls as well */
  guint source; /* 0: none */
};

static gboolean
fired_cb (int fd, GIOCondition condition, gpointer data)
{
  RoundsWallTimer *self = data;
  guint64 expirations;

  /* ECANCELED says that the clock was set; it has to be armed again either way. */
  if (read (fd, &expirations, sizeof expirations) < 0 && errno == EAGAIN)
    return G_SOURCE_CONTINUE;
  rounds_wall_timer_set (self, 0);
  self->func (self->data);

  return G_SOURCE_CONTINUE;
}

RoundsWallTimer *
rounds_wall_timer_new (RoundsWallTimerFunc func, gpointer data)
{
  RoundsWallTimer *self = g_new0 (RoundsWallTimer, 1);

  self->func = func;
  self->data = data;
  self->fd = timerfd_create (CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  if (self->fd < 0)
    g_warning ("No timer on the wall clock: %s", g_strerror (errno));
  else
    self->source = g_unix_fd_add (self->fd, G_IO_IN, fired_cb, self);

  return self;
}

void
rounds_wall_timer_set (RoundsWallTimer *self, gint64 instant)
{
  gint64 due = instant == 0 ? NEVER : MAX (instant, 1);
  struct itimerspec when = {
    .it_value = { .tv_sec = due / ROUNDS_SECOND, .tv_nsec = (due % ROUNDS_SECOND) * 1000000 },
  };

  g_return_if_fail (self != NULL);

  if (self->fd < 0)
    return;
  /* ECANCELED: the clock was set since the last call; the timer is armed all the same. */
  if (timerfd_settime (self->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &when, NULL) < 0 && errno != ECANCELED)
    g_warning ("The timer on the wall clock cannot be set: %s", g_strerror (errno));
}

/** rounds_wall_timer_free: frees @self, which calls nobody any more. */
void
rounds_wall_timer_free (RoundsWallTimer *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
