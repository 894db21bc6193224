package io.warmgate.local.fault;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients that ask without end, each on a connection of its own that it keeps while it may, and
 * hold every answer against what is possible. The first impossible one ends them all.
 */
final class Load implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Load.class);
  private static final int CLIENTS = 4;

  /** So that four clients leave the machine to those they ask. */
  private static final long PAUSE_NANOS = 4_000_000;

  /** A client that tries again does it after this long, as clients that back off do. */
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** What the break of a connection under a request is to a client. */
  enum OnBreak {
    /** Impossible. */
    FAIL,
    /** A reason to ask once more. */
    RETRY_ONCE
  }

  /** What is asked, and why an answer to it is impossible. */
  interface Ask {
    String path();

    /** Fields of the request, beside {@code Host}. */
    default Map<String, String> fields() {
      return Map.of();
    }

    Optional<String> impossible(Answer answer);
  }

  /** What a client asks next. */
  interface Script {
    Ask next(RandomGenerator random);
  }

  private final InetSocketAddress gateway;
  private final OnBreak onBreak;
  private final Script script;
  private final long seed = System.nanoTime();
  private final Journal journal = new Journal();
  private final AtomicReference<@Nullable String> impossible = new AtomicReference<>();
  private final AtomicInteger breaks = new AtomicInteger();
  private final Thread[] clients;
  private volatile boolean over;

  Load(InetSocketAddress gateway, OnBreak onBreak, Script script) {
    this.gateway = gateway;
    this.onBreak = onBreak;
    this.script = script;
    this.clients =
        IntStream.range(0, CLIENTS)
            .mapToObj(i -> Thread.ofPlatform().name("client-" + i).start(() -> run(i)))
            .toArray(Thread[]::new);
  }

  private void run(int client) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed + client);
    HttpConnection connection = null;
    try {
      while (!over) {
        Ask ask = script.next(random);
        long sent = System.nanoTime();
        connection = answered(connection, ask);
        journal.took(System.nanoTime() - sent);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (IOException lost) {
      fail("client %d lost a request: %s".formatted(client, lost));
    } finally {
      close(connection);
    }
  }

  /** Asks until there is an answer; gives the connection for the next. */
  private @Nullable HttpConnection answered(@Nullable HttpConnection kept, Ask ask)
      throws IOException {
    try {
      return answeredOnce(kept, ask);
    } catch (IOException broken) {
      close(kept);
      journal.add(ask.path() + " broke: " + broken);
      breaks.incrementAndGet();
      if (onBreak == OnBreak.FAIL) {
        throw broken;
      }
      LockSupport.parkNanos(RETRY_AFTER.toNanos());
      return answeredOnce(null, ask);
    }
  }

  private @Nullable HttpConnection answeredOnce(@Nullable HttpConnection kept, Ask ask)
      throws IOException {
    HttpConnection connection = kept == null ? HttpConnection.open(gateway, PATIENCE) : kept;
    try {
      Answer answer = connection.get(ask.path(), ask.fields());
      journal.add(ask.path(), answer);
      ask.impossible(answer).ifPresent(why -> fail(ask.path() + ": " + why + ": " + answer));
    } catch (IOException broken) {
      close(connection);
      throw broken;
    }
    if (connection.isOpen()) {
      return connection;
    }
    close(connection);
    return null;
  }

  private void fail(String why) {
    if (impossible.compareAndSet(null, why + " (seed " + seed + ")\n" + journal.end())) {
      over = true;
    }
  }

  /** Fails where an answer was impossible. */
  void check() {
    String why = impossible.get();
    if (why != null) {
      throw new AssertionError(why);
    }
  }

  /** Waits for so many more answers, all of them possible. */
  void goesOn(int answers) {
    long wanted = journal.answers() + answers;
    await()
        .atMost(FaultCluster.PATIENCE)
        .until(
            () -> {
              check();
              return journal.answers() >= wanted;
            });
  }

  /** How many of them from the cache. */
  long hits() {
    return journal.hits();
  }

  /** How many connections broke under a request. */
  int breaks() {
    return breaks.get();
  }

  /** The clients stop; fails where an answer was impossible. */
  @Override
  public void close() {
    over = true;
    for (Thread client : clients) {
      try {
        client.join(TimeUnit.SECONDS.toMillis(30));
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
    log.info("seed {}: {}, {} connections broke", seed, journal.summary(), breaks);
    check();
  }

  private static void close(@Nullable HttpConnection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (IOException gone) {
      log.debug("already closed", gone);
    }
  }
}
