/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app-fixture.h"

G_BEGIN_DECLS

/* What the tests of contacts, interactions and forms have in common beyond the application's fixture. */

/* In one group. */
void save_records (AppFixture *fixture, GPtrArray *records);
/* Returns: (transfer full): the person, who is a physician with a specialty and a city. */
RoundsRecord *add_physician (AppFixture *fixture, const char *given, const char *family, const char *specialty,
                             const char *city);
/* The page of @person in a window of that width. */
GtkWidget *show_contact (AppFixture *self, RoundsRecord *person, int width, GtkWidget **view);
gint64 count_records (AppFixture *fixture, RoundsEntity entity);
/* The first widget of @type below @root; for rows, with that title where one is given. */
GtkWidget *find_child (GtkWidget *root, GType type, const char *title);

G_END_DECLS
