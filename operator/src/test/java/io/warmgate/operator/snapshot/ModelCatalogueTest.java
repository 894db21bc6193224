package io.warmgate.operator.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.AiModelBackendSpec;
import io.warmgate.operator.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCatalogueTest {
  private static final ModelCatalogue SHIPPED = ModelCatalogue.shipped();

  private static AiModelBackendSpec spec(String provider, String model, String more) {
    return Serialization.unmarshal(
        "provider: %s\nmodel: %s\n%s".formatted(provider, model, more), AiModelBackendSpec.class);
  }

  private static Optional<String> input(ModelCatalogue in, String provider, String model) {
    return in.find(spec(provider, model, ""), model)
        .map(known -> known.model().input().toPlainString());
  }

  private static boolean isKnownAt(String endpoint, String model) {
    return SHIPPED
        .find(spec("OpenAICompatible", model, "endpoint: " + endpoint), model)
        .isPresent();
  }

  @Test
  void aHundredModelsAndMoreAreKnown() {
    assertThat(SHIPPED.size()).isGreaterThanOrEqualTo(100);
  }

  @Test
  void aModelIsFoundByItsProviderOrItsHost() {
    assertThat(input(SHIPPED, "OpenAI", "gpt-4o-mini")).contains("0.15");
    assertThat(isKnownAt("https://API.deepseek.com:443/v1", "deepseek-chat")).isTrue();
    assertThat(isKnownAt("https://vllm.example.com/v1", "gpt-4o-mini")).isFalse();
    assertThat(isKnownAt("http://[::1]:8000", "gpt-4o-mini")).isFalse();
    assertThat(input(SHIPPED, "Anthropic", "gpt-4o-mini")).isEmpty();
  }

  @Test
  void aDateIsNoOtherModelUnlessItIsListed() {
    assertThat(input(SHIPPED, "OpenAI", "gpt-4o-2024-08-06")).contains("2.5");
    assertThat(input(SHIPPED, "OpenAI", "gpt-4o-2024-05-13")).contains("5");
    assertThat(input(SHIPPED, "OpenAI", "gpt-4o-2024")).isEmpty();
    assertThat(input(SHIPPED, "Anthropic", "claude-3-5-haiku-latest")).contains("0.8");
  }

  private static InputStream list(String models) {
    return stream("currency: EUR\nsources:\n- provider: OpenAI\n  models:\n" + models);
  }

  private static InputStream stream(String yaml) {
    return new ByteArrayInputStream(yaml.getBytes(UTF_8));
  }

  @Test
  void aListOfOnesOwnGoesBefore() {
    ModelCatalogue own =
        SHIPPED.behind(
            list(
                """
                  - {name: gpt-4o-mini, context: 9, input: "7", output: "8"}
                  - {name: ours, context: 9, input: "0.000001", output: "8"}
                """));
    assertThat(input(own, "OpenAI", "gpt-4o-mini")).contains("7");
    assertThat(input(own, "OpenAI", "ours")).contains("0.000001");
    assertThat(own.find(spec("OpenAI", "ours", ""), "ours").orElseThrow().currency())
        .isEqualTo("EUR");
    assertThat(input(own, "OpenAI", "gpt-4o")).contains("2.5");
    assertThat(input(SHIPPED, "OpenAI", "ours")).isEmpty();
  }

  @Test
  void aWrongListIsRefused() {
    for (String wrong :
        new String[] {
          "  - {name: a, context: 0, input: \"1\", output: \"1\"}",
          "  - {name: a, context: 1, input: \"-1\", output: \"1\"}",
          "  - {name: a, context: 1, input: \"0.0000001\", output: \"1\"}",
          "  - {name: a, context: 1, input: \"1\"}",
          "  - {name: a, context: 1, input: \"1\", output: \"1\", cost: \"1\"}",
          "  - {name: a, context: 1, input: \"1\", output: \"1\"}\n".repeat(2),
          "  - a"
        }) {
      assertThatThrownBy(() -> SHIPPED.behind(list(wrong)))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> SHIPPED.behind(stream("currency: EUR")))
        .hasMessageContaining("sources");
    assertThatThrownBy(() -> SHIPPED.behind(stream("currency: EUR\nsources:\n- {models: []}\n")))
        .hasMessageContaining("a provider or a host");
  }

  @Test
  void theInstallationSaysWhereItsOwnIs(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("models.yaml");
    assertThatThrownBy(() -> Settings.of(Map.of("WARMGATE_MODELS_FILE", file.toString())))
        .hasMessageContaining("WARMGATE_MODELS_FILE")
        .hasMessageContaining("models.yaml");
    Files.write(
        file, list("  - {name: ours, context: 9, input: \"1\", output: \"8\"}").readAllBytes());
    Settings settings = Settings.of(Map.of("WARMGATE_MODELS_FILE", file.toString()));
    assertThat(input(settings.installation().models(), "OpenAI", "ours")).contains("1");
  }
}
