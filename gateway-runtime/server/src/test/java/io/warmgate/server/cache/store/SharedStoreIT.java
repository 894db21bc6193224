package io.warmgate.server.cache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.warmgate.config.CacheShare;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.Provenance;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.key.KeyRecipe;
import io.warmgate.httpcache.key.QueryRule;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.server.cache.log.LogKeys;
import io.warmgate.server.cache.redis.RealRedis;
import io.warmgate.server.cache.redis.RedisAway;
import io.warmgate.server.cache.redis.RedisLink;
import io.warmgate.server.exchange.Observer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedStoreIT {
  private static final CacheKey KEY =
      new KeyRecipe("", "g1", new QueryRule.All(), List.of())
          .primary(
              new RequestView(
                  "GET",
                  new RequestView.Target("http", "shop.example.com", "/x", null),
                  FieldList.EMPTY,
                  false),
              null);

  private Vertx vertx = Vertx.vertx();
  private RealRedis redis = new RealRedis();
  private Context context = vertx.getOrCreateContext();
  private SharedStore store = store(new RedisLink(vertx, redis.address()));

  /** What it is on. */
  RealRedis redis() {
    return new RealRedis();
  }

  /** How entries are written. */
  EntryCodec codec() {
    return EntryCodec.of(null);
  }

  private SharedStore store(RedisLink link) {
    return new SharedStore(
        link, new LogKeys("u"), codec(), Observer.NONE, new RedisShare(CacheShare.QUARTER, link));
  }

  @BeforeEach
  void begin() throws Exception {
    vertx = Vertx.vertx();
    context = vertx.getOrCreateContext();
    redis = redis();
    redis.start();
    RedisLink link = new RedisLink(vertx, redis.address());
    store = store(link);
    on(link::open);
  }

  @AfterEach
  void end() {
    redis.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void whatIsKeptIsFoundWhole() throws Exception {
    StoredResponse entry = response(new Position(5, 1), 1_000, "hello");
    assertThat(on(() -> store.put("e", KEY, entry, 60_000))).isTrue();
    assertThat(on(() -> store.get("e", KEY))).isEqualTo(entry);
    assertThat(on(() -> store.get("other epoch", KEY))).isNull();
  }

  @Test
  void anOlderFillNeverReplacesANewerEntry() throws Exception {
    StoredResponse newer = response(new Position(5, 1), 1_000, "newer");
    on(() -> store.put("e", KEY, newer, 60_000));
    for (StoredResponse older :
        List.of(
            response(new Position(5, 0), 9_999, "position"),
            response(new Position(4, 7), 9_999, "millis"),
            response(new Position(5, 1), 999, "sent"))) {
      assertThat(on(() -> store.put("e", KEY, older, 60_000))).isFalse();
      assertThat(on(() -> store.get("e", KEY))).isEqualTo(newer);
    }
    StoredResponse newest = response(new Position(256, 0), 1, "newest");
    assertThat(on(() -> store.put("e", KEY, newest, 60_000))).isTrue();
    assertThat(on(() -> store.get("e", KEY))).isEqualTo(newest);
  }

  @Test
  void whatIsDroppedIsGone() throws Exception {
    on(() -> store.put("e", KEY, response(new Position(5, 1), 1_000, "wrong"), 60_000));
    context.runOnContext(_ -> store.remove("e", KEY));
    await().atMost(5, TimeUnit.SECONDS).until(() -> on(() -> store.get("e", KEY)) == null);
  }

  @Test
  void anIndexTakesTheResponsesPlaceAndTheOtherWayRound() throws Exception {
    VariantIndex index =
        VariantIndex.empty(KEY.material()).withNames(List.of("accept-language")).orElseThrow();
    on(() -> store.put("e", KEY, response(new Position(5, 1), 1_000, "one"), 60_000));
    on(() -> store.put("e", KEY, index, 60_000));
    assertThat(on(() -> store.get("e", KEY))).isEqualTo(index);
    assertThat(on(() -> store.put("e", KEY, response(Position.ZERO, 1, "two"), 60_000))).isTrue();
  }

  @Test
  void everyEntryExpires() throws Exception {
    on(() -> store.put("e", KEY, response(Position.ZERO, 1, "short"), 1));
    await().atMost(5, TimeUnit.SECONDS).until(() -> on(() -> store.get("e", KEY)) == null);
  }

  @Test
  void whileRedisIsAwayACallFailsAndDoesNotWait() throws Exception {
    redis.pause();
    try {
      on(() -> store.get("e", KEY));
      throw new AssertionError("it answered");
    } catch (ExecutionException e) {
      // The first may wait for as long as a lookup is worth.
    }
    long start = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      try {
        on(() -> store.get("e", KEY));
        throw new AssertionError("it answered");
      } catch (ExecutionException e) {
        assertThat(e.getCause()).isInstanceOf(RedisAway.class);
      }
    }
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1_000);
    redis.resume();
    await()
        .atMost(10, TimeUnit.SECONDS)
        .ignoreExceptions()
        .until(() -> on(() -> store.get("e", KEY)) == null);
  }

  private static StoredResponse response(Position position, long requestMillis, String body) {
    return new StoredResponse(
        200,
        FieldList.of("content-type", "text/plain"),
        Bytes.of(body.getBytes(StandardCharsets.UTF_8)),
        new Validity(requestMillis, requestMillis + 1, 0, 60_000, StaleWindows.NONE, Set.of()),
        new Provenance(KEY.material(), "g1", position, List.of()));
  }

  private <T> @Nullable T on(Supplier<Future<T>> call) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    context.runOnContext(_ -> call.get().onComplete(done::complete, done::completeExceptionally));
    return done.get(10, TimeUnit.SECONDS);
  }
}
