/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RoundsError:
 * @ROUNDS_ERROR_FAILED: anything that fits no other code; not to be repeated as it is
 * @ROUNDS_ERROR_INVALID: a value breaks a rule; rounds_error_get_field() names the field
 * @ROUNDS_ERROR_NOT_FOUND: the record, file or table is not there
 * @ROUNDS_ERROR_EXISTS: a unique value is taken
 * @ROUNDS_ERROR_CONFLICT: the record changed since it was read
 * @ROUNDS_ERROR_LOCKED: another program holds the database
 * @ROUNDS_ERROR_WRONG_KEY: no key slot opens with the secret that was given
 * @ROUNDS_ERROR_CORRUPT: the file is damaged or is not what it should be
 * @ROUNDS_ERROR_TOO_NEW: written by a newer version of Rounds
 * @ROUNDS_ERROR_NO_SPACE: the disk is full
 * @ROUNDS_ERROR_UNREACHABLE: the server cannot be reached; trying later may help
 * @ROUNDS_ERROR_PROTOCOL: the other side answered something that makes no sense
 * @ROUNDS_ERROR_UNAUTHORIZED: signing in is needed
 * @ROUNDS_ERROR_FORBIDDEN: signed in, but not allowed
 * @ROUNDS_ERROR_CANCELLED: stopped by the user
 *
 * The one error domain of Rounds. Every border (SQLite, libsoup, files) converts into it once. Messages are
 * complete sentences for the user, translated, and hold no personal data.
 */
typedef enum
{
  ROUNDS_ERROR_FAILED,
  ROUNDS_ERROR_INVALID,
  ROUNDS_ERROR_NOT_FOUND,
  ROUNDS_ERROR_EXISTS,
  ROUNDS_ERROR_CONFLICT,
  ROUNDS_ERROR_LOCKED,
  ROUNDS_ERROR_WRONG_KEY,
  ROUNDS_ERROR_CORRUPT,
  ROUNDS_ERROR_TOO_NEW,
  ROUNDS_ERROR_NO_SPACE,
  ROUNDS_ERROR_UNREACHABLE,
  ROUNDS_ERROR_PROTOCOL,
  ROUNDS_ERROR_UNAUTHORIZED,
  ROUNDS_ERROR_FORBIDDEN,
  ROUNDS_ERROR_CANCELLED,
} RoundsError;

#define ROUNDS_ERROR (rounds_error_quark ())
GQuark rounds_error_quark (void);

void rounds_set_field_error (GError **error, const char *field, const char *format, ...) G_GNUC_PRINTF (3, 4);
const char *rounds_error_get_field (const GError *error);
void rounds_error_set_retry_after (GError *error, gint64 wait);
gint64 rounds_error_get_retry_after (const GError *error);

G_END_DECLS
