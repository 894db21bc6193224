package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.CacheOptions;
import io.warmgate.config.CacheRule;
import io.warmgate.config.KeyParts;
import io.warmgate.config.Lifetimes;
import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.HotRequests.Hot;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmOrder.Action;
import io.warmgate.config.admin.WarmReport.Outcome;
import io.warmgate.config.admin.WarmReport.Result;
import io.warmgate.config.admin.WarmRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a pod says it is asked most for. */
class HotTest {
  private final CountingOrigin blue = new CountingOrigin();
  private final CountingOrigin green = new CountingOrigin();
  private final Pod pod = new Pod();
  private TwoSides sides = new TwoSides(blue.port(), green.port(), HONOR);

  @AfterEach
  void close() {
    pod.close();
    blue.close();
    green.close();
  }

  private HotRequests hot() {
    return pod.hot(TwoSides.ROUTE, 1_000);
  }

  private static CacheRule keyed(List<String> headers, KeyParts parts) {
    return new CacheRule(
            null,
            null,
            null,
            null,
            HONOR.query(),
            headers,
            CacheRule.Tags.NONE,
            30_000,
            CacheRule.OnLogLoss.SERVE)
        .with(new CacheOptions(Lifetimes.NONE, parts));
  }

  @Test
  void theHeaviestFirstAndWithTheirWeight() {
    pod.take(sides.alone(pod, null));
    for (int i = 0; i < 6; i++) {
      pod.get("/often?utm_source=" + i);
      pod.get(i % 2 == 0 ? "/seldom" : "/other" + i);
    }
    HotRequests hot = hot();
    assertThat(hot.total()).isBetween(11.0, 12.0);
    assertThat(hot.partitioned()).isZero();
    assertThat(hot.requests().getFirst().request())
        .isEqualTo(new WarmRequest("GET", "http", Pod.HOST, "/often", List.of()));
    assertThat(hot.requests().getFirst().weight()).isBetween(5.5, 6.0);
    assertThat(hot.requests()).hasSize(5);
    assertThat(pod.hot(TwoSides.ROUTE, 1).requests()).hasSize(1);
    assertThat(pod.hot("no/such", 10).total()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "authorization, Bearer x, /a",
    "cookie, id=7, /a",
    "accept, */*, /a?access_token=1",
    "accept, */*, /a;jsessionid=1",
  })
  void whatTellsWhoseItIsIsCountedAndNotListed(String name, String value, String target) {
    pod.take(sides.alone(pod, null));
    pod.get(target, name, value);
    assertThat(hot().requests()).isEmpty();
    assertThat(hot().total()).isPositive();
    assertThat(hot().partitioned()).isEqualTo(hot().total());
  }

  @Test
  void aCookieThatNothingDependsOnKeepsNothingOffTheList() {
    pod.take(sides.alone(pod, null));
    pod.get("/a");
    for (int i = 0; i < 3; i++) {
      assertThat(status(pod.get("/a", "cookie", "id=" + i))).contains("hit");
    }
    assertThat(hot().requests()).hasSize(1);
    assertThat(hot().requests().getFirst().request().headers()).isEmpty();
    assertThat(hot().requests().getFirst().weight()).isGreaterThan(3.5);
  }

  @Test
  void whatIsPartitionedOrBypassedIsNotListed() {
    CacheRule rule =
        keyed(
            List.of("x-api-key"),
            new KeyParts(KeyParts.QueryOrder.KEEP, List.of(), List.of(), List.of("x-tenant")));
    sides = new TwoSides(blue.port(), green.port(), rule);
    pod.take(sides.alone(pod, null));
    pod.get("/a", "x-tenant", "t1");
    pod.get("/a", "x-api-key", "k1");
    pod.send("POST", "/a");
    HotRequests hot = hot();
    assertThat(hot.requests()).isEmpty();
    assertThat(hot.total()).isBetween(1.5, 2.0);
    assertThat(hot.partitioned()).isEqualTo(hot.total());
    pod.get("/a");
    assertThat(hot().requests()).hasSize(1);
  }

  @Test
  void warmingAndRevalidationAreNobodysRequests() {
    pod.take(sides.alone(pod, null));
    warm("", Action.FILL, List.of(new WarmRequest("GET", "http", Pod.HOST, "/a", List.of())));
    warm("", Action.CERTIFY, List.of(new WarmRequest("GET", "http", Pod.HOST, "/a", List.of())));
    assertThat(hot().total()).isZero();
  }

  @Test
  void outlivesAReloadUntilTheRouteGoes() {
    pod.take(sides.config(pod, 0));
    pod.get("/a");
    pod.take(sides.alone(pod, null));
    assertThat(hot().requests()).hasSize(1);
    pod.serve(blue.port(), HONOR, "g9", null);
    assertThat(hot().requests()).as("another generation, the same route").hasSize(1);
    pod.take(TwoSides.without(pod.config(blue.port(), HONOR, "g9", null)));
    assertThat(hot().requests()).isEmpty();
    assertThat(hot().total()).isZero();
  }

  private List<Outcome> warm(String release, Action action, List<WarmRequest> requests) {
    return Pod.await(pod.warm(new WarmOrder(TwoSides.ROUTE, release, action, 4, 20_000, requests)))
        .outcomes();
  }

  /**
   * Whatever clients ask, what is listed is certified a hit where they had one, and is theirs: a
   * client's request for the same is a hit once it was warmed on the other side. The seed is
   * printed.
   */
  @Test
  void whatIsListedIsTheVeryKeyThatClientsHit() {
    long seed = ThreadLocalRandom.current().nextLong();
    Random random = new Random(seed);
    CacheRule rule = keyed(List.of("x-region", "accept-encoding"), KeyParts.NONE);
    sides = new TwoSides(blue.port(), green.port(), rule);
    for (CountingOrigin origin : List.of(blue, green)) {
      origin.answer =
          request -> {
            if (request.path().endsWith("v")) {
              request.response().putHeader("vary", "Accept-Language, Accept");
            }
            origin.respond(request, "max-age=600");
          };
    }
    pod.take(sides.config(pod, 0));
    List<String[]> asked = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      asked.add(request(random));
      ask(asked.getLast());
    }
    // Whoever was first could not know what its answer varies by, and is not listed for that.
    asked.forEach(this::ask);
    List<WarmRequest> listed = hot().requests().stream().map(Hot::request).toList();
    assertThat(listed).as("seed %d", seed).hasSizeGreaterThan(20).doesNotHaveDuplicates();
    assertThat(warm("r-blue", Action.CERTIFY, listed))
        .as("seed %d", seed)
        .extracting(Outcome::result)
        .containsOnly(Result.HIT);

    assertThat(warm("r-green", Action.FILL, listed))
        .as("seed %d", seed)
        .extracting(Outcome::result)
        .isSubsetOf(Result.FILLED, Result.HIT);
    pod.take(sides.config(pod, 100));
    int fetched = green.requests.get();
    for (String[] one : asked) {
      assertThat(ask(one)).as("seed %d, %s", seed, List.of(one)).contains("hit");
    }
    assertThat(green.requests).hasValue(fetched);
  }

  private String ask(String[] request) {
    String[] headers = new String[request.length - 1];
    System.arraycopy(request, 1, headers, 0, headers.length);
    return status(pod.get(request[0], headers));
  }

  private static String[] request(Random random) {
    List<String> request = new ArrayList<>();
    String target = "/p" + random.nextInt(4) + (random.nextBoolean() ? "v" : "");
    request.add(target + pick(random, "", "?a=1", "?a=1&utm_x=" + random.nextInt(), "?b=%C3%A9&a"));
    add(request, random, "x-region", "eu", "us ", "");
    add(
        request,
        random,
        "accept-encoding",
        "gzip, br",
        "br;q=1.0, gzip;q=0.8",
        "identity",
        "gzip;q=0");
    add(request, random, "accept-language", "de", "de, en;q=0.5", "en;q=0.5,de");
    add(request, random, "accept", "text/html, */*;q=0.1", "text/html,*/*;q=0.1");
    add(request, random, "user-agent", "a", "b");
    add(request, random, "origin", "http://x");
    return request.toArray(String[]::new);
  }

  private static void add(List<String> request, Random random, String name, String... values) {
    if (random.nextInt(3) > 0) {
      request.add(name);
      request.add(pick(random, values));
    }
  }

  private static String pick(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }
}
