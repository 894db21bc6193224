package io.warmgate.operator.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.operator.snapshot.AttachedPolicy;
import io.warmgate.operator.snapshot.Attachments;
import io.warmgate.operator.snapshot.Fleet;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.ReferenceGrants;
import io.warmgate.operator.snapshot.References;
import io.warmgate.operator.snapshot.SecretLookup;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.snapshot.WrittenRevisions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered changes nothing of what comes out. */
class RouteMemoTest {
  private static final int STEPS = 300;
  private static final List<String> SPECS =
      List.of(
          "rules: [{name: all, backendRefs: [{name: a, port: 80}]}]",
          "rules: [{name: all, backendRefs: [{name: b, port: 80}]}, {backendRefs: [{name: a, port:"
              + " 80}]}]",
          "rules: [{name: all, matches: [{path: {value: /x}}], backendRefs: [{url: 'http://o'}]}]",
          "rules: [{name: all, matches: [{path: {value: '/{'}}], backendRefs: [{url:"
              + " 'http://o'}]}]",
          "hostnames: [h.example.com], rules: [{name: all, backendRefs: [{name: a, port: 81}]}]",
          "rules: [{name: all, backendRefs: [{name: a, port: 80}], auth: {apiKey: {}}}]",
          "rules: [{name: all, backendRefs: [{name: a, port: 80}], auth: {jwt: {issuers: [x]}}}]",
          "rules: [{name: all, backendRefs: [{url: 'https://o', tls: {caRef: {name: ca}}}]}]");

  private static final String AUTHORITY =
      """
      -----BEGIN CERTIFICATE-----
      MIIBjDCCATOgAwIBAgIUQN6bzU3yBpHgPBljegqS1ThS1WIwCgYIKoZIzj0EAwIw
      GzEZMBcGA1UEAwwQc2hvcC5leGFtcGxlLmNvbTAgFw0yNjExMjMwMTA2MzJaGA8y
      MTI2MTAzMDAxMDYzMlowGzEZMBcGA1UEAwwQc2hvcC5leGFtcGxlLmNvbTBZMBMG
      ByqGSM49AgEGCCqGSM49AwEHA0IABGoj3YlVGbPyhv5HSUEyhBpdJ55e+auZzAUq
      U1mT7UMmhexiT2BOCtoQQ1nLhMXmSuctwlxu0Mi74UQcc4hxqZujUzBRMB0GA1Ud
      DgQWBBRBTeqZB6qiEHM95GzPxRh7q1K1PzAfBgNVHSMEGDAWgBRBTeqZB6qiEHM9
      5GzPxRh7q1K1PzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIFoa
      yqmar+10604wMBe7c+NKJ+cS7bLOQI84K2XuhHKZAiAk1fIEHgWkZZ3zOxYQSWTO
      3evgf/DZ9XVB4DPRJ1hv+w==
      -----END CERTIFICATE-----
      """;

  /** A small world that is changed at random. */
  private static final class World {
    final Random random;
    final Map<String, ApiRoute> routes = new TreeMap<>();
    final Map<String, Service> services = new HashMap<>();
    final RouteMemo memo = new RouteMemo();
    ApiGateway gateway = gateway(1, "null");
    @Nullable AttachedPolicy policy;
    @Nullable MintedRevision current;
    long generation = 1;

    World(long seed) {
      random = new Random(seed);
    }

    void change() {
      generation++;
      String name = "r" + random.nextInt(6);
      String service = random.nextBoolean() ? "a" : "b";
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> routes.put(name, route(name, SPECS.get(random.nextInt(SPECS.size()))));
        case 3 -> routes.remove(name);
        case 4 -> services.put(service, service(service, 80 + random.nextInt(2)));
        case 5 -> services.remove(service);
        case 6 -> policy = random.nextBoolean() ? null : new AttachedPolicy(policy(name), Map.of());
        default -> gateway = gateway(generation, random.nextBoolean() ? "h.example.com" : "null");
      }
    }

    Snapshot snapshot() {
      Snapshot base = Snapshots.of(List.of());
      return new Snapshot(
          gateway,
          new Attachments(
              new ArrayList<>(routes.values()),
              policy == null ? List.of() : List.of(policy),
              List.of()),
          new References(services),
          new Fleet(
              new WrittenRevisions(current, current == null ? 0 : current.number(), 0),
              base.fleet().heldValues(),
              List.of(),
              base.fleet().workload()),
          base.facts());
    }

    private ApiRoute route(String name, String spec) {
      ApiRoute route = Snapshots.route(name, spec);
      route.getMetadata().setGeneration(generation);
      return route;
    }

    private CachePolicy policy(String route) {
      return read(
          CachePolicy.class,
          "p",
          generation,
          "{targetRefs: [{kind: ApiRoute, name: %s}], key: {headers: [x-%d]}}"
              .formatted(route, random.nextInt(3)));
    }

    private static ApiGateway gateway(long generation, String host) {
      return read(
          ApiGateway.class,
          "edge",
          generation,
          "{listeners: [{name: http, port: 8080, protocol: HTTP, hostname: %s}]}".formatted(host));
    }

    private static Service service(String name, int port) {
      return read(Service.class, name, 1, "{ports: [{port: %d}]}".formatted(port));
    }

    private static <T extends HasMetadata> T read(
        Class<T> kind, String name, long generation, String spec) {
      T object =
          Serialization.unmarshal("metadata: {name: %s}\nspec: %s".formatted(name, spec), kind);
      object.getMetadata().setNamespace("shop");
      object.getMetadata().setUid(name + "-uid");
      object.getMetadata().setGeneration(generation);
      return object;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theSameComesOut(long seed) {
    World world = new World(seed);
    for (int step = 0; step < STEPS; step++) {
      world.change();
      Snapshot snapshot = world.snapshot();
      Translation fresh = Translator.translate(snapshot);
      Translation remembered = Translator.translate(snapshot, Map.of(), null, world.memo);
      assertThat(remembered).as("seed %d, step %d", seed, step).isEqualTo(fresh);
      if (Minting.decide(fresh.config(), world.current, step) instanceof Minting.Minted(var next)) {
        world.current = next;
      }
    }
  }

  @Test
  void whatDidNotChangeIsNotCompiledAgain() {
    World world = new World(0);
    world.services.put("a", World.service("a", 80));
    world.routes.put("one", world.route("one", SPECS.getFirst()));
    world.routes.put("other", world.route("other", SPECS.get(2)));
    RouteMemo memo = world.memo;
    Translation before = Translator.translate(world.snapshot(), Map.of(), null, memo);
    world.generation++;
    world.routes.put("one", world.route("one", SPECS.get(2).replace("/x", "/y")));
    Translation after = Translator.translate(world.snapshot(), Map.of(), null, memo);
    assertThat(route(after, "shop/other")).isSameAs(route(before, "shop/other"));
    assertThat(route(after, "shop/one")).isNotEqualTo(route(before, "shop/one"));
  }

  private static Object route(Translation translation, String id) {
    if (translation.config() == null) {
      throw new AssertionError("nothing is served");
    }
    return translation.config().routes().stream()
        .filter(route -> route.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** What the Secret holds is in what comes out, and a route's own version does not say it. */
  @Test
  void aRouteWhoseServiceHasAnAuthorityFollowsItsSecret() {
    RouteMemo memo = new RouteMemo();
    ApiRoute route =
        Snapshots.route(
            "r",
            "rules: [{backendRefs: [{name: catalog, port: 8080}], auth: {callers: Anybody,"
                + " external: {url: 'https://roles', caRef: {name: ca}}}}]");
    Translation before = translate(route, AUTHORITY, memo);
    assertThat(before.findings()).isEmpty();
    assertThat(translate(route, AUTHORITY, memo).config()).isEqualTo(before.config());
    Translation after = translate(route, AUTHORITY + AUTHORITY, memo);
    assertThat(after.config()).isNotEqualTo(before.config());
    assertThat(after.values().values().keySet())
        .hasSize(1)
        .doesNotContainAnyElementsOf(before.values().values().keySet());
  }

  private static Translation translate(ApiRoute route, String bundle, RouteMemo memo) {
    Snapshot bare = Snapshots.of(List.of(route));
    SecretLookup secret =
        new SecretLookup.Found(Map.of("ca.crt", bundle.getBytes(StandardCharsets.US_ASCII)));
    Snapshot snapshot =
        new Snapshot(
            bare.gateway(),
            bare.attachments(),
            new References(
                null,
                bare.references().services(),
                Map.of("shop", Map.of("ca", secret)),
                Map.of(),
                ReferenceGrants.none()),
            bare.fleet(),
            bare.facts());
    return Translator.translate(snapshot, Map.of(), null, memo);
  }
}
