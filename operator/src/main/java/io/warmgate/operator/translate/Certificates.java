package io.warmgate.operator.translate;

import io.warmgate.config.ListenerTls;
import io.warmgate.config.ValueRef;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.NameRef;
import io.warmgate.operator.snapshot.SecretLookup;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Secrets that hold certificates, checked before the runtime sees them. */
final class Certificates {
  private static final String CHAIN = "tls.crt";
  private static final String KEY = "tls.key";
  private static final String AUTHORITIES = "ca.crt";

  private final Values values;
  private final Map<String, ListenerTls> pairs = new HashMap<>();
  private final Map<String, ValueRef> authorities = new HashMap<>();

  Certificates(Values values) {
    this.values = values;
  }

  /** The pair in a Secret of type {@code kubernetes.io/tls} that {@code path} names. */
  ListenerTls pair(String path, String secret) {
    ListenerTls known = pairs.get(secret);
    if (known != null) {
      return known;
    }
    SecretLookup.Found found = values.secret(path, secret);
    byte[] chain = values.value(path, secret, found, CHAIN);
    byte[] key = values.value(path, secret, found, KEY);
    String at = CHAIN;
    try {
      java.security.cert.Certificate leaf = Pem.leaf(chain);
      at = KEY;
      Pem.checkPair(leaf, key);
    } catch (GeneralSecurityException e) {
      throw bad(path, secret, at, e);
    }
    ListenerTls pair =
        new ListenerTls(values.ref(secret, CHAIN, chain), values.ref(secret, KEY, key));
    pairs.put(secret, pair);
    return pair;
  }

  /** The bundle in a Secret, where {@code path} names one; else null: the system's. */
  @Nullable ValueRef authorities(String path, @Nullable NameRef secret) {
    return secret == null ? null : authorities(path, secret.name());
  }

  /** The bundle in a Secret that {@code path} names. */
  ValueRef authorities(String path, String secret) {
    ValueRef known = authorities.get(secret);
    if (known != null) {
      return known;
    }
    SecretLookup.Found found = values.secret(path, secret);
    byte[] bundle = values.value(path, secret, found, AUTHORITIES);
    try {
      Pem.leaf(bundle);
    } catch (GeneralSecurityException e) {
      throw bad(path, secret, AUTHORITIES, e);
    }
    ValueRef ref = values.ref(secret, AUTHORITIES, bundle);
    authorities.put(secret, ref);
    return ref;
  }

  private static Unusable bad(String path, String secret, String key, GeneralSecurityException e) {
    return Unusable.unresolved(
        ConditionReason.INVALID_SECRET,
        path,
        "key '%s' of Secret '%s' is not usable: %s".formatted(key, secret, e.getMessage()));
  }
}
