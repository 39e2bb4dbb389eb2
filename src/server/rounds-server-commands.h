/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int rounds_server_run (int argc, char *argv[]);

/* The commands, by file. Each takes its arguments without the program's name and returns an exit code. */
int rounds_server_serve (char **arguments);
int rounds_server_user (char **arguments);
int rounds_server_demo (char **arguments);

/* What they have in common. */
#define ROUNDS_EXIT_USAGE 2
gboolean rounds_server_parse (char ***arguments, const char *synopsis, const GOptionEntry *entries, int *status);
int rounds_server_fail (const GError *error);

G_END_DECLS
