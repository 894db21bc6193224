package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Revision;
import io.warmgate.config.admin.ClientTraffic;
import io.warmgate.config.admin.Miss;
import io.warmgate.config.admin.RuleTraffic;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicyStatus;
import io.warmgate.operator.fake.Counted;
import io.warmgate.operator.snapshot.AttachedPolicy;
import io.warmgate.operator.snapshot.Attachments;
import io.warmgate.operator.snapshot.FingerprintKey;
import io.warmgate.operator.snapshot.Fleet;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.OperatorFacts;
import io.warmgate.operator.snapshot.References;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.snapshot.Workload;
import io.warmgate.operator.snapshot.WrittenRevisions;
import io.warmgate.operator.translate.Minting;
import io.warmgate.operator.translate.Translation;
import io.warmgate.operator.translate.Translator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy's status says, from the policy as it is written and the pods' traffic. */
class PolicyAdviceTest {
  private static final String PRODUCTS = "products";
  private String spec = "ttl: {default: 5s}";
  private String target = "{kind: ApiRoute, name: catalog}";
  private long generation = 1;
  private @Nullable CachePolicyStatus status;
  private @Nullable StatusReport last;

  private static <T extends HasMetadata> T read(String yaml, Class<T> type, long generation) {
    T object = Serialization.unmarshal(yaml, type);
    object.getMetadata().setNamespace("shop");
    object.getMetadata().setUid(object.getMetadata().getName() + "-uid");
    object.getMetadata().setGeneration(generation);
    object.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
    return object;
  }

  private CachePolicy policy() {
    CachePolicy policy =
        read(
            "kind: CachePolicy\nmetadata: {name: p}\nspec: {targetRefs: [%s], %s}"
                .formatted(target, spec),
            CachePolicy.class,
            generation);
    policy.setStatus(status);
    return policy;
  }

  private Snapshot snapshot(@Nullable GatewayConfig config, RuleTraffic... traffic) {
    return new Snapshot(
        read(
            """
            kind: ApiGateway
            metadata: {name: edge}
            spec: {listeners: [{name: http, port: 8080, protocol: HTTP}]}
            """,
            ApiGateway.class,
            1),
        new Attachments(
            List.of(
                read(
                    """
                    kind: ApiRoute
                    metadata: {name: catalog}
                    spec:
                      parentRefs: [{name: edge}]
                      rules:
                      - {name: products, matches: [{path: {value: /p}}], backendRefs: [{url: "http://o.example.com"}]}
                      - {name: search, matches: [{path: {value: /s}}], backendRefs: [{url: "http://o.example.com"}]}
                    """,
                    ApiRoute.class,
                    1)),
            List.of(new AttachedPolicy(policy(), Map.of())),
            List.of()),
        new References(Map.of()),
        new Fleet(
            config == null
                ? WrittenRevisions.none()
                : WrittenRevisions.none()
                    .minted(new MintedRevision(Revision.of(1, config), config)),
            new SecretValues(Map.of()),
            List.of(),
            List.of(traffic),
            Workload.none()),
        new OperatorFacts(
            "runtime", "redis", "warmgate-system", "warmgate", new FingerprintKey(new byte[32])));
  }

  /** The condition's words after one more report; empty where there is none. */
  private String told(RuleTraffic... traffic) {
    GatewayConfig config = Objects.requireNonNull(Translator.translate(snapshot(null)).config());
    Snapshot snapshot = snapshot(config, traffic);
    Translation translation = Translator.translate(snapshot);
    StatusReport report =
        StatusReport.of(
            snapshot,
            translation,
            new Minting.Unchanged(),
            Containment.nothing().with(1, snapshot, translation.inclusion()),
            RolloutStatuses.none(),
            Instant.EPOCH);
    last = report;
    boolean news = PolicyAdvice.isNews(snapshot, List.of(traffic));
    CachePolicyStatus before = status;
    status = report.policies().getFirst().status();
    assertThat(news)
        .as("the status is written for it")
        .isEqualTo(
            !Objects.equals(before == null ? null : before.hitRatio(), status.hitRatio())
                && status.hitRatio() != null);
    return status.conditions().stream()
        .filter(any -> any.getType().equals("Efficient"))
        .map(PolicyAdviceTest::text)
        .findFirst()
        .orElse("");
  }

  private static String text(Condition condition) {
    return condition.getStatus() + " " + condition.getReason() + ": " + condition.getMessage();
  }

  private @Nullable String ratio() {
    return status == null ? null : status.hitRatio();
  }

  private static RuleTraffic rule(String name, long hits, Map<Miss, Long> misses) {
    return Counted.rule("shop/catalog", name, Counted.clients(hits, misses));
  }

  private static RuleTraffic expired(long lifetimeMillis) {
    return Counted.expired("shop/catalog", PRODUCTS, 400, 600, lifetimeMillis, 12_000);
  }

  @Test
  void withoutTrafficNothingIsSaid() {
    assertThat(told()).isEmpty();
    assertThat(told(rule(PRODUCTS, 50, Map.of(Miss.EXPIRED, 149L)))).isEmpty();
    assertThat(ratio()).isNull();
  }

  @Test
  void mostHitsAreGood() {
    assertThat(told(rule(PRODUCTS, 900, Map.of(Miss.EXPIRED, 100L))))
        .isEqualTo(
            "True MostlyHits: About 90% of the cacheable requests were answered from the caches");
    assertThat(ratio()).isEqualTo("90%");
    assertThat(Objects.requireNonNull(last).notices()).isEmpty();
  }

  @ParameterizedTest(name = "{0}, fresh for {1} ms: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ttl: {default: 5s}                      | 5000  | ttl.default is 5s: raise it; staleWhileRevalidate
          ttl: {default: 1h, max: 5s}             | 5000  | ttl.max is 5s: raise it; staleWhileRevalidate
          ttl: {default: 1h}                      | 0     | The origin gives them no longer a lifetime: have it say one in Cache-Control
          mode: Override, ttl: {default: 1h}      | 5000  | ttl says so, by status: raise what is short there
          """)
  void aShortLifetimeIsTracedToWhoSaidIt(String policy, long lifetime, String cure) {
    spec = policy;
    assertThat(told(expired(lifetime)))
        .startsWith(
            "False TtlTooShort: About 40% of the cacheable requests were answered from the caches."
                + " Of the others 100% had expired. Those were fresh for "
                + lifetime / 1_000
                + "s on average and asked for again after 12s. ")
        .contains(cure);
  }

  @Test
  void whoServesStaleIsNotToldTo() {
    spec = "ttl: {default: 5s}, staleWhileRevalidate: 1s";
    assertThat(told(expired(5_000))).endsWith("ttl.default is 5s: raise it");
  }

  @ParameterizedTest(name = "{1} with {0}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ttl: {default: 5s}                    | SAME_ANSWER | KeyTooWide  | Every query parameter is in the key
          'key: {query: {include: [a]}, headers: [X-A]}' | SAME_ANSWER | KeyTooWide | key.query.include what answers do not depend on; x-a and
          'key: {partitionBy: Credential}'      | SAME_ANSWER | KeyTooWide  | ; key.partitionBy: Credential and
          ttl: {default: 5s}                    | FIRST_SEEN  | RarelyAsked | A cache helps where the same is asked for again
          'minUses: {requests: 3, within: 1m}'  | FIRST_SEEN  | RarelyAsked | minUses.requests is 3
          ttl: {default: 5s}                    | EVICTED     | Evicted     | cache.local.maxMemory of the ApiGateway is 64 MiB: raise it, or share a RedisCache
          ttl: {default: 5s}                    | BYPASSED    | Bypassed    | They ask for ranges
          'bypass: [{header: X-P}]'             | BYPASSED    | Bypassed    | The policy's bypass and noStore conditions
          ttl: {default: 5s}                    | PURGED      | Purged      | Purge less at once
          ttl: {default: 5s}                    | FAILED      | OriginFails | staleIfError lets what is kept stand in
          """)
  void eachCauseHasItsCure(String policy, Miss miss, String reason, String cure) {
    spec = policy;
    assertThat(told(rule(PRODUCTS, 100, Map.of(miss, 900L))))
        .startsWith("False " + reason + ": About 10% of the cacheable requests")
        .contains(cure);
  }

  @Test
  void whatTheOriginForbidsIsNamed() {
    ClientTraffic some = Counted.clients(0, Map.of(Miss.UNCACHEABLE, 500L));
    ClientTraffic clients =
        new ClientTraffic(
            0,
            0,
            0,
            0,
            some.misses(),
            new TreeMap<>(Map.of("set-cookie", 400L, "private", 100L)),
            some.expired());
    assertThat(told(Counted.rule("shop/catalog", PRODUCTS, clients)))
        .startsWith("False Uncacheable: About 0% of")
        .endsWith(
            "Mostly set-cookie: the origin sets a cookie on them; have it set cookies elsewhere");
  }

  @Test
  void otherCausesAreNamedAndTheRuleThatHasMostOfIt() {
    assertThat(
            told(
                rule(PRODUCTS, 100, Map.of(Miss.EVICTED, 300L, Miss.PURGED, 20L)),
                rule("search", 100, Map.of(Miss.FIRST_SEEN, 400L, Miss.EVICTED, 80L))))
        .contains(
            "Of the others 48% had been evicted before they expired (50% were asked for the first"
                + " time in long); most of it in rule 'products' of ApiRoute/catalog. ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {kind: ApiGateway, name: edge}                              | 70%
          {kind: ApiRoute, name: catalog}                             | 70%
          {kind: ApiRoute, name: catalog, sectionName: products}      | 90%
          {kind: ApiRoute, name: catalog, sectionName: search}        | 50%
          """)
  void thePolicysRulesCount(String reference, String expected) {
    target = reference;
    told(
        rule(PRODUCTS, 900, Map.of(Miss.EXPIRED, 100L)),
        rule("search", 500, Map.of(Miss.EXPIRED, 500L)),
        Counted.rule("other/catalog", PRODUCTS, Counted.clients(5_000, Map.of())));
    assertThat(ratio()).isEqualTo(expected);
  }

  @Test
  void whatWasSaidStandsTillTheTrafficShowsOtherwise() {
    String said = told(expired(5_000));
    assertThat(Objects.requireNonNull(last).notices())
        .extracting(Notice::severity, Notice::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Notice.Severity.NORMAL, "TtlTooShort"));
    assertThat(told(rule(PRODUCTS, 430, Map.of(Miss.EXPIRED, 570L)))).isEqualTo(said);
    assertThat(Objects.requireNonNull(last).policies().getFirst().changed()).isFalse();
    assertThat(told()).isEqualTo(said);
    assertThat(told(rule(PRODUCTS, 900, Map.of(Miss.EXPIRED, 100L)))).startsWith("True MostlyHits");
  }

  /** The pods still serve it as it was: what they counted is not the new policy's. */
  @Test
  void whatWasCountedUnderAnotherPolicyDoesNotCount() {
    GatewayConfig before = Objects.requireNonNull(Translator.translate(snapshot(null)).config());
    spec = "ttl: {default: 1h}";
    generation = 2;
    Snapshot snapshot = snapshot(before, expired(5_000));
    Translation translation = Translator.translate(snapshot);
    StatusReport report =
        StatusReport.of(
            snapshot,
            translation,
            new Minting.Unchanged(),
            Containment.nothing().with(1, snapshot, translation.inclusion()),
            RolloutStatuses.none(),
            Instant.EPOCH);
    assertThat(report.policies().getFirst().status().hitRatio()).isNull();
  }

  @Test
  void aChangedPolicyIsToldAnew() {
    told(expired(5_000));
    generation = 2;
    assertThat(told()).isEmpty();
    assertThat(ratio()).isNull();
  }
}
