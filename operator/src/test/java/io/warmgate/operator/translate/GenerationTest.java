package io.warmgate.operator.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.BackendRef;
import io.warmgate.crd.v1alpha1.RuleGeneration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a release, and what is not. */
class GenerationTest {
  private static final String PLAIN = "rules: [{backendRefs: [{name: catalog, port: 8080}]}]";

  private static List<String> generations(String spec) {
    return Objects.requireNonNull(
            Translator.translate(Snapshots.of(List.of(Snapshots.route("catalog", spec)))).config())
        .routes()
        .getFirst()
        .rules()
        .getFirst()
        .backends()
        .stream()
        .map(BackendRef::generation)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rules: [{backendRefs: [{name: catalog, port: 8080, weight: 7}]}]",
        "rules: [{name: named, backendRefs: [{name: catalog, port: 8080}]}]",
        "rules: [{matches: [{path: {value: /x}}], backendRefs: [{name: catalog, port: 8080}]}]",
        "rules: [{timeouts: {request: 1s}, retry: {}, backendRefs: [{name: catalog, port: 8080}]}]",
        "hostnames: [a.example.com], rules: [{backendRefs: [{name: catalog, port: 8080}]}]",
        "rules: [{backendRefs: [{name: catalog, port: 8080, limits: {maxConcurrent: 3}}]}]",
        "rules: [{filters: [{type: ResponseHeaderModifier, responseHeaderModifier: {remove: [x]}}],"
            + " backendRefs: [{name: catalog, port: 8080}]}]",
      })
  void staysWhatItIs(String spec) {
    assertThat(generations(spec)).isEqualTo(generations(PLAIN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version: v2, rules: [{backendRefs: [{name: catalog, port: 8080}]}]",
        "rules: [{backendRefs: [{name: catalog, port: 8080, version: v2}]}]",
        "rules: [{backendRefs: [{url: \"http://catalog:8080\"}]}]",
        "rules: [{backendRefs: [{name: catalog, port: 8080}, {name: gone, port: 1}]}]",
        "rules: [{filters: [{type: URLRewrite, urlRewrite: {hostname: inner}}],"
            + " backendRefs: [{name: catalog, port: 8080}]}]",
      })
  void becomesAnother(String spec) {
    assertThat(generations(spec)).doesNotContainAnyElementsOf(generations(PLAIN));
  }

  @Test
  void refsOfOneVersionShareEntriesAndOthersDoNot() {
    List<String> generations =
        generations(
            """
            rules: [{backendRefs: [
              {name: catalog, port: 8080, version: a}, {url: "http://b", version: a},
              {url: "http://c", version: c}]}]
            """);
    assertThat(generations.get(0)).isEqualTo(generations.get(1)).matches("[0-9a-f]{16}");
    assertThat(generations.get(2)).isNotEqualTo(generations.get(0));
  }

  @Test
  void anotherRouteIsAnother() {
    Map<String, List<RuleGeneration>> all =
        Translator.translate(Snapshots.of(List.of(Snapshots.route("other", PLAIN))))
            .inclusion()
            .generations();
    String here = all.getOrDefault("shop/other", List.of()).getFirst().generation();
    assertThat(here).isNotIn(generations(PLAIN));
  }
}
