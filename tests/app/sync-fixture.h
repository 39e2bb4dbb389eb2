/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The application's sync with a server, which is the real one, in this process. */

#pragma once

#include "app-fixture.h"
#include "http-fixture.h"
#include "sync/rounds-sync-service.h"

G_BEGIN_DECLS

typedef struct
{
  AppFixture app;
  HttpFixture server; /* with the reps ama and bob */
  RoundsSyncService *service;
  GError *error; /* of the last sign-in */
} SyncFixture;

void sync_fixture_set_up (SyncFixture *fixture, gconstpointer data);
void sync_fixture_tear_down (SyncFixture *fixture, gconstpointer data);

void sync_sign_in (SyncFixture *fixture, const char *username, const char *password);
void sync_sign_in_at (SyncFixture *fixture, const char *server, const char *username, const char *password);
/* A condition for app_wait_until(): nothing waits here, and somebody has looked at the server. */
gboolean sync_is_all_safe (gpointer fixture);
void sync_assert_summary (SyncFixture *fixture, const char *beginning);
/* Returns: (transfer full) (nullable): the person as the server has them */
RoundsRecord *sync_get_from_server (SyncFixture *fixture, const RoundsUuid *id);

G_END_DECLS
