package io.warmgate.crd.v1alpha1;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Header fields that no request has that is made for everybody: credentials, conditions, ranges,
 * and what is a connection's own.
 */
public final class UnwarmedHeaders {
  /** As a list in CEL, in lower case. */
  static final String CEL =
      "['authorization', 'connection', 'content-length', 'cookie', 'expect', 'host', 'if-match',"
          + " 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since',"
          + " 'proxy-authorization', 'range', 'te', 'transfer-encoding', 'upgrade',"
          + " 'warmgate-preview']";

  private static final Set<String> NAMES =
      Arrays.stream(CEL.split("[\\[\\]', ]+", -1))
          .filter(name -> !name.isEmpty())
          .collect(Collectors.toUnmodifiableSet());

  private UnwarmedHeaders() {}

  /**
   * @param name in any case
   */
  public static boolean has(String name) {
    return NAMES.contains(name.toLowerCase(Locale.ROOT));
  }
}
