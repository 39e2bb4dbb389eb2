/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_NAME_CASE_FAMILY, /* "VAN DER BERG" is "van der Berg", "O'BRIEN" is "O'Brien" */
  ROUNDS_NAME_CASE_GIVEN,  /* "MARIA DE LOS ANGELES" is "Maria de los Angeles", "JD" stays */
  ROUNDS_NAME_CASE_TITLE,  /* places, specialities, organisations: "ISLE OF PALMS" is "Isle of Palms" */
} RoundsNameCase;

typedef enum
{
  ROUNDS_TEXT_NO_CASE,
  ROUNDS_TEXT_CAPITALS, /* only capitals */
  ROUNDS_TEXT_SMALL,    /* small letters, perhaps capitals too */
} RoundsTextCase;

/** RoundsPersonName: the parts of a name, each (owned) (nullable). */
typedef struct
{
  char *prefix;
  char *given;
  char *family;
  char *suffix;
  char *credentials;
} RoundsPersonName;

char *rounds_name_from_capitals (const char *text, RoundsNameCase kind);
gboolean rounds_word_is_one_of (const char *const *words, const char *word);
RoundsTextCase rounds_text_find_case (const char *text);
gboolean rounds_text_is_capitals (const char *text);
gboolean rounds_name_is_prefix (const char *word);
void rounds_person_name_parse (RoundsPersonName *self, const char *text);
void rounds_person_name_clear (RoundsPersonName *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsPersonName, rounds_person_name_clear)

G_END_DECLS
