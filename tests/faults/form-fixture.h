/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "contacts-fixture.h"
#include "faults.h"

G_BEGIN_DECLS

/* Forms over a store that has all that they ask for, for tests in which a form is opened or saved while something
 * fails. */

/* An organisation that there is. */
#define FORM_CLINIC "Clinic"

typedef struct _FormWorld FormWorld;

typedef struct
{
  const char *name;
  void (*present) (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *record);
  const char *save;    /* the action */
  RoundsEntity entity; /* of the record that the form is about */
  gboolean is_new;
  RoundsEntity typed_entity; /* what is typed into: one of its fields, with or without a part's */
  guint typed_field;
  const char *typed;                         /* (nullable): nothing */
  const char *first;                         /* (nullable): the action that begins to amend what was submitted */
  GtkWidget *(*find_row) (FormWorld *world); /* (nullable): what is typed into, where that is no field's */
} Form;

struct _FormWorld
{
  AppFixture fixture;
  const Form *form;
  GtkWidget *window;
};

/* In place of app_test_init(). What is stored is in memory where there is room for it, as nobody asks here whether it
 * outlives anything: most of the time would go to waiting for the disk. */
void form_test_init (int *argc, char ***argv);

void form_world_set_up (FormWorld *world);
void form_world_tear_down (FormWorld *world);
/* Returns: (transfer full): all that a server would get, without what differs from one device to the other */
char *form_world_describe (FormWorld *world);

/* Returns: (transfer full): what the form is about */
RoundsRecord *form_dup_subject (FormWorld *world);
/* @fault: (nullable): what happens meanwhile, for faults_arm() */
void form_open (FormWorld *world, const Fault *fault, guint n);
/* Returns: (nullable): NULL once it is closed */
GtkWidget *form_get_root (FormWorld *world);
GtkWidget *form_find_row (FormWorld *world);
GtkWidget *form_find_reason (FormWorld *world);
/* Returns: (transfer full) (nullable): what is typed */
char *form_dup_text (FormWorld *world);
/* As a user does it, who cannot where it is locked. Returns: whether it can be typed */
gboolean form_type (FormWorld *world, const char *text);

G_END_DECLS
