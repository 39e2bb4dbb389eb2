/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-common.h"

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

void
bench_check (const GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static double
read_clock (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec * G_USEC_PER_SEC + (double) time.tv_nsec / 1000;
}

double
bench_get_cpu_time (void)
{
  return read_clock (CLOCK_PROCESS_CPUTIME_ID);
}

double
bench_get_thread_cpu_time (void)
{
  return read_clock (CLOCK_THREAD_CPUTIME_ID);
}

void
bench_start (BenchStopwatch *self)
{
  self->wall -= (double) g_get_monotonic_time ();
  self->cpu -= bench_get_cpu_time ();
}

void
bench_stop (BenchStopwatch *self)
{
  self->cpu += bench_get_cpu_time ();
  self->wall += (double) g_get_monotonic_time ();
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

double
bench_get_quantile (GArray *values, double share)
{
  if (values->len == 0)
    return 0;
  g_array_sort (values, compare_doubles);
  return g_array_index (values, double, MIN ((guint) (share * values->len), values->len - 1));
}

void
bench_times_add (BenchTimes *self, const BenchStopwatch *watch)
{
  g_array_append_val (self->wall, watch->wall);
  g_array_append_val (self->cpu, watch->cpu);
}

void
bench_times_print (BenchTimes *self, const char *what, const char *more)
{
  printf ("{\"what\": \"%s\", \"p50_us\": %.0f, \"p99_us\": %.0f, \"cpu_p50_us\": %.0f, \"cpu_p99_us\": %.0f%s}\n",
          what, bench_get_quantile (self->wall, 0.5), bench_get_quantile (self->wall, 0.99),
          bench_get_quantile (self->cpu, 0.5), bench_get_quantile (self->cpu, 0.99), more);
  fflush (stdout);
  g_array_unref (self->wall);
  g_array_unref (self->cpu);
}

double
bench_get_memory (GPid pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/smaps_rollup", pid);
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (line = strstr (text, "\nPss:")) == NULL)
    return 0;
  return g_ascii_strtod (line + strlen ("\nPss:"), NULL) / 1024;
}

long
bench_get_peak_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}
