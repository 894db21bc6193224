package io.warmgate.operator.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warmgate.crd.v1alpha1.NameRef;
import io.warmgate.crd.v1alpha1.RedisCache;
import io.warmgate.crd.v1alpha1.RedisTls;
import io.warmgate.operator.snapshot.RedisNames;
import io.warmgate.operator.snapshot.SecretLookup;
import io.warmgate.operator.translate.RedisAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where and as whom a server is asked. Prints no password and no key.
 *
 * @param username null: the default user
 * @param password null: none is asked for
 * @param tls null: none
 */
record ProbeTarget(
    RedisAddress address,
    @Nullable String username,
    @Nullable String password,
    @Nullable ProbeTls tls) {

  /** What an External server's spec and Secrets say; what is missing is left out. */
  static ProbeTarget of(RedisCache redis, Map<String, SecretLookup> secrets) {
    RedisAddress address = RedisAddress.of(redis);
    NameRef credentials = RedisNames.secret(redis).map(NameRef::new).orElse(null);
    return new ProbeTarget(
        address,
        value(secrets, credentials, RedisNames.USERNAME),
        value(secrets, credentials, RedisNames.PASSWORD),
        RedisNames.tls(redis).map(tls -> tls(tls, address.host(), secrets)).orElse(null));
  }

  private static ProbeTls tls(RedisTls tls, String host, Map<String, SecretLookup> secrets) {
    return new ProbeTls(
        tls.serverName() == null ? host : tls.serverName(),
        value(secrets, tls.caSecretRef(), RedisNames.AUTHORITIES),
        value(secrets, tls.clientCertificateRef(), RedisNames.CERTIFICATE),
        value(secrets, tls.clientCertificateRef(), RedisNames.PRIVATE_KEY));
  }

  private static @Nullable String value(
      Map<String, SecretLookup> secrets, @Nullable NameRef secret, String key) {
    return secret != null && secrets.get(secret.name()) instanceof SecretLookup.Found found
        ? found.value(key).map(value -> new String(value, UTF_8)).orElse(null)
        : null;
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
