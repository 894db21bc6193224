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

  /** Of limits of models, tokens that are written; null: nothing was expected yet. */
  private @Nullable Expecting output;

  /** The same in microseconds; null: they cost nothing. */
  private @Nullable Expecting time;

  private boolean asked;
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
   * @param written tokens of its answer
   * @param computing microseconds until it has ended; null: they cost nothing
   * @param need all that it takes
   */
  void expects(Expecting written, @Nullable Expecting computing, long need) {
    end();
    output = written;
    time = computing;
    if (asked) {
      begin();
    }
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
    if (holds()) {
      asked = true;
      begin();
    }
  }

  private void begin() {
    if (output != null) {
      output.begins();
    }
    if (time != null) {
      time.begins();
    }
  }

  private void end() {
    if (output != null) {
      output.ends();
    }
    if (time != null) {
      time.ends();
    }
  }

  /**
   * A model answered.
   *
   * @param tokens that it wrote; 0: no answer that is written
   * @param micros that it computed; 0: not known
   */
  void answered(long tokens, long micros) {
    if (output != null && tokens > 0) {
      output.was(tokens);
    }
    if (time != null && micros > 0) {
      time.was(micros);
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
    asked = false;
    end();
  }
}
