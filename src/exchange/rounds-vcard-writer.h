/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-names.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_VCARD_3, /* RFC 2426: what phones and older programs read */
  ROUNDS_VCARD_4, /* RFC 6350 */
} RoundsVcardVersion;

gboolean rounds_vcard_append (GString *card, RoundsVcardVersion version, RoundsRecordStore *store,
                              RoundsRecordNames *names, RoundsRecord *contact, GError **error);
char *rounds_vcard_escape (const char *text);

G_END_DECLS
