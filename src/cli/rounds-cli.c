/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-cli.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "rounds-error.h"

static const RoundsCliCommand *const groups[] = {
  rounds_cli_profile_commands, rounds_cli_read_commands,       rounds_cli_write_commands, rounds_cli_lock_commands,
  rounds_cli_import_commands,  rounds_cli_export_commands,     rounds_cli_sync_commands,  rounds_cli_status_commands,
  rounds_cli_person_commands,  rounds_cli_duplicates_commands,
};

static const struct
{
  RoundsExit code;
  const char *meaning;
} exit_codes[] = {
  { ROUNDS_EXIT_OK, N_ ("done") },
  { ROUNDS_EXIT_FAILED, N_ ("failed") },
  { ROUNDS_EXIT_USAGE, N_ ("called wrongly: unknown command, option or entity, or an argument is missing") },
  { ROUNDS_EXIT_NOT_FOUND, N_ ("the record, file or data folder is not there") },
  { ROUNDS_EXIT_INVALID, N_ ("a value breaks a rule, or is taken already") },
  { ROUNDS_EXIT_LOCKED, N_ ("the database does not open: wrong code, in use, damaged, or of a newer version") },
  { ROUNDS_EXIT_UNREACHABLE, N_ ("the server cannot be reached or does not speak this version's protocol") },
  { ROUNDS_EXIT_SIGN_IN, N_ ("signing in is needed, or the account may not do this") },
  { ROUNDS_EXIT_REJECTED, N_ ("done, but something was rejected: rows of an import, changes in a sync") },
};

GQuark
rounds_cli_usage_error_quark (void)
{
  return g_quark_from_static_string ("rounds-cli-usage-error");
}

/** rounds_cli_set_usage_error: Returns: %FALSE, so that a command can return it. */
gboolean
rounds_cli_set_usage_error (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (ROUNDS_CLI_USAGE_ERROR, 0, format, args));
  va_end (args);
  return FALSE;
}

static RoundsExit
get_exit_code (const GError *error)
{
  if (error->domain == ROUNDS_CLI_USAGE_ERROR || error->domain == G_OPTION_ERROR)
    return ROUNDS_EXIT_USAGE;
  if (error->domain != ROUNDS_ERROR)
    return ROUNDS_EXIT_FAILED;

  switch ((RoundsError) error->code)
    {
    case ROUNDS_ERROR_NOT_FOUND:
      return ROUNDS_EXIT_NOT_FOUND;
    case ROUNDS_ERROR_INVALID:
    case ROUNDS_ERROR_EXISTS:
    case ROUNDS_ERROR_CONFLICT:
      return ROUNDS_EXIT_INVALID;
    case ROUNDS_ERROR_LOCKED:
    case ROUNDS_ERROR_WRONG_KEY:
    case ROUNDS_ERROR_CORRUPT:
    case ROUNDS_ERROR_TOO_NEW:
      return ROUNDS_EXIT_LOCKED;
    case ROUNDS_ERROR_UNREACHABLE:
    case ROUNDS_ERROR_PROTOCOL:
      return ROUNDS_EXIT_UNREACHABLE;
    case ROUNDS_ERROR_UNAUTHORIZED:
    case ROUNDS_ERROR_FORBIDDEN:
      return ROUNDS_EXIT_SIGN_IN;
    case ROUNDS_ERROR_FAILED:
    case ROUNDS_ERROR_NO_SPACE:
    case ROUNDS_ERROR_CANCELLED:
    default:
      return ROUNDS_EXIT_FAILED;
    }
}

/* One line, whatever the message came with, and what to do about a mistake in the call. */
static RoundsExit
report (const GError *error)
{
  g_autofree char *line = g_strdup (error->message);

  for (char *c = line; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  g_strchomp (line);
  if (get_exit_code (error) == ROUNDS_EXIT_USAGE)
    g_printerr (_ ("rounds-cli: %s (see “rounds-cli help”)\n"), line);
  else
    g_printerr ("rounds-cli: %s\n", line);
  return get_exit_code (error);
}

static const RoundsCliCommand *
find_command (const char *name)
{
  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    for (const RoundsCliCommand *command = groups[g]; command->name != NULL; command++)
      if (g_str_equal (command->name, name))
        return command;
  return NULL;
}

static void
add_common_options (GOptionContext *context, RoundsCli *cli)
{
  const GOptionEntry entries[] = {
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &cli->data_dir, N_ ("Use the store in DIR"), N_ ("DIR") },
    { "recovery-code-file", 0, 0, G_OPTION_ARG_FILENAME, &cli->recovery_code_file,
      N_ ("Open the store with the recovery code or passphrase in FILE; “-” is the standard input"), N_ ("FILE") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, N_ ("Print one JSON document"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
}

/* A line of the list of commands; padded by characters, which "%-34s" does not do for "…". */
static void
append_command (GString *text, const char *name, const char *arguments, const char *summary)
{
  glong width = g_utf8_strlen (name, -1) + 1 + g_utf8_strlen (arguments, -1);

  g_string_append_printf (text, "  %s %s%*s %s\n", name, arguments, (int) MAX (0, 32 - width), "", summary);
}

static char *
describe_all (void)
{
  GString *text = g_string_new (_ ("Commands:\n"));

  for (guint g = 0; g < G_N_ELEMENTS (groups); g++)
    for (const RoundsCliCommand *command = groups[g]; command->name != NULL; command++)
      append_command (text, command->name, command->arguments, _ (command->summary));
  append_command (text, "help", "[COMMAND|ENTITY]", _ ("Explain all this, one command, or an entity’s fields"));

  g_string_append (text,
                   _ ("\nAn ENTITY is a table’s name such as “person” or a collection’s such as “people”. Texts, dates"
                      "\n(2026-01-31), instants (2026-01-31T09:30:00Z), ids and wire values are written as in the"
                      "\nREST interface; an empty value clears a field. “rounds-cli help ENTITY” lists its fields.\n"));
  g_string_append (text, _ ("\nExit codes:\n"));
  for (guint i = 0; i < G_N_ELEMENTS (exit_codes); i++)
    g_string_append_printf (text, "  %d  %s\n", exit_codes[i].code, _ (exit_codes[i].meaning));
  return g_string_free_and_steal (text);
}

static char *
describe_entity (RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("%s: “%s” or “%s”\n"), rounds_entity_get_label (entity), info->name, info->path);
  for (guint f = ROUNDS_FIELD_TERRITORY; f < info->n_fields; f++)
    {
      const RoundsFieldInfo *field = &info->fields[f];
      g_autofree char *values = field->values != NULL ? g_strjoinv ("|", (char **) field->values) : NULL;

      g_string_append_printf (text, "  %-22s %s%s", field->name, rounds_field_get_label (field),
                              field->flags & ROUNDS_FIELD_REQUIRED ? _ (" (needed)") : "");
      if (values != NULL)
        g_string_append_printf (text, ": %s", values);
      if (field->type == ROUNDS_TYPE_REFERENCE)
        g_string_append_printf (text, _ (": id of %s"), rounds_entity_get_info (field->target)->name);
      g_string_append_c (text, '\n');
    }
  return g_string_free_and_steal (text);
}

static GOptionContext *
create_context (RoundsCli *cli, const RoundsCliCommand *command)
{
  g_autofree char *call = g_strdup_printf ("%s %s", command->name, command->arguments);
  GOptionContext *context = g_option_context_new (call);

  g_option_context_set_summary (context, _ (command->summary));
  if (command->options != NULL)
    g_option_context_add_main_entries (context, command->options, GETTEXT_PACKAGE);
  add_common_options (context, cli);
  return context;
}

static gboolean
check_text (const char *name, const char *text, GError **error)
{
  if (text == NULL || g_utf8_validate (text, -1, NULL))
    return TRUE;
  return rounds_cli_set_usage_error (error, _ ("what “%s” is given is not UTF-8"), name);
}

static gboolean
run_help (RoundsCli *cli, GOptionContext *main_context, char **arguments, GError **error)
{
  const RoundsCliCommand *command;
  RoundsEntity entity;
  g_autofree char *text = NULL;

  if (!check_text ("help", arguments[0], error))
    return FALSE;
  if (arguments[0] == NULL)
    text = g_option_context_get_help (main_context, TRUE, NULL);
  else if ((command = find_command (arguments[0])) != NULL)
    {
      g_autoptr (GOptionContext) context = create_context (cli, command);

      text = g_option_context_get_help (context, TRUE, NULL);
    }
  else if (rounds_cli_parse_entity (arguments[0], &entity, error))
    text = describe_entity (entity);
  else
    return FALSE;
  return rounds_cli_print (cli, error, "%s", text);
}

static gboolean
check_number (const RoundsCliCommand *command, char **arguments, GError **error)
{
  guint n = g_strv_length (arguments);

  if (n < command->least)
    return rounds_cli_set_usage_error (error, _ ("“%s” needs: %s"), command->name, command->arguments);
  if (n > command->most)
    return rounds_cli_set_usage_error (error, _ ("“%s” is too much for “%s”"), arguments[command->most], command->name);
  return TRUE;
}

/* Texts are UTF-8 whatever the locale says, as a job of cron has none: GLib would take them for another encoding. So
 * they are read as file names are, untouched, and checked here; real file names may be any bytes. */
static gboolean
check_texts (const RoundsCliCommand *command, char **arguments, GError **error)
{
  for (const GOptionEntry *entry = command->options; entry != NULL && entry->long_name != NULL; entry++)
    {
      if (g_strcmp0 (entry->arg_description, "FILE") == 0)
        continue;
      if (entry->arg == G_OPTION_ARG_FILENAME && !check_text (entry->long_name, *(char **) entry->arg_data, error))
        return FALSE;
      if (entry->arg == G_OPTION_ARG_FILENAME_ARRAY)
        for (char **text = *(char ***) entry->arg_data; text != NULL && *text != NULL; text++)
          if (!check_text (entry->long_name, *text, error))
            return FALSE;
    }
  if (!g_str_equal (command->arguments, "FILE"))
    for (guint i = 0; arguments[i] != NULL; i++)
      if (!check_text (command->name, arguments[i], error))
        return FALSE;
  return TRUE;
}

static gboolean
run_command (RoundsCli *cli, const RoundsCliCommand *command, char ***arguments, RoundsExit *code, GError **error)
{
  g_autoptr (GOptionContext) context = create_context (cli, command);
  g_auto (GStrv) rest = NULL;
  GStrvBuilder *builder;

  if (!g_option_context_parse_strv (context, arguments, error))
    return FALSE;

  /* Without the command's name, and without the "--" that says that what follows are no options. */
  builder = g_strv_builder_new ();
  for (guint i = 1; (*arguments)[i] != NULL; i++)
    if (i > 1 || !g_str_equal ((*arguments)[i], "--"))
      g_strv_builder_add (builder, (*arguments)[i]);
  rest = g_strv_builder_unref_to_strv (builder);

  return check_number (command, rest, error) && check_texts (command, rest, error)
         && command->run (cli, rest, code, error);
}

static gboolean
run (RoundsCli *cli, char ***arguments, RoundsExit *code, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("COMMAND …"));
  g_autofree char *description = describe_all ();
  gboolean show_version = FALSE;
  const GOptionEntry entries[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, &show_version, N_ ("Print the version"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  const RoundsCliCommand *command;
  char **rest;

  g_option_context_set_summary (context, _ ("Works on a Rounds store without a window."));
  g_option_context_set_description (context, description);
  g_option_context_set_strict_posix (context, TRUE);
  add_common_options (context, cli);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, arguments, error))
    return FALSE;

  if (show_version)
    return rounds_cli_print (cli, error, "rounds-cli %s\n", PACKAGE_VERSION);
  if ((*arguments)[1] == NULL || g_str_equal ((*arguments)[1], "--"))
    return rounds_cli_set_usage_error (error, _ ("which command?"));
  if (g_str_equal ((*arguments)[1], "help"))
    return run_help (cli, context, *arguments + 2, error);

  if (!check_text ("rounds-cli", (*arguments)[1], error))
    return FALSE;
  command = find_command ((*arguments)[1]);
  if (command == NULL)
    return rounds_cli_set_usage_error (error, _ ("there is no command “%s”"), (*arguments)[1]);

  /* The command takes the place of the program's name. */
  rest = g_strdupv (*arguments + 1);
  g_strfreev (*arguments);
  *arguments = rest;
  return run_command (cli, command, arguments, code, error);
}

static void
clear (RoundsCli *cli)
{
  g_clear_object (&cli->store);
  g_clear_object (&cli->profile);
  g_clear_object (&cli->out);
  g_clear_pointer (&cli->data_dir, g_free);
  g_clear_pointer (&cli->recovery_code_file, g_free);
}

/**
 * rounds_cli_main:
 * @argv: as main() has it
 *
 * Runs one command: the answer goes to the standard output, an error in one line to the standard error.
 *
 * Returns: one of #RoundsExit
 */
int
rounds_cli_main (int argc, char **argv)
{
  g_auto (GStrv) arguments = g_strdupv (argv);
  g_autoptr (GOutputStream) raw = g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  g_autoptr (GError) error = NULL;
  RoundsExit code = ROUNDS_EXIT_OK;
  RoundsCli cli = { .out = g_buffered_output_stream_new (raw) };

  if (!run (&cli, &arguments, &code, &error) || !g_output_stream_flush (cli.out, NULL, &error))
    code = report (error);
  clear (&cli);
  return code;
}
