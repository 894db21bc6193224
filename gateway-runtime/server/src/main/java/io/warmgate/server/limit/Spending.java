package io.warmgate.server.limit;

import io.warmgate.config.BackendRef;
import io.warmgate.config.Limit;
import io.warmgate.config.Model;
import io.warmgate.config.Price;
import io.warmgate.config.Rule;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Expected;
import io.warmgate.server.exchange.Inference;
import io.warmgate.server.exchange.Tokens;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What models take for one request, against what it claimed of its limits of tokens and cost. A
 * request may have several models asked, one after the other: its claims stand until none is any
 * more. Confined to the request's event loop.
 */
final class Spending {
  private final Limits limits;
  private final Exchange exchange;
  private final @Nullable BackendRef chosen;
  private final List<Gate> gates;

  /** Questions that nothing came of yet, and calls to models that have not ended. */
  private int open;

  /**
   * @param gates of tokens and cost
   */
  Spending(Limits limits, Exchange exchange, @Nullable BackendRef chosen, List<Gate> gates) {
    this.limits = limits;
    this.exchange = exchange;
    this.chosen = chosen;
    this.gates = gates;
  }

  /**
   * What asking will take, about: what is read, what answers wrote of late, and how long they took.
   *
   * @param items of the question that are asked; null: all of it
   */
  void expect(@Nullable List<Integer> items) {
    Expected expected = exchange.expected(items);
    Model model = exchange.chosenModel();
    if (expected == null || model == null) {
      return;
    }
    for (Gate gate : gates) {
      Limits.Lately lately = limits.lately(gate.compiled());
      long output = lately.output().expected(expected.mostOutput());
      long micros = isTimed(model) && expected.answers() > 0 ? lately.time().expected(null) : 0;
      gate.expects(
          new Expecting(lately.output(), output),
          isTimed(model) ? new Expecting(lately.time(), micros) : null,
          ModelsTake.of(
              gate.limit(),
              model,
              Tokens.of(expected.input(), output),
              expected.answers(),
              micros));
      gate.counted(gate.limit().counts(model));
    }
  }

  /** Something begins that may have models asked. */
  void begin() {
    open++;
  }

  /** A model is being asked. */
  void asked() {
    begin();
    gates.forEach(Gate::asked);
  }

  /** It is over. */
  void end() {
    open--;
    if (open == 0) {
      long now = System.nanoTime();
      for (Gate gate : gates) {
        gate.settle(now);
        limits.tellSoon(gate.allowance());
      }
    }
  }

  /** A model that was asked has ended. */
  void took(Inference inference) {
    long now = System.nanoTime();
    for (Gate gate : gates) {
      if (gate.holds()) {
        take(gate, inference, now);
        if (inference.ending() == Inference.Ending.ANSWERED) {
          gate.answered(inference.tokens().output(), inference.micros());
        }
      }
    }
  }

  private static boolean isTimed(Model model) {
    Price price = model.price();
    return price != null && price.countsTime();
  }

  private void take(Gate gate, Inference inference, long now) {
    long amount =
        ModelsTake.of(
            gate.limit(),
            inference.model(),
            inference.tokens(),
            inference.answers(),
            inference.micros());
    BackendRef other = standIn(inference);
    if (gate.limit().by() == Limit.By.BACKEND && other != null) {
      Allowance others = limits.allowance(gate.compiled(), exchange, other, now);
      others.ended(amount, now);
      limits.tellSoon(others);
    } else {
      gate.took(amount, now);
      limits.tellSoon(gate.allowance());
    }
  }

  /** Null: it is the model that was chosen. */
  private @Nullable BackendRef standIn(Inference inference) {
    String asked = inference.model().id();
    if (chosen == null || asked.equals(chosen.model())) {
      return null;
    }
    Rule rule = Objects.requireNonNull(exchange.rule(), "a rule was matched");
    return rule.backends().stream()
        .filter(share -> asked.equals(share.model()))
        .findFirst()
        .orElse(null);
  }
}
