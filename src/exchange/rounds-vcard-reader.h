/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-table-reader.h"

G_BEGIN_DECLS

/**
 * RoundsVcardReader:
 *
 * Reads vCards of versions 2.1, 3.0 and 4.0 as a table: a first row that names the columns, then a row for each card. A
 * card that is broken is a row with a problem and costs the others nothing. Of several telephone numbers, addresses of
 * email and addresses one is chosen, the preferred one; the others have columns of their own.
 */
#define ROUNDS_TYPE_VCARD_READER (rounds_vcard_reader_get_type ())
G_DECLARE_FINAL_TYPE (RoundsVcardReader, rounds_vcard_reader, ROUNDS, VCARD_READER, GObject)

RoundsVcardReader *rounds_vcard_reader_open (GFile *file, const char *encoding, GCancellable *cancellable,
                                             GError **error);
const char *rounds_vcard_reader_get_encoding (RoundsVcardReader *self);

G_END_DECLS
