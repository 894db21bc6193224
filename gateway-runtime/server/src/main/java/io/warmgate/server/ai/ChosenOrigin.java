package io.warmgate.server.ai;

import io.warmgate.config.BackendRef;
import io.warmgate.config.Retry;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.ModelStep.Backends;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.OriginCall;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.filter.HeaderChange;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The models that may answer a request, in the order they are asked: where one fails before
 * anything of its answer is there, the next is. The first of them was chosen: its answers are what
 * is kept, and those of others are told in its dialect.
 *
 * @param order the chosen one first; never empty
 * @param asking what each is asked; throws a {@code TranslationException} where one cannot be
 * @param changes of the request's fields, by the rule
 * @param firstTokenMillis until an answer begins; 0: for ever
 * @param retry how often those that are busy are asked again
 * @param told what each call comes to
 */
record ChosenOrigin(
    List<Choice> order,
    Function<Choice, Asked> asking,
    Backends backends,
    List<HeaderChange> changes,
    Rests rests,
    long firstTokenMillis,
    Retry retry,
    Consumer<Inference> told)
    implements Origin {

  @Override
  public OriginCall fetch(OriginRequest request) {
    return new ChosenCall(this, request).start();
  }

  /** As things are. Those that rest are last: they may be better than nobody. */
  CallOrder now() {
    return new CallOrder(order, rests, ThreadLocalRandom.current()::nextLong);
  }

  OriginCall ask(Keyed who, Asked asked, OriginRequest request) {
    BackendRef share = who.choice().share();
    return new ModelOrigin(
            backends.origin(share), asked, who.key(), backends.host(share), changes, told)
        .fetch(request);
  }

  Choice chosen() {
    return order.getFirst();
  }
}
