package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.Limit;
import io.warmgate.config.Limit.By;
import io.warmgate.config.Limit.Hits;
import io.warmgate.config.Limit.Mode;
import io.warmgate.config.Limit.Unit;
import io.warmgate.server.cache.redis.RealRedis;
import io.warmgate.server.limit.LimitCounts.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four pods that count in one Redis. */
class LimitFleetIT {
  private static final int CLIENTS = 1_000;
  private static final int AMOUNT = 100;
  private static final Limit PER_MINUTE = requests(AMOUNT, Hits.COUNTED);

  private final RealRedis redis = RealRedis.asUser("uid-1");
  private final CountingOrigin origin = new CountingOrigin();
  private final List<Pod> pods = Stream.generate(Pod::new).limit(4).toList();
  private final AtomicInteger paths = new AtomicInteger();
  private final AtomicInteger admitted = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  private static Limit requests(long amount, Hits hits) {
    return new Limit("per-minute", By.ROUTE, Unit.REQUESTS, amount, 60_000, hits, Mode.ENFORCE);
  }

  @BeforeEach
  void begin() {
    redis.start();
    origin.answer = request -> origin.respond(request, "no-store");
  }

  @AfterEach
  void end() {
    pods.forEach(Pod::close);
    origin.close();
    redis.close();
  }

  private void serve(Limit limit) {
    for (Pod pod : pods) {
      pod.answering.set(pods.size());
      pod.serveLimited(origin.port(), HONOR, redis.address(), limit).awaitRedis().awaitLimits();
    }
  }

  /** So many clients at once, each over a connection of its own, with so many requests each. */
  private List<Future<Void>> storm(int clients, int requests) {
    CountDownLatch ready = new CountDownLatch(clients);
    List<Future<Void>> all = new ArrayList<>();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    for (int i = 0; i < clients; i++) {
      Pod pod = pods.get(i % pods.size());
      all.add(
          threads.submit(
              () -> {
                for (int n = 0; n < requests; n++) {
                  ask(pod, n == 0 ? ready : new CountDownLatch(0));
                }
                return null;
              }));
    }
    threads.shutdown();
    return all;
  }

  private void ask(Pod pod, CountDownLatch ready) {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), pod.port)) {
      socket.setSoTimeout(30_000);
      ready.countDown();
      ready.await();
      socket
          .getOutputStream()
          .write(
              "GET /x%d HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                  .formatted(paths.incrementAndGet(), Pod.HOST)
                  .getBytes(StandardCharsets.ISO_8859_1));
      String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      switch (text.substring(9, 12)) {
        case "200" -> admitted.incrementAndGet();
        case "429" -> refused.incrementAndGet();
        default -> throw new IllegalStateException(text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitAll(List<Future<Void>> all) {
    for (Future<Void> one : all) {
      try {
        one.get(60, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new AssertionError(e);
      }
    }
  }

  private long calls(Call call) {
    return pods.stream().mapToLong(pod -> pod.limits.counts().calls(call)).sum();
  }

  private void print(String what) {
    System.out.printf(
        "four pods, %d a minute, %s: %d admitted, %d refused, %d asked the origin, %d calls to"
            + " Redis, %d failed%n",
        AMOUNT,
        what,
        admitted.get(),
        refused.get(),
        origin.requests.get(),
        calls(Call.ANSWERED),
        calls(Call.FAILED));
  }

  @Test
  void exactlyTheAmountIsAdmitted() {
    serve(PER_MINUTE);
    awaitAll(storm(CLIENTS, 1));
    print("a thousand clients at once");
    assertThat(calls(Call.FAILED)).as("Redis answered").isZero();
    assertThat(admitted).hasValue(AMOUNT);
    assertThat(refused).hasValue(CLIENTS - AMOUNT);
    assertThat(origin.requests).hasValue(AMOUNT);
  }

  @Test
  void atMostTwiceTheAmountWhereRedisIsKilledInTheMiddle() {
    serve(PER_MINUTE);
    List<Future<Void>> all = storm(100, 10);
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() >= 30);
    redis.kill();
    awaitAll(all);
    print("Redis killed after about 30");
    assertThat(admitted.get()).isBetween(30, 2 * AMOUNT);
    assertThat(admitted.get() + refused.get()).isEqualTo(CLIENTS);
    assertThat(origin.requests).hasValue(admitted.get());
    int before = admitted.get();
    redis.start();
    pods.forEach(Pod::awaitLimits);
    awaitAll(storm(CLIENTS, 1));
    print("and Redis back, empty, within the minute");
    assertThat(admitted.get()).isLessThanOrEqualTo(before + AMOUNT);
  }

  @Test
  void unevenClientsMayHaveAll() {
    serve(PER_MINUTE);
    Pod one = pods.getFirst();
    for (int i = 0; i < AMOUNT + 10; i++) {
      ask(one, new CountDownLatch(0));
    }
    assertThat(admitted).hasValue(AMOUNT);
    ask(pods.getLast(), new CountDownLatch(0));
    assertThat(admitted).as("another pod knows").hasValue(AMOUNT);
  }

  /** What Redis is spared: hits that count, over connections that are kept. */
  @Test
  void mostRequestsAskRedisNothing() {
    origin.answer = request -> origin.respond(request, "max-age=60");
    serve(requests(10_000_000, Hits.COUNTED));
    Pod pod = pods.getFirst();
    int requests = 5_000;
    for (int sent = 0; sent < requests; sent += 50) {
      List<CompletableFuture<HttpResponse<String>>> all =
          IntStream.range(0, 50).mapToObj(_ -> pod.ask("/x")).toList();
      assertThat(all).allSatisfy(one -> assertThat(Pod.get(one).statusCode()).isEqualTo(200));
    }
    long calls = calls(Call.ANSWERED);
    System.out.printf("counted hits: %d requests, %d calls to Redis%n", requests, calls);
    assertThat(calls).isLessThan(requests / 20);
  }

  @Test
  void soManyAreUnderWayOnAllPods() {
    serve(new Limit("at-once", By.ROUTE, Unit.CONCURRENCY, 8, 0, Hits.COUNTED, Mode.ENFORCE));
    origin.hold();
    List<Future<Void>> all = storm(40, 1);
    await().atMost(20, TimeUnit.SECONDS).until(() -> refused.get() == 32);
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 8);
    origin.release();
    awaitAll(all);
    assertThat(admitted).hasValue(8);
    await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(
            () -> {
              List<CompletableFuture<HttpResponse<String>>> again =
                  IntStream.range(0, 8).mapToObj(_ -> pods.getLast().ask("/y")).toList();
              assertThat(again)
                  .allSatisfy(one -> assertThat(Pod.get(one).statusCode()).isEqualTo(200));
            });
  }

  @Test
  void whatAKilledPodHadUnderWayEnds() {
    serve(new Limit("at-once", By.ROUTE, Unit.CONCURRENCY, 1, 0, Hits.COUNTED, Mode.ENFORCE));
    origin.hold();
    CompletableFuture<HttpResponse<String>> lost = pods.getFirst().ask("/x");
    await().atMost(10, TimeUnit.SECONDS).until(() -> origin.requests.get() == 1);
    assertThat(pods.getLast().get("/y").statusCode()).isEqualTo(429);
    pods.getFirst().die();
    origin.release();
    Pod.get(lost);
    await().atMost(20, TimeUnit.SECONDS).until(() -> pods.getLast().get("/y").statusCode() == 200);
  }

  /** Digests under the gateway's own prefix, each with an expiry. */
  @Test
  void nobodyReadsInRedisWhoAsks() {
    serve(
        new Limit(
            "per-client",
            By.CLIENT_ADDRESS,
            Unit.REQUESTS,
            10,
            60_000,
            Hits.COUNTED,
            Mode.ENFORCE));
    pods.getFirst().get("/x");
    String keys = redis.ask("KEYS wg:{uid-1}:limit:*");
    assertThat(keys).matches("(?s).*wg:\\{uid-1}:limit:[0-9a-f]{32}\r\n.*").doesNotContain("127");
  }
}
