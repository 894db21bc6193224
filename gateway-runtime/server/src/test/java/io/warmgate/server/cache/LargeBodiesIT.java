package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.server.cache.redis.RealRedis;
import io.warmgate.server.cache.store.ChunkShelf;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies larger than what memory takes, on two pods of one gateway and one Redis. */
class LargeBodiesIT {
  private static final int CHUNKS = LargeOrigin.LENGTH / ChunkShelf.CHUNK + 1;

  private final RealRedis redis = redis();
  private final LargeOrigin origin = new LargeOrigin();
  private final Pod a = new Pod();
  private final Pod b = new Pod();

  /** What the pods are on. */
  RealRedis redis() {
    return new RealRedis();
  }

  /** Before they are told where Redis is. */
  void prepare(Pod pod) {}

  @BeforeEach
  void begin() {
    redis.start();
    for (Pod pod : List.of(a, b)) {
      prepare(pod);
      pod.serve(origin.port(), HONOR, "g1", redis.address()).awaitRedis();
    }
  }

  @AfterEach
  void end() {
    a.close();
    b.close();
    origin.close();
    redis.close();
  }

  private List<String> keys(String pattern) {
    return redis.ask("KEYS *").lines().filter(key -> key.matches("wg:.*:" + pattern)).toList();
  }

  private List<String> chunks() {
    return keys("[0-9a-f]{64}:[0-9a-f]{32}:\\d+");
  }

  private String chunk(int number) {
    return keys("[0-9a-f]{64}:[0-9a-f]{32}:" + number).getFirst();
  }

  /** One pod fetches it, and it is in Redis whole. */
  private void stored() {
    assertThat(a.get("/x").body()).isEqualTo(origin.body);
    awaitHead();
  }

  private void awaitHead() {
    await().atMost(10, TimeUnit.SECONDS).until(() -> keys("[0-9a-f]{64}").size() == 1);
  }

  @Test
  void whatOnePodFetchedAllStreamOutOfRedis() {
    stored();
    assertThat(chunks()).hasSize(CHUNKS);
    for (Pod pod : List.of(b, a, b)) {
      HttpResponse<String> answer = pod.get("/x");
      assertThat(status(answer)).contains("hit");
      assertThat(answer.body()).isEqualTo(origin.body);
      assertThat(answer.headers().firstValue("content-length"))
          .hasValue(Integer.toString(LargeOrigin.LENGTH));
    }
    assertThat(a.cache.local().entries()).as("too large for memory").isZero();
    assertThat(origin.requests()).isEqualTo(1);
  }

  @Test
  void aBodyThatDoesNotSayItsLengthIsKeptToo() {
    origin.lengthSaid = false;
    stored();
    assertThat(b.get("/x").body()).isEqualTo(origin.body);
    assertThat(origin.requests()).isEqualTo(1);
  }

  @Test
  void oneThatMemoryTakesIsCopiedWhenItWasStreamedOnce() {
    origin.body = LargeOrigin.text(2, 1 << 20);
    stored();
    assertThat(chunks()).hasSize(8);
    assertThat(b.cache.local().entries()).isZero();
    assertThat(b.get("/x").body()).isEqualTo(origin.body);
    await().atMost(5, TimeUnit.SECONDS).until(() -> b.cache.local().entries() == 1);
    redis.kill();
    assertThat(b.get("/x").body()).isEqualTo(origin.body);
    assertThat(origin.requests()).isEqualTo(1);
  }

  @Test
  void partsHeadsAndConditionsAreAnsweredFromChunks() {
    stored();
    int edge = 2 * ChunkShelf.CHUNK;
    HttpResponse<String> part = b.get("/x", "range", "bytes=" + (edge - 5) + "-" + (edge + 4));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo(origin.body.substring(edge - 5, edge + 5));
    assertThat(b.get("/x", "range", "bytes=-9").body())
        .isEqualTo(origin.body.substring(LargeOrigin.LENGTH - 9));
    assertThat(b.get("/x", "range", "bytes=99999999-").statusCode()).isEqualTo(416);
    assertThat(b.get("/x", "if-none-match", "\"a\"").statusCode()).isEqualTo(304);
    HttpResponse<String> head = b.send("HEAD", "/x");
    assertThat(head.headers().firstValue("content-length"))
        .hasValue(Integer.toString(LargeOrigin.LENGTH));
    assertThat(head.body()).isEmpty();
    assertThat(origin.requests()).isEqualTo(1);
  }

  @Test
  void aValidatedEntryIsStreamedAndItsChunksStay() {
    origin.cacheControl = "no-cache";
    stored();
    String before = redis.ask("PTTL " + chunk(0));
    for (Pod pod : List.of(b, a)) {
      HttpResponse<String> answer = pod.get("/x");
      assertThat(answer.body()).isEqualTo(origin.body);
      assertThat(status(answer)).contains("fwd-status=304");
    }
    assertThat(chunks()).as("before " + before).hasSize(CHUNKS);
    assertThat(origin.requests()).isEqualTo(3);
  }

  @Test
  void whereALaterChunkIsLostTheRestComesFromTheOrigin() {
    stored();
    redis.ask("DEL " + chunk(20));
    HttpResponse<String> answer = b.get("/x");
    assertThat(answer.body()).isEqualTo(origin.body);
    assertThat(origin.ranges)
        .containsExactly(
            "bytes=" + 20 * ChunkShelf.CHUNK + "-" + (LargeOrigin.LENGTH - 1) + " if \"a\"");
    await().atMost(5, TimeUnit.SECONDS).until(() -> keys("[0-9a-f]{64}").isEmpty());
    assertThat(b.get("/x").body()).isEqualTo(origin.body);
    assertThat(origin.requests()).isEqualTo(3);
  }

  @Test
  void aChangedChunkIsNeverSent() {
    stored();
    redis.ask("SETRANGE " + chunk(20) + " 1000 X");
    assertThat(b.get("/x").body()).isEqualTo(origin.body);
    assertThat(origin.ranges).hasSize(1);
  }

  @Test
  void aChunkThatWasPutInAnothersPlaceIsNeverSent() {
    stored();
    redis.ask("RENAME " + chunk(21) + " " + chunk(20));
    assertThat(b.get("/x").body()).isEqualTo(origin.body);
    assertThat(origin.ranges).hasSize(1);
  }

  @Test
  void whereTheOriginCannotHaveTheRestTheAnswerIsCutAndNeverWrong() {
    origin.tag = null;
    stored();
    redis.ask("DEL " + chunk(20));
    assertThatThrownBy(() -> b.get("/x")).hasMessageContaining("java.io");
    assertThat(b.get("/x").body()).as("the next asks the origin").isEqualTo(origin.body);
  }

  @Test
  void whereTheOriginHasAnotherTextNowTheAnswerIsCutAndNeverOfTwo() {
    stored();
    redis.ask("DEL " + chunk(20));
    origin.tag = "\"b\"";
    origin.body = LargeOrigin.text(3, LargeOrigin.LENGTH);
    assertThatThrownBy(() -> b.get("/x")).hasMessageContaining("java.io");
    assertThat(b.get("/x").body()).isEqualTo(origin.body);
  }

  @Test
  void whereTheFirstChunkIsLostItIsAMiss() {
    stored();
    redis.ask("DEL " + chunk(0));
    HttpResponse<String> answer = b.get("/x");
    assertThat(answer.body()).isEqualTo(origin.body);
    assertThat(status(answer)).contains("fwd=");
    assertThat(origin.ranges).isEmpty();
    assertThat(origin.requests()).isEqualTo(2);
    awaitHead();
    // A busy machine may be too late with the first chunk, which is a miss.
    await().atMost(10, TimeUnit.SECONDS).until(() -> status(b.get("/x")).contains("hit"));
  }

  @Test
  void aPurgeHidesIt() {
    stored();
    assertThat(status(b.get("/x"))).contains("hit");
    PurgeOrder order = new PurgeOrder("1", PurgeRequest.everything(), null);
    PurgeReceipt receipt = Pod.await(a.log.append(order));
    b.log.apply(order.at(receipt));
    origin.body = LargeOrigin.text(4, LargeOrigin.LENGTH);
    for (Pod pod : List.of(b, a)) {
      assertThat(pod.get("/x").body()).isEqualTo(origin.body);
    }
  }

  /** Whoever reads them has a while; nobody finds them any more. */
  @Test
  void theChunksOfAReplacedBodyEndSoon() {
    stored();
    List<String> before = chunks();
    redis.ask("PEXPIRE " + before.getFirst() + " 3600000");
    origin.body = LargeOrigin.text(5, LargeOrigin.LENGTH);
    Pod.await(a.log.append(new PurgeOrder("2", PurgeRequest.everything(), null)));
    assertThat(a.get("/x").body()).isEqualTo(origin.body);
    await().atMost(10, TimeUnit.SECONDS).until(() -> millisLeft(before.getFirst()) <= 300_000);
    assertThat(chunks()).hasSize(2 * CHUNKS);
  }

  private long millisLeft(String key) {
    return Long.parseLong(redis.ask("PTTL " + key).substring(1).strip());
  }

  @Test
  void nothingStaysOfAnAnswerThatBrokeOff() {
    CompletableFuture<HttpServerRequest> asked = new CompletableFuture<>();
    origin.origin.answer =
        request -> {
          request
              .response()
              .putHeader("cache-control", "max-age=60")
              .putHeader("content-length", Integer.toString(LargeOrigin.LENGTH))
              .write(Buffer.buffer(origin.body.substring(0, 1 << 20)));
          asked.complete(request);
        };
    CompletableFuture<HttpResponse<String>> answer = a.ask("/x");
    await().atMost(10, TimeUnit.SECONDS).until(() -> !chunks().isEmpty());
    Pod.get(asked).connection().close();
    assertThatThrownBy(() -> Pod.get(answer)).hasMessageContaining("java.io");
    await().atMost(10, TimeUnit.SECONDS).until(() -> chunks().isEmpty());
    assertThat(keys("[0-9a-f]{64}")).isEmpty();
  }

  @Test
  void aRedisThatIsFullKilledOrHeldDisturbsNobody() {
    redis.limit("2mb");
    assertThat(a.get("/full").body()).isEqualTo(origin.body);
    await().atMost(10, TimeUnit.SECONDS).until(() -> chunks().isEmpty());
    redis.limit("1gb");

    origin.origin.hold();
    CompletableFuture<HttpResponse<String>> held = a.ask("/held");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests() == 2);
    redis.pause();
    origin.origin.release();
    assertThat(Pod.get(held).body()).isEqualTo(origin.body);
    redis.resume();
    a.awaitRedis();

    origin.origin.hold();
    CompletableFuture<HttpResponse<String>> killed = a.ask("/killed");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests() == 3);
    redis.kill();
    origin.origin.release();
    assertThat(Pod.get(killed).body()).isEqualTo(origin.body);
  }

  @Test
  void whatRedisRefusedInTheMiddleCanBeWrittenTheNextTime() {
    Consumer<HttpServerRequest> whole = origin.origin.answer;
    CompletableFuture<HttpServerRequest> asked = new CompletableFuture<>();
    origin.origin.answer =
        request -> {
          request
              .response()
              .putHeader("cache-control", "max-age=60")
              .putHeader("content-length", Integer.toString(LargeOrigin.LENGTH))
              .write(Buffer.buffer(origin.body.substring(0, 1 << 20)));
          asked.complete(request);
        };
    redis.limit("1mb");
    CompletableFuture<HttpResponse<String>> answer = a.ask("/x");
    HttpServerRequest request = Pod.get(asked);
    await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> redis.ask("INFO errorstats").contains("errorstat_OOM"));
    request.response().end(origin.body.substring(1 << 20));
    assertThat(Pod.get(answer).body()).isEqualTo(origin.body);

    redis.limit("1gb");
    origin.origin.answer = whole;
    assertThat(a.get("/x").body()).isEqualTo(origin.body);
    awaitHead();
  }

  @Test
  void whoWaitsInAnotherPodStreamsWhatTheFirstBrought() {
    origin.origin.hold();
    CompletableFuture<HttpResponse<String>> first = a.ask("/x");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests() == 1);
    CompletableFuture<HttpResponse<String>> second = b.ask("/x");
    await().atMost(10, TimeUnit.SECONDS).until(() -> !keys("[0-9a-f]{64}:lease").isEmpty());
    origin.origin.release();
    assertThat(Pod.get(first).body()).isEqualTo(origin.body);
    assertThat(Pod.get(second).body()).isEqualTo(origin.body);
    awaitHead();
  }
}
