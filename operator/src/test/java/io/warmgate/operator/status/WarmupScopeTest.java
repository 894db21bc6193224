package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.config.admin.PodState;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.CacheWarmup;
import io.warmgate.operator.snapshot.ConfigMapData;
import io.warmgate.operator.snapshot.Fleet;
import io.warmgate.operator.snapshot.PodSeen;
import io.warmgate.operator.snapshot.ReferenceGrants;
import io.warmgate.operator.snapshot.References;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.source.Related;
import io.warmgate.operator.source.RequestLists;
import io.warmgate.operator.translate.Snapshots;
import io.warmgate.operator.translate.Translator;
import io.warmgate.operator.warm.WarmTarget;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WarmupScopeTest {
  private final Map<String, ConfigMapData> lists =
      Map.of("lists", new ConfigMapData(Map.of("a", "/items/1\n/pages/1\nnonsense\n"), Map.of()));

  private static ApiRoute route(String name, String tier) {
    ApiRoute route =
        Snapshots.route(
            name,
            """
            hostnames: [shop.test], rollout: {warmup: {topKeys: 7, maxOriginRps: 3, concurrency: 2}},
            rules: [{matches: [{path: {type: PathPrefix, value: /%s}}],
              backendRefs: [{name: catalog, port: 8080}]}]
            """
                .formatted(name));
    route.getMetadata().setLabels(Map.of("tier", tier));
    return route;
  }

  private WarmupScope scope(String spec, PodSeen... pods) {
    Snapshot bare = Snapshots.of(List.of(route("items", "hot"), route("pages", "cold")));
    Snapshot snapshot =
        new Snapshot(
            bare.gateway(),
            bare.attachments(),
            new References(
                null, bare.references().services(), Map.of(), lists, ReferenceGrants.none()),
            new Fleet(
                bare.fleet().revisions(),
                bare.fleet().heldValues(),
                List.of(pods),
                bare.fleet().workload()),
            bare.facts());
    CacheWarmup object =
        Serialization.unmarshal(
            "kind: CacheWarmup\nmetadata: {name: w, namespace: shop}\nspec: {gatewayRef: {name:"
                + " edge}%s}".formatted(spec),
            CacheWarmup.class);
    return WarmupScope.of(object, snapshot, Translator.translate(snapshot), new RequestLists());
  }

  private WarmupScope scope(String spec) {
    PodState none =
        new PodState("a", 0, List.of(1), null, null, true, true, false, 0, null, List.of());
    return scope(spec, new PodSeen("a", "a", true, none, null, null));
  }

  private static List<String> asked(WarmupScope scope) {
    return scope.targets().stream()
        .map(any -> any.route() + " " + any.limits().topKeys() + " " + targets(any))
        .toList();
  }

  private static List<String> targets(WarmTarget target) {
    return target.listed().stream().map(any -> any.target()).toList();
  }

  @Test
  void withoutMoreWordsItIsWhatAReleaseWouldBeWarmedWith() {
    WarmupScope scope = scope("");
    assertThat(asked(scope)).containsExactly("shop/items 7 []", "shop/pages 7 []");
    assertThat(scope.targets().getFirst().limits()).isEqualTo(new WarmTarget.Limits(7, 3, 2));
    assertThat(scope.targets().getFirst().reach()).isEqualTo(WarmTarget.Reach.ONE_POD);
  }

  @Test
  void routesByNameAndByLabel() {
    assertThat(asked(scope(", routes: [{name: pages}]"))).containsExactly("shop/pages 7 []");
    assertThat(asked(scope(", routeSelector: {matchLabels: {tier: hot}}")))
        .containsExactly("shop/items 7 []");
  }

  @Test
  void eachRequestGoesToTheRouteThatTakesItAndOthersAreNamed() {
    WarmupScope scope =
        scope(
            ", sources: [{configMap: {name: lists, key: a}}, {paths: [/nowhere, /items/2]},"
                + " {paths: [/items/3], host: else.test}]");
    assertThat(asked(scope))
        .containsExactly("shop/items 0 [/items/1, /items/2]", "shop/pages 0 [/pages/1]");
    assertThat(scope.unrouted()).isEqualTo(2);
    assertThat(scope.notes())
        .anyMatch(note -> note.contains("line 3 is no path"))
        .anyMatch(note -> note.startsWith("no route takes /nowhere, else.test/items/3"));
  }

  @Test
  void aSitemapIsAskedForUnderTheHostsOfEachRoute() {
    WarmupScope scope =
        scope(
            ", routes: [{name: items}], sources: [{sitemap: /sitemap.xml}, {sitemap: /a, host:"
                + " else.test}]");
    assertThat(scope.targets())
        .singleElement()
        .satisfies(
            any ->
                assertThat(any.sitemaps())
                    .extracting(document -> document.host() + document.target())
                    .containsExactly("shop.test:8080/sitemap.xml"));
    assertThat(scope.unrouted()).isEqualTo(1);
    assertThat(scope.notes()).singleElement().asString().startsWith("no route takes else.test/a");
  }

  @Test
  void linksAreFollowedFromWhatIsAskedForAndLeadNowhereAlone() {
    WarmupScope scope =
        scope(", sources: [{paths: [/items/1]}, {related: {rels: [next], depth: 3}}]");
    assertThat(scope.targets())
        .singleElement()
        .satisfies(any -> assertThat(any.related()).isEqualTo(new Related(List.of("next"), 3)));
    assertThat(scope(", sources: [{paths: [/items/1]}]").targets())
        .allSatisfy(any -> assertThat(any.related()).isEqualTo(Related.NONE));
    assertThat(scope(", sources: [{related: {}}]").targets()).isEmpty();
  }

  @Test
  void itWaitsForWhatItNames() {
    assertThat(scope(", routes: [{name: gone}]").missing())
        .isEqualTo("spec.routes: ApiRoute 'gone' is not one that the gateway serves");
    assertThat(scope(", routeSelector: {matchLabels: {tier: none}}").missing())
        .isEqualTo("The gateway serves no route that is meant");
    assertThat(scope(", sources: [{configMap: {name: gone, key: a}}]").missing())
        .isEqualTo("spec.sources[0].configMap: ConfigMap 'gone' is not there");
    assertThat(scope("", new PodSeen[0]).missing()).isEqualTo("No pod of the gateway answers");
  }
}
