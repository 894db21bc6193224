package io.warmgate.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What more of a request shapes its key, beside the query and header fields of a rule.
 *
 * @param queryOrder whether the order of query parameters counts
 * @param cookies names of cookies in the key
 * @param ignoredCookies globs of cookies that tell nobody from others
 * @param credentialHeaders lower-case; each value of them has answers of its own, keyed by a
 *     digest; empty: everybody shares
 * @param callers each verified caller has answers of its own; null, and then not written: not
 */
public record KeyParts(
    QueryOrder queryOrder,
    List<String> cookies,
    List<String> ignoredCookies,
    List<String> credentialHeaders,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable CallerPartition callers) {
  /** The order counts, and nothing more is in the key. */
  public static final KeyParts NONE =
      new KeyParts(QueryOrder.KEEP, List.of(), List.of(), List.of());

  /**
   * Whose answers a key's are, by who was verified. A request of nobody is neither looked up nor
   * kept.
   *
   * @param claim whose value tells callers apart; null: the consumer does
   */
  public record CallerPartition(
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String claim) {}

  /** In which order query parameters are keyed. */
  public enum QueryOrder {
    /** As they came. */
    KEEP,
    /** By name. */
    SORT
  }

  public KeyParts {
    Check.present("queryOrder", queryOrder);
    cookies = Check.list("cookies", cookies);
    ignoredCookies = Check.list("ignoredCookies", ignoredCookies);
    credentialHeaders = Check.list("credentialHeaders", credentialHeaders);
    Check.that(
        callers == null || credentialHeaders.isEmpty(),
        "credentialHeaders",
        "is there, and callers are verified");
  }

  /** Where callers are not told apart by who was verified. */
  public KeyParts(
      QueryOrder queryOrder,
      List<String> cookies,
      List<String> ignoredCookies,
      List<String> credentialHeaders) {
    this(queryOrder, cookies, ignoredCookies, credentialHeaders, null);
  }
}
