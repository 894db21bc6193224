package io.warmgate.local.manifest;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the cluster hold what the files say: server-side apply with the field manager {@code
 * warmgate-up}; the files win a conflict. An object whose document is gone from the files is
 * deleted.
 */
public final class ManifestSync {
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("warmgate-up")
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final Map<ManifestDocument.Key, Applied> applied = new LinkedHashMap<>();

  /** What was applied: the document's content, and where it came from. */
  private record Applied(ManifestDocument document, String content) {}

  public ManifestSync(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Applies what changed since the last time, deletes what is gone.
   *
   * @return what was done, a line each
   * @throws ManifestException for the first document that is refused; the others were applied
   */
  public synchronized List<String> sync(List<ManifestDocument> documents) throws ManifestException {
    var done = new ArrayList<String>();
    var gone = new LinkedHashMap<>(applied);
    ManifestException refused = null;
    for (ManifestDocument document : documents) {
      gone.remove(document.key());
      String content = Serialization.asJson(document.object());
      Applied before = applied.get(document.key());
      if (before != null && before.content().equals(content)) {
        continue;
      }
      try {
        apply(document);
        applied.put(document.key(), new Applied(document, content));
        done.add(document.key() + " applied");
      } catch (KubernetesClientException no) {
        refused = refused == null ? refusal(document, no) : refused;
      }
    }
    for (var entry : gone.entrySet()) {
      client.resource(copy(entry.getValue().document())).delete();
      applied.remove(entry.getKey());
      done.add(entry.getKey() + " deleted");
    }
    if (refused != null) {
      throw refused;
    }
    return done;
  }

  /** The objects as they are in the cluster now; one that is not there is left out. */
  public synchronized List<GenericKubernetesResource> current() {
    return applied.values().stream()
        .map(entry -> client.resource(copy(entry.document())).get())
        .filter(java.util.Objects::nonNull)
        .toList();
  }

  private void apply(ManifestDocument document) {
    client.resource(copy(document)).patch(APPLY);
  }

  private static GenericKubernetesResource copy(ManifestDocument document) {
    return Serialization.clone(document.object());
  }

  private static ManifestException refusal(
      ManifestDocument document, KubernetesClientException no) {
    String why =
        no.getStatus() == null || no.getStatus().getMessage() == null
            ? String.valueOf(no.getMessage())
            : no.getStatus().getMessage();
    return new ManifestException("%s: %s: %s".formatted(document.place(), document.key(), why));
  }
}
