package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.config.Price;
import io.warmgate.config.admin.CredentialState;
import io.warmgate.config.admin.CredentialState.Verdict;
import io.warmgate.config.admin.ModelTraffic;
import io.warmgate.config.admin.SecretValues;
import io.warmgate.config.admin.TokenCounts;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.ApiGateway;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.crd.v1alpha1.ModelEntryStatus;
import io.warmgate.operator.snapshot.AttachedModel;
import io.warmgate.operator.snapshot.Attachments;
import io.warmgate.operator.snapshot.FingerprintKey;
import io.warmgate.operator.snapshot.Fleet;
import io.warmgate.operator.snapshot.OperatorFacts;
import io.warmgate.operator.snapshot.PodSeen;
import io.warmgate.operator.snapshot.References;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.snapshot.Workload;
import io.warmgate.operator.snapshot.WrittenRevisions;
import io.warmgate.operator.translate.Minting;
import io.warmgate.operator.translate.Translation;
import io.warmgate.operator.translate.Translator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What pods counted of models comes to the models that it is of. */
class ModelUsageReportTest {
  private static final ModelTraffic KNOWN = counted("shop/known", null, 1);
  private static final ModelTraffic EARLIER =
      counted("shop/known", new Price("EUR", 1, 1, 1, 0), 2);
  private static final ModelTraffic OTHER = counted("shop/unknown", null, 3);
  private static final ModelTraffic SEVERAL = counted("shop/several", null, 4);
  private static final ModelTraffic ONE_OF_THEM = counted("shop/several:gpt-5", null, 5);
  private static final CredentialState GOOD = credential("known", null, Verdict.ACCEPTED);

  private static ModelTraffic counted(String model, @Nullable Price price, long answers) {
    TokenCounts counts = new TokenCounts(0, 0, 0, answers);
    return new ModelTraffic(model, price, counts, counts);
  }

  private static <T extends HasMetadata> T read(String yaml, Class<T> type) {
    T object = Serialization.unmarshal(yaml, type);
    object.getMetadata().setNamespace("shop");
    object.getMetadata().setUid(object.getMetadata().getName());
    object.getMetadata().setGeneration(1L);
    return object;
  }

  /**
   * @param model the rest of its spec
   */
  private static AttachedModel model(String name, String model) {
    return new AttachedModel(
        read(
            """
            metadata: {name: %s}
            spec: {provider: OpenAI, %s}
            """
                .formatted(name, model),
            AiModelBackend.class),
        new TreeSet<>());
  }

  private static CredentialState credential(
      String model, @Nullable String fingerprint, Verdict verdict) {
    return new CredentialState("shop/" + model, fingerprint, verdict, null);
  }

  private static PodSeen pod(String name, boolean answering) {
    return new PodSeen(name, "uid-" + name, answering, null, null, null);
  }

  private static Snapshot snapshot() {
    return new Snapshot(
        read(
            """
            metadata: {name: edge}
            spec: {listeners: [{name: http, port: 8080, protocol: HTTP}]}
            """,
            ApiGateway.class),
        new Attachments(
            List.of(
                read(
                    """
                    metadata: {name: models}
                    spec:
                      parentRefs: [{name: edge}]
                      rules:
                      - matches: [{path: {value: /v1}}]
                        backendRefs:
                        - {kind: AiModelBackend, name: known}
                        - {kind: AiModelBackend, name: unknown}
                        - {kind: AiModelBackend, name: several}
                    """,
                    ApiRoute.class)),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(
                model("known", "model: gpt-5-mini"),
                model("unknown", "model: nobody-knows-it"),
                model(
                    "several",
                    "models: [{name: gpt-5}, {name: x, price: {perRequest: \"1\", currency: EUR}},"
                        + " {name: nobody-knows-it}]"))),
        new References(Map.of()),
        new Fleet(
            WrittenRevisions.none(),
            new SecretValues(Map.of()),
            List.of(pod("b", true), pod("a", true), pod("left", false)),
            List.of(),
            List.of(KNOWN, OTHER, SEVERAL, EARLIER, ONE_OF_THEM),
            Map.of(
                "uid-a",
                List.of(
                    GOOD,
                    credential("unknown", null, Verdict.UNTOLD),
                    credential("several", null, Verdict.UNREACHABLE),
                    credential("several", null, Verdict.ACCEPTED),
                    credential("several:gpt-5", null, Verdict.UNTOLD)),
                "uid-b",
                List.of(credential("known", "of the key before", Verdict.REFUSED)),
                "uid-left",
                List.of(credential("known", null, Verdict.REFUSED))),
            Map.of(),
            Workload.none()),
        new OperatorFacts(
            "runtime", "redis", "warmgate-system", "warmgate", new FingerprintKey(new byte[32])));
  }

  @Test
  void eachModelHasItsOwn() {
    Snapshot snapshot = snapshot();
    Translation translation = Translator.translate(snapshot);
    List<ModelView> views =
        StatusReport.of(
                snapshot,
                translation,
                new Minting.Unchanged(),
                Containment.nothing().with(1, snapshot, translation.inclusion()),
                RolloutStatuses.none(),
                Instant.EPOCH)
            .models();
    assertThat(views)
        .extracting(view -> view.attached().model().getMetadata().getName())
        .containsExactly("known", "several", "unknown");
    assertThat(views.getFirst().counted()).containsExactly(KNOWN, EARLIER);
    assertThat(views.getFirst().entries())
        .containsExactly(new ModelEntryStatus("gpt-5-mini", 400_000L, "USD"));
    assertThat(views.getFirst().credential().said())
        .containsExactly(new CredentialWord.Said(null, GOOD));
    ModelView unknown = views.getLast();
    assertThat(unknown.credential().said()).hasSize(1);
    assertThat(unknown.counted()).containsExactly(OTHER);
    assertThat(unknown.entries().getFirst().contextWindow()).isNull();
    ModelView several = views.get(1);
    assertThat(several.counted()).containsExactly(SEVERAL, ONE_OF_THEM);
    assertThat(several.entries())
        .containsExactly(
            new ModelEntryStatus("gpt-5", 400_000L, "USD"),
            new ModelEntryStatus("x", null, "EUR"),
            new ModelEntryStatus("nobody-knows-it", null, null));
    assertThat(several.credential().said())
        .as("a pod has one word on a key, whichever of the models it asked")
        .extracting(said -> said.state().verdict())
        .containsExactly(Verdict.ACCEPTED);
  }
}
