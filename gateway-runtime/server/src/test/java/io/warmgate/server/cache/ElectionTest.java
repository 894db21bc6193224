package io.warmgate.server.cache;

import static io.warmgate.server.cache.Pod.HONOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Observer;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A request that found nothing, while the fetch that it could have joined came to its end. */
class ElectionTest {
  private final CountingOrigin origin = new CountingOrigin();
  private final AtomicReference<Thread> leads = new AtomicReference<>();
  private final AtomicReference<Thread> held = new AtomicReference<>();
  private final CountDownLatch go = new CountDownLatch(1);
  private final Pod pod = new Pod(new HoldsAfterLookup());

  /** Of the requests that another event loop has, the first stops between lookup and fetch. */
  private final class HoldsAfterLookup implements Observer {
    @Override
    public void ended(Exchange exchange) {}

    @Override
    public Span span(Exchange exchange, Part part) {
      return part == Part.L1 ? _ -> looked() : Span.NONE;
    }

    private void looked() {
      Thread mine = Thread.currentThread();
      boolean other = !leads.compareAndSet(null, mine) && !mine.equals(leads.get());
      if (other && held.compareAndSet(null, mine)) {
        try {
          assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
          mine.interrupt();
        }
      }
    }
  }

  @AfterEach
  void end() {
    go.countDown();
    pod.close();
    origin.close();
  }

  @Test
  void takesWhatThatBroughtAndAsksNobody() {
    pod.serve(origin.port(), HONOR, "g1", null);
    origin.hold();
    CompletableFuture<HttpResponse<String>> leader = pod.ask("/x");
    await().until(() -> origin.requests.get() == 1);
    List<CompletableFuture<HttpResponse<String>>> others = new ArrayList<>();
    await()
        .until(
            () -> {
              others.add(pod.ask("/x"));
              return held.get() != null;
            });
    origin.release();
    assertThat(Pod.get(leader).body()).isEqualTo("answer 1");
    go.countDown();
    assertThat(others).extracting(other -> Pod.get(other).body()).containsOnly("answer 1");
    assertThat(origin.requests).hasValue(1);
  }
}
