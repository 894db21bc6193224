package io.warmgate.config;

/**
 * How the ends of entries are spread.
 *
 * @param jitterPercent lifetimes are shorter by up to so much, by the same for the same key
 * @param earlyRefresh whether a hot entry is brought up to date before it is stale
 */
public record Expiry(int jitterPercent, EarlyRefresh earlyRefresh) {
  /** Each lifetime is what it is. */
  public static final Expiry NONE = new Expiry(0, EarlyRefresh.OFF);

  /** Whether a fresh entry may be fetched anew. */
  public enum EarlyRefresh {
    OFF,
    /** By chance, the more likely the nearer its end and the longer its fetch took. */
    ON
  }

  public Expiry {
    Check.range("jitterPercent", jitterPercent, 0, 100);
    Check.present("earlyRefresh", earlyRefresh);
  }
}
