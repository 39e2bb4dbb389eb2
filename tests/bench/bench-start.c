/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures how a program starts on an X display, as somebody in front of it would: from starting the process to a
 * mapped window, to the first picture with content, to the last repaint; then its memory (PSS) and its processor time
 * at rest.
 *
 *   bench-start NAME REPEATS CMD…      one JSON line on stdout: medians over the starts but the first
 */

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench-common.h"

#define LEAST_WIDTH 250
#define LEAST_HEIGHT 150
#define LEAST_COLOURS 14 /* an empty window has fewer */
#define SAMPLE_STEP 53   /* every so many pixels */
#define BIG_CHANGE 0.004 /* share of pixels; less is a blinking cursor */
#define QUIET_MS 1500
#define LIMIT_MS 30000
#define POLL_US 4000
#define REST_SECONDS 3

typedef struct
{
  double mapped;
  double content;
  double settled;
  double pss_mib;
  double rest_cpu_percent;
} Start;

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

static int
ignore_error (Display *display, XErrorEvent *event)
{
  return 0; /* a window may go away between two looks at it */
}

static Window
find_window (Display *display)
{
  Window root, parent, *children = NULL, found = None;
  guint n = 0;

  if (!XQueryTree (display, DefaultRootWindow (display), &root, &parent, &children, &n))
    return None;
  for (guint i = 0; i < n && found == None; i++)
    {
      XWindowAttributes attributes;

      if (XGetWindowAttributes (display, children[i], &attributes) && attributes.map_state == IsViewable
          && attributes.width >= LEAST_WIDTH && attributes.height >= LEAST_HEIGHT)
        found = children[i];
    }
  if (children != NULL)
    XFree (children);
  return found;
}

/* Every SAMPLE_STEP-th pixel of what @window shows. */
static GArray *
take_sample (Display *display, Window window)
{
  GArray *sample = g_array_new (FALSE, FALSE, sizeof (guint32));
  XWindowAttributes attributes;
  XImage *image;

  if (!XGetWindowAttributes (display, window, &attributes) || attributes.map_state != IsViewable)
    return sample;
  image = XGetImage (display, window, 0, 0, (guint) attributes.width, (guint) attributes.height, AllPlanes, ZPixmap);
  if (image == NULL)
    return sample;
  for (int i = 0; i < image->width * image->height; i += SAMPLE_STEP)
    {
      guint32 pixel = (guint32) XGetPixel (image, i % image->width, i / image->width);

      g_array_append_val (sample, pixel);
    }
  XDestroyImage (image);
  return sample;
}

static guint
count_colours (GArray *sample)
{
  g_autoptr (GHashTable) colours = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < sample->len; i++)
    g_hash_table_add (colours, GUINT_TO_POINTER (g_array_index (sample, guint32, i) + 1));
  return g_hash_table_size (colours);
}

static double
get_difference (GArray *a, GArray *b)
{
  guint different = 0;

  if (a == NULL || a->len != b->len)
    return 1;
  for (guint i = 0; i < b->len; i++)
    different += g_array_index (a, guint32, i) != g_array_index (b, guint32, i);
  return b->len > 0 ? (double) different / b->len : 0;
}

/* Clock ticks that @pid has used. */
static double
read_ticks (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;
  const char *end;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (end = strrchr (text, ')')) == NULL)
    return 0;
  parts = g_strsplit (end + 2, " ", 0);
  return g_strv_length (parts) > 12 ? g_ascii_strtod (parts[11], NULL) + g_ascii_strtod (parts[12], NULL) : 0;
}

/* Looks at the display until @result is known. */
static void
watch_start (Display *display, double begin, Start *result)
{
  g_autoptr (GArray) previous = NULL;
  double last_change = begin;

  while (now_ms () - begin < LIMIT_MS && (result->content == 0 || now_ms () - last_change < QUIET_MS))
    {
      Window window = find_window (display);

      if (window != None)
        {
          g_autoptr (GArray) sample = take_sample (display, window);

          if (result->mapped == 0)
            result->mapped = now_ms () - begin;
          if (get_difference (previous, sample) > BIG_CHANGE)
            last_change = now_ms ();
          if (result->content == 0 && count_colours (sample) >= LEAST_COLOURS)
            result->content = now_ms () - begin;
          g_clear_pointer (&previous, g_array_unref);
          previous = g_steal_pointer (&sample);
        }
      g_usleep (POLL_US);
    }
  result->settled = last_change - begin;
}

static gboolean
measure_start (Display *display, char **command, Start *result)
{
  g_autoptr (GError) error = NULL;
  GPid pid;
  double begin = now_ms ();
  double ticks;

  *result = (Start) { 0 };
  if (!g_spawn_async (NULL, command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, &error))
    g_error ("%s", error->message);

  watch_start (display, begin, result);
  ticks = read_ticks (pid);
  g_usleep (REST_SECONDS * G_USEC_PER_SEC);
  result->rest_cpu_percent = (read_ticks (pid) - ticks) * 100 / (double) sysconf (_SC_CLK_TCK) / REST_SECONDS;
  result->pss_mib = bench_get_memory (pid);

  kill (pid, SIGTERM);
  waitpid (pid, NULL, 0);
  while (find_window (display) != None && now_ms () - begin < 2 * LIMIT_MS)
    g_usleep (POLL_US);
  return result->content > 0;
}

/* The median of the doubles at @offset in the starts from the second on. */
static double
get_median (GArray *starts, gsize offset)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = starts->len > 1 ? 1 : 0; i < starts->len; i++)
    g_array_append_val (values, G_STRUCT_MEMBER (double, &g_array_index (starts, Start, i), offset));
  return bench_get_quantile (values, 0.5);
}

int
main (int argc, char **argv)
{
  Display *display = XOpenDisplay (NULL);
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (Start));

  if (argc < 4 || display == NULL)
    {
      fprintf (stderr, "usage: bench-start NAME REPEATS CMD…, on an X display\n");
      return 2;
    }
  XSetErrorHandler (ignore_error);

  for (int i = 0; i < atoi (argv[2]); i++)
    {
      Start result;

      if (!measure_start (display, argv + 3, &result))
        {
          fprintf (stderr, "%s shows nothing within %d s\n", argv[1], LIMIT_MS / 1000);
          return 1;
        }
      g_array_append_val (starts, result);
    }

  printf ("{\"what\": \"start\", \"program\": \"%s\", \"mapped_ms\": %.0f, \"content_ms\": %.0f, \"settled_ms\": %.0f,"
          " \"pss_mib\": %.0f, \"rest_cpu_percent\": %.1f}\n",
          argv[1], get_median (starts, G_STRUCT_OFFSET (Start, mapped)),
          get_median (starts, G_STRUCT_OFFSET (Start, content)), get_median (starts, G_STRUCT_OFFSET (Start, settled)),
          get_median (starts, G_STRUCT_OFFSET (Start, pss_mib)),
          get_median (starts, G_STRUCT_OFFSET (Start, rest_cpu_percent)));
  XCloseDisplay (display);
  return 0;
}
