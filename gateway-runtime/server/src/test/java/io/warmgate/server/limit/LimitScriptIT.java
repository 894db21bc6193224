package io.warmgate.server.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.warmgate.server.cache.redis.RealRedis;
import io.warmgate.server.cache.redis.RedisLink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The script on a real Redis, as the user that docs/redis.md tells to make for a gateway. */
class LimitScriptIT {
  private static final long HOUR = 3_600_000;
  private static final SortedMap<Long, Long> NONE = Collections.emptySortedMap();

  private final RealRedis redis = RealRedis.asUser("uid-1");
  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final RedisLink link = new RedisLink(vertx, redis.address());

  @BeforeEach
  void begin() {
    redis.start();
    await().atMost(10, TimeUnit.SECONDS).until(() -> send(window(0, 0, 0)).succeeded());
  }

  @AfterEach
  void end() throws Exception {
    link.close();
    vertx.close().await(10, TimeUnit.SECONDS);
    redis.close();
  }

  private Future<List<Ask.Answer>> send(Ask... asks) {
    Future<List<Ask.Answer>> sent =
        Future.future(
            done ->
                loop.runOnContext(
                    _ ->
                        link.send(LimitScript.call(List.of(asks)), 5_000)
                            .map(response -> LimitScript.answers(response, asks.length))
                            .onComplete(done)));
    try {
      sent.await(10, TimeUnit.SECONDS);
    } catch (Exception _) {
      // told by the future
    }
    return sent;
  }

  private Ask.Answer ask(Ask ask) {
    return send(ask).result().getFirst();
  }

  private static Ask.Window window(long need, long want, long spent) {
    return new Ask.Window("wg:{uid-1}:limit:a", 100, HOUR, need, want, spent, 1, NONE);
  }

  private static SortedMap<Long, Long> back(long slice, long count) {
    return new TreeMap<>(Map.of(slice, count));
  }

  private static Ask.Permits permits(String holder, long need, long held) {
    return new Ask.Permits("wg:{uid-1}:limit:p", 4, need, need, holder, held);
  }

  @Test
  void whatIsNeededIsGrantedAndNoMoreThanThereIs() {
    assertThat(ask(window(70, 70, 0)).granted()).isEqualTo(70);
    Ask.Answer rest = ask(window(70, 70, 0));
    assertThat(rest.granted()).isEqualTo(30);
    assertThat(rest.remaining()).isZero();
    assertThat(rest.lessMillis()).isBetween(HOUR - HOUR / 20, HOUR + HOUR / 20);
    assertThat(ask(window(1, 1, 0)).granted()).isZero();
  }

  /** An eighth of what is left, beyond what is needed. */
  @Test
  void grantsShrinkTowardsTheEnd() {
    long left = 100;
    while (left > 0) {
      long granted = ask(window(1, 1_000, 0)).granted();
      assertThat(granted).isEqualTo(Math.max(1, left / 8));
      left -= granted;
    }
  }

  /** A claim is of no use in part. */
  @Test
  void nothingIsGrantedThatIsTooLittleForAll() {
    ask(window(70, 70, 0));
    Ask.Answer tooLittle =
        ask(new Ask.Window("wg:{uid-1}:limit:a", 100, HOUR, 90, 90, 0, 31, NONE));
    assertThat(tooLittle.granted()).isZero();
    assertThat(tooLittle.remaining()).isEqualTo(30);
    assertThat(ask(new Ask.Window("wg:{uid-1}:limit:a", 100, HOUR, 90, 90, 0, 30, NONE)).granted())
        .isEqualTo(30);
  }

  @Test
  void whatIsGivenBackIsGrantedAgain() {
    Ask.Answer all = ask(window(100, 100, 0));
    assertThat(ask(window(1, 1, 0)).granted()).isZero();
    ask(new Ask.Window("wg:{uid-1}:limit:a", 100, HOUR, 0, 0, 0, 0, back(all.slice(), 40)));
    assertThat(ask(window(100, 100, 0)).granted()).isEqualTo(40);
    SortedMap<Long, Long> two = back(all.slice(), 2);
    two.put(all.slice() - 1, 40L);
    assertThat(ask(new Ask.Window("wg:{uid-1}:limit:a", 100, HOUR, 9, 9, 0, 1, two)).granted())
        .isEqualTo(2);
    assertThat(
            ask(new Ask.Window(
                    "wg:{uid-1}:limit:a", 100, HOUR, 9, 9, 0, 1, back(all.slice() - 1, 40)))
                .granted())
        .as("what was never granted in a slice is not given back")
        .isZero();
  }

  @Test
  void whatWasAdmittedWithoutRedisCounts() {
    assertThat(ask(window(0, 0, 90)).remaining()).isEqualTo(10);
    assertThat(ask(window(20, 20, 0)).granted()).isEqualTo(10);
    Ask.Answer beyond = ask(window(1, 1, 50));
    assertThat(beyond.granted()).isZero();
    assertThat(beyond.remaining()).isZero();
  }

  @Test
  void keysExpireAndNothingIsKeptOfNothing() {
    String key = "wg:{uid-1}:limit:a";
    ask(window(0, 0, 0));
    assertThat(redis.ask("EXISTS " + key)).isEqualTo(":0\r\n");
    Ask.Answer one = ask(window(1, 1, 0));
    long ttl = Long.parseLong(redis.ask("PTTL " + key).strip().substring(1));
    assertThat(ttl).isBetween(HOUR, HOUR + HOUR / 10);
    ask(new Ask.Window(key, 100, HOUR, 0, 0, 0, 0, back(one.slice(), 1)));
    assertThat(redis.ask("EXISTS " + key)).isEqualTo(":0\r\n");
  }

  @Test
  void manyAreAskedInOneStep() {
    List<Ask.Answer> answers =
        send(window(3, 3, 0), permits("a", 2, 0), window(4, 4, 0), permits("b", 3, 0)).result();
    assertThat(answers).extracting(Ask.Answer::granted).containsExactly(3L, 2L, 4L, 2L);
    assertThat(answers).extracting(Ask.Answer::remaining).containsExactly(97L, 2L, 93L, 0L);
  }

  @Test
  void aHoldersPermitsAreWhatItSays() {
    assertThat(ask(permits("a", 4, 0)).granted()).isEqualTo(4);
    assertThat(ask(permits("b", 1, 0)).granted()).isZero();
    ask(permits("a", 0, 1));
    assertThat(ask(permits("b", 9, 0)).granted()).isEqualTo(3);
    assertThat(ask(permits("a", 1, 1)).granted()).isZero();
    ask(permits("b", 0, 0));
    ask(permits("a", 0, 0));
    assertThat(redis.ask("EXISTS wg:{uid-1}:limit:p")).isEqualTo(":0\r\n");
  }

  /** Of a pod that was killed: nobody says any more that it holds them. */
  @Test
  void permitsThatNobodyRenewsEnd() {
    ask(permits("killed", 4, 0));
    assertThat(ask(permits("b", 1, 0)).granted()).isZero();
    await()
        .atMost(LimitScript.HELD_MILLIS * 3, TimeUnit.MILLISECONDS)
        .until(() -> ask(permits("b", 4, 0)).granted() == 4);
  }

  /** A window of one second, hit at random: no second has more than the amount. */
  @Test
  void noWindowHasMoreThanTheAmount() {
    Random random = new Random(1);
    List<long[]> grants = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
    while (System.nanoTime() < end) {
      long want = 1L + random.nextInt(9);
      Ask.Answer answer =
          ask(new Ask.Window("wg:{uid-1}:limit:s", 50, 1_000, want, want, 0, 1, NONE));
      if (answer.granted() > 0) {
        grants.add(new long[] {answer.slice(), answer.granted()});
      }
    }
    long first = grants.getFirst()[0];
    long last = grants.getLast()[0];
    for (long from = first; from <= last; from++) {
      long begin = from;
      long within =
          grants.stream()
              .filter(grant -> grant[0] >= begin && grant[0] <= begin + SlidingWindow.SLICES)
              .mapToLong(grant -> grant[1])
              .sum();
      assertThat(within).as("from slice %d", from).isLessThanOrEqualTo(50);
    }
    assertThat(grants.stream().mapToLong(grant -> grant[1]).sum()).isGreaterThan(100);
  }
}
