/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-waiting-row.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "rounds-registry.h"

struct _RoundsWaitingRow
{
  AdwActionRow parent_instance;

  RoundsEntity entity; /* of what shows the record, if anything does */
  RoundsUuid page;
};

G_DEFINE_FINAL_TYPE (RoundsWaitingRow, rounds_waiting_row, ADW_TYPE_ACTION_ROW)

static void
rounds_waiting_row_class_init (RoundsWaitingRowClass *klass)
{
}

static void
rounds_waiting_row_init (RoundsWaitingRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

/**
 * rounds_waiting_row_new:
 * @context: the context
 * @change: (transfer none): a change
 *
 * Returns: (transfer floating): a row, which can be activated where its record can be shown
 */
GtkWidget *
rounds_waiting_row_new (RoundsAppContext *context, const RoundsChange *change)
{
  RoundsWaitingRow *self = g_object_new (ROUNDS_TYPE_WAITING_ROW, NULL);
  RoundsStore *store = rounds_app_context_get_store (context);
  g_autoptr (RoundsRecord) record = rounds_store_get (store, change->entity, &change->record, NULL);
  g_autofree char *name = record != NULL ? rounds_display_name (store, record) : NULL;
  g_autofree char *what = rounds_waiting_row_describe (change);
  const char *kind = rounds_entity_get_label (change->entity);
  gboolean has_name = name != NULL && *name != '\0';
  /* Translators: a kind of record, then what was done to it: "Interaction · Changed 14:03: Notes" */
  g_autofree char *subtitle = has_name ? g_strdup_printf (_ ("%s · %s"), kind, what) : g_strdup (what);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), has_name ? name : kind);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_list_box_row_set_activatable (
    GTK_LIST_BOX_ROW (self), record != NULL && rounds_waiting_row_find_page (record, &self->entity, &self->page));
  return GTK_WIDGET (self);
}

/** rounds_waiting_row_get_page: tells what shows the record of a row that can be activated. */
void
rounds_waiting_row_get_page (RoundsWaitingRow *self, RoundsEntity *entity, RoundsUuid *id)
{
  g_return_if_fail (ROUNDS_IS_WAITING_ROW (self));

  *entity = self->entity;
  *id = self->page;
}

/**
 * rounds_waiting_row_find_page:
 * @record: a stored record
 * @entity: (out): of what shows it
 * @id: (out): what shows it: itself, or the person whose address, role and so on it is
 *
 * Returns: %FALSE if it is shown nowhere, as what is deleted
 */
gboolean
rounds_waiting_row_find_page (RoundsRecord *record, RoundsEntity *entity, RoundsUuid *id)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));

  if (rounds_record_is_deleted (record))
    return FALSE;
  if (rounds_registry_find_opener (rounds_record_get_entity (record)) != NULL)
    {
      *entity = rounds_record_get_entity (record);
      *id = *rounds_record_get_id (record);
      return TRUE;
    }
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (info->fields[f].target == ROUNDS_ENTITY_PERSON && info->fields[f].type == ROUNDS_TYPE_REFERENCE
        && !rounds_record_is_null (record, f))
      {
        *entity = ROUNDS_ENTITY_PERSON;
        *id = *rounds_record_get_uuid (record, f);
        return TRUE;
      }
  return FALSE;
}

/**
 * rounds_waiting_row_describe:
 * @change: a change
 *
 * Returns: (transfer full): what was done, and when: "Changed 14:03: Phone, Email"
 */
char *
rounds_waiting_row_describe (const RoundsChange *change)
{
  g_autofree char *moment = rounds_display_moment (change->at);
  g_autofree char *fields = NULL;

  switch (change->operation)
    {
    case ROUNDS_OPERATION_CREATE:
      /* Translators: what was done to a record; %s is a time or a day. */
      return g_strdup_printf (_ ("Created %s"), moment);
    case ROUNDS_OPERATION_DELETE:
      /* Translators: what was done to a record; %s is a time or a day. */
      return g_strdup_printf (_ ("Deleted %s"), moment);
    case ROUNDS_OPERATION_RESTORE:
      /* Translators: what was done to a record; %s is a time or a day. */
      return g_strdup_printf (_ ("Restored %s"), moment);
    case ROUNDS_OPERATION_UPDATE:
    default:
      fields = rounds_change_list_fields (change);
      /* Translators: what was done to a record; a time or a day, then names of fields: "Changed 14:03: Phone, Email" */
      return g_strdup_printf (_ ("Changed %s: %s"), moment, fields);
    }
}
