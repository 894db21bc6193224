package io.warmgate.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.warmgate.config.Issuer;
import io.warmgate.config.ValueRef;
import io.warmgate.server.access.Outcome.Refused;
import io.warmgate.server.access.Outcome.Verified;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Verification beside the event loops: once for equal tokens, and never more than fits. */
class VerifierTest {
  private static final Signing SIGNING = Signing.of("ES256", "k");

  /** Keys that a test holds back. */
  private static final class Held implements IssuerKeys {
    final CountDownLatch go = new CountDownLatch(1);
    final AtomicInteger looked = new AtomicInteger();
    private final KeySet keys;

    Held() {
      try {
        keys = KeySet.parse(Signing.published(SIGNING));
      } catch (ParseException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public KeySet at(long nowMillis) {
      looked.incrementAndGet();
      try {
        go.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return keys;
    }

    @Override
    public boolean mayAsk(long nowMillis) {
      return false;
    }

    @Override
    public Future<Void> ask(long nowMillis) {
      return Future.succeededFuture();
    }

    @Override
    public void close() {}
  }

  private final Held held = new Held();
  private final Outcomes outcomes = new Outcomes();
  private final TokenCheck check =
      new TokenCheck(
          List.of(
              new TokenCheck.Trusted(
                  new Issuer(
                      "idp",
                      Signing.ISSUER,
                      List.of(Signing.AUDIENCE),
                      List.of("ES256"),
                      new Issuer.Keys.Given(new ValueRef("a", "0".repeat(64))),
                      0),
                  held)),
          new Consumers(List.of()));

  private Future<Outcome> verify(Verifier verifier, String token) {
    return verifier.verify(token, Digest.of(token), check, outcomes);
  }

  @Test
  void aTokenThatManyBringIsVerifiedOnce() {
    try (Verifier verifier = new Verifier(InstantSource.system())) {
      String token = SIGNING.token("ann");
      List<Future<Outcome>> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        all.add(verify(verifier, token));
      }
      held.go.countDown();
      all.forEach(one -> assertThat(one.await()).isInstanceOf(Verified.class));
      assertThat(held.looked.get()).isEqualTo(1);
    }
  }

  @Test
  void whatDoesNotFitInIsNotVerifiedAndNotRemembered() {
    try (Verifier verifier = new Verifier(InstantSource.system(), 2)) {
      List<Future<Outcome>> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        all.add(verify(verifier, SIGNING.token("user-" + i)));
      }
      List<Future<Outcome>> over = all.stream().filter(Future::isComplete).toList();
      assertThat(over).hasSizeBetween(50, 98);
      over.forEach(one -> assertThat(((Refused) one.await()).why()).isEqualTo(Refusal.BUSY));
      held.go.countDown();
      await().until(() -> all.stream().allMatch(Future::isComplete));
      assertThat(verify(verifier, SIGNING.token("user-99")).await()).isInstanceOf(Verified.class);
    }
  }
}
