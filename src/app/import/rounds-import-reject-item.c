/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-import-reject-item.h"

#include <glib/gi18n-lib.h>

struct _RoundsImportRejectItem
{
  GObject parent_instance;

  char *place;  /* (owned) */
  char *reason; /* (owned) */
};

enum
{
  PROP_PLACE = 1,
  PROP_REASON,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (RoundsImportRejectItem, rounds_import_reject_item, G_TYPE_OBJECT)

static void
rounds_import_reject_item_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RoundsImportRejectItem *self = ROUNDS_IMPORT_REJECT_ITEM (object);

  switch (prop_id)
    {
    case PROP_PLACE:
      g_value_set_string (value, self->place);
      break;
    case PROP_REASON:
      g_value_set_string (value, self->reason);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rounds_import_reject_item_finalize (GObject *object)
{
  RoundsImportRejectItem *self = ROUNDS_IMPORT_REJECT_ITEM (object);

  g_free (self->place);
  g_free (self->reason);

  G_OBJECT_CLASS (rounds_import_reject_item_parent_class)->finalize (object);
}

static void
rounds_import_reject_item_class_init (RoundsImportRejectItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rounds_import_reject_item_get_property;
  object_class->finalize = rounds_import_reject_item_finalize;

  properties[PROP_PLACE] = g_param_spec_string ("place", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
rounds_import_reject_item_init (RoundsImportRejectItem *self)
{
}

/**
 * rounds_import_reject_list_new:
 *
 * Returns: (transfer full): the rejected rows of @result, in the file's order
 */
GListModel *
rounds_import_reject_list_new (const RoundsImportResult *result)
{
  GListStore *list = g_list_store_new (ROUNDS_TYPE_IMPORT_REJECT_ITEM);

  for (guint i = 0; i < result->outcomes->len; i++)
    {
      const RoundsImportOutcome *reject = rounds_import_result_get (result, i);
      g_autoptr (RoundsImportRejectItem) item = NULL;

      if (reject->verdict != ROUNDS_IMPORT_REJECTED)
        continue;
      item = g_object_new (ROUNDS_TYPE_IMPORT_REJECT_ITEM, NULL);
      if (reject->column != NULL)
        /* TRANSLATORS: a place in a file: the row's number and the column's header. */
        item->place = g_strdup_printf (_ ("Row %u, %s"), (guint) reject->row, reject->column);
      else
        item->place = g_strdup_printf (_ ("Row %u"), (guint) reject->row);
      item->reason = g_strdup (reject->reason);
      g_list_store_append (list, item);
    }
  return G_LIST_MODEL (list);
}
