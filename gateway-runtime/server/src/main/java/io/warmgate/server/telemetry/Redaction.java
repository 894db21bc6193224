package io.warmgate.server.telemetry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Hides in a query what may be a credential: the parameter's name is kept, its value is not. */
final class Redaction {
  private static final Set<String> WHOLE =
      Set.of("key", "code", "sig", "sid", "otp", "pin", "sas", "state", "nonce");
  private static final List<String> PARTS =
      List.of(
          "token",
          "secret",
          "passw",
          "pwd",
          "passphrase",
          "auth",
          "credential",
          "signature",
          "session",
          "apikey",
          "api_key",
          "api-key",
          "access_key",
          "accesskey",
          "private",
          "jwt");

  private Redaction() {}

  /**
   * @param query as sent, without {@code ?}
   */
  static String of(String query) {
    if (query.indexOf('=') < 0) {
      return query;
    }
    StringBuilder shown = new StringBuilder(query.length());
    int from = 0;
    while (from <= query.length()) {
      int end = query.indexOf('&', from);
      end = end < 0 ? query.length() : end;
      int equals = query.indexOf('=', from);
      if (equals >= 0 && equals < end && secret(query.substring(from, equals))) {
        shown.append(query, from, equals).append("=***");
      } else {
        shown.append(query, from, end);
      }
      if (end < query.length()) {
        shown.append('&');
      }
      from = end + 1;
    }
    return shown.toString();
  }

  private static boolean secret(String name) {
    String plain = decoded(name).toLowerCase(Locale.ROOT);
    return WHOLE.contains(plain) || PARTS.stream().anyMatch(plain::contains);
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
