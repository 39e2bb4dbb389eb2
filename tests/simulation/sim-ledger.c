/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-ledger.h"

#include <string.h>

static void
deed_free (SimDeed *deed)
{
  g_clear_object (&deed->row);
  g_free (deed->value);
  g_free (deed->seen);
  g_free (deed);
}

/** sim_ledger_new: (transfer full): an empty ledger. */
SimLedger *
sim_ledger_new (void)
{
  SimLedger *self = g_new0 (SimLedger, 1);

  self->deeds = g_ptr_array_new_with_free_func ((GDestroyNotify) deed_free);
  return self;
}

/** sim_ledger_free: frees @self. */
void
sim_ledger_free (SimLedger *self)
{
  g_ptr_array_unref (self->deeds);
  g_free (self);
}

static SimDeed *
add (SimLedger *self, SimDeedKind kind, guint event, guint actor, RoundsRecord *record)
{
  SimDeed *deed = g_new0 (SimDeed, 1);

  deed->kind = kind;
  deed->event = event;
  deed->actor = actor;
  deed->entity = rounds_record_get_entity (record);
  deed->record = *rounds_record_get_id (record);
  deed->is_merging = self->is_merging;
  deed->is_in_trash = self->is_in_trash;
  g_ptr_array_add (self->deeds, deed);
  return deed;
}

/** sim_ledger_get_person: (nullable): whose @record is, if it is a person's; who was at a visit as well. */
const RoundsUuid *
sim_ledger_get_person (RoundsRecord *record)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (info->fields[f].type == ROUNDS_TYPE_REFERENCE && info->fields[f].target == ROUNDS_ENTITY_PERSON
        && ((info->fields[f].flags & ROUNDS_FIELD_OWNER) || entity == ROUNDS_ENTITY_INTERACTION_ATTENDEE)
        && entity != ROUNDS_ENTITY_MERGE)
      return rounds_record_get_uuid (record, f);
  return NULL;
}

static const char *
skip_word (const char *text)
{
  while (g_ascii_isalnum (*text))
    text++;
  return text;
}

/* (transfer full): the words of @text (nullable), and how often each is there */
static GHashTable *
count_words (const char *text)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const char *p = text != NULL ? text : ""; *p != '\0';)
    {
      const char *end = skip_word (p);
      char *word = g_strndup (p, (gsize) (end - p));
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (words, word));

      if (end == p)
        {
          g_free (word);
          p++;
          continue;
        }
      g_hash_table_replace (words, word, GUINT_TO_POINTER (n + 1));
      p = end;
    }
  return words;
}

/* The letter before may be the second half of a line break in JSON. */
static gboolean
begins_here (const char *text, const char *p)
{
  return p == text || !g_ascii_isalnum (p[-1]) || (p - text >= 2 && p[-2] == '\\');
}

/** sim_text_has_word: whether @word stands in @text (nullable, perhaps JSON), not only as a part of another one. */
gboolean
sim_text_has_word (const char *text, const char *word)
{
  gsize length = strlen (word);

  for (const char *p = text; p != NULL && (p = strstr (p, word)) != NULL; p++)
    if (begins_here (text, p) && !g_ascii_isalnum (p[length]))
      return TRUE;
  return FALSE;
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What @words have and @others do not; or, where something was struck out, have less often. */
static void
note_missing (SimLedger *self, SimDeedKind kind, guint event, guint actor, RoundsRecord *record, guint field,
              GHashTable *words, GHashTable *others, const char *seen)
{
  g_autoptr (GPtrArray) sorted = g_hash_table_get_keys_as_ptr_array (words);

  g_ptr_array_sort (sorted, compare_words);
  for (guint i = 0; i < sorted->len; i++)
    {
      const char *word = g_ptr_array_index (sorted, i);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (words, word));
      guint n_left = GPOINTER_TO_UINT (g_hash_table_lookup (others, word));
      SimDeed *deed;

      if (n_left >= n || (n_left > 0 && kind != SIM_DEED_STRIKE))
        continue;
      deed = add (self, n_left > 0 ? SIM_DEED_STRIKE_ONE : kind, event, actor, record);
      deed->field = field;
      deed->value = g_strdup (word);
      deed->seen = g_strdup (seen);
    }
}

static void
note_words (SimLedger *self, guint event, guint actor, RoundsRecord *before, RoundsRecord *after, guint field)
{
  const char *seen = before != NULL ? rounds_record_get_text (before, field) : NULL;
  g_autoptr (GHashTable) old = count_words (seen);
  g_autoptr (GHashTable) new = count_words (rounds_record_get_text (after, field));

  note_missing (self, SIM_DEED_WORD, event, actor, after, field, new, old, seen);
  note_missing (self, SIM_DEED_STRIKE, event, actor, after, field, old, new, seen);
}

/* Fields of these kinds get values that no other event gives. */
static gboolean
is_told_apart (const RoundsFieldInfo *info)
{
  return info->type == ROUNDS_TYPE_TEXT || info->type == ROUNDS_TYPE_INTEGER || info->type == ROUNDS_TYPE_INSTANT
         || info->type == ROUNDS_TYPE_DATE;
}

static void
note_save (SimLedger *self, guint event, guint actor, RoundsRecord *before, RoundsRecord *after)
{
  RoundsEntity entity = rounds_record_get_entity (after);
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  add (self, SIM_DEED_SAVE, event, actor, after);
  if (before == NULL)
    {
      const RoundsUuid *person = sim_ledger_get_person (after);
      SimDeed *deed = add (self, SIM_DEED_CREATE, event, actor, after);

      if (person != NULL)
        deed->person = *person;
    }
  /* Of two who merge the same people, or take them apart, the first one counts. */
  if (entity == ROUNDS_ENTITY_MERGE)
    return;
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      const RoundsValue *old = before != NULL ? rounds_record_get_value (before, f) : NULL;
      const RoundsValue *new = rounds_record_get_value (after, f);
      SimDeed *deed;

      if (old != NULL ? rounds_value_equal (old, new) : rounds_value_is_null (new))
        continue;
      if (info->fields[f].merge == ROUNDS_MERGE_WORDS)
        note_words (self, event, actor, before, after, f);
      else if (is_told_apart (&info->fields[f]))
        {
          deed = add (self, SIM_DEED_VALUE, event, actor, after);
          deed->field = f;
          deed->value = rounds_field_format (&info->fields[f], new);
          deed->seen = old != NULL ? rounds_field_format (&info->fields[f], old) : NULL;
        }
    }
}

/**
 * sim_ledger_note_save:
 * @before: (nullable): as the person saw it before; %NULL if it is new
 * @after: as they saved it
 */
void
sim_ledger_note_save (SimLedger *self, guint event, guint actor, RoundsRecord *before, RoundsRecord *after)
{
  self->is_in_trash = before != NULL && rounds_record_is_deleted (before);
  note_save (self, event, actor, before, after);
  self->is_in_trash = FALSE;
}

/** sim_ledger_note_deletion: @row was @deleted or brought back by somebody who saw it so. */
void
sim_ledger_note_deletion (SimLedger *self, guint event, guint actor, RoundsRecord *row, gboolean deleted)
{
  SimDeed *deed = add (self, deleted ? SIM_DEED_DELETE : SIM_DEED_RESTORE, event, actor, row);

  deed->row = rounds_record_dup (row);
}

/** sim_ledger_note_part: @part, who had become a part of somebody, was deleted with them by somebody who saw it so. */
void
sim_ledger_note_part (SimLedger *self, guint event, guint actor, RoundsRecord *part)
{
  add (self, SIM_DEED_DELETE_PART, event, actor, part)->row = rounds_record_dup (part);
}

/** sim_ledger_note_merge: two people were merged, or taken apart again, as @merge tells. */
void
sim_ledger_note_merge (SimLedger *self, SimDeedKind kind, guint event, guint actor, RoundsRecord *merge)
{
  SimDeed *deed = add (self, kind, event, actor, merge);

  deed->row = rounds_record_dup (merge);
  self->has_merges = TRUE;
}

/** sim_ledger_note_owner: somebody was asked whose @record is, and said that it is @person's. */
void
sim_ledger_note_owner (SimLedger *self, guint event, guint actor, RoundsRecord *record, const RoundsUuid *person)
{
  add (self, SIM_DEED_OWNER, event, actor, record)->person = *person;
}

/** sim_ledger_settle: somebody saw @side (nullable, JSON) of a conflict and made a choice: nobody has to keep it. */
void
sim_ledger_settle (SimLedger *self, const RoundsUuid *record, guint field, const char *side)
{
  for (guint i = 0; i < self->deeds->len; i++)
    {
      SimDeed *deed = g_ptr_array_index (self->deeds, i);

      if (deed->kind == SIM_DEED_VALUE && deed->field == field && rounds_uuid_equal (&deed->record, record)
          && (deed->value == NULL || sim_text_has_word (side, deed->value)))
        deed->is_settled = TRUE;
    }
}

/** sim_ledger_forgive: what @actor did behind the first @since deeds is gone with the disk that it was on. */
void
sim_ledger_forgive (SimLedger *self, guint since, guint actor)
{
  for (guint i = since; i < self->deeds->len; i++)
    {
      SimDeed *deed = g_ptr_array_index (self->deeds, i);

      if (deed->actor == actor)
        deed->forgiven = TRUE;
    }
}
