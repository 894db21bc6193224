package io.warmgate.config.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warmgate.config.ConfigException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a {@link WarmOrder}.
 *
 * @param outcomes one a request, in the order's order
 */
public record WarmReport(List<Outcome> outcomes) {

  /** What became of a request. */
  public enum Result {
    /** A backend was asked, and its answer is in the cache. */
    FILLED,
    /** An entry was there and may be used. */
    HIT,
    /** Nothing that may be used was there; no backend was asked (CERTIFY). */
    MISSING,
    /** The answer may not be kept, though one like it was, or it is gone (404, 410). */
    CHANGED,
    /** No answer, or a 5xx, or too late. */
    FAILED,
    /** The release has no rule, or no cache, for it. */
    NOT_ROUTED
  }

  /**
   * What an answer of a model costs.
   *
   * @param currency by ISO 4217
   * @param nanos billionths of its unit; at least 0
   */
  public record Cost(String currency, long nanos) {
    public Cost {
      if (currency == null || nanos < 0) {
        throw new ConfigException("cost", "needs a currency, and nanos of at least 0");
      }
    }
  }

  /**
   * @param status of the answer; 0 where there was none
   * @param asked whether a backend was asked
   * @param millis until the answer's head; 0 where there was none
   * @param freshMillis how long the entry may still be used without asking; 0 where there is none
   * @param detail why, in words, where it is not FILLED or HIT; else null
   * @param links where it is FILLED or HIT: references of the answer's links by the relations that
   *     the order names, as they stand there
   * @param tokens that a model read and wrote for it; null, and then not written: none was asked
   * @param cost what that costs; null, and then not written: no model with a price was asked
   */
  public record Outcome(
      Result result,
      int status,
      boolean asked,
      long millis,
      long freshMillis,
      @Nullable String detail,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> links,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long tokens,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Cost cost) {
    public Outcome {
      if (result == null) {
        throw new ConfigException("result", "is missing");
      }
      links = links == null ? List.of() : List.copyOf(links);
    }

    /** The same, with these links. */
    public Outcome linking(List<String> references) {
      return new Outcome(
          result, status, asked, millis, freshMillis, detail, references, tokens, cost);
    }

    /**
     * The same, for which a model took so many tokens.
     *
     * @param costs null: it has no price
     */
    public Outcome taking(long took, @Nullable Cost costs) {
      return new Outcome(
          result,
          status,
          asked,
          millis,
          freshMillis,
          detail,
          links,
          took == 0 ? null : took,
          costs);
    }

    /** Tokens that a model took for it. */
    public long taken() {
      return tokens == null ? 0 : tokens;
    }

    /** Without links. */
    public Outcome(
        Result result,
        int status,
        boolean asked,
        long millis,
        long freshMillis,
        @Nullable String detail) {
      this(result, status, asked, millis, freshMillis, detail, List.of(), null, null);
    }
  }

  public WarmReport {
    outcomes = List.copyOf(outcomes);
  }
}
