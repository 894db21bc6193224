package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How much may be asked for. Every pod of the gateway counts in the same place.
 *
 * @param name unique where it stands; clients read it in {@code RateLimit} fields
 * @param by what is counted apart
 * @param unit what is counted
 * @param amount so many; with {@code perMillis} within any so long. At least 1; of {@code COST} in
 *     billionths of the currency's unit
 * @param perMillis a second, a minute, a day or another time; 0 with {@code CONCURRENCY}
 * @param hits whether an answer from the cache counts; with {@code TOKENS} and {@code COST} it has
 *     none
 * @param mode whether somebody is refused
 * @param currency of {@code COST}, by ISO 4217; null, and then not written: of all else
 */
public record Limit(
    String name,
    By by,
    Unit unit,
    long amount,
    long perMillis,
    Hits hits,
    Mode mode,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String currency) {

  /** What is counted apart. */
  public enum By {
    /**
     * Each consumer, or each subject where a token is no consumer's; whoever is nobody, together.
     */
    CONSUMER,
    /** All requests of the rule together. */
    ROUTE,
    /** Each backend; each model. */
    BACKEND,
    /** Each client address; of IPv6 each /64. */
    CLIENT_ADDRESS
  }

  /** What is counted. */
  public enum Unit {
    REQUESTS,
    /** Requests that are under way. */
    CONCURRENCY,
    /** Of content, to and from the client. */
    BYTES,
    /** That models read and wrote for the client. */
    TOKENS,
    /** What models cost for the client, in billionths of the currency's unit. */
    COST;

    /** Whether models alone take of it, so much as they say when they have answered. */
    public boolean isOfModels() {
      return this == TOKENS || this == COST;
    }
  }

  /** Whether an answer from the cache counts. */
  public enum Hits {
    FREE,
    COUNTED
  }

  /** Whether somebody is refused. */
  public enum Mode {
    /** Who is above it gets 429. */
    ENFORCE,
    /** It is counted and reported alone. */
    SHADOW
  }

  public Limit {
    Check.text("name", name);
    Check.present("by", by);
    Check.present("unit", unit);
    Check.range("amount", amount, 1, 1L << 50);
    Check.range("perMillis", perMillis, 0, 31L * 86_400_000);
    Check.that(
        (unit == Unit.CONCURRENCY) == (perMillis == 0),
        "perMillis",
        "is there with REQUESTS, BYTES, TOKENS and COST, and only there");
    Check.present("hits", hits);
    Check.that(
        !unit.isOfModels() || hits == Hits.FREE, "hits", "is FREE with TOKENS and with COST");
    Check.present("mode", mode);
    Check.that(
        (unit == Unit.COST) == (currency != null),
        "currency",
        "is there with COST, and only there");
  }

  /** Of anything but money. */
  public Limit(String name, By by, Unit unit, long amount, long perMillis, Hits hits, Mode mode) {
    this(name, by, unit, amount, perMillis, hits, mode, null);
  }

  /** Whether it knows what the model takes of it: money in another currency it does not. */
  public boolean counts(Model model) {
    Price price = model.price();
    return currency == null || (price != null && price.currency().equals(currency));
  }
}
