package io.warmgate.server.cache.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.admin.Order;
import io.warmgate.config.admin.PurgeOrder;
import io.warmgate.config.admin.PurgeReceipt;
import io.warmgate.config.admin.PurgeRequest;
import io.warmgate.config.admin.Revocation;
import io.warmgate.config.admin.RevokeOrder;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeldOrdersTest {
  private static final PurgeReceipt FIRST = new PurgeReceipt("e1", "1-0");
  private static final PurgeReceipt SECOND = new PurgeReceipt("e2", "1-0");

  private final HeldOrders held = new HeldOrders(3, 10);

  private static PurgeOrder order(String id, int names, @Nullable PurgeReceipt logged) {
    List<String> tags = IntStream.range(0, names).mapToObj(n -> "t" + n).toList();
    return new PurgeOrder(id, PurgeRequest.tags(tags, List.of()), logged);
  }

  private List<String> untold(String epoch) {
    return held.notIn(epoch).stream().map(Order::id).toList();
  }

  @Test
  void theNewestIdsAreNamedNewestLast() {
    held.add(order("a", 1, FIRST));
    held.add(order("b", 1, FIRST));
    held.add(order("c", 1, FIRST));
    assertThat(held.add(order("b", 1, null))).isFalse();
    assertThat(held.newestIds(2)).containsExactly("c", "b");
    assertThat(held.newestIds(9)).containsExactly("a", "c", "b");
  }

  @Test
  void whatALogDoesNotNameIsToldToItOldestFirst() {
    held.add(order("a", 1, null));
    held.add(order("b", 1, FIRST));
    held.add(order("c", 1, null));
    assertThat(untold("e1")).containsExactly("a", "c");
    held.add(order("a", 1, FIRST));
    assertThat(untold("e1")).containsExactly("c");
    assertThat(untold("e2")).containsExactly("b", "c", "a");
    held.add(order("b", 1, SECOND));
    assertThat(untold("e2")).containsExactly("c", "a");
  }

  @Test
  void aPlaceInTheLogIsNotForgottenWhenTheOrderComesAgainWithoutIt() {
    held.add(order("a", 1, FIRST));
    held.add(order("a", 1, null));
    assertThat(untold("e1")).isEmpty();
  }

  @Test
  void moreOrdersThanAreHeldPushTheOldestOut() {
    assertThat(untold("e1")).isEmpty();
    for (String id : List.of("a", "b", "c", "d")) {
      held.add(order(id, 1, FIRST));
    }
    assertThat(held.newestIds(9)).containsExactly("b", "c", "d");
    assertThat(untold("e1")).isEmpty();
  }

  @Test
  void moreNamesThanAreHeldPushTheOldestOutButNeverTheNewest() {
    held.add(order("a", 4, FIRST));
    held.add(order("b", 6, FIRST));
    assertThat(held.newestIds(9)).containsExactly("a", "b");
    held.add(order("c", 1, FIRST));
    assertThat(held.newestIds(9)).containsExactly("b", "c");
    held.add(order("d", 11, FIRST));
    assertThat(held.newestIds(9)).containsExactly("d");
    held.add(order("e", 10, FIRST));
    assertThat(held.newestIds(9)).containsExactly("e");
  }

  @Test
  void whatIsPushedOutBeforeALogNamedItIsToldOnceAsEverything() {
    assertThat(untold("e1")).isEmpty();
    held.add(order("a", 8, null));
    held.add(order("b", 8, null));
    List<Order> told = held.notIn("e1");
    assertThat(told)
        .extracting(order -> order instanceof PurgeOrder purge && purge.request().all())
        .containsExactly(false, true);
    assertThat(held.notIn("e1")).isEqualTo(told);
    told.forEach(order -> held.add(order.at(FIRST)));
    assertThat(untold("e1")).isEmpty();
  }

  @Test
  void revocationsThatArePushedOutUntoldAreToldOnceAsOfEverybodyBelowTheHighest() {
    assertThat(untold("e1")).isEmpty();
    for (long below : List.of(5L, 7L, 6L)) {
      held.add(new RevokeOrder("r" + below, Revocation.EVERYBODY, below, null));
    }
    for (String logged : List.of("a", "b", "c")) {
      held.add(order(logged, 1, FIRST));
    }
    List<Order> told = held.notIn("e1");
    assertThat(told).hasSize(1);
    assertThat(told.getFirst())
        .isInstanceOfSatisfying(
            RevokeOrder.class,
            order -> {
              assertThat(order.revoked()).isEqualTo(Revocation.EVERYBODY);
              assertThat(order.below()).isEqualTo(7);
            });
    assertThat(held.notIn("e1")).isEqualTo(told);
  }
}
