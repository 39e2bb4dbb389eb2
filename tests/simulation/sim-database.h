/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-database.h"

G_BEGIN_DECLS

/**
 * SimDatabase:
 *
 * The real SQLite driver over a database in memory, with a process around it that can die: at a commit that was chosen,
 * just before or just after it. From then on everything fails, as for a process that is gone; what was committed is
 * there when the next process comes. Can be copied as a whole and put back, as an administrator does with a file.
 */
#define SIM_TYPE_DATABASE (sim_database_get_type ())
G_DECLARE_FINAL_TYPE (SimDatabase, sim_database, SIM, DATABASE, GObject)

/** SimImage: a whole database at one moment. */
typedef struct _SimImage SimImage;

SimDatabase *sim_database_new (void);
void sim_database_die_at_commit (SimDatabase *self, guint n, gboolean after);
void sim_database_disarm (SimDatabase *self);
void sim_database_kill (SimDatabase *self);
gboolean sim_database_is_dead (SimDatabase *self);
void sim_database_revive (SimDatabase *self);
guint64 sim_database_get_commits (SimDatabase *self);

void sim_database_keep_beginning (SimDatabase *self);
void sim_database_begin_anew (SimDatabase *self);
SimImage *sim_database_copy (SimDatabase *self);
void sim_database_put_back (SimDatabase *self, SimImage *image);
SimImage *sim_image_new_from_file (const char *path, const guint8 *key);
void sim_image_free (SimImage *image);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimImage, sim_image_free)

G_END_DECLS
