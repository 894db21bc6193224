package io.warmgate.server.ai;

import io.warmgate.config.Consumer;
import io.warmgate.config.Limit;
import io.warmgate.config.Model;
import io.warmgate.config.Rule;
import io.warmgate.server.exchange.Exchange;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who asks: what that means for which of several models of one name is asked. */
sealed interface Asker {

  /** From 0 to below the argument. */
  long draw(long below);

  /** Who is asked, one after the other, of those that were drawn in this order. */
  List<Choice> order(List<Choice> drawn);

  /** The limit of money that what the model costs would not count in; null: there is none. */
  @Nullable Limit uncounted(Model model);

  /**
   * Chance decides, by weight, and the others stand in for the one that is chosen.
   *
   * @param budgets limits of money that it is held to
   */
  record Client(List<Limit> budgets) implements Asker {

    /** Of whoever is known to ask by now. */
    static Client of(Exchange exchange) {
      Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
      Consumer consumer = exchange.caller().consumer();
      return new Client(
          Stream.concat(
                  rule.limits().stream(),
                  consumer == null ? Stream.of() : consumer.limits().stream())
              .filter(limit -> limit.currency() != null && limit.mode() == Limit.Mode.ENFORCE)
              .toList());
    }

    @Override
    public long draw(long below) {
      return ThreadLocalRandom.current().nextLong(below);
    }

    @Override
    public List<Choice> order(List<Choice> drawn) {
      return drawn;
    }

    @Override
    public @Nullable Limit uncounted(Model model) {
      return budgets.stream().filter(limit -> !limit.counts(model)).findFirst().orElse(null);
    }
  }

  /**
   * The gateway, which asks for the answer that is kept, for nobody: the one in the middle of what
   * chance gives, so that it is the same in each pod and each time, and no other.
   */
  record Gateway() implements Asker {
    @Override
    public long draw(long below) {
      return below / 2;
    }

    @Override
    public List<Choice> order(List<Choice> drawn) {
      return drawn.subList(0, 1);
    }

    @Override
    public @Nullable Limit uncounted(Model model) {
      return null;
    }
  }
}
