/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "contacts/rounds-contact-filter-bar.h"
#include "contacts/rounds-contact-list.h"
#include "contacts/rounds-contact-pane.h"
#include "contacts/rounds-contacts-page.h"
#include "duplicates/rounds-duplicates-banner.h"

G_BEGIN_DECLS

struct _RoundsContactsPage
{
  AdwBin parent_instance;

  RoundsAppContext *context; /* (owned) */
  gboolean narrow;
  gboolean as_columns; /* wanted, where there is room */
  char *order;         /* (owned): as in the settings */

  GtkStack *root;
  AdwNavigationSplitView *split;
  AdwWindowTitle *title;
  RoundsContactFilterBar *bar;
  RoundsContactList *list;
  GtkActionBar *selection_bar;
  GtkLabel *selected_label;
  AdwNavigationPage *contact_page;
  RoundsContactPane *pane;
  RoundsDuplicatesBanner *duplicates;
};

/* What can be done on the page: rounds-contacts-page-actions.c */
void rounds_contacts_page_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
