package io.warmgate.server.cache;

import io.warmgate.config.Match;
import io.warmgate.config.Rule;
import io.warmgate.config.ValueMatch;
import io.warmgate.config.admin.ExplainRequest.Field;
import io.warmgate.config.admin.WarmRequest;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.entry.VariantIndex;
import io.warmgate.httpcache.key.AcceptEncoding;
import io.warmgate.httpcache.key.CacheKey;
import io.warmgate.httpcache.rule.Credentials;
import io.warmgate.server.cache.Layers.Found;
import io.warmgate.server.exchange.Exchange;
import io.warmgate.server.filter.UnkeyedFields;
import io.warmgate.server.hot.HotSketch;
import io.warmgate.server.hot.HotSketches;
import io.warmgate.server.hot.Sighting;
import io.warmgate.server.uri.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells the sketches which requests could have been answered by an entry. Of a request it keeps
 * what the key is made of, what the answer is known to vary by where that is nobody's own, and what
 * its rule matches by; nothing of one that carried a credential.
 */
record Sightings(HotSketches sketches) {
  /** Fields that many clients send alike. */
  private static final Set<String> COMMON = Set.of("accept", "accept-encoding", "accept-language");

  private static final int MAX_TARGET = 2_048;
  private static final int MAX_FIELDS = 1_024;

  /**
   * @param found as far as was looked; its entry is what the request can be answered by
   */
  void saw(CachedRequest request, CacheKey primary, Found found, long nowMillis) {
    String route = request.exchange().routeId();
    if (route == null) {
      return;
    }
    HotSketch sketch = sketches.of(route, nowMillis);
    int counts = sketch.sample(nowMillis);
    if (counts > 0) {
      looked(request, primary, found, sketch, counts);
    }
  }

  private void looked(
      CachedRequest request, CacheKey primary, Found found, HotSketch sketch, int counts) {
    // What people ask a model is not remembered: only who lists a question can have it warmed.
    if (request.exchange().question() != null || isPersonal(request, found)) {
      sketch.partitioned(counts);
      return;
    }
    Optional<WarmRequest> again = again(request, found);
    if (again.isEmpty()) {
      sketch.unlisted(counts);
      return;
    }
    sketches.listed(
        sketch,
        counts,
        new Sighting(again.get(), varied(found), request.recipe().generation(), primary.id()));
  }

  private static List<String> varied(Found found) {
    VariantIndex index = found.index();
    return index == null ? List.of() : index.names();
  }

  /** Whether the request tells whose it is, in a way that its answer may depend on. */
  private static boolean isPersonal(CachedRequest request, Found found) {
    Fields fields = request.view().fields();
    Recipe recipe = request.recipe();
    if (request.exchange().caller().subject() != null
        || fields.contains("authorization")
        || Credentials.inTarget(request.view().target())) {
      return true;
    }
    for (String name : recipe.keyedFields()) {
      if (!name.equals("cookie") && Credentials.mayBeOne(name) && fields.contains(name)) {
        return true;
      }
    }
    for (String name : recipe.partition().credentialFields()) {
      if (fields.contains(name)) {
        return true;
      }
    }
    if (!fields.contains("cookie")) {
      return false;
    }
    // With a cookie that tells somebody from others, only what was answered by everybody's entry.
    return recipe.keyedFields().contains("cookie")
        || varied(found).contains("cookie")
        || (found.entry() == null && recipe.policy().cookies().isPersonal(fields));
  }

  /** The request as it can be made again; empty: it cannot. */
  private static Optional<WarmRequest> again(CachedRequest request, Found found) {
    Exchange exchange = request.exchange();
    Target target = exchange.target();
    String query = request.recipe().keys().kept(target.query());
    String asked = query == null ? target.path() : target.path() + "?" + query;
    if (request.isPosted() || asked.length() > MAX_TARGET) {
      return Optional.empty();
    }
    Fields fields = request.view().fields();
    List<Field> kept = new ArrayList<>(4);
    int length = 0;
    for (String name : names(request, found)) {
      if (fields.contains(name)) {
        if (isOnesOwn(name)) {
          return Optional.empty();
        }
        String value = value(name, fields);
        length += value.length();
        kept.add(new Field(name, value));
      }
    }
    for (String name : varied(found)) {
      if (!COMMON.contains(name)
          && !request.recipe().keyedFields().contains(name)
          && fields.contains(name)
          && !name.equals("cookie")) {
        return Optional.empty();
      }
    }
    return length > MAX_FIELDS
        ? Optional.empty()
        : Optional.of(
            new WarmRequest(
                "GET",
                exchange.listener().name(),
                scheme(exchange),
                target.authority(),
                asked,
                kept));
  }

  private static @Nullable String scheme(Exchange exchange) {
    String own = exchange.arrival().secure() ? "https" : "http";
    String said = exchange.target().scheme();
    return said.equals(own) ? null : said;
  }

  /** Proxies say it, or it may be a credential: it is not sent in a client's place. */
  private static boolean isOnesOwn(String name) {
    return UnkeyedFields.is(name) || Credentials.mayBeOne(name);
  }

  private static Set<String> names(CachedRequest request, Found found) {
    Set<String> names = new TreeSet<>(request.recipe().keyedFields());
    names.remove("cookie");
    for (String name : varied(found)) {
      if (COMMON.contains(name)) {
        names.add(name);
      }
    }
    Rule rule = Objects.requireNonNull(request.exchange().rule(), "it was matched");
    for (Match match : rule.matches()) {
      for (ValueMatch header : match.headers()) {
        names.add(header.name().toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  private static String value(String name, Fields fields) {
    List<String> lines = fields.all(name);
    String canonical = name.equals(AcceptEncoding.FIELD) ? AcceptEncoding.canonical(lines) : null;
    return canonical != null ? canonical : String.join(", ", lines);
  }
}
