package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.crd.v1alpha1.ApiConsumerStatus;
import io.warmgate.crd.v1alpha1.GrantState;
import io.warmgate.crd.v1alpha1.RouteGrant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GrantChangesTest {
  private static ApiConsumerStatus status(RouteGrant... routes) {
    return new ApiConsumerStatus(1L, null, 0, List.of(routes), List.of(), List.of());
  }

  private static RouteGrant grant(String route, GrantState state, String reason) {
    return new RouteGrant(route, state, reason);
  }

  private static List<String> changes(@Nullable ApiConsumerStatus before, ApiConsumerStatus now) {
    return GrantChanges.between(before, now).stream()
        .map(
            change ->
                change.route() + " " + (change.now() == null ? "-" : change.now().state().wire()))
        .toList();
  }

  @Test
  void whatIsNewIsAChange() {
    assertThat(changes(null, status(grant("a", GrantState.PENDING, "x"))))
        .containsExactly("a Pending");
  }

  @Test
  void anotherReasonIsNone() {
    assertThat(
            changes(
                status(grant("a", GrantState.GRANTED, "x")),
                status(grant("a", GrantState.GRANTED, "y"))))
        .isEmpty();
  }

  @Test
  void eachRouteByItself() {
    assertThat(
            changes(
                status(
                    grant("gone", GrantState.GRANTED, ""),
                    grant("a", GrantState.PENDING, ""),
                    grant("b", GrantState.GRANTED, "")),
                status(
                    grant("b", GrantState.REVOKED, ""),
                    grant("a", GrantState.PENDING, ""),
                    grant("c", GrantState.REJECTED, ""))))
        .containsExactly("b Revoked", "c Rejected", "gone -");
  }
}
