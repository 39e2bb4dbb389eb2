/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-day-sections.h"

#include "rounds-time.h"

struct _RoundsDaySections
{
  GObject parent_instance;

  GListModel *model; /* (owned) of RoundsRecord */
  guint field;       /* the instant by which the model is ordered */
};

static void model_iface_init (GListModelInterface *iface);
static void section_iface_init (GtkSectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsDaySections, rounds_day_sections, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, model_iface_init)
                                 G_IMPLEMENT_INTERFACE (GTK_TYPE_SECTION_MODEL, section_iface_init))

/* A number for each day of the user's zone. */
static int
get_day (RoundsDaySections *self, guint position)
{
  g_autoptr (RoundsRecord) record = g_list_model_get_item (self->model, position);
  g_autoptr (GDateTime) date = NULL;

  if (record == NULL)
    return 0;
  date = rounds_instant_to_local (rounds_record_get_integer (record, self->field), NULL);
  return g_date_time_get_year (date) * 366 + g_date_time_get_day_of_year (date);
}

/* How many records from @position on in the direction of @step (1 or -1) are of the same day, itself included: by steps
 * that double, then by halves, as the records are in order. */
static guint
count_same_day (RoundsDaySections *self, guint position, int step, guint n_there)
{
  int day = get_day (self, position);
  guint same = 1, other = n_there + 1, jump = 1;

  while (same + jump <= n_there && get_day (self, position + (guint) (step * (int) (same + jump - 1))) == day)
    {
      same += jump;
      jump *= 2;
    }
  if (same + jump <= n_there)
    other = same + jump;

  while (same + 1 < other)
    {
      guint middle = same + (other - same) / 2;

      if (get_day (self, position + (guint) (step * (int) (middle - 1))) == day)
        same = middle;
      else
        other = middle;
    }
  return same;
}

static void
rounds_day_sections_get_section (GtkSectionModel *model, guint position, guint *start, guint *end)
{
  RoundsDaySections *self = ROUNDS_DAY_SECTIONS (model);
  guint n = g_list_model_get_n_items (self->model);

  if (position >= n)
    {
      *start = n;
      *end = G_MAXUINT;
      return;
    }
  *start = position + 1 - count_same_day (self, position, -1, position + 1);
  *end = position + count_same_day (self, position, 1, n - position);
}

static void
section_iface_init (GtkSectionModelInterface *iface)
{
  iface->get_section = rounds_day_sections_get_section;
}

static GType
rounds_day_sections_get_item_type (GListModel *model)
{
  return ROUNDS_TYPE_RECORD;
}

static guint
rounds_day_sections_get_n_items (GListModel *model)
{
  return g_list_model_get_n_items (ROUNDS_DAY_SECTIONS (model)->model);
}

static gpointer
rounds_day_sections_get_item (GListModel *model, guint position)
{
  return g_list_model_get_item (ROUNDS_DAY_SECTIONS (model)->model, position);
}

static void
model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = rounds_day_sections_get_item_type;
  iface->get_n_items = rounds_day_sections_get_n_items;
  iface->get_item = rounds_day_sections_get_item;
}

static void
rounds_day_sections_dispose (GObject *object)
{
  g_clear_object (&ROUNDS_DAY_SECTIONS (object)->model);

  G_OBJECT_CLASS (rounds_day_sections_parent_class)->dispose (object);
}

static void
rounds_day_sections_class_init (RoundsDaySectionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_day_sections_dispose;
}

static void
rounds_day_sections_init (RoundsDaySections *self)
{
}

/**
 * rounds_day_sections_new:
 * @model: (transfer none): a model of records, ordered by @field in either direction
 * @field: their instant
 *
 * Returns: (transfer full): the same records in sections
 */
RoundsDaySections *
rounds_day_sections_new (GListModel *model, guint field)
{
  RoundsDaySections *self = g_object_new (ROUNDS_TYPE_DAY_SECTIONS, NULL);

  self->model = g_object_ref (model);
  self->field = field;
  g_signal_connect_object (model, "items-changed", G_CALLBACK (g_list_model_items_changed), self, G_CONNECT_SWAPPED);
  return self;
}
