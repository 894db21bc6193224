package io.warmgate.config;

import java.util.List;

/** A configuration that uses every part of the contract once. */
final class Samples {
  private static final String FINGERPRINT = "0123456789abcdef".repeat(4);

  private Samples() {}

  static GatewayConfig everything() {
    return new GatewayConfig(
        new GatewayRef("shop", "edge", "7d1c2b1e-0000-4000-8000-000000000001"),
        List.of(
            new Listener(
                "http", 80, 8080, Listener.Protocol.HTTP, null, null, List.of("10.0.0.0/8")),
            new Listener(
                "https",
                443,
                8443,
                Listener.Protocol.HTTPS,
                "*.example.com",
                new ListenerTls(
                    value("shop/cert/tls.crt"),
                    value("shop/cert/tls.key"),
                    new ClientCertificates(
                        ClientCertificates.Mode.OPTIONAL, value("shop/partners/ca.crt"))),
                List.of())),
        List.of(
            new Route(
                "shop/catalog",
                List.of("http", "https"),
                List.of("shop.example.com"),
                List.of(products(), moved()),
                new Shift(
                    "a1b2",
                    "c3d4",
                    List.of(moved()),
                    30,
                    new LoadBalancing.HashOn(LoadBalancing.HashOn.Source.COOKIE, "id"),
                    List.of(new ValueMatch(ValueMatch.Type.EXACT, "x-canary", "yes"))))),
        backends(),
        new CacheLayers(
            64 << 20,
            new CacheLayers.SharedCache(
                "edge-cache.shop.svc",
                6379,
                null,
                value("shop/edge-cache/password"),
                new BackendTls(
                    "edge-cache",
                    value("shop/redis-ca/ca.crt"),
                    value("shop/redis-client/tls.crt"),
                    value("shop/redis-client/tls.key")),
                List.of(value("shop/edge-keys/k2"), value("shop/edge-keys/k1"))),
            LocalEviction.LRU),
        new ClientLimits(16_384, 10 << 20, 10_000, 60_000, 10_000),
        new Telemetry(true, new Telemetry.Tracing("http://otel:4318", 1.5)));
  }

  private static ValueRef value(String name) {
    return new ValueRef(name, FINGERPRINT);
  }

  private static Rule products() {
    return new Rule(
        "products",
        List.of(
            new Match(
                new PathMatch(PathMatch.Type.PREFIX, "/products"),
                List.of(new ValueMatch(ValueMatch.Type.EXACT, "x-env", "prod")),
                List.of(new ValueMatch(ValueMatch.Type.REGULAR_EXPRESSION, "page", "[0-9]+")),
                "GET")),
        List.of(
            new Filter.RequestHeaderModifier(
                List.of(new Filter.Header("x-set", "1")), List.of(), List.of("x-gone")),
            new Filter.ResponseHeaderModifier(
                List.of(), List.of(new Filter.Header("x-add", "2")), List.of()),
            new Filter.UrlRewrite(
                "catalog.internal",
                new Filter.PathModifier(Filter.PathModifier.Type.PREFIX, "/v2")),
            new Filter.Cors(
                List.of("https://*.example.com"),
                List.of("GET"),
                List.of("*"),
                List.of(),
                false,
                60)),
        List.of(
            new BackendRef("shop/catalog:8080", 9, "g1"),
            new BackendRef("https://eu.example.com", 1, "g1")),
        null,
        new Timeouts(10_000, 5_000),
        new Retry(2, 25),
        new CacheRule(
            900_000L,
            86_400_000L,
            30_000L,
            3_600_000L,
            new CacheRule.QueryKey(CacheRule.QueryKey.Mode.EXCLUDE, List.of("utm_*")),
            List.of("accept-language"),
            new CacheRule.Tags(List.of("surrogate-key", "cache-tag"), List.of("catalog")),
            30_000,
            CacheRule.OnLogLoss.SERVE,
            options()),
        null,
        List.of(),
        new IdempotencyRule(
            "idempotency-key",
            IdempotencyRule.Mode.REQUIRED,
            86_400_000,
            List.of(IdempotencyRule.Method.POST, IdempotencyRule.Method.PATCH),
            1 << 20,
            IdempotencyRule.OnUnavailable.DENY),
        null);
  }

  private static CacheOptions options() {
    return new CacheOptions(
        new Lifetimes(
            Lifetimes.Mode.OVERRIDE,
            List.of(new Lifetimes.OfStatus(3, 60_000), new Lifetimes.OfStatus(301, 3_600_000)),
            10_000L),
        new KeyParts(
            KeyParts.QueryOrder.SORT,
            List.of("tier"),
            List.of("_ga*"),
            List.of("authorization", "x-api-key")),
        new Expiry(10, Expiry.EarlyRefresh.ON),
        new Methods(List.of(Methods.Name.GET, Methods.Name.POST), 1_024),
        new Conditions(
            List.of(new Conditions.Condition(Conditions.Condition.Part.HEADER, "x-preview", null)),
            List.of(new Conditions.Condition(Conditions.Condition.Part.QUERY, "debug", "1"))),
        new Admission(64, 1L << 20, 3, 600_000),
        new ClientView("max-age=60", ClientView.SurrogateHeaders.STRIP));
  }

  private static Rule moved() {
    return new Rule(
        "1",
        List.of(
            new Match(
                new PathMatch(PathMatch.Type.TEMPLATE, "/p/{id}"), List.of(), List.of(), null)),
        List.of(new Filter.RequestRedirect("https", null, null, 8443, 301)),
        List.of(),
        null,
        new Timeouts(0, 0),
        new Retry(0, 0),
        null);
  }

  private static List<Backend> backends() {
    return List.of(
        new Backend(
            "shop/catalog:8080",
            new Backend.Service("shop/catalog:8080", "catalog.shop.svc", 8080),
            null,
            new LoadBalancing(LoadBalancing.Policy.LEAST_REQUEST, null),
            new Ejection(5, 30_000),
            new BackendLimits(100, null, 50, 1_000)),
        new Backend(
            "https://eu.example.com",
            new Backend.Url("eu.example.com", 443, ""),
            new BackendTls("eu.example.com", value("shop/ca/ca.crt"), null, null),
            new LoadBalancing(
                LoadBalancing.Policy.CONSISTENT_HASH,
                new LoadBalancing.HashOn(LoadBalancing.HashOn.Source.HEADER, "x-user")),
            new Ejection(0, 0),
            new BackendLimits(null, 10, 0, 0)));
  }
}
