package io.warmgate.operator.translate;

import io.warmgate.config.CacheRule;
import io.warmgate.config.Filter;
import io.warmgate.config.Json;
import io.warmgate.config.KeyParts;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.BackendRef;
import io.warmgate.crd.v1alpha1.RouteRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The releases of a rule's answers. Refs with the same version are one release and share entries,
 * refs with different ones never do.
 *
 * <p>A generation is made of whatever shapes an answer: the route, its version, the release's
 * version and backends, the filters that change what the backend is asked, and the parts of the
 * policy that shape the key. Never of weights, timeouts or lifetimes, nor of what runs after the
 * cache; nor of whether a backend is there at the moment.
 */
final class Generations {
  private static final CacheRule.QueryKey ALL =
      new CacheRule.QueryKey(CacheRule.QueryKey.Mode.ALL, List.of());

  private final ApiRoute route;
  private final RouteRule rule;
  private final List<String> asked;
  private final @Nullable CacheRule cache;
  private final Map<String, String> byVersion = new HashMap<>();

  Generations(ApiRoute route, RouteRule rule, List<Filter> filters, @Nullable CacheRule cache) {
    this.route = route;
    this.rule = rule;
    this.asked =
        filters.stream().filter(Generations::shapesRequest).map(Generations::text).toList();
    this.cache = cache;
  }

  /** 16 hexadecimal digits. */
  String of(BackendRef ref) {
    return byVersion.computeIfAbsent(version(ref), this::compute);
  }

  /** Of a ref that asks a model: each is for itself, since each is another part of the key. */
  String of(BackendRef ref, CompiledModel model) {
    Framed framed =
        start(version(ref))
            .add("model")
            .addAll(model.shape())
            .addAll(asked)
            .addAll(cache == null ? List.of() : cache.headers());
    if (cache != null) {
      KeyParts parts = cache.options().keyParts();
      framed.addAll(parts.credentialHeaders());
      addCallers(framed, parts.callers());
    }
    return framed.hash16();
  }

  private Framed start(String version) {
    return new Framed()
        .add(route.getMetadata().getNamespace())
        .add(route.getMetadata().getName())
        .add(Objects.requireNonNullElse(route.getSpec().version(), ""))
        .add(version);
  }

  private String compute(String version) {
    List<String> backends = new ArrayList<>();
    for (BackendRef ref : rule.backendRefs()) {
      if (version(ref).equals(version)) {
        backends.add(ref.url() == null ? ref.name() + ":" + ref.port() : ref.url());
      }
    }
    backends.sort(null);
    CacheRule.QueryKey query = cache == null ? ALL : cache.query();
    Framed framed = start(version);
    framed
        .addAll(backends)
        .addAll(asked)
        .add(query.mode().name())
        .addAll(query.names())
        .addAll(cache == null ? List.of() : cache.headers());
    if (cache != null && !cache.options().keyParts().equals(KeyParts.NONE)) {
      add(framed, cache.options().keyParts());
    }
    return framed.hash16();
  }

  /** Nothing where nothing is said: a policy that was there before these parts stays what it is. */
  private static void add(Framed framed, KeyParts parts) {
    framed
        .add("keyParts")
        .add(parts.queryOrder().name())
        .addAll(parts.cookies())
        .addAll(parts.ignoredCookies())
        .addAll(parts.credentialHeaders());
    addCallers(framed, parts.callers());
  }

  private static void addCallers(Framed framed, KeyParts.@Nullable CallerPartition callers) {
    if (callers != null) {
      framed.add("callers").add(Objects.requireNonNullElse(callers.claim(), ""));
    }
  }

  private static String text(Filter filter) {
    return new String(Json.write(filter), StandardCharsets.UTF_8);
  }

  private static String version(BackendRef ref) {
    return Objects.requireNonNullElse(ref.version(), "");
  }

  private static boolean shapesRequest(Filter filter) {
    return switch (filter) {
      case Filter.RequestHeaderModifier _, Filter.UrlRewrite _ -> true;
      case Filter.ResponseHeaderModifier _, Filter.RequestRedirect _, Filter.Cors _ -> false;
    };
  }
}
