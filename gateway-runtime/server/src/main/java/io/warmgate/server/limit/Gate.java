package io.warmgate.server.limit;

import io.warmgate.config.Limit;
import org.jspecify.annotations.Nullable;

/** One limit on a request's way. Confined to the request's event loop. */
final class Gate extends Claim {
  private final CompiledLimit compiled;
  private final Allowance allowance;

  /**
   * Of what models take, as far as is known; what was claimed stands for them until it is settled.
   */
  private long took;

  private boolean settled;

  /** Of limits of models, what answers wrote of late; null: nothing was expected yet. */
  private @Nullable OutputOfLate outputs;

  /** How many tokens the answer is expected to write. */
  private long output;

  private boolean writing;
  private boolean counted = true;

  Gate(CompiledLimit compiled, Allowance allowance) {
    super(1);
    this.compiled = compiled;
    this.allowance = allowance;
  }

  CompiledLimit compiled() {
    return compiled;
  }

  Limit limit() {
    return compiled.limit();
  }

  Allowance allowance() {
    return allowance;
  }

  boolean is(Limit.Hits hits) {
    return limit().hits() == hits;
  }

  /** Whether models take of it. */
  boolean isOfModels() {
    return limit().unit().isOfModels();
  }

  boolean enforces() {
    return limit().mode() == Limit.Mode.ENFORCE;
  }

  /**
   * What a model will take, about.
   *
   * @param of what its answer's length was guessed by
   * @param written how many tokens that is
   * @param need all that it takes
   */
  void expects(OutputOfLate of, long written, long need) {
    outputs = of;
    output = written;
    needs(Math.clamp(need, 1, limit().amount()));
  }

  /** Whether what is asked for can be counted in it at all. */
  void counted(boolean can) {
    counted = can;
  }

  /** Admits the request, if it may be. */
  Allowance.Taken take(long now) {
    if (counted) {
      return allowance.take(this, now);
    }
    taken(Allowance.Taken.REFUSED);
    return Allowance.Taken.REFUSED;
  }

  /** A model was asked. */
  void asked() {
    if (!writing && outputs != null && output > 0 && holds()) {
      outputs.begins(output);
      writing = true;
    }
  }

  /** An answer wrote so many tokens. */
  void wrote(long tokens) {
    if (outputs != null) {
      outputs.wrote(tokens);
    }
  }

  /** A model took so much more: what goes beyond the claim is counted. */
  void took(long more, long now) {
    long claimed = settled ? took : Math.max(took, need());
    took += more;
    allowance.ended(took - claimed, now);
  }

  /** No model takes more, as far as is known: what was claimed and not taken is put back. */
  void settle(long now) {
    if (!settled && holds() && took < need()) {
      allowance.putBack(this, need() - took, now);
    }
    settled = true;
    if (writing && outputs != null) {
      outputs.ends(output);
      writing = false;
    }
  }
}
