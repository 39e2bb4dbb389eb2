/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

/* What the list of contacts tells of each: the same in a row of two lines and in columns. */
typedef enum
{
  ROUNDS_COLUMN_NAME,
  ROUNDS_COLUMN_SPECIALTY,
  ROUNDS_COLUMN_ORGANISATION,
  ROUNDS_COLUMN_PLACE,
  ROUNDS_COLUMN_LAST_SEEN,
  ROUNDS_COLUMN_TERRITORY,
  ROUNDS_COLUMN_PHONE,
  ROUNDS_COLUMN_EMAIL,
  ROUNDS_COLUMN_NPI,
  ROUNDS_N_COLUMNS,
} RoundsContactColumn;

const char *rounds_contact_column_get_id (RoundsContactColumn column);    /* in settings */
const char *rounds_contact_column_get_title (RoundsContactColumn column); /* translated */

char *rounds_contact_content_get (RoundsStore *store, RoundsRecord *contact, RoundsContactColumn column);
char *rounds_contact_content_summarize (RoundsStore *store, RoundsRecord *contact, const char *const *words);
void rounds_contact_content_forget (RoundsRecord *contact);

G_END_DECLS
