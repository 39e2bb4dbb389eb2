/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-export.h"

G_BEGIN_DECLS

/**
 * RoundsPersonArchive:
 *
 * Everything that this device keeps about one person as one zip archive, to be handed to them (GDPR, article 15):
 *
 *   index.html             to be read by anybody, in any browser
 *   data.json              every record of the person's, every mention, every change that is known
 *   contact.vcf            the person as a card
 *   tables/ENTITY.csv      the person's records, an entity a table; tables/deleted/ what is in the trash
 *   tables/mentions.csv    where the person is named in what belongs to somebody else
 *   tables/changes.csv     what was changed when, and from what to what
 *
 * Of somebody else there is nothing but names, and of a mention nothing but when it was and with whom. A #RoundsExport.
 */
#define ROUNDS_TYPE_PERSON_ARCHIVE (rounds_person_archive_get_type ())
G_DECLARE_FINAL_TYPE (RoundsPersonArchive, rounds_person_archive, ROUNDS, PERSON_ARCHIVE, GObject)

RoundsPersonArchive *rounds_person_archive_new (const RoundsUuid *person, GFile *file, const char *passphrase);

G_END_DECLS
