package io.warmgate.operator.status;

import io.warmgate.crd.v1alpha1.ApiConsumerStatus;
import io.warmgate.crd.v1alpha1.GrantState;
import io.warmgate.crd.v1alpha1.RouteGrant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became another of what a consumer may call, from one status to the next. */
public final class GrantChanges {
  private GrantChanges() {}

  /**
   * A route whose state is another.
   *
   * @param now null: the consumer does not ask for it any more
   */
  public record Change(String route, @Nullable RouteGrant now) {}

  /** In the order of the status, what was withdrawn last. */
  public static List<Change> between(@Nullable ApiConsumerStatus before, ApiConsumerStatus now) {
    Map<String, GrantState> old = new HashMap<>();
    List<RouteGrant> said = before == null ? List.of() : before.routes();
    said.forEach(grant -> old.put(grant.name(), grant.state()));
    List<Change> changes = new ArrayList<>();
    for (RouteGrant grant : now.routes()) {
      if (old.remove(grant.name()) != grant.state()) {
        changes.add(new Change(grant.name(), grant));
      }
    }
    said.stream()
        .filter(grant -> old.containsKey(grant.name()))
        .forEach(grant -> changes.add(new Change(grant.name(), null)));
    return List.copyOf(changes);
  }
}
