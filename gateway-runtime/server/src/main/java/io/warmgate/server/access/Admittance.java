package io.warmgate.server.access;

import io.warmgate.config.AccessRule;
import io.warmgate.config.Consumer.Grant;
import io.warmgate.server.exchange.Caller;
import java.util.List;

/** Whether who was verified may call: one rule's answer, without anything else. */
final class Admittance {
  private static final Decision NOBODY = new Decision.Admitted(Caller.NOBODY);

  private Admittance() {}

  /**
   * @param route {@code namespace/name}
   * @param shown by each credential of the request, all of which verified
   */
  static Decision decide(
      AccessRule.Callers callers, String route, List<Identity> shown, Revoked revoked) {
    if (shown.isEmpty()) {
      return callers == AccessRule.Callers.ANYBODY
          ? NOBODY
          : new Decision.Unauthenticated(Refusal.NO_CREDENTIAL);
    }
    Identity who = shown.getFirst();
    for (Identity other : shown) {
      // Who has the credentials of two is neither of them.
      if (shown.size() > 1 && !other.isSame(who)) {
        return new Decision.Unauthenticated(Refusal.SEVERAL_CALLERS);
      }
      if (other.key() != null && revoked.key(other.key())) {
        return new Decision.Forbidden(Refusal.REVOKED);
      }
    }
    String id = who.consumer();
    if (id != null && revoked.consumer(id)) {
      return new Decision.Forbidden(Refusal.REVOKED);
    }
    return switch (callers) {
      case ANYBODY, VERIFIED -> new Decision.Admitted(told(shown));
      case CONSUMERS ->
          id == null
              ? new Decision.Forbidden(Refusal.NO_CONSUMER)
              : new Decision.Admitted(told(shown));
      case GRANTED ->
          id == null
              ? new Decision.Forbidden(Refusal.NO_CONSUMER)
              : granted(id, route, shown, revoked);
    };
  }

  private static Decision granted(String id, String route, List<Identity> shown, Revoked revoked) {
    Grant.State state = shown.getFirst().grants().get(route);
    if (state == null) {
      return new Decision.Forbidden(Refusal.NO_GRANT);
    }
    return switch (state) {
      case PENDING -> new Decision.Forbidden(Refusal.PENDING);
      case REJECTED -> new Decision.Forbidden(Refusal.REJECTED);
      case REVOKED -> new Decision.Forbidden(Refusal.REVOKED);
      case GRANTED ->
          revoked.grant(id, route)
              ? new Decision.Forbidden(Refusal.REVOKED)
              : new Decision.Admitted(told(shown));
    };
  }

  /** A token tells the most: it has claims. */
  private static Caller told(List<Identity> shown) {
    for (Identity any : shown) {
      if (!any.caller().claims().isEmpty()) {
        return any.caller();
      }
    }
    return shown.getFirst().caller();
  }
}
