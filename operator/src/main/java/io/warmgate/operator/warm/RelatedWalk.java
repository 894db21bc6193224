package io.warmgate.operator.warm;

import io.warmgate.config.admin.WarmRequest;
import io.warmgate.operator.source.Related;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Follows the links of answers that are warmed: as far as is asked for, to no more than {@value
 * #MAX_FOUND} others, and never away from the host and the route of the answer. What is found is
 * asked for as the answer was, which has no credentials.
 */
final class RelatedWalk {
  static final int MAX_FOUND = 1_000;

  private final Related related;
  private final Predicate<WarmRequest> taken;

  /** How many links lead to what was found. */
  private final Map<WarmRequest, Integer> depths = new LinkedHashMap<>();

  private final List<WarmRequest> news = new ArrayList<>();

  /**
   * @param taken whether the route takes a request
   */
  RelatedWalk(Related related, Predicate<WarmRequest> taken) {
    this.related = related;
    this.taken = taken;
  }

  /** All that was found so far, in its order. */
  List<WarmRequest> found() {
    return List.copyOf(depths.keySet());
  }

  /** What was found since this was asked last. */
  List<WarmRequest> news() {
    List<WarmRequest> found = List.copyOf(news);
    news.clear();
    return found;
  }

  /**
   * An answer has these links.
   *
   * @param planned whether a request is warmed already
   */
  void answered(WarmRequest asked, List<String> links, Predicate<WarmRequest> planned) {
    int depth = depths.getOrDefault(asked, 0) + 1;
    if (depth > related.depth()) {
      return;
    }
    for (String link : links) {
      WarmRequest next = at(asked, link);
      if (next == null || depths.size() >= MAX_FOUND) {
        continue;
      }
      if (depths.containsKey(next)) {
        depths.merge(next, depth, Math::min);
      } else if (!planned.test(next) && taken.test(next)) {
        depths.put(next, depth);
        news.add(next);
      }
    }
  }

  /** RFC 3986 §5.2; null where it is another host's, or no URL that can be asked for. */
  private static @Nullable WarmRequest at(WarmRequest from, String reference) {
    try {
      URI link = new URI(reference);
      if (link.isOpaque() || !isOf(from, link)) {
        return null;
      }
      URI base = new URI("http://host" + from.target());
      boolean here = link.getRawAuthority() == null && link.getRawPath().isEmpty();
      String query = link.getRawQuery();
      if (here && query == null) {
        return null; // the answer itself
      }
      // Java's resolve drops the last segment where a reference is a query alone.
      String path = here ? base.getRawPath() : base.resolve(link).getRawPath();
      String whole = path.isEmpty() ? "/" : path;
      return new WarmRequest(
          "GET",
          from.listener(),
          from.scheme(),
          from.host(),
          query == null ? whole : whole + "?" + query,
          from.headers());
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isOf(WarmRequest from, URI link) {
    String scheme = link.getScheme();
    String authority = link.getRawAuthority();
    boolean web =
        scheme == null || scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
    boolean ownScheme =
        scheme == null || from.scheme() == null || scheme.equalsIgnoreCase(from.scheme());
    return web && ownScheme && (authority == null || authority.equalsIgnoreCase(from.host()));
  }
}
