package io.warmgate.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.local.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private Instant now = Instant.parse("2026-11-01T00:00:00Z");
  private final InstantSource clock = () -> now;

  @Test
  void plainLines() {
    play(new PlainProgress(out, clock));
    assertThat(text())
        .isEqualTo(
            """
            API server …
            operator …
            operator: waiting for a pod
            API server: done in 1.5 s
            hello
            operator: done in 1.5 s
            """);
  }

  @Test
  void aTerminalsLinesAreUpdatedInPlace() {
    play(new TerminalProgress(out, clock, 36));
    assertThat(text().replace("\u001b", "^"))
        .isEqualTo(
            """
              · API server  0.0 s
            ^[1A\r^[J  · API server  0.0 s
              · operator  0.0 s
            ^[2A\r^[J  · API server  0.0 s
              · operator  0.0 s  waiting for a…
            ^[2A\r^[J  · API server  0.0 s
              · operator  0.0 s  waiting for a…
            ^[2A\r^[J  ✓ API server  1.5 s
              · operator  1.5 s  waiting for a…
            ^[1A\r^[Jhello
              · operator  1.5 s  waiting for a…
            ^[1A\r^[J  ✓ operator  1.5 s
            """);
  }

  private void play(Progress progress) {
    progress.begin("API server");
    progress.begin("operator");
    progress.waiting("operator", "a pod");
    progress.waiting("operator", "a pod");
    now = now.plus(Duration.ofMillis(1500));
    progress.done("API server");
    progress.note("hello");
    progress.done("operator");
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
