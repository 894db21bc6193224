package io.warmgate.operator.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.AccessRule;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.operator.rollout.Sides;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A rule with {@code auth} is never compiled without it, whatever else becomes of its route. */
class AccessTest {
  private static final String KEYS = "auth: {apiKey: {}}";

  private static String rule(String name, String paths, String auth) {
    return """
    {name: %s, matches: [%s], backendRefs: [{name: catalog, port: 8080}], %s}\
    """
        .formatted(name, paths, auth);
  }

  private static String path(String path) {
    return "{path: {type: PathPrefix, value: " + path + "}}";
  }

  private static String spec(String version, String... rules) {
    return "version: " + version + ", rules: [" + String.join(", ", rules) + "]";
  }

  private static Translation translate(
      @Nullable GatewayConfig running, Map<String, Sides> sides, ApiRoute... routes) {
    return Translator.translate(
        running == null
            ? Snapshots.of(List.of(routes))
            : Snapshots.running(List.of(routes), running),
        sides,
        null,
        new RouteMemo());
  }

  private static GatewayConfig config(Translation translation) {
    return Objects.requireNonNull(translation.config());
  }

  private static Route route(Translation translation, String name) {
    return config(translation).routes().stream()
        .filter(route -> route.id().equals("shop/" + name))
        .findFirst()
        .orElseThrow();
  }

  private static AccessRule access(List<Rule> rules, String id) {
    Rule found = rules.stream().filter(rule -> rule.id().equals(id)).findFirst().orElseThrow();
    assertThat(found.access()).as("who may call rule '%s'", id).isNotNull();
    return Objects.requireNonNull(found.access());
  }

  @Test
  void aRuleThatLostAMatchToAnOlderRouteKeepsIt() {
    ApiRoute older = Snapshots.route("a-older", spec("v1", rule("all", path("/taken"), "")));
    ApiRoute younger =
        Snapshots.route(
            "younger", spec("v1", rule("all", path("/taken") + ", " + path("/own"), KEYS)));
    Translation translation = translate(null, Map.of(), older, younger);
    assertThat(route(translation, "younger").rules().getFirst().matches()).hasSize(1);
    assertThat(access(route(translation, "younger").rules(), "all").keyHeaders())
        .containsExactly("x-api-key");
  }

  @Test
  void aRuleWhoseBackendIsNotThereKeepsIt() {
    String spec =
        spec("v1", rule("all", path("/"), KEYS)).replace("name: catalog, port", "name: gone, port");
    Translation translation = translate(null, Map.of(), Snapshots.route("catalog", spec));
    Rule rule = route(translation, "catalog").rules().getFirst();
    assertThat(rule.unavailable()).isNotNull();
    assertThat(access(List.of(rule), "all")).isNotNull();
  }

  @Test
  void aRuleOfARouteThatGoesOnAsItRanKeepsIt() {
    GatewayConfig running =
        config(
            translate(
                null,
                Map.of(),
                Snapshots.route("catalog", spec("v1", rule("all", path("/"), KEYS)))));
    Translation bad =
        translate(
            running,
            Map.of(),
            Snapshots.route("catalog", spec("v1", rule("all", path("nowhere"), ""))));
    assertThat(config(bad)).isEqualTo(running);
    access(route(bad, "catalog").rules(), "all");
  }

  @Test
  void aRouteThatNamesAnUnknownIssuerIsServedAsItRanOrNotAtAll() {
    String jwt = "auth: {jwt: {issuers: [nobody]}}";
    ApiRoute unknown = Snapshots.route("catalog", spec("v1", rule("all", path("/"), jwt)));
    Translation never = translate(null, Map.of(), unknown);
    assertThat(config(never).routes()).isEmpty();
    assertThat(never.findings())
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .startsWith("spec.rules[0].auth.jwt.issuers: 'nobody' is no issuer of"));
    GatewayConfig running =
        config(
            translate(
                null,
                Map.of(),
                Snapshots.route("catalog", spec("v1", rule("all", path("/"), KEYS)))));
    assertThat(config(translate(running, Map.of(), unknown))).isEqualTo(running);
  }

  @Test
  void whatIsWrittenHoldsForTheReleaseBeforeTooAsLongAsItServes() {
    GatewayConfig open =
        config(
            translate(
                null,
                Map.of(),
                Snapshots.route("catalog", spec("v1", rule("all", path("/"), "")))));
    ApiRoute guarded = Snapshots.route("catalog", spec("v2", rule("all", path("/"), KEYS)));
    Translation waiting = translate(open, Map.of(), guarded);
    RouteRelease release = Objects.requireNonNull(waiting.releases().get("shop/catalog"));
    assertThat(release.served().first()).isNotEqualTo(release.wanted().name());
    access(route(waiting, "catalog").rules(), "all");
    Sides both = new Sides(release.served().first(), release.wanted().name(), 50);
    Route shifting = route(translate(open, Map.of("shop/catalog", both), guarded), "catalog");
    access(shifting.rules(), "all");
    access(Objects.requireNonNull(shifting.shift()).rules(), "all");
  }

  @Test
  void aRuleOfTheReleaseBeforeThatTakesOtherRequestsKeepsItsOwn() {
    GatewayConfig running =
        config(
            translate(
                null,
                Map.of(),
                Snapshots.route("catalog", spec("v1", rule("all", path("/admin"), KEYS)))));
    Translation waiting =
        translate(
            running,
            Map.of(),
            Snapshots.route("catalog", spec("v2", rule("all", path("/public"), ""))));
    access(route(waiting, "catalog").rules(), "all");
  }

  @Test
  void aPartitionByCallerIsARelease() {
    assertThat(generation("key: {partitionBy: Consumer}"))
        .isNotEqualTo(generation("key: {}"))
        .isNotEqualTo(generation("key: {partitionBy: Claim, partitionClaim: tenant}"));
    assertThat(generation("key: {partitionBy: Claim, partitionClaim: a}"))
        .isNotEqualTo(generation("key: {partitionBy: Claim, partitionClaim: b}"));
  }

  private static String generation(String policy) {
    Rule rule =
        config(
                Translator.translate(
                    Snapshots.cached(
                        List.of(
                            Snapshots.route("catalog", spec("v1", rule("all", path("/"), KEYS)))),
                        policy)))
            .routes()
            .getFirst()
            .rules()
            .getFirst();
    return rule.backends().getFirst().generation();
  }
}
