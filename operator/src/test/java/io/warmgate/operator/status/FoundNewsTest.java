package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.AiModelBackendStatus;
import io.warmgate.crd.v1alpha1.FoundVersion;
import io.warmgate.operator.snapshot.AttachedModel;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoundNewsTest {
  private static FoundVersion found(String gateway, String version) {
    return new FoundVersion(gateway, "resnet", version, "server", null);
  }

  private static AiModelBackend model(String more, FoundVersion... before) {
    AiModelBackend model =
        Serialization.unmarshal(
            """
            metadata: {name: eye, namespace: shop, uid: u, generation: 1}
            spec: {provider: KServeV2, model: resnet, endpoint: "http://resnet:8080"%s}
            status: {conditions: []}
            """
                .formatted(more),
            AiModelBackend.class);
    model.setStatus(
        new AiModelBackendStatus(1L, null, List.of(), null, null, List.of(before), List.of()));
    return model;
  }

  private static ModelView view(AiModelBackend model, String gateway, FoundVersion... found) {
    return new ModelView(
        gateway,
        new AttachedModel(model, new TreeSet<>()),
        List.of(),
        List.of(),
        new CredentialWord(List.of()),
        List.of(found),
        List.of());
  }

  @Test
  void eachGatewaysIsThere() {
    AiModelBackend model = model("", found("a", "1"), found("b", "1"), found("gone", "1"));
    TreeSet<String> gateways = new TreeSet<>(List.of("a", "b", "c"));
    assertThat(FoundNews.versions(model, gateways, Map.of("a", view(model, "a", found("a", "2")))))
        .as("b has not looked yet")
        .containsExactly(found("a", "2"), found("b", "1"));
    assertThat(FoundNews.versions(model, gateways, Map.of("b", view(model, "b"))))
        .containsExactly(found("a", "1"));
  }

  @Test
  void whatCannotBeUsedForgetsNothing() {
    AiModelBackend model = model("", found("a", "1"));
    assertThat(FoundNews.of(model, "a", Map.of())).containsExactly(found("a", "1"));
    assertThat(FoundNews.of(model, "b", Map.of())).isEmpty();
    assertThat(FoundNews.of(model, "a", Map.of("shop/eye", List.of()))).isEmpty();
    assertThat(FoundNews.of(model, "a", Map.of("shop/eye", List.of(found("a", "2")))))
        .containsExactly(found("a", "2"));
    assertThat(FoundNews.of(model(", modelVersion: \"1\"", found("a", "1")), "a", Map.of()))
        .as("it is said")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "- | - | ''                        | -",
        "1 | 1 | ''                        | -",
        "- | 1 | ''                        | ApiGateway 'a' asks for version 1, which its server"
            + " has",
        "1 | 2 | ''                        | ApiGateway 'a' asks for version 2, which its server"
            + " has (before: 1)",
        "1 | - | ''                        | ApiGateway 'a' asks for no version any more: its"
            + " server has none (before: 1)",
        "1 | - | ', modelVersion: \"1\"'   | -",
      })
  void anotherOneIsNews(
      @Nullable String before, @Nullable String now, String more, @Nullable String note) {
    AiModelBackend model =
        before == null ? model(more) : model(more, found("a", before), found("b", "7"));
    assertThat(FoundNews.notices(model, "a", now == null ? List.of() : List.of(found("a", now))))
        .extracting(Notice::note)
        .isEqualTo(note == null ? List.of() : List.of(note));
  }

  /** Its server may be another one now, which nobody has heard yet. */
  @Test
  void nothingIsGoneWhereTheSpecIsAnother() {
    AiModelBackend model = model("", found("a", "1"));
    model.getMetadata().setGeneration(2L);
    assertThat(FoundNews.notices(model, "a", List.of())).isEmpty();
    assertThat(FoundNews.notices(model, "a", List.of(found("a", "2")))).hasSize(1);
  }

  private static AiModelBackend chat(String more) {
    AiModelBackend model =
        Serialization.unmarshal(
            """
            metadata: {name: chat, namespace: shop, uid: u, generation: 1}
            spec: {provider: OpenAI, model: gpt-5-mini%s}
            """
                .formatted(more),
            AiModelBackend.class);
    model.setStatus(
        new AiModelBackendStatus(
            1L, null, List.of(), null, null, of("gpt-5-mini fp_1"), List.of()));
    return model;
  }

  @Test
  void whatAnswersNameIsHeard() {
    AiModelBackend model = chat(", modelVersionFrom: SystemFingerprint");
    assertThat(FoundNews.notices(model, "a", of("gpt-5-mini fp_2")))
        .extracting(Notice::note)
        .containsExactly("ApiGateway 'a' hears answers of version fp_2 (before: fp_1)");
    assertThat(FoundNews.notices(model, "a", List.of())).as("of another field").isEmpty();
    assertThat(FoundNews.of(model, "a", Map.of())).as("it stands").hasSize(1);
    assertThat(FoundNews.of(chat(""), "a", Map.of())).as("nobody listens any more").isEmpty();
  }

  @Test
  void ofSeveralEachIsNewsOfItsOwn() {
    AiModelBackend model =
        Serialization.unmarshal(
            """
            metadata: {name: eye, namespace: shop, uid: u, generation: 1}
            spec:
              provider: KServeV2
              endpoint: "http://eyes:8080"
              models: [{name: cats}, {name: dogs}, {name: cows}, {name: pigs, modelVersion: "4"}]
            """,
            AiModelBackend.class);
    model.setStatus(
        new AiModelBackendStatus(
            1L,
            null,
            List.of(),
            null,
            null,
            of("cats 1", "dogs 1", "cows 1", "pigs 3"),
            List.of()));
    assertThat(FoundNews.notices(model, "a", of("cats 2", "dogs 1")))
        .extracting(Notice::note)
        .containsExactly(
            "ApiGateway 'a' asks for version 2 of 'cats', which its server has (before: 1)",
            "ApiGateway 'a' asks for no version of 'cows' any more: its server has none (before:"
                + " 1)");
  }

  private static List<FoundVersion> of(String... found) {
    return Stream.of(found)
        .map(each -> each.split(" "))
        .map(each -> new FoundVersion("a", each[0], each[1], "server", null))
        .toList();
  }
}
