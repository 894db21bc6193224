package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The effective cache policy of a rule, merged from every {@code CachePolicy} that reaches it.
 *
 * @param defaultTtlMillis how long an answer without explicit freshness stays fresh; null: the
 *     heuristics of RFC 9111 §4.2.2
 * @param maxTtlMillis no answer stays fresh longer; null: no bound
 * @param staleWhileRevalidateMillis how long beyond that an answer is served while it is brought up
 *     to date, where it does not say itself; null: not at all
 * @param staleIfErrorMillis how long beyond that an answer stands in for one that the backend fails
 *     to give, where it does not say itself; null: not at all
 * @param query which query parameters are in the key, and in which the backend's answer may differ
 * @param headers request header fields in the key, lower-case
 * @param tags what entries can be purged by, beside host and path; may be left out
 * @param maxUnverifiedMillis how long the pod's own entries are trusted without a living
 *     invalidation channel
 * @param options what was added later; may be left out
 */
public record CacheRule(
    @Nullable Long defaultTtlMillis,
    @Nullable Long maxTtlMillis,
    @Nullable Long staleWhileRevalidateMillis,
    @Nullable Long staleIfErrorMillis,
    QueryKey query,
    List<String> headers,
    Tags tags,
    long maxUnverifiedMillis,
    OnLogLoss onLogLoss,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = CacheOptions.Unsaid.class)
        CacheOptions options) {

  /** What happens to hits when no invalidation channel has lived for {@code maxUnverified}. */
  public enum OnLogLoss {
    /** Availability: go on serving. */
    SERVE,
    /** Correctness: ask the origin. */
    BYPASS
  }

  /**
   * Which query parameters are keyed; the others are not sent to the backend for an answer that may
   * be kept.
   *
   * @param names globs with {@code *}; empty with {@code ALL}
   */
  public record QueryKey(Mode mode, List<String> names) {

    /** How the names are read. */
    public enum Mode {
      ALL,
      INCLUDE,
      EXCLUDE
    }

    public QueryKey {
      Check.present("mode", mode);
      names = Check.list("names", names);
      Check.that(mode != Mode.ALL || names.isEmpty(), "names", "goes with INCLUDE or EXCLUDE");
    }
  }

  /**
   * Where an entry's tags come from.
   *
   * @param fromHeaders response header fields that carry tags, lower-case
   * @param add tags of every entry
   */
  public record Tags(List<String> fromHeaders, List<String> add) {
    /** Nothing is tagged. */
    public static final Tags NONE = new Tags(List.of(), List.of());

    public Tags {
      fromHeaders = Check.list("fromHeaders", fromHeaders);
      add = Check.list("add", add);
    }
  }

  public CacheRule {
    notNegative("defaultTtlMillis", defaultTtlMillis);
    notNegative("maxTtlMillis", maxTtlMillis);
    notNegative("staleWhileRevalidateMillis", staleWhileRevalidateMillis);
    notNegative("staleIfErrorMillis", staleIfErrorMillis);
    Check.present("query", query);
    headers = Check.list("headers", headers);
    tags = tags == null ? Tags.NONE : tags;
    Check.range("maxUnverifiedMillis", maxUnverifiedMillis, 0, Long.MAX_VALUE);
    Check.present("onLogLoss", onLogLoss);
    options = options == null ? CacheOptions.NONE : options;
  }

  /** Without options. */
  public CacheRule(
      @Nullable Long defaultTtlMillis,
      @Nullable Long maxTtlMillis,
      @Nullable Long staleWhileRevalidateMillis,
      @Nullable Long staleIfErrorMillis,
      QueryKey query,
      List<String> headers,
      Tags tags,
      long maxUnverifiedMillis,
      OnLogLoss onLogLoss) {
    this(
        defaultTtlMillis,
        maxTtlMillis,
        staleWhileRevalidateMillis,
        staleIfErrorMillis,
        query,
        headers,
        tags,
        maxUnverifiedMillis,
        onLogLoss,
        CacheOptions.NONE);
  }

  /** The same with other options. */
  public CacheRule with(CacheOptions others) {
    return new CacheRule(
        defaultTtlMillis,
        maxTtlMillis,
        staleWhileRevalidateMillis,
        staleIfErrorMillis,
        query,
        headers,
        tags,
        maxUnverifiedMillis,
        onLogLoss,
        others);
  }

  private static void notNegative(String what, @Nullable Long millis) {
    Check.range(what, millis == null ? 0 : millis, 0, Long.MAX_VALUE);
  }
}
