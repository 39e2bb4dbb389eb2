/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/rounds-toast.h"
#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/** AppFixture: a store of its own and a context around it, for the tests of a page. */
typedef struct
{
  char *directory;
  RoundsStore *store;
  RoundsAppContext *context;
  AdwToast *last_toast;  /* (owned) (nullable) */
  RoundsRecord *created; /* (owned) (nullable): what a page asked to make last */
  int opened_entity;     /* what a page asked to open last; -1: nothing */
  RoundsUuid opened;
} AppFixture;

/* In place of gtk_test_init(): also the application's style and icons. */
void app_test_init (int *argc, char ***argv);
void app_fixture_set_up (AppFixture *fixture, gconstpointer data);
void app_fixture_tear_down (AppFixture *fixture, gconstpointer data);

/* Turns the main loop until the condition holds; fails the test after some seconds. */
typedef gboolean (*AppCondition) (gpointer data);
void app_wait_until (AppCondition condition, gpointer data);
/* Lets what waits in the store and on the main loop happen. */
void app_settle (AppFixture *fixture);

void app_save (AppFixture *fixture, RoundsRecord *record);
/* Returns: (transfer full): somebody new */
RoundsRecord *app_add_person (AppFixture *fixture, const char *given, const char *family);
/* As a pull does it: the record is the server's now. */
void app_pull (AppFixture *fixture, RoundsRecord *record);
RoundsRecord *app_get (AppFixture *fixture, RoundsEntity entity, const RoundsUuid *id);
GPtrArray *app_list (AppFixture *fixture, RoundsQuery *query);

/* A window of the given size around a page, drawn once. */
GtkWidget *app_show (AppFixture *fixture, GtkWidget *page, int width, int height);
/* With ROUNDS_TEST_PICTURES=FOLDER, leaves a picture of what the window shows there. */
void app_take_picture (GtkWidget *window, const char *name);
GtkWidget *app_find_widget (GtkWidget *root, GType type, guint index);
/* (transfer full): whom the row of a list of contacts is about. */
RoundsRecord *app_get_contact (GListModel *rows, guint position);
/* Whether a label below @root that is not hidden says @text, among other things. */
gboolean app_tells (GtkWidget *root, const char *text);

G_END_DECLS
