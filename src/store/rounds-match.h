/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-progress.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

/* Who may be the same person as somebody else: strong matches are asked about, possible ones shown, hints are a remark;
 * nothing is merged by itself. */

typedef enum
{
  ROUNDS_MATCH_NONE,
  ROUNDS_MATCH_HINT,     /* the same name */
  ROUNDS_MATCH_POSSIBLE, /* the same name and a place, an organisation or a date of birth */
  ROUNDS_MATCH_STRONG,   /* the same NPI, email or phone */
} RoundsMatchStrength;

/* What two people have in common. */
typedef enum
{
  ROUNDS_MATCH_NPI = 1 << 0,
  ROUNDS_MATCH_EMAIL = 1 << 1,
  ROUNDS_MATCH_PHONE = 1 << 2,
  ROUNDS_MATCH_NAME = 1 << 3,
  ROUNDS_MATCH_BIRTH_DATE = 1 << 4,
  ROUNDS_MATCH_ORGANISATION = 1 << 5,
  ROUNDS_MATCH_PLACE = 1 << 6,
} RoundsMatchReasons;

/** RoundsMatchFacts: what is known of one person, as it was entered; what is not known is %NULL. Nothing is owned. */
typedef struct
{
  const char *given_name;
  const char *family_name;
  const char *npi;
  const char *email;
  const char *phone;
  const char *birth_date;
  const char *organisation; /* its name */
  const char *postal_code;
  const char *city;
} RoundsMatchFacts;

/* How many facts can be made of one person's: two of them places. */
#define ROUNDS_MATCH_MOST_FACTS 8

/** RoundsMatchProbe: facts in the form in which they are looked for and kept, which is most of the work of either. */
typedef struct
{
  guint64 name; /* hashes; 0: not known */
  guint64 npi;
  guint64 birth_date;
  guint country; /* calling code of the telephone number */
  guint n_facts;
  struct
  {
    guint reason; /* of RoundsMatchReasons */
    guint64 hash;
  } facts[ROUNDS_MATCH_MOST_FACTS];
} RoundsMatchProbe;

void rounds_match_probe_init (RoundsMatchProbe *self, const RoundsMatchFacts *facts);

typedef struct
{
  RoundsUuid person;
  RoundsMatchStrength strength;
  guint reasons; /* of RoundsMatchReasons */
} RoundsMatch;

/** RoundsMatchPair: two people who may be one; @first is the one that was recorded first. */
typedef struct
{
  RoundsUuid first;
  RoundsUuid second;
  RoundsMatchStrength strength;
  guint reasons; /* of RoundsMatchReasons */
} RoundsMatchPair;

/**
 * RoundsMatchIndex:
 *
 * People by what tells that they are the same, in memory: some 60 bytes for each fact, whatever its length. It is
 * loaded in one pass over the store; who is added later, as an import does, is found as well. For one thread at a time.
 */
typedef struct _RoundsMatchIndex RoundsMatchIndex;

RoundsMatchIndex *rounds_match_index_new (void);
RoundsMatchIndex *rounds_match_index_load (RoundsRecordStore *store, RoundsProgressFunc progress, gpointer data,
                                           GCancellable *cancellable, GError **error);
void rounds_match_index_free (RoundsMatchIndex *self);

void rounds_match_index_add (RoundsMatchIndex *self, const RoundsUuid *person, const RoundsMatchFacts *facts);
GArray *rounds_match_index_find (RoundsMatchIndex *self, const RoundsMatchFacts *facts,
                                 const RoundsUuid *except); /* of RoundsMatch */
void rounds_match_index_add_probe (RoundsMatchIndex *self, const RoundsUuid *person, const RoundsMatchProbe *probe);
GArray *rounds_match_index_find_probe (RoundsMatchIndex *self, const RoundsMatchProbe *probe,
                                       const RoundsUuid *except); /* of RoundsMatch */
GArray *rounds_match_index_list_pairs (RoundsMatchIndex *self, RoundsMatchStrength least, GCancellable *cancellable,
                                       GError **error); /* of RoundsMatchPair */

/* "Not the same": remembered on this device. */
gboolean rounds_match_set_distinct (RoundsRecordStore *store, const RoundsUuid *a, const RoundsUuid *b,
                                    gboolean distinct, GError **error);
int rounds_match_is_distinct (RoundsRecordStore *store, const RoundsUuid *a, const RoundsUuid *b, GError **error);
GArray *rounds_match_list_proposals (RoundsRecordStore *store, RoundsMatchStrength least, RoundsProgressFunc progress,
                                     gpointer data, GCancellable *cancellable, GError **error); /* of RoundsMatchPair */

char *rounds_match_fold_name (const char *given, const char *family);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsMatchIndex, rounds_match_index_free)

G_END_DECLS
