package io.warmgate.local.fault;

import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.RolloutPhase;
import io.warmgate.crd.v1alpha1.RolloutStatus;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a route's status says of its rollout, each of its states in order, and which releases may
 * answer clients by that: what the operator does it has written before.
 */
final class Trail implements AutoCloseable {
  private final RolledRoute route;
  private final SharedIndexInformer<ApiRoute> informer;
  private final List<Consumer<RolloutStatus>> readers = new CopyOnWriteArrayList<>();
  private final Consumer<Set<String>> serving;
  private volatile String blue;
  private volatile String green;
  private volatile Set<String> may;
  private volatile @Nullable RolloutStatus latest;

  /** Name of the release that served when the rollout began; null before the first. */
  private volatile @Nullable String first;

  private long version;

  /**
   * @param release whose answers clients get now
   * @param serving learns whose answers they may get, whenever that changes
   */
  Trail(RolledRoute route, String release, Consumer<Set<String>> serving) {
    this.route = route;
    this.serving = serving;
    this.blue = release;
    this.green = release;
    this.may = Set.of(release);
    this.informer = route.resource().inform(new Handler());
  }

  /** The next rollout is from one release to another. */
  synchronized void next(String from, String to) {
    blue = from;
    green = to;
    first = latest == null ? null : latest.release();
  }

  /** Reads each state as it is written; it must not wait. */
  void reader(Consumer<RolloutStatus> reader) {
    readers.add(reader);
  }

  void forget(Consumer<RolloutStatus> reader) {
    readers.remove(reader);
  }

  @Nullable RolloutStatus latest() {
    return latest;
  }

  /** Reads what is written now: a watch is some milliseconds late. */
  Set<String> catchUp() {
    take(route.resource().get());
    return may;
  }

  /** The latest that was read wins. */
  private synchronized void take(ApiRoute now) {
    long at = Long.parseLong(now.getMetadata().getResourceVersion());
    if (at <= version || now.getStatus() == null || now.getStatus().rollout() == null) {
      return;
    }
    version = at;
    RolloutStatus status = now.getStatus().rollout();
    if (first == null) {
      first = status.release();
    }
    latest = status;
    Set<String> next = mayServe(status);
    if (!next.equals(may)) {
      may = next;
      serving.accept(next);
    }
  }

  private Set<String> mayServe(RolloutStatus status) {
    return switch (status.phase()) {
      case PROVISIONING, WARMING, VERIFYING, AWAITING_PROMOTION -> Set.of(blue);
      case SHIFTING -> Set.of(blue, green);
      case OBSERVING, DRAINING -> Set.of(green);
      case ROLLING_BACK -> may.contains(green) ? Set.of(blue, green) : Set.of(blue);
      case STEADY -> Set.of(status.release().equals(first) ? blue : green);
    };
  }

  @Override
  public void close() {
    informer.close();
  }

  private final class Handler implements ResourceEventHandler<ApiRoute> {
    private @Nullable RolloutPhase told;

    @Override
    public void onAdd(ApiRoute route) {
      news(route);
    }

    @Override
    public void onUpdate(ApiRoute before, ApiRoute now) {
      news(now);
    }

    @Override
    public void onDelete(ApiRoute route, boolean unknown) {}

    private void news(ApiRoute now) {
      take(now);
      RolloutStatus status = now.getStatus() == null ? null : now.getStatus().rollout();
      if (status != null && status.phase() != told) {
        told = status.phase();
        readers.forEach(reader -> reader.accept(status));
      }
    }
  }
}
