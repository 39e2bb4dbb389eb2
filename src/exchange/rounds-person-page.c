/* SPDX-License-Identifier: GPL-3.0-or-later */

/* index.html of a person's archive: for somebody who knows neither Rounds nor files. No script, nothing from elsewhere;
 * every text is escaped. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-json.h"
#include "rounds-person-report-private.h"
#include "rounds-time.h"

static const char style[] =
  "body{font:1rem/1.5 sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}"
  "h2{margin-top:2.5rem;border-bottom:1px solid #bbb}table{border-collapse:collapse;width:100%;margin:0 0 1.5rem}"
  "th,td{text-align:start;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #e4e4e4}"
  "table.record th{width:30%;font-weight:normal;color:#555}td{white-space:pre-wrap;overflow-wrap:anywhere}"
  ".deleted{opacity:.7}.note{color:#555}";

static void
append_escaped (GString *page, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text != NULL ? text : "", -1);

  g_string_append (page, escaped);
}

static void
append_cell (GString *page, const char *tag, const char *text)
{
  g_string_append_printf (page, "<%s>", tag);
  append_escaped (page, text);
  g_string_append_printf (page, "</%s>", tag);
}

static char *
format_moment (gint64 instant)
{
  g_autoptr (GDateTime) moment = rounds_instant_to_local (instant, NULL);

  return moment != NULL ? g_date_time_format (moment, "%Y-%m-%d %H:%M") : g_strdup ("");
}

/* What a person reads in place of a value; NULL: nothing to read. */
static char *
describe (RoundsPersonReport *self, RoundsRecord *record, guint f, GError **error)
{
  const RoundsFieldInfo *field = rounds_entity_get_field (rounds_record_get_entity (record), f);
  const RoundsValue *value = rounds_record_get_value (record, f);
  const char *name;

  switch (field->type)
    {
    case ROUNDS_TYPE_REFERENCE:
      name =
        rounds_record_names_get (self->names, self->store, field->target, rounds_record_get_uuid (record, f), error);
      return g_strdup (name);
    case ROUNDS_TYPE_UUID:
    case ROUNDS_TYPE_JSON:
      return g_strdup ("");
    case ROUNDS_TYPE_INSTANT:
      return format_moment (value->as.integer);
    case ROUNDS_TYPE_BOOLEAN:
      return g_strdup (value->as.integer ? _ ("Yes") : _ ("No"));
    default:
      return rounds_field_format (field, value);
    }
}

/* Whose page it is. */
static const RoundsUuid *
get_person (RoundsPersonReport *self)
{
  return &g_array_index (self->walk->own, RoundsPersonItem, 0).id;
}

static gboolean
append_record (GString *page, RoundsPersonReport *self, RoundsRecord *record, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  gboolean is_deleted = rounds_record_is_deleted (record);
  g_autofree char *created = format_moment (rounds_record_get_integer (record, ROUNDS_FIELD_CREATED_AT));

  g_string_append_printf (page, "<table class=\"record%s\">", is_deleted ? " deleted" : "");
  for (guint f = ROUNDS_FIELD_TERRITORY; f < info->n_fields; f++)
    {
      g_autofree char *text = NULL;

      if (rounds_record_is_null (record, f) || (info->fields[f].flags & ROUNDS_FIELD_HIDDEN)
          || (info->fields[f].type == ROUNDS_TYPE_REFERENCE
              && rounds_uuid_equal (rounds_record_get_uuid (record, f), get_person (self))))
        continue;
      text = describe (self, record, f, error);
      if (text == NULL)
        return FALSE;
      if (*text == '\0')
        continue;
      g_string_append (page, "<tr>");
      append_cell (page, "th", rounds_field_get_label (&info->fields[f]));
      append_cell (page, "td", text);
      g_string_append (page, "</tr>");
    }
  g_string_append (page, "<tr>");
  append_cell (page, "th", _ ("Recorded"));
  append_cell (page, "td", created);
  g_string_append (page, "</tr>");
  if (is_deleted)
    {
      g_autofree char *deleted = format_moment (rounds_record_get_integer (record, ROUNDS_FIELD_DELETED_AT));

      g_string_append (page, "<tr>");
      append_cell (page, "th", _ ("Deleted; kept in the trash"));
      append_cell (page, "td", deleted);
      g_string_append (page, "</tr>");
    }
  g_string_append (page, "</table>\n");
  return TRUE;
}

/* The records of an entity under a heading, those recorded last first. */
static gboolean
append_entity (GString *page, RoundsPersonReport *self, RoundsEntity entity, GError **error)
{
  gboolean started = FALSE;

  for (guint i = self->walk->own->len; i-- > 0;)
    {
      const RoundsPersonItem *item = &g_array_index (self->walk->own, RoundsPersonItem, i);
      g_autoptr (RoundsRecord) record = NULL;

      if (item->entity != entity)
        continue;
      record = rounds_record_store_get (self->store, entity, &item->id, error);
      if (record == NULL)
        return FALSE;
      if (!started)
        append_cell (page, "h2", rounds_entity_get_label (entity));
      started = TRUE;
      if (!append_record (page, self, record, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
append_mentions (GString *page, RoundsPersonReport *self, GError **error)
{
  if (self->walk->mentions->len == 0)
    return TRUE;
  append_cell (page, "h2", _ ("Named in what belongs to somebody else"));
  g_string_append (page, "<table><tr>");
  append_cell (page, "th", _ ("What"));
  append_cell (page, "th", _ ("When"));
  /* Translators: a column's heading: with whom a meeting was */
  append_cell (page, "th", _ ("With"));
  g_string_append (page, "</tr>\n");
  for (guint i = 0; i < self->walk->mentions->len; i++)
    {
      const RoundsPersonItem *item = &g_array_index (self->walk->mentions, RoundsPersonItem, i);
      g_autoptr (RoundsRecord) record = rounds_record_store_get (self->store, item->entity, &item->id, error);
      g_auto (RoundsMention) mention = { 0 };
      g_autofree char *at = NULL;

      if (record == NULL || !rounds_mention_read (&mention, self, record, error))
        return FALSE;
      at = mention.at != G_MININT64 ? format_moment (mention.at) : g_strdup ("");
      g_string_append (page, "<tr>");
      append_cell (page, "td", mention.type != NULL ? mention.type : rounds_entity_get_label (item->entity));
      append_cell (page, "td", at);
      append_cell (page, "td", mention.with);
      g_string_append (page, "</tr>\n");
    }
  g_string_append (page, "</table>\n");
  return TRUE;
}

static const char *
get_operation_label (RoundsOperation operation)
{
  switch (operation)
    {
    case ROUNDS_OPERATION_CREATE:
      return _ ("Recorded");
    case ROUNDS_OPERATION_DELETE:
      return _ ("Deleted");
    case ROUNDS_OPERATION_RESTORE:
      return _ ("Restored");
    case ROUNDS_OPERATION_UPDATE:
    default:
      return _ ("Changed");
    }
}

/* The labels of the fields that a change is about. */
static char *
list_changed (const RoundsChange *change)
{
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (GString) list = g_string_new (NULL);
  yyjson_val *key, *value;
  size_t i, n;

  if (change->operation != ROUNDS_OPERATION_UPDATE || change->fields == NULL
      || !rounds_json_read (change->fields, -1, &doc, NULL))
    return g_strdup ("");
  yyjson_obj_foreach (yyjson_doc_get_root (doc), i, n, key, value)
  {
    int field = rounds_entity_find_field (change->entity, yyjson_get_str (key));

    if (field >= ROUNDS_FIELD_TERRITORY)
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "",
                              rounds_field_get_label (rounds_entity_get_field (change->entity, (guint) field)));
  }
  return g_string_free_and_steal (g_steal_pointer (&list));
}

static gboolean
append_change (const RoundsChange *change, gpointer page, GError **error)
{
  g_autofree char *at = format_moment (change->at);
  g_autofree char *fields = list_changed (change);

  g_string_append (page, "<tr>");
  append_cell (page, "td", at);
  append_cell (page, "td", rounds_entity_get_label (change->entity));
  append_cell (page, "td", get_operation_label (change->operation));
  append_cell (page, "td", fields);
  g_string_append (page, "</tr>\n");
  return TRUE;
}

static gboolean
append_changes (GString *page, RoundsPersonReport *self, GError **error)
{
  append_cell (page, "h2", _ ("Changes that this device knows of"));
  g_string_append (page, "<table>");
  if (!rounds_person_walk_each_change (self->walk, self->store, append_change, page, error))
    return FALSE;
  g_string_append (page, "</table>\n");
  return TRUE;
}

static gboolean
append_head (GString *page, RoundsPersonReport *self, GError **error)
{
  g_autofree char *now = format_moment (rounds_time_now ());
  const char *name = rounds_record_names_get (self->names, self->store, ROUNDS_ENTITY_PERSON, get_person (self), error);
  g_autofree char *title = NULL;
  g_autofree char *made = NULL;

  if (name == NULL)
    return FALSE;
  /* Translators: the heading of all that is kept about a person; %s is the person's name. */
  title = g_strdup_printf (_ ("What is kept about %s"), name);
  /* Translators: %s is a date and a time. */
  made = g_strdup_printf (_ ("Made on %s from what this device keeps. The same is in data.json and in the folder "
                             "“tables” for programs; of other people there is nothing but names."),
                          now);
  g_string_append_printf (page,
                          "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">"
                          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
                          "'unsafe-inline'\"><meta name=\"viewport\" content=\"width=device-width\"><style>%s</style>",
                          style);
  append_cell (page, "title", title);
  g_string_append (page, "</head><body>\n");
  append_cell (page, "h1", title);
  g_string_append (page, "<p class=\"note\">");
  append_escaped (page, made);
  g_string_append (page, "</p>\n");
  return TRUE;
}

/*
 * rounds_person_report_make_page:
 *
 * Returns: (transfer full) (nullable): the page
 */
char *
rounds_person_report_make_page (RoundsPersonReport *self, GError **error)
{
  g_autoptr (GString) page = g_string_new (NULL);

  if (!append_head (page, self, error))
    return NULL;
  for (int entity = 0; entity < ROUNDS_N_ENTITIES; entity++)
    if (!append_entity (page, self, entity, error))
      return NULL;
  if (!append_mentions (page, self, error) || !append_changes (page, self, error))
    return NULL;
  g_string_append (page, "</body></html>\n");
  return g_string_free_and_steal (g_steal_pointer (&page));
}
