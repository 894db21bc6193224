package io.warmgate.operator.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.BackendRef;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.config.Shift;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.operator.rollout.Sides;
import io.warmgate.operator.snapshot.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which releases of a route are served, out of what is written and what runs. */
class SidesTest {
  private static final String V1 = spec("version: v1");
  private static final String V2 = spec("version: v2");

  private static String spec(String more) {
    return more + ", rules: [" + rule("catalog", "/") + "]";
  }

  private static String rule(String name, String path) {
    return """
    {name: %s, matches: [{path: {type: PathPrefix, value: %s}}], backendRefs: [{name: catalog, port: 8080}]}\
    """
        .formatted(name, path);
  }

  private static Translation translate(
      String spec, @Nullable GatewayConfig running, Map<String, Sides> sides) {
    List<ApiRoute> routes = List.of(Snapshots.route("catalog", spec));
    Snapshot snapshot = running == null ? Snapshots.of(routes) : Snapshots.running(routes, running);
    return Translator.translate(snapshot, sides, null, new RouteMemo());
  }

  private static GatewayConfig config(Translation translation) {
    return Objects.requireNonNull(translation.config());
  }

  private static Route route(Translation translation) {
    return config(translation).routes().getFirst();
  }

  private static RouteRelease release(Translation translation) {
    return Objects.requireNonNull(translation.releases().get("shop/catalog"));
  }

  private static List<String> generations(List<Rule> rules) {
    return rules.stream()
        .flatMap(rule -> rule.backends().stream())
        .map(BackendRef::generation)
        .toList();
  }

  private final Translation first = translate(V1, null, Map.of());
  private final GatewayConfig running = config(first);
  private final String blue = release(first).wanted().name();
  private final Translation written = translate(V2, running, Map.of());
  private final String green = release(written).wanted().name();

  @Test
  void whatRunsGoesOnUntilSomebodySaysOtherwise() {
    assertThat(config(written)).isEqualTo(running);
    assertThat(release(written).like(blue)).isFalse();
    assertThat(release(written).served()).isEqualTo(new Sides(blue, null, 0));
    assertThat(written.inclusion().objects())
        .as("what is written is not what is served")
        .noneMatch(object -> object.kind().equals("ApiRoute"));
  }

  @Test
  void bothSidesWithTheirOwnRules() {
    Sides sides = new Sides(blue, green, 30);
    Translation both = translate(V2, running, Map.of("shop/catalog", sides));
    Shift shift = Objects.requireNonNull(route(both).shift());
    assertThat(shift.from()).isEqualTo(blue);
    assertThat(shift.to()).isEqualTo(green);
    assertThat(shift.percent()).isEqualTo(30);
    assertThat(generations(route(both).rules()))
        .isEqualTo(generations(running.routes().getFirst().rules()));
    assertThat(generations(shift.rules()))
        .containsExactlyElementsOf(release(both).wanted().generations())
        .doesNotContainAnyElementsOf(generations(route(both).rules()));
    assertThat(release(both).served()).isEqualTo(sides);
    assertThat(both.releases()).hasSize(1);
  }

  @Test
  void theOtherSideGoesOnOutOfTheRevisionAlone() {
    Translation both = translate(V2, running, Map.of("shop/catalog", new Sides(blue, green, 100)));
    assertThat(both.inclusion().objects())
        .as("all of what is written is served")
        .anyMatch(object -> object.kind().equals("ApiRoute"));
    Sides swapped = new Sides(green, blue, 0);
    Translation kept = translate(V2, config(both), Map.of("shop/catalog", swapped));
    assertThat(route(kept).rules()).isEqualTo(Objects.requireNonNull(route(both).shift()).rules());
    assertThat(Objects.requireNonNull(route(kept).shift()).rules())
        .isEqualTo(running.routes().getFirst().rules());
    Translation later =
        translate(spec("version: v3"), config(kept), Map.of("shop/catalog", swapped));
    assertThat(config(later)).isEqualTo(config(kept));
  }

  @Test
  void aReleaseThatNobodyHasIsLeftOut() {
    Translation one = translate(V2, running, Map.of("shop/catalog", new Sides(blue, "gone", 0)));
    assertThat(route(one).shift()).isNull();
    assertThat(release(one).served()).isEqualTo(new Sides(blue, null, 0));
  }

  @Test
  void aRuleMoreOrLessIsTakenInPlace() {
    String more =
        "version: v1, rules: ["
            + rule("catalog", "/")
            + ", "
            + rule("more", "/more")
                .replace(
                    "backendRefs",
                    "filters: [{type: URLRewrite, urlRewrite: {hostname: more.test}}], backendRefs")
            + "]";
    Translation added = translate(more, running, Map.of());
    assertThat(release(added).like(blue)).isTrue();
    assertThat(route(added).rules()).hasSize(2);
    Translation removed = translate(V1, config(added), Map.of());
    assertThat(route(removed).rules()).hasSize(1);
  }

  @Test
  void whatCannotBeUsedIsNoRelease() {
    Translation bad =
        translate("version: v2, rules: [" + rule("catalog", "nowhere") + "]", running, Map.of());
    assertThat(release(bad).written()).isFalse();
    assertThat(config(bad)).isEqualTo(running);
  }

  @Test
  void whatARouteSaysGoesBeforeItsGatewayAndTheDefaults() {
    Translation translation =
        translate(
            spec(
                """
                rollout: {promotion: Manual, keepPreviousFor: 1h, warmup: {maxOriginRps: 7},
                          steps: [{weight: 10, hold: 30s}, {weight: 50}], analysis: {window: 5s}}\
                """),
            null,
            Map.of());
    var settings = release(translation).settings();
    assertThat(settings.keepPreviousFor()).isEqualTo(Duration.ofHours(1));
    assertThat(settings.warmup().maxOriginRps()).isEqualTo(7);
    assertThat(settings.warmup().minCoveragePercent()).isEqualTo(95);
    assertThat(settings.analysis().window()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.steps()).hasSize(2);
  }

  @Test
  void stepsThatDoNotRiseAreSaid() {
    Translation translation =
        translate(spec("rollout: {steps: [{weight: 50}, {weight: 10}]}"), null, Map.of());
    assertThat(translation.findings())
        .extracting(Finding::message)
        .anyMatch(message -> message.startsWith("spec.rollout.steps[1].weight: 10 does not come"));
  }
}
