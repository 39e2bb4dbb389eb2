/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

struct _RoundsRecordStore
{
  GObject parent_instance;

  RoundsDatabase *database; /* (owned) */
  RoundsStoreRole role;
  RoundsUuid actor;
  RoundsUuid device;

  /* The open transaction. */
  gboolean in_transaction;
  gboolean is_remote; /* foreign keys are off until it ends */
  RoundsUuid group;
  GPtrArray *log;  /* (owned): RoundsChange that are not written yet */
  GArray *touched; /* (owned): RoundsTouched */
  gboolean touched_many[ROUNDS_N_ENTITIES];

  char *select_sql[ROUNDS_N_ENTITIES]; /* (owned): "SELECT columns FROM table" */
};

/* Reading: rounds-record-reader.c */
const char *rounds_record_store_get_select_sql (RoundsRecordStore *self, RoundsEntity entity);
RoundsRecord *rounds_record_store_read_row (RoundsStatement *statement, RoundsEntity entity);

/* The log: rounds-change-log.c */
void rounds_record_store_add_to_log (RoundsRecordStore *self, RoundsRecord *record, RoundsRecord *before,
                                     RoundsOperation operation, guint64 changed);
gboolean rounds_record_store_flush_log (RoundsRecordStore *self, GError **error);

G_END_DECLS
