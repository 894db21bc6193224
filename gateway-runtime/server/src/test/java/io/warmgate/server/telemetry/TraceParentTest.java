package io.warmgate.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
  private static final String VALID = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void whatIsReadIsWrittenAgain() {
    assertThat(TraceParent.format(TraceParent.parse(VALID))).isEqualTo(VALID);
    assertThat(TraceParent.traceId(VALID)).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(TraceParent.parse(VALID).isSampled()).isTrue();
    assertThat(TraceParent.parse(null).isValid()).isFalse();
  }

  @Test
  void aLaterVersionMayHaveMore() {
    String later = "cc" + VALID.substring(2) + "-what-the-future-brings";
    assertThat(TraceParent.parse(later).isValid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more"
      })
  void isNotValid(String field) {
    assertThat(TraceParent.parse(field).isValid()).isFalse();
    assertThat(TraceParent.traceId(field)).isNull();
  }
}
