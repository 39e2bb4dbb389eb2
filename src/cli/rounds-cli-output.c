/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-cli.h"
#include "rounds-json.h"

/** rounds_cli_print: writes to the answer, in UTF-8. */
gboolean
rounds_cli_print (RoundsCli *cli, GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  return g_output_stream_write_all (cli->out, text, strlen (text), NULL, NULL, error);
}

/** rounds_cli_print_json: writes @doc as the answer: there is one in a run. */
gboolean
rounds_cli_print_json (RoundsCli *cli, yyjson_mut_doc *doc, GError **error)
{
  g_autofree char *text = rounds_json_write (doc, TRUE);

  return rounds_cli_print (cli, error, "%s\n", text);
}

/** rounds_cli_print_record: what `add`, `edit` and their like answer: the id, or with --json the record. */
gboolean
rounds_cli_print_record (RoundsCli *cli, RoundsRecord *record, GError **error)
{
  if (cli->json)
    {
      g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);

      yyjson_mut_doc_set_root (doc, rounds_record_to_json (record, doc));
      return rounds_cli_print_json (cli, doc, error);
    }
  else
    {
      g_autofree char *id = rounds_uuid_to_string (rounds_record_get_id (record));

      return rounds_cli_print (cli, error, "%s\n", id);
    }
}
