package io.warmgate.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.AiModelBackendStatus;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.FoundVersion;
import io.warmgate.crd.v1alpha1.ModelUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a model's author reads, out of what the gateways that serve it say: a condition is True
 * where all of them say so.
 *
 * @param notices Events, to be written with the status
 */
public record ModelStatus(ObjectStatus<AiModelBackendStatus> status, List<Notice> notices) {
  private static final List<ConditionType> TYPES =
      List.of(ConditionType.ACCEPTED, ConditionType.RESOLVED_REFS, ConditionType.PROGRAMMED);

  public ModelStatus {
    notices = List.copyOf(notices);
  }

  /**
   * @param newest what the gateway says that has just looked
   * @param known by name of the gateway: what each said last, {@code newest} among them
   * @param usage what is told of it; null: nothing
   */
  public static ModelStatus of(
      ModelView newest, Map<String, ModelView> known, @Nullable ModelUsage usage, Instant now) {
    AiModelBackend model = newest.attached().model();
    AiModelBackendStatus before = model.getStatus();
    Conditions conditions =
        new Conditions(model, before == null ? List.of() : before.conditions(), now);
    NavigableSet<String> gateways = new TreeSet<>(newest.attached().elsewhere());
    gateways.add(newest.gateway());
    for (ConditionType type : TYPES) {
      set(conditions, type, gateways, known);
    }
    CredentialCondition.set(
        conditions,
        model.getSpec(),
        CredentialWord.of(
            gateways.stream()
                .map(known::get)
                .filter(view -> view != null && view.isOf(model))
                .map(ModelView::credential)
                .toList()));
    List<FoundVersion> versions = FoundNews.versions(model, gateways, known);
    boolean isList = model.getSpec().hasList();
    AiModelBackendStatus status =
        new AiModelBackendStatus(
            conditions.generation(),
            model.getSpec().title(),
            isList ? newest.entries() : List.of(),
            isList || newest.entries().isEmpty()
                ? null
                : newest.entries().getFirst().contextWindow(),
            usage,
            versions,
            conditions.list());
    List<Notice> notices = new ArrayList<>(conditions.notices());
    notices.addAll(FoundNews.notices(model, newest.gateway(), versions));
    return new ModelStatus(
        new ObjectStatus<>(
            conditions.object(), status, !status.equals(before), conditions.settled()),
        notices);
  }

  private static void set(
      Conditions conditions,
      ConditionType type,
      NavigableSet<String> gateways,
      Map<String, ModelView> known) {
    AiModelBackend model = (AiModelBackend) conditions.source();
    Condition good = null;
    for (String gateway : gateways) {
      ModelView view = known.get(gateway);
      Condition said = view != null && view.isOf(model) ? said(view, type) : null;
      if (said != null && said.getStatus().equals("True")) {
        good = said;
      } else if (said != null) {
        conditions.no(
            type,
            ConditionReason.of(said.getReason()),
            gateways.size() == 1
                ? said.getMessage()
                : "ApiGateway '%s': %s".formatted(gateway, said.getMessage()));
        return;
      } else if (type == ConditionType.PROGRAMMED && !conditions.holds(type)) {
        conditions.no(
            type,
            ConditionReason.PENDING,
            "ApiGateway '%s' has not looked at it yet".formatted(gateway));
        return;
      }
    }
    Condition any = Objects.requireNonNull(good, "the newest view has every type");
    conditions.yes(type, ConditionReason.of(any.getReason()), any.getMessage());
  }

  private static @Nullable Condition said(ModelView view, ConditionType type) {
    return view.conditions().stream()
        .filter(any -> any.getType().equals(type.wire()))
        .findFirst()
        .orElse(null);
  }
}
