/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server as a device meets it: behind a socket on loopback, with its database in a folder of its own. */

#pragma once

#include "rounds-http-server.h"

G_BEGIN_DECLS

/* Of every account. */
#define HTTP_FIXTURE_PASSWORD "correct horse"

typedef struct
{
  char *folder;
  char *database;
  char *address; /* with the port, which it keeps while it is down */
  RoundsApiWorker *worker;
  RoundsHttpServer *http; /* (nullable) while it is down */
} HttpFixture;

/* Makes an account in the database at @database, which is a server's. */
void http_fixture_add_user (const char *database, const char *username, const char *role);

/* Starts it. @users: names and their roles, in pairs, ended by NULL */
void http_fixture_set_up (HttpFixture *self, gconstpointer users);
void http_fixture_tear_down (HttpFixture *self, gconstpointer users);

/* Takes it down, once what it was asked is answered; and up again. */
void http_fixture_stop (HttpFixture *self);
void http_fixture_start (HttpFixture *self);

G_END_DECLS
