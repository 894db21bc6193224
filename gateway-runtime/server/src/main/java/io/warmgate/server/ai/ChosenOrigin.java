package io.warmgate.server.ai;

import io.warmgate.config.Retry;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.ModelStep.Backends;
import io.warmgate.server.exchange.Origin;
import io.warmgate.server.exchange.OriginCall;
import io.warmgate.server.exchange.OriginRequest;
import io.warmgate.server.filter.HeaderChange;
import java.util.ArrayList;
import java.util.List;
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

  /** Those that rest last: they may be better than nobody. */
  List<Choice> now() {
    List<Choice> awake = new ArrayList<>(order.size());
    List<Choice> resting = new ArrayList<>();
    for (Choice choice : order) {
      (rests.rests(choice.model().model().id()) ? resting : awake).add(choice);
    }
    awake.addAll(resting);
    return awake;
  }

  OriginCall ask(Choice choice, Asked asked, OriginRequest request) {
    return new ModelOrigin(
            backends.origin(choice.share()), asked, backends.host(choice.share()), changes, told)
        .fetch(request);
  }

  Choice chosen() {
    return order.getFirst();
  }
}
