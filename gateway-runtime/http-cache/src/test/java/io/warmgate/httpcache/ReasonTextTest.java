package io.warmgate.httpcache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Texts go after "because", and cures are sentences. */
class ReasonTextTest {
  @ParameterizedTest
  @EnumSource(Reason.class)
  void reads(Reason reason) {
    ReasonText said = ReasonText.of(reason);
    assertThat(said.text()).matches("[a-z`].*[^.]");
    assertThat(said.text().chars().filter(c -> c == '`').count() % 2).isZero();
    if (said.cure() != null) {
      assertThat(said.cure()).matches("[A-Z`].*[.]");
    }
  }
}
