/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record.h"

G_BEGIN_DECLS

/* What people were told is saved: the side of the story that the programs must not contradict later. Every value and
 * every word is one of its kind, so that what became of it can be found out. */

typedef enum
{
  SIM_DEED_SAVE, /* anything, of a record */
  SIM_DEED_CREATE,
  SIM_DEED_WORD,       /* put into a long text */
  SIM_DEED_STRIKE,     /* taken out of it */
  SIM_DEED_STRIKE_ONE, /* taken out where it stands twice, as on both sides of an overlap */
  SIM_DEED_VALUE,      /* put in place of another value */
  SIM_DEED_DELETE,
  SIM_DEED_DELETE_PART, /* of somebody who was merged into a person, with whom they went; or of what was kept once */
  SIM_DEED_RESTORE,
  SIM_DEED_MERGE,   /* of two people */
  SIM_DEED_UNMERGE, /* … who are two again */
  SIM_DEED_OWNER,   /* somebody was asked whose it is, and said it */
} SimDeedKind;

typedef struct
{
  SimDeedKind kind;
  guint event;
  guint actor;
  RoundsEntity entity;
  RoundsUuid record;
  guint field;
  char *value;          /* (owned) (nullable): the word, or the new value as text */
  char *seen;           /* (owned) (nullable): the value that was replaced, or the whole text */
  RoundsRecord *row;    /* (owned) (nullable): what was deleted, as that person saw it; the merge */
  RoundsUuid person;    /* for whom it was made; whose it is; nil: nobody */
  gboolean is_merging;  /* done by making two people one, or two again: nobody has written it */
  gboolean is_in_trash; /* done to what that person saw deleted, or made a part of another */
  gboolean is_settled;  /* one side of a conflict that somebody has decided */
  gboolean forgiven;    /* lost with the disk that was replaced by an old copy; nobody can ask for it */
} SimDeed;

typedef struct
{
  GPtrArray *deeds;         /* (owned) of SimDeed */
  gboolean server_returned; /* an old copy of the server was put back: all is said again, in another order */
  gboolean scope_changed;   /* what leaves a device takes its history there with it */
  gboolean has_merges;      /* people were merged */
  gboolean has_imports;     /* lists were imported */
  gboolean is_merging;      /* what is noted now is done by a merge, or by undoing one */
  gboolean is_in_trash;     /* what is noted now is done to what was seen deleted */
  gboolean device_returned; /* an old copy of a device was put back */
} SimLedger;

SimLedger *sim_ledger_new (void);
void sim_ledger_free (SimLedger *self);
void sim_ledger_note_save (SimLedger *self, guint event, guint actor, RoundsRecord *before, RoundsRecord *after);
void sim_ledger_note_deletion (SimLedger *self, guint event, guint actor, RoundsRecord *row, gboolean deleted);
void sim_ledger_note_part (SimLedger *self, guint event, guint actor, RoundsRecord *part);
void sim_ledger_note_merge (SimLedger *self, SimDeedKind kind, guint event, guint actor, RoundsRecord *merge);
void sim_ledger_note_owner (SimLedger *self, guint event, guint actor, RoundsRecord *record, const RoundsUuid *person);
void sim_ledger_settle (SimLedger *self, const RoundsUuid *record, guint field, const char *side);
void sim_ledger_forgive (SimLedger *self, guint since, guint actor);

const RoundsUuid *sim_ledger_get_person (RoundsRecord *record);
gboolean sim_text_has_word (const char *text, const char *word);

G_END_DECLS
