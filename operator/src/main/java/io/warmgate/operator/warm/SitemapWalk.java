package io.warmgate.operator.warm;

import io.warmgate.config.admin.ReadOrder;
import io.warmgate.config.admin.ReadReport;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.operator.source.Sitemap;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads sitemaps and those that they name, each of the origin, until there is no more or enough.
 * What is of another host than the sitemap is left out: the protocol has it so, and nobody's
 * sitemap sends requests elsewhere.
 */
final class SitemapWalk {
  static final int MAX_DOCUMENTS = 50;
  static final int MAX_PAGES = 10_000;
  private static final int MAX_BYTES = 4 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Function<WarmRequest, Optional<ReadReport>> reader;
  private final Predicate<WarmRequest> taken;
  private final Set<WarmRequest> pages = new LinkedHashSet<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * @param reader asks a backend; empty where no pod could
   * @param taken whether the route takes a request
   */
  SitemapWalk(Function<WarmRequest, Optional<ReadReport>> reader, Predicate<WarmRequest> taken) {
    this.reader = reader;
    this.taken = taken;
  }

  static ReadOrder order(WarmTarget target, String release, WarmRequest document) {
    return new ReadOrder(target.route(), release, document, MAX_BYTES, PATIENCE.toMillis());
  }

  /** Those of the route that were found, in their order. */
  List<WarmRequest> pages() {
    return List.copyOf(pages);
  }

  /** Documents that could not be read, each with why. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  SitemapWalk walk(List<WarmRequest> roots) {
    Deque<WarmRequest> open = new ArrayDeque<>(roots);
    Set<WarmRequest> seen = new HashSet<>(roots);
    for (int read = 0;
        read < MAX_DOCUMENTS && !open.isEmpty() && pages.size() < MAX_PAGES;
        read++) {
      WarmRequest document = open.remove();
      Sitemap sitemap = read(document);
      for (String child : sitemap.children()) {
        WarmRequest next = at(document, child);
        if (next != null && seen.add(next)) {
          open.add(next);
        }
      }
      for (String url : sitemap.pages()) {
        WarmRequest page = at(document, url);
        if (page != null && taken.test(page) && pages.size() < MAX_PAGES) {
          pages.add(page);
        }
      }
    }
    return this;
  }

  private Sitemap read(WarmRequest document) {
    Optional<ReadReport> answer = reader.apply(document);
    try {
      if (answer.isEmpty()) {
        throw new IllegalArgumentException("no pod could ask for it");
      }
      ReadReport report = answer.get();
      if (report.status() != 200) {
        throw new IllegalArgumentException(
            report.status() == 0
                ? Objects.requireNonNullElse(report.detail(), "it was not answered")
                : "status " + report.status());
      }
      return Sitemap.parse(report.body(), MAX_PAGES);
    } catch (IllegalArgumentException e) {
      problems.add(document.target() + ": " + e.getMessage());
      return new Sitemap(List.of(), List.of());
    }
  }

  /** As clients of the sitemap's host would ask for it; null where it is another's. */
  private static @Nullable WarmRequest at(WarmRequest sitemap, String url) {
    try {
      URI uri = new URI(url);
      boolean same = name(sitemap.host()).equalsIgnoreCase(uri.getHost());
      String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      return !same
          ? null
          : new WarmRequest(
              "GET",
              sitemap.listener(),
              sitemap.scheme(),
              sitemap.host(),
              uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery(),
              sitemap.headers());
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }

  private static String name(String host) {
    int colon = host.indexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }
}
