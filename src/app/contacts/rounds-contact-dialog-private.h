/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "contacts/rounds-contact-dialog.h"
#include "duplicates/rounds-duplicate-hints.h"
#include "forms/rounds-draft-journal.h"
#include "forms/rounds-form-save.h"
#include "forms/rounds-record-form.h"

G_BEGIN_DECLS

/* What the drafts' names begin with. */
#define ROUNDS_CONTACT_DRAFT_PREFIX "person"

/* A record that is written in one form, and on which switch it hangs. */
typedef struct
{
  RoundsRecordForm *form; /* (not owned) */
  AdwSwitchRow *role;     /* (not owned) (nullable) whether the record is wanted at all */
  const char *type;       /* (nullable) of that role */
  guint person_field;     /* the record's reference to the person */
  RoundsRecord *record;   /* (owned) as stored, or new */
  gboolean is_stored;
} Part;

typedef enum
{
  PART_PHYSICIAN,
  PART_PATIENT,
  PART_LEAD,
  PART_STAFF,
  PART_ADDRESS,
  PART_AFFILIATION,
  N_PARTS,
} PartId;

struct _RoundsContactDialog
{
  RoundsRecordDialog parent_instance;

  GPtrArray *roles; /* (owned) those that the person has */
  Part parts[N_PARTS];
  RoundsFormUndo *undo;        /* (owned) (nullable) from saving until it is offered */
  RoundsDuplicateHints *hints; /* (owned) */

  GtkButton *save_button;
  RoundsRecordForm *person_form;
  RoundsRecordForm *personal_form;
  RoundsRecordForm *physician_form;
  RoundsRecordForm *patient_form;
  RoundsRecordForm *lead_form;
  RoundsRecordForm *staff_form;
  RoundsRecordForm *address_form;
  RoundsRecordForm *affiliation_form;
  AdwSwitchRow *is_physician;
  AdwSwitchRow *is_patient;
  AdwSwitchRow *is_lead;
  AdwSwitchRow *is_staff;
};

char *rounds_contact_draft_describe (RoundsRecordDialog *dialog);
gboolean rounds_contact_draft_goes_on_with (RoundsRecordDialog *dialog, RoundsRecord *draft);
gboolean rounds_contact_draft_restore (RoundsRecordDialog *dialog, RoundsRecord *draft);

G_END_DECLS
