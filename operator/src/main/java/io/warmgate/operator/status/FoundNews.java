package io.warmgate.operator.status;

import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.AiModelBackendStatus;
import io.warmgate.crd.v1alpha1.FoundVersion;
import io.warmgate.operator.translate.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The versions that gateways found of a model: what of them its status and its Events say. */
final class FoundNews {
  private static final String REASON = "ModelVersionFound";

  private FoundNews() {}

  /**
   * What a gateway says.
   *
   * @param looked by model: what it found where it looked; empty: nothing
   * @return null: nothing
   */
  static @Nullable FoundVersion of(
      AiModelBackend model, String gateway, Map<String, Optional<FoundVersion>> looked) {
    String id = ObjectKey.of(model).id();
    if (looked.containsKey(id)) {
      return looked.get(id).orElse(null);
    }
    // It cannot be used as it is written: what was found stands, unless nobody asks any more.
    return model.getSpec().modelVersion() == null ? before(model, gateway).orElse(null) : null;
  }

  /** What the status says from now on; of gateways that have not looked since, as it was. */
  static List<FoundVersion> versions(
      AiModelBackend model, NavigableSet<String> gateways, Map<String, ModelView> known) {
    List<FoundVersion> versions = new ArrayList<>();
    for (String gateway : gateways) {
      ModelView view = known.get(gateway);
      Optional<FoundVersion> found =
          view != null && view.isOf(model)
              ? Optional.ofNullable(view.found())
              : before(model, gateway);
      found.ifPresent(versions::add);
    }
    return versions;
  }

  /** Where this gateway goes over to another version. */
  static Optional<Notice> notice(
      AiModelBackend model, String gateway, List<FoundVersion> versions) {
    Optional<String> before = before(model, gateway).map(FoundVersion::version);
    Optional<String> now = version(versions, gateway).map(FoundVersion::version);
    if (now.equals(before) || (now.isEmpty() && model.getSpec().modelVersion() != null)) {
      return Optional.empty();
    }
    return Optional.of(
        new Notice(
            model,
            Notice.Severity.NORMAL,
            REASON,
            now.map(
                    any ->
                        "ApiGateway '%s' asks for version %s, which its server has%s"
                            .formatted(gateway, any, was(before)))
                .orElseGet(
                    () ->
                        "ApiGateway '%s' asks for no version any more: its server has none%s"
                            .formatted(gateway, was(before)))));
  }

  private static String was(Optional<String> before) {
    return before.map(any -> " (before: %s)".formatted(any)).orElse("");
  }

  private static Optional<FoundVersion> before(AiModelBackend model, String gateway) {
    AiModelBackendStatus status = model.getStatus();
    return status == null ? Optional.empty() : version(status.versions(), gateway);
  }

  private static Optional<FoundVersion> version(List<FoundVersion> versions, String gateway) {
    return versions.stream().filter(any -> any.gateway().equals(gateway)).findFirst();
  }
}
