package io.warmgate.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/cache-policy.md} has a row for each field that a CachePolicy has, and for no other.
 */
class PolicyReferenceTest {
  private static final Path PAGE =
      Path.of(System.getProperty("warmgate.root", ".."), "docs", "cache-policy.md");
  private static final int COLUMNS = 5;

  @Test
  void everyFieldHasItsRow() throws IOException {
    assertThat(rows().keySet()).isEqualTo(fields().keySet());
  }

  @Test
  void everyRowSaysTypeDefaultMeaningAndExample() throws IOException {
    rows()
        .forEach(
            (field, cells) ->
                assertThat(cells).as(field).hasSize(COLUMNS).noneMatch(String::isBlank));
  }

  @Test
  void theTypeNamesEveryValueThereIs() throws IOException {
    Map<String, List<String>> rows = rows();
    fields()
        .forEach(
            (field, schema) -> {
              String type = rows.getOrDefault(field, List.of("", "")).get(1);
              for (var value : Objects.requireNonNullElse(schema.getEnum(), List.<Object>of())) {
                assertThat(type).as(field).contains(String.valueOf(value).replace("\"", ""));
              }
              if (ApiDuration.PATTERN.equals(schema.getPattern())) {
                assertThat(type).as(field).isEqualTo("duration");
              }
            });
  }

  /** The cells of each row that begins with a field in code, by that field. */
  private static Map<String, List<String>> rows() throws IOException {
    Map<String, List<String>> rows = new TreeMap<>();
    try (Stream<String> lines = Files.lines(PAGE)) {
      lines
          .filter(line -> line.startsWith("| `"))
          .map(line -> List.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1)))
          .map(cells -> cells.stream().map(String::strip).toList())
          .forEach(
              cells ->
                  assertThat(rows.put(cells.getFirst().replace("`", ""), cells))
                      .as("%s twice", cells.getFirst())
                      .isNull());
    }
    return rows;
  }

  /** Those that hold a value; a list of objects has brackets after its name. */
  private static Map<String, JSONSchemaProps> fields() {
    CustomResourceDefinition crd =
        Serialization.unmarshal(
            Objects.requireNonNull(Manifests.generate().get("cachepolicies.warmgate.io.yaml")),
            CustomResourceDefinition.class);
    JSONSchemaProps schema =
        crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    Map<String, JSONSchemaProps> fields = new TreeMap<>();
    collect("", Objects.requireNonNull(schema.getProperties().get("spec")), fields);
    return fields;
  }

  private static void collect(
      String path, JSONSchemaProps schema, Map<String, JSONSchemaProps> fields) {
    Map<String, JSONSchemaProps> properties = schema.getProperties();
    JSONSchemaProps items = schema.getItems() == null ? null : schema.getItems().getSchema();
    if (properties != null && !properties.isEmpty()) {
      String prefix = path.isEmpty() ? "" : path + ".";
      properties.forEach((name, property) -> collect(prefix + name, property, fields));
    } else if (items != null && items.getProperties() != null && !items.getProperties().isEmpty()) {
      collect(path + "[]", items, fields);
    } else {
      fields.put(path, schema);
    }
  }
}
