/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

/** RoundsContactPart: a section of a contact's page: which fields of which record it shows and edits, on
 * the page itself or in a dialog. */
typedef struct
{
  const char *name; /* in drafts; never changed */
  RoundsEntity entity;
  const char *title;     /* untranslated: of the section and its editor */
  const char *new_title; /* (nullable) untranslated: of the editor of a new one; NULL: there is always one */
  guint owner_field;     /* the person, or the patient; 0: the record is the person */
  gboolean is_removable;
  gboolean has_heading; /* on the page */
  const guint *fields;
  guint n_fields;
} RoundsContactPart;

const RoundsContactPart *rounds_contact_part_find (RoundsEntity entity, const char *name);

gboolean rounds_contact_part_add_companions (RoundsStore *store, RoundsRecord *record, GPtrArray *changes,
                                             GError **error);

G_END_DECLS
