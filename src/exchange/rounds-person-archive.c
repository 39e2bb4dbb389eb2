/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-person-archive.h"

#include <string.h>

#include "rounds-new-file.h"
#include "rounds-person-report-private.h"
#include "rounds-vcard-writer.h"
#include "rounds-zip-writer.h"

/* The steps, one file each; from TABLES on two for each entity: what there is, and what is in the trash. */
enum
{
  STEP_WALK,
  STEP_PAGE,
  STEP_JSON,
  STEP_CARD,
  STEP_MENTIONS,
  STEP_CHANGES,
  STEP_TABLES,
  STEP_END = STEP_TABLES + 2 * ROUNDS_N_ENTITIES,
};

struct _RoundsPersonArchive
{
  GObject parent_instance;

  RoundsUuid person;
  GFile *place;     /* (owned) */
  char *passphrase; /* (owned) (nullable): wiped when it has been used */

  RoundsPersonWalk *walk;   /* (owned) (nullable) */
  RoundsRecordNames *names; /* (owned) */
  RoundsNewFile *file;      /* (owned) (nullable) */
  RoundsZipWriter *zip;     /* (owned) (nullable) */
  int step;                 /* atomic: written by the thread of the steps, read by any */
};

static void export_iface_init (RoundsExportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsPersonArchive, rounds_person_archive, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROUNDS_TYPE_EXPORT, export_iface_init))

static void
forget_passphrase (RoundsPersonArchive *self)
{
  if (self->passphrase != NULL)
    explicit_bzero (self->passphrase, strlen (self->passphrase));
  g_clear_pointer (&self->passphrase, g_free);
}

static gboolean
begin (RoundsPersonArchive *self, RoundsRecordStore *store, GCancellable *cancellable, GError **error)
{
  self->walk = rounds_person_walk_new (store, &self->person, cancellable, error);
  if (self->walk == NULL)
    return FALSE;
  self->file = rounds_new_file_create (self->place, cancellable, error);
  if (self->file == NULL)
    return FALSE;
  self->zip = rounds_zip_writer_new (rounds_new_file_get_stream (self->file), self->passphrase, error);
  forget_passphrase (self);
  return self->zip != NULL;
}

/* Takes over @text. */
static gboolean
add_text (RoundsPersonArchive *self, const char *name, char *text, GError **error)
{
  g_autofree char *owned = text;

  return owned != NULL && rounds_zip_writer_add (self->zip, name, owned, strlen (owned), error);
}

/* Takes over @bytes; without any there is no file. */
static gboolean
add_bytes (RoundsPersonArchive *self, const char *name, GBytes *bytes, GError **error)
{
  g_autoptr (GBytes) owned = bytes;

  return owned != NULL
         && (g_bytes_get_size (owned) == 0
             || rounds_zip_writer_add (self->zip, name, g_bytes_get_data (owned, NULL), g_bytes_get_size (owned),
                                       error));
}

static gboolean
add_card (RoundsPersonArchive *self, RoundsRecordStore *store, GError **error)
{
  g_autoptr (RoundsRecord) person = rounds_record_store_get (store, ROUNDS_ENTITY_PERSON, &self->person, error);
  g_autoptr (GString) card = g_string_new (NULL);

  return person != NULL && rounds_vcard_append (card, ROUNDS_VCARD_4, store, self->names, person, error)
         && rounds_zip_writer_add (self->zip, "contact.vcf", card->str, card->len, error);
}

static gboolean
add_table (RoundsPersonArchive *self, RoundsPersonReport *report, guint number, GError **error)
{
  RoundsEntity entity = number / 2;
  gboolean deleted = number % 2 == 1;
  g_autofree char *name =
    g_strdup_printf ("tables/%s%s.csv", deleted ? "deleted/" : "", rounds_entity_get_info (entity)->name);

  return add_bytes (self, name, rounds_person_report_make_table (report, entity, deleted, error), error);
}

/* Makes the next file of the archive. */
static gboolean
make_next (RoundsPersonArchive *self, RoundsRecordStore *store, GCancellable *cancellable, GError **error)
{
  RoundsPersonReport report = { store, self->walk, self->names };
  int step = g_atomic_int_get (&self->step);

  switch (step)
    {
    case STEP_WALK:
      return begin (self, store, cancellable, error);
    case STEP_PAGE:
      return add_text (self, "index.html", rounds_person_report_make_page (&report, error), error);
    case STEP_JSON:
      return add_text (self, "data.json", rounds_person_report_make_json (&report, error), error);
    case STEP_CARD:
      return add_card (self, store, error);
    case STEP_MENTIONS:
      return add_bytes (self, "tables/mentions.csv", rounds_person_report_make_mentions (&report, error), error);
    case STEP_CHANGES:
      return add_bytes (self, "tables/changes.csv", rounds_person_report_make_changes (&report, error), error);
    case STEP_END:
      return rounds_zip_writer_end (self->zip, error) && rounds_new_file_commit (self->file, cancellable, error);
    default:
      return add_table (self, &report, (guint) (step - STEP_TABLES), error);
    }
}

static gboolean
step (RoundsExport *export, RoundsRecordStore *store, gboolean *done, GCancellable *cancellable, GError **error)
{
  RoundsPersonArchive *self = ROUNDS_PERSON_ARCHIVE (export);

  if (!make_next (self, store, cancellable, error))
    return FALSE;
  *done = g_atomic_int_get (&self->step) == STEP_END;
  g_atomic_int_inc (&self->step);
  return TRUE;
}

static void
get_progress (RoundsExport *export, guint *done, guint *total)
{
  *done = (guint) g_atomic_int_get (&ROUNDS_PERSON_ARCHIVE (export)->step);
  *total = STEP_END + 1;
}

static void
export_iface_init (RoundsExportInterface *iface)
{
  iface->step = step;
  iface->get_progress = get_progress;
}

static void
rounds_person_archive_finalize (GObject *object)
{
  RoundsPersonArchive *self = ROUNDS_PERSON_ARCHIVE (object);

  forget_passphrase (self);
  g_clear_pointer (&self->zip, rounds_zip_writer_free);
  g_clear_pointer (&self->file, rounds_new_file_free);
  g_clear_pointer (&self->walk, rounds_person_walk_free);
  rounds_record_names_free (self->names);
  g_clear_object (&self->place);

  G_OBJECT_CLASS (rounds_person_archive_parent_class)->finalize (object);
}

static void
rounds_person_archive_class_init (RoundsPersonArchiveClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_person_archive_finalize;
}

static void
rounds_person_archive_init (RoundsPersonArchive *self)
{
  self->names = rounds_record_names_new ();
}

/**
 * rounds_person_archive_new:
 * @person: whose
 * @file: where to
 * @passphrase: (nullable): encrypts the archive
 *
 * Returns: (transfer full): an archive of which nothing is there yet
 */
RoundsPersonArchive *
rounds_person_archive_new (const RoundsUuid *person, GFile *file, const char *passphrase)
{
  RoundsPersonArchive *self = g_object_new (ROUNDS_TYPE_PERSON_ARCHIVE, NULL);

  self->person = *person;
  self->place = g_object_ref (file);
  self->passphrase = g_strdup (passphrase);
  return self;
}
