package io.warmgate.local.cli;

import io.warmgate.local.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A line for each thing that happened: for logs and pipes. */
final class PlainProgress implements Progress {
  private final PrintStream out;
  private final InstantSource clock;
  private final Map<String, Instant> begun = new HashMap<>();
  private final Map<String, String> said = new HashMap<>();

  PlainProgress(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public synchronized void begin(String step) {
    begun.put(step, clock.instant());
    out.println(step + " …");
  }

  @Override
  public synchronized void waiting(String step, String on) {
    if (!on.equals(said.put(step, on))) {
      out.println(step + ": waiting for " + on);
    }
  }

  @Override
  public synchronized void done(String step) {
    Instant from = begun.getOrDefault(step, clock.instant());
    out.println(step + ": done in " + Seconds.of(Duration.between(from, clock.instant())));
  }

  @Override
  public synchronized void note(String line) {
    out.println(line);
  }
}
