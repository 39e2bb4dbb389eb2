/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Somebody else who uses the server at @address, "127.0.0.1:PORT", by its interface: signs in and logs an interaction,
 * while the main context goes on. Returns: (transfer full): its id */
char *colleague_log_interaction (const char *address, const char *username, const char *password);
