/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person's page shows, for scripts: who they are over time and what happened last; and making patients of
 * leads. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-cli.h"
#include "rounds-json.h"
#include "rounds-lead-conversion.h"
#include "rounds-time.h"
#include "rounds-timeline-reader.h"

/* As many entries of the timeline as a screen has lines; `list` finds the older ones. */
#define NEWEST 20

#define MOST 500

typedef struct
{
  const char *name; /* in JSON */
  RoundsEntity entity;
  guint person_field;
} Part;

static const Part parts[] = {
  { "roles", ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON },
  { "affiliations", ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON },
  { "addresses", ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON },
  { "physicians", ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON },
  { "patients", ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON },
  { "leads", ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_PATIENT_LEAD_PERSON },
  { "consents", ROUNDS_ENTITY_CONSENT, ROUNDS_CONSENT_PERSON },
};

static GPtrArray *
list_part (RoundsRecordStore *store, const Part *part, RoundsRecord *person, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (part->entity);

  rounds_query_where_uuid (query, part->person_field, ROUNDS_IS, rounds_record_get_id (person));
  rounds_query_limit (query, MOST);
  return rounds_record_store_list (store, query, error);
}

static const char *
get_kind_name (RoundsTimelineKinds kind)
{
  switch (kind)
    {
    case ROUNDS_TIMELINE_INTERACTIONS:
      return "interaction";
    case ROUNDS_TIMELINE_APPOINTMENTS:
      return "appointment";
    case ROUNDS_TIMELINE_JOURNEYS:
      return "journey";
    case ROUNDS_TIMELINE_FOLLOW_UPS:
      return "follow_up";
    case ROUNDS_TIMELINE_CONSENTS:
      return "consent";
    case ROUNDS_TIMELINE_ROLES:
      return "role";
    case ROUNDS_TIMELINE_CHANGES:
      return "change";
    case ROUNDS_TIMELINE_EVERYTHING:
    default:
      g_assert_not_reached ();
    }
}

static const char *
get_event_name (RoundsTimelineEvent event)
{
  static const char *const names[] = {
    [ROUNDS_TIMELINE_HAPPENS] = "happens",
    [ROUNDS_TIMELINE_BEGINS] = "begins",
    [ROUNDS_TIMELINE_ENDS] = "ends",
    [ROUNDS_TIMELINE_CHANGED] = "changed",
    [ROUNDS_TIMELINE_ADDED_ELSEWHERE] = "added_elsewhere",
    [ROUNDS_TIMELINE_CHANGED_ELSEWHERE] = "changed_elsewhere",
  };

  return names[event];
}

static void
add_json_text (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *name, const char *json)
{
  g_autoptr (yyjson_doc) read = NULL;

  if (json != NULL && rounds_json_read (json, -1, &read, NULL))
    yyjson_mut_obj_add_val (doc, object, name, yyjson_val_mut_copy (doc, yyjson_doc_get_root (read)));
}

static yyjson_mut_val *
change_to_json (const RoundsChange *change, yyjson_mut_doc *doc)
{
  yyjson_mut_val *object = yyjson_mut_obj (doc);

  yyjson_mut_obj_add_str (doc, object, "entity", rounds_entity_get_info (change->entity)->name);
  yyjson_mut_obj_add_str (doc, object, "operation", rounds_operation_to_string (change->operation));
  add_json_text (doc, object, "fields", change->fields);
  add_json_text (doc, object, "base", change->base);
  return object;
}

static yyjson_mut_val *
entry_to_json (RoundsTimelineEntry *entry, yyjson_mut_doc *doc)
{
  yyjson_mut_val *object = yyjson_mut_obj (doc);
  g_autofree char *at = rounds_instant_to_string (entry->mark.at);

  yyjson_mut_obj_add_strcpy (doc, object, "at", at);
  yyjson_mut_obj_add_str (doc, object, "kind", get_kind_name (entry->kind));
  yyjson_mut_obj_add_str (doc, object, "event", get_event_name (entry->event));
  yyjson_mut_obj_add_str (doc, object, "entity",
                          rounds_entity_get_info (rounds_record_get_entity (entry->record))->name);
  yyjson_mut_obj_add_val (doc, object, "record", rounds_record_to_json (entry->record, doc));
  if (entry->changes != NULL)
    {
      yyjson_mut_val *changes = yyjson_mut_obj_add_arr (doc, object, "changes");

      for (guint i = 0; i < entry->changes->len; i++)
        yyjson_mut_arr_append (changes, change_to_json (entry->changes->pdata[i], doc));
    }
  return object;
}

static gpointer
copy_reference (gconstpointer object, gpointer data)
{
  return g_object_ref ((gpointer) object);
}

/**
 * rounds_cli_person_add_json:
 * @kept: (element-type GObject): takes what @doc refers to and must outlive it
 *
 * Adds to @object what belongs to @person, and the newest entries of the timeline.
 */
gboolean
rounds_cli_person_add_json (RoundsRecordStore *store, RoundsRecord *person, yyjson_mut_doc *doc, yyjson_mut_val *object,
                            GPtrArray *kept, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  yyjson_mut_val *timeline;

  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    {
      g_autoptr (GPtrArray) records = list_part (store, &parts[p], person, error);
      yyjson_mut_val *array;

      if (records == NULL)
        return FALSE;
      array = yyjson_mut_obj_add_arr (doc, object, parts[p].name);
      for (guint i = 0; i < records->len; i++)
        yyjson_mut_arr_append (array, rounds_record_to_json (records->pdata[i], doc));
      g_ptr_array_extend (kept, records, copy_reference, NULL);
    }
  entries = rounds_record_store_list_timeline (store, rounds_record_get_id (person), ROUNDS_TIMELINE_EVERYTHING, NULL,
                                               NEWEST, error);
  if (entries == NULL)
    return FALSE;
  timeline = yyjson_mut_obj_add_arr (doc, object, "timeline");
  for (guint i = 0; i < entries->len; i++)
    yyjson_mut_arr_append (timeline, entry_to_json (entries->pdata[i], doc));
  g_ptr_array_extend (kept, entries, copy_reference, NULL);
  return TRUE;
}

/* The record's own values in one line, references by the name of what they name: "physician, 2024-01-01". */
static char *
describe (RoundsRecordStore *store, RoundsRecord *record, guint skipped_field)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      g_autofree char *value = NULL;

      if (f == skipped_field || rounds_record_is_null (record, f) || (info->fields[f].flags & ROUNDS_FIELD_HIDDEN))
        continue;
      if (info->fields[f].type == ROUNDS_TYPE_REFERENCE)
        {
          g_autoptr (RoundsRecord) target = NULL;

          rounds_record_store_look_up (store, info->fields[f].target, rounds_record_get_uuid (record, f), &target,
                                       NULL);
          value = target != NULL ? rounds_record_get_title (target) : NULL;
        }
      else
        value = rounds_field_format (&info->fields[f], rounds_record_get_value (record, f));
      if (value != NULL && *value != '\0')
        g_string_append_printf (text, "%s%s=%s", text->len > 0 ? ", " : "", info->fields[f].name, value);
    }
  g_strdelimit (text->str, "\r\n\t\033", ' ');
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* What is known by what it says, not by a name. */
static char *
name_record (RoundsRecordStore *store, RoundsTimelineEntry *entry)
{
  RoundsRecord *record = entry->about != NULL ? entry->about : entry->record;

  switch ((int) rounds_record_get_entity (record))
    {
    case ROUNDS_ENTITY_PERSON_ROLE:
      return describe (store, record, ROUNDS_PERSON_ROLE_PERSON);
    case ROUNDS_ENTITY_CONSENT:
      return describe (store, record, ROUNDS_CONSENT_PERSON);
    default:
      return rounds_record_get_title (record);
    }
}

static char *
describe_entry (RoundsRecordStore *store, RoundsTimelineEntry *entry)
{
  g_autoptr (GString) text = g_string_new (get_kind_name (entry->kind));
  g_autofree char *title = name_record (store, entry);

  if (entry->event != ROUNDS_TIMELINE_HAPPENS)
    g_string_append_printf (text, " %s", get_event_name (entry->event));
  g_string_append_printf (text, "  %s", title);
  for (guint i = 0; entry->changes != NULL && i < entry->changes->len; i++)
    {
      const RoundsChange *change = entry->changes->pdata[i];

      g_string_append_printf (text, "%s%s %s%s%s", i > 0 ? "; " : ": ", rounds_operation_to_string (change->operation),
                              rounds_entity_get_info (change->entity)->name, change->fields != NULL ? " " : "",
                              change->fields != NULL ? change->fields : "");
    }
  g_strdelimit (text->str, "\r\n\t\033", ' ');
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/** rounds_cli_person_print: the same in lines for people. */
gboolean
rounds_cli_person_print (RoundsCli *cli, RoundsRecordStore *store, RoundsRecord *person, GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;

  for (guint p = 0; p < G_N_ELEMENTS (parts); p++)
    {
      g_autoptr (GPtrArray) records = list_part (store, &parts[p], person, error);

      if (records == NULL)
        return FALSE;
      for (guint i = 0; i < records->len; i++)
        {
          g_autofree char *text = describe (store, records->pdata[i], parts[p].person_field);

          if (!rounds_cli_print (cli, error, "%-20s %s\n", rounds_entity_get_info (parts[p].entity)->name, text))
            return FALSE;
        }
    }
  entries = rounds_record_store_list_timeline (store, rounds_record_get_id (person), ROUNDS_TIMELINE_EVERYTHING, NULL,
                                               NEWEST, error);
  if (entries == NULL)
    return FALSE;
  for (guint i = 0; i < entries->len; i++)
    {
      RoundsTimelineEntry *entry = entries->pdata[i];
      g_autoptr (GDateTime) moment = rounds_instant_to_local (entry->mark.at, NULL);
      g_autofree char *when = g_date_time_format (moment, "%Y-%m-%d %H:%M");
      g_autofree char *text = describe_entry (store, entry);

      if (!rounds_cli_print (cli, error, "%s     %s\n", when, text))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run_convert (RoundsCli *cli, char **arguments, RoundsExit *code, GError **error)
{
  RoundsUuid id;
  RoundsRecordStore *store;
  g_autoptr (GPtrArray) records = NULL;

  if (!rounds_cli_parse_id (arguments[0], &id, error) || (store = rounds_cli_open_store (cli, error)) == NULL)
    return FALSE;
  records = rounds_lead_conversion_plan (store, &id, NULL, error);
  return records != NULL && rounds_record_store_save_all (store, records, error)
         && rounds_cli_print_record (cli, records->pdata[0], error);
}

const RoundsCliCommand rounds_cli_person_commands[] = {
  { "convert", "LEAD", N_ ("Make a patient of a lead; prints the patient’s id"), 1, 1, NULL, run_convert },
  { 0 },
};
