/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-demo-data.h"
#include "rounds-demo-random.h"
#include "rounds-time.h"

G_BEGIN_DECLS

/* What the parts of the demo data's making share. One file each makes the catalogue (specialities, conditions, trials
 * …), the people, the diary and the past interactions. */

typedef enum
{
  DEMO_PHYSICIAN,
  DEMO_PATIENT,
  DEMO_LEAD,
  DEMO_CAREGIVER,
  DEMO_REP,
} DemoKind;

/* What later parts need to know of a person. */
typedef struct
{
  RoundsUuid id;
  DemoKind kind;
  char *name;       /* (owned): without prefix */
  RoundsUuid role;  /* the physician or patient record; nil for others */
  int organisation; /* index, or -1 */
  int condition;    /* index, or -1: patients and leads */
} DemoPerson;

typedef struct
{
  RoundsUuid id;
  char *name;              /* (owned) */
  char *lines;             /* (owned) */
  const char *city;        /* static */
  const char *region;      /* static */
  const char *postal_code; /* static */
} DemoOrganisation;

typedef struct
{
  RoundsRecordStore *store; /* (not owned) */
  DemoRandom random;
  gint64 now;
  GTimeZone *zone;       /* (owned) */
  const char *zone_name; /* IANA */
  GDateTime *today;      /* (owned): midnight in the zone */

  GArray *people;        /* (owned) of DemoPerson */
  GArray *organisations; /* (owned) of DemoOrganisation */
  GArray *specialities;  /* (owned) of RoundsUuid */
  GArray *conditions;    /* (owned) of RoundsUuid, in the order of demo_conditions */
  GArray *trials;        /* (owned) of RoundsUuid */
  GArray *programs;      /* (owned) of RoundsUuid */
  GHashTable *emails;    /* (owned): taken */
  RoundsUuid staff;      /* the rep */
  gboolean has_staff;

  RoundsProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
  guint64 done;
  guint64 total;
  guint unsaved; /* records in the open transaction */
  gboolean open; /* a transaction is open */
} Demo;

typedef struct
{
  const char *name;
  const char *abbreviation;
  const char *code;
} DemoCondition;

typedef struct
{
  const char *title;
  const char *sponsor;
  const char *phase;
  int condition;
} DemoTrial;

/* rounds-demo-data.c */
RoundsRecord *demo_record_new (Demo *demo, RoundsEntity entity, gint64 recorded_at);
gboolean demo_save (Demo *demo, RoundsRecord *record, GError **error);
gboolean demo_step (Demo *demo, guint64 count, GError **error);
gint64 demo_local_instant (Demo *demo, int days, int minutes);
gboolean demo_is_workday (Demo *demo, int days);
char *demo_local_date (Demo *demo, int days);

/* rounds-demo-catalogue.c */
extern const DemoCondition demo_conditions[];
extern const guint demo_n_conditions;
extern const DemoTrial demo_trials[];
extern const guint demo_n_trials;
extern const char *const demo_products[];
extern const guint demo_n_products;
gboolean demo_write_catalogue (Demo *demo, GError **error);

/* rounds-demo-people.c */
gboolean demo_write_organisations (Demo *demo, guint count, GError **error);
gboolean demo_write_people (Demo *demo, guint count, gboolean with_rep, GError **error);

/* rounds-demo-journeys.c */
gboolean demo_write_journeys (Demo *demo, const DemoPerson *patient, GError **error);

/* rounds-demo-diary.c */
gboolean demo_write_diary (Demo *demo, GError **error);

/* rounds-demo-interactions.c */
gboolean demo_write_interactions (Demo *demo, guint64 count, GError **error);

/* rounds-demo-notes.c */
char *demo_note_new (DemoRandom *random, const char *type, const char *outcome, gboolean patient);

/* rounds-demo-names.c */
void demo_pick_name (DemoRandom *random, gboolean female, const char **given, const char **family);

G_END_DECLS
