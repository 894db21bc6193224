package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static io.warmgate.server.cache.Pod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.server.cache.redis.RealRedis;
import io.warmgate.server.cache.store.EarlierCodec;
import io.warmgate.server.cache.store.EarlierCodec.Reads;
import io.warmgate.server.cache.store.EntryCodec;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Observer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A runtime that writes one version of entries beside one that writes the next, on one Redis that
 * nobody empties, and the way back. A key about which Redis answered too late once, as it may on a
 * busy machine, is left out from then on: its miss is of nobody's making.
 */
class EntryVersionsIT {
  private static final int KEYS = 100;

  private final RealRedis redis = RealRedis.started();
  private final CountingOrigin origin = new CountingOrigin();
  private final List<Pod> pods = new ArrayList<>();
  private final Set<String> spoilt = new HashSet<>();
  private final AtomicInteger late = new AtomicInteger();
  private final AtomicInteger unreadable = new AtomicInteger();

  private final Observer observer =
      new Observer() {
        @Override
        public void ended(Exchange exchange) {}

        @Override
        public void happened(Event event) {
          switch (event) {
            case REDIS_LATE, REDIS_AWAY -> late.incrementAndGet();
            case REDIS_UNREADABLE -> unreadable.incrementAndGet();
            default -> {}
          }
        }
      };

  @AfterEach
  void end() {
    pods.forEach(Pod::close);
    origin.close();
    redis.close();
  }

  /** One with nothing in its memory. */
  private Pod started(EntryCodec.Choice codecs) {
    Pod pod = new Pod(observer, codecs);
    pods.add(pod);
    pod.serve(origin.port(), HONOR, "g1", redis.address()).awaitRedis();
    for (int i = 0; i < 20; i++) {
      pod.get("/begin-" + pod.port + "-" + i);
    }
    return pod;
  }

  private Pod now() {
    return started(EntryCodec::of);
  }

  private Pod before(Reads reads) {
    return started(_ -> new EarlierCodec(reads));
  }

  /** Of the requests that Redis answered in time, now and before, how many were hits. */
  private record Share(int hits, int of) {}

  /** Asks for all keys of a prefix; each request is answered. */
  private Share share(String who, Pod pod, String prefix) {
    pod.awaitRedis();
    int hits = 0;
    int of = 0;
    int asked = origin.requests.get();
    for (int i = 0; i < KEYS; i++) {
      int before = late.get();
      HttpResponse<String> answer = pod.get(prefix + i);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).startsWith("answer ");
      if (late.get() != before) {
        spoilt.add(prefix + i);
      }
      if (!spoilt.contains(prefix + i)) {
        hits += status(answer).contains("hit") ? 1 : 0;
        of++;
      }
    }
    System.out.printf(
        "%-34s %-9s hit ratio %.2f of %d, %3d requests to the origin%n",
        who, prefix, hits / (double) of, of, origin.requests.get() - asked);
    assertThat(of).as("Redis answered in time").isGreaterThan(KEYS / 10);
    return new Share(hits, of);
  }

  private void allHits(String who, Pod pod, String prefix) {
    Share share = share(who, pod, prefix);
    assertThat(share.hits()).as(who).isEqualTo(share.of());
  }

  private void noHits(String who, Pod pod, String prefix) {
    assertThat(share(who, pod, prefix).hits()).as(who).isZero();
  }

  /** Until all keys of a prefix lie in Redis in this version. */
  private void awaitVersion(String prefix, int version) {
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(() -> inVersion(prefix, version) >= KEYS - spoilt.size());
  }

  private long inVersion(String prefix, int version) {
    return redis
        .ask("KEYS *")
        .lines()
        .filter(name -> name.matches("wg:.*:[0-9a-f]{64}"))
        .map(name -> redis.ask("GET " + name))
        .filter(entry -> entry.contains(prefix))
        .filter(entry -> entry.charAt(entry.indexOf("WGCE") + 4) == version)
        .count();
  }

  /** What there is may be served no more. */
  private void purge(Pod... serving) {
    PurgeOrder order = new PurgeOrder("1", PurgeRequest.everything(), null);
    PurgeReceipt receipt = Pod.await(serving[0].log.append(order));
    for (Pod pod : serving) {
      pod.log.apply(order.at(receipt));
    }
  }

  @Test
  void releasesThatReadOneAnothersVersionsAreWarmBothWays() {
    Pod before = before(Reads.THE_NEXT_TOO);
    noHits("the one before", before, "/first/");
    awaitVersion("/first/", 1);
    Pod now = now();
    allHits("the new one", now, "/first/");
    noHits("the new one", now, "/second/");
    awaitVersion("/second/", 2);
    allHits("the one before", before, "/second/");

    purge(before, now);
    noHits("the new one, after a purge", now, "/first/");
    noHits("the new one, after a purge", now, "/second/");
    awaitVersion("/first/", 2);
    awaitVersion("/second/", 2);
    Pod back = before(Reads.THE_NEXT_TOO);
    allHits("the way back", back, "/first/");
    allHits("the way back", back, "/second/");
    assertThat(unreadable).hasValue(0);
  }

  @Test
  void whoDoesNotKnowTheVersionHasAMissAndItsOwnStays() {
    Pod before = before(Reads.ITS_OWN);
    noHits("one that knows its own alone", before, "/first/");
    awaitVersion("/first/", 1);
    Pod now = now();
    allHits("the new one", now, "/first/");
    assertThat(unreadable).hasValue(0);

    noHits("the new one", now, "/second/");
    awaitVersion("/second/", 2);
    noHits("one that knows its own alone", before, "/second/");
    awaitVersion("/second/", 1);
    assertThat(unreadable.get()).isBetween(KEYS - spoilt.size(), KEYS);
    allHits("another new one", now(), "/second/");

    Pod back = before(Reads.ITS_OWN);
    allHits("the way back", back, "/first/");
    allHits("the way back", back, "/second/");
  }

  /** Why a version is read by a release before one writes it. */
  @Test
  void whatWasFetchedAnewInAVersionNotKnownIsFetchedOnceMore() {
    noHits("one that knows its own alone", before(Reads.ITS_OWN), "/first/");
    awaitVersion("/first/", 1);
    Pod now = now();
    purge(pods.getFirst(), now);
    noHits("the new one, after a purge", now, "/first/");
    awaitVersion("/first/", 2);

    noHits("the way back", before(Reads.ITS_OWN), "/first/");
    awaitVersion("/first/", 1);
    allHits("the way back, a second pod", before(Reads.ITS_OWN), "/first/");
    allHits("and a new one again", now(), "/first/");
  }
}
