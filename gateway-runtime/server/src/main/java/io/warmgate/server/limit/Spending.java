package io.warmgate.server.limit;

import io.warmgate.config.BackendRef;
import io.warmgate.config.Limit;
import io.warmgate.config.Rule;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.exchange.Expected;
import io.warmgate.server.exchange.Inference;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What models take for one request, against what it claimed of its limits of tokens. A request may
 * have several models asked, one after the other: its claims stand until none is any more. Confined
 * to the request's event loop.
 */
final class Spending {
  private final Limits limits;
  private final Exchange exchange;
  private final @Nullable BackendRef chosen;
  private final List<Gate> gates;

  /** Questions that nothing came of yet, and calls to models that have not ended. */
  private int open;

  /**
   * @param gates of tokens
   */
  Spending(Limits limits, Exchange exchange, @Nullable BackendRef chosen, List<Gate> gates) {
    this.limits = limits;
    this.exchange = exchange;
    this.chosen = chosen;
    this.gates = gates;
  }

  /**
   * What asking will take, about: what is read, and what answers wrote of late.
   *
   * @param items of the question that are asked; null: all of it
   */
  void expect(@Nullable List<Integer> items) {
    Expected expected = exchange.expected(items);
    if (expected == null) {
      return;
    }
    for (Gate gate : gates) {
      long output = limits.output(gate.compiled()).expected(expected.mostOutput());
      gate.needs(Math.clamp(expected.input() + output, 1, gate.limit().amount()));
    }
  }

  /** Something begins that may have models asked, or is one. */
  void begin() {
    open++;
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
    long output = inference.tokens().output();
    for (Gate gate : gates) {
      if (gate.holds()) {
        take(gate, inference, now);
        if (inference.ending() == Inference.Ending.ANSWERED && output > 0) {
          limits.output(gate.compiled()).wrote(output);
        }
      }
    }
  }

  private void take(Gate gate, Inference inference, long now) {
    long tokens = inference.tokens().total();
    BackendRef other = standIn(inference);
    if (gate.limit().by() == Limit.By.BACKEND && other != null) {
      Allowance others = limits.allowance(gate.compiled(), exchange, other, now);
      others.ended(tokens, now);
      limits.tellSoon(others);
    } else {
      gate.took(tokens, now);
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
