package io.warmgate.operator;

/** The resources of the tests, as users write them. */
final class Yaml {
  private Yaml() {}

  static String gateway(String name, int replicas) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: ApiGateway
    metadata: {name: %s}
    spec:
      replicas: %d
      listeners: [{name: http, port: 8080, protocol: HTTP}]
    """
        .formatted(name, replicas);
  }

  static String sharingGateway(String name, String redis) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: ApiGateway
    metadata: {name: %s}
    spec:
      replicas: 1
      listeners: [{name: http, port: 8080, protocol: HTTP}]
      cache: {sharedRef: {name: %s}}
    """
        .formatted(name, redis);
  }

  static String redis(String name) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: RedisCache
    metadata: {name: %s}
    spec: {mode: Standalone}
    """
        .formatted(name);
  }

  /**
   * @param external the rest of {@code spec.external}, in flow style
   */
  static String externalRedis(String name, String external) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: RedisCache
    metadata: {name: %s}
    spec:
      mode: External
      external: {%s}
    """
        .formatted(name, external);
  }

  static String secret(String name, String password) {
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: %s}
    stringData: {password: %s}
    """
        .formatted(name, password);
  }

  static String route(String name, String gateway, String path, String service) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: ApiRoute
    metadata: {name: %s}
    spec:
      parentRefs: [{name: %s}]
      hostnames: [shop.example.com]
      rules:
      - name: all
        matches: [{path: {type: PathPrefix, value: %s}}]
        backendRefs: [{name: %s, port: 80}]
    """
        .formatted(name, gateway, path, service);
  }

  static String policy(String name, String route, String ttl) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: CachePolicy
    metadata: {name: %s}
    spec:
      targetRefs: [{kind: ApiRoute, name: %s}]
      ttl: {default: %s}
    """
        .formatted(name, route, ttl);
  }

  static String scalingGateway(String name, int min, int max, int targetCpuPercent) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: ApiGateway
    metadata: {name: %s}
    spec:
      autoscaling: {min: %d, max: %d, targetCpuPercent: %d}
      listeners: [{name: http, port: 8080, protocol: HTTP}]
    """
        .formatted(name, min, max, targetCpuPercent);
  }

  static String service(String name) {
    return service(name, "null");
  }

  static String service(String name, String selector) {
    return """
    apiVersion: v1
    kind: Service
    metadata: {name: %s}
    spec:
      ports: [{name: web, port: 80, targetPort: 8080}]
      selector: %s
    """
        .formatted(name, selector);
  }

  static String slice(String service, String address, String ready) {
    return """
    apiVersion: discovery.k8s.io/v1
    kind: EndpointSlice
    metadata:
      name: %1$s-1
      labels: {kubernetes.io/service-name: %1$s}
    addressType: IPv4
    ports: [{name: web, port: 8080, protocol: TCP}]
    endpoints: [{addresses: ["%2$s"], conditions: {ready: %3$s}}]
    """
        .formatted(service, address, ready);
  }

  static String dryRun(String name, String gateway) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: CacheInvalidation
    metadata: {name: %s}
    spec:
      gatewayRef: {name: %s}
      select: {tags: [shop]}
      dryRun: true
    """
        .formatted(name, gateway);
  }

  /** One whose admin port pods of the namespace may reach. */
  static String openGateway(String name) {
    return gateway(name, 1) + "  admin: {allowFrom: [{podSelector: {}}]}\n";
  }

  static String invalidation(String name, String gateway, String path, int ttlSeconds) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: CacheInvalidation
    metadata: {name: %s}
    spec:
      gatewayRef: {name: %s}
      select: {paths: ["%s"]}
      ttlSecondsAfterFinished: %d
    """
        .formatted(name, gateway, path, ttlSeconds);
  }

  static String warmup(String name) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: CacheWarmup
    metadata: {name: %s}
    spec:
      gatewayRef: {name: edge}
      sources:
      - {topKeys: 10}
      - {configMap: {name: requests, key: list}, host: shop.example.com}
      - {sitemap: /sitemap.xml, host: shop.example.com}
      ttlSecondsAfterFinished: 2
    """
        .formatted(name);
  }

  static String requests(String list) {
    return """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: requests}
    data: {list: "%s"}
    """
        .formatted(list.replace("\n", "\\n"));
  }

  static String scheduled(String name, String route, String schedule) {
    return """
    apiVersion: warmgate.io/v1alpha1
    kind: CachePolicy
    metadata: {name: %s}
    spec:
      targetRefs: [{kind: ApiRoute, name: %s}]
      warmup: {schedule: "%s"}
    """
        .formatted(name, route, schedule);
  }
}
