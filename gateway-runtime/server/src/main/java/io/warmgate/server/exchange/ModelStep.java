package io.warmgate.server.exchange;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.warmgate.config.BackendRef;
import io.warmgate.config.Model;
import io.warmgate.server.filter.HeaderChange;
import io.warmgate.server.uri.Target;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Understands requests to models, for the rules that ask some. */
@FunctionalInterface
public interface ModelStep {

  /** Where no rule asks models. */
  ModelStep NONE =
      (_, _) -> {
        throw new IllegalStateException("a rule that asks models, and nobody who speaks to them");
      };

  /**
   * Called once the rule is known, before anything is read or decided.
   *
   * @param told what each call to a model comes to: once, when it has ended, which may be after the
   *     exchange has
   */
  Turn begin(Exchange exchange, Consumer<Inference> told);

  /**
   * The same, for a request that the gateway makes itself: of several models of one name the same
   * one is chosen each time, and no other stands in for it, since its answer would not be kept.
   */
  default Turn rehearse(Exchange exchange, Consumer<Inference> told) {
    return begin(exchange, told);
  }

  /** One request's way to a model. */
  interface Turn {
    /**
     * Reads what is asked. Called once it is known who asks.
     *
     * @param content paused; null: there is none
     * @return completes when {@link #backend} is known; fails with a {@link ProblemException} where
     *     the request does not go on
     */
    Future<Void> read(@Nullable ReadStream<Buffer> content);

    /** The share of the rule that is asked; null: none, {@link #answer} has all that is needed. */
    @Nullable BackendRef backend();

    /** The model behind that; null: none is asked. */
    @Nullable Model model();

    /**
     * What asking it will take; null: nobody is asked, or that is not known yet.
     *
     * @param items those that are asked, as in {@link OriginRequest#items}
     */
    @Nullable Expected expected(@Nullable List<Integer> items);

    /** Answers without a backend. */
    Future<Void> answer();

    /**
     * The model, asked in its provider's dialect.
     *
     * @param backends of the rule's shares
     * @param changes of header fields, by the rule
     */
    Origin asking(Backends backends, List<HeaderChange> changes);

    /** What a problem is in the words that the client understands. */
    Told problem(ProblemException problem);
  }

  /** The backends of a rule. */
  interface Backends {
    Origin origin(BackendRef share);

    /** Authority and base path; null: it has none of its own. */
    @Nullable Target host(BackendRef share);
  }

  /**
   * Fields and body of an answer of the gateway's own; its status is the problem's.
   *
   * @param fields by lower-case name
   */
  record Told(Map<String, String> fields, Buffer body) {}
}
