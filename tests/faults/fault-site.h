/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-import-plan.h"
#include "rounds-record-store.h"
#include "rounds-sync-engine.h"

/* A device's store, put into a known state again and again, and the server that it syncs with. */

/* Out of reach of faults. */
typedef struct
{
  RoundsRecordStore *store; /* (owned) */
  GHashTable *answers;      /* (owned) request to GBytes: a child cannot ask the server */
} FaultServer;

typedef struct
{
  char *folder;
  char *path;               /* the database that the faults happen to */
  RoundsRecordStore *store; /* (owned) (nullable): it, while it is open */

  const char *kind;        /* (nullable) what it was before anything happened to it */
  RoundsRecordStore *peer; /* (owned) (nullable): where the site is a server, the device that syncs with it */
  char *peer_state;        /* (owned) (nullable): how that ended the first time */
  GHashTable *servers;     /* (owned) kind to FaultServer: each meets the server as it was in the beginning */
  gboolean is_child;

  RoundsImportPlan *plan; /* (owned) */

  guint *marks;      /* (owned) how many steps were acknowledged, also to a child that is gone */
  GPtrArray *states; /* (owned) (nullable) of char *: dumps, taken at each mark while there is an array */
} FaultSite;

/* States to put it into. */
#define FAULT_SITE_NOTHING NULL /* no file */
#define FAULT_SITE_DEVICE "device.db"
#define FAULT_SITE_SERVER "server.db"
#define FAULT_SITE_PEER "peer.db"           /* beside a server */
#define FAULT_SITE_VERSION_1 "device-v1.db" /* or another one of tests/data/stores */
#define FAULT_SITE_VERSION_2 "device-v2.db" /* with somebody who attended a visit */

FaultSite *fault_site_new (void);
void fault_site_free (FaultSite *self);
void fault_site_put (FaultSite *self, const char *kind);
gboolean fault_site_open (FaultSite *self, GError **error);
void fault_site_close (FaultSite *self);
const guint8 *fault_site_get_key (void);
void fault_site_mark (FaultSite *self);
gboolean fault_site_sync (FaultSite *self, GError **error);
gboolean fault_site_serve (FaultSite *self, GError **error);
RoundsUuid fault_site_get_id (const char *name);
RoundsRecord *fault_site_new_record (RoundsEntity entity, const char *name);

/* For the site alone. */
void fault_site_prepare (FaultSite *self);
GBytes *fault_server_ask (RoundsRecordStore *server, RoundsSyncRequest *request, GError **error);
void fault_server_free (FaultServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultSite, fault_site_free)
