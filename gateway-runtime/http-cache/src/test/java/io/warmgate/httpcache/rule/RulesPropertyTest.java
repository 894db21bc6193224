package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.CachingPolicy;
import io.warmgate.httpcache.CachingPolicy.ClientDirectives;
import io.warmgate.httpcache.Decision;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Messages;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.ResponseView;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.TtlRule;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.key.CookieRule;
import io.warmgate.httpcache.key.Glob;
import io.warmgate.httpcache.purge.Position;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for any message, however broken; the seed is printed with each failure. */
class RulesPropertyTest {
  private static final int RUNS = 40_000;
  private static final String[] DIRECTIVES = {
    "no-store",
    "no-cache",
    "private",
    "public",
    "must-revalidate",
    "proxy-revalidate",
    "must-understand",
    "max-age=60",
    "max-age=0",
    "max-age=x",
    "s-maxage=30",
    "s-maxage=",
    "no-cache=\"etag\"",
    "private=\"x-a, set-cookie\"",
    "max-stale",
    "max-stale=9",
    "min-fresh=5",
    "only-if-cached",
    "stale-while-revalidate=20",
    "stale-if-error=40",
    "stale-if-error=\"x",
    "max-age=9999999999999999999",
    "ext=\"no-store",
    "ext=\"\\\"no-store\""
  };
  private static final String[] FIELDS = {
    "cache-control",
    "Cache-Control",
    "cdn-cache-control",
    "Warmgate-Cache-Control",
    "expires",
    "date",
    "age",
    "last-modified",
    "etag",
    "vary",
    "set-cookie",
    "connection",
    "authorization",
    "cookie",
    "range",
    "if-none-match",
    "if-modified-since",
    "content-encoding",
    "content-length",
    "pragma",
    "if-range",
    "if-match",
    "cache-groups",
    "cache-group-invalidation",
    "content-range",
    "location",
    "x-a"
  };
  private static final String[] VALUES = {
    Messages.DATE,
    "Sun, 22 Nov 2026 12:10:00 GMT",
    "Sun, 22 Nov 2020 12:00:00 GMT",
    "0",
    "-1",
    "",
    "\"a\"",
    "W/\"a\"",
    "*",
    "x-a",
    "x-a, accept-encoding",
    "close, x-a",
    "5",
    "9999999999",
    "gzip",
    "\"",
    "\\",
    ",,",
    "a=b"
  };
  private static final String[] METHODS = {"GET", "GET", "GET", "HEAD", "POST", "x"};
  private static final int[] STATUSES = {
    100, 200, 200, 200, 204, 206, 299, 301, 302, 304, 400, 404, 405, 412, 416, 451, 500, 503, 600
  };

  private long seed;
  private Random random = new Random(0);

  @BeforeEach
  void seed() {
    seed = new Random().nextLong();
    random = new Random(seed);
  }

  private String any(String[] of) {
    return of[random.nextInt(of.length)];
  }

  private String value(String name) {
    if (random.nextInt(10) == 0) {
      StringBuilder junk = new StringBuilder();
      for (int i = random.nextInt(12); i > 0; i--) {
        junk.append(
            (char) (random.nextInt(8) == 0 ? random.nextInt(0x10000) : 32 + random.nextInt(95)));
      }
      return junk.toString();
    }
    if (!name.toLowerCase(Locale.ROOT).endsWith("cache-control")) {
      return any(VALUES);
    }
    StringBuilder directives = new StringBuilder(any(DIRECTIVES));
    for (int i = random.nextInt(3); i > 0; i--) {
      directives.append(random.nextBoolean() ? "," : " , ").append(any(DIRECTIVES));
    }
    return directives.toString();
  }

  private FieldList fields() {
    FieldList.Builder fields = FieldList.builder();
    for (int i = random.nextInt(6); i > 0; i--) {
      String name = any(FIELDS);
      fields.add(name, value(name));
    }
    return fields.build();
  }

  private RequestView request() {
    return new RequestView(any(METHODS), Messages.TARGET, fields(), random.nextInt(10) == 0);
  }

  private ResponseView response() {
    return new ResponseView(
        STATUSES[random.nextInt(STATUSES.length)], fields(), NOW - random.nextInt(5_000), NOW);
  }

  private StaleWindows windows() {
    return new StaleWindows(
        random.nextBoolean() ? null : (long) random.nextInt(100_000),
        random.nextBoolean() ? null : (long) random.nextInt(100_000));
  }

  private CachingPolicy policy() {
    return new CachingPolicy(
        ttl(),
        windows(),
        random.nextBoolean() ? ClientDirectives.HONOR : ClientDirectives.PROTECT_ORIGIN,
        random.nextInt(4) == 0 ? Set.of("authorization", "cookie") : Set.of(),
        random.nextInt(4) == 0
            ? new CookieRule(List.of("a"), List.of(new Glob("*")))
            : CookieRule.NONE);
  }

  private TtlRule ttl() {
    return new TtlRule(
            random.nextBoolean() ? TtlRule.Mode.HONOR : TtlRule.Mode.OVERRIDE,
            random.nextBoolean() ? Map.of() : Map.of(2, 5_000L, 301, 9_000L),
            millis(),
            millis(),
            millis())
        .jittered(random.nextInt(101), random.nextLong());
  }

  private @Nullable Long millis() {
    return random.nextBoolean() ? null : (long) random.nextInt(100_000);
  }

  private static StoredResponse entry(int status, StoreDecision.Keep keep) {
    return new StoredResponse(
        status, keep.fields(), Messages.BODY, keep.validity(), Messages.provenance(Position.ZERO));
  }

  /** Read here by plain search, so that the parser is not judged by itself. */
  private static boolean mentions(FieldList fields, String directive) {
    return fields.all("cache-control").stream()
        .flatMap(line -> List.of(line.split(",", -1)).stream())
        .anyMatch(member -> member.strip().equalsIgnoreCase(directive));
  }

  private static boolean hasQuotes(FieldList fields) {
    return fields.all("cache-control").stream().anyMatch(line -> line.indexOf('"') >= 0);
  }

  @Test
  void whatMustNotBeStoredNeverIs() {
    int kept = 0;
    for (int i = 0; i < RUNS; i++) {
      RequestView request = request();
      ResponseView response = response();
      CachingPolicy policy = policy();
      if (!(Storage.decide(request, response, policy, NOW) instanceof StoreDecision.Keep keep)) {
        continue;
      }
      kept++;
      FieldList of = FieldList.copyOf(response.fields());
      String what = "seed %d: %s %s -> %s".formatted(seed, request, response, keep);
      assertThat(request.isGet() && !request.hasContent()).as(what).isTrue();
      assertThat(List.of(100, 206, 304, 400, 405, 412, 416, 500, 503, 600))
          .as(what)
          .doesNotContain(response.status());
      boolean targeted = of.contains("cdn-cache-control") || of.contains("warmgate-cache-control");
      if (!hasQuotes(of) && !targeted) {
        assertThat(mentions(of, "private")).as(what).isFalse();
        assertThat(mentions(of, "no-store") && !mentions(of, "must-understand")).as(what).isFalse();
        assertThat(mentions(of, "must-understand") && response.status() == 299).as(what).isFalse();
      }
      FieldList asked = FieldList.copyOf(request.fields());
      assertThat(mentions(asked, "no-store") && !hasQuotes(asked)).as(what).isFalse();
      assertThat(of.contains("set-cookie")).as(what).isFalse();
      assertThat(of.all("vary").stream().anyMatch(v -> v.strip().equals("*"))).as(what).isFalse();
      for (String hop : List.of("connection", "age", "content-length", "transfer-encoding")) {
        assertThat(keep.fields().contains(hop)).as(what).isFalse();
      }
      assertThat(keep.fields().contains("date")).as(what).isTrue();
      if (request.fields().contains("authorization")
          && !policy.keyedFields().contains("authorization")) {
        assertThat(
                String.join(
                        ",",
                        String.join(",", of.all("cache-control")),
                        String.join(",", of.all("cdn-cache-control")),
                        String.join(",", of.all("warmgate-cache-control")))
                    .toLowerCase(Locale.ROOT))
            .as(what)
            .containsAnyOf("public", "must-revalidate", "s-maxage");
      }
      assertThat(keep.validity().lifetimeMillis()).as(what).isNotNegative();
      assertThat(keep.validity().initialAgeMillis()).as(what).isNotNegative();
      assertThat(keep.retentionMillis()).as(what).isPositive();
      if (policy.maxTtlMillis() != null) {
        assertThat(keep.validity().lifetimeMillis())
            .as(what)
            .isLessThanOrEqualTo(policy.maxTtlMillis());
      }
    }
    assertThat(kept).as("seed %d: the generator reaches storing", seed).isGreaterThan(RUNS / 100);
  }

  @Test
  void onceStaleAlwaysStale() {
    for (int i = 0; i < RUNS; i++) {
      ResponseView response = response();
      if (Storage.decide(Messages.get(), response, policy(), NOW)
          instanceof StoreDecision.Keep keep) {
        StoredResponse entry = entry(response.status(), keep);
        long earlier = NOW + random.nextInt(100_000);
        long later = earlier + random.nextInt(100_000);
        assertThat(Age.current(entry.validity(), later))
            .as("seed %d: %s", seed, response)
            .isGreaterThanOrEqualTo(Age.current(entry.validity(), earlier));
        if (!Freshness.isFresh(entry.validity(), earlier)) {
          assertThat(Freshness.isFresh(entry.validity(), later))
              .as("seed %d: %s", seed, response)
              .isFalse();
        }
      }
    }
  }

  @Test
  void nothingStaleIsServedUnlessTheClientAcceptsIt() {
    for (int i = 0; i < RUNS; i++) {
      ResponseView response = response();
      if (!(Storage.decide(Messages.get(), response, policy(), NOW)
          instanceof StoreDecision.Keep keep)) {
        continue;
      }
      StoredResponse entry = entry(response.status(), keep);
      RequestView request = request();
      CachingPolicy policy = policy();
      long now = NOW + random.nextInt(200_000);
      String what = "seed %d: %s %s %s".formatted(seed, request, entry, policy);
      switch (Reuse.decide(request, entry, policy, now)) {
        case Decision.Serve serve -> {
          assertThat(serve.ageSeconds()).as(what).isNotNegative();
          if (!Freshness.isFresh(entry.validity(), now)) {
            assertThat(policy.clientDirectives()).as(what).isEqualTo(ClientDirectives.HONOR);
            assertThat(String.join(",", request.fields().all("cache-control")))
                .as(what)
                .containsIgnoringCase("max-stale");
            assertThat(entry.validity().constraints()).as(what).isEmpty();
          }
        }
        case Decision.Validate(_, FieldList conditions) ->
            assertThat(conditions.size()).as(what).isPositive();
        case Decision.ServeAndRevalidate(Decision.Serve serve, _) -> {
          assertThat(entry.validity().constraints()).as(what).isEmpty();
          Long own = entry.validity().stale().whileRevalidateMillis();
          Long most = own != null ? own : policy.stale().whileRevalidateMillis();
          assertThat(most).as(what).isNotNull();
          assertThat(-Freshness.remaining(entry.validity(), now))
              .as(what)
              .isBetween(0L, Objects.requireNonNull(most));
          assertThat(serve.ttlSeconds()).as(what).isNotPositive();
        }
        case Decision.Forward _, Decision.Pass _ -> {}
        case Decision.Refuse(_, int status) -> assertThat(status).as(what).isEqualTo(504);
      }
    }
  }

  @Test
  void anErrorIsHiddenWithinAWindowAlone() {
    for (int i = 0; i < RUNS; i++) {
      if (!(Storage.decide(Messages.get(), response(), policy(), NOW)
          instanceof StoreDecision.Keep keep)) {
        continue;
      }
      StoredResponse entry = entry(200, keep);
      CachingPolicy policy = policy();
      RequestView request = request();
      long now = NOW + random.nextInt(200_000);
      OptionalInt status = random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(503);
      if (Reuse.afterError(request, entry, status, policy, now).isPresent()) {
        Long own = entry.validity().stale().ifErrorMillis();
        Long policys = policy.stale().ifErrorMillis();
        long most = Objects.requireNonNullElse(own != null ? own : policys, 0L);
        String asked = String.join(",", request.fields().all("cache-control"));
        String what = "seed %d: %s %s %s".formatted(seed, request, entry, policy);
        assertThat(entry.validity().constraints()).as(what).isEmpty();
        if (!asked.contains("stale-if-error")) {
          assertThat(-Freshness.remaining(entry.validity(), now))
              .as(what)
              .isLessThanOrEqualTo(most);
        }
      }
      assertThat(Reuse.afterError(request, entry, OptionalInt.of(404), policy, now)).isEmpty();
    }
  }

  @Test
  void validationNeverThrowsAndNeverChangesTheBody() {
    for (int i = 0; i < RUNS; i++) {
      ResponseView response = response();
      if (Storage.decide(Messages.get(), response, policy(), NOW)
          instanceof StoreDecision.Keep keep) {
        StoredResponse entry = entry(response.status(), keep);
        FieldList news = fields();
        ResponseView got =
            new ResponseView(random.nextBoolean() ? 304 : 200, news, NOW + 1_000, NOW + 2_000);
        Validation.Outcome outcome =
            Validation.apply(request(), entry, got, Position.ZERO, policy());
        if (outcome instanceof Validation.Refreshed(StoredResponse refreshed, _)) {
          assertThat(refreshed.body()).as("seed %d", seed).isSameAs(entry.body());
          assertThat(refreshed.fields().all("content-encoding"))
              .as("seed %d: %s %s", seed, entry, news)
              .isEqualTo(entry.fields().all("content-encoding"));
        }
      }
    }
  }

  /** Any characters, with those more often that mean something somewhere. */
  private String junk() {
    String marks = "\"\\,;= \t()*:?@%-/W0aG";
    StringBuilder junk = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      junk.append(
          switch (random.nextInt(4)) {
            case 0 -> (char) random.nextInt(0x10000);
            case 1 -> (char) random.nextInt(0x100);
            default -> marks.charAt(random.nextInt(marks.length()));
          });
    }
    return junk.toString();
  }

  private FieldList junkFields() {
    FieldList.Builder fields = FieldList.builder();
    for (int i = random.nextInt(6); i > 0; i--) {
      String name = any(FIELDS);
      fields.add(
          name,
          random.nextBoolean() ? junk() : name.equals("range") ? "bytes=" + specs() : value(name));
    }
    return fields.build();
  }

  /** Ranges of the five bytes of a body, and others. */
  private String specs() {
    StringBuilder specs = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      specs.append(random.nextInt(4) == 0 ? "" : Integer.toString(random.nextInt(8))).append('-');
      specs.append(random.nextInt(4) == 0 ? "" : Integer.toString(random.nextInt(8)));
      specs.append(i == 0 ? "" : ",");
    }
    return specs.toString();
  }

  @Test
  void parsersNeverThrowWhateverComes() {
    TagRule tags = new TagRule(List.of("x-a"), List.of());
    for (int i = 0; i < RUNS; i++) {
      FieldList fields = junkFields();
      String what = "seed %d: %s".formatted(seed, fields);
      assertThat(CacheControl.request(fields)).as(what).isNotNull();
      assertThat(TargetedCacheControl.of(fields)).as(what).isNotNull();
      assertThat(Vary.names(fields)).as(what).isNotNull();
      assertThat(tags.tags(fields)).as(what).isNotNull();
      assertThat(CacheGroups.tags(Messages.TARGET, fields)).as(what).isNotNull();
      fields.forEach((name, value) -> assertThat(HttpDate.parse(value, NOW)).as(what).isNotNull());
      fields
          .names()
          .forEach(name -> assertThat(Vary.normalForm(name, fields)).as(what).isNotNull());
      RequestView unsafe = new RequestView("POST", Messages.TARGET, fields, false);
      assertThat(Invalidation.targets(unsafe, 200, fields)).as(what).isNotEmpty();
      assertThat(CacheGroups.invalidated(unsafe, 200, fields)).as(what).isNotNull();
    }
  }

  @Test
  void decisionsNeverThrowWhateverComes() {
    for (int i = 0; i < RUNS; i++) {
      RequestView request = new RequestView("GET", Messages.TARGET, junkFields(), false);
      ResponseView response = new ResponseView(200, junkFields(), NOW - 1_000, NOW);
      CachingPolicy policy = policy();
      String what = "seed %d: %s %s".formatted(seed, request, response);
      assertThat(Reuse.beforeLookup(request)).as(what).isNotNull();
      assertThat(Reuse.miss(request, Reason.NOTHING_FOUND)).as(what).isNotNull();
      if (Storage.decide(request, response, policy, NOW) instanceof StoreDecision.Keep keep) {
        StoredResponse entry = entry(200, keep);
        long now = NOW + random.nextInt(100_000);
        Decision decision = Reuse.decide(request, entry, policy, now);
        if (decision instanceof Decision.Serve(_, Decision.Part part, _, _)) {
          assertThat(part.first()).as(what).isBetween(0L, part.last());
          assertThat(part.last()).as(what).isLessThan(entry.body().length());
        }
        ResponseView news = new ResponseView(304, junkFields(), now, now);
        assertThat(Validation.apply(request, entry, news, Position.ZERO, policy))
            .as(what)
            .isNotNull();
      }
    }
  }

  @Test
  void a304NeverWidensWhoIsServed() {
    for (int i = 0; i < RUNS; i++) {
      ResponseView response = response();
      if (!(Storage.decide(Messages.get(), response, policy(), NOW)
          instanceof StoreDecision.Keep keep)) {
        continue;
      }
      StoredResponse entry = entry(response.status(), keep);
      ResponseView news = new ResponseView(304, fields(), NOW + 1_000, NOW + 2_000);
      if (Validation.apply(Messages.get(), entry, news, Position.ZERO, policy())
          instanceof Validation.Refreshed(StoredResponse refreshed, StoreDecision.Keep kept)) {
        String what = "seed %d: %s %s".formatted(seed, entry, news);
        assertThat(keep.vary()).as(what).containsAll(kept.vary());
        assertThat(refreshed.validity().requestMillis()).as(what).isEqualTo(NOW + 1_000);
        String tag = news.fields().first("etag");
        if (tag != null && !tag.startsWith("W/")) {
          assertThat(entry.fields().first("etag")).as(what).isEqualTo(tag);
        }
      }
    }
  }
}
