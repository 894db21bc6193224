package io.warmgate.server.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowingTest {
  private static final int LIMIT = 100;

  private final Vertx vertx = Vertx.vertx();
  private final Promise<Optional<SharedBody>> verdict = Promise.promise();
  private final CountDownLatch paused = new CountDownLatch(1);
  private final CountDownLatch resumed = new CountDownLatch(1);
  private final SharedBody body = new SharedBody(LIMIT, paused::countDown, resumed::countDown);

  @AfterEach
  void end() {
    Pod.await(vertx.close());
  }

  private Future<Void> following(Function<BodyStream, Future<Void>> then) {
    return Following.of(
        verdict.future(),
        Optional.<SharedBody>empty(),
        kept -> kept.orElse(null),
        (_, place) -> then.apply(place));
  }

  /** Follows on an event loop of its own, which is busy until the latch is let go. */
  private CompletableFuture<String> follow(CountDownLatch busy) {
    CompletableFuture<String> read = new CompletableFuture<>();
    CountDownLatch follows = new CountDownLatch(1);
    vertx
        .getOrCreateContext()
        .runOnContext(
            _ -> {
              following(place -> read(place, read));
              follows.countDown();
              await(busy);
            });
    await(follows);
    return read;
  }

  private static Future<Void> read(BodyStream place, CompletableFuture<String> read) {
    if (place == null) {
      read.complete("its beginning is gone");
    } else {
      Buffer all = Buffer.buffer();
      place.handler(all::appendBuffer).endHandler(_ -> read.complete(all.toString())).resume();
    }
    return Future.succeededFuture();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String get(CompletableFuture<String> read) {
    return read.orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Test
  void whoseEventLoopIsBusyAtTheVerdictReadsFromTheBeginning() {
    CountDownLatch busy = new CountDownLatch(1);
    CompletableFuture<String> read = follow(busy);
    verdict.complete(Optional.of(body));
    body.add(Buffer.buffer("a".repeat(LIMIT)));
    body.add(Buffer.buffer("b".repeat(LIMIT)));
    await(paused);
    busy.countDown();
    await(resumed);
    body.add(Buffer.buffer("c"));
    body.end();
    assertThat(get(read)).isEqualTo("a".repeat(LIMIT) + "b".repeat(LIMIT) + "c");
  }

  @Test
  void whoComesWhenItsBeginningIsGoneIsTold() {
    verdict.complete(Optional.of(body));
    body.add(Buffer.buffer("a".repeat(LIMIT + 1)));
    assertThat(get(follow(new CountDownLatch(0)))).isEqualTo("its beginning is gone");
  }

  @Test
  void whatFailsLeavesThePlace() {
    CompletableFuture<Throwable> failed = new CompletableFuture<>();
    vertx
        .getOrCreateContext()
        .runOnContext(
            _ ->
                following(
                        _ -> {
                          throw new IllegalStateException("not for this one");
                        })
                    .onFailure(failed::complete));
    verdict.complete(Optional.of(body));
    assertThat(failed.orTimeout(10, TimeUnit.SECONDS).join()).hasMessage("not for this one");
    assertThat(body.isAlone()).isTrue();
  }

  @Test
  void goesOnOnItsOwnEventLoop() {
    CompletableFuture<Context> on = new CompletableFuture<>();
    Context mine = vertx.getOrCreateContext();
    mine.runOnContext(
        _ ->
            following(
                _ -> {
                  on.complete(Vertx.currentContext());
                  return Future.succeededFuture();
                }));
    verdict.complete(Optional.empty());
    assertThat(on.orTimeout(10, TimeUnit.SECONDS).join()).isSameAs(mine);
  }
}
