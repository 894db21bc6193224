package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.RequestView.Target;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Credentials and sessions in URLs, by the names of query parameters and of path parameters ({@code
 * ;jsessionid=}). What {@link #isOne is one} counts as {@code Authorization} does: RFC 9111 §3.5.
 * What only {@link #mayBeOne may be one} is kept out of logs and traces.
 *
 * <p>Names are compared decoded, in lower case and without what is no letter or digit, so that
 * {@code access_token}, {@code accessToken} and {@code access_token[]} are one.
 */
public final class Credentials {
  /**
   * {@code key}, {@code code} and {@code state} are not among them: they name a thing as often, and
   * would keep it from being stored.
   */
  private static final Set<String> NAMES =
      Set.of(
          "accesskey",
          "accesskeyid",
          "accesstoken",
          "apikey",
          "apitoken",
          "aspnetsessionid",
          "auth",
          "authkey",
          "authorization",
          "authtoken",
          "awsaccesskeyid",
          "bearer",
          "bearertoken",
          "cfid",
          "cftoken",
          "clientsecret",
          "hmac",
          "idtoken",
          "jsessionid",
          "jwt",
          "keypairid",
          "otp",
          "passwd",
          "password",
          "phpsessid",
          "privatetoken",
          "pwd",
          "refreshtoken",
          "samlresponse",
          "sas",
          "secret",
          "securitytoken",
          "sessid",
          "session",
          "sessionid",
          "sessiontoken",
          "sid",
          "sig",
          "signature",
          "subscriptionkey",
          "token",
          "usertoken",
          "xamzcredential",
          "xamzsecuritytoken",
          "xamzsignature",
          "xapikey",
          "xgoogcredential",
          "xgoogsignature");

  private static final Set<String> SUSPECTS = Set.of("key", "code", "pin", "state", "nonce");

  private static final List<String> SUSPECT_PARTS =
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
          "sessid",
          "apikey",
          "accesskey",
          "private",
          "jwt");

  /** What stands for a value that is not shown. */
  private static final String HIDDEN = "***";

  private Credentials() {}

  /** Whether the target has a credential or a session in it. */
  public static boolean inTarget(Target target) {
    return inPath(target.path()) || (target.query() != null && inQuery(target.query()));
  }

  private static boolean inPath(String path) {
    int semicolon = path.indexOf(';');
    return semicolon >= 0 && has(path, semicolon + 1, ";/");
  }

  private static boolean inQuery(String query) {
    return query.indexOf('=') >= 0 && has(query, 0, "&;");
  }

  /**
   * Whether the name of a parameter is one of a credential.
   *
   * @param name as sent, percent-encoded
   */
  public static boolean isOne(String name) {
    return NAMES.contains(plain(name));
  }

  /** Whether the parameter's value is better not shown: {@link #isOne}, or looks like it. */
  public static boolean mayBeOne(String name) {
    String plain = plain(name);
    return NAMES.contains(plain)
        || SUSPECTS.contains(plain)
        || SUSPECT_PARTS.stream().anyMatch(plain::contains);
  }

  /**
   * A query with the values hidden that may be credentials. What follows {@code ;} is a parameter
   * of its own, as some take it.
   *
   * @param query as sent, without {@code ?}
   */
  public static String hiddenInQuery(String query) {
    return query.indexOf('=') < 0 ? query : hidden(query, 0, "&;");
  }

  /** A path with the values of path parameters hidden that may be credentials. */
  public static String hiddenInPath(String path) {
    int semicolon = path.indexOf(';');
    return semicolon < 0 ? path : hidden(path, semicolon + 1, ";/");
  }

  private static boolean has(String text, int start, String separators) {
    for (int from = start; from < text.length(); ) {
      int end = end(text, from, separators);
      if (name(text, from, end, Credentials::isOne) != null) {
        return true;
      }
      from = end + 1;
    }
    return false;
  }

  private static String hidden(String text, int start, String separators) {
    StringBuilder shown = new StringBuilder(text.length()).append(text, 0, start);
    for (int from = start; from <= text.length(); ) {
      int end = end(text, from, separators);
      @Nullable String name = name(text, from, end, Credentials::mayBeOne);
      if (name == null) {
        shown.append(text, from, end);
      } else {
        shown.append(name).append('=').append(HIDDEN);
      }
      if (end < text.length()) {
        shown.append(text.charAt(end));
      }
      from = end + 1;
    }
    return shown.toString();
  }

  /**
   * The name of the parameter where it has a value and the predicate holds; else null. What follows
   * a slash is a segment, no parameter.
   */
  private static @Nullable String name(String text, int from, int end, Predicate<String> holds) {
    int equals = text.indexOf('=', from, end);
    if (equals < 0 || (from > 0 && text.charAt(from - 1) == '/')) {
      return null;
    }
    String name = text.substring(from, equals);
    return holds.test(name) ? name : null;
  }

  private static int end(String text, int from, String separators) {
    for (int i = from; i < text.length(); i++) {
      if (separators.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return text.length();
  }

  private static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (char c : decoded(name).toLowerCase(Locale.ROOT).toCharArray()) {
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static String decoded(String name) {
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return name;
    }
  }
}
