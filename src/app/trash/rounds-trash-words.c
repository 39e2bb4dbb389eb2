/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "trash/rounds-trash-words.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-field-labels.h"

/* The name of the record that @field of @record names, deleted or not. */
static char *
name_reference (RoundsStore *store, RoundsRecord *record, guint field)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (rounds_record_get_entity (record), field);
  const RoundsUuid *id = rounds_record_get_uuid (record, field);
  g_autoptr (RoundsRecord) named = id != NULL ? rounds_store_get (store, info->target, id, NULL) : NULL;

  return named != NULL ? rounds_display_name (store, named) : NULL;
}

static char *
label_enum (RoundsRecord *record, guint field)
{
  return g_strdup (rounds_field_get_value_label (rounds_entity_get_field (rounds_record_get_entity (record), field),
                                                 rounds_record_get_text (record, field)));
}

/* On one line. */
static char *
describe_address (RoundsRecord *address)
{
  g_autofree char *text = rounds_display_address (address);

  return *text != '\0' ? g_strdelimit (g_steal_pointer (&text), "\n", ' ') : NULL;
}

static char *
find_title (RoundsStore *store, RoundsRecord *record)
{
  switch ((int) rounds_record_get_entity (record))
    {
    case ROUNDS_ENTITY_ADDRESS:
      return describe_address (record);
    case ROUNDS_ENTITY_AFFILIATION:
      return name_reference (store, record, ROUNDS_AFFILIATION_ORGANISATION);
    case ROUNDS_ENTITY_PERSON_ROLE:
      return label_enum (record, ROUNDS_PERSON_ROLE_TYPE);
    case ROUNDS_ENTITY_CONSENT:
      return label_enum (record, ROUNDS_CONSENT_CHANNEL);
    case ROUNDS_ENTITY_CT_JOURNEY:
      return name_reference (store, record, ROUNDS_CT_JOURNEY_PATIENT);
    case ROUNDS_ENTITY_EAP_JOURNEY:
      return name_reference (store, record, ROUNDS_EAP_JOURNEY_PATIENT);
    case ROUNDS_ENTITY_FOLLOW_UP:
      return g_strdup (rounds_record_get_text (record, ROUNDS_FOLLOW_UP_TEXT));
    default:
      return rounds_record_get_title (record);
    }
}

/** rounds_trash_describe_title: Returns: (transfer full): what people would call the record */
char *
rounds_trash_describe_title (RoundsStore *store, RoundsRecord *record)
{
  char *title = find_title (store, record);

  return title != NULL ? title : g_strdup (rounds_entity_get_label (rounds_record_get_entity (record)));
}

/* Whose it was, where the title does not say so; -1: nobody's. */
static int
get_person_field (RoundsEntity entity)
{
  switch ((int) entity)
    {
    case ROUNDS_ENTITY_ADDRESS:
      return ROUNDS_ADDRESS_PERSON;
    case ROUNDS_ENTITY_AFFILIATION:
      return ROUNDS_AFFILIATION_PERSON;
    case ROUNDS_ENTITY_PERSON_ROLE:
      return ROUNDS_PERSON_ROLE_PERSON;
    case ROUNDS_ENTITY_CONSENT:
      return ROUNDS_CONSENT_PERSON;
    case ROUNDS_ENTITY_FOLLOW_UP:
      return ROUNDS_FOLLOW_UP_PERSON;
    case ROUNDS_ENTITY_APPOINTMENT:
      return ROUNDS_APPOINTMENT_PERSON;
    default:
      return -1;
    }
}

/** rounds_trash_describe_rest: Returns: (transfer full): its kind, whose it was and when it was deleted */
char *
rounds_trash_describe_rest (RoundsStore *store, RoundsRecord *record)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  int field = get_person_field (entity);
  g_autofree char *person = field >= 0 ? name_reference (store, record, (guint) field) : NULL;
  g_autofree char *moment = rounds_display_moment (rounds_record_get_integer (record, ROUNDS_FIELD_DELETED_AT));
  /* Translators: what was done to a record; %s is a time or a day. */
  g_autofree char *deleted = g_strdup_printf (_ ("Deleted %s"), moment);

  if (person != NULL)
    return g_strdup_printf ("%s · %s · %s", rounds_entity_get_label (entity), person, deleted);
  return g_strdup_printf ("%s · %s", rounds_entity_get_label (entity), deleted);
}
