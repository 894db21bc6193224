package io.warmgate.local.cli;

import io.warmgate.local.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line for each step that is updated in place (ECMA-48: cursor up, erase to the end of the
 * screen). Steps that are done stay above; notes too.
 */
final class TerminalProgress implements Progress {
  private static final String ERASE = "\u001b[J";

  private final PrintStream out;
  private final InstantSource clock;
  private final int width;
  private final Map<String, Step> open = new LinkedHashMap<>();
  private int drawn;

  private record Step(Instant since, String on) {}

  /**
   * A terminal.
   *
   * @param width its columns; a longer line is cut, since a wrapped one could not be updated
   */
  TerminalProgress(PrintStream out, InstantSource clock, int width) {
    this.out = out;
    this.clock = clock;
    this.width = width;
  }

  @Override
  public synchronized void begin(String step) {
    open.put(step, new Step(clock.instant(), ""));
    draw();
  }

  @Override
  public synchronized void waiting(String step, String on) {
    open.computeIfPresent(step, (_, now) -> new Step(now.since(), on));
    draw();
  }

  @Override
  public synchronized void done(String step) {
    Step ended = open.remove(step);
    if (ended != null) {
      note("  ✓ %s  %s".formatted(step, elapsed(ended)));
    }
  }

  @Override
  public synchronized void note(String line) {
    erase();
    out.println(line);
    draw();
  }

  private void draw() {
    erase();
    open.forEach(
        (name, step) -> {
          String on = step.on().isEmpty() ? "" : "  waiting for " + step.on();
          String line = "  · %s  %s%s".formatted(name, elapsed(step), on);
          out.println(line.length() < width ? line : line.substring(0, width - 2) + "…");
        });
    drawn = open.size();
    out.flush();
  }

  private void erase() {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A\r" + ERASE);
      drawn = 0;
    }
  }

  private String elapsed(Step step) {
    return Seconds.of(Duration.between(step.since(), clock.instant()));
  }
}
