package io.warmgate.operator.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.config.Access;
import io.warmgate.config.Consumer;
import io.warmgate.config.admin.Revocation;
import io.warmgate.config.admin.Revocation.Taken;
import io.warmgate.crd.v1alpha1.ApiConsumer;
import io.warmgate.operator.snapshot.Attachments;
import io.warmgate.operator.snapshot.ReferenceGrants;
import io.warmgate.operator.snapshot.ReferenceGrants.Allowed;
import io.warmgate.operator.snapshot.References;
import io.warmgate.operator.snapshot.SecretLookup;
import io.warmgate.operator.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Consumers of other namespaces, with and without a grant; all of them have the same key. */
class NotAdmittedTest {
  private static final SecretLookup KEY =
      new SecretLookup.Found(
          Map.of("apiKey", "the-same-key-of-everybody".getBytes(StandardCharsets.UTF_8)));
  private static final Map<String, SecretLookup> SECRETS = Map.of("app-main", KEY);

  private static ApiConsumer consumer(String namespace, String since) {
    ApiConsumer consumer =
        Serialization.unmarshal(
            """
            apiVersion: warmgate.io/v1alpha1
            kind: ApiConsumer
            metadata: {name: app, namespace: %s, uid: %s, generation: 1, creationTimestamp: "%s"}
            spec:
              gatewayRef: {name: edge, namespace: shop}
              keys: [{name: main}]
            """
                .formatted(namespace, namespace, since),
            ApiConsumer.class);
    return consumer;
  }

  private static Translation translate(ReferenceGrants grants) {
    Snapshot bare = Snapshots.of(List.of());
    return Translator.translate(
        new Snapshot(
            bare.gateway(),
            new Attachments(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(
                    consumer("acme", "2026-01-01T00:00:00Z"),
                    consumer("shop", "2026-01-02T00:00:00Z"))),
            new References(
                null, Map.of(), Map.of("acme", SECRETS, "shop", SECRETS), Map.of(), grants),
            bare.fleet(),
            bare.facts()));
  }

  private static ReferenceGrants grant(Allowed... allowed) {
    return new ReferenceGrants.Known(Set.of(allowed));
  }

  private static Access access(Translation translation) {
    return Objects.requireNonNull(translation.config()).access();
  }

  /** namespace/name of those that pods know by a key. */
  private static List<String> known(ReferenceGrants grants) {
    return access(translate(grants)).consumers().stream()
        .filter(consumer -> !consumer.keys().isEmpty())
        .map(Consumer::id)
        .toList();
  }

  @Test
  void whoIsNotLetInIsNoConsumerAndKeepsNobodyOut() {
    Translation translation = translate(ReferenceGrants.none());
    assertThat(access(translation).consumers())
        .extracting(Consumer::id)
        .containsExactly("shop/app");
    assertThat(known(ReferenceGrants.none())).containsExactly("shop/app");
    assertThat(translation.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.object().id()).isEqualTo("acme/app");
              assertThat(finding.reason().wire()).isEqualTo("RefNotPermitted");
            });
  }

  @Test
  void aGrantIsForItsNamespaceAndItsGateway() {
    assertThat(known(grant(new Allowed("acme", null)))).containsExactly("acme/app");
    assertThat(known(grant(new Allowed("acme", "edge")))).containsExactly("acme/app");
    assertThat(known(grant(new Allowed("acme", "other")))).containsExactly("shop/app");
    assertThat(known(grant(new Allowed("globex", null)))).containsExactly("shop/app");
  }

  @Test
  void whereNobodyCanBeLetInTheConsumerReadsWhy() {
    assertThat(known(new ReferenceGrants.NotServed())).containsExactly("shop/app");
    assertThat(translate(new ReferenceGrants.NotServed()).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.message()).contains("install Gateway API's CRDs"));
    assertThat(known(new ReferenceGrants.NotReadable())).containsExactly("shop/app");
  }

  @Test
  void aGrantThatIsGoneTakesItsConsumersAwayWhole() {
    Access before = access(translate(grant(new Allowed("acme", null))));
    Access after = access(translate(ReferenceGrants.none()));
    assertThat(Revocations.between(before, after))
        .isEqualTo(new Revocation(false, List.of(Taken.whole("acme/app"))));
  }

  /** Whose key it is is not told in another namespace. */
  @Test
  void whatIsAnOlderOnesIsNotSaidWhose() {
    assertThat(translate(grant(new Allowed("acme", null))).findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.object().id()).isEqualTo("shop/app");
              assertThat(finding.message())
                  .isEqualTo(
                      "spec.keys[0]: the older ApiConsumer of another namespace has the same key");
            });
  }
}
