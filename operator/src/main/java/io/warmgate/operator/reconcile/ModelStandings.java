package io.warmgate.operator.reconcile;

import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.AiModelBackendStatus;
import io.warmgate.operator.status.ModelStatus;
import io.warmgate.operator.status.ModelView;
import io.warmgate.operator.status.UsageBook;
import io.warmgate.operator.translate.ObjectKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What each gateway said last of a model, so that one status is written of all: gateways are
 * reconciled side by side, and each of them comes past the models that it serves.
 */
final class ModelStandings {
  private final Map<ObjectKey, Standing> standings = new ConcurrentHashMap<>();

  /** One model's. */
  private static final class Standing {
    private final Map<String, ModelView> views = new HashMap<>();
    private final UsageBook usage;

    Standing(AiModelBackend model, Instant now) {
      AiModelBackendStatus status = model.getStatus();
      this.usage = new UsageBook(status == null ? null : status.usage(), now);
    }

    /** One after the other, so that what is written last is what was said last. */
    synchronized <R> R say(ModelView view, Instant now, Function<ModelStatus, R> write) {
      views.put(view.gateway(), view);
      views
          .keySet()
          .removeIf(
              name -> !name.equals(view.gateway()) && !view.attached().elsewhere().contains(name));
      return write.apply(
          ModelStatus.of(view, views, usage.tell(view.gateway(), view.counted(), now), now));
    }
  }

  /**
   * A gateway has looked.
   *
   * @param write gets the status that the model should have now
   */
  <R> R say(ModelView view, Instant now, Function<ModelStatus, R> write) {
    AiModelBackend model = view.attached().model();
    return standings
        .computeIfAbsent(ObjectKey.of(model), _ -> new Standing(model, now))
        .say(view, now, write);
  }

  /** The model is gone. */
  void forget(ObjectKey model) {
    standings.remove(model);
  }
}
