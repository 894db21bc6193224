package io.warmgate.operator.translate;

import io.warmgate.config.Listener;
import io.warmgate.config.ListenerTls;
import io.warmgate.config.admin.AdminApi;
import io.warmgate.crd.v1alpha1.ClientCertificates;
import io.warmgate.crd.v1alpha1.ListenerProtocol;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Listeners, each on its own: one that cannot be used goes on as it runs, or is left out, and the
 * others are served.
 */
final class ListenerCompiler {
  private static final Map<Integer, String> RESERVED =
      Map.of(
          AdminApi.PORT, "the admin API",
          AdminApi.HANDOVER_PORT, "what pods hand over to each other");

  private final Snapshot snapshot;
  private final Values values;
  private final Certificates certificates;
  private final Running running;
  private final Findings findings;
  private final Map<Integer, String> takenBy = new HashMap<>();

  ListenerCompiler(
      Snapshot snapshot,
      Values values,
      Certificates certificates,
      Running running,
      Findings findings) {
    this.snapshot = snapshot;
    this.values = values;
    this.certificates = certificates;
    this.running = running;
    this.findings = findings;
    takenBy.putAll(RESERVED);
  }

  List<Listener> compileAll() {
    List<Listener> listeners = new ArrayList<>();
    int index = 0;
    for (io.warmgate.crd.v1alpha1.Listener spec : snapshot.gateway().getSpec().listeners()) {
      compileOrKeep("spec.listeners[" + index++ + "]", spec).ifPresent(listeners::add);
    }
    return listeners;
  }

  private Optional<Listener> compileOrKeep(String path, io.warmgate.crd.v1alpha1.Listener spec) {
    try {
      Listener listener = compile(path, spec);
      claimPort(path, listener);
      return Optional.of(listener);
    } catch (Unusable e) {
      findings.add(e.in(ObjectKey.of(snapshot.gateway())));
      return running
          .listener(spec.name())
          .filter(this::usable)
          .filter(kept -> takenBy.putIfAbsent(kept.bindPort(), kept.name()) == null);
    }
  }

  private Listener compile(String path, io.warmgate.crd.v1alpha1.Listener spec) {
    List<String> trusted = new ArrayList<>();
    for (String block : spec.trustedProxies()) {
      trusted.add(Cidr.checked(path + ".trustedProxies[" + trusted.size() + "]", block));
    }
    return new Listener(
        spec.name(),
        spec.port(),
        BindPort.of(spec.port()),
        switch (spec.protocol()) {
          case HTTP -> Listener.Protocol.HTTP;
          case HTTPS -> Listener.Protocol.HTTPS;
        },
        spec.hostname() == null ? null : Hostnames.canonical(spec.hostname()),
        spec.protocol() == ListenerProtocol.HTTPS ? tls(path, spec) : null,
        trusted);
  }

  private ListenerTls tls(String path, io.warmgate.crd.v1alpha1.Listener spec) {
    if (spec.tls() == null) {
      throw Unusable.invalid(path + ".tls", "is required for HTTPS");
    }
    ListenerTls pair = certificates.pair(path + ".tls.secretRef", spec.tls().secretRef().name());
    ClientCertificates clients = spec.tls().clientCertificates();
    return clients == null ? pair : pair.with(clients(path + ".tls.clientCertificates", clients));
  }

  private io.warmgate.config.ClientCertificates clients(String path, ClientCertificates spec) {
    return new io.warmgate.config.ClientCertificates(
        switch (spec.mode()) {
          case OPTIONAL -> io.warmgate.config.ClientCertificates.Mode.OPTIONAL;
          case REQUIRED -> io.warmgate.config.ClientCertificates.Mode.REQUIRED;
        },
        certificates.authorities(path + ".caRef", spec.caRef().name()));
  }

  private void claimPort(String path, Listener listener) {
    String other = takenBy.putIfAbsent(listener.bindPort(), listener.name());
    if (other != null) {
      throw Unusable.invalid(
          path + ".port",
          "%d is bound as %d in the pods, which %s has; choose another port"
              .formatted(
                  listener.port(),
                  listener.bindPort(),
                  RESERVED.containsKey(listener.bindPort()) ? other : "listener '" + other + "'"));
    }
  }

  private boolean usable(Listener listener) {
    ListenerTls tls = listener.tls();
    return tls == null || tls.values().stream().allMatch(values::has);
  }
}
