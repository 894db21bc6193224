package io.warmgate.server.values;

import io.warmgate.config.Backend;
import io.warmgate.config.BackendTls;
import io.warmgate.config.CacheLayers.SharedCache;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Listener;
import io.warmgate.config.ListenerTls;
import io.warmgate.config.ValueRef;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every value that a configuration names. */
public final class ValueRefs {
  private final Set<ValueRef> refs = new LinkedHashSet<>();

  private ValueRefs() {}

  public static Set<ValueRef> of(GatewayConfig config) {
    ValueRefs found = new ValueRefs();
    config.listeners().stream().map(Listener::tls).forEach(found::listener);
    config.backends().stream().map(Backend::tls).forEach(found::client);
    config.accessRules().forEach(rule -> found.refs.addAll(rule.values()));
    config.access().issuers().forEach(issuer -> found.refs.addAll(issuer.values()));
    config.models().forEach(model -> model.everyKey().forEach(key -> found.add(key.value())));
    found.shared(config.cache().shared());
    return found.refs;
  }

  private void listener(@Nullable ListenerTls tls) {
    if (tls != null) {
      refs.addAll(tls.values());
    }
  }

  private void client(@Nullable BackendTls tls) {
    if (tls != null) {
      add(tls.certificateAuthority());
      add(tls.clientCertificate());
      add(tls.clientPrivateKey());
    }
  }

  private void shared(@Nullable SharedCache shared) {
    if (shared != null) {
      add(shared.username());
      add(shared.password());
      client(shared.tls());
      shared.encryptionKeys().forEach(this::add);
    }
  }

  private void add(@Nullable ValueRef ref) {
    if (ref != null) {
      refs.add(ref);
    }
  }
}
