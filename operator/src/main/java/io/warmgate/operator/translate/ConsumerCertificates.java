package io.warmgate.operator.translate;

import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.ConsumerCertificate;
import io.warmgate.operator.snapshot.SecretLookup;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Client certificates by their SHA-256. */
final class ConsumerCertificates {
  private static final String CERTIFICATE = "tls.crt";

  private final String gateways;
  private final Values values;
  private final Findings findings;
  private final Map<String, ObjectKey> owners = new HashMap<>();

  /**
   * @param gateways the gateway's namespace
   */
  ConsumerCertificates(String gateways, Values values, Findings findings) {
    this.gateways = gateways;
    this.values = values;
    this.findings = findings;
  }

  /** Those that can be used, in the user's order. */
  List<String> of(ApiConsumer consumer) {
    ObjectKey object = ObjectKey.of(consumer);
    List<String> digests = new ArrayList<>();
    List<ConsumerCertificate> specs = consumer.getSpec().certificates();
    for (int i = 0; i < specs.size(); i++) {
      String path = "spec.certificates[" + i + "]";
      try {
        String digest = digest(path, object.namespace(), specs.get(i));
        ObjectKey owner = owners.putIfAbsent(digest, object);
        if (owner == null) {
          digests.add(digest);
        } else if (!owner.equals(object)) {
          findings.add(
              object,
              ConditionType.ACCEPTED,
              ConditionReason.CONFLICTED,
              "%s: the older %s has the same certificate"
                  .formatted(path, owner.seenFrom(object.namespace())));
        }
      } catch (Unusable e) {
        findings.add(e.in(object));
      }
    }
    return digests;
  }

  private String digest(String path, String namespace, ConsumerCertificate spec) {
    if (spec.secretRef() == null) {
      return Objects.requireNonNull(spec.sha256()).replace(":", "").toLowerCase(Locale.ROOT);
    }
    String name = spec.secretRef().name();
    String at = path + ".secretRef";
    if (!namespace.equals(gateways)) {
      throw Unusable.invalid(
          at,
          "a gateway of another namespace takes certificates by sha256 alone: what a Secret holds"
              + " may be another one after somebody approved it");
    }
    SecretLookup.Found secret = values.secret(at, namespace, name);
    try {
      return Sha256.of(Pem.leaf(values.value(at, name, secret, CERTIFICATE)).getEncoded());
    } catch (GeneralSecurityException e) {
      throw Unusable.unresolved(
          ConditionReason.INVALID_SECRET,
          at,
          "key '%s' of Secret '%s' is not usable: %s".formatted(CERTIFICATE, name, e.getMessage()));
    }
  }
}
