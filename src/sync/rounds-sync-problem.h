/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ROUNDS_SYNC_PROTOCOL_HEADER "Rounds-Protocol" /* on every request and answer: MAJOR or MAJOR.MINOR */

/* 1.1: whoever says so takes bodies of requests that are packed (Content-Encoding: deflate). */
#define ROUNDS_SYNC_PROTOCOL "1.1"

gboolean rounds_sync_protocol_check (const char *header, GError **error);
gboolean rounds_sync_protocol_takes_packed (const char *header);
void rounds_sync_problem_to_error (guint status, GBytes *body, GError **error);
gboolean rounds_sync_problem_set_senseless (GError **error); /* FALSE */

G_END_DECLS
