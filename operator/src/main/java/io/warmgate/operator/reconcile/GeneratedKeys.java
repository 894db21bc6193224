package io.warmgate.operator.reconcile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.operator.gather.GatewayKey;
import io.warmgate.operator.snapshot.ConsumerSecrets;
import io.warmgate.operator.snapshot.Labels;
import io.warmgate.operator.snapshot.SecretLookup;
import io.warmgate.operator.snapshot.Snapshot;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the API keys that nobody brought, each once: a Secret is created and never written again,
 * so that what a client was given stays good. A Secret that somebody deletes is made anew, with
 * another key. One that was there already, without the label that the operator gives, is read as it
 * is.
 */
final class GeneratedKeys {
  private static final Logger LOG = LoggerFactory.getLogger(GeneratedKeys.class);
  private static final String PREFIX = "wg_";
  private static final int RANDOM_BYTES = 32;

  /** When to try again where the API server did not take one. */
  private static final Duration RETRY = Duration.ofSeconds(10);

  private final KubernetesClient client;
  private final SecureRandom random = new SecureRandom();
  private final Set<GatewayKey> unlabelled = new HashSet<>();
  private @Nullable Instant again;

  GeneratedKeys(KubernetesClient client) {
    this.client = client;
  }

  /** Makes those that are missing; the informer shows them, and with that they are read. */
  void make(Snapshot snapshot, Instant now) {
    again = null;
    Set<GatewayKey> wanted = new HashSet<>();
    for (ApiConsumer consumer : snapshot.attachments().consumers()) {
      if (snapshot.admits(consumer)) {
        for (String name : ConsumerSecrets.made(consumer)) {
          wanted.add(new GatewayKey(consumer.getMetadata().getNamespace(), name));
          makeMissing(snapshot, consumer, name, now);
        }
      }
    }
    unlabelled.retainAll(wanted);
  }

  private void makeMissing(Snapshot snapshot, ApiConsumer consumer, String name, Instant now) {
    String namespace = consumer.getMetadata().getNamespace();
    if (consumer.getMetadata().getDeletionTimestamp() == null
        && snapshot.references().secret(namespace, name) instanceof SecretLookup.Missing) {
      make(consumer, name, now);
    }
  }

  /** One that is refused is that consumer's trouble alone. */
  private void make(ApiConsumer consumer, String name, Instant now) {
    try {
      Secret _ = client.resource(secret(consumer, name)).create();
      unlabelled.remove(new GatewayKey(consumer.getMetadata().getNamespace(), name));
    } catch (KubernetesClientException e) {
      if (e.getCode() == 409) {
        isThere(new GatewayKey(consumer.getMetadata().getNamespace(), name), now);
      } else {
        LOG.warn(
            "no key in Secret {} of {}: {}", name, consumer.getFullResourceName(), e.getMessage());
        again = now.plus(RETRY);
      }
    }
  }

  /** Either the informer is late, or the Secret is none that it shows. */
  private void isThere(GatewayKey secret, Instant now) {
    Secret there = client.secrets().inNamespace(secret.namespace()).withName(secret.name()).get();
    Map<String, String> labels = there == null ? null : there.getMetadata().getLabels();
    if (there != null && (labels == null || !labels.containsKey(Labels.CONSUMER))) {
      unlabelled.add(secret);
      again = now;
    }
  }

  /** Names of Secrets that are in the place of made ones, and not shown by their label. */
  Set<GatewayKey> unlabelled() {
    return Set.copyOf(unlabelled);
  }

  private Secret secret(ApiConsumer consumer, String name) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return new SecretBuilder()
        .withMetadata(Owned.metadata(consumer, name, Labels.CONSUMER))
        .withType("Opaque")
        .withData(
            Map.of(
                ConsumerSecrets.API_KEY,
                Base64.getEncoder().encodeToString(key.getBytes(US_ASCII))))
        .build();
  }

  /** When to look again though nothing happens. */
  Optional<Instant> again() {
    return Optional.ofNullable(again);
  }
}
