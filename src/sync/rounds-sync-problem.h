/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ROUNDS_SYNC_PROTOCOL_HEADER "Rounds-Protocol" /* on every request and answer: MAJOR or MAJOR.MINOR */
#define ROUNDS_SYNC_PROTOCOL "1"

gboolean rounds_sync_protocol_check (const char *header, GError **error);
void rounds_sync_problem_to_error (guint status, GBytes *body, GError **error);

G_END_DECLS
