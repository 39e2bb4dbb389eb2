/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#define SQLITE_HAS_CODEC 1
#include <sqlite3.h>

#include "faults.h"

/* Between the files of this folder that make faults. */

const Fault *fault_count (FaultOperation operation);
gboolean fault_is_armed_here (void); /* by this thread */
void fault_kill (void) G_GNUC_NORETURN;

void fault_memory_install (void);
void fault_statement_install (void);
void fault_vfs_install (void);

/* What was written since the last sync, file by file. */
typedef struct _FaultDisk FaultDisk;

FaultDisk *fault_disk_get (const char *path);
void fault_disk_before_write (FaultDisk *self, sqlite3_file *file, sqlite3_int64 offset, int length);
void fault_disk_before_truncate (FaultDisk *self, sqlite3_file *file, sqlite3_int64 size);
void fault_disk_synced (FaultDisk *self);
void fault_disk_lose_all (FaultLoss loss, guint seed);
