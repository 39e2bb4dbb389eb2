/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-letter-sections.h"

#include <glib/gi18n-lib.h>

struct _RoundsLetterSections
{
  GObject parent_instance;

  RoundsRecordList *list; /* (owned) */
};

static void model_iface_init (GListModelInterface *iface);
static void section_iface_init (GtkSectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsLetterSections, rounds_letter_sections, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, model_iface_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL, section_iface_init))

static void
rounds_letter_sections_get_section (GtkSectionModel *model, guint position, guint *start, guint *end)
{
  RoundsLetterSections *self = ROUNDS_LETTER_SECTIONS (model);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  if (position >= n)
    {
      *start = n;
      *end = G_MAXUINT;
      return;
    }
  rounds_record_list_get_section (self->list, position, start, end);
}

static void
section_iface_init (GtkSectionModelInterface *iface)
{
  iface->get_section = rounds_letter_sections_get_section;
}

static GType
rounds_letter_sections_get_item_type (GListModel *model)
{
  return ROUNDS_TYPE_LIST_ROW;
}

static guint
rounds_letter_sections_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (G_LIST_MODEL (ROUNDS_LETTER_SECTIONS (model)->list));
}

static gpointer
rounds_letter_sections_get_item (GListModel *model, guint position)
{
  return rounds_record_list_get_row (ROUNDS_LETTER_SECTIONS (model)->list, position);
}

static void
model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = rounds_letter_sections_get_item_type;
  iface->get_n_items = rounds_letter_sections_get_n_items;
  iface->get_item = rounds_letter_sections_get_item;
}

static void
rounds_letter_sections_dispose (GObject *object)
{
  g_clear_object (&ROUNDS_LETTER_SECTIONS (object)->list);

  G_OBJECT_CLASS (rounds_letter_sections_parent_class)->dispose (object);
}

static void
rounds_letter_sections_class_init (RoundsLetterSectionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_letter_sections_dispose;
}

static void
rounds_letter_sections_init (RoundsLetterSections *self)
{
}

/** rounds_letter_sections_new: Returns: (transfer full): the rows of @list in sections */
RoundsLetterSections *
rounds_letter_sections_new (RoundsRecordList *list)
{
  RoundsLetterSections *self = g_object_new (ROUNDS_TYPE_LETTER_SECTIONS, NULL);

  self->list = g_object_ref (list);
  g_signal_connect_object (list, "items-changed", G_CALLBACK (g_list_model_items_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * rounds_letter_sections_get_title:
 * @position: a row
 *
 * Returns: (transfer full): what stands above the section of that row
 */
char *
rounds_letter_sections_get_title (RoundsLetterSections *self, guint position)
{
  char letter[7] = { 0 };
  guint start, end;
  gunichar code;

  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->list)))
    return g_strdup ("");
  code = rounds_record_list_get_section (self->list, position, &start, &end);
  switch (code)
    {
    case 0:
      return g_strdup ("");
    case ROUNDS_SECTION_FIRST:
      return g_strdup (_ ("By Name"));
    case ROUNDS_SECTION_THEN:
      /* Translators: above those who were found by where they work, their city, phone number or NPI. */
      return g_strdup (_ ("By Organization, Place or Number"));
    default:
      g_unichar_to_utf8 (code, letter);
      return g_strdup (letter);
    }
}
