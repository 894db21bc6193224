package io.warmgate.operator.translate;

import io.warmgate.config.CacheRule;
import io.warmgate.config.Conditions;
import io.warmgate.crd.v1alpha1.CachePolicy;
import io.warmgate.crd.v1alpha1.CacheTarget;
import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import io.warmgate.crd.v1alpha1.GatewayCache;
import io.warmgate.crd.v1alpha1.TargetKind;
import io.warmgate.operator.snapshot.AttachedPolicy;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The policies by what they are for, each list oldest first. Merged field by field (GEP-713, "Patch
 * Defaults"): the rule's, then the route's, then the gateway's, and at one level the older's.
 */
final class PolicyBook {
  private record Target(TargetKind kind, String name, @Nullable String section) {
    static Target of(CacheTarget ref) {
      return new Target(ref.kind(), ref.name(), ref.sectionName());
    }

    /** Where a policy for this says so. */
    int indexIn(CachePolicy policy) {
      return policy.getSpec().targetRefs().stream().map(Target::of).toList().indexOf(this);
    }
  }

  private final String gateway;

  /** Whether Redis has what is kept as it is. */
  private final boolean keepsOpenly;

  private final Map<Target, List<CachePolicy>> policies = new LinkedHashMap<>();

  private PolicyBook(Snapshot snapshot) {
    this.gateway = snapshot.name();
    GatewayCache cache = snapshot.gateway().getSpec().cache();
    this.keepsOpenly = cache.sharedRef() != null && cache.encryption() == null;
  }

  static PolicyBook of(Snapshot snapshot, Findings findings) {
    PolicyBook book = new PolicyBook(snapshot);
    PolicyTargets targets = PolicyTargets.of(snapshot);
    for (AttachedPolicy attached : snapshot.attachments().policies()) {
      Map<CacheTarget, String> elsewhere = attached.elsewhere();
      if (elsewhere.isEmpty()) {
        book.add(attached.policy(), targets, findings);
      } else {
        findings.add(
            ObjectKey.of(attached.policy()),
            ConditionType.ACCEPTED,
            ConditionReason.INVALID,
            "spec.targetRefs: all targets must belong to one ApiGateway, and %s; make a policy for each"
                .formatted(PolicyTargets.described(elsewhere)));
      }
    }
    book.policies.forEach(
        (target, level) -> PolicyConflicts.find(level, target::indexIn, findings));
    return book;
  }

  private void add(CachePolicy policy, PolicyTargets targets, Findings findings) {
    if (keepsOpenly && Boolean.TRUE.equals(policy.getSpec().allowSensitive())) {
      findings.add(
          ObjectKey.of(policy),
          ConditionType.ACCEPTED,
          ConditionReason.INVALID,
          ("spec.allowSensitive: ApiGateway '%s' keeps answers in Redis as they are; without its"
                  + " spec.cache.encryption questions with something of a person are not kept")
              .formatted(gateway));
    }
    List<String> missing = new ArrayList<>();
    for (CacheTarget target : policy.getSpec().targetRefs()) {
      if (targets.exists(target)) {
        policies.computeIfAbsent(Target.of(target), any -> new ArrayList<>()).add(policy);
      } else {
        missing.add(PolicyTargets.described(target));
      }
    }
    if (!missing.isEmpty()) {
      findings.add(
          ObjectKey.of(policy),
          ConditionType.ACCEPTED,
          ConditionReason.TARGET_NOT_FOUND,
          "spec.targetRefs: %s not there%s"
              .formatted(
                  String.join(", ", missing) + (missing.size() == 1 ? " is" : " are"),
                  missing.size() < policy.getSpec().targetRefs().size()
                      ? ". It is in effect for its other targets"
                      : ""));
    }
  }

  /** What holds for a rule; empty where no policy reaches it: it is not cached. */
  Optional<CacheRule> effective(String route, String rule) {
    List<CachePolicy> reaching = reaching(route, rule);
    return reaching.isEmpty() ? Optional.empty() : Optional.of(held(PolicyMerge.merge(reaching)));
  }

  /** The same for a rule of models. */
  Optional<CacheRule> effectiveForModels(String route, String rule) {
    List<CachePolicy> reaching = reaching(route, rule);
    return reaching.isEmpty()
        ? Optional.empty()
        : Optional.of(held(PolicyMerge.mergeForModels(reaching)));
  }

  /** What is of a person is in Redis encrypted, or not at all. */
  private CacheRule held(CacheRule rule) {
    Conditions conditions = rule.options().conditions();
    return keepsOpenly && conditions.sensitive() != null
        ? rule.with(rule.options().with(conditions.withoutSensitive()))
        : rule;
  }

  /** Which policy says whose answers a rule's are. */
  Optional<ObjectKey> partitioner(String route, String rule) {
    return KeyFields.partitioner(reaching(route, rule)).map(ObjectKey::of);
  }

  /** The most specific policy that reaches a rule. */
  Optional<ObjectKey> nearest(String route, String rule) {
    return reaching(route, rule).stream().findFirst().map(ObjectKey::of);
  }

  private List<CachePolicy> reaching(String route, String rule) {
    List<CachePolicy> reaching = new ArrayList<>();
    reaching.addAll(at(new Target(TargetKind.API_ROUTE, route, rule)));
    reaching.addAll(at(new Target(TargetKind.API_ROUTE, route, null)));
    reaching.addAll(at(new Target(TargetKind.API_GATEWAY, gateway, null)));
    return reaching;
  }

  /** What a policy is in effect for: keys of routes, and of the gateway. */
  Map<ObjectKey, List<ObjectKey>> targets(String namespace) {
    Map<ObjectKey, List<ObjectKey>> targets = new HashMap<>();
    policies.forEach(
        (target, level) -> {
          String kind = target.kind() == TargetKind.API_ROUTE ? "ApiRoute" : "ApiGateway";
          for (CachePolicy policy : level) {
            targets
                .computeIfAbsent(ObjectKey.of(policy), any -> new ArrayList<>())
                .add(new ObjectKey(kind, namespace, target.name()));
          }
        });
    return targets;
  }

  private List<CachePolicy> at(Target target) {
    return policies.getOrDefault(target, List.of());
  }
}
