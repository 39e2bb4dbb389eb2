/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "rounds-profile.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

/* What rounds-cli ends with: scripts rely on these, so that a number never changes its meaning. */
typedef enum
{
  ROUNDS_EXIT_OK = 0,
  ROUNDS_EXIT_FAILED = 1,
  ROUNDS_EXIT_USAGE = 2,
  ROUNDS_EXIT_NOT_FOUND = 3,
  ROUNDS_EXIT_INVALID = 4,
  ROUNDS_EXIT_LOCKED = 5,
  ROUNDS_EXIT_UNREACHABLE = 6,
  ROUNDS_EXIT_SIGN_IN = 7,
  ROUNDS_EXIT_REJECTED = 8,
} RoundsExit;

/**
 * RoundsCli:
 *
 * One run of rounds-cli: what the options that every command has say, and where the answer goes. Commands write to
 * `out` alone and return an error or a code; telling it is the caller's part.
 */
typedef struct
{
  char *data_dir;           /* (owned) (nullable) --data-dir */
  char *recovery_code_file; /* (owned) (nullable) --recovery-code-file */
  gboolean json;            /* --json */
  GOutputStream *out;       /* (owned) */
  RoundsProfile *profile;   /* (owned) (nullable) made when it is needed */
  RoundsRecordStore *store; /* (owned) (nullable) opened when it is needed */
} RoundsCli;

/* A command: arguments are those that are left after the options; code: ROUNDS_EXIT_OK unless the command sets another.
 */
typedef gboolean (*RoundsCliFunc) (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error);

typedef struct
{
  const char *name;
  const char *arguments; /* for the help: "ENTITY ID" */
  const char *summary;   /* untranslated */
  guint least, most;     /* number of arguments */
  const GOptionEntry
    *options; /* (nullable) ended by an empty one; texts are G_OPTION_ARG_FILENAME, see check_texts() */
  RoundsCliFunc run;
} RoundsCliCommand;

/* The groups of commands, each ended by an empty one. */
extern const RoundsCliCommand rounds_cli_profile_commands[];
extern const RoundsCliCommand rounds_cli_person_commands[];
extern const RoundsCliCommand rounds_cli_read_commands[];
extern const RoundsCliCommand rounds_cli_write_commands[];
extern const RoundsCliCommand rounds_cli_lock_commands[];
extern const RoundsCliCommand rounds_cli_duplicates_commands[];
extern const RoundsCliCommand rounds_cli_import_commands[];
extern const RoundsCliCommand rounds_cli_export_commands[];
extern const RoundsCliCommand rounds_cli_sync_commands[];
extern const RoundsCliCommand rounds_cli_status_commands[];

int rounds_cli_main (int argc, char **argv);

/* A mistake in how the command was called: ends with ROUNDS_EXIT_USAGE. */
#define ROUNDS_CLI_USAGE_ERROR (rounds_cli_usage_error_quark ())
GQuark rounds_cli_usage_error_quark (void);
gboolean rounds_cli_set_usage_error (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* rounds-cli-store.c */
RoundsProfile *rounds_cli_get_profile (RoundsCli *cli);
gboolean rounds_cli_get_key (RoundsCli *cli, guint8 key[ROUNDS_KEY_LENGTH], GError **error);
RoundsRecordStore *rounds_cli_open_store (RoundsCli *cli, GError **error);
char *rounds_cli_read_secret_file (const char *path, GError **error);
char *rounds_cli_ask_secret (const char *prompt);

/* rounds-cli-fields.c */
gboolean rounds_cli_parse_entity (const char *name, RoundsEntity *entity, GError **error);
gboolean rounds_cli_parse_id (const char *text, RoundsUuid *id, GError **error);
gboolean rounds_cli_set_fields (RoundsRecord *record, char **assignments, GError **error);
gboolean rounds_cli_add_conditions (RoundsQuery *query, char **conditions, GError **error);

/* rounds-cli-person.c */
gboolean rounds_cli_person_add_json (RoundsRecordStore *store, RoundsRecord *person, yyjson_mut_doc *doc,
                                     yyjson_mut_val *object, GPtrArray *kept, GError **error);
gboolean rounds_cli_person_print (RoundsCli *cli, RoundsRecordStore *store, RoundsRecord *person, GError **error);

/* rounds-cli-output.c */
gboolean rounds_cli_print (RoundsCli *cli, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);
gboolean rounds_cli_print_json (RoundsCli *cli, yyjson_mut_doc *doc, GError **error);
gboolean rounds_cli_print_record (RoundsCli *cli, RoundsRecord *record, GError **error);

/* rounds-cli-write.c */
gboolean rounds_cli_set_staff (RoundsRecordStore *store, RoundsRecord *interaction, GError **error);

/* rounds-cli-line.c */
gboolean rounds_cli_log_line (RoundsCli *cli, const char *text, const char *person, gboolean dry_run, GError **error);

G_END_DECLS
