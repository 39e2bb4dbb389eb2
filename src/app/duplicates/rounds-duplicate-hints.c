/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-duplicate-hints.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "rounds-match.h"

/* After the last key: nobody reads while typing. */
#define PAUSE_MS 250

/* The forms of one contact that say who they are. */
#define MOST_FORMS 4

/* Below which field is told that somebody has the same; the first reason that there is. */
static const struct
{
  guint reasons;
  RoundsEntity entity;
  guint field;
} places[] = {
  { ROUNDS_MATCH_NPI, ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_NPI },
  { ROUNDS_MATCH_EMAIL, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_EMAIL },
  { ROUNDS_MATCH_PHONE, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_PHONE },
  { ROUNDS_MATCH_NAME, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME },
};

/* The line below a field. */
typedef struct
{
  GtkWidget *row; /* (owned) (nullable) until there was something to tell */
  GtkWidget *label;
  RoundsUuid person; /* whom it tells of */
} Hint;

struct _RoundsDuplicateHints
{
  GObject parent_instance;

  RoundsAppContext *context;           /* (owned) */
  RoundsUuid person;                   /* whom the form is about */
  GCancellable *cancellable;           /* (owned): cancelled when this goes */
  RoundsMatchIndex *index;             /* (owned) (nullable): until it is read */
  guint pause;                         /* source id; 0: nothing was typed */
  RoundsRecordForm *forms[MOST_FORMS]; /* (not owned) (nullable): weak pointers */
  RoundsEntity entities[MOST_FORMS];
  guint n_forms;
  Hint hints[G_N_ELEMENTS (places)];
};

enum
{
  OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoundsDuplicateHints, rounds_duplicate_hints, G_TYPE_OBJECT)

static RoundsStore *
get_store (RoundsDuplicateHints *self)
{
  return rounds_app_context_get_store (self->context);
}

static RoundsRecordForm *
find_form (RoundsDuplicateHints *self, RoundsEntity entity)
{
  for (guint i = 0; i < self->n_forms; i++)
    if (self->entities[i] == entity)
      return self->forms[i];
  return NULL;
}

/* Telling */

static void
open_clicked_cb (RoundsDuplicateHints *self, GtkWidget *button)
{
  g_autoptr (RoundsDuplicateHints) alive = g_object_ref (self);
  g_autoptr (RoundsAppContext) context = g_object_ref (self->context);

  for (guint i = 0; i < G_N_ELEMENTS (self->hints); i++)
    if (self->hints[i].row != NULL && gtk_widget_is_ancestor (button, self->hints[i].row))
      {
        RoundsUuid person = self->hints[i].person;

        g_signal_emit (self, signals[OPENED], 0);
        rounds_app_context_open (context, ROUNDS_ENTITY_PERSON, &person);
        return;
      }
}

static void
make_row (RoundsDuplicateHints *self, Hint *hint)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("_Open"));

  hint->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (hint->label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (hint->label), 0);
  gtk_widget_set_hexpand (hint->label, TRUE);
  gtk_widget_add_css_class (hint->label, "caption");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "caption");
  g_signal_connect_object (button, "clicked", G_CALLBACK (open_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), hint->label);
  gtk_box_append (GTK_BOX (box), button);
  hint->row =
    g_object_ref_sink (g_object_new (ADW_TYPE_PREFERENCES_ROW, "child", box, "activatable", FALSE, "focusable", FALSE,
                                     "css-classes", (const char *[]) { "rounds-message", NULL }, NULL));
}

static void
hide_hint (Hint *hint)
{
  if (hint->row != NULL)
    gtk_widget_set_visible (hint->row, FALSE);
}

/* A polite word for screen readers: what somebody is typing goes on. */
static void
show_hint (RoundsDuplicateHints *self, guint place, const RoundsMatch *match)
{
  Hint *hint = &self->hints[place];
  RoundsRecordForm *form = find_form (self, places[place].entity);
  g_autoptr (RoundsRecord) person = rounds_store_get (get_store (self), ROUNDS_ENTITY_PERSON, &match->person, NULL);
  g_autofree char *name = person != NULL ? rounds_record_get_title (person) : NULL;
  g_autofree char *summary = person != NULL ? rounds_display_summary (get_store (self), person) : NULL;
  g_autofree char *who = NULL;
  g_autofree char *text = NULL;
  gboolean is_new;

  if (person == NULL || rounds_record_is_deleted (person) || form == NULL)
    {
      hide_hint (hint);
      return;
    }
  if (hint->row == NULL)
    {
      make_row (self, hint);
      rounds_record_form_add_note (form, places[place].field, hint->row);
    }
  who = g_strconcat (name, summary != NULL && *summary != '\0' ? " · " : NULL, summary, NULL);
  /* Translators: %s is a contact: "Ama Osei · Cardiology · Utrecht". */
  text = g_strdup_printf (_ ("Possibly the same as %s"), who);
  is_new = !gtk_widget_get_visible (hint->row) || !rounds_uuid_equal (&hint->person, &match->person);
  hint->person = match->person;
  gtk_label_set_text (GTK_LABEL (hint->label), text);
  gtk_widget_set_visible (hint->row, TRUE);
  if (is_new)
    gtk_accessible_announce (GTK_ACCESSIBLE (hint->row), text, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

static int
find_place (guint reasons)
{
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (reasons & places[i].reasons)
      return (int) i;
  return -1;
}

/* Matches are given with the strongest first: the first one for each field is told. */
static void
show_matches (RoundsDuplicateHints *self, GArray *matches)
{
  gboolean told[G_N_ELEMENTS (places)] = { FALSE };

  for (guint i = 0; i < matches->len; i++)
    {
      const RoundsMatch *match = &g_array_index (matches, RoundsMatch, i);
      int place = find_place (match->reasons);

      if (place < 0 || told[place]
          || rounds_match_is_distinct (rounds_store_get_reader (get_store (self)), &self->person, &match->person, NULL)
               != 0)
        continue;
      told[place] = TRUE;
      show_hint (self, (guint) place, match);
    }
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (!told[i])
      hide_hint (&self->hints[i]);
}

/* Comparing */

/* (transfer full) (nullable): what is written in the form of @entity */
static RoundsRecord *
read_form (RoundsDuplicateHints *self, RoundsEntity entity)
{
  RoundsRecordForm *form = find_form (self, entity);
  RoundsRecord *record;

  if (form == NULL)
    return NULL;
  record = rounds_record_new_empty (entity);
  rounds_record_form_peek (form, record);
  return record;
}

static const char *
get_text (RoundsRecord *record, guint field)
{
  return record != NULL ? rounds_record_get_text (record, field) : NULL;
}

/* An organisation that is written but not chosen is not known yet: it says nothing. */
static char *
dup_organisation (RoundsDuplicateHints *self, RoundsRecord *affiliation)
{
  const RoundsUuid *id =
    affiliation != NULL ? rounds_record_get_uuid (affiliation, ROUNDS_AFFILIATION_ORGANISATION) : NULL;
  g_autoptr (RoundsRecord) organisation =
    id != NULL ? rounds_store_get (get_store (self), ROUNDS_ENTITY_ORGANISATION, id, NULL) : NULL;

  return g_strdup (get_text (organisation, ROUNDS_ORGANISATION_NAME));
}

static void
compare (RoundsDuplicateHints *self)
{
  g_autoptr (RoundsRecord) person = read_form (self, ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) physician = read_form (self, ROUNDS_ENTITY_PHYSICIAN);
  g_autoptr (RoundsRecord) address = read_form (self, ROUNDS_ENTITY_ADDRESS);
  g_autoptr (RoundsRecord) affiliation = read_form (self, ROUNDS_ENTITY_AFFILIATION);
  g_autofree char *organisation = dup_organisation (self, affiliation);
  const RoundsMatchFacts facts = {
    .given_name = get_text (person, ROUNDS_PERSON_GIVEN_NAME),
    .family_name = get_text (person, ROUNDS_PERSON_FAMILY_NAME),
    .email = get_text (person, ROUNDS_PERSON_EMAIL),
    .phone = get_text (person, ROUNDS_PERSON_PHONE),
    .npi = get_text (physician, ROUNDS_PHYSICIAN_NPI),
    .organisation = organisation,
    .postal_code = get_text (address, ROUNDS_ADDRESS_POSTAL_CODE),
    .city = get_text (address, ROUNDS_ADDRESS_CITY),
  };
  g_autoptr (GArray) matches = rounds_match_index_find (self->index, &facts, &self->person);

  show_matches (self, matches);
}

static gboolean
pause_cb (gpointer data)
{
  RoundsDuplicateHints *self = data;

  self->pause = 0;
  if (self->index != NULL)
    compare (self);
  return G_SOURCE_REMOVE;
}

static void
form_changed_cb (RoundsDuplicateHints *self)
{
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add (PAUSE_MS, pause_cb, self);
}

static gpointer
load (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return rounds_match_index_load (store, NULL, NULL, cancellable, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsDuplicateHints) self = data;
  RoundsMatchIndex *index = rounds_store_run_finish (ROUNDS_STORE (source), result, NULL);

  /* Without it there are no hints: nobody is kept from writing. */
  self->index = index;
  if (index != NULL && !g_cancellable_is_cancelled (self->cancellable))
    form_changed_cb (self);
}

static void
rounds_duplicate_hints_dispose (GObject *object)
{
  RoundsDuplicateHints *self = ROUNDS_DUPLICATE_HINTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->pause, g_source_remove);
  for (guint i = 0; i < self->n_forms; i++)
    g_clear_weak_pointer (&self->forms[i]);
  for (guint i = 0; i < G_N_ELEMENTS (self->hints); i++)
    g_clear_object (&self->hints[i].row);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (rounds_duplicate_hints_parent_class)->dispose (object);
}

static void
rounds_duplicate_hints_finalize (GObject *object)
{
  RoundsDuplicateHints *self = ROUNDS_DUPLICATE_HINTS (object);

  g_clear_pointer (&self->index, rounds_match_index_free);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (rounds_duplicate_hints_parent_class)->finalize (object);
}

static void
rounds_duplicate_hints_class_init (RoundsDuplicateHintsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_duplicate_hints_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_duplicate_hints_finalize;

  signals[OPENED] =
    g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rounds_duplicate_hints_init (RoundsDuplicateHints *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * rounds_duplicate_hints_new:
 * @context: the application
 * @person: whom the form is about, stored or not
 *
 * Returns: (transfer full): the hints, which know everybody soon
 */
RoundsDuplicateHints *
rounds_duplicate_hints_new (RoundsAppContext *context, const RoundsUuid *person)
{
  RoundsDuplicateHints *self = g_object_new (ROUNDS_TYPE_DUPLICATE_HINTS, NULL);

  self->context = g_object_ref (context);
  self->person = *person;
  rounds_store_read_async (get_store (self), load, NULL, NULL, (GDestroyNotify) rounds_match_index_free, G_PRIORITY_LOW,
                           self->cancellable, loaded_cb, g_object_ref (self));
  return self;
}

/**
 * rounds_duplicate_hints_watch:
 * @form: a form with fields of the contact
 * @entity: its entity: the person, or the physician's particulars, the address, the affiliation
 */
void
rounds_duplicate_hints_watch (RoundsDuplicateHints *self, RoundsRecordForm *form, RoundsEntity entity)
{
  g_return_if_fail (self->n_forms < MOST_FORMS);

  self->entities[self->n_forms] = entity;
  g_set_weak_pointer (&self->forms[self->n_forms++], form);
  g_signal_connect_object (form, "changed", G_CALLBACK (form_changed_cb), self, G_CONNECT_SWAPPED);
}
