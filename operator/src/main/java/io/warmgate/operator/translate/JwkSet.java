package io.warmgate.operator.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.SecretKeyRef;
import java.io.IOException;

/** A JWK Set (RFC 7517 §5) that a user keeps. Messages never quote what it holds. */
final class JwkSet {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JwkSet() {}

  /**
   * Checks that it is one, of public keys alone: what pods do not need they are not given.
   *
   * @throws Unusable saying what is wrong
   */
  static void check(String path, SecretKeyRef ref, byte[] value) {
    JsonNode keys;
    try {
      keys = JSON.readTree(value).path("keys");
    } catch (IOException e) {
      throw bad(path, ref, "is no JSON");
    }
    if (!keys.isArray() || keys.isEmpty()) {
      throw bad(path, ref, "is no JWK Set: it has no member 'keys' with keys");
    }
    for (JsonNode key : keys) {
      // RFC 7518 §6.2.2, §6.3.2, RFC 8037 §2: d is a private key; §6.4: oct is a shared secret.
      if (key.has("d") || key.path("kty").asText().equals("oct")) {
        throw bad(path, ref, "has a private or shared key; it must have public keys alone");
      }
    }
  }

  private static Unusable bad(String path, SecretKeyRef ref, String problem) {
    return Unusable.unresolved(
        ConditionReason.INVALID_SECRET,
        path,
        "key '%s' of Secret '%s' %s".formatted(ref.key(), ref.name(), problem));
  }
}
