package io.warmgate.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.server.access.AccessPod.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No sequence of requests, purges, reloads and revocations gives a caller bytes that were made for
 * another. The origin numbers its answers; whose each of them is, its first reader says.
 */
class NobodysBytesTest {
  private static final int ROUNDS = 150;
  private static final int AT_ONCE = 6;

  private static final Signing SIGNING = Signing.of("ES256", "k1");

  /**
   * Somebody who asks.
   *
   * @param consumer null: nobody's
   * @param subject null: without a token
   */
  private record Asker(@Nullable String consumer, @Nullable String subject, List<String> fields) {

    /** Whose answers it may see under a partition; null: nobody's but its own. */
    @Nullable String owner(String partition) {
      String own = partition.equals(AccessTest.BY_SUB) ? subject : consumer;
      return own == null ? null : partition.length() + own;
    }
  }

  private static List<Asker> askers() {
    List<Asker> all = new ArrayList<>();
    all.add(new Asker(null, null, List.of()));
    for (String consumer : List.of("ann", "bob")) {
      all.add(new Asker(consumer, null, List.of("X-Api-Key: key-" + consumer)));
      for (String subject : List.of("u1", "u2")) {
        // One subject is one person, whichever consumer asks for it.
        String token = SIGNING.token(subject, claims -> claims.claim("org", consumer));
        all.add(new Asker(consumer, subject, List.of("Authorization: Bearer " + token)));
      }
    }
    all.add(
        new Asker(
            null,
            "u3",
            List.of(
                "Authorization: Bearer "
                    + SIGNING.token("u3", claims -> claims.claim("org", "nobody")))));
    return all;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noBytesOfAnothersAreEverSeen(long seed) throws Exception {
    Random random = new Random(seed);
    Map<String, String> owners = new ConcurrentHashMap<>();
    List<Asker> askers = askers();
    try (AccessPod pod = new AccessPod();
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      String access = AccessTest.access(pod.value(Signing.published(SIGNING)));
      String partition = AccessTest.BY_CONSUMER;
      int hits = 0;
      for (int round = 0; round < ROUNDS; round++) {
        if (round == 0 || random.nextInt(10) == 0) {
          partition = random.nextBoolean() ? AccessTest.BY_CONSUMER : AccessTest.BY_SUB;
          pod.serve(access, AccessTest.rule(AccessTest.BOTH, "ANYBODY", ""), partition);
        }
        if (random.nextInt(8) == 0) {
          pod.ask("POST", "/p" + random.nextInt(3), "Content-Length: 0");
        }
        if (random.nextInt(8) == 0) {
          pod.revoked.all.clear();
          pod.revoked.all.addAll(random.nextBoolean() ? List.of("t/ann") : List.of());
        }
        if (random.nextInt(6) == 0) {
          pod.says(
              "Cache-Control: "
                  + List.of("max-age=60", "private", "public, max-age=60", "no-cache")
                      .get(random.nextInt(4)),
              "ETag: \"e\"");
        }
        hits += round(pod, clients, random, askers, partition, owners, seed);
      }
      assertThat(hits).as("with seed " + seed).isGreaterThan(10);
    }
  }

  private static int round(
      AccessPod pod,
      ExecutorService clients,
      Random random,
      List<Asker> askers,
      String partition,
      Map<String, String> owners,
      long seed)
      throws Exception {
    List<Asker> asking = new ArrayList<>();
    List<Callable<Reply>> calls = new ArrayList<>();
    String path = "/p" + random.nextInt(3);
    for (int i = 0; i < AT_ONCE; i++) {
      Asker asker = askers.get(random.nextInt(askers.size()));
      asking.add(asker);
      calls.add(() -> pod.get(path, asker.fields().toArray(String[]::new)));
    }
    int hits = 0;
    List<Future<Reply>> replies = clients.invokeAll(calls);
    for (int i = 0; i < replies.size(); i++) {
      Reply reply = replies.get(i).get();
      Asker asker = asking.get(i);
      boolean revoked =
          asker.consumer() != null && pod.revoked.all.contains("t/" + asker.consumer());
      assertThat(reply.status()).as("%s, seed %d", asker, seed).isEqualTo(revoked ? 403 : 200);
      if (revoked) {
        continue;
      }
      String own = asker.owner(partition);
      String owner = own == null ? "nobody " + System.identityHashCode(reply) : own;
      String first = owners.putIfAbsent(reply.body(), owner);
      assertThat(first == null || first.equals(owner))
          .as("%s got what was %s's, seed %d", asker, first, seed)
          .isTrue();
      hits += reply.isHit() ? 1 : 0;
    }
    return hits;
  }
}
