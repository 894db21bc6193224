package io.warmgate.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessLogTest {

  @Test
  void aLineIsOneJsonDocument() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AccessLog log = new AccessLog(out, 16).start()) {
      log.add(entry("/a\"\n\u0001;jsessionid=s3cret", "q=1&token=s3cret"));
      log.add(entry("/b", null));
    }
    String[] lines = out.toString(StandardCharsets.UTF_8).split("\n", -1);
    assertThat(lines).hasSize(3);
    JsonNode line = new ObjectMapper().readTree(lines[0]);
    assertThat(line.get("path").asText()).isEqualTo("/a\"\n\u0001;jsessionid=***");
    assertThat(line.get("query").asText()).isEqualTo("q=1&token=***");
    assertThat(line.get("time").asText()).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(line.get("totalMs").asDouble()).isEqualTo(1.5);
    assertThat(line.has("upstreamMs")).isFalse();
    assertThat(lines[0]).doesNotContain("s3cret");
  }

  @Test
  void aSlowReaderCostsLinesAndNotTime() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    OutputStream slow =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            try {
              stuck.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
        };
    AccessLog log = new AccessLog(slow, 16).start();
    await()
        .until(
            () -> {
              for (int i = 0; i < 100; i++) {
                log.add(entry("/" + "x".repeat(4_000), null));
              }
              return log.dropped() > 100;
            });
    stuck.countDown();
    log.close();
    assertThat(log.written()).isPositive();
  }

  private static AccessEntry entry(String path, @Nullable String query) {
    return new AccessEntry(
        1_795_392_000_000L,
        new AccessEntry.Asked("http", "10.0.0.1", "http/1.1", "GET", "h", path, query, null),
        AccessEntry.Who.UNASKED,
        new AccessEntry.Routed("shop/all", "green", "0", "origin", "g1", "10.0.0.2:80", 1),
        7,
        200,
        new AccessEntry.Why("nothing-found", "private", null, null, null),
        false,
        12,
        new AccessEntry.Took(1_500_000, -1, -1),
        null,
        new AccessEntry.Handed("10.0.0.3:9444", null),
        null);
  }
}
