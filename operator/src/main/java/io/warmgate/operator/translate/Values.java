package io.warmgate.operator.translate;

import io.warmgate.config.AccessRule;
import io.warmgate.config.Backend;
import io.warmgate.config.BackendTls;
import io.warmgate.config.CacheLayers;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Issuer;
import io.warmgate.config.Listener;
import io.warmgate.config.Rule;
import io.warmgate.config.ValueRef;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.operator.snapshot.SecretLookup;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Secret values: looked up by name, handed on by reference, and collected in the end for those
 * references that the configuration holds.
 */
final class Values {
  private final Snapshot snapshot;
  private final SecretValues held;
  private final Map<String, ValueRef> refs = new HashMap<>();
  private final Map<String, byte[]> bytes = new HashMap<>();

  Values(Snapshot snapshot) {
    this.snapshot = snapshot;
    this.held = snapshot.fleet().heldValues();
  }

  /** The Secret at {@code path}, which names it, in the gateway's namespace. */
  SecretLookup.Found secret(String path, String name) {
    return secret(path, snapshot.namespace(), name);
  }

  /** The Secret at {@code path}, of an object of this namespace. */
  SecretLookup.Found secret(String path, String namespace, String name) {
    return switch (snapshot.references().secret(namespace, name)) {
      case SecretLookup.Found found -> found;
      case SecretLookup.Missing() ->
          throw Unusable.unresolved(
              ConditionReason.SECRET_NOT_FOUND,
              path,
              "Secret '%s' does not exist in namespace '%s'; create it".formatted(name, namespace));
      case SecretLookup.NotReadable() ->
          throw Unusable.unresolved(
              ConditionReason.SECRET_NOT_READABLE,
              path,
              "the operator may not read Secret '%s'; apply: %s"
                  .formatted(name, reader(namespace).roleBinding()));
    };
  }

  /** A key of a Secret that was found. */
  byte[] value(String path, String name, SecretLookup.Found secret, String key) {
    return secret
        .value(key)
        .orElseThrow(
            () ->
                Unusable.unresolved(
                    ConditionReason.SECRET_NOT_FOUND,
                    path,
                    "Secret '%s' has no key '%s'; it has %s"
                        .formatted(name, key, secret.data().keySet())));
  }

  /** A reference to a value. */
  ValueRef ref(String secret, String key, byte[] value) {
    return refs.computeIfAbsent(
        snapshot.namespace() + "/" + secret + "/" + key,
        name -> {
          String fingerprint = snapshot.facts().fingerprintKey().of(value);
          bytes.put(fingerprint, value);
          return new ValueRef(name, fingerprint);
        });
  }

  /** Whether the value behind a reference of the current revision is still there. */
  boolean has(@Nullable ValueRef ref) {
    return ref == null
        || bytes.containsKey(ref.fingerprint())
        || held.values().containsKey(ref.fingerprint());
  }

  boolean has(Backend backend) {
    return has(backend.tls());
  }

  /** Whether what the rules need is, but for their backends. */
  boolean has(List<Rule> rules) {
    return rules.stream()
        .map(Rule::access)
        .filter(Objects::nonNull)
        .flatMap(access -> access.values().stream())
        .allMatch(this::has);
  }

  boolean has(@Nullable BackendTls tls) {
    return tls == null
        || (has(tls.certificateAuthority())
            && has(tls.clientCertificate())
            && has(tls.clientPrivateKey()));
  }

  SecretValues neededBy(GatewayConfig config) {
    Map<String, byte[]> needed = new TreeMap<>();
    Consumer<@Nullable ValueRef> add =
        ref -> {
          if (ref != null) {
            byte[] value =
                bytes.getOrDefault(ref.fingerprint(), held.values().get(ref.fingerprint()));
            if (value != null) {
              needed.put(ref.fingerprint(), value);
            }
          }
        };
    for (Listener listener : config.listeners()) {
      if (listener.tls() != null) {
        listener.tls().values().forEach(add);
      }
    }
    for (Backend backend : config.backends()) {
      tls(backend.tls(), add);
    }
    CacheLayers.SharedCache shared = config.cache().shared();
    if (shared != null) {
      add.accept(shared.username());
      add.accept(shared.password());
      tls(shared.tls(), add);
      shared.encryptionKeys().forEach(add);
    }
    config.models().forEach(model -> model.everyKey().forEach(key -> add.accept(key.value())));
    for (AccessRule rule : config.accessRules()) {
      rule.values().forEach(add);
    }
    for (Issuer issuer : config.access().issuers()) {
      issuer.values().forEach(add);
    }
    return new SecretValues(needed);
  }

  private static void tls(@Nullable BackendTls tls, Consumer<@Nullable ValueRef> add) {
    if (tls != null) {
      add.accept(tls.certificateAuthority());
      add.accept(tls.clientCertificate());
      add.accept(tls.clientPrivateKey());
    }
  }

  private SecretReader reader(String namespace) {
    return new SecretReader(
        namespace, snapshot.facts().operatorAccount(), snapshot.facts().operatorNamespace());
  }
}
