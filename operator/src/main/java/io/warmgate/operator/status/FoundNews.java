package io.warmgate.operator.status;

import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.AiModelBackendStatus;
import io.warmgate.crd.v1alpha1.FoundVersion;
import io.warmgate.operator.translate.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The versions that gateways found of a model: what of them its status and its Events say. */
final class FoundNews {
  private static final String REASON = "ModelVersionFound";

  private FoundNews() {}

  /**
   * What a gateway says.
   *
   * @param looked by object: what it found where it looked
   */
  static List<FoundVersion> of(
      AiModelBackend model, String gateway, Map<String, List<FoundVersion>> looked) {
    List<FoundVersion> found = looked.get(ObjectKey.of(model).id());
    if (found != null) {
      return found;
    }
    // It cannot be used as it is written: what was found stands, unless nobody asks any more.
    return before(model, gateway).filter(any -> isLookedFor(model, any)).toList();
  }

  /** What the status says from now on; of gateways that have not looked since, as it was. */
  static List<FoundVersion> versions(
      AiModelBackend model, NavigableSet<String> gateways, Map<String, ModelView> known) {
    List<FoundVersion> versions = new ArrayList<>();
    for (String gateway : gateways) {
      ModelView view = known.get(gateway);
      versions.addAll(
          view != null && view.isOf(model) ? view.found() : before(model, gateway).toList());
    }
    return versions;
  }

  /** Where this gateway goes over to other versions. */
  static List<Notice> notices(AiModelBackend model, String gateway, List<FoundVersion> versions) {
    List<FoundVersion> now = of(gateway, versions).toList();
    List<Notice> notices = new ArrayList<>();
    for (FoundVersion found : now) {
      Optional<String> before = version(before(model, gateway), found.model());
      if (!before.equals(Optional.of(found.version()))) {
        String message =
            model.getSpec().modelVersionFrom() == null
                ? "ApiGateway '%s' asks for version %s%s, which its server has%s"
                : "ApiGateway '%s' hears answers of version %s%s%s";
        notices.add(
            notice(
                model,
                message.formatted(gateway, found.version(), whose(model, found), was(before))));
      }
    }
    before(model, gateway)
        .filter(_ -> model.getSpec().modelVersionFrom() == null) // what is heard is never gone
        .filter(_ -> wasOfThisSpec(model)) // of another place nothing may be known yet
        .filter(any -> isLookedFor(model, any) && version(now.stream(), any.model()).isEmpty())
        .forEach(
            gone ->
                notices.add(
                    notice(
                        model,
                        "ApiGateway '%s' asks for no version%s any more: its server has none%s"
                            .formatted(
                                gateway, whose(model, gone), was(Optional.of(gone.version()))))));
    return notices;
  }

  private static Notice notice(AiModelBackend model, String message) {
    return new Notice(model, Notice.Severity.NORMAL, REASON, message);
  }

  private static boolean wasOfThisSpec(AiModelBackend model) {
    return Objects.equals(
        model.getStatus().observedGeneration(), model.getMetadata().getGeneration());
  }

  /** Of several models, which. */
  private static String whose(AiModelBackend model, FoundVersion found) {
    return model.getSpec().hasList() ? " of '%s'".formatted(found.model()) : "";
  }

  /** Whether the model is there, and its version is looked for. */
  private static boolean isLookedFor(AiModelBackend model, FoundVersion found) {
    return model.getSpec().entries().stream()
        .anyMatch(any -> any.name().equals(found.model()) && model.getSpec().findsVersion(any));
  }

  private static String was(Optional<String> before) {
    return before.map(any -> " (before: %s)".formatted(any)).orElse("");
  }

  private static Stream<FoundVersion> before(AiModelBackend model, String gateway) {
    AiModelBackendStatus status = model.getStatus();
    return status == null ? Stream.empty() : of(gateway, status.versions());
  }

  private static Stream<FoundVersion> of(String gateway, List<FoundVersion> versions) {
    return versions.stream().filter(any -> any.gateway().equals(gateway));
  }

  private static Optional<String> version(Stream<FoundVersion> versions, String model) {
    return versions.filter(any -> any.model().equals(model)).map(FoundVersion::version).findFirst();
  }
}
