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

  /** Names of those that are made, since nobody brought one. */
  public static NavigableSet<String> made(ApiConsumer consumer) {
    NavigableSet<String> names = new TreeSet<>();
    for (ConsumerKey key : consumer.getSpec().keys()) {
      if (key.secretRef() == null) {
        names.add(of(consumer, key).name());
      }
    }
    return names;
  }

  /** Names of those that the user brought. */
  public static NavigableSet<String> brought(ApiConsumer consumer) {
    NavigableSet<String> names = new TreeSet<>();
    for (ConsumerKey key : consumer.getSpec().keys()) {
      if (key.secretRef() != null) {
        names.add(key.secretRef().name());
      }
    }
    for (ConsumerCertificate certificate : consumer.getSpec().certificates()) {
      if (certificate.secretRef() != null) {
        names.add(certificate.secretRef().name());
      }
    }
    return names;
  }
}
