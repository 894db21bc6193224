package io.warmgate.operator.snapshot;

import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ConsumerCertificate;
import io.warmgate.crd.v1alpha1.ConsumerKey;
import io.warmgate.crd.v1alpha1.SecretKeyRef;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The Secrets that a consumer's keys and certificates are in. */
public final class ConsumerSecrets {
  /** The key of a Secret that was made, whose value is the API key. */
  public static final String API_KEY = "apiKey";

  private ConsumerSecrets() {}

  /** Where an API key is: what the user names, or what is made where nothing is named. */
  public static SecretKeyRef of(ApiConsumer consumer, ConsumerKey key) {
    SecretKeyRef named = key.secretRef();
    return named != null
        ? named
        : new SecretKeyRef(consumer.getMetadata().getName() + "-" + key.name(), API_KEY);
  }

  /** Names of all of them. */
  public static NavigableSet<String> of(ApiConsumer consumer) {
    NavigableSet<String> names = new TreeSet<>();
    consumer.getSpec().keys().forEach(key -> names.add(of(consumer, key).name()));
    for (ConsumerCertificate certificate : consumer.getSpec().certificates()) {
      if (certificate.secretRef() != null) {
        names.add(certificate.secretRef().name());
      }
    }
    return names;
  }
}
