package io.warmgate.server.upstream;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.warmgate.config.Backend;
import io.warmgate.config.BackendTls;
import io.warmgate.server.Values;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A backend at run time: its endpoints and how they do, its limits, its retry budget. */
final class BackendPool {
  private final Backend backend;
  private final EndpointDirectory directory;
  private final Balancer balancer;
  private final RetryBudget budget = new RetryBudget();
  private final @Nullable Limiter limiter;
  private final @Nullable ClientSSLOptions tls;
  private final Endpoints known = new Endpoints();

  BackendPool(Backend backend, EndpointDirectory directory, Vertx vertx, Values values) {
    this.backend = backend;
    this.directory = directory;
    this.balancer = Balancer.of(backend.loadBalancing().policy());
    boolean limited =
        backend.limits().maxConcurrent() != null || backend.limits().maxRequestsPerSecond() != null;
    this.limiter = limited ? new Limiter(vertx, backend.limits()) : null;
    this.tls = backend.tls() == null ? null : tls(backend.tls(), values);
  }

  Backend backend() {
    return backend;
  }

  RetryBudget budget() {
    return budget;
  }

  @Nullable Limiter limiter() {
    return limiter;
  }

  @Nullable ClientSSLOptions tls() {
    return tls;
  }

  /** Whether the operator's endpoints are used now, so that the name is still something else. */
  boolean pushed() {
    return backend.target() instanceof Backend.Service service
        && directory.pushed(service.key()) != null;
  }

  Future<List<Endpoint>> endpoints() {
    if (backend.target() instanceof Backend.Service service) {
      List<InetSocketAddress> pushed = directory.pushed(service.key());
      if (pushed != null) {
        return Future.succeededFuture(known.of(pushed));
      }
    }
    return byName();
  }

  Future<List<Endpoint>> byName() {
    return directory.byName(backend.target().host(), backend.target().port()).map(known::of);
  }

  /**
   * @param tried left out where others are left
   * @return null where there is none
   */
  @Nullable Endpoint pick(List<Endpoint> endpoints, Set<Endpoint> tried, long hash) {
    if (endpoints.isEmpty()) {
      return null;
    }
    List<Endpoint> healthy = healthy(endpoints);
    if (!tried.isEmpty()) {
      List<Endpoint> untried = new ArrayList<>(healthy);
      untried.removeAll(tried);
      healthy = untried.isEmpty() ? healthy : untried;
    }
    return balancer.pick(healthy, hash);
  }

  /** Without the ejected ones, unless these are more than half: then the fault is elsewhere. */
  private static List<Endpoint> healthy(List<Endpoint> endpoints) {
    long now = System.nanoTime();
    int ejected = 0;
    for (Endpoint endpoint : endpoints) {
      ejected += endpoint.ejected(now) ? 1 : 0;
    }
    if (ejected == 0 || ejected * 2 > endpoints.size()) {
      return endpoints;
    }
    return endpoints.stream().filter(endpoint -> !endpoint.ejected(now)).toList();
  }

  void succeeded(Endpoint endpoint) {
    endpoint.succeeded();
  }

  void failed(Endpoint endpoint) {
    endpoint.failed(backend.ejection(), System.nanoTime());
  }

  private static ClientSSLOptions tls(BackendTls tls, Values values) {
    ClientSSLOptions options =
        new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS").setUseAlpn(false);
    if (tls.certificateAuthority() != null) {
      options.setTrustOptions(
          new PemTrustOptions()
              .addCertValue(Buffer.buffer(values.value(tls.certificateAuthority()))));
    }
    if (tls.clientCertificate() != null && tls.clientPrivateKey() != null) {
      options.setKeyCertOptions(
          new PemKeyCertOptions()
              .addCertValue(Buffer.buffer(values.value(tls.clientCertificate())))
              .addKeyValue(Buffer.buffer(values.value(tls.clientPrivateKey()))));
    }
    return options;
  }
}
