package io.warmgate.config;

import java.util.List;

/**
 * What more of a request shapes its key, beside the query and header fields of a rule.
 *
 * @param queryOrder whether the order of query parameters counts
 * @param cookies names of cookies in the key
 * @param ignoredCookies globs of cookies that tell nobody from others
 * @param credentialHeaders lower-case; each value of them has answers of its own, keyed by a
 *     digest; empty: everybody shares
 */
public record KeyParts(
    QueryOrder queryOrder,
    List<String> cookies,
    List<String> ignoredCookies,
    List<String> credentialHeaders) {
  /** The order counts, and nothing more is in the key. */
  public static final KeyParts NONE =
      new KeyParts(QueryOrder.KEEP, List.of(), List.of(), List.of());

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
  }
}
