package io.warmgate.config.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.warmgate.config.ConfigException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Who or what is no longer let in.
 *
 * @param everybody no consumer at all: too many would have to be named
 * @param consumers what is taken from each; empty where {@code everybody} says it
 */
public record Revocation(
    boolean everybody, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Taken> consumers) {

  /** How much is named; beyond it less is said, and more is taken. */
  public static final int MAX_NAMES = 10_000;

  /** Nothing is taken. */
  public static final Revocation NOTHING = new Revocation(false, List.of());

  /** No consumer is let in. */
  public static final Revocation EVERYBODY = new Revocation(true, List.of());

  /**
   * What one consumer loses.
   *
   * @param consumer its id
   * @param whole all of it; the rest then names nothing
   * @param certificates lower-case hexadecimal SHA-256
   * @param routes ids of routes that it may no longer call
   */
  public record Taken(
      String consumer,
      boolean whole,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Key> keys,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> certificates,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> routes) {
    public Taken {
      if (consumer == null || consumer.isBlank()) {
        throw new ConfigException("consumer", "is missing");
      }
      keys = keys == null ? List.of() : List.copyOf(keys);
      certificates = certificates == null ? List.of() : List.copyOf(certificates);
      routes = routes == null ? List.of() : List.copyOf(routes);
    }

    /** All of that consumer. */
    public static Taken whole(String consumer) {
      return new Taken(consumer, true, List.of(), List.of(), List.of());
    }

    /** How many names it has. */
    public int names() {
      return (whole ? 1 : 0) + keys.size() + certificates.size() + routes.size();
    }
  }

  /**
   * A key that counts no longer, or not for as long as it did.
   *
   * @param sha256 lower-case hexadecimal
   * @param fromMillis since the epoch, from when it is none; null: at once
   */
  public record Key(
      String sha256, @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long fromMillis) {
    public Key {
      if (sha256 == null || sha256.isEmpty()) {
        throw new ConfigException("sha256", "is missing");
      }
    }
  }

  public Revocation {
    consumers = consumers == null || everybody ? List.of() : List.copyOf(consumers);
  }

  /** Whether nothing is taken. */
  public boolean takesNothing() {
    return !everybody && consumers.isEmpty();
  }

  /** How many names it has. */
  public int names() {
    return consumers.stream().mapToInt(Taken::names).sum();
  }

  /** The same where that is not too much to say; else whoever loses something loses all. */
  public Revocation bounded() {
    return names() > MAX_NAMES ? folded(List.of(this)) : this;
  }

  /** More than all of these in fewer names: whoever loses something loses all. */
  public static Revocation folded(Collection<Revocation> some) {
    SequencedSet<String> losers = new LinkedHashSet<>();
    for (Revocation one : some) {
      if (one.everybody) {
        return EVERYBODY;
      }
      one.consumers.forEach(taken -> losers.add(taken.consumer()));
    }
    return losers.size() > MAX_NAMES
        ? EVERYBODY
        : new Revocation(false, losers.stream().map(Taken::whole).toList());
  }
}
