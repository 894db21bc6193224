package io.warmgate.operator.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicySpec;
import io.warmgate.crd.v1alpha1.Preset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PresetsTest {
  private static final Path PAGE =
      Path.of(System.getProperty("warmgate.root", ".."), "docs", "choosing.md");

  private static final Map<String, Function<CachePolicySpec, @Nullable Object>> FIELDS =
      Map.of(
          "ttl.default", spec -> spec.ttl().defaultTtl(),
          "ttl.negative", spec -> spec.ttl().negative(),
          "ttl.jitter", spec -> spec.ttl().jitter(),
          "staleWhileRevalidate", CachePolicySpec::staleWhileRevalidate,
          "staleIfError", CachePolicySpec::staleIfError,
          "earlyRefresh", CachePolicySpec::earlyRefresh,
          "key.partitionBy", spec -> spec.key().partitionBy());

  private static CachePolicySpec spec(Preset preset) {
    CachePolicy naming = new CachePolicy();
    naming.setSpec(Serialization.unmarshal("preset: " + word(preset), CachePolicySpec.class));
    return Presets.after(List.of(naming)).getLast().getSpec();
  }

  /** {@code PerUser} of {@code PER_USER}. */
  private static String word(Preset preset) {
    return Stream.of(preset.name().split("_"))
        .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
        .reduce("", String::concat);
  }

  @ParameterizedTest
  @EnumSource
  void thePageSaysWhatAPresetSets(Preset preset) throws IOException {
    List<List<String>> table =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| "))
            .map(line -> Stream.of(line.split("\\|")).map(cell -> cell.strip().replace("`", "")))
            .map(Stream::toList)
            .filter(cells -> cells.size() == 6)
            .toList();
    int column = table.getFirst().indexOf(word(preset));
    assertThat(column).as("a column for %s", preset).isPositive();
    FIELDS.forEach(
        (field, reader) -> {
          String shown =
              table.stream()
                  .filter(cells -> cells.get(1).equals(field))
                  .map(cells -> cells.get(column))
                  .findFirst()
                  .orElse("no row");
          Object set = reader.apply(spec(preset));
          assertThat(shown)
              .as("%s of %s", field, preset)
              .isEqualToIgnoringCase(set == null ? "none" : String.valueOf(set));
        });
  }

  @Test
  void withoutAPresetNothingIsAdded() {
    CachePolicy plain = new CachePolicy();
    plain.setSpec(Serialization.unmarshal("ttl: {default: 1m}", CachePolicySpec.class));
    assertThat(Presets.after(List.of(plain))).containsExactly(plain);
  }
}
