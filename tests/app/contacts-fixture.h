/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

/* A store in a folder of its own and the context around it, with what the context was asked for. */
typedef struct
{
  char *folder;
  RoundsStore *store;
  RoundsAppContext *context;
  GPtrArray *toasts;  /* of AdwToast, in order */
  GPtrArray *created; /* of RoundsRecord: what was asked to be made */
  guint opened;       /* how many records were asked to be opened */
} ContactsFixture;

void contacts_fixture_set_up (ContactsFixture *self, gconstpointer data);
void contacts_fixture_tear_down (ContactsFixture *self, gconstpointer data);

/* Runs the main loop until the condition holds; fails after half a minute. */
typedef gboolean (*Condition) (gpointer data);
void wait_until (Condition condition, gpointer data);
/* Runs the main loop until the store has written everything that waits. */
void wait_for_store (ContactsFixture *self);

void save_records (ContactsFixture *self, GPtrArray *records);
void save_record (ContactsFixture *self, RoundsRecord *record);
RoundsRecord *add_physician (ContactsFixture *self, const char *given, const char *family, const char *specialty,
                             const char *city);
gint64 count_records (ContactsFixture *self, RoundsEntity entity);
GtkWidget *find_child (GtkWidget *root, GType type, const char *title);
