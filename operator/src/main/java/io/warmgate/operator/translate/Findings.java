package io.warmgate.operator.translate;

import io.warmgate.crd.v1alpha1.ConditionReason;
import io.warmgate.crd.v1alpha1.ConditionType;
import java.util.ArrayList;
import java.util.List;

/** What was found wrong so far. */
final class Findings {
  private final List<Finding> findings = new ArrayList<>();

  void add(Finding finding) {
    findings.add(finding);
  }

  void add(ObjectKey object, ConditionType type, ConditionReason reason, String message) {
    add(new Finding(object, type, reason, message));
  }

  int size() {
    return findings.size();
  }

  List<Finding> list() {
    return List.copyOf(findings);
  }
}
