package io.warmgate.server.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import io.warmgate.config.Admission;
import io.warmgate.config.CacheOptions;
import io.warmgate.config.CacheRule;
import io.warmgate.config.ClientView;
import io.warmgate.config.Conditions;
import io.warmgate.config.Expiry;
import io.warmgate.config.KeyParts;
import io.warmgate.config.Lifetimes;
import io.warmgate.config.Methods;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each answer that is not kept says why, what turns out while it flows included. */
class NotStoredTest {
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final Pod pod =
      new Pod(exchange -> said.add(exchange.reason() + " " + exchange.notStored()));
  private final CountingOrigin origin = new CountingOrigin();

  @AfterEach
  void end() {
    pod.close();
    origin.close();
  }

  private String said(@Nullable CacheRule rule, Consumer<HttpServerRequest> answer) {
    pod.serve(origin.port(), rule, "g1", null);
    origin.answer = answer;
    var answered = pod.ask("/x");
    await().atMost(10, TimeUnit.SECONDS).until(() -> !said.isEmpty());
    await().atMost(10, TimeUnit.SECONDS).until(answered::isDone);
    return said.getLast();
  }

  private static CacheRule atLeast(long bytes, Long atMost) {
    return Pod.HONOR.with(
        new CacheOptions(
            Lifetimes.NONE,
            KeyParts.NONE,
            Expiry.NONE,
            Methods.SAFE,
            Conditions.NONE,
            new Admission(bytes, atMost, 1, 0),
            ClientView.ORIGINS));
  }

  /** Begins an answer whose length is not known before its end. */
  private static void begin(HttpServerRequest request) {
    request.response().putHeader("cache-control", "max-age=60").setChunked(true).write("abc");
  }

  @Test
  void withoutAPolicy() {
    assertThat(said(null, request -> origin.respond(request, "max-age=60")))
        .isEqualTo("no-policy no-policy");
  }

  @Test
  void tooLargeInTheEnd() {
    assertThat(
            said(
                atLeast(0, 2L),
                request -> {
                  begin(request);
                  request.response().end();
                }))
        .isEqualTo("nothing-found too-large");
  }

  @Test
  void tooSmallInTheEnd() {
    assertThat(
            said(
                atLeast(9, 100L),
                request -> {
                  begin(request);
                  request.response().end();
                }))
        .isEqualTo("nothing-found too-small");
    // The head went before that was known.
    assertThat(Pod.status(pod.get("/y"))).startsWith("warmgate; fwd=").doesNotContain("stored");
  }

  @Test
  void brokenOff() {
    assertThat(
            said(
                atLeast(0, 100L),
                request -> {
                  begin(request);
                  request.connection().close();
                }))
        .isEqualTo("nothing-found incomplete");
  }

  @Test
  void whatIsKeptSaysNothing() {
    assertThat(said(Pod.HONOR, request -> origin.respond(request, "max-age=60")))
        .isEqualTo("nothing-found null");
  }
}
