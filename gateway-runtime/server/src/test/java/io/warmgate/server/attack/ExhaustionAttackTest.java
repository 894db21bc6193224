package io.warmgate.server.attack;

import static io.warmgate.server.attack.Site.HONOR;
import static io.warmgate.server.attack.Site.answer;
import static io.warmgate.server.attack.Site.kept;
import static io.warmgate.server.attack.Site.policy;
import static io.warmgate.server.attack.Site.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.server.listener.Raw;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What costs the attacker little and is to cost the gateway's other clients nothing. */
class ExhaustionAttackTest {
  private static final Sites SITES = new Sites();

  /** Far from what is needed (milliseconds), and from what a quadratic cost takes (minutes). */
  private static final Duration SOON = Duration.ofSeconds(60);

  @BeforeEach
  void keep() {
    SITES.serve(HONOR, "");
    SITES.answers(_ -> kept("page"));
  }

  @AfterAll
  static void stop() {
    SITES.close();
  }

  /** Words of one {@link String#hashCode}, and of one {@link java.util.Arrays#hashCode(byte[])}. */
  private static List<String> colliding(int bits) {
    return IntStream.range(0, 1 << bits)
        .mapToObj(
            word ->
                IntStream.range(0, bits)
                    .mapToObj(bit -> (word >> bit & 1) == 0 ? "Aa" : "BB")
                    .collect(Collectors.joining()))
        .toList();
  }

  @Test
  void keysOfOneHashCodeAreFoundAsFastAsOthers() {
    List<String> words = colliding(11);
    assertThat(words.stream().map(String::hashCode).distinct()).hasSize(1);
    assertTimeout(
        SOON,
        () -> {
          try (Raw raw = new Raw(SITES.attacked.pod.port)) {
            for (int round = 0; round < 2; round++) {
              for (String word : words) {
                raw.send("GET /hash/" + word + " HTTP/1.1\r\nHost: a\r\n\r\n").readTo("page");
              }
            }
          }
        });
    assertThat(SITES.spared("/hash/" + words.get(0), "Host: a").status()).isEqualTo(200);
  }

  @Test
  void aFloodOfFieldsOrParametersCostsItsLength() {
    SITES.serve(policy("'mode':'EXCLUDE','names':['utm_*','a*b*c*d']", "'x-a'"), "");
    String fields = colliding(9).stream().map(w -> w + ": ").collect(Collectors.joining("\r\n"));
    String named = String.join(", ", colliding(9));
    String parameters = "&".repeat(8_000);
    String stars = "a".repeat(8_000);
    assertTimeout(
        SOON,
        () -> {
          for (int i = 0; i < 50; i++) {
            assertThat(SITES.attacked.get("/f" + i, fields).status()).isEqualTo(200);
            assertThat(SITES.attacked.get("/c" + i, "Connection: " + named).status())
                .isEqualTo(200);
            assertThat(SITES.attacked.get("/p" + i + "?" + parameters).status()).isEqualTo(200);
            assertThat(SITES.attacked.get("/s" + i + "?" + stars).status()).isEqualTo(200);
          }
        });
    SITES.spares(request("GET", "/fields", fields), "/fields");
  }

  @Test
  void aPathOfSlashesCostsItsLength() {
    assertTimeout(
        SOON,
        () -> {
          for (int i = 0; i < 300; i++) {
            SITES.attacked.get("/".repeat(15_900) + i);
            SITES.attacked.get("/a/..".repeat(2_000) + "/" + i);
            SITES.attacked.get("/" + "%41".repeat(4_000) + i);
          }
        });
  }

  @Test
  void aPathOfSlashesCostsItsLengthWherePrefixesWerePurged() {
    String slashes = "/".repeat(15_900) + "p";
    for (int i = 0; i < 10; i++) {
      SITES.attacked.get(slashes + i);
    }
    SITES.attacked.pod.log.apply(
        new PurgeOrder(
            "p1",
            new PurgeRequest(
                List.of(), List.of(), "/static/a", List.of(), false, PurgeRequest.Mode.HARD),
            null));
    assertTimeout(
        SOON,
        () -> {
          for (int i = 0; i < 300; i++) {
            assertThat(SITES.attacked.get(slashes + i % 10).isHit()).isTrue();
          }
        });
  }

  @Test
  void variantsAreBoundedAndWhatIsNotKeptIsAnswered() {
    SITES.answers(head -> kept(head, "Vary: User-Agent"));
    long before = SITES.attacked.pod.cache.local().entries();
    for (int i = 0; i < 500; i++) {
      SITES.attacked.get("/vary", "User-Agent: evil" + i);
    }
    assertThat(SITES.attacked.pod.cache.local().entries() - before).isLessThan(100);
    SITES.spared("/vary", "User-Agent: browser");
    assertThat(SITES.attacked.get("/vary", "User-Agent: late").cacheStatus())
        .endsWith("detail=vary-limit");
  }

  @Test
  void anAnswerThatVariesByEverythingIsNotKept() {
    String names =
        IntStream.range(0, 1_000).mapToObj(i -> "x" + i).collect(Collectors.joining(","));
    SITES.answers(_ -> kept("page", "Vary: " + names));
    SITES.spares(request("GET", "/names"), "/names");
    assertThat(SITES.attacked.get("/names").cacheStatus()).endsWith("detail=vary-limit");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_001, 10_000})
  void tagsAreBoundedAndAnAnswerWithMoreIsNotKept(int tags) {
    String field = IntStream.range(0, tags).mapToObj(i -> "t" + i).collect(Collectors.joining(" "));
    SITES.answers(_ -> kept("page", "Surrogate-Key: " + field));
    SITES.spares(request("GET", "/tags" + tags), "/tags" + tags);
    assertThat(SITES.attacked.get("/tags" + tags).cacheStatus()).endsWith("detail=tag-limit");
  }

  @ParameterizedTest
  @ValueSource(ints = {100_000, 1_000_000})
  void aHeadBeyondEveryMeasureIsNoAnswer(int tags) {
    String field = IntStream.range(0, tags).mapToObj(i -> "t" + i).collect(Collectors.joining(" "));
    AtomicBoolean evil = new AtomicBoolean(true);
    SITES.attacked.answers(
        _ -> evil.getAndSet(false) ? kept("page", "Surrogate-Key: " + field) : kept("page"));
    assertThat(SITES.attacked.get("/heads" + tags).status()).isEqualTo(502);
    SITES.spared("/heads" + tags);
  }

  @Test
  void anEmptyTagIsNone() {
    SITES.answers(_ -> kept("page", "Surrogate-Key:   ,, ", "Surrogate-Key: "));
    SITES.spares(request("GET", "/empty"), "/empty");
    assertThat(SITES.attacked.get("/empty").isHit()).isTrue();
  }

  /** An answer without end flows to its client at the client's pace, and is not kept. */
  @Test
  void anAnswerWithoutEndIsNotHeld() {
    AtomicBoolean over = new AtomicBoolean();
    String chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";
    SITES.attacked.script(
        (_, head, connection) -> {
          if (!head.startsWith("GET /endless ")) {
            connection.send(kept("page"));
            return;
          }
          try {
            connection.send(
                Raw.head(
                    "HTTP/1.1 200 X", "Cache-Control: max-age=60", "Transfer-Encoding: chunked"));
            for (int i = 0; i < 4_096; i++) {
              connection.send(chunk);
            }
          } catch (IOException e) {
            over.set(true);
            throw e;
          }
        });
    try (Raw slow = new Raw(SITES.attacked.pod.port)) {
      slow.send("GET /endless HTTP/1.1\r\nHost: a\r\n\r\n").readTo("\r\n\r\n");
      // It reads no more. Others are served meanwhile.
      SITES.spared("/beside");
      assertThat(SITES.attacked.pod.cache.local().bytes()).isLessThan(16 << 20);
      assertThat(over).isFalse();
    }
    await().atMost(20, TimeUnit.SECONDS).untilTrue(over);
    assertThat(SITES.attacked.pod.cache.local().bytes()).isLessThan(16 << 20);
  }

  @Test
  void anOriginThatStallsIsGivenUpAndItsAnswerNotKept() {
    SITES.attacked.serve(HONOR, "", 300);
    AtomicBoolean stalls = new AtomicBoolean(true);
    SITES.attacked.script(
        (_, _, connection) -> {
          if (stalls.getAndSet(false)) {
            connection.send("HTTP/1.1 200 X\r\nCache-");
            connection.in().read();
          } else {
            connection.send(kept("page"));
          }
        });
    assertThat(SITES.attacked.get("/stall").status()).isEqualTo(504);
    SITES.spared("/stall");
  }

  @Test
  void clientsThatNeverFinishHoldUpNobody() {
    List<Raw> hanging = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      hanging.add(new Raw(SITES.attacked.pod.port).send("GET /slow HTTP/1.1\r\nHost: a\r\nX: "));
    }
    SITES.spared("/slow");
    hanging.forEach(Raw::close);
  }

  @Test
  void manyThatAskForOneThingWhoseAnswerIsAnErrorAreAnsweredEach() {
    SITES.answers(_ -> answer(503, "down", List.of(), ""));
    for (int i = 0; i < 20; i++) {
      assertThat(SITES.attacked.get("/down").status()).isEqualTo(503);
    }
    SITES.answers(_ -> kept("page"));
    SITES.spared("/down");
  }
}
