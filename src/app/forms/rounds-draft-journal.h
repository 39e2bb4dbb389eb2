/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-json.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/**
 * RoundsDraftJournal:
 *
 * Keeps what is being typed into one form in the store's drafts, a second after it was typed at the latest, so that a
 * crash, a kill or a closed dialog loses nothing. The draft of a form is found by the form's name, such as
 * "interaction:<record id>". Main thread.
 */
#define ROUNDS_TYPE_DRAFT_JOURNAL (rounds_draft_journal_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDraftJournal, rounds_draft_journal, ROUNDS, DRAFT_JOURNAL, GObject)

/* Returns: (transfer full) (nullable): what is in the form as JSON; NULL if there is nothing worth keeping */
typedef char *(*RoundsDraftFunc) (gpointer data);

/* Returns: whether @draft is one of those that are looked for */
typedef gboolean (*RoundsDraftFitsFunc) (RoundsRecord *draft, gpointer data);

RoundsDraftJournal *rounds_draft_journal_new (RoundsStore *store, const char *form, RoundsRecord *draft,
                                              RoundsDraftFunc describe, gpointer data);
void rounds_draft_journal_set_delay (RoundsDraftJournal *self, guint delay);
void rounds_draft_journal_touch (RoundsDraftJournal *self);
void rounds_draft_journal_flush (RoundsDraftJournal *self);
void rounds_draft_journal_discard (RoundsDraftJournal *self);
gboolean rounds_draft_journal_close (RoundsDraftJournal *self, RoundsUuid *draft);
void rounds_draft_journal_reopen (RoundsDraftJournal *self, gboolean saved);

gboolean rounds_draft_look_up (RoundsStore *store, const char *form, RoundsRecord **draft, GError **error);
gboolean rounds_draft_look_up_new (RoundsStore *store, const char *prefix, RoundsEntity entity,
                                   RoundsDraftFitsFunc fits, gpointer data, RoundsRecord **draft, GError **error);

char *rounds_draft_describe_lack (const GError *error);

yyjson_mut_val *rounds_draft_describe (RoundsRecord *record, RoundsRecord *base, yyjson_mut_doc *doc);
char *rounds_draft_add_base (const char *body, RoundsRecord *stored);
RoundsRecord *rounds_draft_read_base (RoundsRecord *draft, RoundsRecord *stored);
char *rounds_draft_write (RoundsRecord *record, RoundsRecord *base);
RoundsRecord *rounds_draft_read (RoundsRecord *draft, RoundsEntity entity);
gboolean rounds_draft_restore (RoundsStore *store, RoundsRecord *draft, RoundsEntity entity, RoundsRecord **record,
                               GError **error);
gboolean rounds_draft_read_into (RoundsRecord *draft, RoundsRecord *record);

G_END_DECLS
