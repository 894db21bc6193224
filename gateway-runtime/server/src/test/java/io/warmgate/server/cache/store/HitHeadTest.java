package io.warmgate.server.cache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.Decision.Plain;
import io.warmgate.httpcache.Decision.Serve;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Reason;
import io.warmgate.httpcache.StaleWindows;
import io.warmgate.httpcache.entry.Provenance;
import io.warmgate.httpcache.entry.StoredResponse;
import io.warmgate.httpcache.entry.Validity;
import io.warmgate.httpcache.purge.Position;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class HitHeadTest {
  private static final StoredResponse ENTRY =
      new StoredResponse(
          200,
          FieldList.of(
              "content-type",
              "text/plain",
              "warmgate-cache-control",
              "max-age=9",
              "x",
              "1",
              "x",
              "2"),
          Bytes.of(new byte[5]),
          new Validity(0, 1, 0, 60_000, StaleWindows.NONE, Set.of()),
          new Provenance(Slots.key(1).material(), "g1", Position.ZERO, List.of()));

  private final HitHead head = new HitHead();

  private static Serve serve(long age) {
    return new Serve(Reason.FRESH, Plain.WHOLE, age, 60 - age);
  }

  /** Asks so often in one second; what the last got. */
  private static MultiMap asked(HitHead head, long age, int times) {
    for (int i = 1; i < times; i++) {
      head.shared(ENTRY, serve(age), "warmgate");
    }
    return Objects.requireNonNullElse(
        head.shared(ENTRY, serve(age), "warmgate"), HttpHeaders.headers());
  }

  @Test
  void isSharedWhereItIsAskedForOftenWithinOneSecond() {
    assertThat(asked(head, 3, HitHead.SHARED_AFTER).isEmpty()).isTrue();
    MultiMap shared = asked(head, 3, 1);
    assertThat(shared.get("age")).isEqualTo("3");
    assertThat(shared.get("cache-status")).isEqualTo("warmgate; hit; ttl=57; detail=fresh");
    assertThat(shared.get("content-length")).isEqualTo("5");
    assertThat(shared.getAll("x")).containsExactly("1", "2");
    assertThat(shared.contains("warmgate-cache-control")).isFalse();
    assertThat(asked(head, 3, 1)).isSameAs(shared);
    assertThatThrownBy(() -> shared.set("age", "4")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void isMadeAnewInTheNextSecondAndNotKeptWhereNobodyAsks() {
    asked(head, 3, HitHead.SHARED_AFTER + 1);
    assertThat(asked(head, 4, HitHead.SHARED_AFTER).isEmpty()).isTrue();
    assertThat(asked(head, 4, 1).get("age")).isEqualTo("4");
  }

  @Test
  void whatIsAddedIsTheSameTheFirstTimeAndEver() {
    MultiMap first = HttpHeaders.headers();
    head.add(first, ENTRY);
    for (int i = 0; i < 3; i++) {
      MultiMap again = HttpHeaders.headers();
      head.add(again, ENTRY);
      assertThat(again.entries().toString()).isEqualTo(first.entries().toString());
    }
    assertThat(first.names()).containsExactlyInAnyOrder("content-type", "x");
  }

  @Test
  void nobodyGetsAnotherSecondsAge() throws InterruptedException {
    ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    List<Thread> loops =
        List.of(
            Thread.ofPlatform().unstarted(() -> ask(wrong)),
            Thread.ofPlatform().unstarted(() -> ask(wrong)));
    loops.forEach(Thread::start);
    for (Thread loop : loops) {
      loop.join();
    }
    assertThat(wrong).isEmpty();
  }

  private void ask(ConcurrentLinkedQueue<String> wrong) {
    for (int i = 0; i < 200_000; i++) {
      long age = i / 50;
      MultiMap shared = head.shared(ENTRY, serve(age), "warmgate");
      if (shared != null && !shared.get("age").equals(Long.toString(age))) {
        wrong.add(shared.get("age") + " instead of " + age);
      }
    }
  }
}
