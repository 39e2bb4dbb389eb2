/* SPDX-License-Identifier: GPL-3.0-or-later */

/* type-draft type FILE DELAY: types into a form over the real store until it is killed, and says on its standard output
 * after each key how many there were. DELAY is the journal's, in ms. type-draft read FILE: says what is left of it. For
 * test-draft-kills.py. */

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "forms/rounds-draft-journal.h"

#define FORM "interaction:type-draft"
#define KEY_INTERVAL 7 /* ms: faster than anybody types */

static const guint8 key[ROUNDS_KEY_LENGTH] = { 9 };

typedef struct
{
  GString *text;
  RoundsDraftJournal *journal;
} Form;

static char *
describe_cb (gpointer data)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "text", ((Form *) data)->text->str);
  return rounds_json_write (doc, FALSE);
}

/* The key is down when its number is out: what is told is never more than what was typed. */
static gboolean
type_cb (gpointer data)
{
  Form *form = data;
  char line[32];
  int length;

  g_string_append_c (form->text, (char) ('a' + form->text->len % 26));
  rounds_draft_journal_touch (form->journal);
  length = g_snprintf (line, sizeof line, "%u\n", (guint) form->text->len);
  if (write (STDOUT_FILENO, line, (size_t) length) != length)
    exit (EXIT_FAILURE);
  return G_SOURCE_CONTINUE;
}

static void
type (RoundsStore *store, guint delay)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Form form = { .text = g_string_new (NULL) };

  form.journal = rounds_draft_journal_new (store, FORM, NULL, describe_cb, &form);
  rounds_draft_journal_set_delay (form.journal, delay);
  g_timeout_add (KEY_INTERVAL, type_cb, &form);
  g_main_loop_run (loop);
}

/* How much there is, each letter at its place. */
static int
tell_rest (RoundsStore *store)
{
  g_autoptr (RoundsRecord) draft = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  const char *text = "";

  if (!rounds_draft_look_up (store, FORM, &draft, NULL))
    return EXIT_FAILURE;
  if (draft != NULL && rounds_json_read (rounds_record_get_text (draft, ROUNDS_DRAFT_BODY), -1, &doc, NULL))
    text = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), "text"));
  for (guint i = 0; text[i] != '\0'; i++)
    if (text[i] != (char) ('a' + i % 26))
      return EXIT_FAILURE;
  printf ("%u\n", (guint) strlen (text));
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsStore) store = NULL;

  if (argc < 3)
    return EXIT_FAILURE;
  store = rounds_store_open (argv[2], key, ROUNDS_OPEN_CREATE, &error);
  if (store == NULL)
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  if (g_str_equal (argv[1], "read"))
    return tell_rest (store);
  type (store, argc > 3 ? (guint) g_ascii_strtoull (argv[3], NULL, 10) : 1000);
  return EXIT_SUCCESS;
}
