/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-http.h"
#include "rounds-json.h"
#include "rounds-remote.h"

G_BEGIN_DECLS

/* What rounds-remote.c (the server, signing in) and rounds-remote-send.c (requests) share. */

/* The answer to a request that nobody has asked for yet: the page after the one that is being stored. */
typedef struct
{
  char *path;           /* (owned) */
  GAsyncResult *result; /* (owned) (nullable) when it is there */
  GTask *waiting;       /* (owned) (nullable) who has asked for it since */
} RoundsRemoteAhead;

struct _RoundsRemote
{
  GObject parent_instance;

  SoupSession *session;  /* (owned) */
  GMainContext *context; /* (owned): where the session lives */
  char *base_uri;        /* (owned): without a slash at its end */
  char *access_token;    /* (owned) (nullable) */
  char *refresh_token;   /* (owned) (nullable) */
  GPtrArray *waiting;    /* (owned) of GTask: what goes on when the renewal under way has ended */
  gboolean renewing;
  RoundsRemoteAhead *ahead; /* (owned, counted) (nullable) */
  gboolean is_quick;        /* this device stores the largest page before anybody waits for the disk in vain */
  gint64 page_at;           /* monotonic: when a page was handed over behind which there is more; 0: none was */
  gboolean page_is_small;
};

void rounds_remote_ahead_release (RoundsRemoteAhead *ahead);
gboolean rounds_remote_read_tokens (RoundsRemote *self, GBytes *body, yyjson_doc **doc, GError **error);
GBytes *rounds_remote_write_object (const char *const *members);
void rounds_remote_done_cb (GObject *source, GAsyncResult *result, gpointer data);
void rounds_remote_wait_for (RoundsRemote *self, GAsyncResult **result);

G_END_DECLS
