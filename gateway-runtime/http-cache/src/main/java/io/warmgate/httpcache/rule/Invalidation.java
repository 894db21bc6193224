package io.warmgate.httpcache.rule;

import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.RequestView.Target;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an unsafe method makes stale, <a
 * href="https://www.rfc-editor.org/rfc/rfc9111#section-4.4">RFC 9111 §4.4</a>.
 */
public final class Invalidation {
  /** RFC 9110 §9.2.1; methods "whose safety is unknown" (§4.4) are not among them. */
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private Invalidation() {}

  /** The targets whose entries are to be dropped; empty for most requests. */
  public static Set<Target> targets(RequestView request, int status, Fields response) {
    if (!isChange(request, status)) {
      return Set.of();
    }
    // "A cache MUST invalidate the target URI (Section 7.1 of [HTTP]) when it receives a non-error
    // status code in response to an unsafe request method (including methods whose safety is
    // unknown)."
    Set<Target> targets = new LinkedHashSet<>();
    targets.add(request.target());
    // "A cache MAY invalidate other URIs [...]. In particular, the URI(s) in the Location and
    // Content-Location response header fields (if present) are candidates for invalidation".
    sameOrigin(request.target(), response.first("location")).ifPresent(targets::add);
    sameOrigin(request.target(), response.first("content-location")).ifPresent(targets::add);
    return targets;
  }

  /** Whether a request of this method may change something, as far as anybody knows. */
  public static boolean isUnsafe(String method) {
    return !SAFE.contains(method);
  }

  /** "A "non-error response" is one with a 2xx (Successful) or 3xx (Redirection) status code." */
  static boolean isChange(RequestView request, int status) {
    return isUnsafe(request.method()) && status >= 200 && status <= 399;
  }

  /**
   * "However, a cache MUST NOT trigger an invalidation under these conditions if the origin
   * (Section 4.3.1 of [HTTP]) of the URI to be invalidated differs from that of the target URI":
   * this helps prevent denial-of-service attacks.
   */
  private static Optional<Target> sameOrigin(Target target, @Nullable String reference) {
    if (reference == null) {
      return Optional.empty();
    }
    try {
      String base = target.scheme() + "://" + target.authority() + target.path();
      URI uri = new URI(base).resolve(new URI(ListMembers.trim(reference))).normalize();
      @Nullable String path = uri.getRawPath();
      boolean same =
          target.scheme().equalsIgnoreCase(uri.getScheme())
              && withoutDefaultPort(target.scheme(), target.authority())
                  .equals(withoutDefaultPort(target.scheme(), uri.getRawAuthority()));
      return same && path != null
          ? Optional.of(
              new Target(
                  target.scheme(),
                  target.authority(),
                  path.isEmpty() ? "/" : path,
                  uri.getRawQuery()))
          : Optional.empty();
    } catch (URISyntaxException _) {
      // Not a URI reference: no candidate.
      return Optional.empty();
    }
  }

  /** The authority in lower case: the origin is the same with its scheme's port and without. */
  static String withoutDefaultPort(String scheme, @Nullable String authority) {
    if (authority == null) {
      return "";
    }
    String lower = authority.toLowerCase(Locale.ROOT);
    String port = scheme.equalsIgnoreCase("https") ? ":443" : ":80";
    return lower.endsWith(port) ? lower.substring(0, lower.length() - port.length()) : lower;
  }
}
