package io.warmgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.config.LoadBalancing.HashOn;
import io.warmgate.config.admin.EndpointSets;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The two sides of a gateway's pods, as they are written and read. */
class HandoverTest {
  private static Handover handover(String other, int percent) {
    return new Handover("6f1c0aa2", other, percent, null, List.of());
  }

  private static String text(Object value) {
    return new String(Json.write(value), StandardCharsets.UTF_8);
  }

  @Test
  void isReadAsItWasWritten() {
    Handover sticky =
        new Handover("blue", "green", 10, new HashOn(HashOn.Source.COOKIE, "session"), List.of());
    for (Handover each : List.of(sticky, handover("green", 0))) {
      assertThat(Json.read(Json.write(each), Handover.class)).isEqualTo(each);
    }
  }

  @Test
  void oneSideIsNotWritten() {
    EndpointSets one = new EndpointSets(1, Map.of());
    EndpointSets two =
        new EndpointSets(
            2, Map.of(), Map.of("green", List.of(new EndpointSets.Endpoint("10.0.0.7", 9444))));
    assertThat(text(one)).doesNotContain("sides");
    assertThat(text(two)).contains("\"sides\":{\"green\":");
    for (EndpointSets each : List.of(one, two)) {
      assertThat(Json.read(Json.write(each), EndpointSets.class)).isEqualTo(each);
    }
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> handover("6f1c0aa2", 0)).hasMessageContaining("is the same side");
    assertThatThrownBy(() -> handover("green", 101)).hasMessageContaining("percent is 101");
    assertThatThrownBy(() -> handover("Gr_een", 1)).hasMessageContaining("other is no label");
  }
}
