package io.warmgate.operator.reconcile;

import io.warmgate.config.admin.AnswerField;
import io.warmgate.config.admin.ServedVersions;
import io.warmgate.crd.v1alpha1.ModelVersionSource;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether pods say something of models' versions that may come to something. Pods tell of all that
 * they hear; somebody wants to know of some.
 */
final class VersionNews {
  private VersionNews() {}

  /**
   * @param told what was decided by
   * @param now what each pod says, by uid
   */
  static boolean isNews(Snapshot told, Map<String, List<ServedVersions>> now) {
    Set<ModelVersionSource> wanted =
        told.attachments().models().stream()
            .map(each -> each.model().getSpec().modelVersionFrom())
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    return !mattering(told.fleet().versions(), wanted).equals(mattering(now, wanted));
  }

  private static Map<String, List<ServedVersions>> mattering(
      Map<String, List<ServedVersions>> said, Set<ModelVersionSource> wanted) {
    Map<String, List<ServedVersions>> matters = new TreeMap<>();
    said.forEach(
        (pod, versions) -> {
          List<ServedVersions> some =
              versions.stream()
                  .filter(each -> matters(each, wanted))
                  .map(VersionNews::withoutOrder)
                  .toList();
          if (!some.isEmpty()) {
            matters.put(pod, some);
          }
        });
    return matters;
  }

  private static boolean matters(ServedVersions said, Set<ModelVersionSource> wanted) {
    if (said.areOf(AnswerField.SYSTEM_FINGERPRINT)) {
      return wanted.contains(ModelVersionSource.SYSTEM_FINGERPRINT);
    }
    return !said.areOf(AnswerField.MODEL) || wanted.contains(ModelVersionSource.RESPONSE_MODEL);
  }

  /** Which is heard most often matters only where one is not heard any more. */
  private static ServedVersions withoutOrder(ServedVersions said) {
    boolean heard = said.areOf(AnswerField.SYSTEM_FINGERPRINT) || said.areOf(AnswerField.MODEL);
    return heard ? new ServedVersions(said.server(), List.of(), said.listed()) : said;
  }
}
