package io.warmgate.operator.translate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.warmgate.config.Consumer;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.ConsumerKey;
import io.warmgate.crd.v1alpha1.SecretKeyRef;
import io.warmgate.operator.snapshot.ConsumerSecrets;
import io.warmgate.operator.snapshot.SecretLookup;
import io.warmgate.operator.snapshot.Snapshot;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** API keys out of Secrets: pods are told their SHA-256, and messages never quote them. */
final class ConsumerKeys {
  /** What is shorter can be guessed, and its SHA-256 turned back. */
  static final int MIN_LENGTH = 20;

  private final Snapshot snapshot;
  private final Values values;
  private final Findings findings;
  private final Map<String, ObjectKey> owners = new HashMap<>();

  ConsumerKeys(Snapshot snapshot, Values values, Findings findings) {
    this.snapshot = snapshot;
    this.values = values;
    this.findings = findings;
  }

  /**
   * A key that pods can know.
   *
   * @param expires as the user wrote it
   */
  record Usable(String name, Consumer.Key key, @Nullable String expires) {}

  /** Those that can be used, in the user's order. */
  List<Usable> of(ApiConsumer consumer) {
    ObjectKey object = ObjectKey.of(consumer);
    List<Usable> usable = new ArrayList<>();
    List<ConsumerKey> specs = consumer.getSpec().keys();
    for (int i = 0; i < specs.size(); i++) {
      ConsumerKey spec = specs.get(i);
      String path = "spec.keys[" + i + "]";
      try {
        Consumer.Key key =
            new Consumer.Key(
                Sha256.of(value(path, consumer, spec)), millis(path + ".expires", spec.expires()));
        ObjectKey owner = owners.putIfAbsent(key.sha256(), object);
        if (owner == null) {
          usable.add(new Usable(spec.name(), key, spec.expires()));
        } else {
          findings.add(
              object,
              ConditionType.ACCEPTED,
              ConditionReason.CONFLICTED,
              owner.equals(object)
                  ? path + ": another key of this consumer has the same value"
                  : "%s: the older %s has the same key"
                      .formatted(path, owner.seenFrom(object.namespace())));
        }
      } catch (Unusable e) {
        findings.add(e.in(object));
      }
    }
    return usable;
  }

  private byte[] value(String path, ApiConsumer consumer, ConsumerKey spec) {
    SecretKeyRef ref = ConsumerSecrets.of(consumer, spec);
    boolean made = spec.secretRef() == null;
    String namespace = consumer.getMetadata().getNamespace();
    if (made
        && snapshot.references().secret(namespace, ref.name()) instanceof SecretLookup.Missing) {
      throw Unusable.unresolved(
          ConditionReason.PENDING, path, "Secret '%s' is being made".formatted(ref.name()));
    }
    String at = made ? path : path + ".secretRef";
    SecretLookup.Found secret = values.secret(at, namespace, ref.name());
    // A field's value has no white space around it (RFC 9110 §5.5); files often end with a line.
    String key = new String(values.value(at, ref.name(), secret, ref.key()), UTF_8).strip();
    if (!key.matches("[!-~]*")) {
      throw bad(at, ref, "has characters that cannot stand in a header: use visible ASCII alone");
    }
    if (key.length() < MIN_LENGTH) {
      throw bad(
          at,
          ref,
          "is shorter than %d characters; take a random one: openssl rand -base64 32"
              .formatted(MIN_LENGTH));
    }
    return key.getBytes(UTF_8);
  }

  private static Unusable bad(String path, SecretKeyRef ref, String problem) {
    return Unusable.unresolved(
        ConditionReason.INVALID_SECRET,
        path,
        "key '%s' of Secret '%s' %s".formatted(ref.key(), ref.name(), problem));
  }

  private static @Nullable Long millis(String path, @Nullable String expires) {
    if (expires == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(expires).toInstant().toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw Unusable.invalid(
          path,
          "'%s' is no time like 2027-01-31T00:00:00Z; the key is not taken".formatted(expires));
    }
  }
}
