package io.warmgate.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiDurationTest {
  @ParameterizedTest
  @CsvSource({
    "0s, PT0S",
    "30s, PT30S",
    "1h30m, PT1H30M",
    "250ms, PT0.25S",
    "1m500ms, PT1M0.5S",
    "1d, PT24H",
    "99999h, PT99999H"
  })
  void isTheSumOfItsParts(String text, Duration expected) {
    assertThat(ApiDuration.of(text).toDuration()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "s", "1.5s", "-1s", "1 s", "123456s", "1us", "1s1s1s1s1s1s"})
  void isRefusedWhereItIsNone(String text) {
    assertThatThrownBy(() -> ApiDuration.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("30s");
  }

  @Test
  void isWrittenAsItWasRead() {
    Ejection read = Serialization.unmarshal("duration: 90s", Ejection.class);
    assertThat(Serialization.asJson(read)).contains("\"duration\":\"90s\"");
  }
}
