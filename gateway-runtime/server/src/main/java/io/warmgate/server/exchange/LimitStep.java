package io.warmgate.server.exchange;

import io.vertx.core.Future;
import io.warmgate.config.BackendRef;
import org.jspecify.annotations.Nullable;

/** Holds requests to the limits of their rule, and to those of who asks. */
@FunctionalInterface
public interface LimitStep {
  /** Nothing is limited. */
  LimitStep NONE = (exchange, backend) -> null;

  /**
   * Called once it is known who asks, before anything is looked up.
   *
   * @param backend that was chosen; null: none is asked
   * @return null where no limit concerns the request
   */
  @Nullable Turn begin(Exchange exchange, @Nullable BackendRef backend);

  /** A request's way through its limits. */
  interface Turn {
    /**
     * Counts the request where answers from the cache count.
     *
     * @return null: it is admitted, at once; else completes on the caller's context when it is, or
     *     fails with {@link Problem#LIMITED}
     * @throws ProblemException where it is refused at once
     */
    @Nullable Future<Void> admitted();

    /**
     * The origin, which is asked once the request was counted where answers from the cache do not
     * count. What the gateway asks for itself after the answer is not counted.
     */
    Origin before(Origin origin);

    /** The same count, for a request that goes to the backend past the cache. */
    @Nullable Future<Void> toBackend();

    /**
     * One of the rule's models, which is asked for the request: once for each {@link Inference}.
     */
    default Origin calling(Origin model) {
      return model;
    }

    /**
     * A model was asked for the request, and that has ended: as often as one was asked, and perhaps
     * after {@link #ended}.
     */
    default void inferred(Inference inference) {}

    /** The request has ended. Once. */
    void ended();
  }
}
