package io.warmgate.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is absent is not written, and what is unknown is not an error. */
class AbsentFieldsTest {
  @Test
  void anEmptyStatusWritesNothing() {
    ApiRouteStatus status = new ApiRouteStatus(3L, List.of(), null, List.of());
    assertThat(Serialization.asJson(status)).isEqualTo("{\"observedGeneration\":3}");
  }

  @Test
  void aResourceWithoutStatusHasNone() {
    ApiGateway gateway = new ApiGateway();
    assertThat(Serialization.asJson(gateway)).doesNotContain("status", "spec");
  }

  @Test
  void aFieldOfALaterVersionIsNotAnError() {
    ParentRef read = Serialization.unmarshal("name: edge\nweight: 3", ParentRef.class);
    assertThat(read).isEqualTo(new ParentRef("edge", null));
  }
}
