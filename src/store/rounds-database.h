/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "rounds-value.h"

G_BEGIN_DECLS

/**
 * RoundsDatabase:
 *
 * A connection to an SQL database, whichever it is. Statements are written once for all drivers, with `$1`, `$2` …
 * for parameters, which must appear in this order. A connection belongs to the thread that made it.
 */
#define ROUNDS_TYPE_DATABASE (rounds_database_get_type ())
G_DECLARE_INTERFACE (RoundsDatabase, rounds_database, ROUNDS, DATABASE, GObject)

typedef struct _RoundsStatement RoundsStatement;

typedef enum
{
  ROUNDS_STEP_ERROR,
  ROUNDS_STEP_ROW,
  ROUNDS_STEP_DONE,
} RoundsStep;

struct _RoundsDatabaseInterface
{
  GTypeInterface parent;

  gboolean (*exec) (RoundsDatabase *self, const char *sql, GError **error);
  RoundsStatement *(*prepare) (RoundsDatabase *self, const char *sql, GError **error);
  void (*bind) (RoundsDatabase *self, RoundsStatement *statement, int parameter, const RoundsValue *value,
                gboolean lasts);
  RoundsStep (*step) (RoundsDatabase *self, RoundsStatement *statement, GError **error);
  void (*get) (RoundsDatabase *self, RoundsStatement *statement, int column, RoundsValueKind kind, RoundsValue *value);
  void (*reset) (RoundsDatabase *self, RoundsStatement *statement);
  gboolean (*begin) (RoundsDatabase *self, GError **error);
  gboolean (*commit) (RoundsDatabase *self, GError **error);
  void (*rollback) (RoundsDatabase *self);
  gboolean (*insert) (RoundsDatabase *self, RoundsStatement *statement, gint64 *row_key, GError **error);
  gboolean (*is_read_only) (RoundsDatabase *self);
  gint64 (*get_version) (RoundsDatabase *self, GError **error);
  gboolean (*set_version) (RoundsDatabase *self, gint64 version, GError **error);
  gboolean (*set_foreign_keys) (RoundsDatabase *self, gboolean enforced, GError **error);
};

gboolean rounds_database_exec (RoundsDatabase *self, const char *sql, GError **error);
RoundsStatement *rounds_database_prepare (RoundsDatabase *self, const char *sql, GError **error);
gboolean rounds_database_begin (RoundsDatabase *self, GError **error);
gboolean rounds_database_commit (RoundsDatabase *self, GError **error);
void rounds_database_rollback (RoundsDatabase *self);
gboolean rounds_database_is_read_only (RoundsDatabase *self);
gint64 rounds_database_get_version (RoundsDatabase *self, GError **error); /* of the schema; 0: none; -1: error */
gboolean rounds_database_set_version (RoundsDatabase *self, gint64 version, GError **error);
gboolean rounds_database_set_foreign_keys (RoundsDatabase *self, gboolean enforced, GError **error);

/* A statement in use. rounds_database_prepare() keeps statements by their text; the holder resets it when done. */
struct _RoundsStatement
{
  RoundsDatabase *database;              /* (not owned) */
  const RoundsDatabaseInterface *driver; /* of the database, which would be looked up for each value otherwise */
};

void rounds_statement_bind (RoundsStatement *self, int parameter, const RoundsValue *value);
void rounds_statement_bind_lasting (RoundsStatement *self, int parameter, const RoundsValue *value);
void rounds_statement_bind_integer (RoundsStatement *self, int parameter, gint64 integer);
void rounds_statement_bind_text (RoundsStatement *self, int parameter, const char *text);
void rounds_statement_bind_uuid (RoundsStatement *self, int parameter, const RoundsUuid *uuid);
RoundsStep rounds_statement_step (RoundsStatement *self, GError **error);
gboolean rounds_statement_run (RoundsStatement *self, GError **error);
gboolean rounds_statement_insert (RoundsStatement *self, gint64 *row_key, GError **error);
void rounds_statement_get (RoundsStatement *self, int column, RoundsValueKind kind, RoundsValue *value);
gint64 rounds_statement_get_integer (RoundsStatement *self, int column);
char *rounds_statement_dup_text (RoundsStatement *self, int column);
gboolean rounds_statement_get_uuid (RoundsStatement *self, int column, RoundsUuid *uuid);
void rounds_statement_reset (RoundsStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsStatement, rounds_statement_reset)

G_END_DECLS
