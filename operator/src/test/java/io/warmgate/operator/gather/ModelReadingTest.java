package io.warmgate.operator.gather;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.operator.snapshot.AttachedModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which gateways serve which models. */
class ModelReadingTest {
  private static final List<AiModelBackend> MODELS =
      List.of(model("both"), model("edge-only"), model("lost"), model("service"));
  private static final List<String> GATEWAYS = List.of("edge", "inner");
  private static final List<ApiRoute> ROUTES =
      List.of(
          route(
              "edge",
              "{kind: AiModelBackend, name: both}, {kind: AiModelBackend, name: edge-only}"),
          route(
              "inner", "{kind: AiModelBackend, name: both}, {kind: AiModelBackend, name: missing}"),
          route("inner", "{name: service, port: 80}"),
          route("gone", "{kind: AiModelBackend, name: lost}"));

  private static AiModelBackend model(String name) {
    return Serialization.unmarshal(
        "metadata: {name: %s}\nspec: {provider: OpenAI, model: m}".formatted(name),
        AiModelBackend.class);
  }

  private static ApiRoute route(String gateway, String refs) {
    return Serialization.unmarshal(
        "spec: {parentRefs: [{name: %s}], rules: [{backendRefs: [%s]}]}".formatted(gateway, refs),
        ApiRoute.class);
  }

  private static List<String> described(List<AttachedModel> models) {
    return models.stream()
        .map(any -> any.model().getMetadata().getName() + " " + any.elsewhere())
        .toList();
  }

  @Test
  void whoseRoutesNameThem() {
    assertThat(described(ModelReading.named(MODELS, "edge", GATEWAYS, ROUTES)))
        .containsExactly("both [inner]", "edge-only []");
    assertThat(described(ModelReading.named(MODELS, "inner", GATEWAYS, ROUTES)))
        .containsExactly("both [edge]");
  }

  @Test
  void whatNoGatewayServes() {
    assertThat(described(ModelReading.unnamed(MODELS, GATEWAYS, ROUTES)))
        .containsExactly("lost []", "service []");
  }
}
