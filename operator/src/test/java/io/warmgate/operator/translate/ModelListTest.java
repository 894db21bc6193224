package io.warmgate.operator.translate;

import static io.warmgate.operator.translate.ModelSidesTest.ROUTE;
import static io.warmgate.operator.translate.ModelSidesTest.config;
import static io.warmgate.operator.translate.ModelSidesTest.release;
import static io.warmgate.operator.translate.ModelSidesTest.translate;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.BackendRef;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Model;
import io.warmgate.config.Rule;
import io.warmgate.config.Shift;
import io.warmgate.operator.rollout.Sides;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Several models of one object: each is a release of its own, and none waits for another. */
class ModelListTest {
  private static final String KEY = ", credentialsRef: {name: openai, key: key}";
  private static final String A = "{name: a, modelVersion: \"1\"}";
  private static final String B = "{name: b, publicNames: [bee]}";
  private static final String C = "{name: c}";

  private static String list(String... models) {
    return "provider: OpenAI, models: [" + String.join(", ", models) + "]" + KEY;
  }

  private static Translation translated(String spec, String key, @Nullable Translation ran) {
    return translate(spec, Map.of("key", key), ROUTE, ran, Map.of());
  }

  /** By the id of the model that is asked. */
  private static Map<String, String> generations(List<Rule> rules) {
    Map<String, String> generations = new LinkedHashMap<>();
    for (BackendRef ref : rules.getFirst().backends()) {
      generations.put(Objects.requireNonNull(ref.model()), ref.generation());
    }
    return generations;
  }

  private static Map<String, String> generations(Translation translation) {
    return generations(config(translation).routes().getFirst().rules());
  }

  private static Model model(Translation translation, String id) {
    return config(translation).models().stream()
        .filter(any -> any.id().startsWith(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void eachIsAShareWithNamesAndAGenerationOfItsOwn() {
    Translation all = translated(list(A, B, C), "k", null);
    assertThat(generations(all)).containsOnlyKeys("shop/gpt:a", "shop/gpt:b", "shop/gpt:c");
    assertThat(generations(all).values()).doesNotHaveDuplicates();
    assertThat(model(all, "shop/gpt:b").names()).containsExactly("b", "bee");
    assertThat(config(all).backends()).hasSize(1);
    assertThat(all.values().values()).hasSize(1);
    assertThat(release(translated(list(C, B, A), "k", null)))
        .as("their order is nothing to anybody")
        .isEqualTo(release(all));
  }

  @Test
  void whatChangesOneLeavesTheOthers() {
    Map<String, String> before = generations(translated(list(A, B, C), "k", null));
    String newer = A.replace("\"1\"", "\"2\"");
    Map<String, String> after = generations(translated(list(newer, B, C), "k", null));
    assertThat(after.get("shop/gpt:a")).isNotEqualTo(before.get("shop/gpt:a"));
    assertThat(after.get("shop/gpt:b")).isEqualTo(before.get("shop/gpt:b"));
    assertThat(after.get("shop/gpt:c")).isEqualTo(before.get("shop/gpt:c"));
  }

  @Test
  void oneMoreOrLessIsNoRelease() {
    Translation two = translated(list(A, B), "k", null);
    Translation three = translated(list(A, B, C), "k", two);
    assertThat(generations(three)).containsOnlyKeys("shop/gpt:a", "shop/gpt:b", "shop/gpt:c");
    Translation one = translated(list(B), "k", three);
    assertThat(generations(one)).containsOnlyKeys("shop/gpt:b");
    assertThat(one.inclusion().objects()).extracting(ObjectKey::name).contains("gpt");
  }

  @Test
  void aModelBecomesAListAndAListAModel() {
    Translation one = translated("provider: OpenAI, model: b" + KEY, "k", null);
    Translation two = translated(list(B, C), "k", one);
    assertThat(generations(two)).containsOnlyKeys("shop/gpt:b", "shop/gpt:c");
    assertThat(generations(two)).containsValues(generations(one).get("shop/gpt"));
    Translation back = translated("provider: OpenAI, model: b" + KEY, "k", two);
    assertThat(generations(back)).isEqualTo(generations(one));
  }

  /** A has another version, C is taken out, and the key is another: B is what it was. */
  @Test
  void whileAReleaseGoesInTheSideThatGoesHasWhatItHad() {
    Translation first = translated(list(A, B, C), "old", null);
    String next = list(A.replace("\"1\"", "\"2\""), B);
    Map<String, String> key = Map.of("key", "new");
    String green = release(translated(next, "new", first));
    Map<String, Sides> sides = Map.of("shop/models", new Sides(release(first), green, 30));
    Translation both = translate(next, key, ROUTE, first, sides);
    GatewayConfig config = config(both);
    List<Rule> going = config.routes().getFirst().rules();
    Shift shift = Objects.requireNonNull(config.routes().getFirst().shift());
    Map<String, String> blue = generations(going);
    assertThat(blue.keySet()).hasSize(3).contains("shop/gpt:a", "shop/gpt:b");
    assertThat(generations(shift.rules())).containsOnlyKeys("shop/gpt:a", "shop/gpt:b");
    assertThat(generations(shift.rules()).get("shop/gpt:b")).isEqualTo(blue.get("shop/gpt:b"));
    assertThat(generations(shift.rules()).get("shop/gpt:a")).isNotEqualTo(blue.get("shop/gpt:a"));
    Model gone = model(both, "shop/gpt:c");
    assertThat(gone.asWritten()).isFalse();
    assertThat(gone.names()).containsExactly("c");
    assertThat(gone.credential()).isEqualTo(model(both, "shop/gpt:b").credential());
    assertThat(ModelSidesTest.values(both)).containsExactly("new");
    assertThat(both.inclusion().waiting().values()).containsExactly(List.of("a", "c"));
    assertThat(config(translate(next, key, ROUTE, both, sides)))
        .as("what runs is named as it was")
        .isEqualTo(config);
    Translation done =
        translate(next, key, ROUTE, both, Map.of("shop/models", new Sides(green, null, 0)));
    assertThat(generations(done)).containsOnlyKeys("shop/gpt:a", "shop/gpt:b");
    assertThat(done.inclusion().waiting()).isEmpty();
  }

  /** What holds at once, holds on the side that goes, too: there it is one of the list by now. */
  @Test
  void aModelThatGoesWhileAListComesIsCalledAsItIsInTheList() {
    Translation one = translated("provider: OpenAI, model: b" + KEY, "k", null);
    String next = list(B, C) + ", defaultMaxTokens: 100";
    String green = release(translated(next, "k", one));
    Map<String, Sides> sides = Map.of("shop/models", new Sides(release(one), green, 30));
    Translation both = translate(next, Map.of("key", "k"), ROUTE, one, sides);
    assertThat(generations(both)).hasSize(1).containsValues(generations(one).get("shop/gpt"));
    Model going = model(both, "shop/gpt:b#");
    assertThat(going.names()).containsExactly("b", "bee");
    assertThat(going.defaultMaxTokens()).isEqualTo(4096);
  }

  /** Clients of a prompt name no model: it has to name one that is there. */
  @Test
  void thePromptOfTheSideThatGoesNamesItAsItIsCalledNow() {
    String route =
        ROUTE.replace(
            "{backendRefs:", "{prompt: {user: hi, parameters: {type: object}}, backendRefs:");
    String single = "provider: OpenAI, model: b" + KEY;
    Translation one = translate(single, Map.of("key", "k"), route, null, Map.of());
    String next = list(C, B) + ", defaultMaxTokens: 100";
    String green = release(translate(next, Map.of("key", "k"), route, one, Map.of()));
    Map<String, Sides> sides = Map.of("shop/models", new Sides(release(one), green, 30));
    Translation both = translate(next, Map.of("key", "k"), route, one, sides);
    assertThat(
            config(both).routes().getFirst().allRules().stream()
                .map(rule -> Objects.requireNonNull(rule.prompt()).model()))
        .containsExactlyInAnyOrder("b", "c");
  }

  @Test
  void whoNamesItTwiceGoesOnWithEachShareOnce() {
    String twice =
        ROUTE.replace("name: gpt}", "name: gpt}, {kind: AiModelBackend, name: gpt, version: v2}");
    Translation first = translate(list(A, B), Map.of("key", "k"), twice, null, Map.of());
    Translation gone = translate(list(A, B), Map.of(), twice, first, Map.of());
    assertThat(config(gone).routes().getFirst().rules().getFirst().backends())
        .hasSize(4)
        .containsExactlyInAnyOrderElementsOf(
            config(first).routes().getFirst().rules().getFirst().backends());
  }

  @Test
  void withoutTheirSecretAllGoOnAsTheyWere() {
    Translation first = translated(list(A, B), "k", null);
    Translation gone = translate(list(A, B, C), Map.of(), ROUTE, first, Map.of());
    assertThat(generations(gone)).isEqualTo(generations(first));
    assertThat(ModelSidesTest.values(gone)).containsExactly("k");
    assertThat(gone.inclusion().objects()).extracting(ObjectKey::name).doesNotContain("gpt");
  }
}
