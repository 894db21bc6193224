package io.warmgate.operator.translate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.config.BackendRef;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Json;
import io.warmgate.config.Model;
import io.warmgate.config.Rule;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.operator.rollout.Sides;
import io.warmgate.operator.snapshot.Fleet;
import io.warmgate.operator.snapshot.ReferenceGrants;
import io.warmgate.operator.snapshot.References;
import io.warmgate.operator.snapshot.SecretLookup;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a model is a release, and how both of its forms are asked while one goes in. */
class ModelSidesTest {
  private static final String SPEC = "provider: OpenAI, model: gpt-5-mini";
  private static final String KEY = ", credentialsRef: {name: openai, key: key}";
  static final String ROUTE = "rules: [{backendRefs: [{kind: AiModelBackend, name: gpt}]}]";

  /**
   * @param keys of the Secret {@code openai}
   * @param ran what runs; null: nothing
   */
  static Translation translate(
      String spec,
      Map<String, String> keys,
      String route,
      @Nullable Translation ran,
      Map<String, Sides> sides) {
    return Translator.translate(snapshot(spec, keys, route, ran), sides, null, new RouteMemo());
  }

  private static Snapshot snapshot(
      String spec, Map<String, String> keys, String route, @Nullable Translation ran) {
    List<ApiRoute> routes = List.of(Snapshots.route("models", route));
    Snapshot bare = ran == null ? Snapshots.of(routes) : Snapshots.running(routes, config(ran));
    AiModelBackend model =
        Serialization.unmarshal(
            "metadata: {name: gpt, namespace: shop, uid: gpt-uid, generation: 1}\nspec: {%s}"
                .formatted(spec),
            AiModelBackend.class);
    Map<String, byte[]> data = new HashMap<>();
    keys.forEach((key, value) -> data.put(key, value.getBytes(UTF_8)));
    return new Snapshot(
        bare.gateway(),
        Snapshots.attached(routes, model),
        new References(
            null,
            Map.of(),
            Map.of("shop", Map.of("openai", new SecretLookup.Found(data))),
            Map.of(),
            ReferenceGrants.none()),
        new Fleet(
            bare.fleet().revisions(),
            ran == null ? new SecretValues(Map.of()) : ran.values(),
            List.of(),
            bare.fleet().workload()),
        bare.facts());
  }

  private static Translation translate(String spec, String key, @Nullable Translation ran) {
    return translate(spec, Map.of("key", key), ROUTE, ran, Map.of());
  }

  static GatewayConfig config(Translation translation) {
    return Objects.requireNonNull(translation.config());
  }

  private static List<String> generations(String spec, String route) {
    return config(translate(spec, Map.of("key", "k"), route, null, Map.of()))
        .routes()
        .getFirst()
        .rules()
        .getFirst()
        .backends()
        .stream()
        .map(BackendRef::generation)
        .toList();
  }

  private static Model asked(GatewayConfig config, List<Rule> rules) {
    String id = rules.getFirst().backends().getFirst().model();
    return config.models().stream().filter(any -> any.id().equals(id)).findFirst().orElseThrow();
  }

  static String release(Translation translation) {
    return Objects.requireNonNull(translation.releases().get("shop/models")).wanted().name();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "publicNames: [chat]",
        "readOnlyTools: [find]",
        "credentialsRef: {name: openai, key: key}",
        "credentialsRefs: [{name: openai, key: key}]",
        "credentialsRefs: [{name: openai, key: key, weight: 3}, {name: openai, key: gone}]",
        "endpoint: \"https://api.openai.com:443/v1/\"",
        "defaultMaxTokens: 4096",
        "limits: {maxConcurrent: 3}",
        "ejection: {consecutiveFailures: 1}",
      })
  void staysWhatItIs(String more) {
    assertThat(generations(SPEC + ", " + more, ROUTE)).isEqualTo(generations(SPEC, ROUTE));
  }

  @Test
  void itsShareAndItsNeighboursAreNoRelease() {
    List<String> alone = generations(SPEC, ROUTE);
    assertThat(generations(SPEC, ROUTE.replace("name: gpt}", "name: gpt, weight: 7}")))
        .isEqualTo(alone);
    assertThat(
            generations(
                SPEC, ROUTE.replace("name: gpt}", "name: gpt}, {kind: AiModelBackend, name: b}")))
        .isEqualTo(alone);
    assertThat(
            generations(
                SPEC,
                ROUTE.replace(
                    "name: gpt}", "name: gpt}, {kind: AiModelBackend, name: gpt, version: v2}")))
        .startsWith(alone.getFirst())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "provider: OpenAI, model: gpt-5",
        "provider: OpenAI, model: gpt-5-mini, modelVersion: \"2\"",
        "provider: OpenAI, model: gpt-5-mini, defaultMaxTokens: 100",
        "provider: OpenAI, model: gpt-5-mini, endpoint: \"https://eu.api.openai.com/v1\"",
        "provider: OpenAI, model: gpt-5-mini, endpoint: \"http://api.openai.com:443/v1\"",
        "provider: OpenAI, model: gpt-5-mini, endpoint: \"https://api.openai.com/v2\"",
        "provider: OpenAICompatible, model: gpt-5-mini, endpoint: \"https://api.openai.com/v1\"",
      })
  void becomesAnother(String spec) {
    assertThat(generations(spec, ROUTE)).doesNotContainAnyElementsOf(generations(SPEC, ROUTE));
  }

  private static Model blue(GatewayConfig both) {
    return asked(both, both.routes().getFirst().rules());
  }

  private static Model green(GatewayConfig both) {
    return asked(both, Objects.requireNonNull(both.routes().getFirst().shift()).rules());
  }

  @Test
  void bothFormsAreAskedWhileAReleaseGoesIn() {
    Translation first = translate(SPEC + KEY, "old", null);
    String next = "provider: OpenAI, model: gpt-5, publicNames: [chat]" + KEY;
    String green = release(translate(next, "new", first));
    Map<String, Sides> sides = Map.of("shop/models", new Sides(release(first), green, 30));
    Translation both = translate(next, Map.of("key", "new"), ROUTE, first, sides);
    Model blue = blue(config(both));
    assertThat(green(config(both)).id()).isEqualTo("shop/gpt");
    assertThat(green(config(both)).model()).isEqualTo("gpt-5");
    assertThat(blue.model()).isEqualTo("gpt-5-mini");
    assertThat(blue.id()).startsWith("shop/gpt#");
    assertThat(blue.object()).isEqualTo("shop/gpt");
    assertThat(blue.names()).as("shape no answer: hold at once").containsExactly("gpt", "chat");
    assertThat(blue.credential()).isEqualTo(green(config(both)).credential());
    assertThat(both.values().values().values())
        .extracting(value -> new String(value, UTF_8))
        .containsExactly("new");
    assertThat(config(translate(next, Map.of("key", "new"), ROUTE, both, sides)))
        .as("what runs is named as it was")
        .isEqualTo(config(both));
    Translation back =
        translate(
            SPEC + KEY,
            Map.of("key", "new"),
            ROUTE,
            both,
            Map.of("shop/models", new Sides(release(first), null, 0)));
    assertThat(config(back).models())
        .extracting(model -> model.id() + " " + model.model())
        .containsExactly("shop/gpt gpt-5-mini");
  }

  private static final String TENSORS =
      "provider: KServeV2, model: resnet, endpoint: \"http://resnet:8080\", ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "modelVersion: \"7\" | modelVersion: \"8\"",
        "picture: {input: image} | picture: {input: pixels}",
        "picture: {input: image} | publicNames: [eye]",
      })
  void howAServerOfTensorsIsAskedIsARelease(String before, String after) {
    Translation first = translate(TENSORS + before, "", null);
    String green = release(translate(TENSORS + after, "", first));
    assertThat(green).isNotEqualTo(release(first));
    Map<String, Sides> sides = Map.of("shop/models", new Sides(release(first), green, 30));
    GatewayConfig both = config(translate(TENSORS + after, Map.of(), ROUTE, first, sides));
    assertThat(blue(both).id()).startsWith("shop/gpt#");
    assertThat(blue(both).tensors()).isEqualTo(config(first).models().getFirst().tensors());
    assertThat(green(both).tensors()).isNotEqualTo(blue(both).tensors());
  }

  @Test
  void whatARouteRemembersDoesNotHideAnotherKey() {
    RouteMemo memo = new RouteMemo();
    Translation one =
        Translator.translate(
            snapshot(SPEC + KEY, Map.of("key", "one"), ROUTE, null), Map.of(), null, memo);
    Translation other =
        Translator.translate(
            snapshot(SPEC + KEY, Map.of("key", "other"), ROUTE, null), Map.of(), null, memo);
    assertThat(config(one)).isNotEqualTo(config(other));
    assertThat(config(other)).isEqualTo(config(translate(SPEC + KEY, "other", null)));
    assertThat(other.values().values().values())
        .extracting(value -> new String(value, UTF_8))
        .containsExactly("other");
    Translation changed =
        Translator.translate(
            snapshot(SPEC + ", modelVersion: next" + KEY, Map.of("key", "other"), ROUTE, null),
            Map.of(),
            null,
            memo);
    assertThat(release(changed)).isNotEqualTo(release(other));
  }

  private static List<String> keys(Model model) {
    return model.everyKey().stream().map(key -> key.value().name()).toList();
  }

  static List<String> values(Translation translation) {
    return translation.values().values().values().stream()
        .map(value -> new String(value, UTF_8))
        .toList();
  }

  @Test
  void keysComeAndGoOneByOneOnBothSides() {
    String keys = ", credentialsRefs: [{name: openai, key: a}, {name: openai, key: b, weight: 2}]";
    String spec = SPEC + keys;
    Translation first = translate(spec, Map.of("a", "a1", "b", "b1"), ROUTE, null, Map.of());
    String next = "provider: OpenAI, model: gpt-5" + keys;
    Map<String, String> rotated = Map.of("a", "a1", "b", "b2");
    String green = release(translate(next, rotated, ROUTE, first, Map.of()));
    Map<String, Sides> sides = Map.of("shop/models", new Sides(release(first), green, 30));
    Translation both = translate(next, rotated, ROUTE, first, sides);
    assertThat(keys(blue(config(both)))).containsExactly("shop/openai/a", "shop/openai/b");
    assertThat(blue(config(both)).keys()).isEqualTo(green(config(both)).keys());
    assertThat(values(both)).containsExactlyInAnyOrder("a1", "b2");
    Translation less = translate(next, Map.of("b", "b2"), ROUTE, both, sides);
    assertThat(keys(blue(config(less)))).containsExactly("shop/openai/b");
    assertThat(keys(green(config(less)))).containsExactly("shop/openai/b");
    assertThat(less.findings())
        .extracting(Finding::message)
        .anyMatch(
            said ->
                said.startsWith(
                    "spec.credentialsRefs[0]: it is asked with the other keys alone, since"));
    Translation none = translate(next, Map.of("c", "c1"), ROUTE, both, sides);
    assertThat(keys(blue(config(none))))
        .as("what ran goes on with the keys it had")
        .containsExactly("shop/openai/a", "shop/openai/b");
    assertThat(values(none)).containsExactlyInAnyOrder("a1", "b2");
  }

  @Test
  void theKeyIsNotInTheConfiguration() {
    Translation first = translate(SPEC + KEY, " sk-secret\n", null);
    assertThat(new String(Json.write(config(first)), UTF_8)).doesNotContain("sk-secret");
    assertThat(first.values().values().values())
        .as("what stands in a header, as it does there")
        .extracting(value -> new String(value, UTF_8))
        .containsExactly("sk-secret");
    Translation bad = translate(SPEC + KEY, "sk\u0001secret", null);
    assertThat(bad.findings())
        .isNotEmpty()
        .extracting(Finding::message)
        .noneMatch(message -> message.contains("sk"));
  }

  @Test
  void theKeyOfOnePlaceIsNotSentToAnother() {
    String model = "provider: OpenAICompatible, model: m, endpoint: \"https://%s.example.com/v1\"";
    Translation first = translate(model.formatted("a") + KEY, "of-a", null);
    String there = model.formatted("b") + ", credentialsRef: {name: openai, key: other}";
    Map<String, String> keys = Map.of("key", "newer-of-a", "other", "of-b");
    String green = release(translate(there, keys, ROUTE, first, Map.of()));
    GatewayConfig both =
        config(
            translate(
                there,
                keys,
                ROUTE,
                first,
                Map.of("shop/models", new Sides(release(first), green, 50))));
    assertThat(Objects.requireNonNull(blue(both).credential()).name()).isEqualTo("shop/openai/key");
    assertThat(Objects.requireNonNull(green(both).credential()).name())
        .isEqualTo("shop/openai/other");
  }

  @Test
  void whatIsToBeAskedOverTlsIsNotAskedInPlainMeanwhile() {
    String model = "provider: OpenAI, model: m, endpoint: \"%s\"" + KEY;
    Translation first = translate(model.formatted("http://a.example.com/v1"), "k", null);
    String moved = model.formatted("http://b.example.com/v1");
    assertThat(config(translate(moved, Map.of(), ROUTE, first, Map.of())).models())
        .as("its key is gone: it goes on")
        .hasSize(1);
    String secured = model.formatted("https://a.example.com/v1");
    Translation now = translate(secured, Map.of(), ROUTE, first, Map.of());
    assertThat(config(now).models()).isEmpty();
    assertThat(config(now).routes().getFirst().rules().getFirst().unavailable()).contains("'key'");
  }

  @Test
  void withoutItsKeyTheOtherSideIsGone() {
    Translation first = translate(SPEC + KEY, "old", null);
    String next = "provider: OpenAI, model: gpt-5";
    Translation written = translate(next, "old", first);
    Translation ran =
        new Translation(
            written.config(),
            List.of(),
            new SecretValues(Map.of()),
            written.services(),
            Map.of(),
            written.inclusion(),
            written.sources(),
            List.of(),
            Map.of());
    assertThat(config(translate(next, Map.of(), ROUTE, ran, Map.of())).models())
        .extracting(Model::model)
        .containsExactly("gpt-5");
  }
}
