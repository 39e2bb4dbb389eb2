/* SPDX-License-Identifier: GPL-3.0-or-later */

/* XML parts of a zip file, read from an open descriptor and never held as a whole. */

#include "rounds-zip-xml.h"

#include <archive.h>
#include <archive_entry.h>
#include <expat.h>
#include <string.h>
#include <unistd.h>

#include "rounds-workbook.h"

#define BLOCK_SIZE (64 * 1024)
#define MAX_ENTRIES 10000
/* What a sheet of a million rows of contacts may take. */
#define MAX_UNPACKED_SIZE (G_GINT64_CONSTANT (2) * 1024 * 1024 * 1024)
/* Deflate reaches 1,032 at most; sheets of real data reach 10 to 30, of nothing but equal cells 100. */
#define MAX_RATIO 250
/* Small files may be packed better than that. */
#define RATIO_FROM_SIZE (16 * 1024 * 1024)

typedef struct
{
  const RoundsXmlHandlers *handlers;
  gpointer data;
} Part;

static struct archive *
open_archive (int fd)
{
  struct archive *archive = archive_read_new ();

  archive_read_support_format_zip_seekable (archive);
  if (lseek (fd, 0, SEEK_SET) != 0 || archive_read_open_fd (archive, fd, BLOCK_SIZE) != ARCHIVE_OK)
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
  return archive;
}

static struct archive_entry *
next_entry (struct archive *archive)
{
  struct archive_entry *entry;
  int result = archive_read_next_header (archive, &entry);

  if (result == ARCHIVE_EOF)
    return NULL;
  if (result != ARCHIVE_OK && result != ARCHIVE_WARN)
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
  if (archive_entry_is_encrypted (entry))
    rounds_workbook_fail (ROUNDS_WORKBOOK_PASSWORD);
  return entry;
}

static gboolean
is_named (struct archive_entry *entry, const char *path)
{
  const char *name = archive_entry_pathname (entry);

  /* Excel finds its parts whatever the case, and old .NET programs write backslashes. */
  if (name == NULL)
    return FALSE;
  for (; *name != '\0' && *path != '\0'; name++, path++)
    if (g_ascii_tolower (*name == '\\' ? '/' : *name) != g_ascii_tolower (*path))
      return FALSE;
  return *name == *path;
}

/* The entry of that name, its contents next; %NULL at the end. */
static struct archive_entry *
find_entry (struct archive *archive, const char *path)
{
  struct archive_entry *entry;

  do
    entry = next_entry (archive);
  while (entry != NULL && !is_named (entry, path));
  return entry;
}

/**
 * rounds_zip_check:
 * @fd: a zip file
 *
 * Ends the program if the file would be unreasonably large when unpacked, by what it says of itself. What it really
 * unpacks to is counted as it is read.
 */
void
rounds_zip_check (int fd)
{
  struct archive *archive = open_archive (fd);
  off_t packed = lseek (fd, 0, SEEK_END);
  gint64 unpacked = 0;
  guint n_entries = 0;
  struct archive_entry *entry;

  lseek (fd, 0, SEEK_SET);
  while ((entry = next_entry (archive)) != NULL)
    {
      gint64 size = archive_entry_size (entry);

      if (size < 0 || size > MAX_UNPACKED_SIZE || ++n_entries > MAX_ENTRIES)
        rounds_workbook_fail (ROUNDS_WORKBOOK_TOO_LARGE);
      unpacked += size;
      if (unpacked > MAX_UNPACKED_SIZE || (unpacked > RATIO_FROM_SIZE && unpacked / MAX_RATIO > packed))
        rounds_workbook_fail (ROUNDS_WORKBOOK_TOO_LARGE);
    }
  archive_read_free (archive);
}

/** rounds_zip_has: whether there is an entry of that name, in capitals or not. */
gboolean
rounds_zip_has (int fd, const char *path)
{
  struct archive *archive = open_archive (fd);
  gboolean found = find_entry (archive, path) != NULL;

  archive_read_free (archive);
  return found;
}

/* Expat writes "namespace name". */
static const char *
without_namespace (const char *name)
{
  const char *space = strrchr (name, ' ');

  return space != NULL ? space + 1 : name;
}

static void
start_cb (void *data, const char *name, const char **attributes)
{
  Part *part = data;

  part->handlers->start (part->data, without_namespace (name), attributes);
}

static void
end_cb (void *data, const char *name)
{
  Part *part = data;

  part->handlers->end (part->data, without_namespace (name));
}

static void
text_cb (void *data, const char *text, int length)
{
  Part *part = data;

  if (part->handlers->text != NULL)
    part->handlers->text (part->data, text, length);
}

/**
 * rounds_zip_parse:
 * @fd: a zip file
 * @path: which of its parts
 * @handlers: what to do with what is in there
 *
 * Ends the program if the part is damaged or unpacks to too much.
 *
 * Returns: %FALSE if there is no such part
 */
gboolean
rounds_zip_parse (int fd, const char *path, const RoundsXmlHandlers *handlers, gpointer data)
{
  struct archive *archive = open_archive (fd);
  Part part = { handlers, data };
  gint64 unpacked = 0;
  XML_Parser parser;
  gssize count;

  if (find_entry (archive, path) == NULL)
    {
      archive_read_free (archive);
      return FALSE;
    }

  parser = XML_ParserCreateNS (NULL, ' ');
  XML_SetUserData (parser, &part);
  XML_SetElementHandler (parser, start_cb, end_cb);
  XML_SetCharacterDataHandler (parser, text_cb);
  do
    {
      void *buffer = XML_GetBuffer (parser, BLOCK_SIZE);

      if (buffer == NULL)
        rounds_workbook_fail (ROUNDS_WORKBOOK_TOO_LARGE);
      count = archive_read_data (archive, buffer, BLOCK_SIZE);
      if (count < 0)
        rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
      unpacked += count;
      if (unpacked > MAX_UNPACKED_SIZE)
        rounds_workbook_fail (ROUNDS_WORKBOOK_TOO_LARGE);
      if (XML_ParseBuffer (parser, (int) count, count == 0) == XML_STATUS_ERROR)
        rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
    }
  while (count > 0);

  XML_ParserFree (parser);
  archive_read_free (archive);
  return TRUE;
}

/**
 * rounds_xml_get:
 * @space: (nullable): a part of the name of the attribute's namespace, where several have one of that name
 *
 * Returns: (nullable): the attribute's value
 */
const char *
rounds_xml_get (const char **attributes, const char *space, const char *name)
{
  for (guint i = 0; attributes[i] != NULL; i += 2)
    if (g_str_equal (without_namespace (attributes[i]), name)
        && (space == NULL || strstr (attributes[i], space) != NULL))
      return attributes[i + 1];
  return NULL;
}
