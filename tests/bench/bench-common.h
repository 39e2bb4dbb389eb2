/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every bench needs: clocks, quantiles, memory. GLib alone. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Time that went by between starts and stops, in microseconds. Processor time is that of all threads of this process:
 * other programs on the machine do not lengthen it. Begin with { 0 }. */
typedef struct
{
  double wall;
  double cpu;
} BenchStopwatch;

/* Ends the program if there is an @error: (nullable). */
void bench_check (const GError *error);

/* Processor time of all threads of this process, and of this thread, in microseconds. */
double bench_get_cpu_time (void);
double bench_get_thread_cpu_time (void);

void bench_start (BenchStopwatch *self);
void bench_stop (BenchStopwatch *self);

/* The value in @values, doubles that are sorted by it, below which @share of them are; 0 where there are none. */
double bench_get_quantile (GArray *values, double share);

/* How long each of many runs took, in microseconds. Begin with BENCH_TIMES_INIT; ended by bench_times_print(). */
typedef struct
{
  GArray *wall; /* (owned) of double */
  GArray *cpu;  /* (owned) of double */
} BenchTimes;

#define BENCH_TIMES_INIT { g_array_new (FALSE, FALSE, sizeof (double)), g_array_new (FALSE, FALSE, sizeof (double)) }

void bench_times_add (BenchTimes *self, const BenchStopwatch *watch);

/* Prints the line of JSON about @what, with @more (", …") at its end. */
void bench_times_print (BenchTimes *self, const char *what, const char *more);

/* Memory of the process @pid in MiB, what is shared counted by share (PSS). */
double bench_get_memory (GPid pid);

/* The most memory that this process has had, in MiB. */
long bench_get_peak_memory (void);

G_END_DECLS
