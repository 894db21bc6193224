package io.warmgate.server.cache.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Response;
import io.warmgate.config.CacheShare;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.ChunkedBody;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.StoredBody;
import io.warmgate.httpcache.entry.Provenance;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.purge.Position;
import io.warmgate.server.cache.log.LogKeys;
import io.warmgate.server.cache.redis.RealRedis;
import io.warmgate.server.cache.redis.RedisLink;
import io.warmgate.server.cache.redis.Script;
import io.warmgate.server.exchange.Observer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Redis counts of partitions, by chance and step by step. */
class RedisShareIT {
  private static final long SHARE = 1 << 20;
  private static final long LONG_MILLIS = 600_000;
  private static final List<String> PARTITIONS =
      List.of("1".repeat(64), "2".repeat(64), "3".repeat(64));

  /** The sum that a partition's set has, and that of its members. */
  private static final Script SUMS =
      new Script(
          """
          local sum = 0
          local all = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
          for i = 1, #all, 2 do
            if all[i] ~= '' then
              sum = sum + all[i + 1] % 2097152
            end
          end
          return {tonumber(redis.call('ZSCORE', KEYS[1], '') or 0), sum, redis.call('PTTL', KEYS[1])}
          """);

  private final LogKeys keys = new LogKeys("u");
  private final AtomicInteger left = new AtomicInteger();
  private final Observer observer =
      new Observer() {
        @Override
        public void ended(io.warmgate.server.exchange.Exchange exchange) {}

        @Override
        public void happened(Event event) {
          if (event == Event.REDIS_SHARE) {
            left.incrementAndGet();
          }
        }
      };
  private Vertx vertx = Vertx.vertx();
  private RealRedis redis = new RealRedis();
  private Context context = vertx.getOrCreateContext();
  private RedisLink link = new RedisLink(vertx, redis.address());
  private SharedStore store = store(CacheShare.ofBytes(SHARE));
  private SharedChunks chunks = chunks(CacheShare.ofBytes(SHARE));
  private long sent;

  private SharedStore store(CacheShare share) {
    return new SharedStore(link, keys, EntryCodec.of(null), observer, new RedisShare(share, link));
  }

  private SharedChunks chunks(CacheShare share) {
    return new SharedChunks(link, keys, EntryCodec.of(null), observer, new RedisShare(share, link));
  }

  @BeforeEach
  void begin() throws Exception {
    redis.start();
    on(link::open);
  }

  @AfterEach
  void end() {
    redis.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private StoredResponse response(CacheKey key, StoredBody body) {
    sent++;
    return new StoredResponse(
        200,
        FieldList.of("content-type", "text/plain"),
        body,
        new Validity(sent, sent + 1, 0, 60_000, StaleWindows.NONE, Set.of()),
        new Provenance(key.material(), "g1", Position.ZERO, List.of()));
  }

  private boolean put(CacheKey key, int length, long millis) throws Exception {
    StoredResponse entry = response(key, Bytes.of(new byte[length]));
    return Boolean.TRUE.equals(on(() -> store.put("e", key, entry, millis)));
  }

  /** Whether all of it is there in the end. */
  private boolean putLarge(CacheKey key, int count) throws Exception {
    UUID id = UUID.randomUUID();
    byte[] chunk = new byte[ChunkShelf.CHUNK];
    ChunkShelf shelf = chunks.shelf("e", key);
    List<Integer> sums = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      sums.add(ChunkShelf.checksum(Buffer.buffer(chunk)));
      if (Boolean.FALSE.equals(on(() -> shelf.put(id, number, chunk).map(true).otherwise(false)))) {
        giveUp(shelf, id, i);
        return false;
      }
    }
    ChunkedBody body = new ChunkedBody(id, ChunkShelf.CHUNK, count * ChunkShelf.CHUNK, sums);
    StoredResponse entry = response(key, body);
    boolean kept = Boolean.TRUE.equals(on(() -> store.put("e", key, entry, LONG_MILLIS)));
    if (!kept) {
      giveUp(shelf, id, count);
    }
    return kept;
  }

  private void giveUp(ChunkShelf shelf, UUID id, int count) throws Exception {
    on(
        () -> {
          shelf.drop(id, count);
          return Future.succeededFuture();
        });
  }

  private long[] sums(String partition) throws Exception {
    Response said =
        Objects.requireNonNull(
            on(() -> link.send(SUMS.call(List.of(keys.share("e", partition)), List.of()), 1_000)));
    return new long[] {
      said.get(0).toLong() * ShareScripts.UNIT,
      said.get(1).toLong() * ShareScripts.UNIT,
      said.get(2).toLong()
    };
  }

  private Set<String> there() {
    return redis
        .ask("KEYS *")
        .lines()
        .filter(line -> line.startsWith("wg:"))
        .collect(Collectors.toSet());
  }

  /** Redis keys of entries of that partition, chunks included. */
  private static Set<String> of(Set<String> all, Set<CacheKey> ofPartition) {
    Set<String> hex = ofPartition.stream().map(CacheKey::hex).collect(Collectors.toSet());
    return all.stream()
        .filter(name -> hex.stream().anyMatch(name::contains))
        .collect(Collectors.toSet());
  }

  private long bytes(Set<String> names) {
    return names.stream()
        .mapToLong(name -> Long.parseLong(redis.ask("STRLEN " + name).substring(1).strip()))
        .sum();
  }

  private static Set<CacheKey> keysOf(String partition) {
    Set<CacheKey> all = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      all.add(Slots.key(partition, i));
    }
    return all;
  }

  @Test
  void theOldestLeaveAndNobodyElses() throws Exception {
    CacheKey others = Slots.key(PARTITIONS.get(1), 1);
    put(others, 1_000, LONG_MILLIS);
    CacheKey everybodys = Slots.key(1);
    put(everybodys, 1_000, LONG_MILLIS);
    String one = PARTITIONS.getFirst();
    for (int i = 0; i < 200; i++) {
      assertThat(put(Slots.key(one, i), 20_000, LONG_MILLIS)).isTrue();
      assertThat(sums(one)[0]).isLessThanOrEqualTo(SHARE);
    }
    assertThat(on(() -> store.get("e", Slots.key(one, 199)))).isNotNull();
    assertThat(on(() -> store.get("e", Slots.key(one, 0)))).isNull();
    assertThat(on(() -> store.get("e", others))).isNotNull();
    assertThat(on(() -> store.get("e", everybodys))).isNotNull();
    assertThat(left.get()).isBetween(140, 160);
    assertThat(sums(one)[2]).isGreaterThan(LONG_MILLIS);
  }

  @Test
  void oneAnswerDoesNotPushOutAllOthers() throws Exception {
    String one = PARTITIONS.getFirst();
    put(Slots.key(one, 1), 1_000, LONG_MILLIS);
    assertThat(putLarge(Slots.key(one, 2), 4)).as("half, and its head").isFalse();
    assertThat(putLarge(Slots.key(one, 2), 3)).isTrue();
    assertThat(on(() -> store.get("e", Slots.key(one, 1)))).isNotNull();
    assertThat(left).hasValue(0);
  }

  /** Redis tells nobody that something has expired. */
  @Test
  void whatHasExpiredIsForgottenInPassing() throws Exception {
    String one = PARTITIONS.getFirst();
    for (int i = 0; i < 30; i++) {
      put(Slots.key(one, i), 20_000, 1);
    }
    org.awaitility.Awaitility.await()
        .atMost(10, TimeUnit.SECONDS)
        .until(() -> of(there(), keysOf(one)).isEmpty());
    long before = sums(one)[0];
    for (int i = 0; i < 100; i++) {
      put(Slots.key(one, 30), 100, LONG_MILLIS);
    }
    assertThat(before).isGreaterThan(0);
    assertThat(sums(one)[0]).isLessThan(1_000);
    assertThat(left).hasValue(0);
  }

  @Test
  void anIndexCountsToo() throws Exception {
    CacheKey key = Slots.key(PARTITIONS.getFirst(), 1);
    VariantIndex index =
        VariantIndex.empty(key.material()).withNames(List.of("accept")).orElseThrow();
    on(() -> store.put("e", key, index, LONG_MILLIS));
    assertThat(sums(PARTITIONS.getFirst())[0]).isPositive();
    on(() -> store.put("e", key, index, LONG_MILLIS));
    assertThat(on(() -> store.get("e", key))).isEqualTo(index);
  }

  /**
   * Replacing, expiring, removing, giving up, and what Redis evicts: the sum is that of the set.
   */
  @Test
  void whateverHappensTheSumIsThatOfItsPartsAndOthersStay() throws Exception {
    SplittableRandom random = new SplittableRandom(3);
    for (int step = 0; step < 600; step++) {
      String partition = PARTITIONS.get(random.nextInt(PARTITIONS.size()));
      CacheKey key = Slots.key(partition, random.nextInt(40));
      Set<String> before = there();
      switch (random.nextInt(12)) {
        case 0 -> on(() -> removed(key));
        case 1, 2 -> putLarge(key, 2 + random.nextInt(3));
        case 3 -> {
          List<String> mine = List.copyOf(of(before, Set.of(key)));
          if (!mine.isEmpty()) {
            redis.ask("DEL " + mine.get(random.nextInt(mine.size())));
          }
        }
        default -> put(key, random.nextInt(60_000), LONG_MILLIS);
      }
      Set<String> after = there();
      for (String each : PARTITIONS) {
        long[] sums = sums(each);
        assertThat(sums[0]).as("step %d", step).isEqualTo(sums[1]).isLessThanOrEqualTo(SHARE);
        if (!each.equals(partition)) {
          assertThat(of(after, keysOf(each)))
              .as("step %d", step)
              .isEqualTo(of(before, keysOf(each)));
        }
      }
      if (step % 50 == 0) {
        assertThat(bytes(of(after, keysOf(partition))))
            .as("step %d", step)
            .isLessThanOrEqualTo(SHARE);
      }
    }
    assertThat(left.get()).isPositive();
  }

  private Future<Void> removed(CacheKey key) {
    store.remove("e", key);
    return Future.succeededFuture();
  }

  /** It has no rights to count with: what it stores is kept all the same. */
  @Test
  void whoMayNotCountStoresWithoutAShare() throws Exception {
    redis.ask("ACL SETUSER default -zscore");
    String one = PARTITIONS.getFirst();
    for (int i = 0; i < 100; i++) {
      assertThat(put(Slots.key(one, i), 20_000, LONG_MILLIS)).isTrue();
    }
    assertThat(putLarge(Slots.key(one, 100), 6)).isTrue();
    assertThat(on(() -> store.get("e", Slots.key(one, 0)))).isNotNull();
  }

  @Test
  void percentAreOfWhatRedisSaysThatItMayTake() throws Exception {
    assertThat(on(() -> new RedisShare(CacheShare.QUARTER, link).bytes()))
        .as("it has no bound")
        .isEqualTo(RedisShare.UNBOUNDED);
    redis.ask("CONFIG SET maxmemory 40mb");
    assertThat(on(() -> new RedisShare(CacheShare.QUARTER, link).bytes())).isEqualTo(10L << 20);
    redis.ask("ACL SETUSER default -info");
    assertThat(on(() -> new RedisShare(CacheShare.QUARTER, link).bytes()))
        .as("it does not say")
        .isEqualTo(RedisShare.UNBOUNDED);
    assertThat(on(() -> new RedisShare(CacheShare.ofBytes(7), link).bytes())).isEqualTo(7);
  }

  private <T> @Nullable T on(Supplier<Future<T>> call) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    context.runOnContext(_ -> call.get().onComplete(done::complete, done::completeExceptionally));
    return done.get(10, TimeUnit.SECONDS);
  }
}
