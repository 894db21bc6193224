package io.warmgate.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.Access;
import io.warmgate.config.Consumer;
import io.warmgate.config.Consumer.Grant;
import io.warmgate.config.admin.Revocation;
import io.warmgate.config.admin.Revocation.Taken;
import io.warmgate.config.admin.RevokeOrder;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RevokedNamesTest {
  private static final String KEY = "a".repeat(64);
  private static final String OTHER = "b".repeat(64);
  private static final String CERTIFICATE = "c".repeat(64);

  private final AtomicLong now = new AtomicLong(1_000);
  private final RevokedNames names = new RevokedNames(() -> Instant.ofEpochMilli(now.get()), 10);

  private static RevokeOrder order(long below, Taken... taken) {
    return new RevokeOrder("r" + below, new Revocation(false, List.of(taken)), below, null);
  }

  private static Taken keys(Revocation.Key... keys) {
    return new Taken("shop/app", false, List.of(keys), List.of(), List.of());
  }

  private static Consumer app(List<Consumer.Key> keys, Grant... grants) {
    return new Consumer("shop/app", keys, List.of(), List.of(), List.of(grants), List.of());
  }

  private static Access knowing(Consumer... consumers) {
    return new Access(List.of(), List.of(consumers));
  }

  @Test
  void nothingIsRevokedBeforeAnOrder() {
    names.serves(1, Access.NOBODY);
    assertThat(names.key(KEY)).isFalse();
    assertThat(names.consumer("shop/app")).isFalse();
    assertThat(names.grant("shop/app", "shop/orders")).isFalse();
  }

  @Test
  void whatAnOrderNamesIsRevokedAndNothingElse() {
    names.serves(1, Access.NOBODY);
    names.obey(
        order(
            2,
            Taken.whole("shop/gone"),
            new Taken(
                "shop/app",
                false,
                List.of(new Revocation.Key(KEY, null)),
                List.of(CERTIFICATE),
                List.of("shop/orders"))));
    assertThat(names.key(KEY)).isTrue();
    assertThat(names.key(CERTIFICATE)).isTrue();
    assertThat(names.key(OTHER)).isFalse();
    assertThat(names.consumer("shop/gone")).isTrue();
    assertThat(names.grant("shop/gone", "shop/any")).isTrue();
    assertThat(names.consumer("shop/app")).isFalse();
    assertThat(names.grant("shop/app", "shop/orders")).isTrue();
    assertThat(names.grant("shop/app", "shop/pages")).isFalse();
    assertThat(names.grant("shop/other", "shop/orders")).isFalse();
  }

  @Test
  void aKeyThatEndsSoonerIsGoodUntilThen() {
    names.serves(1, Access.NOBODY);
    names.obey(order(2, keys(new Revocation.Key(KEY, 2_000L))));
    assertThat(names.key(KEY)).isFalse();
    now.set(2_000);
    assertThat(names.key(KEY)).isTrue();
    names.obey(order(3, keys(new Revocation.Key(KEY, 9_000L))));
    assertThat(names.key(KEY)).as("the earlier counts").isTrue();
  }

  @Test
  void anOrderThatTheServedRevisionCoversIsOver() {
    names.serves(5, knowing(app(List.of(new Consumer.Key(KEY, null)))));
    names.obey(order(5, keys(new Revocation.Key(KEY, null))));
    assertThat(names.key(KEY)).isFalse();
  }

  /** Revision 2 takes the key away, revision 3 gives it again. */
  @Test
  void whatANewerRevisionGivesAgainNoOlderOrderTakes() {
    Grant grant = new Grant("shop/orders", Grant.State.GRANTED);
    Access gives = knowing(app(List.of(new Consumer.Key(KEY, null)), grant));
    names.serves(1, gives);
    names.obey(
        order(
            2,
            Taken.whole("shop/app"),
            new Taken(
                "shop/app",
                false,
                List.of(new Revocation.Key(KEY, null)),
                List.of(),
                List.of("shop/orders"))));
    assertThat(names.key(KEY)).isTrue();
    names.serves(3, gives);
    assertThat(names.key(KEY)).isFalse();
    assertThat(names.consumer("shop/app")).isFalse();
    assertThat(names.grant("shop/app", "shop/orders")).isFalse();
    names.obey(order(2, keys(new Revocation.Key(KEY, null))));
    assertThat(names.key(KEY)).as("an old order that comes late").isFalse();
  }

  /** A request that was matched by revision 1 may ask after revision 2 is served. */
  @Test
  void whatTheNewRevisionDoesNotGiveEitherStaysRevokedUntilTheNext() {
    names.serves(1, Access.NOBODY);
    names.obey(
        order(
            2,
            keys(new Revocation.Key(KEY, null), new Revocation.Key(OTHER, null)),
            Taken.whole("shop/gone")));
    names.serves(2, knowing(app(List.of(new Consumer.Key(OTHER, null)))));
    assertThat(names.key(KEY)).isTrue();
    assertThat(names.consumer("shop/gone")).isTrue();
    assertThat(names.key(OTHER)).isFalse();
    names.serves(3, Access.NOBODY);
    assertThat(names.key(KEY)).isFalse();
    assertThat(names.consumer("shop/gone")).isFalse();
  }

  @Test
  void aPodThatRefusesTheRevisionGoesOnToObey() {
    names.serves(1, Access.NOBODY);
    names.obey(order(2, keys(new Revocation.Key(KEY, null))));
    names.obey(order(4, keys(new Revocation.Key(OTHER, null))));
    names.serves(3, Access.NOBODY);
    assertThat(names.key(OTHER)).as("of a revision that is not served yet").isTrue();
  }

  /** The log is read from its beginning before a starting pod serves anything. */
  @Test
  void aStartingPodForgetsWhatItsRevisionCovers() {
    names.obey(order(2, keys(new Revocation.Key(KEY, null))));
    names.obey(order(9, keys(new Revocation.Key(OTHER, null))));
    names.serves(8, Access.NOBODY);
    assertThat(names.key(KEY)).isFalse();
    assertThat(names.key(OTHER)).isTrue();
  }

  @Test
  void tooManyNamesAreEverybodyUntilTheHighestOfTheirRevisions() {
    names.serves(1, Access.NOBODY);
    for (int n = 2; n <= 13; n++) {
      names.obey(order(n, keys(new Revocation.Key("k" + n, null))));
    }
    assertThat(names.key(OTHER)).isTrue();
    assertThat(names.consumer("shop/any")).isTrue();
    names.serves(11, Access.NOBODY);
    assertThat(names.consumer("shop/any")).isTrue();
    names.serves(13, Access.NOBODY);
    assertThat(names.consumer("shop/any")).isFalse();
    assertThat(names.key(OTHER)).isFalse();
  }

  @Test
  void theSameOrderTwiceIsOnce() {
    names.serves(1, Access.NOBODY);
    for (int n = 0; n < 50; n++) {
      names.obey(order(2, keys(new Revocation.Key(KEY, null))));
    }
    assertThat(names.key(OTHER)).isFalse();
  }
}
