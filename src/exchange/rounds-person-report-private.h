/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-person-walk.h"
#include "rounds-record-names.h"

G_BEGIN_DECLS

/* The parts of a person's archive: what each is made from, and how. Private to exchange/. */
typedef struct
{
  RoundsRecordStore *store; /* (not owned) */
  RoundsPersonWalk *walk;   /* (not owned) */
  RoundsRecordNames *names; /* (not owned) */
} RoundsPersonReport;

/* What may be told of a mention: nothing of whom it belongs to but the name, where it is a meeting. */
typedef struct
{
  gint64 at;  /* when it was; G_MININT64: it has no time */
  char *type; /* (owned) (nullable): of a meeting */
  char *with; /* (owned) (nullable): of a meeting, with whom */
} RoundsMention;

gboolean rounds_mention_read (RoundsMention *self, RoundsPersonReport *report, RoundsRecord *record, GError **error);
void rounds_mention_clear (RoundsMention *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsMention, rounds_mention_clear)

char *rounds_person_report_make_json (RoundsPersonReport *self, GError **error);
char *rounds_person_report_make_page (RoundsPersonReport *self, GError **error);
GBytes *rounds_person_report_make_table (RoundsPersonReport *self, RoundsEntity entity, gboolean deleted,
                                         GError **error); /* empty: no such records */
GBytes *rounds_person_report_make_mentions (RoundsPersonReport *self, GError **error);
GBytes *rounds_person_report_make_changes (RoundsPersonReport *self, GError **error);

G_END_DECLS
