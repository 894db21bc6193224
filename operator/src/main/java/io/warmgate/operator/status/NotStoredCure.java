package io.warmgate.operator.status;

import java.util.Map;
import java.util.SortedMap;

/** What helps where the origin's answers are none to be kept. */
final class NotStoredCure {
  private NotStoredCure() {}

  /**
   * @param reasons tokens of {@code Cache-Status}, with how often each was the reason
   */
  static String of(SortedMap<String, Long> reasons) {
    String most =
        reasons.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse("");
    return most.isEmpty() ? "Cache-Status says why" : "Mostly " + most + ": " + words(most);
  }

  private static String words(String token) {
    return switch (token) {
      case "no-freshness" ->
          "the origin does not say for how long they are fresh; ttl.byStatus does where it is set";
      case "expired" ->
          "they are never fresh, and have no ETag or Last-Modified to ask by; ttl.default is for"
              + " those of which the origin says nothing, mode: Override for all";
      case "no-store", "private" ->
          "the origin forbids it (Cache-Control), and no policy overrides that";
      case "set-cookie" -> "the origin sets a cookie on them; have it set cookies elsewhere";
      case "cookie" ->
          "requests carry cookies that the policy does not know: name them in key.ignoredCookies or"
              + " key.cookies";
      case "authorization" ->
          "requests carry credentials and the origin does not allow sharing; key.partitionBy:"
              + " Credential keeps them apart";
      case "credentials-in-url" -> "the URLs carry credentials or sessions; move them to a header";
      case "error-status" -> "the origin answers with errors that are not kept";
      case "too-large", "too-small" -> "see minBodySize, maxBodySize and cache.local.maxMemory";
      case "vary-any", "vary-limit" -> "the origin's Vary has them differ by too much";
      case "tag-limit" -> "the origin gives them more tags than are kept";
      default -> "Cache-Status of such an answer, or ./warmgate explain, says more";
    };
  }
}
