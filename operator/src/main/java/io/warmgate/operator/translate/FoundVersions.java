package io.warmgate.operator.translate;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.warmgate.config.Backend;
import io.warmgate.config.BackendRef;
import io.warmgate.config.GatewayConfig;
import io.warmgate.config.Model;
import io.warmgate.config.Route;
import io.warmgate.config.Rule;
import io.warmgate.config.Tensors;
import io.warmgate.config.admin.AnswerField;
import io.warmgate.config.admin.ServedVersions;
import io.warmgate.config.admin.VersionOrder;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.AiModelBackendStatus;
import io.warmgate.crd.v1alpha1.FoundVersion;
import io.warmgate.crd.v1alpha1.ModelVersionSource;
import io.warmgate.operator.snapshot.Fleet;
import io.warmgate.operator.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Of which version a model is where its AiModelBackend does not say it. A server of tensors is
 * asked for the newest that every pod has found ready; of others it is what their answers say,
 * where somebody wants to know. What was found is remembered in the model's status, and of tensors
 * in the current revision; both are asked for the same server alone.
 */
final class FoundVersions {
  private final Snapshot snapshot;
  private final Running running;
  private final Map<String, List<FoundVersion>> found = new HashMap<>();

  FoundVersions(Snapshot snapshot, Running running) {
    this.snapshot = snapshot;
    this.running = running;
  }

  /** The same model, as it was found; as it is, where its version is said. */
  CompiledModel in(AiModelBackend object, CompiledModel written) {
    Model model = written.model();
    ModelVersionSource source = object.getSpec().modelVersionFrom();
    if (written.version() != null) {
      return written;
    }
    if (model.provider().takesTensors()) {
      return asked(object, written);
    }
    return source == null || model.asksAny() ? written : heard(object, written, source);
  }

  /** Of a server of tensors. */
  private CompiledModel asked(AiModelBackend object, CompiledModel written) {
    String server = ServedVersions.server(written.model(), written.backend());
    String version = next(remembered(object, server), said(snapshot.fleet(), server));
    remember(object, written, version, server, null);
    return version == null ? written : written.finding(version);
  }

  /**
   * What is heard first is what there is, and no release. After that it is another one each time,
   * also where a version comes back: what was kept under its name before may be of the one between.
   */
  private CompiledModel heard(
      AiModelBackend object, CompiledModel written, ModelVersionSource source) {
    String server = ServedVersions.answers(written.model(), written.backend(), field(source));
    Optional<FoundVersion> before =
        ofStatus(object).filter(any -> any.server().equals(server)).findFirst();
    String was = before.map(FoundVersion::version).orElse(null);
    String version =
        heard(was, said(snapshot.fleet(), server).stream().flatMap(Optional::stream).toList());
    int changes = before.map(FoundVersion::changes).orElse(0);
    if (was != null && !was.equals(version)) {
      changes++;
    }
    remember(object, written, version, server, changes);
    return version == null || changes == 0
        ? written
        : written.finding("%s (%d)".formatted(version, changes));
  }

  private void remember(
      AiModelBackend object,
      CompiledModel written,
      @Nullable String version,
      String server,
      @Nullable Integer changes) {
    List<FoundVersion> ofObject =
        found.computeIfAbsent(ObjectKey.of(object).id(), _ -> new ArrayList<>());
    if (version != null) {
      ofObject.add(
          new FoundVersion(snapshot.name(), written.model().model(), version, server, changes));
    }
  }

  private static AnswerField field(ModelVersionSource source) {
    return switch (source) {
      case SYSTEM_FINGERPRINT -> AnswerField.SYSTEM_FINGERPRINT;
      case RESPONSE_MODEL -> AnswerField.MODEL;
    };
  }

  /** By object, {@code namespace/name}: of those of whose models a version was looked for. */
  Map<String, List<FoundVersion>> all() {
    return found;
  }

  /** What each answering pod says; empty: nothing yet, or it is too old to know. */
  private static List<Optional<ServedVersions>> said(Fleet fleet, String server) {
    return fleet.answering().stream()
        .map(
            pod ->
                fleet.versions().getOrDefault(pod.uid(), List.of()).stream()
                    .filter(any -> any.server().equals(server))
                    .findFirst())
        .toList();
  }

  /**
   * What is asked for from now on. One that is asked for stays as long as some pod sees it, so that
   * servers behind one address, of which some have the new one and some do not yet, do not have it
   * go back and forth. While a pod says nothing, nothing changes.
   *
   * @param now null: none
   * @param pods what each says
   * @return null: the server has no versions, or none was found yet
   */
  static @Nullable String next(@Nullable String now, List<Optional<ServedVersions>> pods) {
    if (pods.isEmpty() || pods.stream().anyMatch(Optional::isEmpty)) {
      return now;
    }
    List<ServedVersions> said = pods.stream().flatMap(Optional::stream).toList();
    if (said.stream().allMatch(any -> any.listed().isEmpty())) {
      return null;
    }
    Optional<String> newest =
        said.getFirst().ready().stream()
            .filter(version -> said.stream().allMatch(any -> any.ready().contains(version)))
            .max(VersionOrder.NEWEST_LAST);
    return newest.filter(any -> now == null || replaces(any, now, said)).orElse(now);
  }

  /**
   * What counts from now on of what answers say. The one before stays while some pod still hears
   * it: a provider may answer with several at once. Else it is the one that most pods hear most
   * often.
   *
   * @param now null: none
   * @param pods what each says that has heard enough; those that have no traffic say nothing
   * @return null: nothing was heard yet
   */
  static @Nullable String heard(@Nullable String now, List<ServedVersions> pods) {
    if (now != null && pods.stream().anyMatch(any -> any.listed().contains(now))) {
      return now;
    }
    Map<String, Long> first =
        pods.stream()
            .flatMap(any -> any.ready().stream().limit(1))
            .collect(groupingBy(version -> version, TreeMap::new, counting()));
    return first.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(now);
  }

  private static boolean replaces(String next, String now, List<ServedVersions> said) {
    return VersionOrder.NEWEST_LAST.compare(next, now) > 0
        || said.stream().noneMatch(any -> any.listed().contains(now));
  }

  private @Nullable String remembered(AiModelBackend object, String server) {
    return Stream.concat(
            ofStatus(object).filter(any -> any.server().equals(server)).map(FoundVersion::version),
            running.config().stream().flatMap(config -> ran(config, object, server)))
        .findFirst()
        .orElse(null);
  }

  private Stream<FoundVersion> ofStatus(AiModelBackend object) {
    AiModelBackendStatus status = object.getStatus();
    return status == null
        ? Stream.empty()
        : status.versions().stream().filter(any -> any.gateway().equals(snapshot.name()));
  }

  /** As it is written first. */
  private Stream<String> ran(GatewayConfig config, AiModelBackend object, String server) {
    String id = ObjectKey.of(object).id();
    return config.routes().stream()
        .map(Route::allRules)
        .flatMap(List::stream)
        .map(Rule::backends)
        .flatMap(List::stream)
        .filter(ref -> ref.model() != null && Model.object(ref.model()).equals(id))
        .sorted((one, other) -> Boolean.compare(isForm(one), isForm(other)))
        .flatMap(ref -> found(ref, server).stream());
  }

  private static boolean isForm(BackendRef ref) {
    return Objects.requireNonNull(ref.model()).contains(Model.FORM);
  }

  private Optional<String> found(BackendRef ref, String server) {
    Model model = running.model(Objects.requireNonNull(ref.model())).orElseThrow();
    Backend backend = running.backend(ref.backend()).orElseThrow();
    return Optional.ofNullable(model.tensors())
        .filter(_ -> ServedVersions.server(model, backend).equals(server))
        .map(Tensors::asked);
  }
}
