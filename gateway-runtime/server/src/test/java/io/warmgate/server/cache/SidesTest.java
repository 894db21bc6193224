package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.LoadBalancing.HashOn;
import io.warmgate.config.ValueMatch;
import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.Explanation;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Observer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A route with two releases: each request is answered by one of them, wholly. */
class SidesTest {
  private final Queue<Exchange> ended = new ConcurrentLinkedQueue<>();
  private final CountingOrigin blue = new CountingOrigin();
  private final CountingOrigin green = new CountingOrigin();
  private final Pod pod =
      new Pod(
          new Observer() {
            @Override
            public void ended(Exchange exchange) {
              ended.add(exchange);
            }
          });
  private final TwoSides sides = new TwoSides(blue.port(), green.port(), HONOR);

  @BeforeEach
  void name() {
    blue.answer = request -> named(request, "blue");
    green.answer = request -> named(request, "green");
  }

  private static void named(HttpServerRequest request, String side) {
    request
        .response()
        .putHeader("cache-control", "max-age=60")
        .putHeader("x-side", side)
        .end(side + " " + request.uri());
  }

  @AfterEach
  void close() {
    pod.close();
    blue.close();
    green.close();
  }

  private static String side(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(200);
    String side = answer.headers().firstValue("x-side").orElseThrow();
    assertThat(answer.body()).startsWith(side + " ");
    return side;
  }

  private long green(int requests) {
    return IntStream.range(0, requests)
        .filter(i -> side(pod.get("/share")).equals("green"))
        .count();
  }

  @Test
  void theShareIsTheOtherSides() {
    pod.take(sides.config(pod, 0));
    assertThat(green(300)).isZero();
    assertThat(green.requests).hasValue(0);
    pod.take(sides.config(pod, 30));
    // Six standard deviations of a binomial.
    assertThat(green(1_000)).isBetween(213L, 387L);
    pod.take(sides.config(pod, 100));
    assertThat(green(300)).isEqualTo(300);
    // One fetch a side: each has its own entry of the one path.
    assertThat(blue.requests).hasValue(1);
    assertThat(green.requests).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(HashOn.Source.class)
  void aClientStaysOnOneSideAndMovesOneWay(HashOn.Source source) {
    HashOn on = new HashOn(source, source == HashOn.Source.CLIENT_IP ? null : "who");
    Set<Integer> before = new HashSet<>();
    for (int percent : List.of(0, 10, 40, 75, 100)) {
      pod.take(sides.config(pod, percent, on, List.of(), null));
      Set<Integer> now = new HashSet<>();
      for (int client = 0; client < 60; client++) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 3; i++) {
          seen.add(side(pod.get("/" + i, headers(source, client))));
        }
        assertThat(seen).hasSize(1);
        if (seen.contains("green")) {
          now.add(client);
        }
      }
      assertThat(now).containsAll(before);
      before = now;
    }
    assertThat(before).hasSize(60);
  }

  private static String[] headers(HashOn.Source source, int client) {
    return switch (source) {
      case HEADER -> new String[] {"who", "client-" + client};
      case COOKIE -> new String[] {"cookie", "a=b; who=client-" + client};
      case CLIENT_IP -> new String[0];
    };
  }

  @Test
  void headersThatAllHoldMakeARequestTheOtherSides() {
    List<ValueMatch> headers =
        List.of(
            new ValueMatch(ValueMatch.Type.EXACT, "x-canary", "yes"),
            new ValueMatch(ValueMatch.Type.REGULAR_EXPRESSION, "x-team", "a|b"));
    pod.take(sides.config(pod, 0, null, headers, null));
    assertThat(side(pod.get("/x", "x-canary", "yes", "x-team", "b"))).isEqualTo("green");
    assertThat(side(pod.get("/x", "x-canary", "yes", "x-team", "c"))).isEqualTo("blue");
    assertThat(side(pod.get("/x", "x-canary", "yes"))).isEqualTo("blue");
    assertThat(side(pod.get("/x"))).isEqualTo("blue");
  }

  @Test
  void whoHasTheTokenPreviewsTheOtherSideAndNobodyElse() {
    pod.take(sides.config(pod, 0));
    HttpResponse<String> early = pod.get("/x", "warmgate-preview", "");
    assertThat(early.statusCode()).as("nobody has a token yet").isEqualTo(403);
    pod.preview.set("secret".getBytes(UTF_8));

    assertThat(side(pod.get("/x", "warmgate-preview", "secret"))).isEqualTo("green");
    HttpResponse<String> wrong = pod.get("/x", "warmgate-preview", "secreT");
    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(wrong.body()).contains("urn:warmgate:problem:preview-refused");
    assertThat(side(pod.get("/x"))).isEqualTo("blue");
  }

  @Test
  void thePreviewTokenIsNeitherForwardedNorKeptBy() {
    pod.preview.set("secret".getBytes(UTF_8));
    List<Boolean> sent = new ArrayList<>();
    for (CountingOrigin origin : List.of(blue, green)) {
      origin.answer =
          request -> {
            synchronized (sent) {
              sent.add(request.headers().contains("warmgate-preview"));
            }
            request.response().putHeader("vary", "warmgate-preview");
            named(request, "one");
          };
    }
    pod.take(sides.config(pod, 0));
    pod.get("/x", "warmgate-preview", "secret");
    pod.take(sides.config(pod, 100));
    assertThat(status(pod.get("/x"))).contains("hit");
    pod.take(sides.alone(pod, null));
    pod.get("/y", "warmgate-preview", "secret");
    assertThat(status(pod.get("/y"))).contains("hit");
    assertThat(sent).containsExactly(false, false);
  }

  @Test
  void eachSideHasItsOwnRules() {
    pod.take(
        sides.config(
            pod,
            null,
            List.of(sides.rule("0", "/shop", "blue"), sides.rule("old", "/shop/old", "blue")),
            TwoSides.shift(
                0,
                null,
                List.of(new ValueMatch(ValueMatch.Type.EXACT, "green", "1")),
                List.of(sides.rule("0", "/shop", "green"), sides.rule("new", "/new", "green")))));
    assertThat(pod.get("/new").statusCode()).isEqualTo(404);
    assertThat(side(pod.get("/new", "green", "1"))).isEqualTo("green");
    assertThat(side(pod.get("/shop/old"))).isEqualTo("blue");
    assertThat(side(pod.get("/shop/old", "green", "1"))).isEqualTo("green");
    await()
        .untilAsserted(
            () ->
                assertThat(ended)
                    .filteredOn(exchange -> exchange.target().path().equals("/shop/old"))
                    .extracting(exchange -> Objects.requireNonNull(exchange.rule()).id())
                    .containsExactly("old", "0"));
  }

  @Test
  void saysWhichReleaseItWas() {
    pod.take(sides.config(pod, 100));
    for (String expected : List.of("fwd=", "hit")) {
      assertThat(status(pod.get("/x", "warmgate-debug", "release")))
          .contains(expected)
          .endsWith("; release=\"r-green\"");
    }
    assertThat(status(pod.get("/x"))).doesNotContain("release");
    assertThat(ended).allSatisfy(e -> assertThat(e.release()).isEqualTo("r-green"));
    Explanation explained = explain();
    assertThat(explained.routed()).extracting(Explanation.Routed::release).isEqualTo("r-green");

    pod.take(sides.config(pod, 49));
    assertThat(explain().routed()).extracting(Explanation.Routed::release).isEqualTo("r-blue");
    pod.take(sides.alone(pod, null));
    assertThat(status(pod.get("/x", "warmgate-debug", "release"))).doesNotContain("release");
    assertThat(explain().routed()).extracting(Explanation.Routed::release).isNull();
  }

  private Explanation explain() {
    return pod.explain(
        new ExplainRequest(
            "GET",
            "http://" + Pod.HOST + "/x",
            List.of(),
            null,
            null,
            ExplainRequest.Origin.LEAVE));
  }

  /** Whatever the percent does meanwhile. The seed is printed. */
  @Test
  void eachAnswerIsWhollyOneSidesWhileThePercentMoves() {
    long seed = ThreadLocalRandom.current().nextLong();
    Random random = new Random(seed);
    pod.take(sides.config(pod, 50));
    for (int round = 0; round < 40; round++) {
      List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        asked.add(pod.ask("/p" + random.nextInt(round + 3), "warmgate-debug", "release"));
      }
      pod.take(sides.config(pod, random.nextInt(101)));
      for (var answer : asked) {
        HttpResponse<String> got = Pod.get(answer);
        String side = side(got);
        assertThat(status(got)).as("seed %d", seed).endsWith("release=\"r-" + side + "\"");
      }
    }
    assertThat(ended)
        .allSatisfy(
            exchange -> {
              String side = exchange.reply().headers().get("x-side");
              assertThat(exchange.release()).as("seed %d", seed).isEqualTo("r-" + side);
              assertThat(exchange.backend())
                  .isNotNull()
                  .satisfies(b -> assertThat(b.backend()).isEqualTo(side))
                  .satisfies(b -> assertThat(b.generation()).isEqualTo("g-" + side));
            });
    // Each side fetched each path at most once: neither had the other's entry, nor lost its own.
    for (CountingOrigin origin : List.of(blue, green)) {
      assertThat(origin.asked).as("seed %d", seed).doesNotHaveDuplicates();
    }
  }
}
