/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-line-words.h"

G_BEGIN_DECLS

/* What a stretch of the line was taken for. */
typedef enum
{
  ROUNDS_LINE_TYPE,
  ROUNDS_LINE_NAME,
  ROUNDS_LINE_DURATION,
  ROUNDS_LINE_DATE,
  ROUNDS_LINE_TIME,
  ROUNDS_LINE_OUTCOME,
  ROUNDS_LINE_GLUE, /* "with", "and": says nothing by itself */
  ROUNDS_LINE_NOTES,
  ROUNDS_LINE_FOLLOW_UP,
  ROUNDS_LINE_DUE,
} RoundsLinePartKind;

typedef struct
{
  RoundsLinePartKind kind;
  gsize start; /* in bytes */
  gsize end;
} RoundsLinePart;

/** RoundsLineFollowUp: something to be done after the visit. */
typedef struct
{
  char *text;       /* (owned) (nullable): the line names a day alone */
  gboolean has_due; /* the line names a day */
  GDate due;
} RoundsLineFollowUp;

/**
 * RoundsVisitLine:
 *
 * What a line such as `visit johnson 20m dosing; send paper fri` says.
 *
 *     line      = report { ";" follow-up }
 *     report    = { type | name | duration | day | time | outcome } [ ":" | "," ] notes
 *     name      = [ title ] words { ( "and" | "+" ) name }
 *     follow-up = [ day ] text [ day ]
 *
 * What stands before the notes may come in any order, each kind once; the first word that is nothing of it begins the
 * notes, which stay as they are written. What stands behind the last comma of the notes counts as well if nothing else
 * does. The words are those of the phrases; a day without its year is the last one in a report and the next one in a
 * follow-up. Every word of the line is in exactly one part.
 */
typedef struct
{
  const char *type;    /* (nullable): a wire value, of the phrases */
  const char *outcome; /* (nullable): the same */
  gboolean no_show;
  GPtrArray *names; /* (owned) of char *: as they are written, without their titles */
  int duration;     /* in minutes; -1: not said */
  RoundsWhen when;
  char *notes;           /* (owned) (nullable) */
  GPtrArray *follow_ups; /* (owned) of RoundsLineFollowUp */
  GArray *parts;         /* (owned) of RoundsLinePart, in order */
} RoundsVisitLine;

/* Says in @n_known how many of the words, of which there is at least one, are a name that somebody has; 0: nobody is
 * called so. FALSE: it could not look. */
typedef gboolean (*RoundsNameFunc) (const char *const *words, guint n_words, guint *n_known, gpointer data,
                                    GError **error);

RoundsVisitLine *rounds_visit_line_parse (const char *line, const RoundsLineContext *context, RoundsNameFunc match_name,
                                          gpointer data, GError **error);
void rounds_visit_line_free (RoundsVisitLine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsVisitLine, rounds_visit_line_free)

G_END_DECLS
