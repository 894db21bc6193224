package io.warmgate.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.warmgate.config.Issuer.Keys.Fetched;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys that are asked for: how often, and how long they are used. */
class FetchedKeysTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final byte[] FIRST = Signing.published(Signing.of("ES256", "a"));
  private static final byte[] SECOND = Signing.published(Signing.of("ES256", "b"));
  private static final long HOUR = 3_600_000;

  private final AtomicLong now = new AtomicLong(1_000_000);
  private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger changes = new AtomicInteger();
  private final List<FetchedKeys> open = new ArrayList<>();
  private volatile Future<byte[]> answer = Future.succeededFuture(FIRST);

  private FetchedKeys keys(long refreshMillis, int maxWaiting) {
    FetchedKeys keys =
        new FetchedKeys(
                VERTX,
                new Fetched("https://idp.example.com/keys", refreshMillis, HOUR, null),
                _ -> {
                  asked.incrementAndGet();
                  return answer;
                },
                new FetchedKeys.Pace(10_000, 50, maxWaiting),
                clock,
                changes::incrementAndGet)
            .start();
    open.add(keys);
    return keys;
  }

  @AfterEach
  void close() {
    open.forEach(FetchedKeys::close);
  }

  @AfterAll
  static void stop() {
    VERTX.close().await();
  }

  private FetchedKeys first() {
    FetchedKeys keys = keys(HOUR, 10);
    await().until(() -> keys.at(now.get()) != null);
    return keys;
  }

  @Test
  void aTokenHasKeysAskedForOnceInTenSeconds() {
    FetchedKeys keys = first();
    assertThat(keys.mayAsk(now.get())).isTrue();
    answer = Future.succeededFuture(SECOND);
    KeySet before = keys.at(now.get());
    keys.ask(now.get()).await();
    assertThat(keys.at(now.get())).isNotSameAs(before);
    assertThat(changes.get()).isEqualTo(2);
    for (int i = 0; i < 1_000; i++) {
      now.addAndGet(9);
      assertThat(keys.mayAsk(now.get())).isFalse();
      keys.ask(now.get()).await();
    }
    assertThat(asked.get()).isEqualTo(2);
    now.addAndGet(1_000);
    assertThat(keys.mayAsk(now.get())).isTrue();
    keys.ask(now.get()).await();
    assertThat(asked.get()).isEqualTo(3);
    assertThat(changes.get()).as("the same keys").isEqualTo(2);
  }

  @Test
  void wholeMinutesWithoutAnAnswerAreBridgedAndNoMoreThanAreAllowed() {
    FetchedKeys keys = first();
    answer = Future.failedFuture(new IOException("refused"));
    KeySet before = keys.at(now.get());
    now.addAndGet(600_000);
    keys.ask(now.get()).await();
    await().until(() -> asked.get() > 3);
    assertThat(keys.at(now.get())).as("ten minutes later").isSameAs(before);
    now.addAndGet(HOUR);
    assertThat(keys.at(now.get())).as("beyond maxStale").isNull();
    answer = Future.succeededFuture(FIRST);
    await().untilAsserted(() -> assertThat(keys.at(now.get())).isNotNull());
  }

  @Test
  void theyAreAskedForBeforeTheyAreDue() {
    keys(1_000, 10);
    await().until(() -> asked.get() >= 3);
  }

  @Test
  void whatIsNoKeySetChangesNothing() {
    FetchedKeys keys = first();
    KeySet before = keys.at(now.get());
    answer =
        Future.succeededFuture(
            "<html>sign in</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    keys.ask(now.get()).await();
    assertThat(keys.at(now.get())).isSameAs(before);
  }

  @Test
  void onlySoManyWait() {
    Promise<byte[]> late = Promise.promise();
    answer = late.future();
    FetchedKeys keys = keys(HOUR, 2);
    Future<Void> one = keys.ask(now.get());
    Future<Void> two = keys.ask(now.get());
    assertThat(keys.ask(now.get()).failed()).isTrue();
    assertThat(asked.get()).as("one fetch for all").isEqualTo(1);
    late.complete(FIRST);
    one.await();
    two.await();
    assertThat(keys.at(now.get())).isNotNull();
  }
}
