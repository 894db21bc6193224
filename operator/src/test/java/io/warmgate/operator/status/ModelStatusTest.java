package io.warmgate.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.AiModelBackendStatus;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.ModelEntryStatus;
import io.warmgate.crd.v1alpha1.ModelUsage;
import io.warmgate.operator.snapshot.AttachedModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One status out of what several gateways say of a model. */
class ModelStatusTest {
  private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");

  private static AiModelBackend model(long generation) {
    return Serialization.unmarshal(
        """
        metadata: {name: gpt, namespace: shop, uid: u, generation: %d}
        spec: {provider: OpenAI, model: gpt-5-mini}
        """
            .formatted(generation),
        AiModelBackend.class);
  }

  /**
   * @param problem that Programmed is False with; null: it is True
   */
  private static ModelView view(
      String gateway, AiModelBackend model, @Nullable String problem, String... others) {
    Conditions conditions = new Conditions(model, List.of(), NOW);
    conditions
        .yes(ConditionType.ACCEPTED, ConditionReason.ACCEPTED, "fine")
        .yes(ConditionType.RESOLVED_REFS, ConditionReason.RESOLVED_REFS, "there");
    if (problem == null) {
      conditions.yes(ConditionType.PROGRAMMED, ConditionReason.PROGRAMMED, "served");
    } else {
      conditions.no(ConditionType.PROGRAMMED, ConditionReason.NO_READY_PODS, problem);
    }
    return new ModelView(
        gateway,
        new AttachedModel(model, new TreeSet<>(List.of(others))),
        conditions.list(),
        List.of(),
        new CredentialWord(List.of()),
        List.of(),
        List.of(new ModelEntryStatus("gpt-5-mini", 128_000L, "USD")));
  }

  private static String programmed(ModelStatus status) {
    return status.status().status().conditions().stream()
        .filter(any -> any.getType().equals("Programmed"))
        .map(any -> any.getStatus() + " " + any.getReason() + ": " + any.getMessage())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void oneGatewaySaysItAsItIs() {
    ModelView edge = view("edge", model(1), "nobody is there");
    assertThat(programmed(ModelStatus.of(edge, Map.of("edge", edge), null, NOW)))
        .isEqualTo("False NoReadyPods: nobody is there");
  }

  @Test
  void itIsProgrammedWhereAllSaySo() {
    AiModelBackend model = model(1);
    ModelView edge = view("edge", model, null, "inner");
    assertThat(programmed(ModelStatus.of(edge, Map.of("edge", edge), null, NOW)))
        .isEqualTo("False Pending: ApiGateway 'inner' has not looked at it yet");
    ModelView waiting = view("inner", model, "nobody is there", "edge");
    assertThat(programmed(ModelStatus.of(edge, Map.of("edge", edge, "inner", waiting), null, NOW)))
        .isEqualTo("False NoReadyPods: ApiGateway 'inner': nobody is there");
    ModelView inner = view("inner", model, null, "edge");
    ModelStatus all = ModelStatus.of(inner, Map.of("edge", edge, "inner", inner), null, NOW);
    assertThat(programmed(all)).isEqualTo("True Programmed: served");
    assertThat(all.status().settled()).isTrue();
  }

  @Test
  void whatWasSaidOfAnotherFormDoesNotCount() {
    ModelView before = view("inner", model(1), null, "edge");
    ModelView now = view("edge", model(2), null, "inner");
    assertThat(programmed(ModelStatus.of(now, Map.of("edge", now, "inner", before), null, NOW)))
        .isEqualTo("False Pending: ApiGateway 'inner' has not looked at it yet");
  }

  @Test
  void afterARestartWhatIsSaidStands() {
    AiModelBackend model = model(1);
    ModelView edge = view("edge", model, null);
    List<Condition> said =
        ModelStatus.of(edge, Map.of("edge", edge), null, NOW).status().status().conditions();
    model.setStatus(
        new AiModelBackendStatus(1L, "gpt-5-mini", List.of(), 128_000L, null, List.of(), said));
    ModelView first = view("edge", model, null, "inner");
    ModelStatus status = ModelStatus.of(first, Map.of("edge", first), null, NOW.plusSeconds(60));
    assertThat(status.status().changed()).isFalse();
  }

  @Test
  void ofSeveralEachIsToldAndTheFirstIsItsTitle() {
    AiModelBackend several =
        Serialization.unmarshal(
            """
            metadata: {name: gpt, namespace: shop, uid: u, generation: 1}
            spec: {provider: OpenAI, models: [{name: gpt-5}, {name: gpt-5-mini}, {name: b}]}
            """,
            AiModelBackend.class);
    ModelView edge = view("edge", several, null);
    AiModelBackendStatus told =
        ModelStatus.of(edge, Map.of("edge", edge), null, NOW).status().status();
    assertThat(told.model()).isEqualTo("gpt-5 and 2 more");
    assertThat(told.models()).isEqualTo(edge.entries());
    assertThat(told.contextWindow()).isNull();
    ModelView one = view("edge", model(1), null);
    assertThat(ModelStatus.of(one, Map.of("edge", one), null, NOW).status().status())
        .extracting(AiModelBackendStatus::model, AiModelBackendStatus::models)
        .containsExactly("gpt-5-mini", List.of());
  }

  @Test
  void whatItTookIsToldAndIsAChange() {
    ModelView edge = view("edge", model(1), null);
    ModelUsage usage = new ModelUsage(1L, 2L, 3L, 4L, List.of());
    ModelStatus told = ModelStatus.of(edge, Map.of("edge", edge), usage, NOW);
    assertThat(told.status().status().usage()).isEqualTo(usage);
    assertThat(told.status().status().contextWindow()).isEqualTo(128_000);
    AiModelBackend written = model(1);
    written.setStatus(told.status().status());
    ModelView again = view("edge", written, null);
    Map<String, ModelView> known = Map.of("edge", again);
    assertThat(ModelStatus.of(again, known, usage, NOW).status().changed()).isFalse();
    ModelUsage more = new ModelUsage(1L, 2L, 3L, 5L, List.of());
    assertThat(ModelStatus.of(again, known, more, NOW).status().changed()).isTrue();
  }
}
