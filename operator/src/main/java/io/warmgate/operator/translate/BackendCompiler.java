package io.warmgate.operator.translate;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.warmgate.config.Backend;
import io.warmgate.config.BackendLimits;
import io.warmgate.config.BackendTls;
import io.warmgate.config.Ejection;
import io.warmgate.config.Json;
import io.warmgate.config.ListenerTls;
import io.warmgate.config.LoadBalancing;
import io.warmgate.config.ValueRef;
import io.warmgate.crd.v1alpha1.AiModelBackendSpec;
import io.warmgate.crd.v1alpha1.BackendRef;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.HashOn;
import io.warmgate.crd.v1alpha1.NameRef;
import io.warmgate.operator.snapshot.ServiceKey;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Backends. What is asked in the same way is the same backend: its id follows from its content, and
 * is the bare target where everything else is as it is by default.
 */
final class BackendCompiler {
  private static final LoadBalancing LEAST_REQUEST =
      new LoadBalancing(LoadBalancing.Policy.LEAST_REQUEST, null);
  private static final Ejection AFTER_FIVE = new Ejection(5, 30_000);
  private static final Durations.Bounds EJECTED = Durations.Bounds.of("0s", "24h");
  private static final Durations.Bounds QUEUED = Durations.Bounds.of("0s", "1h");
  private static final BackendLimits UNLIMITED = new BackendLimits(null, null, 0, 0);

  private final Snapshot snapshot;
  private final Values values;
  private final Certificates certificates;

  BackendCompiler(Snapshot snapshot, Values values, Certificates certificates) {
    this.snapshot = snapshot;
    this.values = values;
    this.certificates = certificates;
  }

  /** Those that Secrets hold. */
  Certificates certificates() {
    return certificates;
  }

  Backend compile(String path, BackendRef ref) {
    Asking asking = new Asking(path, ref.loadBalancing(), ref.ejection(), ref.limits());
    return ref.url() == null
        ? service(path, ref, asking)
        : url(path, path + ".url", ref.url(), ref.tls(), asking);
  }

  /** Where a model is asked. */
  Backend model(AiModelBackendSpec spec, String endpoint) {
    Asking asking = new Asking("spec", spec.loadBalancing(), spec.ejection(), spec.limits());
    return url("spec", "spec.endpoint", endpoint, spec.tls(), asking);
  }

  /** Whether what a running backend names is there as it was. */
  boolean stillThere(Backend backend) {
    if (!values.has(backend)) {
      return false;
    }
    return switch (backend.target()) {
      case Backend.Url _ -> true;
      case Backend.Service target -> {
        ServiceKey key = ServiceKey.parse(target.key());
        Service service = snapshot.references().services().get(key.name());
        yield service != null && !isExternalName(service) && hasPort(service, key.port());
      }
    };
  }

  /**
   * Whether a backend runs in plain whose host a reference asks for TLS: what is sent there must
   * not go on being readable because the reference's Secret is missing.
   */
  boolean inPlain(Backend running, BackendRef ref) {
    if (running.tls() != null) {
      return false;
    }
    if (ref.asksModel()) {
      return false;
    }
    if (ref.url() == null) {
      return ref.tls() != null && host(ref.name()).equals(running.target().host());
    }
    BackendUrl url = BackendUrl.parse("url", ref.url());
    return url.secure() && url.host().equals(running.target().host());
  }

  /** How it is asked, as the object at {@code path} says. */
  private record Asking(
      String path,
      io.warmgate.crd.v1alpha1.@Nullable LoadBalancing balancing,
      io.warmgate.crd.v1alpha1.@Nullable Ejection ejection,
      io.warmgate.crd.v1alpha1.@Nullable BackendLimits limits) {}

  private Backend service(String path, BackendRef ref, Asking asking) {
    if (ref.name() == null || ref.port() == null) {
      throw Unusable.invalid(path, "needs name and port of a Service, or url");
    }
    ServiceKey key = new ServiceKey(snapshot.namespace(), ref.name(), ref.port());
    checkService(path, key);
    String host = host(key.name());
    BackendTls tls = ref.tls() == null ? null : tls(path + ".tls", ref.tls(), host);
    return backend(
        new Backend.Service(key.toString(), host, key.port()), key.toString(), null, tls, asking);
  }

  /** By which a Service of the gateway's namespace is asked. */
  private String host(@Nullable String service) {
    return service + "." + snapshot.namespace() + ".svc";
  }

  private void checkService(String path, ServiceKey key) {
    Service service = snapshot.references().services().get(key.name());
    if (service == null) {
      throw notFound(
          path + ".name",
          "Service '%s' does not exist in namespace '%s'".formatted(key.name(), key.namespace()));
    }
    OwnGateway.refuse(path + ".name", snapshot, service);
    if (isExternalName(service)) {
      throw notFound(
          path + ".name",
          "Service '%s' is of type ExternalName, which is not followed; name the host with url"
              .formatted(key.name()));
    }
    if (!hasPort(service, key.port())) {
      throw notFound(
          path + ".port",
          "Service '%s' has no port %d; it has %s"
              .formatted(
                  key.name(),
                  key.port(),
                  service.getSpec().getPorts().stream().map(ServicePort::getPort).toList()));
    }
  }

  private Backend url(
      String path,
      String urlPath,
      String text,
      io.warmgate.crd.v1alpha1.@Nullable BackendTls asked,
      Asking asking) {
    BackendUrl url = BackendUrl.parse(urlPath, text);
    OwnGateway.refuse(urlPath, snapshot, url.host());
    if (asked != null && !url.secure()) {
      throw Unusable.invalid(path + ".tls", "needs a url with https://");
    }
    BackendTls byDefault = url.secure() ? new BackendTls(url.host(), null, null, null) : null;
    BackendTls tls = asked == null ? byDefault : tls(path + ".tls", asked, url.host());
    Backend.Url target = new Backend.Url(url.host(), url.port(), url.basePath());
    return backend(target, url.canonical(), byDefault, tls, asking);
  }

  private static Backend backend(
      Backend.Target target,
      String id,
      @Nullable BackendTls tlsByDefault,
      @Nullable BackendTls tls,
      Asking asking) {
    Backend plain = new Backend(id, target, tlsByDefault, LEAST_REQUEST, AFTER_FIVE, UNLIMITED);
    Backend asked =
        new Backend(
            id,
            target,
            tls,
            loadBalancing(asking.balancing()),
            ejection(asking.path(), asking.ejection()),
            limits(asking.path(), asking.limits()));
    return asked.equals(plain) ? plain : withId(asked, id + "#" + Framed.hash8(Json.write(asked)));
  }

  private static Backend withId(Backend any, String id) {
    return new Backend(
        id, any.target(), any.tls(), any.loadBalancing(), any.ejection(), any.limits());
  }

  private BackendTls tls(String path, io.warmgate.crd.v1alpha1.BackendTls tls, String host) {
    NameRef client = tls.clientCertificateRef();
    ValueRef authorities = certificates.authorities(path + ".caRef", tls.caRef());
    ListenerTls pair =
        client == null ? null : certificates.pair(path + ".clientCertificateRef", client.name());
    return new BackendTls(
        tls.hostname() == null ? host : tls.hostname(),
        authorities,
        pair == null ? null : pair.certificate(),
        pair == null ? null : pair.privateKey());
  }

  private static LoadBalancing loadBalancing(
      io.warmgate.crd.v1alpha1.@Nullable LoadBalancing asked) {
    if (asked == null) {
      return LEAST_REQUEST;
    }
    return switch (asked.policy()) {
      case LEAST_REQUEST -> LEAST_REQUEST;
      case ROUND_ROBIN -> new LoadBalancing(LoadBalancing.Policy.ROUND_ROBIN, null);
      case CONSISTENT_HASH ->
          new LoadBalancing(LoadBalancing.Policy.CONSISTENT_HASH, hashOn(asked.hashOn()));
    };
  }

  static LoadBalancing.@Nullable HashOn hashOn(@Nullable HashOn on) {
    if (on == null) {
      return null;
    }
    if (on.header() != null) {
      return new LoadBalancing.HashOn(LoadBalancing.HashOn.Source.HEADER, on.header());
    }
    return on.cookie() != null
        ? new LoadBalancing.HashOn(LoadBalancing.HashOn.Source.COOKIE, on.cookie())
        : new LoadBalancing.HashOn(LoadBalancing.HashOn.Source.CLIENT_IP, null);
  }

  private static Ejection ejection(String path, io.warmgate.crd.v1alpha1.@Nullable Ejection asked) {
    return asked == null
        ? AFTER_FIVE
        : new Ejection(
            asked.consecutiveFailures(),
            Durations.millis(path + ".ejection.duration", asked.duration(), EJECTED));
  }

  private static BackendLimits limits(
      String path, io.warmgate.crd.v1alpha1.@Nullable BackendLimits limits) {
    return limits == null
        ? UNLIMITED
        : new BackendLimits(
            limits.maxConcurrent(),
            limits.maxRequestsPerSecond(),
            limits.queueSize(),
            Durations.millis(path + ".limits.queueTimeout", limits.queueTimeout(), QUEUED));
  }

  private static boolean isExternalName(Service service) {
    return "ExternalName".equals(service.getSpec().getType());
  }

  private static boolean hasPort(Service service, int port) {
    List<ServicePort> ports = service.getSpec().getPorts();
    return ports.stream().anyMatch(any -> any.getPort() == port);
  }

  private static Unusable notFound(String path, String problem) {
    return Unusable.unresolved(ConditionReason.BACKEND_NOT_FOUND, path, problem);
  }
}
