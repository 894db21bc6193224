package io.warmgate.server.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a pod reads of a client that came to another. */
class HandedHeadTest {

  private static MultiMap head() {
    return MultiMap.caseInsensitiveMultiMap()
        .add("warmgate-handover-listener", "https")
        .add("warmgate-handover-pod", "blue-1")
        .add("warmgate-handover-peer", "192.0.2.7")
        .add("warmgate-handover-scheme", "https")
        .add("warmgate-handover-version", "h2");
  }

  @Test
  void theClientsCertificateIsTheOneThatTheOtherPodSaw() {
    MultiMap headers = head().add("warmgate-handover-certificate", "ab".repeat(32));
    HandedHead read = Objects.requireNonNull(HandedHead.take(headers));
    assertThat(read.arrival().certificate()).isEqualTo("ab".repeat(32));
    assertThat(headers.names()).noneMatch(name -> name.startsWith("warmgate-handover"));
    HandedHead without = Objects.requireNonNull(HandedHead.take(head()));
    assertThat(without.arrival().certificate()).isNull();
  }
}
