package io.warmgate.bench.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * What an L2 hit asks of its client: GET of an entry by a 60-byte key, from an event loop, with 1
 * and 64 requests under way, the answer handed back to that event loop. Alternating rounds; CPU
 * time is the whole process's.
 *
 * <p>Arguments: port of a Redis on loopback, requests a round, rounds.
 */
public final class RedisClientBench {
  private static final int KEYS = 1_000;

  private RedisClientBench() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    int requests = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    Context loop = vertx.getOrCreateContext();
    Client viaVertx = vertxClient(vertx, loop, port);
    Client viaLettuce = lettuceClient(loop, port);
    for (int size : new int[] {1_024, 102_400}) {
      fill(port, size);
      int scaled = size > 10_000 ? requests / 10 : requests;
      for (int depth : new int[] {1, 64}) {
        measure("warm-up", viaVertx, loop, depth, scaled / 2);
        measure("warm-up", viaLettuce, loop, depth, scaled / 2);
        for (int round = 0; round < rounds; round++) {
          measure("vertx   " + size + " B", viaVertx, loop, depth, scaled);
          measure("lettuce " + size + " B", viaLettuce, loop, depth, scaled);
        }
      }
    }
    System.exit(0);
  }

  /** Asks for one key and completes, on the event loop, with the size of the answer. */
  private interface Client {
    void get(String key, IntConsumer done);
  }

  private static Client vertxClient(Vertx vertx, Context loop, int port) throws Exception {
    CompletableFuture<RedisConnection> connected = new CompletableFuture<>();
    loop.runOnContext(
        _ ->
            Redis.createClient(
                    vertx,
                    new RedisOptions()
                        .setConnectionString("redis://127.0.0.1:" + port)
                        .setMaxWaitingHandlers(10_000))
                .connect()
                .onComplete(connected::complete, connected::completeExceptionally));
    RedisConnection connection = connected.get(10, TimeUnit.SECONDS);
    return (key, done) ->
        connection
            .send(Request.cmd(Command.GET).arg(key))
            .onComplete(
                answer -> {
                  Buffer entry = answer.toBuffer();
                  done.accept(entry.length());
                },
                failure -> {
                  throw new IllegalStateException(failure);
                });
  }

  private static Client lettuceClient(Context loop, int port) {
    ClientResources resources = ClientResources.builder().ioThreadPoolSize(2).build();
    RedisAsyncCommands<byte[], byte[]> commands =
        io.lettuce.core.RedisClient.create(resources, RedisURI.create("127.0.0.1", port))
            .connect(ByteArrayCodec.INSTANCE)
            .async();
    return (key, done) ->
        commands
            .get(key.getBytes(StandardCharsets.US_ASCII))
            .thenAccept(entry -> loop.runOnContext(_ -> done.accept(entry.length)));
  }

  private static void fill(int port, int size) {
    try (io.lettuce.core.RedisClient client =
        io.lettuce.core.RedisClient.create(RedisURI.create("127.0.0.1", port))) {
      var sync = client.connect(ByteArrayCodec.INSTANCE).sync();
      byte[] entry = new byte[size];
      new Random(7).nextBytes(entry);
      for (int i = 0; i < KEYS; i++) {
        sync.set(key(i).getBytes(StandardCharsets.US_ASCII), entry);
      }
    }
  }

  private static String key(int i) {
    return "wg:{7d1c2b1e-0000-4000-8000-000000000001}:e1:%016d".formatted(i);
  }

  private static void measure(String name, Client client, Context loop, int depth, int requests)
      throws Exception {
    Round round = new Round(client, requests, new CompletableFuture<>());
    long cpu = processCpu();
    long start = System.nanoTime();
    loop.runOnContext(
        _ -> {
          for (int i = 0; i < depth; i++) {
            round.next();
          }
        });
    round.finished.get(300, TimeUnit.SECONDS);
    long nanos = System.nanoTime() - start;
    long[] sorted = round.latencies.clone();
    Arrays.sort(sorted);
    if (!name.equals("warm-up")) {
      System.out.printf(
          "%-17s depth %2d  %8.0f req/s  %6.1f us CPU/req  p50 %6.0f us  p99 %6.0f us%n",
          name,
          depth,
          requests * 1e9 / nanos,
          (processCpu() - cpu) / 1e3 / requests,
          sorted[requests / 2] / 1e3,
          sorted[(int) (requests * 0.99)] / 1e3);
    }
  }

  private static long processCpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** One round's requests; used on one event loop alone. */
  private static final class Round {
    private final Client client;
    private final long[] latencies;
    private final CompletableFuture<Boolean> finished;
    private int sent;
    private int answered;

    Round(Client client, int requests, CompletableFuture<Boolean> finished) {
      this.client = client;
      this.latencies = new long[requests];
      this.finished = finished;
    }

    void next() {
      if (sent == latencies.length) {
        return;
      }
      int index = sent++;
      long start = System.nanoTime();
      client.get(
          key(index % KEYS),
          size -> {
            latencies[index] = System.nanoTime() - start;
            if (size == 0) {
              finished.completeExceptionally(new IllegalStateException("empty entry"));
            }
            answered++;
            if (answered == latencies.length) {
              finished.complete(true);
            } else {
              next();
            }
          });
    }
  }
}
