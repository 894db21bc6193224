package io.warmgate.operator.warm;

import static io.warmgate.operator.warm.FakePods.KEYS;
import static io.warmgate.operator.warm.FakePods.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.admin.HotRequests;
import io.warmgate.config.admin.ReadOrder;
import io.warmgate.config.admin.ReadReport;
import io.warmgate.config.admin.WarmOrder;
import io.warmgate.config.admin.WarmReport;
import io.warmgate.config.admin.WarmReport.Outcome;
import io.warmgate.config.admin.WarmReport.Result;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.operator.rollout.Warmth;
import io.warmgate.operator.source.Related;
import io.warmgate.operator.warm.FakePods.Pod;
import io.warmgate.operator.warm.WarmTarget.Limits;
import io.warmgate.operator.warm.WarmTarget.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class WarmersTest {
  private static final Instant FIRST = Instant.parse("2026-11-26T10:00:00Z");

  private final FakePods fake = new FakePods();
  private final Map<String, Outcome> answers = fake.answers;
  private final Map<String, String> documents = fake.documents;
  private final Set<String> shared = fake.shared;
  private final List<WarmPod> pods =
      new CopyOnWriteArrayList<>(List.of(fake.pod("a"), fake.pod("b")));
  @AutoClose private final Warmers warmers = new Warmers(() -> List.copyOf(pods), () -> {});

  private Warmth warm(String release, Instant attempt, int rps) {
    warmers.want(
        "shop/catalog",
        new WarmTarget("shop/catalog", release, attempt, new Limits(1_000, rps, 8), Reach.ALL_PODS),
        0.9);
    await().until(() -> warmers.warmth("shop/catalog", release).progress() == Warmth.Progress.DONE);
    return warmers.warmth("shop/catalog", release);
  }

  /** New pods get what clients ask those before for, each of them for itself. */
  @Test
  void aSideIsFilledWithWhatTheOtherIsAskedFor() {
    Pod before = (Pod) pods.get(0);
    Pod added = (Pod) pods.get(1);
    before.side = "blue";
    added.side = "green";
    added.silent = true; // nobody has asked it for anything yet
    Set<String> keys = Set.of("pods of shop/catalog", "pods of shop/list");
    for (String key : keys) {
      warmers.want(
          key,
          new WarmTarget(
              key.substring("pods of ".length()),
              "",
              FIRST,
              new Limits(1_000, 1_000, 8),
              Reach.ONE_POD,
              List.of(),
              List.of(),
              Related.NONE,
              "green"),
          -1);
    }
    await().until(() -> warmers.warmth(keys).progress() == Warmth.Progress.DONE);
    Warmth both = warmers.warmth(keys);
    assertThat(both.planned()).isEqualTo(2 * KEYS);
    assertThat(both.certified()).isEqualTo(2 * KEYS);
    assertThat(both.coveragePercent()).isEqualTo(100);
    assertThat(before.orders).as("the other side is left alone").isEmpty();
    warmers.keep(Set.of());
    assertThat(warmers.warmth(keys)).isEqualTo(Warmth.UNKNOWN);
  }

  @Test
  void eachKeyIsAskedForOnceAndEveryPodCertifiesAll() {
    Warmth warmth = warm("green", FIRST, 1_000);
    assertThat(warmth.planned()).isEqualTo(KEYS);
    assertThat(warmth.certified()).isEqualTo(KEYS);
    assertThat(warmth.coveragePercent()).isEqualTo(100);
    assertThat(warmth.originRequests()).isEqualTo(KEYS);
    for (WarmPod pod : pods) {
      List<WarmOrder> orders = ((Pod) pod).orders;
      assertThat(orders)
          .allMatch(
              order -> order.requests().size() <= 8 || order.action() == WarmOrder.Action.CERTIFY);
      assertThat(orders).anyMatch(order -> order.action() == WarmOrder.Action.FILL);
    }
  }

  /** Each is used up before the last has been asked for. */
  @Test
  void whereTheBudgetIsTooSmallForAllWhatIsAskedForMostIsWarm() {
    for (int i = 0; i < KEYS; i++) {
      answers.put("/" + i, new Outcome(Result.FILLED, 200, true, 5, 3_000, null));
    }
    warmers.want(
        "shop/catalog",
        new WarmTarget("shop/catalog", "green", FIRST, new Limits(1_000, 8, 8), Reach.ALL_PODS),
        0.9);
    String problem =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> warmers.warmth("shop/catalog", "green").problem(), Objects::nonNull);
    assertThat(problem)
        .isEqualTo(
            "8 requests a second are too few to keep 40 answers fresh: raise maxOriginRps, or"
                + " lower topKeys");
    Map<String, Long> fetched =
        pods.stream()
            .flatMap(pod -> ((Pod) pod).orders.stream())
            .filter(order -> order.action() != WarmOrder.Action.CERTIFY)
            .flatMap(order -> order.requests().stream())
            .collect(Collectors.groupingBy(WarmRequest::target, Collectors.counting()));
    assertThat(fetched.get("/0")).isGreaterThan(2);
    assertThat(fetched.get("/" + (KEYS - 1))).isNull();
  }

  @Test
  void whatFailsIsTriedAgainAndThenNamed() {
    answers.put("/7", new Outcome(Result.FAILED, 503, true, 1, 0, "the backend answered 503"));
    Warmth warmth = warm("green", FIRST, 1_000);
    assertThat(warmth.failed()).isEqualTo(1);
    assertThat(warmth.certified()).isEqualTo(KEYS - 1);
    assertThat(warmth.problem()).isEqualTo("the backend answered 503");
    assertThat(warmth.originRequests()).isEqualTo(KEYS + 2);
  }

  @Test
  void whatCannotBeKeptAnyMoreHasChanged() {
    for (int i = 0; i < 10; i++) {
      answers.put("/" + i, new Outcome(Result.CHANGED, 404, true, 1, 0, "404"));
    }
    Warmth warmth = warm("green", FIRST, 1_000);
    assertThat(warmth.changed()).isEqualTo(10);
    assertThat(warmth.changedPercent()).isEqualTo(25);
    assertThat(warmth.coveragePercent()).isEqualTo(83); // 600 of the 720 that both pods served
  }

  private Warmth listed(String... targets) {
    warmers.want(
        "shop/catalog",
        new WarmTarget(
            "shop/catalog",
            "green",
            FIRST,
            new Limits(1_000, 1_000, 8),
            Reach.ALL_PODS,
            Stream.of(targets).map(WarmPlanTest::get).toList()),
        0.9);
    await().until(() -> warmers.warmth("shop/catalog", "green").progress() == Warmth.Progress.DONE);
    return warmers.warmth("shop/catalog", "green");
  }

  @Test
  void whatIsListedIsWarmedBesideWhatClientsAskFor() {
    Warmth warmth = listed("/new", "/7");
    assertThat(warmth.planned()).isEqualTo(KEYS + 1);
    assertThat(warmth.certified()).isEqualTo(KEYS + 1);
    assertThat(warmth.coveragePercent()).isEqualTo(100);
    assertThat(shared).contains("green/new");
  }

  /** Nobody had it from the release before. */
  @Test
  void whatIsListedAndCannotBeKeptHasFailedAndNotChanged() {
    answers.put("/new", new Outcome(Result.CHANGED, 404, true, 1, 0, "it is gone"));
    answers.put("/3", new Outcome(Result.CHANGED, 404, true, 1, 0, "it is gone"));
    Warmth warmth = listed("/new", "/3");
    assertThat(warmth.failed()).isEqualTo(1);
    assertThat(warmth.changed()).isEqualTo(1);
    assertThat(warmth.changedPercent()).isEqualTo(3);
    assertThat(warmth.problem()).isEqualTo("/new: it is gone");
  }

  /** Each word makes the operator read everything anew. */
  @Test
  void howFarItIsIsSaidOnceASecondAndAtTheEnd() {
    AtomicInteger words = new AtomicInteger();
    try (Warmers talking = new Warmers(() -> List.copyOf(pods), words::incrementAndGet)) {
      talking.want(
          "shop/catalog",
          new WarmTarget(
              "shop/catalog", "green", FIRST, new Limits(1_000, 1_000, 1), Reach.ALL_PODS),
          0.9);
      await()
          .until(() -> talking.warmth("shop/catalog", "green").progress() == Warmth.Progress.DONE);
      await().untilAsserted(() -> assertThat(words).hasValueBetween(2, 4));
    }
  }

  private static WarmTarget errandOf(String route, int topKeys, String... targets) {
    return new WarmTarget(
        route,
        "any",
        Instant.EPOCH,
        new Limits(topKeys, 1_000, 8),
        Reach.ALL_PODS,
        Stream.of(targets).map(WarmPlanTest::get).toList());
  }

  @Test
  void anErrandWarmsWhatServesOnceForAllItsRoutes() {
    warmers.serving(Map.of("shop/catalog", "blue"), (_, _) -> true);
    List<WarmTarget> targets =
        List.of(errandOf("shop/catalog", KEYS, "/new"), errandOf("shop/pages", 0, "/a", "/3"));
    answers.put("/a", new Outcome(Result.CHANGED, 404, true, 1, 0, "it is gone"));
    await().until(() -> warmers.errand("one", targets).progress() == Warmth.Progress.DONE);
    Warmth warmth = warmers.errand("one").orElseThrow();
    assertThat(warmth.planned()).isEqualTo(KEYS + 1 + 2);
    assertThat(warmth.certified()).isEqualTo(KEYS + 1 + 1);
    assertThat(warmth.failed()).isEqualTo(1);
    assertThat(warmth.problem()).isEqualTo("/a: it is gone");
    assertThat(warmth.originRequests()).isEqualTo(KEYS + 1 + 2);
    assertThat(warmth.coveragePercent())
        .as("all of the one route, and one of the forty that clients ask the other for")
        .isEqualTo(51);
    assertThat(shared).contains("blue/new", "blue/0", "/3").doesNotContain("any/new");
    int before = ((Pod) pods.getFirst()).orders.size();
    assertThat(warmers.errand("one", targets).originRequests()).isEqualTo(KEYS + 1 + 2);
    assertThat(((Pod) pods.getFirst()).orders).as("it is done once").hasSize(before);
    warmers.keepErrands(Set.of());
    assertThat(warmers.errand("one")).isEmpty();
  }

  @Test
  void whatAnswersLinkToIsWarmedAsFarAsIsAskedFor() {
    warmers.serving(Map.of(), (_, request) -> !request.target().equals("/other"));
    answers.put("/list", linking("/list?page=2", "/other", "http://elsewhere.test/x"));
    answers.put("/list?page=2", linking("?page=3"));
    answers.put("/list?page=3", linking("?page=4"));
    Related related = new Related(List.of("next"), 2);
    WarmTarget target =
        new WarmTarget(
            "shop/pages",
            "any",
            Instant.EPOCH,
            new Limits(0, 1_000, 8),
            Reach.ALL_PODS,
            List.of(WarmPlanTest.get("/list")),
            List.of(),
            related,
            null);
    await().until(() -> warmers.errand("one", List.of(target)).progress() == Warmth.Progress.DONE);
    Warmth warmth = warmers.errand("one").orElseThrow();
    assertThat(warmth.planned()).isEqualTo(3);
    assertThat(warmth.certified()).isEqualTo(3);
    assertThat(warmth.originRequests()).isEqualTo(3);
    assertThat(shared).containsExactlyInAnyOrder("/list", "/list?page=2", "/list?page=3");
    assertThat(pods.stream().flatMap(pod -> ((Pod) pod).orders.stream()))
        .allSatisfy(
            order ->
                assertThat(order.relations())
                    .isEqualTo(
                        order.action() == WarmOrder.Action.CERTIFY ? List.of() : List.of("next")));
  }

  private static Outcome linking(String... references) {
    return outcome(Result.FILLED, true).linking(List.of(references));
  }

  @Test
  void pagesOfASitemapAreWarmedAndOneThatCannotBeReadHasFailed() {
    warmers.serving(
        Map.of(), (route, request) -> route.equals("shop/pages") && !request.target().equals("/b"));
    documents.put(
        "/sitemap.xml",
        "<urlset><url><loc>http://shop.test/a</loc></url>"
            + "<url><loc>http://shop.test/b</loc></url></urlset>");
    List<WarmTarget> targets =
        List.of(
            new WarmTarget(
                "shop/pages",
                "",
                Instant.EPOCH,
                new Limits(0, 1_000, 8),
                Reach.ALL_PODS,
                List.of(),
                List.of(WarmPlanTest.get("/sitemap.xml"), WarmPlanTest.get("/gone.xml"))));
    await().until(() -> warmers.errand("one", targets).progress() == Warmth.Progress.DONE);
    Warmth warmth = warmers.errand("one").orElseThrow();
    assertThat(shared).containsExactly("/a");
    assertThat(warmth.planned()).isEqualTo(2);
    assertThat(warmth.certified()).isEqualTo(1);
    assertThat(warmth.failed()).isEqualTo(1);
    assertThat(warmth.problem()).isEqualTo("/gone.xml: status 404");
    assertThat(warmth.originRequests()).as("two documents, one page").isEqualTo(3);
  }

  @Test
  void anErrandThatNobodyWantsAnyMoreEndsAndCostsTheOthersNothing() {
    List<WarmTarget> slow =
        List.of(
            new WarmTarget(
                "shop/catalog", "", FIRST, new Limits(KEYS, 1, 1), Reach.ALL_PODS, List.of()));
    Warmth _ = warmers.errand("slow", slow);
    warmers.keepErrands(Set.of());
    assertThat(warm("green", FIRST, 1_000).certified()).isEqualTo(KEYS);
  }

  /** It would be warm in no time, and cold. */
  @Test
  void aPodThatDoesNotSayWhatItIsAskedForIsNoPodThatIsAskedNothing() {
    Pod second = (Pod) pods.get(1);
    second.silent = true;
    warmers.want(
        "shop/catalog",
        new WarmTarget("shop/catalog", "green", FIRST, new Limits(1_000, 1_000, 8), Reach.ALL_PODS),
        0.9);
    await().until(() -> warmers.warmth("shop/catalog", "green").problem() != null);
    Warmth warmth = warmers.warmth("shop/catalog", "green");
    assertThat(warmth.progress()).isEqualTo(Warmth.Progress.UNDERWAY);
    assertThat(warmth.problem()).isEqualTo("1 of 2 pods do not say what they are asked for");
    second.silent = false;
    assertThat(warm("green", FIRST, 1_000).certified()).isEqualTo(KEYS);
  }

  @Test
  void whatOnePodLacksIsNotCertified() {
    Pod second = (Pod) pods.get(1);
    second.lost.add("/3");
    answers.put("/3", outcome(Result.HIT, false));
    Warmth warmth = warm("green", FIRST, 1_000);
    assertThat(warmth.certified()).isLessThan(KEYS);
  }

  @Test
  void whatOnePodHasInMemoryAndRedisLostIsAskedOfTheOther() {
    Pod first = (Pod) pods.getFirst();
    for (int i = 0; i < KEYS; i++) {
      first.memory.add("/" + i);
    }
    assertThat(warm("green", FIRST, 1_000).certified()).isEqualTo(KEYS);
  }

  @Test
  void anotherReleaseOrAttemptBeginsAnew() {
    warm("green", FIRST, 1_000);
    int before = ((Pod) pods.getFirst()).orders.size();
    warm("green", FIRST, 1_000);
    Warmth again = warm("green", FIRST.plusSeconds(1), 1_000);
    assertThat(again.originRequests()).as("found warm").isZero();
    assertThat(((Pod) pods.getFirst()).orders).hasSizeGreaterThan(before);
    assertThat(warm("teal", FIRST, 1_000).originRequests()).isEqualTo(KEYS);
    assertThat(warmers.warmth("shop/catalog", "green")).isEqualTo(Warmth.UNKNOWN);
  }

  @Test
  void whereNothingIsSharedEveryPodIsFilled() {
    Map<String, Set<String>> filled = new HashMap<>();
    pods.clear();
    for (String uid : List.of("a", "b")) {
      pods.add(
          new WarmPod() {
            @Override
            public @Nullable String side() {
              return null;
            }

            @Override
            public String uid() {
              return uid;
            }

            @Override
            public Optional<HotRequests> hot(String route, int top) {
              return Optional.of(
                  new HotRequests(
                      route, 10, 0, List.of(new HotRequests.Hot(WarmPlanTest.get("/1"), 10))));
            }

            @Override
            public Optional<ReadReport> read(ReadOrder order) {
              return Optional.empty();
            }

            @Override
            public Optional<WarmReport> warm(WarmOrder order) {
              Set<String> own = filled.computeIfAbsent(uid, _ -> new HashSet<>());
              boolean certify = order.action() == WarmOrder.Action.CERTIFY;
              Result result =
                  certify
                      ? own.contains("/1") ? Result.HIT : Result.MISSING
                      : own.add("/1") ? Result.FILLED : Result.HIT;
              return Optional.of(
                  new WarmReport(
                      order.requests().stream()
                          .map(_ -> outcome(result, result == Result.FILLED))
                          .toList()));
            }
          });
    }
    warmers.want(
        "shop/catalog",
        new WarmTarget("shop/catalog", "green", FIRST, new Limits(10, 1_000, 8), Reach.ONE_POD),
        -1);
    await().until(() -> warmers.warmth("shop/catalog", "green").progress() == Warmth.Progress.DONE);
    Warmth warmth = warmers.warmth("shop/catalog", "green");
    assertThat(warmth.certified()).isEqualTo(1);
    assertThat(warmth.originRequests()).isEqualTo(2);
  }
}
