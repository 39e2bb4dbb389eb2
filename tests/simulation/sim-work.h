/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-world.h"

G_BEGIN_DECLS

/** SimWork: what one person does in one event. */
typedef struct
{
  SimWorld *world;
  const SimEvent *event;
  SimPeer *peer;
  guint64 dice;
  guint n_words;      /* made in this event */
  GPtrArray *records; /* (owned) of RoundsRecord: what is saved as one group at the end */
} SimWork;

guint sim_work_roll (SimWork *work, guint sides);
void sim_work_save (SimWork *work);
void sim_work_set_deleted (SimWork *work, RoundsEntity entity, const RoundsUuid *id, gboolean deleted);

/* What needs a person: sim-review.c */
void sim_review_resolve (SimWork *work);
void sim_review_mend (SimWork *work);

G_END_DECLS
