/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "sync-world.h"

typedef enum
{
  AS_IT_SHOULD,
  SILENT,
  HTML,
  REDIRECT,
  NO_HEADER,
  OTHER_VERSION,
  FAILING,
  BUSY,
  FORBIDDING,
  TOO_LONG,
} Mood;

/* A server with just enough manners, and a mood that a test chooses. */
typedef struct
{
  SoupServer *http;
  char *address;
  Mood mood;
  int token;    /* the number of the access token that counts */
  int renewals; /* that were asked for */
  int good_for; /* requests, then an access token has run out; 0: any number */
  int used;     /* how often it was used */
  guint busy;   /* the status of one that is busy */
  const char *retry_after;
  const char *stall_at; /* (nullable): the path whose answer does not end */
  gboolean cuts_pages;  /* in the middle, but says that they are whole */
  guint renewals_left;  /* after so many, renewing is refused; 0: never */
  gboolean refuse_renewal;
  gboolean refuse_all; /* whatever the token */
  guint requests;
  const char *version;     /* (nullable): of the protocol, NULL for the first */
  char *encoding;          /* (owned) (nullable): of the last request's body */
  GBytes *body;            /* (owned) (nullable): of the last request */
  SoupServerMessage *held; /* what a silent server does not answer */
  World *world;
} Server;

void server_set_up (Server *server);
void server_tear_down (Server *server);
