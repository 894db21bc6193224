package io.warmgate.operator.reconcile;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.warmgate.operator.gather.RecentWrites;
import io.warmgate.operator.status.ObjectStatus;
import io.warmgate.operator.translate.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Writes statuses: one that is an outcome at once, one that may be another in a moment when it has
 * stood for {@link #PATIENCE}, and never one that is written already.
 */
public final class StatusWriter {
  static final Duration PATIENCE = Duration.ofSeconds(1);

  private final KubernetesClient client;
  private final RecentWrites writes;
  private final MeterRegistry metrics;
  private final Map<ObjectKey, Instant> waiting = new ConcurrentHashMap<>();

  public StatusWriter(KubernetesClient client, RecentWrites writes, MeterRegistry metrics) {
    this.client = client;
    this.writes = writes;
    this.metrics = metrics;
  }

  /** What became of a status. */
  sealed interface Outcome {
    record Unchanged() implements Outcome {}

    /**
     * @param managed who wrote which fields of the object, as the API server answered
     */
    record Written(List<ManagedFieldsEntry> managed) implements Outcome {
      public Written {
        managed = List.copyOf(managed);
      }
    }

    /** It is written later, if it still stands then. */
    record Held(Instant until) implements Outcome {}
  }

  /** The object's status is as it should be. */
  void stands(ObjectKey object) {
    waiting.remove(object);
  }

  /**
   * @param empty makes a resource without content, of the object's kind
   */
  <S, R extends CustomResource<?, S>> Outcome offer(
      ObjectStatus<S> status, Supplier<R> empty, Instant now) {
    if (!status.changed()) {
      stands(status.object());
      return new Outcome.Unchanged();
    }
    Instant since = waiting.computeIfAbsent(status.object(), key -> now);
    Instant until = since.plus(PATIENCE);
    if (!status.settled() && now.isBefore(until)) {
      return new Outcome.Held(until);
    }
    waiting.remove(status.object());
    return write(status, empty.get(), now);
  }

  private <S, R extends CustomResource<?, S>> Outcome write(
      ObjectStatus<S> status, R resource, Instant now) {
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(status.object().namespace())
            .withName(status.object().name())
            .withResourceVersion(status.seen())
            .build());
    resource.setStatus(status.status());
    try {
      R answer = client.resource(resource).subresource("status").patch(ServerSideApply.asOwner());
      List<ManagedFieldsEntry> managed =
          Objects.requireNonNullElse(answer.getMetadata().getManagedFields(), List.of());
      answer.getMetadata().setManagedFields(null);
      writes.wrote(answer);
      written(status.object().kind()).increment();
      return new Outcome.Written(managed);
    } catch (KubernetesClientException e) {
      if (e.getCode() == 404) {
        return new Outcome.Unchanged(); // deleted meanwhile
      }
      if (e.getCode() == 409 && status.seen() != null) {
        return new Outcome.Held(now); // another object than was seen: to be looked at again
      }
      throw e;
    }
  }

  private Counter written(String kind) {
    return Counter.builder("warmgate.operator.status.writes")
        .description("Statuses written")
        .tag("kind", kind)
        .register(metrics);
  }
}
