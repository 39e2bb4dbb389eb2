/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsPageInfo:
 * @id: the page's name in actions and in the view stack, e.g. "contacts"
 * @title: its title, untranslated (marked with N_())
 * @icon_name: its symbolic icon
 * @create: makes the page when it is shown for the first time
 *
 * A page of the sidebar: an AdwBin that holds its own AdwToolbarView with an AdwHeaderBar. It may install two actions
 * at class level (gtk_widget_class_install_action()), which the window's shortcuts call on the page in front:
 * "page.search" (Ctrl+F) and "page.new" (Ctrl+N).
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *icon_name;
  GtkWidget *(*create) (RoundsAppContext *context);
} RoundsPageInfo;

/**
 * RoundsDialogFunc:
 * @parent: the widget over which the dialog is presented
 * @context: the context
 * @record: a stored record to edit, or a new one that is filled in already; the dialog keeps its own copy
 *
 * Presents the dialog of one entity. Each entity's dialog has a function of this type.
 */
typedef void (*RoundsDialogFunc) (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *record);

/**
 * RoundsOpener:
 * @entity: the entity
 * @present: (nullable): its dialog, for new records and, where @page is %NULL, for existing ones
 * @page: (nullable): the id of the page that shows existing records
 * @open: (nullable): shows the record in that page
 *
 * What the window does when a page calls rounds_app_context_open() or rounds_app_context_create().
 */
typedef struct
{
  RoundsEntity entity;
  RoundsDialogFunc present;
  const char *page;
  void (*open) (GtkWidget *page, const RoundsUuid *id);
} RoundsOpener;

/**
 * rounds_registry_get_pages:
 *
 * Returns: (transfer none): the pages in the sidebar's order; the last one has no id
 */
const RoundsPageInfo *rounds_registry_get_pages (void);

/**
 * rounds_registry_find_page:
 * @id: a page's id
 *
 * Returns: (transfer none) (nullable): the page
 */
const RoundsPageInfo *rounds_registry_find_page (const char *id);

/**
 * rounds_registry_find_opener:
 * @entity: an entity
 *
 * Returns: (transfer none) (nullable): how its records are opened and made, or %NULL where nothing shows them
 */
const RoundsOpener *rounds_registry_find_opener (RoundsEntity entity);

G_END_DECLS
