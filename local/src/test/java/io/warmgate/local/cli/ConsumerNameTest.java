package io.warmgate.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsumerNameTest {
  @Test
  void aNamespaceStandsBeforeTheNameOrInTheOption() {
    assertThat(ConsumerName.parse("partner", null))
        .isEqualTo(new ConsumerName("default", "partner"));
    assertThat(ConsumerName.parse("partner", "acme"))
        .isEqualTo(new ConsumerName("acme", "partner"));
    assertThat(ConsumerName.parse("acme/partner", null))
        .isEqualTo(new ConsumerName("acme", "partner"));
    assertThat(ConsumerName.parse("acme/partner", "default"))
        .isEqualTo(new ConsumerName("acme", "partner"));
  }

  @Test
  void aKindIsNoNamespace() {
    assertThat(ConsumerName.parse("ac/partner", "acme"))
        .isEqualTo(new ConsumerName("acme", "partner"));
    assertThat(ConsumerName.parse("apiconsumer/partner", null))
        .isEqualTo(new ConsumerName("default", "partner"));
  }
}
