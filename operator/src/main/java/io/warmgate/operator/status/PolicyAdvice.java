package io.warmgate.operator.status;

import io.fabric8.kubernetes.api.model.Condition;
import io.warmgate.config.CacheLayers;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.admin.RuleTraffic;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CachePolicyStatus;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.operator.snapshot.AttachedPolicy;
import io.warmgate.operator.snapshot.MintedRevision;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What policies' users are told of their hits: the ratio, and the condition {@code Efficient}. What
 * was said stands until the traffic shows otherwise; a changed policy is told anew.
 */
public final class PolicyAdvice {
  private final @Nullable CountedRules rules;
  private final CacheLayers layers;

  private PolicyAdvice(
      Snapshot snapshot, @Nullable GatewayConfig wanted, List<RuleTraffic> traffic) {
    MintedRevision current = snapshot.fleet().current();
    rules = current == null ? null : new CountedRules(current.config(), wanted, traffic);
    layers = current == null ? new CacheLayers(0, null) : current.config().cache();
  }

  /**
   * @param wanted what pods serve next; null: what they serve
   */
  static PolicyAdvice of(Snapshot snapshot, @Nullable GatewayConfig wanted) {
    return new PolicyAdvice(snapshot, wanted, snapshot.fleet().traffic());
  }

  /**
   * Whether with this traffic some policy's status would say something else.
   *
   * @param snapshot with the statuses as they are
   */
  public static boolean isNews(Snapshot snapshot, List<RuleTraffic> traffic) {
    PolicyAdvice advice = new PolicyAdvice(snapshot, null, traffic);
    return snapshot.attachments().policies().stream()
        .map(AttachedPolicy::policy)
        .anyMatch(
            policy -> {
              Efficiency before = said(policy);
              return !before.equals(before.next(advice.traffic(policy).clients()));
            });
  }

  private PolicyTraffic traffic(CachePolicy policy) {
    return rules == null ? PolicyTraffic.of(List.of()) : rules.of(policy);
  }

  /** Sets the condition, and gives the ratio. */
  Efficiency set(CachePolicy policy, Conditions conditions) {
    Efficiency before = said(policy);
    PolicyTraffic traffic = traffic(policy);
    Efficiency next = before.next(traffic.clients());
    ConditionReason reason = next.reason();
    if (reason == null || next.equals(before)) {
      return before.equals(Efficiency.UNKNOWN) ? before : kept(before, conditions);
    }
    String message = EfficiencyText.of(next, traffic, layers);
    if (reason == ConditionReason.MOSTLY_HITS) {
      conditions.yes(ConditionType.EFFICIENT, reason, message);
    } else {
      conditions.no(ConditionType.EFFICIENT, reason, message);
    }
    return next;
  }

  private static Efficiency kept(Efficiency before, Conditions conditions) {
    conditions.keep(ConditionType.EFFICIENT);
    return before;
  }

  /** Of the policy as it is now written. */
  private static Efficiency said(CachePolicy policy) {
    CachePolicyStatus status = policy.getStatus();
    Long generation = policy.getMetadata().getGeneration();
    if (status == null) {
      return Efficiency.UNKNOWN;
    }
    return status.conditions().stream()
        .filter(any -> any.getType().equals(ConditionType.EFFICIENT.wire()))
        .filter(any -> Objects.equals(any.getObservedGeneration(), generation))
        .findFirst()
        .map(Condition::getReason)
        .map(reason -> Efficiency.said(status.hitRatio(), reason))
        .orElse(Efficiency.UNKNOWN);
  }
}
